//! What each sort of news does to each sort of environment, as golden tables to read.
//!
//! An environment in many states is told the same thing, and the states in which it means the same stand together in one line. What
//! stands in a line is all that the merge changed. After a change that is meant, refresh and read the difference:
//! `UPDATE_GOLDEN=1 cargo test --no-default-features --test native merge_grid::`

use crate::merge_service::read_operation;
use crate::retention_golden;
use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::environment::{
    Activity, Deletion, Environment, EnvironmentId, Key, Kind, ManualBackup, Operation, Policy, Region, Running,
    RuntimeState,
};
use restore_desk::domain::fact::{Fact, Known, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::inventory::{ApplicationList, BackupList, Inventory, Observation};
use restore_desk::domain::merge::{FieldChange, Learned, LineKind, Note, carry_out};
use restore_desk::domain::service::{
    Act, Announced, CandidateList, Candidates, Ending, FinanceLink, GroupRules, Offered, Reading, ServiceOperation,
    Underway,
};
use restore_desk::domain::tenant::{ImportRecord, Tenant};
use std::fmt::{Debug, Write};

/// `05-06 10:00`, of 2026.
#[track_caller]
fn t(text: &str) -> DateTime<Utc> {
    let text = if text.len() == 5 { format!("2026-{text} 00:00") } else { format!("2026-{text}") };
    chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").unwrap_or_else(|e| panic!("{text}: {e}")).and_utc()
}

/// When the list was kept that everything known is from.
const LISTED: &str = "05-05 06:00";
/// When the news are merged.
const NOW: &str = "05-10";

fn id(raw: &str) -> EnvironmentId {
    EnvironmentId::new(raw)
}
fn listed<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(0), t(LISTED))
}
fn recorded<T>(value: T, at: &str) -> Fact<T> {
    Fact::known(value, Origin::Recorded, t(at))
}

/// A state that an environment is in before the news.
type State = (&'static str, Box<dyn Fn(&mut Environment)>);

fn state(name: &'static str, change: impl Fn(&mut Environment) + 'static) -> State {
    (name, Box::new(change))
}

/// The environment `main` in this state, and another one.
fn tenant(change: &dyn Fn(&mut Environment)) -> Tenant {
    let environment = |name: &str| {
        let mut env = Environment::new(name);
        env.kind = listed(Kind::Production);
        env.managed = listed(true);
        env.dynamics = listed(false);
        env.existed_by = Some(t(LISTED));
        env.last_import = Some(0);
        env
    };
    let (mut main, other) = (environment("main"), environment("other"));
    change(&mut main);
    let record = ImportRecord {
        number: 0,
        at: t(LISTED),
        name: "list".into(),
        format: "list".into(),
        environments: 2,
        complete: false,
        told: Vec::new(),
        asked: None,
    };
    Tenant { environments: vec![main, other].into(), imports: vec![record], ..Tenant::default() }
}

/// Values as short as they can be read.
mod brief {
    use super::*;

    pub fn at(at: DateTime<Utc>) -> String {
        let minutes = if at.timestamp() % 86_400 == 0 { at.format("%m-%d") } else { at.format("%m-%d %H:%M") };
        let year = at.format("%Y-").to_string();
        let more = at - DateTime::from_timestamp(at.timestamp().div_euclid(60) * 60, 0).unwrap();
        let rest = if more.is_zero() { String::new() } else { format!("+{more}") };
        format!("{}{minutes}{rest}", if year == "2026-" { "" } else { &year })
    }
    pub fn maybe<T>(value: &Option<T>, text: impl Fn(&T) -> String) -> String {
        value.as_ref().map_or("?".into(), text)
    }
    fn known<T: Debug>(known: &Known<T>) -> String {
        let origin = match known.origin {
            Origin::Import(n) => format!("file {n}"),
            Origin::Answer => "answer".into(),
            Origin::Recorded => "recorded".into(),
            Origin::Sample => "sample".into(),
        };
        format!("{} ({origin}, {})", plain(&known.value), at(known.since))
    }
    pub fn fact<T: Debug>(fact: &Fact<T>) -> String {
        match (fact.observed(), fact.answered()) {
            (None, None) => "?".into(),
            (Some(one), None) | (None, Some(one)) => known(one),
            (Some(told), Some(word)) => format!("{} beside {}", known(told), known(word)),
        }
    }
    /// As it is printed, with instants made short.
    pub fn plain(value: &impl Debug) -> String {
        let text = format!("{value:?}").replace(":00Z", "").replace("2026-", "").replace("T00:00", "");
        text.replace('T', " ").replace(" rial", "Trial").replace(" eams", "Teams")
    }
    pub fn activity(a: &Activity) -> String {
        format!("{} since {} seen {}", plain(&a.what), maybe(&a.since, |x| at(*x)), maybe(&a.seen, |x| at(*x)))
    }
    pub fn deletion(d: &Deletion) -> String {
        match (d.is_span(), d.answered()) {
            (false, _) => at(d.latest()),
            (true, Some(word)) => {
                let mut span = *d;
                span.forget_answer();
                format!("{}, answered {}", deletion(&span), at(word.at))
            }
            (true, None) => format!("{}..{}", maybe(&d.earliest(), |x| at(*x)), at(d.latest())),
        }
    }
    pub fn change(c: &Change) -> String {
        let when = if c.not_before == c.at { at(c.at) } else { format!("{}..{}", at(c.not_before), at(c.at)) };
        let from = |from: &Option<String>| from.clone().unwrap_or("?".into());
        let what = match &c.what {
            Changed::Kind { from: was, to } => format!("{} > {to}", from(&was.as_ref().map(Kind::to_string))),
            Changed::Managed { from: was, to } => format!("managed {} > {to}", from(&was.map(|x| x.to_string()))),
            Changed::ManagedUnknown { from } => format!("managed {from} > ?"),
            Changed::Dynamics { from: was, to } => format!("apps {} > {to}", from(&was.map(|x| x.to_string()))),
            Changed::DynamicsUnknown { from } => format!("apps {from} > ?"),
            Changed::Dataverse { from: was, to } => format!("database {} > {to}", from(&was.map(|x| x.to_string()))),
            Changed::CustomerKey { from: was, to } => format!("own key {} > {to}", from(&was.map(|x| x.to_string()))),
            Changed::RetentionSetting { from: was, to } => {
                format!("days {} > {to}", from(&was.map(|x| x.to_string())))
            }
            Changed::Region { from: was, to } => {
                format!("region {} > {}", from(&was.as_ref().map(|r| r.as_str().into())), to.as_str())
            }
            Changed::Name { from, to } => format!("name {from} > {to}"),
            Changed::Restored { source, point } => format!("restored {source} of {}", at(*point)),
            Changed::Overwritten { copied, source } => {
                let what = if *copied { "copied over" } else { "restored over" };
                format!("{what} from {}", maybe(source, |s| s.to_string()))
            }
            Changed::Deleted => "deleted".into(),
            Changed::Recovered => "recovered".into(),
        };
        format!("[{when} {what}]")
    }
    pub fn backup(b: &ManualBackup) -> String {
        let mut text = format!("{} {} at {}", b.id, b.label, at(b.point));
        for (word, when) in [("asked", b.asked), ("expires", b.reported_expiry)] {
            if let Some(when) = when {
                write!(text, " {word} {}", at(when)).unwrap();
            }
        }
        if let Some(by) = &b.created_by {
            write!(text, " by {by}").unwrap();
        }
        format!("{text} {}", plain(&b.origin))
    }
    pub fn reading(r: &Reading) -> String {
        let days = maybe(&r.offered.period_days, u32::to_string);
        format!("from {} for {days} days, asked {}", maybe(&r.offered.from, |x| at(*x)), at(r.asked))
    }
    pub fn learned(l: &Learned) -> String {
        let (whose, what) = match l {
            Learned::Operations { environment, count } => (environment, format!("{count} operations")),
            Learned::Past { environment, change: c } => (environment, change(c)),
            Learned::Created { environment, at: when } => (environment, format!("created {}", at(*when))),
            Learned::Runs { environment, what, since } => {
                (environment, format!("runs {} since {}", plain(what), maybe(since, |x| at(*x))))
            }
            Learned::Over { environment, what } => (environment, format!("over {}", plain(what))),
            Learned::FailedRestore { environment, at: when } => (environment, format!("failed {}", at(*when))),
            Learned::Unused { environment, act, at: when } => {
                (environment, format!("fits nothing: {} {}", plain(act), at(*when)))
            }
            other => return plain(other),
        };
        if *whose == id("main") { what } else { format!("{whose} {what}") }
    }
}

/// All that is known of an environment, by name.
fn all(env: &Environment) -> Vec<(&'static str, String)> {
    use brief::{activity, at, backup, change, deletion, fact, maybe, plain, reading};
    let list = |all: Vec<String>| all.join(" ");
    vec![
        ("name", env.name.clone()),
        ("kind", fact(&env.kind)),
        ("region", fact(&env.region)),
        ("database", fact(&env.dataverse)),
        ("apps", fact(&env.dynamics)),
        ("managed", fact(&env.managed)),
        ("key", fact(&env.key)),
        ("policies", fact(&env.policies)),
        ("days", fact(&env.retention_setting)),
        ("oldest", fact(&env.oldest_backup)),
        ("reading", maybe(&env.reading, reading)),
        ("created", fact(&env.created)),
        ("existed", maybe(&env.existed_by, |x| at(*x))),
        ("lived", maybe(&env.lived, |x| at(*x))),
        ("state", fact(&env.state)),
        ("background", fact(&env.background_operations)),
        ("group", fact(&env.group)),
        ("group id", plain(&env.group_id)),
        ("finance", plain(&env.finance)),
        ("endings", plain(&env.endings)),
        ("candidates", maybe(&env.candidates, |c| format!("{} at {}", c.offered.len(), at(c.asked)))),
        ("megabytes", fact(&env.database_mb)),
        ("activity", maybe(&env.activity, activity)),
        ("running", plain(&env.running.is_some())),
        ("deleted", maybe(&env.deleted, deletion)),
        ("failed", maybe(&env.failed_restore, |x| at(*x))),
        ("address", plain(&env.url)),
        ("azure", plain(&env.azure_region)),
        ("backups", list(env.backups.iter().map(backup).collect())),
        ("history", list(env.history.iter().map(change).collect())),
        ("reasons", plain(&env.service_reasons.len())),
    ]
}

fn field(c: &FieldChange) -> String {
    let over = c.overruled.map_or(String::new(), |at| format!(" (over the answer of {})", brief::at(at)));
    format!("{:?}{over}", c.field)
}

/// All that merging `file` changes, and what it says.
fn outcome(before: &Tenant, file: &Inventory) -> String {
    let (after, preview) = carry_out(before, file, t(NOW));
    let mut out: Vec<String> = Vec::new();
    for name in ["main", "other"] {
        let (was, is) = (before.get(&id(name)).unwrap(), after.get(&id(name)).unwrap());
        let who = if name == "main" { "" } else { "other's " };
        for ((what, was), (_, is)) in all(was).into_iter().zip(all(is)).filter(|(was, is)| was != is) {
            // What is added at the end is said alone.
            let is = match is.strip_prefix(&was).filter(|_| what == "history" && !was.is_empty()) {
                Some(more) => format!("… {}", more.trim()),
                None => is,
            };
            out.push(format!("{who}{what} {is}"));
        }
    }
    for env in &after.environments {
        assert!(env.operations.iter().all(|o| o.environment.is_none()), "whose it is, is where it stands");
    }
    for line in &preview.lines {
        if let LineKind::Changed(changes) = &line.what {
            out.push(format!("changes {}", changes.iter().map(field).collect::<Vec<_>>().join(", ")));
        }
        for note in &line.notes {
            let note = match note {
                Note::AnswerStands { field, .. } => format!("the answer stands: {field:?}"),
                Note::DeletionRefuted(at) => format!("the answer is refuted: {}", brief::at(*at)),
                Note::DeletedAndListed(_) => "deleted, and listed".into(),
                Note::Installed { first, more } => format!("{first} and {more} more are installed"),
            };
            out.push(note);
        }
    }
    for backup in &preview.backups {
        out.push(format!("backup {:?}: {}", backup.what, backup.label));
    }
    let learned: Vec<String> = preview.learned.iter().map(brief::learned).collect();
    if !learned.is_empty() {
        out.push(format!("learned: {}", learned.join(", ")));
    }
    if out.is_empty() { "nothing".into() } else { out.join("; ") }
}

/// Each file told to each state; the states in which it means the same stand in one line.
fn table(states: &[State], files: &[(String, Inventory)]) -> String {
    let mut text = String::new();
    for (said, file) in files {
        writeln!(text, "{said}").unwrap();
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for (name, change) in states {
            let out = outcome(&tenant(change), file);
            match groups.iter_mut().find(|(known, _)| *known == out) {
                Some((_, names)) => names.push(name),
                None => groups.push((out, vec![name])),
            }
        }
        // The most are not named again and again.
        let most = groups.iter().map(|(_, names)| names.len()).max().unwrap_or(0);
        groups.sort_by_key(|(_, names)| std::cmp::Reverse(names.len() == most && most > 4));
        for (i, (out, names)) in groups.iter().enumerate() {
            let names = if i == 0 && most > 4 { "most".to_string() } else { names.join(" | ") };
            writeln!(text, "    {names}: {out}").unwrap();
        }
    }
    text
}

/// `Convert Succeeded 05-06 10:00 +1m`, `Restore Running 05-06 10:00 other`.
#[track_caller]
fn operation(text: &str) -> ServiceOperation {
    let read = read_operation(text, t, id);
    assert!(!matches!(read.act, Act::Other(_)), "{text}");
    read
}

/// As it is kept with its environment.
#[track_caller]
fn kept(text: &str) -> ServiceOperation {
    ServiceOperation { environment: None, ..operation(text) }
}

fn doing(what: Operation, since: Option<&str>, seen: Option<&str>) -> Activity {
    Activity { what, since: since.map(t), seen: seen.map(t) }
}

/// Of its past, and of what goes on.
fn pasts() -> Vec<State> {
    let then = |what: &'static [(&'static str, Changed)]| {
        move |e: &mut Environment| {
            e.history = what
                .iter()
                .map(|(when, what)| match when.split_once("..") {
                    Some((from, at)) => Change { not_before: t(from), at: t(at), what: what.clone() },
                    None => Change::exactly(t(when), what.clone()),
                })
                .collect();
        }
    };
    const SWITCHED: Changed = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
    const BACK: Changed = Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production };
    const OVER: Changed = Changed::Overwritten { copied: false, source: None };
    const MANAGED: Changed = Changed::Managed { from: Some(false), to: true };
    vec![
        state("plain", |_| {}),
        state("Sandbox", |e| e.kind = listed(Kind::Sandbox)),
        state("Developer", |e| e.kind = listed(Kind::Developer)),
        state("of no known kind", |e| e.kind = Fact::unknown()),
        state("a Sandbox since it was recorded on 6 May", |e| e.kind = recorded(Kind::Sandbox, "05-06 10:00")),
        state("nothing else known", |e| (e.managed, e.dynamics) = (Fact::unknown(), Fact::unknown())),
        state("answered on 6 May", |e| {
            e.kind.answer(Kind::Sandbox, t("05-06 10:00"));
            e.managed.answer(false, t("05-06 10:00"));
            e.dynamics.answer(true, t("05-06 10:00"));
        }),
        state("created 1 April", |e| e.created = listed(t("04-01 10:00"))),
        state("there by 1 April", |e| e.existed_by = Some(t("04-01 10:00"))),
        state("switched 8 April", move |e| {
            e.kind = listed(Kind::Sandbox);
            then(&[("04-08 10:00", SWITCHED)])(e);
        }),
        state("switched to and fro", then(&[("03-25 10:00", SWITCHED), ("04-08 10:05", BACK)])),
        state("managed since 8 April", then(&[("04-08 10:00", MANAGED)])),
        state("no longer known as managed", then(&[("04-01 10:05", Changed::ManagedUnknown { from: false })])),
        state("overwritten 1 April", then(&[("04-01 10:05", OVER)])),
        state("overwritten sometime", then(&[("04-01 09:45..04-01 10:10", OVER)])),
        state("deleted and recovered", then(&[("04-01 10:00", Changed::Deleted), ("04-03 10:00", Changed::Recovered)])),
        state("recovered", then(&[("04-03 10:00", Changed::Recovered)])),
        state("deleted 1 May", |e| e.deleted = Some(t("05-01 10:00").into())),
        state("deleted 1 May, and so it stands in its history", move |e| {
            e.deleted = Some(t("05-01 10:00").into());
            then(&[("05-01 10:00", Changed::Deleted)])(e);
        }),
        state("deleted 1 May, and changed after that", move |e| {
            e.deleted = Some(t("05-01 10:00").into());
            then(&[("05-03 10:00", MANAGED)])(e);
        }),
        state("deleted 6 May", |e| e.deleted = Some(t("05-06 10:00").into())),
        state("deleted sometime in May", |e| e.deleted = Some(Deletion::between(Some(t("05-01")), t("05-09")))),
        state("deleted, nobody knows when", |e| e.deleted = Some(Deletion::between(None, t("05-09")))),
        state("deleted 5 May by an answer", |e| {
            let mut span = Deletion::between(Some(t("05-01")), t("05-09"));
            assert!(span.answer(t("05-05"), t("05-09")));
            e.deleted = Some(span);
        }),
        state("restoring since 6 May", |e| {
            e.activity = Some(doing(Operation::Restoring, Some("05-06 10:00"), None));
        }),
        state("restoring since nobody knows when", |e| {
            e.activity = Some(doing(Operation::Restoring, None, Some("05-06 10:00")));
        }),
        state("doing something since 6 May", |e| {
            e.activity = Some(doing(Operation::Other("Preparing".into()), Some("05-06 10:00"), Some("05-06 10:30")));
        }),
        state("a restore that was recorded here runs since 6 May", |e| {
            e.activity = Some(doing(Operation::Restoring, Some("05-06 10:00"), None));
            e.running = Some(Running {
                source: id("other"),
                point: t("05-05"),
                include_audit_logs: false,
                new_name: None,
                ends: None,
                fails: false,
            });
        }),
        state("deleted between 1 and 4 May", |e| e.deleted = Some(Deletion::between(Some(t("05-01")), t("05-04")))),
        state("copying since 5 May", |e| {
            e.activity = Some(doing(Operation::Copying, Some("05-05 10:00"), Some("05-06 12:00")));
        }),
        state("failed 6 May, 10:30", |e| e.failed_restore = Some(t("05-06 10:30"))),
        state("failed 6 May, 10:00", |e| e.failed_restore = Some(t("05-06 10:00"))),
        state("enabled", |e| e.state = listed(RuntimeState::Enabled)),
        state("enabled 6 May, 10:30", |e| e.state = recorded(RuntimeState::Enabled, "05-06 10:30")),
        state("edited on 7 May", |e| e.operations = vec![kept("Edit Succeeded 05-07 10:00")]),
        state("overwritten by a copy of 7 May", move |e| {
            e.operations = vec![kept("Copy Succeeded 05-07 10:00 other")];
            then(&[("05-07 10:00", Changed::Overwritten { copied: true, source: None })])(e);
        }),
    ]
}

#[test]
fn operations() {
    let said = [
        "Create Succeeded 04-01 10:00 +5m",
        "Create Running 05-06 10:00",
        "Edit Succeeded 03-20 10:00, Create Succeeded 04-01 10:00 +5m",
        "Create Failed 03-20 10:00, Create Succeeded 04-01 10:00 +5m",
        "Convert Succeeded 04-01 10:00 +10m",
        "Convert Succeeded 05-05 06:00",
        "Convert Succeeded 05-06 10:00 +10m",
        "Convert Failed 05-06 10:00 +10m",
        "Convert Running 05-06 10:00",
        "Convert Succeeded 04-01 10:00, Convert Succeeded 04-15 10:00",
        "Managed Succeeded 04-01 10:00 +10m",
        "Managed Succeeded 05-06 10:00 +10m",
        "Managed Succeeded 04-01 10:00, Managed Succeeded 04-15 10:00",
        "Restore Succeeded 04-01 10:00 +10m",
        "Restore Succeeded 05-06 10:00 +30m other",
        "Restore Succeeded 05-06 10:00 +30m main",
        "Restore Succeeded 05-06 09:30 +30m",
        "Restore Succeeded 05-06 09:00 +30m",
        "Restore Failed 05-05 05:30 +30m",
        "Restore Failed 05-06 10:00 +30m other",
        "Restore Cancelled 05-06 10:00 +30m",
        "Restore Running 05-06 10:00 +30m other",
        "Restore Queued 05-06 10:00 other",
        "Restore Queued 05-06 10:00 +30m",
        "Restore Failed 05-06 10:00, Copy Succeeded 05-06 11:00 other",
        "Restore Failed 05-06 10:00, Managed Succeeded 05-06 11:00",
        "Restore Failed 05-06 10:00, Copy Succeeded 05-06 10:00 other",
        "Restore Failed 05-06 10:00, Restore Succeeded 05-06 09:00",
        "Copy Succeeded 04-01 10:00 other",
        "Copy Running 05-06 10:00 other",
        "Edit Running 05-06 10:00",
        "Edit Succeeded 05-06 10:00",
        "Delete Succeeded 04-01 10:00 +5m",
        "Delete Succeeded 05-05 06:00",
        "Delete Succeeded 05-06 10:00 +5m",
        "Delete Failed 05-06 10:00",
        "Recover Succeeded 04-03 10:00 +5m",
        "Recover Succeeded 05-06 10:00 +5m",
        "Delete Succeeded 04-01 10:00, Recover Succeeded 04-03 10:00",
        "Delete Succeeded 03-30 10:00, Delete Succeeded 04-01 10:00, Recover Succeeded 04-01 10:00",
        "Delete Succeeded 03-20 10:00, Recover Succeeded 03-22 10:00, Recover Succeeded 04-20 10:00",
        "Recover Succeeded 05-06 10:00, Delete Succeeded 05-07 10:00",
        "Delete Succeeded 05-06 10:00, Edit Succeeded 05-07 10:00",
        "Delete Succeeded 05-06 10:00, Edit Failed 05-07 10:00",
        "Recover Succeeded 05-04 10:00",
    ];
    let file = |said: &str| Inventory { operations: said.split(", ").map(operation).collect(), ..Inventory::default() };
    let mut files: Vec<_> = said.iter().map(|said| (said.to_string(), file(said))).collect();
    // What the same file lists is of after its operations.
    let told = Observation { kind: Some(Kind::Production), managed: Some(true), dynamics: Some(false), ..main_is() };
    for said in
        ["Convert Succeeded 05-06 10:00", "Managed Succeeded 05-06 10:00", "Restore Succeeded 05-06 10:00 other"]
    {
        files
            .push((format!("{said}, and listed"), Inventory { environments: vec![told.clone()].into(), ..file(said) }));
    }
    retention_golden::check("merge-operations.txt", &table(&pasts(), &files));
}

/// What goes on without an operation of its own, on it or with it as the source.
#[test]
fn underway() {
    let other = || Operation::Other("Edit".into());
    let mut files = Vec::new();
    for (word, what) in [("restoring", Operation::Restoring), ("copying", Operation::Copying), ("editing", other())] {
        for (onto, source) in [
            ("main", None),
            ("main", Some("other")),
            ("other", Some("main")),
            ("main", Some("main")),
            ("gone", Some("main")),
        ] {
            let from = source.map_or(String::new(), |s| format!(" from {s}"));
            let one = Underway {
                environment: Some(id(onto)),
                source: source.map(id),
                activity: doing(what.clone(), Some("05-06 11:00"), Some("05-06 11:30")),
            };
            files
                .push((format!("{word} onto {onto}{from}"), Inventory { underway: vec![one], ..Inventory::default() }));
        }
    }
    let states: Vec<State> = pasts()
        .into_iter()
        .filter(|(name, _)| ["plain", "restor", "doing", "copying"].iter().any(|part| name.contains(part)))
        .collect();
    retention_golden::check("merge-underway.txt", &table(&states, &files));
}

fn main_is() -> Observation {
    Observation { id: "main".into(), ..Observation::default() }
}

/// A list of the tenant in which this stands.
fn list(seen: Observation) -> Inventory {
    Inventory { environments: vec![seen].into(), of_tenant: true, ..Inventory::default() }
}

/// Each field of a list: told first, again, otherwise, and where a person had answered, before it and after it.
#[test]
fn fields() {
    let mut states = vec![
        state("plain", |_| {}),
        state("all is known", |e| {
            (e.region, e.dataverse, e.key) = (listed(Region::new("asia")), listed(false), listed(Key::Microsoft));
            (e.retention_setting, e.created) = (listed(7), listed(t("04-01")));
            (e.policies, e.state) = (listed([].into()), listed(RuntimeState::Disabled));
            (e.background_operations, e.group) = (listed(false), listed(None));
            (e.database_mb, e.oldest_backup) = (listed(1.0), listed(t("05-01")));
            (e.url, e.azure_region) = (Some("https://old.example".into()), Some("southindia".into()));
            (e.group_id, e.finance) = (Some("old".into()), Some(FinanceLink { id: Some("old".into()), url: None }));
            e.endings = vec![Ending { what: Announced::Disabled, at: t("06-01") }];
        }),
        state("all was recorded on 7 May", |e| {
            (e.region, e.dataverse) = (recorded(Region::new("asia"), "05-07"), recorded(false, "05-07"));
            (e.kind, e.managed) = (recorded(Kind::Developer, "05-07"), recorded(true, "05-07"));
            (e.dynamics, e.retention_setting) = (recorded(false, "05-07"), recorded(7, "05-07"));
            e.key = recorded(Key::Customer(Some("mine".into())), "05-07");
        }),
    ];
    let answered = |at: &'static str| {
        move |e: &mut Environment| {
            e.kind.answer(Kind::Developer, t(at));
            e.region.answer(Region::new("asia"), t(at));
            e.dataverse.answer(false, t(at));
            e.dynamics.answer(false, t(at));
            e.managed.answer(true, t(at));
            e.key.answer(Key::Microsoft, t(at));
            e.retention_setting.answer(7, t(at));
            e.created.answer(t("04-01"), t(at));
        }
    };
    states.push(state("answered on 7 May", answered("05-07")));
    states.push(state("answered now", answered(NOW)));
    // What the same list said before, and a person then corrected.
    states.push(state("corrected on 7 May", move |e| {
        (e.kind, e.region, e.dataverse) = (listed(Kind::Sandbox), listed(Region::new("europe")), listed(true));
        (e.dynamics, e.managed) = (listed(true), listed(false));
        (e.key, e.retention_setting) = (listed(Key::Customer(Some("ours".into()))), listed(28));
        e.created = listed(t("03-01"));
        answered("05-07")(e);
    }));
    let told: Vec<(&str, Observation)> = vec![
        ("a name", Observation { name: Some("Main".into()), ..main_is() }),
        ("an empty name", Observation { name: Some("  ".into()), ..main_is() }),
        ("a kind", Observation { kind: Some(Kind::Sandbox), ..main_is() }),
        ("a region", Observation { region: Some(Region::new("europe")), ..main_is() }),
        ("a database", Observation { dataverse: Some(true), ..main_is() }),
        ("apps", Observation { dynamics: Some(true), ..main_is() }),
        ("not managed", Observation { managed: Some(false), ..main_is() }),
        ("a key", Observation { key: Some(Key::Customer(Some("ours".into()))), ..main_is() }),
        ("days", Observation { retention_setting: Some(28), ..main_is() }),
        (
            "a policy",
            Observation {
                policies: Some([Policy { sort: "network".into(), id: Some("p".into()) }].into()),
                ..main_is()
            },
        ),
        ("an oldest backup", Observation { oldest_backup: Some(t("05-02")), ..main_is() }),
        ("a creation", Observation { created: Some(t("03-01")), ..main_is() }),
        ("a state", Observation { state: Some(RuntimeState::Enabled), ..main_is() }),
        ("background operations", Observation { background_operations: Some(true), ..main_is() }),
        ("a group", Observation { group: Some(Some("Sales".into())), ..main_is() }),
        (
            "a group with its id",
            Observation { group: Some(Some("Sales".into())), group_id: Some("g".into()), ..main_is() },
        ),
        ("the id of the old group", Observation { group_id: Some("old".into()), ..main_is() }),
        ("no group", Observation { group: Some(None), ..main_is() }),
        ("a size", Observation { database_mb: Some(2.5), ..main_is() }),
        (
            "addresses",
            Observation {
                url: Some("https://new.example".into()),
                azure_region: Some("westeurope".into()),
                ..main_is()
            },
        ),
        ("finance", Observation { finance: Some(Some(FinanceLink { id: Some("fo".into()), url: None })), ..main_is() }),
        ("no finance", Observation { finance: Some(None), ..main_is() }),
        (
            "an ending",
            Observation {
                endings: Some(vec![
                    Ending { what: Announced::Deleted, at: t("06-02") },
                    Ending { what: Announced::Disabled, at: t("06-01") },
                    Ending { what: Announced::Disabled, at: t("06-01") },
                ]),
                ..main_is()
            },
        ),
        ("no ending", Observation { endings: Some(Vec::new()), ..main_is() }),
        ("a database of 12 April", Observation { database_since: Some(t("04-12")), ..main_is() }),
        ("a database of 11 April", Observation { database_since: Some(t("04-11")), ..main_is() }),
        ("a proof that it existed", Observation { existed_by: Some(t("03-01")), ..main_is() }),
    ];
    let files: Vec<_> = told.into_iter().map(|(said, seen)| (said.to_string(), list(seen))).collect();
    retention_golden::check("merge-fields.txt", &table(&states, &files));
}

/// What goes on, as a list tells it.
#[test]
fn activities() {
    let mut files = Vec::new();
    let told = [
        ("nothing goes on", None),
        ("restoring since 10:00", Some(doing(Operation::Restoring, Some("05-06 10:00"), None))),
        ("restoring, seen at 11:00", Some(doing(Operation::Restoring, None, Some("05-06 11:00")))),
        ("copying, seen at 11:00", Some(doing(Operation::Copying, None, Some("05-06 11:00")))),
        ("preparing", Some(doing(Operation::Other("Preparing".into()), None, None))),
    ];
    for (said, activity) in told {
        for stamp in [None, Some("05-06 10:45"), Some("05-06 11:15")] {
            let mut file = list(Observation { activity: Some(activity.clone()), ..main_is() });
            file.asked = stamp.map(t);
            files.push((format!("{said}{}", stamp.map_or(String::new(), |s| format!(", in a file of {s}"))), file));
        }
    }
    let states: Vec<State> = pasts()
        .into_iter()
        .filter(|(name, _)| ["plain", "restor", "doing", "copying"].iter().any(|part| name.contains(part)))
        .collect();
    retention_golden::check("merge-activities.txt", &table(&states, &files));
}

/// Lists that call it deleted, or list it as living, beside whatever proves that it lived.
#[test]
fn deletions() {
    let mut states: Vec<State> = pasts()
        .into_iter()
        .filter(|(name, _)| ["plain", "delet", "recover"].iter().any(|part| name.contains(part)))
        .collect();
    states.extend([
        state("lived on 3 May", |e| e.lived = Some(t("05-03"))),
        state("lived after now", |e| e.lived = Some(t("05-11"))),
        state("created 3 May", |e| e.created = listed(t("05-03"))),
        state("a backup of 3 May", |e| {
            e.backups = vec![backup("b", "05-03", None, Origin::Import(0))];
        }),
        state("edited on 3 May", |e| e.operations = vec![kept("Edit Succeeded 05-03 10:00 +5m")]),
        state("deleted on 3 May, says an operation", |e| {
            e.operations = vec![kept("Delete Succeeded 05-03 10:00")];
        }),
        state("deleted on 3 May and recovered, say operations", |e| {
            e.operations = vec![kept("Delete Succeeded 05-03 10:00"), kept("Recover Succeeded 05-04 10:00")];
        }),
        state("its days were recorded on 3 May", |e| e.retention_setting = recorded(7, "05-03")),
        state("its kind was recorded on 3 May", |e| e.kind = recorded(Kind::Sandbox, "05-03")),
        state("its database was recorded on 3 May", |e| e.dataverse = recorded(true, "05-03")),
        state("recovered between 3 and 4 May", |e| {
            e.history = vec![Change { not_before: t("05-03"), at: t("05-04"), what: Changed::Recovered }];
        }),
    ]);
    let deleted = |when: Deletion| Observation { deleted: Some(when), ..main_is() };
    let mut files = vec![
        ("deleted 2 May".to_string(), list(deleted(t("05-02").into()))),
        ("deleted between 2 and 8 May".to_string(), list(deleted(Deletion::between(Some(t("05-02")), t("05-08"))))),
        ("deleted by 8 May".to_string(), list(deleted(Deletion::between(None, t("05-08"))))),
        ("deleted between 6 and 9 May".to_string(), list(deleted(Deletion::between(Some(t("05-06")), t("05-09"))))),
        ("listed".to_string(), list(main_is())),
        ("listed as what one may see".to_string(), Inventory { of_tenant: false, ..list(main_is()) }),
    ];
    for (word, of_tenant) in [("listed", true), ("listed as what one may see", false)] {
        for stamp in ["05-06", "05-11"] {
            let file = Inventory { of_tenant, asked: Some(t(stamp)), ..list(main_is()) };
            files.push((format!("{word}, in a file of {stamp}"), file));
        }
    }
    let proof: [(&str, Observation); 6] = [
        ("alive on 4 May", Observation { alive: Some(t("05-04")), ..main_is() }),
        ("alive now", Observation { alive: Some(t(NOW)), ..main_is() }),
        ("alive after now", Observation { alive: Some(t("05-11")), ..main_is() }),
        ("created 4 May", Observation { created: Some(t("05-04")), ..main_is() }),
        ("with an oldest backup of 4 May", Observation { oldest_backup: Some(t("05-04")), ..main_is() }),
        (
            "offered from 4 May",
            Observation { offered: Some(Offered { from: Some(t("05-04")), period_days: Some(7) }), ..main_is() },
        ),
    ];
    for (word, seen) in proof {
        let span = Some(Deletion::between(Some(t("05-02")), t("05-08")));
        files.push((format!("deleted between 2 and 8 May, {word}"), list(Observation { deleted: span, ..seen })));
    }
    retention_golden::check("merge-deletions.txt", &table(&states, &files));
}

fn backup(name: &str, point: &str, asked: Option<&str>, origin: Origin) -> ManualBackup {
    ManualBackup {
        id: name.into(),
        label: name.to_uppercase(),
        point: t(point),
        asked: asked.map(t),
        created_by: None,
        reported_expiry: None,
        origin,
    }
}

/// Lists of manual backups, of candidates, of what was offered, and of rules.
#[test]
fn lists() {
    let seconds = |mut b: ManualBackup, seconds: i64, nanoseconds: i64| {
        b.point += TimeDelta::seconds(seconds) + TimeDelta::nanoseconds(nanoseconds);
        b
    };
    let own = move |e: &mut Environment| {
        let seen = |name, point| backup(name, point, None, Origin::Import(0));
        e.backups = vec![
            seconds(seen("b", "05-08 10:00"), 30, 0),
            seen("gone", "05-07"),
            seen("young", "05-09 23:46"),
            seen("just-young", "05-09 23:45"),
            backup("asked", "05-09", Some("05-09 23:46"), Origin::Import(0)),
            backup("just-asked", "05-09", Some("05-09 23:45"), Origin::Import(0)),
            backup("recorded", "05-07", None, Origin::Recorded),
        ];
        e.backups[0].created_by = Some("Ann".into());
        e.backups[0].asked = Some(t("05-08 09:58"));
        e.backups[0].reported_expiry = Some(t("05-15"));
    };
    let read = |from: Option<&'static str>, days: Option<u32>, asked: &'static str| {
        move |e: &mut Environment| {
            let offered = Offered { from: from.map(t), period_days: days };
            e.reading = Some(Reading { offered, asked: t(asked), hint: None });
        }
    };
    let asked = |at: &'static str| {
        move |e: &mut Environment| e.candidates = Some(Candidates { asked: t(at), offered: [id("other")].into() })
    };
    let states = vec![
        state("plain", |_| {}),
        state("with backups", own),
        state("read on 6 May", read(Some("05-01"), Some(7), "05-06")),
        state("read on 8 May", read(Some("05-01"), Some(7), "05-08")),
        state("read on 9 May, otherwise", read(None, None, "05-09")),
        state("candidates of 6 May", asked("05-06")),
        state("candidates of 8 May", asked("05-08")),
        state("candidates of 9 May", asked("05-09")),
        state("in the group", |e| e.group_id = Some("G".into())),
        state("in the group, with days", |e| (e.group_id, e.retention_setting) = (Some("G".into()), listed(7))),
        state("in another group", |e| e.group_id = Some("h".into())),
    ];
    let backups = |all: Vec<ManualBackup>| Inventory {
        backups: vec![BackupList { environment: Some(id("main")), backups: all, whole: true }],
        ..Inventory::default()
    };
    let listed = |point: &str| backup("B", point, None, Origin::Import(9));
    let mut files = vec![
        ("no backups".to_string(), backups(Vec::new())),
        ("the same to the minute".into(), backups(vec![listed("05-08 10:00")])),
        ("the minute before".into(), backups(vec![listed("05-08 09:59")])),
        ("the minute after".into(), backups(vec![listed("05-08 10:01")])),
        ("another second".into(), backups(vec![seconds(listed("05-08 10:00"), 10, 0)])),
        ("a piece of a second".into(), backups(vec![seconds(listed("05-08 10:00"), 0, 5)])),
        ("a new one".into(), backups(vec![backup("new", "05-04", None, Origin::Import(9))])),
    ];
    let list_of = |stamp: Option<&str>, offered: Offered| Inventory {
        asked: stamp.map(t),
        ..list(Observation { offered: Some(offered), ..main_is() })
    };
    let offers = [
        ("offered from 1 May", Offered { from: Some(t("05-01")), period_days: Some(7) }),
        ("offered from 1 May, of no period", Offered { from: Some(t("05-01")), period_days: None }),
        ("offered nothing", Offered { from: None, period_days: None }),
    ];
    for (said, offered) in offers {
        for stamp in [None, Some("05-07"), Some("05-08"), Some("05-11")] {
            let of = stamp.map_or(String::new(), |s| format!(", in a file of {s}"));
            files.push((format!("{said}{of}"), list_of(stamp, offered)));
        }
    }
    for (said, offered) in
        [("nobody", &[][..]), ("other", &["other"]), ("other and a stranger", &["other", "x"]), ("a stranger", &["x"])]
    {
        for (when, asked) in [
            ("7 May", Some("05-07")),
            ("8 May", Some("05-08")),
            ("after now", Some("05-11")),
            ("nobody knows when", None),
        ] {
            let offered = offered.iter().map(|raw| id(raw)).collect();
            let one = CandidateList { source: Some(id("main")), asked: asked.map(t), offered };
            files.push((
                format!("candidates of {when}: {said}"),
                Inventory { candidates: vec![one], ..Inventory::default() },
            ));
        }
    }
    for (said, sources) in [("one that is not listed", &["gone"][..]), ("two that are not listed", &["gone", "away"])] {
        let list =
            |raw: &&str| CandidateList { source: Some(id(raw)), asked: Some(t("05-07")), offered: vec![id("other")] };
        let candidates = sources.iter().map(list).collect();
        files.push((format!("candidates of {said}"), Inventory { candidates, ..Inventory::default() }));
    }
    for days in [None, Some(7), Some(28)] {
        let rules = vec![GroupRules { group: "g".into(), retention_days: days }];
        files.push((
            format!("the group holds {}", brief::maybe(&days, u32::to_string)),
            Inventory { group_rules: rules, ..Inventory::default() },
        ));
    }
    for (said, all) in [("7 and 7", [7, 7]), ("7, then 28", [7, 28])] {
        let group_rules = all.map(|days| GroupRules { group: "g".into(), retention_days: Some(days) }).to_vec();
        files.push((format!("the group holds {said}"), Inventory { group_rules, ..Inventory::default() }));
    }
    for (apps, has_dynamics) in
        [(&["Sales"][..], Some(true)), (&["Sales", "Service", "Finance"], Some(false)), (&[], None)]
    {
        let dynamics_apps = apps.iter().map(|app| app.to_string()).collect();
        let list = ApplicationList { environment: Some(id("main")), dynamics_apps, has_dynamics };
        files.push((format!("applications {apps:?}"), Inventory { applications: vec![list], ..Inventory::default() }));
    }
    retention_golden::check("merge-lists.txt", &table(&states, &files));
}
