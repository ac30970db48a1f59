//! Which environments the table of readiness shows, and in which order. A row of it is made when it is shown.

use super::ANSWERS;
use crate::domain::environment::{Environment, Kind, Region};
use crate::domain::order::Order as _;
use crate::domain::readiness::{Back, Readiness, Trouble};
use crate::domain::slowly::STEP;
use crate::domain::tenant::Tenant;
use std::cmp::Reverse;

/// What narrows the table down, as the address has it; a value that is not known filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub search: String,
    /// The word of an answer, see [`ANSWERS`].
    pub only: String,
    /// The word of a trouble.
    pub finding: String,
}

impl Filter {
    pub fn answer(&self) -> Option<Back> {
        ANSWERS.iter().find(|(_, word)| *word == self.only).map(|(back, _)| *back)
    }

    pub fn trouble(&self) -> Option<Trouble> {
        Trouble::read(&self.finding)
    }

    pub fn narrows(&self) -> bool {
        !self.search.trim().is_empty() || self.answer().is_some() || self.trouble().is_some()
    }
}

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

    /// The places of the prospects that a filter keeps, in the order of the table. The troubles of the whole tenant every one has.
    pub fn kept(&self, readiness: &Readiness, filter: &Filter) -> Vec<usize> {
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
