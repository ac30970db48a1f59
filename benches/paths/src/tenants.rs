//! Made-up tenants, the same on every machine.

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::environment::{Environment, Key, Kind, Policy, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::tenant::Tenant;

/// How the facts of a tenant are spread.
#[derive(Clone, Copy)]
pub enum Spread {
    /// A simple inventory: kinds, regions and databases; nothing of managed, keys and policies.
    Simple,
    /// Every fact known or not, a handful of keys and policies.
    Mixed,
    /// As mixed, and every other environment has a key of its own: hardly two are alike.
    Distinct,
}

/// For verdicts.
pub fn spread(environments: usize, spread: Spread) -> Tenant {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut pick = move |of: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % of
    };
    let known = |value| Fact::known(value, Origin::Import(0), DateTime::<Utc>::UNIX_EPOCH);
    let mut made = Vec::with_capacity(environments);
    for i in 0..environments {
        let mut env = Environment::new(format!("{i:08x}-0000-4000-8000-000000000000"));
        let kinds = [Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Teams, Kind::Trial];
        let regions = ["unitedstates", "europe", "asia", "japan"];
        env.kind = Fact::known(kinds[pick(5) as usize].clone(), Origin::Import(0), DateTime::<Utc>::UNIX_EPOCH);
        env.region =
            Fact::known(Region::new(regions[pick(4) as usize]), Origin::Import(0), DateTime::<Utc>::UNIX_EPOCH);
        env.dataverse = known(pick(10) > 0);
        if !matches!(spread, Spread::Simple) {
            env.managed = [known(true), known(false), Fact::unknown()][pick(3) as usize].clone();
            let key = |key| Fact::known(key, Origin::Import(0), DateTime::<Utc>::UNIX_EPOCH);
            env.key = match pick(4) {
                0 => key(Key::Customer(Some(format!("key-{}", pick(2))))),
                1 => Fact::unknown(),
                _ => key(Key::Microsoft),
            };
            let policy = Policy { sort: "networkinjection".into(), id: Some(format!("vnet-{}", pick(2))) };
            env.policies = Fact::known(
                (pick(4) == 0).then_some(policy).into_iter().collect(),
                Origin::Import(0),
                DateTime::<Utc>::UNIX_EPOCH,
            );
            if matches!(spread, Spread::Distinct) && i % 2 == 0 {
                env.key = key(Key::Customer(Some(format!("key-{i}"))));
            }
        }
        made.push(env);
    }
    Tenant { environments: made.into(), ..Tenant::default() }
}

/// The moment of all that is asked.
pub fn now() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// For readiness. `own_keys`: every other environment has a key of its own, so that hardly two are alike.
pub fn assessed(environments: usize, own_keys: bool) -> Tenant {
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
