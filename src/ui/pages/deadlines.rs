//! What ends next, for the whole tenant: the page, and the short list of the start page.

use crate::domain::edition::Edition;
use crate::domain::life::{AtOnce, at_once};
use crate::domain::moment::Moment;
use crate::domain::said::EnvironmentName;
use crate::domain::slowly::parts;
use crate::interop::calendar::{CalendarEvent, calendar};
use crate::interop::made_up;
use crate::platform::files;
use crate::ui::components::{EmptyState, InstantView, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::Slowly;
use crate::ui::state::{AppState, use_app};
use crate::view_model::readiness::edition_words;
use crate::view_model::words::{count, thousands};
use crate::words::Say;
use crate::workspace::deadlines::{Due, Of, deadlines_slowly, uids};
use chrono::{DateTime, TimeDelta, Utc};

/// How many are drawn at first, and with each press more.
const PAGE: usize = 100;

/// How many the start page shows.
const SOON: usize = 5;

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
    let found = Slowly::new(move |mut turn| {
        let (edition, (tenant, now), plans) = (app.edition(), app.judged(), plans.get());
        async move {
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
        }
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
    let Ends { dated: all, urgent, known } = all_ends(app);
    let empty = Memo::new(move |_| all.with(Vec::is_empty) && urgent.with(Vec::is_empty));
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
                    <button type="button" class="btn small" on:click=print>"Print"</button>
                </p>
            </Show>
        </div>
        {live(move || {
            if !empty.get() {
                return view! {
                    <p class="hint" role="status">{move || count(all.with(Vec::len), "deadline", "deadlines")}</p>
                    <Urgent urgent />
                    <List all most=Signal::derive(move || most.get()) />
                    {live(move || {
                        let hidden = all.with(Vec::len).saturating_sub(most.get());
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
                        title="Nothing ends soon"
                        says="No manual backup expires, no setting is settling, and no deleted environment can be recovered. What can be restored moves on with the clock all the same."
                    >
                        <a class="btn pri" href=Route::readiness().href()>"See what could be brought back"</a>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <EmptyState title="No environments yet" says="Add the inventory of your tenant, or look at the sample first.">
                        <a class="btn pri" href=Route::Start.href()>"Go to the start"</a>
                    </EmptyState>
                }
                .into_any()
            }
        })}
    }
}

/// The next few, for the start page; nothing where nothing ends.
#[component]
pub fn NextDeadlines() -> impl IntoView {
    let app = use_app();
    let Ends { dated: all, urgent, .. } = all_ends(app);
    let dated = Memo::new(move |_| all.with(|a| !a.is_empty()));
    view! {
        <Show when=move || dated.get() || urgent.with(|u| !u.is_empty())>
            <section aria-labelledby="next-deadlines">
                <div class="head">
                    <h2 id="next-deadlines">"What ends next"</h2>
                    <Show when=move || dated.get()><p class="actions"><Calendar all /></p></Show>
                </div>
                <Urgent urgent />
                <List all most=Signal::derive(|| SOON) />
                <p class="all-deadlines">
                    <a href=Route::Deadlines.href()>
                        {move || match all.with(Vec::len) {
                            n if n > SOON => format!("All {} deadlines", thousands(n)),
                            _ => "The page of deadlines".to_string(),
                        }}
                    </a>
                </p>
            </section>
        </Show>
    }
}

#[component]
fn Urgent(urgent: Memo<Vec<AtOnce>>) -> impl IntoView {
    view! {
        <Show when=move || urgent.with(|u| !u.is_empty())>
            <ul class="card deadlines" aria-label="At once, without a date">
                {live(move || urgent.get().into_iter().map(|one| {
                    let says = one.says().sentence();
                    let EnvironmentName { id, name } = one.environment;
                    let href = Route::Environment(id).href();
                    view! {
                        <li class="deadline">
                            <div class="deadline-when"><span class="tag no">"! at once"</span></div>
                            <p><SaysText text=says /> " " <a class="no-print" href=href>"Open" <span class="visually-hidden">" " {name}</span></a></p>
                            <RuleChips rules=one.said.rules />
                        </li>
                    }
                }).collect_view())}
            </ul>
        </Show>
    }
}

#[component]
fn List(all: Memo<Vec<Due>>, most: Signal<usize>) -> impl IntoView {
    let app = use_app();
    view! {
        <ol class="card deadlines">
            {live(move || {
                let now = app.now();
                all.with(|a| a.iter().take(most.get()).cloned().collect::<Vec<_>>())
                    .into_iter()
                    .map(|due| view! { <Line due now /> })
                    .collect_view()
            })}
        </ol>
    }
}

/// How near it is, in words as well as in colour; only what is lost is pressing.
fn tag(due: &Due, now: DateTime<Utc>) -> Option<(&'static str, &'static str)> {
    match due.at - now {
        _ if !due.loses => Some(("tag", "from then on")),
        left if left < TimeDelta::hours(24) => Some(("tag no", "! within a day")),
        left if left < TimeDelta::days(3) => Some(("tag ask", "! within three days")),
        _ => None,
    }
}

#[component]
fn Line(due: Due, now: DateTime<Utc>) -> impl IntoView {
    let app = use_app();
    let tag = tag(&due, now);
    let (href, name) = match &due.of {
        Of::Environment(id) => {
            let name = app.with_untracked(|w| w.tenant.get(id).map(|e| e.name.clone())).unwrap_or_default();
            (Route::Environment(id.clone()).href(), name)
        }
        Of::Plan(number) => (Route::Plan(*number).href(), format!("plan {number}")),
    };
    view! {
        <li class="deadline">
            <div class="deadline-when">
                <InstantView at=due.at />
                {tag.map(|(class, words)| view! { <span class=class>{words}</span> })}
            </div>
            <p><SaysText text=due.says.full_stop() /> " " <a class="no-print" href=href>"Open" <span class="visually-hidden">" " {name}</span></a></p>
            <RuleChips rules=due.rules />
        </li>
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
        let name = app.file_name("deadlines.ics");
        let said = if files::download(&name, "text/calendar;charset=utf-8", &text) {
            format!("{name} is in your downloads.")
        } else {
            "The browser refused the download.".to_string()
        };
        app.toast(said);
    };
    view! { <button type="button" class="btn small" on:click=save>"Download for a calendar (.ics)"</button> }
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
