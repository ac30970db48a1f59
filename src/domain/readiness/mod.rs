//! What is wrong with a whole tenant: for each living environment whether it can be brought back today, to when and onto what;
//! what would hurt, ranked, with its mend; and a score that says what moves it.
//!
//! No second rule engine: the answer of each environment is that of [`super::outlook`], as on every other screen. What is decided
//! here is only how those answers add up.
//!
//! How the score adds up: every environment has 100 points, weighted by [`IMPORTANCE`]; each [`Trouble`] takes points from
//! the environments that it touches, by [`WEIGHTS`]. An environment meets at most one trouble of each question (can it come
//! back, onto what, how far back), so that the losses never exceed what is there. What stops every restore takes as much more
//! as holds the score at its cap ([`CAPS`]). What a trouble costs is what it costs now: mending it may bring another to light.
//!
//! Environments that an import of the whole tenant did not list any more are no prospects and no targets; a finding names them.

mod answer;
mod asks;
mod change;
mod headline;
mod judge;
mod weights;

pub use super::outlook::{Back, IMPORTANCE, Importance, OTHERS, Ways, importance};
pub use answer::{Detail, Finding, Prospect, Readiness, Tenths};
pub use change::{Changes, Stood, changes};
pub use headline::{Headline, Rests};
pub use weights::{CAPS, MOST, Trouble, TroubleWeight, WEIGHTS};

use super::environment::EnvironmentId;
use super::outlook::Overview;
use super::slowly::{STEP, at_once};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use std::collections::{BTreeMap, BTreeSet};

/// Judges a tenant under an edition at `now` (UTC).
pub fn assess(moment: Moment<'_>) -> Readiness {
    assess_beside(moment, &BTreeSet::new())
}

/// The same; `planned` are the environments that a plan is at work on, so that administration mode there is no surprise.
pub fn assess_beside(moment: Moment<'_>, planned: &BTreeSet<EnvironmentId>) -> Readiness {
    at_once(assess_slowly(moment, planned, async || ()))
}

/// The same in slices: `between` is waited for after each, so that a page on which it is done stays alive.
pub async fn assess_slowly(
    moment: Moment<'_>,
    planned: &BTreeSet<EnvironmentId>,
    mut between: impl AsyncFnMut(),
) -> Readiness {
    let Moment { edition, now, .. } = moment;
    let overview = Overview::slowly(moment, &mut between).await;
    between().await;
    let unlisted = overview.unlisted.clone();
    let judge = judge::Judge::slowly(edition, &overview, now, planned, &mut between).await;
    let tenant = &*overview.tenant;
    between().await;
    let mut prospects: Vec<Prospect> = Vec::with_capacity(tenant.environments.len());
    for (place, env) in tenant.environments.iter().enumerate() {
        if place % STEP == 0 {
            between().await;
        }
        if env.deleted.is_none() {
            prospects.push(judge.prospect(place, env));
        }
    }
    let all: u64 = prospects.iter().map(|p| u64::from(p.counts)).sum();
    between().await;
    let first = in_order(&overview, &prospects);
    between().await;
    let mut touched: BTreeMap<Trouble, Vec<&Prospect>> = BTreeMap::new();
    for prospect in &first {
        for trouble in &prospect.troubles {
            touched.entry(*trouble).or_default().push(prospect);
        }
    }
    if let Some(trouble) = judge.storage().filter(|_| !prospects.is_empty()) {
        touched.insert(trouble, first);
    }
    let mut findings: Vec<Finding> = Vec::with_capacity(touched.len());
    for (trouble, hit) in touched {
        between().await;
        let count: u64 = hit.iter().map(|p| u64::from(p.counts)).sum();
        findings.push(Finding {
            trouble,
            costs: cost(trouble.weight().points, count, all),
            capped: false,
            whole_tenant: judge::is_of_tenant(trouble),
            asks: judge.asks(trouble, &hit),
            detail: judge.detail(trouble).or_else(|| judge.first_ending(trouble, &hit)),
            environments: hit.iter().map(|p| p.place).collect(),
        });
    }
    findings.extend(no_longer_listed(&overview));
    hold_down(&mut findings);
    findings.order_by_key(|f| (std::cmp::Reverse(f.costs), std::cmp::Reverse(f.weight().points), f.trouble));
    let lost: u32 = findings.iter().map(|f| f.costs.0).sum();
    let score = (all > 0).then(|| Tenths(1000u32.saturating_sub(lost)));
    Readiness { score, findings, prospects, unlisted }
}

/// In the order in which a finding has them: those that count most first, then by name.
fn in_order<'a>(overview: &Overview<'_>, prospects: &'a [Prospect]) -> Vec<&'a Prospect> {
    let mut by_name: Vec<Option<&Prospect>> = vec![None; overview.tenant.environments.len()];
    for prospect in prospects {
        by_name.get_mut(overview.by_name(prospect.place)).into_iter().for_each(|slot| *slot = Some(prospect));
    }
    let mut first: Vec<&Prospect> = by_name.into_iter().flatten().collect();
    first.order_by_key(|p| std::cmp::Reverse(p.counts));
    first
}

/// The share of the points that is lost, rounded up to tenths: what is wrong never costs nothing.
fn cost(points: u32, hit: u64, all: u64) -> Tenths {
    let exact = (10 * u64::from(points) * hit).div_ceil(all.max(1));
    Tenths(u32::try_from(exact).unwrap_or(u32::MAX))
}

fn no_longer_listed(overview: &Overview<'_>) -> Option<Finding> {
    let unlisted = &overview.unlisted;
    let since = unlisted.iter().map(|(_, since)| *since).min()?;
    let mut environments: Vec<usize> = unlisted.iter().map(|(place, _)| *place).collect();
    environments.order_by_key(|place| overview.by_name(*place));
    Some(Finding {
        trouble: Trouble::NoLongerListed,
        costs: Tenths(0),
        capped: false,
        whole_tenant: false,
        environments,
        asks: Vec::new(),
        detail: Some(Detail::Unlisted { since, one: unlisted.len() == 1 }),
    })
}

/// What stops every restore costs as much as holds the score at its cap, so that it never says more than the answers do.
fn hold_down(findings: &mut [Finding]) {
    let lost: u32 = findings.iter().map(|f| f.costs.0).sum();
    let Some((finding, most)) = findings.iter_mut().find_map(|f| f.trouble.cap().map(|most| (f, most))) else {
        return;
    };
    let more = 1000u32.saturating_sub(lost).saturating_sub(most.saturating_mul(10));
    // Where nothing counts there is no score to hold down.
    if more > 0 && finding.costs.0 > 0 {
        finding.costs.0 += more;
        finding.capped = true;
    }
}
