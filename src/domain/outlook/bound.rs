//! Why less can be brought back than is kept. What is kept has its reasons in the window; where the ways back cut it, each of the
//! two bounds has a reason of its own.

use super::super::eligibility::Outcome;
use super::super::retention::{self, Reason, Window};
use super::super::rule::RuleId;
use super::super::said::Said;
use super::{Obstacle, Outlook};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// Why a bound of [`Outlook::reach`] is where it is although points are kept for sure from an earlier instant on.
#[derive(Clone, Debug, PartialEq)]
pub enum WaysBound {
    /// Of the sure one, R16: the only way that needs nothing first goes through Sandbox and back.
    ThroughSandbox,
    /// Of the sure one: no way is surely open that needs nothing first.
    NoSureWay(Obstacle),
    /// Of the possible one: points from then on (UTC) are kept for sure, and to those older than seven days no such way goes.
    Older { kept_from: DateTime<Utc>, need: Need },
    /// Of the possible one: the same, and to none of them such a way goes.
    Kept { kept_from: DateTime<Utc> },
}

/// What it takes to restore an older point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// R17.
    NewEnvironment,
    /// T9, R20: a target that is free; each is occupied at this moment, or was left disabled.
    FreeTarget,
    /// The answer to a fact.
    Fact,
}

/// The reasons of the two bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct WaysBounds {
    pub sure: WaysBound,
    pub possible: WaysBound,
}

impl WaysBound {
    /// The same with the rules that it rests on.
    pub fn reason(&self) -> Said<WaysBound> {
        let rule = match self {
            WaysBound::ThroughSandbox => RuleId::R16,
            WaysBound::NoSureWay(obstacle) => return obstacle.reason().map(WaysBound::NoSureWay),
            WaysBound::Older { need: Need::NewEnvironment, .. } => RuleId::R17,
            WaysBound::Older { need: Need::FreeTarget, .. } => RuleId::T9,
            WaysBound::Older { need: Need::Fact, .. } => RuleId::T1,
            WaysBound::Kept { .. } => RuleId::R1,
        };
        Said::of(rule, self.clone())
    }
}

impl Outlook {
    /// Why less can be brought back than is kept for sure; `None` where it is not less, and where nothing can be brought back.
    pub fn bounds(&self) -> Option<WaysBounds> {
        let kept_from = self.window.guaranteed_from?;
        if self.possible_from.is_none() || self.sure_from == Some(kept_from) {
            return None;
        }
        if self.sure_from.is_none() {
            let sure = WaysBound::NoSureWay(self.way_obstacle());
            return Some(WaysBounds { sure, possible: WaysBound::Kept { kept_from } });
        }
        let need = if self.ways.targets.eligible > 0 {
            Need::FreeTarget
        } else if self.ways.beside == Outcome::Eligible {
            Need::NewEnvironment
        } else {
            Need::Fact
        };
        Some(WaysBounds { sure: WaysBound::ThroughSandbox, possible: WaysBound::Older { kept_from, need } })
    }

    /// What keeps every way from being sure, the obstacles of this moment aside.
    fn way_obstacle(&self) -> Obstacle {
        let of_ways = |why: &&Obstacle| {
            matches!(
                why,
                Obstacle::WayNotKnown
                    | Obstacle::WayNotKnownBesideCandidates
                    | Obstacle::OnlyNew
                    | Obstacle::TargetsOccupied
            )
        };
        self.obstacles.iter().map(|(_, why)| why).find(of_ways).cloned().unwrap_or(Obstacle::NoSurePoint)
    }

    /// The window with its sure part cut to what a sure way reaches: what is to be shown as *can be brought back*. A bound that
    /// the ways cut says so itself.
    pub fn reach(&self) -> Reach {
        let mut window = Arc::clone(&self.window);
        if window.guaranteed_from != self.sure_from {
            Arc::make_mut(&mut window).guaranteed_from = self.sure_from;
        }
        Reach { window, bounds: self.bounds() }
    }
}

/// How far back: a window, and why the ways cut it, where they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Its reasons are those of what is kept.
    pub window: Arc<Window>,
    pub bounds: Option<WaysBounds>,
}

/// Why a bound of a reach is where it is.
#[derive(Clone, Debug, PartialEq)]
pub enum ReachCause {
    Kept(retention::Cause),
    Ways(WaysBound),
}

/// What is kept, whatever the ways are.
impl From<Window> for Reach {
    fn from(window: Window) -> Self {
        Arc::new(window).into()
    }
}

impl From<Arc<Window>> for Reach {
    fn from(window: Arc<Window>) -> Self {
        Self { window, bounds: None }
    }
}

impl Reach {
    /// Why the sure bound is no earlier, the most telling first.
    pub fn sure_reasons(&self) -> Vec<Said<ReachCause>> {
        match &self.bounds {
            Some(bounds) => vec![bounds.sure.reason().map(ReachCause::Ways)],
            None => of_kept(&self.window.guaranteed_reasons),
        }
    }

    /// Why the possible bound is no earlier, the most telling first.
    pub fn possible_reasons(&self) -> Vec<Said<ReachCause>> {
        let ways = self.bounds.as_ref().map(|bounds| bounds.possible.reason().map(ReachCause::Ways));
        ways.into_iter().chain(of_kept(&self.window.possible_reasons)).collect()
    }
}

fn of_kept(reasons: &[Reason]) -> Vec<Said<ReachCause>> {
    reasons.iter().map(|reason| reason.clone().map(ReachCause::Kept)).collect()
}
