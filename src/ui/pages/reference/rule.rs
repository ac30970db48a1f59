//! One rule: its sentence, where it stands, what each edition says of it, and which of the user's own environments it touches.

use super::OPEN;
use crate::domain::edition::Basis;
use crate::domain::moment::Moment;
use crate::domain::rule::RuleId;
use crate::ui::components::rule::Source;
use crate::ui::components::{InstantView, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::Slowly;
use crate::ui::state::use_app;
use crate::view_model::reference::touches::{How, Touch, Touches, touches_slowly};
use crate::view_model::reference::{Says, differs, editions_of};
use crate::view_model::words::{count, thousands};
use crate::words::rules::called;

#[component]
pub fn Rule(rule: RuleId) -> impl IntoView {
    let app = use_app();
    view! {
        <section class="reference-rule" aria-labelledby=OPEN>
            <div class="head">
                <h2 id=OPEN tabindex="-1">{called(rule)}</h2>
                <span class="mono">{rule.to_string()}</span>
            </div>
            {live(move || {
                let edition = app.edition();
                let text = edition.rule(rule);
                view! {
                    <p>{text.sentence}</p>
                    <dl class="pairs">
                        <dt>"Source"</dt>
                        <dd><Source section=text.section /></dd>
                        {editions(rule)}
                    </dl>
                }
            })}
            <Own rule />
        </section>
    }
}

/// What each edition says; one line where all say the same.
fn editions(rule: RuleId) -> AnyView {
    if !differs(rule) {
        return view! { <dt>"Editions"</dt> <dd>"All say the same."</dd> }.into_any();
    }
    editions_of(rule)
        .into_iter()
        .enumerate()
        .map(|(at, (edition, says))| {
            let basis = if edition.basis == Basis::ChangeNotes { ", from change notes only" } else { "" };
            view! {
                <dt>{edition.dated} {basis}</dt>
                <dd>{match says {
                    Says::AsBefore => view! { <span class="same">"as before"</span> }.into_any(),
                    Says::Anew(sentence) if at == 0 => sentence.into_any(),
                    Says::Anew(sentence) => view! { <strong>{sentence}</strong> }.into_any(),
                }}</dd>
            }
        })
        .collect_view()
        .into_any()
}

#[component]
fn Own(rule: RuleId) -> impl IntoView {
    let app = use_app();
    let rests_on = move || (app.edition(), app.judged(), rule);
    let found = Slowly::new("touches", rests_on, |(edition, (tenant, now), rule), mut turn| async move {
        let found = touches_slowly(Moment::new(edition, &tenant, now), rule, async || turn.goes_on().await).await?;
        Some((tenant.environments.is_empty(), found))
    });
    live(move || {
        let found = found.get()?;
        let (no_tenant, Touches { named, all }) = &*found;
        (!no_tenant).then(|| view! {
            <h3>
                {match all {
                    0 => "No answer about your environments rests on it now".to_string(),
                    all => format!("Touches {} of your environments", thousands(*all)),
                }}
            </h3>
            <ul class="reference-own">{named.iter().cloned().map(touched).collect_view()}</ul>
            {(*all > named.len()).then(|| view! { <p class="hint">{format!("and {} more", thousands(all - named.len()))}</p> })}
        })
    })
}

fn touched(touch: Touch) -> impl IntoView {
    let how = match touch.how {
        How::Ignored(days) => format!("its stored setting of {days} days counts for nothing").into_any(),
        How::Said(text) => view! { <SaysText text /> }.into_any(),
        How::Coming(at, text) => view! { <InstantView at /> ": " <SaysText text /> }.into_any(),
        How::Targets { stopped, not_known, of } => {
            let of = count(of, "target", "targets");
            let says = match (stopped, not_known) {
                (0, asks) => format!("not known for {} of {of}", thousands(asks)),
                (stops, 0) => format!("keeps it from {} of {of}", thousands(stops)),
                (stops, asks) => {
                    format!("keeps it from {} of {of}, not known for {}", thousands(stops), thousands(asks))
                }
            };
            says.into_any()
        }
    };
    view! { <li><a href=Route::Environment(touch.environment).href()>{touch.name}</a> <span>{how}</span></li> }
}
