//! The files and texts that were given and are not kept yet.

mod keeping;
mod reading;
mod shared;
mod staging;

pub use shared::Shared;
pub use staging::{Staged, Staging};

use crate::domain::characters::one_line;
use crate::domain::command::Refusal;
use crate::domain::environment::EnvironmentId;
use crate::domain::inventory::Inventory;
use crate::domain::service::ServiceOperation;
use crate::domain::whose::FileDoubt;
use crate::interop::import::Read;
use crate::interop::travel::{Parcel, Refused};
use crate::ui::prelude::*;
use crate::workspace::envelope::{Envelope, Unreadable};
use crate::workspace::keys::Place;
use chrono::{DateTime, Utc};

/// What was given and not kept yet.
#[derive(Clone, Copy, Default)]
pub struct Intake {
    items: RwSignal<Vec<Item>>,
    next: RwSignal<u32>,
    /// How much of an item has been read, in per cent. Beside the items: what would change is not worked out anew for it.
    progress: RwSignal<(u32, u8)>,
    /// How the last keeping went.
    kept: RwSignal<Keeping>,
    /// The tenant that was the user's own when something about the items was answered.
    answered_for: RwSignal<Option<Place>>,
    /// What was typed or pasted into the field and is not read yet. Here, so that another page does not lose it.
    pub typed: RwSignal<String>,
}

/// How the last keeping went. Nothing counts as kept before what is stored was read back.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Keeping {
    /// Nothing was kept, or it was read.
    #[default]
    Nothing,
    /// It is being worked out and written.
    Writing,
    /// What it did in this place, one sentence a file.
    Kept { says: Vec<String>, place: Place },
    /// What it did in the memory of this tab, and why no store has it; it is tried again.
    InMemory { says: Vec<String>, why: String, place: Place },
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
    /// The user said that it is kept although what is here is newer.
    pub older: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Reading,
    /// The browser could not read it, in its words.
    Failed(String),
    Read(Shared<Read>),
    /// A workspace that this app exported.
    Workspace(Shared<Envelope>),
    BrokenWorkspace(Unreadable),
    /// A plan that this app exported.
    Plan(Shared<Parcel>),
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

    /// The operations of it, with the user's choice filled in.
    pub fn operations(&self) -> Vec<ServiceOperation> {
        let mut operations = self.inventory().map(|i| i.operations.clone()).unwrap_or_default();
        for operation in &mut operations {
            operation.environment = operation.environment.take().or_else(|| self.environment.clone());
        }
        operations
    }

    /// Whether a doubt about it is still to be answered.
    pub fn leaves_open(&self, doubt: &FileDoubt) -> bool {
        match doubt {
            FileDoubt::NoneKnown { .. } => !self.ours,
            FileDoubt::MostMissing { .. } => self.sees_all.is_none(),
            FileDoubt::Older { .. } | FileDoubt::Undoes { .. } => !self.older,
        }
    }
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
            older: false,
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

    /// Lets what was answered count for the tenant alone for which it was: where `own` is another one, it is asked anew.
    fn answered_for(self, own: Place) {
        let before = self.answered_for.get_untracked();
        if before.as_ref() == Some(&own) {
            return;
        }
        self.answered_for.set(Some(own));
        if before.is_some() {
            self.items.update(|items| {
                for item in items {
                    (item.environment, item.sees_all, item.refused) = (None, None, None);
                    (item.ours, item.older) = (false, false);
                }
            });
        }
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

    pub fn discard(self, number: u32) {
        self.items.update(|items| items.retain(|i| i.number != number));
    }

    pub fn discard_all(self) {
        self.items.update(Vec::clear);
    }

    /// Forgets how the last keeping went, once it is over.
    pub fn forget_kept(self) {
        self.kept.try_maybe_update(|kept| {
            let over = *kept != Keeping::Writing;
            if over {
                *kept = Keeping::Nothing;
            }
            (over, ())
        });
    }
}

/// Lists of environments first: backups and applications belong to them.
fn in_order(items: &[Item]) -> impl Iterator<Item = &Item> {
    let lists = |item: &&Item| item.inventory().is_some_and(|i| !i.environments.is_empty());
    items.iter().filter(lists).chain(items.iter().filter(move |i| !lists(i)))
}

/// The longest name of a file that is shown whole, in characters.
const LONGEST_NAME: usize = 120;
