//! What a plan rests on: the user's answers, unknown and inferred facts, the age of the inventory, the edition, and the
//! decisions where the page contradicts itself.

use super::super::compare::{self, WorsePair};
use super::super::edition::{Basis, Edition, KeyMatch};
use super::super::eligibility::{self, Question, Role};
use super::super::environment::{Environment, FactKey, Key, Kind};
use super::super::fact::{Fact, Origin};
use super::super::restore::{Point, newest_is_worse_for_new, newest_is_worse_for_point, rule_of};
use super::super::retention;
use super::super::rule::RuleId;
use super::super::words::{day, ends, fact as fact_words, quoted, span};
use super::steps::Scene;
use super::{Item, Items, look};
use crate::domain::order::Order as _;
use crate::words::{Names, Say};
use std::collections::BTreeSet;

pub(super) fn all(scene: &Scene) -> Vec<Item> {
    gather(scene, scene, &[])
}

/// R16 also rests on what a switch to Sandbox and back does (D9).
/// `switched` is `scene` once the target is a Sandbox: that is what is restored onto, so that is what editions are compared for.
pub(super) fn production(scene: &Scene, switched: &Scene) -> Vec<Item> {
    gather(scene, switched, &[RuleId::D9])
}

fn gather(scene: &Scene, restored: &Scene, more: &[RuleId]) -> Vec<Item> {
    let mut items = Items::default();
    edition(scene, restored, &mut items);
    inventory(scene, &mut items);
    let mut envs = vec![scene.source];
    envs.extend(scene.target.filter(|t| t.id != scene.source.id));
    for env in &envs {
        answers(env, &mut items);
    }
    // What is restored onto whom decides, so after a switch to Sandbox it is the switched pair.
    let listed = restored.target.and_then(|target| {
        let settled = eligibility::settled(restored.edition, restored.source, target)?;
        let says = settled.says().named(&Names::of(restored.source, target));
        items.add("candidates", &says.to_string(), &[RuleId::T10]);
        Some(settled.questions)
    });
    let settled = listed.unwrap_or_default();
    for env in &envs {
        unknown(scene, env, &settled, &mut items);
    }
    if scene.tenant.capacity.entry().is_some_and(|k| k.origin == Origin::Answer) {
        items.add("answer-capacity", "you typed in the tenant's capacity", &[RuleId::T7]);
    } else if scene.tenant.capacity.is_unknown() {
        items.add("unknown-capacity", "the tenant's capacity is not known", &[RuleId::T7]);
    }
    items.add(
        "inferred-time-zone",
        "that PowerShell and pac read the dates in their commands as UTC is inferred: no page says so",
        &[],
    );
    for rule in decisions(scene, more) {
        items.add(&format!("decision-{rule}").to_lowercase(), scene.edition.rule(rule).sentence, &[rule]);
    }
    items.done()
}

fn edition(scene: &Scene, restored: &Scene, items: &mut Items) {
    let basis = match scene.edition.basis {
        Basis::FullPage => "the whole page was read",
        Basis::ChangeNotes => "known from published change notes only, the whole page was not read",
    };
    items.add("edition", &format!("{}: {basis}", scene.edition.title), &[]);
    let newest = Edition::newest();
    if newest == scene.edition {
        return;
    }
    let said = |worse: WorsePair| worse.by_rule().into_iter().map(|(rule, worse)| (rule, worse.says().to_string()));
    let mut worse = Vec::new();
    match restored.target {
        Some(target) => worse.extend(
            compare::newest_is_worse_for_pair(scene.edition, restored.source, target).into_iter().flat_map(said),
        ),
        None => {
            worse.extend(
                newest_is_worse_for_new(scene.edition, scene.source).into_iter().flat_map(|(all, _)| said(all)),
            );
        }
    }
    let point = scene.manual.map_or(Point::System(scene.point), |backup| Point::Manual(backup.id.clone()));
    let of_point = newest_is_worse_for_point(scene.edition, restored.source, &point, scene.now);
    worse.extend(of_point.map(|worse| (rule_of(&point), worse.says().to_string())));
    // Both before the switch and after it: the older points hang on the one, the restore on the other.
    let windows = [scene, restored].map(|s| compare::newest_is_worse_for_window(s.edition, s.source, s.now));
    worse.extend(windows.into_iter().flatten().map(|worse| (RuleId::K1, worse.says().to_string())));
    worse.dedup();
    if worse.is_empty() {
        items.add("newest-edition", &format!("the newest rules ({}) give no worse answer here", newest.title), &[]);
    }
    for (rule, says) in worse {
        items.add("newest-edition", &says, &[rule]);
    }
}

fn inventory(scene: &Scene, items: &mut Items) {
    if scene.tenant.sample {
        items.add("inventory", "this is the sample tenant: nothing in it exists", &[]);
        return;
    }
    let mut envs = vec![scene.source];
    envs.extend(scene.target);
    match look::last_import(scene.tenant, &envs) {
        Some(at) => items.add(
            "inventory",
            &format!("the inventory was imported at {}, {} before this plan", ends(at), span(scene.now - at)),
            &[],
        ),
        None => items.add("inventory", "at least one of the environments was in no import that is known", &[]),
    }
}

/// Every fact that the user answered and that counts.
fn answers(env: &Environment, items: &mut Items) {
    let name = quoted(env);
    let yes_no = |yes: &str, no: &str, v: bool| if v { yes.to_string() } else { no.to_string() };
    answer(items, &env.kind, |v| format!("{name} is {v}"));
    answer(items, &env.region, |v| format!("{name} is in {v}"));
    answer(items, &env.dataverse, |v| format!("{name} {}", yes_no("has Dataverse", "has no Dataverse", *v)));
    answer(items, &env.dynamics, |v| {
        format!("{name} {}", yes_no("has Dynamics 365 apps", "has no Dynamics 365 apps", *v))
    });
    answer(items, &env.managed, |v| format!("{name} {}", yes_no("is managed", "is not managed", *v)));
    answer(items, &env.key, |v| match v {
        Key::Microsoft => format!("{name} has no customer-managed key"),
        Key::Customer(_) => format!("{name} has a customer-managed key"),
    });
    answer(items, &env.policies, |v| format!("{name} has {} enterprise policies", v.len()));
    answer(items, &env.retention_setting, |v| format!("the retention setting of {name} is {v} days"));
    answer(items, &env.created, |v| format!("{name} was created at {}", ends(*v)));
}

fn answer<T>(items: &mut Items, fact: &Fact<T>, says: impl Fn(&T) -> String) {
    if let Some(known) = fact.entry().filter(|k| k.origin == Origin::Answer) {
        items.add("answer", &format!("your answer of {}: {}", day(known.since), says(&known.value)), &[]);
    }
}

/// The facts that matter here and are not known; what the service's list settled of the pair matters no more (T10), unless the
/// window asks for it.
fn unknown(scene: &Scene, env: &Environment, settled: &[Question], items: &mut Items) {
    let mut facts: BTreeSet<FactKey> = BTreeSet::new();
    facts.extend(env.managed.is_unknown().then_some(FactKey::Managed));
    facts.extend(env.key.is_unknown().then_some(FactKey::Key));
    facts.extend(env.region.is_unknown().then_some(FactKey::Region));
    facts.extend(env.dataverse.is_unknown().then_some(FactKey::Dataverse));
    facts.extend((scene.edition.policies_must_match && env.policies.is_unknown()).then_some(FactKey::Policies));
    let role = if env.id == scene.source.id { Role::Source } else { Role::Target };
    facts.retain(|fact| !settled.contains(&Question { role, fact: *fact }));
    if role == Role::Source {
        facts.extend(retention::window(scene.edition, env, scene.now).asks);
    }
    for fact in facts {
        items.add("unknown", &format!("not known of {}: {}", quoted(env), fact_words(fact)), &[]);
    }
}

/// The decisions of rules.md §9 that this plan rests on.
fn decisions(scene: &Scene, more: &[RuleId]) -> Vec<RuleId> {
    let mut rules: Vec<RuleId> = more.to_vec();
    let target_kind = scene.target.and_then(|t| t.kind.get());
    if matches!(target_kind, Some(Kind::Developer | Kind::Teams)) {
        rules.push(RuleId::D2);
    }
    if matches!(scene.source.kind.get(), Some(Kind::Teams)) {
        rules.push(RuleId::D3);
    }
    if scene.manual.is_some()
        && scene.edition.manual_setting_contested
        && matches!(scene.source.kind.get(), Some(Kind::Production))
        && scene.source.managed.get() != Some(&false)
    {
        rules.push(RuleId::D4);
    }
    if !scene.onto_itself() {
        rules.push(RuleId::D6);
        if scene.source.managed.get() == Some(&true) {
            rules.push(RuleId::D5);
        }
        if scene.edition.key_match == KeyMatch::Any && matches!(scene.source.key.get(), Some(Key::Customer(_))) {
            rules.push(RuleId::D7);
        }
    }
    if scene.manual.is_none() && scene.include_audit_logs {
        rules.push(RuleId::D10);
    }
    rules.push(RuleId::D12);
    rules.push(RuleId::D13);
    rules.order();
    rules.dedup();
    rules
}
