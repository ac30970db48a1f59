//! The matrix of kinds as the page has it, with its footnote.

use crate::domain::edition::{Edition, Pair};
use crate::domain::environment::Kind;
use crate::domain::rule::RuleId;
use crate::ui::components::RuleChips;
use crate::ui::prelude::*;
use crate::ui::state::use_app;

#[component]
pub fn Documented() -> impl IntoView {
    let app = use_app();
    view! {
        <section class="card">
            <div class="pad">
                <h2>"The matrix of kinds, as documented"</h2>
                <p class="hint">{move || app.edition().origin}</p>
            </div>
            {move || table(app.edition())}
            <div class="pad">{move || notes(app.edition())}</div>
        </section>
    }
}

fn table(edition: &'static Edition) -> impl IntoView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Matrix of kinds">
            <table class="mx kinds">
                <thead>
                    <tr>
                        <th scope="col">"Source ↓ Target →"</th>
                        {edition.targets.iter().map(|t| view! { <th scope="col">{t.to_string()}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {edition
                        .pairs
                        .iter()
                        .map(|row| {
                            view! {
                                <tr>
                                    <th scope="row">{row.source.to_string()}</th>
                                    {row.cells.iter().map(|c| cell(*c)).collect_view()}
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

fn cell(pair: Pair) -> impl IntoView {
    let (symbol, word, tone) = match pair {
        Pair::Yes => ("✓", "Yes", "ok"),
        Pair::ItselfOnly => ("✓", "Yes*", "ok"),
        Pair::No => ("✕", "No", "no"),
    };
    view! {
        <td>
            <span class=format!("tag {tone}")>
                <span aria-hidden="true">{symbol}</span>
                {word}
            </span>
        </td>
    }
}

fn notes(edition: &'static Edition) -> impl IntoView {
    let itself: Vec<String> =
        edition.pairs.iter().filter(|r| r.cells.contains(&Pair::ItselfOnly)).map(|r| r.source.to_string()).collect();
    let outside: Vec<String> = Kind::NAMED
        .iter()
        .filter(|k| !edition.targets.contains(k) && !edition.pairs.iter().any(|r| r.source == **k))
        .map(Kind::to_string)
        .collect();
    let hidden: Vec<String> = edition.not_offered_sources.iter().map(Kind::to_string).collect();
    view! {
        <ul class="notes">
            {(!itself.is_empty())
                .then(|| {
                    view! {
                        <li>"* " {itself.join(", ")} ": only onto itself. " <RuleChips rules=vec![RuleId::T8, RuleId::D3] /></li>
                    }
                })}
            <li>
                "Sandbox and Developer environments can be restored onto themselves too; a Production environment never, until it is switched to Sandbox. "
                <RuleChips rules=vec![RuleId::T8, RuleId::R16] />
            </li>
            {(!outside.is_empty())
                .then(|| {
                    view! {
                        <li>"Not in the matrix, so never a source and never a target: " {outside.join(", ")} ". " <RuleChips rules=vec![RuleId::T1] /></li>
                    }
                })}
            {(!hidden.is_empty())
                .then(|| {
                    view! {
                        <li>
                            "Caution: the page allows " {hidden.join(", ")}
                            " as a source and says itself that the admin center does not offer it. "
                            <RuleChips rules=vec![RuleId::T1] />
                        </li>
                    }
                })}
            <li>"The text of the page and its matrix do not agree everywhere; the matrix counts. " <RuleChips rules=vec![RuleId::D2, RuleId::D8] /></li>
        </ul>
    }
}
