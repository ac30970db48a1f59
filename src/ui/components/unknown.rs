use super::ask::{Ask, capital};
use super::{InstantView, RuleChips, StorageQuestion, storage_is_unknown};
use crate::domain::command::Command;
use crate::domain::environment::{Environment, EnvironmentId, FactKey};
use crate::domain::moment::Moment;
use crate::domain::tenant::Tenant;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::cards::{Card, Cards, Given, answer_says};
use crate::view_model::rows::asks;
use crate::view_model::words::{named, thousands};
use crate::words::facts::{self, IN_ORDER};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};

/// How many environments a card that was answered names.
const NAMED: usize = 5;

/// How many rows a list shows before it asks to be narrowed down.
const MOST_ROWS: usize = 100;

/// The unknown facts that matter under an edition, with the environments that lack them.
fn unknown_by_fact(moment: Moment<'_>) -> Vec<(FactKey, Vec<EnvironmentId>)> {
    let Moment { edition, tenant, now } = moment;
    let mut lists: Vec<(FactKey, Vec<EnvironmentId>)> = IN_ORDER.into_iter().map(|f| (f, Vec::new())).collect();
    for env in &tenant.environments {
        for fact in asks(edition, env, now) {
            if let Some((_, list)) = lists.iter_mut().find(|(f, _)| *f == fact) {
                list.push(env.id.clone());
            }
        }
    }
    lists.retain(|(_, list)| !list.is_empty());
    lists
}

/// Everything that is unknown and matters, the question of the tenant first, to be answered for all, for a selection or for one; and the answers given so far. The
/// cards are fixed while the page is open: an answered one stays in its place, new ones come at the end.
#[component]
pub fn UnknownFacts() -> impl IntoView {
    let app = use_app();
    let cards = Memo::new(move |before: Option<&Cards>| {
        let edition = app.edition();
        let now = app.with(|w| unknown_by_fact(Moment::new(edition, &w.tenant, app.now())));
        let mut cards = before.cloned().unwrap_or_default();
        cards.follow(&now);
        cards
    });
    view! {
        <StorageQuestion />
        <For each=move || cards.with(|c| c.list().iter().map(|c| c.fact).collect::<Vec<_>>()) key=|f| *f let:fact>
            <Group fact card=Memo::new(move |_| cards.with(|c| c.list().iter().find(|c| c.fact == fact).cloned())) />
        </For>
        <Show when=move || { cards.with(Cards::open) == 0 && !storage_is_unknown() }>
            <p class="card pad">"✓ Everything that matters is known."</p>
        </Show>
        <Answers />
    }
}

/// The question for those that are ticked. Once it is answered it keeps to them, and the next selection gets a card of its own.
#[component]
fn Selection(fact: FactKey, selected: Memo<Vec<EnvironmentId>>, more: Callback<()>) -> impl IntoView {
    let given = RwSignal::new(None::<Given>);
    let environments = Memo::new(move |_| match given.get() {
        Some(given) => given.environments,
        None => selected.get(),
    });
    let told = Callback::new(move |now: Option<Given>| {
        if now.is_some() {
            more.run(());
        }
        given.set(now);
    });
    view! {
        {live(move || match (given.with(Option::is_some), environments.with(Vec::len)) {
            (false, 0) => view! { <p class="hint">"Tick one or more, then answer for them."</p> }.into_any(),
            (false, n) => view! { <p class="ask-for"><strong>{format!("The {} ticked", thousands(n))}</strong></p> }.into_any(),
            (true, _) => {
                let (first, all) = environments.with(|ids| (ids.iter().take(NAMED).map(name_of).collect::<Vec<_>>(), ids.len()));
                view! { <p class="ask-for"><strong>{named(&first, all)}</strong></p> }.into_any()
            }
        })}
        <Show when=move || { environments.with(|e| !e.is_empty()) }>
            <Ask environments fact told />
        </Show>
    }
}

/// Names, as they are now.
fn name_of(id: &EnvironmentId) -> String {
    use_app().with_untracked(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
}

/// The same of many, each looked for once.
fn names_of(ids: Vec<EnvironmentId>) -> Vec<(String, EnvironmentId)> {
    use_app().with_untracked(|w| {
        let names: HashMap<&EnvironmentId, &str> =
            w.tenant.environments.iter().map(|e| (&e.id, e.name.as_str())).collect();
        ids.into_iter().map(|id| (names.get(&id).map_or_else(|| id.to_string(), |n| (*n).to_string()), id)).collect()
    })
}

#[component]
fn Group(fact: FactKey, card: Memo<Option<Card>>) -> impl IntoView {
    let app = use_app();
    let facts::FactWords { why, rules, noun, .. } = facts::of(fact);
    let total = move || app.with(|w| w.tenant.living().count());
    let open = Memo::new(move |_| card.with(|c| c.as_ref().map(|c| c.open.clone()).unwrap_or_default()));
    let several = Memo::new(move |_| card.with(|c| c.as_ref().is_some_and(|c| c.environments.len() > 1)));
    // Of ten thousand the names are looked for once somebody wants to see them.
    let unfolded = RwSignal::new(false);
    // It stays once all is answered, so that the card keeps its height.
    let label = Memo::new(move |before: Option<&String>| {
        open.with(|o| match o.as_slice() {
            [] => before.cloned().unwrap_or_default(),
            [one] => name_of(one),
            [_, _] => "Both environments".to_string(),
            more => format!("All {} environments", thousands(more.len())),
        })
    });
    view! {
        <section class="card pad fact-group" aria-label=capital(noun)>
            <div class="head">
                <h2>{capital(noun)}</h2>
                {live(move || match open.with(Vec::len) {
                    0 => view! { <span class="tag ok">"✓ answered"</span> }.into_any(),
                    n => view! { <span class="tag ask">{format!("? unknown for {} of {}", thousands(n), thousands(total()))}</span> }.into_any(),
                })}
            </div>
            <p>{why} " " <RuleChips rules=rules.to_vec() /></p>
            <p class="ask-for"><strong>{move || label.get()}</strong></p>
            <Ask environments=open fact />
            <Show when=move || { several.get() }>
                <details on:toggle=move |_| unfolded.set(true)>
                    <summary>"Answer for some of them"</summary>
                    {live(move || unfolded.get().then(|| view! { <OneByOne fact card open /> }))}
                </details>
            </Show>
        </section>
    }
}

/// All of a card, to be ticked and answered for.
#[component]
fn OneByOne(fact: FactKey, card: Memo<Option<Card>>, open: Memo<Vec<EnvironmentId>>) -> impl IntoView {
    let chosen = RwSignal::new(BTreeSet::<EnvironmentId>::new());
    let filter = RwSignal::new(String::new());
    // All that were ever asked about while the page is open, so that no name moves.
    let listed = Memo::new(move |_| {
        let ids = card.with(|c| c.as_ref().map(|c| c.environments.clone()).unwrap_or_default());
        names_of(ids)
    });
    let selected = Memo::new(move |_| {
        open.with(|o| chosen.with(|c| o.iter().filter(|id| c.contains(id)).cloned().collect::<Vec<_>>()))
    });
    let shown = move || {
        let word = filter.with(|f| f.trim().to_lowercase());
        listed.with(|l| l.iter().filter(|(name, _)| name.to_lowercase().contains(&word)).cloned().collect::<Vec<_>>())
    };
    // What is being answered for: kept by a card that was answered, so that it stays as it was asked.
    let slots = RwSignal::new(vec![0_usize]);
    view! {
        <Show when=move || { listed.with(Vec::len) > 20 }>
            <p><input type="search" class="input" placeholder="Filter by name" aria-label="Filter by name"
                prop:value=move || filter.get() on:input=move |e| filter.set(event_target_value(&e)) /></p>
        </Show>
        <ul class="choose">
            <For each=move || shown().into_iter().take(MOST_ROWS) key=|(name, id)| (id.clone(), name.clone()) let((name, id))>
                {
                    let (here, there) = (id.clone(), id.clone());
                    let settled = Signal::derive(move || open.with(|o| !o.contains(&here)));
                    view! {
                        <li><label class="check">
                            <input type="checkbox" prop:disabled=move || settled.get()
                                prop:checked=move || !settled.get() && chosen.with(|c| c.contains(&there))
                                on:change=move |e| chosen.update(|c| {
                                    if event_target_checked(&e) { c.insert(id.clone()); } else { c.remove(&id); }
                                }) />
                            {name}
                            {live(move || settled.get().then(|| view! { <span class="hint">" ✓ answered"</span> }))}
                        </label></li>
                    }
                }
            </For>
        </ul>
        {live(move || Some(shown().len()).filter(|n| *n > MOST_ROWS).map(|n| view! {
            <p class="hint">{format!("{} more: filter by name to see them.", thousands(n - MOST_ROWS))}</p>
        }))}
        // Each selection that was answered stays; the next one is asked for below it.
        <For each=move || slots.get() key=|n| *n let:n>
            <Selection fact selected more=Callback::new(move |()| slots.update(|s| {
                if s.last() == Some(&n) {
                    s.push(n + 1);
                }
            })) />
        </For>
    }
}

/// One answer of the user.
#[derive(Clone, Debug, PartialEq)]
struct ToldAnswer {
    fact: FactKey,
    id: EnvironmentId,
    name: String,
    value: String,
    since: DateTime<Utc>,
    /// A later import said something else, and counts.
    overruled: bool,
}

fn answers(tenant: &Tenant) -> Vec<ToldAnswer> {
    tenant.environments.iter().flat_map(|env| IN_ORDER.into_iter().filter_map(|fact| given(env, fact))).collect()
}

fn given(env: &Environment, fact: FactKey) -> Option<ToldAnswer> {
    let (answer, since) = env.answer(fact)?;
    let value = answer_says(&answer);
    Some(ToldAnswer {
        fact,
        id: env.id.clone(),
        name: env.name.clone(),
        value,
        since,
        overruled: env.is_overruled(fact),
    })
}

#[component]
fn Answers() -> impl IntoView {
    let app = use_app();
    let answers = Memo::new(move |_| app.with(|w| answers(&w.tenant)));
    let take_back = move |given: &ToldAnswer| match app
        .run(Command::ForgetAnswer { environments: vec![given.id.clone()], fact: given.fact })
    {
        Ok(_) => app.toast(format!("Your answer about {} is taken back.", given.name)),
        Err(refusal) => app.toast(refusal.with_help().to_string()),
    };
    view! {
        <Show when=move || answers.with(|a| !a.is_empty())>
            <details class="card pad answers">
                <summary>{move || format!("Your answers ({})", answers.with(Vec::len))}</summary>
                <p class="hint">"They survive the next import and are listed on every plan that rests on them."</p>
                <div class="scroll" tabindex="0" role="region" aria-label="Your answers"><table>
                    <thead><tr><th>"Environment"</th><th>"Fact"</th><th>"Answer"</th><th>"Told"</th><th><span class="visually-hidden">"Take back"</span></th></tr></thead>
                    <tbody>
                        {live(move || answers.get().into_iter().take(MOST_ROWS).map(|given| {
                            let label = format!("Take back: {}, {}", given.name, facts::of(given.fact).noun);
                            view! {
                                <tr>
                                    <th scope="row"><a href=Route::Environment(given.id.clone()).href()>{given.name.clone()}</a></th>
                                    <td>{capital(facts::of(given.fact).noun)}</td>
                                    <td>
                                        {given.value.clone()}
                                        {given.overruled.then_some(view! { " " <span class="tag ask">"! overruled by a later import"</span> })}
                                    </td>
                                    <td><InstantView at=given.since /></td>
                                    <td><button type="button" class="btn small" aria-label=label
                                        on:click=move |_| take_back(&given)>"Take back"</button></td>
                                </tr>
                            }
                        }).collect_view())}
                    </tbody>
                </table></div>
                {live(move || Some(answers.with(Vec::len)).filter(|n| *n > MOST_ROWS).map(|n| view! {
                    <p class="hint">{format!("{} more: each environment's own page shows them.", n - MOST_ROWS)}</p>
                }))}
            </details>
        </Show>
    }
}
