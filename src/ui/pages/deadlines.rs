//! What ends next, for the whole tenant: the page, and the short list of the start page.

use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::life::{AtOnce, at_once};
use crate::domain::moment::Moment;
use crate::domain::rule::RuleId;
use crate::domain::said::EnvironmentName;
use crate::domain::slowly::parts;
use crate::interop::calendar::{CalendarEvent, calendar};
use crate::interop::made_up;
use crate::ui::components::axis::{Mark, on_axis, ticks};
use crate::ui::components::{EmptyState, InstantView, NoEnvironments, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::Slowly;
use crate::ui::state::{AppState, use_app};
use crate::view_model::axis::{Axis, AxisPlace};
use crate::view_model::readiness::edition_words;
use crate::view_model::words::{count, thousands};
use crate::words::Text;
use crate::workspace::deadlines::{Due, Of, deadlines_slowly, uids};
use crate::workspace::local_time::relative;
use chrono::{DateTime, TimeDelta, Utc};

/// How many are drawn at first, and with each press more.
const PAGE: usize = 100;

/// How many the start page shows.
const SOON: usize = 6;

/// What is lost within this time is pressing.
const SOON_ENOUGH: TimeDelta = TimeDelta::hours(24);

/// How long before a loss a calendar reminds.
const ALARMS: [TimeDelta; 2] = [TimeDelta::hours(24), TimeDelta::hours(1)];

/// What ends next, worked out in slices.
#[derive(Clone, Copy)]
struct Ends {
    /// Soonest first.
    dated: Memo<Vec<Due>>,
    /// What has no date because none is documented: it is told first, and is in no calendar.
    urgent: Memo<Vec<AtOnce>>,
    /// It was worked out at least once.
    known: Memo<bool>,
}

fn all_ends(app: AppState) -> Ends {
    let plans = Memo::new(move |_| app.with(|w| w.plans.clone()));
    let rests_on = move || (app.edition(), app.judged(), plans.get());
    let found = Slowly::new("deadlines", rests_on, |(edition, (tenant, now), plans), mut turn| async move {
        let mut goes_on = async || turn.goes_on().await;
        let dated = deadlines_slowly(&tenant, &plans, edition, now, &mut goes_on).await?;
        let mut urgent = Vec::new();
        for part in parts(&tenant) {
            urgent.extend(at_once(Moment::new(edition, &part, now)));
            if !goes_on().await {
                return None;
            }
        }
        Some((dated, urgent))
    });
    Ends {
        dated: Memo::new(move |_| found.get().map(|f| f.0.clone()).unwrap_or_default()),
        urgent: Memo::new(move |_| found.get().map(|f| f.1.clone()).unwrap_or_default()),
        known: Memo::new(move |_| found.get().is_some()),
    }
}

#[component]
pub fn DeadlinesPage() -> impl IntoView {
    let app = use_app();
    let ends = all_ends(app);
    let Ends { dated: all, urgent, known } = ends;
    let empty = Memo::new(move |_| all.with(Vec::is_empty) && urgent.with(Vec::is_empty));
    let number = Memo::new(move |_| all.with(Vec::len) + urgent.with(Vec::len));
    let dated = Memo::new(move |_| all.with(|a| !a.is_empty()));
    let most = RwSignal::new(PAGE);
    let tenant = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    // On paper all of them are drawn.
    let print = move |_| {
        most.set(usize::MAX);
        request_animation_frame(|| drop(window().print()));
    };
    view! {
        <div class="head">
            <div>
                <h1>"Deadlines"</h1>
                <p class="sub">"What ends next in the whole tenant, soonest first, and the deadlines of plans that are not finished."</p>
            </div>
            <Show when=move || !empty.get()>
                <p class="actions no-print">
                    <Show when=move || dated.get()><Calendar all /></Show>
                    <button type="button" class="btn" on:click=print>"Print"</button>
                </p>
            </Show>
        </div>
        <p class="print-only">"Deadlines of " {move || app.tenant_name()} ". As of " <InstantView at=Signal::derive(move || app.now()) plain=true /> "."</p>
        {live(move || {
            if !empty.get() {
                return view! {
                    <p class="hint" role="status">{move || count(number.get(), "deadline", "deadlines")}</p>
                    <Table ends most=Signal::derive(move || most.get()) />
                    <Key />
                    {live(move || {
                        let hidden = number.get().saturating_sub(most.get());
                        (hidden > 0).then(|| view! {
                            <button type="button" class="btn no-print" on:click=move |_| most.update(|m| *m += PAGE)>
                                "Show more" <span class="visually-hidden">{format!(", {} left", thousands(hidden))}</span>
                            </button>
                        })
                    })}
                }
                .into_any();
            }
            if !known.get() {
                return view! { <p class="hint" role="status">"Working out what ends next …"</p> }.into_any();
            }
            if tenant.get() {
                view! {
                    <EmptyState
                        title="No end is known"
                        says="Of what is known no manual backup expires, no setting is settling, and no deleted environment can be recovered. Lists of environments seldom name manual backups and deleted environments: add the files that do, or record them. What can be restored moves on with the clock all the same."
                    >
                        <a class="btn" href=Route::Import.href()>"Add a file"</a>
                        <a class="btn pri" href=Route::readiness().href()>"See what could be brought back"</a>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <NoEnvironments />
                }
                .into_any()
            }
        })}
    }
}

/// The next few, for the start page; nothing where nothing ends.
#[component]
pub fn NextDeadlines() -> impl IntoView {
    let ends = all_ends(use_app());
    let all = Memo::new(move |_| ends.dated.with(Vec::len) + ends.urgent.with(Vec::len));
    view! {
        <Show when=move || { all.get() > 0 }>
            <section aria-labelledby="next-deadlines">
                <div class="part-head">
                    <h2 id="next-deadlines">"What ends next"</h2>
                    <span class="hint">{move || (all.get() > SOON).then(|| format!("{SOON} of {}", thousands(all.get())))}</span>
                    <a href=Route::Deadlines.href()>"All deadlines"</a>
                </div>
                <Table ends most=Signal::derive(|| SOON) brief=true />
            </section>
        </Show>
    }
}

/// What the marks mean.
#[component]
fn Key() -> impl IntoView {
    let one = |mark, says: &'static str| view! { <li>{on_axis(AxisPlace { x: 0.5, beyond: false }, mark)} {says}</li> };
    view! {
        <ul class="picture-key" aria-hidden="true">
            {one(Mark::Loss, "something is lost then")}
            {one(Mark::Gain, "from then on it may be counted on")}
            {one(Mark::Plan, "of a plan")}
        </ul>
    }
}

/// What stands in one row.
struct Row {
    /// What it belongs to, and the way to it.
    name: String,
    href: String,
    brief: Text,
    /// `None`: at once, for no date is documented.
    at: Option<DateTime<Utc>>,
    rules: Vec<RuleId>,
    loses: bool,
    of_plan: bool,
}

/// The soonest `most`, as a table with a picture: what has no date first.
#[component]
fn Table(ends: Ends, most: Signal<usize>, #[prop(optional)] brief: bool) -> impl IntoView {
    let app = use_app();
    let name =
        move |id: &EnvironmentId| app.with_untracked(|w| w.tenant.get(id).map(|e| e.name.clone())).unwrap_or_default();
    let urgent = move |one: AtOnce| {
        let EnvironmentName { id, name } = one.environment.clone();
        let href = Route::Environment(id).href();
        Row { brief: one.brief(), name, href, at: None, rules: one.said.rules, loses: true, of_plan: false }
    };
    let dated = move |due: Due| {
        let (name, href, of_plan) = match &due.of {
            Of::Environment(id) => (name(id), Route::Environment(id.clone()).href(), false),
            Of::Plan(number) => {
                let called = app.with_untracked(|w| w.plan(*number).map(|p| format!("Plan: {}", w.call_plan(&p.plan))));
                (called.unwrap_or_default(), Route::Plan(*number).href(), true)
            }
        };
        Row { brief: due.brief, name, href, at: Some(due.at), rules: due.rules, loses: due.loses, of_plan }
    };
    let rows = move || -> Vec<Row> {
        let urgent = ends.urgent.get().into_iter().map(urgent);
        urgent.chain(ends.dated.get().into_iter().map(dated)).take(most.get()).collect()
    };
    view! {
        <table class="ends">
            <caption class="visually-hidden">"What ends next, soonest first"</caption>
            {live(move || {
                let (now, rows) = (app.now(), rows());
                let axis = Axis::of(&rows.iter().filter_map(|row| row.at).collect::<Vec<_>>(), now);
                view! {
                    <thead>
                        <tr>
                            <th scope="col">"What"</th>
                            <th scope="col" class="ends-axis"><span class="visually-hidden">"On the axis"</span>{ticks(&axis)}</th>
                            <th scope="col">"Left"</th>
                            <th scope="col">"Local time (UTC)"</th>
                            {(!brief).then(|| view! { <th scope="col">"Rules"</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(|row| line(row, &axis, now, brief)).collect_view()}</tbody>
                }
            })}
        </table>
    }
}

fn line(row: Row, axis: &Axis, now: DateTime<Utc>, few: bool) -> impl IntoView + use<> {
    let Row { brief, name, href, at, rules, loses, of_plan } = row;
    let left = at.map_or_else(|| "at once".to_string(), |at| relative(at, now));
    let near = loses && at.is_none_or(|at| at - now < SOON_ENOUGH);
    let place = at.map_or(AxisPlace { x: 0.0, beyond: false }, |at| axis.place(at));
    let mark = match (of_plan, loses) {
        (true, _) => Mark::Plan,
        (false, true) => Mark::Loss,
        (false, false) => Mark::Gain,
    };
    view! {
        <tr>
            <th scope="row">
                <a href=href>{name}</a> " " <SaysText text=brief />
            </th>
            <td class="ends-axis">{on_axis(place, mark)}</td>
            <td class="ends-left num" class:no=near>{left}</td>
            <td class="ends-at">
                {match at {
                    Some(at) => view! { <InstantView at plain=true /> }.into_any(),
                    None => view! { <span class="hint">"no date is documented"</span> }.into_any(),
                }}
            </td>
            {(!few).then(|| view! { <td class="ends-rules"><RuleChips rules /></td> })}
        </tr>
    }
}

/// The file for a calendar.
#[component]
fn Calendar(all: Memo<Vec<Due>>) -> impl IntoView {
    let app = use_app();
    let save = move |_| {
        let (edition, now) = (app.edition_untracked(), app.now_untracked());
        let name = format!("Deadlines of {}", untrack(|| app.tenant_name()));
        let text = all.with_untracked(|all| {
            let mut list = events(all, edition);
            if untrack(|| app.is_play()) {
                let of = app.made_up();
                list = list.into_iter().map(|event| made_up::event(of, event)).collect();
            }
            calendar(&name, &list, now)
        });
        app.hand_out(&app.file_name("deadlines.ics"), "text/calendar;charset=utf-8", &text);
    };
    view! { <button type="button" class="btn pri" on:click=save>"Download for a calendar (.ics)"</button> }
}

fn events(all: &[Due], edition: &Edition) -> Vec<CalendarEvent> {
    let event = |(due, uid): (&Due, String)| {
        let rules: Vec<String> = due.rules.iter().map(|r| format!("{r}: {}", edition.rule(*r).sentence)).collect();
        CalendarEvent {
            uid,
            at: due.at,
            title: due.says.to_string(),
            says: format!("{}\n\n{}\n\n{}.", due.says.clone().full_stop(), rules.join("\n"), edition_words(edition)),
            alarms: if due.loses { ALARMS.to_vec() } else { Vec::new() },
        }
    };
    all.iter().zip(uids(all)).map(event).collect()
}
