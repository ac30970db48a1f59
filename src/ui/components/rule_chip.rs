//! What stands around a rule's chip: several chips, reasons with their chips, what the other editions say.

use super::{RuleChip, SaysText};
use crate::domain::edition::{Basis, EDITIONS, Edition};
use crate::domain::rule::RuleId;
use crate::domain::said::Said;
use crate::ui::prelude::*;
use crate::words::Say;

/// Several chips in a row.
#[component]
pub fn RuleChips(rules: Vec<RuleId>) -> impl IntoView {
    view! { <span class="rule-chips">{rules.into_iter().map(|rule| view! { <RuleChip rule /> }).collect_view()}</span> }
}

/// Reasons as a list, each with its chip.
#[component]
pub fn ReasonList<C: Say + 'static>(reasons: Vec<Said<C>>) -> impl IntoView {
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

/// What the other editions say of a rule, where they differ from `edition`.
#[component]
pub fn OtherEditions(
    rule: RuleId,
    edition: &'static Edition,
    /// Say nothing where they do not differ.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let here = edition.rule(rule).sentence;
    let others: Vec<_> = EDITIONS
        .iter()
        .copied()
        .filter(|e| e.id != edition.id)
        .map(|e| (e, e.rule(rule).sentence))
        .filter(|(_, sentence)| *sentence != here)
        .collect();
    if others.is_empty() && quiet {
        return ().into_any();
    }
    if others.is_empty() {
        return view! { <p class="hint">"The other editions say the same."</p> }.into_any();
    }
    others
        .into_iter()
        .map(|(e, sentence)| {
            view! {
                <div class="other-edition">
                    <strong>{e.title}</strong>
                    " "
                    <EditionBasis edition=e />
                    <p>{sentence}</p>
                </div>
            }
        })
        .collect_view()
        .into_any()
}
