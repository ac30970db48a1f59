//! The words of what happened, and of what happens next. Clauses, with names.

use super::command::left_out;
use super::facts;
use super::{Days, List, Piece, Say, Text, code, deed, ends, merge, thousands};
use crate::domain::command::{Event, Happened, Imported};
use crate::domain::deed::Setting;
use crate::domain::environment::Operation;
use crate::domain::history::Changed;
use crate::domain::life::{AtOnce, BackupTurn, Doubt, Next, Upcoming, Urgent, What};
use crate::domain::occupied::Leaves;
use crate::domain::said::EnvironmentName;
use crate::domain::service::Announced;
use crate::text;

/// The documented message when a manual backup is done (M3), word for word.
pub fn completed(label: &str) -> String {
    format!("The {label} backup was successfully created.")
}

fn bare(name: &str) -> Piece {
    Piece::Bare(name.to_string())
}

fn backup_of(label: &str, env: &Piece) -> Text {
    text!("the manual backup ", Piece::Name(label.to_string()), " of ", env)
}

/// Past tense.
impl Say for Event {
    fn say(&self, text: &mut Text) {
        match &self.what {
            Happened::Life(name, what) => done(&bare(name), what),
            Happened::Answered { name, fact: of, value } => {
                text!(bare(name), ": ", facts::of(*of).noun, " was answered with ", value)
            }
            Happened::AnswerForgotten { name, fact: of } => {
                text!("the answer about ", bare(name), ": ", facts::of(*of).noun, " was taken back")
            }
            Happened::LeftOut(names) => left_out(names),
            Happened::StorageStated(balance) => text!("the storage was stated: ", balance),
            Happened::CloudAnswered(Some(cloud)) => text!("the cloud was answered with ", cloud),
            Happened::CloudAnswered(None) => text!("the answer about the cloud was taken back"),
            Happened::OffTheList(name) => text!(bare(name), " was taken off the list"),
            Happened::TenantNamed(name) if name.is_empty() => text!("the name of the tenant was removed"),
            Happened::TenantNamed(name) => text!("the tenant was named ", bare(name)),
            Happened::SamplePutAway => {
                text!("the sample tenant was put away, because real and made-up environments are never mixed")
            }
            Happened::Imported(imported) => text!(imported),
            Happened::Changed(name, change) => merge::changed(name, change),
            Happened::BackupChanged(change) => text!(change),
            Happened::Learned(name, learned) => text!(name.as_ref().map(|name| text!(bare(name), ": ")), learned),
            Happened::StorageChanged(change) => merge::storage_changed(change),
            Happened::CloudTold(note) => text!(note),
        }
        .say(text);
    }
}

impl Say for Imported {
    fn say(&self, text: &mut Text) {
        let counts = [
            (self.added, "added"),
            (self.changed, "changed"),
            (self.unchanged, "unchanged"),
            (self.missing, "not listed any more"),
        ];
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", thousands(*n))).collect();
        let counts = (!counts.is_empty()).then(|| text!(": ", List::joined(counts, ", ")));
        text!(bare(&self.name), " was imported (", self.format, ")", counts).say(text);
    }
}

/// What was done to an environment, or ended by itself.
fn done(env: &Piece, what: &What) -> Text {
    match what {
        What::BackupAsked(b) => text!("a manual backup ", Piece::Name(b.label.clone()), " of ", env, " was asked for"),
        What::BackupCompleted { label, .. } => text!(completed(label)),
        What::BackupDeleted { label, .. } => text!(backup_of(label, env), " was deleted"),
        What::Set { from, to } => deed::done(env, from.as_ref(), to),
        What::RestoreStarted(r) => {
            let audit = if r.include_audit_logs { " with its audit logs" } else { " without audit logs" };
            text!("a restore onto ", env, " began: back to ", ends(r.point), audit)
        }
        What::RestoreSucceeded => text!("the restore onto ", env, " ended; ", env, " is in administration mode"),
        What::RestoreFailed { disabled } => {
            text!("the restore onto ", env, " failed", disabled.then_some(" and left it disabled"))
        }
        What::ActivityEnded(what) => ended(env, what),
        What::Created(_) => text!(env, " was created"),
        What::Deleted => text!(env, " was deleted"),
        What::Recovered => text!(env, " was recovered"),
        What::Noted(changed) => noted(env, changed),
    }
}

/// What went on at the last look, and is over.
fn ended(env: &Piece, what: &Operation) -> Text {
    match what {
        Operation::Restoring => text!("the restore of ", env, " has ended"),
        Operation::Copying => text!("the copy of ", env, " has ended"),
        Operation::Switching => text!("the switch of ", env, " to another kind has ended"),
        Operation::Recovering => text!("the recovery of ", env, " has ended"),
        Operation::Other(raw) => {
            let look = what.leaves() != Leaves::AsItWas;
            let look = look.then_some("; import the list again to see what it changed");
            text!(code(raw.as_str()), " of ", env, " has ended", look)
        }
    }
}

/// What happened before the last import, recorded late.
fn noted(env: &Piece, changed: &Changed) -> Text {
    match (changed, Setting::of_changed(changed)) {
        (Changed::Restored { point, .. }, _) => {
            text!(env, " was overwritten by a restore: back to ", ends(*point))
        }
        (_, Some((from, to))) => deed::done(env, from.as_ref(), &to),
        // Nothing else is ever noted.
        _ => text!(env, " was changed"),
    }
}

fn name(env: &EnvironmentName) -> Piece {
    bare(&env.name)
}

impl Say for AtOnce {
    fn say(&self, text: &mut Text) {
        let env = name(&self.environment);
        match self.said.cause {
            Urgent::Recover => text!(
                "recover ",
                env,
                " if you may need it, or say when it was deleted: that is not known, so its time may be over at any moment, or \
                 already"
            ),
            Urgent::SwitchBack => text!(
                "switch ",
                env,
                " back to Production if you may need its points of before the switch that are older than seven days: waiting puts \
                 them at risk with every hour, and until when they last is documented nowhere"
            ),
        }
        .say(text);
    }
}

impl Say for Upcoming {
    fn say(&self, text: &mut Text) {
        let env = name(&self.environment);
        match &self.said.cause {
            Next::RecoveryOver(doubt) => {
                let whatever = doubt.map(|doubt| match doubt {
                    Doubt::Deletion(_) => ", whenever it was deleted",
                    Doubt::Kind | Doubt::Dynamics => ", whatever it was",
                });
                text!(env, " can no longer be recovered", whatever)
            }
            Next::RecoveryUnsure => {
                text!("the recovery of ", env, " is sure until now, and only possible from now on")
            }
            Next::RestoreEnds => text!("the restore onto ", env, " ends"),
            Next::RestoreAgain => text!("the failed restore onto ", env, " can be tried again"),
            Next::Announced(what) => announced(&env, *what),
            Next::Backup(label, turn) => of_backup(label, &env, *turn),
            Next::RetentionApplied { days, changed, lower } => {
                let says = match lower {
                    true => text!(env, " keeps no more than ", Days(*days), " from now on"),
                    false => text!("the retention of ", env, ", ", Days(*days), ", holds for certain from now on"),
                };
                text!(says, ": 24 hours after the change of ", ends(*changed))
            }
            Next::FirstDayOver => {
                text!("the first day of ", env, " is over: what it keeps is guaranteed from now on")
            }
            Next::WindowFull(days) => text!("the window of ", env, " reaches its full ", Days(*days)),
            Next::OlderPointsGone => {
                text!("the last of the older points of ", env, ", which were only possible, is gone")
            }
            Next::AsleepGone => text!(
                "the last of the points of ",
                env,
                " from before its switch to Sandbox, which may already be gone, is gone for good"
            ),
        }
        .say(text);
    }
}

impl AtOnce {
    /// The same in a few words, to stand after the name.
    pub fn brief(&self) -> Text {
        self.said.cause.brief()
    }
}

impl Urgent {
    /// In a few words, to stand after the name of the environment.
    pub fn brief(self) -> Text {
        match self {
            Urgent::Recover => text!("recover it if you may need it: nobody knows when it was deleted"),
            Urgent::SwitchBack => text!("switch it back, or lose its older points"),
        }
    }
}

impl Upcoming {
    /// A sentence, for a list in which losses stand beside what is none: a loss says first that it is one.
    pub fn told(&self) -> Text {
        text!(self.is_loss().then_some("lost: "), self.says()).sentence()
    }

    /// The same in a few words, to stand after the name.
    pub fn brief(&self) -> Text {
        match &self.said.cause {
            Next::RecoveryOver(_) => text!("can no longer be recovered"),
            Next::RecoveryUnsure => text!("the recovery is only possible from here on"),
            Next::RestoreEnds => text!("the restore onto it ends"),
            Next::RestoreAgain => text!("the failed restore can be tried again"),
            Next::Announced(Announced::TrialEnds) => text!("its trial ends"),
            Next::Announced(Announced::Disabled) => text!("is disabled, because nobody uses it"),
            Next::Announced(Announced::Deleted) => text!("is deleted, because nobody uses it"),
            Next::Backup(label, turn) => brief_of_backup(label, *turn),
            Next::RetentionApplied { days, lower: true, .. } => {
                text!("keeps no more than ", Days(*days), " from now on")
            }
            Next::RetentionApplied { days, .. } => text!("a retention of ", Days(*days), " holds for certain"),
            Next::FirstDayOver => text!("its first day is over: what it keeps is guaranteed"),
            Next::WindowFull(days) => text!("its window reaches its full ", Days(*days)),
            Next::OlderPointsGone => text!("the last of its older points is gone"),
            Next::AsleepGone => text!("the last of its points from before the switch is gone"),
        }
    }
}

fn brief_of_backup(label: &str, turn: BackupTurn) -> Text {
    let becomes = match turn {
        BackupTurn::Completed => " may be used with caution",
        BackupTurn::Ready => " is ready",
        BackupTurn::DoneWhileDeleted => " is done, and not promised",
        BackupTurn::Expires => " expires",
        BackupTurn::GoneAtTheLatest => " is gone at the latest",
        BackupTurn::NoLongerGuaranteed => " is no longer guaranteed",
        BackupTurn::Sleeps => " cannot be chosen any more",
    };
    text!("manual backup ", Piece::Name(label.to_string()), becomes)
}

fn announced(env: &Piece, what: Announced) -> Text {
    let unused = " by itself, because nobody uses it: backups and the work of administrators do not count as use";
    match what {
        Announced::TrialEnds => text!(
            "the trial of ",
            env,
            " ends; once it is deleted it can be recovered for 7 days, and then nothing is left"
        ),
        Announced::Disabled => text!(env, " is disabled", unused),
        Announced::Deleted => text!(env, " is deleted", unused),
    }
}

fn of_backup(label: &str, env: &Piece, turn: BackupTurn) -> Text {
    let backup = backup_of(label, env);
    match turn {
        BackupTurn::Completed => text!(completed(label), " It may be used with caution"),
        BackupTurn::Ready => text!(backup, " is ready"),
        BackupTurn::DoneWhileDeleted => {
            text!(backup, " is done, and nothing promises it while ", env, " is deleted")
        }
        BackupTurn::Expires => text!(backup, " expires"),
        BackupTurn::GoneAtTheLatest => text!(backup, ", which may already be gone, is gone at the latest"),
        BackupTurn::NoLongerGuaranteed => text!(backup, " is no longer guaranteed"),
        BackupTurn::Sleeps => text!(backup, " cannot be chosen any more while ", env, " is a Sandbox"),
    }
}
