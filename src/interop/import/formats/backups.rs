//! Lists of manual backups: PowerShell (`value[]`), the Power Platform API (`collection[]`), and the text table of pac.

use super::super::Severity;
use super::super::fields::{self, Instant, LocalDate, Zoneless};
use super::super::node::Node;
use super::super::reading::Form;
use super::super::row::{DateField, File, Row};
use super::super::says::Cause;
use super::{FileShape, Format, HowTo, Proof, Reach, Reads};
use crate::domain::environment::EnvironmentId;
use crate::domain::fact::Origin;
use crate::domain::instants::{later, past};
use crate::domain::inventory::BackupList;
use crate::domain::manual_backup::ManualBackup;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};

const POINT: DateField = DateField {
    name: "backupPointDateTime",
    keys: &["backupPointDateTime", "PointDate", "PointDateTime", "restorePointDateTime"],
    under: &["", "properties"],
};
const EXPIRY: DateField = DateField {
    name: "backupExpiryDateTime",
    keys: &["backupExpiryDateTime", "Expiry", "ExpiryDate", "ExpirationDateTime"],
    under: &["", "properties"],
};

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let inside = row.get("properties");
    let pointed = ["backupPointDateTime", "PointDate"].iter().any(|k| row.has(k) || inside.has(k));
    pointed.then_some(Proof::Own)
}

fn called(came: FileShape) -> &'static str {
    match came.form {
        Form::Text => "pac admin list-backups",
        _ => "list of manual backups",
    }
}

pub static FORMAT: Format = Format {
    what: "manual backups",
    called,
    recognised_by: "`backupPointDateTime`, or the column `Point Date` of `pac admin list-backups`",
    proof,
    reads: Reads::Facts(|gathered, r, node| match read_row(r, node) {
        Ok(pending) => gathered.backups.push(pending),
        Err(NotManual { labelled }) => gathered.lost |= labelled,
    }),
    reach: Reach::None,
    instead: "",
    read_as: "manual backups of one environment; an empty list is no manual backups",
    how: &[
        HowTo {
            title: "Manual backups of one environment",
            command: "Get-PowerAppEnvironmentBackups -EnvironmentName <environment id> | ConvertTo-Json -Depth 10 > backups.json",
            note: "The list does not always say whose backups they are; then you are asked.",
        },
        HowTo {
            title: "Manual backups with pac",
            command: "pac admin list-backups --environment <environment id> > backups.txt",
            note: "Its dates are local times, day first.",
        },
    ],
    dates: &[POINT, EXPIRY],
};

/// A time of a row: known, or in a local order that the whole list decides.
#[derive(Clone, Debug)]
enum Time {
    At(DateTime<Utc>),
    Local(LocalDate, String),
    /// Not told to the instant: the earliest that it can be.
    From(DateTime<Utc>),
    None,
}

/// A manual backup whose local times wait for the rest of the list.
pub struct Pending {
    place: String,
    environment: Option<String>,
    id: Option<String>,
    label: Option<String>,
    created_by: Option<String>,
    point: Time,
    /// The point as it was printed.
    printed: String,
    expiry: Time,
    /// It comes from pac, which prints local times.
    pac: bool,
}

/// Groups what was read by the environment that each row names. `part`: there are more than these.
pub fn finish(file: &mut File, pending: Vec<Pending>, part: bool) -> Vec<BackupList> {
    if pending.is_empty() {
        return Vec::new();
    }
    let order = day_order(file, &pending);
    let mut lists: Vec<BackupList> = Vec::new();
    let mut whole = !part;
    let mut at: HashMap<Option<EnvironmentId>, usize> = HashMap::new();
    let mut known: HashSet<(Option<EnvironmentId>, String)> = HashSet::new();
    for row in pending {
        let place = row.place.clone();
        let Some((environment, backup)) = settle(&mut Row::new(file, place.clone()), row, order) else {
            whole = false;
            continue;
        };
        if !known.insert((environment.clone(), backup.id.to_ascii_lowercase())) {
            Cause::BackupTwice.tell(&mut file.findings, &place, "id", &backup.id);
            continue;
        }
        let index = *at.entry(environment.clone()).or_insert(lists.len());
        match lists.get_mut(index) {
            Some(list) => list.backups.push(backup),
            None => lists.push(BackupList { environment, backups: vec![backup], whole: true }),
        }
    }
    if !whole && !lists.is_empty() {
        lists.iter_mut().for_each(|list| list.whole = false);
        Cause::PartOfBackups.of_file(&mut file.findings);
    }
    if lists.iter().any(|l| l.environment.is_none()) {
        Cause::WhoseBackups.of_file(&mut file.findings);
    }
    lists
}

/// A row that calls itself a system backup. One with a label contradicts that, and may be a manual backup that is known.
struct NotManual {
    labelled: bool,
}

fn read_row(r: &mut Row<'_>, node: &Node<'_>) -> Result<Pending, NotManual> {
    let props = r.child(node, "properties").into_owned();
    let any =
        |keys: &[&str]| if node.first(keys).is_null() { props.first(keys).clone() } else { node.first(keys).clone() };
    let point = POINT.find(&[node, &props]).cloned().unwrap_or(Node::Null);
    let expiry = EXPIRY.find(&[node, &props]).cloned().unwrap_or(Node::Null);
    // The column that pac prints; the APIs print UTC.
    let pac = node.has("PointDate");
    let zoneless = if pac { Zoneless::Local } else { r.file.zoneless };
    // What else prints a local date does not say of which zone: PowerShell makes them of UTC.
    let expiry = match time(&expiry, zoneless) {
        Time::Local(..) if !pac => {
            r.instant_of(&[node, &props], &EXPIRY);
            Time::None
        }
        told => told,
    };
    let label = any(&["label", "displayName"]).text().map(str::to_string);
    let creator = any(&["createdBy"]);
    let creator = r.open(&creator).into_owned();
    let system = |node: &Node<'_>| node.text().is_some_and(|t| t.eq_ignore_ascii_case("system"));
    if (label.is_none() && system(creator.get("type"))) || system(&any(&["backupType"])) {
        r.tell("", "", &Cause::SystemBackup);
        return Err(NotManual { labelled: label.is_some() });
    }
    let long = any(&["id", "backupId", "name"]).text().map(str::to_string);
    let environment = any(&["environmentId", "environmentName"])
        .text()
        .filter(|e| fields::is_environment_id(e))
        .map(str::to_string)
        .or_else(|| environment_in(long.as_deref().unwrap_or_default()));
    let created_by = match &creator {
        Node::Map(_) => creator.first(&["displayName", "userPrincipalName", "email", "id"]).text().map(str::to_string),
        node => node.text().map(str::to_string),
    };
    let id = long.as_deref().and_then(|l| l.rsplit('/').next()).filter(|i| !i.is_empty()).map(str::to_string);
    Ok(Pending {
        place: r.place.clone(),
        environment,
        id,
        label,
        created_by,
        printed: point.words().unwrap_or_default(),
        point: time(&point, zoneless),
        expiry,
        pac,
    })
}

fn time(node: &Node<'_>, zoneless: Zoneless) -> Time {
    match fields::instant(node, zoneless) {
        Instant::At(at) => Time::At(at),
        Instant::Between(from, _) => Time::From(from),
        Instant::Nothing | Instant::Outside => Time::None,
        _ => {
            let text = node.text().unwrap_or_default();
            LocalDate::parse(text).map_or(Time::None, |date| Time::Local(date, text.to_string()))
        }
    }
}

fn settle(r: &mut Row<'_>, row: Pending, order: Order) -> Option<(Option<EnvironmentId>, ManualBackup)> {
    let loose = match row.point {
        Time::Local(date, _) => !date.timed || !row.pac,
        Time::From(_) => true,
        Time::At(_) | Time::None => false,
    };
    let point =
        if loose { Err(Cause::LoosePoint) } else { moment(r, POINT.name, &row.point, order).ok_or(Cause::NoPoint) };
    // Which zone a local time is of is a guess.
    let local = matches!(row.point, Time::Local(..));
    let ahead = |at: &DateTime<Utc>, now| if local { *at > a_day_after(now) } else { past(*at, now).is_none() };
    let point = match point {
        Ok(at) if !ahead(&at, r.file.now) => at,
        point => {
            r.tell(POINT.name, &row.printed, &point.err().unwrap_or(Cause::Future));
            return None;
        }
    };
    let reported_expiry = moment(r, EXPIRY.name, &row.expiry, order);
    // Without an id of its own it is told apart by its point, which can never be edited (M2).
    let id = row.id.unwrap_or_else(|| format!("point-{}", point.format("%Y%m%dT%H%M%SZ")));
    let label = row.label.unwrap_or_else(|| {
        r.tell("label", "", &Cause::NoLabel);
        point.format("%Y-%m-%d %H:%M UTC").to_string()
    });
    let (created_by, origin) = (row.created_by, Origin::Import(0));
    let backup = ManualBackup { id, label, point, asked: None, created_by, reported_expiry, origin };
    Some((row.environment.map(EnvironmentId::new), backup))
}

/// The environment in a long id such as `…/environments/<id>/backups/<id>`.
fn environment_in(long: &str) -> Option<String> {
    let mut parts = long.split('/').skip_while(|p| !p.eq_ignore_ascii_case("environments")).skip(1);
    parts.next().filter(|p| fields::is_environment_id(p)).map(str::to_string)
}

/// An instant of a list whose order is known.
fn moment(r: &mut Row<'_>, field: &str, time: &Time, order: Order) -> Option<DateTime<Utc>> {
    let (date, text) = match time {
        Time::At(at) | Time::From(at) => return Some(*at),
        Time::None => return None,
        Time::Local(date, text) => (date, text.as_str()),
    };
    let offset = r.file.offset;
    let (at, doubtful) = date.local(order.day_first).and_then(|l| fields::local_to_utc(l, offset))?;
    let other = date.local(!order.day_first).and_then(|l| fields::local_to_utc(l, offset)).map(|(at, _)| at);
    if let (false, Some(other)) = (order.certain, other.filter(|o| *o != at)) {
        r.finding(
            Severity::Warning,
            field,
            text,
            format!(
                "this date can be read as {} or as {}; the {} was taken",
                at.format("%-d %B %Y"),
                other.format("%-d %B %Y"),
                if order.day_first { "day-first reading, which pac documents," } else { "month-first reading" }
            ),
            "compare it with the manual backups in the admin center",
        );
    }
    if doubtful {
        r.finding(
            Severity::Warning,
            field,
            text,
            "clocks were changed at this local time, so it may be an hour later",
            "compare it with the manual backups in the admin center",
        );
    }
    Some(at)
}

fn a_day_after(now: DateTime<Utc>) -> DateTime<Utc> {
    later(now, TimeDelta::hours(24))
}

/// Whether the day or the month comes first in local dates, and whether the file proves it.
#[derive(Clone, Copy)]
struct Order {
    day_first: bool,
    certain: bool,
}

/// pac prints `dd/MM/yyyy`, but other settings of Windows print the month first. A reading is ruled out where a date does not
/// exist, a restore point lies in the future, or an expiry is not 1 to 29 days after its point.
fn day_order(file: &mut File, rows: &[Pending]) -> Order {
    let local = |time: &Time| match time {
        Time::Local(date, _) => Some(*date),
        _ => None,
    };
    let dates: Vec<(LocalDate, Option<LocalDate>)> =
        rows.iter().filter(|row| row.pac).filter_map(|row| Some((local(&row.point)?, local(&row.expiry)))).collect();
    if dates.is_empty() {
        return Order { day_first: true, certain: true };
    }
    let latest = a_day_after(file.now);
    let offset = file.offset;
    let plausible = |day_first: bool| {
        dates.iter().all(|(point, expiry)| {
            let utc =
                |d: &LocalDate| d.local(day_first).and_then(|l| fields::local_to_utc(l, offset)).map(|(at, _)| at);
            let Some(at) = utc(point).filter(|at| *at <= latest) else { return false };
            match expiry {
                Some(e) => utc(e).is_some_and(|e| (1..=29).contains(&(e - at).num_days())),
                None => true,
            }
        })
    };
    file.findings.file(
        Severity::Note,
        "local times were read in the time zone of this browser",
        "if pac ran in another time zone, compare the times with the admin center",
    );
    let half_day = dates.iter().any(|(p, _)| p.half_day);
    // The one reading under which every date exists wins over everything, then the only plausible one.
    let exists = |day_first: bool| dates.iter().all(|(point, _)| point.local(day_first).is_some());
    for holds in [&exists as &dyn Fn(bool) -> bool, &plausible] {
        match (holds(true), holds(false)) {
            (true, false) => return Order { day_first: true, certain: true },
            (false, true) => return Order { day_first: false, certain: true },
            _ => {}
        }
    }
    // AM and PM go with the month first; without them the documented order is taken.
    Order { day_first: !half_day, certain: false }
}
