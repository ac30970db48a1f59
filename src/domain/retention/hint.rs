//! What a period that the service printed hints at (K16). A hint stands beside a question; it is never a fact.

use super::super::environment::{Environment, Kind};
use super::super::fact::Origin;

/// What the printed period of a Production environment that is not managed hints at. Days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Only Dynamics 365 apps give such a period there (editions of 2024 and 2025).
    Dynamics { days: u32 },
    /// It was probably set while the environment was managed.
    WasManaged { days: u32 },
}

/// What the printed period hints at (K16); `None` where it hints at nothing, or Dynamics 365 apps are known.
pub fn hint(env: &Environment) -> Option<Hint> {
    let asked = env.kind.get() == Some(&Kind::Production) && env.managed.get() == Some(&false);
    if !asked || !env.dynamics.is_unknown() {
        return None;
    }
    let printed = env.reading.and_then(|r| r.offered.from.and(r.offered.period_days));
    // Only what the service itself printed; an answer is none.
    let stored = env.retention_setting.entry().filter(|known| matches!(known.origin, Origin::Import(_)));
    match printed.or(stored.map(|known| known.value))? {
        days @ 28 => Some(Hint::Dynamics { days }),
        days @ (14 | 21) => Some(Hint::WasManaged { days }),
        _ => None,
    }
}
