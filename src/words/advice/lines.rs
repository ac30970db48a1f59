//! The words of the lines of advice: what is said, and what to do about it.

use super::name;
use crate::domain::advice::{AdviceLine, Cause, Room};
use crate::domain::characters::one_line;
use crate::domain::environment::Deletion;
use crate::text;
use crate::words::loss::made_anew;
use crate::words::restore::SaysAndHelp;
use crate::words::text::{Names, Piece, Say, Text, exact};
use crate::words::{List, lacks, when_deleted};

impl AdviceLine {
    /// What is said, and what to do about it: sentences; the second may be empty.
    pub fn says_and_help(&self) -> SaysAndHelp {
        let (says, help) = match &self.cause {
            Cause::Check(check) => return (check.says(), check.help()),
            Cause::Refused(refusal) => (refusal.says(), refusal.help()),
            Cause::FreeRoomFor(check, room) => (text!("free ", room_words(*room), ", or buy more"), check.says()),
            Cause::FreeRoom => (text!("free ", room_words(Room::ToRestore), ", or buy more"), text!()),
            Cause::WaitFor(check) => (text!("wait until what is going on has ended"), check.says()),
            Cause::SwitchBack(env) => (
                text!("switch ", name(env), " back to Production"),
                text!(
                    "the point may be there again then; nothing promises it, and every hour as a Sandbox puts it at risk"
                ),
            ),
            Cause::Change(remedy, ends) => {
                let names = Names::from(ends);
                (remedy.says().named(&names), remedy.cost.says().named(&names))
            }
            Cause::NoDownload(says) => (text!(*says), text!()),
            cause => recovering(cause)
                .or_else(|| copying(cause))
                .or_else(|| what_is_left(cause))
                .or_else(|| before_all(cause))
                .or_else(|| restoring(cause))
                .unwrap_or_else(|| of_others(cause)),
        };
        (says.sentence(), help.sentence())
    }
}

fn room_words(room: Room) -> &'static str {
    match room {
        Room::ToRestore => "1 GB of database capacity",
        Room::ToCreateAndRestore => "1 GB of database capacity to create and 1 GB to restore",
    }
}

const RECOVER_FIRST: &str = "recover it first, while that is possible";
const LOOK_FOR_IT: &str = "look in the admin center whether it is, or import the inventory again";
const LOOK_FOR_ROOM: &str = "how much is free is not known: look in the admin center";

fn deleted(when: &Deletion) -> Text {
    when_deleted(when, "at", exact)
}

fn recovering(cause: &Cause) -> Option<SaysAndHelp> {
    Some(match cause {
        Cause::PerhapsOver(when) => {
            (text!("it was deleted ", deleted(when), ": its time may be over already"), text!(FIND_OUT))
        }
        Cause::OverIfDeleted(at, since) => (
            text!("if it was deleted at ", exact(*at), " already, it can no longer be recovered since ", exact(*since)),
            text!(FIND_OUT),
        ),
        Cause::WasDeleted(env, when) => (text!(name(env), ", which was deleted ", deleted(when)), text!()),
        Cause::Recovery(reason) => (reason.says(), text!()),
        Cause::Follows(what, env) => (what.about(env), text!()),
        Cause::RecoveryNeedsRoom { surely, room } => (
            text!(match surely {
                true => "recovering needs 1 GB of free capacity",
                false => "later editions say that recovering needs free capacity: under 1 GB it may be refused",
            }),
            text!(match room {
                None => LOOK_FOR_ROOM,
                Some(true) => "",
                Some(false) => "less than that is free",
            }),
        ),
        Cause::IsDefault(env) => (
            text!(name(env), " is the Default environment: it cannot be deleted"),
            text!("look whether another environment is meant"),
        ),
        Cause::IsNotDeleted(env) => (
            text!(name(env), " is not deleted, as far as the inventory tells"),
            text!("if it is gone, import the inventory again or record the deletion on its page"),
        ),
        Cause::DeletedWhen { told } => (
            text!(
                if *told {
                    "when was it deleted? That is not told yet"
                } else {
                    "was it deleted, and when? That is not known"
                },
                ": an environment can be recovered for 7 days, Production with Dynamics 365 apps for 28"
            ),
            text!(
                "say when, or look among the deleted environments of the admin center, and record the deletion here; do not wait: the days run"
            ),
        ),
        Cause::IfDeletedLately(env) => (text!(name(env), ", if it was deleted no longer ago than that"), text!()),
        _ => return None,
    })
}

const FIND_OUT: &str = "find out when exactly, and try to recover it at once";

fn copying(cause: &Cause) -> Option<SaysAndHelp> {
    Some(match cause {
        Cause::NothingToCopy(env, when) => (text!(name(env), " was deleted ", deleted(when)), text!(RECOVER_FIRST)),
        Cause::CopyIsOfNow(env) => (
            text!(
                "a copy is made of ",
                name(env),
                " as it is now: what is lost or damaged by now is lost in the copy too"
            ),
            text!("restore an earlier state instead"),
        ),
        Cause::NoDataverse(env) => (text!(name(env), " has no Dataverse database"), text!()),
        Cause::NoRoomToCopy(balance) => (lacks(balance, "copying").unwrap_or_default(), text!()),
        Cause::CopyRulesNotKnown => (
            text!(
                "the rules of copying are not part of the page that this app rests on: who may be copied to whom, what comes along and what is left out is not known here"
            ),
            text!("look in the admin center, under Environments > Copy, before you rely on it"),
        ),
        Cause::CopiedAsItIs(env) => (text!("nothing of the past: ", name(env), " as it is when it is copied"), text!()),
        Cause::CopiedOnto => {
            (text!("what becomes of the environment that it is copied onto is not part of these rules"), text!())
        }
        Cause::CopyNeedsRoom { known } => {
            (text!("a copy needs 1 GB of free capacity"), text!((!known).then_some(LOOK_FOR_ROOM)))
        }
        _ => return None,
    })
}

fn what_is_left(cause: &Cause) -> Option<SaysAndHelp> {
    Some(match cause {
        Cause::Exports => (
            text!("what somebody exported earlier, or what another system has of it, can be brought in again by hand"),
            text!("no copy of a backup can be downloaded"),
        ),
        Cause::ExportToExcel => (text!("for little data: export it to Excel, table by table"), text!()),
        Cause::MigrationTool => {
            (text!("for much data: a data migration tool reads it out of Dataverse and writes it elsewhere"), text!())
        }
        Cause::FileOfSolution => (
            text!("if you have the file of the solution as it was before, importing that may put it right again"),
            text!(),
        ),
        Cause::EmptyEnvironment => (
            text!(
                "create an empty environment and import your solutions and some data: that is a test environment too"
            ),
            text!("creating needs 1 GB of free capacity"),
        ),
        Cause::SupportForDefault => (
            text!(
                "the page has no way back for the Default environment: Microsoft support is what is left, without a promise"
            ),
            text!(
                "open a request with the id of the environment and the time, and do not wait: its backups are kept for days only"
            ),
        ),
        Cause::Support => (
            text!("ask Microsoft support whether anything is left; nothing promises that there is"),
            text!("have the id of the environment and the time ready"),
        ),
        Cause::RecycleBin => (
            text!("if the recycle bin for deleted records was turned on before, they may still be in it"),
            text!(
                "look there first: it overwrites nothing; these rules say nothing about it, so it is a hint and no promise"
            ),
        ),
        _ => return None,
    })
}

fn before_all(cause: &Cause) -> Option<SaysAndHelp> {
    Some(match cause {
        Cause::DeletionIsTold(env) => (
            text!(
                "the inventory does not know that ",
                name(env),
                " was deleted: what follows holds if it was, at the time that was told"
            ),
            text!("record the deletion, so that its deadline is on the list"),
        ),
        Cause::PerhapsDeleted(env) => (
            text!("the last import of the whole tenant did not list ", name(env), ": perhaps it was deleted"),
            text!(
                "if it was deleted, recovery comes first, and its days run: look among the deleted environments of the admin center"
            ),
        ),
        Cause::StillListed(env) => (
            text!("the inventory still lists ", name(env), " as there"),
            text!("if it is gone, the inventory is behind: look among the deleted environments of the admin center"),
        ),
        Cause::PerhapsGone(env) => (
            text!(
                "whether ",
                name(env),
                " is still there is not known: the last import of the whole tenant did not list it"
            ),
            text!(LOOK_FOR_IT),
        ),
        Cause::LastBackup { label, at } => (
            text!("the last manual backup before it is ", Piece::Name(one_line(label, 60)), ", of ", exact(*at)),
            text!("it is no surer than the system backup; choose it in the wizard if that state is the one you want"),
        ),
        Cause::InTheFuture => (text!("the time that was given lies in the future"), text!("correct it")),
        Cause::CreatedOnly(at) => (
            text!("it was created at ", exact(*at), " only, after the time that was given"),
            text!("correct the time, or look whether another environment is meant"),
        ),
        _ => return None,
    })
}

fn restoring(cause: &Cause) -> Option<SaysAndHelp> {
    Some(match cause {
        Cause::OverwrittenWhole(env) => (text!(name(env), " is overwritten whole"), text!()),
        Cause::AsItWas(env, at) => (text!(name(env), " as it was at ", exact(*at)), text!()),
        Cause::MadeAnew => (made_anew(), text!()),
        Cause::OwnProcedures => (
            text!(
                "some apps have procedures of their own, such as Dynamics 365 Marketing, Finance and Customer Service"
            ),
            text!("name them in the wizard if you have one of them"),
        ),
        Cause::LeftDisabled(env) => (
            text!(
                "a failed restore left ",
                name(env),
                " disabled: it may be restored onto again, but whether its own backup can then be the source is not said"
            ),
            text!("look in the admin center whether it is offered"),
        ),
        Cause::StaysAsItIs(env) => (text!(name(env), " stays as it is"), text!()),
        Cause::PlanForLostRecords => (
            text!("the plan is the one for lost records"),
            text!(
                "leave out its last steps: finding the records, carrying them over, and deleting the new environment"
            ),
        ),
        Cause::ByHand(env) => (
            text!(
                "carrying over what is needed to ",
                name(env),
                " is work by hand: export and import, or a data migration tool"
            ),
            text!(),
        ),
        Cause::Since(env, at) => (text!("what was entered or changed in ", name(env), " since ", exact(*at)), text!()),
        Cause::PerhapsTooEarly(latest, since) => (
            text!(
                "if it happened only at ",
                exact(*latest),
                ", the good work since ",
                exact(*since),
                " is lost with the rest"
            ),
            text!("find out when exactly before you overwrite anything"),
        ),
        _ => return None,
    })
}

/// Other environments as targets.
fn of_others(cause: &Cause) -> SaysAndHelp {
    match cause {
        Cause::TargetMissing(env) => (
            text!("the last import of the whole tenant did not list ", name(env), ": perhaps it is no longer there"),
            text!(LOOK_FOR_IT),
        ),
        Cause::PeopleWork(env) => (
            text!(name(env), " is a Production environment: people work in it"),
            text!("choose another target if you can"),
        ),
        Cause::NobodyWorks(env, state) => {
            let state = state.as_ref().map(ToString::to_string).unwrap_or_default().to_lowercase();
            (text!("nobody works in ", name(env), " at the moment: it is in the state ", Piece::Name(state)), text!())
        }
        Cause::ComesBackIn { source, target } => {
            (text!(name(source), " stays as it is; what was lost comes back in ", name(target), " only"), text!())
        }
        Cause::DeletedIsNoSource(env, when) => (
            text!(name(env), " was deleted ", deleted(when), ": a deleted environment is no source"),
            text!(RECOVER_FIRST),
        ),
        Cause::NoOtherListed => {
            (text!("no other environment is on the list"), text!("import an inventory that lists more"))
        }
        Cause::NoneOfThem(others, counts) => {
            let which = match others {
                1 => "the one other environment cannot take it".to_string(),
                n => format!("none of the {n} other environments can take it"),
            };
            let by = counts.iter().map(|(n, rule)| format!("{rule} refuses {n}"));
            (
                text!(which, ", and no change mends that: ", List::joined(by, ", ")),
                text!("look at the targets for each of them"),
            )
        }
        _ => SaysAndHelp::default(),
    }
}
