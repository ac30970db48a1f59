//! Undo and redo of what took the place of a workspace, for the screen.

use super::{Saving, set_if_other};
use crate::platform::clock;
use crate::ui::prelude::*;
use crate::workspace::desk::{Replaced, Thrown, Way};
use crate::workspace::keep::NotDeleted;
use crate::workspace::keys::{Place, Slot};
use crate::workspace::store::StoreError;

/// What the next steps are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps {
    undo: Option<Step>,
    redo: Option<Step>,
    /// How many steps back there are.
    pub back: usize,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    says: &'static str,
    /// It is the adding of an inventory.
    adding: bool,
    place: Place,
    /// What the tenant is called; may be empty.
    name: String,
}

impl Steps {
    /// Whether the next step that way is the adding of an inventory to that place.
    pub fn is_adding(&self, way: Way, place: &Place) -> bool {
        self.next(way).is_some_and(|step| step.adding && step.place == *place)
    }

    fn next(&self, way: Way) -> Option<&Step> {
        match way {
            Way::Undo => self.undo.as_ref(),
            Way::Redo => self.redo.as_ref(),
        }
    }

    /// What a step does, in words; `shown` is the place that is open. `None`: there is none.
    pub fn says(&self, way: Way, shown: &Place) -> Option<String> {
        let step = self.next(way)?;
        let elsewhere = match (step.place == *shown, step.place.slot()) {
            (true, _) => String::new(),
            (false, Slot::Sample) => " (in the sample)".to_string(),
            (false, Slot::Rehearsal) => " (in a rehearsal)".to_string(),
            (false, Slot::Own) if step.name.is_empty() => " (in another tenant)".to_string(),
            (false, Slot::Own) => format!(" (in “{}”)", step.name),
        };
        Some(format!("{} {}{elsewhere}", way.word(), step.says))
    }
}

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepped {
    /// What was undone or done again.
    pub says: &'static str,
    /// What was here was set aside.
    pub aside: bool,
}

/// Why a step was not done. Everything is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum NotStepped {
    NotPutAside(StoreError),
    NotDone(NotDeleted),
}

impl NotStepped {
    /// Why, as a clause.
    pub fn says(&self) -> String {
        match self {
            NotStepped::NotPutAside(error) => {
                format!("what is here now could not be put aside: {}. Download it first", error.says())
            }
            NotStepped::NotDone(why) => why.says(),
        }
    }
}

impl Saving {
    /// What can be undone and done again; reactive.
    pub fn steps(self) -> Steps {
        self.steps.get()
    }

    pub fn steps_untracked(self) -> Steps {
        self.steps.get_untracked()
    }

    /// Notes that a part of what is shown is thrown away, so that it can be undone.
    pub fn remember_thrown(self, thrown: Thrown, says: &'static str) {
        self.work(|desk, _, w| (false, desk.remember_thrown(w, thrown, says)));
        self.tell_steps();
    }

    /// What is shown, before an inventory is added to it.
    pub fn before_adding(self) -> Option<Replaced> {
        self.work(|desk, _, w| (false, desk.before_adding(w)))
    }

    /// Notes what was there before, so that the adding can be undone.
    pub fn remember_adding(self, before: Replaced) {
        self.work(|desk, _, _| (false, desk.remember_adding(before)));
        self.tell_steps();
    }

    /// Brings up to date what can be undone and done again.
    pub(super) fn tell_steps(self) {
        let steps = self.desk.try_with_value(|desk| {
            let step = |next: &Replaced| Step {
                says: next.says,
                adding: next.adding,
                place: next.place.clone(),
                name: next.workspace.tenant.name.clone(),
            };
            Steps {
                undo: desk.next(Way::Undo).map(step),
                redo: desk.next(Way::Redo).map(step),
                back: desk.replaced().len(),
            }
        });
        if let Some(steps) = steps {
            set_if_other(self.steps, steps);
        }
    }

    /// Brings back what was replaced last, or does again what was undone last; what is here now can be brought back in the same way.
    /// `None`: there is no step.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub async fn step(self, way: Way) -> Result<Option<Stepped>, NotStepped> {
        let next =
            self.desk.try_with_value(|d| d.next(way).map(|r| (r.place.clone(), r.says, r.takes_nothing()))).flatten();
        let Some((place, says, takes_nothing)) = next else { return Ok(None) };
        if !self.open_ahead(place).await {
            // Somebody opened another place meanwhile.
            return Ok(None);
        }
        let aside = self.work(|desk, _, w| (false, !takes_nothing && desk.step_needs_aside(w))).unwrap_or_default();
        if aside {
            self.put_aside().await.map_err(NotStepped::NotPutAside)?;
        }
        let done = self.work(|desk, store, w| (true, desk.step(store, w, way, clock::now())));
        self.changed_here();
        let stepped = done.unwrap_or(Ok(false)).map_err(NotStepped::NotDone)?;
        self.moved.update(|n| *n = n.wrapping_add(1));
        if self.workspace.with_untracked(|w| *w == Default::default()) && self.slot_untracked() == Slot::Rehearsal {
            // It is over once more.
            self.open_slot(Slot::Own);
        }
        Ok(stepped.then_some(Stepped { says, aside }))
    }
}
