//! Why an answer is no better.

use super::super::environment::{Activity, Kind, Operation};
use super::super::retention::{Cause, Reason};
use super::super::rule::RuleId;
use super::super::words::instant_text;
use super::kind_word;
use chrono::{DateTime, Utc};

/// One thing that makes an answer worse than sure.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// T7, the sentence of the balance.
    StorageShort(String),
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
    /// The sentence, with the rule that it rests on.
    pub fn reason(&self) -> Reason {
        let because = |rule, says: &str| Reason::of(rule, Cause::Written(says.to_string()));
        match self {
            Obstacle::Window(reason) => reason.clone(),
            Obstacle::NoSurePoint => because(RuleId::R1, "No point of it is sure"),
            Obstacle::NoDataverse => because(RuleId::K7, "It has no Dataverse database, so it has no backups"),
            Obstacle::NoWay(kind) => because(
                RuleId::T1,
                &format!(
                    "No restore of a {} environment is known, neither onto itself nor onto another",
                    kind_word(kind.as_ref())
                ),
            ),
            Obstacle::WayNotKnown => {
                because(RuleId::T1, "Whether any way back is open depends on a fact that is not known")
            }
            Obstacle::WayNotKnownBesideCandidates => because(
                RuleId::T10,
                "Whether any way back is open is not known: a fact is missing, or the rules and what the service listed differ",
            ),
            Obstacle::OnlyNew => {
                because(RuleId::R17, "Only a new environment could be its target, and that has to be created first")
            }
            Obstacle::TargetsOccupied => {
                because(RuleId::T9, "Every environment that it could be restored to is occupied at this moment")
            }
            Obstacle::StorageShort(says) => because(RuleId::T7, says),
            Obstacle::Reported(raw) => {
                because(RuleId::T9, &format!("The service reports “{raw}”; whether that stops a restore is not known"))
            }
            Obstacle::Occupied(what) => because(RuleId::T9, &format!("It is occupied at this moment: {what}")),
            Obstacle::PerhapsOccupied(activity) => {
                because(RuleId::T9, &format!("It {}; whether that has ended is not known", activity.was()))
            }
            Obstacle::LeftDisabled => because(
                RuleId::R20,
                "A failed restore left it disabled; until that is mended it can be retried only as the target",
            ),
            Obstacle::Unlisted { since } => because(
                RuleId::X1,
                &format!(
                    "It is no longer listed since {}: whether it is still there is not known",
                    instant_text(*since)
                ),
            ),
        }
    }
}
