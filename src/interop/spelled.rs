//! The steps of a plan with their texts as plain lines: for files, whose instants are in UTC.

use crate::domain::plan::{Action, Plan, Step};
use crate::domain::rule::RuleId;

/// A step in plain text.
pub(super) struct Spelled<'a> {
    pub id: &'a str,
    pub action: &'a Action,
    pub destructive: bool,
    pub rules: &'a [RuleId],
    pub title: String,
    pub who: String,
    pub admin_center: String,
    pub verify: String,
    pub consequence: String,
    pub caution: Option<String>,
}

/// The steps of a plan, in order.
pub(super) fn steps(plan: &Plan) -> Vec<Spelled<'_>> {
    plan.steps.iter().map(|step| spell(plan, step)).collect()
}

fn spell<'a>(plan: &Plan, step: &'a Step) -> Spelled<'a> {
    let text = plan.step_text(step);
    Spelled {
        id: &step.id,
        action: &step.action,
        destructive: step.destructive,
        rules: &step.rules,
        title: text.title.to_string(),
        who: text.who.to_string(),
        admin_center: text.admin_center.to_string(),
        verify: text.verify.to_string(),
        consequence: text.consequence.to_string(),
        caution: text.caution.map(|caution| caution.to_string()),
    }
}
