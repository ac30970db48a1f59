//! The restores that are begun in the wizard: one is open, the others wait.

use super::state::AppState;
use crate::workspace::Draft;
use crate::workspace::desk::Thrown;
use crate::workspace::edit::Edit;
use crate::workspace::wizard::drafts;

impl AppState {
    /// The wizard as it was left, reactive.
    pub fn draft(self) -> Draft {
        self.with(|w| w.draft.clone().unwrap_or_default())
    }

    pub fn update_draft(self, change: impl FnOnce(&mut Draft)) {
        let before = self.with_untracked(|w| w.draft.clone().unwrap_or_default());
        let mut draft = before.clone();
        change(&mut draft);
        // Nor is an empty wizard another than none.
        if draft != before {
            draft.began.get_or_insert_with(|| self.now_untracked());
            self.set(Edit::Draft(Some(Box::new(draft))));
        }
    }

    /// Opens another restore in the wizard, or an empty one; what was open stays among those that were begun.
    pub fn begin_draft(self, draft: Option<Draft>) {
        let draft = draft.map(|d| Draft { began: d.began.or_else(|| Some(self.now_untracked())), ..d });
        self.set(self.with_untracked(|w| drafts::opened(w, draft)));
    }

    /// Takes up one of the restores that were begun.
    pub fn take_up(self, place: usize) {
        self.set(self.with_untracked(|w| drafts::taken_up(w, place)));
    }

    /// Throws a restore that was begun away, which can be undone: the one at a place among the others, or (`None`) the open one.
    pub fn throw_away(self, place: Option<usize>) {
        let thrown = self.with_untracked(|w| {
            let draft = place.map_or(w.draft.as_ref(), |place| w.begun.get(place))?;
            let edit = place.map_or(Edit::Draft(None), |place| drafts::dropped(w, place));
            Some((draft.clone(), drafts::about(w, draft).title, edit))
        });
        let Some((draft, title, edit)) = thrown else { return };
        if !self.set(edit) {
            return;
        }
        let thrown = Thrown::Draft(Box::new(draft), place.is_none());
        self.saving.remember_thrown(thrown, "discarding a restore");
        self.toast_replaced(format!("Discarded: {title}."));
    }

    /// Empties the wizard, whose restore became a plan.
    pub fn clear_draft(self) {
        self.set(Edit::Draft(None));
    }
}
