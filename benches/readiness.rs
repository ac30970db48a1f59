//! Judging whole tenants of 2,000 and 10,000 environments, beside the matrix of pairs alone in the same run.
//!
//! Run it with `cargo bench --no-default-features --bench readiness`. The last lines are the times and the ratios.

use criterion::{Criterion, black_box};
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::eligibility::{Standings, matrix};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::readiness::assess;
use restore_desk::domain::retention::window;
use std::time::{Duration, Instant};

#[path = "paths/src/tenants.rs"]
#[allow(dead_code)]
mod tenants;
use tenants::{assessed, now};

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
    let edition = EDITIONS[0];
    let mut lines = Vec::new();
    for (count, own_keys) in [(2_000, false), (10_000, false), (2_000, true), (10_000, true)] {
        let tenant = assessed(count, own_keys);
        let name = format!("{count}{}", if own_keys { ", half with keys of their own" } else { "" });
        criterion.bench_function(&name, |b| b.iter(|| assess(Moment::new(edition, &tenant, now()))));
        let whole = timed(|| assess(Moment::new(edition, &tenant, now())));
        let pairs = timed(|| matrix(edition, &tenant).totals(Standings::outcome).of_source.len());
        let windows =
            timed(|| tenant.environments.iter().filter(|e| window(edition, e, now()).possible_from.is_some()).count());
        let ms = |d: Duration| d.as_secs_f64() * 1e3;
        lines.push(format!(
            "{name}: assessed in {:.1} ms; the matrix alone {:.1} ms (ratio {:.1}); the windows alone {:.1} ms (ratio {:.1})",
            ms(whole),
            ms(pairs),
            ms(whole) / ms(pairs),
            ms(windows),
            ms(whole) / ms(windows)
        ));
    }
    criterion.final_summary();
    println!("\n{}", lines.join("\n"));
}
