//! What is said of a fact: its names, its questions, why it matters. One place for each.

use crate::domain::eligibility::Brings;
use crate::domain::environment::{Answer, FactKey};
use crate::domain::rule::RuleId;
use crate::words::grammar::thousands;

/// The words of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactWords {
    /// What it is called: "creation time".
    pub noun: &'static str,
    /// The same in a tag, such as the `D365` of `? D365`.
    pub tag: &'static str,
    /// As what is not known of an environment: "when it was created".
    pub clause: &'static str,
    /// The question about one environment.
    pub asks_one: &'static str,
    /// The question about several.
    pub asks_many: &'static str,
    /// Why it matters, as a sentence.
    pub why: &'static str,
    /// The rules that ask for it.
    pub rules: &'static [RuleId],
}

/// How many pairs each answer would settle: "Yes: 8 more pairs. No: no more pairs." Empty where no answer is counted.
pub fn brings(all: &[Brings]) -> String {
    let one = |told: &Brings| {
        let answer = match &told.answer {
            Answer::Dataverse(true) | Answer::Dynamics(true) | Answer::Managed(true) => "Yes",
            _ => "No",
        };
        let pairs = |n: usize, more: &str| format!("{}{more} {}", thousands(n), if n == 1 { "pair" } else { "pairs" });
        let more = match told.after.eligible.saturating_sub(told.before.eligible) {
            0 => "no more pairs".to_string(),
            n => pairs(n, " more"),
        };
        let open = match told.after.unknown {
            0 => String::new(),
            n => format!(", {} still not known", pairs(n, "")),
        };
        format!("{answer}: {more}{open}.")
    };
    all.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The facts, in the order in which to ask for them.
pub const IN_ORDER: [FactKey; 10] = [
    FactKey::Deleted,
    FactKey::Kind,
    FactKey::Dataverse,
    FactKey::Region,
    FactKey::Dynamics,
    FactKey::Managed,
    FactKey::Key,
    FactKey::Policies,
    FactKey::RetentionSetting,
    FactKey::Created,
];

/// The words of a fact.
pub const fn of(fact: FactKey) -> FactWords {
    match fact {
        FactKey::Kind => FactWords {
            noun: "kind",
            tag: "kind",
            clause: "its kind",
            asks_one: "What kind of environment is it?",
            asks_many: "What kind of environments are they?",
            why: "Decides how long backups are kept and what may be restored to what.",
            rules: &[RuleId::K1, RuleId::T1],
        },
        FactKey::Region => FactWords {
            noun: "region",
            tag: "region",
            clause: "its region",
            asks_one: "In which region is it?",
            asks_many: "In which region are they?",
            why: "A restore never crosses regions.",
            rules: &[RuleId::T2],
        },
        FactKey::Dataverse => FactWords {
            noun: "Dataverse",
            tag: "Dataverse",
            clause: "whether it has Dataverse",
            asks_one: "Does it have a Dataverse database?",
            asks_many: "Do they have a Dataverse database?",
            why: "Without Dataverse there are no backups.",
            rules: &[RuleId::K7, RuleId::T3],
        },
        FactKey::Dynamics => FactWords {
            noun: "Dynamics 365 apps",
            tag: "D365",
            clause: "whether it has Dynamics 365 apps",
            asks_one: "Does it have Dynamics 365 apps?",
            asks_many: "Do they have Dynamics 365 apps?",
            why: "Decides how long a Production environment keeps its backups.",
            rules: &[RuleId::K1],
        },
        FactKey::Managed => FactWords {
            noun: "managed",
            tag: "managed",
            clause: "whether it is managed",
            asks_one: "Is it a Managed Environment?",
            asks_many: "Are they Managed Environments?",
            why: "Source and target must agree, and it decides whether retention can be set.",
            rules: &[RuleId::T4, RuleId::K1],
        },
        FactKey::Key => FactWords {
            noun: "encryption key",
            tag: "key",
            clause: "its encryption key",
            asks_one: "Does it have a customer-managed encryption key?",
            asks_many: "Do they have a customer-managed encryption key?",
            why: "A source with a customer-managed key needs a target with one. That no list names a key is no answer: are there none?",
            rules: &[RuleId::T5],
        },
        FactKey::Policies => FactWords {
            noun: "enterprise policies",
            tag: "policies",
            clause: "its enterprise policies",
            asks_one: "Are enterprise policies linked to it?",
            asks_many: "Are enterprise policies linked to them?",
            why: "Policies of the source must be on the target too. That no list names a policy is no answer: are there none?",
            rules: &[RuleId::T6],
        },
        FactKey::RetentionSetting => FactWords {
            noun: "retention setting",
            tag: "setting",
            clause: "its retention setting",
            asks_one: "What is the backup retention set to?",
            asks_many: "What is the backup retention set to?",
            why: "Decides how far back a managed Production environment reaches.",
            rules: &[RuleId::K2, RuleId::K3],
        },
        FactKey::Created => FactWords {
            noun: "creation time",
            tag: "created",
            clause: "when it was created",
            asks_one: "When was it created?",
            asks_many: "When were they created?",
            why: "Nothing can be restored from before it.",
            rules: &[RuleId::K8],
        },
        FactKey::Deleted => FactWords {
            noun: "time of deletion",
            tag: "deleted when",
            clause: "when it was deleted",
            asks_one: "When was it deleted?",
            asks_many: "When were they deleted?",
            why: "Decides until when it can be recovered, and the days run.",
            rules: &[RuleId::X1],
        },
    }
}

impl FactWords {
    /// The question about one environment, or about several.
    pub const fn question(&self, several: bool) -> &'static str {
        if several { self.asks_many } else { self.asks_one }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_asked_for_once() {
        let mut all = IN_ORDER.to_vec();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), IN_ORDER.len());
        // A fact that is added stands in the order too: its words need a place there.
        let count = |fact: FactKey| IN_ORDER.iter().filter(|f| **f == fact).count();
        assert!(FactKey::ALL.into_iter().all(|fact| count(fact) == 1));
    }
}
