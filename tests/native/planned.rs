//! A plan as the wizard makes it, and what it says.

use chrono::{DateTime, Utc};
use restore_desk::domain::edition::Edition;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::plan::{Deadline, Item, NoPlan, Plan, Purpose, Step};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::plan::heard;

pub fn plan(edition: &Edition, tenant: &Tenant, purpose: &Purpose, now: DateTime<Utc>) -> Result<Plan, NoPlan> {
    restore_desk::domain::plan::plan(Moment { edition, tenant, now }, purpose, heard)
}

/// A step with its texts.
pub struct Said {
    pub id: String,
    pub step: Step,
    pub title: String,
    pub who: String,
    pub admin_center: String,
    pub verify: String,
    pub consequence: String,
    pub caution: Option<String>,
}

pub fn said(plan: &Plan) -> Vec<Said> {
    let of = |step: &Step| {
        let text = plan.step_text(step);
        Said {
            id: step.id.clone(),
            step: step.clone(),
            title: text.title.to_string(),
            who: text.who.to_string(),
            admin_center: text.admin_center.to_string(),
            verify: text.verify.to_string(),
            consequence: text.consequence.to_string(),
            caution: text.caution.map(|caution| caution.to_string()),
        }
    };
    plan.steps.iter().map(of).collect()
}

pub fn said_of(plan: &Plan, id: &str) -> Said {
    said(plan).into_iter().find(|s| s.id == id).unwrap_or_else(|| panic!("no step {id}"))
}

pub fn item(plan: &Plan, item: &Item) -> String {
    plan.item_text(item).to_string()
}

pub fn deadline(plan: &Plan, deadline: &Deadline) -> String {
    plan.deadline_text(deadline).to_string()
}
