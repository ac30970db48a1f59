//! How many cases a law is tried on. A normal run tries the same cases each time (the seed stands in `.cargo/config.toml`), so that it says the same of the same code everywhere;
//! `LAWS=20` tries twenty times as many, and others each time.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

pub fn cases(normally: u32) -> ProptestConfig {
    let times =
        std::env::var("LAWS").ok().map(|n| n.parse::<u32>().unwrap_or_else(|_| panic!("LAWS={n} is no number")));
    ProptestConfig {
        cases: normally.saturating_mul(times.unwrap_or(1)),
        rng_seed: if times.is_some() { RngSeed::Random } else { ProptestConfig::default().rng_seed },
        max_global_rejects: 1024_u32.saturating_mul(times.unwrap_or(1)),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}
