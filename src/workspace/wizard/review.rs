//! Step 5 and the plan page: where what a check complains of is mended, and how much of a plan is done.

use super::WizardStep;
use crate::domain::plan::Purpose;
use crate::domain::restore::{Check, Point};
use crate::domain::rule::RuleId;
use crate::workspace::local_time::Zone;
use crate::workspace::typed::write_local;
use crate::workspace::{Draft, Goal, SavedPlan};
use chrono::{DateTime, Utc};

/// The step of the wizard in which what a check complains of can be changed.
pub fn mended_in(check: &Check) -> WizardStep {
    use RuleId::*;
    match check.rule() {
        _ if check.is_of_point() => WizardStep::Point,
        Some(T1 | T2 | T3 | T4 | T5 | T6 | T8 | T10 | D2 | D3 | D5 | D6 | D7 | D8 | R23 | R24 | R25 | R17) => {
            WizardStep::Target
        }
        Some(R4 | R5 | R6 | R7 | R19 | D10) => WizardStep::Options,
        Some(
            R1 | R2 | R16 | R22 | K1 | K2 | K3 | K4 | K5 | K6 | K7 | K8 | K9 | K10 | K11 | K12 | K13 | M1 | M2 | M3
            | M4 | M5 | M6 | M7 | M8 | M9 | D1 | D4 | D9,
        ) => WizardStep::Point,
        _ => WizardStep::Review,
    }
}

/// How much of a plan is done: steps and items of the checklist for afterwards, as (done, all).
pub fn progress(saved: &SavedPlan) -> (usize, usize) {
    let ids = || saved.plan.steps.iter().map(|s| &s.id).chain(saved.plan.afterwards.iter().map(|i| &i.id));
    (ids().filter(|id| saved.done.contains_key(*id)).count(), ids().count())
}

/// The draft that makes a purpose again, for changing a choice of a plan at `now` (UTC).
pub fn draft_of(purpose: &Purpose, now: DateTime<Utc>, zone: &impl Zone) -> Draft {
    let of_point = |point: &Point| match point {
        Point::System(at) => (false, Some(*at), None),
        Point::Manual(id) => (true, None, Some(id.clone())),
    };
    let mut draft = match purpose {
        Purpose::Restore(r) | Purpose::RestoreToProduction(r) => {
            let (manual, instant, backup) = of_point(&r.point);
            Draft {
                manual,
                instant,
                backup,
                goal: if matches!(purpose, Purpose::Restore(_)) { Goal::Restore } else { Goal::ToProduction },
                source: Some(r.source.clone()),
                target: Some(r.target.clone()),
                include_audit_logs: r.include_audit_logs,
                new_name: r.new_name.clone().unwrap_or_default(),
                special_apps: r.special_apps.clone(),
                ..Draft::default()
            }
        }
        Purpose::BulkDeletion { source, point, include_audit_logs, special_apps } => {
            let (manual, instant, backup) = of_point(point);
            Draft {
                manual,
                instant,
                backup,
                goal: Goal::Beside,
                source: Some(source.clone()),
                include_audit_logs: *include_audit_logs,
                special_apps: special_apps.clone(),
                ..Draft::default()
            }
        }
    };
    if let Some(at) = draft.instant {
        draft.instant_typed = write_local(at, zone);
        draft.chosen_at = Some(now);
    }
    draft.step = WizardStep::Review.index();
    draft.furthest = draft.step;
    draft
}
