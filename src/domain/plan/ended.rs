//! R26: what an operation that the service listed is to a plan: the restore that it waits for, and how that ended, or something else.

use super::super::characters::one_line;
use super::super::environment::EnvironmentId;
use super::super::service::{Act, Ended, ServiceOperation};
use super::super::tenant::Tenant;
use super::super::words::{instant, quoted};
use super::{Action, Plan};
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

    /// For people: what it is to the plan `title`, and what to do.
    pub fn says(&self, plan: &Plan, tenant: &Tenant) -> String {
        let title = one_line(&plan.title, 120);
        let name = |id: &EnvironmentId| tenant.get(id).map_or_else(|| format!("`{id}`"), quoted);
        match self {
            OfPlan::Succeeded { at } => format!("the restore of the plan “{title}” succeeded at {}", instant(*at)),
            OfPlan::Failed { at, cancelled: false } => {
                format!("the restore of the plan “{title}” failed at {}: its step stays open", instant(*at))
            }
            OfPlan::Failed { at, cancelled: true } => {
                format!("the restore of the plan “{title}” was cancelled at {}: its step stays open", instant(*at))
            }
            OfPlan::Runs { since } => format!(
                "the restore of the plan “{title}” had not ended when the service was asked; it began at {}: ask for its operations again",
                instant(*since)
            ),
            OfPlan::State { word } => format!(
                "the restore of the plan “{title}” is in the state `{}`, of which nothing is known: look at the History in the admin center",
                one_line(word, 60)
            ),
            OfPlan::SourceNotSaid { ended, at } => format!(
                "a restore onto the target of the plan “{title}” {} at {}; it does not name its source, so that it cannot be told whether it is the one of the plan: compare it with the History in the admin center, then tick the step yourself",
                ended_word(ended),
                instant(*at)
            ),
            OfPlan::NoTarget => format!("the plan “{title}” restores onto no environment whose id is known yet"),
            OfPlan::OtherAct { act } => {
                format!("an operation “{}”, not the restore of the plan “{title}”", one_line(act.word(), 60))
            }
            OfPlan::TargetNotSaid => "a restore that does not say onto which environment".to_string(),
            OfPlan::OtherTarget { target } => {
                format!("a restore onto {}, not the one of the plan “{title}”", name(target))
            }
            OfPlan::OtherSource { source } => format!(
                "a restore onto the target of the plan “{title}”, but from {}: somebody restored something else onto it",
                name(source)
            ),
            OfPlan::Before { began } => format!(
                "a restore onto the target of the plan “{title}” that began at {}, before the plan was made",
                instant(*began)
            ),
        }
    }
}

fn ended_word(ended: &Ended) -> &str {
    match ended {
        Ended::Succeeded => "succeeded",
        Ended::Failed => "failed",
        Ended::Cancelled => "was cancelled",
        Ended::Running => "was still running",
        Ended::Other(_) => "was in a state of which nothing is known",
    }
}
