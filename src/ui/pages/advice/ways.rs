//! The answer: what to know first, the ways in order, and the targets that are not shown.

use super::ToldMishap;
use super::making::Confirming;
use super::way::{WayView, dom_id};
use crate::domain::advice::{Advice, AdviceLine, Missing, MoreTargets, Way, WayStanding, advise};
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::moment::Moment;
use crate::ui::components::ask::GivenLine;
use crate::ui::components::{RuleChips, SaysText, icon};
use crate::ui::prelude::*;
use crate::ui::route::{Route, TargetsQuery};
use crate::view_model::cards::Given;
use crate::view_model::words::count;
use std::collections::{BTreeMap, BTreeSet};

/// Which way is open, by its id: `None` the first, and an empty one none. Kept while the ways are judged anew.
#[derive(Clone, Copy)]
pub(super) struct OpenedWay(pub RwSignal<Option<String>>);

/// The ways of which the folded rest is open, by their ids. Kept as [`OpenedWay`] is.
#[derive(Clone, Copy)]
pub(super) struct OpenedRest(pub RwSignal<BTreeSet<String>>);

/// What was answered at the ways, in the order in which it was. The ways are drawn anew with every answer; this stays.
#[derive(Clone, Copy, Default)]
pub(super) struct AnsweredHere(RwSignal<Vec<AnsweredFact>>);

#[derive(Clone, PartialEq)]
struct AnsweredFact {
    environment: EnvironmentId,
    fact: FactKey,
    given: Given,
}

impl AnsweredHere {
    pub(super) fn add(self, environment: EnvironmentId, fact: FactKey, given: Given) {
        self.0.update(|all| all.push(AnsweredFact { environment, fact, given }));
    }
}

#[component]
pub(super) fn Ways(told: ToldMishap) -> impl IntoView {
    let app = told.app;
    provide_context(OpenedWay(RwSignal::default()));
    provide_context(OpenedRest(RwSignal::default()));
    let confirming = Confirming::default();
    provide_context(confirming);
    // What is typed for one case confirms nothing in another.
    when_changed(move || told.query.get(), move || confirming.0.set(BTreeMap::new()));
    let answered = AnsweredHere::default();
    provide_context(answered);
    let of_whom = move || (told.query.with(|q| q.environment.clone()), app.saving.slot());
    when_changed(of_whom, move || answered.0.set(Vec::new()));
    // What was taken back elsewhere, or lies behind the clock of a rehearsal, was not answered.
    let is_gone = move |a: &AnsweredFact| app.with(|w| w.log.entries.iter().all(|e| e.number != a.given.entry));
    Effect::new(move |_| {
        if answered.0.with(|all| all.iter().any(is_gone)) {
            answered.0.update(|all| all.retain(|a| !untrack(|| is_gone(a))));
        }
    });
    let answer = Memo::new(move |_| {
        let case = told.case()?;
        // Not by the very second: the ways would be drawn anew with every key and under every click.
        let (edition, (tenant, judged)) = (app.edition(), app.judged());
        let latest = case.when.map(|when| when.latest.min(untrack(|| app.now())));
        let now = latest.map_or(judged, |latest| judged.max(latest));
        Some(advise(Moment::new(edition, &tenant, now), &case))
    });
    let answer = Memo::new(move |_| answer.get().filter(|_| !told.unread.get()));
    view! {
        <div aria-live="polite">
            {live(move || told.unread.get().then_some("No time is chosen yet: what is typed cannot be read. The ways back, and what each of them loses, follow from it.").map(|says| view! { <p class="hint way-next">{says}</p> }))}
            {live(move || answer.get().and_then(Result::err).map(|missing| view! { <Next missing /> }))}
        </div>
        <AnsweredLines answered told />
        {live(move || answer.get().and_then(Result::ok).map(|advice| view! { <Answer advice told /> }))}
    }
}

/// What was answered here, with its undoing: the question is gone with the ways that asked it.
#[component]
fn AnsweredLines(answered: AnsweredHere, told: ToldMishap) -> impl IntoView {
    let line = move |AnsweredFact { environment, fact, given }: AnsweredFact| {
        let name = told.app.with_untracked(|w| w.tenant.get(&environment).map(|e| e.name.clone()));
        let entry = given.entry;
        let undone = Callback::new(move |()| {
            answered.0.update(|all| all.retain(|a| a.given.entry != entry));
            focus_soon("ways-title".to_string());
        });
        view! { <li><GivenLine fact given of=name undone /></li> }
    };
    view! {
        <ul class="answered-here">
            <For each=move || answered.0.get() key=|a| a.given.entry let:one>{line(one)}</For>
        </ul>
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
fn Answer(advice: Advice, told: ToldMishap) -> impl IntoView {
    let why_first = advice.says_why_first().to_string();
    let Advice { first, ways, more, .. } = advice;
    // What only a fact may stop can be open all the same.
    let waits = [WayStanding::AfterChanges, WayStanding::AfterChangesUnknown];
    let open = ways.iter().filter(|w| w.standing < WayStanding::LastResort);
    let none_yet = open.clone().all(|w| waits.contains(&w.standing));
    let none_surely = open.clone().all(|w| w.standing != WayStanding::Open);
    let ways_open = open.count();
    let (closed, rest): (Vec<Way>, Vec<Way>) = ways.into_iter().partition(|w| w.standing == WayStanding::Closed);
    let says = match ways_open {
        0 => "No way back is open".to_string(),
        1 if none_yet => "1 way back, not open yet".to_string(),
        1 if none_surely => "1 way back, perhaps open".to_string(),
        n if none_yet => format!("{}, none of them open yet, best first", count(n, "way back", "ways back")),
        n if none_surely => format!("{}, none of them surely open, best first", count(n, "way back", "ways back")),
        n => format!("{}, best first", count(n, "way back", "ways back")),
    };
    let shut = (!closed.is_empty()).then(|| format!(" · {} closed", closed.len()));
    let best = rest.first().map(Way::id).unwrap_or_default();
    view! {
        <section class="ways" aria-labelledby="ways-title">
            {(!first.is_empty()).then(|| view! {
                <div class="before-all">
                    <strong>"Before anything else"</strong>
                    <Lines lines=first />
                </div>
            })}
            <div class="ways-head">
                <h2 id="ways-title" tabindex="-1">{says} {shut}</h2>
                <span aria-hidden="true">"Overwrites"</span>
                <span aria-hidden="true">"How sure"</span>
                <span aria-hidden="true">"Start before"</span>
            </div>
            <div class="way-rows">
                {rest
                    .into_iter()
                    .enumerate()
                    .map(|(n, way)| {
                        let why = if n == 0 { why_first.clone() } else { String::new() };
                        view! { <WayView way rank=n + 1 best=best.clone() why told /> }
                    })
                    .collect_view()}
                <Closed closed />
            </div>
            <More more told />
        </section>
    }
}

/// The ways that do not exist, in one fold, each with its reasons.
#[component]
fn Closed(closed: Vec<Way>) -> impl IntoView {
    let says = match closed.len() {
        0 => return None,
        1 => "1 more is closed, with the reason".to_string(),
        n => format!("{n} more are closed, with the reason"),
    };
    Some(view! {
        <details class="way way-closed">
            <summary><span class="way-title">{says}</span> {icon("down")}</summary>
            <div class="way-body">
                {closed.into_iter().map(|way| {
                    let heading = format!("way-{}", dom_id(&way.id()));
                    let title = way.title().to_string();
                    view! {
                        <article aria-labelledby=heading.clone()>
                            <h3 class="way-title" id=heading.clone()>{title}</h3>
                            <Lines lines=way.against />
                        </article>
                    }
                }).collect_view()}
            </div>
        </details>
    })
}

/// Sentences, each with its rules.
#[component]
pub(super) fn Lines(lines: Vec<AdviceLine>) -> impl IntoView {
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
fn More(more: MoreTargets, told: ToldMishap) -> impl IntoView {
    let source = told.query.with_untracked(|q| q.environment.clone());
    let parts: Vec<String> = [
        (more.eligible, "more that can be restored onto"),
        (more.after_changes, "after changes"),
        (more.unknown, "not known"),
        (more.after_changes_unknown, "refused until a change, then not known"),
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
