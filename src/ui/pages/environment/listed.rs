//! What the service itself printed of the environment: what it announced, whom it offered, what it did. Evidence, with its date.

use crate::domain::environment::{Environment, Kind};
use crate::domain::merge::service::held_days;
use crate::domain::order::Order as _;
use crate::domain::rule::RuleId;
use crate::domain::service::{Candidates, Ended};
use crate::ui::components::{InstantView, Notice, RuleChip, Tone};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::words::Say;

/// How many operations are shown at first, the newest.
const SHOWN: usize = 10;

/// X4, L1: what has to be known before anything is done here.
#[component]
pub fn Warned(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    let endings = Memo::new(move |_| {
        let now = app.now();
        env.with(|e| e.endings.iter().copied().filter(|ending| ending.at > now).collect::<Vec<_>>())
    });
    let trial = Memo::new(move |_| env.with(|e| matches!(e.kind.get(), Some(Kind::Trial | Kind::TrialSubscription))));
    let finance = Memo::new(move |_| env.with(|e| e.finance.clone()));
    let held = Memo::new(move |_| app.with(|w| env.with(|e| held_days(&w.tenant.group_rules, e))));
    view! {
        {live(move || {
            let endings = endings.get();
            (!endings.is_empty()).then(|| view! {
                <Notice tone=Tone::Warning>
                    <p><strong>"The service has announced: "</strong></p>
                    <ul class="reasons">
                        {endings.into_iter().map(|e| view! { <li>{e.what.says().capital().to_string()} ": " <InstantView at=e.at /></li> }).collect_view()}
                    </ul>
                    <p>
                        "Backups and the work of administrators do not count as use: only its makers and users do. "
                        {trial.get().then_some("A deleted trial can be recovered for 7 days, and then nothing is left. ")}
                        <RuleChip rule=RuleId::X4 />
                    </p>
                </Notice>
            })
        })}
        {live(move || finance.get().map(|link| {
            let which = link.url.or(link.id).unwrap_or_default();
            view! {
                <Notice tone=Tone::Warning>
                    <p>
                        <strong>"It is linked to finance and operations. "</strong> <span class="mono">{which}</span> " "
                        {app.edition().rule(RuleId::L1).sentence} " " <RuleChip rule=RuleId::L1 /> " " <RuleChip rule=RuleId::R19 />
                    </p>
                </Notice>
            }
        }))}
        {live(move || held.get().map(|days| view! {
            <Notice tone=Tone::Info>
                <p>{format!("The rules of its group hold its retention at {days} days: it is changed there. ")} <RuleChip rule=RuleId::G1 /></p>
            </Notice>
        }))}
    }
}

/// T10 and the operations.
#[component]
pub fn Listed(env: Signal<Environment>) -> impl IntoView {
    let candidates = Memo::new(move |_| env.with(|e| e.candidates.clone()));
    let operations = Memo::new(move |_| env.with(|e| e.operations.iter().rev().cloned().collect::<Vec<_>>()));
    let all = RwSignal::new(false);
    let shown = move || {
        let most = if all.get() { usize::MAX } else { SHOWN };
        operations.with(|list| {
            list.iter()
                .take(most)
                .map(|o| {
                    let ended = match &o.ended {
                        Ended::Succeeded => "succeeded".to_string(),
                        Ended::Failed => "failed".to_string(),
                        Ended::Cancelled => "cancelled".to_string(),
                        Ended::Running => "running when the service was asked".to_string(),
                        Ended::Other(word) => format!("“{word}”"),
                    };
                    view! { <li><strong>{o.act.word().to_string()}</strong> ", " {ended} ": " <InstantView at=o.began /></li> }
                })
                .collect_view()
        })
    };
    view! {
        {live(move || candidates.get().map(|list| view! { <Offered list /> }))}
        <Show when=move || !operations.with(Vec::is_empty)>
            <section class="card pad">
                <h2>"What the service did to it"</h2>
                <p class="hint">"From a list of its operations. What fits the history is part of it; the rest is shown here and changes nothing."</p>
                <ul class="band-changes">{shown}</ul>
                <Show when=move || { operations.with(Vec::len) > SHOWN && !all.get() }>
                    <button type="button" class="btn small" on:click=move |_| all.set(true)>
                        {move || format!("Show all {}", operations.with(Vec::len))}
                    </button>
                </Show>
            </section>
        </Show>
    }
}

/// Whom the service offered as targets.
#[component]
fn Offered(list: Candidates) -> impl IntoView {
    let app = use_app();
    let Candidates { asked, offered } = list;
    let many = offered.len();
    let names = move || {
        app.with(|w| {
            let mut all: Vec<(String, Option<String>)> = offered
                .iter()
                .map(|id| match w.tenant.get(id) {
                    Some(env) => (env.name.clone(), Some(Route::Environment(env.id.clone()).href())),
                    None => (format!("{id} (not on the list)"), None),
                })
                .collect();
            all.order_by_key(|(name, _)| name.to_lowercase());
            all.into_iter()
                .map(|(name, href)| match href {
                    Some(href) => view! { <li><a href=href>{name}</a></li> }.into_any(),
                    None => view! { <li>{name}</li> }.into_any(),
                })
                .collect_view()
        })
    };
    view! {
        <section class="card pad">
            <h2>"Whom the service offered as targets"</h2>
            <p>"Asked at " <InstantView at=asked /> ". " <RuleChip rule=RuleId::T10 /></p>
            {if many == 0 {
                view! { <p>"None."</p> }.into_any()
            } else {
                view! { <ul class="columns">{names}</ul> }.into_any()
            }}
            <p class="hint">
                "It settles what is not known of a pair. Where it contradicts a rule, only a trial run of the restore shows which one holds."
            </p>
        </section>
    }
}
