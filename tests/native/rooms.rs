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
    "moment",
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
    "told",
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

/// What a file itself holds: its types and functions, not what it hands on.
fn own_items(code: &str) -> BTreeSet<String> {
    let kinds = ["struct", "enum", "fn", "trait", "type", "static", "const"];
    let lines = code.lines().filter(|line| !line.starts_with(' '));
    lines
        .filter_map(|line| {
            let mut words = line.split_whitespace().filter(|word| !word.starts_with("pub") && *word != "async");
            let kind = words.next()?;
            let name = match (kind, words.next()?) {
                ("const", "fn") => words.next()?,
                (kind, name) if kinds.contains(&kind) => name,
                _ => return None,
            };
            Some(first_word(name))
        })
        .collect()
}

/// Of `code` what it takes from the module above by name: `super::X` and `super::{X, Y}`, but no module (`super::x::Y`).
fn taken_from_above(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in code.split("super::").skip(1) {
        let list = rest.strip_prefix('{').and_then(|list| list.split_once('}')).map_or(rest, |(list, _)| list);
        let items: Vec<&str> = if list == rest { vec![rest] } else { list.split(',').collect() };
        for item in items {
            let name = first_word(item);
            if !item.trim_start()[name.len()..].starts_with("::") {
                names.insert(name);
            }
        }
    }
    names
}

/// Whether `code` itself works with the module `child`, but for handing on what it has.
fn works_with(code: &str, child: &str) -> bool {
    let (mut handed_on, mut own) = (BTreeSet::new(), String::new());
    let mut rest = code;
    while let Some(at) = rest.find("pub use ").or_else(|| rest.find("pub(super) use ")) {
        let (before, after) = rest.split_at(at);
        own.push_str(before);
        let (list, left) = after.split_once(';').unwrap_or((after, ""));
        if list.contains(&format!("use {child}::")) {
            let names = list.rsplit("::").next().unwrap_or_default().replace(['{', '}'], " ");
            handed_on.extend(names.split(',').map(|name| first_word(name.trim())));
        }
        rest = left;
    }
    own.push_str(rest);
    let is_word = |text: &str, word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let around = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
            around(text[..at].chars().next_back()) && around(text[at + word.len()..].chars().next())
        })
    };
    own.contains(&format!("{child}::")) || handed_on.iter().any(|name| !name.is_empty() && is_word(&own, name))
}

/// The rooms in which this is not so yet.
const NOT_YET_APART: &[&str] = &[];

#[test]
fn a_parent_that_works_with_a_child_shares_nothing_with_it_from_above() {
    let mut files = Vec::new();
    walk(&domain(), &mut files);
    let mut broken = Vec::new();
    for parent in &files {
        let folder =
            if parent.ends_with("mod.rs") { parent.parent().unwrap().into() } else { parent.with_extension("") };
        let room = place(parent.strip_prefix(domain()).unwrap()).0;
        if folder == domain() || NOT_YET_APART.contains(&room.as_str()) {
            continue;
        }
        let above = code(&fs::read_to_string(parent).unwrap());
        let own = own_items(&above);
        for child in files.iter().filter(|f| f.parent() == Some(&folder) && *f != parent && !f.ends_with("tests.rs")) {
            let name = child.file_stem().unwrap().to_string_lossy().into_owned();
            let below = code(&fs::read_to_string(child).unwrap());
            let shared: Vec<_> = taken_from_above(&below).intersection(&own).cloned().collect();
            if !shared.is_empty() && works_with(&above, &name) {
                broken.push(format!("{} and `{name}`: {shared:?}", parent.display()));
            }
        }
    }
    assert!(broken.is_empty(), "what parent and child share stands in a sibling:\n{}", broken.join("\n"));
}

#[test]
fn parents_and_children_that_share_are_found() {
    let parent =
        "mod child;\npub use child::{Made, make};\npub struct Shared;\npub const fn limit() {}\nfn f() { make() }";
    assert_eq!(own_items(parent), ["Shared", "f", "limit"].map(String::from).into());
    assert!(works_with(parent, "child") && !works_with("mod child;\npub use child::Made;\nstruct X;", "child"));
    assert!(works_with("fn f() { child::g() }", "child"));
    let child = "use super::{Shared, other::Y};\nuse super::limit;\nuse super::sibling::Z;";
    assert_eq!(taken_from_above(child), ["Shared", "limit"].map(String::from).into());
}
