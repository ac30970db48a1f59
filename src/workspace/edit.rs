//! Every change of a workspace, as data: so that it can be kept the moment it is made, told from another tab's, and made again on
//! a newer state. There is no other way in which a workspace changes.

mod numbers;
mod says;
mod touch;

pub(super) use numbers::NOWHERE;
pub use numbers::{Given, Numbers};
pub use touch::{Content, Meeting, Thing, Touched};

use super::clock::{Clock, Invented, Passed};
use super::log::Step;
use super::{Draft, Elsewhere, SavedPlan, Workspace};
use crate::domain::command::{Cause, Command, Event, Refusal, Stays};
use crate::domain::edition::{Edition, EditionId};
use crate::domain::plan::{Blank, Plan};
use crate::words::Say;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A change. Everything that its outcome depends on besides the workspace is in it, so that making it again gives the same again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
// There is one at a time, or a journal of a few hundred.
#[allow(clippy::large_enum_variant)]
pub enum Edit {
    /// A command, as done at `at` (UTC), for a step of a plan where it stands for one. What is done now is done at
    /// [`Workspace::present`].
    Run {
        command: Command,
        at: DateTime<Utc>,
        step: Option<Step>,
    },
    /// What ends by itself until the edit's time has ended.
    PassTime,
    /// The entry of the log with this number is taken back.
    TakeBack {
        number: u32,
    },
    /// What was taken back is done again: the entry that had this number. Named, because on a newer state something else may
    /// have been taken back last.
    Redo {
        number: u32,
    },
    /// The clock of the sample or of a rehearsal is moved to `to` (UTC).
    MoveClock {
        to: DateTime<Utc>,
    },
    /// The clock is moved back to `to` (UTC), and what was done later is taken back.
    RewindClock {
        to: DateTime<Utc>,
    },
    /// The clock stands still from the edit's time on, where it does not yet.
    StopClock,
    /// How simulated operations go.
    Invent(Invented),
    Edition(EditionId),
    /// The wizard as it is left; `None`: it is empty.
    Draft(Option<Box<Draft>>),
    /// The same with all other restores that were begun: one is set aside, taken up again or thrown away.
    Begun {
        open: Option<Box<Draft>>,
        others: Vec<Draft>,
    },
    KeepPlan {
        plan: Box<Plan>,
        elsewhere: Option<Elsewhere>,
    },
    /// A step or an item of a plan is ticked off at the edit's time, or unticked.
    Tick {
        plan: u32,
        id: String,
        done: bool,
    },
    /// What a person typed or chose for a plan's commands; empty: nothing.
    Fill {
        plan: u32,
        blank: Blank,
        text: String,
    },
    RemovePlan {
        number: u32,
    },
    /// A plan that was removed is there again, with what was ticked off and typed in it.
    PutBack {
        plan: Box<SavedPlan>,
    },
}

/// An edit with what stands around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    pub edit: Edit,
    /// When it was made, by the real clock, UTC.
    pub at: DateTime<Utc>,
    /// The instant that the workspace showed then, UTC: that of its own clock where it has one.
    pub now: DateTime<Utc>,
    /// The edition by which it was judged.
    pub edition: EditionId,
}

/// What an edit did, for whoever asked for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What was taken back or done again.
    pub says: String,
    /// The number of the entry of the log that it made. `None`: it made none, or only of what ended by itself.
    pub entry: Option<u32>,
    /// The number of the plan that was kept, or put back.
    pub plan: Option<u32>,
    /// What came true while the clock was moved.
    pub passed: Option<Passed>,
}

/// Why an edit was not made. The workspace is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum NotMade {
    Refused(Refusal),
    Because(Stays),
}

impl From<Stays> for NotMade {
    fn from(why: Stays) -> Self {
        NotMade::Because(why)
    }
}

impl NotMade {
    /// For people, where only a sentence is shown.
    pub fn reason(&self) -> String {
        match self {
            NotMade::Refused(refusal) => refusal.says().to_string(),
            NotMade::Because(stays) => stays.says().to_string(),
        }
    }

    /// As the refusal of a command.
    pub fn refusal(self) -> Refusal {
        match self {
            NotMade::Refused(refusal) => refusal,
            NotMade::Because(stays) => Cause::Stays(Box::new(stays)).by(&[]),
        }
    }
}

impl Edit {
    /// Whether it is too much to be written down as an edit, so that only the whole workspace keeps it: writing it as text is an
    /// error. An import may be as large as the tenant itself.
    pub fn is_whole(&self) -> bool {
        matches!(self, Edit::Run { command, .. } if command.is_import())
    }

    /// Whether the workspace is already as the edit would leave it, so that making it would only be noise. Asked of what people
    /// set again and again; a command is never idle, for the log tells that it was done.
    pub fn is_idle(&self, w: &Workspace) -> bool {
        match self {
            Edit::Edition(id) => w.edition == *id,
            Edit::Draft(draft) => w.draft.as_ref() == draft.as_deref(),
            Edit::Begun { open, others } => w.draft.as_ref() == open.as_deref() && w.begun == *others,
            Edit::StopClock => w.clock.is_some(),
            Edit::Invent(invented) => w.clock.as_ref().is_none_or(|c| c.invented == *invented),
            Edit::Tick { plan, id, done } => {
                w.plans.iter().any(|p| p.number == *plan && p.done.contains_key(id) == *done)
            }
            Edit::Fill { plan, blank, text } => {
                w.plans.iter().any(|p| p.number == *plan && p.typed.text(*blank) == text.as_str())
            }
            Edit::RemovePlan { number } => w.plans.iter().all(|p| p.number != *number),
            Edit::PutBack { plan } => w.plan(plan.number).is_some_and(|p| p.plan == plan.plan),
            Edit::Run { .. }
            | Edit::PassTime
            | Edit::TakeBack { .. }
            | Edit::Redo { .. }
            | Edit::MoveClock { .. }
            | Edit::RewindClock { .. }
            | Edit::KeepPlan { .. } => false,
        }
    }

    /// Whether nothing is left of `earlier`, an edit of the same tab, once this one is made: the wizard as it was a key ago.
    pub fn replaces(&self, earlier: &Edit) -> bool {
        match (self, earlier) {
            (Edit::Draft(_), Edit::Draft(_))
            | (Edit::Begun { .. }, Edit::Draft(_) | Edit::Begun { .. })
            | (Edit::Edition(_), Edit::Edition(_))
            | (Edit::Invent(_), Edit::Invent(_)) => true,
            (Edit::Fill { plan, blank, .. }, Edit::Fill { plan: of, blank: other, .. }) => plan == of && blank == other,
            (Edit::RemovePlan { number }, Edit::Tick { plan, .. } | Edit::Fill { plan, .. }) => number == plan,
            _ => false,
        }
    }
}

impl Made {
    /// An edit of `w` that is made at `real` (UTC), by the real clock.
    pub fn new(edit: Edit, w: &Workspace, real: DateTime<Utc>) -> Self {
        Self { edit, at: real, now: w.now(real), edition: w.edition.clone() }
    }

    /// Makes the edit. On another state than the one that it was made for it is still done when it was done.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn apply(&self, w: &mut Workspace) -> Result<Done, NotMade> {
        let edition = Edition::find(&self.edition).unwrap_or_else(Edition::default_edition);
        // A clock that another tab moved on meanwhile is the one that counts.
        let now = w.now(self.now);
        let mut done = Done::default();
        match &self.edit {
            Edit::Run { command, at, step } => {
                let newest = w.log.newest();
                done.events =
                    w.run_exactly(edition, command.clone(), *at, now, step.clone()).map_err(NotMade::Refused)?;
                done.entry = w.log.made_since(newest);
            }
            Edit::PassTime => done.events = w.pass_time(edition, now),
            Edit::TakeBack { number } => done.says = w.take_back(edition, *number)?,
            Edit::Redo { number } => {
                done.says = w.do_again(edition, *number, now)?;
                done.entry = Some(*number);
            }
            Edit::MoveClock { to } => done.passed = Some(w.move_clock(edition, *to, self.at)?),
            Edit::RewindClock { to } => done.passed = Some(w.rewind_clock(edition, *to, self.at)?),
            Edit::StopClock => {
                w.clock.get_or_insert_with(|| Clock::at(self.at));
            }
            Edit::Invent(invented) => {
                if let Some(clock) = &mut w.clock {
                    clock.invented = *invented;
                }
            }
            Edit::Edition(id) => w.edition = id.clone(),
            Edit::Draft(draft) => w.draft = draft.as_deref().cloned(),
            Edit::Begun { open, others } => {
                w.draft = open.as_deref().cloned();
                w.begun.clone_from(others);
            }
            Edit::KeepPlan { plan, elsewhere } => {
                done.plan = Some(w.keep_plan(plan.as_ref().clone(), elsewhere.clone()));
            }
            Edit::Tick { plan, id, done } => {
                if w.plans.iter().all(|p| p.number != *plan) {
                    return Err(Stays::NoPlan.into());
                }
                w.tick(*plan, id, *done, self.now);
            }
            Edit::Fill { plan, blank, text } => {
                if w.plans.iter().all(|p| p.number != *plan) {
                    return Err(Stays::NoPlan.into());
                }
                w.fill(*plan, *blank, text);
            }
            Edit::RemovePlan { number } => w.plans.retain(|p| p.number != *number),
            Edit::PutBack { plan } => done.plan = Some(w.put_back(plan.as_ref().clone())),
        }
        Ok(done)
    }
}
