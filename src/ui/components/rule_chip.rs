//! What stands around a rule's chip: several chips, reasons with their chips, what the other editions say.

use super::{RuleChip, SaysText};
use crate::domain::edition::{Basis, Edition};
use crate::domain::rule::RuleId;
use crate::domain::said::Said;
use crate::ui::prelude::*;
use crate::words::Say;

/// Several chips in a row.
#[component]
pub fn RuleChips(rules: Vec<RuleId>) -> impl IntoView {
    view! { <span class="rule-chips">{rules.into_iter().map(|rule| view! { <RuleChip rule /> }).collect_view()}</span> }
}

/// Reasons as a list, each with its chip. What stops both sorts of backup, or a restore as well, is one reason.
#[component]
pub fn ReasonList<C: Say + 'static>(reasons: Vec<Said<C>>) -> impl IntoView {
    let mut said: Vec<String> = Vec::new();
    let mut reasons = reasons;
    reasons.retain(|r| {
        let says = r.says().to_string();
        let is_new = !said.contains(&says);
        said.push(says);
        is_new
    });
    view! {
        <ul class="reasons">
            {reasons
                .into_iter()
                .map(|r| view! { <li><Because r /></li> })
                .collect_view()}
        </ul>
    }
}

/// What was decided, with its chip; a clause with a capital letter.
#[component]
pub fn Because<C: Say + 'static>(r: Said<C>) -> impl IntoView {
    view! { <span><SaysText text=r.says().capital() /></span> " " {r.rule().map(|rule| view! { <RuleChip rule /> })} }
}

/// Says so where an edition was not read whole.
#[component]
pub fn EditionBasis(edition: &'static Edition) -> impl IntoView {
    (edition.basis == Basis::ChangeNotes).then(|| {
        view! { <span class="tag ask" title=edition.origin><span aria-hidden="true">"!"</span>" from change notes only"</span> }
    })
}
