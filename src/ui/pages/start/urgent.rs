//! The way in for the one who has no file: a few answers about one environment, and what the rules say of it. Nothing of it is stored: it is
//! there again while the tab lives, and gone with it.

use crate::domain::edition::all_choices;
use crate::domain::environment::Kind;
use crate::domain::retention::Window;
use crate::domain::told::{Answered, Assumed, Stands, Told, answer};
use crate::ui::components::outcome::tag;
use crate::ui::components::{SaysText, StillBand, TimeField, TypedTime, icon};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::shell::press_next;
use crate::ui::state::use_app;
use crate::view_model::advice::sure_look;
use crate::view_model::band::{reach as reach_words, reach_why};
use crate::view_model::words::inside;
use crate::words::told::WayLine;
use crate::words::{Say, Text, facts};
use chrono::{DateTime, Utc};
use std::cell::RefCell;

/// The way to it from where an inventory would be needed: it begins at its first question.
#[component]
pub fn WithoutFile() -> impl IntoView {
    view! { <a class="btn" href=Route::Start.href() on:click=|_| press_next("told-begin")>"Get an answer without a file"</a> }
}

/// What was typed, while the page is left.
#[derive(Clone)]
struct TypedForm {
    kind: Kind,
    dynamics: Option<bool>,
    managed: Option<bool>,
    days: Option<u32>,
    time: (String, Option<DateTime<Utc>>, Option<DateTime<Utc>>),
}

thread_local! {
    static BEFORE: RefCell<Option<TypedForm>> = RefCell::default();
}

/// The answer in a few words, by its id.
const ANSWER: &str = "told-answer";

/// The form and its answer.
#[component]
pub fn Urgent() -> impl IntoView {
    let app = use_app();
    let before = BEFORE.with_borrow(Clone::clone);
    let kind = RwSignal::new(before.as_ref().map_or(Kind::Production, |b| b.kind.clone()));
    let (dynamics, managed) = match &before {
        Some(b) => (RwSignal::new(b.dynamics), RwSignal::new(b.managed)),
        None => (RwSignal::new(None), RwSignal::new(None)),
    };
    let days = RwSignal::new(before.as_ref().and_then(|b| b.days));
    let time = TypedTime::maybe(None);
    let begun = RwSignal::new(before.is_some());
    if let Some((text, meant, typed_at)) = before.map(|b| b.time) {
        time.take(text, meant, typed_at);
    }
    on_cleanup(move || {
        let (kind, time) = (kind.get_untracked(), time.held());
        let (dynamics, managed, days) = (dynamics.get_untracked(), managed.get_untracked(), days.get_untracked());
        if begun.get_untracked() || !time.0.is_empty() {
            BEFORE.set(Some(TypedForm { kind, dynamics, managed, days, time }));
        }
    });
    let found = Memo::new(move |_| {
        let point = time.at().ok().filter(|_| !time.is_blank());
        let told = Told { kind: kind.get(), dynamics: dynamics.get(), managed: managed.get(), days: days.get(), point };
        answer(app.edition(), &told, app.now()).map(|found| (found, point.is_some()))
    });
    let begin = move |_| {
        begun.set(true);
        focus_soon("told-kind".to_string());
    };
    let pick_kind = move |e| {
        let word = event_target_value(&e);
        if let Some(named) = Kind::NAMED.into_iter().find(|k| k.to_string() == word) {
            kind.set(named);
        }
    };
    view! {
        <section class="urgent" aria-labelledby="urgent">
            <h2 id="urgent">"It is urgent and I have no file"</h2>
            <p class="hint">"A few answers about the environment, and what the rules say. Nothing of it is stored."</p>
            // On a narrow screen it is a button until it is wanted, as at the door: the ways to a file stay near.
            <p class="actions urgent-begin" class:begun=move || begun.get()>
                <button type="button" class="btn" id="told-begin" data-door="urgent" on:click=begin>"Answer them"</button>
            </p>
            <div class="urgent-form">
            <div class="nofile">
                <label for="told-kind">"Kind"</label>
                <select id="told-kind" class="input" on:change=pick_kind>
                    {Kind::NAMED.into_iter().map(|named| {
                        let word = named.to_string();
                        view! { <option value=word.clone() selected=move || kind.with(|k| *k == named)>{word.clone()}</option> }
                    }).collect_view()}
                </select>
                <YesNo label="Dynamics 365 apps" value=dynamics />
                <YesNo label="Managed" value=managed />
                <label for="told-days">"Retention set to"</label>
                <select id="told-days" class="input" on:change=move |e| days.set(event_target_value(&e).parse().ok())>
                    <option value="">"Not known"</option>
                    {all_choices().map(|n| view! { <option value=n.to_string() selected=move || days.get() == Some(n)>{format!("{n} days")}</option> }).collect_view()}
                </select>
            </div>
            // Enter goes to the answer, which may be out of sight.
            <form on:submit=move |e| { e.prevent_default(); focus_on(ANSWER) }>
                <TimeField time id="told-time" label="Back to when" />
            </form>
            {live(move || found.get().map(|(found, asked)| view! { <Says found asked /> }))}
            </div>
        </section>
    }
}

/// Yes, no, or not known.
#[component]
fn YesNo(label: &'static str, value: RwSignal<Option<bool>>) -> impl IntoView {
    let one = move |says: &'static str, answer: Option<bool>| {
        view! {
            <button type="button" class="btn" aria-pressed=move || (value.get() == answer).to_string() on:click=move |_| value.set(answer)>{says}</button>
        }
    };
    view! {
        <span>{label}</span>
        <div class="seg" role="group" aria-label=label>
            {one("Yes", Some(true))} {one("No", Some(false))} {one("Not known", None)}
        </div>
    }
}

#[component]
fn Says(found: Answered, asked: bool) -> impl IntoView {
    let app = use_app();
    let now = app.now();
    let (mark, tone) = match found.stands {
        Stands::Surely => ("yes", "ok"),
        Stands::OntoNew | Stands::Perhaps => ("unk", "ask"),
        Stands::NoWay | Stands::Gone => ("no", "no"),
    };
    let headline = if asked { found.headline() } else { Text::default() };
    let far = format!("How far back: {}.", reach_words(&found.reach.window, now));
    let why = reach_why(&found.reach);
    // Why less far than what is kept.
    let cut = found.reach.bounds.as_ref().map(|bounds| bounds.possible.reason());
    let (onto, left, ways) = (found.says_onto().capital(), found.left(), found.ways());
    let none = ways.is_empty();
    // What is gone whatever the answer is not asked for.
    let over = asked && matches!(found.stands, Stands::Gone | Stands::NoWay);
    let asks: Vec<&str> = found.asks.iter().map(|fact| facts::of(*fact).clause).collect();
    let line = |mark: &'static str, text: Text| {
        view! { <li><span class="quiet">{icon(mark)}</span> <span><SaysText text=text /></span></li> }.into_any()
    };
    // What is lost is what came after the point: without one there is nothing to say of it.
    let ways = match asked {
        true => ways.into_iter().map(one_way).collect_view().into_any(),
        false if none => ().into_any(),
        false => view! { <p class="hint">"No time is chosen yet: the ways back, and what each of them loses, follow from it."</p> }.into_any(),
    };
    let why = why.map(|why| view! { <p>{why}</p> });
    let granted = view! {
        <ul>{Assumed::ALL.into_iter().map(|assumed| view! { <li><SaysText text=assumed.says().sentence() /></li> }).collect_view()}</ul>
    };
    // A promise shows what it rests on.
    let granted = match asked && found.stands == Stands::Surely {
        true => view! {
            <h3>"Taken for granted"</h3>
            {granted}
            {why.map(|why| view! { <details><summary>"Why"</summary> {why}</details> })}
        }
        .into_any(),
        false => view! { <details><summary>"Why, and what is taken for granted"</summary> {why} {granted}</details> }
            .into_any(),
    };
    view! {
        <div class="nofile-answer">
            <p class=format!("nofile-says {tone}") role="status" id=ANSWER tabindex="-1">
                {asked.then(|| view! { {icon(mark)} <span><SaysText text=headline /></span> })}
            </p>
            <p>{far}</p>
            {cut.map(|cut| view! { <p class="hint"><SaysText text=cut.says().sentence() /></p> })}
            <StillBand window=Window::clone(&found.reach.window) now point=asked.then_some(found.point) />
            {ways}
            <ul class="urgent-lines">
                {none.then(|| left.into_iter().map(|text| line("arrow", text)).collect::<Vec<_>>())}
                {(!none).then(|| line("info", onto))}
                {(!asks.is_empty() && !over).then(|| line("unk", format!("To promise more: {}.", asks.join(", ")).says()))}
                {found.newest.map(|newest| line("info", newest.says()))}
            </ul>
            {granted}
            <p class="hint">{format!("By the {}.", inside(app.edition().title))}</p>
            <p class="urgent-next">
                "Next: "
                <button type="button" class="btn link" on:click=|_| focus_soon("one-file".to_string())>"get the file with a script"</button>
                ". With it every way back of the environment itself is shown, with a plan and its commands."
            </p>
        </div>
    }
}

/// A way with its own mark, what it waits for, and what it loses.
fn one_way(line: WayLine<'_>) -> impl IntoView + use<> {
    let WayLine { way, title, first, not_known, losses } = line;
    let part = |title: &'static str, lines: Vec<Text>| {
        (!lines.is_empty()).then(|| {
            view! {
                <p class="hint">{title}</p>
                <ul>{lines.into_iter().map(|text| view! { <li><SaysText text=text /></li> }).collect_view()}</ul>
            }
        })
    };
    let nothing = losses.is_empty() && way.purpose.is_some();
    let losses = if nothing { vec!["Nothing that is in the environment now.".says()] } else { losses };
    view! {
        <div class="urgent-way">
            <h3><SaysText text=title /></h3>
            {tag(sure_look(way))}
            {part("What must change first", first)}
            {part("What is not known", not_known)}
            {part("You lose", losses)}
        </div>
    }
}
