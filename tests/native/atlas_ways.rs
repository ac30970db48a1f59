//! What can be done in the tenants of the atlas, in tables to read: every way back from every mishap, what would follow of every deed, and
//! the plans.
//!
//! After a change that is meant, refresh and read the difference:
//! `UPDATE_GOLDEN=1 cargo test --no-default-features --test native atlas_ways::`

use crate::atlas::{ATLAS, ago, by_edition, list, maybe, named, now, or, rules, tenant, when};
use crate::planned::plan;
use crate::retention_golden;
use restore_desk::domain::advice::{Advice, AdviceLine, Case, Cause, Mishap, MishapTime, Way, advise};
use restore_desk::domain::deed::{Deed, Setting};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{EnvironmentId, Key, Kind};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::plan::{Plan, Purpose, ToStart};
use restore_desk::domain::refusal;
use restore_desk::domain::restore::{self, Check, Point, RestoreRequest, check_purpose};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::what_if::{Consequence, Lost, PointsLost, WhatIf, what_if};
use std::collections::BTreeSet;
use std::fmt::{Debug, Write};

/// The environments of the atlas of which it is asked, by the title of their tenant.
const ASKED: &[(&str, &[&str])] = &[
    ("one of each kind, all known", &["Sales", "Plain", "Test", "Dev", "Team", "Home", "Try"]),
    ("little is known", &["Prod", "Mystery", "Apps"]),
    ("periods", &["Short", "Raised", "Lowered", "Unmanaged"]),
    ("young and old", &["Hours", "SeenDay"]),
    ("switches", &["Former", "Back", "Unknown"]),
    ("the service's word", &["Old", "Nothing", "MovedSometime"]),
    ("at this moment", &["Sales", "Copied", "Moving", "Failed", "Mode", "Gone", "Busy", "Linked"]),
    ("all targets are occupied, and storage is short", &["Sales", "Train"]),
    ("nothing fits", &["Keyed", "Managed"]),
    ("lists of candidates", &["Alone", "Try"]),
    ("deleted", &["Box", "Perhaps", "Which", "Sometime", "Never", "Turned", "Over", "Back"]),
    ("backups and what is announced", &["Now", "Late", "Contested", "Former"]),
];

/// Those of them of which the ways back are asked.
const STRANDED: &[&str] = &[
    "Dev", "Team", "Home", "Mystery", "Raised", "Hours", "Former", "Copied", "Failed", "Gone", "Keyed", "Alone", "Box",
    "Perhaps", "Sometime", "Turned", "Over", "Late",
];

fn asked(
    is: impl Fn(&str, &str) -> bool,
    write: impl Fn(&Tenant, &'static Edition, &EnvironmentId) -> Vec<String>,
) -> String {
    let mut text = String::new();
    for (title, names) in ASKED {
        let (_, room, lines) = ATLAS.iter().find(|(known, ..)| known == title).expect("a tenant of the atlas");
        let tenant = tenant(room, lines);
        for name in names.iter().filter(|name| is(title, name)) {
            writeln!(text, "## {name}, {title}").unwrap();
            by_edition(&mut text, |edition| write(&tenant, edition, &EnvironmentId::new(*name)));
        }
    }
    text
}

/// The name of what a check or another cause says.
fn inner(value: &impl Debug) -> String {
    let all = format!("{value:?}");
    let first: String = all.chars().take_while(char::is_ascii_alphanumeric).collect();
    // One word more, where it is a word of a cause.
    let rest = all[first.len()..].trim_start_matches('(');
    let more: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let is_word = more.chars().next().is_some_and(|c| c.is_ascii_uppercase()) && rest.len() < all.len();
    if is_word { format!("{first}.{more}") } else { first }
}
fn check_text(check: &Check) -> String {
    let mending = match &check.said.cause {
        restore::Cause::Pair(_, mending) => format!("/{}", named(mending)),
        _ => String::new(),
    };
    format!("{}{}{mending}", rules(&check.said.rules).replace(' ', "+"), inner(&check.said.cause))
}
fn advice_line(line: &AdviceLine) -> String {
    let of_check = |word: &str, check: &Check| format!("{word}{}", check_text(check));
    match &line.cause {
        Cause::Check(check) => check_text(check),
        Cause::FreeRoomFor(check, room) => of_check(&format!("FreeRoomFor{room:?}:"), check),
        Cause::WaitFor(check) => of_check("WaitFor:", check),
        Cause::Change(remedy, _) => format!("{}{}", rules(&line.rules).replace(' ', "+"), inner(&remedy.change)),
        Cause::Refused(refusal) => format!("Refused.{}", inner(&refusal.cause)),
        Cause::Follows(said, name) => format!("Follows.{}({name})", named(&said.cause)),
        Cause::NoneOfThem(many, why) => {
            let why = list(why.iter().map(|(n, rule)| format!("{n}x{rule}")));
            format!("NoneOfThem({many}: {why})")
        }
        Cause::PerhapsTooEarly(a, b) => format!("PerhapsTooEarly({}, {})", ago(*a), ago(*b)),
        Cause::OverIfDeleted(a, b) => format!("OverIfDeleted({}, {})", ago(*a), ago(*b)),
        Cause::LastBackup { label, at } => format!("LastBackup({label}, {})", ago(*at)),
        cause => format!("{}{}", rules(&line.rules).replace(' ', "+"), named(cause)),
    }
}
fn part(out: &mut String, word: &str, lines: &[AdviceLine]) {
    if !lines.is_empty() {
        write!(out, "; {word} {}", list(lines.iter().map(advice_line))).unwrap();
    }
}

fn way(way: &Way) -> String {
    let lists =
        [&way.recovered, &way.lost, &way.overwritten, &way.costs, &way.against, &way.changes, &way.open, &way.heed];
    let all: BTreeSet<RuleId> = lists.into_iter().flatten().flat_map(|line| line.rules.clone()).collect();
    assert_eq!(way.rules(), Vec::from_iter(all));
    let mut out = format!("{:?}", way.kind);
    if let Some(target) = &way.target {
        write!(out, " {target}").unwrap();
    }
    write!(out, ": {:?}", way.standing).unwrap();
    if let Some(certainty) = way.certainty {
        write!(out, " {certainty:?}").unwrap();
    }
    if let Some(doubt) = way.doubt {
        write!(out, " {doubt:?}").unwrap();
    }
    for (word, at) in [("start", way.start_before), ("sure", way.sure_until), ("until", way.until)] {
        if at.is_some() {
            write!(out, " {word} {}", maybe(at)).unwrap();
        }
    }
    for (word, lines) in [
        ("against", &way.against),
        ("changes", &way.changes),
        ("open", &way.open),
        ("lost", &way.lost),
        ("overwritten", &way.overwritten),
        ("recovered", &way.recovered),
        ("costs", &way.costs),
        ("heed", &way.heed),
    ] {
        part(&mut out, word, lines);
    }
    if !way.questions.is_empty() {
        write!(out, "; asks {}", list(way.questions.iter().map(|(id, fact)| format!("{id}:{fact:?}")))).unwrap();
    }
    out
}

fn advised(advice: &Advice) -> String {
    let mut out = format!("point {}", maybe(advice.point));
    part(&mut out, "first", &advice.first);
    let more = &advice.more;
    let then =
        if more.after_changes_unknown > 0 { format!("/then{}", more.after_changes_unknown) } else { String::new() };
    write!(out, "; more {}/{}/{}{then}/{}", more.eligible, more.after_changes, more.unknown, more.refused).unwrap();
    write!(
        out,
        "; first because {:?}{}",
        advice.why_first.second,
        if advice.why_first.look_beside { ", look beside" } else { "" }
    )
    .unwrap();
    out
}

/// Every way back. Each way stands once, before the mishaps from which it leads back like that.
#[test]
fn ways_back() {
    /// What it is called, and when it happened: not before the first, not after the second.
    type Told = (&'static str, Mishap, Option<(&'static str, &'static str)>);
    let cases: [Told; 8] = [
        ("records", Mishap::RecordsLost, Some(("1d", "1d"))),
        ("records-sometime", Mishap::RecordsLost, Some(("9d", "8d"))),
        ("import", Mishap::BadImport, Some(("6d23h", "6d23h"))),
        ("overwritten", Mishap::Overwritten, Some(("5d23h59m", "5d23h59m"))),
        ("deleted", Mishap::Deleted, None),
        ("deleted-sometime", Mishap::Deleted, Some(("8d", "1d"))),
        ("copy", Mishap::NeedCopy, None),
        ("leave", Mishap::Leave, None),
    ];
    let is = |title: &str, name: &str| {
        STRANDED.contains(&name) || name == "Sales" && (title == "at this moment" || title.contains("storage is short"))
    };
    let text = asked(is, |tenant, edition, id| {
        let mut out: Vec<(String, Vec<&str>)> = Vec::new();
        for (word, mishap, time) in &cases {
            let when = time.map(|(from, to)| MishapTime { earliest: when(from), latest: when(to) });
            let case = Case { mishap: *mishap, environment: Some(id.clone()), when };
            let advice = advise(Moment::new(edition, tenant, now()), &case).expect("all is told");
            for line in std::iter::once(advised(&advice)).chain(advice.ways.iter().map(way)) {
                match out.iter_mut().find(|(known, _)| *known == line) {
                    Some((_, words)) => words.push(word),
                    None => out.push((line, vec![word])),
                }
            }
        }
        out.into_iter().map(|(line, words)| format!("{}: {line}", words.join(" "))).collect()
    });
    retention_golden::check("atlas-ways.txt", &text);
}

fn lost(l: &PointsLost) -> String {
    let what = match &l.what {
        Lost::Points { from, until } => format!("{}-{}", ago(*from), ago(*until)),
        Lost::Backup { label, .. } => label.clone(),
        Lost::Label { label, left, .. } => format!("{label} left {}", named(left)),
    };
    format!("{:?}({what} {})", l.fate, rules(&l.rules))
}

fn follows(found: &WhatIf) -> String {
    let mut out = String::new();
    for touched in &found.environments {
        write!(out, "{}", touched.name).unwrap();
        for moment in &touched.moments {
            write!(
                out,
                " [{:?} {}{}",
                moment.look,
                ago(moment.at),
                if moment.differs() { "" } else { " no difference" }
            )
            .unwrap();
            for loss in &moment.losses {
                write!(out, " {}", lost(loss)).unwrap();
            }
            let fates = moment.backups.iter().filter(|b| b.without != b.with);
            for b in fates {
                write!(out, " {} {:?}>{:?}", b.label, b.without, b.with).unwrap();
            }
            out.push(']');
        }
        let says = list(touched.says.iter().map(|said| match &said.cause {
            Consequence::Check(check) => check_text(check),
            Consequence::Recoverable { sure, possible } => format!("Recoverable({}, {})", maybe(*sure), ago(*possible)),
            cause => format!("{}{}", rules(&said.rules).replace(' ', "+"), inner(cause)),
        }));
        write!(out, " says {says}; ").unwrap();
    }
    or(out, "nothing")
}

/// What would follow of every deed.
#[test]
fn what_would_follow() {
    let text = asked(
        |_, _| true,
        |tenant, edition, id| {
            let set = |setting| Deed::Set { environment: id.clone(), setting };
            let request = |point: &str| RestoreRequest {
                source: id.clone(),
                target: id.clone(),
                point: Point::System(when(point)),
                include_audit_logs: false,
                new_name: None,
                special_apps: Vec::new(),
            };
            let start = |point: &str| Deed::StartRestore { request: request(point), ends: None, fails: false };
            let backup = Deed::CreateManualBackup {
                environment: id.clone(),
                id: "new".into(),
                label: "new".into(),
                point: None,
            };
            let deeds = [
                ("to Sandbox", set(Setting::Kind(Kind::Sandbox))),
                ("to Production", set(Setting::Kind(Kind::Production))),
                ("managed", set(Setting::Managed(true))),
                ("not managed", set(Setting::Managed(false))),
                ("7 days", set(Setting::Retention(7))),
                ("28 days", set(Setting::Retention(28))),
                ("a database", set(Setting::Dataverse)),
                ("a key", set(Setting::Key(Key::Customer(Some("k7".into()))))),
                ("administration mode", set(Setting::AdministrationMode(true))),
                ("administration mode off", set(Setting::AdministrationMode(false))),
                ("delete", Deed::Delete { environment: id.clone() }),
                ("recover", Deed::Recover { environment: id.clone() }),
                ("back it up", backup),
                ("delete a backup", Deed::DeleteManualBackup { environment: id.clone(), backup: "b0".into() }),
                ("restore 1d", start("1d")),
                ("restore 6d23h30m", start("6d23h30m")),
                ("end a restore", Deed::EndRestore { target: id.clone(), failed: true }),
                ("end what goes on", Deed::EndActivity { environment: id.clone() }),
            ];
            let told = deeds.into_iter().map(|(word, deed)| {
                let said = match what_if(Moment::new(edition, tenant, now()), &deed) {
                    Ok(found) => follows(&found),
                    Err(refused) => {
                        let why = match &refused.cause {
                            refusal::Cause::Of(_, why) => named(why),
                            refusal::Cause::Checks(checks) => list(checks.iter().map(check_text)),
                            cause => named(cause),
                        };
                        format!("refused {} {why}", rules(&refused.rules))
                    }
                };
                format!("{word}: {said}")
            });
            told.collect()
        },
    );
    retention_golden::check("atlas-what-if.txt", &text);
}

fn planned(plan: &Plan) -> Vec<String> {
    let items = |all: &[restore_desk::domain::plan::Item]| list(all.iter().map(|item| item.id.clone()));
    let steps = plan.steps.iter().map(|s| format!("{}{}", s.id, if s.destructive { "!" } else { "" }));
    let deadlines = plan.deadlines.iter().map(|d| format!("{}:{}:{}", ago(d.at), named(&d.cause), rules(&d.rules)));
    let start = match plan.to_start(now()) {
        ToStart::Until(at) => format!("until {}", ago(at)),
        ToStart::Late(at) => format!("late since {}", ago(at)),
        other => named(&other),
    };
    let rests = list(plan.assumptions.iter().map(|item| format!("{}{}", item.id, inner(&item.cause))));
    vec![
        format!("steps {}", list(steps)),
        format!(
            "deadlines {}; start {start}; point {:?}",
            list(deadlines),
            plan.point_ends().map(|(at, sure)| (ago(at), sure))
        ),
        format!("rests on {rests}"),
        format!("afterwards {}", items(&plan.afterwards)),
        format!("cautions {}", items(&plan.cautions)),
    ]
}

/// Plans of every purpose, or what stops them.
#[test]
fn plans() {
    let mut text = String::new();
    let purposes: &[(&str, &str, &[&str])] = &[
        ("one of each kind, all known", "Sales>Test Sales>Train Dev>Dev Team>Team Home>Dev", &["1d", "27d"]),
        ("little is known", "Prod>Keyed Apps>Seen Mystery>Seen Policies>Policies", &["1d", "27d"]),
        ("periods", "Raised>Test Odd>Test Apps>Test", &["1d", "7d", "7d12h"]),
        ("switches", "Former>Former Back>Former", &["1d", "12d"]),
        ("the service's word", "Old>Moved Nothing>Nothing", &["1d", "15d"]),
        ("at this moment", "Sales>Mode Sales>CopiedLonger Failed>Failed Gone>Mode Linked>Mode", &["1d"]),
        ("keys and policies", "K1>SUnknown Net>NetAny Any>SAny", &["1d"]),
        ("all targets are occupied, and storage is short", "Sales>Test Train>Train", &["1d"]),
        ("lists of candidates", "Sales>Train Alone>Train Old>Test", &["1d"]),
    ];
    for (title, pairs, points) in purposes {
        let (_, room, lines) = ATLAS.iter().find(|(known, ..)| known == title).expect("a tenant of the atlas");
        let tenant = tenant(room, lines);
        for pair in pairs.split(' ') {
            let (source, target) = pair.split_once('>').unwrap();
            let request = |point: &str| RestoreRequest {
                source: EnvironmentId::new(source),
                target: EnvironmentId::new(target),
                point: Point::System(when(point)),
                include_audit_logs: false,
                new_name: None,
                special_apps: Vec::new(),
            };
            let all = points.iter().flat_map(|point| {
                let bulk = Purpose::BulkDeletion {
                    source: EnvironmentId::new(source),
                    point: Point::System(when(point)),
                    include_audit_logs: false,
                    special_apps: vec![],
                };
                let itself = RestoreRequest { target: EnvironmentId::new(source), ..request(point) };
                [
                    (format!("{point}, {pair}"), Purpose::Restore(request(point))),
                    (format!("{point}, {source} through Sandbox"), Purpose::RestoreToProduction(itself)),
                    (format!("{point}, {source} beside"), bulk),
                ]
            });
            for (word, purpose) in all {
                writeln!(text, "## {word}, {title}").unwrap();
                by_edition(&mut text, |edition| {
                    let checks = check_purpose(Moment::new(edition, &tenant, now()), &purpose);
                    let weighed = checks.iter().map(|c| format!("{:?}:{}", c.weight, check_text(c)));
                    let mut out = vec![format!("checks {}", list(weighed))];
                    match plan(edition, &tenant, &purpose, now()) {
                        Ok(plan) => out.extend(planned(&plan)),
                        Err(_) => out.push("no plan".into()),
                    }
                    out
                });
            }
        }
    }
    // Each manual backup, onto where it is from.
    let (title, room, lines) =
        ATLAS.iter().find(|(title, ..)| title.starts_with("backups")).expect("a tenant of the atlas");
    let tenant = tenant(room, lines);
    for (env, backup) in tenant.environments.iter().flat_map(|env| env.backups.iter().map(move |b| (env, b))) {
        writeln!(text, "## {} {}, {title}", env.name, backup.label).unwrap();
        let purpose = Purpose::Restore(RestoreRequest {
            source: env.id.clone(),
            target: env.id.clone(),
            point: Point::Manual(backup.id.clone()),
            include_audit_logs: false,
            new_name: None,
            special_apps: Vec::new(),
        });
        by_edition(&mut text, |edition| {
            let checks = check_purpose(Moment::new(edition, &tenant, now()), &purpose);
            let of_point = checks.iter().filter(|c| matches!(c.said.cause, restore::Cause::Point(_)));
            vec![format!("point {}", list(of_point.map(|c| format!("{:?}:{}", c.weight, check_text(c)))))]
        });
    }
    assert_eq!(EDITIONS.len(), 3);
    retention_golden::check("atlas-plans.txt", &text);
}
