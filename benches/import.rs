//! Importing an admin REST list of 10,000 environments (about 29 MB), beside parsing the same bytes into `serde_json::Value`,
//! and merging it into an empty tenant and again into the result.
//!
//! Run it with `cargo bench --no-default-features --bench import`.

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{Criterion, Throughput, black_box, criterion_group, criterion_main};
use restore_desk::domain::merge::{merge, preview};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::read;
use std::time::Duration;

#[path = "paths/src/list.rs"]
mod list;

const ENVIRONMENTS: usize = 10_000;

fn bench(c: &mut Criterion) {
    let now = DateTime::<Utc>::from_timestamp(1_764_000_000, 0).unwrap();
    let text = list::list(ENVIRONMENTS);
    let inventory = read("bench.json", text.as_bytes(), now, |_| 0).inventory.unwrap();
    assert_eq!(inventory.environments.len(), ENVIRONMENTS);
    let tenant = merge(&Tenant::default(), &inventory, now);
    let later = now + TimeDelta::days(1);

    let mut group = c.benchmark_group("import 10,000 environments");
    group.sample_size(10).measurement_time(Duration::from_secs(8)).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read into an inventory", |b| {
        b.iter(|| black_box(read("bench.json", text.as_bytes(), now, |_| 0)))
    });
    group.bench_function("baseline: serde_json::Value", |b| {
        b.iter(|| black_box(serde_json::from_slice::<serde_json::Value>(text.as_bytes()).unwrap()))
    });
    group.bench_function("merge into an empty tenant", |b| {
        b.iter(|| black_box(merge(&Tenant::default(), &inventory, now)))
    });
    group.bench_function("preview of the same again", |b| b.iter(|| black_box(preview(&tenant, &inventory, later))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
