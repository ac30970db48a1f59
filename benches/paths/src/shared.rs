//! The hottest paths of the core, each with an input of any size: counted by `main.rs`, timed as WebAssembly through `lib.rs`.

use crate::list::list;
use crate::tenants::{Spread, assessed, now, spread};
use restore_desk::domain::compare::compare;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{CountedPairs, Counts, Standings, matrix, standings};
use restore_desk::domain::environment::Key;
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::readiness::assess;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::read;
use restore_desk::view_model::rows::rows;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many sources are judged pair by pair; all of them would take minutes.
pub const SAMPLED: usize = 20;

/// How many keys were given.
static KEYS: AtomicUsize = AtomicUsize::new(0);

/// The paths by name, as they are asked for.
pub const NAMES: [&str; 11] = [
    "verdicts",
    "verdicts, distinct keys",
    "readiness",
    "readiness, distinct keys",
    "rows",
    "editions",
    "one fact",
    "one fact, distinct keys",
    "pairs",
    "pairs, distinct keys",
    "reading",
];

pub enum Input {
    Tenant(Box<Tenant>),
    /// With its pairs, counted.
    Counted(Box<(Tenant, CountedPairs)>),
    Text(String),
}

/// What a path is given.
pub fn prepare(name: &str, environments: usize) -> Input {
    match name {
        "verdicts, distinct keys" | "pairs, distinct keys" => {
            Input::Tenant(Box::new(spread(environments, Spread::Distinct)))
        }
        "readiness" | "rows" => Input::Tenant(Box::new(assessed(environments, false))),
        "readiness, distinct keys" => Input::Tenant(Box::new(assessed(environments, true))),
        "one fact" | "one fact, distinct keys" => {
            let spread_as = if name == "one fact" { Spread::Mixed } else { Spread::Distinct };
            let tenant = spread(environments, spread_as);
            let counted = CountedPairs::new(newest(), &tenant);
            Input::Counted(Box::new((tenant, counted)))
        }
        "reading" => Input::Text(list(environments)),
        _ => Input::Tenant(Box::new(spread(environments, Spread::Mixed))),
    }
}

fn newest() -> &'static Edition {
    EDITIONS[EDITIONS.len() - 1]
}

fn verdicts(tenant: &Tenant) -> usize {
    // As the pages ask for them: every pair is counted, and every reason of every one can be asked for.
    let totals = black_box(matrix(newest(), tenant).totals(Standings::outcome));
    totals.of_source.into_iter().map(Counts::all).sum()
}

/// Walks a path once. What it answers is there so that nothing is left out as unused.
#[inline(never)]
pub fn counted(name: &str, input: &mut Input) -> usize {
    let edition = newest();
    match (name, input) {
        ("reading", Input::Text(text)) => {
            read("environments.json", text.as_bytes(), now(), |_| 0).inventory.map_or(0, |i| i.environments.len())
        }
        ("readiness" | "readiness, distinct keys", Input::Tenant(tenant)) => {
            black_box(assess(Moment::new(EDITIONS[0], tenant, now())));
            tenant.environments.len()
        }
        ("rows", Input::Tenant(tenant)) => black_box(rows(edition, tenant, now())).len(),
        ("editions", Input::Tenant(tenant)) => compare(EDITIONS[0], edition, tenant, now()).tallies.len(),
        (_, Input::Counted(counted)) => {
            let (tenant, counted) = &mut **counted;
            let at = tenant.environments.len() / 2;
            if name == "one fact, distinct keys"
                && let Some(env) = tenant.environments.get_mut(at)
            {
                // One that nobody has had.
                let key = Key::Customer(Some(format!("another key {}", KEYS.fetch_add(1, Ordering::Relaxed))));
                env.key = Fact::known(key, Origin::Import(0), now());
            } else if let Some(env) = tenant.environments.get_mut(at) {
                let other = env.managed.get() != Some(&true);
                env.managed = Fact::known(other, Origin::Import(0), now());
            }
            *counted = counted.onward(edition, tenant);
            counted.totals.by_class().map(|(of_source, _)| of_source.all()).sum()
        }
        ("pairs" | "pairs, distinct keys", Input::Tenant(tenant)) => {
            let step = (tenant.environments.len() / SAMPLED).max(1);
            for source in tenant.environments.iter().step_by(step) {
                for target in &tenant.environments {
                    black_box(standings(edition, source, target));
                }
            }
            tenant.environments.len()
        }
        (_, Input::Tenant(tenant)) => verdicts(tenant),
        (_, Input::Text(text)) => text.len(),
    }
}
