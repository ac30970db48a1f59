//! Question 3: when it happened, and the point to go back to that follows from it.

use super::ToldMishap;
use crate::domain::advice::{Mishap, point_of};
use crate::domain::manual_backup::not_expired;
use crate::domain::moment::Moment;
use crate::domain::outlook::outlook;
use crate::domain::retention::window;
use crate::ui::components::{BandPicker, InstantView, TimeField, TypedTime};
use crate::ui::prelude::*;
use crate::view_model::advice::when_words;
use crate::view_model::band::full_minute;
use crate::view_model::far::less_restorable;
use crate::workspace::way_back::last_restore_onto;
use chrono::{DateTime, TimeDelta, Utc};
use wasm_bindgen::JsCast;

#[component]
pub(super) fn WhenBody(told: ToldMishap) -> impl IntoView {
    let app = told.app;
    let begin = told.query.get_untracked();
    let (from, until) = (TypedTime::maybe(begin.from), TypedTime::maybe(begin.until));
    let mishap = Memo::new(move |_| told.query.with(|q| q.mishap).unwrap_or(Mishap::RecordsLost));
    let roughly = Memo::new(move |_| told.query.with(|q| q.until.is_some()));
    // What is typed goes into the address; what is no time yet leaves it out, and stays in the field.
    Effect::new(move |_| {
        let at = from.at().ok();
        untrack(|| told.change(|q| q.from = at));
    });
    Effect::new(move |_| {
        let at = until.at();
        if roughly.get_untracked()
            && let Ok(at) = at
        {
            untrack(|| told.change(|q| q.until = Some(at)));
        }
    });
    let unread = move |time: TypedTime| !time.is_blank() && time.at().is_err();
    Effect::new(move |_| told.unread.set(unread(from) || told.query.with(|q| q.until.is_some()) && unread(until)));
    // What is put away is not typed any more.
    on_cleanup(move || {
        told.unread.try_set(false);
    });
    // An address that is opened while the page is there is followed.
    from.follow(move || told.query.with(|q| q.from));
    until.follow(move || told.query.with(|q| q.until));
    let set = move |at: DateTime<Utc>| from.set(at);
    let recorded = Memo::new(move |_| {
        let id = told.query.with(|q| q.environment.clone())?;
        app.with(|w| last_restore_onto(&w.log, &id)).filter(|_| mishap.get() == Mishap::Overwritten)
    });
    let exactly = move |_| told.change(|q| q.until = None);
    let perhaps = move |_| {
        let now = full_minute(app.now_untracked());
        told.change(|q| q.until = Some(q.from.map_or(now, |from| from.max(now))));
    };
    // What is told is told.
    let enter = move |e: leptos::ev::KeyboardEvent| {
        let typed = from.at().is_ok() && (!roughly.get_untracked() || until.at().is_ok());
        let in_field = e.target().is_some_and(|at| at.has_type::<web_sys::HtmlInputElement>());
        if e.key() == "Enter" && in_field && untrack(|| typed) {
            e.prevent_default();
            from.write_out();
            told.show(None);
        }
    };
    let wrong_way =
        Memo::new(move |_| told.query.with(|q| q.from.zip(q.until).is_some_and(|(from, until)| until < from)));
    view! {
        {live(move || match mishap.get() {
            Mishap::NeedCopy => Some(view! { <p class="hint">"Leave it empty for a copy of the environment as it is now."</p> }),
            Mishap::Deleted => Some(view! { <p class="hint">"The days in which it can be recovered run from then. Roughly will do."</p> }),
            _ => None,
        })}
        <div class="when-times" class:roughly=move || roughly.get() on:keydown=enter>
            {live(move || {
                let label = if roughly.get() { "At the earliest" } else { when_words(mishap.get()) };
                view! { <TimeField time=from id="when-from" label chips=true /> }
            })}
            <Show when=move || roughly.get()>
                <TimeField time=until id="when-until" label="At the latest" />
            </Show>
        </div>
        {live(move || wrong_way.get().then(|| view! {
            <p class="field-error" role="alert">"The latest time lies before the earliest. Correct one of them."</p>
        }))}
        <div class="field-line when-how" role="group" aria-label="How exactly it is known">
            <span class="radio-line">
                <input type="radio" id="when-exact" name="when-how" prop:checked=move || !roughly.get() on:change=exactly />
                <label for="when-exact">"I know it exactly"</label>
            </span>
            <span class="radio-line">
                <input type="radio" id="when-rough" name="when-how" prop:checked=move || roughly.get() on:change=perhaps />
                <label for="when-rough">"Only roughly"</label>
            </span>
            {live(move || recorded.get().map(|at| view! {
                <button type="button" class="btn small" on:click=move |_| set(at)>"As recorded: " <InstantView at /></button>
            }))}
        </div>
        <PointPicture told />
    }
}

/// The point to go back to, on the band of the environment; picking another moves the time that was told.
#[component]
fn PointPicture(told: ToldMishap) -> impl IntoView {
    let app = told.app;
    let env = Memo::new(move |_| {
        let id = told.query.with(|q| q.environment.clone())?;
        app.with(|w| w.tenant.get(&id).cloned())
    });
    let point = Memo::new(move |_| {
        let case = told.case()?;
        let now = app.now();
        app.with(|w| point_of(&w.tenant, &case, now))
    });
    let now = Signal::derive(move || app.now());
    let living = Memo::new(move |_| env.with(|e| e.as_ref().is_some_and(|e| e.deleted.is_none())));
    // A recovery goes back to no point.
    let goes_back = move || told.query.with(|q| q.mishap != Some(Mishap::Deleted));
    let told_time = Memo::new(move |_| told.query.with(|q| q.from.is_some()));
    let range = Memo::new(move |_| {
        let (edition, now) = (app.edition(), now.get());
        env.with(|e| e.as_ref().map(|e| window(edition, e, now)))
    });
    let restorable = Memo::new(move |_| {
        let (edition, now) = (app.edition(), now.get());
        let id = env.with(|e| e.as_ref().map(|e| e.id.clone()))?;
        app.with(|w| less_restorable(&outlook(Moment::new(edition, &w.tenant, now), &id)?))
    });
    view! {
        <Show when=move || living.get() && range.with(Option::is_some) && goes_back()>
            {live(move || {
                let backups = Signal::derive(move || env.with(|e| e.as_ref().map(|e| not_expired(app.edition(), e, now.get())).unwrap_or_default()));
                let history = Signal::derive(move || env.with(|e| e.as_ref().map(|e| e.history.clone()).unwrap_or_default()));
                range.get_untracked().map(|first| view! {
                    <BandPicker
                        window=Signal::derive(move || range.get().unwrap_or_else(|| first.clone()))
                        backups=backups
                        history=history
                        now
                        restorable
                        lead="Point to go back to: "
                        value=Signal::derive(move || point.get().filter(|_| told_time.get()))
                        on_pick=Callback::new(move |at: DateTime<Utc>| {
                            // No later than now: what has happened does not lie in the future.
                            let after = (at + TimeDelta::minutes(1)).min(app.now_untracked()).max(at);
                            told.change(|q| q.from = Some(after));
                        })
                    />
                })
            })}
        </Show>
    }
}
