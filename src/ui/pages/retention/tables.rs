//! The tables: the chosen edition as it stands in the page, and all editions side by side.

use crate::domain::edition::{EDITIONS, Edition, Period};
use crate::domain::rule::RuleId;
use crate::ui::components::rule_chip::EditionBasis;
use crate::ui::components::{RuleChip, RuleChips};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::periods::{Case, cases, period_words, periods, row_words};

#[component]
pub fn Tables() -> impl IntoView {
    let app = use_app();
    view! {
        <section class="card">
            <div class="pad">
                <h2>"The table, as documented"</h2>
                <p class="hint">{move || app.edition().origin} " " <RuleChip rule=RuleId::K1 /></p>
            </div>
            {move || chosen(app.edition())}
            <div class="pad">
                <ul class="notes">
                    <li>
                        "The setting counts only where the table says so; elsewhere the fixed number holds, whatever is stored. "
                        <RuleChips rules=vec![RuleId::K2, RuleId::K3] />
                    </li>
                    <li>
                        "A changed setting may take 24 hours; until then only the shorter period is guaranteed, and raising it brings nothing back. "
                        <RuleChips rules=vec![RuleId::K4, RuleId::K5] />
                    </li>
                    <li>
                        "Without Dataverse there are no backups of either sort. " <RuleChips rules=vec![RuleId::K7, RuleId::K11] />
                    </li>
                    {live(move || {
                        app.edition()
                            .manual_setting_contested
                            .then(|| {
                                view! {
                                    <li>{app.edition().rule(RuleId::D4).sentence} " " <RuleChip rule=RuleId::D4 /></li>
                                }
                            })
                    })}
                    {live(move || {
                        contested(app.edition())
                            .then(|| {
                                view! {
                                    <li>{app.edition().rule(RuleId::D1).sentence} " " <RuleChip rule=RuleId::D1 /></li>
                                }
                            })
                    })}
                </ul>
            </div>
        </section>
        <section class="card">
            <div class="pad">
                <h2>"The editions side by side"</h2>
                <p class="hint">"System backup / manual backup. What differs from the chosen edition is marked."</p>
            </div>
            {move || beside(app.edition())}
        </section>
    }
}

fn contested(edition: &Edition) -> bool {
    edition.retention.iter().any(|r| matches!(r.system, Period::Contested(_)))
}

/// A period with the mark of a contradiction.
fn cell(period: Period, manual: bool, edition: &Edition) -> impl IntoView + use<> {
    let conflict = match period {
        Period::Contested(_) => Some(RuleId::D1),
        Period::BySetting if manual && edition.manual_setting_contested => Some(RuleId::D4),
        _ => None,
    };
    view! {
        {period_words(edition, period)}
        {conflict
            .map(|rule| {
                view! {
                    " "
                    <span class="conflict">
                        <span class="tag ask">
                            <span aria-hidden="true">"!"</span>
                            "contradicted"
                        </span>
                        " "
                        <RuleChip rule />
                    </span>
                }
            })}
    }
}

fn chosen(edition: &'static Edition) -> impl IntoView {
    view! {
        <table class="cards" aria-label="Retention, as documented">
            <thead>
                <tr>
                    <th scope="col">"Kind"</th>
                    <th scope="col">"System backup"</th>
                    <th scope="col">"Manual backup"</th>
                </tr>
            </thead>
            <tbody>
                {edition
                    .retention
                    .iter()
                    .map(|row| {
                        view! {
                            <tr>
                                <th scope="row">{row_words(row)}</th>
                                <td data-label="System backup">
                                    <span>{cell(row.system, false, edition)}</span>
                                </td>
                                <td data-label="Manual backup">
                                    <span>{cell(row.manual, true, edition)}</span>
                                </td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

fn beside(chosen: &'static Edition) -> impl IntoView {
    let short = |case: &Case, edition: &Edition| match periods(edition, case) {
        Some((system, manual)) => format!("{} / {}", brief(edition, system), brief(edition, manual)),
        None => "not named".to_string(),
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Editions side by side">
            <table class="beside">
                <thead>
                    <tr>
                        <th scope="col">"Kind"</th>
                        {EDITIONS
                            .iter()
                            .copied()
                            .map(|e| {
                                view! {
                                    <th scope="col">
                                        {e.title} " "
                                        {(e == chosen).then(|| view! { <span class="tag">"chosen"</span> })} " "
                                        <EditionBasis edition=e />
                                    </th>
                                }
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {cases(EDITIONS)
                        .into_iter()
                        .map(|case| {
                            let here = short(&case, chosen);
                            view! {
                                <tr>
                                    <th scope="row">{case.words.clone()}</th>
                                    {EDITIONS
                                        .iter()
                                        .map(|e| {
                                            let words = short(&case, e);
                                            let differs = words != here;
                                            view! {
                                                <td class="num">
                                                    {words} " "
                                                    {differs.then(|| view! { <span class="tag ask">"differs"</span> })}
                                                </td>
                                            }
                                        })
                                        .collect_view()}
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

fn brief(edition: &Edition, period: Period) -> String {
    match period {
        Period::BySetting => {
            let least = edition.choices.first().copied().unwrap_or(edition.base_days);
            format!("{least} to {} days by setting", edition.longest_choice())
        }
        Period::Contested(days) => format!("{days} days (contradicted)"),
        other => period_words(edition, other),
    }
}
