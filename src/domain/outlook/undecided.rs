//! Which facts keep pairs undecided: what to ask, of the source's side and of the targets.

use super::super::eligibility::{ClassRow, Outcome, Standings, fact_of};
use super::super::environment::{Environment, FactKey, Key};
use super::super::tenant::Tenant;
use super::ways::AllWays;

/// Which facts keep pairs undecided.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Undecided {
    pub source: Vec<FactKey>,
    pub targets: Vec<(FactKey, Among)>,
}

/// Environments that are asked together, see [`AllWays::among`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Among {
    Kin(usize),
    Class(usize),
}

impl AllWays {
    /// With which others the environment at `place` is asked about; each has the same answer from [`AllWays::undecided`].
    pub fn asked_with(&self, tenant: &Tenant, place: usize) -> Option<(Among, Option<Among>)> {
        let class = self.matrix.class_of(place)?;
        if tenant.environments.get(place)?.candidates.is_some() {
            return Some((Among::Class(class), None));
        }
        let own = (!self.kins.with_its_key(class).is_empty()).then_some(Among::Class(class));
        Some((Among::Kin(self.kins.of(class)?), own))
    }

    /// The places of the living environments that are asked together.
    pub fn among(&self, among: Among) -> &[usize] {
        let places = match among {
            Among::Kin(kin) => self.of_kin.get(kin),
            Among::Class(class) => self.members.get(class),
        };
        places.map_or(&[], Vec::as_slice)
    }

    /// The facts that keep pairs undecided: of a kin those with environments that do not have its key, of a class those that do; of one
    /// that has a list of candidates all.
    pub fn undecided(&self, tenant: &Tenant, sources: Among) -> Undecided {
        let mut found = Undecided::default();
        let listed = |place: &usize| tenant.environments.get(*place).is_some_and(|env| env.candidates.is_some());
        match sources {
            Among::Kin(kin) => {
                let Some(place) = self.among(sources).iter().copied().find(|place| !listed(place)) else {
                    return found;
                };
                for (target, standings) in self.kins.row(kin).iter().flat_map(ClassRow::all).enumerate() {
                    if standings.outcome() == Outcome::Unknown {
                        self.add(&mut found, tenant, place, Among::Kin(target), |_| standings);
                    }
                }
            }
            Among::Class(class) => {
                let Some(place) = self.among(sources).first().copied() else { return found };
                let all: Vec<usize> = (0..self.members.len()).collect();
                let targets = if listed(&place) { &all } else { self.kins.with_its_key(class) };
                for target in targets {
                    let stands = |other| self.matrix.standings(place, other).unwrap_or_default();
                    self.add(&mut found, tenant, place, Among::Class(*target), stands);
                }
            }
        }
        found
    }

    /// Adds what is missing of a source and of some targets. Any of them that is still undecided stands for all.
    fn add(
        &self,
        found: &mut Undecided,
        tenant: &Tenant,
        place: usize,
        targets: Among,
        stands: impl Fn(usize) -> Standings,
    ) {
        let undecided = |other: &usize| *other != place && stands(*other).outcome() == Outcome::Unknown;
        let other = self.among(targets).iter().copied().find(undecided);
        let env = |place: usize| tenant.environments.get(place);
        let Some((source, (other, target))) = env(place).zip(other.and_then(|o| Some((o, env(o)?)))) else { return };
        for fact in facts_of(stands(other)) {
            if lacks(source, fact) && !found.source.contains(&fact) {
                found.source.push(fact);
            }
            if lacks(target, fact) {
                found.targets.push((fact, targets));
            }
        }
    }
}

/// The facts that the unknown rules look at.
fn facts_of(standings: Standings) -> impl Iterator<Item = FactKey> {
    standings.unknown().filter_map(fact_of)
}

/// Whether a fact that a pair needs is missing; of a key or a policy also which one it is.
fn lacks(env: &Environment, fact: FactKey) -> bool {
    match fact {
        FactKey::Region => env.region.get().is_none_or(|r| r.as_str().is_empty()),
        FactKey::Key => matches!(env.key.get(), None | Some(Key::Customer(None))),
        FactKey::Policies => env.policies.get().is_none_or(|all| all.iter().any(|p| p.id.is_none())),
        // No pair looks at these.
        FactKey::Dynamics | FactKey::RetentionSetting | FactKey::Created | FactKey::Deleted => false,
        FactKey::Kind | FactKey::Dataverse | FactKey::Managed => env.is_unknown(fact),
    }
}
