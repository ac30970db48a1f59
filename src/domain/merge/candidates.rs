//! Taking a list of restore candidates (T10). It names neither its tenant nor its source: of a list that names nobody who is known,
//! nothing says that it is of this tenant, and taken all the same it would refuse every target.

use super::super::environment::EnvironmentId;
use super::super::inventory::Inventory;
use super::super::service::{CandidateList, Candidates};
use super::super::tenant::Tenant;
use super::Index;
use super::absorb::Import;
use super::service::Learned;

/// How many ids are named before the rest is counted.
const NAMED: usize = 5;

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
        let new = Candidates { asked: asked.min(import.now), offered: list.offered.iter().cloned().collect() };
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

/// Why a list is not taken, as a clause; `named` candidates, and `known` environments here.
pub fn strange(named: usize, known: usize) -> String {
    let none = match named {
        1 => "the one restore candidate that it names is not".to_string(),
        n => format!("none of the {n} restore candidates that it names is"),
    };
    format!("{none} among the {known} environments that are known here")
}

/// What to do about it.
pub const ASK: &str = "is it another tenant's list, or is the inventory here old? import a list of this tenant's environments of today \
                       first, then this file again";

/// Ids in a sentence: some of them, and how many more.
pub(super) fn ids(all: &[EnvironmentId]) -> String {
    let named: Vec<&str> = all.iter().take(NAMED).map(EnvironmentId::as_str).collect();
    let more = all.len().saturating_sub(named.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", named.join(", "))
}
