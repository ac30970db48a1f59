//! Words for advice: mishaps as a person says them, and how a way stands.

use crate::domain::advice::{Mishap, Way, WayDoubt, WayKind, WayStanding};
use crate::domain::restore::WorsePoint;
use crate::domain::retention::Certainty;
use chrono::{DateTime, Utc};

/// A mishap as a choice: the title, and what it means.
pub fn mishap_words(mishap: Mishap) -> (&'static str, &'static str) {
    match mishap {
        Mishap::RecordsLost => {
            ("Records were deleted or damaged", "By a person, an import, a flow: data that was there is gone or wrong.")
        }
        Mishap::BadImport => {
            ("A solution import or update broke something", "Apps, flows or tables do not work as they did before.")
        }
        Mishap::Deleted => ("The environment was deleted", "It is no longer in the list of environments."),
        Mishap::Overwritten => (
            "A restore overwrote the wrong environment",
            "A backup was restored over an environment that was still needed.",
        ),
        Mishap::NeedCopy => ("I need a copy to test with", "Nothing went wrong."),
        Mishap::Leave => (
            "I want to move on-premises or download a copy",
            "The data is to leave the service, or a backup to be kept elsewhere.",
        ),
    }
}

/// What to ask about the environment.
pub fn which_words(mishap: Mishap) -> &'static str {
    match mishap {
        Mishap::Overwritten => "Which environment was overwritten?",
        Mishap::NeedCopy => "Which environment do you need a copy of?",
        Mishap::Deleted => "Which environment was deleted?",
        _ => "Which environment is it?",
    }
}

/// What to ask about the time.
pub fn when_words(mishap: Mishap) -> &'static str {
    match mishap {
        Mishap::Overwritten => "When did the restore begin?",
        Mishap::NeedCopy => "As it was when?",
        Mishap::Deleted => "When was it deleted?",
        _ => "When did it happen?",
    }
}

/// Symbol, word and tone of a standing.
pub fn standing_look(standing: WayStanding) -> (&'static str, &'static str, &'static str) {
    match standing {
        WayStanding::Open => ("✓", "Open now", "ok"),
        WayStanding::AfterChanges => ("!", "Open after changes", "ask"),
        WayStanding::Unknown => ("?", "Depends on what is not known", "ask"),
        WayStanding::AfterChangesUnknown => ("✕", "Refused until a change, then not known", "no"),
        WayStanding::LastResort => ("–", "What is left", ""),
        WayStanding::Closed => ("✕", "Closed", "no"),
    }
}

/// Symbol, word and tone of how sure a way is that is not closed.
pub fn surely_look(way: &Way) -> Option<(&'static str, &'static str, &'static str)> {
    if way.standing == WayStanding::Closed {
        return None;
    }
    match way.doubt {
        Some(WayDoubt::NotOffered) => return Some(("?", "Not offered in the admin center", "ask")),
        Some(WayDoubt::AtThisMoment) => return Some(("?", "May be stopped at this moment", "ask")),
        Some(WayDoubt::AfterFailure) => return Some(("?", "May not be offered after the failed restore", "ask")),
        None => {}
    }
    match way.certainty? {
        Certainty::Guaranteed if way.kind == WayKind::Recover => Some(("✓", "Sure", "ok")),
        Certainty::Guaranteed => Some(match way.worse_point() {
            Some(WorsePoint { gone: true, .. }) => ("!", "Gone under the newest rules", "ask"),
            Some(_) => ("!", "Not sure under the newest rules", "ask"),
            None => ("✓", "Point is sure", "ok"),
        }),
        Certainty::Possible if way.kind == WayKind::Recover => Some(("?", "May be refused", "ask")),
        Certainty::Possible => Some(("?", "Point may already be gone", "ask")),
        Certainty::Dormant | Certainty::Gone | Certainty::Future => None,
    }
}

/// The deadline of a way, as what it is called and when it is (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The latest sensible start is still ahead.
    StartBefore(DateTime<Utc>),
    /// The newest rules promise less of the point: nobody should wait for the end that the chosen ones tell.
    OnlyAsChosen(DateTime<Utc>),
    /// It has passed: the end is near.
    StartAtOnce(DateTime<Utc>),
    /// There is an end, and no lead before it is known.
    Until(DateTime<Utc>),
    /// Nothing guarantees it: at once, and this is when even the possible ends.
    Unsure(DateTime<Utc>),
}

/// The deadline of a way at `now` (UTC); `None` where it has none.
pub fn due(way: &Way, now: DateTime<Utc>) -> Option<Due> {
    let Some(end) = way.sure_until else { return way.until.map(Due::Unsure) };
    Some(match way.start_before {
        Some(start) if now <= start && way.worse_point().is_some() => Due::OnlyAsChosen(end),
        Some(start) if now <= start => Due::StartBefore(start),
        Some(_) => Due::StartAtOnce(end),
        None => Due::Until(end),
    })
}

/// What a deadline is called, whether it is alarming, and the instant (UTC).
pub fn due_words(way: &Way, due: Due) -> (&'static str, bool, DateTime<Utc>) {
    match due {
        Due::StartBefore(at) => ("Start before", false, at),
        Due::OnlyAsChosen(at) => (
            "! Start at once: the newest rules do not promise the point; by the chosen ones it is sure until",
            true,
            at,
        ),
        Due::StartAtOnce(at) => ("! Start at once: the latest sensible start has passed; it ends", true, at),
        Due::Unsure(at) if way.kind == WayKind::Recover => {
            ("! Recover at once: it may be refused; perhaps until", true, at)
        }
        Due::Unsure(at) if way.doubt.is_some() => {
            ("! Start at once: nothing guarantees that it is offered; perhaps until", true, at)
        }
        Due::Unsure(at) => {
            ("! Start at once: nothing guarantees the point, and it may already be gone; perhaps until", true, at)
        }
        Due::Until(at) => ("Recover before", false, at),
    }
}

/// Symbol, word and tone of what is least sure about a way: how it stands, and of one that is open its point.
pub fn sure_look(way: &Way) -> (&'static str, &'static str, &'static str) {
    let surely = if way.standing == WayStanding::Open { surely_look(way) } else { None };
    surely.unwrap_or_else(|| standing_look(way.standing))
}

/// What is overwritten, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overwrites {
    pub says: String,
    /// Work of people goes with it.
    pub loss: bool,
}

/// What a way overwrites; `since` is how long ago its point is, in words.
pub fn overwrites(way: &Way, since: Option<&str>) -> Overwrites {
    match (way.kind, &way.aim.onto) {
        (WayKind::OntoItself | WayKind::ThroughSandbox, _) => {
            Overwrites { says: format!("{} of its own work", since.unwrap_or("what is new")), loss: true }
        }
        (WayKind::Another, Some(onto)) => Overwrites { says: onto.name.clone(), loss: false },
        _ => Overwrites { says: "nothing".to_string(), loss: false },
    }
}
