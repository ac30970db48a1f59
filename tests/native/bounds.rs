//! Limits, each just below and just above, and the laws of work and memory: from 100 kB on, input doubled means less than 2.5 times
//! the work, and memory stays below 10 times the input.

mod files;

use crate::memory::{Spent, spent};
use chrono::{DateTime, TimeZone, Utc};
use files::Maker;
use restore_desk::domain::limits::{Limit, Over};
use restore_desk::interop::import::{Read, looked, read, watched};
use restore_desk::interop::own::{Own, recognise};
use restore_desk::interop::travel;
use restore_desk::workspace::envelope::{self, Unreadable};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

fn import(text: &str) -> Read {
    read("made for a test", text.as_bytes(), now(), |_| 60)
}

/// The limit that stopped the reading, by its sentence.
fn stopped_by(read: &Read) -> Option<Limit> {
    let head = |limit: Limit| {
        let says = Over { limit, found: limit.most() + 1 }.to_string();
        says.split([',', ':']).next().unwrap().split(" at least ").next().unwrap().to_string()
    };
    let found = |limit: &Limit| {
        let says = match limit {
            Limit::Keys => "an object or a table has".to_string(),
            Limit::Cells => "a row holds".to_string(),
            Limit::Line => "a line of this table has".to_string(),
            Limit::Rows => "the list goes on after row".to_string(),
            other => head(*other),
        };
        read.findings.iter().any(|f| f.says.starts_with(&says))
    };
    [Limit::File, Limit::Rows, Limit::Depth, Limit::Keys, Limit::Cells, Limit::Text, Limit::Line]
        .into_iter()
        .find(found)
}

/// What is as much as is read is read, or refused for another reason; one more is refused, with the limit named.
#[track_caller]
fn check(limit: Limit, make: impl Fn(usize) -> String) {
    assert_eq!(stopped_by(&import(&make(limit.most()))), None, "{limit:?}: as much as is read");
    let over = import(&make(limit.most() + 1));
    assert_eq!(stopped_by(&over), Some(limit), "{limit:?}: one more: {:?}", over.findings);
    assert!(over.inventory.is_none() && !over.findings[0].help.is_empty());
    assert!(over.findings[0].says.chars().any(|c| c.is_ascii_digit()), "names its value");
}

const ID: &str = "5fab0001-77aa-4c31-8d10-000000000001";

#[test]
fn depth_just_below_and_above() {
    // Inside the list, the row and its properties.
    check(Limit::Depth, |n| {
        let inner = "[".repeat(n - 3) + &"]".repeat(n - 3);
        format!(r#"[{{"name":"{ID}","properties":{{"environmentSku":"Sandbox","x":{inner}}}}}]"#)
    });
    check(Limit::Depth, |n| "[".repeat(n) + &"]".repeat(n));
    check(Limit::Depth, |n| "{\"a\":".repeat(n - 1) + "{}" + &"}".repeat(n - 1));
}

#[test]
fn rows_just_below_and_above() {
    check(Limit::Rows, |n| format!("[{}]", vec!["{}"; n].join(",")));
    check(Limit::Rows, |n| format!("{{\"value\":[{}]}}", vec!["1"; n].join(",")));
    check(Limit::Rows, |n| vec!["{}"; n].join("\n"));
    check(Limit::Rows, |n| format!("EnvironmentId,Name\n{}", format!("{ID},a\n").repeat(n)));
    check(Limit::Rows, |n| {
        format!(
            "Environment Environment Id                       Type\n{}",
            format!("a           {ID} Sandbox\n").repeat(n)
        )
    });
    check(Limit::Rows, |n| format!("EnvironmentName : {ID}\n\n").repeat(n));
}

#[test]
fn keys_just_below_and_above() {
    let keys = |n: usize| (0..n).map(|k| format!("\"k{k}\":1")).collect::<Vec<_>>().join(",");
    check(Limit::Keys, |n| format!("[{{{}}}]", keys(n)));
    check(Limit::Keys, |n| format!("{{{}}}", keys(n)));
    check(Limit::Keys, |n| format!("name,id\n{}", vec!["1"; n].join(",")));
    check(Limit::Keys, |n| {
        let keys: String = (1..n).map(|k| format!("k{k} : 1\n")).collect();
        format!("EnvironmentId : {ID}\n{keys}")
    });
}

#[test]
fn cells_just_below_and_above() {
    check(Limit::Cells, |n| format!("[{{\"a\":[{}]}}]", vec!["1"; n - 2].join(",")));
    check(Limit::Cells, |n| format!("{{\"a\":[{}]}}", vec!["1"; n - 2].join(",")));
}

#[test]
fn texts_and_lines_just_below_and_above() {
    check(Limit::Text, |n| format!("[{{\"a\":\"{}\"}}]", "x".repeat(n)));
    check(Limit::Text, |n| format!("[{{\"{}\":1}}]", "x".repeat(n)));
    check(Limit::Text, |n| format!("[{}]", "1".repeat(n)).replace('[', "[{\"a\":").replace(']', "}]"));
    check(Limit::Text, |n| format!("id,name\n1,\"{}\"\n", "x".repeat(n)));
    check(Limit::Text, |n| format!("EnvironmentId : {ID}\nNote : {}\n  {}\n", "x".repeat(n - 10), "x".repeat(10)));
    let header = "Environment Environment Id                       Type\n";
    check(Limit::Line, |n| format!("{header}{}", "x".repeat(n)));
}

#[test]
fn a_file_just_below_and_above() {
    // Nothing is done with it but counting its bytes: white space, which is an empty file.
    let bytes = vec![b' '; Limit::File.most() + 1];
    let over = read("big", &bytes, now(), |_| 0);
    assert_eq!(over.findings[0].says, "the file has 128.1 MB, and at most 128 MB are read");
    let text = std::str::from_utf8(&bytes).unwrap();
    let too_much = Over { limit: Limit::File, found: bytes.len() };
    assert_eq!(envelope::read(text).unwrap_err(), Unreadable::TooMuch(too_much));
    assert_eq!(envelope::read(&text[1..]).unwrap_err(), Unreadable::NotOurs);
    assert_eq!(read("big", &bytes[1..], now(), |_| 0).findings[0].says, "the file is empty");
}

#[test]
fn findings_are_bounded() {
    // A finding of its own for each row: the same id as in the first, in another row.
    let rows = |n: usize| {
        let row = format!(r#"{{"EnvironmentId":"{ID}","Type":"Sandbox"}}"#);
        import(&format!("[{}]", vec![row; n].join(",")))
    };
    // Beside them stands that the list names no Default environment.
    assert_eq!(rows(Limit::Findings.most()).findings.len(), Limit::Findings.most());
    let many = rows(20_000).findings;
    assert_eq!(many.len(), Limit::Findings.most() + 1);
    assert_eq!(
        many.last().unwrap().says,
        "20,000 things are to be said about this file, and the first 1,000 are listed"
    );
}

#[test]
fn a_workspace_of_too_many_environments_is_refused_while_it_is_read() {
    let text = |n: usize| {
        let environments: Vec<String> = (0..n).map(|n| format!(r#"{{"id":"{n}","name":"a"}}"#)).collect();
        format!(
            r#"{{"app":"restore-desk","schema":1,"saved":"2026-11-24T06:05:00Z","workspace":{{"tenant":{{"name":"","environments":[{}]}}}}}}"#,
            environments.join(",")
        )
    };
    assert_eq!(envelope::read(&text(50_000)).unwrap().workspace.tenant.environments.len(), 50_000);
    let Err(Unreadable::Damaged(why)) = envelope::read(&text(50_001)) else { panic!("read") };
    assert!(why.starts_with("the list goes on after row 50,000"), "{why}");
}

#[test]
fn policies_that_are_nested_are_read_or_refused_at_once() {
    for depth in [10, 40, 57, 60, 61, 62, 200, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = open.repeat(depth) + if open == "[" { "" } else { "1" } + &close.repeat(depth);
            let row = format!(
                r#"[{{"name":"{ID}","location":"europe","properties":{{"displayName":"x","environmentSku":"Sandbox","enterprisePolicies":{{"vNets":{inner}}}}}}}]"#
            );
            let before = looked();
            let got = import(&row);
            assert!(got.inventory.is_some() || stopped_by(&got) == Some(Limit::Depth), "{depth}: {:?}", got.findings);
            assert!(looked() - before < 20 * row.len() as u64 + 20_000, "{depth}");
        }
    }
}

/// Work and memory of reading `text` as whatever it is.
fn work(text: &str) -> (u64, Spent) {
    let before = looked();
    let ((), spent) = spent(|| {
        match recognise(text) {
            None => drop(import(text)),
            Some(own) => {
                let read = import(text);
                let text = read.own_export.expect("own");
                match own {
                    Own::Plan => drop(travel::read_file(&text)),
                    Own::Workspace => drop(envelope::read(&text)),
                }
            }
        };
    });
    (looked() - before, spent)
}

/// How many times its own size reading a file may hold.
const MOST: usize = 10;

/// The sorts of which one may hold more: a row of this CSV has 55 bytes, and what is understood of an environment is larger by
/// itself; a plan is held as texts, values and a plan, and no plan is larger than 400 kB.
const DENSE: [(&str, usize); 2] = [("CSV", 20), ("own plan", 24)];

/// Holds both laws on a maker of files, at 100, 200 and 400 kB; the last row of the table of `scripts/work` is the same in
/// instructions.
#[track_caller]
fn law(maker: &Maker) {
    let mut last: Option<(u64, Spent)> = None;
    for size in [100_000, 200_000, 400_000] {
        let text = maker.text(size);
        assert!((size * 9 / 10..size + 20_000).contains(&text.len()), "{}: {}", maker.name, text.len());
        let (looked, spent) = work(&text);
        if recognise(&text).is_none() {
            assert!(looked >= text.len() as u64, "{}: the count leaves something out: {looked}", maker.name);
        }
        let most = DENSE.iter().find(|(name, _)| *name == maker.name).map_or(MOST, |(_, most)| *most);
        assert!(spent.peak < most * text.len(), "{}: {} bytes for {}", maker.name, spent.peak, text.len());
        if let Some((looked_before, before)) = last {
            let grows = |now: u64, before: u64| now as f64 / (before.max(1) as f64);
            assert!(grows(looked, looked_before) < 2.5, "{}: looked at {looked_before}, then {looked}", maker.name);
            // What is allocated, and how often, is counted by nobody who could forget it.
            let (bytes, times) = (grows(spent.bytes, before.bytes), grows(spent.times, before.times));
            assert!(bytes < 2.5 && times < 2.5, "{}: {before:?}, then {spent:?}", maker.name);
        }
        last = Some((looked, spent));
    }
}

#[test]
fn work_and_memory_grow_with_the_input() {
    for maker in files::all() {
        law(&maker);
    }
}

#[test]
fn a_link_is_bounded_before_it_is_unpacked() {
    let long = "x".repeat(1_000_000);
    let (refused, spent) = spent(|| travel::read_link(&long));
    assert!(refused.is_err() && spent.peak < 10_000, "{spent:?}");
}

/// The most that is looked at between two looks at the clock, in characters. Each row is held against every format, so that a slice
/// is looked at some twenty times.
const BETWEEN: u64 = 8_000_000;

#[test]
fn between_two_looks_at_the_clock_little_is_done_in_every_sort_of_file() {
    let collection = {
        let (head, rest) = crate::collector::COLLECTION.split_once('\n').unwrap();
        let (questions, end) = rest.split_at(rest.rfind("\n]").unwrap());
        let line = questions.lines().next().unwrap();
        let big = files::all().into_iter().find(|m| m.name == "admin REST").unwrap().text(200_000);
        let asked = format!("{{\"ask\":\"environments\",\"of\":null,\"status\":\"answered\",\"answer\":{big}}}");
        ("collection".to_string(), format!("{head}\n{asked},\n{line}{end}"))
    };
    let made = files::all().into_iter().map(|m| (m.name.to_string(), m.text(200_000)));
    for (name, text) in made.chain([collection]) {
        if recognise(&text).is_some() {
            continue;
        }
        let (mut before, mut most, mut looks) = (None, 0, 0_u32);
        let read = watched(
            "made for a test",
            text.as_bytes(),
            now(),
            |_| 60,
            |at, of| {
                assert!(at <= of, "{name}: {at} of {of}");
                let work = looked();
                most = before.map_or(0, |b: u64| most.max(work - b));
                (before, looks) = (Some(work), looks + 1);
                true
            },
        );
        assert!(read.is_some(), "{name}");
        assert!(most < BETWEEN, "{name}: {most} characters between two looks");
        // Stopped anywhere, nothing of the file is taken.
        for stop in [looks / 2].into_iter().filter(|s| *s < looks) {
            let mut n = 0;
            let stopped = watched(
                "made for a test",
                text.as_bytes(),
                now(),
                |_| 60,
                |_, _| {
                    n += 1;
                    n <= stop
                },
            );
            assert_eq!(stopped, None, "{name}: stopped at {stop} of {looks}");
        }
    }
}

/// A row that ends early holds nothing of the columns behind its end, so that it costs what it has, and not what the header has.
#[test]
fn short_rows_below_a_wide_header() {
    let text = |columns: usize, rows: usize| {
        let header: String = (1..columns).map(|n| format!(",c{n}")).collect();
        format!("EnvironmentId{header}\n{}", "x,y\n".repeat(rows))
    };
    let looked = |columns| work(&text(columns, 2_000)).0;
    let narrow = looked(10);
    for columns in [100, 900] {
        assert!(looked(columns) < narrow + narrow / 20, "{columns}: {} and {narrow}", looked(columns));
    }
}
