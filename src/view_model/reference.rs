//! The one reference of rules and days: what is found, what differs between editions, and the tables side by side.

pub mod touches;

use super::periods::{cases, periods};
use crate::domain::edition::{EDITIONS, Edition, Pair, Period};
use crate::domain::environment::Kind;
use crate::domain::rule::{CATALOGUE, RuleId, RuleText};
use crate::words::rules::called;

/// The groups of rules by the first letters of their ids, in the order of what people ask first.
pub const GROUPS: [(&str, &str); 6] = [
    ("KGL", "How far back"),
    ("M", "Manual backups"),
    ("T", "Onto what"),
    ("R", "What a restore leaves"),
    ("X", "Deleted environments"),
    ("D", "Where the page is unclear"),
];

/// The rules of a group that hold all words of `typed`: in their id, what they are called, their sentence or section.
pub fn found(edition: &Edition, letters: &str, typed: &str) -> Vec<RuleId> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let of_group = |id: &RuleId| id.to_string().chars().next().is_some_and(|first| letters.contains(first));
    let holds = |id: &RuleId| {
        let RuleText { sentence, section, .. } = edition.rule(*id);
        let all = format!("{id}\n{}\n{sentence}\n{section}", called(*id)).to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    };
    CATALOGUE.iter().map(|text| text.id).filter(of_group).filter(holds).collect()
}

/// What an edition says of a rule, beside the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    AsBefore,
    Anew(&'static str),
}

/// What each edition says of a rule, oldest first.
pub fn editions_of(rule: RuleId) -> Vec<(&'static Edition, Says)> {
    let mut before = None;
    let says = |edition: &&'static Edition| {
        let sentence = edition.rule(rule).sentence;
        let says = if before == Some(sentence) { Says::AsBefore } else { Says::Anew(sentence) };
        before = Some(sentence);
        (*edition, says)
    };
    EDITIONS.iter().map(says).collect()
}

/// Whether the editions say different things of a rule.
pub fn differs(rule: RuleId) -> bool {
    editions_of(rule).iter().skip(1).any(|(_, says)| *says != Says::AsBefore)
}

/// How long one sort of backup is kept, in a table of all editions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    pub period: Period,
    /// The edition before says something else.
    pub new: bool,
    /// The page contradicts itself: the rule that says how it is taken.
    pub conflict: Option<RuleId>,
}

/// A row of the table: a kind, and for each edition its system and its manual backups; `None`: it does not name the kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub words: String,
    pub kept: Vec<Option<[Kept; 2]>>,
}

/// How long backups are kept, for each kind that any edition tells apart, and under each edition.
pub fn days() -> Vec<Row> {
    let row = |case: super::periods::Case| {
        let mut before = None;
        let kept = EDITIONS.iter().map(|edition| {
            let both = periods(edition, &case).map(|(system, manual)| [system, manual]);
            let of = |at: usize, period: Period| {
                let was = before.and_then(|was: [Period; 2]| was.get(at).copied());
                Kept { period, new: was.is_some_and(|was| was != period), conflict: conflict(edition, period, at == 1) }
            };
            let kept = both.map(|[system, manual]| [of(0, system), of(1, manual)]);
            before = both.or(before);
            kept
        });
        Row { kept: kept.collect(), words: case.words }
    };
    cases(EDITIONS).into_iter().map(row).collect()
}

fn conflict(edition: &Edition, period: Period, manual: bool) -> Option<RuleId> {
    match period {
        Period::Contested(_) => Some(RuleId::D1),
        Period::BySetting if manual && edition.manual_setting_contested => Some(RuleId::D4),
        _ => None,
    }
}

/// The contradictions that the table has, each once, in the order of the rules.
pub fn conflicts(rows: &[Row]) -> Vec<RuleId> {
    let all = || rows.iter().flat_map(|row| row.kept.iter().flatten().flatten()).filter_map(|kept| kept.conflict);
    [RuleId::D1, RuleId::D4].into_iter().filter(|rule| all().any(|one| one == *rule)).collect()
}

/// What is said beneath the matrix of kinds: a kind that goes onto itself only, those that the matrix does not have, and those that the
/// admin center does not offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beneath {
    pub itself_only: Vec<String>,
    pub outside: Vec<String>,
    pub not_offered: Vec<String>,
}

/// See [`Beneath`].
pub fn beneath(edition: &Edition) -> Beneath {
    let rows = edition.pairs.iter();
    let has_row = |kind: &Kind| edition.pairs.iter().any(|row| row.source == *kind);
    Beneath {
        itself_only: rows.filter(|r| r.cells.contains(&Pair::ItselfOnly)).map(|r| r.source.to_string()).collect(),
        outside: Kind::NAMED
            .iter()
            .filter(|kind| !edition.targets.contains(kind) && !has_row(kind))
            .map(Kind::to_string)
            .collect(),
        not_offered: edition.not_offered_sources.iter().map(Kind::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(letters: &str, typed: &str) -> Vec<String> {
        found(Edition::newest(), letters, typed).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_rule_is_in_one_group_and_has_a_name_of_its_own() {
        let all: Vec<RuleId> =
            GROUPS.iter().flat_map(|(letters, _)| found(Edition::default_edition(), letters, "")).collect();
        assert_eq!(all.len(), CATALOGUE.len());
        for text in CATALOGUE {
            assert_eq!(all.iter().filter(|id| **id == text.id).count(), 1, "{}", text.id);
            assert_eq!(all.iter().filter(|id| called(**id) == called(text.id)).count(), 1, "{}", called(text.id));
            assert!(!called(text.id).is_empty(), "{} has no name", text.id);
            assert!(called(text.id).chars().count() <= 30, "{} is long", called(text.id));
        }
    }

    #[test]
    fn rules_are_found_by_id_name_and_sentence() {
        assert_eq!(newest("T", "t5"), ["T5"]);
        assert_eq!(newest("R", "leaving ADMINISTRATION"), ["R25"]);
        assert_eq!(newest("R", "turned off until"), Vec::<String>::new());
        assert!(newest("R", "audit logs").contains(&"R5".to_string()));
        assert!(newest("KMTRXGLD", "no rule has these words").is_empty());
    }

    #[test]
    fn what_editions_say_anew() {
        assert!(differs(RuleId::T5) && !differs(RuleId::T2));
        let says: Vec<bool> = editions_of(RuleId::T5).iter().map(|(_, says)| *says == Says::AsBefore).collect();
        assert_eq!(says, [false, false, true]);
    }

    #[test]
    fn what_is_new_and_what_is_contradicted() {
        let rows = days();
        let developer = rows.iter().find(|row| row.words == "Developer").expect("a row");
        let new: Vec<Option<[bool; 2]>> =
            developer.kept.iter().map(|kept| kept.map(|both| both.map(|one| one.new))).collect();
        assert_eq!(new, [Some([false, false]), Some([false, true]), Some([false, false])]);
        assert_eq!(conflicts(&rows), [RuleId::D1, RuleId::D4]);
        let trial = rows.iter().find(|row| row.words == "Trial").and_then(|row| row.kept[0]).expect("a row");
        assert_eq!(trial[0].conflict, Some(RuleId::D1));
    }

    #[test]
    fn beneath_the_matrix() {
        let beneath = beneath(Edition::default_edition());
        assert_eq!(beneath.itself_only, ["Teams"]);
        assert!(beneath.outside.contains(&"Trial".to_string()));
    }
}
