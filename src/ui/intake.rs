//! The files and texts that were given and are not kept yet.

use super::replacing::Why;
mod reading;

use super::state::AppState;
use crate::domain::characters::one_line;
use crate::domain::command::{Command, Refusal};
use crate::domain::environment::EnvironmentId;
use crate::domain::inventory::Inventory;
use crate::domain::merge::{self, Preview};
use crate::domain::tenant::Tenant;
use crate::domain::whose::{Doubt, Foreign, Whose};
use crate::interop::import::Read;
use crate::interop::travel::{Parcel, Refused};
use crate::platform::clock;
use crate::workspace::Workspace;
use crate::workspace::envelope::{Envelope, Unreadable};
use crate::workspace::keys::Slot;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was given and not kept yet.
#[derive(Clone, Copy, Default)]
pub struct Intake {
    items: RwSignal<Vec<Item>>,
    next: RwSignal<u32>,
    /// How much of an item has been read, in per cent. Beside the items: what would change is not worked out anew for it.
    progress: RwSignal<(u32, u8)>,
    /// How the last keeping went.
    kept: RwSignal<Keeping>,
    /// What was typed or pasted into the field and is not read yet. Here, so that another page does not lose it.
    pub typed: RwSignal<String>,
}

/// How the last keeping went. Nothing counts as kept before what is stored was read back.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Keeping {
    /// Nothing was kept, or it was read.
    #[default]
    Nothing,
    /// It is being written.
    Writing,
    /// What it did, one sentence a file.
    Kept(Vec<String>),
    /// What it did in the memory of this tab, and why no store has it; it is tried again.
    InMemory { says: Vec<String>, why: String },
}

/// One file or text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub number: u32,
    /// The file's name, or "pasted text".
    pub name: String,
    pub bytes: f64,
    pub what: Given,
    /// The environment that the user chose for lists that do not say theirs.
    pub environment: Option<EnvironmentId>,
    /// When the service was asked, UTC, as the user said, for candidates that do not say (T10).
    pub asked: Option<DateTime<Utc>>,
    /// Why keeping it was refused.
    pub refused: Option<Refusal>,
    /// The user said that it is of this tenant.
    pub ours: bool,
    /// Whether whoever made it sees the whole tenant, as the user said.
    pub sees_all: Option<bool>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Reading,
    /// The browser could not read it, in its words.
    Failed(String),
    Read(Arc<Read>),
    /// A workspace that this app exported.
    Workspace(Arc<Envelope>),
    BrokenWorkspace(Unreadable),
    /// A plan that this app exported.
    Plan(Arc<Parcel>),
    BrokenPlan(Refused),
}

impl Item {
    pub fn inventory(&self) -> Option<&Inventory> {
        match &self.what {
            Given::Read(read) => read.inventory.as_ref(),
            _ => None,
        }
    }

    /// Whether the file does not say to which environment its lists belong.
    pub fn asks_environment(&self) -> bool {
        self.inventory().is_some_and(|i| {
            i.backups.iter().any(|l| l.environment.is_none())
                || i.applications.iter().any(|l| l.environment.is_none())
                || i.operations.iter().any(|o| o.environment.is_none())
                || i.underway.iter().any(|o| o.environment.is_none())
                || i.candidates.iter().any(|l| l.source.is_none())
        })
    }

    /// Whether the file does not say when the service was asked for its candidates (T10).
    pub fn asks_date(&self) -> bool {
        self.inventory().is_some_and(|i| i.candidates.iter().any(|l| l.asked.is_none()))
    }

    /// Whether the user still has to say something before it can be kept.
    fn is_open(&self) -> bool {
        self.asks_environment() && self.environment.is_none() || self.asks_date() && self.asked.is_none()
    }

    /// The inventory with the user's choice filled in.
    pub fn settled(&self) -> Option<Inventory> {
        let mut inventory = self.inventory()?.clone();
        for list in &mut inventory.backups {
            list.environment = list.environment.take().or_else(|| self.environment.clone());
        }
        for list in &mut inventory.applications {
            list.environment = list.environment.take().or_else(|| self.environment.clone());
        }
        for operation in &mut inventory.operations {
            operation.environment = operation.environment.take().or_else(|| self.environment.clone());
        }
        for one in &mut inventory.underway {
            one.environment = one.environment.take().or_else(|| self.environment.clone());
        }
        for list in &mut inventory.candidates {
            list.source = list.source.take().or_else(|| self.environment.clone());
            // When another question was put says nothing of this one.
            list.asked = list.asked.or(self.asked);
        }
        // What a role cannot see is not missing.
        inventory.complete &= self.sees_all != Some(false);
        Some(inventory)
    }

    /// Whether a doubt about it is still to be answered.
    pub fn leaves_open(&self, doubt: &Doubt) -> bool {
        match doubt {
            Doubt::NoneKnown { .. } => !self.ours,
            Doubt::MostMissing { .. } => self.sees_all.is_none(),
        }
    }
}

/// What keeping everything would do, file by file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staged {
    /// By the item's number, in the order of keeping.
    pub previews: Vec<(u32, Preview)>,
    /// The tenant after all of it.
    pub tenant: Tenant,
    /// Items that still need an environment, or a date.
    pub open: usize,
    /// Files of another tenant, by the item's number: nothing of them is merged.
    pub foreign: Vec<(u32, Foreign)>,
    /// Items about which something is to be answered first.
    pub doubtful: usize,
}

impl Intake {
    /// How much of an item has been read, in per cent; reactive.
    pub fn progress(self, number: u32) -> u8 {
        self.progress.with(|(of, percent)| if *of == number { *percent } else { 0 })
    }

    /// Reactive.
    pub fn items(self) -> Vec<Item> {
        self.items.get()
    }

    pub fn is_empty(self) -> bool {
        self.items.with(Vec::is_empty)
    }

    /// Whether closing the page now would lose something that was given: a browser keeps no files for a page.
    pub fn would_be_lost(self) -> bool {
        let worth = |i: &Item| match &i.what {
            Given::Reading | Given::Workspace(_) => true,
            Given::Read(read) => read.inventory.is_some(),
            Given::Plan(_) => true,
            Given::Failed(_) | Given::BrokenWorkspace(_) | Given::BrokenPlan(_) => false,
        };
        self.items.with_untracked(|items| items.iter().any(worth))
            || self.typed.with_untracked(|text| !text.trim().is_empty())
    }

    pub fn is_reading(self) -> bool {
        self.items.with(|items| items.iter().any(|i| i.what == Given::Reading))
    }

    /// How the last keeping went; reactive.
    pub fn kept(self) -> Keeping {
        self.kept.get()
    }

    /// Waits until what was done is stored, then says what it was.
    fn tell_when_kept(self, app: AppState, says: Vec<String>) {
        self.kept.set(Keeping::Writing);
        spawn_local(async move {
            let done = app.saving.keep_now().await;
            self.kept.try_set(match done {
                Ok(()) => Keeping::Kept(says),
                Err(why) => Keeping::InMemory { says, why },
            });
        });
    }

    fn add(self, name: String, bytes: f64) -> Option<u32> {
        let number = self.next.try_update(|n| {
            *n = n.wrapping_add(1);
            *n
        })?;
        // A name of somebody's, like any other text of theirs.
        let name = one_line(&name, LONGEST_NAME);
        let item = Item {
            number,
            name,
            bytes,
            what: Given::Reading,
            environment: None,
            asked: None,
            refused: None,
            ours: false,
            sees_all: None,
        };
        self.items.try_update(|items| items.push(item));
        self.forget_kept();
        Some(number)
    }

    fn put(self, number: u32, what: Given) {
        self.items.try_update(|items| {
            if let Some(item) = items.iter_mut().find(|i| i.number == number) {
                item.what = what;
            }
        });
    }

    pub fn choose_environment(self, number: u32, environment: Option<EnvironmentId>) {
        self.items.update(|items| {
            if let Some(item) = items.iter_mut().find(|i| i.number == number) {
                item.environment = environment;
                item.refused = None;
            }
        });
    }

    /// Takes the answer to a doubt about a file.
    pub fn answer(self, number: u32, answer: impl FnOnce(&mut Item)) {
        self.items.update(|items| {
            if let Some(item) = items.iter_mut().find(|i| i.number == number) {
                answer(item);
                item.refused = None;
            }
        });
    }

    /// When the service was asked, UTC (T10).
    pub fn choose_date(self, number: u32, asked: Option<DateTime<Utc>>) {
        self.items.update(|items| {
            if let Some(item) = items.iter_mut().find(|i| i.number == number) {
                item.asked = asked;
                item.refused = None;
            }
        });
    }

    /// Opens a file of another tenant as a tenant of its own, beside the others.
    ///
    /// # Errors
    /// Why it cannot be opened; then everything is as it was.
    pub fn stand_alone(self, app: AppState, number: u32) -> Result<(), Refusal> {
        let item = self.items.with_untracked(|items| items.iter().find(|i| i.number == number).cloned());
        let Some(inventory) = item.and_then(|i| i.settled()) else { return Ok(()) };
        let (edition, now) = (app.edition_untracked(), clock::now());
        let mut fresh = Workspace { edition: app.with_untracked(|w| w.edition.clone()), ..Workspace::default() };
        let events = fresh.run(edition, Command::Import(inventory), now, now, None)?;
        app.replace_made_up(fresh, Why::AnotherTenant);
        self.discard(number);
        self.tell_when_kept(
            app,
            events.into_iter().filter(|e| e.environment.is_none()).map(|e| e.says).take(3).collect(),
        );
        Ok(())
    }

    pub fn discard(self, number: u32) {
        self.items.update(|items| items.retain(|i| i.number != number));
    }

    pub fn discard_all(self) {
        self.items.update(Vec::clear);
    }

    pub fn forget_kept(self) {
        self.kept.try_set(Keeping::Nothing);
    }

    /// What keeping everything would do to `tenant`; reactive.
    pub fn staged(self, tenant: Tenant, now: DateTime<Utc>) -> Staged {
        self.items.with(|items| {
            let mut staged = Staged { tenant, ..Staged::default() };
            for item in in_order(items) {
                if item.is_open() {
                    staged.open += 1;
                    continue;
                }
                let Some(inventory) = item.settled() else { continue };
                let (after, preview) = merge::carry_out(&staged.tenant, &inventory, now);
                if let Whose::Foreign(foreign) = preview.whose {
                    staged.foreign.push((item.number, foreign));
                    continue;
                }
                staged.doubtful += usize::from(preview.doubts.iter().any(|d| item.leaves_open(d)));
                staged.previews.push((item.number, preview));
                staged.tenant = after;
            }
            staged
        })
    }

    /// Keeps everything that can be kept, in the user's own workspace. What is refused stays, with the reason.
    pub fn keep(self, app: AppState) {
        app.saving.open_slot(Slot::Own);
        let items = self.items.get_untracked();
        let mut left = Vec::new();
        let mut kept = Vec::new();
        for item in in_order(&items) {
            let Some(inventory) = item.settled() else {
                left.push(item.clone());
                continue;
            };
            match app.run(Command::Import(inventory)) {
                Ok(events) => {
                    kept.extend(events.into_iter().filter(|e| e.environment.is_none()).map(|e| e.says).take(3))
                }
                Err(refusal) => left.push(Item { refused: Some(refusal), ..item.clone() }),
            }
        }
        if !kept.is_empty() {
            // What could not be read at all has been seen; only what can still be settled stays.
            left.retain(|i| i.inventory().is_some() || matches!(i.what, Given::Workspace(_) | Given::Plan(_)));
        }
        self.items.set(left);
        if !kept.is_empty() {
            self.tell_when_kept(app, kept);
        }
    }
}

/// Lists of environments first: backups and applications belong to them.
fn in_order(items: &[Item]) -> impl Iterator<Item = &Item> {
    let lists = |item: &&Item| item.inventory().is_some_and(|i| !i.environments.is_empty());
    items.iter().filter(lists).chain(items.iter().filter(move |i| !lists(i)))
}

/// The longest name of a file that is shown whole, in characters.
const LONGEST_NAME: usize = 120;
