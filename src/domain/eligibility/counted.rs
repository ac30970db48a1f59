//! The pairs of a whole tenant, counted, and counted on from one state of the tenant to the next: where one fact of ten thousand environments
//! changes, nearly all counts stay.

use super::super::edition::Edition;
use super::super::environments::Environments;
use super::super::slowly::at_once;
use super::super::tenant::Tenant;
use super::matrix::{Matrix, matrix};
use super::standings::Standings;
use super::totals::Totals;

/// So many environments that are not what they were are counted on one by one; where there are more, all is counted anew.
const FEW: usize = 16;

/// A class that all environments left stays, so that all is counted anew now and then.
const STEPS: usize = 256;

/// The matrix of a tenant with its [`Totals`].
///
/// Invariant: however it came about, it answers as one that was counted at once does; its classes may have other numbers.
#[derive(Clone, Debug)]
pub struct CountedPairs {
    pub matrix: Matrix,
    pub totals: Totals,
    environments: Environments,
    /// How often it was counted on since it was counted at once.
    steps: usize,
}

impl CountedPairs {
    /// In one go.
    pub fn new(edition: &Edition, tenant: &Tenant) -> Self {
        Self::at_once(edition, tenant, None)
    }

    /// In one go, on from what was counted before.
    pub fn onward(&self, edition: &Edition, tenant: &Tenant) -> Self {
        Self::at_once(edition, tenant, Some(self))
    }

    fn at_once(edition: &Edition, tenant: &Tenant, before: Option<&Self>) -> Self {
        at_once(Self::slowly(edition, tenant, before, &mut async || true)).unwrap_or_else(|| Self {
            matrix: matrix(edition, &Tenant::default()),
            totals: Totals::default(),
            environments: Environments::default(),
            steps: 0,
        })
    }

    /// In steps, on from what was counted before where that is possible. `None`: `goes_on`, which is asked after each, stopped it.
    pub async fn slowly(
        edition: &Edition,
        tenant: &Tenant,
        before: Option<&Self>,
        goes_on: &mut impl AsyncFnMut() -> bool,
    ) -> Option<Self> {
        if let Some((before, changed)) = before.and_then(|before| Some((before, before.changed(edition, tenant)?))) {
            return before.counted_on(tenant, &changed, goes_on).await;
        }
        let matrix = matrix(edition, tenant);
        if !goes_on().await {
            return None;
        }
        let totals = matrix.totals_slowly(Standings::outcome, goes_on).await?;
        Some(Self { matrix, totals, environments: tenant.environments.clone(), steps: 0 })
    }

    /// The places of the environments that are not what they were; `None`: it has to be counted anew. Where the service listed the candidates of
    /// an environment (T10), what is true of a pair depends on more than two classes.
    fn changed(&self, edition: &Edition, tenant: &Tenant) -> Option<Vec<usize>> {
        let changed = tenant.environments.changed_since(&self.environments, FEW)?;
        let has_list = |place: &usize| tenant.environments.get(*place).is_some_and(|env| env.candidates.is_some());
        let anew = self.matrix.has_lists()
            || changed.iter().any(has_list)
            || self.matrix.edition() != edition
            || self.steps == STEPS;
        (!anew).then_some(changed)
    }

    async fn counted_on(
        &self,
        tenant: &Tenant,
        changed: &[usize],
        goes_on: &mut impl AsyncFnMut() -> bool,
    ) -> Option<Self> {
        let mut counted = Self { environments: tenant.environments.clone(), steps: self.steps + 1, ..self.clone() };
        for (place, env) in changed.iter().filter_map(|place| Some((*place, tenant.environments.get(*place)?))) {
            if !goes_on().await {
                return None;
            }
            counted.matrix.put(place, env, |matrix, class, moved| counted.totals.follow(matrix, class, moved));
        }
        Some(counted)
    }
}
