//! Environments that an answer means nothing for: they are named, never passed over in silence.

use super::super::environment::Answer;
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::Refusal;

/// How many are named.
const NAMED: usize = 5;

/// Why an answer was not kept for some environments, with their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// K7: a retention setting where nothing is backed up.
    NoDataverse(Vec<String>),
}

impl LeftOut {
    /// What is said beside the others that took the answer.
    pub fn says(&self) -> String {
        let LeftOut::NoDataverse(names) = self;
        format!(
            "The retention setting was not kept for {}: without a Dataverse database nothing is backed up (K7)",
            listed(names)
        )
    }

    /// What is said where none took it.
    pub fn refusal(&self) -> Refusal {
        let LeftOut::NoDataverse(names) = self;
        let has = if names.len() == 1 { "has" } else { "have" };
        Refusal {
            rules: vec![RuleId::K7],
            says: format!("{} {has} no Dataverse database: nothing is backed up, so no retention holds", listed(names)),
            help: "if there is a database after all, correct that first, then answer again".to_string(),
        }
    }
}

fn listed(names: &[String]) -> String {
    let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// The places of those that an answer means something for, and the names of the others.
pub(super) fn takers(tenant: &Tenant, places: Vec<usize>, answer: &Answer) -> (Vec<usize>, Vec<String>) {
    if !matches!(answer, Answer::RetentionSetting(_)) {
        return (places, Vec::new());
    }
    let without = |place: &usize| {
        let env = tenant.environments.get(*place);
        env.filter(|e| e.dataverse.get() == Some(&false)).map(|e| e.name.clone())
    };
    let left_out = places.iter().filter_map(without).collect();
    (places.into_iter().filter(|place| without(place).is_none()).collect(), left_out)
}
