//! R26: what an operation that the service listed is to a plan: the restore that it waits for, and how that ended, or something else.

use super::super::environment::EnvironmentId;
use super::super::service::{Act, Ended, ServiceOperation};
use super::parts::{Action, Plan};
use chrono::{DateTime, Utc};

/// The step in which somebody sees how the restore ended.
pub const WATCH: &str = "watch";

/// What an operation is to a plan. Only [`OfPlan::Succeeded`] ticks a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfPlan {
    /// It is the restore of the plan, and it succeeded at this instant (UTC).
    Succeeded {
        at: DateTime<Utc>,
    },
    /// It is the restore of the plan, and it failed, or was cancelled, at this instant (UTC).
    Failed {
        at: DateTime<Utc>,
        cancelled: bool,
    },
    /// It is the restore of the plan, and it still runs since then (UTC).
    Runs {
        since: DateTime<Utc>,
    },
    /// It is the restore of the plan, in a state of which nothing is known.
    State {
        word: String,
    },
    /// It may be: it does not name its source, so that cannot be compared.
    SourceNotSaid {
        ended: Ended,
        at: DateTime<Utc>,
    },
    /// The plan restores nothing, or onto an environment whose id is not known yet.
    NoTarget,
    /// It does something else.
    OtherAct {
        act: Act,
    },
    /// It does not say which environment it changes.
    TargetNotSaid,
    OtherTarget {
        target: EnvironmentId,
    },
    OtherSource {
        source: EnvironmentId,
    },
    /// It began before the plan was made (UTC).
    Before {
        began: DateTime<Utc>,
    },
}

/// Compares an operation with the restore of a plan: the same act, target and source, begun after the plan was made.
/// `made`: the environment that the plan created, where it is known.
pub fn compare(plan: &Plan, made: Option<&EnvironmentId>, o: &ServiceOperation) -> OfPlan {
    let restores = plan.steps.iter().any(|s| matches!(s.action, Action::Restore(_)));
    let Some(wanted) = plan.target().or(made).filter(|_| restores) else { return OfPlan::NoTarget };
    if o.act != Act::Restore {
        return OfPlan::OtherAct { act: o.act.clone() };
    }
    let Some(target) = &o.environment else { return OfPlan::TargetNotSaid };
    if target != wanted {
        return OfPlan::OtherTarget { target: target.clone() };
    }
    if o.began < plan.made {
        return OfPlan::Before { began: o.began };
    }
    let at = o.last.unwrap_or(o.began);
    match &o.source {
        None => return OfPlan::SourceNotSaid { ended: o.ended.clone(), at },
        Some(source) if source != plan.source() => return OfPlan::OtherSource { source: source.clone() },
        Some(_) => {}
    }
    match &o.ended {
        Ended::Succeeded => OfPlan::Succeeded { at },
        Ended::Failed => OfPlan::Failed { at, cancelled: false },
        Ended::Cancelled => OfPlan::Failed { at, cancelled: true },
        Ended::Running => OfPlan::Runs { since: o.began },
        Ended::Other(word) => OfPlan::State { word: word.clone() },
    }
}

impl OfPlan {
    /// Whether the operation ticks the step that waits for the restore.
    pub fn ticks(&self) -> bool {
        matches!(self, OfPlan::Succeeded { .. })
    }

    /// Whether it is, or may be, the restore of the plan; all else is about something different.
    pub fn concerns(&self) -> bool {
        !matches!(self, OfPlan::NoTarget | OfPlan::OtherAct { .. } | OfPlan::TargetNotSaid | OfPlan::OtherTarget { .. })
    }
}
