//! When something must have begun or ends. Only documented or derived instants; nothing is invented.

use super::super::instants::{earlier, later, whole_minute};
use super::super::manual_backup::{self, ready_at};
use super::super::restore::{self, SAFE_LEAD};
use super::super::retention;
use super::super::rule::RuleId;
use super::End;
use super::parts::Deadline;
use super::steps::PlanScene;
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};

pub(super) fn restore(scene: &PlanScene) -> Vec<Deadline> {
    let mut list = point(scene);
    way_back(scene, &mut list);
    sorted(list)
}

/// Until when the target can go back to what it is when the plan is made (R14).
fn way_back(scene: &PlanScene, list: &mut Vec<Deadline>) {
    let Some(target) = scene.target else { return };
    if let Some(until) = restore::way_back(scene.edition, target, scene.now).until {
        push(list, until, End::WayBack, &[RuleId::R14, RuleId::K1]);
    }
}

/// `scene` as it is, `switched` as it is once the target is a Sandbox.
pub(super) fn production(scene: &PlanScene, switched: &PlanScene) -> Vec<Deadline> {
    let mut list = point(switched);
    if scene.onto_itself() && scene.manual.is_none() {
        let leaves = later(scene.point, scene.edition.base_period());
        if !list.iter().any(|d| d.at == whole_minute(leaves)) {
            push(&mut list, leaves, End::OfSandbox, &[RuleId::R16, RuleId::K6]);
            start_by(&mut list, leaves);
        }
    }
    way_back(switched, &mut list);
    sorted(list)
}

/// When the point leaves the window, when a manual backup is ready, and the latest sensible start (R22).
fn point(scene: &PlanScene) -> Vec<Deadline> {
    let mut list = Vec::new();
    let (sure, possible) = match scene.manual {
        Some(backup) => {
            let judged = manual_backup::judge(scene.edition, scene.source, backup, scene.now);
            if ready_at(scene.edition, backup) > scene.now {
                // What begins is told later, not earlier.
                let ready = whole_minute(later(ready_at(scene.edition, backup), TimeDelta::seconds(59)));
                push(&mut list, ready, End::BackupReady, &[RuleId::M8]);
            }
            (judged.guaranteed_until, judged.possible_until)
        }
        None => retention::window(scene.edition, scene.source, scene.now).leaves(scene.point),
    };
    let period = if scene.manual.is_some() { RuleId::M4 } else { RuleId::K1 };
    match (sure.filter(|at| *at >= scene.now), possible) {
        (Some(at), _) => {
            push(&mut list, at, End::Guaranteed, &[period, RuleId::R22]);
            start_by(&mut list, at);
        }
        (None, Some(at)) => {
            // Nothing promises it, so no later instant is a sensible start.
            push(&mut list, scene.now, End::StartAtOnce, &[RuleId::R22, RuleId::R7]);
            push(&mut list, at, End::Possible, &[period, RuleId::R22]);
        }
        (None, None) => {}
    }
    list
}

fn start_by(list: &mut Vec<Deadline>, leaves: DateTime<Utc>) {
    push(list, earlier(leaves, SAFE_LEAD), End::Start, &[RuleId::R22, RuleId::R7]);
}

/// A deadline to the minute, never later than it is.
fn push(list: &mut Vec<Deadline>, at: DateTime<Utc>, cause: End, rules: &[RuleId]) {
    list.push(Deadline { at: whole_minute(at), cause, rules: rules.to_vec() });
}

fn sorted(mut list: Vec<Deadline>) -> Vec<Deadline> {
    list.order_by_key(|d| d.at);
    list
}
