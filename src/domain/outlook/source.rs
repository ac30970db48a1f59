//! Whether an environment can be a source, for lists of many: without looking at the other environments where they do not matter.

use super::super::eligibility::{self, Outcome};
use super::super::environment::{Environment, FactKey};
use super::super::merge::{is_missing, unknown_facts};
use super::super::retention::Window;
use super::back::{Back, alone, point};
use super::ways;
use crate::domain::moment::Moment;

/// Whether an environment can be the source of a restore at all, the obstacles of this moment and what is missing from an import
/// aside: what [`super::Outlook::ever`] says of one that is listed, without looking at others where they do not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Can,
    /// Facts that decide are unknown; the source's own.
    Ask(Vec<FactKey>),
    Cannot,
}

/// See [`Source`]; `window` is that of `env` at `now` (UTC).
pub fn source(moment: Moment<'_>, env: &Environment, window: &Window) -> Source {
    let Moment { edition, tenant, now } = moment;
    let own =
        alone(eligibility::outcome(edition, env, env), ways::through_sandbox(edition, env), ways::beside(edition, env));
    let others = || {
        let listed = tenant.living().filter(|other| other.id != env.id && !is_missing(tenant, other));
        let mut best = Outcome::Refused;
        for other in listed {
            best = best.min(eligibility::outcome(edition, env, other));
            if best == Outcome::Eligible {
                break;
            }
        }
        best
    };
    let way = if own == Outcome::Eligible { own } else { own.min(others()) };
    match (way, point(env, window, now)) {
        (Outcome::Refused, _) | (_, Back::Not) => Source::Cannot,
        (Outcome::Eligible, Back::Surely | Back::Possibly) => Source::Can,
        (Outcome::Unknown, _) | (_, Back::NotKnown) => {
            let mut asks = window.asks.clone();
            if asks.is_empty() {
                asks = unknown_facts(env, now);
                asks.retain(|fact| edition.looks_at(*fact));
            }
            Source::Ask(asks)
        }
    }
}
