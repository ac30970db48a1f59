//! The rows of the environment table: what they show, search, filters, order.

use crate::domain::edition::Edition;
use crate::domain::environment::{Deletion, Environment, EnvironmentId, FactKey, Key, Kind, Region};
use crate::domain::life::asks_when_deleted;
use crate::domain::manual_backup::{self, ManualBackup};
use crate::domain::merge::{missing_since, unknown_facts};
use crate::domain::moment::Moment;
use crate::domain::occupied::Occupied;
use crate::domain::order::Order as _;
use crate::domain::outlook::{Answer, Outlook, Outlooks, Reach};
use crate::domain::retention::{Retention, system_retention, window};
use crate::domain::slowly::{STEP, at_once};
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

/// One environment with everything that the table shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: EnvironmentId,
    pub name: String,
    pub kind: Option<Kind>,
    pub region: Option<Region>,
    pub dynamics: Option<bool>,
    pub managed: Option<bool>,
    pub key: Option<Key>,
    pub dataverse: Option<bool>,
    pub retention: Retention,
    /// What can be brought back: its sure part reaches as far as a sure way does.
    pub reach: Reach,
    /// The answer; `None` of a deleted one.
    pub outlook: Option<Outlook>,
    pub backups: Vec<ManualBackup>,
    /// The facts that matter under the edition and are unknown, in the order in which to ask.
    pub unknown: Vec<FactKey>,
    pub ends: Option<Ends>,
    /// The newest complete import did not list it.
    pub missing: bool,
    pub deleted: Option<Deletion>,
    /// What occupies it at this moment, in words.
    pub busy: Option<String>,
    /// What is searched: lower case.
    haystack: String,
}

/// The manual backup that ends next.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    /// UTC.
    pub at: DateTime<Utc>,
    pub label: String,
    /// Until then it is guaranteed, not only possible.
    pub sure: bool,
}

impl Row {
    /// Some point of it can be restored, surely or possibly.
    pub fn restorable(&self) -> bool {
        self.outlook.as_ref().is_some_and(Outlook::is_restorable)
    }

    /// What is to be said beside the band; `None` where the band says it all, and of a deleted one.
    pub fn note(&self) -> Option<&'static str> {
        answer_note(&self.outlook.as_ref()?.answer())
    }
}

/// The rows of all environments, in the tenant's order. `now` is UTC.
pub fn rows(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Vec<Row> {
    at_once(rows_slowly(edition, tenant, now, async || true)).unwrap_or_default()
}

/// The same in steps; `None`: `goes_on`, which is asked after each, stopped it.
pub async fn rows_slowly(
    edition: &Edition,
    tenant: &Tenant,
    now: DateTime<Utc>,
    mut goes_on: impl AsyncFnMut() -> bool,
) -> Option<Vec<Row>> {
    let missing: HashSet<EnvironmentId> = missing_since(tenant).into_iter().collect();
    if !goes_on().await {
        return None;
    }
    let outlooks = Outlooks::new(Moment { edition, tenant, now });
    let mut rows = Vec::with_capacity(tenant.environments.len());
    for (place, env) in tenant.environments.iter().enumerate() {
        if place % STEP == 0 && !goes_on().await {
            return None;
        }
        rows.push(row(edition, env, outlooks.of(place, env), missing.contains(&env.id), now));
    }
    Some(rows)
}

/// An answer in a few words; `None` where a band says it all.
pub fn answer_note(answer: &Answer) -> Option<&'static str> {
    match answer {
        Answer::Restorable { onto_itself_only: true, .. } => Some("onto itself only"),
        Answer::Restorable { onto_itself_only: false, .. } => None,
        Answer::Unknown(asks) if asks.contains(&FactKey::Kind) => Some("unknown: the kind is not known"),
        Answer::Unknown(_) => Some("unknown: a fact that decides is not known"),
        Answer::KeptOnly => Some("kept, not restorable this way"),
        Answer::Nothing => Some("nothing is kept"),
    }
}

/// The facts that matter for this environment under this edition and are unknown; of a deleted one no other than when it was deleted.
pub fn asks(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Vec<FactKey> {
    if env.deleted.is_some() {
        return asks_when_deleted(env, now).then_some(FactKey::Deleted).into_iter().collect();
    }
    let mut asks = unknown_facts(env, now);
    asks.retain(|f| *f != FactKey::Policies || edition.policies_must_match);
    asks
}

fn row(edition: &Edition, env: &Environment, outlook: Option<Outlook>, missing: bool, now: DateTime<Utc>) -> Row {
    let kind = env.kind.get().cloned();
    let region = env.region.get().cloned();
    let words = [
        env.name.as_str(),
        env.id.as_str(),
        env.url.as_deref().unwrap_or(""),
        &kind.as_ref().map(Kind::to_string).unwrap_or_default(),
        &region.as_ref().map(Region::to_string).unwrap_or_default(),
        env.group.get().and_then(|g| g.as_deref()).unwrap_or(""),
    ];
    Row {
        id: env.id.clone(),
        name: env.name.clone(),
        dynamics: env.dynamics.get().copied(),
        managed: env.managed.get().copied(),
        key: env.key.get().cloned(),
        dataverse: env.dataverse.get().copied(),
        retention: system_retention(edition, env, now),
        reach: outlook.as_ref().map_or_else(|| window(edition, env, now).into(), Outlook::reach),
        outlook,
        unknown: asks(edition, env, now),
        ends: if env.deleted.is_some() { None } else { ends(edition, env, now) },
        missing,
        deleted: env.deleted,
        busy: env.occupied(now).zip(env.activity.as_ref()).map(|(occupied, a)| match occupied {
            Occupied::Perhaps(_) => format!("perhaps: {}", super::words::operation(&a.what)),
            _ => super::words::operation(&a.what),
        }),
        backups: env.backups.clone(),
        haystack: words.join("\n").to_lowercase(),
        kind,
        region,
    }
}

fn ends(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Option<Ends> {
    env.backups
        .iter()
        .filter_map(|b| {
            let judged = manual_backup::judge(edition, env, b, now);
            let (at, sure) = match (judged.guaranteed_until, judged.possible_until) {
                (Some(at), _) if at >= now => (at, true),
                (_, Some(at)) if at >= now => (at, false),
                _ => return None,
            };
            Some(Ends { at, label: b.label.clone(), sure })
        })
        .min_by_key(|e| e.at)
}

/// What narrows the table down, as the address has it; a value that is not known filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub search: String,
    /// A kind in words, or [`UNKNOWN`].
    pub kind: String,
    /// A region's id, or [`UNKNOWN`].
    pub region: String,
    pub only: String,
    /// A [`Column`]'s word, with `-` before it for descending.
    pub sort: String,
}

/// The value of a filter for "it is not known".
pub const UNKNOWN: &str = "unknown";

/// The values of [`Filter::only`], with their words.
pub const ONLY: [(&str, &str); 4] = [
    ("unknown", "with unknown facts"),
    ("restorable", "that can be restored"),
    ("missing", "missing from the last import"),
    ("deleted", "deleted"),
];

/// What the table can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Name,
    Kind,
    Region,
    Managed,
    Key,
    Dataverse,
    Retention,
    Reach,
    Ends,
}

impl Column {
    pub const ALL: [Column; 9] = [
        Column::Name,
        Column::Kind,
        Column::Region,
        Column::Managed,
        Column::Key,
        Column::Dataverse,
        Column::Retention,
        Column::Reach,
        Column::Ends,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Kind => "kind",
            Column::Region => "region",
            Column::Managed => "managed",
            Column::Key => "key",
            Column::Dataverse => "dataverse",
            Column::Retention => "retention",
            Column::Reach => "reach",
            Column::Ends => "ends",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Column::Name => "Name",
            Column::Kind => "Kind",
            Column::Region => "Region",
            Column::Managed => "Managed",
            Column::Key => "Own key",
            Column::Dataverse => "Dataverse",
            Column::Retention => "Retention",
            Column::Reach => "Can be brought back to (28 days)",
            Column::Ends => "Ends next",
        }
    }
}

impl Filter {
    /// The column and whether it is descending; by name where nothing else is said.
    pub fn order(&self) -> (Column, bool) {
        let (word, descending) = match self.sort.strip_prefix('-') {
            Some(word) => (word, true),
            None => (self.sort.as_str(), false),
        };
        match Column::ALL.into_iter().find(|c| c.word() == word) {
            Some(column) => (column, descending),
            None => (Column::Name, false),
        }
    }

    /// The `sort` after a column's head was pressed: the column, or the other way round if it is it already.
    pub fn pressed(&self, column: Column) -> String {
        match self.order() {
            (now, false) if now == column => format!("-{}", column.word()),
            _ if column == Column::Name => String::new(),
            _ => column.word().to_string(),
        }
    }

    /// Whether anything is narrowed down; the order is not counted.
    pub fn narrows(&self) -> bool {
        [&self.search, &self.kind, &self.region, &self.only].iter().any(|t| !t.is_empty())
    }

    fn keeps(&self, row: &Row, words: &[String]) -> bool {
        let kind = match self.kind.as_str() {
            "" => true,
            UNKNOWN => row.kind.is_none(),
            word => row.kind.as_ref().is_some_and(|k| k.to_string() == word),
        };
        let region = match self.region.as_str() {
            "" => true,
            UNKNOWN => row.region.is_none(),
            word => row.region.as_ref().is_some_and(|r| r.as_str() == word),
        };
        let only = match self.only.as_str() {
            "unknown" => !row.unknown.is_empty(),
            "restorable" => row.restorable(),
            "missing" => row.missing,
            "deleted" => row.deleted.is_some(),
            _ => true,
        };
        kind && region && only && words.iter().all(|w| row.haystack.contains(w.as_str()))
    }
}

/// The places of the rows that a filter keeps, in its order.
pub fn arrange(rows: &[Row], filter: &Filter) -> Vec<usize> {
    let words: Vec<String> = filter.search.split_whitespace().map(str::to_lowercase).collect();
    let (column, descending) = filter.order();
    let mut kept: Vec<(usize, &Row, String)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| filter.keeps(row, &words))
        .map(|(i, row)| (i, row, row.name.to_lowercase()))
        .collect();
    kept.order_by(|(_, a, a_name), (_, b, b_name)| {
        // Names settle equal rows upwards, whichever way the column runs.
        let by_name = a_name.cmp(b_name).then_with(|| a.id.cmp(&b.id));
        let by_column = match column {
            Column::Name => return if descending { by_name.reverse() } else { by_name },
            Column::Kind => unknown_last(&a.kind, &b.kind, descending),
            Column::Region => unknown_last(&name_of(&a.region), &name_of(&b.region), descending),
            Column::Managed => unknown_last(&a.managed, &b.managed, descending),
            Column::Key => unknown_last(&a.key, &b.key, descending),
            Column::Dataverse => unknown_last(&a.dataverse, &b.dataverse, descending),
            Column::Retention => {
                let days = |r: &Row| (r.retention.guaranteed_days, r.retention.possible_days);
                turned(days(a).cmp(&days(b)), descending)
            }
            // The furthest back is the most.
            Column::Reach => {
                let from = |r: &Row| {
                    let late = DateTime::<Utc>::MAX_UTC;
                    let window = &r.reach.window;
                    (window.guaranteed_from.unwrap_or(late), window.possible_from.unwrap_or(late))
                };
                turned(from(b).cmp(&from(a)), descending)
            }
            Column::Ends => {
                let at = |r: &Row| r.ends.as_ref().map(|e| e.at);
                unknown_last(&at(a), &at(b), descending)
            }
        };
        by_column.then(by_name)
    });
    kept.into_iter().map(|(i, _, _)| i).collect()
}

fn name_of(region: &Option<Region>) -> Option<String> {
    region.as_ref().map(Region::to_string)
}

fn turned(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

/// What is unknown stands last, whichever way the column runs.
fn unknown_last<T: Ord>(a: &Option<T>, b: &Option<T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(b), descending),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// A choice of a filter: its value, its words, and how many rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub words: String,
    pub rows: usize,
}

fn choices(values: impl Iterator<Item = Option<(String, String)>>) -> Vec<Choice> {
    let (mut known, mut unknown) = (BTreeMap::<String, (String, usize)>::new(), 0);
    for value in values {
        match value {
            Some((value, words)) => known.entry(words).or_insert((value, 0)).1 += 1,
            None => unknown += 1,
        }
    }
    let mut out: Vec<Choice> = known.into_iter().map(|(words, (value, rows))| Choice { value, words, rows }).collect();
    if unknown > 0 {
        out.push(Choice { value: UNKNOWN.to_string(), words: "not known".to_string(), rows: unknown });
    }
    out
}

/// The kinds that occur, in alphabetical order.
pub fn kind_choices(rows: &[Row]) -> Vec<Choice> {
    choices(rows.iter().map(|r| r.kind.as_ref().map(|k| (k.to_string(), k.to_string()))))
}

/// The regions that occur, in alphabetical order.
pub fn region_choices(rows: &[Row]) -> Vec<Choice> {
    choices(rows.iter().map(|r| r.region.as_ref().map(|x| (x.as_str().to_string(), x.to_string()))))
}

/// The facts that are unknown anywhere, with the environments that lack them, in the order in which to ask.
pub fn unknown_everywhere(rows: &[Row]) -> Vec<(FactKey, Vec<EnvironmentId>)> {
    let mut out: BTreeMap<FactKey, Vec<EnvironmentId>> = BTreeMap::new();
    for row in rows {
        for fact in &row.unknown {
            out.entry(*fact).or_default().push(row.id.clone());
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests;
