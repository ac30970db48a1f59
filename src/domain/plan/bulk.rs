//! R17: bulk-deleted records come back through a new, empty environment; nothing is overwritten.

use super::super::characters::one_line;
use super::super::environment::EnvironmentId;
use super::super::remedy::NewTarget;
use super::super::restore::{Point, SpecialApp, new_target};
use super::super::rule::RuleId;
use super::parts::{Action, Like, NewTargetSpec, Parts, SaysHeard, Step};
use super::steps::{self, PlanScene};
use super::{Task, afterwards, assumptions, deadlines, look};
use crate::domain::moment::Moment;
use chrono::Datelike;

pub(super) fn plan(
    moment: Moment<'_>,
    source: &EnvironmentId,
    point: &Point,
    include_audit_logs: bool,
    special_apps: &[SpecialApp],
    says: SaysHeard,
) -> Option<Parts> {
    let Moment { edition, tenant, .. } = moment;
    let source = tenant.get(source)?;
    let scene = PlanScene::new(moment, source, point, include_audit_logs, says)?;
    let (new, _) = new_target(edition, source)?;
    let by_hand = |task, rules: &[RuleId]| Step::of(task, Action::Manual, rules);
    let mut list = vec![steps::sign_in()];
    list.extend(look::look(&scene));
    list.extend(steps::free_capacity(&scene));
    list.extend(steps::see_point(&scene));
    list.push(create(&scene, new));
    list.push(by_hand(Task::WaitForEnvironment, &[RuleId::R17]));
    list.push(by_hand(Task::VerifyEnvironment, &steps::pair_rules(&scene)));
    list.push(steps::validate(&scene));
    list.push(steps::restore(&scene));
    list.push(steps::watch());
    // What the new environment asks for comes before its end: what is done afterwards has it no more.
    list.push(by_hand(Task::WhoMayEnter, &[RuleId::R27]));
    list.push(by_hand(Task::FindRecords, &[RuleId::R17, RuleId::R9, RuleId::R10, RuleId::R12, RuleId::R13]));
    list.push(by_hand(Task::CarryOver, &[RuleId::R17]));
    list.push(by_hand(Task::CleanUp, &[RuleId::R17, RuleId::X1, RuleId::R15]).destroys());
    Some(Parts {
        subject: scene.subject(),
        steps: list,
        afterwards: afterwards::bulk(&scene, special_apps),
        deadlines: deadlines::restore(&scene),
        assumptions: assumptions::all(&scene),
    })
}

/// The name of the new environment: plain characters only, so that every tool takes it.
fn new_name(scene: &PlanScene) -> String {
    let plain: String = scene.source.name.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect();
    // Not `%Y`: it puts a sign before years of more than four digits.
    let day = format!("{} {}", scene.point.format("%-d %b"), scene.point.year());
    match one_line(plain.trim_start_matches(['-', ' ']), 40) {
        name if name.is_empty() => format!("Recovered records {day}"),
        name => format!("{name} recovered {day}"),
    }
}

fn create(scene: &PlanScene, new: NewTarget) -> Step {
    let spec = NewTargetSpec { name: new_name(scene), like: Like::Target(new) };
    let rules = [vec![RuleId::R17, RuleId::R15], steps::pair_rules(scene)].concat();
    Step::of(Task::CreateEnvironment, Action::CreateEnvironment(spec), &rules)
}
