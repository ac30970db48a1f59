//! How many pairs of a tenant an answer would settle, counted before it is given.

use super::super::answer::{Answer, FactKey};
use super::super::environment::{EnvironmentId, Key};
use super::super::moment::Moment;
use super::counts::Counts;
use super::matrix::{Matrix, matrix};
use std::collections::BTreeSet;

/// What an answer would make of the pairs of one environment, as source, as target and onto itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Brings {
    pub answer: Answer,
    pub before: Counts,
    pub after: Counts,
}

/// The answers to a fact of an environment that one press gives, each with the pairs that it would settle. None for facts of which there
/// are more answers than that.
pub fn brings(moment: Moment<'_>, id: &EnvironmentId, fact: FactKey) -> Vec<Brings> {
    let Moment { edition, tenant, now } = moment;
    let answers = match fact {
        FactKey::Dataverse => [true, false].map(Answer::Dataverse).to_vec(),
        FactKey::Dynamics => [true, false].map(Answer::Dynamics).to_vec(),
        FactKey::Managed => [true, false].map(Answer::Managed).to_vec(),
        FactKey::Key => vec![Answer::Key(Key::Microsoft)],
        FactKey::Policies => vec![Answer::Policies(BTreeSet::new())],
        _ => Vec::new(),
    };
    let Some(place) = tenant.environments.place(id) else { return Vec::new() };
    if answers.is_empty() {
        return Vec::new();
    }
    let before = pairs_of(&matrix(edition, tenant), place);
    let brought = |answer: Answer| {
        let mut told = tenant.clone();
        if let Some(env) = told.environments.get_mut(place) {
            env.take_answer(&answer, now);
        }
        Brings { after: pairs_of(&matrix(edition, &told), place), answer, before }
    };
    answers.into_iter().map(brought).collect()
}

/// Every pair that an environment is in.
fn pairs_of(matrix: &Matrix, place: usize) -> Counts {
    let mut all = matrix.targets_of(place).plus(matrix.sources_of(place));
    all.add(matrix.onto_itself(place), 1);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edition::Edition;
    use crate::domain::tenant::Tenant;
    use crate::interop::sample::contoso;
    use chrono::{DateTime, Utc};

    /// One press answers what has few answers, and nothing else.
    #[test]
    fn the_answers_of_a_fact() {
        let now: DateTime<Utc> = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let (edition, tenant) = (Edition::default_edition(), contoso(now));
        let check = |fact, expect: &[Answer]| {
            let found = brings(Moment::new(edition, &tenant, now), &tenant.environments[0].id, fact);
            assert_eq!(found.into_iter().map(|told| told.answer).collect::<Vec<_>>(), expect);
        };
        check(FactKey::Dataverse, &[Answer::Dataverse(true), Answer::Dataverse(false)]);
        check(FactKey::Dynamics, &[Answer::Dynamics(true), Answer::Dynamics(false)]);
        check(FactKey::Managed, &[Answer::Managed(true), Answer::Managed(false)]);
        check(FactKey::Key, &[Answer::Key(Key::Microsoft)]);
        check(FactKey::Policies, &[Answer::Policies(BTreeSet::new())]);
        check(FactKey::Region, &[]);
    }

    /// What is counted beforehand is what there is afterwards, over all pairs of the tenant.
    #[test]
    fn it_is_what_the_answer_brings() {
        let now: DateTime<Utc> = DateTime::from_timestamp(1_795_500_000, 0).unwrap();
        let (edition, tenant) = (Edition::default_edition(), contoso(now));
        let all = |tenant: &Tenant| {
            let mut all = Counts::default();
            matrix(edition, tenant).verdicts().for_each(|pair| all.add(pair.standings.outcome(), pair.pairs));
            all
        };
        let mut asked = 0;
        for (place, env) in tenant.environments.iter().enumerate().filter(|(_, env)| env.deleted.is_none()) {
            for fact in FactKey::ALL.into_iter().filter(|fact| env.is_unknown(*fact)) {
                for told_so in brings(Moment::new(edition, &tenant, now), &env.id, fact) {
                    let mut told = tenant.clone();
                    told.environments.get_mut(place).unwrap().take_answer(&told_so.answer, now);
                    let (then, after) = (all(&tenant), all(&told));
                    let parts = |all: &Counts, one: &Counts| {
                        [all.eligible + one.eligible, all.unknown + one.unknown, all.refused + one.refused]
                    };
                    let found = parts(&after, &told_so.before);
                    assert_eq!(found, parts(&then, &told_so.after), "{} {fact:?}", env.name);
                    asked += 1;
                }
            }
        }
        assert!(asked > 0);
    }
}
