//! Why many targets are refused, in a line for all of them.

use crate::domain::rule::RuleId;

/// Such as `3 are in another region`, for `count` targets that a rule refuses first; `None`: it is no rule of a pair.
pub fn refused(rule: Option<RuleId>, count: usize) -> String {
    let are = if count == 1 { "is" } else { "are" };
    let differ = if count == 1 { "differs" } else { "differ" };
    let have = if count == 1 { "has" } else { "have" };
    match rule {
        Some(RuleId::T1) => format!("{count} {are} of a kind that cannot be its target"),
        Some(RuleId::T2) => format!("{count} {are} in another region"),
        Some(RuleId::T3) => format!("{count} {differ} in whether there is a Dataverse database"),
        Some(RuleId::T4) => format!("{count} {differ} in whether it is a Managed Environment"),
        Some(RuleId::T5) => format!("{count} {have} another encryption key"),
        Some(RuleId::T6) => format!("{count} {have} other policies"),
        Some(RuleId::T8) => format!("{count} {are} the source itself, and Production"),
        Some(RuleId::R16) => format!("{count} cannot be reached through Sandbox and back"),
        _ => format!("{count} {are} refused for another reason"),
    }
}
