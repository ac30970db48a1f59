//! What stands in the way at this moment, said once for the tenant and not in every cell: free capacity (T7), and environments that
//! are occupied (T9).

use crate::domain::eligibility::{Judgement, Verdict, gates, left_disabled};
use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::moment::Moment;
use crate::domain::rule::RuleId;
use crate::domain::slowly::STEP;
use crate::words::{Names, Say, Text};

/// So many occupied environments are named.
const NAMED: usize = 20;

/// What the gates say of the tenant and of each environment by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gates {
    pub capacity: Option<(Judgement, Held)>,
    /// The first environments that are occupied, or perhaps.
    pub occupied: Vec<Busy>,
    /// How many there are: surely, and perhaps.
    pub surely: usize,
    pub perhaps: usize,
}

/// How a gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Open,
    Unknown,
    Shut,
}

/// An environment that is occupied, with what is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    pub id: EnvironmentId,
    pub says: Text,
    /// It surely stops a restore.
    pub shut: bool,
}

fn held(verdict: &Verdict, rule: RuleId) -> Option<(Judgement, Held)> {
    let find = |list: &[Judgement], held| list.iter().find(|j| j.is_of(rule)).map(|j| (j.clone(), held));
    find(&verdict.broken, Held::Shut)
        .or_else(|| find(&verdict.unknown, Held::Unknown))
        .or_else(|| find(&verdict.met, Held::Open))
}

impl Gates {
    /// In steps; `None`: `goes_on`, which is asked after each, stopped it.
    pub async fn slowly(moment: Moment<'_>, mut goes_on: impl AsyncFnMut() -> bool) -> Option<Self> {
        let mut found = Self::default();
        for (n, env) in moment.tenant.living().enumerate() {
            if n % STEP == 0 && !goes_on().await {
                return None;
            }
            let verdict = gates(moment, env, env);
            if found.capacity.is_none() {
                found.capacity = held(&verdict, RuleId::T7);
            }
            if let Some(judgement) = left_disabled(moment.edition, env) {
                found.add(env, &judgement, true);
            }
            if let Some((judgement, held)) = held(&verdict, RuleId::T9).filter(|(_, held)| *held != Held::Open) {
                found.add(env, &judgement, held == Held::Shut);
            }
        }
        Some(found)
    }

    fn add(&mut self, env: &Environment, judgement: &Judgement, shut: bool) {
        *(if shut { &mut self.surely } else { &mut self.perhaps }) += 1;
        if self.occupied.len() < NAMED {
            let says = judgement.says().named(&Names::bare_of(env, env)).sentence();
            self.occupied.push(Busy { id: env.id.clone(), says, shut });
        }
    }

    /// How many are not named.
    pub fn more(&self) -> usize {
        (self.surely + self.perhaps).saturating_sub(self.occupied.len())
    }
}
