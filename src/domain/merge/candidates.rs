//! Taking a list of restore candidates (T10). It names neither its tenant nor its source: of a list that names nobody who is known,
//! nothing says that it is of this tenant, and taken all the same it would refuse every target.

use super::super::environment::EnvironmentId;
use super::super::inventory::Inventory;
use super::super::service::{CandidateList, Candidates};
use super::super::tenant::Tenant;
use super::absorb::Import;
use super::preview::Index;
use super::service::Learned;
use crate::domain::order::Gather;

/// Whether `list` names nobody who is `known`: what it leaves out may be another tenant's, wherever it stands and whoever asked for
/// it. A list without candidates names nobody, and stands as it was given.
pub fn is_strange(list: &CandidateList, known: impl Fn(&EnvironmentId) -> bool) -> bool {
    !list.offered.is_empty() && !list.offered.iter().any(known)
}

/// Takes the lists of `inventory`; how many are about environments that are not on the list.
pub(super) fn take(
    after: &mut Tenant,
    index: &Index,
    inventory: &Inventory,
    import: &Import,
    learned: &mut Vec<Learned>,
) -> usize {
    let mut elsewhere = 0;
    for list in &inventory.candidates {
        let (Some(source), Some(asked)) = (&list.source, list.asked) else { continue };
        let Some(env) = index.get(source).and_then(|p| after.environments.get_mut(*p)) else {
            elsewhere += 1;
            continue;
        };
        let environment = env.id.clone();
        let (named, known) = (list.offered.len(), index.len());
        if is_strange(list, |id| index.contains_key(id)) {
            learned.push(Learned::StrangeCandidates { environment, named, known });
            continue;
        }
        // Nobody is told what will be offered.
        let new = Candidates { asked: asked.min(import.now), offered: list.offered.iter().cloned().into_set() };
        match &env.candidates {
            Some(old) if *old == new => {}
            Some(old) if old.asked > new.asked => {
                learned.push(Learned::OlderCandidates { environment, asked: new.asked, known: old.asked });
            }
            _ => {
                let (offered, asked) = (new.offered.len(), new.asked);
                learned.push(Learned::Candidates { environment: environment.clone(), offered, asked });
                let unknown: Vec<EnvironmentId> =
                    new.offered.iter().filter(|id| !index.contains_key(*id)).cloned().collect();
                if !unknown.is_empty() {
                    learned.push(Learned::UnknownCandidates { environment, unknown });
                }
                env.candidates = Some(new);
            }
        }
    }
    elsewhere
}
