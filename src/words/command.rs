//! The words of a refused command: what stands against it, and what to do now. Clauses, with names.

use super::restore::SaysAndHelp;
use super::{Days, List, Piece, Say, Text, code, deed, digits, ends, lacks, merge, thousands, when_deleted, whose};
use crate::domain::characters::one_line;
use crate::domain::command::{
    Cause, ImportPart, Needing, NotTyped, OfEnvironment, OfImport, Refusal, TimeOf, TypedName, Unknown,
};
use crate::domain::deed::Setting;
use crate::domain::environment::Operation;
use crate::domain::restore::Check;
use crate::domain::retention;
use crate::text;

const CHOICES: &str = "choose 7, 14, 21 or 28 days";
const CHOOSE_FIRST: &str = "choose the environment first";
const KINDS: &str = "only Production can be switched to Sandbox, and Sandbox to Production";
const LATER: &str = "record it with a later time";
const NOTHING: &str = "there is nothing to do";
const OTHER_ID: &str = "use another id";
const POINT_OF_LIST: &str = "type the restore point that the list of backups shows";

/// A clause.
impl Say for Cause {
    fn say(&self, text: &mut Text) {
        says_and_help(self).0.say(text);
    }
}

impl Refusal {
    /// What to do now: a clause, or a sentence or more where it is a restore that is refused.
    pub fn help(&self) -> Text {
        says_and_help(&self.cause).1
    }

    /// What stands against it and what to do now, in sentences.
    pub fn with_help(&self) -> Text {
        text!(self.says().sentence(), " ", self.help().sentence())
    }
}

pub(super) fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn says_and_help(cause: &Cause) -> SaysAndHelp {
    match cause {
        Cause::Of(env, why) => of_environment(&Piece::Bare(env.name.clone()), why),
        Cause::Import(why) => of_import(why),
        Cause::Typed(what, why) => typed(*what, *why),
        Cause::NotListed(id) => (
            text!("no environment has the id ", code(id.as_str())),
            text!("import an inventory that lists it, or choose another environment"),
        ),
        Cause::NoneChosen => (text!("no environment is chosen"), text!("choose at least one environment")),
        Cause::IdTaken(id) => {
            (text!("an environment with the id ", bare(id.as_str()), " is on the list already"), text!(OTHER_ID))
        }
        Cause::SecondDefault => (text!("a tenant has one Default environment"), text!("choose another kind")),
        Cause::NoDataverse(names) => (
            text!(
                some(names),
                if names.len() == 1 { " has" } else { " have" },
                " no Dataverse database: nothing is backed up, so no retention holds"
            ),
            text!("if there is a database after all, correct that first, then answer again"),
        ),
        Cause::NoRetentionSetting(days) => (text!(Days(*days), " is no retention setting"), text!(CHOICES)),
        Cause::NoManualBackups(reasons) => (
            text!(List::joined(reasons, "; ")),
            match reasons.iter().any(|reason| matches!(reason.cause, retention::Cause::NoBackups)) {
                true => text!("if there is a database after all, correct that first"),
                false => text!("its continuous system backup needs no manual backup: note the time instead"),
            },
        ),
        Cause::Checks(against) => {
            let clauses = against.iter().map(Check::clause);
            (text!(List::joined(clauses, "; ")), against.first().map(Check::help).unwrap_or_default())
        }
        Cause::NoRoom(balance, needing) => {
            let needing = match needing {
                Needing::Creating => "creating",
                Needing::Recovering => "recovering",
            };
            (text!(lacks(balance, needing)), text!("free up or buy storage first"))
        }
        Cause::FarFromAsked { .. } | Cause::BeforeBackups(_) | Cause::BackupId(_) => of_backup(cause),
        Cause::NoSwitchTo(kind) => (text!("no environment can be switched to ", kind.to_string()), text!(KINDS)),
        Cause::Storage { .. } | Cause::Future(..) => no_amount_or_time(cause),
        Cause::PointAfterRestore(_) | Cause::BeforeImport(_) | Cause::NotBefore(_) | Cause::LaterRefused(_) => {
            of_earlier(cause)
        }
        Cause::Stays(why) => (why.says(), text!("nothing was changed")),
    }
}

fn bare(name: &str) -> Piece {
    Piece::Bare(name.to_string())
}

/// How many names are said; the rest is counted.
const NAMED: usize = 5;

fn some(names: &[String]) -> Text {
    let named = List::joined(names.iter().take(NAMED).map(|name| bare(name)), ", ");
    let more = names.len().saturating_sub(NAMED);
    text!(named, (more > 0).then(|| format!(" and {} more", thousands(more))))
}

/// K7: what is said beside the others that took the answer.
pub(super) fn left_out(names: &[String]) -> Text {
    let why = ": without a Dataverse database nothing is backed up (K7)";
    text!("the retention setting was not kept for ", some(names), why)
}

/// M2: a new manual backup.
fn of_backup(cause: &Cause) -> SaysAndHelp {
    match cause {
        Cause::FarFromAsked { point, asked } => (
            text!(
                "the restore point ",
                ends(*point),
                " is more than a day away from ",
                ends(*asked),
                ", when the backup was asked for"
            ),
            text!(POINT_OF_LIST),
        ),
        Cause::BeforeBackups(point) => (
            text!("the restore point ", ends(*point), " lies before everything that is backed up"),
            text!(POINT_OF_LIST),
        ),
        Cause::BackupId(Some(id)) => {
            (text!("a manual backup with the id ", bare(id), " is there already"), text!(OTHER_ID))
        }
        _ => (text!("the manual backup has no id"), text!("use an id of its own")),
    }
}

fn no_amount_or_time(cause: &Cause) -> SaysAndHelp {
    match cause {
        Cause::Storage { sort, entitled, mb, too_much } => {
            let which = if *entitled { "the entitled " } else { "the used " };
            let (is, help) = match too_much {
                true => ("more than any tenant has", "give what the admin center shows, in megabytes or gigabytes"),
                false => ("no amount", "give megabytes or gigabytes of zero or more"),
            };
            (text!(which, sort, " storage of ", code(mb.to_string()), " MB is ", is), text!(help))
        }
        Cause::Future(at, of) => {
            let passed = "give an instant that has passed";
            let (what, help) = match of {
                TimeOf::Deletion => (text!("the time of deletion ", digits(*at)), passed),
                TimeOf::Creation => (text!("the creation time ", digits(*at)), passed),
                TimeOf::Record => (text!(ends(*at)), "record what has been done, at the time at which it was done"),
            };
            (text!(what, " lies in the future"), text!(help))
        }
        _ => SaysAndHelp::default(),
    }
}

/// What is recorded late.
fn of_earlier(cause: &Cause) -> SaysAndHelp {
    match cause {
        Cause::PointAfterRestore(at) => (
            text!("a restore at ", ends(*at), " cannot go back to a later time"),
            text!("type the point that it went back to"),
        ),
        Cause::BeforeImport(at) => (
            text!(ends(*at), " lies before the last import, which already says how things are"),
            text!("record only what still counts of before: backups, restores, retention, switches, managed and keys"),
        ),
        Cause::NotBefore(why) => (why.says(), text!(LATER)),
        Cause::LaterRefused(why) => (
            text!("something that was done later would no longer be possible: ", **why),
            text!("record it with a later time, or take the later one back first"),
        ),
        _ => SaysAndHelp::default(),
    }
}

fn typed(what: TypedName, why: NotTyped) -> SaysAndHelp {
    let what = match what {
        TypedName::Label => "the label ",
        TypedName::Name => "the name ",
    };
    match why {
        NotTyped::Empty => (text!(what, "is empty"), text!("type one")),
        NotTyped::Control(bad) => (
            text!(what, format!("contains the control character U+{:04X}", u32::from(bad))),
            text!("type it on one line, without control characters"),
        ),
        NotTyped::Long { length, most } => {
            (text!(what, format!("has {length} characters")), text!(format!("use at most {most}")))
        }
    }
}

fn of_import(why: &OfImport) -> SaysAndHelp {
    let unsaid = |what: &str| text!("the file does not say ", what);
    match why {
        OfImport::Empty => (
            text!("there is nothing in the file to keep"),
            text!("export the list again as an administrator of the tenant"),
        ),
        OfImport::Foreign(foreign) => (text!(**foreign), text!(whose::help(foreign))),
        OfImport::WhoseIs(part) => (
            unsaid(match part {
                ImportPart::ManualBackups => "to which environment the manual backups belong",
                ImportPart::ApplicationPackages => "to which environment the application packages belong",
                ImportPart::Operations => "to which environment the operations belong",
                ImportPart::Candidates => "of which source the restore candidates are",
            }),
            text!(CHOOSE_FIRST),
        ),
        OfImport::NotSaidWhen => {
            (unsaid("when the restore candidates were asked for"), text!("say when they were asked for first"))
        }
        OfImport::Strange { named, known } => (
            text!("this list says nothing of the environments that are known: ", merge::strange(*named, *known)),
            text!(merge::ASK),
        ),
    }
}

/// What an environment is, or what is done to it, that stands against it.
fn of_environment(env: &Piece, why: &OfEnvironment) -> SaysAndHelp {
    match why {
        OfEnvironment::Unknown(what) => unknown(env, *what),
        OfEnvironment::Already(what) => (deed::already(env, what), text!(NOTHING)),
        OfEnvironment::Contradicts { was, recorded } => contradicts(env, was, *recorded),
        OfEnvironment::NoSwitch { from, to } => (
            text!(env, " is a ", from.to_string(), " environment: it cannot be switched to ", to.to_string()),
            text!(KINDS),
        ),
        OfEnvironment::NoAdministrationMode(kind) => (
            text!(
                env,
                " is a ",
                kind.to_string(),
                " environment: administration mode is documented for Sandbox and Production"
            ),
            text!(NOTHING),
        ),
        OfEnvironment::LeftDisabled => (
            text!("a failed restore left ", env, " disabled: administration mode does not mend that"),
            text!("retry the restore onto it, or reset it, delete it or copy onto it"),
        ),
        OfEnvironment::IsDefault => {
            (text!(env, " is the Default environment: it cannot be deleted"), text!("delete another environment"))
        }
        OfEnvironment::NoBackup(id) => (
            text!(env, " has no manual backup with the id ", bare(id)),
            text!("system backups cannot be deleted; choose one of its manual backups"),
        ),
        OfEnvironment::NoSuchPoint => (text!(env, " has no such manual backup"), text!("choose another restore point")),
        OfEnvironment::NothingToKeep => (
            text!(env, " has no Dataverse database, so it has no backups: a retention period would keep nothing"),
            text!("add a Dataverse database first, where backups are wanted"),
        ),
        OfEnvironment::RetentionFixed => (
            text!("the retention of ", env, " is fixed by what it is: a setting would change nothing"),
            text!("only a managed Production environment has a setting that counts; see the retention table"),
        ),
        OfEnvironment::HeldByGroup { group, days } => (
            text!(
                "the rules of the environment group ",
                Piece::Name(one_line(group, 60)),
                " hold the retention of ",
                env,
                " at ",
                Days(*days)
            ),
            text!(
                "change it in the rules of the group and publish them, for all its members; or take the environment out of the group"
            ),
        ),
        going_on => of_time(env, going_on),
    }
}

/// When it was there, and what goes on with it.
fn of_time(env: &Piece, why: &OfEnvironment) -> SaysAndHelp {
    match why {
        OfEnvironment::Deleted(when) => (
            text!(env, " was deleted ", when_deleted(when, "at", ends)),
            text!("recover it first, while that is possible"),
        ),
        OfEnvironment::NotDeleted => (text!(env, " is not deleted"), text!(NOTHING)),
        OfEnvironment::NotKnownAsDeleted => {
            (text!(env, " is not deleted, as far as the inventory tells"), text!("record the deletion on its page"))
        }
        OfEnvironment::DeletionKnown(when) => (
            text!("when ", env, " was deleted is known already"),
            text!("it was deleted ", when_deleted(when, "at", digits)),
        ),
        OfEnvironment::NotDeletedAt { at, deleted } => (
            text!(env, " cannot have been deleted at ", digits(*at)),
            text!("it was deleted ", when_deleted(deleted, "at", digits), ": give an instant in that time"),
        ),
        OfEnvironment::DeletedAfter { at, deleted } => {
            (text!(env, " was deleted ", when_deleted(deleted, "at", ends), ", after ", ends(*at)), text!(LATER))
        }
        OfEnvironment::RecoveryOver(until) => (
            text!(env, " could be recovered until ", ends(*until)),
            text!("it is gone; ask support whether anything is left"),
        ),
        OfEnvironment::CreatedAfter { at, created } => {
            (text!(env, " was created at ", ends(*created), ", after ", ends(*at)), text!(LATER))
        }
        OfEnvironment::ExistedBefore { created, existed } => (
            text!(env, " cannot have been created at ", digits(*created)),
            text!("it had been created by ", digits(*existed), ": give an earlier instant"),
        ),
        OfEnvironment::Occupied(what) => (
            text!(env, " is occupied: ", what),
            match what {
                Operation::Restoring => text!("wait until that has ended, or record that it ended"),
                _ => text!("wait until that has ended, and import the inventory again"),
            },
        ),
        OfEnvironment::RestoreOnto => (text!("a restore onto ", env, " runs"), text!("record its end first")),
        OfEnvironment::Restores => {
            (text!("a restore from ", env, " or onto it is running"), text!("record the end of that restore"))
        }
        OfEnvironment::NoRestoreRuns => {
            (text!("no restore onto ", env, " is running"), text!("record its beginning first"))
        }
        OfEnvironment::SourceOf(other) => (
            text!("no restore onto ", env, " is running: it is the source of the one onto ", bare(other)),
            text!("record the end of that restore"),
        ),
        OfEnvironment::EndDecides(activity) => (
            text!("at the last look of ", env, ", ", activity, ": how that ended decides what is kept"),
            text!("import the list of environments again once it has ended: it says what it is now"),
        ),
        _ => (text!("nothing is known to be going on with ", env), text!(NOTHING)),
    }
}

fn unknown(env: &Piece, what: Unknown) -> SaysAndHelp {
    let decides = "a fact is unknown that decides whether ";
    match what {
        Unknown::Kind => (text!("the kind of ", env, " is unknown"), text!("answer what kind it is")),
        Unknown::Dataverse => (text!("whether ", env, " has Dataverse is unknown"), text!("answer it first")),
        Unknown::CustomerKey => {
            (text!("whether ", env, " has a customer-managed key is unknown"), text!("answer it, then remove the key"))
        }
        Unknown::ManualBackups => {
            (text!(decides, env, " can have manual backups"), text!("answer its kind and whether it has Dataverse"))
        }
        Unknown::Retention => (
            text!(decides, "the retention of ", env, " can be set"),
            text!("answer its kind, its Dynamics 365 apps and whether it is managed"),
        ),
    }
}

fn contradicts(env: &Piece, was: &Setting, recorded: bool) -> SaysAndHelp {
    let tells = match recorded {
        true => "the next change that is recorded says that before it ",
        false => "the inventory says that ",
    };
    (
        text!("that does not fit how ", env, " is afterwards: ", tells, deed::stood(was)),
        text!("record the later change first, then this one"),
    )
}
