//! What the state says in passing: short messages, with a way to take back what they tell of.

use super::acting::{MadePlan, Undo};
use super::route::Page;
use super::saving::{NotStepped, Stepped};
use super::state::AppState;
use crate::ui::prelude::*;
use crate::view_model::words::thousands;
use crate::workspace::desk::Way;
use chrono::{DateTime, Utc};
use leptos::task::spawn_local;
use std::time::Duration;

/// A short message that goes by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub number: u32,
    pub text: String,
    /// Whether what it tells of can be undone or done again with [`AppState::step`].
    pub steps: bool,
    /// What it tells of, where that can be taken back.
    pub undo: Option<Undo>,
    /// The page with which it goes; `None`: it stays.
    page: Option<Page>,
}

/// How long a toast stays.
const TOAST: Duration = Duration::from_secs(6);

/// How long one stays that offers to undo something.
const TOAST_WITH_UNDO: Duration = Duration::from_secs(30);

impl AppState {
    /// Says something in passing.
    pub fn toast(self, text: String) {
        self.in_passing(text);
    }

    /// The same, and tells by which number it is said.
    fn in_passing(self, text: String) -> u32 {
        let number = self.show_toast(text, false, TOAST);
        self.goes_with_its_page();
        number
    }

    fn goes_with_its_page(self) {
        let page = untrack(|| self.route()).page();
        self.toasts.try_update(|list| list.first_mut().map(|newest| newest.page = Some(page)));
    }

    /// Says what was just recorded, and offers to take that back.
    pub(super) fn toast_done(self, text: String) {
        self.show_toast(text, false, TOAST_WITH_UNDO);
        let undo = self.with_untracked(|w| w.log.newest_command().map(|e| Undo::Entries(vec![(e.number, e.at)])));
        self.can_be_undone(undo);
    }

    /// Says what was recorded many times, and offers to take all of it back.
    pub(super) fn toast_all_done(self, text: String, entries: Vec<(u32, DateTime<Utc>)>) {
        self.show_toast(text, false, TOAST_WITH_UNDO);
        self.can_be_undone(Some(Undo::Entries(entries)));
    }

    /// Says that a plan was made, and offers to take that back; it goes with its page.
    pub(super) fn toast_made(self, text: String, made: MadePlan) {
        self.show_toast(text, false, TOAST_WITH_UNDO);
        self.goes_with_its_page();
        self.can_be_undone(Some(Undo::Plan(Box::new(made))));
    }

    fn can_be_undone(self, undo: Option<Undo>) {
        self.toasts.try_update(|list| list.first_mut().map(|newest| newest.undo = undo));
    }

    /// Says that an answer is kept, and tells by which number that is said.
    pub(super) fn toast_answer(self, environments: usize) -> u32 {
        self.in_passing(match environments {
            1 => "Your answer is kept.".to_string(),
            n => format!("Your answer is kept for {} environments.", thousands(n)),
        })
    }

    /// Offers to take back the entry of the log that a message tells of: what offered it where it was done is gone.
    pub(super) fn offer_undo(self, toast: u32, entry: u32) {
        let undo = self.with_untracked(|w| {
            w.log.entries.iter().find(|e| e.number == entry).map(|e| Undo::Entries(vec![(e.number, e.at)]))
        });
        self.toasts
            .try_update(|list| list.iter_mut().filter(|t| t.number == toast).for_each(|t| t.undo = undo.clone()));
    }

    /// What was said in passing goes with its page.
    pub(super) fn leave_for(self, to: &Page) {
        let gone = |t: &Toast| t.page.as_ref().is_some_and(|page| page != to);
        if self.toasts.try_with_untracked(|list| list.iter().any(gone)) == Some(true) {
            self.toasts.try_update(|list| list.retain(|t| !gone(t)));
        }
    }

    /// Says what is the same for every key that is typed.
    pub(super) fn toast_once(self, text: String) {
        if self.toasts.try_with_untracked(|list| list.iter().any(|t| t.text == text)) == Some(false) {
            self.toast(text);
        }
    }

    /// Says what nobody asked for, and so for longer.
    pub(super) fn tell(self, text: String) {
        self.show_toast(text, false, TOAST_WITH_UNDO);
    }

    /// Says that something took the place of something else, and offers to undo it.
    pub fn toast_replaced(self, text: String) {
        let steps = self.saving.steps_untracked() != Default::default();
        self.show_toast(text, steps, if steps { TOAST_WITH_UNDO } else { TOAST });
    }

    /// Brings back what was replaced last, or does again what was undone last.
    pub fn step(self, way: Way) {
        if self.saving.stepping.get_untracked() {
            return;
        }
        self.saving.stepping.set(true);
        self.toasts.update(|list| list.retain(|t| !t.steps));
        spawn_local(async move {
            let done = self.saving.step(way).await;
            self.saving.stepping.try_set(false);
            self.tell_step(way, done);
        });
    }

    fn tell_step(self, way: Way, done: Result<Option<Stepped>, NotStepped>) {
        match done {
            Ok(Some(Stepped { says, aside })) => {
                let aside = if aside {
                    " What you did there since is set aside too, under “What is stored where”."
                } else {
                    ""
                };
                self.toast_replaced(format!("{}: {says}.{aside}", way.done()));
            }
            Ok(None) => {}
            Err(error) => self.toast(format!("Nothing was changed: {}.", error.says())),
        }
    }

    fn show_toast(self, text: String, steps: bool, stays: Duration) -> u32 {
        let number = self.next_toast.try_with_value(|n| n.wrapping_add(1)).unwrap_or_default();
        self.next_toast.try_set_value(number);
        self.toasts.try_update(|list| {
            // What was said of what is replaced is over, and one alone offers the next steps.
            if steps {
                list.clear();
            }
            list.insert(0, Toast { number, text, steps, undo: None, page: None });
        });
        set_timeout(move || self.close_toast(number), stays);
        number
    }

    /// Takes back what was said in passing.
    pub fn hush(self) {
        self.toasts.try_update(|list| list.retain(|t| t.steps));
    }

    pub fn close_toast(self, number: u32) {
        self.toasts.try_update(|list| list.retain(|t| t.number != number));
    }

    pub fn toasts(self) -> Vec<Toast> {
        self.toasts.get()
    }
}
