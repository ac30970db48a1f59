//! What the service itself printed, merged: operations become history where they fit, and never more than they say.

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::command::{Command, apply};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::environment::{
    Activity, Deletion, Environment, EnvironmentId, Kind, Operation, RuntimeState,
};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::inventory::{BackupList, Inventory, Observation};
use restore_desk::domain::life::{Deed, Next, perform};
use restore_desk::domain::merge::{Field, Learned, LineKind, merge, preview};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::retention::{Certainty, window};
use restore_desk::domain::service::{
    Act, Announced, CandidateList, Ended, Ending, FinanceLink, GroupRules, ServiceOperation, Underway,
};
use restore_desk::domain::tenant::{ImportRecord, Tenant};
use restore_desk::words::Say;
use restore_desk::words::merge::learned;

const MAIN: &str = "11111111-0000-4000-8000-000000000001";
const TENANT_ID: &str = "22222222-0000-4000-8000-000000000002";
const OTHER: &str = "11111111-0000-4000-8000-000000000002";

/// `2026-03-14 20:45`.
#[track_caller]
fn t(text: &str) -> DateTime<Utc> {
    let text = if text.len() == 10 { format!("{text} 00:00") } else { text.to_string() };
    chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").unwrap_or_else(|e| panic!("{text}: {e}")).and_utc()
}

fn id(raw: &str) -> EnvironmentId {
    EnvironmentId::new(raw)
}

/// The list was kept at this instant.
const LISTED: &str = "2026-05-05 06:00";

/// A tenant with this environment, told by an import of 5 May, and another one.
fn tenant(kind: Kind, change: impl Fn(&mut Environment)) -> Tenant {
    fn known<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Import(0), t(LISTED))
    }
    let environment = |id: &str, kind: Kind| {
        let mut env = Environment::new(id);
        env.kind = known(kind);
        env.managed = known(true);
        env.dynamics = known(false);
        env.dataverse = known(true);
        env.existed_by = Some(t(LISTED));
        env.last_import = Some(0);
        env
    };
    let mut main = environment(MAIN, kind);
    change(&mut main);
    let record = ImportRecord {
        number: 0,
        at: t(LISTED),
        name: "list".into(),
        format: "list".into(),
        environments: 2,
        complete: true,
        told: Vec::new(),
        asked: None,
    };
    Tenant {
        environments: vec![main, environment(OTHER, Kind::Production)].into(),
        imports: vec![record],
        ..Tenant::default()
    }
}

/// `Convert Succeeded 2026-03-14 20:45 +1m`, `Restore Running 2026-05-06 10:00 from other`.
#[track_caller]
fn operation(text: &str) -> ServiceOperation {
    read_operation(text, t, |name| id(if name == "other" { OTHER } else { MAIN }))
}

/// An operation of the environment `main`: what it does, how it ended, when it began, how many minutes it took, and from which one.
#[track_caller]
pub fn read_operation(
    text: &str,
    time: impl Fn(&str) -> DateTime<Utc>,
    id: impl Fn(&str) -> EnvironmentId,
) -> ServiceOperation {
    let words: Vec<&str> = text.split_whitespace().collect();
    let act = match words[0] {
        "Create" => Act::Create,
        "Convert" => Act::Convert,
        "Managed" => Act::UpdateManaged,
        "Restore" => Act::Restore,
        "Copy" => Act::Copy,
        "Recover" => Act::Recover,
        "Delete" => Act::Delete,
        "Edit" => Act::Edit,
        "Backup" => Act::Backup,
        other => Act::Other(other.to_string()),
    };
    let ended = match words[1] {
        "Succeeded" => Ended::Succeeded,
        "Failed" => Ended::Failed,
        "Running" => Ended::Running,
        "Cancelled" => Ended::Cancelled,
        other => Ended::Other(other.to_string()),
    };
    let began = time(&format!("{} {}", words[2], words[3]));
    let minutes = words.iter().find_map(|w| w.strip_prefix('+')?.strip_suffix('m')?.parse().ok());
    ServiceOperation {
        id: format!("{}-{}-{}", words[0], words[2], words[3]),
        act,
        ended,
        began,
        last: minutes.map(|m: i64| began + TimeDelta::minutes(m)),
        environment: Some(id("main")),
        source: words.iter().find_map(|w| matches!(*w, "main" | "other").then(|| id(w))),
    }
}

fn file(operations: &[&str]) -> Inventory {
    Inventory { operations: operations.iter().map(|o| operation(o)).collect(), ..Inventory::default() }
}

fn words(change: &Change) -> String {
    let what = match &change.what {
        Changed::Kind { from, to } => {
            format!("{} > {to}", from.as_ref().map_or("?".to_string(), Kind::to_string))
        }
        Changed::Managed { from, to } => format!("managed {from:?} > {to}"),
        Changed::ManagedUnknown { from } => format!("managed {from} > ?"),
        Changed::DynamicsUnknown { from } => format!("apps {from} > ?"),
        Changed::Overwritten { copied, source } => {
            format!(
                "{}{}",
                if *copied { "copied" } else { "restored" },
                if source.is_some() { " from other" } else { "" }
            )
        }
        other => format!("{other:?}"),
    };
    let at = |at: DateTime<Utc>| at.format("%m-%d %H:%M").to_string();
    if change.not_before < change.at {
        format!("{}..{} {what}", at(change.not_before), at(change.at))
    } else {
        format!("{} {what}", at(change.at))
    }
}

fn history(tenant: &Tenant) -> Vec<String> {
    tenant.get(&id(MAIN)).unwrap().history.iter().map(words).collect()
}

fn unused(tenant: &Tenant, inventory: &Inventory) -> usize {
    preview(tenant, inventory, t("2026-05-10")).learned.iter().filter(|l| matches!(l, Learned::Unused { .. })).count()
}

fn past(learned: Learned) -> Option<Change> {
    match learned {
        Learned::Past { change, .. } => Some(change),
        _ => None,
    }
}

/// The operations, merged on 10 May, make this history, and so many of them fit nothing. Merged again they change nothing.
#[track_caller]
fn check(before: &Tenant, operations: &[&str], expect: &[&str], unfit: usize) -> Tenant {
    let file = file(operations);
    let after = merge(before, &file, t("2026-05-10"));
    assert_eq!(history(&after), expect);
    assert_eq!(unused(before, &file), unfit);
    // What is new in it is told once; a deletion that was known is no news.
    let known = &before.get(&id(MAIN)).unwrap().history;
    let told: Vec<Change> = preview(before, &file, t("2026-05-10")).learned.into_iter().filter_map(past).collect();
    for change in &after.get(&id(MAIN)).unwrap().history {
        let times = told.iter().filter(|c| *c == change).count();
        let new = !known.contains(change) && (change.what != Changed::Deleted || times > 0);
        assert_eq!(times, usize::from(new), "{change:?}");
    }
    let again = merge(&after, &file, t("2026-05-11"));
    assert_eq!(again.environments, after.environments, "merged again it changes nothing");
    assert!(preview(&after, &file, t("2026-05-11")).learned.is_empty());
    let text = serde_json::to_string(&after).unwrap();
    assert_eq!(serde_json::from_str::<Tenant>(&text).unwrap(), after);
    after
}

#[test]
fn sales() {
    // Created in August, made managed in December, switched in March; Production today.
    let after = check(
        &tenant(Kind::Production, |_| {}),
        &[
            "Convert Succeeded 2026-03-14 20:45 +1m",
            "Edit Succeeded 2026-02-08 02:14 +1m",
            "Managed Succeeded 2025-12-01 19:44 +1m",
            "Create Succeeded 2025-08-25 17:25 +1m",
        ],
        &["12-01 19:44..12-01 19:45 managed None > true", "03-14 20:45..03-14 20:46 Sandbox > Production"],
        0,
    );
    let env = after.get(&id(MAIN)).unwrap();
    assert_eq!(env.created.get(), Some(&t("2025-08-25 17:26")));
    assert_eq!(env.existed_by, Some(t("2025-08-25 17:26")));
    assert_eq!(env.operations.len(), 4);
    assert!(env.operations.windows(2).all(|w| w[0].began < w[1].began), "oldest first");
}

/// How sure points of a former or present Sandbox are, by days before `now`.
#[track_caller]
fn point(tenant: &Tenant, now: &str, point: &str, expect: Certainty) {
    let env = tenant.get(&id(MAIN)).unwrap();
    assert_eq!(window(Edition::default_edition(), env, t(now)).certainty(t(point)), expect, "{point} at {now}");
}

#[test]
fn the_window_after_a_switch_that_only_an_operation_told() {
    // Managed Production, 28 days by setting; the operation says that it was a Sandbox until 1 May.
    let before = tenant(Kind::Production, |env| {
        env.retention_setting = Fact::known(28, Origin::Import(0), t(LISTED));
        env.created = Fact::known(t("2025-01-01"), Origin::Import(0), t(LISTED));
    });
    point(&before, "2026-05-10", "2026-04-15", Certainty::Guaranteed);
    let after = merge(&before, &file(&["Convert Succeeded 2026-05-01 12:00 +2m"]), t("2026-05-10"));
    point(&after, "2026-05-10", "2026-04-15", Certainty::Gone);
    point(&after, "2026-05-10", "2026-04-24 12:05", Certainty::Guaranteed);
    point(&after, "2026-05-10", "2026-05-01 12:05", Certainty::Guaranteed);
}

#[test]
fn the_window_of_a_sandbox_that_was_production() {
    let before = tenant(Kind::Sandbox, |env| {
        env.retention_setting = Fact::known(28, Origin::Import(0), t(LISTED));
        env.created = Fact::known(t("2025-01-01"), Origin::Import(0), t(LISTED));
    });
    point(&before, "2026-05-06", "2026-04-20", Certainty::Gone);
    let after = merge(&before, &file(&["Convert Succeeded 2026-05-03 12:00 +2m"]), t("2026-05-06"));
    point(&after, "2026-05-06", "2026-04-20", Certainty::Dormant);
    point(&after, "2026-05-06", "2026-05-01", Certainty::Guaranteed);
}

#[test]
fn an_update_of_managed_promises_what_both_worlds_allow() {
    let before = tenant(Kind::Production, |env| {
        env.retention_setting = Fact::known(28, Origin::Import(0), t(LISTED));
        env.created = Fact::known(t("2025-01-01"), Origin::Import(0), t(LISTED));
    });
    let after = merge(&before, &file(&["Managed Succeeded 2026-05-01 12:00 +1m"]), t("2026-05-06"));
    point(&after, "2026-05-06", "2026-04-20", Certainty::Possible);
    point(&after, "2026-05-06", "2026-04-25", Certainty::Guaranteed);
    // The last one decides: before it nobody knows.
    check(
        &before,
        &["Managed Succeeded 2026-04-01 12:00", "Managed Succeeded 2026-05-01 12:00"],
        &["05-01 12:00 managed None > true"],
        0,
    );
}

#[test]
fn switches() {
    let production = tenant(Kind::Production, |_| {});
    check(
        &production,
        &["Convert Succeeded 2026-03-01 10:00", "Convert Succeeded 2026-04-01 10:00"],
        &["03-01 10:00 Production > Sandbox", "04-01 10:00 Sandbox > Production"],
        0,
    );
    check(&production, &["Convert Failed 2026-03-01 10:00", "Convert Running 2026-04-01 10:00"], &[], 0);
    // After the list: what the list told was before it.
    let after = check(&production, &["Convert Succeeded 2026-05-06 10:00"], &["05-06 10:00 Production > Sandbox"], 0);
    assert_eq!(after.get(&id(MAIN)).unwrap().kind.get(), Some(&Kind::Sandbox));
    // At the very instant of the list: it was told with the rest.
    check(&production, &["Convert Succeeded 2026-05-05 06:00"], &["05-05 06:00 Sandbox > Production"], 0);
    // Other kinds are not switched, and an unknown kind says nothing.
    check(&tenant(Kind::Developer, |_| {}), &["Convert Succeeded 2026-03-01 10:00"], &[], 1);
    check(&tenant(Kind::Developer, |env| env.kind = Fact::unknown()), &["Convert Succeeded 2026-03-01 10:00"], &[], 0);
}

#[test]
fn a_kind_that_a_later_list_tells() {
    let before = tenant(Kind::Developer, |env| env.kind = Fact::unknown());
    let after = merge(&before, &file(&["Convert Succeeded 2026-03-01 10:00"]), t("2026-05-10"));
    let seen = Observation { id: MAIN.into(), kind: Some(Kind::Sandbox), ..Observation::default() };
    let list = Inventory { environments: vec![seen].into(), ..Inventory::default() };
    let after = merge(&after, &list, t("2026-05-11"));
    assert_eq!(history(&after), ["03-01 10:00 Production > Sandbox"]);
}

#[test]
fn what_was_recorded_already() {
    let switched = |at: &str, not_before: &str, from: Kind, to: Kind| {
        let change = Change { at: t(at), not_before: t(not_before), what: Changed::Kind { from: Some(from), to } };
        tenant(change_kind(&change), |env| env.history.push(change.clone()))
    };
    fn change_kind(change: &Change) -> Kind {
        match &change.what {
            Changed::Kind { to, .. } => to.clone(),
            _ => Kind::Production,
        }
    }
    // By hand, two days late; and noticed between two imports, which gets its time.
    let by_hand = switched("2026-03-03 09:00", "2026-03-03 09:00", Kind::Production, Kind::Sandbox);
    check(&by_hand, &["Convert Succeeded 2026-03-01 10:00"], &["03-03 09:00 Production > Sandbox"], 0);
    let rough = switched("2026-04-03 09:00", "2026-02-01 09:00", Kind::Production, Kind::Sandbox);
    check(&rough, &["Convert Succeeded 2026-03-01 10:00 +3m"], &["03-01 10:00..03-01 10:03 Production > Sandbox"], 0);
    for (not_before, at) in [("2026-03-01 10:00", "2026-04-03 09:00"), ("2026-02-01 09:00", "2026-03-01 10:03")] {
        let rough = switched(at, not_before, Kind::Production, Kind::Sandbox);
        let exact = "03-01 10:00..03-01 10:03 Production > Sandbox";
        check(&rough, &["Convert Succeeded 2026-03-01 10:00 +3m"], &[exact], 0);
    }
    // A switch long before one that is known leads to what that one began with.
    check(
        &by_hand,
        &["Convert Succeeded 2026-01-01 10:00", "Convert Succeeded 2026-03-01 10:00"],
        &["01-01 10:00 Sandbox > Production", "03-03 09:00 Production > Sandbox"],
        0,
    );
    // One that contradicts the history stays evidence.
    let twice = tenant(Kind::Sandbox, |env| {
        for (at, from, to) in
            [("2026-01-01", Kind::Sandbox, Kind::Production), ("2026-04-01", Kind::Production, Kind::Sandbox)]
        {
            env.history.push(Change::exactly(t(at), Changed::Kind { from: Some(from), to }));
        }
    });
    check(
        &twice,
        &["Convert Succeeded 2026-02-15 10:00"],
        &["01-01 00:00 Sandbox > Production", "04-01 00:00 Production > Sandbox"],
        1,
    );
}

#[test]
fn created_only_where_nothing_speaks_against_it() {
    let made = &["Create Succeeded 2026-01-01 10:00 +5m"];
    let of = |tenant: &Tenant| tenant.get(&id(MAIN)).unwrap().created.get().copied();
    let none = tenant(Kind::Sandbox, |_| {});
    assert_eq!(of(&check(&none, made, &[], 0)), Some(t("2026-01-01 10:05")));
    let known = tenant(Kind::Sandbox, |env| env.created = Fact::known(t("2025-06-01"), Origin::Import(0), t(LISTED)));
    assert_eq!(of(&check(&known, made, &[], 0)), Some(t("2025-06-01")));
    let seen = tenant(Kind::Sandbox, |env| env.existed_by = Some(t("2025-06-01")));
    assert_eq!(of(&check(&seen, made, &[], 1)), None);
    let changed = tenant(Kind::Sandbox, |env| {
        env.history.push(Change {
            at: t("2025-06-01"),
            what: Changed::Managed { from: Some(false), to: true },
            not_before: t("2025-06-01"),
        });
    });
    assert_eq!(of(&merge(&changed, &file(made), t("2026-05-10"))), None);
    let changed_then = tenant(Kind::Sandbox, |env| {
        let what = Changed::Managed { from: Some(false), to: true };
        env.history.push(Change::exactly(t("2026-01-01 10:00"), what));
    });
    assert_eq!(of(&merge(&changed_then, &file(made), t("2026-05-10"))), Some(t("2026-01-01 10:05")));
    assert_eq!(of(&check(&none, &["Create Failed 2026-01-01 10:00 +5m"], &[], 0)), None);
}

#[test]
fn restores_and_copies() {
    let sandbox = tenant(Kind::Sandbox, |_| {});
    check(&sandbox, &["Restore Succeeded 2026-04-01 10:00 +90m"], &["04-01 10:00..04-01 11:30 restored"], 0);
    check(&sandbox, &["Copy Succeeded 2026-04-01 10:00 other"], &["04-01 10:00 copied from other"], 0);
    // After the list: whose apps it has now is not known.
    let after = check(
        &sandbox,
        &["Copy Succeeded 2026-05-06 10:00 other"],
        &["05-06 10:00 apps false > ?", "05-06 10:00 copied from other"],
        0,
    );
    assert!(after.get(&id(MAIN)).unwrap().dynamics.is_unknown());
    // One that was recorded in the app is told already.
    let recorded = tenant(Kind::Sandbox, |env| {
        let what = Changed::Restored { source: id(OTHER), point: t("2026-03-30") };
        env.history.push(Change::exactly(t("2026-04-01 12:00"), what));
    });
    let after = merge(&recorded, &file(&["Restore Succeeded 2026-04-01 10:00 +90m other"]), t("2026-05-10"));
    assert_eq!(after.get(&id(MAIN)).unwrap().history.len(), 1);
}

#[test]
fn an_update_after_the_list_makes_managed_unknown() {
    let after = check(
        &tenant(Kind::Production, |_| {}),
        &["Managed Succeeded 2026-05-06 10:00"],
        &["05-06 10:00 managed true > ?"],
        0,
    );
    assert!(after.get(&id(MAIN)).unwrap().managed.is_unknown());
}

#[test]
fn deletions_and_recoveries() {
    let sandbox = tenant(Kind::Sandbox, |env| env.created = Fact::known(t("2025-01-01"), Origin::Import(0), t(LISTED)));
    check(
        &sandbox,
        &["Delete Succeeded 2026-04-01 10:00", "Recover Succeeded 2026-04-03 10:00"],
        &["04-01 10:00 Deleted", "04-03 10:00 Recovered"],
        0,
    );
    // The deletion is known already.
    let known =
        tenant(Kind::Sandbox, |env| env.history = vec![Change::exactly(t("2026-04-01 10:00"), Changed::Deleted)]);
    check(
        &known,
        &["Delete Succeeded 2026-04-01 10:00", "Recover Succeeded 2026-04-03 10:00"],
        &["04-01 10:00 Deleted", "04-03 10:00 Recovered"],
        0,
    );
    // Created within the weeks before the recovery: deleted after that.
    let young = tenant(Kind::Sandbox, |env| env.created = Fact::known(t("2026-04-20"), Origin::Import(0), t(LISTED)));
    check(
        &young,
        &["Recover Succeeded 2026-04-29 10:00"],
        &["04-20 00:00..04-29 10:00 Deleted", "04-29 10:00 Recovered"],
        0,
    );
    // A recovery alone: deleted sometime in the four weeks before it.
    check(
        &sandbox,
        &["Recover Succeeded 2026-04-29 10:00"],
        &["04-01 10:00..04-29 10:00 Deleted", "04-29 10:00 Recovered"],
        0,
    );
    // Deleted, and listed later all the same.
    let after = check(&sandbox, &["Delete Succeeded 2026-04-01 10:00"], &[], 1);
    assert_eq!(after.get(&id(MAIN)).unwrap().deleted, None);
    let after = check(&sandbox, &["Delete Succeeded 2026-05-06 10:00 +4m"], &["05-06 10:04 Deleted"], 0);
    assert_eq!(after.get(&id(MAIN)).unwrap().deleted, Some(t("2026-05-06 10:04").into()));
    let gone = tenant(Kind::Sandbox, |env| env.deleted = Some(t("2026-05-01").into()));
    let after =
        check(&gone, &["Recover Succeeded 2026-05-06 10:00"], &["05-01 00:00 Deleted", "05-06 10:00 Recovered"], 0);
    assert_eq!(after.get(&id(MAIN)).unwrap().deleted, None);
}

#[test]
fn what_runs() {
    let sandbox = tenant(Kind::Sandbox, |_| {});
    let runs = check(&sandbox, &["Restore Running 2026-05-10 10:00 other"], &[], 0);
    for environment in [MAIN, OTHER] {
        let activity = runs.get(&id(environment)).unwrap().activity.clone().unwrap();
        assert_eq!((activity.what, activity.since), (Operation::Restoring, Some(t("2026-05-10 10:00"))));
    }
    let over = merge(&runs, &file(&["Restore Succeeded 2026-05-10 10:00 +60m other"]), t("2026-05-10 12:00"));
    assert!(over.environments.iter().all(|e| e.activity.is_none()), "{over:?}");
    // An older file does not bring it back.
    let again = merge(&over, &file(&["Restore Running 2026-05-10 10:00 other"]), t("2026-05-10 13:00"));
    assert!(again.environments.iter().all(|e| e.activity.is_none()));
    let edit = check(&sandbox, &["Edit Running 2026-05-10 10:00"], &[], 0);
    let activity = edit.get(&id(MAIN)).unwrap().activity.clone().unwrap();
    assert_eq!(activity.what, Operation::Other("Edit".into()));
    check(&sandbox, &["Edit Validating 2026-05-10 10:00"], &[], 0);
    // Of what is under way without an operation of its own: what is known stands for more, whichever was told first.
    let under = |what: Operation| Inventory {
        underway: vec![Underway {
            environment: Some(id(MAIN)),
            source: None,
            activity: Activity { what, since: Some(t("2026-05-10 11:00")), seen: None },
        }],
        ..Inventory::default()
    };
    let (known, other) = (under(Operation::Restoring), under(Operation::Other("Edit".into())));
    let both = |files: [&Inventory; 2]| {
        let after = files.into_iter().fold(sandbox.clone(), |before, told| merge(&before, told, t("2026-05-10 12:00")));
        after.get(&id(MAIN)).unwrap().activity.clone().unwrap()
    };
    for files in [[&known, &other], [&other, &known], [&known, &under(Operation::Copying)]] {
        assert_eq!(both(files).what, Operation::Restoring);
    }
    assert_eq!(both([&other, &under(Operation::Other("Reset".into()))]).what, Operation::Other("Edit".into()));
    // It goes on still.
    let mut again = known.clone();
    again.underway[0].activity.seen = Some(t("2026-05-10 11:30"));
    assert_eq!(both([&known, &again]).seen, Some(t("2026-05-10 11:30")));
    // A copy occupies its source too; what does not, does not.
    for (what, source, expect) in [
        (Operation::Copying, OTHER, [true, true]),
        (Operation::Other("Edit".into()), OTHER, [true, false]),
        (Operation::Copying, MAIN, [true, false]),
    ] {
        let mut file = under(what);
        file.underway[0].source = Some(id(source));
        let after = merge(&sandbox, &file, t("2026-05-10 12:00"));
        assert_eq!([MAIN, OTHER].map(|e| after.get(&id(e)).unwrap().activity.is_some()), expect);
        let runs = |l: &&Learned| matches!(l, Learned::Runs { .. });
        let told = preview(&sandbox, &file, t("2026-05-10 12:00")).learned.iter().filter(runs).count();
        assert_eq!(told, expect.iter().filter(|is| **is).count());
    }
    // What else occupies the source goes on.
    let mut copies = runs.clone();
    let copying = Activity { what: Operation::Copying, since: Some(t("2026-05-10 09:00")), seen: None };
    for since in [copying.since, None] {
        let copying = Activity { since, ..copying.clone() };
        copies.get_mut(&id(OTHER)).unwrap().activity = Some(copying.clone());
        let over = merge(&copies, &file(&["Restore Succeeded 2026-05-10 10:00 +60m other"]), t("2026-05-10 12:00"));
        assert_eq!(over.get(&id(OTHER)).unwrap().activity, Some(copying));
    }
    let restoring = Activity { what: Operation::Restoring, since: Some(t("2026-05-10 09:00")), seen: None };
    copies.get_mut(&id(OTHER)).unwrap().activity = Some(restoring.clone());
    let over = merge(&copies, &file(&["Restore Succeeded 2026-05-10 10:00 +60m other"]), t("2026-05-10 12:00"));
    assert_eq!(over.get(&id(OTHER)).unwrap().activity, Some(restoring));
}

/// An activity that is known, and what an operation that was heard of until 10:30 makes of it.
#[test]
fn what_is_known_to_run_is_told_once() {
    #[track_caller]
    fn check(what: Operation, seen: Option<&str>, told: bool, until: &str) {
        let known = Activity { what, since: Some(t("2026-05-10 10:00")), seen: seen.map(t) };
        let before = tenant(Kind::Sandbox, |env| env.activity = Some(known.clone()));
        let file = file(&["Restore Running 2026-05-10 10:00 +30m"]);
        let runs = |l: &Learned| matches!(l, Learned::Runs { .. });
        assert_eq!(preview(&before, &file, t("2026-05-10 12:00")).learned.iter().any(runs), told);
        let after = merge(&before, &file, t("2026-05-10 12:00")).get(&id(MAIN)).unwrap().activity.clone().unwrap();
        assert_eq!((after.what, after.seen), (Operation::Restoring, Some(t(until))));
    }
    check(Operation::Restoring, None, true, "2026-05-10 10:30");
    check(Operation::Restoring, Some("2026-05-10 10:29"), true, "2026-05-10 10:30");
    check(Operation::Restoring, Some("2026-05-10 10:30"), false, "2026-05-10 10:30");
    check(Operation::Restoring, Some("2026-05-10 10:31"), false, "2026-05-10 10:31");
    check(Operation::Other("Validating".into()), Some("2026-05-10 10:31"), true, "2026-05-10 10:30");
}

/// An operation of before the span in which a list says that it was deleted is another deletion.
#[test]
fn a_deletion_of_another_time_settles_nothing() {
    let before = tenant(Kind::Sandbox, |env| env.operations = vec![operation("Delete Succeeded 2026-05-01 10:00")]);
    for (from, expect) in
        [("2026-04-30", Deletion::exactly(t("2026-05-01 10:00"))), ("2026-05-07", spanned("2026-05-07"))]
    {
        let seen = Observation { id: MAIN.into(), deleted: Some(spanned(from)), ..Observation::default() };
        let list = Inventory { environments: vec![seen].into(), ..Inventory::default() };
        let after = merge(&before, &list, t("2026-05-10"));
        assert_eq!(after.get(&id(MAIN)).unwrap().deleted, Some(expect), "{from}");
    }
}

fn spanned(from: &str) -> Deletion {
    Deletion::between(Some(t(from)), t("2026-05-10"))
}

/// Whether a failed restore of 1 April is left behind.
#[track_caller]
fn left(change: impl Fn(&mut Environment), operations: &[&str], expect: Option<&str>) {
    let before = tenant(Kind::Sandbox, change);
    let after = merge(&before, &file(operations), t("2026-05-10"));
    assert_eq!(after.get(&id(MAIN)).unwrap().failed_restore, expect.map(t), "{operations:?}");
}

#[test]
fn a_restore_that_failed() {
    let failed = "Restore Failed 2026-04-01 10:00 +30m";
    let state = |state: RuntimeState, since: &'static str| {
        move |env: &mut Environment| env.state = Fact::known(state.clone(), Origin::Import(0), t(since))
    };
    left(|_| {}, &[failed], Some("2026-04-01 10:30"));
    left(|_| {}, &[failed, "Restore Succeeded 2026-04-02 10:00"], None);
    left(|_| {}, &[failed, "Copy Succeeded 2026-04-02 10:00"], None);
    left(|_| {}, &[failed, "Backup Succeeded 2026-04-02 10:00"], Some("2026-04-01 10:30"));
    left(|_| {}, &["Restore Succeeded 2026-03-30 10:00", failed], Some("2026-04-01 10:30"));
    // One that was known before: a later success deals with it.
    for (known, expect) in [("09:00", None), ("10:00", None), ("12:00", Some("2026-04-01 12:00"))] {
        let known = move |env: &mut Environment| env.failed_restore = Some(t(&format!("2026-04-01 {known}")));
        left(known, &["Restore Succeeded 2026-04-01 10:00"], expect);
    }
    left(state(RuntimeState::Enabled, LISTED), &[failed], None);
    left(state(RuntimeState::Disabled, LISTED), &[failed], Some("2026-04-01 10:30"));
    // Enabled when it was listed, and failed after that.
    left(state(RuntimeState::Enabled, LISTED), &["Restore Failed 2026-05-06 10:00 +30m"], Some("2026-05-06 10:30"));
}

#[test]
fn many_operations_are_bounded() {
    let many: Vec<String> =
        (0..400).map(|n| format!("Edit Succeeded 2026-01-01 {:02}:{:02}", n / 60, n % 60)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let after = check(&tenant(Kind::Sandbox, |_| {}), &many, &[], 0);
    let kept = &after.get(&id(MAIN)).unwrap().operations;
    assert_eq!((kept.len(), kept[49].began), (50, t("2026-01-01 06:39")));
}

/// Keeping `inventory` is refused with this sentence.
#[track_caller]
fn refused(inventory: Inventory, says: &str) {
    let before = tenant(Kind::Sandbox, |_| {});
    let found = apply(Edition::default_edition(), &before, Command::Import(inventory), t("2026-05-10"));
    assert_eq!(found.expect_err("refused").says().to_string(), says);
}

fn candidates(source: Option<&str>, asked: Option<&str>, offered: &[&str]) -> CandidateList {
    let offered = offered.iter().map(|o| id(o)).collect();
    CandidateList { source: source.map(id), asked: asked.map(t), offered }
}

#[test]
fn what_the_file_does_not_say_the_user_must() {
    refused(Inventory::default(), "there is nothing in the file to keep");
    let mut nobody = file(&["Edit Succeeded 2026-01-01 10:00"]);
    nobody.operations[0].environment = None;
    refused(nobody, "the file does not say to which environment the operations belong");
    let of = |list| Inventory { candidates: vec![list], ..Inventory::default() };
    refused(of(candidates(None, None, &[])), "the file does not say of which source the restore candidates are");
    refused(of(candidates(Some(MAIN), None, &[])), "the file does not say when the restore candidates were asked for");
    // When another question was put says nothing of this one.
    let stamped = Inventory { asked: Some(t("2026-05-09")), ..of(candidates(Some(MAIN), None, &[])) };
    refused(stamped, "the file does not say when the restore candidates were asked for");
    refused(of(candidates(Some("elsewhere"), Some("2026-05-09"), &[])), "no environment has the id `elsewhere`");
}

#[test]
fn the_newest_candidates_stay() {
    let before = tenant(Kind::Sandbox, |_| {});
    let of = |list| Inventory { candidates: vec![list], ..Inventory::default() };
    let keep = |tenant: &Tenant, list| {
        let edition = Edition::default_edition();
        let (after, events) = apply(edition, tenant, Command::Import(of(list)), t("2026-05-10")).expect("kept");
        (after, events.into_iter().map(|e| e.says().capital().to_string()).nth(1))
    };
    let (after, says) = keep(&before, candidates(Some(MAIN), Some("2026-05-08"), &[OTHER, "gone"]));
    assert_eq!(says.unwrap(), format!("{MAIN}: the service offered 2 targets at 8 May 2026 00:00 UTC"));
    let (older, says) = keep(&after, candidates(Some(MAIN), Some("2026-05-07"), &[]));
    assert_eq!(older.environments, after.environments);
    assert!(says.unwrap().contains("are older than those of 8 May 2026"));
    let (same, says) = keep(&after, candidates(Some(MAIN), Some("2026-05-08"), &["gone", OTHER]));
    assert_eq!((&same.environments, says), (&after.environments, None));
    let (newer, _) = keep(&after, candidates(Some(MAIN), Some("2026-05-09"), &[OTHER]));
    assert_eq!(newer.get(&id(MAIN)).unwrap().candidates.as_ref().unwrap().asked, t("2026-05-09"));
}

#[test]
fn links_announcements_and_groups() {
    let before = tenant(Kind::Production, |_| {});
    let ending = Ending { what: Announced::Deleted, at: t("2026-06-01") };
    let link = FinanceLink { id: None, url: Some("https://a.operations.dynamics.com".into()) };
    let seen = Observation {
        id: MAIN.into(),
        finance: Some(Some(link.clone())),
        endings: Some(vec![ending]),
        group_id: Some("G1".into()),
        ..Observation::default()
    };
    let list = Inventory {
        environments: vec![seen.clone()].into(),
        group_rules: vec![GroupRules { group: "g1".into(), retention_days: Some(21) }],
        ..Inventory::default()
    };
    let told = |tenant: &Tenant, list: &Inventory| {
        let LineKind::Changed(changes) = preview(tenant, list, t("2026-05-10")).lines[0].what.clone() else {
            return None;
        };
        changes.into_iter().find(|c| c.field == Field::Endings).map(|c| c.from.is_some())
    };
    assert_eq!(told(&before, &list), Some(false), "nothing was announced before");
    let after = merge(&before, &list, t("2026-05-10"));
    let none_any_more = Observation { id: MAIN.into(), endings: Some(Vec::new()), ..Observation::default() };
    let list_without = Inventory { environments: vec![none_any_more].into(), ..Inventory::default() };
    assert_eq!(told(&after, &list_without), Some(true));
    let env = after.get(&id(MAIN)).unwrap();
    assert_eq!((&env.finance, env.endings.as_slice()), (&Some(link), [ending].as_slice()));
    assert_eq!(env.retention_setting.get(), Some(&21), "nobody told its own");
    assert_eq!(after.group_rules.len(), 1);
    assert_eq!(merge(&after, &list, t("2026-05-11")).environments[0].retention_setting, env.retention_setting);
    // What the file does not say stays; what it says is not there goes.
    let silent = Observation { id: MAIN.into(), ..Observation::default() };
    let none = Observation { finance: Some(None), endings: Some(Vec::new()), ..silent.clone() };
    let of = |o| Inventory { environments: vec![o].into(), ..Inventory::default() };
    assert!(merge(&after, &of(silent), t("2026-05-11")).get(&id(MAIN)).unwrap().finance.is_some());
    let gone = merge(&after, &of(none), t("2026-05-11"));
    let env = gone.get(&id(MAIN)).unwrap();
    assert!(env.finance.is_none() && env.endings.is_empty());
}

#[test]
fn a_restore_that_runs_in_the_app_ends_in_the_app() {
    let edition = Edition::default_edition();
    let before = tenant(Kind::Sandbox, |env| {
        env.region = Fact::known(restore_desk::domain::environment::Region::new("europe"), Origin::Import(0), t(LISTED))
    });
    let request = restore_desk::domain::restore::RestoreRequest {
        source: id(MAIN),
        target: id(MAIN),
        point: restore_desk::domain::restore::Point::System(t("2026-05-08")),
        include_audit_logs: false,
        new_name: None,
        special_apps: Vec::new(),
    };
    let start = Deed::StartRestore { request, ends: None, fails: false };
    let (running, _) = perform(edition, &before, &start, t("2026-05-10")).expect("begins");
    let listed = ["Restore Succeeded 2026-05-06 10:00 +90m", "Restore Succeeded 2026-05-10 00:01 +30m"];
    let after = merge(&running, &file(&listed), t("2026-05-10 02:00"));
    let env = after.get(&id(MAIN)).unwrap();
    assert!(env.running.is_some() && env.activity.is_some());
    let restored: Vec<String> = history(&after).into_iter().filter(|line| line.ends_with("restored")).collect();
    assert_eq!(restored, ["05-06 10:00..05-06 11:30 restored"], "the one before it is over");
}

/// The group rule that holds the retention of a member (G1).
#[test]
fn the_retention_of_a_member_is_changed_at_its_group() {
    let edition = Edition::default_edition();
    let member = |rules: Vec<GroupRules>| {
        let mut tenant = tenant(Kind::Production, |env| env.group_id = Some("g1".into()));
        tenant.group_rules = rules;
        tenant
    };
    let set = Deed::Set { environment: id(MAIN), setting: Setting::Retention(14) };
    let rules = |days| vec![GroupRules { group: "G1".into(), retention_days: days }];
    let refused = perform(edition, &member(rules(Some(28))), &set, t("2026-05-10")).expect_err("held");
    assert_eq!(refused.rules, [restore_desk::domain::rule::RuleId::G1]);
    assert_eq!(
        refused.says().to_string(),
        format!("the rules of the environment group “g1” hold the retention of {MAIN} at 28 days")
    );
    assert!(refused.help().to_string().contains("in the rules of the group"));
    perform(edition, &member(rules(None)), &set, t("2026-05-10")).expect("no rule holds it");
    perform(edition, &member(Vec::new()), &set, t("2026-05-10")).expect("nobody knows its rules");
}

/// What the service announced is found before it happens, and listed among what comes (X4).
#[test]
fn what_ends_by_itself_is_found_before() {
    use restore_desk::domain::readiness::{Trouble, assess};
    let edition = Edition::default_edition();
    let before = tenant(Kind::Trial, |env| {
        env.endings = vec![Ending { what: Announced::TrialEnds, at: t("2026-06-01") }];
    });
    let found = |now: &str| {
        let readiness = assess(Moment::new(edition, &before, t(now)));
        let finding = readiness.findings.into_iter().find(|f| f.trouble == Trouble::EndsByItself);
        finding.map(|f| (f.environments, f.detail.unwrap().says().capital().to_string()))
    };
    let says = format!("The first is {MAIN}: the trial ends at 1 Jun 2026 00:00 UTC");
    assert_eq!(found("2026-05-10"), Some((vec![0], says)));
    assert_eq!(found("2026-06-01"), None, "then it has happened");
    // Of several the first one is named, of two at the same instant the first by its id.
    for (day, first) in [("2026-05-31", OTHER), ("2026-06-01", MAIN), ("2026-06-02", MAIN)] {
        let mut two = before.clone();
        two.environments = two.environments.iter().rev().cloned().collect();
        let other = two.get_mut(&id(OTHER)).unwrap();
        other.endings = vec![Ending { what: Announced::TrialEnds, at: t(day) }];
        let finding = assess(Moment::new(edition, &two, t("2026-05-10"))).findings;
        let finding = finding.into_iter().find(|f| f.trouble == Trouble::EndsByItself).unwrap();
        assert!(finding.detail.unwrap().says().to_string().contains(first), "{day}");
    }
    let coming = restore_desk::domain::life::upcoming(Moment::new(edition, &before, t("2026-05-10")));
    let next = coming.iter().find(|u| u.environment.id == id(MAIN)).unwrap();
    assert_eq!(next.at, t("2026-06-01"));
    assert!(matches!(next.said.cause, Next::Announced(Announced::TrialEnds)), "{next:?}");
}

/// L1 leads the checks of a restore from or onto what is linked, and its page is named.
#[test]
fn finance_and_operations_come_first() {
    use restore_desk::domain::restore::{Point, RestoreRequest, SpecialApp, Weight, check};
    use restore_desk::domain::rule::RuleId;
    use restore_desk::words::Say;
    let edition = Edition::default_edition();
    for linked in [MAIN, OTHER] {
        let mut before = tenant(Kind::Sandbox, |_| {});
        let link = FinanceLink { id: Some("fo-1".into()), url: None };
        before.get_mut(&id(linked)).unwrap().finance = Some(link);
        let request = RestoreRequest {
            source: id(OTHER),
            target: id(MAIN),
            point: Point::System(t("2026-05-09")),
            include_audit_logs: false,
            new_name: None,
            special_apps: Vec::new(),
        };
        let checks = check(Moment::new(edition, &before, t("2026-05-10")), &request);
        let first = checks.iter().find(|c| c.weight == Weight::Caution).unwrap();
        assert_eq!(first.rule(), Some(RuleId::L1), "{checks:#?}");
        assert_eq!(first.app(), Some(SpecialApp::Finance));
        assert!(
            first.says().to_string().contains("(fo-1)") && first.help().to_string().contains("learn.microsoft.com")
        );
    }
}

#[test]
fn candidates_that_nobody_here_knows_change_no_verdict() {
    let before = tenant(Kind::Sandbox, |_| {});
    let known = before.environments.len();
    let lists = |all: Vec<CandidateList>| Inventory { candidates: all, ..Inventory::default() };
    let of = |offered: &[&str]| lists(vec![candidates(Some(MAIN), Some("2026-05-09"), offered)]);
    let ask = "is it another tenant's list, or is the inventory here old?";
    // Kept by nobody: it is asked about.
    let run = |file: Inventory| apply(Edition::default_edition(), &before, Command::Import(file), t("2026-05-10"));
    for (offered, none) in [
        (&["x"][..], "the one restore candidate that it names is not"),
        (&["x", "y"], "none of the 2 restore candidates that it names is"),
    ] {
        let refusal = run(of(offered)).expect_err("refused");
        assert_eq!(
            refusal.says().to_string(),
            format!(
                "this list says nothing of the environments that are known: {none} among the {known} environments that are known here"
            )
        );
        assert!(refusal.help().to_string().starts_with(ask), "{refusal:?}");
    }
    // The preview says it as well, and nothing is merged beside other things.
    let mut beside = of(&["x", "y"]);
    beside.backups = vec![BackupList { environment: Some(id(MAIN)), backups: Vec::new(), whole: true }];
    let seen = preview(&before, &beside, t("2026-05-10"));
    assert!(seen.learned.iter().any(|l| learned(l, &before).to_string().contains(ask)), "{:?}", seen.learned);
    let (after, _) = run(beside).expect("the rest is kept");
    assert_eq!(after.environments, before.environments);
    // Where some are known they count, and the others are named.
    let (after, events) = run(of(&["x", OTHER])).expect("kept");
    assert!(after.get(&id(MAIN)).unwrap().candidates.as_ref().unwrap().offered.contains(&id(OTHER)));
    let said = format!(
        "{MAIN}: 1 of the targets that the service offered is not known here (x): another tenant's, or the list of environments is old; the others count"
    );
    assert!(events.iter().any(|e| e.says().capital().to_string() == said), "{events:#?}");
    // Neither what the file says of its tenant nor the source in its own list of environments makes somebody known of them.
    let with_id = Tenant { id: Some(TENANT_ID.into()), ..before.clone() };
    let ours = Inventory { tenant_id: Some(TENANT_ID.into()), ..of(&["x"]) };
    let refused = apply(Edition::default_edition(), &with_id, Command::Import(ours), t("2026-05-10"));
    assert!(refused.is_err_and(|refusal| refusal.help().to_string().starts_with(ask)));
    let listed = Observation { id: MAIN.to_uppercase(), ..Observation::default() };
    let (after, events) = run(Inventory { environments: vec![listed.clone()].into(), ..of(&["x"]) }).expect("kept");
    assert_eq!(after.get(&id(MAIN)).unwrap().candidates, None);
    assert!(events.iter().any(|e| e.says().to_string().contains(ask)), "{events:#?}");
    assert!(!events.iter().any(|e| e.says().to_string().contains("the others count")), "{events:#?}");
    // Whom the same file lists is known.
    let new = Observation { id: "x".into(), ..Observation::default() };
    let (after, _) = run(Inventory { environments: vec![listed, new].into(), ..of(&["x"]) }).expect("kept");
    assert!(after.get(&id(MAIN)).unwrap().candidates.is_some());
    // One that names somebody beside one that names nobody is kept.
    let two = [&["x"][..], &[OTHER]].map(|offered| candidates(Some(MAIN), Some("2026-05-09"), offered));
    assert!(run(lists(two.to_vec())).is_ok());
    // An empty list names nobody and stays what it is.
    assert!(run(of(&[])).is_ok());
}
