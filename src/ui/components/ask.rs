use crate::domain::command::Command;
use crate::domain::edition::all_choices;
use crate::domain::environment::{Answer, EnvironmentId, FactKey, Key, Kind, Policy, Region};
use crate::domain::order::Gather;
use crate::domain::retention::hint;
use crate::domain::rule::RuleId;
use crate::ui::components::{RuleChip, SaysText, TimeField, TypedTime};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::cards::{Given, answer_says};
use crate::words::Say;
pub use crate::words::capital;
use crate::words::facts;
use chrono::{DateTime, Utc};
use leptos::html;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

/// The sorts of enterprise policies that an answer can name, with the service's word.
const POLICIES: [(&str, &str); 3] = [
    ("networkinjection", "Virtual network"),
    ("identity", "Managed identity"),
    ("privateendpoint", "Private endpoint"),
];

/// Asks for a fact and takes the answer right there, for one environment or for many at once. The card stays: once answered it says
/// what was answered, and can be undone.
#[component]
pub fn Ask(
    #[prop(into)] environments: Signal<Vec<EnvironmentId>>,
    fact: FactKey,
    /// What is told when it was answered, or undone (`None`).
    #[prop(optional)]
    told: Option<Callback<Option<Given>>>,
) -> impl IntoView {
    let app = use_app();
    let given = RwSignal::new(None::<Given>);
    let problem = RwSignal::new(None::<String>);
    let card = NodeRef::<html::Div>::new();
    let said = StoredValue::new(None::<u32>);
    // Where the question goes with its answer, the message can take it back.
    on_cleanup(move || {
        if let (Some(Some(toast)), Some(Some(given))) = (said.try_get_value(), given.try_get_untracked()) {
            app.offer_undo(toast, given.entry);
        }
    });
    // Compared, so that the clock does not tear away what is being typed.
    let asked = Memo::new(move |_| environments.get());
    let give = Callback::new(move |answer: Answer| {
        // Nothing is answered twice, and nothing that is answered already.
        let environments = asked.get_untracked();
        if given.with_untracked(Option::is_some) || environments.is_empty() {
            return;
        }
        let says = answer_says(&answer);
        match app.run(Command::Answer { environments, answer }) {
            Ok(events) => {
                let took: Vec<EnvironmentId> = events.iter().filter_map(|e| e.environment.clone()).collect();
                let left_out = asked.with_untracked(Vec::len).saturating_sub(took.len());
                let entry = app.with_untracked(|w| w.log.newest_command().map_or(0, |e| e.number));
                said.set_value(Some(app.toast_answer(took.len())));
                let now = Some(Given { says, environments: took, left_out, entry });
                problem.try_set(None);
                keep_height(card);
                given.try_set(now.clone());
                if let Some(told) = told {
                    told.run(now);
                }
            }
            Err(refusal) => {
                problem.try_set(Some(refusal.with_help().to_string()));
            }
        }
    });
    // K16: what the service printed may hint at the answer for one environment.
    let hinted = move || match (fact, asked.get().as_slice()) {
        (FactKey::Dynamics, [one]) => app.with_untracked(|w| w.tenant.get(one).and_then(hint)),
        _ => None,
    };
    let undone = Callback::new(move |()| {
        problem.try_set(None);
        given.try_set(None);
        if let Some(told) = told {
            told.run(None);
        }
        request_animation_frame(move || {
            if let Some(Some(card)) = card.try_get_untracked() {
                _ = card.focus();
            }
        });
    });
    view! {
        <div class="ask-card" node_ref=card tabindex="-1">
            {live(move || match given.get() {
                Some(given) => view! { <GivenLine fact given undone /> }.into_any(),
                None => {
                    let many = asked.with(|e| e.len() > 1);
                    match asked.with(Vec::is_empty) {
                        true => view! { <p class="ask-given">"✓ Everything in it is settled."</p> }.into_any(),
                        false => view! {
                            <Choices fact many give />
                            {hinted().map(|hint| view! {
                                <p class="hint"><SaysText text=hint.says().sentence() /> " " <RuleChip rule=RuleId::K16 /></p>
                            })}
                        }
                        .into_any(),
                    }
                }
            })}
            {live(move || problem.get().map(|p| view! { <p class="field-error" role="alert">{p}</p> }))}
        </div>
    }
}

/// What was answered, with its undoing, which has the focus when it comes: the button that was pressed is gone.
#[component]
pub fn GivenLine(
    fact: FactKey,
    given: Given,
    /// Of which environment it is, where that stands nowhere else.
    #[prop(optional_no_strip)]
    of: Option<String>,
    undone: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let button = NodeRef::<html::Button>::new();
    focus_later(button);
    let entry = given.entry;
    let undo = move |e: leptos::ev::MouseEvent| {
        // The second click of the double click that answered.
        if e.detail() > 1 {
            return;
        }
        match app.take_back(entry) {
            Ok(_) => {
                // What was said of the answer holds no longer.
                app.hush();
                undone.run(());
            }
            Err(why) => {
                problem.try_set(Some(format!("It cannot be undone: {why}.")));
            }
        }
    };
    let noun = facts::of(fact).noun;
    let whose = of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
    view! {
        <p class="ask-given" role="status">
            <span aria-hidden="true">"✓ "</span>
            {format!("{}{whose}: ", capital(noun))}
            {given.line()}
            " "
            <button type="button" class="btn small plain" node_ref=button on:click=undo
                aria-label=format!("Undo the answer: {noun}{whose}")>
                "Undo"
            </button>
        </p>
        {live(move || problem.get().map(|p| view! { <p class="field-error" role="alert">{p}</p> }))}
    }
}

/// The card stays as high as the question was, so that nothing below it moves up under the pointer.
fn keep_height(card: NodeRef<html::Div>) {
    if let Some(Some(card)) = card.try_get_untracked() {
        let height = format!("{}px", card.offset_height());
        _ = web_sys::HtmlElement::style(&card).set_property("min-height", &height);
    }
}

/// Puts the focus on what stands where the answer was given.
fn focus_later(button: NodeRef<html::Button>) {
    request_animation_frame(move || {
        if let Some(Some(button)) = button.try_get_untracked() {
            _ = button.focus();
        }
    });
}

/// The question with its answers.
#[component]
fn Choices(fact: FactKey, many: bool, give: Give) -> impl IntoView {
    let choices = match fact {
        FactKey::Dataverse => yes_no(give, Answer::Dataverse),
        FactKey::Dynamics => yes_no(give, Answer::Dynamics),
        FactKey::Managed => yes_no(give, Answer::Managed),
        FactKey::Key => view! { <AskKey give /> }.into_any(),
        FactKey::Policies => view! { <AskPolicies give /> }.into_any(),
        FactKey::RetentionSetting => all_choices()
            .map(|days| choice(give, format!("{days} days"), Answer::RetentionSetting(days)))
            .collect_view()
            .into_any(),
        FactKey::Kind => Kind::NAMED
            .into_iter()
            .map(|kind| choice(give, kind.to_string(), Answer::Kind(kind)))
            .collect_view()
            .into_any(),
        FactKey::Region => view! { <AskRegion give /> }.into_any(),
        FactKey::Created => {
            view! { <AskInstant give answer=Answer::Created label="Time of creation, local time" /> }.into_any()
        }
        FactKey::Deleted => {
            view! { <AskInstant give answer=Answer::Deleted label="Time of deletion, local time" /> }.into_any()
        }
    };
    view! {
        <div class="ask-fact" role="group" aria-label=facts::of(fact).question(many)>
            <span class="ask-question">{facts::of(fact).question(many)}</span>
            <span class="actions">{choices}</span>
        </div>
    }
}

/// Questions about single environments. The list is fixed while it is shown: what was answered stays in its place, new ones come
/// at the end.
#[component]
pub fn AskCards(
    /// What is asked now.
    #[prop(into)]
    asks: Signal<Vec<(EnvironmentId, FactKey)>>,
    /// Say which environment each is about.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let app = use_app();
    let cards = Memo::new(move |before: Option<&Vec<(EnvironmentId, FactKey)>>| {
        let mut cards = before.cloned().unwrap_or_default();
        let new: Vec<_> = asks.with(|now| now.iter().filter(|ask| !cards.contains(ask)).cloned().collect());
        cards.extend(new);
        cards
    });
    let name = move |id: &EnvironmentId| {
        app.with_untracked(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
    };
    view! {
        <For each=move || cards.get() key=|ask| ask.clone() let((id, fact))>
            {
                let ask = (id.clone(), fact);
                let open = Signal::derive(move || asks.with(|now| now.contains(&ask)));
                let here = id.clone();
                let environments = Signal::derive(move || if open.get() { vec![here.clone()] } else { Vec::new() });
                view! {
                    <div class="verdict-ask">
                        {named.then(|| view! { <strong>{name(&id)}</strong> })}
                        <Ask environments fact />
                    </div>
                }
            }
        </For>
    }
}

type Give = Callback<Answer>;

fn choice(give: Give, label: String, answer: Answer) -> impl IntoView {
    // The second click of a double click is none of its own: it may fall on what has come under the pointer meanwhile.
    let press = move |e: leptos::ev::MouseEvent| {
        if e.detail() < 2 {
            give.run(answer.clone());
        }
    };
    view! { <button type="button" class="btn small" on:click=press>{label}</button> }
}

fn yes_no(give: Give, answer: fn(bool) -> Answer) -> AnyView {
    view! {
        {choice(give, "Yes".into(), answer(true))}
        {choice(give, "No".into(), answer(false))}
    }
    .into_any()
}

#[component]
fn AskKey(give: Give) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let named = move || Some(typed.with(|t| t.trim().to_string())).filter(|t| !t.is_empty());
    view! {
        {choice(give, "No".into(), Answer::Key(Key::Microsoft))}
        {choice(give, "Yes, I do not know which".into(), Answer::Key(Key::Customer(None)))}
        <span class="ask-typed">
            <input class="input small" type="text" placeholder="Name or id of the key" aria-label="Name or id of the key"
                prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) />
            <button type="button" class="btn small" disabled=move || named().is_none()
                on:click=move |_| if named().is_some() { give.run(Answer::Key(Key::Customer(named()))) }>"Yes, this one"</button>
        </span>
    }
}

#[component]
fn AskPolicies(give: Give) -> impl IntoView {
    let chosen = RwSignal::new(BTreeSet::<&'static str>::new());
    view! {
        {choice(give, "No, none".into(), Answer::Policies(BTreeSet::new()))}
        <span class="ask-typed">
            {POLICIES.into_iter().map(|(sort, title)| view! {
                <label class="check">
                    <input type="checkbox" prop:checked=move || chosen.with(|c| c.contains(sort))
                        on:change=move |e| chosen.update(|c| { if event_target_checked(&e) { c.insert(sort); } else { c.remove(sort); } }) />
                    {title}
                </label>
            }).collect_view()}
            <button type="button" class="btn small" disabled=move || chosen.with(BTreeSet::is_empty)
                on:click=move |_| give.run(Answer::Policies(
                    chosen.get_untracked().into_iter().map(|sort| Policy { sort: sort.into(), id: None }).into_set(),
                ))>"Yes, these"</button>
        </span>
    }
}

#[component]
fn AskRegion(give: Give) -> impl IntoView {
    let app = use_app();
    // The regions that the tenant has already are one click.
    let known = app.with_untracked(|w| w.tenant.regions());
    let typed = RwSignal::new(String::new());
    let empty = move || typed.with(|t| t.trim().is_empty());
    view! {
        {known.into_iter().map(|r| choice(give, r.to_string(), Answer::Region(r))).collect_view()}
        <span class="ask-typed">
            <input class="input small" type="text" placeholder="Another, such as unitedstates" aria-label="Another region"
                prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) />
            <button type="button" class="btn small" disabled=empty
                on:click=move |_| if !empty() { give.run(Answer::Region(Region::new(&typed.get_untracked()))) }>"Keep"</button>
        </span>
    }
}

/// Asks for an instant, typed freely; what can be meant two ways is asked.
#[component]
fn AskInstant(give: Give, answer: fn(DateTime<Utc>) -> Answer, label: &'static str) -> impl IntoView {
    let time = TypedTime::maybe(None);
    let typed = move || time.at().ok();
    view! {
        <div class="ask-typed">
            <TimeField time id=new_id() label />
            <button type="button" class="btn small" disabled=move || typed().is_none()
                on:click=move |_| if let Some(at) = untrack(typed) { give.run(answer(at)) }>"Keep"</button>
        </div>
    }
}

/// An id for a field that may be there more than once.
fn new_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("ask-time-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
