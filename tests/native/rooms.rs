//! The rooms of `domain` stand in one order, and each knows only those before it. So a rule can be read without what is built on it,
//! and no circle of modules can grow again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From what everything rests on to what rests on everything.
const ORDER: &[&str] = &[
    // Nothing of the Power Platform.
    "checksum",
    "characters",
    "instants",
    "dates",
    "order",
    "limits",
    // What rules speak of.
    "rule",
    "deletion",
    "fact",
    "decimal",
    "values",
    "answer",
    "history",
    "service",
    "environment",
    "edition",
    "said",
    "text",
    "capacity",
    "environments",
    "inventory",
    "facts",
    "deed",
    "tenant",
    "slowly",
    // Judged.
    "cloud",
    "whose",
    "occupied",
    "door",
    "retention",
    "manual_backup",
    "merge",
    "eligibility",
    "remedy",
    "compare",
    "restore",
    "outlook",
    "readiness",
    // Done, tried and planned.
    "refusal",
    "life",
    "command",
    "what_if",
    "plan",
    "advice",
];

/// What still knows a later room, and why.
const NOT_YET: &[(&str, &str)] = &[];

fn domain() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain")
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: without comments and without its tests.
fn code(text: &str) -> String {
    let lines = text.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"));
    let lines = lines.map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms that a piece of code names; `depth` is how many times `super` leads from it to `domain`.
fn named(code: &str, depth: usize) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    let mut take = |rest: &str| match rest.strip_prefix('{') {
        Some(list) => {
            // Of a list the first word of each item, at its outermost level.
            let mut level = 0usize;
            let mut item = String::new();
            for c in list.chars() {
                match c {
                    '{' => level += 1,
                    '}' if level == 0 => break,
                    '}' => level -= 1,
                    ',' if level == 0 => {
                        rooms.insert(first_word(&item));
                        item.clear();
                        continue;
                    }
                    _ => {}
                }
                item.push(c);
            }
            rooms.insert(first_word(&item));
        }
        None => drop(rooms.insert(first_word(rest))),
    };
    code.split("crate::domain::").skip(1).for_each(&mut take);
    let mut rest = code;
    while let Some(at) = rest.find("super::") {
        let mut after = &rest[at..];
        let mut levels = 0usize;
        while let Some(next) = after.strip_prefix("super::") {
            (after, levels) = (next, levels + 1);
        }
        if levels == depth {
            take(after);
        }
        rest = after;
    }
    rooms
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// The room of a file, and how many times `super` leads from it to `domain`.
fn place(path: &Path) -> (String, usize) {
    let parts: Vec<_> = path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    let room = parts[0].trim_end_matches(".rs").to_string();
    let is_head = parts.last().is_some_and(|last| last == "mod.rs");
    (room, if is_head { parts.len() - 1 } else { parts.len() })
}

fn rank(room: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == room)
}

#[test]
fn each_room_knows_only_those_before_it() {
    let mut files = Vec::new();
    walk(&domain(), &mut files);
    let (mut broken, mut excused) = (Vec::new(), BTreeSet::new());
    for path in files {
        let (room, depth) = place(path.strip_prefix(domain()).unwrap());
        if matches!(room.as_str(), "mod" | "words") {
            continue;
        }
        let own = rank(&room).unwrap_or_else(|| panic!("the room `{room}` has no place in the order"));
        for other in named(&code(&fs::read_to_string(&path).unwrap()), depth) {
            if rank(&other).is_some_and(|other| other > own) {
                match NOT_YET.iter().find(|(from, to)| *from == room && *to == other) {
                    Some(known) => drop(excused.insert(known)),
                    None => broken.push(format!("{}: `{room}` knows `{other}`", path.display())),
                }
            }
        }
    }
    assert!(broken.is_empty(), "a room knows a later one:\n{}", broken.join("\n"));
    assert_eq!(excused.len(), NOT_YET.len(), "an exception is no longer needed");
}

#[test]
fn names_are_found_in_every_form() {
    let check = |code: &str, depth, expect: &[&str]| {
        let expect: BTreeSet<String> = expect.iter().map(|s| (*s).to_string()).collect();
        assert_eq!(named(code, depth), expect, "{code}");
    };
    check("use super::tenant::Tenant;", 1, &["tenant"]);
    check("use super::super::tenant::Tenant;", 2, &["tenant"]);
    check("use super::sibling::X;", 2, &[]);
    check("use crate::domain::{plan::{self, Plan}, tenant};", 1, &["plan", "tenant"]);
    check("fn f(x: super::super::super::life::Running) {}", 3, &["life"]);
}
