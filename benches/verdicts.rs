//! All verdicts of a tenant of 10,000 environments, by classes of equal facts, beside judging pair by pair in the same run.
//!
//! Run it with `cargo bench --no-default-features --bench verdicts`. The last lines are the ratios; pair by pair is measured
//! on a sample of the sources and scaled up, since all 100 million pairs would take minutes.

use chrono::{DateTime, Utc};
use criterion::{Criterion, black_box};
use restore_desk::domain::compare::compare;
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::eligibility::{Counts, Matrix, Standings, judge, matrix, standings};
use restore_desk::domain::environment::Environment;
use restore_desk::domain::tenant::Tenant;
use std::time::{Duration, Instant};

#[path = "paths/src/tenants.rs"]
#[allow(dead_code)]
mod tenants;
use tenants::{Spread, spread};

const ENVIRONMENTS: usize = 10_000;
const SAMPLED_SOURCES: usize = 20;

/// Every pair, counted by how it stands; every reason of every one can be asked for.
fn all_verdicts(matrix: &Matrix) -> usize {
    black_box(matrix.totals(Standings::outcome)).of_source.into_iter().map(Counts::all).sum()
}

/// The baseline: every pair of a sample of the sources on its own.
fn pair_by_pair<V>(tenant: &Tenant, judge: impl Fn(&Environment, &Environment) -> V) {
    for source in tenant.environments.iter().step_by(ENVIRONMENTS / SAMPLED_SOURCES) {
        for target in &tenant.environments {
            black_box(judge(source, target));
        }
    }
}

fn timed<T>(mut work: impl FnMut() -> T) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn main() {
    // `cargo test --all-targets` runs this too, without the flag: there is nothing to test here, and a lot to wait for.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let edition = EDITIONS[EDITIONS.len() - 1];
    let mut lines = Vec::new();
    for (name, sort) in [("simple", Spread::Simple), ("mixed", Spread::Mixed), ("distinct", Spread::Distinct)] {
        let tenant = spread(ENVIRONMENTS, sort);
        let mut group = criterion.benchmark_group(name);
        group.bench_function("group", |b| b.iter(|| matrix(edition, &tenant)));
        group.bench_function("all verdicts", |b| b.iter(|| all_verdicts(&matrix(edition, &tenant))));
        if !matches!(sort, Spread::Distinct) {
            group.bench_function("compare two editions", |b| {
                b.iter(|| compare(EDITIONS[0], edition, &tenant, DateTime::<Utc>::UNIX_EPOCH));
            });
        }
        let grouped = matrix(edition, &tenant);
        group.bench_function("one row", |b| b.iter(|| grouped.targets_of(black_box(7))));
        group.finish();

        let fast = timed(|| all_verdicts(&matrix(edition, &tenant)));
        let scale = u32::try_from(ENVIRONMENTS / SAMPLED_SOURCES).unwrap_or(1);
        let bare = timed(|| pair_by_pair(&tenant, |s, t| standings(edition, s, t))) * scale;
        let worded = timed(|| pair_by_pair(&tenant, |s, t| judge(edition, s, t))) * scale;
        let (fast, bare, worded) = (fast.as_secs_f64(), bare.as_secs_f64(), worded.as_secs_f64());
        lines.push(format!(
            "{name}: {ENVIRONMENTS} environments in {} classes: all verdicts {:.2} ms; pair by pair (scaled from {SAMPLED_SOURCES} sources) {:.0} ms without words, ratio {:.0}, {:.0} ms with words, ratio {:.0}",
            grouped.classes(),
            fast * 1e3,
            bare * 1e3,
            bare / fast,
            worded * 1e3,
            worded / fast
        ));
    }
    criterion.final_summary();
    println!("\n{}", lines.join("\n"));
}
