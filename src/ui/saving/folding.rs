//! When a record is written, and how: in slices, one tab at a time where the browser has locks.

use super::Saving;
use crate::platform::{clock, locks};
use crate::ui::panic;
use crate::ui::prelude::*;
use crate::workspace::envelope;
use crate::workspace::keep::ahead::With;
use crate::workspace::keep::{FoldReason, Folded, Followed, NotFolded};
use crate::workspace::keys::Place;
use crate::workspace::store::StoreError;
use leptos::task::spawn_local;
use std::time::Duration;

/// What no hurry has is folded when nothing was changed for so long.
const IDLE: Duration = Duration::from_millis(1500);

/// What is in memory only is folded at once; after a failure so much later, and twice as much later each time.
const AT_ONCE: Duration = Duration::from_millis(20);
const AGAIN_MILLIS: u64 = 1000;
const AGAIN_AT_MOST_MILLIS: u64 = 30_000;

/// What nothing but a person can bring into a store is held so much later.
const HOLD: Duration = Duration::from_millis(300);

/// A store that did not answer is asked again after so long, and after twice as long each time.
const ASK_AGAIN_MILLIS: u64 = 200;

/// Bytes of text that are worked on before it is looked whether the page is to have its turn.
pub(super) const SLICE: usize = 64 * 1024;

/// How long another tab may fold before this one does so without a lock, which loses nothing.
const PATIENCE_MILLIS: u32 = 10_000;

impl Saving {
    /// Folds what is due, later.
    pub(super) fn fold_soon(self) {
        if self.folding.try_get_value().unwrap_or(true) {
            // It looks again when it is done.
            return;
        }
        let Some(Some((_, due))) = self.desk.try_with_value(|d| d.due()) else { return self.hold_soon() };
        let tries = self.tries.try_get_value().unwrap_or_default();
        let wait = match (due, tries) {
            (FoldReason::Nothing, _) => return,
            (FoldReason::Unkept, 0) => AT_ONCE,
            (_, 0) => IDLE,
            (_, tries) => {
                Duration::from_millis(AGAIN_MILLIS.saturating_mul(1 << (tries - 1).min(10)).min(AGAIN_AT_MOST_MILLIS))
            }
        };
        self.stop_timer();
        let handle = set_timeout_with_handle(move || self.fold_now(), wait).ok();
        self.timer.try_set_value(handle);
    }

    /// Nothing can be folded, and yet something may be in no store: it is held for the page that outlives a panic.
    fn hold_soon(self) {
        let held = self.held.try_get_value().unwrap_or_default();
        if held == 0 && self.unsaved().is_empty() {
            return self.stop_timer();
        }
        if self.timer.try_with_value(Option::is_none) == Some(true) {
            // However one types.
            self.timer.try_set_value(set_timeout_with_handle(move || self.fold_now(), HOLD).ok());
        }
    }

    fn stop_timer(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }

    /// Asks a store again that did not answer.
    pub(super) fn ask_again(self) {
        let asked = self.asked.try_update_value(|n| std::mem::replace(n, n.saturating_add(1))).unwrap_or_default();
        let millis = ASK_AGAIN_MILLIS.saturating_mul(1 << asked.min(10)).min(AGAIN_AT_MOST_MILLIS);
        set_timeout(move || self.follow(), Duration::from_millis(millis));
    }

    fn fold_now(self) {
        self.timer.try_set_value(None);
        spawn_local(async move {
            self.fold_all().await;
        });
    }

    /// Folds whatever is due, and tells how a place fared.
    ///
    /// # Errors
    /// Why some of it is in memory only.
    pub async fn keep_now(self, place: &Place) -> Result<(), String> {
        self.stop_timer();
        // Another folding may be under way, which does not hold what was done since it began.
        for _ in 0..600 {
            if !self.folding.try_get_value().unwrap_or(false) {
                break;
            }
            clock::pause(25).await;
        }
        self.fold_all().await;
        let unsaved = self.work(|d, _, w| (false, d.seat(w, place, |keeper, _| keeper.unsaved()))).flatten();
        if unsaved != Some(true) {
            return Ok(());
        }
        let why = self.failed.try_get_value().flatten();
        Err(why.unwrap_or_else(|| "the browser did not keep it".to_string()))
    }

    async fn fold_all(self) {
        if panic::happened() || self.folding.try_update_value(|f| std::mem::replace(f, true)) != Some(false) {
            return;
        }
        let mut failed = None;
        // Each place once, and a second copy of what only one record holds.
        for _ in 0..16 {
            let Some(Some((place, _))) = self.desk.try_with_value(|d| d.due()) else { break };
            match self.fold_place(place.clone()).await {
                Ok(_) | Err(NotFolded::Nothing) => {
                    self.hear();
                    self.desk.try_update_value(|d| d.give_up_kept());
                }
                // A person decides about it, and the others go on.
                Err(NotFolded::Deleted) => {}
                Err(why) => {
                    failed = Some(why);
                    break;
                }
            }
            let idle = self.desk.try_with_value(|d| d.due()).flatten().is_none_or(|(_, due)| due != FoldReason::Unkept);
            if idle {
                break;
            }
        }
        clock::pause(0).await;
        // What is still in memory only without a reason is not tried again and again without a pause.
        let stuck = failed.is_none()
            && self.desk.try_with_value(|d| d.due()).flatten().is_some_and(|(_, due)| due == FoldReason::Unkept);
        if stuck {
            failed = Some(NotFolded::Overtaken);
        }
        // A deletion elsewhere waits for a person, and is said by itself.
        let counts = failed.as_ref().filter(|why| !matches!(why, NotFolded::Deleted | NotFolded::ReadOnly));
        self.failed.try_set_value(counts.map(NotFolded::says));
        self.tries.try_update_value(|n| *n = if counts.is_some() { n.saturating_add(1) } else { 0 });
        self.hold_unsaved();
        self.folding.try_set_value(false);
        self.moved.try_update(|n| *n = n.wrapping_add(1));
        self.tell();
        // What only a person can bring into a store was just held.
        let more = self.desk.try_with_value(|d| d.due().is_some()).unwrap_or_default();
        if more && !matches!(failed, Some(NotFolded::Deleted | NotFolded::ReadOnly)) {
            self.fold_soon();
        }
    }

    async fn fold_place(self, place: Place) -> Result<Folded, NotFolded> {
        let alone = || {
            self.work(|desk, store, w| {
                let before = desk.keeper().turns();
                let (alone, followed) = desk.is_alone(store, w, &place);
                let vanished = followed == Followed::Vanished;
                (desk.keeper().turns() != before, (alone, vanished, place == *desk.place()))
            })
            .unwrap_or_default()
        };
        let (is_alone, vanished, shown) = alone();
        if is_alone {
            if vanished && shown {
                self.came_back.try_set(true);
            }
            // What was here may be newer in the second copy: nothing older is written beside it unseen.
            let head = || self.work(|d, _, w| (false, d.seat(w, &place, |k, _| k.head().map(|head| head.id.clone()))));
            let before = head();
            self.bring().await;
            let (still, ..) = alone();
            if shown && head() != before {
                self.came_back.try_set(false);
            }
            if still && !shown && vanished {
                self.desk.try_update_value(|d| d.tell_kept_again(&place));
            }
        }
        let name = format!("restore-desk/fold/{place}");
        let alone = locks::with_lock_within(&name, PATIENCE_MILLIS, self.fold_in_slices(place.clone())).await;
        match alone {
            Ok(done) => done,
            Err(_) => self.fold_in_slices(place).await,
        }
    }

    async fn fold_in_slices(self, place: Place) -> Result<Folded, NotFolded> {
        let gone = || NotFolded::NoAnswer(StoreError::Other("the page is gone".to_string()));
        let mut last = NotFolded::Overtaken;
        for _ in 0..3 {
            let read = self.read_ahead(&place).await;
            let begun = self.work(|desk, store, w| {
                let before = desk.keeper().turns();
                let store = &With::new(store, read);
                let begun = desk.seat(w, &place, |keeper, w| keeper.begin_fold(store, w, clock::now()));
                // What other tabs wrote is taken in first.
                (desk.keeper().turns() != before, begun)
            });
            let mut folding = match begun {
                Some(Some(begun)) => begun?,
                Some(None) => return Err(NotFolded::Nothing),
                None => return Err(gone()),
            };
            clock::in_slices(|| folding.step(SLICE)).await;
            clock::pause(0).await;
            let done =
                self.work(|desk, store, w| (false, desk.seat(w, &place, |keeper, _| keeper.end_fold(store, folding))));
            match done {
                Some(Some(Err(NotFolded::Overtaken))) => last = NotFolded::Overtaken,
                Some(Some(Ok(folded))) => {
                    self.store.try_with_value(|s| s.settle());
                    return Ok(folded);
                }
                Some(Some(done)) => return done,
                Some(None) => return Err(NotFolded::Nothing),
                None => return Err(gone()),
            }
        }
        Err(last)
    }

    /// Gives what is in no store to the part of the page that outlives a panic, or takes it back.
    fn hold_unsaved(self) {
        let texts = self.work(|desk, _, w| {
            let texts: Vec<String> =
                desk.unsaved_texts(w).iter().filter_map(|(_, w)| envelope::write(w, clock::now()).ok()).collect();
            (false, texts)
        });
        let texts = texts.unwrap_or_default();
        let before = self.held.try_update_value(|held| std::mem::replace(held, texts.len())).unwrap_or_default();
        let mut texts = texts.into_iter();
        for at in 0..before.max(texts.len()) {
            panic::hold(&held_name(at), texts.next());
        }
    }
}

/// What the files are called in which it is handed out after the program broke: numbered where there are several.
fn held_name(at: usize) -> String {
    if at == 0 { "unsaved".to_string() } else { format!("unsaved-{}", at.saturating_add(1)) }
}
