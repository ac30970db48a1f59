//! Taking the cloud of a tenant from a file and from the addresses of its environments.

use super::super::cloud::{CloudStanding, of_addresses, of_tenant};
use super::super::fact::{Known, Observed, Origin};
use super::super::inventory::Inventory;
use super::super::service::Cloud;
use super::super::tenant::Tenant;
use super::absorb::Import;

/// What a merge does to what is known of the tenant's cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloudNote {
    /// It becomes known.
    Told(Cloud),
    Changed {
        from: Cloud,
        to: Cloud,
    },
    /// The user's answer goes on counting, although the file tells another one.
    AnswerStands {
        answer: Cloud,
        told: Cloud,
    },
    /// The file names `told`, and the addresses speak of others: it is not known.
    Contradicted {
        told: Cloud,
        addresses: Vec<Cloud>,
    },
    /// The addresses speak of several: it is not known.
    Mixed(Vec<Cloud>),
}

/// Observes the cloud in `after`, which has the environments of the file already. `before` is what was known before.
pub(super) fn merge(
    before: &CloudStanding,
    after: &mut Tenant,
    inventory: &Inventory,
    import: &Import,
) -> Option<CloudNote> {
    if let Some(cloud) = inventory.cloud.or_else(|| of_addresses(after).known()) {
        let told = Known { value: cloud, origin: Origin::Import(import.number), since: import.now };
        let answer = after.cloud.get().copied();
        if let Observed::AnswerStands(told) = after.cloud.observe(told) {
            return answer.map(|answer| CloudNote::AnswerStands { answer, told });
        }
    }
    match (before, of_tenant(after)) {
        (before, now) if *before == now => None,
        (_, CloudStanding::Unknown) => None,
        (_, CloudStanding::Mixed(clouds)) => Some(match (after.cloud.get(), of_addresses(after)) {
            (Some(told), CloudStanding::Known(one)) => CloudNote::Contradicted { told: *told, addresses: vec![one] },
            (Some(told), CloudStanding::Mixed(all)) if !all.contains(told) => {
                CloudNote::Contradicted { told: *told, addresses: all }
            }
            _ => CloudNote::Mixed(clouds),
        }),
        (CloudStanding::Known(from), CloudStanding::Known(to)) => Some(CloudNote::Changed { from: *from, to }),
        (_, CloudStanding::Known(cloud)) => Some(CloudNote::Told(cloud)),
    }
}
