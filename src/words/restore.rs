//! The words of the checks of a restore: what is said, and what to do now. About *the source* and *the target*, which a check names.

use super::text::{Names, Piece, Say, Text, begins, code, ends, exact};
use super::{List, Megabytes, basics};
use crate::domain::characters::one_line;
use crate::domain::eligibility::{self, Settled};
use crate::domain::environment::{Environment, FactKey, Kind};
use crate::domain::manual_backup::ManualBackup;
use crate::domain::restore::{
    Cause, Check, Confirmation, Ends, Mending, NewName, OntoNew, RestorePoint, ThroughSandbox, Weight, WorsePoint,
    latest_start,
};
use crate::domain::said::{EnvironmentName, Question, Role};
use crate::text;

pub(super) const SOURCE: Role = Role::Source;
pub(super) const TARGET: Role = Role::Target;

/// What is said, and what to do now.
pub(super) type SaysAndHelp = (Text, Text);

impl From<&Ends> for Names {
    fn from(ends: &Ends) -> Self {
        let name = |of: &EnvironmentName| basics::name_of(&of.name, &of.id);
        Names::quoted(&name(&ends.source), &name(&ends.target))
    }
}

/// A whole sentence or more, with names.
impl Say for Check {
    fn say(&self, text: &mut Text) {
        self.clause().sentence().say(text);
    }
}

impl Check {
    /// What is said, as it goes on after a colon: no capital, no full stop.
    pub fn clause(&self) -> Text {
        self.named(says_and_help(&self.said.cause).0)
    }

    /// What is said, and what to do now.
    pub fn with_help(&self) -> Text {
        List::joined([self.says(), self.help()].into_iter().filter(|text| !text.is_empty()), " ").says()
    }

    /// What to do now, in whole sentences; empty where nothing has to be done.
    pub fn help(&self) -> Text {
        match self.answer() {
            Some(answer) => text!("answer ", answer).sentence(),
            None => self.named(says_and_help(&self.said.cause).1).sentence(),
        }
    }

    /// What to answer, as it goes on after “answer”; `None` where nothing is asked, or there is nothing to say beside the question.
    pub fn answer(&self) -> Option<Text> {
        if self.weight != Weight::Ask {
            return None;
        }
        let answer = match &self.said.cause {
            Cause::ThroughSandbox(ThroughSandbox::KindNotKnown) => text!("its kind"),
            Cause::Point(_) => text!("what is unknown first"),
            _ => of_both(&self.said.asks),
        };
        Some(self.named(answer)).filter(|answer| !answer.is_empty())
    }

    fn named(&self, text: Text) -> Text {
        match &self.ends {
            Some(ends) => text.named(&ends.into()),
            None => text,
        }
    }
}

/// "of the source: its kind, its region; of the target: its kind".
fn of_both(asks: &[Question]) -> Text {
    let of = |role: Role| {
        let facts: Vec<&str> =
            asks.iter().filter(|ask| ask.role == role).map(|ask| super::facts::of(ask.fact).clause).collect();
        (!facts.is_empty()).then(|| text!("of ", role, ": ", List::joined(facts, ", ")))
    };
    List::joined([SOURCE, TARGET].into_iter().filter_map(of), "; ").says()
}

fn says_and_help(cause: &Cause) -> SaysAndHelp {
    match cause {
        Cause::NotListed(role, id) => {
            let role = if *role == SOURCE { "source" } else { "target" };
            let id = code(one_line(id.as_str(), 80));
            (
                text!("the ", role, " ", id, " is not in the inventory"),
                text!("choose another ", role, ", or import an inventory that lists it"),
            )
        }
        Cause::NewName(name) => new_name(name),
        Cause::Pair(cause, mending) => (cause.says(), mends(mending, cause)),
        Cause::RestsOnList(settled) => (
            settled.says(),
            text!(
                "what was offered was allowed then: where something may have changed since, ask the service for the candidates again and import the new list"
            ),
        ),
        Cause::WorsePair(worse, new) => {
            (worse.says(), text!(new.as_ref().map(|new| text!("to satisfy those rules as well, ", new))))
        }
        Cause::WorseWindow(worse) => (worse.says(), text!()),
        Cause::WorsePoint(worse) => (worse.says(), text!("choose a later point if you can")),
        Cause::Point(point) => super::point::says_and_help(point),
        Cause::Since { change, point } => super::since::says_and_help(change, *point),
        Cause::Loss(loss) => super::loss::says_and_help(loss),
        Cause::ThroughSandbox(cause) => through_sandbox(cause),
        Cause::Beside(cause) => beside(cause),
    }
}

fn new_name(name: &NewName) -> SaysAndHelp {
    match name {
        NewName::Empty => (text!("the new name is empty"), text!("type a name, or choose to keep the target's name")),
        NewName::BreaksLine => (
            text!("the new name has a line break or another control character in it"),
            text!("type the name again, on one line"),
        ),
        NewName::TooLong { length, most } => (
            text!("the new name has ", length.to_string(), " characters"),
            text!("use at most ", most.to_string(), " characters"),
        ),
        NewName::Long(length) => (
            text!("the new name has ", length.to_string(), " characters; how many are allowed is not documented"),
            text!("use a shorter name where you can"),
        ),
        NewName::Invisible => (
            text!("the new name has invisible characters in it, so it may not read as it is"),
            text!("type it again rather than paste it"),
        ),
        NewName::Already(name) => {
            let name = Piece::Name(one_line(name, 80));
            (text!("the target is called ", name, " already, so it is not renamed"), text!())
        }
        NewName::OfAnother(name) => (
            text!("another environment is called ", Piece::Name(one_line(name, 80)), " already"),
            text!("choose a name of its own, so that nobody mistakes one for the other"),
        ),
    }
}

/// What mends a rule of a pair or a gate, in one or more sentences.
fn mends(mending: &Mending, cause: &eligibility::Cause) -> Text {
    let production = || of_production(cause).then_some(" A restore to Production (R16) is a plan of its own.");
    match mending {
        Mending::Nothing | Mending::Answer => text!(),
        Mending::Changes(remedies) => {
            let sentences = remedies.iter().flat_map(|r| [r.says(), r.cost.says()].map(Text::sentence));
            text!(List::joined(sentences, " "), production())
        }
        Mending::Create(new) => text!(new.says().sentence(), production()),
        Mending::CreateElsewhere(new) => {
            let elsewhere = ". To bring the data back elsewhere: ";
            text!("nothing makes this possible for ", TARGET, elsewhere, new.says().sentence())
        }
        Mending::NothingMends => text!("nothing mends this; choose another source.", production()),
        Mending::AnotherSource => text!("choose another source"),
        Mending::NoSource => text!("nothing can be restored from this environment; choose another source"),
        Mending::SameAsSource => text!("give the new environment exactly what the source has"),
        Mending::AskAgain => text!(
            "ask the service for the candidates again where something may have changed since, and import the new list; or choose another target"
        ),
        Mending::TryFirst => {
            text!("try the restore without carrying it out before anything is overwritten, and stop if it is refused")
        }
        Mending::FreeStorage => text!(FREE_STORAGE),
        Mending::LookUpStorage => {
            text!("import or type in the tenant's capacity, or look in the admin center before you start")
        }
        Mending::MendLeftDisabled => {
            text!("retry the restore onto it, or reset it, delete it or copy onto it; or choose another source")
        }
        Mending::RecoverFirst => {
            text!("recover it first, while that is possible (X1, X2), or choose another environment")
        }
        Mending::Wait => text!("wait until that has ended, or choose another environment"),
        Mending::Look => text!("look in the admin center before you start"),
    }
}

const FREE_STORAGE: &str = "free storage or buy more, import the capacity again, and come back";

/// Whether a rule of the kinds stops a restore onto Production.
fn of_production(cause: &eligibility::Cause) -> bool {
    match cause {
        eligibility::Cause::Kinds(of, _) => of.target == Some(Kind::Production),
        eligibility::Cause::Itself { kind, .. } => *kind == Some(Kind::Production),
        _ => false,
    }
}

/// T10: why a pair is eligible by the service's list alone.
impl Say for Settled {
    fn say(&self, text: &mut Text) {
        let asked = " when it was asked at ";
        let settles = ": that, and no known fact, settles what is not known ";
        text!("the service offered ", TARGET, " for a restore of ", SOURCE, asked, ends(self.asked), settles).say(text);
        of_both(&self.questions).say(text);
    }
}

impl Say for WorsePoint {
    fn say(&self, text: &mut Text) {
        let what = match self.at {
            Some(at) => text!("the point ", exact(at)),
            None => text!("the manual backup"),
        };
        let less = if self.gone { " would be gone" } else { " would not be sure" };
        text!("under the newest rules (", self.newest.title, ") ", what, less).say(text);
    }
}

impl Say for RestorePoint {
    fn say(&self, text: &mut Text) {
        match self {
            RestorePoint::System(at) => text!("the point ", exact(*at)),
            RestorePoint::Manual { label, at } => {
                text!("the manual backup ", Piece::Name(one_line(label, 60)), " (", exact(*at), ") of ", SOURCE)
            }
        }
        .say(text);
    }
}

/// A manual backup with its label, point and environment.
pub fn backup_of(source: &Environment, backup: &ManualBackup) -> Text {
    RestorePoint::of(backup).says().named(&Names::of(source, source))
}

fn through_sandbox(cause: &ThroughSandbox) -> SaysAndHelp {
    match cause {
        ThroughSandbox::KindNotKnown => {
            (text!("whether ", TARGET, " is a Production environment is not known"), text!())
        }
        ThroughSandbox::NoProduction(kind) => (
            text!(TARGET, " is no Production environment but ", kind),
            text!("plan an ordinary restore: no switch is needed"),
        ),
        ThroughSandbox::TooOld { at, from } => (
            text!(
                "the point ",
                exact(*at),
                " is older than seven days: once ",
                TARGET,
                " is a Sandbox it cannot be chosen"
            ),
            text!(
                "leave ",
                TARGET,
                " Production and restore this point to another environment, a Sandbox; or choose a point from ",
                begins(*from),
                " on"
            ),
        ),
        ThroughSandbox::Ages { at, leaves } => (
            text!(
                "the point ",
                exact(*at),
                " is older than seven days from ",
                ends(*leaves),
                " on, and a restore can take more than a day: the latest sensible start was ",
                ends(latest_start(*leaves))
            ),
            text!("start at once, or choose a later point"),
        ),
        ThroughSandbox::OlderAtRisk(from, until) => (
            text!(
                "switching ",
                TARGET,
                " to Sandbox puts its backups from ",
                begins(*from),
                " to ",
                begins(*until),
                " at risk: they cannot be chosen while it is a Sandbox, and may be lost unless it is switched back as soon as possible"
            ),
            text!("if you may need one of them, leave it Production and restore to another environment, a Sandbox"),
        ),
        ThroughSandbox::NobodyCanWork => (
            text!("while ", TARGET, " is a Sandbox and in administration mode, its users cannot work in it"),
            text!("tell them before the switch"),
        ),
    }
}

/// R15: so many database megabytes are free.
pub(super) fn room_for_one(free: f64) -> Text {
    text!(
        Megabytes(free),
        " of database capacity is free: creating the new environment asks for 1 GB, and restoring to it for 1 GB more"
    )
}

fn beside(cause: &OntoNew) -> SaysAndHelp {
    match cause {
        OntoNew::SourceStays => (
            text!(SOURCE, " stays as it is; what was there at that time comes back in the new environment only"),
            text!(),
        ),
        OntoNew::SourceNotKnown(fact) => {
            let what = match fact {
                FactKey::Managed => text!("whether ", SOURCE, " is managed"),
                FactKey::Dataverse => text!("whether ", SOURCE, " has Dataverse"),
                FactKey::Key => text!("whether ", SOURCE, " has a customer-managed key"),
                FactKey::Policies => text!("which enterprise policies ", SOURCE, " has"),
                other => text!("the ", super::facts::of(*other).noun, " of ", SOURCE),
            };
            (text!(what, " is not known, and the new environment has to be like it"), text!())
        }
        OntoNew::RoomForOne(free) => (room_for_one(*free), text!(FREE_STORAGE)),
        OntoNew::NeedsRoomForBoth => (
            text!("creating the new environment and restoring to it ask for 1 GB of free capacity each"),
            text!("look at the tenant's capacity before you start"),
        ),
        OntoNew::NoTarget => {
            (text!("no new environment could be restored to from ", SOURCE), text!("choose another source"))
        }
    }
}

impl Confirmation {
    /// Why the end of the id is asked for, as a sentence; `None` where it is not.
    pub fn why(&self) -> Option<Text> {
        let end = self.id_end.as_ref()?;
        let all = self.others.saturating_add(1).to_string();
        let name = Piece::Bare(self.name.clone());
        Some(text!(
            all,
            " environments are called ",
            name,
            "; the id of the one that is overwritten ends in ",
            end,
            "."
        ))
    }
}
