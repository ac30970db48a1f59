//! The answer: what to know first, the ways in order, and the targets that are not shown.

use super::Told;
use super::way::WayView;
use crate::domain::advice::{Advice, Line, Missing, MoreTargets, Standing, Way, advise};
use crate::domain::moment::Moment;
use crate::ui::components::{Notice, RuleChips, SaysText, Tone};
use crate::ui::prelude::*;
use crate::ui::route::{Route, TargetsQuery};
use crate::view_model::words::count;
use std::collections::BTreeSet;

/// Which of the folded ways are open; kept while the ways are judged anew.
#[derive(Clone, Copy)]
pub(super) struct Opened(pub RwSignal<BTreeSet<String>>);

#[component]
pub(super) fn Ways(told: Told) -> impl IntoView {
    let app = told.app;
    provide_context(Opened(RwSignal::default()));
    let answer = Memo::new(move |_| {
        let case = told.case()?;
        let (edition, now) = (app.edition(), app.now());
        Some(app.with(|w| advise(Moment::new(edition, &w.tenant, now), &case)))
    });
    view! {
        <div aria-live="polite">
            {live(move || answer.get().and_then(Result::err).map(|missing| view! { <Next missing /> }))}
        </div>
        {live(move || answer.get().and_then(Result::ok).map(|advice| view! { <Answer advice told /> }))}
    }
}

/// What is asked next.
#[component]
fn Next(missing: Missing) -> impl IntoView {
    let says = match missing {
        Missing::Environment | Missing::NotListed(_) => "Choose the environment to see its ways back.",
        Missing::When => "Say when, to see the ways back: roughly will do.",
    };
    view! { <p class="hint way-next">{says}</p> }
}

#[component]
fn Answer(advice: Advice, told: Told) -> impl IntoView {
    let why_first = advice.says_why_first().to_string();
    let Advice { first, ways, more, .. } = advice;
    let ways_open = ways.iter().filter(|w| w.standing < Standing::LastResort).count();
    let says = match ways_open {
        0 => "No way back is open".to_string(),
        n => count(n, "way back", "ways back"),
    };
    let (closed, mut rest): (Vec<Way>, Vec<Way>) = ways.into_iter().partition(|w| w.standing == Standing::Closed);
    let best = (!rest.is_empty()).then(|| rest.remove(0));
    let none_closed = closed.is_empty();
    view! {
        <section class="ways" aria-labelledby="ways-title">
            <h2 id="ways-title">"Ways back, best first"</h2>
            <p class="sub" role="status">{says} {(!none_closed).then(|| format!(" · {} closed", closed.len()))}</p>
            {(!first.is_empty()).then(|| view! {
                <Notice tone=Tone::Info>
                    <p><strong>"Before anything else"</strong></p>
                    <Lines lines=first />
                </Notice>
            })}
            {best.map(|way| view! { <WayView way first=true why=why_first told /> })}
            {rest.into_iter().map(|way| view! { <WayView way first=false why=String::new() told /> }).collect_view()}
            <More more told />
            {(!none_closed).then(|| view! {
                <h3 class="after">"Closed, with the reason"</h3>
                {closed.into_iter().map(|way| view! { <WayView way first=false why=String::new() told /> }).collect_view()}
            })}
        </section>
    }
}

/// Sentences, each with its rules.
#[component]
pub(super) fn Lines(lines: Vec<Line>) -> impl IntoView {
    view! {
        <ul class="way-lines">
            {lines
                .into_iter()
                .map(|line| {
                    let (says, help) = line.says_and_help();
                    view! {
                        <li>
                            <SaysText text=says />
                            {(!help.is_empty()).then(|| view! { " " <span class="way-help"><SaysText text=help /></span> })}
                            " " <RuleChips rules=line.rules />
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// The targets that are not shown, with the way to all of them.
#[component]
fn More(more: MoreTargets, told: Told) -> impl IntoView {
    let source = told.query.with_untracked(|q| q.environment.clone());
    let parts: Vec<String> = [
        (more.eligible, "more that can be restored onto"),
        (more.after_changes, "after changes"),
        (more.unknown, "not known"),
        (more.refused, "refused"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, words)| format!("{n} {words}"))
    .collect();
    let href = Route::Targets(TargetsQuery { source, ..TargetsQuery::default() }).href();
    (!parts.is_empty()).then(|| view! {
        <p class="hint way-more">"Other environments as targets: " {parts.join(", ")} ". " <a href=href>"See them all"</a></p>
    })
}
