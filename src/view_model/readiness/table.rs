//! Which environments the table of readiness shows, and in which order. A row of it is made when it is shown.

use super::rows::{COLUMNS, Filter, Row, USUAL, row};
use crate::domain::environment::{Environment, Kind, Region};
use crate::domain::order::Order as _;
use crate::domain::readiness::Readiness;
use crate::domain::slowly::STEP;
use crate::domain::tenant::Tenant;
use std::cmp::{Ordering, Reverse};

/// What the order and the filter of the table look at, made once for a tenant that was judged.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The places in [`Readiness::prospects`]: the worst answers first, then what counts most, then by name.
    order: Vec<usize>,
    /// What is searched of each prospect: lower case, its name before all else.
    texts: Vec<String>,
}

impl Table {
    /// In steps; `None`: `goes_on`, which is asked after each, stopped it.
    pub async fn slowly(
        tenant: &Tenant,
        readiness: &Readiness,
        mut goes_on: impl AsyncFnMut() -> bool,
    ) -> Option<Self> {
        let mut texts = Vec::with_capacity(readiness.prospects.len());
        for (n, prospect) in readiness.prospects.iter().enumerate() {
            if n % STEP == 0 && !goes_on().await {
                return None;
            }
            texts.push(tenant.environments.get(prospect.place).map(searched).unwrap_or_default());
        }
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.order_by_cached_key(|n| {
            let (p, text) = (readiness.prospects.get(*n)?, texts.get(*n)?);
            Some((Reverse(p.today), Reverse(p.counts), text.split('\n').next(), &p.environment))
        });
        goes_on().await.then_some(Self { order, texts })
    }

    /// The places of the prospects that a filter keeps, in its order; what stands the same goes by name. Only an order that is not the
    /// usual one needs every row.
    pub fn arranged(&self, tenant: &Tenant, readiness: &Readiness, filter: &Filter) -> Vec<usize> {
        let kept = self.kept(readiness, filter);
        let (key, down) = filter.order();
        let compare = COLUMNS.iter().find(|c| c.key == key).and_then(|c| c.compare);
        let Some(compare) = compare.filter(|_| down || key != USUAL) else { return kept };
        let name = |n: usize| self.texts.get(n).and_then(|text| text.split('\n').next());
        let with_row = |n: usize| Some((n, row(tenant, readiness.prospects.get(n)?)?));
        let mut rows: Vec<(usize, Row)> = kept.into_iter().filter_map(with_row).collect();
        rows.order_by(|(m, a), (n, b)| {
            let by_name: Ordering = name(*m).cmp(&name(*n)).then_with(|| a.id.cmp(&b.id));
            compare(a, b, down).then(by_name)
        });
        rows.into_iter().map(|(n, _)| n).collect()
    }

    /// The places of the prospects that a filter keeps, in the usual order. The troubles of the whole tenant every one has.
    fn kept(&self, readiness: &Readiness, filter: &Filter) -> Vec<usize> {
        let words: Vec<String> = filter.search.split_whitespace().map(str::to_lowercase).collect();
        let (answer, trouble) = (filter.answer(), filter.trouble());
        let whole = trouble.is_some_and(|t| readiness.findings.iter().any(|f| f.whole_tenant && f.trouble == t));
        let keeps = |n: &usize| {
            readiness.prospects.get(*n).zip(self.texts.get(*n)).is_some_and(|(p, text)| {
                answer.is_none_or(|a| p.today == a)
                    && trouble.is_none_or(|t| whole || p.troubles.contains(&t))
                    && words.iter().all(|w| text.contains(w.as_str()))
            })
        };
        self.order.iter().copied().filter(keeps).collect()
    }
}

fn searched(env: &Environment) -> String {
    let kind = env.kind.get().map(Kind::to_string).unwrap_or_default();
    let region = env.region.get().map(Region::to_string).unwrap_or_default();
    let group = env.group.get().and_then(|g| g.as_deref()).unwrap_or("");
    [env.name.as_str(), env.id.as_str(), &kind, &region, group].join("\n").to_lowercase()
}
