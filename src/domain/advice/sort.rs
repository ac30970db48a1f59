//! What the checks of a purpose say, each in its place.

use super::super::restore::{Check, Weight};
use super::super::rule::RuleId;
use super::{AdviceLine, Cause};
use crate::domain::order::Order as _;

/// A line that rests on several rules, or on none.
pub(super) fn line(cause: Cause, rules: &[RuleId]) -> AdviceLine {
    AdviceLine { cause, rules: rules.to_vec(), asks: Vec::new() }
}

pub(super) fn line_of(check: &Check) -> AdviceLine {
    line(Cause::Check(check.clone()), &check.said.rules)
}

/// What the checks of a purpose say, sorted by what it is about. Nothing is left out but R7, which [`super::Way::takes`]
/// says in the edition's own words.
#[derive(Default)]
pub(super) struct Sorted {
    pub recovered: Vec<AdviceLine>,
    pub lost: Vec<AdviceLine>,
    pub overwritten: Vec<AdviceLine>,
    pub costs: Vec<AdviceLine>,
    pub heed: Vec<AdviceLine>,
}

pub(super) fn sort(checks: &[Check]) -> Sorted {
    let mut sorted = Sorted::default();
    for check in checks {
        let list = match (check.rule(), check.weight) {
            (Some(RuleId::R7), _) => continue,
            // That the point may be gone is no loss that the way brings, whatever rule decides it.
            _ if check.doubts_point() => &mut sorted.heed,
            (Some(RuleId::R3), _) => &mut sorted.overwritten,
            (Some(RuleId::R10 | RuleId::R23 | RuleId::R24 | RuleId::K6), _) => &mut sorted.lost,
            (Some(RuleId::R6 | RuleId::R8), _) | (Some(RuleId::R5 | RuleId::R17), Weight::Note) => {
                &mut sorted.recovered
            }
            (Some(RuleId::R9 | RuleId::R11 | RuleId::R15 | RuleId::R16 | RuleId::R25), _) => &mut sorted.costs,
            _ => &mut sorted.heed,
        };
        list.push(line_of(check));
    }
    // The gravest first.
    sorted.heed.order_by_key(|line| line.worse_point().is_none());
    sorted
}
