use crate::domain::command::Command;
use crate::domain::environment::{Answer, EnvironmentId, FactKey, Key, Kind, Region};
use crate::ui::state::use_app;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The question about a fact, for one environment or for many.
pub fn question(fact: FactKey, many: bool) -> &'static str {
    match (fact, many) {
        (FactKey::Kind, false) => "What kind of environment is it?",
        (FactKey::Kind, true) => "What kind of environments are they?",
        (FactKey::Region, false) => "In which region is it?",
        (FactKey::Region, true) => "In which region are they?",
        (FactKey::Dataverse, false) => "Does it have a Dataverse database?",
        (FactKey::Dataverse, true) => "Do they have a Dataverse database?",
        (FactKey::Dynamics, false) => "Does it have Dynamics 365 apps?",
        (FactKey::Dynamics, true) => "Do they have Dynamics 365 apps?",
        (FactKey::Managed, false) => "Is it a Managed Environment?",
        (FactKey::Managed, true) => "Are they Managed Environments?",
        (FactKey::Key, false) => "Does it have a customer-managed encryption key?",
        (FactKey::Key, true) => "Do they have a customer-managed encryption key?",
        (FactKey::Policies, false) => "Is an enterprise policy linked to it, such as a virtual network?",
        (FactKey::Policies, true) => "Are enterprise policies linked to them, such as a virtual network?",
        (FactKey::RetentionSetting, _) => "What is the backup retention set to?",
        (FactKey::Created, false) => "When was it created?",
        (FactKey::Created, true) => "When were they created?",
    }
}

/// A fact in words.
pub fn fact_word(fact: FactKey) -> &'static str {
    match fact {
        FactKey::Kind => "kind",
        FactKey::Region => "region",
        FactKey::Dataverse => "Dataverse",
        FactKey::Dynamics => "Dynamics 365 apps",
        FactKey::Managed => "managed",
        FactKey::Key => "customer-managed key",
        FactKey::Policies => "enterprise policies",
        FactKey::RetentionSetting => "retention setting",
        FactKey::Created => "creation time",
    }
}

/// Asks for a fact and takes the answer right there, for one environment or for many at once.
#[component]
pub fn Ask(environments: Vec<EnvironmentId>, fact: FactKey) -> impl IntoView {
    let app = use_app();
    let many = environments.len() > 1;
    let problem = RwSignal::new(None::<String>);
    let environments = StoredValue::new(environments);
    let give = move |answer: Answer| {
        let environments = environments.get_value();
        match app.run(Command::Answer { environments, answer }) {
            Ok(_) => app.toast("Answer kept".into()),
            Err(refusal) => problem.set(Some(format!("{}. {}", refusal.says, refusal.help))),
        }
    };
    let button = move |label: &'static str, answer: Answer| {
        view! { <button type="button" class="btn small" on:click=move |_| give(answer.clone())>{label}</button> }
    };
    let typed = RwSignal::new(String::new());
    let choices = match fact {
        FactKey::Dataverse => yes_no(button, Answer::Dataverse),
        FactKey::Dynamics => yes_no(button, Answer::Dynamics),
        FactKey::Managed => yes_no(button, Answer::Managed),
        FactKey::Key => view! {
            {button("No", Answer::Key(Key::Microsoft))}
            {button("Yes, which is not known", Answer::Key(Key::Customer(None)))}
            <input class="input" placeholder="Name or id of the key" aria-label="Name or id of the key"
                prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) />
            <button type="button" class="btn small" disabled=move || typed.with(|t| t.trim().is_empty())
                on:click=move |_| give(Answer::Key(Key::Customer(Some(typed.get_untracked().trim().to_string()))))>
                "Yes, this one"
            </button>
        }
        .into_any(),
        FactKey::Policies => button("No, none", Answer::Policies(BTreeSet::new())).into_any(),
        FactKey::RetentionSetting => crate::domain::edition::RETENTION_CHOICES
            .into_iter()
            .map(|days| view! {
                <button type="button" class="btn small" on:click=move |_| give(Answer::RetentionSetting(days))>
                    {days} " days"
                </button>
            })
            .collect_view()
            .into_any(),
        FactKey::Kind => Kind::NAMED
            .into_iter()
            .map(|kind| {
                let label = kind.to_string();
                view! {
                    <button type="button" class="btn small" on:click=move |_| give(Answer::Kind(kind.clone()))>{label}</button>
                }
            })
            .collect_view()
            .into_any(),
        FactKey::Region => view! {
            <input class="input" placeholder="europe" aria-label="Region" list="known-regions"
                prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) />
            <button type="button" class="btn small" disabled=move || typed.with(|t| t.trim().is_empty())
                on:click=move |_| give(Answer::Region(Region::new(&typed.get_untracked())))>"Keep"</button>
        }
        .into_any(),
        FactKey::Created => view! {
            <input class="input" type="date" aria-label="Day of creation, UTC"
                prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) />
            <button type="button" class="btn small" disabled=move || typed.with(|t| t.parse::<chrono::NaiveDate>().is_err())
                on:click=move |_| {
                    if let Ok(day) = typed.get_untracked().parse::<chrono::NaiveDate>() {
                        // The end of the day: nothing is promised from before it.
                        give(Answer::Created(day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN).and_utc()));
                    }
                }>"Keep"</button>
        }
        .into_any(),
    };
    view! {
        <div class="ask-fact" role="group" aria-label=question(fact, many)>
            <span class="ask-question">{question(fact, many)}</span>
            <span class="actions">{choices}</span>
            {move || problem.get().map(|p| view! { <p class="field-error" role="alert">{p}</p> })}
        </div>
    }
}

fn yes_no<V: IntoView + 'static>(button: impl Fn(&'static str, Answer) -> V, answer: fn(bool) -> Answer) -> AnyView {
    view! {
        {button("Yes", answer(true))}
        {button("No", answer(false))}
    }
    .into_any()
}
