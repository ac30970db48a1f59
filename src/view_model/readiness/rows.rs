//! The table of readiness: its rows, its filter, its columns.

use super::{ANSWERS, look};
use crate::domain::eligibility::Outcome;
use crate::domain::environment::{EnvironmentId, Kind, Region};
use crate::domain::manual_backup::ManualBackup;
use crate::domain::outlook::{Obstacle, Onto, Reach};
use crate::domain::readiness::{Back, Prospect, Readiness, Trouble};
use crate::domain::said::Said;
use crate::domain::tenant::Tenant;
use crate::view_model::rows::{mark, onto_cell};
use crate::view_model::sheet::{self, Cell, Column, Here, Shown, Tone, names, turned};
use crate::view_model::words::{thousands, told};
use crate::words::outlook;
use crate::words::readiness::of_trouble;
use crate::words::{Piece, Say, Text};
use chrono::{DateTime, SecondsFormat, Utc};

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: EnvironmentId,
    pub name: String,
    pub kind: Option<Kind>,
    pub region: Option<Region>,
    pub today: Back,
    pub reasons: Vec<Said<Obstacle>>,
    pub sure_from: Option<DateTime<Utc>>,
    pub possible_from: Option<DateTime<Utc>>,
    pub reach: Reach,
    pub backups: Vec<ManualBackup>,
    /// Onto what, today.
    pub onto: Onto,
    /// The names of the best other ones of those, and the ways for which another one need not be there.
    pub best: Vec<String>,
    pub others: Vec<&'static str>,
    pub troubles: Vec<Trouble>,
    counts: u32,
    /// The name as it is put in order.
    fold: String,
}

/// The rows of the living environments, in the tenant's order.
pub fn rows(tenant: &Tenant, readiness: &Readiness) -> Vec<Row> {
    readiness.prospects.iter().filter_map(|p| row(tenant, p)).collect()
}

/// The row of one of them.
pub fn row(tenant: &Tenant, p: &Prospect) -> Option<Row> {
    let env = tenant.environments.get(p.place)?;
    let (kind, region) = (env.kind.get().cloned(), env.region.get().cloned());
    Some(Row {
        id: env.id.clone(),
        name: env.name.clone(),
        today: p.today,
        reasons: p.reasons.clone(),
        sure_from: p.sure_from,
        possible_from: p.possible_from,
        reach: p.reach.clone(),
        backups: p.backups.clone(),
        best: p.onto.best.iter().filter_map(|place| tenant.environments.get(*place)).map(|e| e.name.clone()).collect(),
        others: others(p),
        onto: p.onto.clone(),
        troubles: p.troubles.clone(),
        counts: p.counts,
        fold: env.name.to_lowercase(),
        kind,
        region,
    })
}

fn others(p: &Prospect) -> Vec<&'static str> {
    let open = |outcome: Outcome| outcome == Outcome::Eligible;
    let all = [
        (p.onto.itself, "onto itself"),
        (p.ways.through_sandbox.is_some_and(open), "through Sandbox and back"),
        // T9: one that a failed restore left disabled is the source of none.
        (open(p.ways.beside) && !p.ways.closed, "a new environment"),
    ];
    all.into_iter().filter(|(is, _)| *is && p.onto.none.is_none()).map(|(_, words)| words).collect()
}

/// What narrows the table down, as the address has it; a value that is not known filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub search: String,
    /// The word of an answer, see [`ANSWERS`].
    pub only: String,
    /// The word of a trouble.
    pub finding: String,
    /// A column's word, with `-` before it for descending.
    pub sort: String,
}

impl Filter {
    pub fn answer(&self) -> Option<Back> {
        ANSWERS.iter().find(|(_, word)| *word == self.only).map(|(back, _)| *back)
    }

    pub fn trouble(&self) -> Option<Trouble> {
        Trouble::read(&self.finding)
    }

    /// The column that it is sorted by, and whether from the end.
    pub fn order(&self) -> (&'static str, bool) {
        sheet::order(&COLUMNS, &self.sort, USUAL)
    }

    /// Whether anything is narrowed down; the order is not counted.
    pub fn narrows(&self) -> bool {
        !self.search.trim().is_empty() || self.answer().is_some() || self.trouble().is_some()
    }
}

/// The column that the table is sorted by where nothing else is said: the worst answers first, then what counts most.
pub const USUAL: &str = "today";

/// The environments by column.
pub static COLUMNS: [Column<Row>; 5] = [
    names(
        (188, 12),
        |a, b, down| turned((&a.fold, &a.id).cmp(&(&b.fold, &b.id)), down),
        name,
        &[
            ("Environment", |r, _| r.name.clone()),
            ("Id", |r, _| r.id.to_string()),
            ("Kind", |r, _| told(r.kind.as_ref())),
            ("Region", |r, _| told(r.region.as_ref())),
        ],
    ),
    Column {
        key: "today",
        title: "Brought back?",
        short: "Today?",
        width: (128, 4),
        shown: Shown::Always,
        compare: Some(|a, b, down| turned(b.today.cmp(&a.today).then_with(|| b.counts.cmp(&a.counts)), down)),
        cell: today,
        csv: &[
            ("Can be brought back today", |r, _| look(r.today).1.to_string()),
            ("Why not better", |r, _| why(r).join("; ")),
        ],
    },
    Column {
        key: "band",
        title: "To when (28 days)",
        short: "To when",
        width: (240, 16),
        shown: Shown::Always,
        compare: None,
        cell: |r, _| Cell { band: Some((r.reach.clone(), r.backups.clone())), ..Cell::default() },
        csv: &[
            ("Points guaranteed back to (UTC)", |r, _| instant(r.sure_from)),
            ("Points perhaps back to (UTC)", |r, _| instant(r.possible_from)),
        ],
    },
    Column {
        key: "onto",
        title: "Onto what",
        short: "Onto",
        width: (148, 10),
        shown: Shown::Always,
        compare: Some(|a, b, down| {
            let most = |r: &Row| (r.onto.none.is_none(), r.onto.tally.yes, r.onto.tally.perhaps);
            turned(most(b).cmp(&most(a)), down)
        }),
        cell: |r, _| onto_cell(&r.onto, r.best.first().map(String::as_str)),
        csv: &[
            ("Onto how many, itself counted", |r, _| r.onto.tally.yes.to_string()),
            ("Perhaps", |r, _| r.onto.tally.perhaps.to_string()),
            ("Not at this moment", |r, _| r.onto.tally.not_now.to_string()),
            ("Examples", |r, _| r.best.join(", ")),
            ("Other ways", |r, _| r.others.join(", ")),
        ],
    },
    Column {
        key: "findings",
        title: "Findings",
        short: "Findings",
        width: (328, 18),
        shown: Shown::Always,
        compare: Some(|a, b, down| turned(b.troubles.len().cmp(&a.troubles.len()), down)),
        cell: |r, _| match titles(r) {
            all if all.is_empty() => Cell::toned("none", Tone::Quiet),
            all => {
                let first =
                    format!("{}{}", all.first().copied().unwrap_or_default(), if all.len() > 1 { ", …" } else { "" });
                Cell { lead: all.len().to_string(), title: all.join(" · "), ..Cell::plain(first) }
            }
        },
        csv: &[("Findings", |r, _| titles(r).join("; ")), ("Rules", |r, _| rules(r))],
    },
];

fn titles(row: &Row) -> Vec<&'static str> {
    row.troubles.iter().map(|t| of_trouble(*t).title).collect()
}

fn name(row: &Row, _: &Here) -> Cell {
    let about = format!("{} · {}", told(row.kind.as_ref()), told(row.region.as_ref()));
    let title = format!("{}: {about}", row.name);
    Cell { mark: Some(mark(Some(row.today))), title, ..Cell::plain(row.name.clone()) }
}

fn today(row: &Row, _: &Here) -> Cell {
    let tone = match row.today {
        Back::Surely => Tone::Plain,
        Back::Possibly | Back::NotKnown => Tone::Ask,
        Back::Not => Tone::Loss,
    };
    Cell { title: why(row).join("; "), ..Cell::toned(look(row.today).1, tone) }
}

/// Onto what, in lines: whole, where there is room for it.
pub fn onto_words(row: &Row) -> Vec<String> {
    let Onto { tally, none, .. } = &row.onto;
    if let Some(none) = none {
        return vec![outlook::briefly(none)];
    }
    let more = tally.yes.saturating_sub(row.best.len() + usize::from(row.onto.itself));
    let best = match more {
        _ if row.best.is_empty() => None,
        0 => Some(row.best.join(", ")),
        more => Some(format!("{} and {} more", row.best.join(", "), thousands(more))),
    };
    let others = (!row.others.is_empty()).then(|| row.others.join(" · "));
    [Some(outlook::tally(tally)), best, others].into_iter().flatten().collect()
}

/// To when, in words.
pub fn to_when(row: &Row, stamp: fn(DateTime<Utc>) -> String) -> String {
    // Nothing is called sure that something stops, or may stop, at this moment: then it is the points alone that are sure.
    let surely = if row.today == Back::Surely { "surely" } else { "points guaranteed from" };
    match (row.sure_from, row.possible_from) {
        (Some(sure), Some(possible)) if possible < sure => {
            format!("{surely} {}, perhaps {}", stamp(sure), stamp(possible))
        }
        (Some(sure), _) => format!("{surely} {}", stamp(sure)),
        (None, Some(possible)) => format!("perhaps {}", stamp(possible)),
        (None, None) if row.reach.window.possible_from.is_some() => "kept, but there is no way back".to_string(),
        (None, None) => String::new(),
    }
}

fn instant(at: Option<DateTime<Utc>>) -> String {
    at.map_or("never".to_string(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn why(row: &Row) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for says in row.reasons.iter().map(|r| in_cell(r.says().capital())) {
        // What stops both sorts of backup, or a restore as well, is one reason.
        if !all.contains(&says) {
            all.push(says);
        }
    }
    all
}

fn rules(row: &Row) -> String {
    let mut rules: Vec<String> = row.reasons.iter().filter_map(Said::rule).map(|rule| rule.to_string()).collect();
    rules.extend(row.troubles.iter().flat_map(|t| t.weight().rules).map(ToString::to_string));
    let mut seen = std::collections::HashSet::new();
    rules.retain(|r| seen.insert(r.clone()));
    rules.join(" ")
}

/// A text in a cell: code stands in quotation marks there.
fn in_cell(text: Text) -> String {
    let shown = |piece: &Piece| match piece {
        Piece::Code(code) => format!("\"{code}\""),
        written => written.to_string(),
    };
    text.pieces().iter().map(shown).collect()
}
