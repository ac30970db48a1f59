//! Why an answer is no better.

use super::super::capacity;
use super::super::environment::{Activity, Kind, Operation};
use super::super::retention::Reason;
use super::super::rule::RuleId;
use super::super::said::Said;
use chrono::{DateTime, Utc};

/// One thing that makes an answer worse than sure.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// No point is sure, or none is there: the window's own reason.
    Window(Reason),
    /// The same, where the window gives no reason.
    NoSurePoint,
    NoDataverse,
    /// The kind has no way back.
    NoWay(Option<Kind>),
    /// Whether any way is open depends on a fact.
    WayNotKnown,
    /// A fact is missing, or the rules and the service's list of candidates differ (T10).
    WayNotKnownBesideCandidates,
    /// Only an environment that has to be created first could be the target (R17).
    OnlyNew,
    /// Every eligible target is occupied, or left disabled (T9, R20).
    TargetsOccupied,
    /// T7.
    StorageShort(capacity::Cause),
    /// R15: a new one is the only way, and the free database megabytes are enough to create or to restore, not for both.
    RoomForOne(f64),
    /// The service's own word for what goes on; nobody knows whether that stops a restore.
    Reported(String),
    Occupied(Operation),
    /// It was occupied at the last look; whether that has ended is not known (T9, R7).
    PerhapsOccupied(Activity),
    /// R20: a failed restore left it disabled.
    LeftDisabled,
    /// No longer listed by an import of the whole tenant since then (UTC).
    Unlisted {
        since: DateTime<Utc>,
    },
}

impl Obstacle {
    /// The same with the rules that it rests on.
    pub fn reason(&self) -> Said<Obstacle> {
        let rule = match self {
            Obstacle::Window(reason) => {
                return Said { cause: self.clone(), rules: reason.rules.clone(), asks: reason.asks.clone() };
            }
            Obstacle::NoSurePoint => RuleId::R1,
            Obstacle::NoDataverse => RuleId::K7,
            Obstacle::NoWay(_) | Obstacle::WayNotKnown => RuleId::T1,
            Obstacle::WayNotKnownBesideCandidates => RuleId::T10,
            Obstacle::OnlyNew => RuleId::R17,
            Obstacle::StorageShort(_) => RuleId::T7,
            Obstacle::RoomForOne(_) => RuleId::R15,
            Obstacle::TargetsOccupied
            | Obstacle::Reported(_)
            | Obstacle::Occupied(_)
            | Obstacle::PerhapsOccupied(_) => RuleId::T9,
            Obstacle::LeftDisabled => RuleId::R20,
            Obstacle::Unlisted { .. } => RuleId::X1,
        };
        Said::of(rule, self.clone())
    }
}
