//! Everything that happened, newest first: narrowed down, taken away, taken back and done again.

use crate::domain::command::EventSort;
use crate::domain::environment::EnvironmentId;
use crate::domain::order::Order as _;
use crate::interop::csv_out;
use crate::ui::acting::reason;
use crate::ui::components::{Dialog, EmptyState, InstantView};
use crate::ui::prelude::*;
use crate::ui::route::{ActivityQuery, Route};
use crate::ui::state::use_app;
use crate::view_model::words::{count, full_stop, sentence, thousands};
use crate::workspace::activity::{Filter, HEADER, Row, read_sort, rows, sort_word, table};
use crate::workspace::log::LoggedEvent;
use chrono::TimeDelta;

/// How many entries are drawn at first, and with each press more.
const PAGE: usize = 100;

/// A recording that is later than this was not made at once.
const LATE: TimeDelta = TimeDelta::minutes(2);

#[component]
pub fn ActivityPage() -> impl IntoView {
    let app = use_app();
    let query = Memo::new(move |before: Option<&ActivityQuery>| match app.route() {
        Route::Activity(q) => q,
        _ => before.cloned().unwrap_or_default(),
    });
    let filter =
        Memo::new(move |_| query.with(|q| Filter { environment: q.environment.clone(), sort: read_sort(&q.sort) }));
    let most = RwSignal::new(PAGE);
    let found = Memo::new(move |_| app.with(|w| rows(&w.log, &filter.get(), most.get())));
    let nothing = Memo::new(move |_| app.with(|w| w.log.entries.is_empty() && w.log.undone.is_empty()));
    let narrowed = move || filter.with(|f| *f != Filter::default());
    let refused = RwSignal::new(None::<(String, String)>);
    let save = move |_| {
        let text = app.with_untracked(|w| csv_out::table(&HEADER, table(w, &filter.get_untracked())));
        app.hand_out_table("activity", &text);
    };
    view! {
        <div class="head">
            <div>
                <h1>"Activity"</h1>
                <p class="sub">"What was done to environments, recorded, imported and answered here, newest first."</p>
            </div>
            <Show when=move || !nothing.get()>
                <button type="button" class="btn" on:click=save>"Download as CSV"</button>
            </Show>
        </div>
        {live(move || {
            if nothing.get() {
                view! {
                    <EmptyState
                        title="Nothing has happened yet"
                        says="What you import, answer, record and rehearse is listed here and can be taken back."
                    >
                        <a class="btn pri" href=Route::environments().href()>"See the environments"</a>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! {
                    <UndoRedo refused />
                    <Filters query />
                    <Show
                        when=move || found.with(|(rows, _)| !rows.is_empty())
                        fallback=move || view! {
                            <EmptyState title="Nothing matches" says="Nothing that happened has all that is asked for here.">
                                <a class="btn pri" href=Route::activity(None).href()>"Show everything"</a>
                            </EmptyState>
                        }
                    >
                        <p class="hint" role="status">
                            {move || found.with(|(_, all)| count(*all, "entry", "entries"))}
                            {move || narrowed().then_some(", narrowed down")}
                        </p>
                        <ol class="activity card">
                            {live(move || found.with(|(rows, _)| rows.clone()).into_iter().map(|row| view! { <Line row refused /> }).collect_view())}
                        </ol>
                    </Show>
                    {live(move || {
                        let hidden = found.with(|(rows, all)| all - rows.len());
                        (hidden > 0).then(|| view! {
                            <button type="button" class="btn" on:click=move |_| most.update(|m| *m += PAGE)>
                                "Show more" <span class="visually-hidden">{format!(", {hidden} left")}</span>
                            </button>
                        })
                    })}
                }
                .into_any()
            }
        })}
        <CannotTakeBack refused />
    }
}

/// What could not be taken back or done again, and why.
type RefusedUndo = RwSignal<Option<(String, String)>>;

#[component]
fn UndoRedo(refused: RefusedUndo) -> impl IntoView {
    let app = use_app();
    let first = |says: &[LoggedEvent]| says.first().map(|e| e.says.clone()).unwrap_or_default();
    let undo = Memo::new(move |_| app.with(|w| w.log.undoable().map(|e| first(&e.events)).map_err(reason)));
    let redo = Memo::new(move |_| app.with(|w| w.log.redoable().map(|u| u.says.clone()).map_err(reason)));
    let run = move |what: &'static str, failed: &'static str, done: Result<String, String>| match done {
        Ok(says) => app.toast(format!("{what}: {}", full_stop(&says))),
        Err(why) => refused.set(Some((failed.to_string(), why))),
    };
    let button = move |label: &'static str, what: Memo<Result<String, String>>, press: Callback<()>| {
        view! {
            <div>
                <button type="button" class="btn" disabled=move || what.with(Result::is_err) on:click=move |_| press.run(())>
                    {label}
                </button>
                <p class="hint">
                    {move || match what.get() {
                        Ok(says) => full_stop(&says),
                        Err(why) => format!("Not possible: {why}."),
                    }}
                </p>
            </div>
        }
    };
    view! {
        <div class="undo-redo card pad">
            {button("Undo the last", undo, Callback::new(move |()| run("Taken back", "The last thing was not taken back", app.undo())))}
            {button("Redo", redo, Callback::new(move |()| run("Done again", "It was not done again", app.redo())))}
        </div>
    }
}

#[component]
fn Filters(query: Memo<ActivityQuery>) -> impl IntoView {
    let app = use_app();
    let change = move |edit: &dyn Fn(&mut ActivityQuery)| {
        let mut q = query.get_untracked();
        edit(&mut q);
        app.replace(Route::Activity(q));
    };
    // The environments of which anything happened, by name; one that is gone by its id.
    let environments = Memo::new(move |_| {
        app.with(|w| {
            let mut ids: Vec<&EnvironmentId> =
                w.log.entries.iter().flat_map(|e| &e.events).filter_map(|e| e.environment.as_ref()).collect();
            ids.order();
            ids.dedup();
            let name = |id: &EnvironmentId| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone());
            let mut named: Vec<(String, String)> = ids.into_iter().map(|id| (id.to_string(), name(id))).collect();
            named.order_by_key(|(_, name)| name.to_lowercase());
            named
        })
    });
    let sorts = Memo::new(move |_| {
        app.with(|w| {
            let there = |s: &EventSort| w.log.entries.iter().flat_map(|e| &e.events).any(|e| e.sort == *s);
            EventSort::ALL.into_iter().filter(there).collect::<Vec<_>>()
        })
    });
    let chosen = move || query.with(|q| q.environment.as_ref().map(ToString::to_string).unwrap_or_default());
    view! {
        <div class="filters" role="search" aria-label="Narrow the list down">
            <label>
                <span class="visually-hidden">"Environment"</span>
                <select class="input" prop:value=chosen on:change=move |e| {
                    let id = event_target_value(&e);
                    change(&|q| q.environment = Some(id.as_str()).filter(|id| !id.is_empty()).map(EnvironmentId::new));
                }>
                    <option value="">"All environments"</option>
                    {live(move || environments.get().into_iter().map(|(id, name)| {
                        let own = id.clone();
                        view! { <option value=id selected=move || chosen().eq_ignore_ascii_case(&own)>{name}</option> }
                    }).collect_view())}
                </select>
            </label>
            <label>
                <span class="visually-hidden">"Sort of event"</span>
                <select class="input" prop:value=move || query.with(|q| q.sort.clone()) on:change=move |e| {
                    let word = event_target_value(&e);
                    change(&|q| q.sort.clone_from(&word));
                }>
                    <option value="">"Everything"</option>
                    {live(move || sorts.get().into_iter().map(|sort| {
                        let word = sort_word(sort);
                        let own = word.clone();
                        view! { <option value=word selected=move || query.with(|q| q.sort == own)>{sort.title()}</option> }
                    }).collect_view())}
                </select>
            </label>
        </div>
    }
}

/// How many events of one entry are listed at once.
const EVENTS: usize = 12;

#[component]
fn Line(row: Row, refused: RefusedUndo) -> impl IntoView {
    let app = use_app();
    let Row { entry, events } = row;
    let number = entry.number;
    // What lies before the last import was carried out only when it was recorded.
    let at = events.first().map_or(entry.at, |e| e.at.min(entry.at));
    let late = !entry.by_itself && entry.recorded - at > LATE;
    let says = entry.events.first().map(|e| e.says.clone()).unwrap_or_default();
    let spoken = says.clone();
    let more = events.len().saturating_sub(EVENTS);
    let sorts = events.first().map(|e| e.sort.title());
    let plan = entry.step.as_ref().and_then(|s| {
        app.with_untracked(|w| {
            let plan = &w.plan(s.plan)?.plan;
            let place = plan.steps.iter().position(|step| step.id == s.id)?;
            Some((s.plan, format!("Step {} of “{}”", place + 1, plan.title())))
        })
    });
    let take_back = move |_| match app.take_back(number) {
        Ok(says) => app.toast(format!("Taken back: {}", full_stop(&says))),
        Err(why) => refused.set(Some((format!("To be taken back: {says}"), why))),
    };
    view! {
        <li class="activity-line">
            <div class="activity-when">
                <InstantView at />
                {late.then(|| view! { <span class="hint">"recorded " <InstantView at=entry.recorded plain=true /></span> })}
            </div>
            <div class="activity-what">
                {events.into_iter().take(EVENTS).map(|e| view! { <p><EventView event=e /></p> }).collect_view()}
                {(more > 0).then(|| view! { <p class="hint">{format!("and {} more; the CSV has all", thousands(more))}</p> })}
                <p class="hint">
                    {sorts}
                    {entry.by_itself.then(|| if app.is_play() { " · by itself" } else { " · expected by the rules, not observed" })}
                    {plan.map(|(n, words)| view! { " · " <a href=Route::Plan(n).href()>{words}</a> })}
                </p>
            </div>
            {entry.is_takeable().then(|| view! {
                <button type="button" class="btn small" on:click=take_back>
                    "Take back" <span class="visually-hidden">{format!(": {spoken}")}</span>
                </button>
            })}
        </li>
    }
}

/// A sentence, with the way to its environment.
#[component]
fn EventView(event: LoggedEvent) -> impl IntoView {
    let app = use_app();
    let says = full_stop(&event.says);
    let id = event.environment.filter(|id| app.with_untracked(|w| w.tenant.get(id).is_some()));
    match id {
        Some(id) => {
            let name = app.with_untracked(|w| w.tenant.get(&id).map(|e| e.name.clone())).unwrap_or_default();
            view! {
                {says} " "
                <a href=Route::Environment(id).href()>"Open" <span class="visually-hidden">{format!(" {name}")}</span></a>
            }
            .into_any()
        }
        None => says.into_any(),
    }
}

#[component]
fn CannotTakeBack(refused: RefusedUndo) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if refused.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && refused.with_untracked(Option::is_some) {
            refused.set(None);
        }
    });
    view! {
        <Dialog open title="That is not possible">
            {live(move || refused.get().map(|(what, why)| view! {
                <p>{full_stop(&what)}</p>
                <p><strong>"Why: "</strong> {sentence(&why)}</p>
                <p>"Nothing was changed."</p>
            }))}
            <p class="actions"><button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button></p>
        </Dialog>
    }
}
