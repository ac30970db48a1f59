//! A plan: ordered steps with what, who, how, how to verify, consequence and caution; deadlines; and the checklist of
//! everything that a restore leaves behind.

mod acts;
mod afterwards;
mod assumptions;
mod bulk;
mod cause;
mod changed;
mod deadlines;
mod earlier;
pub mod ended;
mod look;
mod parts;
mod production;
mod restore;
mod start;
mod steps;
mod typed;

pub use acts::{Given, action_of, command_for, needs_new_environment};
pub use cause::{About, EarlierTexts, End, FactFrom, FactValue, KnownFact, PlanFacts, Remark, Subject, Task};
pub use changed::{StepProblem, Untrue, foreign_changed, plan_changed};
pub use earlier::keep_texts;
use parts::Items;
pub use parts::{Action, Deadline, Heard, Item, Like, NewTargetSpec, NoPlan, Plan, RestoreAction, SaysHeard, Step};
pub use start::ToStart;
pub use typed::{Blank, Typed};

use super::cloud;
pub use super::restore::Purpose;
use super::restore::{Check, SpecialApp};
use super::service::Cloud;
use super::tenant::Tenant;
use crate::domain::moment::Moment;
use chrono::{DateTime, Utc};

/// Makes the plan for a purpose at `now` (UTC). Refuses where a check stops it or a deciding fact is unknown. `says` is what is kept
/// of the words of other rooms.
pub fn plan(moment: Moment<'_>, purpose: &Purpose, says: SaysHeard) -> Result<Plan, NoPlan> {
    let Moment { edition, tenant, now } = moment;
    let checks = super::restore::check_purpose(moment, purpose);
    if super::restore::refused(&checks) {
        return Err(NoPlan { checks });
    }
    let made = match purpose {
        Purpose::Restore(request) => restore::plan(moment, request, says),
        Purpose::RestoreToProduction(request) => production::plan(moment, request, says),
        Purpose::BulkDeletion { source, point, include_audit_logs, special_apps } => {
            bulk::plan(moment, source, point, *include_audit_logs, special_apps, says)
        }
    };
    // The checks have found the environments and the point, so a plan exists; if not, the checks are all there is to say.
    let Some(mut parts) = made else { return Err(NoPlan { checks }) };
    let (resting, cautions): (Vec<&Check>, Vec<&Check>) = checks
        .iter()
        .filter(|c| c.weight == super::restore::Weight::Caution)
        .partition(|check| check.is_of_what_it_rests_on(purpose));
    parts.assumptions = assumptions::with(parts.assumptions, &resting, &cautions, says);
    Ok(Plan {
        about: About::Subject(parts.subject),
        purpose: purpose.clone(),
        made: now,
        edition: edition.id(),
        cloud: cloud::of_tenant(tenant).known(),
        steps: parts.steps,
        afterwards: parts.afterwards,
        deadlines: parts.deadlines,
        assumptions: parts.assumptions,
        cautions: self::cautions(&cautions, says),
    })
}

impl Plan {
    /// Of when the facts are that the plan rests on in `tenant`, at the latest, UTC: the older import of its two environments. `None`
    /// where one of them was in no import.
    pub fn data_from(&self, tenant: &Tenant) -> Option<DateTime<Utc>> {
        let ids = [Some(self.source()), self.target()];
        let envs = ids.into_iter().flatten().map(|id| tenant.get(id)).collect::<Option<Vec<_>>>()?;
        tenant.facts_as_of(envs)
    }

    /// The cloud that its commands are for, as far as `tenant` knows: where its source is in `tenant`, what is known there counts as
    /// well, and where the two differ it is not known, so that no host of a wrong cloud is ever printed.
    pub fn cloud_in(&self, tenant: &Tenant) -> Option<Cloud> {
        let here = tenant.get(self.source()).and_then(|_| cloud::of_tenant(tenant).known());
        match (self.cloud, here) {
            (Some(made), Some(here)) if made != here => None,
            (made, here) => made.or(here),
        }
    }

    /// What has to be known before the first step: the losses and risks, and what of the rest the checks say as well.
    pub fn to_heed(&self) -> impl Iterator<Item = &Item> {
        self.cautions.iter().chain(self.assumptions.iter().filter(|item| assumptions::is_checked(item)))
    }

    /// What it rests on besides.
    pub fn rests_besides(&self) -> impl Iterator<Item = &Item> {
        self.assumptions.iter().filter(|item| !assumptions::is_checked(item))
    }

    /// The instant that is restored, UTC; `None` where no step restores.
    pub fn point(&self) -> Option<DateTime<Utc>> {
        self.steps.iter().find_map(|s| match &s.action {
            Action::Restore(r) => Some(r.point),
            _ => None,
        })
    }
}

/// The losses and risks, with ids of their own.
fn cautions(checks: &[&Check], says: SaysHeard) -> Vec<Item> {
    let mut items = Items::default();
    for check in checks {
        let rule = check.rule().map(|rule| rule.to_string()).unwrap_or_default();
        let link = check.app().map(SpecialApp::link);
        let says = Remark::Told(says(&Heard::Check(check)));
        items.link(&format!("caution-{rule}").to_lowercase(), says, &check.said.rules, link);
    }
    items.done()
}
