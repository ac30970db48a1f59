//! Whose clock lets time pass: that of one visible tab for each place, so that two windows do not both record what ended by itself.

use super::Saving;
use crate::platform::locks;
use leptos::prelude::*;

impl Saving {
    /// Whether this tab is the one that lets time pass in the place that is shown. Without locks every visible tab is; what two of them
    /// record is the same, and counts once.
    pub fn lets_time_pass(self) -> bool {
        if !is_visible() {
            return false;
        }
        !locks::supported()
            || self.turn.try_with_value(|turn| turn.as_ref().is_some_and(locks::Held::is_granted)) == Some(true)
    }

    /// Waits for the turn of the place that is shown, as long as the tab is visible. `told` when it comes.
    pub(super) fn take_turn(self) {
        // The one of another place is over.
        self.turn.try_set_value(None);
        if !is_visible() || !locks::supported() {
            return;
        }
        let name = format!("restore-desk/clock/{}", self.place.get_untracked());
        let turn = locks::hold(&name, move |granted| {
            if granted.is_ok() {
                self.turns.try_update(|n| *n = n.wrapping_add(1));
            }
        });
        self.turn.try_set_value(Some(turn));
    }

    /// Moves when the turn came; reactive.
    pub fn turns(self) -> u32 {
        self.turns.get()
    }

    /// Another tab may let time pass.
    pub(super) fn give_turn(self) {
        self.turn.try_set_value(None);
    }
}

fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}
