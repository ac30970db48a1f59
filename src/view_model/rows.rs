//! The rows of the environment table: what they show, search, filters, order.

mod columns;
mod ends;

pub use columns::{COLUMNS, mark, mark_of, onto_cell};
pub use ends::Ends;
use ends::ends;

use super::band::{BandPart, part_at};
use super::sheet::{self, Column};
use crate::domain::edition::Edition;
use crate::domain::environment::{Deletion, Environment, EnvironmentId, FactKey, Key, Kind, Region};
use crate::domain::life::{Urgent, asks_when_deleted, urgent};
use crate::domain::manual_backup::{self, ManualBackup};
use crate::domain::merge::{missing_since, unknown_facts};
use crate::domain::moment::Moment;
use crate::domain::occupied::Occupied;
use crate::domain::order::Order as _;
use crate::domain::outlook::{Back, Onto, Outlook, OutlookAnswer, Outlooks, Reach};
use crate::domain::retention::window;
use crate::domain::slowly::{STEP, at_once, stop_unless, unless_stopped};
use crate::domain::tenant::Tenant;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

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
    /// What can be brought back: its sure part reaches as far as a sure way does.
    pub reach: Reach,
    /// The answer; `None` of a deleted one.
    pub outlook: Option<Outlook>,
    /// Onto what, today; `None` of a deleted one.
    pub onto: Option<Onto>,
    /// The name of the best other one of those.
    pub onto_first: Option<String>,
    pub backups: Vec<ManualBackup>,
    /// The facts that matter under the edition and are unknown, in the order in which to ask.
    pub unknown: Vec<FactKey>,
    pub ends: Option<Ends>,
    /// What cannot wait.
    pub urgent: Option<Urgent>,
    /// The newest complete import did not list it.
    pub missing: bool,
    pub deleted: Option<Deletion>,
    /// What occupies it at this moment, in words.
    pub busy: Option<String>,
    /// The name as it is put in order.
    fold: String,
    /// A manual backup of it ends within a week.
    soon: bool,
    /// What is searched: lower case.
    haystack: String,
}

impl Row {
    /// Whether it can be brought back today; `None` of a deleted one.
    pub fn back(&self) -> Option<Back> {
        self.outlook.as_ref().map(|o| o.today)
    }

    /// Some point of it can be restored, surely or possibly.
    pub fn restorable(&self) -> bool {
        self.outlook.as_ref().is_some_and(Outlook::is_restorable)
    }

    /// Whether it can be brought back to a point (UTC), surely or possibly.
    pub fn reaches(&self, at: DateTime<Utc>) -> bool {
        let part = part_at(&self.reach.window, at);
        self.restorable() && matches!(part, Some(BandPart::Guaranteed | BandPart::Possible))
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
    let outlooks = outlooks_slowly(Moment { edition, tenant, now }, &mut goes_on).await?;
    let mut rows = Vec::with_capacity(tenant.environments.len());
    for (place, env) in tenant.environments.iter().enumerate() {
        if place % STEP == 0 && !goes_on().await {
            return None;
        }
        let mut row = row(edition, env, outlooks.of(place, env), missing.contains(&env.id), now);
        let best = row.onto.as_ref().and_then(|onto| tenant.environments.get(*onto.best.first()?));
        row.onto_first = best.map(|e| e.name.clone());
        rows.push(row);
    }
    Some(rows)
}

/// What is worked out once for the tenant.
async fn outlooks_slowly<'a>(moment: Moment<'a>, goes_on: &mut impl AsyncFnMut() -> bool) -> Option<Outlooks<'a>> {
    let stopped = Cell::new(false);
    let work = Outlooks::slowly(moment, async || stop_unless(goes_on().await, &stopped).await);
    unless_stopped(&stopped, work).await
}

/// An answer in a few words; `None` where a band says it all.
pub fn answer_note(answer: &OutlookAnswer) -> Option<&'static str> {
    match answer {
        OutlookAnswer::Restorable { onto_itself_only: true, .. } => Some("onto itself only"),
        OutlookAnswer::Restorable { onto_itself_only: false, .. } => None,
        OutlookAnswer::Unknown(asks) if asks.contains(&FactKey::Kind) => Some("unknown: the kind is not known"),
        OutlookAnswer::Unknown(_) => Some("unknown: a fact that decides is not known"),
        OutlookAnswer::KeptOnly => Some("kept, not restorable this way"),
        OutlookAnswer::Nothing => Some("nothing is kept"),
    }
}

/// The facts that matter for this environment under this edition and are unknown; of a deleted one no other than when it was deleted.
pub fn asks(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Vec<FactKey> {
    if env.deleted.is_some() {
        return asks_when_deleted(env, now).then_some(FactKey::Deleted).into_iter().collect();
    }
    let mut asks = unknown_facts(env, now);
    asks.retain(|fact| edition.looks_at(*fact));
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
    let ends = if env.deleted.is_some() { None } else { ends(edition, env, now) };
    Row {
        id: env.id.clone(),
        name: env.name.clone(),
        fold: env.name.to_lowercase(),
        soon: ends.as_ref().is_some_and(|e| e.at - now <= TimeDelta::days(7)),
        onto: outlook.as_ref().map(Outlook::onto),
        onto_first: None,
        dynamics: env.dynamics.get().copied(),
        managed: env.managed.get().copied(),
        key: env.key.get().cloned(),
        dataverse: env.dataverse.get().copied(),
        reach: outlook.as_ref().map_or_else(|| window(edition, env, now).into(), Outlook::reach),
        outlook,
        unknown: asks(edition, env, now),
        ends,
        urgent: urgent(edition, env, now),
        missing,
        deleted: env.deleted,
        busy: env.occupied(now).zip(env.activity.as_ref()).map(|(occupied, a)| match occupied {
            Occupied::Perhaps(_) => format!("perhaps: {}", super::words::operation(&a.what)),
            _ => super::words::operation(&a.what),
        }),
        backups: manual_backup::not_expired(edition, env, now),
        haystack: words.join("\n").to_lowercase(),
        kind,
        region,
    }
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

/// A sort of environments: its word, what it is called, and whether a row is of it.
pub type Sort = (&'static str, &'static str, fn(&Row) -> bool);

/// The values of [`Filter::only`], with their words and what they keep.
pub const ONLY: [Sort; 7] = [
    ("not", "Cannot be brought back", |r| r.back() == Some(Back::Not)),
    ("possibly", "Only possibly", |r| matches!(r.back(), Some(Back::Possibly | Back::NotKnown))),
    ("restorable", "Can be brought back", Row::restorable),
    ("ends", "Ends in 7 days", |r| r.soon || r.urgent.is_some()),
    ("unknown", "Facts not known", |r| !r.unknown.is_empty()),
    ("missing", "Missing from the last import", |r| r.missing),
    ("deleted", "Deleted", |r| r.deleted.is_some()),
];

/// The value of [`Filter::only`] for what can be brought back to a point (UTC).
pub fn only_at(at: DateTime<Utc>) -> String {
    format!("{AT}{}", at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// What that value begins with.
const AT: &str = "at-";

/// How many rows each value of [`Filter::only`] keeps.
pub fn only_counts(rows: &[Row]) -> [usize; ONLY.len()] {
    ONLY.map(|(_, _, keeps)| rows.iter().filter(|r| keeps(r)).count())
}

impl Filter {
    /// The column and whether it is descending; by name where nothing else is said.
    pub fn order(&self) -> (&'static str, bool) {
        sheet::order(&COLUMNS, &self.sort, "name")
    }

    /// The `sort` after a column's head was pressed.
    pub fn pressed(&self, column: &str) -> String {
        sheet::pressed(self.order(), column, "name")
    }

    /// The point (UTC) that a row has to reach, see [`only_at`].
    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.only.strip_prefix(AT).and_then(|at| at.parse().ok())
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
        let only = ONLY.iter().find(|(word, ..)| *word == self.only).is_none_or(|(_, _, keeps)| keeps(row));
        let only = only && self.at().is_none_or(|at| row.reaches(at));
        kind && region && only && words.iter().all(|w| row.haystack.contains(w.as_str()))
    }
}

/// The places of all rows in the order of a filter. It does not depend on what the filter keeps.
pub fn in_order(rows: &[Row], filter: &Filter) -> Vec<usize> {
    let (key, descending) = filter.order();
    let compare = COLUMNS.iter().find(|c| c.key == key).and_then(|c: &Column<Row>| c.compare);
    let mut all: Vec<(usize, &Row)> = rows.iter().enumerate().collect();
    all.order_by(|(_, a), (_, b)| {
        // Names settle equal rows upwards, whichever way the column runs.
        let by_name = a.fold.cmp(&b.fold).then_with(|| a.id.cmp(&b.id));
        compare.map_or(Ordering::Equal, |compare| compare(a, b, descending)).then(by_name)
    });
    all.into_iter().map(|(i, _)| i).collect()
}

/// Those of `order` that a filter keeps.
pub fn kept(rows: &[Row], order: &[usize], filter: &Filter) -> Vec<usize> {
    let words: Vec<String> = filter.search.split_whitespace().map(str::to_lowercase).collect();
    order.iter().copied().filter(|i| rows.get(*i).is_some_and(|row| filter.keeps(row, &words))).collect()
}

/// What filters kept that became narrower step by step, the last one at the end: what is typed is looked for among what the step
/// before it kept, and what is taken back is there still.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrowed(Vec<(Filter, Arc<Vec<usize>>)>);

impl Narrowed {
    /// The steps that lead to a filter; `order`: all places in its order.
    #[must_use]
    pub fn to(&self, rows: &[Row], order: &[usize], filter: &Filter) -> Narrowed {
        let leads = |was: &Filter| {
            let narrower = filter.search.to_lowercase().starts_with(&was.search.to_lowercase());
            narrower && *was == Filter { search: was.search.clone(), ..filter.clone() }
        };
        let mut steps: Vec<_> = self.0.iter().take_while(|(was, _)| leads(was)).cloned().collect();
        if steps.last().is_none_or(|(was, _)| was != filter) {
            let among = steps.last().map_or(order, |(_, kept)| kept);
            let kept = kept(rows, among, filter);
            steps.push((filter.clone(), Arc::new(kept)));
        }
        Narrowed(steps)
    }

    /// The places that the last filter keeps, in its order.
    pub fn kept(&self) -> Arc<Vec<usize>> {
        self.0.last().map(|(_, kept)| kept.clone()).unwrap_or_default()
    }
}

/// The places of the rows that a filter keeps, in its order.
pub fn arrange(rows: &[Row], filter: &Filter) -> Vec<usize> {
    kept(rows, &in_order(rows, filter), filter)
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

/// The facts that are unknown of any of these rows, with the environments that lack them, in the order in which to ask.
pub fn unknown_of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<(FactKey, Vec<EnvironmentId>)> {
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
