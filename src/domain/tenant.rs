//! A tenant: its environments, its storage, and the imports it was put together from.

use super::capacity::Capacity;
use super::environment::{Environment, EnvironmentId, FactKey, Region};
use super::environments::Environments;
use super::fact::Fact;
use super::order::Gather;
use super::service::{Cloud, GroupRules};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tenant {
    /// What the user calls it; empty until told.
    pub name: String,
    /// The id of the tenant, in lower case, as an import told it; a file of another tenant is never merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The cloud that it is in.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub cloud: Fact<Cloud>,
    /// Rules of environment groups (G1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group_rules: Vec<GroupRules>,
    /// In the order of first appearance. Ids are unique (without case).
    pub environments: Environments,
    #[serde(default)]
    pub capacity: Fact<Capacity>,
    #[serde(default)]
    pub imports: Vec<ImportRecord>,
    /// The sample tenant that ships with the app.
    #[serde(default)]
    pub sample: bool,
}

/// One import that was kept. Facts refer to it by `number`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportRecord {
    pub number: u32,
    /// When it was kept, UTC.
    pub at: DateTime<Utc>,
    /// The file's name, or "pasted text".
    pub name: String,
    /// The recognised format in words, such as "admin REST list".
    pub format: String,
    /// How many environments it listed.
    pub environments: usize,
    /// Whether it listed the whole tenant, so that what it did not list may be gone.
    #[serde(default)]
    pub complete: bool,
    /// The facts that it gave for *every* environment that it listed: only those were confirmed by it where it brought
    /// nothing new.
    #[serde(default)]
    pub told: Vec<FactKey>,
    /// When the service was asked at the latest, UTC, by the file's own stamp or by what it says of its backups (K15); `None`:
    /// nothing in it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<DateTime<Utc>>,
}

impl ImportRecord {
    /// Of when its facts are at the latest, UTC: a file may be old when it is imported.
    pub fn as_of(&self) -> DateTime<Utc> {
        self.asked.map_or(self.at, |asked| asked.min(self.at))
    }
    /// Whether its facts are [old](are_old) at `now` (UTC).
    pub fn is_old(&self, now: DateTime<Utc>) -> bool {
        are_old(self.as_of(), now)
    }
    /// Whether the file was a day old, or older, when it was kept.
    pub fn was_old(&self) -> bool {
        self.at - self.as_of() >= TimeDelta::days(1)
    }
}

/// Whether facts of `at` are so old at `now` (both UTC) that an answer that rests on them may no longer hold: a week, as short as anything
/// is kept.
pub fn are_old(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - at >= TimeDelta::days(7)
}

impl Tenant {
    pub fn get(&self, id: &EnvironmentId) -> Option<&Environment> {
        self.environments.get(self.environments.place(id)?)
    }
    /// The name of an environment; its id where it is not on the list.
    pub fn name_of(&self, id: &EnvironmentId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |env| env.name.clone())
    }
    pub fn get_mut(&mut self, id: &EnvironmentId) -> Option<&mut Environment> {
        let place = self.environments.place(id)?;
        self.environments.get_mut(place)
    }
    /// The newest import that listed the whole tenant; where none did, the newest that listed environments. What came after it, such as
    /// operations, points or applications, makes a list no newer.
    pub fn last_list(&self) -> Option<&ImportRecord> {
        let newest =
            |all: bool| self.imports.iter().filter(|i| i.environments > 0 && i.complete >= all).max_by_key(|i| i.at);
        newest(true).or_else(|| newest(false))
    }
    /// Of when the facts of these environments are at the latest, UTC: the oldest of the imports that listed each of them last. `None` where
    /// one was in no import.
    pub fn facts_as_of<'e>(&self, envs: impl IntoIterator<Item = &'e Environment>) -> Option<DateTime<Utc>> {
        let listed = |env: &Environment| self.imports.iter().find(|i| Some(i.number) == env.last_import);
        envs.into_iter().map(|env| listed(env).map(ImportRecord::as_of)).min().flatten()
    }
    /// The regions that its environments have, as far as they are known.
    pub fn regions(&self) -> BTreeSet<Region> {
        self.environments.iter().filter_map(|env| env.region.get().cloned()).into_set()
    }
    /// The environments that are not deleted.
    pub fn living(&self) -> impl Iterator<Item = &Environment> {
        self.environments.iter().filter(|e| e.deleted.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_list_is_the_one_of_environments() {
        // Days, how many environments, whether all of them; and which day it is.
        let check = |imports: &[(i64, usize, bool)], expect: Option<i64>| {
            let day = |n: i64| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(n);
            let record = |(at, environments, complete): &(i64, usize, bool)| ImportRecord {
                number: 0,
                at: day(*at),
                name: String::new(),
                format: String::new(),
                environments: *environments,
                complete: *complete,
                told: Vec::new(),
                asked: None,
            };
            let tenant = Tenant { imports: imports.iter().map(record).collect(), ..Tenant::default() };
            assert_eq!(tenant.last_list().map(|i| i.at), expect.map(day), "{imports:?}");
        };
        check(&[], None);
        check(&[(3, 0, false)], None);
        check(&[(1, 9, true), (8, 0, false)], Some(1));
        check(&[(1, 9, true), (8, 1, false), (9, 0, true)], Some(1));
        check(&[(5, 9, true), (2, 9, true)], Some(5));
        check(&[(1, 4, false), (2, 3, false), (3, 0, false)], Some(2));
    }
}
