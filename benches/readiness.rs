//! Judging whole tenants of 2,000 and 10,000 environments, beside the matrix of pairs alone in the same run.
//!
//! Run it with `cargo bench --no-default-features --bench readiness`. The last lines are the times and the ratios.

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{Criterion, black_box};
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::eligibility::matrix;
use restore_desk::domain::environment::{Environment, Key, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::readiness::assess;
use restore_desk::domain::retention::window;
use restore_desk::domain::tenant::Tenant;
use std::time::{Duration, Instant};

fn now() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// `own_keys`: every other environment has a key of its own, so that hardly two are alike.
fn tenant(environments: usize, own_keys: bool) -> Tenant {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut pick = move |of: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % of
    };
    fn known<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Import(0), now())
    }
    let kinds = [Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Teams, Kind::Trial];
    let regions = ["unitedstates", "europe", "asia", "japan"];
    let environments = (0..environments)
        .map(|i| {
            let mut env = Environment::new(format!("{i:08x}-0000-4000-8000-000000000000"));
            env.name = format!("Plant {i}");
            env.kind = known(kinds[pick(5) as usize].clone());
            env.region = known(Region::new(regions[pick(4) as usize]));
            env.dataverse = known(pick(10) > 0);
            env.managed = [known(true), known(false), Fact::unknown()][pick(3) as usize].clone();
            env.dynamics = [known(true), known(false), Fact::unknown()][pick(3) as usize].clone();
            env.retention_setting = known([7, 28][pick(2) as usize]);
            env.created = known(now() - TimeDelta::days(400));
            env.policies = known(Default::default());
            let own = own_keys && i % 2 == 0;
            env.key = known(if own { Key::Customer(Some(format!("key-{i}"))) } else { Key::Microsoft });
            env
        })
        .collect();
    Tenant { environments, ..Tenant::default() }
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
    let edition = EDITIONS[0];
    let mut lines = Vec::new();
    for (count, own_keys) in [(2_000, false), (10_000, false), (2_000, true), (10_000, true)] {
        let tenant = tenant(count, own_keys);
        let name = format!("{count}{}", if own_keys { ", half with keys of their own" } else { "" });
        criterion.bench_function(&name, |b| b.iter(|| assess(Moment::new(edition, &tenant, now()))));
        let whole = timed(|| assess(Moment::new(edition, &tenant, now())));
        let pairs = timed(|| matrix(edition, &tenant).verdicts().map(|v| v.pairs).sum::<usize>());
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
