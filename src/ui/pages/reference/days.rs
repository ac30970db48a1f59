//! How long backups are kept: every kind, system and manual, under every edition.

use crate::domain::edition::{Basis, EDITIONS, Edition, Period};
use crate::domain::rule::RuleId;
use crate::ui::components::{RuleChip, RuleChips};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::periods::period_words;
use crate::view_model::reference::{Kept, Row, conflicts, days};

#[component]
pub fn Days() -> impl IntoView {
    let rows = days();
    let contradicted = conflicts(&rows);
    view! {
        <section>
            <h2>"How long backups are kept"</h2>
            <p class="hint">"Days, for system and for manual backups. Bold is new in an edition, grey is as before. " <RuleChip rule=RuleId::K1 /></p>
            <div class="scroll" tabindex="0" role="region" aria-label="How long backups are kept">
                <table class="reference-days" aria-label="Retention, as documented">
                    <thead>
                        <tr>
                            <td></td>
                            {EDITIONS.iter().copied().map(head).collect_view()}
                        </tr>
                        <tr>
                            <th scope="col">"Kind"</th>
                            {EDITIONS.iter().map(|_| view! { <th scope="col" class="begins">"System"</th> <th scope="col">"Manual"</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <ul class="reference-notes">
                <li>
                    "Where the setting counts it is 7, 14, 21 or 28 days, and 7 until it is set; elsewhere the number is fixed, whatever is stored. "
                    <RuleChips rules=vec![RuleId::K2, RuleId::K3] />
                </li>
                <li>
                    "A changed setting may take 24 hours. Raising it brings nothing back. " <RuleChips rules=vec![RuleId::K4, RuleId::K5] />
                </li>
                <li>"Without Dataverse there are no backups. " <RuleChips rules=vec![RuleId::K7, RuleId::K11] /></li>
                {contradicted.into_iter().map(|rule| view! {
                    <li><span class="tag ask"><span aria-hidden="true">"!"</span> "contradicted"</span> " " {Edition::default_edition().rule(rule).sentence} " " <RuleChip rule /></li>
                }).collect_view()}
            </ul>
        </section>
    }
}

fn head(edition: &'static Edition) -> impl IntoView {
    let app = use_app();
    let basis = match edition.basis {
        Basis::FullPage => "the whole page",
        Basis::ChangeNotes => "from change notes only",
    };
    view! {
        <th scope="colgroup" colspan="2" class="begins" title=edition.origin>
            <strong>{edition.dated}</strong>
            <span>{move || if app.edition() == edition { "in use here, " } else { "" }} {basis}</span>
        </th>
    }
}

fn row(row: Row) -> impl IntoView {
    let cells = EDITIONS.iter().copied().zip(row.kept).enumerate().map(|(at, (edition, kept))| match kept {
        None => view! { <td colspan="2" class="begins">"not named"</td> }.into_any(),
        Some([system, manual]) => view! {
            {cell(edition, at, system, true)}
            {cell(edition, at, manual, false)}
        }
        .into_any(),
    });
    view! { <tr><th scope="row">{row.words}</th> {cells.collect_view()}</tr> }
}

fn cell(edition: &'static Edition, at: usize, kept: Kept, system: bool) -> impl IntoView {
    let says = match kept.period {
        Period::Days(days) | Period::Contested(days) => days.to_string(),
        Period::BySetting => format!("{} to {}", edition.base_days, edition.longest_choice()),
        Period::NotSupported | Period::NotBackedUp => period_words(edition, kept.period),
    };
    let class = match (at, kept.new) {
        (0, _) => "num",
        (_, true) => "num new",
        (_, false) => "num same",
    };
    view! {
        <td class=class class:begins=system>
            {says}
            {kept.new.then(|| view! { <span class="visually-hidden">" (new)"</span> })}
            {kept.conflict.map(|_| view! { <span class="ask" title="The page contradicts itself">" !"<span class="visually-hidden">" contradicted"</span></span> })}
        </td>
    }
}
