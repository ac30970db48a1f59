//! The columns of the environments, one descriptor each.

use super::Row;
use crate::domain::eligibility::TargetCounts;
use crate::domain::environment::{Deletion, FactKey, Key, Kind, Region};
use crate::domain::life::Urgent;
use crate::domain::outlook::{Back, Onto, Outlook};
use crate::view_model::band;
use crate::view_model::sheet::{Cell, CellMark, Column, Here, Shown, Tone, names, turned};
use crate::view_model::words::{retention_of, thousands, told};
use crate::words::{facts, outlook};
use chrono::{DateTime, SecondsFormat, Utc};
use std::cmp::Ordering;

/// The environments by column.
pub static COLUMNS: [Column<Row>; 13] = [
    names(
        (182, 12),
        |a, b, down| turned((&a.fold, &a.id).cmp(&(&b.fold, &b.id)), down),
        name,
        &[
            ("Environment", |r, _| r.name.clone()),
            ("Id", |r, _| r.id.to_string()),
            ("Can be brought back today", today),
        ],
    ),
    Column {
        key: "kind",
        title: "Kind",
        short: "Kind",
        width: (130, 5),
        shown: Shown::Usually,
        compare: Some(|a, b, down| unknown_last(&a.kind, &b.kind, down)),
        cell: kind,
        csv: &[("Kind", |r, _| told(r.kind.as_ref()))],
    },
    Column {
        key: "region",
        title: "Region",
        short: "Region",
        width: (92, 4),
        shown: Shown::Usually,
        compare: Some(|a, b, down| unknown_last(&region_name(a), &region_name(b), down)),
        cell: |r, _| Cell::fact(region_name(r), r.unknown.contains(&FactKey::Region)),
        csv: &[("Region", |r, _| told(region_name(r)))],
    },
    Column {
        key: "managed",
        title: "Managed",
        short: "Managed",
        width: (88, 0),
        shown: Shown::Seldom,
        compare: Some(|a, b, down| unknown_last(&a.managed, &b.managed, down)),
        cell: |r, _| yes_or_no(r.managed, r.unknown.contains(&FactKey::Managed)),
        csv: &[("Managed", |r, _| said(r.managed))],
    },
    Column {
        key: "key",
        title: "Own key",
        short: "Own key",
        width: (88, 0),
        shown: Shown::Seldom,
        compare: Some(|a, b, down| unknown_last(&a.key, &b.key, down)),
        cell: own_key,
        csv: &[("Own key", |r, _| said(r.key.as_ref().map(|k| *k != Key::Microsoft)))],
    },
    Column {
        key: "dataverse",
        title: "Dataverse",
        short: "Dataverse",
        width: (88, 0),
        shown: Shown::Seldom,
        compare: Some(|a, b, down| unknown_last(&a.dataverse, &b.dataverse, down)),
        cell: |r, _| yes_or_no(r.dataverse, r.unknown.contains(&FactKey::Dataverse)),
        csv: &[("Dataverse", |r, _| said(r.dataverse))],
    },
    Column {
        key: "retention",
        title: "Retention",
        short: "Retention",
        width: (120, 0),
        shown: Shown::Seldom,
        compare: Some(|a, b, down| {
            let days = |r: &Row| {
                let kept = &r.reach.window.retention;
                (kept.guaranteed_days, kept.possible_days)
            };
            turned(days(a).cmp(&days(b)), down)
        }),
        cell: |r, _| if r.deleted.is_some() { Cell::default() } else { Cell::plain(retention_of(&r.reach.window)) },
        csv: &[("Retention", |r, _| retention_of(&r.reach.window))],
    },
    Column {
        key: "band",
        title: "Can be brought back to",
        short: "Back to",
        width: (240, 20),
        shown: Shown::Usually,
        compare: None,
        cell: |r, _| Cell {
            band: r.deleted.is_none().then(|| (r.reach.clone(), r.backups.clone())),
            ..Cell::default()
        },
        csv: &[
            ("Points guaranteed back to (UTC)", |r, _| written(r.outlook.as_ref().and_then(|o| o.sure_from))),
            ("Points perhaps back to (UTC)", |r, _| written(r.outlook.as_ref().and_then(|o| o.possible_from))),
        ],
    },
    Column {
        key: "reach",
        title: "Days back",
        short: "Back",
        width: (110, 6),
        shown: Shown::Usually,
        compare: Some(by_reach),
        cell: reach,
        csv: &[("Days back", |r, here| match r.deleted {
            Some(_) => reach(r, here).text,
            None => band::reach(&r.reach.window, here.now),
        })],
    },
    Column {
        key: "onto",
        title: "Onto what",
        short: "Onto",
        width: (152, 9),
        shown: Shown::Usually,
        compare: Some(|a, b, down| {
            let most = |r: &Row| r.onto.as_ref().map(|o| (o.none.is_none(), o.tally.yes, o.tally.perhaps));
            unknown_last(&most(a), &most(b), down)
        }),
        cell: onto,
        csv: &[
            ("Onto what", |r, here| {
                let cell = onto(r, here);
                [cell.lead, cell.text].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
            }),
            ("Perhaps", |r, _| r.onto.as_ref().map_or(0, |o| o.tally.perhaps).to_string()),
        ],
    },
    Column {
        key: "ends",
        title: "Ends next",
        short: "Ends",
        width: (117, 7),
        shown: Shown::Usually,
        compare: Some(|a, b, down| unknown_last(&first_end(a), &first_end(b), down)),
        cell: ends,
        csv: &[
            ("At once", |r, _| r.urgent.map(|urgent| urgent.brief().to_string()).unwrap_or_default()),
            ("A manual backup ends (UTC)", |r, _| written(r.ends.as_ref().map(|e| e.at))),
            ("Which one", |r, _| r.ends.as_ref().map(|e| e.label.clone()).unwrap_or_default()),
        ],
    },
    Column {
        key: "facts",
        title: "Not known",
        short: "?",
        width: (96, 5),
        shown: Shown::Seldom,
        compare: Some(|a, b, down| turned(a.unknown.len().cmp(&b.unknown.len()), down)),
        cell: not_known,
        csv: &[("Facts not known", |r, _| r.unknown.iter().map(|f| facts::of(*f).noun).collect::<Vec<_>>().join(", "))],
    },
    Column {
        key: "id",
        title: "Id",
        short: "Id",
        width: (280, 10),
        shown: Shown::Seldom,
        compare: Some(|a, b, down| turned(a.id.cmp(&b.id), down)),
        cell: |r, _| Cell::toned(r.id.to_string(), Tone::Quiet),
        csv: &[],
    },
];

/// What a verdict looks like beside a name.
pub fn mark(back: Option<Back>) -> CellMark {
    let (icon, says, tone) = match back {
        Some(Back::Surely) => ("yes", "can be brought back", "ok"),
        Some(Back::Possibly) => ("unk", "only possibly", "ask"),
        Some(Back::NotKnown) => ("unk", "not known", "ask"),
        Some(Back::Not) => ("no", "cannot be brought back", "no"),
        None => ("bin", "deleted", "quiet"),
    };
    CellMark { icon, says, tone }
}

/// The same for a row: what stops it at this moment alone is told from what never goes.
pub fn mark_of(row: &Row) -> CellMark {
    let mark = mark(row.back());
    if row.outlook.as_ref().is_some_and(Outlook::is_stopped_now) {
        CellMark { says: "not at this moment", ..mark }
    } else {
        mark
    }
}

fn today(row: &Row, _: &Here) -> String {
    mark_of(row).says.to_string()
}

fn name(row: &Row, here: &Here) -> Cell {
    let beside = match row.deleted.as_ref().map(Deletion::known) {
        Some(Some(at)) => format!("Deleted {}", (here.relative)(at, here.now)),
        Some(None) => "Deleted, when is not known".to_string(),
        None if row.missing => "Missing from the last import".to_string(),
        None => row.busy.clone().unwrap_or_default(),
    };
    let title = if beside.is_empty() { row.name.clone() } else { format!("{}: {beside}", row.name) };
    Cell { mark: Some(mark_of(row)), beside, title, ..Cell::plain(row.name.clone()) }
}

fn kind(row: &Row, _: &Here) -> Cell {
    let mut cell = Cell::fact(row.kind.as_ref().map(Kind::to_string), row.unknown.contains(&FactKey::Kind));
    if row.dynamics == Some(true) && row.kind == Some(Kind::Production) {
        cell.beside = "D365".to_string();
    } else if row.unknown.contains(&FactKey::Dynamics) {
        cell.ask = "D365?".to_string();
        cell.ask_says = "whether it has Dynamics 365 apps is not known".to_string();
    }
    cell
}

fn region_name(row: &Row) -> Option<String> {
    row.region.as_ref().map(Region::to_string)
}

fn yes_or_no(value: Option<bool>, asked: bool) -> Cell {
    let mut cell = Cell::fact(value.map(|v| if v { "Yes" } else { "No" }.to_string()), asked);
    if value == Some(false) {
        cell.tone = Tone::Quiet;
    }
    cell
}

fn own_key(row: &Row, _: &Here) -> Cell {
    let own = row.key.as_ref().map(|k| *k != Key::Microsoft);
    let title = match &row.key {
        Some(Key::Customer(Some(which))) => which.clone(),
        _ => String::new(),
    };
    Cell { title, ..yes_or_no(own, row.unknown.contains(&FactKey::Key)) }
}

fn reach(row: &Row, here: &Here) -> Cell {
    if row.deleted.is_some() {
        return Cell::toned("deleted", Tone::Quiet);
    }
    let (text, unit) = band::reach_and_unit(&row.reach.window, here.now);
    let tone = if row.back() == Some(Back::Not) { Tone::Quiet } else { Tone::Plain };
    let title = band::reach_why(&row.reach).unwrap_or_default();
    Cell { title, beside: unit.to_string(), ..Cell::toned(text, tone) }
}

/// Count and first name; or what is left; or why there is none.
fn onto(row: &Row, _: &Here) -> Cell {
    row.onto.as_ref().map(|onto| onto_cell(onto, row.onto_first.as_deref())).unwrap_or_default()
}

/// The same wherever it is shown; `first` is the name of the best other one.
pub fn onto_cell(onto: &Onto, first: Option<&str>) -> Cell {
    let Onto { tally, itself, left, none, .. } = onto;
    if let Some(none) = none {
        return Cell::toned(outlook::briefly(none), Tone::Quiet);
    }
    let TargetCounts { yes, perhaps, not_now, .. } = *tally;
    let says = format!("{} perhaps", thousands(perhaps));
    let (ask, ask_says) =
        if perhaps > 0 { (format!("+{} ?", thousands(perhaps)), says.clone()) } else { Default::default() };
    let first = if *itself { Some("itself") } else { first };
    let cell = match (first, yes) {
        (Some(first), 1) => Cell { lead: "1".to_string(), ask, ask_says, ..Cell::plain(first) },
        (Some(first), 2..) => Cell { lead: thousands(yes), ask, ask_says, ..Cell::plain(format!("{first}, …")) },
        _ => match left {
            _ if not_now > 0 => {
                Cell { ask, ask_says, ..Cell::toned(format!("{} not at this moment", thousands(not_now)), Tone::Quiet) }
            }
            Some(left) => Cell { ask, ask_says, ..Cell::plain(outlook::left(*left)) },
            None if perhaps > 0 => Cell::toned(says, Tone::Ask),
            None => Cell::toned("nothing", Tone::Quiet),
        },
    };
    Cell { title: outlook::tally(tally), ..cell }
}

/// What cannot wait comes before what ends at an instant.
fn first_end(row: &Row) -> Option<(bool, Option<DateTime<Utc>>)> {
    match (row.urgent, &row.ends) {
        (Some(_), _) => Some((false, None)),
        (None, ends) => ends.as_ref().map(|ends| (true, Some(ends.at))),
    }
}

fn ends(row: &Row, here: &Here) -> Cell {
    if let Some(urgent) = row.urgent {
        let beside = match urgent {
            Urgent::Recover => "recover it",
            Urgent::SwitchBack => "switch it back",
        };
        let then = row.ends.as_ref().map(|ends| format!("; “{}” ends {}", ends.label, (here.stamp)(ends.at)));
        let title = format!("{}{}", urgent.brief().capital(), then.unwrap_or_default());
        return Cell { beside: beside.to_string(), title, ..Cell::toned("at once".to_string(), Tone::Loss) };
    }
    let Some(ends) = &row.ends else { return Cell::default() };
    let far = (here.relative)(ends.at, here.now);
    // At the latest: "in 18 days" becomes "within 18 days".
    let text = if ends.sure { far } else { far.replacen("in ", "within ", 1) };
    let tone = if ends.at - here.now < chrono::TimeDelta::days(1) { Tone::Loss } else { Tone::Plain };
    let title = format!("“{}” ends {}", ends.label, (here.stamp)(ends.at));
    Cell { beside: ends.label.clone(), title, ..Cell::toned(text, tone) }
}

fn not_known(row: &Row, _: &Here) -> Cell {
    let mut tags = row.unknown.iter().map(|f| facts::of(*f).tag);
    let Some(first) = tags.next() else { return Cell::default() };
    let rest = row.unknown.len().saturating_sub(1);
    let title = row.unknown.iter().map(|f| facts::of(*f).noun).collect::<Vec<_>>().join(", ");
    let text = if rest > 0 { format!("? {first} +{rest}") } else { format!("? {first}") };
    Cell { title, ..Cell::toned(text, Tone::Ask) }
}

fn written(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
}

fn said(value: Option<bool>) -> String {
    told(value.map(|v| if v { "yes" } else { "no" }))
}

/// The furthest back is the most.
fn by_reach(a: &Row, b: &Row, down: bool) -> Ordering {
    let from = |r: &Row| {
        let (late, window) = (DateTime::<Utc>::MAX_UTC, &r.reach.window);
        (window.guaranteed_from.unwrap_or(late), window.possible_from.unwrap_or(late))
    };
    turned(from(b).cmp(&from(a)), down)
}

/// What is unknown stands last, whichever way the column runs.
fn unknown_last<T: Ord>(a: &Option<T>, b: &Option<T>, down: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(b), down),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
