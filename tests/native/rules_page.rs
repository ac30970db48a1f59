//! `docs/RULES.md` is written from the rules and the editions, so that page and code cannot disagree.

use crate::import_formats::{documented, folder};
use restore_desk::domain::edition::{EDITIONS, Edition, KeyMatch};
use restore_desk::domain::rule::{CATALOGUE, RuleId, RuleText, SectionPlace};
use restore_desk::view_model::band::SPAN_DAYS;
use restore_desk::view_model::periods::{period_words, row_words};
use restore_desk::words::{List, Say};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files of the core, as they are named from `src/domain`, with the rules that each names.
fn decided() -> BTreeMap<RuleId, BTreeSet<String>> {
    let mut all: BTreeMap<RuleId, BTreeSet<String>> = BTreeMap::new();
    walk(&folder("src/domain"), &mut |path, text| {
        let name = path.strip_prefix(folder("src/domain")).unwrap().to_string_lossy().replace('\\', "/");
        if name == "rule.rs" || name.starts_with("edition/") {
            return;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for after in code.split("RuleId::").skip(1) {
            let id: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
            if let Some(id) = RuleId::parse(&id) {
                all.entry(id).or_default().insert(name.clone());
            }
        }
    });
    all
}

fn walk(at: &Path, each: &mut impl FnMut(&Path, &str)) {
    let mut entries: Vec<_> = std::fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, each);
        } else if path.extension().is_some_and(|e| e == "rs") {
            each(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// What a rule says, with the editions that say so; one entry where all agree.
fn sayings(id: RuleId) -> Vec<(RuleText, Vec<&'static str>)> {
    let mut all: Vec<(RuleText, Vec<&'static str>)> = Vec::new();
    for edition in EDITIONS {
        let text = edition.rule(id);
        match all.iter_mut().find(|(known, _)| *known == text) {
            Some((_, editions)) => editions.push(edition.id),
            None => all.push((text, vec![edition.id])),
        }
    }
    all
}

fn rules() -> String {
    let decided = decided();
    let mut page = String::from("| id | sentence | source | editions | named in |\n| --- | --- | --- | --- | --- |\n");
    for rule in CATALOGUE {
        let files: Vec<_> = decided.get(&rule.id).into_iter().flatten().map(|file| format!("`{file}`")).collect();
        for (text, editions) in sayings(rule.id) {
            let which = if editions.len() == EDITIONS.len() { "all".to_string() } else { editions.join(", ") };
            let (id, sentence, section) = (rule.id, text.sentence, text.section);
            page.push_str(&format!("| {id} | {sentence} | {section} | {which} | {} |\n", files.join(" ")));
        }
    }
    page
}

fn editions() -> String {
    let mut page = String::new();
    let row = |page: &mut String, what: &str, of: &dyn Fn(&Edition) -> String| {
        let cells: Vec<_> = EDITIONS.iter().map(|e| of(e)).collect();
        page.push_str(&format!("| {what} | {} |\n", cells.join(" | ")));
    };
    row(&mut page, "", &|e| e.id.to_string());
    row(&mut page, "---", &|_| "---".to_string());
    row(&mut page, "comes from", &|e| e.origin.to_string());
    let mut kinds: Vec<String> = Vec::new();
    for rows in EDITIONS.iter().flat_map(|e| e.retention) {
        let words = row_words(rows);
        if !kinds.contains(&words) {
            kinds.push(words);
        }
    }
    for kind in &kinds {
        row(&mut page, &format!("{kind}: system / manual (K1)"), &|e| {
            let found = e.retention.iter().find(|r| row_words(r) == *kind);
            found.map_or("no row of its own".to_string(), |r| {
                format!("{} / {}", period_words(e, r.system), period_words(e, r.manual))
            })
        });
    }
    row(&mut page, "a changed setting holds for certain after (K4)", &|e| format!("{} h", e.settling.num_hours()));
    row(&mut page, "a new environment may have nothing for (K14)", &|e| format!("{} h", e.first_day.num_hours()));
    row(&mut page, "a manual backup is usable, ready after (M8)", &|e| {
        format!("{} min, {} min", e.processing.num_minutes(), e.ready.num_minutes())
    });
    row(&mut page, "customer-managed key of the target (T5)", &|e| match e.key_match {
        KeyMatch::Any => "any".to_string(),
        KeyMatch::Same => "the same".to_string(),
    });
    row(&mut page, "enterprise policies must agree (T6)", &|e| yes_no(e.policies_must_match));
    row(&mut page, "free database for a restore (T7)", &|e| format!("{} MB", e.restore_needs_mb));
    row(&mut page, "a deleted environment, Production with Dynamics 365 apps (X1)", &|e| {
        format!("{} days, {} days", e.recovery_days, e.recovery_days_with_dynamics)
    });
    row(&mut page, "recovery needs free capacity (X3)", &|e| yes_no(e.recovery_needs_capacity));
    row(&mut page, "admin roles (R21, D13)", &|e| List::or(e.roles).says().to_string());
    row(&mut page, "a failed restore leaves the target disabled; again after (R20)", &|e| {
        format!("{}; {} min", yes_no(e.failed_restore_disables_target), e.retry_after.num_minutes())
    });
    page
}

fn yes_no(yes: bool) -> String {
    if yes { "yes".to_string() } else { "not said".to_string() }
}

#[test]
fn the_page_of_rules_comes_from_the_rules() {
    documented("docs/RULES.md", "rules", &rules());
    documented("docs/RULES.md", "editions", &editions());
}

#[test]
fn every_rule_has_one_sentence_and_a_source() {
    for rule in CATALOGUE {
        assert!(!rule.sentence.is_empty() && !rule.section.is_empty(), "{}", rule.id);
        assert_eq!(CATALOGUE.iter().filter(|other| other.id == rule.id).count(), 1, "{}", rule.id);
    }
}

#[test]
fn a_band_shows_the_longest_retention_of_any_edition() {
    assert_eq!(EDITIONS.iter().map(|e| e.longest_choice()).max(), Some(SPAN_DAYS));
}

/// What stands on a page names the one on which it stands.
#[test]
fn each_section_has_its_page() {
    let page = |section| match SectionPlace::of(section) {
        SectionPlace::Page(address) => address.rsplit('/').next().unwrap(),
        SectionPlace::Elsewhere => "",
    };
    assert_eq!(page("Recover environment"), "recover-environment");
    assert_eq!(page("System backups"), "backup-restore-environments");
    assert_eq!(page("Reported by the service"), "");
}
