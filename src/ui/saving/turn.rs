//! Whose clock lets time pass: that of one visible tab for each place, so that two windows do not both record what ended by itself.

use super::Saving;
use crate::platform::locks;
use crate::ui::prelude::*;

impl Saving {
    /// Whether this tab is the one that lets time pass in the place that is shown. Without locks every visible tab is; what two of them
    /// record is the same, and counts once.
    pub fn lets_time_pass(self) -> bool {
        if !is_visible() {
            return false;
        }
        !locks::supported()
            || self.turn.try_with_value(|turn| turn.as_ref().is_some_and(|(_, held)| held.is_granted())) == Some(true)
    }

    /// Waits for the turn of the place that is shown, as long as the tab is visible. Keeps the one that it has or waits for: giving it
    /// up in between would let another tab record the same once more.
    pub(super) fn take_turn(self) {
        let place = self.place.get_untracked();
        if !is_visible() || !locks::supported() {
            self.turn.try_set_value(None);
            return;
        }
        if self.turn.try_with_value(|turn| turn.as_ref().is_some_and(|(of, _)| *of == place)) == Some(true) {
            return;
        }
        // The one of another place is over.
        self.turn.try_set_value(None);
        let turn = locks::hold(&format!("restore-desk/clock/{place}"), move |granted| {
            if granted.is_err() {
                self.turn.try_set_value(None);
                return;
            }
            // What the tab before recorded comes first.
            self.follow();
            self.turns.try_update(|n| *n = n.wrapping_add(1));
        });
        self.turn.try_set_value(Some((place, turn)));
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
