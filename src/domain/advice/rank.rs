//! The order of the ways, and the sentence that explains it; both from the same keys.

use super::super::retention::Certainty;
use super::{Doubt, Mishap, Standing, Way, WayKind};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// The standing as it weighs: nothing is destroyed first where an answer alone keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Open,
    /// What overwrites nothing and waits for nothing but an answer.
    AfterAnswer,
    /// Open, but it overwrites something.
    Overwrites,
    As(Standing),
}

/// Overwriting counts against a way where the mishap has a way that spares it all.
fn turn(mishap: Mishap, way: &Way) -> Turn {
    let spares = matches!(mishap, Mishap::RecordsLost | Mishap::NeedCopy);
    match (way.standing, way.kind) {
        (Standing::Unknown, WayKind::Beside) if spares && way.changes.is_empty() => Turn::AfterAnswer,
        (Standing::Open, WayKind::OntoItself | WayKind::ThroughSandbox | WayKind::Another) if spares => {
            Turn::Overwrites
        }
        (Standing::Open, _) => Turn::Open,
        (standing, _) => Turn::As(standing),
    }
}

/// The keys in order of weight. Equal keys keep the order in which the ways were found: that of [`WayKind`], and for targets
/// that of their loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    turn: Turn,
    /// 0 sure, 1 possible, 2 neither.
    certainty: u8,
    /// The latest sensible start has passed (R22): it may fail although it is open.
    late: bool,
    /// How well it fits the mishap; 0 is best.
    fit: u8,
}

fn key(mishap: Mishap, way: &Way, now: DateTime<Utc>) -> Key {
    let certainty = match way.certainty {
        Some(Certainty::Guaranteed) => 0,
        Some(Certainty::Possible) => 1,
        _ => 2,
    };
    // What does not exist is not surer than what does not exist either.
    let certainty = if way.standing == Standing::Closed { 2 } else { certainty };
    // Where nothing guarantees the point there is no later start that would do.
    let restores = way.purpose.is_some() && way.standing != Standing::Closed;
    let late = restores && way.start_before.is_none_or(|start| start < now);
    Key { turn: turn(mishap, way), certainty, late, fit: fit(mishap, way.kind).0 }
}

/// How well a sort of way fits a mishap, and what makes it so: a clause that goes after "it".
fn fit(mishap: Mishap, kind: WayKind) -> (u8, &'static str) {
    use WayKind::*;
    match (mishap, kind) {
        (_, Recover) if mishap == Mishap::Deleted => (0, "brings back the environment itself"),
        (Mishap::RecordsLost, Beside) => (0, "overwrites nothing, so that nothing made since is lost"),
        (Mishap::RecordsLost, Another) => (1, "leaves the environment as it is, although it overwrites another one"),
        (Mishap::RecordsLost, OntoItself) => {
            (2, "brings everything back at once, although what was made since is lost")
        }
        (Mishap::RecordsLost, ThroughSandbox) => {
            (3, "brings everything back at once, although what was made since is lost and nobody can work meanwhile")
        }
        (Mishap::NeedCopy, Beside) => (0, "overwrites nothing"),
        (Mishap::NeedCopy, Another) => (1, "is described by the rules, unlike a copy"),
        (_, OntoItself) => (0, "brings the environment back whole, in its own place"),
        (_, ThroughSandbox) => {
            (1, "brings the environment back whole, in its own place, although nobody can work meanwhile")
        }
        (_, Beside) => (2, "overwrites nothing, although what is needed is carried over by hand"),
        (_, Another) => (3, "leaves the environment as it is, although it overwrites another one"),
        (_, Recover) => (4, "brings back the environment itself"),
        (_, Copy) => (5, "keeps the present state"),
        (_, Download) => (6, "takes a backup away"),
        (_, Nothing) => (7, "is what is left"),
    }
}

/// Best first.
pub(super) fn sort(mishap: Mishap, ways: &mut [Way], now: DateTime<Utc>) {
    ways.order_by_key(|way| key(mishap, way, now));
}

/// Why the first is the first, and what puts it before the second.
pub(super) fn why_first(mishap: Mishap, ways: &[Way], now: DateTime<Utc>) -> String {
    let Some(first) = ways.first() else { return String::new() };
    if first.standing == Standing::LastResort {
        return match mishap {
            Mishap::Leave => "No backup can be downloaded or moved, so what is left comes first.".to_string(),
            _ => "Every other way is closed, so what is left comes first.".to_string(),
        };
    }
    let own = key(mishap, first, now);
    let mut out = format!(
        "It comes first because it {}{}, and it {}.",
        match (first.kind, first.standing) {
            (WayKind::Recover, Standing::Unknown) => "depends on when it was deleted",
            (_, standing) => standing_words(standing),
        },
        certainty_words(first),
        fit(mishap, first.kind).1
    );
    // What is left is no rival.
    let Some(second) = ways.iter().skip(1).find(|w| w.kind != WayKind::Nothing) else { return out };
    let other = key(mishap, second, now);
    let difference = if second.standing == Standing::Closed {
        " No other way exists.".to_string()
    } else if (own.turn, other.turn) == (Turn::AfterAnswer, Turn::Overwrites) {
        let answers: Vec<&str> = first.open.iter().filter_map(|l| l.answer.as_deref()).collect();
        let which =
            if answers.is_empty() { " what is not known".to_string() } else { format!(", {}", answers.join("; ")) };
        format!(
            " The next is open now, but it overwrites something. Answer first{which}; then nothing has to be overwritten."
        )
    } else if first.standing != second.standing {
        format!(" The next {}.", standing_words(second.standing))
    } else if own.certainty != other.certainty {
        " The next is less sure.".to_string()
    } else if own.late != other.late {
        " The latest sensible start of the next has passed.".to_string()
    } else if own.fit != other.fit {
        format!(" The next {}.", fit(mishap, second.kind).1)
    } else {
        " The next overwrites a target that loses more, or just as much, as far as the facts tell.".to_string()
    };
    out.push_str(&difference);
    let spares = |w: &&Way| w.kind == WayKind::Beside && w.standing == Standing::AfterChanges;
    if own.turn == Turn::Overwrites && ways.iter().any(|w| spares(&w)) {
        out.push_str(" A new environment would overwrite nothing; look at what must change for it before you overwrite anything.");
    }
    out
}

fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "is open now",
        Standing::AfterChanges => "is open after changes that can be made",
        Standing::Unknown => "rests on facts that are not known yet",
        Standing::LastResort => "is what is left",
        Standing::Closed => "does not exist",
    }
}

fn certainty_words(way: &Way) -> &'static str {
    match way.doubt {
        Some(Doubt::NotOffered) => return ", the admin center may not offer it",
        Some(Doubt::AtThisMoment) => return ", something may stop it at this moment",
        Some(Doubt::AfterFailure) => return ", it may not be offered after the failed restore",
        None => {}
    }
    match (way.kind, way.certainty) {
        (WayKind::Recover, Some(Certainty::Guaranteed)) => ", it is sure",
        (WayKind::Recover, Some(Certainty::Possible)) => ", it may be refused",
        (_, Some(Certainty::Guaranteed)) => ", its point is sure",
        (_, Some(Certainty::Possible)) => ", its point may already be gone",
        _ => "",
    }
}
