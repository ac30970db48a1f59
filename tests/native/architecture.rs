//! Checks that fail when an invariant of `docs/ARCHITECTURE.md` is broken. They read the source as text: coarse, and hard to
//! forget.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below `folder` that ends in `.extension`, with its text.
fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|e| e == extension) {
                let text = fs::read_to_string(&path).expect("source is UTF-8");
                found.push((path, text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), extension, &mut found);
    assert!(!found.is_empty(), "no .{extension} files below {folder}: this check looks at the wrong place");
    found
}

/// The same without the files of tests, which stand beside their module and are no part of what is built.
pub(super) fn built(folder: &str) -> impl Iterator<Item = (PathBuf, String)> {
    let of_tests =
        |path: &Path| path.components().any(|part| ["tests", "tests.rs"].map(OsStr::new).contains(&part.as_os_str()));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    files(folder, "rs").into_iter().filter(move |(path, _)| !path.strip_prefix(root).is_ok_and(of_tests))
}

/// The lines of code of a file, without comments and without its test module.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let next = text.lines().skip(1).chain([""]);
    text.lines()
        .zip(next)
        .enumerate()
        // A test module in a file of its own ends nothing.
        .take_while(|(_, (line, next))| !line.trim_start().starts_with("#[cfg(test)]") || next.ends_with(';'))
        .map(|(i, (line, _))| (i + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// No line of code below `folder` contains one of `words`.
#[track_caller]
fn check_absent(folder: &str, words: &[&str]) {
    let mut broken = Vec::new();
    for (path, text) in built(folder) {
        for (number, line) in code(&text) {
            for word in words.iter().filter(|w| line.contains(**w)) {
                broken.push(format!("{}:{number}: `{word}` in: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn arrows_point_one_way() {
    check_absent("src/domain", &["crate::interop", "crate::workspace", "crate::platform", "crate::ui"]);
    check_absent(
        "src/words",
        &["crate::interop", "crate::workspace", "crate::view_model", "crate::platform", "crate::ui"],
    );
    check_absent("src/interop", &["crate::workspace", "crate::platform", "crate::ui"]);
    // A crate of its own, which nothing else of ours is below.
    check_absent("src/json", &["use restore_desk", "extern crate"]);
    check_absent("src/workspace", &["crate::platform", "crate::ui"]);
    check_absent("src/platform", &["crate::ui"]);
    check_absent("src/view_model", &["crate::interop", "crate::workspace", "crate::platform", "crate::ui"]);
}

/// What a comment points to has to be in the repository.
#[test]
fn comments_cite_what_is_here() {
    let mut missing = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let here = |page: &str| root.join(page).exists() || root.join("docs").join(page).exists();
    for folder in ["src", "tests", "benches/paths/src"] {
        for (path, text) in files(folder, "rs") {
            let comments = text.lines().filter(|line| line.trim_start().starts_with("//"));
            let words =
                comments.flat_map(|line| line.split(|c: char| !(c.is_ascii_alphanumeric() || "./_-".contains(c))));
            for page in words.map(|word| word.trim_end_matches('.')).filter(|word| word.ends_with(".md")) {
                if !here(page) {
                    missing.push(format!("{}: {page}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// `domain` decides, and `words` says it.
#[test]
fn what_is_decided_has_no_words() {
    check_absent("src/domain", &["crate::words"]);
}

#[test]
fn the_core_knows_no_browser_and_no_clock() {
    let browser = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_storage"];
    let clock = ["Utc::now", "Local::now", "SystemTime", "Instant::now", "thread_rng", "rand::"];
    for folder in ["src/domain", "src/words", "src/interop", "src/json", "src/workspace", "src/view_model"] {
        check_absent(folder, &browser);
        check_absent(folder, &clock);
    }
}

/// Code that is made again for each type is most of a download: `domain::order`, `json` and `ui::prelude` say how it is made once.
#[test]
fn what_is_large_is_in_the_program_once() {
    let sorting = [".sort()", ".sort_by(", ".sort_by_key(", ".sort_by_cached_key(", ".sort_unstable"];
    for folder in ["src/interop", "src/workspace", "src/view_model", "src/platform", "src/ui"] {
        check_absent(folder, &sorting);
        check_absent(folder, &["serde_json::from_", "serde_json::Deserializer", "serde_json::to_value"]);
    }
    check_absent("src/domain", &[".sort_by_key(", ".sort_by_cached_key(", ".sort_unstable"]);
    for folder in ["src/ui/pages", "src/ui/components", "src/ui/shell"] {
        check_absent(folder, &["use leptos::prelude::*"]);
    }
}

#[test]
fn rules_are_data_of_an_edition() {
    let ids: Vec<String> = restore_desk::domain::edition::EDITIONS.iter().map(|e| format!("\"{}\"", e.id)).collect();
    let words: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut broken = Vec::new();
    for (path, text) in files("src", "rs") {
        if path.components().any(|c| c.as_os_str() == "edition") {
            continue;
        }
        for (number, line) in code(&text).filter(|(_, line)| words.iter().any(|w| line.contains(w))) {
            broken.push(format!("{}:{number}: {}", path.display(), line.trim()));
        }
    }
    assert!(broken.is_empty(), "editions are named outside their folder:\n{}", broken.join("\n"));
}

/// Some sentences say a figure that an edition could change. They are true as long as every edition has that figure; an edition
/// with another one fails here and is shown what to say from it.
#[test]
fn figures_that_sentences_say_are_those_of_every_edition() {
    let editions = restore_desk::domain::edition::EDITIONS;
    let all =
        |figure: fn(&restore_desk::domain::edition::Edition) -> u32, days| editions.iter().all(|e| figure(e) == days);
    let seven = all(|e| e.base_days, 7) && all(|e| e.recovery_days, 7);
    let twenty_eight = all(|e| e.recovery_days_with_dynamics, 28);
    let mut said = [Vec::new(), Vec::new()];
    for (path, text) in ["src/words", "src/ui", "src/view_model"].into_iter().flat_map(built) {
        for (number, line) in code(&text).filter(|(_, line)| line.contains('"')) {
            let place = format!("{}:{number}: {}", path.display(), line.trim());
            let says = |figures: &[&str]| figures.iter().any(|figure| line.to_lowercase().contains(figure));
            said[0].extend(says(&["seven days", " 7 days"]).then(|| place.clone()));
            said[1].extend(says(&["28 days", "for 28"]).then_some(place));
        }
    }
    for (holds, said) in [seven, twenty_eight].into_iter().zip(said) {
        assert!(!said.is_empty(), "this check looks for the wrong words");
        assert!(holds, "an edition has another figure than these sentences say:\n{}", said.join("\n"));
    }
}

/// The list of environments can be indexed, for tests, and the lint against that does not see it.
#[test]
fn environments_are_not_indexed() {
    check_absent("src", &["environments["]);
}

#[test]
fn storage_is_reached_through_the_store_port_only() {
    check_absent("src/ui", &["gloo_storage", "local_storage()", "session_storage()"]);
}

/// What is changed in another way is in no journal.
#[test]
fn a_workspace_changes_by_edits_and_by_being_replaced() {
    const MAY: [&str; 3] = ["src/ui/state.rs", "src/ui/replacing.rs", "src/ui/saving.rs"];
    const KEEPING: &str = "src/ui/saving";
    let ways =
        ["update", "try_update", "maybe_update", "try_maybe_update", "update_untracked", "set", "try_set", "write"];
    let words: Vec<String> = ways.iter().map(|way| format!("workspace.{way}(")).collect();
    let mut broken = Vec::new();
    for (path, text) in files("src/ui", "rs")
        .into_iter()
        .filter(|(path, _)| !MAY.iter().any(|may| path.ends_with(may)) && !path.to_string_lossy().contains(KEEPING))
    {
        for (number, line) in code(&text).filter(|(_, line)| words.iter().any(|word| line.contains(word.as_str()))) {
            broken.push(format!("{}:{number}: {}", path.display(), line.trim()));
        }
        // What replaces a workspace says why.
        for word in ["saving.replace(", "saving.begin_tenant(", "saving.delete("] {
            assert!(!text.contains(word), "{} calls {word}", path.display());
        }
    }
    assert!(broken.is_empty(), "use `AppState::edit` or `replace_whole`:\n{}", broken.join("\n"));
}

#[test]
fn nothing_breaks_a_strict_content_security_policy() {
    check_absent("src/ui", &["style=\"", "inner_html", "set_inner_html", "insert_adjacent_html", "eval("]);
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")).expect("index.html");
    assert!(!page.contains(" style="), "index.html has a style at an element");
    assert_eq!(page.matches("<style").count(), 1, "the policy allows one style, that of scripts/door-style.mjs");
    for tag in page.split("<script").skip(1) {
        let head = tag.split('>').next().unwrap_or("");
        assert!(head.contains("src="), "index.html has an inline script: <script{head}>");
    }
}

/// Calls in which a text is looked through.
const LOOKS: &[&str] = &[
    ".contains(",
    ".starts_with(",
    ".ends_with(",
    ".strip_prefix(",
    ".strip_suffix(",
    ".find(",
    ".rfind(",
    ".split(",
    ".split_once(",
    ".rsplit_once(",
    ".matches(",
    ".replace(",
    ".replacen(",
    ".trim_start_matches(",
    ".trim_end_matches(",
];

/// Calls in `text` that look for a literal with a space in it, or that look through what is called `says`, `help` or `cost`.
fn reads_sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // Arguments may stand on the next line.
    let text: String = code(text).map(|(_, line)| format!("{}\n", line.trim())).collect();
    for look in LOOKS {
        for (at, _) in text.match_indices(look) {
            let argument = text[at + look.len()..].trim_start();
            let argument = argument.strip_prefix('&').unwrap_or(argument).trim_start();
            let argument = argument.strip_prefix("format!(").unwrap_or(argument).trim_start();
            let literal = argument.strip_prefix('"').and_then(|rest| rest.split('"').next()).unwrap_or("");
            let of_sentence = ["says", "help", "cost"].iter().any(|word| text[..at].ends_with(word));
            // To take a full stop off a sentence is no reading of it.
            if literal.contains(' ') || of_sentence && !argument.starts_with('\'') {
                let from = text[..at].rfind('\n').map_or(0, |n| n + 1);
                let until = text[at..].find('\n').map_or(text.len(), |n| at + n);
                found.push(text[from..until].to_string());
            }
        }
    }
    found
}

#[test]
fn the_core_reads_no_sentence_of_its_own() {
    let mut broken = Vec::new();
    for (path, text) in built("src/domain") {
        broken.extend(reads_sentences(&text).into_iter().map(|line| format!("{}: {line}", path.display())));
    }
    assert!(
        broken.is_empty(),
        "sentences are made from values and never read for their meaning: make it a typed value.\n{}",
        broken.join("\n")
    );
}

#[test]
fn a_sentence_that_is_read_is_found() {
    for (code, expect) in [
        ("if cost.contains(\"cannot be undone\") {", 1),
        ("if remedy.cost.contains(WORDS) {", 1),
        ("let x = check.says.contains(app.title());", 1),
        ("text.replace(\n    \" UTC\",\n    \"\")", 1),
        ("says.replace(&format!(\"until {at} it\"), \"\")", 1),
        ("help.trim_end_matches('.').strip_prefix(\"Answer \")", 1),
        ("id.strip_prefix(\"default-\")", 0),
        ("says.trim_end_matches('.')", 0),
        ("facts.contains(&FactKey::Kind)", 0),
        ("// it contains.contains(\"a b\")", 0),
    ] {
        assert_eq!(reads_sentences(code).len(), expect, "{code}");
    }
}

#[test]
fn modules_without_panics_say_so() {
    for module in ["domain", "words", "interop", "workspace", "json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module).join("mod.rs");
        let text = fs::read_to_string(&path).expect("mod.rs");
        for lint in ["unwrap_used", "expect_used", "panic", "indexing_slicing", "cast_possible_truncation"] {
            assert!(text.contains(&format!("clippy::{lint}")), "{} does not deny clippy::{lint}", path.display());
        }
    }
}

#[test]
fn files_stay_short_enough_to_read() {
    const MOST: usize = 400;
    let long: Vec<String> = files("src", "rs")
        .into_iter()
        .filter(|(_, text)| text.lines().count() > MOST)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "files over {MOST} lines:\n{}", long.join("\n"));
}

/// The longest functions that are left, by their files, each with what makes it long. Whoever splits one takes it off the list.
const LONG: &[(&str, &str, &str)] = &[
    ("workspace/keep/follow.rs", "rebuild", "edits and replacements are made again in one order"),
    ("workspace/keep/follow.rs", "follow_records", "whether the store can be built on, then what is built"),
    ("workspace/keep/delete.rs", "delete", "the mark, the removing and the look afterwards are in one order"),
    ("workspace/keep/look.rs", "found_on", "what was found is told from all that was read"),
];

/// The functions of a file without its tests: the line of each, its name, and its lines from `fn` to the brace that ends it.
fn functions(text: &str) -> Vec<(usize, &str, Vec<&str>)> {
    let built = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    let lines: Vec<&str> = built.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((before, name)) = line.split_once("fn ") else { continue };
        let before = before.trim_start();
        if !before
            .split_whitespace()
            .all(|word| ["pub", "const", "async"].contains(&word.split('(').next().unwrap_or("")))
        {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let ends = |line: &&str| {
            let own = line.strip_prefix(indent).is_some_and(|rest| !rest.starts_with(' '));
            own && (line.ends_with(';') || line.ends_with('}'))
        };
        let length = lines[at..].iter().position(ends).map_or(lines.len() - at, |last| last + 1);
        let name = name.split(['(', '<']).next().unwrap_or("");
        found.push((at + 1, name, lines[at..at + length].to_vec()));
    }
    found
}

/// The lines of each arm, where a function is one `match` and nothing else, but for saying what comes of it.
fn arms(function: &[&str]) -> Option<Vec<usize>> {
    let body = function.iter().position(|line| line.ends_with('{'))? + 1;
    let first = *function.get(body)?;
    let indent = &first[..first.len() - first.trim_start().len()];
    if !first.trim_start().starts_with("match ") || !first.ends_with('{') {
        return None;
    }
    let end = function.iter().position(|line| *line == format!("{indent}}}"))?;
    let rest: Vec<&str> = function[end + 1..function.len() - 1].iter().map(|line| line.trim()).collect();
    if !(rest.is_empty() || rest == [".say(text);"]) {
        return None;
    }
    let mut arms = Vec::new();
    for line in &function[body + 1..end] {
        let own = line.strip_prefix(&format!("{indent}    ")).and_then(|rest| rest.chars().next());
        if own.is_some_and(|c| c.is_alphabetic() || "_(&[\"".contains(c)) {
            arms.push(0);
        }
        *arms.last_mut()? += 1;
    }
    Some(arms)
}

/// Whether a function is too long to be read at once. One that says a sentence for each cause is read arm by arm, as a table is.
fn is_too_long(function: &[&str], says: bool) -> bool {
    const MOST: usize = 60;
    const LONGEST_ARM: usize = 14;
    if function.len() <= MOST {
        return false;
    }
    match arms(function).filter(|_| says) {
        Some(arms) => arms.len() > MOST || arms.iter().any(|arm| *arm > LONGEST_ARM),
        None => true,
    }
}

#[test]
fn functions_of_the_core_stay_short_enough_to_read() {
    let mut broken = Vec::new();
    let mut used = vec![false; LONG.len()];
    for folder in ["src/domain", "src/words", "src/interop", "src/workspace", "src/view_model"] {
        for (path, text) in built(folder) {
            // Where there is nothing but sentences.
            let says = folder == "src/words" || path.ends_with("says.rs") || path.ends_with("refuse.rs");
            for (number, name, lines) in functions(&text).into_iter().filter(|(_, _, f)| is_too_long(f, says)) {
                match LONG.iter().position(|(file, long, _)| path.ends_with(file) && *long == name) {
                    Some(i) => used[i] = true,
                    None => broken.push(format!("{}:{number}: {name} has {} lines", path.display(), lines.len())),
                }
            }
        }
    }
    assert!(broken.is_empty(), "split these by what they decide:\n{}", broken.join("\n"));
    for ((file, name, _), used) in LONG.iter().zip(used) {
        assert!(used, "{name} of {file} is short now: take it off the list of the long ones");
    }
}

/// What changes a tenant, and not only judges it, or judges under two editions; and how a moment is made.
const NOT_OF_A_MOMENT: &[&str] = &["domain/command", "domain/life/", "domain/compare.rs", "domain/moment.rs"];

#[test]
fn what_is_judged_at_a_moment_takes_a_moment() {
    let by_hand = |function: &[&str]| {
        let head = function.join(" ");
        let head = head.split('{').next().unwrap_or_default();
        ["edition: &", "tenant: &", "now: DateTime"].iter().all(|part| head.contains(part))
    };
    assert!(by_hand(&["fn f(", "edition: &Edition,", "tenant: &Tenant,", "now: DateTime<Utc>,", ") {"]));
    assert!(!by_hand(&["fn f(moment: Moment<'_>) {", "let a = (edition: &, tenant: &, now: DateTime);"]));
    let mut broken = Vec::new();
    for (path, text) in files("src/domain", "rs") {
        if NOT_OF_A_MOMENT.iter().any(|known| path.to_string_lossy().contains(known)) {
            continue;
        }
        for (number, name, _) in functions(&text).into_iter().filter(|(_, _, lines)| by_hand(lines)) {
            broken.push(format!("{}:{number}: {name}", path.display()));
        }
    }
    assert!(broken.is_empty(), "these take a moment by hand, in three arguments:\n{}", broken.join("\n"));
}

/// What is a plain property and no decision: whether a span holds an instant, what a list has, which rule it is.
const PLAIN: &[&str] = &[
    "any_left",
    "asks_when_deleted",
    "confirms",
    "doubts_point",
    "has_asleep",
    "holds",
    // Whether there is a list, not what it says.
    "is_listed",
    "is_any",
    "is_before",
    "is_empty",
    "is_kept_only",
    // Of what sort a check is, not how it stands.
    "is_of_what_it_rests_on",
    "is_of",
    "is_of_point",
    "is_offered",
    "is_sandbox",
    "keeps_the_same",
    "may_be",
    "refused",
    "reversible",
    "stops",
];

#[test]
fn a_decision_is_never_a_bare_yes_or_no() {
    let bare = |head: &str| head.starts_with("pub fn ") && head.contains("-> bool");
    assert!(
        bare("pub fn may(a: u32) -> bool {") && !bare("pub(super) fn may() -> bool {") && !bare("fn may() -> bool {")
    );
    let (mut broken, mut used) = (Vec::new(), BTreeSet::new());
    for folder in ["src/domain/retention", "src/domain/eligibility", "src/domain/restore", "src/domain/remedy"] {
        for (path, text) in built(folder) {
            for (number, name, lines) in functions(&text) {
                let head = lines.join(" ");
                if !bare(head.trim_start().split('{').next().unwrap_or_default()) {
                    continue;
                }
                match PLAIN.iter().find(|known| **known == name) {
                    Some(known) => drop(used.insert(*known)),
                    None => broken.push(format!("{}:{number}: {name}", path.display())),
                }
            }
        }
    }
    assert!(
        broken.is_empty(),
        "unknown must be an outcome of a decision (or say why it is none, in PLAIN):\n{}",
        broken.join("\n")
    );
    let gone: Vec<_> = PLAIN.iter().filter(|name| !used.contains(*name)).collect();
    assert!(gone.is_empty(), "these are no more: {gone:?}");
}

/// Where a value's debug form is a key or an id that no person reads as a word.
const KEYS_BY_DEBUG: &[&str] = &[
    "domain/rule.rs",
    "domain/plan/afterwards.rs",
    "domain/merge/operations.rs",
    "workspace/activity.rs",
    "ui/pages/restore/source.rs",
    "ui/pages/restore/backups.rs",
    "ui/pages/restore/target.rs",
];

#[test]
fn no_debug_form_reaches_a_person() {
    let debugs = |line: &str| line.contains(":?}") || line.contains(":#?}");
    assert!(debugs("format!(\"{other:?}\")") && debugs("write!(f, \"{:#?}\", x)") && !debugs("format!(\"{other}\")"));
    let (mut broken, mut used) = (Vec::new(), BTreeSet::new());
    for (path, text) in built("src") {
        for (number, line) in code(&text).filter(|(_, line)| debugs(line) && !line.contains("assert")) {
            match KEYS_BY_DEBUG.iter().find(|known| path.ends_with(known)) {
                Some(known) => drop(used.insert(*known)),
                None => broken.push(format!("{}:{number}: {}", path.display(), line.trim())),
            }
        }
    }
    assert!(broken.is_empty(), "say it in words:\n{}", broken.join("\n"));
    let gone: Vec<_> = KEYS_BY_DEBUG.iter().filter(|name| !used.contains(*name)).collect();
    assert!(gone.is_empty(), "these have none any more: {gone:?}");
}

#[test]
fn a_function_that_is_too_long_is_found() {
    let plain =
        |lines: usize| format!("pub(super) fn long(\n    a: u32,\n) -> u32 {{\n{}}}\n", "    a;\n".repeat(lines));
    let table = |arms: usize, lines: usize, end: &str| {
        let arm = format!("        Cause::A(\n{}        ) => 1,\n", "            b,\n".repeat(lines - 2));
        format!("fn table(a: Cause) {{\n    match a {{\n{}    }}\n{end}}}\n", arm.repeat(arms))
    };
    for (text, says, expect) in [
        (plain(56), false, false),
        (plain(57), false, true),
        (plain(57), true, true),
        (format!("    {}", plain(57).trim_end().replace('\n', "\n    ")), false, true),
        (format!("#[cfg(test)]\nmod tests {{\n{}}}", plain(99)), false, false),
        (table(60, 3, ""), true, false),
        (table(60, 3, "    .say(text);\n"), true, false),
        (table(60, 3, ""), false, true),
        (table(61, 3, ""), true, true),
        (table(9, 14, ""), true, false),
        (table(9, 15, ""), true, true),
        (table(60, 3, "    .then(more);\n"), true, true),
    ] {
        let found = functions(&text).iter().any(|(_, _, lines)| is_too_long(lines, says));
        assert_eq!(found, expect, "{text}");
    }
}

/// Where the settings that people set are told apart one by one. Whoever adds one looks here, and nowhere else; whoever wants to tell
/// them apart somewhere else asks `Setting` or `words::deed` instead.
const SETTINGS_TOLD_APART: &[&str] = &[
    "domain/deed/setting.rs",
    "domain/deed/stored.rs",
    "domain/life/check.rs",
    "domain/life/earlier.rs",
    "domain/life/sort.rs",
    "domain/remedy/candidates.rs",
    "domain/what_if/follows.rs",
    "interop/commands/pac.rs",
    "interop/commands/powershell.rs",
    "interop/commands/rest.rs",
    "view_model/acts.rs",
    "words/deed.rs",
];

/// The settings that `code` names, each once.
fn settings_named(text: &str) -> usize {
    let settings = ["Kind", "Dataverse", "Managed", "Key", "Retention", "AdministrationMode"];
    let named = |setting: &&str| {
        let word = format!("Setting::{setting}");
        code(text).any(|(_, line)| line.split(word.as_str()).skip(1).any(|rest| !rest.starts_with(char::is_alphabetic)))
    };
    settings.iter().filter(|setting| named(setting)).count()
}

/// One vocabulary of deeds: a setting is named by its own file, by those that print or say it, and by few others.
#[test]
fn deeds_are_listed_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut broken, mut managed) = (Vec::new(), 0);
    let mut told_apart: Vec<&str> = Vec::new();
    for (path, text) in built("src") {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let lines = || code(&text).map(|(_, line)| line);
        managed += usize::from(lines().any(|line| line.contains("Setting::Managed")));
        let old = ["SetManaged", "ManagedSet", "SwitchKind", "SetRuntimeState", "SetRetention {"];
        if name != "domain/deed/stored.rs" && lines().any(|line| old.iter().any(|word| line.contains(word))) {
            broken.push(format!("{name} names a setting as it is kept: only `deed::stored` does"));
        }
        let named = settings_named(&text);
        match SETTINGS_TOLD_APART.iter().find(|known| **known == name) {
            Some(known) => told_apart.push(known),
            None if named > 2 => broken.push(format!("{name} tells {named} settings apart")),
            None => {}
        }
    }
    assert!(broken.is_empty(), "deeds are listed again:\n{}", broken.join("\n"));
    assert_eq!(told_apart.len(), SETTINGS_TOLD_APART.len(), "a file of the list is gone: take it off");
    assert!(managed <= 10, "{managed} files name whether an environment is managed as something to set");
}

#[test]
fn settings_are_counted_by_their_names() {
    for (text, expect) in [
        ("Setting::Kind(_) => a,\nSetting::KindOf => b", 1),
        ("Setting::Kinds => b", 0),
        ("Setting::Dataverse | Setting::Key(_) => a", 2),
        ("    // Setting::Key\n#[cfg(test)]\nSetting::Retention(7)", 0),
        ("#[cfg(test)]\nmod tests;\nSetting::Retention(7)", 1),
    ] {
        assert_eq!(settings_named(text), expect, "{text}");
    }
}

#[test]
fn every_dependency_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("Cargo.toml");
    let explained = fs::read_to_string(root.join("docs/ARCHITECTURE.md")).expect("docs/ARCHITECTURE.md");
    let mut inside = false;
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[dependencies]" || line == "[dev-dependencies]";
        } else if inside && line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = line.split(['=', ' ', '.']).next().unwrap_or("");
            seen += 1;
            assert!(explained.contains(&format!("`{name}`")), "docs/ARCHITECTURE.md does not explain `{name}`");
        }
    }
    assert!(seen > 5, "the manifest was not read");
}
