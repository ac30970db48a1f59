//! Small pieces that the steps share.

use crate::domain::environment::Environment;
use crate::domain::retention::Certainty;
use crate::domain::rule::RuleId;
use crate::ui::components::{RuleChip, SaysText};
use crate::ui::prelude::*;
pub use crate::view_model::words::sentence;
use crate::words::Text;

/// Kind, region and id of an environment in one line.
pub fn about(env: &Environment) -> String {
    let kind = env.kind.get().map_or_else(|| "kind unknown".to_string(), ToString::to_string);
    let region = env.region.get().map_or_else(|| "region unknown".to_string(), ToString::to_string);
    format!("{kind} · {region}")
}

/// The chips of rules, each once.
pub fn chips(rules: Vec<RuleId>) -> impl IntoView {
    let mut seen: Vec<RuleId> = Vec::new();
    for rule in rules {
        if !seen.contains(&rule) {
            seen.push(rule);
        }
    }
    view! { <span class="chips">{seen.into_iter().map(|rule| view! { <RuleChip rule /> }).collect_view()}</span> }
}

/// How sure a point is, in symbol, word and colour.
pub fn certainty_tag(certainty: Certainty) -> impl IntoView {
    let (class, says) = match certainty {
        Certainty::Guaranteed => ("tag ok", "✓ Guaranteed"),
        Certainty::Possible => ("tag ask", "? Only possible, may already be gone"),
        Certainty::Dormant => ("tag no", "✕ Not to be chosen while this is a Sandbox"),
        Certainty::Gone => ("tag no", "✕ Gone"),
        Certainty::Future => ("tag no", "✕ Not yet there"),
    };
    view! { <span class=class>{says}</span> }
}

/// A choice among radio buttons, as a card: the label holds the title and the description.
#[component]
pub fn RadioCard(
    name: &'static str,
    id: String,
    #[prop(into)] checked: Signal<bool>,
    choose: Callback<()>,
    #[prop(into)] title: String,
    #[prop(into)] says: String,
    #[prop(default = Vec::new())] rules: Vec<RuleId>,
) -> impl IntoView {
    let says_id = format!("{id}-says");
    view! {
        <div class="radio-card" class:on=move || checked.get()>
            <input
                type="radio"
                id=id.clone()
                name=name
                prop:checked=move || checked.get()
                on:change=move |_| choose.run(())
                aria-describedby=says_id.clone()
            />
            <label for=id>{title}</label>
            <p class="hint" id=says_id>{says} " " {chips(rules)}</p>
        </div>
    }
}

/// A row of a list of which one is chosen: what it is (its label), and what there is to say about it.
pub fn choice_row(
    group: &'static str,
    id: String,
    on: Memo<bool>,
    choose: impl Fn() + Send + Sync + 'static,
    facts: impl IntoView + 'static,
    more: impl IntoView + 'static,
) -> AnyView {
    view! {
        <li class="choice" class:on=move || on.get()>
            <input type="radio" name=group id=id.clone() prop:checked=move || on.get() on:change=move |_| choose() />
            <div class="choice-body"><label for=id>{facts}</label>{more}</div>
        </li>
    }
    .into_any()
}

/// A row that cannot be chosen, which stays in sight with the reason.
pub fn refused_row(facts: impl IntoView + 'static, more: impl IntoView + 'static) -> AnyView {
    view! {
        <li class="choice off">
            <span class="choice-mark" aria-hidden="true">"✕"</span>
            <div class="choice-body">{facts}{more}</div>
        </li>
    }
    .into_any()
}

/// Whether a row is the chosen one.
pub fn is_chosen<T: PartialEq + Send + Sync + 'static>(chosen: Memo<Option<T>>, own: T) -> Memo<bool> {
    Memo::new(move |_| chosen.with(|c| c.as_ref() == Some(&own)))
}

/// How many rows of a long list are shown at first, and how many more with each press.
pub const PAGE: usize = 40;

/// "Show more" below a list that is cut off.
#[component]
pub fn More(shown: RwSignal<usize>, #[prop(into)] all: Signal<usize>) -> impl IntoView {
    move || {
        let (shown_now, all) = (shown.get(), all.get());
        (all > shown_now).then(|| {
            view! {
                <p class="actions">
                    <span class="hint">{format!("{shown_now} of {all} are shown.")}</span>
                    <button type="button" class="btn small" on:click=move |_| shown.update(|n| *n += PAGE)>"Show more"</button>
                </p>
            }
        })
    }
}

/// A search field of a list. Enter does not send the form.
#[component]
pub fn SearchField(
    id: &'static str,
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    on_input: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                type="search"
                id=id
                class="input"
                autocomplete="off"
                prop:value=move || value.get()
                on:input=move |e| on_input.run(event_target_value(&e))
                on:keydown=move |e| {
                    if e.key() == "Enter" {
                        e.prevent_default();
                    }
                }
            />
        </div>
    }
}

/// The message beside a field that is wrong.
#[component]
pub fn FieldError(id: &'static str, #[prop(into)] says: Signal<Option<Text>>) -> impl IntoView {
    view! {
        <div id=id>
            {live(move || {
                says.get().map(|s| view! { <p class="field-error"><span class="visually-hidden">"Error: "</span><SaysText text=s.sentence() /></p> })
            })}
        </div>
    }
}
