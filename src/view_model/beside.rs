//! What stands beside the table of one environment: onto what it can be restored, target by target.

use crate::domain::edition::Edition;
use crate::domain::eligibility::{AtThisMoment, Counts, OneSource, PairEnd, Role, gates, judge};
use crate::domain::environment::{Environment, EnvironmentId, FactKey};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::outlook::is_free;
use crate::domain::rule::RuleId;
use std::collections::BTreeMap;

/// A target, by the verdict that the rules give.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub id: EnvironmentId,
    pub name: String,
    pub itself: bool,
    /// How the pair stands at this moment, whatever the rules say of it (T7, T9, R20).
    pub now: AtThisMoment,
    /// What would have to be answered, of which environment.
    pub asks: Vec<(EnvironmentId, FactKey)>,
}

/// All targets of one environment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Targets {
    pub eligible: Vec<Target>,
    pub unknown: Vec<Target>,
    /// How many there are of each, itself among them.
    pub counts: Counts,
    /// Itself is one of those.
    pub refuses_itself: bool,
    /// By the first rule that each breaks; the most frequent first.
    pub why: Vec<(RuleId, usize)>,
}

/// The targets of an environment; `most`: so many of each sort are named.
pub fn targets(moment: Moment<'_>, source: &EnvironmentId, most: usize) -> Targets {
    let Moment { edition, tenant, .. } = moment;
    let mut found = Targets::default();
    let Some(from) = tenant.get(source) else { return found };
    let mut why: BTreeMap<RuleId, usize> = BTreeMap::new();
    let (mut eligible, mut unknown) = (Vec::new(), Vec::new());
    let of = OneSource::new(edition, from);
    // One environment against the others: less than to find out which of the others are alike.
    for env in tenant.living().filter(|_| from.deleted.is_none()) {
        match of.onto(env) {
            PairEnd::Eligible => eligible.push(env),
            PairEnd::Unknown => unknown.push(env),
            PairEnd::Refused(rule) => {
                found.counts.refused += 1;
                *why.entry(rule).or_default() += 1;
            }
        }
    }
    found.refuses_itself = from.deleted.is_none() && matches!(of.onto(from), PairEnd::Refused(_));
    (found.counts.eligible, found.counts.unknown) = (eligible.len(), unknown.len());
    found.why = why.into_iter().collect();
    found.why.order_by_key(|(_, many)| std::cmp::Reverse(*many));
    let shown = |mut list: Vec<&Environment>| {
        list.order_by_cached_key(|env| (env.id != from.id, !is_free(env), env.name.to_lowercase()));
        list.truncate(most);
        list.into_iter().map(|env| Target::of(moment, from, env)).collect()
    };
    (found.eligible, found.unknown) = (shown(eligible), shown(unknown));
    found
}

impl Target {
    fn of(moment: Moment<'_>, source: &Environment, env: &Environment) -> Self {
        let itself = env.id == source.id;
        let gates = gates(moment, source, env);
        Self {
            id: env.id.clone(),
            name: env.name.clone(),
            itself,
            now: AtThisMoment::by(moment.edition, &gates, itself),
            asks: asks(moment.edition, source, env),
        }
    }
}

/// What the verdict of a pair asks, each question once.
fn asks(edition: &Edition, source: &Environment, target: &Environment) -> Vec<(EnvironmentId, FactKey)> {
    let mut asks: Vec<(EnvironmentId, FactKey)> = Vec::new();
    for question in judge(edition, source, target).questions() {
        let of = if question.role == Role::Source { source } else { target };
        let ask = (of.id.clone(), question.fact);
        if !asks.contains(&ask) {
            asks.push(ask);
        }
    }
    asks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::eligibility::{Outcome, PairNow, TargetCounts};
    use crate::domain::outlook::outlook;
    use crate::interop::sample::contoso;
    use chrono::{DateTime, Utc};

    #[test]
    fn it_agrees_with_the_cell() {
        let now: DateTime<Utc> = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let (edition, tenant) = (Edition::default_edition(), contoso(now));
        for env in tenant.environments.iter().filter(|e| e.deleted.is_none()) {
            let moment = Moment::new(edition, &tenant, now);
            let found = targets(moment, &env.id, usize::MAX);
            let onto = outlook(moment, &env.id).unwrap().onto();
            if onto.none.is_none() {
                // What stops the source stops every restore, and is told apart.
                let eligible = found.eligible.iter().map(|t| PairNow::of(Outcome::Eligible, t.now));
                let unknown = found.unknown.iter().map(|t| PairNow::of(Outcome::Unknown, t.now));
                let mut tally: TargetCounts = eligible.chain(unknown).collect();
                tally.add(PairNow::No, found.counts.refused);
                assert_eq!(onto.tally, tally, "{}", env.name);
            }
            assert_eq!(found.counts.all(), tenant.environments.iter().filter(|e| e.deleted.is_none()).count());
            assert_eq!(found.why.iter().map(|(_, n)| n).sum::<usize>(), found.counts.refused);
            assert!(found.unknown.iter().all(|t| !t.asks.is_empty()), "{}", env.name);
        }
    }
}
