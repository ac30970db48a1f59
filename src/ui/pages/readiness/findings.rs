//! What would hurt, what costs most first. Each opens to its environments, its mend, and the questions that would settle it.

use super::Assessed;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::readiness::{Finding, Trouble};
use crate::ui::components::ask::capital;
use crate::ui::components::{Ask, CapacityForm, RuleChips, SaysText, StorageQuestion, icon};
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, ReadinessQuery, Route};
use crate::ui::state::use_app;
use crate::view_model::acts::Act;
use crate::view_model::cards::{Cards, fixed};
use crate::view_model::readiness::{Mend, mend, points};
use crate::view_model::words::{count, named, thousands};
use crate::words::Say;
use crate::words::facts;
use crate::words::readiness::of_trouble;
use std::collections::BTreeSet;

/// How many environments a finding names.
const NAMED: usize = 12;

#[component]
pub fn Findings(assessed: Assessed) -> impl IntoView {
    let app = use_app();
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
    // The one to do first is one that is done from here.
    let leads = Memo::new(move |_| {
        assessed.with(|r| {
            let done_here = |f: &&Finding| matches!(mend(&r.tenant, f), Mend::Do(..));
            r.findings.iter().find(done_here).or(r.findings.first()).map(|f| f.trouble)
        })
    });
    view! {
        <section aria-labelledby="findings">
            <div class="part-head">
                <h2 id="findings">"What to mend first"</h2>
                // What is settled stays to be seen, and is no finding any more.
                <span class="hint">{move || format!("{}, by effect", count(assessed.with(|r| r.findings.len()), "finding", "findings"))}</span>
            </div>
            <Show when=move || !app.is_play() && troubles.with(|t| !t.is_empty())>
                <p class="hint no-print">"Nothing here changes your tenant: mend it in the admin center, then record it."</p>
            </Show>
            <Show
                when=move || troubles.with(|t| !t.is_empty())
                fallback=|| view! { <p class="card pad">"✓ Nothing is found. Every environment can surely be brought back today."</p> }
            >
                <ol class="findings-list">
                    // Keyed, so that an answer or the clock leaves open what is open.
                    <For each=move || troubles.get() key=|t| *t let:trouble>
                        <Line assessed trouble opened first=Memo::new(move |_| leads.get() == Some(trouble)) />
                    </For>
                </ol>
            </Show>
        </section>
    }
}

/// The symbol of a trouble by how much it takes: what is lost, what is not known, what is smaller.
fn symbol(trouble: Trouble) -> (&'static str, &'static str) {
    match trouble.weight().points {
        _ if trouble.is_not_known() => ("unk", "ask"),
        12.. => ("no", "no"),
        0 => ("info", "quiet"),
        _ => ("clock", "quiet"),
    }
}

#[component]
fn Line(
    assessed: Assessed,
    trouble: Trouble,
    opened: RwSignal<BTreeSet<Trouble>>,
    /// What is mended by its button before all else.
    first: Memo<bool>,
) -> impl IntoView {
    let finding = Memo::new(move |_| assessed.with(|r| r.findings.iter().find(|f| f.trouble == trouble).cloned()));
    let read = move |get: fn(&Finding) -> String| finding.with(|f| f.as_ref().map(get).unwrap_or_default());
    let open = RwSignal::new(false);
    let (w, says) = (trouble.weight(), of_trouble(trouble));
    let body = format!("finding-{}", w.word);
    let keep = move || opened.update(|all| _ = all.insert(trouble));
    let toggle = move |_| {
        open.update(|o| *o = !*o);
        keep();
    };
    let names = move || {
        finding.with(|f| {
            let Some(f) = f.as_ref() else { return String::new() };
            if f.whole_tenant {
                return "the whole tenant".to_string();
            }
            let first: Vec<String> = assessed.with(|r| {
                let two = f.environments.iter().take(2);
                two.filter_map(|i| r.tenant.environments.get(*i)).map(|e| e.name.clone()).collect()
            });
            named(&first, f.environments.len())
        })
    };
    // What was asked stays with its answer, and its undo, once it is settled.
    let mended = Memo::new(move |before: Option<&Option<Mend>>| {
        let now = finding.with(|f| f.as_ref().map(|f| assessed.with(|r| mend(&r.tenant, f))));
        now.or_else(|| before.cloned().flatten())
    });
    let inline = Memo::new(move |_| matches!(mended.get(), Some(Mend::Answer(_))));
    let (mark, tone) = symbol(trouble);
    view! {
        <li class="finding" id=format!("line-{}", w.word)>
            <div class="finding-row">
                <span class=format!("finding-mark {tone}")>{icon(mark)}</span>
                <div class="finding-what">
                    <h3>
                        <button type="button" class="finding-toggle" aria-expanded=move || open.get().to_string() aria-controls=body.clone() on:click=toggle>
                            {says.title}
                        </button>
                    </h3>
                    <small>{names}</small>
                </div>
                <p class="finding-effect">{says.effect}</p>
                <div class="finding-mend no-print">
                    {live(move || mended.get().map(|mend| view! { <MendView mend says=says.act finding first open keep=Callback::new(move |()| keep()) /> }))}
                </div>
                {live(move || match finding.with(|f| f.as_ref().map(|f| f.costs.0)) {
                    None => view! { <span class="finding-cost">"✓ settled"</span> }.into_any(),
                    Some(0) => view! { <span class="finding-cost num"><span class="visually-hidden">"Not in the score: "</span>"0"</span> }.into_any(),
                    _ => view! {
                        <span class="finding-cost num"><span class="visually-hidden">"Costs "</span>"−" {read(|f| f.costs.to_string())}</span>
                    }.into_any(),
                })}
            </div>
            <div id=body class="finding-body" class:folded=move || !open.get()>
                <p>{says.says} " " {live(move || finding.with(|f| f.as_ref().and_then(|f| f.detail.clone())).map(|d| view! { <SaysText text=d.says().sentence() /> }))} " " <RuleChips rules=w.rules.to_vec() /></p>
                <dl class="pairs">
                    <dt>"What to do"</dt><dd>{says.mend}</dd>
                    <dt>"What that costs"</dt><dd>{says.cost}</dd>
                    <dt>"Points"</dt>
                    <dd>{move || read(points)}</dd>
                </dl>
                <Environments assessed finding />
                <Show when=move || open.get()>
                    <div class="no-print">
                        <Settle finding inline />
                    </div>
                </Show>
            </div>
        </li>
    }
}

/// The mend, done from the row.
#[component]
fn MendView(
    mend: Mend,
    says: &'static str,
    finding: Memo<Option<Finding>>,
    first: Memo<bool>,
    open: RwSignal<bool>,
    keep: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let link = move |to: Route| view! { <a href=to.href()>{says}</a> }.into_any();
    let button = move |words: AnyView, press: Box<dyn Fn()>| {
        view! { <button type="button" class="btn small" class:pri=move || first.get() on:click=move |_| press()>{words}</button> }.into_any()
    };
    match mend {
        Mend::Answer(fact) => {
            let lack = Memo::new(move |_| {
                let of = |f: &Finding| f.asks.iter().find(|(known, _)| *known == fact).map(|(_, ids)| ids.clone());
                finding.with(|f| f.as_ref().and_then(of).unwrap_or_default())
            });
            view! { <Ask environments=lack fact told=Callback::new(move |_| keep.run(())) /> }.into_any()
        }
        Mend::Do(environment, act) => {
            let trouble = finding.with_untracked(|f| f.as_ref().map(|f| f.trouble));
            let says = trouble.map_or_else(|| says.to_string(), |trouble| act.mends(trouble));
            let press: Box<dyn Fn()> = Box::new(move || app.acting.begin(environment.clone(), act.clone()));
            if untrack(|| app.is_play()) {
                return button(says.into_any(), press);
            }
            // It is done elsewhere: here it is only recorded.
            let record = view! { "Record it" <span class="visually-hidden">": " {says.clone()}</span> };
            view! { <span>{says}</span> {button(record.into_any(), press)} }.into_any()
        }
        Mend::WayBack(id) => link(Route::way_back(Some(id))),
        Mend::Unlisted => {
            link(Route::Environments(EnvironmentsQuery { only: "missing".to_string(), ..EnvironmentsQuery::default() }))
        }
        Mend::Deadlines => link(Route::Deadlines),
        Mend::Details => {
            let details = move || {
                keep.run(());
                open.set(true);
            };
            button(says.into_any(), Box::new(details))
        }
    }
}

/// Those that it touches, a few by name, all of them a click away.
#[component]
fn Environments(assessed: Assessed, finding: Memo<Option<Finding>>) -> impl IntoView {
    let app = use_app();
    let some = move || {
        let f = finding.get().filter(|f| !f.whole_tenant)?;
        let in_table = f.trouble != Trouble::NoLongerListed;
        let (several, trouble) = (f.environments.len() > 1, f.trouble);
        let named: Vec<(EnvironmentId, String, Option<Act>)> = assessed.with(|r| {
            let all = f.environments.iter().take(NAMED).filter_map(|place| r.tenant.environments.get(*place));
            all.map(|e| (e.id.clone(), e.name.clone(), Act::that_mends(f.trouble, e))).collect()
        });
        let query = ReadinessQuery { finding: f.weight().word.to_string(), ..ReadinessQuery::default() };
        let rest = f.environments.len().saturating_sub(named.len());
        Some(view! {
            <ul class="finding-environments">
                {named.into_iter().map(|(id, name, act)| view! {
                    <li>
                        <a href=Route::Environment(id.clone()).href()>{name.clone()}</a>
                        {act.filter(|_| several).map(|act| (act.mends(trouble), act)).map(|(says, act)| view! {
                            " "
                            <button type="button" class="btn small no-print" on:click=move |_| app.acting.begin(Some(id.clone()), act.clone())>
                                {move || if app.is_play() { says.clone() } else { "Record it".to_string() }} <span class="visually-hidden">": " {name}</span>
                            </button>
                        })}
                    </li>
                }).collect_view()}
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
fn Settle(finding: Memo<Option<Finding>>, inline: Memo<bool>) -> impl IntoView {
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
        // What is asked in the row is not asked twice.
        <For each=move || if inline.get() { Vec::new() } else { cards.with(|c| c.list().iter().map(|c| c.fact).collect::<Vec<_>>()) } key=|fact| *fact let:fact>
            <Question fact lack=Memo::new(move |_| {
                asks.with(|a| a.iter().find(|(f, _)| *f == fact).map(|(_, ids)| ids.clone()).unwrap_or_default())
            }) />
        </For>
        <Show when=move || !inline.get() && cards.with(|c| !c.list().is_empty())>
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
            let first: Vec<String> = app
                .with(|w| ids.iter().take(NAMED).filter_map(|id| w.tenant.get(id)).map(|e| e.name.clone()).collect());
            let of = if first.is_empty() { String::new() } else { format!(": {}", named(&first, ids.len())) };
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
