//! What is in no store any more, and whether a person knows of it.

use super::Saving;
use crate::domain::order::Gather;
use crate::platform::storage::AppStore;
use crate::workspace::keep::Trouble;
use crate::workspace::store::Store;
use std::collections::BTreeSet;

/// Where it is remembered of which gaps a person said that they know, by [`Trouble::gap`].
const GAPS: &str = "restore-desk/known-gaps";

/// So many gaps are remembered.
const MOST_GAPS: usize = 40;

/// The gaps of which a person said that they know.
pub(super) fn known(store: &AppStore) -> BTreeSet<String> {
    let text = store.get(GAPS).ok().flatten().unwrap_or_default();
    text.split(' ').filter(|gap| !gap.is_empty()).map(str::to_string).into_set()
}

impl Saving {
    /// Whether it is a gap of which nobody said that they know.
    pub(super) fn is_news(self, trouble: &Trouble) -> bool {
        let known = |gap: String| self.known_gaps.try_with_untracked(|known| known.contains(&gap)) == Some(true);
        trouble.lacks() && trouble.gap().is_none_or(|gap| !known(gap))
    }

    /// What is not as it should be, without the gaps of which a person said that they know; reactive.
    pub fn open_troubles(self) -> Vec<Trouble> {
        self.known_gaps.track();
        let mut troubles = self.troubles();
        troubles.retain(|trouble| !trouble.lacks() || self.is_news(trouble));
        troubles
    }

    /// A person knows of the gaps of the place that is shown: what is left is what there is.
    pub fn know_gaps(self) {
        let gaps: Vec<String> = self.troubles.with_untracked(|all| all.iter().filter_map(Trouble::gap).collect());
        self.known_gaps.update(|known| {
            known.extend(gaps);
            while known.len() > MOST_GAPS {
                known.pop_first();
            }
        });
        let text = self.known_gaps.with_untracked(|known| known.iter().cloned().collect::<Vec<_>>().join(" "));
        self.set_setting(GAPS, Some(&text));
        self.tell();
    }
}
