//! Undoing what took the place of a workspace, step by step, and doing it again; and what was thrown away in one, such as a plan, which
//! an edit brings back.
//!
//! Invariant: a step loses nothing. What it takes from view goes on the other stack, and what a person did in it since it was put there is
//! set aside in the store first, once. What is in no store is dropped from no stack.

use super::Desk;
use crate::workspace::edit::{Edit, Made, NOWHERE};
use crate::workspace::keep::{Deleted, NotDeleted, Stand, WholeChange};
use crate::workspace::keys::{Id, Key, Place, Slot};
use crate::workspace::store::{Store, StoreError};
use crate::workspace::wizard::drafts;
use crate::workspace::{Draft, SavedPlan, Workspace};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// A workspace whose place something else took: it can be brought back while the tab lives.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    pub place: Place,
    pub workspace: Workspace,
    /// What was done, as it follows “Undo”: “starting the sample over”.
    pub says: &'static str,
    /// So many changes of it are in no store.
    pub unkept: usize,
    /// The same is set aside here.
    aside: Option<Key>,
    /// It was deleted: its era ([`crate::workspace::keep::Keeper::era`]).
    back: Option<u64>,
    /// No workspace was replaced: a part of it was thrown away.
    thrown: Option<Thrown>,
    /// Nothing else took its place: an inventory was added to it.
    pub adding: bool,
}

impl Replaced {
    fn of(place: &Place, w: &Workspace, says: &'static str) -> Self {
        let (place, workspace) = (place.clone(), w.clone());
        Self { place, workspace, says, unkept: 0, aside: None, back: None, thrown: None, adding: false }
    }

    /// A step that takes nothing from view, so that nothing is set aside before it.
    pub fn takes_nothing(&self) -> bool {
        self.thrown.is_some()
    }
}

/// A part of a workspace that was thrown away.
#[derive(Clone, Debug, PartialEq)]
pub enum Thrown {
    /// A restore that was begun, and whether it was open in the wizard.
    Draft(Box<Draft>, bool),
    /// A plan with what was done of it.
    Plan(Box<SavedPlan>),
}

impl Thrown {
    /// What brings it back in `w`, or throws it away again.
    fn edit(&self, w: &Workspace, way: Way) -> Edit {
        match (self, way) {
            (Thrown::Draft(draft, was_open), Way::Undo) => drafts::brought_back(w, draft, *was_open),
            (Thrown::Draft(draft, _), Way::Redo) => drafts::without(w, draft),
            (Thrown::Plan(saved), Way::Undo) => Edit::PutBack { plan: saved.clone() },
            (Thrown::Plan(saved), Way::Redo) => Edit::RemovePlan { number: saved.number },
        }
    }

    /// The same as it stands in `w`, where it was brought back: it may have got another number, and more may be ticked in it.
    fn standing_in(self, w: &Workspace) -> Self {
        let Thrown::Plan(saved) = &self else { return self };
        match w.same_plan(saved) {
            Some(there) => Thrown::Plan(Box::new(there.clone())),
            None => Thrown::Plan(Box::new(SavedPlan { number: NOWHERE, ..saved.as_ref().clone() })),
        }
    }
}

/// So many replacements can be undone, one after the other. What is in no store is held beyond that.
const UNDONE: usize = 5;

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Undo,
    Redo,
}

impl Way {
    /// The word on a button.
    pub fn word(self) -> &'static str {
        match self {
            Way::Undo => "Undo",
            Way::Redo => "Redo",
        }
    }

    /// What was done, once it is done.
    pub fn done(self) -> &'static str {
        match self {
            Way::Undo => "Undone",
            Way::Redo => "Done again",
        }
    }
}

/// What can be undone and done again, the next one last.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    undo: Vec<Replaced>,
    redo: Vec<Replaced>,
    /// What was put in a place last, or set aside, so that it is told from what was done there since.
    known: BTreeMap<Place, KnownWorkspace>,
}

/// A workspace that was put in a place, or that was set aside as it stands there.
#[derive(Clone, Debug)]
struct KnownWorkspace {
    stand: Stand,
    aside: Option<Key>,
    /// So many changes of it were in no store when it was put there.
    unkept: usize,
}

impl Steps {
    fn of(&mut self, way: Way) -> &mut Vec<Replaced> {
        match way {
            Way::Undo => &mut self.undo,
            Way::Redo => &mut self.redo,
        }
    }

    /// What was thrown away is counted apart: it pushes out nothing that a whole workspace comes back from.
    fn push_undo(&mut self, replaced: Replaced) {
        let apart = replaced.takes_nothing();
        let alike = |r: &Replaced| r.takes_nothing() == apart;
        self.undo.push(replaced);
        let oldest = self.undo.iter().position(|r| alike(r) && r.unkept == 0);
        if self.undo.iter().filter(|r| alike(r)).count() > UNDONE
            && let Some(oldest) = oldest.filter(|oldest| oldest.saturating_add(1) < self.undo.len())
        {
            self.undo.remove(oldest);
        }
    }

    /// Something new was done in a place: there is nothing to do again there. What is in no store stays, one step further back.
    fn something_new(&mut self, place: &Place) {
        let (of_place, others) = std::mem::take(&mut self.redo).into_iter().partition(|r| r.place == *place);
        self.redo = others;
        let held: Vec<Replaced> = of_place;
        self.undo.extend(held.into_iter().filter(|r| r.unkept > 0));
    }
}

impl Desk {
    /// Lets a workspace take the place of what is shown; it can be undone. `false`: nothing may be written here.
    pub fn replace(&mut self, w: &mut Workspace, other: Workspace, says: &'static str) -> bool {
        if self.open.is_read_only() {
            return false;
        }
        self.remember_replaced(w, says, false);
        self.put(w, other, None)
    }

    /// As [`Desk::replace`], where there is nothing to undo: what is made by itself.
    pub fn put_new(&mut self, w: &mut Workspace, other: Workspace) -> bool {
        self.steps.something_new(self.open.place());
        self.put(w, other, None)
    }

    fn put(&mut self, w: &mut Workspace, other: Workspace, aside: Option<(Option<Key>, usize)>) -> bool {
        let done = self.open.whole(w, WholeChange::Replace(Box::new(other))).is_ok();
        if done {
            let (aside, unkept) = aside.unwrap_or_default();
            self.know(aside, unkept);
        }
        done
    }

    fn know(&mut self, aside: Option<Key>, unkept: usize) {
        let known = KnownWorkspace { stand: self.open.stand(), aside, unkept };
        self.steps.known.insert(self.place().clone(), known);
    }

    /// What is known of what is shown, where nothing was done in it since.
    fn known(&self) -> Option<&KnownWorkspace> {
        self.steps.known.get(self.place()).filter(|known| known.stand == self.open.stand())
    }

    /// Deletes the place that is shown, at `now` (UTC); it can be undone.
    ///
    /// # Errors
    /// Why not; then nothing is deleted.
    pub fn delete(
        &mut self,
        store: &impl Store,
        w: &mut Workspace,
        now: DateTime<Utc>,
        says: &'static str,
    ) -> Result<Deleted, NotDeleted> {
        let aside = self.known().and_then(|known| known.aside.clone());
        let back = if self.open.is_deleted() { self.open.takes_back() } else { Some(self.open.era()) };
        let before = Replaced { aside, back, ..Replaced::of(self.place(), w, says) };
        let done = self.open.delete(store, w, now)?;
        self.remember(before);
        Ok(done)
    }

    /// Lets go of what another tab deleted, and shows what is there now; it can be undone.
    pub fn let_go(&mut self, store: &impl Store, w: &mut Workspace, says: &'static str) {
        let before = Replaced { back: self.open.takes_back(), ..Replaced::of(self.place(), w, says) };
        self.reopen(store, w);
        self.remember(before);
    }

    /// Notes that something else takes the place of what is shown. `on_purpose`: a person gave it up, as far as it is in no store.
    pub fn remember_replaced(&mut self, w: &Workspace, says: &'static str, on_purpose: bool) {
        self.remember(self.shown(w, says, on_purpose));
    }

    /// What is shown, before something is done to the whole of it.
    fn shown(&self, w: &Workspace, says: &'static str, on_purpose: bool) -> Replaced {
        let aside = self.known().and_then(|known| known.aside.clone());
        // A sample in which nobody did anything is made anew just so.
        let is_as_made = self.place().slot() == Slot::Sample && self.known().is_some();
        let unkept = if on_purpose || is_as_made || aside.is_some() { 0 } else { self.open.unkept_changes() };
        Replaced { unkept, aside, ..Replaced::of(self.place(), w, says) }
    }

    /// What is shown, before an inventory is added to it.
    pub fn before_adding(&self, w: &Workspace) -> Replaced {
        Replaced { adding: true, ..self.shown(w, "adding the inventory", false) }
    }

    /// Notes what was there before an inventory was added: also nothing.
    pub fn remember_adding(&mut self, before: Replaced) {
        self.steps.something_new(&before.place);
        self.steps.push_undo(before);
    }

    /// Notes that a part of what is shown is thrown away.
    pub fn remember_thrown(&mut self, w: &Workspace, thrown: Thrown, says: &'static str) {
        // Nothing of the workspace is to come back but that part; its name tells where it was.
        let mut named = Workspace::default();
        named.tenant.name.clone_from(&w.tenant.name);
        let step = Replaced { thrown: Some(thrown), ..Replaced::of(self.place(), &named, says) };
        self.steps.something_new(&step.place);
        self.steps.push_undo(step);
    }

    fn remember(&mut self, replaced: Replaced) {
        self.steps.something_new(&replaced.place);
        if replaced.workspace != Workspace::default() {
            return self.steps.push_undo(replaced);
        }
        // Nothing was there: one step goes back to what was there before that.
        if let Some(last) = self.steps.undo.last_mut().filter(|last| last.place == replaced.place) {
            last.says = replaced.says;
        }
    }

    /// A person did something in the place that is shown: what was undone there is not done again.
    pub fn did_something(&mut self) {
        self.steps.something_new(self.open.place());
    }

    /// What can be brought back, the last one last.
    pub fn replaced(&self) -> &[Replaced] {
        &self.steps.undo
    }

    /// What was undone, the last one last.
    pub fn undone(&self) -> &[Replaced] {
        &self.steps.redo
    }

    /// What the next step brings.
    pub fn next(&self, way: Way) -> Option<&Replaced> {
        match way {
            Way::Undo => self.steps.undo.last(),
            Way::Redo => self.steps.redo.last(),
        }
    }

    /// Whether what is shown is to be set aside before a step takes it from view: it is the user's own, somebody did something in it since it
    /// was put there, and the same is not set aside already.
    pub fn step_needs_aside(&self, w: &Workspace) -> bool {
        self.place().slot() == Slot::Own && !self.open.is_empty(w) && self.known().is_none()
    }

    /// Whether what is shown is set aside already, just as it is.
    pub fn is_aside(&self, store: &impl Store) -> bool {
        let key = self.known().and_then(|known| known.aside.as_ref());
        key.is_some_and(|key| store.get(&key.to_string()).is_ok_and(|there| there.is_some()))
    }

    /// What is shown was set aside, just as it is.
    pub fn note_aside(&mut self, key: Key) {
        self.know(Some(key), 0);
    }

    /// Puts what is shown aside at `now` (UTC), as a text of its own under `name`, where the same is not aside already.
    ///
    /// # Errors
    /// It could not be written; then nothing has changed.
    pub fn put_aside(
        &mut self,
        store: &impl Store,
        w: &Workspace,
        now: DateTime<Utc>,
        name: Id,
    ) -> Result<(), StoreError> {
        if !self.is_aside(store) {
            let key = self.open.put_aside(store, w, now, name)?;
            self.note_aside(key);
        }
        Ok(())
    }

    /// Goes one step, at `now` (UTC): what is shown goes on the other stack. The caller has shown the place of [`Desk::next`], and has put
    /// aside what is to be. `false`: there is no step.
    ///
    /// # Errors
    /// Why not; then everything is as it was.
    pub fn step(
        &mut self,
        store: &impl Store,
        w: &mut Workspace,
        way: Way,
        now: DateTime<Utc>,
    ) -> Result<bool, NotDeleted> {
        let place = self.place().clone();
        let Some(next) = self.next(way).filter(|next| next.place == place).cloned() else { return Ok(false) };
        if self.open.is_read_only() {
            return Err(NotDeleted::ReadOnly);
        }
        if let Some(thrown) = next.thrown.clone() {
            let thrown = if way == Way::Redo { thrown.standing_in(w) } else { thrown };
            let made = Made::new(thrown.edit(w, way), w, now);
            let next = Replaced { thrown: Some(thrown), ..next };
            self.open.edit(store, w, made).map_err(|_| NotDeleted::ReadOnly)?;
            self.steps.of(way).pop();
            match way {
                Way::Undo => self.steps.redo.push(next),
                Way::Redo => self.steps.push_undo(next),
            }
            return Ok(true);
        }
        let known = self.known();
        let aside = known.and_then(|known| known.aside.clone());
        let unkept = match known {
            _ if aside.is_some() || self.open.is_empty(w) || !self.open.unsaved() => 0,
            Some(known) => known.unkept,
            None => self.open.unkept_changes(),
        };
        let is_nothing = next.workspace == Workspace::default();
        let back = is_nothing.then(|| self.open.era());
        let adding = next.adding;
        let here = Replaced { unkept, aside, back, adding, ..Replaced::of(&place, w, next.says) };
        match next.back {
            _ if is_nothing => drop(self.open.delete(store, w, now)?),
            Some(era) => {
                self.open.take_back(w, next.workspace, era);
                self.know(next.aside, next.unkept);
            }
            None => drop(self.put(w, next.workspace, Some((next.aside, next.unkept)))),
        }
        self.steps.of(way).pop();
        match way {
            Way::Undo => self.steps.redo.push(here),
            Way::Redo => self.steps.push_undo(here),
        }
        Ok(true)
    }
}
