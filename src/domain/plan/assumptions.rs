//! What a plan rests on: the user's answers, unknown and inferred facts, the age of the inventory, the edition, and the
//! decisions where the page contradicts itself.

use super::super::compare::{self, LessKept, WorsePair};
use super::super::edition::{Edition, KeyMatch};
use super::super::eligibility::{self, Question, Role, facts_of_pair};
use super::super::environment::{Environment, FactKey, Key, Kind};
use super::super::fact::Origin;
use super::super::restore::{Check, Point, RestsOn, newest_is_worse_for_new, newest_is_worse_for_point};
use super::super::retention;
use super::super::rule::RuleId;
use super::super::text::Text;
use super::parts::{Heard, Item, Items, SaysHeard};
use super::steps::PlanScene;
use super::{FactValue, Remark};
use crate::domain::order::Gather;
use crate::domain::order::Order as _;
use std::collections::BTreeSet;

pub(super) fn all(scene: &PlanScene) -> Vec<Item> {
    gather(scene, scene, &[])
}

/// R16 also rests on what a switch to Sandbox and back does (D9).
/// `switched` is `scene` once the target is a Sandbox: that is what is restored onto, so that is what editions are compared for.
pub(super) fn production(scene: &PlanScene, switched: &PlanScene) -> Vec<Item> {
    gather(scene, switched, &[RuleId::D9])
}

fn gather(scene: &PlanScene, restored: &PlanScene, more: &[RuleId]) -> Vec<Item> {
    let mut items = Items::default();
    items.add("edition", Remark::Edition, &[]);
    newest(scene, restored, &mut items);
    inventory(scene, &mut items);
    let envs = scene.environments();
    for (role, env) in &envs {
        answers(*role, env, &mut items);
    }
    // What is restored onto whom decides, so after a switch to Sandbox it is the switched pair.
    let listed = restored.target.and_then(|target| {
        let settled = eligibility::settled(restored.edition, restored.source, target)?;
        let says = (scene.says)(&Heard::Settled(&settled, restored.source, target));
        items.add("candidates", Remark::Told(says), &[RuleId::T10]);
        Some(settled.questions)
    });
    let settled = listed.unwrap_or_default();
    for (role, env) in &envs {
        unknown(scene, *role, env, &settled, &mut items);
    }
    if scene.tenant.capacity.entry().is_some_and(|k| k.origin == Origin::Answer) {
        items.add("answer-capacity", Remark::CapacityAnswered, &[RuleId::T7]);
    } else if scene.tenant.capacity.is_unknown() {
        items.add(CAPACITY, Remark::CapacityNotKnown, &[RuleId::T7]);
    }
    items.add("inferred-time-zone", Remark::DatesInUtc, &[]);
    for rule in decisions(scene, more) {
        items.add(&format!("decision-{rule}").to_lowercase(), Remark::Decision, &[rule]);
    }
    items.done()
}

/// The ids of what the checks say among what a plan rests on.
const NEWEST: &str = "newest-edition";
const NEWEST_WINDOW: &str = "newest-window";
const NEEDS: &str = "needs-capacity";
const CAPACITY: &str = "unknown-capacity";

/// Whether the checks say it as well.
pub(super) fn is_checked(item: &Item) -> bool {
    matches!(item.cause, Remark::Told(_)) && [NEWEST, NEEDS, CAPACITY].iter().any(|stem| item.id.starts_with(stem))
}

/// The id of what a check says among what a plan rests on, where it says that.
fn stem(check: &Check) -> Option<&'static str> {
    check.rests_on().map(|on| match on {
        RestsOn::Edition => NEWEST,
        RestsOn::Storage => CAPACITY,
        RestsOn::RoomForBoth => NEEDS,
    })
}

/// With what the checks say that the plan rests on, each once: what a check says it says with what to do about it, and what is
/// `confirmed` is not said here again.
pub(super) fn with(mut all: Vec<Item>, resting: &[&Check], confirmed: &[&Check], says: SaysHeard) -> Vec<Item> {
    let same = |item: &Item, check: &Check| {
        stem(check).is_some_and(|stem| item.id.starts_with(stem)) && item.rules == check.said.rules
    };
    all.retain(|item| !confirmed.iter().any(|check| same(item, check)));
    let mut more = Items::default();
    for check in resting {
        let cause = Remark::Told(says(&Heard::Check(check)));
        match all.iter_mut().find(|item| same(item, check)) {
            Some(item) => item.cause = cause,
            None => more.add(stem(check).unwrap_or(NEWEST), cause, &check.said.rules),
        }
    }
    // What is to be looked at before the start stands first.
    let mut first = more.done();
    first.append(&mut all);
    first
}

/// What the newest edition makes worse.
fn newest(scene: &PlanScene, restored: &PlanScene, items: &mut Items) {
    let newest = Edition::newest();
    if newest == scene.edition {
        return;
    }
    let says = scene.says;
    let of_pair = |worse: WorsePair| {
        worse.by_rule().into_iter().map(|(rule, worse)| (rule, says(&Heard::WorsePair(&worse)))).collect::<Vec<_>>()
    };
    let worse = match restored.target {
        Some(target) => compare::newest_is_worse_for_pair(scene.edition, restored.source, target),
        None => newest_is_worse_for_new(scene.edition, scene.source).map(|(all, _)| all),
    };
    let mut worse: Vec<(RuleId, Text)> = worse.map(of_pair).unwrap_or_default();
    let point = scene.manual.map_or(Point::System(scene.point), |backup| Point::Manual(backup.id.clone()));
    let of_point = newest_is_worse_for_point(scene.edition, restored.source, &point, scene.now);
    worse.extend(of_point.map(|worse| (worse.rule(), says(&Heard::WorsePoint(&worse)))));
    // Both before the switch and after it: the older points hang on the one, the restore on the other.
    let [before, after] = [scene, restored].map(|s| compare::newest_is_worse_for_window(s.edition, s.source, s.now));
    // What would sleep after the switch is what the first tells already.
    let after = after.filter(|worse| before.is_none() || !matches!(worse.less, LessKept::Hole { .. }));
    let mut windows: Vec<Text> =
        [before, after].into_iter().flatten().map(|worse| says(&Heard::WorseWindow(&worse))).collect();
    worse.dedup();
    windows.dedup();
    if worse.is_empty() && windows.is_empty() {
        items.add(NEWEST, Remark::NewestNoWorse(newest.id()), &[]);
    }
    for (rule, says) in worse {
        items.add(NEWEST, Remark::Told(says), &[rule]);
    }
    // No check warns of it, for the point that is restored is kept.
    for says in windows {
        items.add(NEWEST_WINDOW, Remark::Told(says), &[RuleId::K1]);
    }
}

fn inventory(scene: &PlanScene, items: &mut Items) {
    let envs = [Some(scene.source), scene.target];
    let remark = match scene.tenant.facts_as_of(envs.into_iter().flatten()) {
        _ if scene.tenant.sample => Remark::Sample,
        Some(at) => Remark::Imported(at),
        None => Remark::NotImported,
    };
    items.add("inventory", remark, &[]);
}

/// Every fact that the user answered and that counts.
fn answers(role: Role, env: &Environment, items: &mut Items) {
    let told =
        FactKey::ALL.into_iter().filter_map(|fact| env.told(fact)).filter(|known| known.origin == Origin::Answer);
    for known in told {
        if let Some(value) = FactValue::of(known.value) {
            items.add("answer", Remark::Answered { role, value, at: known.since }, &[]);
        }
    }
}

/// The facts that matter here and are not known; what the service's list settled of the pair matters no more (T10), unless the
/// window asks for it.
fn unknown(scene: &PlanScene, role: Role, env: &Environment, settled: &[Question], items: &mut Items) {
    let mut facts: BTreeSet<FactKey> = facts_of_pair(scene.edition).filter(|fact| env.is_unknown(*fact)).into_set();
    facts.retain(|fact| !settled.contains(&Question { role, fact: *fact }));
    if role == Role::Source {
        facts.extend(retention::window(scene.edition, env, scene.now).asks);
    }
    for fact in facts {
        items.add("unknown", Remark::NotKnown(role, fact), &[]);
    }
}

/// The decisions (D1 and on) that this plan rests on.
fn decisions(scene: &PlanScene, more: &[RuleId]) -> Vec<RuleId> {
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
