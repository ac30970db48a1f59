//! How far back it can be brought: the answer that every other screen gives too.

use crate::domain::compare::newest_is_worse_for_window;
use crate::domain::environment::{Environment, EnvironmentId, FactKey};
use crate::domain::manual_backup::not_expired;
use crate::domain::moment::Moment;
use crate::domain::outlook::{Back, Outlook, Reach, outlook};
use crate::domain::retention::window;
use crate::domain::rule::RuleId;
use crate::platform::clock::BrowserZone;
use crate::ui::components::calendar::midnight;
use crate::ui::components::{AskCards, Band, ReasonList, RuleChip, SaysText, YearCalendar};
use crate::ui::prelude::*;
use crate::ui::route::{Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::calendar::Year;
use crate::view_model::far::{Far, less_restorable};
use crate::view_model::rows::answer_note;
use crate::view_model::words::retention_of;
use crate::words::outlook::{briefly, tally};
use crate::words::{Say, capital};
use crate::workspace::local_time::to_local;

#[component]
pub fn HowFarBack(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    let now = Signal::derive(move || app.now());
    // The answer that every other screen gives too.
    let found = Memo::new(move |_| {
        let (edition, now) = (app.edition(), now.get());
        app.with(|w| env.with(|e| outlook(Moment::new(edition, &w.tenant, now), &e.id)))
    });
    // It is gone for a moment while the page of a deleted environment takes over.
    let range = Memo::new(move |before: Option<&Reach>| match found.with(|o| o.as_ref().map(Outlook::reach)) {
        Some(reach) => reach,
        None => before.cloned().unwrap_or_else(|| window(app.edition(), &env.get(), now.get()).into()),
    });
    // Where the ways cut what is kept, both are shown, each by its name.
    let kept = Memo::new(move |_| {
        found.with(|o| o.as_ref().filter(|o| less_restorable(o).is_some()).map(|o| Reach::from(o.window.clone())))
    });
    let note = Memo::new(move |_| found.with(|o| answer_note(&o.as_ref()?.answer())));
    // How many targets, by the words of every screen that counts them, and the best of them.
    let onto = Memo::new(move |_| {
        let onto = found.with(|o| o.as_ref().map(Outlook::onto))?;
        if let Some(none) = &onto.none {
            return Some((capital(&briefly(none)), Vec::new()));
        }
        let best =
            |place: &usize| app.with(|w| w.tenant.environments.get(*place).map(|e| (e.id.clone(), e.name.clone())));
        Some((tally(&onto.tally), onto.best.iter().filter_map(best).collect()))
    });
    let here = env.with_untracked(|e| e.id.clone());
    let matrix = Route::Targets(TargetsQuery { source: Some(here), ..TargetsQuery::default() }).href();
    let why = Memo::new(move |_| {
        found.with(|o| o.as_ref().filter(|o| o.today != Back::Surely).map(Outlook::reasons)).unwrap_or_default()
    });
    let newest = Memo::new(move |_| {
        let (edition, now) = (app.edition(), now.get());
        env.with(|e| newest_is_worse_for_window(edition, e, now))
    });
    let asleep = Memo::new(move |_| range.with(|r| r.window.has_asleep()));
    let asks = Memo::new(move |_| range.with(|r| r.window.asks.clone()));
    // A Memo of its own, so that a card that was answered stays with its undo.
    let cards = Memo::new(move |_| {
        let id = env.with(|e| e.id.clone());
        asks.with(|asks| asks.iter().map(|fact: &FactKey| (id.clone(), *fact)).collect::<Vec<_>>())
    });
    let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || asks.with(|a| !a.is_empty()));
    view! {
        <section class="card pad">
            <div class="head">
                <h2>"How far back"</h2>
                <span class="hint">
                    "Retention now: " {move || range.with(|r| retention_of(&r.window))}
                    {move || note.get().map(|u| format!(" · {u}"))}
                </span>
            </div>
            {live(move || onto.get().map(|(says, best): (String, Vec<(EnvironmentId, String)>)| view! {
                <p class="onto-line">
                    <strong>"Onto what: "</strong> <span class="num">{says}</span>
                    {best.into_iter().map(|(id, name)| view! { <a href=Route::Environment(id).href()>{name}</a> " " }).collect_view()}
                    <a href=matrix.clone()>"In the matrix"</a>
                </p>
            }))}
            {live(move || newest.get().map(|n| view! { <div class="note"><SaysText text=n.says() /></div> }))}
            {live(move || {
                asleep
                    .get()
                    .then(|| {
                        view! {
                            <div class="note">
                                {app.edition().rule(RuleId::K6).sentence} " " <RuleChip rule=RuleId::K6 />
                            </div>
                        }
                    })
            })}
            <Band
                reach=range
                backups=Signal::derive(move || env.with(|e| not_expired(app.edition(), e, app.now())))
                history=Signal::derive(move || env.with(|e| e.history.clone()))
                now
                far=Far::Restorable
                beside=kept
            />
            {live(move || Some(why.get()).filter(|why| !why.is_empty()).map(|why| view! {
                <h3>"Why it is not sure that it can be brought back today"</h3>
                <ReasonList reasons=why />
            }))}
            <Show when=move || asked.get()>
                <h3>"An answer would settle more"</h3>
                <AskCards asks=cards />
            </Show>
            <details>
                <summary>
                    "Why " {move || range.with(|r| retention_of(&r.window))} " of retention"
                </summary>
                {live(move || view! { <ReasonList reasons=range.with(|r| r.window.retention.reasons.clone()) /> })}
            </details>
        </section>
    }
}

/// Which days of the past year can be brought back.
#[component]
pub fn ThisYear(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    let year = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        env.with(|env| {
            let reach = app.with(|w| outlook(Moment::new(edition, &w.tenant, now), &env.id)).map(|o| o.reach().window);
            let window = reach.unwrap_or_else(|| window(edition, env, now).into());
            Year::of(edition, env, &window, now, to_local(now, &BrowserZone).date(), midnight)
        })
    });
    view! {
        <section class="card pad this-year" aria-labelledby="this-year">
            <h2 id="this-year">"The past year"</h2>
            <YearCalendar year />
        </section>
    }
}
