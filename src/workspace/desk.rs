//! The desk of one tab: the place that is shown, and those that were left with something that is in no store yet.
//!
//! Memory is data too: a place that is left is given up only when all of it is kept. Pure over the store port; what the tab
//! shows is passed in, as for the [`Keeper`].

pub mod news;
pub mod standing;
pub mod undo;

pub use news::{News, TabDid};
pub use undo::{Replaced, Thrown, Way};

use super::Workspace;
use super::keep::places::{Brief, KnownRecords, PlaceFound, places_with};
use super::keep::{FoldReason, Followed, Found, Keeper, NoFit, Ousted, Told, WholeChange, look};
use super::keys::{Id, Place, Slot, Tab};
use super::store::{Store, StoreError};
use crate::domain::door::Mended;
use crate::domain::order::Order as _;
use crate::domain::whose;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What one tab has open.
#[derive(Clone, Debug)]
pub struct Desk {
    tab: Tab,
    open: Keeper,
    found: Found,
    parked: Vec<Parked>,
    /// Which number this tab gives next in the places that it has left.
    counted: BTreeMap<Place, u64>,
    news: Vec<News>,
    /// What something else took the place of.
    steps: undo::Steps,
    /// So many places were made for what fitted nowhere.
    homes: u32,
}

/// A place that was left before all of it was kept.
#[derive(Clone, Debug)]
struct Parked {
    keeper: Keeper,
    found: Found,
    workspace: Workspace,
}

impl Parked {
    /// What was done is folded when the place is left, so that a list tells its name and its size as they are.
    fn due(&self) -> FoldReason {
        match self.keeper.due() {
            FoldReason::Nothing if self.keeper.has_pending() && !self.keeper.is_read_only() => FoldReason::Journal,
            due => due,
        }
    }
}

/// A place of which something is in no store.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsaved {
    pub place: Place,
    /// Whether it is the one that is shown.
    pub shown: bool,
    /// What the tenant is called; may be empty.
    pub name: String,
    /// Changes that are in memory only: edits, and imports or replacements.
    pub changes: usize,
    /// Something else took its place: only an undo brings it back.
    pub replaced: bool,
}

impl Desk {
    /// Opens a place. A store that fails at the first call only is asked once more.
    pub fn open(store: &impl Store, tab: Tab, place: Place) -> (Desk, Workspace, Vec<Mended>) {
        let (keeper, workspace, found, mended) = open(store, place, &tab);
        (
            Desk {
                tab,
                open: keeper,
                found,
                parked: Vec::new(),
                counted: BTreeMap::new(),
                news: Vec::new(),
                steps: undo::Steps::default(),
                homes: 0,
            },
            workspace,
            mended,
        )
    }

    pub fn place(&self) -> &Place {
        self.open.place()
    }

    pub fn keeper(&self) -> &Keeper {
        &self.open
    }

    pub fn keeper_mut(&mut self) -> &mut Keeper {
        &mut self.open
    }

    /// What the last look at the place that is shown found.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// Takes in what other tabs wrote to the place that is shown.
    pub fn follow(&mut self, store: &impl Store, w: &mut Workspace) -> Followed {
        let followed = self.open.follow(store, w);
        self.house(store);
        self.found = match &followed {
            Followed::NoAnswer(error) => Found::NoAnswer(error.clone()),
            Followed::Newer => return followed,
            Followed::Followed { .. } | Followed::Vanished | Followed::Deleted => Found::There,
            Followed::Unchanged => match std::mem::replace(&mut self.found, Found::There) {
                Found::NoAnswer(_) if self.open.head().is_none() => Found::NeverThere,
                Found::NoAnswer(_) => Found::There,
                found => found,
            },
        };
        followed
    }

    /// Looks at a place that is here, shown or left, before it is kept again: `true`: the store has less of it than this tab. What another copy
    /// has is to be brought first.
    pub fn is_alone(&mut self, store: &impl Store, w: &mut Workspace, place: &Place) -> (bool, Followed) {
        let followed = if place == self.place() {
            self.follow(store, w)
        } else {
            self.seat(w, place, |keeper, w| keeper.follow(store, w)).unwrap_or(Followed::Unchanged)
        };
        let alone = self.seat(w, place, |keeper, w| keeper.is_alone() && !keeper.is_empty(w));
        (alone.unwrap_or_default(), followed)
    }

    /// A place that was left was cleared away, and is kept again from what this tab has.
    pub fn tell_kept_again(&mut self, place: &Place) {
        if let Some(name) = self.parked(place).map(|w| w.tenant.name.clone()) {
            self.news.push(News { place: place.clone(), what: TabDid::KeptAgain { name } });
        }
    }

    /// Shows another place. What is not kept of the one before stays in memory until it is.
    pub fn show(&mut self, store: &impl Store, w: &mut Workspace, place: Place) -> Vec<Mended> {
        if place == *self.place() {
            return Vec::new();
        }
        self.open.journal(store);
        let (keeper, workspace, found, mended) = match self.parked.iter().position(|p| *p.keeper.place() == place) {
            Some(at) => {
                let Parked { keeper, found, workspace } = self.parked.swap_remove(at);
                (keeper, workspace, found, Vec::new())
            }
            None => self.open_anew(store, place),
        };
        let keeper = std::mem::replace(&mut self.open, keeper);
        self.counted.insert(keeper.place().clone(), keeper.free());
        let found = std::mem::replace(&mut self.found, found);
        let workspace = std::mem::replace(w, workspace);
        let parked = Parked { keeper, found, workspace };
        if parked.due() != FoldReason::Nothing {
            self.parked.push(parked);
        }
        // One that was parked may be behind; one that was just opened costs a list of keys.
        self.follow(store, w);
        mended
    }

    /// Opens the place that is shown anew: what the memory of this tab has beyond the store is given up.
    pub fn reopen(&mut self, store: &impl Store, w: &mut Workspace) -> Vec<Mended> {
        self.counted.insert(self.place().clone(), self.open.free());
        let (keeper, workspace, found, mended) = self.open_anew(store, self.place().clone());
        (self.open, self.found, *w) = (keeper, found, workspace);
        mended
    }

    fn open_anew(&self, store: &impl Store, place: Place) -> (Keeper, Workspace, Found, Vec<Mended>) {
        let counted = self.counted.get(&place).copied().unwrap_or_default();
        let (mut keeper, workspace, found, mended) = open(store, place, &self.tab);
        keeper.count_from(counted);
        (keeper, workspace, found, mended)
    }

    /// Works on a place that is here: the one that is shown, of which `w` is the workspace, or one that is parked. `None`: it is not
    /// here any more.
    pub fn seat<T>(
        &mut self,
        w: &mut Workspace,
        place: &Place,
        work: impl FnOnce(&mut Keeper, &mut Workspace) -> T,
    ) -> Option<T> {
        if place == self.open.place() {
            return Some(work(&mut self.open, w));
        }
        let parked = self.parked.iter_mut().find(|p| p.keeper.place() == place)?;
        Some(work(&mut parked.keeper, &mut parked.workspace))
    }

    /// The place that is to be folded next, and why. What is in memory only comes first.
    pub fn due(&self) -> Option<(Place, FoldReason)> {
        let open = std::iter::once((&self.open, self.open.due()));
        let all = open.chain(self.parked.iter().map(|p| (&p.keeper, p.due())));
        // What was deleted elsewhere waits for a person, and holds nothing up.
        let due = all.filter(|(keeper, due)| *due != FoldReason::Nothing && !keeper.is_deleted());
        due.max_by_key(|(_, due)| *due == FoldReason::Unkept).map(|(k, due)| (k.place().clone(), due))
    }

    /// Writes every edit that is in memory only to its journal, as far as the store takes it.
    pub fn journal(&mut self, store: &impl Store) {
        self.open.journal(store);
        for parked in &mut self.parked {
            parked.keeper.journal(store);
        }
    }

    /// Gives what does not fit any more a place of its own, in memory at first: the next fold keeps it. What there is to tell is in
    /// [`Desk::take_news`].
    pub fn house(&mut self, store: &impl Store) {
        let shown = std::iter::once(&mut self.open);
        let keepers = shown.chain(self.parked.iter_mut().map(|p| &mut p.keeper));
        let mut homeless = Vec::new();
        for keeper in keepers {
            let place = keeper.place().clone();
            let ousted = keeper.take_ousted();
            // What is said of the import says that too.
            let is_said = |told: &Told| *told == Told::Replaced && ousted.iter().any(|o| o.why == NoFit::Replaced);
            let told = keeper.take_told().into_iter().filter(|told| !is_said(told));
            self.news.extend(told.map(|told| News { place: place.clone(), what: TabDid::Told(told) }));
            homeless.extend(ousted.into_iter().map(|ousted| (place.clone(), ousted)));
        }
        for (place, Ousted { memory, imports, why }) in homeless {
            // What is made up is no tenant: there the imports go by themselves.
            let is_whole = place.slot() == Slot::Own;
            let mut fresh = if is_whole { *memory } else { Workspace::default() };
            let fits = is_whole || imports.iter().all(|made| made.apply(&mut fresh).is_ok());
            self.homes = self.homes.saturating_add(1);
            let home = Id::new(&format!("{}h{}", self.tab, self.homes)).map(Place::Tenant).filter(|_| fits);
            let name = fresh.tenant.name.clone();
            if let Some(home) = &home {
                let (mut keeper, mut workspace, found, _) = open(store, home.clone(), &self.tab);
                if keeper.whole(&mut workspace, WholeChange::Replace(Box::new(fresh))).is_ok() {
                    self.parked.push(Parked { keeper, found, workspace });
                }
            }
            self.news.push(News { place, what: TabDid::Housed { home, name, why } });
        }
    }

    /// What other tabs did that a person should hear; told once.
    pub fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Gives up the parked places of which all is kept.
    pub fn give_up_kept(&mut self) {
        self.parked.retain(|p| p.due() != FoldReason::Nothing);
    }

    /// So many changes of what is shown are in memory only.
    pub fn unkept_changes(&self, w: &Workspace) -> usize {
        if self.open.is_empty(w) { 0 } else { self.open.unkept_changes() }
    }

    /// Everything that is in no store, over all places. `w` is what is shown.
    pub fn unsaved(&self, w: &Workspace) -> Vec<Unsaved> {
        self.unsaved_texts(w).into_iter().map(|(unsaved, _)| unsaved).collect()
    }

    /// As [`Desk::unsaved`], each with its workspace.
    pub fn unsaved_texts<'a>(&'a self, w: &'a Workspace) -> Vec<(Unsaved, &'a Workspace)> {
        let open = std::iter::once((&self.open, w, true));
        let all = open.chain(self.parked.iter().map(|p| (&p.keeper, &p.workspace, false)));
        // Nothing is never missed.
        all.filter(|(keeper, w, _)| keeper.unsaved() && !keeper.is_empty(w))
            .map(|(keeper, w, shown)| {
                let (place, name, changes) = (keeper.place().clone(), w.tenant.name.clone(), keeper.unkept_changes());
                (Unsaved { place, shown, name, changes, replaced: false }, w)
            })
            .chain(self.replaced().iter().rev().chain(self.undone()).filter(|r| r.unkept > 0).map(|r| {
                let (place, name) = (r.place.clone(), r.workspace.tenant.name.clone());
                (Unsaved { place, shown: false, name, changes: r.unkept, replaced: true }, &r.workspace)
            }))
            .collect()
    }

    /// The workspace of a place that is parked.
    pub fn parked(&self, place: &Place) -> Option<&Workspace> {
        self.parked.iter().find(|p| p.keeper.place() == place).map(|p| &p.workspace)
    }
}

fn open(store: &impl Store, place: Place, tab: &Tab) -> (Keeper, Workspace, Found, Vec<Mended>) {
    let mut last = Keeper::open(store, place.clone(), tab.clone());
    if matches!(last.2.found, Found::NoAnswer(_)) {
        last = Keeper::open(store, place, tab.clone());
    }
    let (keeper, workspace, opened) = last;
    (keeper, workspace, opened.found, opened.mended)
}

/// The place of the first tenant. Two tabs that begin at once mean the same one.
pub fn first() -> Option<Place> {
    Id::new("first").map(Place::Tenant)
}

/// A tenant that is kept, as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub place: Place,
    pub brief: Brief,
    /// What it is called; empty where that is not known.
    pub name: String,
    /// The tenant's own id, where it is known.
    pub tenant_id: Option<String>,
    /// How many environments; `None` where nobody knows without opening it.
    pub environments: Option<usize>,
    /// When it was saved as a whole last, UTC.
    pub saved: Option<DateTime<Utc>>,
}

impl From<PlaceFound> for Listed {
    fn from(found: PlaceFound) -> Self {
        let PlaceFound { place, brief, .. } = found;
        let (name, tenant_id, environments, saved) = match &brief {
            Brief::Record(head) => {
                (head.name.clone(), head.tenant_id.clone(), Some(head.environments), Some(head.saved))
            }
            Brief::Earlier(s) => (s.name.clone(), s.tenant_id.clone(), Some(s.environments), Some(s.saved)),
            Brief::Journal | Brief::Gone | Brief::Unreadable | Brief::NoAnswer(_) => (String::new(), None, None, None),
        };
        Self { place, brief, name, tenant_id, environments, saved }
    }
}

impl Listed {
    /// Takes the name and the size from what is open, which may be newer than the record.
    pub fn is_now(&mut self, w: &Workspace) {
        self.name.clone_from(&w.tenant.name);
        self.tenant_id = whose::id_of(&w.tenant);
        self.environments = Some(w.tenant.environments.len());
    }
}

/// Up to how many environments a place is looked into for a list.
const LOOKED_INTO: usize = 500;

/// The places that are kept and were not deleted, the one that was saved last first.
///
/// # Errors
/// The store does not list its keys.
pub fn kept(store: &impl Store) -> Result<Vec<Listed>, StoreError> {
    kept_with(store, &mut KnownRecords::default())
}

/// As [`kept`], with what was read before.
///
/// # Errors
/// The store does not list its keys.
pub fn kept_with(store: &impl Store, known: &mut KnownRecords) -> Result<Vec<Listed>, StoreError> {
    let mut listed = Vec::new();
    for found in places_with(store, known)?.into_iter().filter(|found| found.brief != Brief::Gone || found.entries > 0)
    {
        let changed = found.entries > 0;
        let mut one = Listed::from(found);
        // A name that was given since is in an entry that no record holds yet. Without a record it is small too; what is large keeps the
        // name of its record until it is folded.
        let small = one.environments.is_some_and(|n| n <= LOOKED_INTO);
        let looked_into = one.brief == Brief::Journal || (changed && small && matches!(one.brief, Brief::Record(_)));
        if looked_into && let Some(state) = look(store, &one.place).state {
            one.is_now(&state.workspace);
        }
        listed.push(one);
    }
    listed.order_by(|a, b| (b.saved, &a.place).cmp(&(a.saved, &b.place)));
    Ok(listed)
}

/// The place to begin with: the one that the tab showed before, else the tenant that was shown last in any tab, else the one that was
/// saved last, else the first one. Never the sample or a rehearsal of another tab.
pub fn to_begin_with(store: &impl Store, of_tab: Option<Place>, last: Option<Place>) -> Option<Place> {
    // What this tab showed may be a place in which nothing was done yet.
    if of_tab.is_some() {
        return of_tab;
    }
    let kept = kept(store).or_else(|_| kept(store)).unwrap_or_default();
    let tenants = || kept.iter().filter(|l| l.place.slot() == Slot::Own);
    let last = last.filter(|last| tenants().any(|l| l.place == *last));
    last.or_else(|| tenants().next().map(|l| l.place.clone())).or_else(first)
}
