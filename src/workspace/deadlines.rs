//! What ends next, for the whole tenant: what the rules let end, and the deadlines of plans that are not finished.

use super::wizard::review::progress;
use super::{SavedPlan, Workspace};
use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::life::{Turn, Upcoming, upcoming};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::rule::RuleId;
use crate::domain::slowly::{at_once, parts};
use crate::domain::tenant::Tenant;
use crate::text;
use crate::words::{Piece, Say, Text};
use chrono::{DateTime, Utc};
use fnv::FnvHasher;
use std::collections::HashMap;
use std::hash::Hasher;

/// Something that ends, or a time of waiting that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// UTC.
    pub at: DateTime<Utc>,
    /// A clause with names; a capital first.
    pub says: Text,
    /// The same in a few words, to stand after the name of what it belongs to.
    pub brief: Text,
    pub rules: Vec<RuleId>,
    pub of: Of,
    /// Something is lost then; else something may be counted on, or done, from then on.
    pub loses: bool,
}

/// What a deadline belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    Environment(EnvironmentId),
    /// A plan, by its number.
    Plan(u32),
}

/// Everything that ends after `now` (UTC), soonest first. What only becomes ready or grows by itself is no deadline.
pub fn deadlines(workspace: &Workspace, edition: &Edition, now: DateTime<Utc>) -> Vec<Due> {
    at_once(deadlines_slowly(&workspace.tenant, &workspace.plans, edition, now, async || true)).unwrap_or_default()
}

/// The same in steps, of a tenant and its plans; `None`: `goes_on`, which is asked after each, stopped it.
pub async fn deadlines_slowly(
    tenant: &Tenant,
    plans: &[SavedPlan],
    edition: &Edition,
    now: DateTime<Utc>,
    mut goes_on: impl AsyncFnMut() -> bool,
) -> Option<Vec<Due>> {
    let mut turns: Vec<Upcoming> = Vec::new();
    for part in parts(tenant) {
        turns.extend(upcoming(Moment::new(edition, &part, now)).into_iter().filter(|u| u.turn != Turn::Grows));
        if !goes_on().await {
            return None;
        }
    }
    // As [`upcoming`] has them of all at once.
    turns.order_by(|a, b| a.at.cmp(&b.at).then_with(|| a.environment.id.cmp(&b.environment.id)));
    let by_rule = turns.into_iter().map(|u| Due {
        at: u.at,
        loses: u.is_loss(),
        says: u.says().capital(),
        brief: u.brief(),
        rules: u.said.rules,
        of: Of::Environment(u.environment.id),
    });
    let unfinished = plans.iter().filter(|saved| {
        let (done, all) = progress(saved);
        done < all
    });
    let of_plans = unfinished.flat_map(|saved| {
        let to_come = saved.ahead(now);
        to_come.map(|d| Due {
            at: d.at,
            says: text!("Plan ", Piece::Name(saved.plan.title().to_string()), ": ", saved.plan.deadline_text(d)),
            brief: saved.plan.deadline_title(d),
            rules: d.rules.clone(),
            of: Of::Plan(saved.number),
            // That a manual backup is ready is the one thing in a plan that is good news.
            loses: !d.rules.contains(&RuleId::M8),
        })
    });
    let mut all: Vec<Due> = by_rule.chain(of_plans).collect();
    // Stable: at one instant those of the tenant come first.
    all.order_by_key(|d| d.at);
    Some(all)
}

/// A name for each deadline that stays the same when its time moves, so that a calendar replaces what it has: made of what it
/// belongs to and what it says, and of its place among those that say the same.
pub fn uids(all: &[Due]) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    all.iter()
        .map(|due| {
            let of = match &due.of {
                Of::Environment(id) => format!("environment {}", id.as_str().to_ascii_lowercase()),
                Of::Plan(number) => format!("plan {number}"),
            };
            let hash = fnv1a(&format!("{of}: {}", due.says));
            let nth = seen.entry(hash).or_insert(0);
            *nth += 1;
            format!("{hash:016x}-{nth}@restore-desk")
        })
        .collect()
}

/// The same in every build. Whoever makes two texts collide confuses their own calendar only.
fn fnv1a(text: &str) -> u64 {
    let mut hash = FnvHasher::default();
    hash.write(text.as_bytes());
    hash.finish()
}
