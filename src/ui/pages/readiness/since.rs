//! What became better and worse since an earlier import.

use super::Assessed;
use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::readiness::{Changes, Stood, changes};
use crate::platform::clock::BrowserZone;
use crate::ui::components::InstantView;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::readiness::{look, moved};
use crate::view_model::words::{inside, thousands};
use crate::workspace::local_time::show_local;
use crate::workspace::past::Snapshot;

/// How many environments are named of each sort.
const NAMED: usize = 20;

#[component]
pub fn Since(assessed: Assessed) -> impl IntoView {
    let app = use_app();
    let snapshots = Memo::new(move |_| app.with(|w| w.past.snapshots.clone()));
    let chosen = RwSignal::new(None::<usize>);
    // The last import is what stands here now; the one before it is what to compare with.
    let place = move || {
        let all = snapshots.with(Vec::len);
        chosen.get().filter(|i| *i < all).or(all.checked_sub(2)).or(all.checked_sub(1))
    };
    let compared = Memo::new(move |_| {
        let snapshot = snapshots.with(|all| all.get(place()?).cloned())?;
        let (_, at) = app.judged();
        let passed = snapshot.days_until(at);
        let found = app.with(|w| assessed.with(|now| changes(&w.past.answers(&snapshot), &now.answers(at), passed)));
        Some((snapshot, found))
    });
    view! {
        <Show when=move || compared.with(Option::is_some)>
            <section class="card pad since" aria-labelledby="since">
                <h2 id="since">"Since an earlier import"</h2>
                <Show when=move || { snapshots.with(Vec::len) > 1 }>
                    <label class="since-choice no-print">
                        <span>"Compare with the import of "</span>
                        <select class="input" on:change=move |e| chosen.set(event_target_value(&e).parse().ok())>
                            {live(move || snapshots.get().into_iter().enumerate().rev().map(|(i, s)| view! {
                                <option value=i.to_string() selected=move || place() == Some(i)>{show_local(s.at, &BrowserZone)}</option>
                            }).collect_view())}
                        </select>
                    </label>
                </Show>
                {live(move || compared.get().map(|(snapshot, found)| match found.is_empty() && snapshots.with(Vec::len) == 1 {
                    // The only import there is stands here now: it differs in nothing from itself.
                    true => view! { <p class="hint">"There is one import so far, and files that are kept within two minutes count as one: nothing to compare with yet. The next one is compared with it."</p> }.into_any(),
                    false => view! { <Compared assessed snapshot found /> }.into_any(),
                }))}
            </section>
        </Show>
    }
}

/// "3 better, 1 worse, 2 new, 1 gone".
fn words(found: &Changes) -> String {
    let parts = [
        (found.better.len(), "better"),
        (found.worse.len(), "worse"),
        (found.new.len(), "new"),
        (found.gone.len(), "gone"),
    ];
    let some: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", thousands(*n))).collect();
    if some.is_empty() { "nothing changed".to_string() } else { some.join(", ") }
}

#[component]
fn Compared(assessed: Assessed, snapshot: Snapshot, found: Changes) -> impl IntoView {
    let app = use_app();
    let score = snapshot.score().zip(assessed.with_untracked(|r| r.score)).map(|(then, now)| match then == now {
        true => format!("The score is still {then}."),
        false => format!("The score was {then} and is {now}: {}.", moved(then, now)),
    });
    let others = (!found.new.is_empty() || !found.gone.is_empty())
        .then_some(" It is not of the same environments: some are new or gone.");
    let score = score.map(|says| format!("{says}{}", others.unwrap_or_default()));
    let lost = assessed.with_untracked(|r| r.headline()).not;
    let all = assessed.with_untracked(|r| r.prospects.len());
    let lost =
        (score.is_some() && lost > 0).then(|| format!(" {lost} of {all} environments cannot be brought back now."));
    let edition = Edition::find(&snapshot.edition);
    let other_rules = (edition != Some(app.edition())).then(|| {
        let title = edition.map_or(format!("rules of {}", snapshot.edition.0), |e| inside(e.title));
        format!("It was judged by the {title} then; some of the difference may be theirs.")
    });
    let says = format!(": {}", words(&found));
    let at = snapshot.at;
    let Changes { better, worse, new, gone, .. } = found;
    view! {
        <p class="since-says">"Since " <InstantView at /> <strong>{says}</strong></p>
        <p class="hint">{score} {lost} " " {other_rules}</p>
        <Moved title="Worse" list=worse />
        <Moved title="Better" list=better />
        <Single title="New" list=new was=false />
        <Single title="Gone: deleted, taken off the list, or not listed by the last import" list=gone was=true />
    }
}

/// A name with the way to it, where it is still on the list.
fn named(id: &EnvironmentId) -> AnyView {
    let app = use_app();
    let (name, there) = app.with_untracked(|w| match w.tenant.get(id) {
        Some(env) => (env.name.clone(), true),
        None => (w.past.name(id).map_or_else(|| id.to_string(), str::to_string), false),
    });
    if there { view! { <a href=Route::Environment(id.clone()).href()>{name}</a> }.into_any() } else { name.into_any() }
}

fn answer(stood: Stood) -> impl IntoView {
    let (symbol, word, tone) = look(stood.back);
    view! { <span class=format!("tag {tone}")><span aria-hidden="true">{symbol}</span> {word}</span> }
}

/// What differs beside the answer.
fn beside(was: Stood, is: Stood) -> String {
    let differ = |was: Option<u32>, is: Option<u32>| was.zip(is).filter(|(was, is)| was != is);
    let days = match (differ(was.days, is.days), differ(was.possible_days, is.possible_days)) {
        (Some((was, is)), _) => format!(", surely back {was} days then, {is} now"),
        (None, Some((was, is))) => format!(", possibly back {was} days then, {is} now"),
        (None, None) => String::new(),
    };
    let onto = match (was.onto, is.onto) {
        (Some(true), Some(false)) => ", and no other environment is left that it could be restored to",
        (Some(false), Some(true)) => ", and there is another environment now that it could be restored to",
        _ => "",
    };
    days + onto
}

fn more(all: usize) -> Option<impl IntoView> {
    let rest = all.saturating_sub(NAMED);
    (rest > 0).then(|| view! { <li class="hint">{format!("and {} more", thousands(rest))}</li> })
}

#[component]
fn Moved(title: &'static str, list: Vec<(EnvironmentId, Stood, Stood)>) -> impl IntoView {
    let all = list.len();
    (all > 0).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="moved">
                {list.into_iter().take(NAMED).map(|(id, was, is)| view! {
                    <li>
                        {named(&id)} " "
                        {(was.back != is.back).then(|| view! {
                            {answer(was)} <span aria-hidden="true">" → "</span><span class="visually-hidden">" became "</span>
                        })}
                        {answer(is)} {beside(was, is)}
                    </li>
                }).collect_view()}
                {more(all)}
            </ul>
        }
    })
}

#[component]
fn Single(title: &'static str, list: Vec<(EnvironmentId, Stood)>, was: bool) -> impl IntoView {
    let all = list.len();
    (all > 0).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="moved">
                {list.into_iter().take(NAMED).map(|(id, back)| view! {
                    <li>{named(&id)} {if was { " was " } else { " " }} {answer(back)}</li>
                }).collect_view()}
                {more(all)}
            </ul>
        }
    })
}
