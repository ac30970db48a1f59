//! `deny.toml` held against `Cargo.lock` in every test run. It says less than cargo-deny, which `scripts/test` runs too, but
//! needs nothing that takes minutes to build.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What is between quotation marks in a text.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// The lines of a list of `deny.toml`, from its name to the bracket that ends it.
fn list(name: &str) -> Vec<String> {
    let text = file("deny.toml");
    let start = format!("{name} = [");
    let mut lines = text.lines().skip_while(|line| !line.starts_with(&start));
    let first = lines.next().unwrap_or_else(|| panic!("deny.toml has no list {name}"));
    if first.ends_with(']') {
        return quoted(first).into_iter().map(str::to_string).collect();
    }
    lines.take_while(|line| *line != "]").map(str::to_string).collect()
}

/// One crate of `Cargo.lock`.
#[derive(Debug)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: bool,
    needs: Vec<String>,
}

fn locked() -> Vec<Locked> {
    let text = file("Cargo.lock");
    let all: Vec<Locked> = text
        .split("[[package]]")
        .skip(1)
        .map(|block| {
            let field = |name: &str| {
                let start = format!("{name} = \"");
                block.lines().find_map(|l| l.strip_prefix(&start)).map(|v| v.trim_end_matches('"').to_string())
            };
            let needs = block.split_once("dependencies = [").map_or(vec![], |(_, after)| quoted(after));
            Locked {
                name: field("name").expect("a name"),
                version: field("version").expect("a version"),
                source: field("source"),
                checksum: field("checksum").is_some(),
                needs: needs.iter().filter_map(|n| n.split(' ').next()).map(str::to_string).collect(),
            }
        })
        .collect();
    assert!(all.len() > 100, "Cargo.lock was not understood: {} crates", all.len());
    all
}

#[test]
fn every_crate_comes_from_the_registry_and_is_held_to_its_hash() {
    let deny = file("deny.toml");
    for rule in ["unknown-registry = \"deny\"", "unknown-git = \"deny\"", "multiple-versions = \"deny\""] {
        assert!(deny.contains(rule), "deny.toml lacks {rule}");
    }
    let own: Vec<_> = locked().into_iter().filter(|c| c.source.is_none()).map(|c| c.name).collect();
    assert_eq!(
        own,
        ["restore-desk", "restore-desk-json", "restore-desk-paths", "restore-desk-view"],
        "a crate of a folder"
    );
    for Locked { name, source, checksum, .. } in locked().iter().filter(|c| c.source.is_some()) {
        assert_eq!(source.as_deref(), Some(REGISTRY), "{name}");
        assert!(checksum, "{name} has no hash");
    }
}

#[test]
fn no_crate_is_there_that_is_not_wanted() {
    let crates = locked();
    let banned = list("deny");
    assert!(!banned.is_empty());
    for line in banned {
        let (what, why) = line.split_once("reason").expect("a reason");
        let names = quoted(what);
        let (name, wrappers) = names.split_first().expect("a crate");
        if !crates.iter().any(|c| c.name == *name) {
            continue;
        }
        assert!(!wrappers.is_empty(), "{name} is there: {why}");
        for by in crates.iter().filter(|c| c.needs.iter().any(|n| n == name)) {
            assert!(wrappers.contains(&by.name.as_str()), "{} needs {name}: {why}", by.name);
        }
    }
}

#[test]
fn what_is_there_twice_is_named() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Locked { name, version, .. } in locked() {
        versions.entry(name).or_default().push(version);
    }
    let twice: BTreeSet<_> = versions.iter().filter(|(_, v)| v.len() > 1).map(|(name, _)| name.clone()).collect();
    let mut named = BTreeSet::new();
    for line in list("skip") {
        let (name, version) = quoted(&line)[0].split_once('@').expect("a version");
        assert!(versions.get(name).is_some_and(|v| v.iter().any(|v| v == version)), "{name}@{version} is not there");
        named.insert(name.to_string());
    }
    assert_eq!(twice, named);
    assert!(versions.values().all(|v| v.len() < 3), "three of one crate");
}

/// Whether an SPDX expression can be fulfilled with the allowed licences alone. `/` is an old way to write OR.
fn allowed(expression: &str, allow: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    fn any(words: &[&str], at: &mut usize, allow: &BTreeSet<String>) -> bool {
        let mut holds = all(words, at, allow);
        while words.get(*at) == Some(&"OR") {
            *at += 1;
            holds |= all(words, at, allow);
        }
        holds
    }
    fn all(words: &[&str], at: &mut usize, allow: &BTreeSet<String>) -> bool {
        let mut holds = one(words, at, allow);
        while words.get(*at) == Some(&"AND") {
            *at += 1;
            holds &= one(words, at, allow);
        }
        holds
    }
    fn one(words: &[&str], at: &mut usize, allow: &BTreeSet<String>) -> bool {
        let word = words.get(*at).copied().unwrap_or_default();
        *at += 1;
        if word == "(" {
            let holds = any(words, at, allow);
            *at += 1;
            return holds;
        }
        allow.contains(word)
    }
    let mut at = 0;
    // What was not understood to its end (WITH, a lost bracket) is not allowed.
    any(&words, &mut at, allow) && at == words.len()
}

#[test]
fn expressions_of_licences_are_understood() {
    let allow: BTreeSet<String> = ["A", "B"].map(String::from).into();
    for (expression, expect) in [
        ("A", true),
        ("X", false),
        ("", false),
        ("A/X", true),
        ("X OR B", true),
        ("A AND X", false),
        ("A AND B", true),
        ("X OR A AND B", true),
        ("(A OR X) AND B", true),
        ("(A OR B) AND X", false),
        ("A WITH exception", false),
    ] {
        assert_eq!(allowed(expression, &allow), expect, "{expression}");
    }
}

/// What cargo knows of the crates, without the network. Where those of other systems were never fetched, the ones of this build.
fn metadata() -> Value {
    for narrow in [&[][..], &["--no-default-features", "--filter-platform", "host-tuple"][..]] {
        let done = Command::new(env!("CARGO"))
            .args(["metadata", "--offline", "--locked", "--format-version", "1"])
            .args(narrow)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        if done.status.success() {
            return serde_json::from_slice(&done.stdout).expect("it is JSON");
        }
    }
    panic!("cargo metadata answers nothing without the network");
}

#[test]
fn every_licence_is_on_the_list() {
    let allow: BTreeSet<String> = list("allow").into_iter().collect();
    let data = metadata();
    let crates = data["packages"].as_array().expect("crates");
    assert!(crates.len() > 50, "{}", crates.len());
    for of in crates {
        let licence = of["license"].as_str().unwrap_or_default();
        assert!(allowed(licence, &allow), "{} has the licence {licence:?}", of["name"]);
    }
}
