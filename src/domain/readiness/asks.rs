//! What to ask: the facts that would settle what is not known.

use super::super::environment::{EnvironmentId, FactKey};
use super::super::outlook::Among;
use super::Trouble;
use super::answer::Prospect;
use super::judge::Judge;
use crate::domain::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

impl Judge<'_> {
    /// The facts that would settle an unknown, each with the environments that lack it.
    pub fn asks(&self, trouble: Trouble, hit: &[&Prospect]) -> Vec<(FactKey, Vec<EnvironmentId>)> {
        let mut asks: BTreeMap<FactKey, Vec<usize>> = BTreeMap::new();
        let mut ask = |fact: FactKey, place: usize| asks.entry(fact).or_default().push(place);
        match trouble {
            Trouble::UnknownWhether => {
                for p in hit {
                    p.reach.window.asks.iter().for_each(|fact| ask(*fact, p.place));
                    let Some(env) = self.tenant.environments.get(p.place) else { continue };
                    let decide = [FactKey::Kind, FactKey::Dataverse].into_iter().filter(|fact| env.is_unknown(*fact));
                    decide.for_each(|fact| ask(fact, p.place));
                }
            }
            Trouble::UnknownRetention => {
                for p in hit {
                    let asks = &p.reach.window.asks;
                    asks.iter().for_each(|fact| ask(*fact, p.place));
                    let Some(env) = self.tenant.environments.get(p.place).filter(|_| asks.is_empty()) else { continue };
                    // Seven days whatever it is; but whether it may be more depends on these.
                    let decide = [FactKey::Dynamics, FactKey::Managed].into_iter().filter(|fact| env.is_unknown(*fact));
                    decide.for_each(|fact| ask(fact, p.place));
                }
            }
            Trouble::UnknownTarget | Trouble::UnknownElsewhere => {
                let mut together: BTreeMap<Among, Vec<usize>> = BTreeMap::new();
                for p in hit {
                    let Some((among, own)) = self.ways.asked_with(self.tenant, p.place) else { continue };
                    [among].into_iter().chain(own).for_each(|a| together.entry(a).or_default().push(p.place));
                }
                let mut targets: BTreeSet<(FactKey, Among)> = BTreeSet::new();
                for (sources, places) in together {
                    let undecided = self.ways.undecided(self.tenant, sources);
                    for fact in undecided.source {
                        places.iter().for_each(|place| ask(fact, *place));
                    }
                    targets.extend(undecided.targets);
                }
                for (fact, among) in targets {
                    self.ways.among(among).iter().for_each(|place| ask(fact, *place));
                }
            }
            _ => {}
        }
        asks.into_iter().map(|(fact, places)| (fact, self.each_once(places))).collect()
    }

    /// Those environments, each once, by name.
    fn each_once(&self, mut places: Vec<usize>) -> Vec<EnvironmentId> {
        places.order_by_key(|place| self.overview.by_name(*place));
        places.dedup();
        places.into_iter().filter_map(|place| self.tenant.environments.get(place)).map(|env| env.id.clone()).collect()
    }
}
