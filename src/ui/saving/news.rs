//! What other tabs did that a person should hear.

use super::Saving;
use crate::workspace::desk::{News, TabDid};
use crate::workspace::keep::{NoFit, Told};
use crate::workspace::keys::Place;

impl Saving {
    /// Finds a place for what fits nowhere any more, and says what other tabs did.
    pub(super) fn hear(self) {
        let news = self.work(|desk, store, _| {
            desk.house(store);
            (false, desk.take_news())
        });
        let mut says = Vec::new();
        let mut show = None;
        let mut moved = Vec::new();
        for News { place, what } in news.unwrap_or_default() {
            // The sample is made anew by itself.
            let of_sample = place == Place::Sample && matches!(what, TabDid::Told(_));
            if of_sample {
                continue;
            }
            says.push(what.says());
            if matches!(what, TabDid::Housed { .. } | TabDid::Told(Told::Replaced)) {
                moved.push(News { place: place.clone(), what: what.clone() });
            }
            if let TabDid::Housed { home: Some(home), why: NoFit::Refused(_), .. } = what
                && place == self.place_untracked()
            {
                show = Some(home);
            }
        }
        if !says.is_empty() {
            says.dedup();
            self.say(says.join(" "));
        }
        if !moved.is_empty() {
            self.moved_away.try_update(|all| all.extend(moved));
        }
        if let Some(home) = show {
            self.open_place(home);
        }
    }

    /// Says something once, after what is not said yet.
    pub(super) fn say(self, says: String) {
        self.said.try_update(|said| {
            *said = Some(match said.take() {
                Some(before) => format!("{before} {says}"),
                None => says,
            });
        });
    }

    /// What became of what was kept in a place since [`Saving::forget_moved_away`], where another tab put something else there; reactive.
    pub fn moved_away(self, place: &Place) -> Vec<TabDid> {
        self.moved_away.with(|all| all.iter().filter(|n| n.place == *place).map(|n| n.what.clone()).collect())
    }

    /// Files are kept anew.
    pub fn forget_moved_away(self) {
        self.moved_away.set(Vec::new());
    }
}
