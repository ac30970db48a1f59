//! All rules at the left, found by what is typed.

use crate::domain::rule::{CATALOGUE, RuleId};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::reference::{GROUPS, differs, found};
use crate::view_model::words::count;
use crate::words::rules::called;

#[component]
pub fn List(rule: Memo<Option<RuleId>>) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    // On a narrow screen the list is folded until it is asked for.
    let open = RwSignal::new(false);
    let groups = Memo::new(move |_| {
        let edition = app.edition();
        typed.with(|typed| GROUPS.map(|(letters, title)| (title, found(edition, letters, typed))))
    });
    let all = move || groups.with(|groups| groups.iter().map(|(_, rules)| rules.len()).sum::<usize>());
    view! {
        <nav class="reference-list no-print" aria-label="Rules" class:open=move || open.get()>
            <button type="button" class="btn reference-fold" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
                {CATALOGUE.len()} " rules" {live(move || rule.get().map(|rule| view! { ": " <strong>{called(rule)}</strong> }))}
            </button>
            <div class="reference-find">
                <input type="search" class="input" aria-label="Search the rules" placeholder=format!("Find among {} rules", CATALOGUE.len())
                    on:input=move |e| typed.set(event_target_value(&e)) />
                <p class="visually-hidden" role="status">
                    {move || (!typed.with(String::is_empty)).then(|| count(all(), "rule", "rules"))}
                </p>
                {live(move || (all() == 0).then(|| view! { <p class="hint">"No rule says that."</p> }))}
                {live(move || groups.get().into_iter().filter(|(_, rules)| !rules.is_empty()).map(|(title, rules)| view! {
                    <h2>{title}</h2>
                    <ul>{rules.into_iter().map(|id| view! { <li>{entry(id, rule, open)}</li> }).collect_view()}</ul>
                }).collect_view())}
            </div>
        </nav>
    }
}

fn entry(id: RuleId, rule: Memo<Option<RuleId>>, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <a href=Route::Reference(Some(id)).href() aria-current=move || (rule.get() == Some(id)).then_some("true") on:click=move |_| open.set(false)>
            <span>{called(id)}</span>
            {differs(id).then(|| view! { <small title="The editions do not say the same">"differs"</small> })}
            <span class="mono">{id.to_string()}</span>
        </a>
    }
}
