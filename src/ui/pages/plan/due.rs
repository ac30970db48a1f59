//! How long there is left to begin, in words and as a picture; the same instants stand in the list of deadlines.

use super::{Ticks, Typing};
use crate::domain::instants::{later, whole_minute};
use crate::domain::moment::Moment;
use crate::domain::plan::{Blank, Plan, ToStart};
use crate::platform::clock::BrowserZone;
use crate::ui::components::instant::stamp;
use crate::ui::components::{RuleChip, SaysText, TimeField, TypedTime};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::band::Scale;
use crate::words::Say;
use crate::words::plan::due::{self, Due, due};
use crate::workspace::local_time::show_local;
use crate::workspace::typed::write_local;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use wasm_bindgen::JsCast;

/// Where the start is typed.
const FIELD: &str = "plan-start";

#[component]
pub fn DueLine(plan: Plan) -> impl IntoView {
    let app = use_app();
    let (ticks, typing) = (expect_context::<Ticks>(), expect_context::<Typing>());
    let plan = StoredValue::new(plan);
    let begun = Memo::new(move |_| plan.with_value(|p| ticks.begun(p)));
    let possible = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| plan.with_value(|p| p.possible_until(Moment::new(edition, &w.tenant, now))))
    });
    let to_start = Memo::new(move |_| plan.with_value(|p| p.to_start_while(possible.get(), app.now())));
    let says = Memo::new(move |_| due(to_start.get(), begun.get(), app.now()));
    let worse = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        let left = begun.get().is_none() && !matches!(to_start.get(), ToStart::Gone);
        app.with(|w| plan.with_value(|p| p.worse_point(Moment::new(edition, &w.tenant, now)))).filter(|_| left)
    });
    let planned = Memo::new(move |_| {
        typing.typed.with(|t| {
            t.get(Blank::Start).and_then(|text| DateTime::parse_from_rfc3339(text).ok()).map(|at| at.to_utc())
        })
    });
    let ahead = Memo::new(move |_| begun.get().is_none() && !matches!(to_start.get(), ToStart::Gone));
    let time = TypedTime::maybe(planned.get_untracked()).ahead();
    time.follow(move || planned.get());
    let open = RwSignal::new(planned.with_untracked(Option::is_some));
    let pick = move |at: DateTime<Utc>| {
        time.set(at);
        typing.fill(Blank::Start, &at.to_rfc3339());
        open.set(true);
    };
    let start = move || match planned.get() {
        Some(at) if at < app.now() => format!("The start planned for {} has passed", show_local(at, &BrowserZone)),
        Some(at) => format!("To start {}", show_local(at, &BrowserZone)),
        None => "Plan when to start".to_string(),
    };
    let toggle = move |_| {
        open.update(|o| *o = !*o);
        if open.get_untracked() {
            focus_soon(FIELD.to_string());
        }
    };
    let band = move || {
        let drawn = ahead.get() && to_start.get() != ToStart::NotKnown;
        let (ends, sure) = plan.with_value(Plan::point_ends).filter(|_| drawn)?;
        let last = plan.with_value(Plan::last_start).filter(|_| sure);
        Some(picture(untrack(|| app.now()), last, planned.get(), (ends, possible.get()), pick))
    };
    view! {
        <div class="due">
            <p>
                {live(move || says.get().map(|Due { figure, says, bad }| view! { <b class="num" class:no=bad>{figure}</b> " " <span class="hint">{says}</span> " " }))}
                {live(move || ahead.get().then(|| view! {
                    <button type="button" class="btn link no-print" aria-expanded=move || open.get().to_string() on:click=toggle>{start}</button>
                }))}
            </p>
            {live(move || worse.get().map(|worse| view! {
                <p><span class="a" aria-hidden="true">"! "</span> <SaysText text=worse.says().sentence() /> {(to_start.get() != ToStart::AtOnce).then_some(" Start at once.")} " " <RuleChip rule=worse.rule() /></p>
            }))}
            {live(band)}
        </div>
        {live(move || (ahead.get() && open.get()).then(|| view! { <Start plan planned possible time /> }))}
    }
}

/// When the restore is to be begun: typed, pressed, and drawn on the picture above; kept with the plan.
#[component]
fn Start(
    plan: StoredValue<Plan>,
    planned: Memo<Option<DateTime<Utc>>>,
    possible: Memo<Option<DateTime<Utc>>>,
    time: TypedTime,
) -> impl IntoView {
    let app = use_app();
    let typing = expect_context::<Typing>();
    Effect::new(move |before: Option<()>| {
        let (blank, at) = (time.is_blank(), time.at());
        // What is no time yet leaves what was kept as it is; what another tab chose is shown to the minute, and not written back.
        let same = planned.get_untracked().is_some_and(|at| write_local(at, &BrowserZone) == time.text());
        if before.is_some() && (blank || at.is_ok()) && !same {
            let text = at.ok().filter(|_| !blank).map(|at| at.to_rfc3339()).unwrap_or_default();
            typing.fill(Blank::Start, &text);
        }
    });
    // What is kept is not praised beside a text that is refused.
    let kept = move || planned.get().filter(|_| time.at().is_ok());
    let says = move || {
        let to_start = |at| plan.with_value(|p| p.to_start_while(possible.get(), at));
        kept().map(|at| due::planned(to_start(at), at, app.now()))
    };
    view! {
        <div class="due-start no-print">
            <TimeField time id=FIELD label="Begin the restore" chips=true>
                <p role="status">{live(move || says().map(|(says, bad)| view! { <span class:field-error=bad>{says}</span> }))}</p>
            </TimeField>
        </div>
    }
}

/// From now to the end of the point: sensible until the last start, then late. A press on it picks a start, to a quarter of an hour;
/// the field is the way for keys.
fn picture(
    now: DateTime<Utc>,
    last: Option<DateTime<Utc>>,
    planned: Option<DateTime<Utc>>,
    (ends, possible): (DateTime<Utc>, Option<DateTime<Utc>>),
    pick: impl Fn(DateTime<Utc>) + 'static,
) -> impl IntoView {
    let pressed = move |e: leptos::ev::MouseEvent| {
        let Some(svg) = e.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return };
        let area = svg.get_bounding_client_rect();
        let part = (f64::from(e.client_x()) - area.left()) / area.width();
        let at = Scale::new(now, ends).at(part).duration_round(TimeDelta::minutes(15)).unwrap_or(ends);
        // The field has whole minutes, and takes nothing that is past.
        pick(at.clamp(ends.min(later(whole_minute(now), TimeDelta::minutes(1))), ends));
    };
    let whole = (ends - now).num_minutes().max(1);
    #[allow(clippy::cast_precision_loss)]
    let part = |at: DateTime<Utc>| ((at - now).num_minutes() as f64 / whole as f64 * 100.0).clamp(0.0, 100.0);
    let at = last.map_or(0.0, part);
    let percent = |x: f64| format!("{x:.2}%");
    let anchor = if at > 50.0 { "end" } else { "start" };
    // On a phone it is as long as the picture: from its beginning on.
    let (from, anchor) = if window_is_narrow() { (0.0, "start") } else { (at, anchor) };
    let end = match possible {
        Some(_) => format!("guaranteed until {}", stamp(ends)),
        None => format!("the point ends {}", stamp(ends)),
    };
    let after = possible.map(|at| format!(", possible until {}", stamp(at))).unwrap_or_default();
    let start = last.filter(|at| *at > now).map(|at| format!("latest sensible start {}", stamp(at)));
    let begin = planned.filter(|at| *at >= now && *at <= ends);
    let before: String = [&start, &begin.map(|at| format!("planned start {}", stamp(at)))]
        .into_iter()
        .flatten()
        .map(|says| format!("{says}; "))
        .collect();
    let says = format!("{before}{end}{after}");
    view! {
        <svg class="due-band" height="52" role="img" aria-label=says on:click=pressed>
            <rect class="due-sure" x="0" y="20" width=percent(at) height="12" />
            <rect class="due-late" x=percent(at) y="20.5" width=percent(100.0 - at) height="11" />
            {begin.map(|at| view! { <circle class="due-begin" cx=percent(part(at)) cy="26" r="5" /> })}
            <line class="due-end" x1="100%" x2="100%" y1="14" y2="38" />
            <text class="due-text" x="0" y="12">"now"</text>
            <text class="due-text due-loss" x="100%" y="12" text-anchor="end">{end}</text>
            {start.map(|says| view! { <text class="due-text" x=percent(from) y="48" text-anchor=anchor>{says}</text> })}
        </svg>
    }
}
