//! The second copy at the beginning, and when another tab tells of it: what only it has is brought here.

use super::Saving;
use crate::workspace::desk;
use crate::workspace::keep::Found;
use crate::workspace::keys::{self, Slot};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Saving {
    /// Asks the second copy for what the first store does not have. Nothing is said to be never there before that.
    pub(super) fn look_twice(self) {
        let Some(store) = self.store.try_get_value() else { return };
        spawn_local(async move {
            if store.second().ready().await.is_ok() {
                self.bring().await;
            }
            self.looked_twice.try_set(true);
            self.tell();
        });
    }

    /// Another tab told of something that localStorage may not hold.
    pub(super) fn heard(self) {
        spawn_local(async move {
            self.bring().await;
            self.follow();
        });
    }

    async fn bring(self) {
        let Some(store) = self.store.try_get_value() else { return };
        let Ok(missing) = store.only_in_second().await else { return };
        if missing.is_empty() || store.bring(&missing).await.is_err() {
            return;
        }
        self.follow();
        self.show_what_came();
    }

    /// Where nothing was here and nothing was done, the tenant is shown that only the second copy had.
    fn show_what_came(self) {
        let untouched = self.desk.try_with_value(|d| {
            matches!(d.found(), Found::NeverThere) && d.place().slot() == Slot::Own && !d.keeper().has_pending()
        });
        if untouched != Some(true) {
            return;
        }
        let last = self.setting(keys::LAST).and_then(|text| text.parse().ok());
        let place = self.store.try_with_value(|s| desk::to_begin_with(s, None, last)).flatten();
        if let Some(place) = place {
            self.open_place(place);
        }
    }
}
