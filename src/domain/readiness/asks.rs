//! What to ask: the facts that would settle what is not known.

use super::super::environment::{EnvironmentId, FactKey};
use super::Trouble;
use super::answer::Prospect;
use super::judge::Judge;
use std::collections::{BTreeMap, BTreeSet};

impl Judge<'_> {
    /// The facts that would settle an unknown, each with the environments that lack it.
    pub fn asks(&self, trouble: Trouble, hit: &[&Prospect]) -> Vec<(FactKey, Vec<EnvironmentId>)> {
        let mut asks: BTreeMap<FactKey, BTreeSet<EnvironmentId>> = BTreeMap::new();
        let mut ask = |fact: FactKey, id: &EnvironmentId| {
            asks.entry(fact).or_default().insert(id.clone());
        };
        match trouble {
            Trouble::UnknownWhether => {
                for p in hit {
                    p.reach.window.asks.iter().for_each(|fact| ask(*fact, &p.environment));
                    let Some(env) = self.tenant.environments.get(p.place) else { continue };
                    let decide = [FactKey::Kind, FactKey::Dataverse].into_iter().filter(|fact| env.is_unknown(*fact));
                    decide.for_each(|fact| ask(fact, &p.environment));
                }
            }
            Trouble::UnknownRetention => {
                for p in hit {
                    let asks = &p.reach.window.asks;
                    asks.iter().for_each(|fact| ask(*fact, &p.environment));
                    let Some(env) = self.tenant.environments.get(p.place).filter(|_| asks.is_empty()) else { continue };
                    // Seven days whatever it is; but whether it may be more depends on these.
                    let decide = [FactKey::Dynamics, FactKey::Managed].into_iter().filter(|fact| env.is_unknown(*fact));
                    decide.for_each(|fact| ask(fact, &p.environment));
                }
            }
            Trouble::UnknownTarget | Trouble::UnknownElsewhere => {
                let mut by_class: BTreeMap<usize, Vec<&Prospect>> = BTreeMap::new();
                for p in hit {
                    if let Some(class) = self.ways.class_of(p.place) {
                        by_class.entry(class).or_default().push(p);
                    }
                }
                let mut targets: BTreeSet<(FactKey, usize)> = BTreeSet::new();
                for (class, prospects) in by_class {
                    let undecided = self.ways.undecided(self.tenant, class);
                    for fact in undecided.source {
                        prospects.iter().for_each(|p| ask(fact, &p.environment));
                    }
                    targets.extend(undecided.targets);
                }
                for (fact, class) in targets {
                    let members = self.ways.members.get(class).into_iter().flatten();
                    members.filter_map(|p| self.tenant.environments.get(*p)).for_each(|env| ask(fact, &env.id));
                }
            }
            _ => {}
        }
        asks.into_iter().map(|(fact, ids)| (fact, ids.into_iter().collect())).collect()
    }
}
