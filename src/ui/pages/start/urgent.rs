//! The way in for the one who has no file: a few answers about one environment, and what the rules say of it. Nothing of it is kept.

use crate::domain::advice::Standing;
use crate::domain::edition::all_choices;
use crate::domain::environment::Kind;
use crate::domain::told::{Answered, Assumed, Stands, Told, answer};
use crate::ui::components::{SaysText, StillBand, TimeField, TypedTime, icon};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::band::{reach as reach_words, reach_why};
use crate::view_model::words::inside;
use crate::words::{Say, Text, facts};

/// The form and its answer.
#[component]
pub fn Urgent() -> impl IntoView {
    let app = use_app();
    let kind = RwSignal::new(Kind::Production);
    let (dynamics, managed) = (RwSignal::new(None::<bool>), RwSignal::new(None::<bool>));
    let days = RwSignal::new(None::<u32>);
    let time = TypedTime::maybe(None);
    let found = Memo::new(move |_| {
        let point = time.at().ok().filter(|_| !time.is_blank());
        let told = Told { kind: kind.get(), dynamics: dynamics.get(), managed: managed.get(), days: days.get(), point };
        answer(app.edition(), &told, app.now()).map(|found| (found, point.is_some()))
    });
    let pick_kind = move |e| {
        let word = event_target_value(&e);
        if let Some(named) = Kind::NAMED.into_iter().find(|k| k.to_string() == word) {
            kind.set(named);
        }
    };
    view! {
        <section class="urgent" aria-labelledby="urgent">
            <h2 id="urgent">"It is urgent and I have no file"</h2>
            <p class="hint">"A few answers about the environment, and what the rules say. Nothing of it is kept."</p>
            <div class="nofile">
                <label for="told-kind">"Kind"</label>
                <select id="told-kind" class="input" data-door="urgent" on:change=pick_kind>
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
                    {all_choices().map(|n| view! { <option value=n.to_string()>{format!("{n} days")}</option> }).collect_view()}
                </select>
            </div>
            <TimeField time id="told-time" label="Back to when" />
            {live(move || found.get().map(|(found, asked)| view! { <Says found asked /> }))}
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
        Stands::Perhaps => ("unk", "ask"),
        Stands::NoWay | Stands::Gone => ("no", "no"),
    };
    let headline = if asked { found.headline() } else { Text::default() };
    let far = format!("How far back: {}.", reach_words(&found.reach.window, now));
    let why = reach_why(&found.reach);
    let (onto, ways, left) = (found.says_onto().capital(), found.ways(), found.left());
    let none = ways.is_empty();
    let asks: Vec<&str> = found.asks.iter().map(|fact| facts::of(*fact).clause).collect();
    let line = |mark: &'static str, tone: &'static str, text: Text| {
        view! { <li><span class=tone>{icon(mark)}</span> <span><SaysText text=text /></span></li> }.into_any()
    };
    view! {
        <div class="nofile-answer">
            <p class=format!("nofile-says {tone}") role="status">
                {asked.then(|| view! { {icon(mark)} <span><SaysText text=headline /></span> })}
            </p>
            <p>{far}</p>
            <StillBand window=found.reach.window.clone() now point=asked.then_some(found.point) />
            <ul class="urgent-lines">
                {ways.into_iter().flat_map(|way| {
                    let (mark, tone) = if way.standing == Standing::Open { ("yes", "ok") } else { ("unk", "ask") };
                    let losses = way.losses.into_iter().map(|loss| line("no", "no", loss));
                    std::iter::once(line(mark, tone, way.title)).chain(losses).collect::<Vec<_>>()
                }).collect::<Vec<_>>()}
                {none.then(|| left.into_iter().map(|text| line("arrow", "quiet", text)).collect::<Vec<_>>())}
                {(!none).then(|| line("info", "quiet", onto))}
                {(!asks.is_empty()).then(|| line("unk", "ask", format!("To promise more: {}.", asks.join(", ")).says()))}
                {found.newest.map(|newest| line("info", "quiet", newest.says()))}
            </ul>
            <details>
                <summary>"Why, and what is taken for granted"</summary>
                {why.map(|why| view! { <p>{why}</p> })}
                <ul>{Assumed::ALL.into_iter().map(|assumed| view! { <li><SaysText text=assumed.says().sentence() /></li> }).collect_view()}</ul>
            </details>
            <p class="hint">{format!("By the {}.", inside(app.edition().title))}</p>
        </div>
    }
}
