//! Which place is shown, and what takes the place of what is in one.

use super::{OWN, SHOWN, Saving, set_if_other};
use crate::domain::order::Order as _;
use crate::domain::tenant::Tenant;
use crate::domain::whose;
use crate::interop::sample;
use crate::platform::{clock, files, session, tab};
use crate::ui::prelude::*;
use crate::workspace::Workspace;
use crate::workspace::desk::{self, Desk, Listed};
use crate::workspace::keep::ahead::{ReadAhead, With};
use crate::workspace::keep::places::{self, Aside, AsideUnreadable};
use crate::workspace::keep::{Deleted, Found, NotDeleted, look};
use crate::workspace::keys::{self, Id, Key, Place, Slot};
use crate::workspace::store::{Store, StoreError};

/// A sample that is older than this many hours is made anew when it is opened: its instants are relative to the present.
const SAMPLE_AGES_AFTER_HOURS: i64 = 24;

impl Saving {
    pub fn place(self) -> Place {
        self.place.get()
    }

    pub fn place_untracked(self) -> Place {
        self.place.get_untracked()
    }

    /// Shows the user's own tenant, the sample, or the rehearsal of that tenant. What was shown before is kept.
    pub fn open_slot(self, slot: Slot) {
        if let Some(place) = self.place_of(slot) {
            self.open_place(place);
        }
    }

    /// The place that a slot is for this tab. `None`: there is nothing to rehearse.
    pub(super) fn place_of(self, slot: Slot) -> Option<Place> {
        match (slot, self.own.get_value()) {
            (Slot::Own, own) => Some(own),
            (Slot::Sample, _) => Some(Place::Sample),
            (Slot::Rehearsal, Place::Tenant(id)) => Some(Place::Rehearsal(id)),
            (Slot::Rehearsal, _) => None,
        }
    }

    /// Shows a place. What was shown before is kept, in memory where no store has it yet.
    pub fn open_place(self, place: Place) {
        self.open_place_with(place, None);
    }

    pub(super) fn open_place_with(self, place: Place, read: Option<ReadAhead>) {
        set_if_other(self.opening, None);
        if place == self.place.get_untracked() {
            return;
        }
        if let Some(own) = own_of(&place) {
            self.own.set_value(own);
        }
        let to = place.clone();
        let mended = self.work(|desk, store, w| (true, desk.show(&With::new(store, read), w, to)));
        self.mended.set(mended.unwrap_or_default());
        self.remember_original();
        self.came_back.set(false);
        self.since.set(None);
        self.place.set(place);
        self.moved.update(|n| *n = n.wrapping_add(1));
        self.after_showing();
        self.tell();
        self.fold_soon();
    }

    /// Holds the text of what was mended at opening as it was stored, until another place is opened: the next record takes its place.
    pub(super) fn remember_original(self) {
        let key = self.stored_key().filter(|_| !self.mended.with_untracked(Vec::is_empty));
        let file = key.and_then(|key| self.store.with_value(|s| s.as_file(&key)));
        self.original.set_value(file.map(|file| match file.exact {
            true => ("restore-desk-as-it-was.json".to_string(), places::inner_text(&file.text).unwrap_or(file.text)),
            false => ("rescue-restore-desk-as-it-was.json".to_string(), file.text),
        }));
    }

    /// Offers what was mended at opening as it was stored.
    pub fn download_original(self) -> bool {
        self.original
            .with_value(|o| o.as_ref().is_some_and(|(name, text)| files::download(name, "application/json", text)))
    }

    /// What is to be done whenever a place is shown.
    pub(super) fn after_showing(self) {
        let place = self.place.get_untracked();
        self.take_turn();
        // Which place is shown belongs to the tab; that it cannot be remembered costs a click.
        let _ = session::set(SHOWN, &place.to_string());
        let own = self.own.get_value();
        let _ = session::set(OWN, &own.to_string());
        if place == own && self.setting(keys::LAST) != Some(own.to_string()) {
            self.set_setting(keys::LAST, Some(&own.to_string()));
        }
        if place == Place::Sample {
            self.freshen_sample();
        }
    }

    /// Makes the sample where there is none, and makes its instants those of today where it has become old.
    fn freshen_sample(self) {
        let now = clock::now();
        let old = self.desk.with_value(|d| match d.found() {
            Found::NeverThere | Found::Gone(_) => Some(true),
            Found::There => {
                Some(d.keeper().head().is_none_or(|h| (now - h.saved).num_hours() >= SAMPLE_AGES_AFTER_HOURS))
            }
            Found::Unreadable | Found::NoAnswer(_) | Found::Newer(_) => None,
        });
        let fresh = self.workspace.with_untracked(|w| {
            if w.tenant.environments.is_empty() && old.is_some() {
                return Some(Workspace {
                    tenant: sample::contoso(now),
                    edition: w.edition.clone(),
                    ..Workspace::default()
                });
            }
            // With a clock of its own it does not age; nor does what somebody did something in.
            let untouched = w.log.entries.is_empty() && w.log.undone.is_empty();
            let ages = w.tenant.sample && w.clock.is_none() && untouched && old == Some(true);
            ages.then(|| Workspace { tenant: sample::contoso(now), ..w.clone() })
        });
        if let Some(fresh) = fresh {
            self.put(fresh);
        }
    }

    /// Lets what is made by itself take the place of what is shown. Only a fold keeps it, which follows at once.
    fn put(self, workspace: Workspace) {
        let done = self.work(|desk, _, w| {
            let done = desk.put_new(w, workspace);
            (done, done)
        });
        if done == Some(true) {
            self.changed_here();
        }
    }

    /// Lets a workspace take the place of what is shown; while the tab lives it can be undone. `false`: nothing may be written here.
    pub(in crate::ui) fn replace(self, workspace: Workspace, says: &'static str) -> bool {
        let done = self.work(|desk, _, w| {
            let done = desk.replace(w, workspace, says);
            (done, done)
        });
        if done == Some(true) {
            self.changed_here();
        }
        // Without an answer the page is gone.
        done.unwrap_or(true)
    }

    /// Where a workspace that comes from elsewhere belongs: a rehearsal to its tenant, as far as that is told, and never to another one.
    /// `None`: to a place of its own.
    pub(in crate::ui) fn home_of(self, workspace: &Workspace) -> Option<Place> {
        let tenant = &workspace.tenant;
        if tenant.sample {
            return Some(Place::Sample);
        }
        let (own, id) = (self.own_tenant(), whose::id_of(tenant));
        let is_other = whose::id_of(&own).zip(id.as_ref()).map(|(own, id)| own != *id);
        if workspace.clock.is_none() {
            return self.place_of(Slot::Own).filter(|_| is_other != Some(true));
        }
        // Without ids a copy is told by what it lists.
        let shares = || own.environments.is_empty() || tenant.environments.iter().any(|e| own.get(&e.id).is_some());
        if is_other.map_or_else(shares, |other| !other) {
            return self.place_of(Slot::Rehearsal);
        }
        let same = |l: &Listed| l.place.slot() == Slot::Own && id.is_some() && l.tenant_id == id;
        match self.kept().into_iter().find(same)?.place {
            Place::Tenant(id) => Some(Place::Rehearsal(id)),
            _ => None,
        }
    }

    /// Begins another tenant, or the rehearsal of one that is not here, in a place of its own; what was shown stays where it is.
    pub(in crate::ui) fn begin_tenant(self, workspace: Workspace) {
        let Some(id) = Id::new(&tab::random_id()) else { return };
        self.open_place(if workspace.clock.is_some() { Place::Rehearsal(id) } else { Place::Tenant(id) });
        if workspace != Workspace::default() {
            self.put(workspace);
        }
    }

    /// Deletes the place that is shown; for a while that can be undone.
    ///
    /// # Errors
    /// Why not; then nothing is deleted.
    pub(in crate::ui) fn delete(self, says: &'static str) -> Result<Deleted, NotDeleted> {
        let done = self.work(|desk, store, w| (true, desk.delete(store, w, clock::now(), says)));
        let done = done.unwrap_or(Err(NotDeleted::NotReadBack));
        if done.is_ok() {
            self.failed.set_value(None);
        }
        self.moved.update(|n| *n = n.wrapping_add(1));
        self.changed_here();
        done
    }

    /// Goes on with what is here, although another tab deleted it.
    pub fn keep_after_deletion(self) {
        // It may have been deleted once more.
        self.follow();
        self.work(|desk, _, w| {
            desk.keeper_mut().keep_after_deletion(w);
            (false, ())
        });
        self.changed_here();
    }

    /// Lets go of what another tab deleted.
    pub fn let_go(self) {
        self.work(|desk, store, w| (true, desk.let_go(store, w, "letting go of what another tab deleted")));
        self.after_showing();
        self.tell();
        self.leave_what_is_over();
    }

    /// Shows the user's own tenant where the rehearsal is over that is shown: another tab ended it.
    pub(super) fn leave_what_is_over(self) {
        let empty = || self.workspace.try_with_untracked(|w| *w == Workspace::default()) == Some(true);
        let is_over = |d: &Desk| {
            d.place().slot() == Slot::Rehearsal && matches!(d.found(), Found::Gone(_) | Found::NeverThere) && empty()
        };
        if self.desk.try_with_value(is_over) == Some(true) {
            self.open_slot(Slot::Own);
        }
    }

    /// What is in a place, shown or left.
    pub fn workspace_of(self, place: &Place) -> Workspace {
        if self.place.get_untracked() == *place {
            return self.workspace.get_untracked();
        }
        let parked = self.desk.with_value(|d| d.parked(place).cloned());
        parked.unwrap_or_else(|| {
            self.store.with_value(|s| look(s, place)).state.map(|state| state.workspace).unwrap_or_default()
        })
    }

    /// The user's own workspace, also while the sample is open.
    pub fn own(self) -> Workspace {
        self.workspace_of(&self.own.get_value())
    }

    /// Where that is.
    pub fn own_place(self) -> Place {
        self.own.get_value()
    }

    /// The tenant of [`Saving::own`].
    pub fn own_tenant(self) -> Tenant {
        if self.place.get_untracked() == self.own.get_value() {
            return self.workspace.with_untracked(|w| w.tenant.clone());
        }
        self.own().tenant
    }

    /// Whether the user's own workspace has anything in it; reactive for what is shown.
    pub fn has_own(self) -> bool {
        match self.slot() {
            Slot::Own => self.workspace.with(|w| !w.tenant.environments.is_empty()),
            Slot::Sample | Slot::Rehearsal => !self.own().tenant.environments.is_empty(),
        }
    }

    /// What the tenant of a place is called, in quotes, or what it is.
    pub fn name_of(self, place: &Place) -> String {
        let name = self.kept().into_iter().find(|l| l.place == *place).map(|l| l.name).unwrap_or_default();
        if name.is_empty() { "a tenant without a name".to_string() } else { format!("“{name}”") }
    }

    /// Everything that is kept, the tenants first; reactive for what was folded, and what other tabs tell.
    pub fn kept(self) -> Vec<Listed> {
        self.moved.track();
        self.place.track();
        let listed = self.store.with_value(|s| self.known.try_update_value(|known| desk::kept_with(s, known)));
        let mut listed = listed.and_then(Result::ok).unwrap_or_default();
        let here = self.place.get();
        if let Some(one) = listed.iter_mut().find(|one| one.place == here) {
            self.workspace.with(|w| one.is_now(w));
        }
        // One that was just left is newer than its record, too.
        self.desk.with_value(|d| {
            for one in &mut listed {
                if let Some(w) = d.parked(&one.place) {
                    one.is_now(w);
                }
            }
        });
        listed.order_by_key(|l| l.place.slot() != Slot::Own);
        listed
    }

    /// Everything that stands beside the places; reactive as [`Saving::kept`].
    pub fn aside(self) -> Vec<Aside> {
        self.moved.track();
        self.place.track();
        self.troubles.track();
        let aside = self.store.with_value(|s| {
            self.desk.with_value(|d| self.known.try_update_value(|known| places::aside_beside(s, d.keeper(), known)))
        });
        aside.and_then(Result::ok).unwrap_or_default()
    }

    /// The text under a key, as it is.
    pub fn raw(self, key: &str) -> Option<String> {
        self.store.with_value(|s| s.get(key).ok().flatten())
    }

    /// Deletes a text that stands aside.
    ///
    /// # Errors
    /// It is still there.
    pub fn delete_aside(self, key: &str) -> Result<(), StoreError> {
        let done = self.store.with_value(|s| places::delete(s, key));
        // It may have been among the troubles of what is shown.
        self.desk.update_value(|d| d.keeper_mut().look_again());
        self.follow();
        self.moved.update(|n| *n = n.wrapping_add(1));
        self.fold_soon();
        done
    }

    /// The workspace of a text that stands aside.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn of_aside(self, key: &str) -> Result<Workspace, AsideUnreadable> {
        let text = self.store.with_value(|s| s.get(key)).map_err(AsideUnreadable::Store)?;
        Ok(places::open(&text.unwrap_or_default())?.workspace)
    }

    /// Offers the text under a key as a file, exact to the UTF-16 unit; that of a record as what is packed in it.
    pub fn download_key(self, key: &str, name: &str) -> bool {
        let Some(file) = self.store.with_value(|s| s.as_file(key)) else { return false };
        if !file.exact {
            return files::download(&format!("rescue-{name}"), "application/json", &file.text);
        }
        let inner = places::inner_text(&file.text).unwrap_or(file.text);
        files::download(name, "application/json", &inner)
    }

    /// The key under which the text stands that is shown, where a record holds it.
    pub fn stored_key(self) -> Option<String> {
        let head = self.desk.with_value(|d| d.keeper().head().map(|h| h.key()));
        match head {
            Some(key @ Key::Record(..)) => Some(key.to_string()),
            _ => {
                let key = self.desk.with_value(|d| d.place().slot().key());
                self.raw(key).map(|_| key.to_string())
            }
        }
    }
}

/// The user's own tenant while a place is shown: of a rehearsal the tenant that it is one of. `None`: the one before.
pub(super) fn own_of(place: &Place) -> Option<Place> {
    match place {
        Place::Tenant(id) | Place::Rehearsal(id) => Some(Place::Tenant(id.clone())),
        Place::Sample => None,
    }
}
