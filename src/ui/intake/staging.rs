//! What keeping everything would do, worked out in slices whenever something changes that it depends on.

use super::super::state::AppState;
use super::{Item, Keeping, Shared, in_order};
use crate::domain::merge::{Merging, Preview};
use crate::domain::tenant::Tenant;
use crate::domain::whose::{Foreign, Whose};
use crate::platform::clock;
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use leptos::task::spawn_local;

/// What keeping everything would do, file by file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staged {
    /// By the item's number, in the order of keeping.
    pub previews: Vec<(u32, Shared<Preview>)>,
    /// The tenant after all of it.
    pub tenant: Tenant,
    /// Items that still need an environment, or a date.
    pub open: usize,
    /// Files of another tenant, by the item's number: nothing of them is merged.
    pub foreign: Vec<(u32, Foreign)>,
    /// Items about which something is to be answered first.
    pub doubtful: usize,
}

/// What was worked out last, for the page that shows it.
#[derive(Clone, Copy)]
pub struct Staging {
    pub staged: RwSignal<Shared<Staged>>,
    /// Something has changed since, and what would happen now is being worked out.
    pub working: RwSignal<bool>,
}

/// So many environments of a file are merged before it is looked whether the page is to have its turn.
pub(super) const ROWS: usize = 50;

impl Staging {
    /// Works it out now and whenever something changes, for as long as the page that calls it is shown.
    pub fn start(app: AppState) -> Self {
        let this = Self { staged: RwSignal::new(Shared::default()), working: RwSignal::new(true) };
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            app.workspace.track();
            app.saving.place();
            if app.intake.kept() == Keeping::Writing {
                // It is looked at again when that is done.
                return;
            }
            app.intake.answered_for(app.saving.own_place());
            let items = app.intake.items();
            let mine = turn.try_update_value(|n| {
                *n = n.wrapping_add(1);
                *n
            });
            let mut work = Work::new(items, untrack(|| app.saving.own_tenant()), clock::now());
            // What is small is there at once.
            if (0..MERGES).any(|_| work.step()) {
                return this.put(work.staged);
            }
            this.working.set(true);
            spawn_local(async move {
                let is_last = || turn.try_get_value() == mine;
                clock::in_slices(|| !is_last() || work.step()).await;
                if is_last() {
                    this.put(work.staged);
                }
            });
        });
        this
    }

    fn put(self, mut new: Staged) {
        // What is as it was before is not shown anew.
        let mut same = |old: &Staged| {
            for (number, preview) in &mut new.previews {
                if let Some((_, known)) = old.previews.iter().find(|(n, known)| n == number && **known == **preview) {
                    *preview = known.clone();
                }
            }
        };
        self.staged.try_with_untracked(|old| same(old));
        self.staged.try_set(Shared::new(new));
        self.working.try_set(false);
    }
}

/// One working out.
struct Work {
    /// What is not done yet, the next one last.
    left: Vec<Item>,
    now: DateTime<Utc>,
    merging: Option<(Item, Merging)>,
    staged: Staged,
}

impl Work {
    fn new(items: Vec<Item>, tenant: Tenant, now: DateTime<Utc>) -> Self {
        let mut left: Vec<Item> = in_order(&items).cloned().collect();
        left.reverse();
        Self { left, now, merging: None, staged: Staged { tenant, ..Staged::default() } }
    }

    /// Goes on with one step of a merge; `true`: all is done.
    fn step(&mut self) -> bool {
        match self.merging.take() {
            None => self.begin(),
            Some((item, mut merging)) => {
                if merging.step(ROWS) {
                    self.end(&item, merging);
                } else {
                    self.merging = Some((item, merging));
                }
            }
        }
        self.left.is_empty() && self.merging.is_none()
    }

    /// Begins with the next item, if there is one.
    fn begin(&mut self) {
        let Some(item) = self.left.pop() else { return };
        if item.is_open() {
            self.staged.open += 1;
        } else if let Some(inventory) = item.settled() {
            self.merging = Some((item, Merging::new(self.staged.tenant.clone(), inventory, self.now)));
        }
    }

    fn end(&mut self, item: &Item, merging: Merging) {
        let (after, preview) = merging.finish();
        if let Whose::Foreign(foreign) = preview.whose {
            return self.staged.foreign.push((item.number, foreign));
        }
        self.staged.doubtful += usize::from(preview.doubts.iter().any(|d| item.leaves_open(d)));
        self.staged.previews.push((item.number, Shared::new(preview)));
        self.staged.tenant = after;
    }
}

/// So many steps of merges are done at once at first: a small file takes fewer.
const MERGES: usize = 8;
