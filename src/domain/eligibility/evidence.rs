//! T10: what the service's own list of restore candidates says of a pair. Evidence with a date: it settles what is not known, and
//! where it contradicts a rule neither is believed.

use super::super::environment::Environment;
use super::super::history::Changed;
use super::super::rule::RuleId;
use super::super::words::instant_text;
use super::{Judgement, Outcome, Standing, Verdict};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// What a list of candidates says of a pair, with when the service was asked (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Said {
    /// There is no list of the source, or it says nothing of this pair: something changed after it was asked, or the target did
    /// not surely exist then, was busy, or is the source itself.
    #[default]
    Nothing,
    Offered(DateTime<Utc>),
    LeftOut(DateTime<Utc>),
}

/// How what was said stands to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// The rules say the same.
    Agrees,
    /// A fact is not known, and this settles it.
    Settles,
    /// The rules say the opposite.
    Contradicts,
}

impl Said {
    /// How T10 stands beside rules with this outcome; `None` where nothing was said.
    pub(super) fn standing(self, rules: Outcome) -> Option<Standing> {
        match (self, rules) {
            (Said::Nothing, _) => None,
            (Said::Offered(_), Outcome::Refused) | (Said::LeftOut(_), Outcome::Eligible) => Some(Standing::Unknown),
            (Said::Offered(_), _) => Some(Standing::Met),
            (Said::LeftOut(_), _) => Some(Standing::Broken),
        }
    }

    /// T10 in words; "the target" is the environment itself where it is restored onto itself.
    fn says(self, beside: Beside, itself: bool) -> String {
        let target = if itself { "the environment as a target of itself" } else { "the target" };
        match (self, beside) {
            (Said::Nothing, _) => String::new(),
            (Said::Offered(at), Beside::Agrees) => {
                format!("the service offered {target} when it was asked at {}", instant_text(at))
            }
            (Said::Offered(at), Beside::Settles) => {
                format!(
                    "the service offered {target} when it was asked at {}: that settles what is not known",
                    instant_text(at)
                )
            }
            (Said::Offered(at), Beside::Contradicts) => format!(
                "the service offered {target} when it was asked at {}, against the rules: only a try without carrying it out (a dry run) tells which holds",
                instant_text(at)
            ),
            (Said::LeftOut(at), Beside::Agrees) => {
                format!("the service did not offer {target} when it was asked at {} either", instant_text(at))
            }
            (Said::LeftOut(at), Beside::Settles) => format!(
                "the service did not offer {target} when it was asked at {}: that settles what is not known",
                instant_text(at)
            ),
            (Said::LeftOut(at), Beside::Contradicts) => format!(
                "the service did not offer {target} when it was asked at {}, although every rule is met: only a try without carrying it out (a dry run) tells which holds",
                instant_text(at)
            ),
        }
    }
}

/// Brings what was said into a verdict of the rules. What it settles is met, what it contradicts is unknown, and nobody can be
/// asked about either: only the service can tell.
pub(super) fn bring(verdict: &mut Verdict, said: Said, itself: bool) {
    let rules = verdict.outcome();
    let Some(standing) = said.standing(rules) else { return };
    if let Said::Offered(at) = said {
        let on = instant_text(at);
        let note =
            |j: Judgement, words: &str| Judgement { says: format!("{}; {words}", j.says), asks: Vec::new(), ..j };
        let settled: Vec<Judgement> = verdict.unknown.drain(..).collect();
        let settled = settled.into_iter().map(|j| note(j, &format!("what the service offered at {on} settles it")));
        verdict.met.extend(settled);
        let broken: Vec<Judgement> = verdict.broken.drain(..).collect();
        let doubted = broken.into_iter().map(|j| note(j, &format!("but the service offered it at {on}")));
        verdict.unknown.extend(doubted);
    }
    let beside = match (standing, rules) {
        (Standing::Unknown, _) => Beside::Contradicts,
        (_, Outcome::Unknown) => Beside::Settles,
        _ => Beside::Agrees,
    };
    verdict.add(standing, Judgement { rule: RuleId::T10, says: said.says(beside, itself), asks: Vec::new() });
    for list in [&mut verdict.met, &mut verdict.broken, &mut verdict.unknown] {
        list.order_by_key(|j| j.rule);
    }
}

/// What tells whether a list speaks of an environment: when it surely existed, when it last changed, and when it was busy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Presence {
    existed: Option<DateTime<Utc>>,
    /// The last change of a fact that the rules look at, or of its being there at all, UTC.
    changed: Option<DateTime<Utc>>,
    /// From when to when something went on, UTC; `None`: it is not known to have ended.
    busy: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)>,
}

impl Presence {
    pub fn of(env: &Environment) -> Self {
        let decides = |what: &Changed| match what {
            Changed::Kind { .. }
            | Changed::Managed { .. }
            | Changed::ManagedUnknown { .. }
            | Changed::CustomerKey { .. }
            | Changed::Region { .. }
            | Changed::Dataverse { .. }
            | Changed::Deleted
            | Changed::Recovered => true,
            Changed::RetentionSetting { .. }
            | Changed::Dynamics { .. }
            | Changed::DynamicsUnknown { .. }
            | Changed::Name { .. }
            | Changed::Overwritten { .. }
            | Changed::Restored { .. } => false,
        };
        let changes = env.history.iter().filter(|c| decides(&c.what)).map(|c| c.at);
        let operations = env.operations.iter().map(|o| {
            let runs = o.may_run().is_some();
            (o.began, (!runs).then(|| o.last.unwrap_or(o.began)))
        });
        let now = env.activity.iter().map(|a| (a.since.unwrap_or(DateTime::<Utc>::MIN_UTC), None));
        // Left disabled since then, for all that is known (R20).
        let disabled = env.failed_restore.iter().map(|at| (*at, None));
        Self {
            existed: env.created.get().copied().into_iter().chain(env.existed_by).min(),
            changed: changes.chain(env.deleted.map(|when| when.latest())).max(),
            busy: operations.chain(now).chain(disabled).collect(),
        }
    }

    fn changed_since(&self, at: DateTime<Utc>) -> bool {
        self.changed.is_some_and(|changed| changed >= at)
    }

    fn existed(&self, at: DateTime<Utc>) -> bool {
        self.existed.is_some_and(|existed| existed <= at)
    }

    fn free(&self, at: DateTime<Utc>) -> bool {
        !self.busy.iter().any(|(from, until)| *from <= at && until.is_none_or(|until| at <= until))
    }
}

/// What a list that was asked for at `at` (UTC) and names the target, or does not (`offered`), says of a pair.
pub(super) fn weigh(at: DateTime<Utc>, offered: bool, itself: bool, source: &Presence, target: &Presence) -> Said {
    if source.changed_since(at) || target.changed_since(at) {
        Said::Nothing
    } else if offered {
        Said::Offered(at)
    } else if !itself && source.free(at) && target.free(at) && target.existed(at) {
        Said::LeftOut(at)
    } else {
        Said::Nothing
    }
}

/// What the list of the source says of a pair.
pub(super) fn said(source: &Environment, target: &Environment) -> Said {
    let Some(list) = &source.candidates else { return Said::Nothing };
    let (offered, itself) = (list.offered.contains(&target.id), source.id == target.id);
    weigh(list.asked, offered, itself, &Presence::of(source), &Presence::of(target))
}

/// A list of candidates in a matrix.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// Whose it is.
    pub place: usize,
    /// UTC.
    pub asked: DateTime<Utc>,
    /// The places that it names.
    pub offered: HashSet<usize>,
}

/// The order of the parts of a class in a matrix.
pub(super) fn order(said: Said) -> u8 {
    match said {
        Said::Nothing => 0,
        Said::Offered(_) => 1,
        Said::LeftOut(_) => 2,
    }
}
