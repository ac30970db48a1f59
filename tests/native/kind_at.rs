//! The kind of then, by the history alone: what the laws hold windows to.

use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::environment::Kind;
use restore_desk::domain::history::{Change, Changed};

/// The kind that an environment with this history and this kind `today` had at `at` (UTC), as far as the history tells; `None` where
/// that is not known, also while a change that lies somewhere between two imports may or may not have happened yet.
pub fn kind_at(history: &[Change], today: Option<&Kind>, at: DateTime<Utc>) -> Option<Kind> {
    let mut kinds: Vec<(&Change, Option<&Kind>)> = history
        .iter()
        .filter_map(|c| match &c.what {
            Changed::Kind { from, to } if from.as_ref() != Some(to) => Some((c, from.as_ref())),
            _ => None,
        })
        .collect();
    kinds.sort_by_key(|(c, _)| (c.at, c.not_before));
    match kinds.into_iter().find(|(c, _)| c.at > at) {
        Some((next, _)) if next.not_before < at => None,
        Some((_, from)) => from.cloned(),
        None => today.cloned(),
    }
}

fn jan(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap()
}

/// Production until the 5th, then Sandbox; between the 10th and the 12th Production again.
fn history() -> Vec<Change> {
    let back = Changed::Kind { from: Some(Kind::Sandbox), to: Kind::Production };
    vec![
        Change { not_before: jan(10), at: jan(12), what: back },
        Change::exactly(jan(5), Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox }),
        Change::exactly(jan(7), Changed::Managed { from: None, to: true }),
    ]
}

#[track_caller]
fn check(at: DateTime<Utc>, kind: Option<Kind>) {
    assert_eq!(kind_at(&history(), Some(&Kind::Production), at), kind);
}

#[test]
fn the_kind_of_then() {
    check(jan(4), Some(Kind::Production));
    check(jan(5), Some(Kind::Sandbox));
    check(jan(10), Some(Kind::Sandbox));
    check(jan(11), None);
    check(jan(12), Some(Kind::Production));
    let mut unknown = history();
    unknown[1].what = Changed::Kind { from: None, to: Kind::Sandbox };
    assert_eq!(kind_at(&unknown, None, jan(4)), None);
    assert_eq!(kind_at(&[], None, jan(4)), None);
}
