//! The retention tables of the editions, and windows of telling environments with all their reasons, as text to read.
//!
//! The texts are in `tests/golden`. After a change that is meant, refresh them and read the difference:
//! `UPDATE_GOLDEN=1 cargo test --no-default-features --test native retention_golden::`

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Environment, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::manual_backup::manual_retention;
use restore_desk::domain::retention::{Reason, Retention, system_retention, window};
use restore_desk::words::Say;
use restore_desk::words::time::{from_text, instant_text};
use std::fmt::Write;
use std::path::Path;

#[track_caller]
pub fn check(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = expected.lines().zip(actual.lines()).position(|(e, a)| e != a);
    let line = differs.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    assert!(
        expected == actual,
        "{name} differs at line {}:\n  expected: {}\n  actual:   {}\nrefresh with UPDATE_GOLDEN=1 if that is meant",
        line + 1,
        expected.lines().nth(line).unwrap_or("(the end)"),
        actual.lines().nth(line).unwrap_or("(the end)"),
    );
}

fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(1), at(1, 0))
}
fn fact<T>(value: Option<T>) -> Fact<T> {
    value.map_or(Fact::unknown(), known)
}
/// Day `d` of January 2026 (32 is 1 February), at `h` o'clock UTC.
fn at(d: i64, h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::days(d - 1) + TimeDelta::hours(h)
}
fn env(kind: Kind, dynamics: Option<bool>, managed: Option<bool>) -> Environment {
    let mut e = Environment::new("e");
    e.kind = known(kind);
    e.dataverse = known(true);
    e.dynamics = fact(dynamics);
    e.managed = fact(managed);
    e.created = known(at(-300, 0));
    e
}

fn word(fact: Option<bool>) -> &'static str {
    match fact {
        Some(true) => "yes",
        Some(false) => "no",
        None => "?",
    }
}
fn days(r: &Retention) -> String {
    match (r.guaranteed_days, r.possible_days) {
        (g, p) if g == p => format!("{g}"),
        (g, p) => format!("{g}..{p}"),
    }
}

/// Every kind with every answer, by edition. `7..28`: seven days are guaranteed, twenty-eight possible. `-`: not supported.
#[test]
fn tables() {
    for edition in EDITIONS {
        let mut out = String::new();
        writeln!(
            out,
            "{:<28}{:<10}{:<9}{:<9}{:<9}{:<9}asks",
            "kind", "dynamics", "managed", "setting", "system", "manual"
        )
        .unwrap();
        for kind in Kind::NAMED.into_iter().chain([Kind::Other("Platform".into())]) {
            let answers: &[Option<bool>] =
                if kind == Kind::Production { &[Some(true), Some(false), None] } else { &[None] };
            let settings: &[Option<u32>] = if kind == Kind::Production {
                &[None, Some(7), Some(14), Some(21), Some(28), Some(10)]
            } else {
                &[Some(28)]
            };
            for dynamics in answers {
                for managed in answers {
                    for setting in settings {
                        let mut e = env(kind.clone(), *dynamics, *managed);
                        e.retention_setting = fact(*setting);
                        let system = system_retention(edition, &e, chrono::DateTime::UNIX_EPOCH);
                        let manual = manual_retention(edition, &e, chrono::DateTime::UNIX_EPOCH)
                            .map_or("-".into(), |r| days(&r));
                        let setting = setting.map_or("?".into(), |s| s.to_string());
                        let asks = system.asks.iter().map(|a| format!("{a:?}")).collect::<Vec<_>>().join(" ");
                        let line = format!(
                            "{:<28}{:<10}{:<9}{:<9}{:<9}{:<9}{asks}",
                            kind.to_string(),
                            word(*dynamics),
                            word(*managed),
                            setting,
                            days(&system),
                            manual
                        );
                        writeln!(out, "{}", line.trim_end()).unwrap();
                    }
                }
            }
        }
        check(&format!("retention-{}.txt", edition.id), &out);
    }
}

struct Story {
    says: &'static str,
    env: Environment,
    nows: Vec<DateTime<Utc>>,
}

fn story(says: &'static str, env: Environment, nows: impl IntoIterator<Item = DateTime<Utc>>) -> Story {
    Story { says, env, nows: nows.into_iter().collect() }
}

fn with(mut e: Environment, f: impl FnOnce(&mut Environment)) -> Environment {
    f(&mut e);
    e
}

fn exactly(d: i64, h: i64, what: Changed) -> Change {
    Change::exactly(at(d, h), what)
}
fn setting(from: u32, to: u32) -> Changed {
    Changed::RetentionSetting { from: Some(from), to }
}
fn kind(from: Kind, to: Kind) -> Changed {
    Changed::Kind { from: Some(from), to }
}

fn stories() -> Vec<Story> {
    let production = |dynamics, managed| env(Kind::Production, dynamics, managed);
    let yes = Some(true);
    let no = Some(false);
    let round_trip = |back: bool| {
        with(production(yes, no), |e| {
            e.history = vec![exactly(60, 0, kind(Kind::Production, Kind::Sandbox))];
            if back {
                e.history.push(exactly(62, 0, kind(Kind::Sandbox, Kind::Production)));
            } else {
                e.kind = known(Kind::Sandbox);
            }
        })
    };
    vec![
        story(
            "The documented example: created on 1 January, set from 7 to 14 days on 8 January",
            with(production(no, yes), |e| {
                e.created = known(at(1, 0));
                e.retention_setting = known(14);
                e.history = vec![exactly(8, 0, setting(7, 14))];
            }),
            [at(8, 0), at(8, 12), at(9, 0), at(16, 12), at(17, 0)],
        ),
        story("Production with Dynamics 365 apps", production(yes, no), [at(60, 0)]),
        story("Production of which nothing more is known", production(None, None), [at(60, 0)]),
        story(
            "Managed Production, Dynamics 365 apps unknown, 14 days",
            with(production(None, yes), |e| e.retention_setting = known(14)),
            [at(60, 0)],
        ),
        story(
            "Managed Production with a stored setting of 10 days",
            with(production(no, yes), |e| e.retention_setting = known(10)),
            [at(60, 0)],
        ),
        story(
            "Unmanaged Production with a stored setting of 28 days",
            with(production(no, no), |e| e.retention_setting = known(28)),
            [at(60, 0)],
        ),
        story(
            "Raised to 28 and lowered to 7 days five hours later",
            with(production(no, yes), |e| {
                e.retention_setting = known(7);
                e.history = vec![exactly(60, 0, setting(7, 28)), exactly(60, 5, setting(28, 7))];
            }),
            [at(60, 3), at(61, 4), at(61, 5)],
        ),
        story("Production, switched to Sandbox two days ago", round_trip(false), [at(62, 0)]),
        story(
            "Production, two days a Sandbox, and Production again",
            round_trip(true),
            [at(62, 0), at(65, 0), at(90, 0)],
        ),
        story(
            "Dynamics 365 apps removed, noticed between two imports",
            with(production(no, no), |e| {
                let what = Changed::Dynamics { from: yes, to: false };
                e.history = vec![Change { not_before: at(58, 0), at: at(60, 0), what }];
            }),
            [at(59, 0), at(60, 0)],
        ),
        story(
            "Made managed on 1 March with 28 days set",
            with(production(no, yes), |e| {
                e.retention_setting = known(28);
                e.history = vec![exactly(60, 0, Changed::Managed { from: no, to: true })];
            }),
            [at(70, 0)],
        ),
        story(
            "Sandbox, creation unknown, first seen five days ago",
            with(env(Kind::Sandbox, None, None), |e| {
                e.created = Fact::unknown();
                e.existed_by = Some(at(55, 0));
            }),
            [at(60, 0)],
        ),
        story(
            "Sandbox of which nothing proves that it existed",
            with(env(Kind::Sandbox, None, None), |e| e.created = Fact::unknown()),
            [at(60, 0)],
        ),
        story(
            "The service reports three days",
            with(production(yes, no), |e| e.oldest_backup = known(at(57, 0))),
            [at(60, 0)],
        ),
        story(
            "A database was added on 27 February",
            with(env(Kind::Developer, None, None), |e| {
                e.history = vec![exactly(58, 0, Changed::Dataverse { from: no, to: true })]
            }),
            [at(60, 0)],
        ),
        story("No Dataverse", with(production(yes, no), |e| e.dataverse = known(false)), [at(60, 0)]),
        story("Dataverse unknown", with(production(yes, no), |e| e.dataverse = Fact::unknown()), [at(60, 0)]),
        story("Kind unknown", with(production(None, None), |e| e.kind = Fact::unknown()), [at(60, 0)]),
        story(
            "A kind that the documentation does not name",
            env(Kind::Other("Platform".into()), None, None),
            [at(60, 0)],
        ),
        story("Teams", env(Kind::Teams, None, None), [at(60, 0)]),
        story("Default", env(Kind::Default, None, None), [at(60, 0)]),
        story("Trial", env(Kind::Trial, None, None), [at(60, 0)]),
        story("Deleted two days ago", with(production(yes, no), |e| e.deleted = Some(at(58, 0).into())), [at(60, 0)]),
        story(
            "Deleted and recovered",
            with(production(yes, no), |e| {
                e.history = vec![exactly(57, 0, Changed::Deleted), exactly(58, 0, Changed::Recovered)]
            }),
            [at(60, 0)],
        ),
    ]
}

fn put(out: &mut String, title: &str, reasons: &[Reason]) {
    for (i, r) in reasons.iter().enumerate() {
        writeln!(
            out,
            "    {:<12}{:<4} {}",
            if i == 0 { title } else { "" },
            r.rules[0].to_string(),
            r.says().capital()
        )
        .unwrap();
    }
}

fn show(out: &mut String, edition: &Edition, e: &Environment, now: DateTime<Utc>) {
    let w = window(edition, e, now);
    let from = |f: Option<DateTime<Utc>>| f.map_or("nothing".to_string(), from_text);
    writeln!(out, "  {} at {}: {:?}, {} days", edition.id, instant_text(now), w.usage, days(&w.retention)).unwrap();
    writeln!(
        out,
        "    guaranteed from {}, possible from {}, until {}",
        from(w.guaranteed_from),
        from(w.possible_from),
        instant_text(w.until)
    )
    .unwrap();
    if let Some(d) = w.dormant_from {
        writeln!(out, "    dormant from {}", from_text(d)).unwrap();
    }
    put(out, "guaranteed", &w.guaranteed_reasons);
    put(out, "possible", &w.possible_reasons);
    if !w.asks.is_empty() {
        writeln!(out, "    asks        {:?}", w.asks).unwrap();
    }
}

/// Under the default edition, and under the others where they differ in more than the edition.
#[test]
fn windows() {
    let mut out = String::new();
    for s in stories() {
        writeln!(out, "{}", s.says).unwrap();
        for now in &s.nows {
            let mut shown: Vec<String> = Vec::new();
            for edition in EDITIONS {
                let mut text = String::new();
                show(&mut text, edition, &s.env, *now);
                let bare = text.replace(edition.id, "");
                if shown.last() != Some(&bare) {
                    out.push_str(&text);
                }
                shown.push(bare);
            }
        }
        writeln!(out).unwrap();
    }
    check("windows.txt", &out);
}
