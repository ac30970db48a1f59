//! What would hurt, what costs most first. Each opens to its environments, its mend, and the questions that would settle it.

use super::Assessed;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::readiness::{Finding, Trouble};
use crate::ui::components::ask::capital;
use crate::ui::components::{Ask, CapacityForm, RuleChips, SaysText, StorageQuestion};
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, ReadinessQuery, Route};
use crate::ui::state::use_app;
use crate::view_model::cards::{Cards, fixed};
use crate::view_model::readiness::points;
use crate::view_model::words::{count, thousands};
use crate::words::Say;
use crate::words::facts;
use crate::words::readiness::of_trouble;
use std::collections::BTreeSet;

/// How many environments a finding names.
const NAMED: usize = 12;

#[component]
pub fn Findings(assessed: Assessed) -> impl IntoView {
    // Those that were opened stay in their place while the page is open, also once they are settled: an answer moves nothing under
    // the pointer.
    let opened = RwSignal::new(BTreeSet::<Trouble>::new());
    let troubles = Memo::new(move |before: Option<&Vec<Trouble>>| {
        let now = assessed.with(|r| r.findings.iter().map(|f| f.trouble).collect::<Vec<_>>());
        opened.with(|opened| match opened.is_empty() {
            true => now,
            false => fixed(before.map(Vec::as_slice).unwrap_or_default(), &now, |t| opened.contains(t)),
        })
    });
    view! {
        <section aria-labelledby="findings">
            <h2 id="findings">"What would hurt"</h2>
            <Show
                when=move || troubles.with(|t| !t.is_empty())
                fallback=|| view! { <p class="card pad">"✓ Nothing is found. Every environment can surely be brought back today."</p> }
            >
                <ol class="card findings-list">
                    // Keyed, so that an answer or the clock leaves open what is open.
                    <For each=move || troubles.get() key=|t| *t let:trouble>
                        <Line assessed trouble opened />
                    </For>
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Line(assessed: Assessed, trouble: Trouble, opened: RwSignal<BTreeSet<Trouble>>) -> impl IntoView {
    let finding = Memo::new(move |_| assessed.with(|r| r.findings.iter().find(|f| f.trouble == trouble).cloned()));
    let read = move |get: fn(&Finding) -> String| finding.with(|f| f.as_ref().map(get).unwrap_or_default());
    let open = RwSignal::new(false);
    let (w, says) = (trouble.weight(), of_trouble(trouble));
    let body = format!("finding-{}", w.word);
    view! {
        <li class="finding" id=format!("line-{}", w.word)>
            <h3 class="finding-head">
                <button type="button" class="finding-toggle" aria-expanded=move || open.get().to_string() aria-controls=body.clone()
                    on:click=move |_| {
                        open.update(|o| *o = !*o);
                        opened.update(|all| _ = all.insert(trouble));
                    }>
                    {live(move || match finding.with(|f| f.as_ref().map(|f| f.costs.0)) {
                        None => view! { <span class="finding-cost">"✓ settled"</span> }.into_any(),
                        Some(0) => view! { <span class="finding-cost num"><span class="visually-hidden">"Not in the score: "</span>"0"</span> }.into_any(),
                        _ => view! {
                            <span class="finding-cost num"><span class="visually-hidden">"Costs "</span>"−" {read(|f| f.costs.to_string())}</span>
                        }.into_any(),
                    })}
                    <span class="finding-title">{says.title}</span>
                    <span class="finding-count">{move || read(|f| match f.whole_tenant {
                        true => "the whole tenant".to_string(),
                        false => count(f.environments.len(), "environment", "environments"),
                    })}</span>
                    <span class="finding-mark" aria-hidden="true">{move || if open.get() { "▾" } else { "▸" }}</span>
                </button>
            </h3>
            <div id=body class="finding-body" class:folded=move || !open.get()>
                <p>{says.says} " " {live(move || finding.with(|f| f.as_ref().and_then(|f| f.detail.clone())).map(|d| view! { <SaysText text=d.says().sentence() /> }))} " " <RuleChips rules=w.rules.to_vec() /></p>
                <dl class="pairs">
                    <dt>"What to do"</dt><dd>{says.mend}</dd>
                    <dt>"What that costs"</dt><dd>{says.cost}</dd>
                    <dt>"Points"</dt>
                    <dd>{move || read(points)}</dd>
                </dl>
                <Environments finding />
                <Show when=move || open.get()>
                    <div class="no-print">
                        <Settle finding />
                    </div>
                </Show>
            </div>
        </li>
    }
}

/// Those that it touches, a few by name, all of them a click away.
#[component]
fn Environments(finding: Memo<Option<Finding>>) -> impl IntoView {
    let app = use_app();
    let some = move || {
        let f = finding.get().filter(|f| !f.whole_tenant)?;
        let in_table = f.trouble != Trouble::NoLongerListed;
        let named: Vec<(EnvironmentId, String)> = app.with(|w| {
            let all = f.environments.iter().take(NAMED).filter_map(|place| w.tenant.environments.get(*place));
            all.map(|e| (e.id.clone(), e.name.clone())).collect()
        });
        let query = ReadinessQuery { finding: f.weight().word.to_string(), ..ReadinessQuery::default() };
        let rest = f.environments.len().saturating_sub(named.len());
        Some(view! {
            <ul class="finding-environments">
                {named.into_iter().map(|(id, name)| view! { <li><a href=Route::Environment(id).href()>{name}</a></li> }).collect_view()}
                {(rest > 0).then(|| view! { <li>{format!("and {} more", thousands(rest))}</li> })}
            </ul>
            <p class="no-print">
                {if in_table {
                    view! { <a href=Route::Readiness(query).href()>"See them in the table below"</a> }
                } else {
                    let missing = EnvironmentsQuery { only: "missing".to_string(), ..EnvironmentsQuery::default() };
                    view! { <a href=Route::Environments(missing).href()>"See them among all environments"</a> }
                }}
            </p>
        })
    };
    view! { {some} }
}

/// The questions whose answers would settle it, for all at once.
#[component]
fn Settle(finding: Memo<Option<Finding>>) -> impl IntoView {
    let asks = Memo::new(move |_| finding.with(|f| f.as_ref().map(|f| f.asks.clone()).unwrap_or_default()));
    // A question that was answered stays in its place, with its undo.
    let cards = Memo::new(move |before: Option<&Cards>| {
        let mut cards = before.cloned().unwrap_or_default();
        asks.with(|a| cards.follow(a));
        cards
    });
    // Unknown, or once unknown and answered here: the card stays. Short of storage is no question.
    let unknown_storage = Memo::new(move |before: Option<&bool>| {
        let is = |f: &Finding| f.trouble == Trouble::UnknownStorage;
        before == Some(&true) || finding.with(|f| f.as_ref().is_some_and(is))
    });
    let storage = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || finding.with(|f| f.as_ref().is_some_and(|f| f.whole_tenant))
    });
    view! {
        <For each=move || cards.with(|c| c.list().iter().map(|c| c.fact).collect::<Vec<_>>()) key=|fact| *fact let:fact>
            <Question fact lack=Memo::new(move |_| {
                asks.with(|a| a.iter().find(|(f, _)| *f == fact).map(|(_, ids)| ids.clone()).unwrap_or_default())
            }) />
        </For>
        <Show when=move || cards.with(|c| !c.list().is_empty())>
            <p class="hint">"Kept as your answer, for all of these at once. " <a href=Route::Unknown.href()>"Answer one by one"</a></p>
        </Show>
        <Show when=move || storage.get()>
            {live(move || match unknown_storage.get() {
                true => view! { <StorageQuestion /> }.into_any(),
                false => view! { <CapacityForm /> }.into_any(),
            })}
        </Show>
    }
}

#[component]
fn Question(fact: FactKey, lack: Memo<Vec<EnvironmentId>>) -> impl IntoView {
    let app = use_app();
    let names = move || {
        lack.with(|ids| {
            let named: Vec<String> = app
                .with(|w| ids.iter().take(NAMED).filter_map(|id| w.tenant.get(id)).map(|e| e.name.clone()).collect());
            let rest = ids.len().saturating_sub(named.len());
            let more = if rest > 0 { format!(" and {} more", thousands(rest)) } else { String::new() };
            let of = if named.is_empty() { String::new() } else { format!(": {}{more}", named.join(", ")) };
            format!("{}{of}", capital(facts::of(fact).noun))
        })
    };
    view! {
        <div class="finding-ask">
            <p><strong>{names}</strong></p>
            <Ask environments=lack fact />
        </div>
    }
}
