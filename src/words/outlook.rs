//! The words of an outlook: why an answer is no better, and why less can be brought back than is kept. Clauses, about "it".

use super::grammar::thousands;
use super::restore::room_for_one;
use super::{Piece, Say, Text, begins, ends, occupied};
use crate::domain::eligibility::TargetCounts;
use crate::domain::environment::Operation;
use crate::domain::outlook::{Left, Need, Obstacle, ReachCause, WaysBound};
use crate::text;

impl Say for Obstacle {
    fn say(&self, text: &mut Text) {
        match self {
            Obstacle::Window(reason) => text!(reason),
            Obstacle::NoSurePoint => text!("no point of it is sure"),
            Obstacle::NoDataverse => text!("it has no Dataverse database, so nothing is backed up"),
            Obstacle::NoWay(kind) => {
                let kind = kind.as_ref().map_or_else(|| text!("this kind"), Say::says);
                text!("no restore of a ", kind, " environment is known, neither onto itself nor onto another")
            }
            Obstacle::WayNotKnown => text!("whether any way back is open depends on a fact that is not known"),
            Obstacle::WayNotKnownBesideCandidates => text!(
                "whether any way back is open is not known: a fact is missing, or the rules and what the service listed differ"
            ),
            Obstacle::OnlyNew => {
                text!("only a new environment could be its target, and that has to be created first")
            }
            Obstacle::TargetsOccupied => {
                text!("every environment that it could be restored to is occupied at this moment")
            }
            Obstacle::StorageShort(cause) => text!(cause),
            Obstacle::RoomForOne(free) => text!("only a new environment could be the target, and ", room_for_one(*free)),
            Obstacle::Reported(raw) => {
                let word = Piece::Name(raw.clone());
                text!("the service reports ", word, "; whether that stops a restore is not known")
            }
            Obstacle::Occupied(what) => text!("it is occupied at this moment: ", what),
            Obstacle::PerhapsOccupied(activity) => {
                text!("it ", occupied::was(activity), "; whether that has ended is not known")
            }
            Obstacle::LeftDisabled => {
                text!("a failed restore left it disabled; until that is mended it can be retried only as the target")
            }
            Obstacle::Unlisted { since } => {
                text!("it is no longer listed since ", ends(*since), ": whether it is still there is not known")
            }
        }
        .say(text);
    }
}

impl Say for WaysBound {
    fn say(&self, text: &mut Text) {
        let kept = |from| text!("points from ", begins(from), " on are surely kept");
        match self {
            WaysBound::ThroughSandbox => text!(
                "the one way that needs nothing first goes through Sandbox and back, and it reaches the past seven days only"
            ),
            WaysBound::NoSureWay(obstacle) => text!(obstacle),
            WaysBound::Older { kept_from, need } => {
                let but = match need {
                    Need::NewEnvironment => {
                        "those older than seven days need a new environment as their target, and that has to be created first"
                    }
                    Need::FreeTarget => {
                        "every environment that those older than seven days could be restored to is occupied at this moment"
                    }
                    Need::Fact => {
                        "what those older than seven days could be restored to depends on a fact that is not known"
                    }
                };
                text!(kept(*kept_from), ", but ", but)
            }
            WaysBound::Kept { kept_from } => text!(kept(*kept_from), ", but no way back is sure"),
        }
        .say(text);
    }
}

impl Say for ReachCause {
    fn say(&self, text: &mut Text) {
        match self {
            ReachCause::Kept(cause) => cause.say(text),
            ReachCause::Ways(bound) => bound.say(text),
        }
    }
}

/// Why there is no restore of it, in the few words that stand in a cell.
pub fn briefly(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Window(_) | Obstacle::NoSurePoint => "nothing is kept".to_string(),
        Obstacle::NoDataverse => "no Dataverse".to_string(),
        Obstacle::NoWay(Some(kind)) => format!("never a {kind}"),
        Obstacle::NoWay(None) => "no way is known".to_string(),
        Obstacle::WayNotKnown | Obstacle::WayNotKnownBesideCandidates => "not known".to_string(),
        Obstacle::OnlyNew => left(Left::New).to_string(),
        Obstacle::TargetsOccupied => "all are occupied".to_string(),
        Obstacle::StorageShort(_) | Obstacle::RoomForOne(_) => "too little storage".to_string(),
        Obstacle::Reported(_) | Obstacle::PerhapsOccupied(_) => "perhaps occupied".to_string(),
        Obstacle::Occupied(what) => match what {
            Operation::Restoring => "not while restored".to_string(),
            Operation::Copying => "not while copied".to_string(),
            Operation::Switching => "not while switched".to_string(),
            Operation::Recovering => "not while recovered".to_string(),
            Operation::Other(_) => "occupied".to_string(),
        },
        Obstacle::LeftDisabled => "left disabled".to_string(),
        Obstacle::Unlisted { .. } => "not listed any more".to_string(),
    }
}

/// How many targets stand so: the words of every screen that counts them.
pub fn tally(tally: &TargetCounts) -> String {
    let TargetCounts { yes, perhaps, not_now, no } = *tally;
    let parts =
        [("✓", yes, "eligible"), ("?", perhaps, "perhaps"), ("✕", not_now, "not at this moment"), ("✕", no, "refused")];
    let said = parts.iter().enumerate().filter(|(n, (_, many, _))| *n == 0 || *many > 0);
    said.map(|(_, (mark, many, word))| format!("{mark} {} {word}", thousands(*many))).collect::<Vec<_>>().join(" · ")
}

/// A way for which no environment is needed that is there already, in the few words that stand in a cell.
pub fn left(left: Left) -> &'static str {
    match left {
        Left::ThroughSandbox => "by a switch and back",
        Left::New => "a new one only",
    }
}
