//! What takes long with a large workspace, done in slices: reading a record before it is taken in, putting aside, writing a file.

use super::folding::SLICE;
use super::places::own_of;
use super::{OWN, SHOWN, Saving};
use crate::platform::files::Pieces as File;
use crate::platform::storage::AppStore;
use crate::platform::{clock, session, tab};
use crate::ui::prelude::*;
use crate::workspace::desk;
use crate::workspace::keep::ahead::{ReadAhead, With};
use crate::workspace::keep::slices::RecordPieces;
use crate::workspace::keep::{Ahead, Followed, Found};
use crate::workspace::keys::{self, Id, Place, Slot};
use crate::workspace::store::{Store, StoreError};
use leptos::task::spawn_local;

/// After so long it is looked again whether a dialog is still open.
const DIALOG_MILLIS: i32 = 150;

/// A store, and which place in it is to be opened.
pub struct Opening {
    store: AppStore,
    own: Place,
    place: Place,
    /// What is large in it, which may be read before [`Saving::open`].
    pub ahead: Option<Ahead>,
    /// What was read.
    pub read: Option<ReadAhead>,
}

impl Opening {
    #[allow(clippy::new_without_default)] // it opens the store
    pub fn new() -> Self {
        let store = AppStore::open();
        let of_tab = |key: &str| session::get(key).ok().flatten().and_then(|text| text.parse::<Place>().ok());
        let last = store.get(keys::LAST).ok().flatten().and_then(|text| text.parse::<Place>().ok());
        let shown = of_tab(SHOWN);
        let of_tab = shown.as_ref().and_then(own_of).or_else(|| of_tab(OWN));
        let own = desk::to_begin_with(&store, of_tab, last).unwrap_or(Place::Sample);
        let place = shown.unwrap_or_else(|| own.clone());
        let ahead = Ahead::of(&store, &place);
        Self { store, own, place, ahead, read: None }
    }

    pub(super) fn opened(self) -> (AppStore, Place, Place, Option<ReadAhead>) {
        (self.store, self.own, self.place, self.read)
    }
}

impl Saving {
    /// Takes in what other tabs wrote.
    pub fn follow(self) {
        self.follow_with(None);
    }

    fn follow_with(self, read: Option<ReadAhead>) {
        let followed = self.work(|desk, store, w| {
            let followed = desk.follow(&With::new(store, read), w);
            (!matches!(followed, Followed::Unchanged | Followed::NoAnswer(_)), followed)
        });
        match followed {
            Some(Followed::Vanished) => self.came_back.set(true),
            Some(Followed::NoAnswer(_)) => self.ask_again(),
            _ => drop(self.asked.try_set_value(0)),
        }
        self.moved.try_update(|n| *n = n.wrapping_add(1));
        self.tell();
        self.fold_soon();
    }

    /// Reads the record that taking in what other tabs wrote to a place would read. What is changed meanwhile, here or there, is taken in
    /// as ever.
    pub(super) async fn read_ahead(self, place: &Place) -> Option<ReadAhead> {
        let mut ahead = self.work(|desk, store, w| {
            let reads = desk.seat(w, place, |keeper, _| keeper.reads_a_record(store)) == Some(true);
            (false, if reads { Ahead::of(store, place) } else { None })
        })??;
        clock::in_slices(|| ahead.step(SLICE)).await;
        clock::pause(0).await;
        ahead.finish()
    }

    /// As [`Saving::follow`], where nobody waits for it: a large record is read in slices first. While that is done, what else happens is
    /// taken in with it.
    pub(super) fn follow_soon(self) {
        if self.reading.try_get_value().unwrap_or(true) {
            return;
        }
        let place = self.place_untracked();
        let reads = self.work(|desk, store, _| (false, desk.keeper().reads_a_record(store))) == Some(true);
        if !reads {
            return self.follow();
        }
        self.reading.try_set_value(true);
        spawn_local(async move {
            let read = self.read_ahead(&place).await;
            clock::pause(0).await;
            self.reading.try_set_value(false);
            self.follow_with(read);
        });
    }

    /// Shows a place as [`Saving::open_place`] does, where nobody waits for it: a large record is read in slices first. Whoever opens another
    /// one meanwhile, or gives it up, has that.
    pub fn open_soon(self, place: Place) {
        spawn_local(async move {
            self.open_ahead(place).await;
        });
    }

    /// As [`Saving::open_slot`] and [`Saving::open_soon`].
    pub fn open_slot_soon(self, slot: Slot) {
        if let Some(place) = self.place_of(slot) {
            self.open_soon(place);
        }
    }

    /// As [`Saving::open_soon`]; whether it is shown now.
    pub(super) async fn open_ahead(self, place: Place) -> bool {
        let reads = self.work(|desk, store, _| {
            let in_memory = place == *desk.place() || desk.parked(&place).is_some();
            (false, if in_memory { None } else { Ahead::of(store, &place) })
        });
        let Some(Some(mut ahead)) = reads else {
            self.open_place(place);
            return true;
        };
        self.opening.set(Some(place.clone()));
        clock::in_slices(|| ahead.step(SLICE)).await;
        clock::pause(0).await;
        let read = ahead.finish();
        clock::pause(0).await;
        // A dialog speaks of what is shown: nothing else takes its place meanwhile.
        while document().query_selector("dialog[open]").ok().flatten().is_some() {
            clock::pause(DIALOG_MILLIS).await;
        }
        if self.opening.try_get_untracked().flatten().as_ref() != Some(&place) {
            return false;
        }
        self.open_place_with(place, read);
        if matches!(self.found.get_untracked(), Found::Gone(_)) {
            self.say("What was to be opened was deleted in another tab meanwhile.".to_string());
            self.leave_what_is_over();
        }
        true
    }

    /// The place that is to be shown as soon as its record is read; reactive.
    pub fn opening(self) -> Option<Place> {
        self.opening.get()
    }

    /// As [`Saving::opening`], without following it.
    pub fn opening_untracked(self) -> Option<Place> {
        self.opening.get_untracked()
    }

    /// Goes on with what is shown.
    pub fn give_up_opening(self) {
        self.opening.set(None);
    }

    /// Puts what is shown aside, as a text of its own, where the same is not aside already. What is done here meanwhile is in it.
    ///
    /// # Errors
    /// It could not be written, or something else is shown by now; then nothing has changed.
    pub async fn put_aside(self) -> Result<(), StoreError> {
        let done = self.putting_aside(self.place_untracked()).await;
        self.moved.try_update(|n| *n = n.wrapping_add(1));
        done
    }

    async fn putting_aside(self, place: Place) -> Result<(), StoreError> {
        let gone = || StoreError::Other("the page is gone".to_string());
        let no_name = || StoreError::Other("it has no name".to_string());
        for last in [false, false, true] {
            let name = Id::new(&tab::random_id()).ok_or_else(no_name)?;
            if self.place_untracked() != place {
                return Err(StoreError::Other("another workspace was opened meanwhile".to_string()));
            }
            let begun = self.work(|desk, store, w| {
                let begin = || (desk.keeper().mark(), desk.keeper().begin_aside(w, clock::now()));
                (false, (!desk.is_aside(store)).then(begin))
            });
            let Some((mark, folding)) = begun.ok_or_else(gone)? else { return Ok(()) };
            let mut folding = folding?;
            if !last {
                clock::in_slices(|| folding.step_packing(SLICE)).await;
            }
            let done = self.work(|desk, store, _| {
                let same = desk.keeper().mark() == mark;
                let done = same.then(|| desk.keeper().end_aside(store, folding, name).map(|key| desk.note_aside(key)));
                (false, done)
            });
            if let Some(done) = done.ok_or_else(gone)? {
                return done;
            }
        }
        Err(gone())
    }

    /// The file of what is here now, as the envelope has it. `None`: it cannot be written.
    pub async fn file(self) -> Option<File> {
        let mut pieces = self.workspace.try_with_untracked(|w| RecordPieces::of_envelope(w, clock::now()).ok())??;
        let mut file = File::default();
        loop {
            let mut bytes = 0;
            while bytes < SLICE {
                let Some(piece) = pieces.next_piece().ok()? else { return Some(file) };
                bytes += piece.len();
                file.push(&piece);
            }
            clock::breathe().await;
        }
    }
}
