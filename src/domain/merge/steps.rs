//! A merge in steps, so that a page on which a large tenant is merged stays alive. However it is cut, it does the same.

use super::super::door;
use super::super::environment::{Environment, EnvironmentId};
use super::super::inventory::{Inventory, Observation, Observations};
use super::super::tenant::{ImportRecord, Tenant};
use super::super::whose::{self, Whose};
use super::super::{capacity::Capacity, cloud::CloudStanding};
use super::absorb::{self, Import, absorb};
use super::preview::{Index, LineKind, Preview, PreviewLine};
use super::told::{told, unknown_facts};
use super::{age_hint, backups, cloud, reading, service};
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// A merge that is under way.
#[derive(Debug)]
pub struct Merging {
    /// The tenant as it was.
    before: Tenant,
    now: DateTime<Utc>,
    /// What the door is to see, and how many it has seen.
    raw: Observations,
    seen: usize,
    known: HashSet<String>,
    /// What is merged, as far as the door has seen it.
    inventory: Inventory,
    preview: Preview,
    after: Tenant,
    next: NextStep,
}

/// What comes next.
#[derive(Debug)]
enum NextStep {
    /// The environments of the file go through the door.
    Door,
    Begin,
    /// The environments from this place of the file on.
    Environments(Box<Begun>, usize),
    Lists(Box<Begun>),
    Service(Box<Begun>),
    End(Box<Begun>),
    /// All is done, or nothing of it is to be done.
    Done,
}

/// What is known once the whole file went through the door.
#[derive(Debug)]
struct Begun {
    import: Import,
    index: Index,
    known_before: usize,
    cloud_before: CloudStanding,
    /// By the place of each environment that was known, whether the file lists it.
    listed: Vec<bool>,
}

impl Merging {
    /// Nothing is done yet. `now` is UTC.
    pub fn new(tenant: Tenant, mut inventory: Inventory, now: DateTime<Utc>) -> Self {
        let raw = std::mem::take(&mut inventory.environments);
        inventory.environments.reserve(raw.len());
        Self {
            before: tenant,
            now,
            raw,
            seen: 0,
            known: HashSet::new(),
            inventory,
            preview: Preview::default(),
            after: Tenant::default(),
            next: NextStep::Door,
        }
    }

    /// Goes on with at most `budget` environments of the file, or with one of the steps that stand around them; `true`: it is done.
    pub fn step(&mut self, budget: usize) -> bool {
        let budget = budget.max(1);
        self.next = match std::mem::replace(&mut self.next, NextStep::Done) {
            NextStep::Door => self.door(budget),
            NextStep::Begin => self.begin(),
            NextStep::Environments(begun, from) => self.environments(begun, from, budget),
            NextStep::Lists(begun) => {
                let Begun { import, index, .. } = &*begun;
                backups::merge_applications(&mut self.after, index, &self.inventory, import, &mut self.preview);
                backups::merge_backups(&mut self.after, index, &self.inventory, import, &mut self.preview);
                NextStep::Service(begun)
            }
            NextStep::Service(begun) => {
                let Begun { import, index, .. } = &*begun;
                service::merge(&mut self.after, index, &self.inventory, import, &mut self.preview);
                NextStep::End(begun)
            }
            NextStep::End(begun) => {
                self.end(*begun);
                NextStep::Done
            }
            NextStep::Done => NextStep::Done,
        };
        matches!(self.next, NextStep::Done)
    }

    /// The tenant after the merge, and what it did. All that is left is done now.
    pub fn finish(mut self) -> (Tenant, Preview) {
        while !self.step(usize::MAX) {}
        (self.after, self.preview)
    }

    fn door(&mut self, budget: usize) -> NextStep {
        let environments: &mut Vec<Observation> = &mut self.inventory.environments;
        for raw in self.raw.iter().skip(self.seen).take(budget) {
            let mut seen = raw.clone();
            if door::observation(&mut seen, &mut self.known) {
                environments.push(seen);
            }
        }
        self.seen = self.seen.saturating_add(budget);
        if self.seen < self.raw.len() {
            return NextStep::Door;
        }
        (self.known, self.raw) = (HashSet::new(), Observations::default());
        door::lists(&mut self.inventory);
        NextStep::Begin
    }

    fn begin(&mut self) -> NextStep {
        let (tenant, inventory, now) = (&self.before, &self.inventory, self.now);
        let whose = whose::judge(tenant, inventory);
        let asked_at_latest = age_hint(inventory, now);
        self.preview = Preview { replaces_sample: tenant.sample, whose, asked_at_latest, ..Preview::default() };
        if matches!(self.preview.whose, Whose::Foreign(_)) {
            self.after = tenant.clone();
            return NextStep::Done;
        }
        self.after = if tenant.sample { Tenant::default() } else { tenant.clone() };
        let after = &self.after;
        let known_before = after.environments.len();
        let begun = Begun {
            import: Import::new(after, inventory, now),
            index: after.environments.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect(),
            known_before,
            cloud_before: super::super::cloud::of_tenant(after),
            listed: vec![false; known_before],
        };
        NextStep::Environments(Box::new(begun), 0)
    }

    fn environments(&mut self, mut begun: Box<Begun>, from: usize, budget: usize) -> NextStep {
        let Begun { import, index, known_before, listed, .. } = &mut *begun;
        let after = &mut self.after;
        for seen in self.inventory.environments.iter().skip(from).take(budget) {
            let id = EnvironmentId::new(seen.id.trim());
            let at = *index.entry(id.clone()).or_insert_with(|| {
                after.environments.push(Environment::new(id.as_str()));
                after.environments.len() - 1
            });
            let Some(env) = after.environments.get_mut(at) else { continue };
            let new = at >= *known_before;
            if let Some(flag) = listed.get_mut(at) {
                *flag = true;
            }
            let taken = absorb(env, seen, import, new);
            self.preview.lines.push(PreviewLine {
                id,
                name: env.name.clone(),
                what: match (new, taken.changes.is_empty()) {
                    (true, _) => LineKind::Added,
                    (false, true) => LineKind::Unchanged,
                    (false, false) => LineKind::Changed(taken.changes),
                },
                unknown: unknown_facts(env, self.now),
                notes: taken.notes,
            });
        }
        let from = from.saturating_add(budget);
        if from < self.inventory.environments.len() {
            NextStep::Environments(begun, from)
        } else {
            NextStep::Lists(begun)
        }
    }

    fn end(&mut self, begun: Begun) {
        let Begun { import, cloud_before, listed, .. } = begun;
        let (after, inventory, preview) = (&mut self.after, &self.inventory, &mut self.preview);
        let take = |capacity: Capacity| absorb::observe_capacity(&mut after.capacity, capacity, &import);
        preview.capacity = inventory.capacity.and_then(take);
        preview.cloud = cloud::merge(&cloud_before, after, inventory, &import);
        after.id = after.id.take().or_else(|| whose::id_of(after)).or_else(|| whose::id_in(inventory));
        // Only a list of the tenant proves that something is missing from it.
        let whole = inventory.complete && inventory.of_tenant;
        let mut absent = 0;
        let missing = after.environments.iter().zip(&listed).filter(|(e, listed)| !**listed && e.deleted.is_none());
        if !whole && !inventory.environments.is_empty() {
            preview.not_spoken_of = missing.count();
        } else if whole {
            preview.lines.extend(missing.map(|(e, _)| PreviewLine {
                id: e.id.clone(),
                name: e.name.clone(),
                what: LineKind::Missing,
                unknown: unknown_facts(e, self.now),
                notes: Vec::new(),
            }));
            absent = preview.lines.iter().filter(|l| l.what == LineKind::Missing).count();
        }
        let asked = reading::asked(inventory).map(|at| at.min(self.now));
        preview.doubts = whose::doubts(&self.before, inventory, &preview.whose, absent, asked);
        after.imports.push(ImportRecord {
            number: import.number,
            at: self.now,
            name: inventory.name.clone(),
            format: inventory.format.clone(),
            environments: inventory.environments.len(),
            complete: whole,
            told: told(&inventory.environments),
            asked,
        });
    }
}
