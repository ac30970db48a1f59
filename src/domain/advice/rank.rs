//! The order of the ways, and what explains it; both from the same keys.

use super::super::retention::Certainty;
use super::case::Mishap;
use super::ways::{Way, WayKind, WayStanding};
use super::{Difference, WhyFirst};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// The standing as it weighs: nothing is destroyed first where an answer alone keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RankedStanding {
    Open,
    /// What overwrites nothing and waits for nothing but an answer.
    AfterAnswer,
    /// Open, but it overwrites something.
    Overwrites,
    /// What overwrites nothing and waits for a change and then an answer, before what overwrites after a change.
    SparesAfterChanges,
    As(WayStanding),
}

/// Overwriting counts against a way where the mishap has a way that spares it all.
fn turn(mishap: Mishap, way: &Way) -> RankedStanding {
    let spares = matches!(mishap, Mishap::RecordsLost | Mishap::NeedCopy);
    match (way.standing, way.kind) {
        (WayStanding::Unknown, WayKind::Beside) if spares && way.changes.is_empty() => RankedStanding::AfterAnswer,
        (WayStanding::AfterChangesUnknown, WayKind::Beside) if spares => RankedStanding::SparesAfterChanges,
        (WayStanding::Open, WayKind::OntoItself | WayKind::ThroughSandbox | WayKind::Another) if spares => {
            RankedStanding::Overwrites
        }
        (WayStanding::Open, _) => RankedStanding::Open,
        (standing, _) => RankedStanding::As(standing),
    }
}

/// The keys in order of weight. Equal keys keep the order in which the ways were found: that of [`WayKind`], and for targets
/// that of their loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RankKey {
    turn: RankedStanding,
    /// 0 sure, 1 possible, 2 neither.
    certainty: u8,
    /// The latest sensible start has passed (R22): it may fail although it is open.
    late: bool,
    /// How well it fits the mishap; 0 is best.
    fit: u8,
}

fn key(mishap: Mishap, way: &Way, now: DateTime<Utc>) -> RankKey {
    let certainty = match way.certainty {
        Some(Certainty::Guaranteed) => 0,
        Some(Certainty::Possible) => 1,
        _ => 2,
    };
    // What does not exist is not surer than what does not exist either.
    let certainty = if way.standing == WayStanding::Closed { 2 } else { certainty };
    // Where nothing guarantees the point there is no later start that would do.
    let restores = way.purpose.is_some() && way.standing != WayStanding::Closed;
    let late = restores && way.start_before.is_none_or(|start| start < now);
    RankKey { turn: turn(mishap, way), certainty, late, fit: fit(mishap, way.kind) }
}

/// How well a sort of way fits a mishap; 0 is best. `words::advice` says what makes it so.
fn fit(mishap: Mishap, kind: WayKind) -> u8 {
    use WayKind::*;
    match (mishap, kind) {
        (Mishap::Deleted, Recover) | (Mishap::RecordsLost | Mishap::NeedCopy, Beside) => 0,
        (Mishap::RecordsLost | Mishap::NeedCopy, Another) => 1,
        (Mishap::RecordsLost, OntoItself) => 2,
        (Mishap::RecordsLost, ThroughSandbox) => 3,
        (_, OntoItself) => 0,
        (_, ThroughSandbox) => 1,
        (_, Beside) => 2,
        (_, Another) => 3,
        (_, Recover) => 4,
        (_, Copy) => 5,
        (_, Download) => 6,
        (_, Nothing) => 7,
    }
}

/// Best first.
pub(super) fn sort(mishap: Mishap, ways: &mut [Way], now: DateTime<Utc>) {
    ways.order_by_key(|way| key(mishap, way, now));
}

/// What puts the first before the second.
pub(super) fn why_first(mishap: Mishap, ways: &[Way], now: DateTime<Utc>) -> WhyFirst {
    let Some(first) = ways.first() else { return WhyFirst::default() };
    let own = key(mishap, first, now);
    // What is left is no rival.
    let second = ways.iter().skip(1).find(|w| w.kind != WayKind::Nothing).map(|second| {
        let other = key(mishap, second, now);
        if second.standing == WayStanding::Closed {
            Difference::NoOther
        } else if (own.turn, other.turn) == (RankedStanding::AfterAnswer, RankedStanding::Overwrites) {
            Difference::AnswerFirst
        } else if first.standing != second.standing {
            Difference::Standing
        } else if own.certainty != other.certainty {
            Difference::LessSure
        } else if own.late != other.late {
            Difference::Late
        } else if own.fit != other.fit {
            Difference::Fit
        } else {
            Difference::LosesMore
        }
    });
    let spares = |w: &Way| w.kind == WayKind::Beside && w.standing == WayStanding::AfterChanges;
    let look_beside = second.is_some() && own.turn == RankedStanding::Overwrites && ways.iter().any(spares);
    WhyFirst { second, look_beside }
}

#[cfg(test)]
mod tests {
    use super::super::rest::closed;
    use super::super::sort::line;
    use super::super::{Aim, Cause};
    use super::*;

    #[track_caller]
    fn check(mishap: Mishap, kind: WayKind, standing: WayStanding, changed: bool, expect: RankedStanding) {
        let aim = Aim { mishap, environment: None, onto: None, point: DateTime::UNIX_EPOCH };
        let changes = changed.then(|| line(Cause::FreeRoom, &[])).into_iter().collect();
        assert_eq!(turn(mishap, &Way { standing, changes, ..closed(kind, aim) }), expect);
    }

    #[test]
    fn what_spares_all_but_an_answer_comes_before_what_overwrites() {
        let unknown = RankedStanding::As(WayStanding::Unknown);
        check(Mishap::RecordsLost, WayKind::Beside, WayStanding::Unknown, false, RankedStanding::AfterAnswer);
        check(Mishap::NeedCopy, WayKind::Beside, WayStanding::Unknown, false, RankedStanding::AfterAnswer);
        check(Mishap::NeedCopy, WayKind::Beside, WayStanding::Unknown, true, unknown);
        check(Mishap::BadImport, WayKind::Beside, WayStanding::Unknown, false, unknown);
        check(Mishap::RecordsLost, WayKind::Another, WayStanding::Unknown, false, unknown);
        check(Mishap::RecordsLost, WayKind::Another, WayStanding::Open, false, RankedStanding::Overwrites);
        let late = RankedStanding::SparesAfterChanges;
        check(Mishap::RecordsLost, WayKind::Beside, WayStanding::AfterChangesUnknown, true, late);
        assert!(late < RankedStanding::As(WayStanding::AfterChanges));
        check(Mishap::BadImport, WayKind::Another, WayStanding::Open, false, RankedStanding::Open);
        check(Mishap::RecordsLost, WayKind::Beside, WayStanding::Open, false, RankedStanding::Open);
    }
}
