//! Keeping what is shown: every change is in the journal before the call returns, and is folded into a record from time to time.
//! How, and what is promised, is [`crate::workspace::keep`]'s; which place is shown and what else is in memory is
//! [`crate::workspace::desk`]'s. Here are the browser's events, the clock and the signals.

mod ahead;
mod folding;
mod gaps;
mod news;
mod places;
mod reading;
mod second;
mod steps;
mod turn;

pub use ahead::Opening;
use steps::Steps;
pub use steps::{NotStepped, Stepped};

use super::panic;
use crate::domain::command::Stays;
use crate::domain::door::Mended;
use crate::platform::channel::Channel;
use crate::platform::storage::AppStore;
use crate::platform::{clock, locks, tab};
use crate::ui::prelude::*;
use crate::workspace::Workspace;
use crate::workspace::desk::standing::{Facts, Standing, standing};
use crate::workspace::desk::{Desk, News, Unsaved};
use crate::workspace::edit::{Done, Edit, Made, NotMade};
use crate::workspace::envelope;
use crate::workspace::keep::ahead::With;
use crate::workspace::keep::places::KnownRecords;
use crate::workspace::keep::{EditId, Found, Kept, NotEdited, Trouble, Waiting};
use crate::workspace::keys::{Id, Place, Tab};
use crate::workspace::second::Safety;
use chrono::{DateTime, Utc};
use leptos::leptos_dom::helpers::TimeoutHandle;
use std::collections::BTreeSet;

/// The saving side of the state.
#[derive(Clone, Copy)]
pub struct Saving {
    pub workspace: RwSignal<Workspace>,
    store: StoredValue<AppStore, LocalStorage>,
    desk: StoredValue<Desk, LocalStorage>,
    place: RwSignal<Place>,
    /// The user's own tenant that was shown last in this tab.
    own: StoredValue<Place>,
    standing: RwSignal<Standing>,
    /// Since when everything is saved, UTC.
    since: RwSignal<Option<DateTime<Utc>>>,
    /// Why the last try to keep what is in memory only failed.
    failed: StoredValue<Option<String>>,
    /// So often has folding failed since it last did not.
    tries: StoredValue<u32>,
    /// So often was a store asked again since it last answered.
    asked: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
    folding: StoredValue<bool>,
    /// What another tab wrote is being read.
    reading: StoredValue<bool>,
    /// What the lists have read already.
    known: StoredValue<KnownRecords, LocalStorage>,
    /// So many texts are held for the page that outlives a panic.
    held: StoredValue<usize>,
    /// Moves when the texts that are kept may have changed.
    moved: RwSignal<u32>,
    waiting: RwSignal<Vec<Waiting>>,
    /// The gaps of which a person said that they know.
    known_gaps: RwSignal<BTreeSet<String>>,
    troubles: RwSignal<Vec<Trouble>>,
    found: RwSignal<Found>,
    /// What the user cleared away was put back, because it was still open here.
    pub came_back: RwSignal<bool>,
    /// What could not be opened as it was stored; empty once it was read.
    pub mended: RwSignal<Vec<Mended>>,
    /// What can be undone and done again of what took the place of something, while the tab lives.
    steps: RwSignal<Steps>,
    /// The place that is to be shown as soon as its record is read.
    opening: RwSignal<Option<Place>>,
    /// A step is being done.
    pub stepping: RwSignal<bool>,
    /// Something that happened by itself, for the screen to say once.
    pub said: RwSignal<Option<String>>,
    /// What localStorage lacked and the second copy had, as far as that was said.
    lacked: StoredValue<BTreeSet<String>>,
    /// What other tabs put in the place of what was here, since the last keeping of files began.
    moved_away: RwSignal<Vec<News>>,
    /// What was mended at opening, as it was stored, with the name of its file.
    original: StoredValue<Option<(String, String)>>,
    /// The second copy was asked, or is known to be absent.
    looked_twice: RwSignal<bool>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    /// The lock of the tab that lets time pass in this place, held or waited for.
    turn: StoredValue<Option<(Place, locks::Held)>, LocalStorage>,
    turns: RwSignal<u32>,
}

/// Where this tab remembers which place it shows, and which tenant is the user's own for it.
const SHOWN: &str = "restore-desk/place";
const OWN: &str = "restore-desk/own";

impl Saving {
    /// Opens what is in a store. Nothing is written.
    pub fn open(opening: Opening) -> Self {
        let (store, own, place, read) = opening.opened();
        let (desk, workspace, mended) = Desk::open(&With::new(&store, read), this_tab(), place.clone());
        let known_gaps = gaps::known(&store);
        Self {
            workspace: RwSignal::new(workspace),
            store: StoredValue::new_local(store),
            desk: StoredValue::new_local(desk),
            place: RwSignal::new(place),
            own: StoredValue::new(own),
            standing: RwSignal::new(Standing::Saving { memory_only: false }),
            since: RwSignal::new(None),
            failed: StoredValue::new(None),
            tries: StoredValue::new(0),
            asked: StoredValue::new(0),
            timer: StoredValue::new(None),
            folding: StoredValue::new(false),
            reading: StoredValue::new(false),
            known: StoredValue::new_local(KnownRecords::default()),
            held: StoredValue::new(0),
            moved: RwSignal::new(0),
            waiting: RwSignal::default(),
            known_gaps: RwSignal::new(known_gaps),
            troubles: RwSignal::default(),
            found: RwSignal::new(Found::NeverThere),
            came_back: RwSignal::new(false),
            mended: RwSignal::new(mended),
            steps: RwSignal::default(),
            opening: RwSignal::new(None),
            stepping: RwSignal::new(false),
            said: RwSignal::new(None),
            moved_away: RwSignal::default(),
            lacked: StoredValue::default(),
            original: StoredValue::new(None),
            looked_twice: RwSignal::new(false),
            channel: StoredValue::new_local(None),
            turn: StoredValue::new_local(None),
            turns: RwSignal::new(0),
        }
    }

    /// Listens to the browser and the other tabs. To be called once, by the root.
    pub fn start(self) {
        self.store.with_value(|s| {
            s.second().listen(move |_| {
                // Others find there what localStorage did not take, and only once it is there.
                self.tell_others();
                self.tell();
            });
        });
        self.channel.set_value(Some(Channel::open(move || self.heard())));
        // The handles are dropped on purpose: the listeners live as long as the page.
        let _ = window_event_listener(leptos::ev::pagehide, move |_| self.leave());
        let _ = window_event_listener(leptos::ev::pageshow, move |_| self.follow_soon());
        let _ = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().visibility_state() == web_sys::VisibilityState::Hidden {
                self.leave();
                self.give_turn();
            } else {
                self.follow_soon();
                self.take_turn();
            }
        });
        let _ = window_event_listener(leptos::ev::storage, move |event| {
            if event.key().is_none_or(|key| key.starts_with("restore-desk/")) {
                // What takes the place of one that was removed may be in the second copy alone, where localStorage is full. Without a
                // key all was cleared.
                let removed = event.key().is_some() && event.new_value().is_none();
                if removed { self.heard() } else { self.follow_soon() }
            }
        });
        let _ = window_event_listener(leptos::ev::beforeunload, move |event| {
            // A last try to write it makes what was in memory only be on its way once more, which is not there yet.
            let was_lost = self.would_be_lost();
            self.leave();
            let saved = self
                .standing
                .try_with_untracked(|now| matches!(now, Standing::Saved { .. } | Standing::OneCopy { .. }));
            if self.would_be_lost() || was_lost && saved != Some(true) {
                event.prevent_default();
            }
        });
        self.remember_original();
        self.after_showing();
        self.look_twice();
        self.tell();
        if self.found.with_untracked(|found| matches!(found, Found::NoAnswer(_))) {
            self.ask_again();
        }
        // What an earlier build left, or another tab could not finish.
        self.fold_soon();
    }

    /// Works with the desk, the store and the workspace that is shown; whoever reads the workspace is told where `work` says that it
    /// changed. `None`: the page is gone, or the app broke.
    fn work<T>(self, work: impl FnOnce(&mut Desk, &AppStore, &mut Workspace) -> (bool, T)) -> Option<T> {
        if panic::happened() {
            return None;
        }
        self.workspace
            .try_maybe_update(|w| {
                let done = self.store.try_with_value(|s| self.desk.try_update_value(|d| work(d, s, w))).flatten();
                match done {
                    Some((changed, done)) => (changed, Some(done)),
                    None => (false, None),
                }
            })
            .flatten()
    }

    /// Makes an edit, and writes it down.
    ///
    /// # Errors
    /// Why it was not made; then nothing has changed.
    pub fn make(self, made: Made) -> Result<Done, NotMade> {
        // What ends by itself is nothing that a person does, and going through the wizard is no reason to forget what was undone.
        let by_itself = matches!(made.edit, Edit::PassTime | Edit::Draft(_) | Edit::Begun { .. });
        let outcome = self.work(|desk, store, w| {
            let outcome = desk.keeper_mut().edit(store, w, made);
            if outcome.is_ok() && !by_itself {
                desk.did_something();
            }
            (outcome.is_ok(), outcome)
        });
        // Without a signal the page is gone, and whoever asked with it.
        let Some(outcome) = outcome else { return Ok(Done::default()) };
        let (done, kept) = outcome.map_err(not_made)?;
        self.after_edit(&kept);
        Ok(done)
    }

    fn after_edit(self, kept: &Kept) {
        if let Kept::NotKept(why) = kept {
            self.failed.try_set_value(Some(why.says()));
        }
        self.changed_here();
    }

    /// Something of the place that is shown was changed and written, as far as it could be.
    fn changed_here(self) {
        self.since.try_set(None);
        self.tell_others();
        self.tell();
        self.fold_soon();
    }

    /// Tells other tabs of what localStorage does not hold; it tells them itself of what it took.
    fn tell_others(self) {
        let only_second = |s: &AppStore| matches!(s.safety(), Safety::Confirmed { only_there } if only_there > 0);
        if self.store.try_with_value(|s| s.is_memory() || only_second(s)) == Some(true) {
            self.channel.try_with_value(|c| c.as_ref().map(Channel::tell));
        }
    }

    /// Brings everything that is said about the keeping up to date.
    fn tell(self) {
        self.hear();
        let facts = self.store.try_with_value(|store| {
            self.desk.try_with_value(|desk| {
                let keeper = desk.keeper();
                let unkept = self.workspace.try_with_untracked(|w| desk.unkept_changes(w)).unwrap_or_default();
                let facts = Facts {
                    newer: keeper.is_read_only(),
                    deleted: keeper.is_deleted(),
                    no_answer: match desk.found() {
                        Found::NoAnswer(error) => Some(error.clone()),
                        _ => None,
                    },
                    unkept,
                    failed: self.failed.try_get_value().flatten(),
                    is_memory: store.is_memory(),
                    lacks: keeper.troubles.iter().any(|trouble| self.is_news(trouble)),
                    safety: store.safety(),
                };
                (facts, keeper.waiting().to_vec(), keeper.troubles.clone(), desk.found().clone())
            })
        });
        let Some(Some((facts, waiting, troubles, found))) = facts else { return };
        let now = standing(&facts);
        if matches!(now, Standing::Saved { .. } | Standing::OneCopy { .. }) {
            self.since.try_maybe_update(|since| {
                let fresh = since.is_none();
                since.get_or_insert_with(clock::now);
                (fresh, ())
            });
        }
        self.tell_steps();
        set_if_other(self.standing, now);
        set_if_other(self.waiting, waiting);
        set_if_other(self.troubles, troubles);
        set_if_other(self.found, found);
    }

    /// Makes an edit after all that waits, or drops it.
    ///
    /// # Errors
    /// Why it cannot be made; then it goes on waiting.
    pub fn settle(self, of: &EditId, make: bool) -> Result<(), NotMade> {
        let now = clock::now();
        let outcome = self.work(|desk, store, w| {
            let keeper = desk.keeper_mut();
            let outcome = if make {
                keeper.use_after_all(store, w, of, now).map(|(_, kept)| kept)
            } else {
                keeper.drop_waiting(store, w, of)
            };
            (outcome.is_ok(), outcome)
        });
        let Some(outcome) = outcome else { return Ok(()) };
        self.after_edit(&outcome.map_err(not_made)?);
        Ok(())
    }

    /// The page may end here: what can be written at once is.
    fn leave(self) {
        self.work(|desk, store, w| {
            let before = desk.keeper().turns();
            desk.journal(store);
            if desk.keeper().unsaved() {
                // No lock can be waited for; two tabs that fold at once lose nothing.
                let _ = desk.keeper_mut().fold(store, w, clock::now());
            }
            store.second().flush();
            (desk.keeper().turns() != before, ())
        });
        self.tell();
    }

    /// Everything that is in no store.
    pub fn unsaved(self) -> Vec<Unsaved> {
        self.work(|desk, _, w| (false, desk.unsaved(w))).unwrap_or_default()
    }

    /// Whether there is something here that no store has.
    fn would_be_lost(self) -> bool {
        if panic::happened() {
            return false;
        }
        let empty = self.workspace.try_with_untracked(|w| *w == Workspace::default()).unwrap_or(true);
        let asks = self.standing.try_with_untracked(Standing::asks_at_leaving).unwrap_or_default();
        (asks && !empty) || !self.unsaved().is_empty()
    }

    /// The envelope of what is here.
    pub fn text(self) -> Option<String> {
        self.workspace.try_with_untracked(|w| envelope::write(w, clock::now()).ok()).flatten()
    }
}

/// This loading of the page.
fn this_tab() -> Tab {
    // A name of letters and digits it is by its making.
    Tab(Id::new(&tab::id()).or_else(|| Id::new("tab")).unwrap_or_else(|| unreachable!("a fixed name is a name")))
}

fn not_made(why: NotEdited) -> NotMade {
    match why {
        NotEdited::NotMade(why) => why,
        NotEdited::ReadOnly => Stays::NewerVersion.into(),
        NotEdited::NotWaiting => Stays::NotWaiting.into(),
    }
}

fn set_if_other<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|old| *old != value) == Some(true) {
        signal.try_set(value);
    }
}
