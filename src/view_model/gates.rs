//! What stands in the way at this moment, said once for the tenant and not in every cell: free capacity (T7), and environments that
//! are occupied (T9).

use crate::domain::eligibility::{Judgement, Standing, Verdict, gates, left_disabled};
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
    pub capacity: Option<(Judgement, Standing)>,
    /// The first environments that are occupied, or perhaps.
    pub occupied: Vec<Busy>,
    /// How many there are: surely, and perhaps.
    pub surely: usize,
    pub perhaps: usize,
}

/// An environment that is occupied, with what is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Busy {
    pub id: EnvironmentId,
    pub says: Text,
    /// It surely stops a restore.
    pub shut: bool,
}

/// The gate of a rule: what is said of it, and how it stands.
fn gate(verdict: &Verdict, rule: RuleId) -> Option<(Judgement, Standing)> {
    let stands =
        [(&verdict.broken, Standing::Broken), (&verdict.unknown, Standing::Unknown), (&verdict.met, Standing::Met)];
    stands.into_iter().find_map(|(list, standing)| Some((list.iter().find(|j| j.is_of(rule))?.clone(), standing)))
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
                found.capacity = gate(&verdict, RuleId::T7);
            }
            if let Some(judgement) = left_disabled(moment.edition, env) {
                found.add(env, &judgement, true);
            }
            if let Some((judgement, stands)) = gate(&verdict, RuleId::T9).filter(|(_, stands)| *stands != Standing::Met)
            {
                found.add(env, &judgement, stands == Standing::Broken);
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
