//! Rehearsals: a copy of the user's own workspace with a clock that is moved by hand, kept in a place of its own.

use super::replacing::{Why, a_sample};
use super::route::Route;
use super::state::AppState;
use crate::platform::clock;
use crate::ui::prelude::*;
use crate::view_model::words::count;
use crate::workspace::Workspace;
use crate::workspace::clock::Clock;
use crate::workspace::edit::Edit;
use crate::workspace::keys::Slot;

impl AppState {
    /// Opens the rehearsal that was left, or begins one with a copy of the user's own tenant as it is now. In the sample, which
    /// is made up anyway, only its clock is stopped.
    pub fn rehearse(self) {
        match self.saving.slot_untracked() {
            Slot::Rehearsal => {}
            Slot::Sample => drop(self.set(Edit::StopClock)),
            Slot::Own => {
                let copy = copy_of(self.saving.own());
                self.saving.open_slot(Slot::Rehearsal);
                if self.with_untracked(|w| w.clock.is_some()) {
                    self.toast("You are back in the rehearsal that you left. “Start over” takes a new copy.".into());
                } else {
                    self.replace_made_up(copy, Why::RehearsalCopy);
                }
            }
        }
    }

    /// Whether there is something to rehearse with and no rehearsal is open; reactive.
    pub fn can_rehearse(self) -> bool {
        self.with(|w| w.clock.is_none() && !w.tenant.environments.is_empty())
    }

    /// What a rehearsal is here, before one begins; reactive.
    pub fn what_a_rehearsal_is(self) -> &'static str {
        match self.saving.slot() {
            Slot::Sample => {
                "The clock of the sample stops, and you move it to see what happens. Nothing here is real, and ending the rehearsal makes the sample as new: the plans in it and all that was done in it go."
            }
            Slot::Own | Slot::Rehearsal => {
                "A rehearsal is a copy of your tenant in which you move the time and try things out. Nothing real changes, and ending it undoes everything."
            }
        }
    }

    /// Begins the rehearsal anew: with a new copy of the user's own tenant, or with a new sample.
    pub fn rehearse_anew(self) {
        let invented = self.with_untracked(|w| w.clock.as_ref().map(|c| c.invented)).unwrap_or_default();
        let mut fresh = match self.saving.slot_untracked() {
            Slot::Own => return,
            Slot::Rehearsal => copy_of(self.saving.own()),
            Slot::Sample => copy_of(self.sample_anew()),
        };
        if let Some(clock) = &mut fresh.clock {
            clock.invented = invented;
        }
        if fresh.tenant.environments.is_empty() {
            // A file brought the rehearsal alone.
            return self
                .toast("The tenant of this rehearsal is not here, so that there is nothing to copy anew.".into());
        }
        if self.replace_made_up(fresh, Why::RehearsalAnew) {
            self.hush();
            self.toast_replaced("The rehearsal is started over.".into());
        }
    }

    /// Ends the rehearsal, which can be undone: its copy goes and the user's own tenant is open again, as it was left. The sample is made
    /// anew, with the real clock.
    pub fn end_rehearsal(self) {
        let done = self.with_untracked(|w| w.clock.as_ref().map_or(0, |c| w.done_after(c.began)));
        let plans = self.with_untracked(|w| w.plans.len());
        let with =
            if done == 0 { String::new() } else { format!(", with {} done in it", count(done, "thing", "things")) };
        match self.saving.slot_untracked() {
            Slot::Own => return,
            Slot::Rehearsal => {
                if let Err(error) = self.replace_whole(Workspace::default(), Why::RehearsalOver) {
                    return self.toast(format!("The rehearsal is not ended: {}.", error.says()));
                }
                self.saving.open_slot(Slot::Own);
                self.hush();
                self.toast_replaced(format!("The rehearsal is over{with}. Your own tenant is as you left it."));
            }
            Slot::Sample => {
                if !self.replace_made_up(self.sample_anew(), Why::RehearsalOverInSample) {
                    return;
                }
                self.hush();
                let plans = if plans == 0 { "" } else { ", without the plans that were in it" };
                self.toast_replaced(format!(
                    "The rehearsal is over{with}. The sample is as new{plans}, with the real time."
                ));
            }
        }
        // A plan or an environment of the rehearsal may not exist here.
        if !self.knows_route() {
            self.go(Route::Start);
        }
    }

    /// A new sample, under the same edition.
    fn sample_anew(self) -> Workspace {
        a_sample(self.with_untracked(|w| w.edition.clone()))
    }

    fn knows_route(self) -> bool {
        let route = untrack(|| self.route());
        self.with_untracked(|w| match &route {
            Route::Plan(number) => w.plans.iter().any(|p| p.number == *number),
            Route::Environment(id) => w.tenant.get(id).is_some(),
            _ => true,
        })
    }
}

/// The copy to rehearse with, its clock set to the real time.
fn copy_of(own: Workspace) -> Workspace {
    Workspace { clock: Some(Clock::at(clock::now())), ..own }
}
