//! T10: what the service's own list of restore candidates says of a pair. Evidence with a date: it settles what is not known, and
//! where it contradicts a rule neither is believed.

use super::super::environment::Environment;
use super::super::history::Changed;
use super::super::rule::RuleId;
use super::outcome::{Outcome, Standing};
use super::verdict::{Judgement, Verdict};
use super::{Cause, ListStanding};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// What a list of candidates says of a pair, with when the service was asked (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Listing {
    /// There is no list of the source, or it says nothing of this pair: something changed after it was asked, or the target did
    /// not surely exist then, was busy, or is the source itself.
    #[default]
    Nothing,
    Offered(DateTime<Utc>),
    LeftOut(DateTime<Utc>),
}

impl Listing {
    /// How T10 stands beside rules with this outcome; `None` where nothing was said.
    pub(super) fn standing(self, rules: Outcome) -> Option<Standing> {
        match (self, rules) {
            (Listing::Nothing, _) => None,
            (Listing::Offered(_), Outcome::Refused) | (Listing::LeftOut(_), Outcome::Eligible) => {
                Some(Standing::Unknown)
            }
            (Listing::Offered(_), _) => Some(Standing::Met),
            (Listing::LeftOut(_), _) => Some(Standing::Broken),
        }
    }
}

/// Brings what was said into a verdict of the rules. What it settles is met, what it contradicts is unknown, and nobody can be
/// asked about either: only the service can tell.
pub(super) fn bring(verdict: &mut Verdict, listing: Listing, itself: bool) {
    let rules = verdict.outcome();
    let Some(standing) = listing.standing(rules) else { return };
    if let Listing::Offered(at) = listing {
        let by_list = |cause: fn(Box<Cause>, DateTime<Utc>) -> Cause| {
            move |j: Judgement| j.map(|of| cause(Box::new(of), at)).asking(Vec::new())
        };
        let settled: Vec<Judgement> = verdict.unknown.drain(..).collect();
        verdict.met.extend(settled.into_iter().map(by_list(Cause::SettledByList)));
        let broken: Vec<Judgement> = verdict.broken.drain(..).collect();
        verdict.unknown.extend(broken.into_iter().map(by_list(Cause::DoubtedByList)));
    }
    let beside = match (standing, rules) {
        (Standing::Unknown, _) => ListStanding::Contradicts,
        (_, Outcome::Unknown) => ListStanding::Settles,
        _ => ListStanding::Agrees,
    };
    verdict.add(standing, Judgement::of(RuleId::T10, Cause::Listed { listing, beside, itself }));
    for list in [&mut verdict.met, &mut verdict.broken, &mut verdict.unknown] {
        list.order_by_key(Judgement::rule);
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
pub(super) fn weigh(at: DateTime<Utc>, offered: bool, itself: bool, source: &Presence, target: &Presence) -> Listing {
    if source.changed_since(at) || target.changed_since(at) {
        Listing::Nothing
    } else if offered {
        Listing::Offered(at)
    } else if !itself && source.free(at) && target.free(at) && target.existed(at) {
        Listing::LeftOut(at)
    } else {
        Listing::Nothing
    }
}

/// What the list of the source says of a pair.
pub(super) fn listing(source: &Environment, target: &Environment) -> Listing {
    let Some(list) = &source.candidates else { return Listing::Nothing };
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
pub(super) fn order(listing: Listing) -> u8 {
    match listing {
        Listing::Nothing => 0,
        Listing::Offered(_) => 1,
        Listing::LeftOut(_) => 2,
    }
}
