//! Whose file it is: an import says of which tenant it is, and a file of another one is never merged.
//!
//! The id of a tenant is told by a file itself, or by the id of its Default environment, which is `Default-<tenant id>`. Where one
//! side does not tell it, ids of environments prove nothing: then there is at most a doubt, which is asked about.

use super::environment::{Environment, EnvironmentId, FactKey};
use super::inventory::Inventory;
use super::tenant::Tenant;
use super::values::{after_default, is_id};
use crate::domain::order::Gather;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Of which tenant a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Of the tenant that is here.
    Ours,
    /// One side does not tell its id.
    #[default]
    Unknown,
    Foreign(Foreign),
}

/// Why a file is not merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// It is of the tenant `file`; here is the tenant `here`, called `name` (may be empty). Ids in lower case.
    Another { file: String, here: String, name: String },
    /// It lists environments of several tenants, by their ids.
    Several(Vec<String>),
}

impl Foreign {
    /// Whether it can be opened as a tenant of its own.
    pub fn can_stand_alone(&self) -> bool {
        matches!(self, Foreign::Another { .. })
    }
}

/// What is to be asked before a file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDoubt {
    /// Nothing that the file lists is known here: it may be of another tenant.
    NoneKnown { listed: usize, known: usize },
    /// `missing` of the `known` living environments are not in the file, which is said to list the whole tenant: the first
    /// explanation is the role of whoever made it.
    MostMissing { missing: usize, known: usize },
    /// The service was asked for this list at `file` (UTC) at the latest, and for one that is kept at `here`: what it says would stand in
    /// place of what is newer.
    Older { file: DateTime<Utc>, here: DateTime<Utc> },
    /// It says otherwise than what was `recorded` here (UTC), and the service was asked for it before that, at `file` at the latest, or
    /// it does not say when: it would take back what was done.
    Undoes { file: Option<DateTime<Utc>>, recorded: DateTime<Utc> },
}

/// From how many known environments on it is strange that a file knows none of them, or lacks most of them.
const MANY: usize = 3;

/// The tenant's id as the id of its Default environment tells it, in lower case.
fn of_default(id: &str) -> Option<String> {
    after_default(id.trim()).filter(|id| is_id(id)).map(str::to_ascii_lowercase)
}

fn of_defaults<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    ids.filter_map(of_default).into_set()
}

/// The id of the tenant that is here: as an import told it, else as its Default environment does.
pub fn id_of(tenant: &Tenant) -> Option<String> {
    if tenant.sample {
        return None;
    }
    tenant.id.clone().or_else(|| {
        let told = of_defaults(tenant.environments.iter().map(|e| e.id.as_str()));
        told.first().filter(|_| told.len() == 1).cloned()
    })
}

/// The ids of the tenants that a file speaks of: one where all is well, none where it does not say.
fn told_by(inventory: &Inventory) -> BTreeSet<String> {
    let mut told = of_defaults(inventory.environments.iter().map(|o| o.id.as_str()));
    told.extend(inventory.tenant_id.iter().map(|id| id.trim().to_ascii_lowercase()).filter(|id| is_id(id)));
    told
}

/// The id of the tenant that a file is of; `None` where it does not say, or speaks of several.
pub fn id_in(inventory: &Inventory) -> Option<String> {
    let told = told_by(inventory);
    told.first().filter(|_| told.len() == 1).cloned()
}

/// Of which tenant a file is. The sample is never merged with anything, so that no file is foreign to it.
pub fn judge(tenant: &Tenant, inventory: &Inventory) -> Whose {
    let told = told_by(inventory);
    if told.len() > 1 {
        return Whose::Foreign(Foreign::Several(told.into_iter().collect()));
    }
    match (told.into_iter().next(), id_of(tenant)) {
        (Some(file), Some(here)) if file == here => Whose::Ours,
        (Some(file), Some(here)) => Whose::Foreign(Foreign::Another { file, here, name: tenant.name.clone() }),
        _ => Whose::Unknown,
    }
}

/// What is to be asked before the file is kept, where it is not foreign. `missing` of the living environments are not in it; the service
/// was `asked` (UTC) for it at the latest, as far as it says.
pub fn doubts(
    tenant: &Tenant,
    inventory: &Inventory,
    whose: &Whose,
    missing: usize,
    asked: Option<DateTime<Utc>>,
) -> Vec<FileDoubt> {
    if tenant.sample {
        return Vec::new();
    }
    let known = tenant.living().count();
    let listed = inventory.environments.len();
    let none_known = || {
        let here: HashSet<&EnvironmentId> = tenant.environments.iter().map(|e| &e.id).collect();
        !inventory.environments.iter().any(|o| here.contains(&EnvironmentId::new(o.id.trim())))
    };
    let stranger = *whose == Whose::Unknown && listed > 0 && tenant.environments.len() >= MANY && none_known();
    if stranger {
        return vec![FileDoubt::NoneKnown { listed, known: tenant.environments.len() }];
    }
    let most = missing >= MANY && missing.saturating_mul(2) > known;
    let most = most.then_some(FileDoubt::MostMissing { missing, known });
    older(tenant, inventory, asked).or_else(|| undoes(tenant, inventory, asked)).into_iter().chain(most).collect()
}

/// A list that says when it was asked for is held against the newest of those that are kept. Of one that does not say, no more is known
/// than when it was kept: only what is a day older than that is older.
fn older(tenant: &Tenant, inventory: &Inventory, asked: Option<DateTime<Utc>>) -> Option<FileDoubt> {
    let file = asked.filter(|_| !inventory.environments.is_empty())?;
    let lists = tenant.imports.iter().filter(|list| list.environments > 0);
    let newest = lists.max_by_key(|list| list.as_of())?;
    let here = newest.as_of();
    let slack = if newest.asked.is_some() { TimeDelta::zero() } else { TimeDelta::days(1) };
    (here - file > slack).then_some(FileDoubt::Older { file, here })
}

/// The newest of what was recorded here that the file contradicts, where the file is not known to be newer than that.
fn undoes(tenant: &Tenant, inventory: &Inventory, asked: Option<DateTime<Utc>>) -> Option<FileDoubt> {
    let here: HashMap<&EnvironmentId, &Environment> = tenant.environments.iter().map(|env| (&env.id, env)).collect();
    let listed = |env: &Environment| tenant.imports.iter().find(|i| Some(i.number) == env.last_import).map(|i| i.at);
    let contradicted = inventory.environments.iter().filter_map(|seen| {
        let env = here.get(&EnvironmentId::new(seen.id.trim()))?;
        // A deletion that no list told of was recorded here.
        let alive = inventory.of_tenant && seen.deleted.is_none();
        let deleted = env.deleted.filter(|_| alive).and_then(|when| when.known());
        let deleted = deleted.filter(|at| listed(env).is_none_or(|listed| *at > listed));
        let recorded = FactKey::ALL.into_iter().filter_map(|fact| {
            let since = env.recorded(fact)?;
            env.told(fact).is_some_and(|known| seen.contradicts(&known.value)).then_some(since)
        });
        recorded.chain(deleted).max()
    });
    let recorded = contradicted.filter(|at| asked.is_none_or(|file| file < *at)).max()?;
    Some(FileDoubt::Undoes { file: asked, recorded })
}
