//! Who may be restored to whom: cases by rule, the documented matrices, and the laws of three-valued judging.

use crate::laws::cases;
use crate::pair_support;
use restore_desk::domain::moment::Moment;

use pair_support::*;
use proptest::prelude::*;
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::edition::{EDITIONS, Edition, KeyMatch};
use restore_desk::domain::eligibility::{
    Cause, Outcome, Role, Standing, doubts, gates, groups, judge, matrix, outcome,
};
use restore_desk::domain::environment::{Activity, Environment, Key, Kind, Operation, Policy};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;
use std::collections::BTreeSet;
use std::fmt::Write;

const RULES: [RuleId; 7] = [RuleId::T1, RuleId::T2, RuleId::T3, RuleId::T4, RuleId::T5, RuleId::T6, RuleId::T8];

/// The pair under the edition of that year leaves exactly this unmet (see [`short`]).
#[track_caller]
fn check(year: &str, source: &str, target: &str, unmet: &str) {
    let (s, t) = pair(source, target);
    let verdict = judge(edition(year), &s, &t);
    assert_eq!(short(&verdict), unmet, "{year}: {source} -> {target}: {verdict:#?}");
}

/// The same under every edition.
#[track_caller]
fn check_all(source: &str, target: &str, unmet: &str) {
    for edition in EDITIONS {
        check(&edition.id[..4], source, target, unmet);
    }
}

#[test]
fn t1_kinds() {
    check_all("Production", "Sandbox", "");
    check_all("Production", "Production", "T1!");
    check_all("Production", "Developer", "T1!");
    check_all("Sandbox", "Sandbox", "");
    check_all("Sandbox", "Developer", "T1!");
    check_all("Sandbox", "Production", "T1!");
    check_all("Developer", "Sandbox", "");
    check_all("Developer", "Developer", "");
    check_all("Teams", "Teams", "T1!");
    check_all("Teams", "Sandbox", "T1!");
    check_all("Trial", "Sandbox", "T1!");
    check_all("SubscriptionBasedTrial", "Sandbox", "T1!");
    check_all("Platform", "Sandbox", "T1!");
    check_all("Sandbox", "Platform", "T1!");
    check_all("Default", "Sandbox", "T1!");
    check("2024", "Default", "Developer", "T1!");
    check("2025", "Default", "Developer", "");
    check("2026", "Default", "Developer", "");
}

#[test]
fn t1_with_unknown_kinds() {
    check_all("Production", "?", "T1?T");
    check_all("?", "Sandbox", "T1?S");
    check_all("?", "Developer", "T1?S");
    check_all("?", "?", "T1?ST");
    // One kind decides where its whole row or column says no.
    check_all("Trial", "?", "T1!");
    check_all("Teams", "?", "T1!");
    check_all("Platform", "?", "T1!");
    check_all("?", "Production", "T1!");
    check_all("?", "Teams", "T1!");
    check_all("?", "Default", "T1!");
    check("2024", "Default", "?", "T1!");
    check("2025", "Default", "?", "T1?T");
}

#[test]
fn t8_onto_itself() {
    check_all("Sandbox", "itself", "");
    check_all("Developer", "itself", "");
    check_all("Teams", "itself", "");
    check_all("Production", "itself", "T1! T8!");
    check_all("Default", "itself", "T1! T8!");
    check_all("Trial", "itself", "T1! T8!");
    check_all("Platform", "itself", "T1! T8!");
    check_all("?", "itself", "T1?S T8?S");
}

#[test]
fn what_is_not_known_is_equal_to_itself() {
    check_all("Sandbox region:? managed:? key:? pol:?", "itself", "");
    check_all("Sandbox managed key:k1 pol:net=v1", "itself", "");
    check_all("Sandbox db:?", "itself", "T3?S");
    check_all("Sandbox db:no", "itself", "T3!");
}

#[test]
fn t2_regions() {
    check_all("Sandbox region:Europe", "Sandbox region:europe", "");
    check_all("Sandbox region:unitedstates", "Sandbox region:europe", "T2!");
    check_all("Sandbox region:?", "Sandbox", "T2?S");
    check_all("Sandbox", "Sandbox region:?", "T2?T");
    check_all("Sandbox region:?", "Sandbox region:?", "T2?ST");
}

#[test]
fn t2_an_empty_region_says_nothing() {
    check_all("Sandbox region:", "Sandbox region:", "T2?ST");
}

#[test]
fn t3_dataverse() {
    check_all("Sandbox db:no", "Sandbox", "T3!");
    check_all("Sandbox", "Sandbox db:no", "T3!");
    check_all("Sandbox db:no", "Sandbox db:?", "T3!");
    check_all("Sandbox db:?", "Sandbox db:no", "T3!");
    check_all("Sandbox db:?", "Sandbox", "T3?S");
    check_all("Sandbox", "Sandbox db:?", "T3?T");
    check_all("Sandbox db:?", "Sandbox db:?", "T3?ST");
}

#[test]
fn t4_managed() {
    check_all("Sandbox managed", "Sandbox managed", "");
    check_all("Sandbox managed", "Sandbox", "T4!");
    check_all("Sandbox", "Sandbox managed", "T4!");
    check_all("Sandbox managed:?", "Sandbox", "T4?S");
    check_all("Sandbox managed", "Sandbox managed:?", "T4?T");
    check_all("Sandbox managed:?", "Sandbox managed:?", "T4?ST");
}

#[test]
fn t5_any_key() {
    check("2024", "Sandbox key:k1", "Sandbox key:k2", "");
    check("2024", "Sandbox key:any", "Sandbox key:any", "");
    check("2024", "Sandbox key:?", "Sandbox key:k1", "");
    check("2024", "Sandbox key:k1", "Sandbox", "T5!");
    check("2024", "Sandbox key:any", "Sandbox", "T5!");
    check("2024", "Sandbox key:any", "Sandbox key:?", "T5?T");
    check("2024", "Sandbox key:?", "Sandbox", "T5?S");
    check("2024", "Sandbox key:?", "Sandbox key:?", "T5?ST");
}

#[test]
fn t5_the_same_key() {
    for year in ["2025", "2026"] {
        check(year, "Sandbox key:k1", "Sandbox key:K1", "");
        check(year, "Sandbox key:k1", "Sandbox key:k2", "T5!");
        check(year, "Sandbox key:k1", "Sandbox", "T5!");
        check(year, "Sandbox key:any", "Sandbox", "T5!");
        check(year, "Sandbox key:k1", "Sandbox key:any", "T5?T");
        check(year, "Sandbox key:any", "Sandbox key:k1", "T5?S");
        check(year, "Sandbox key:any", "Sandbox key:any", "T5?ST");
        check(year, "Sandbox key:?", "Sandbox key:k1", "T5?S");
        check(year, "Sandbox key:?", "Sandbox key:any", "T5?ST");
        check(year, "Sandbox key:k1", "Sandbox key:?", "T5?T");
        check(year, "Sandbox key:?", "Sandbox", "T5?S");
    }
}

#[test]
fn t5_a_source_without_a_key_asks_nothing() {
    for target in ["Sandbox", "Sandbox key:k1", "Sandbox key:any", "Sandbox key:?"] {
        check_all("Sandbox", target, "");
    }
}

#[test]
fn t6_policies() {
    check("2024", "Sandbox pol:net=v1", "Sandbox", "");
    check("2024", "Sandbox pol:?", "Sandbox pol:?", "");
    for year in ["2025", "2026"] {
        check(year, "Sandbox", "Sandbox pol:?", "");
        check(year, "Sandbox", "Sandbox pol:net=v1", "");
        check(year, "Sandbox pol:net=v1", "Sandbox pol:net=V1,id=i1", "");
        check(year, "Sandbox pol:net=v1", "Sandbox", "T6!");
        check(year, "Sandbox pol:net=v1", "Sandbox pol:net=v2", "T6!");
        check(year, "Sandbox pol:net=v1", "Sandbox pol:id=?", "T6!");
        check(year, "Sandbox pol:net=?", "Sandbox pol:net=v2", "T6?S");
        check(year, "Sandbox pol:net=v1", "Sandbox pol:net=?", "T6?T");
        check(year, "Sandbox pol:net=v1", "Sandbox pol:?", "T6?T");
        check(year, "Sandbox pol:?", "Sandbox", "T6?S");
        check(year, "Sandbox pol:?", "Sandbox pol:?", "T6?ST");
        // What is surely missing decides over what is open.
        check(year, "Sandbox pol:net=?,id=i1", "Sandbox pol:net=v1", "T6!");
    }
}

#[test]
fn every_broken_rule_is_reported() {
    check(
        "2025",
        "Sandbox region:asia managed key:k1 pol:net=v1",
        "Developer region:europe db:no key:ms",
        "T1! T2! T3! T4! T5! T6!",
    );
    check(
        "2026",
        "? region:? db:? managed:? key:? pol:?",
        "? region:? db:? managed:? key:? pol:?",
        "T1?ST T2?ST T3?ST T4?ST T5?ST T6?ST",
    );
}

#[track_caller]
fn check_cautions(year: &str, source: &str, target: &str, rules: &str) {
    let (s, t) = pair(source, target);
    let verdict = judge(edition(year), &s, &t);
    let found: Vec<String> = verdict.cautions.iter().map(|j| j.rule().unwrap().to_string()).collect();
    assert_eq!(found.join(" "), rules, "{year}: {source} -> {target}: {verdict:#?}");
}

#[test]
fn cautions() {
    check_cautions("2024", "Sandbox", "Sandbox", "");
    check_cautions("2024", "Sandbox key:k1", "Sandbox key:k2", "D7");
    check_cautions("2024", "Sandbox key:k1", "Sandbox key:any", "D7");
    check_cautions("2024", "Sandbox key:k1", "Sandbox key:K1", "");
    check_cautions("2024", "Sandbox key:any", "itself", "");
    check_cautions("2025", "Sandbox key:k1", "Sandbox key:k2", "");
    check_cautions("2025", "Default", "Developer", "T1 D2");
    check_cautions("2025", "Default", "Sandbox", "");
    check_cautions("2024", "Default", "Developer", "");
    check_cautions("2024", "Sandbox", "Developer", "D8");
    check_cautions("2024", "Developer", "Developer", "D2");
    check_cautions("2024", "Developer", "itself", "D2");
    check_cautions("2024", "Teams", "itself", "D3");
    check_cautions("2024", "Teams", "Teams", "");
    check_cautions("2024", "Sandbox", "Teams", "");
    check_cautions("2024", "Sandbox managed", "Sandbox", "D5");
    check_cautions("2024", "Sandbox", "Sandbox managed", "");
    check_cautions("2024", "Sandbox region:asia", "Sandbox", "D6");
}

#[track_caller]
fn check_says(year: &str, source: &str, target: &str, rule: RuleId, says: &str) {
    let (s, t) = pair(source, target);
    let verdict = judge(edition(year), &s, &t);
    let found = verdict.all().into_iter().find(|(_, j)| j.is_of(rule)).map(|(_, j)| j.says().to_string());
    assert_eq!(found.as_deref(), Some(says), "{year}: {source} -> {target}");
}

#[test]
fn words() {
    use RuleId::*;
    check_says("2024", "Production", "Sandbox", T1, "the source is Production, the target is Sandbox: allowed");
    check_says(
        "2024",
        "Developer",
        "Production",
        T1,
        "the source is Developer, the target is Production: a Developer environment can be restored only to Sandbox or Developer environments",
    );
    check_says(
        "2024",
        "Teams",
        "Teams",
        T1,
        "the source is Teams, the target is Teams: a Teams environment can be restored only onto itself",
    );
    check_says("2024", "Trial", "?", T1, "the source is Trial: a Trial environment is never a source");
    check_says(
        "2024",
        "Platform",
        "Sandbox",
        T1,
        "the source is `Platform`, the target is Sandbox: a `Platform` environment is never a source",
    );
    check_says("2024", "?", "Production", T1, "the target is Production: no other environment can be restored to it");
    check_says("2024", "Production", "?", T1, "the source is Production, the kind of the target is not known");
    check_says("2024", "Sandbox", "itself", T1, "Sandbox onto itself: allowed");
    check_says(
        "2024",
        "Production",
        "itself",
        T8,
        "a Production environment can never be restored onto itself; it has to be switched to Sandbox first",
    );
    check_says(
        "2024",
        "Sandbox region:unitedstates",
        "Sandbox",
        T2,
        "the source is in United States, the target is in Europe",
    );
    check_says(
        "2024",
        "Sandbox",
        "Sandbox region:?",
        T2,
        "the source is in Europe, the region of the target is not known",
    );
    check_says("2024", "Sandbox db:no", "Sandbox", T3, "the source has no Dataverse, so there is no backup of it");
    check_says("2024", "Sandbox managed", "Sandbox", T4, "the source is managed, the target is not managed");
    check_says(
        "2024",
        "Sandbox",
        "Sandbox managed:?",
        T4,
        "the source is not managed; whether the target is managed is not known",
    );
    check_says(
        "2024",
        "Sandbox key:k1",
        "Sandbox",
        T5,
        "the source has the customer-managed key `k1`; the target has no customer-managed key",
    );
    check_says(
        "2025",
        "Sandbox key:k1",
        "Sandbox key:any",
        T5,
        "both have a customer-managed key; the source's is `k1`, the target's is not known",
    );
    check_says("2025", "Sandbox pol:net=v1", "Sandbox", T6, "not linked to the target: virtual network (`v1`)");
}

#[test]
fn words_name_no_environment_and_end_without_a_full_stop() {
    for edition in EDITIONS {
        for source in SPECS {
            for target in SPECS.iter().chain(&["itself"]) {
                let (s, t) = pair(source, target);
                let verdict = judge(edition, &s, &t);
                for j in verdict.all().into_iter().map(|(_, j)| j).chain(&verdict.cautions) {
                    let says = j.says().to_string();
                    assert!(!says.ends_with('.') && !says.trim().is_empty(), "{:?}: {says}", j.rules);
                    assert!(!says.contains("  "), "{:?}: {says}", j.rules);
                }
            }
        }
    }
}

const SPECS: &[&str] = &[
    "Production managed key:k1",
    "Sandbox",
    "Sandbox managed:? key:? pol:?",
    "Developer region:asia db:no pol:net=?",
    "Teams key:any",
    "Default pol:net=v1",
    "Trial region:?",
    "Platform db:?",
    "? region:? db:? managed:? key:? pol:?",
];

// ---------------------------------------------------------------------------------------------------------------------------
// The documented matrices of kinds. `UPDATE_GOLDEN=1 cargo test --test native eligibility::` writes the files anew; read the difference
// against docs/RULES.md before you keep it.

fn kinds_table(edition: &Edition) -> String {
    let kinds: Vec<Kind> = Kind::NAMED.into_iter().chain([Kind::Other("Other".into())]).collect();
    let letter = |o: Outcome| match o {
        Outcome::Eligible => "yes",
        Outcome::Unknown => "?",
        Outcome::Refused => "-",
    };
    let name = |k: &Kind| if *k == Kind::TrialSubscription { "Trial (sub.)".to_string() } else { k.to_string() };
    let mut text = format!("{} - rows: source, columns: target, all other facts equal\n\n", edition.title);
    let mut row = |first: &str, cells: Vec<String>| {
        let line = cells.iter().fold(format!("{first:14}"), |line, cell| line + &format!("{cell:14}"));
        writeln!(text, "{}", line.trim_end()).unwrap();
    };
    row("", kinds.iter().map(name).chain(["itself".to_string()]).collect());
    for source in &kinds {
        let mut s = env("source", "");
        s.kind = known(source.clone());
        let cell = |target: &Kind| {
            let mut t = env("target", "");
            t.kind = known(target.clone());
            letter(outcome(edition, &s, &t)).to_string()
        };
        row(&name(source), kinds.iter().map(cell).chain([letter(outcome(edition, &s, &s)).to_string()]).collect());
    }
    text
}

#[test]
fn the_documented_matrices() {
    for edition in EDITIONS {
        let path = format!("{}/tests/golden/kinds-{}.txt", env!("CARGO_MANIFEST_DIR"), edition.id);
        let table = kinds_table(edition);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &table).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(table, golden, "{path} (UPDATE_GOLDEN=1 writes it anew)");
    }
}

// ---------------------------------------------------------------------------------------------------------------------------
// Three-valued judging is exact: for every pair of partly known facts, the answer is what all completions of the facts agree
// on, and the questions are those whose answer can make a difference. The rules of the completed facts are written here a
// second time, straight from docs/RULES.md, as plain yes or no.

/// Judges by completing: `source` and `target` are the possible values of the two sides.
fn by_completion<T>(source: &[T], target: &[T], itself: bool, rule: impl Fn(&T, &T) -> bool) -> (Standing, bool, bool) {
    let rows: Vec<Vec<bool>> = if itself {
        source.iter().map(|s| vec![rule(s, s)]).collect()
    } else {
        source.iter().map(|s| target.iter().map(|t| rule(s, t)).collect()).collect()
    };
    let all: Vec<bool> = rows.iter().flatten().copied().collect();
    if all.iter().all(|met| *met) {
        return (Standing::Met, false, false);
    }
    if all.iter().all(|met| !met) {
        return (Standing::Broken, false, false);
    }
    let varies = |cells: &mut dyn Iterator<Item = bool>| {
        let cells: Vec<bool> = cells.collect();
        cells.iter().any(|c| *c) && cells.iter().any(|c| !*c)
    };
    let width = rows.first().map_or(0, Vec::len);
    let source_matters = (0..width).any(|column| varies(&mut rows.iter().map(|row| row[column])));
    let target_matters = !itself && rows.iter().any(|row| varies(&mut row.iter().copied()));
    (Standing::Unknown, source_matters, target_matters)
}

#[track_caller]
fn check_exact(edition: &Edition, s: &Environment, t: &Environment, rule: RuleId, expect: (Standing, bool, bool)) {
    let verdict = judge(edition, s, t);
    let (standing, judgement) = verdict.all().into_iter().find(|(_, j)| j.is_of(rule)).expect("judged");
    let asks = |role| judgement.asks.iter().any(|q| q.role == role && q.fact == fact_of(&rule.to_string()));
    let found = (standing, asks(Role::Source), asks(Role::Target));
    assert_eq!(found, expect, "{edition:?} {rule}: {s:#?} -> {t:#?}");
}

/// Checks a rule for every pair of partly known values, onto another environment and onto itself.
fn check_rule<P, F>(
    rule: RuleId,
    editions: &[&'static Edition],
    partial: &[P],
    complete: impl Fn(&P) -> Vec<F>,
    set: impl Fn(&mut Environment, &P),
    holds: impl Fn(&Edition, &F, &F, bool) -> bool,
) {
    for edition in editions {
        for a in partial {
            let mut s = env("source", "Sandbox");
            set(&mut s, a);
            let expect = by_completion(&complete(a), &[], true, |x, y| holds(edition, x, y, true));
            check_exact(edition, &s, &s.clone(), rule, expect);
            for b in partial {
                let mut t = env("target", "Sandbox");
                set(&mut t, b);
                let expect = by_completion(&complete(a), &complete(b), false, |x, y| holds(edition, x, y, false));
                check_exact(edition, &s, &t, rule, expect);
            }
        }
    }
}

fn fact<T: Clone>(value: &Option<T>) -> Fact<T> {
    value.clone().map_or(Fact::unknown(), known)
}

#[test]
fn exact_kinds() {
    use Kind::*;
    let all: Vec<Kind> = Kind::NAMED.into_iter().chain([Other("x".into())]).collect();
    let partial: Vec<Option<Kind>> = all.iter().cloned().map(Some).chain([None]).collect();
    let complete = |p: &Option<Kind>| p.clone().map_or(all.clone(), |k| vec![k]);
    let t1 = |edition: &Edition, s: &Kind, t: &Kind, itself: bool| match (s, t) {
        (Production, Sandbox) | (Sandbox, Sandbox) | (Developer, Sandbox | Developer) => true,
        (Teams, Teams) => itself,
        (Default, Developer) => edition.id != "2024-04-02",
        _ => false,
    };
    let t8 = |_: &Edition, s: &Kind, _: &Kind, itself: bool| !itself || matches!(s, Sandbox | Developer | Teams);
    check_rule(RuleId::T1, EDITIONS, &partial, complete, |e, p| e.kind = fact(p), t1);
    check_rule(RuleId::T8, EDITIONS, &partial, complete, |e, p| e.kind = fact(p), t8);
}

#[test]
fn exact_flags() {
    let partial = [Some(true), Some(false), None];
    let complete = |p: &Option<bool>| p.map_or(vec![true, false], |v| vec![v]);
    check_rule(RuleId::T3, EDITIONS, &partial, complete, |e, p| e.dataverse = fact(p), |_, s, t, _| *s && *t);
    check_rule(RuleId::T4, EDITIONS, &partial, complete, |e, p| e.managed = fact(p), |_, s, t, _| s == t);
}

#[test]
fn exact_regions() {
    use restore_desk::domain::environment::Region;
    let partial = [Some("asia"), Some("europe"), None];
    let complete = |p: &Option<&'static str>| p.map_or(vec!["asia", "europe", "japan"], |v| vec![v]);
    check_rule(
        RuleId::T2,
        EDITIONS,
        &partial,
        complete,
        |e, p| e.region = fact(&p.map(Region::new)),
        |_, s, t, _| s == t,
    );
}

#[test]
fn exact_keys() {
    let ids = ["a", "b", "c"];
    let partial = [
        None,
        Some(Key::Microsoft),
        Some(Key::Customer(None)),
        Some(Key::Customer(Some("a".into()))),
        Some(Key::Customer(Some("b".into()))),
    ];
    // A complete key: none, or a named one.
    let complete = |p: &Option<Key>| -> Vec<Option<String>> {
        let named = ids.iter().map(|id| Some(id.to_string()));
        match p {
            None => named.chain([None]).collect(),
            Some(Key::Microsoft) => vec![None],
            Some(Key::Customer(None)) => named.collect(),
            Some(Key::Customer(Some(id))) => vec![Some(id.clone())],
        }
    };
    let holds = |edition: &Edition, s: &Option<String>, t: &Option<String>, _: bool| match (s, t, edition.key_match) {
        (None, _, _) => true,
        (Some(_), t, KeyMatch::Any) => t.is_some(),
        (s, t, KeyMatch::Same) => s == t,
    };
    check_rule(RuleId::T5, EDITIONS, &partial, complete, |e, p| e.key = fact(p), holds);
}

#[test]
fn exact_policies() {
    // Per sort: none, one, one of unknown id, both, two. An entry of unknown id stands for one or more of any id.
    let shapes: [&[Option<&str>]; 5] = [&[], &[Some("a")], &[None], &[Some("a"), None], &[Some("a"), Some("b")]];
    let sorts = ["networkinjection", "identity"];
    let mut partial: Vec<Option<[usize; 2]>> = vec![None];
    partial.extend((0..5).flat_map(|x| (0..5).map(move |y| Some([x, y]))));
    // A complete set is a bit mask: three ids for each of two sorts.
    let of_sort = |shape: usize| -> Vec<u8> {
        let bit = |id: &str| match id {
            "a" => 1,
            _ => 2,
        };
        let named: u8 = shapes[shape].iter().flatten().map(|id| bit(id)).sum();
        if shapes[shape].contains(&None) {
            let mut sets: Vec<u8> = (1..8).map(|unnamed| named | unnamed).collect();
            sets.sort();
            sets.dedup();
            sets
        } else {
            vec![named]
        }
    };
    let complete = |p: &Option<[usize; 2]>| -> Vec<u8> {
        match p {
            None => (0..64).collect(),
            Some([x, y]) => {
                of_sort(*x).iter().flat_map(|x| of_sort(*y).into_iter().map(move |y| x | (y << 3))).collect()
            }
        }
    };
    let set = |e: &mut Environment, p: &Option<[usize; 2]>| {
        e.policies = fact(&p.map(|chosen| {
            (0..2)
                .flat_map(|i| shapes[chosen[i]].iter().map(move |id| (i, id)))
                .map(|(i, id)| Policy { sort: sorts[i].into(), id: id.map(String::from) })
                .collect::<BTreeSet<Policy>>()
        }));
    };
    let asking: Vec<&'static Edition> = EDITIONS.iter().copied().filter(|e| e.policies_must_match).collect();
    check_rule(RuleId::T6, &asking, &partial, complete, set, |_, s, t, _| s & !t == 0);
}

// ---------------------------------------------------------------------------------------------------------------------------
// Laws.

/// Every fact of `env` that is unknown, answered in one way. Onto itself both sides get the same.
fn answer(env: &Environment, seed: u32) -> Environment {
    let mut env = env.clone();
    let kinds = [Kind::Sandbox, Kind::Production, Kind::Developer, Kind::Trial];
    let mut n = seed;
    let mut pick = |of: u32| {
        n = n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (n >> 16) % of
    };
    if env.kind.is_unknown() && pick(2) == 0 {
        env.kind = known(kinds[pick(4) as usize].clone());
    }
    if env.region.is_unknown() && pick(2) == 0 {
        env.region = known(restore_desk::domain::environment::Region::new(["europe", "asia"][pick(2) as usize]));
    }
    if env.dataverse.is_unknown() && pick(2) == 0 {
        env.dataverse = known(pick(3) > 0);
    }
    if env.managed.is_unknown() && pick(2) == 0 {
        env.managed = known(pick(2) == 0);
    }
    if env.key.is_unknown() && pick(2) == 0 {
        env.key =
            known([Key::Microsoft, Key::Customer(None), Key::Customer(Some("k1".into()))][pick(3) as usize].clone());
    }
    if env.policies.is_unknown() && pick(2) == 0 {
        let policy = Policy { sort: "networkinjection".into(), id: Some("v1".into()) };
        env.policies = known((pick(2) == 0).then_some(policy).into_iter().collect());
    }
    env
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn every_rule_is_judged_exactly_once(edition in any_edition(), s in any_spec(), t in any_spec(), itself: bool) {
        let (s, t) = pair(&s, if itself { "itself" } else { &t });
        let verdict = judge(edition, &s, &t);
        let mut judged: Vec<RuleId> =
            [&verdict.met, &verdict.broken, &verdict.unknown].into_iter().flatten().map(|j| j.rule().unwrap()).collect();
        judged.sort();
        let expected: Vec<RuleId> =
            RULES.into_iter().filter(|r| *r != RuleId::T6 || edition.policies_must_match).collect();
        prop_assert_eq!(judged, expected);
        for j in &verdict.unknown {
            prop_assert!(!j.asks.is_empty(), "{} is unknown and asks nothing", j.rule().unwrap());
        }
        prop_assert!(verdict.met.iter().chain(&verdict.broken).all(|j| j.asks.is_empty()));
        prop_assert_eq!(verdict.outcome(), outcome(edition, &s, &t));
    }

    #[test]
    fn an_answer_never_overturns_what_is_decided(
        edition in any_edition(), s in any_spec(), t in any_spec(), itself: bool, seed: u32,
    ) {
        let (s, t) = pair(&s, if itself { "itself" } else { &t });
        let before = judge(edition, &s, &t);
        let s2 = answer(&s, seed);
        let t2 = if itself { s2.clone() } else { answer(&t, seed.rotate_left(16)) };
        let after = judge(edition, &s2, &t2);
        for rule in RULES {
            match before.standing(rule) {
                Some(Standing::Unknown) | None => {}
                decided => prop_assert_eq!(after.standing(rule), decided, "{}", rule),
            }
        }
        match before.outcome() {
            Outcome::Unknown => {}
            decided => prop_assert_eq!(after.outcome(), decided),
        }
    }

    #[test]
    fn the_matrix_says_what_judge_says(edition in any_edition(), tenant in any_tenant()) {
        let matrix = matrix(edition, &tenant);
        let envs = &tenant.environments;
        prop_assert_eq!(matrix.len(), envs.len());
        for (i, s) in envs.iter().enumerate() {
            let mut counts = [0; 3];
            for (j, t) in envs.iter().enumerate() {
                let deleted = s.deleted.is_some() || t.deleted.is_some();
                let mut verdict = matrix.verdict(i, j);
                if deleted {
                    prop_assert_eq!(matrix.outcome(i, j), Outcome::Refused);
                    prop_assert_eq!(verdict.standing(RuleId::T9), Some(Standing::Broken));
                    verdict.broken.retain(|j| !j.is_of(RuleId::T9));
                } else {
                    prop_assert_eq!(matrix.outcome(i, j), verdict.outcome());
                }
                prop_assert_eq!(verdict, judge(edition, s, t));
                if i != j && t.deleted.is_none() {
                    counts[matrix.outcome(i, j) as usize] += 1;
                }
            }
            let found = matrix.targets_of(i);
            prop_assert_eq!([found.eligible, found.unknown, found.refused], counts);
            let sources = matrix.sources_of(i);
            let living = envs.iter().enumerate().filter(|(j, e)| *j != i && e.deleted.is_none());
            let eligible = living.filter(|(j, _)| matrix.outcome(*j, i) == Outcome::Eligible).count();
            prop_assert_eq!(sources.eligible, eligible);
        }
    }
}

#[test]
fn what_is_deleted_is_in_no_group() {
    let mut gone = env("gone", "Sandbox");
    gone.deleted = Some(at(1, 0).into());
    let all = [env("a", "Sandbox"), gone, env("b", "Sandbox"), env("c", "Developer")];
    let tenant = Tenant { environments: all.into_iter().collect(), ..Tenant::default() };
    let found = groups(&matrix(edition("2024"), &tenant));
    let members: Vec<&[usize]> = found.groups.iter().map(|group| group.members.as_slice()).collect();
    assert_eq!(members, [&[0, 2][..], &[3]]);
}

#[test]
fn the_matrix_of_nothing() {
    let empty = matrix(edition("2024"), &Tenant::default());
    assert!(empty.is_empty());
    let one = Tenant { environments: [env("e", "Sandbox")].into_iter().collect(), ..Tenant::default() };
    assert!(!matrix(edition("2024"), &one).is_empty());
    assert_eq!(empty.outcome(0, 0), Outcome::Refused);
    assert_eq!(empty.verdict(3, 4), Default::default());
    assert_eq!(empty.targets_of(7), Default::default());
}

// ---------------------------------------------------------------------------------------------------------------------------
// Gates of the moment.

fn capacity(database: (f64, f64), log: (f64, f64), file: (f64, f64)) -> Capacity {
    let gb = |(entitled, used): (f64, f64)| Storage { entitled_mb: entitled * 1024.0, used_mb: used * 1024.0 };
    Capacity { database: gb(database), log: gb(log), file: gb(file) }
}

/// The gates under a capacity, with what `change` does to source and target.
#[track_caller]
fn check_gates(
    year: &str,
    capacity: Option<Capacity>,
    change: impl Fn(&mut Environment, &mut Environment),
    expect: &str,
) {
    let (mut s, mut t) = pair("Sandbox", "Sandbox");
    change(&mut s, &mut t);
    let tenant = Tenant { capacity: fact(&capacity), ..Tenant::default() };
    let verdict = gates(Moment::new(edition(year), &tenant, at(10, 12)), &s, &t);
    let mut found = short(&verdict);
    for caution in &verdict.cautions {
        found = format!("{found} {}", caution.rule().unwrap());
    }
    assert_eq!(found.trim(), expect, "{verdict:#?}");
}

#[test]
fn t7_capacity() {
    let none = |_: &mut Environment, _: &mut Environment| {};
    check_gates("2024", None, none, "T7?");
    // The four documented cases, and the bound of exactly 1 GB.
    check_gates("2024", Some(capacity((100., 110.), (10., 5.), (400., 200.))), none, "T7!");
    check_gates("2024", Some(capacity((100., 95.), (10., 20.), (0., 0.))), none, "T7!");
    check_gates("2024", Some(capacity((100., 20.), (10., 5.), (200., 290.))), none, "T7!");
    check_gates("2024", Some(capacity((100., 80.), (10., 20.), (400., 200.))), none, "");
    check_gates("2024", Some(capacity((100., 99.), (10., 5.), (400., 200.))), none, "");
    check_gates("2024", Some(capacity((100., 99.1), (10., 5.), (400., 200.))), none, "T7!");
    check_gates("2024", Some(capacity((100., 90.), (10., 19.5), (400., 200.))), none, "T7!");
}

/// What goes on is said of one, or of both; a failed restore leaves a doubt of the pair, and of itself where the edition says that it is
/// left disabled.
#[test]
fn what_the_gates_leave_in_doubt() {
    let busy = Activity { what: Operation::Other("Edit".into()), since: Some(at(10, 11)), seen: None };
    let tenant = Tenant::default();
    for (year, itself, failed, going, expect) in [
        ("2024", false, true, false, 1),
        ("2024", true, true, false, 0),
        ("2026", false, true, false, 1),
        ("2026", true, true, false, 1),
        ("2024", false, false, true, 1),
        ("2024", true, false, true, 1),
        ("2024", true, false, false, 0),
    ] {
        let (s, mut t) = pair("Sandbox", "Sandbox");
        t.failed_restore = failed.then(|| at(9, 0));
        t.activity = going.then(|| busy.clone());
        let source = if itself { &t } else { &s };
        let verdict = gates(Moment::new(edition(year), &tenant, at(10, 12)), source, &t);
        let case = format!("{year}, itself {itself}, failed {failed}, going on {going}");
        assert_eq!(doubts(edition(year), &verdict, itself).len(), expect, "{case}");
        let all = verdict.met.iter().chain(&verdict.unknown);
        let of_one: Vec<bool> = all
            .filter_map(|j| match &j.cause {
                Cause::Going { of_one, .. } => Some(*of_one),
                _ => None,
            })
            .collect();
        assert_eq!(of_one, [itself], "{case}");
    }
}

#[test]
fn t7_numbers_that_cannot_be_right_say_nothing() {
    let none = |_: &mut Environment, _: &mut Environment| {};
    check_gates("2024", Some(capacity((f64::NAN, 1.), (10., 5.), (400., 200.))), none, "T7?");
    check_gates("2024", Some(capacity((100., 1.), (10., -5.), (400., 200.))), none, "T7?");
}

#[test]
fn t7_words() {
    let says = |capacity| {
        let (s, t) = pair("Sandbox", "Sandbox");
        let tenant = Tenant { capacity: fact(&capacity), ..Tenant::default() };
        let verdict = gates(Moment::new(edition("2024"), &tenant, at(10, 12)), &s, &t);
        verdict.all().first().map(|(_, j)| j.says().to_string()).unwrap()
    };
    assert_eq!(
        says(Some(capacity((100., 98.5), (10., 5.), (4., 2.)))),
        "1.5 GB of database capacity is free; a restore needs 1 GB"
    );
    assert_eq!(
        says(Some(capacity((100., 99.5), (10., 5.), (4., 2.)))),
        "only 512 MB of database capacity is free; a restore needs 1 GB, 512 MB more"
    );
    assert_eq!(
        says(Some(capacity((100., 110.), (10., 5.), (4., 2.)))),
        "the tenant is over its capacity: 10 GB of database storage is missing, and nothing spare covers it; a restore is blocked until it is covered and 1 GB of database capacity is free"
    );
    assert_eq!(says(None), "the free capacity of the tenant is not known; a restore needs 1 GB of database");
}

#[test]
fn t9_what_goes_on() {
    let free = Some(capacity((100., 10.), (10., 5.), (400., 200.)));
    let busy = |what: Operation| Some(Activity { what, since: None, seen: Some(at(10, 11)) });
    check_gates("2024", free, |s, _| s.activity = busy(Operation::Copying), "T9!");
    check_gates("2024", free, |_, t| t.activity = busy(Operation::Restoring), "T9!");
    check_gates("2024", free, |_, t| t.activity = busy(Operation::Switching), "T9!");
    check_gates("2024", free, |_, t| t.activity = busy(Operation::Recovering), "T9!");
    check_gates("2024", free, |_, t| t.activity = busy(Operation::Other("Backup".into())), "T9?");
    check_gates("2024", free, |_, t| t.deleted = Some(at(9, 0).into()), "T9!");
    check_gates("2024", free, |s, _| s.deleted = Some(at(9, 0).into()), "T9!");
    check_gates(
        "2024",
        free,
        |s, t| (s.deleted, t.activity) = (Some(at(9, 0).into()), busy(Operation::Copying)),
        "T9!",
    );
}

/// An operation has 48 hours (R7). After that, or where nobody knows when somebody looked, it is a doubt: no refusal, no promise.
#[test]
fn t9_what_was_going_on_at_the_last_look() {
    let now = at(10, 12);
    let hours = |h| Some(now - chrono::TimeDelta::hours(h));
    let check = |since, seen, what: Operation, unmet: &str, says: &str| {
        let (s, mut t) = pair("Sandbox", "Sandbox");
        t.activity = Some(Activity { what, since, seen });
        let verdict = gates(Moment::new(edition("2024"), &Tenant::default(), now), &s, &t);
        let t9: Vec<_> = verdict.all().into_iter().filter(|(_, j)| j.is_of(RuleId::T9)).collect();
        let found = match t9[0].0 {
            Standing::Broken => "T9!",
            Standing::Unknown => "T9?",
            Standing::Met => "",
        };
        assert_eq!((found, t9[0].1.says().to_string().as_str()), (unmet, says));
    };
    let runs = "the target is being restored";
    use Operation::{Copying, Other, Restoring};
    check(hours(1), None, Restoring, "T9!", runs);
    check(hours(48), None, Restoring, "T9!", runs);
    check(
        hours(49),
        None,
        Restoring,
        "T9?",
        "the target was being restored at the last look, since 8 Nov 2026 11:00 UTC; whether that has ended is not known",
    );
    check(hours(4000), hours(47), Restoring, "T9!", runs);
    check(
        hours(60),
        hours(49),
        Restoring,
        "T9?",
        "the target was being restored at the last look, at 8 Nov 2026 11:00 UTC; whether that has ended is not known",
    );
    check(None, hours(1), Restoring, "T9!", runs);
    check(
        None,
        None,
        Copying,
        "T9?",
        "the target was being copied at the last look, whose time is not known; whether that has ended is not known",
    );
    check(
        hours(1),
        None,
        Other("Reset".into()),
        "T9?",
        "the service reports `Reset` on the target; whether that stops a restore is not known",
    );
    check(
        hours(90),
        None,
        Other("Reset".into()),
        "T9?",
        "the target was reported with `Reset` at the last look, since 6 Nov 2026 18:00 UTC; whether that has ended is not known",
    );
}

#[test]
fn t9_a_failed_restore_may_be_retried_only_as_target() {
    let free = Some(capacity((100., 10.), (10., 5.), (400., 200.)));
    check_gates("2026", free, |_, t| t.failed_restore = Some(at(9, 0)), "R20");
    check_gates("2026", free, |s, _| s.failed_restore = Some(at(9, 0)), "T9!");
    check_gates("2025", free, |s, _| s.failed_restore = Some(at(9, 0)), "");
    check_gates("2025", free, |_, t| t.failed_restore = Some(at(9, 0)), "R20");
    let onto_itself = |s: &mut Environment, t: &mut Environment| {
        s.failed_restore = Some(at(9, 0));
        *t = s.clone();
    };
    check_gates("2026", free, onto_itself, "R20");
}

#[test]
fn t9_waits_half_an_hour_after_a_failed_restore() {
    let (s, mut t) = pair("Sandbox", "Sandbox");
    t.failed_restore = Some(at(10, 12) - chrono::TimeDelta::minutes(10));
    let says =
        gates(Moment::new(edition("2026"), &Tenant::default(), at(10, 12)), &s, &t).cautions[0].says().to_string();
    assert_eq!(says, "a failed restore left the target disabled: wait until 10 Nov 2026 12:20 UTC before you retry");
}

#[test]
fn t9_names_an_environment_once_onto_itself() {
    let (mut s, _) = pair("Sandbox", "Sandbox");
    s.activity = Some(Activity { what: Operation::Copying, since: None, seen: Some(at(10, 11)) });
    let verdict = gates(Moment::new(edition("2024"), &Tenant::default(), at(10, 12)), &s, &s.clone());
    assert_eq!(verdict.broken[0].says().to_string(), "the environment is being copied");
}
