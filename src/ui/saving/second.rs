//! The second copy at the beginning, and when another tab tells of it: what only it has is brought here.

use super::Saving;
use crate::platform::storage::AppStore;
use crate::platform::{clock, tab};
use crate::ui::prelude::*;
use crate::workspace::desk;
use crate::workspace::keep::{Found, Trouble, places};
use crate::workspace::keys::{self, Id, Key, Slot};
use crate::workspace::store::Store;
use leptos::task::spawn_local;

/// What one tab writes is in both stores, for every other tab, after so long.
const SETTLES_MILLIS: i32 = 60;

impl Saving {
    /// Asks the second copy for what the first store does not have. Nothing is said to be never there before that.
    pub(super) fn look_twice(self) {
        let Some(store) = self.store.try_get_value() else { return };
        spawn_local(async move {
            if store.second().ready().await.is_ok() {
                self.bring().await;
                self.heal().await;
            }
            self.looked_twice.try_set(true);
            self.tell();
            self.leave_what_is_over();
        });
    }

    /// Another tab told of something that localStorage may not hold.
    pub(super) fn heard(self) {
        spawn_local(async move {
            self.bring().await;
            self.follow_soon();
        });
    }

    pub(super) async fn bring(self) {
        let Some(store) = self.store.try_get_value() else { return };
        let Ok(missing) = store.only_in_second().await else { return };
        if missing.is_empty() {
            return;
        }
        // What another tab just wrote or removed may be in one of the stores already, and not in the other one.
        clock::pause(SETTLES_MILLIS).await;
        let Ok(still) = store.only_in_second().await else { return };
        let missing: Vec<String> = missing.into_iter().filter(|key| still.contains(key)).collect();
        let Ok(brought) = store.bring(&missing).await else { return };
        if brought.stored.is_empty() && brought.held.is_empty() {
            return;
        }
        self.follow();
        self.say_what_was_lacking(&store, brought.stored);
        self.show_what_came();
    }

    /// What was removed from localStorage by hand, or was lost there, does not come back without a word. Each text is told of once.
    fn say_what_was_lacking(self, store: &AppStore, stored: Vec<String>) {
        let counts = |key: &String| Key::parse(key).is_some_and(|key| places::counts(store, &key));
        let counted: Vec<String> = stored.into_iter().filter(counts).collect();
        let new =
            self.lacked.try_update_value(|told| counted.into_iter().filter(|key| told.insert(key.clone())).count());
        let new = new.unwrap_or_default();
        // That everything was cleared away is said by itself.
        if new > 0 && !self.came_back.try_get_untracked().unwrap_or_default() {
            let (texts, them, stand) = match new {
                1 => ("one text".to_string(), "it", "it stands"),
                n => (format!("{n} texts"), "them", "they stand"),
            };
            self.say(format!(
                "The first store (localStorage) lacked {texts} of what is kept: removed, without room for them, or lost when the browser ended. The second \
                 copy (IndexedDB) had {them}, and {stand} there again."
            ));
        }
    }

    /// Where the first store holds a torn text and the second one a whole one, that takes its place; the torn one is set aside first.
    async fn heal(self) {
        let Some(store) = self.store.try_get_value() else { return };
        let troubles = self.desk.try_with_value(|d| d.keeper().troubles.clone()).unwrap_or_default();
        let mut healed = false;
        for key in troubles.iter().filter_map(Trouble::torn) {
            let name = key.to_string();
            let Ok(Some(text)) = store.text_in_second(&name).await else { continue };
            if !places::belongs(key, &text) {
                continue;
            }
            if store.get(&name).is_ok_and(|here| here.is_some_and(|here| here != text)) {
                let aside = Id::new(&tab::random_id()).map(Key::Aside);
                if aside.is_none_or(|aside| places::copy(&store, &name, &aside).is_err()) {
                    continue;
                }
            }
            healed |= store.take_from_second(&name).await.unwrap_or(false);
        }
        if healed {
            self.desk.try_update_value(|d| d.keeper_mut().look_again());
            self.follow();
        }
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
