//! Every environment: can it be brought back today, to when, onto what, what is wrong. A row opens beside the table.

use super::Assessed;
use crate::domain::readiness::WEIGHTS;
use crate::interop::csv_out;
use crate::ui::components::instant::stamp;
use crate::ui::components::outcome::tag;
use crate::ui::components::sheet::band_with_axis;
use crate::ui::components::{Choose, Drawer, Drawn, EmptyState, Line, ReasonList, Sheet};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::view_model::readiness::{ANSWERS, COLUMNS, Filter, Row, USUAL, look, onto_words, to_when};
use crate::view_model::sheet::{Here, cells, csv_head, csv_line, heads, pressed};
use crate::view_model::words::count;
use crate::words::readiness::of_trouble;
use crate::workspace::local_time::relative;
use std::sync::Arc;

/// What the address narrows the table down to; kept while the page is left.
fn filter_of(app: AppState) -> Memo<Filter> {
    Memo::new(move |before: Option<&Filter>| match app.route() {
        Route::Readiness(q) => Filter::from(q),
        _ => before.cloned().unwrap_or_default(),
    })
}

#[component]
pub fn Download(assessed: Assessed) -> impl IntoView {
    let app = use_app();
    let filter = filter_of(app);
    let save = move |_| {
        let (heads, here) = (heads(&COLUMNS), Here { now: app.now_untracked(), relative, stamp });
        let text = untrack(|| {
            assessed.with(|r| {
                let kept = filter.with(|f| r.arranged(f)).into_iter().filter_map(|n| r.row(n));
                csv_out::table(&csv_head(&COLUMNS, &heads), kept.map(|row| csv_line(&COLUMNS, &heads, &row, &here)))
            })
        });
        app.hand_out_table("readiness", &text);
    };
    let words = move || if filter.with(Filter::narrows) { "Download these rows as CSV" } else { "Download as CSV" };
    view! { <button type="button" class="btn small" on:click=save>{words}</button> }
}

#[component]
pub fn Environments(assessed: Assessed) -> impl IntoView {
    let app = use_app();
    let filter = filter_of(app);
    let order = Memo::new(move |_| assessed.with(|r| filter.with(|f| r.arranged(f))));
    // A link from above narrows the table down: show it.
    Effect::new(move |before: Option<Filter>| {
        let now = filter.get();
        let linked = before.is_some_and(|b| b != now && b.search == now.search && b.sort == now.sort);
        if linked && let Some(table) = document().get_element_by_id("readiness-table") {
            table.scroll_into_view();
        }
        now
    });
    let heads = Memo::new(move |_| heads(&COLUMNS));
    let total = Signal::derive(move || order.with(Vec::len));
    let row_at = move |place: usize| assessed.with(|r| r.row(order.with(|o| o.get(place).copied())?));
    let judged_at = move || assessed.with(|r| r.now);
    let line = Arc::new(move |place: usize| {
        let row = row_at(place)?;
        Some(Line {
            id: row.id.to_string(),
            name: row.name.clone(),
            href: Route::Environment(row.id.clone()).href(),
            dead: false,
            cells: heads.with(|heads| cells(&COLUMNS, heads, &row, &Here { now: judged_at(), relative, stamp })),
        })
    });
    let drawn = Drawn::new();
    let chosen = RwSignal::new(None::<String>);
    let open = Callback::new(move |(place, enter): (usize, bool)| {
        chosen.set(untrack(|| row_at(place)).map(|row| row.id.to_string()));
        drawn.show(enter);
    });
    let row = Memo::new(move |_| chosen.with(|id| assessed.with(|r| r.row(r.place_of(id.as_deref()?)?))));
    let press = Callback::new(move |key: &'static str| {
        let mut f = filter.get_untracked();
        f.sort = pressed(f.order(), key, USUAL);
        app.replace(f.into());
    });
    let clear = move |_| app.replace(Route::readiness());
    let says = move || match (filter.with(Filter::narrows), count(total.get(), "environment", "environments")) {
        (true, n) => format!("Narrowed down to {n}."),
        (false, n) => format!("{n}."),
    };
    view! {
        <section id="readiness-table" aria-labelledby="readiness-environments">
            <h2 id="readiness-environments">"Environments"</h2>
            <Filters filter />
            <p class="hint" role="status">{says}</p>
            <Show
                when=move || { total.get() > 0 }
                fallback=move || view! {
                    <EmptyState title="Nothing matches" says="No environment has all that is asked for here.">
                        <button type="button" class="btn pri" on:click=clear>"Show all environments"</button>
                    </EmptyState>
                }
            >
                <div class="sheet-place">
                    <Sheet
                        label="Environments, those that could not be brought back first"
                        heads
                        rows=total
                        line=line.clone()
                        now=Signal::derive(judged_at)
                        sort=Signal::derive(move || filter.with(Filter::order))
                        press
                        opened=Signal::derive(move || chosen.get().filter(|_| drawn.is_open()))
                        open
                        address=Signal::derive(move || Route::from(filter.get()).href())
                    />
                </div>
            </Show>
            <Drawer at=drawn title=Signal::derive(move || row.with(|r| r.as_ref().map(|r| r.name.clone())).unwrap_or_default())>
                {live(move || row.get().map(beside))}
            </Drawer>
        </section>
    }
}

#[component]
fn Filters(filter: Memo<Filter>) -> impl IntoView {
    let app = use_app();
    let change = move |edit: &dyn Fn(&mut Filter)| {
        let mut f = filter.get_untracked();
        edit(&mut f);
        app.replace(f.into());
    };
    let answers: Vec<(String, String)> = ANSWERS
        .into_iter()
        .map(|(back, word)| {
            let (symbol, words, _) = look(back);
            (word.to_string(), format!("{symbol} {words}"))
        })
        .collect();
    let findings: Vec<(String, String)> =
        WEIGHTS.iter().map(|w| (w.word.to_string(), of_trouble(w.trouble).title.to_string())).collect();
    view! {
        <div class="filters no-print" role="search" aria-label="Narrow the table down">
            <label class="filter-search">
                <span class="visually-hidden">"Search by name, id, kind, region or group"</span>
                <input type="search" placeholder="Search name, id, kind, region, group"
                    prop:value=move || filter.with(|f| f.search.clone())
                    on:input=move |e| {
                        let text = event_target_value(&e);
                        change(&|f| f.search.clone_from(&text));
                    } />
            </label>
            <Choose label="Brought back today?" all="Every answer"
                options=Signal::derive(move || answers.clone())
                value=Signal::derive(move || filter.with(|f| if f.answer().is_some() { f.only.clone() } else { String::new() }))
                pick=Callback::new(move |v: String| change(&|f| f.only.clone_from(&v))) />
            <Choose label="Finding" all="Any finding or none"
                options=Signal::derive(move || findings.clone())
                value=Signal::derive(move || filter.with(|f| if f.trouble().is_some() { f.finding.clone() } else { String::new() }))
                pick=Callback::new(move |v: String| change(&|f| f.finding.clone_from(&v))) />
        </div>
    }
}

/// One environment with all that its row has no room for.
fn beside(row: Row) -> impl IntoView {
    let now = untrack(|| use_app().now());
    let about = [row.kind.as_ref().map(ToString::to_string), row.region.as_ref().map(ToString::to_string)]
        .map(|v| v.unwrap_or_else(|| "not known".to_string()));
    let (when, troubles) = (to_when(&row, stamp), row.troubles.clone());
    view! {
        <p class="sub">{about.join(" · ")}</p>
        <p class="actions">
            <a class="btn pri" href=Route::way_back(Some(row.id.clone())).href()>"Every way back"</a>
            <a class="btn" href=Route::Environment(row.id.clone()).href()>"Open its page"</a>
        </p>
        <section>
            <h3>"Brought back today?"</h3>
            <p>{tag(look(row.today))}</p>
            <ReasonList reasons=row.reasons.clone() />
            {band_with_axis(&row.reach.window, &row.backups, now)}
            <p class="num">{when}</p>
        </section>
        <section>
            <h3>"Onto what"</h3>
            {onto_words(&row).into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </section>
        <section>
            <h3>"Findings"</h3>
            {if troubles.is_empty() {
                view! { <p class="quiet">"none"</p> }.into_any()
            } else {
                let all = troubles.into_iter().map(|t| view! { <li>{of_trouble(t).title}</li> }).collect_view();
                view! { <ul>{all}</ul> }.into_any()
            }}
        </section>
    }
}
