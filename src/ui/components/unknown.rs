use super::ask::{Ask, capital, fact_word};
use super::{InstantView, RuleChips};
use crate::domain::command::Command;
use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, FactKey, Key, Policy};
use crate::domain::fact::{Fact, Known};
use crate::domain::merge::unknown_facts;
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// In the order in which to ask.
const FACTS: [FactKey; 9] = [
    FactKey::Kind,
    FactKey::Dataverse,
    FactKey::Region,
    FactKey::Dynamics,
    FactKey::Managed,
    FactKey::Key,
    FactKey::Policies,
    FactKey::RetentionSetting,
    FactKey::Created,
];

/// How many rows a list shows before it asks to be narrowed down.
const MOST_ROWS: usize = 100;

/// The unknown facts that matter under an edition, with the environments that lack them.
pub fn unknown_by_fact(
    edition: &Edition,
    tenant: &Tenant,
    now: DateTime<Utc>,
) -> Vec<(FactKey, Vec<(EnvironmentId, String)>)> {
    let mut lists: Vec<(FactKey, Vec<(EnvironmentId, String)>)> = FACTS.into_iter().map(|f| (f, Vec::new())).collect();
    for env in tenant.living() {
        for fact in unknown_facts(env, now) {
            if fact == FactKey::Policies && !edition.policies_must_match {
                continue;
            }
            if let Some((_, list)) = lists.iter_mut().find(|(f, _)| *f == fact) {
                list.push((env.id.clone(), env.name.clone()));
            }
        }
    }
    lists.retain(|(_, list)| !list.is_empty());
    lists
}

/// Why a fact matters, with the rules that ask for it.
fn why(fact: FactKey) -> (&'static str, &'static [RuleId]) {
    match fact {
        FactKey::Kind => {
            ("Decides how long backups are kept and what may be restored to what.", &[RuleId::K1, RuleId::T1])
        }
        FactKey::Dataverse => ("Without Dataverse there are no backups.", &[RuleId::K7, RuleId::T3]),
        FactKey::Region => ("A restore never crosses regions.", &[RuleId::T2]),
        FactKey::Dynamics => ("Decides how long a Production environment keeps its backups.", &[RuleId::K1]),
        FactKey::Managed => {
            ("Source and target must agree, and it decides whether retention can be set.", &[RuleId::T4, RuleId::K1])
        }
        FactKey::Key => (
            "A source with a customer-managed key needs a target with one. That no list names a key is no answer: are there none?",
            &[RuleId::T5],
        ),
        FactKey::Policies => (
            "Policies of the source must be on the target too. That no list names a policy is no answer: are there none?",
            &[RuleId::T6],
        ),
        FactKey::RetentionSetting => {
            ("Decides how far back a managed Production environment reaches.", &[RuleId::K2, RuleId::K3])
        }
        FactKey::Created => ("Nothing can be restored from before it.", &[RuleId::K8]),
    }
}

/// Everything that is unknown and matters, to be answered for all, for a selection or for one; and the answers given so far.
#[component]
pub fn UnknownFacts() -> impl IntoView {
    let app = use_app();
    let groups = Memo::new(move |_| {
        let edition = app.edition();
        app.with(|w| unknown_by_fact(edition, &w.tenant, app.now()))
    });
    view! {
        <For each=move || groups.with(|g| g.iter().map(|(f, _)| *f).collect::<Vec<_>>()) key=|f| *f let:fact>
            <Group fact list=Memo::new(move |_| {
                groups.with(|g| g.iter().find(|(f, _)| *f == fact).map(|(_, l)| l.clone()).unwrap_or_default())
            }) />
        </For>
        <Show when=move || groups.with(Vec::is_empty)>
            <p class="card pad">"✓ Nothing that matters is unknown."</p>
        </Show>
        <Answers />
    }
}

#[component]
fn Group(fact: FactKey, list: Memo<Vec<(EnvironmentId, String)>>) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(BTreeSet::<EnvironmentId>::new());
    let filter = RwSignal::new(String::new());
    let (says, rules) = why(fact);
    let total = move || app.with(|w| w.tenant.living().count());
    let all = move || list.with(|l| l.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    // An answer takes its environments off the list, and off the selection with them.
    let selected = move || {
        list.with(|l| {
            chosen.with(|c| l.iter().filter(|(id, _)| c.contains(id)).map(|(id, _)| id.clone()).collect::<Vec<_>>())
        })
    };
    let shown = move || {
        let word = filter.with(|f| f.trim().to_lowercase());
        list.with(|l| l.iter().filter(|(_, name)| name.to_lowercase().contains(&word)).cloned().collect::<Vec<_>>())
    };
    view! {
        <section class="card pad fact-group" aria-label=capital(fact_word(fact))>
            <div class="head">
                <h2>{capital(fact_word(fact))}</h2>
                <span class="tag ask">{move || format!("? unknown for {} of {}", list.with(Vec::len), total())}</span>
            </div>
            <p>{says} " " <RuleChips rules=rules.to_vec() /></p>
            {move || {
                let environments = all();
                let label = match environments.len() {
                    1 => list.with(|l| l.first().map(|(_, name)| name.clone()).unwrap_or_default()),
                    2 => "Both environments".into(),
                    n => format!("All {n} environments"),
                };
                view! { <p class="ask-for"><strong>{label}</strong></p> <Ask environments fact /> }
            }}
            <Show when=move || { list.with(Vec::len) > 1 }>
                <details>
                    <summary>"Answer for some of them"</summary>
                    <Show when=move || { list.with(Vec::len) > 20 }>
                        <p><input type="search" class="input" placeholder="Filter by name" aria-label="Filter by name"
                            prop:value=move || filter.get() on:input=move |e| filter.set(event_target_value(&e)) /></p>
                    </Show>
                    <ul class="choose">
                        <For each=move || shown().into_iter().take(MOST_ROWS) key=|(id, name)| (id.clone(), name.clone()) let((id, name))>
                            <li><label class="check">
                                <input type="checkbox"
                                    prop:checked={ let id = id.clone(); move || chosen.with(|c| c.contains(&id)) }
                                    on:change=move |e| chosen.update(|c| {
                                        if event_target_checked(&e) { c.insert(id.clone()); } else { c.remove(&id); }
                                    }) />
                                {name}
                            </label></li>
                        </For>
                    </ul>
                    {move || Some(shown().len()).filter(|n| *n > MOST_ROWS).map(|n| view! {
                        <p class="hint">{format!("{} more: filter by name to see them.", n - MOST_ROWS)}</p>
                    })}
                    {move || match selected() {
                        none if none.is_empty() => view! { <p class="hint">"Tick one or more, then answer for them."</p> }.into_any(),
                        environments => view! {
                            <p class="ask-for"><strong>{format!("The {} ticked", environments.len())}</strong></p>
                            <Ask environments fact />
                        }.into_any(),
                    }}
                </details>
            </Show>
        </section>
    }
}

/// One answer of the user.
#[derive(Clone, Debug, PartialEq)]
struct Given {
    fact: FactKey,
    id: EnvironmentId,
    name: String,
    value: String,
    since: DateTime<Utc>,
    /// A later import said something else, and counts.
    overruled: bool,
}

fn answers(tenant: &Tenant) -> Vec<Given> {
    tenant.environments.iter().flat_map(|env| FACTS.into_iter().filter_map(|fact| given(env, fact))).collect()
}

fn given(env: &Environment, fact: FactKey) -> Option<Given> {
    fn read<T: PartialEq>(fact: &Fact<T>, show: impl Fn(&T) -> String) -> Option<(String, DateTime<Utc>, bool)> {
        let Known { value, since, .. } = fact.answered()?;
        Some((show(value), *since, fact.get() != Some(value)))
    }
    let yes_no = |v: &bool| if *v { "yes" } else { "no" }.to_string();
    let (value, since, overruled) = match fact {
        FactKey::Kind => read(&env.kind, ToString::to_string),
        FactKey::Region => read(&env.region, ToString::to_string),
        FactKey::Dataverse => read(&env.dataverse, yes_no),
        FactKey::Dynamics => read(&env.dynamics, yes_no),
        FactKey::Managed => read(&env.managed, yes_no),
        FactKey::Key => read(&env.key, |key| match key {
            Key::Microsoft => "no".into(),
            Key::Customer(None) => "yes".into(),
            Key::Customer(Some(which)) => format!("yes ({which})"),
        }),
        FactKey::Policies => read(&env.policies, |all: &BTreeSet<Policy>| match all.len() {
            0 => "none".into(),
            _ => all.iter().map(|p| p.sort.as_str()).collect::<Vec<_>>().join(", "),
        }),
        FactKey::RetentionSetting => read(&env.retention_setting, |days| format!("{days} days")),
        FactKey::Created => read(&env.created, |at| crate::workspace::local_time::show_utc(*at)),
    }?;
    Some(Given { fact, id: env.id.clone(), name: env.name.clone(), value, since, overruled })
}

#[component]
fn Answers() -> impl IntoView {
    let app = use_app();
    let answers = Memo::new(move |_| app.with(|w| answers(&w.tenant)));
    let take_back = move |given: &Given| match app
        .run(Command::ForgetAnswer { environments: vec![given.id.clone()], fact: given.fact })
    {
        Ok(_) => app.toast(format!("Your answer about {} is taken back.", given.name)),
        Err(refusal) => app.toast(format!("{}. {}.", capital(&refusal.says), capital(&refusal.help))),
    };
    view! {
        <Show when=move || answers.with(|a| !a.is_empty())>
            <details class="card pad answers">
                <summary>{move || format!("Your answers ({})", answers.with(Vec::len))}</summary>
                <p class="hint">"They survive the next import and are listed on every plan that rests on them."</p>
                <div class="scroll" tabindex="0" role="region" aria-label="Your answers"><table>
                    <thead><tr><th>"Environment"</th><th>"Fact"</th><th>"Answer"</th><th>"Given"</th><th><span class="visually-hidden">"Take back"</span></th></tr></thead>
                    <tbody>
                        {move || answers.get().into_iter().take(MOST_ROWS).map(|given| {
                            let label = format!("Take back: {}, {}", given.name, fact_word(given.fact));
                            view! {
                                <tr>
                                    <th scope="row"><a href=Route::Environment(given.id.clone()).href()>{given.name.clone()}</a></th>
                                    <td>{capital(fact_word(given.fact))}</td>
                                    <td>
                                        {given.value.clone()}
                                        {given.overruled.then_some(view! { " " <span class="tag ask">"! overruled by a later import"</span> })}
                                    </td>
                                    <td><InstantView at=given.since /></td>
                                    <td><button type="button" class="btn small" aria-label=label
                                        on:click=move |_| take_back(&given)>"Take back"</button></td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table></div>
                {move || Some(answers.with(Vec::len)).filter(|n| *n > MOST_ROWS).map(|n| view! {
                    <p class="hint">{format!("{} more: each environment's own page shows them.", n - MOST_ROWS)}</p>
                })}
            </details>
        </Show>
    }
}
