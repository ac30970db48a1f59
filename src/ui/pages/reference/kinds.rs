//! Which kind goes onto which, as the page has it, with its footnotes.

use crate::domain::edition::{Edition, Pair};
use crate::domain::rule::RuleId;
use crate::ui::components::RuleChips;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::reference::{Beneath, beneath};
use crate::view_model::words::inside;

#[component]
pub fn Kinds() -> impl IntoView {
    let app = use_app();
    view! {
        <section>
            <h2>"Which kind onto which"</h2>
            <p class="hint">"By the " {move || inside(app.edition().title)} "."</p>
            {live(move || table(app.edition()))}
            {live(move || notes(app.edition()))}
        </section>
    }
}

fn table(edition: &'static Edition) -> impl IntoView {
    let row = |row: &'static crate::domain::edition::PairRow| {
        view! { <tr><th scope="row">{row.source.to_string()}</th> {row.cells.iter().map(|pair| cell(*pair)).collect_view()}</tr> }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Matrix of kinds">
            <table class="reference-kinds" aria-label="Which kind onto which">
                <thead>
                    <tr>
                        <th scope="col">"source ↓ onto →"</th>
                        {edition.targets.iter().map(|target| view! { <th scope="col">{target.to_string()}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{edition.pairs.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn cell(pair: Pair) -> impl IntoView {
    let (symbol, word, class) = match pair {
        Pair::Yes => ("✓", "Yes", "is"),
        Pair::ItselfOnly => ("✓", "itself", "is"),
        Pair::No => ("×", "No", "same"),
    };
    let hidden = if pair == Pair::ItselfOnly { "" } else { "visually-hidden" };
    view! { <td class=class><span aria-hidden="true">{symbol}</span> {" "} <span class=hidden>{word}</span></td> }
}

fn notes(edition: &'static Edition) -> impl IntoView {
    let Beneath { itself_only, outside, not_offered } = beneath(edition);
    view! {
        <ul class="reference-notes">
            {(!itself_only.is_empty()).then(|| view! {
                <li>{itself_only.join(", ")} ": onto itself only. " <RuleChips rules=vec![RuleId::T8, RuleId::D3] /></li>
            })}
            <li>
                "Sandbox and Developer go onto themselves too. Production never does, until it is switched to Sandbox. "
                <RuleChips rules=vec![RuleId::T8, RuleId::R16] />
            </li>
            {(!outside.is_empty()).then(|| view! {
                <li>"Never a source and never a target: " {outside.join(", ")} ". " <RuleChips rules=vec![RuleId::T1] /></li>
            })}
            {(!not_offered.is_empty()).then(|| view! {
                <li>{not_offered.join(", ")} ": allowed as a source, but the admin center does not offer it. " <RuleChips rules=vec![RuleId::T1] /></li>
            })}
            <li>"Where text and matrix of the page differ, the matrix counts. " <RuleChips rules=vec![RuleId::D2, RuleId::D8] /></li>
        </ul>
    }
}
