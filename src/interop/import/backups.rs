//! Lists of manual backups: PowerShell (`value[]`), the Power Platform API (`collection[]`), and the text table of pac.

use super::Severity;
use super::fields::{self, Instant, LocalDate};
use super::node::Node;
use super::row::{File, Row};
use crate::domain::environment::EnvironmentId;
use crate::domain::fact::Origin;
use crate::domain::inventory::BackupList;
use crate::domain::manual_backup::ManualBackup;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};

/// Reads rows of manual backups, grouped by the environment that each names.
pub fn read(file: &mut File, rows: &[(String, &Node<'_>)]) -> Vec<BackupList> {
    let order = day_order(file, rows);
    let mut lists: Vec<BackupList> = Vec::new();
    // The list of each environment by its place, and the ids in each.
    let mut places: HashMap<Option<EnvironmentId>, usize> = HashMap::new();
    let mut known: HashSet<(usize, String)> = HashSet::new();
    for (place, node) in rows {
        let Some((environment, backup)) = read_row(&mut Row::new(file, place.clone()), node, order) else { continue };
        let at = *places.entry(environment.clone()).or_insert(lists.len());
        if !known.insert((at, backup.id.to_ascii_lowercase())) {
            file.findings.add(
                Severity::Note,
                place,
                "id",
                &backup.id,
                "this manual backup is listed twice; the first row counts",
                "",
            );
            continue;
        }
        match lists.get_mut(at) {
            Some(list) => list.backups.push(backup),
            None => lists.push(BackupList { environment, backups: vec![backup] }),
        }
    }
    if lists.iter().any(|l| l.environment.is_none()) {
        file.findings.file(
            Severity::Note,
            "the file does not say to which environment these manual backups belong",
            "choose the environment before you keep them",
        );
    }
    lists
}

fn read_row(r: &mut Row<'_>, node: &Node<'_>, order: Order) -> Option<(Option<EnvironmentId>, ManualBackup)> {
    let props = r.child(node, "properties").into_owned();
    let any =
        |keys: &[&str]| if node.first(keys).is_null() { props.first(keys).clone() } else { node.first(keys).clone() };
    let point_field = any(&["backupPointDateTime", "PointDate", "PointDateTime", "restorePointDateTime"]);
    // The column that pac prints; the APIs print UTC.
    let local = node.has("PointDate");
    let expiry_field = any(&["backupExpiryDateTime", "Expiry", "ExpiryDate", "ExpirationDateTime"]);
    let label = any(&["label", "displayName"]).text().map(str::to_string);
    let creator = any(&["createdBy"]);
    let creator = r.open(&creator).into_owned();
    if label.is_none() && creator.get("type").text().is_some_and(|t| t.eq_ignore_ascii_case("system")) {
        r.finding(Severity::Note, "", "", "a system backup, not a manual one: left out", "");
        return None;
    }
    let Some(point) = moment(r, "backupPointDateTime", &point_field, local, order) else {
        r.finding(
            Severity::Error,
            "backupPointDateTime",
            &point_field.words().unwrap_or_default(),
            "a manual backup without a restore point that can be read: left out",
            "export the list again with `Get-PowerAppEnvironmentBackups … | ConvertTo-Json -Depth 10`",
        );
        return None;
    };
    let reported_expiry = moment(r, "backupExpiryDateTime", &expiry_field, local, order);
    let long = any(&["id", "backupId", "name"]).text().map(str::to_string);
    let environment = any(&["environmentId", "environmentName"])
        .text()
        .filter(|e| fields::is_environment_id(e))
        .map(str::to_string)
        .or_else(|| environment_in(long.as_deref().unwrap_or_default()));
    let id = match long.as_deref().and_then(|l| l.rsplit('/').next()).filter(|i| !i.is_empty()) {
        Some(id) => id.to_string(),
        // Without an id of its own it is told apart by its point, which can never be edited (M2).
        None => format!("point-{}", point.format("%Y%m%dT%H%M%SZ")),
    };
    let created_by = match &creator {
        Node::Map(_) => creator.first(&["displayName", "userPrincipalName", "email", "id"]).text().map(str::to_string),
        node => node.text().map(str::to_string),
    };
    let label = label.unwrap_or_else(|| {
        r.finding(Severity::Note, "label", "", "a manual backup without a label: shown by its time", "");
        point.format("%Y-%m-%d %H:%M UTC").to_string()
    });
    let backup = ManualBackup { id, label, point, asked: None, created_by, reported_expiry, origin: Origin::Import(0) };
    Some((environment.map(EnvironmentId::new), backup))
}

/// The environment in a long id such as `…/environments/<id>/backups/<id>`.
fn environment_in(long: &str) -> Option<String> {
    let mut parts = long.split('/').skip_while(|p| !p.eq_ignore_ascii_case("environments")).skip(1);
    parts.next().filter(|p| fields::is_environment_id(p)).map(str::to_string)
}

/// An instant; in a column of pac (`local`) a date without a zone is a local time.
fn moment(r: &mut Row<'_>, field: &str, node: &Node<'_>, local: bool, order: Order) -> Option<DateTime<Utc>> {
    let text = node.text().unwrap_or_default();
    match fields::instant(node, !local) {
        Instant::At(at) => Some(at),
        Instant::Nothing => None,
        _ => {
            let offset = r.file.offset;
            let date = LocalDate::parse(text)?;
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
    }
}

/// Whether the day or the month comes first in local dates, and whether the file proves it.
#[derive(Clone, Copy)]
struct Order {
    day_first: bool,
    certain: bool,
}

/// pac prints `dd/MM/yyyy`, but other settings of Windows print the month first. A reading is ruled out where a date does not
/// exist, a restore point lies in the future, or an expiry is not 1 to 29 days after its point.
fn day_order(file: &mut File, rows: &[(String, &Node<'_>)]) -> Order {
    let dates: Vec<(LocalDate, Option<LocalDate>)> = rows
        .iter()
        .filter_map(|(_, n)| {
            let text = |keys: &[&str]| n.first(keys).text().and_then(LocalDate::parse);
            let point = text(&["PointDate", "PointDateTime", "backupPointDateTime"])?;
            Some((point, text(&["Expiry", "ExpiryDate", "backupExpiryDateTime"])))
        })
        .collect();
    if dates.is_empty() {
        return Order { day_first: true, certain: true };
    }
    let latest = file.now.checked_add_signed(TimeDelta::hours(24)).unwrap_or(file.now);
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
