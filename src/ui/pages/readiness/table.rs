//! Every environment: can it be brought back today, to when, onto what, what is wrong.

use super::Assessed;
use crate::domain::readiness::{Back, WEIGHTS};
use crate::interop::csv_out;
use crate::ui::components::instant::stamp;
use crate::ui::components::outcome::tag;
use crate::ui::components::{Because, Choose, EmptyState, Pager, SmallBand};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::view_model::readiness::{ANSWERS, Filter, HEADER, Onto, Row, line, look};
use crate::view_model::words::{count, thousands};
use crate::words::readiness::of_trouble;
use chrono::{DateTime, Utc};

/// How many rows are drawn at once on screen.
const PAGE: usize = 100;

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
        let text = untrack(|| {
            assessed.with(|r| {
                let kept = filter.with(|f| r.table.kept(r, f));
                csv_out::table(&HEADER, kept.into_iter().filter_map(|n| r.row(n)).map(|row| line(&row)))
            })
        });
        app.hand_out_table("readiness.csv", &text);
    };
    let words = move || if filter.with(Filter::narrows) { "Download these rows as CSV" } else { "Download as CSV" };
    view! { <button type="button" class="btn small" on:click=save>{words}</button> }
}

#[component]
pub fn Environments(assessed: Assessed, printing: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let filter = filter_of(app);
    let order = Memo::new(move |_| assessed.with(|r| filter.with(|f| r.table.kept(r, f))));
    let page = RwSignal::new(0usize);
    Effect::new(move |before: Option<Filter>| {
        let now = filter.get();
        if before.as_ref().is_some_and(|b| *b != now) {
            page.set(0);
            // A link from above narrows the table down: show it.
            let linked = before.is_some_and(|b| b.search == now.search);
            if linked && let Some(table) = document().get_element_by_id("readiness-table") {
                table.scroll_into_view();
            }
        }
        now
    });
    let shown = move || {
        let (first, most) = if printing.get() {
            (0, usize::MAX)
        } else {
            let last = order.with(Vec::len).div_ceil(PAGE).saturating_sub(1);
            (page.get().min(last) * PAGE, PAGE)
        };
        assessed
            .with(|r| order.with(|o| o.iter().skip(first).take(most).filter_map(|n| r.row(*n)).collect::<Vec<Row>>()))
    };
    let total = Signal::derive(move || order.with(Vec::len));
    let clear = move |_| app.replace(Route::readiness());
    view! {
        <section id="readiness-table" aria-labelledby="readiness-environments">
            <h2 id="readiness-environments">"Environments"</h2>
            <Filters filter />
            <p class="print-only">
                {move || match (filter.with(Filter::narrows), total.get()) {
                    (true, n) => format!("Narrowed down to {}.", count(n, "environment", "environments")),
                    (false, n) => format!("{}.", count(n, "environment", "environments")),
                }}
                {move || (!printing.get() && total.get() > PAGE).then(|| format!(
                    " Only {PAGE} of them are on this paper: “Print the report” on the page prints all."
                ))}
            </p>
            <Show
                when=move || { total.get() > 0 }
                fallback=move || view! {
                    <EmptyState title="Nothing matches" says="No environment has all that is asked for here.">
                        <button type="button" class="btn pri" on:click=clear>"Show all environments"</button>
                    </EmptyState>
                }
            >
                <div class="card">
                    <table class="cards readiness-table">
                        <caption class="visually-hidden">"Environments, those that could not be brought back first"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Name"</th>
                                <th scope="col">"Brought back today?"</th>
                                <th scope="col" class="col-when">"To when (28 days)"</th>
                                <th scope="col">"Onto what"</th>
                                <th scope="col">"Findings"</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                let now = assessed.with(|r| r.now);
                                shown().into_iter().map(|row| line_view(row, now)).collect_view()
                            }}
                        </tbody>
                    </table>
                </div>
                <div class="no-print"><Pager total page size=PAGE table=".readiness-table" /></div>
            </Show>
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

/// One row; on a narrow screen a card.
fn line_view(row: Row, now: DateTime<Utc>) -> impl IntoView {
    let about: Vec<String> = [row.kind.as_ref().map(ToString::to_string), row.region.as_ref().map(ToString::to_string)]
        .into_iter()
        .map(|v| v.unwrap_or_else(|| "not known".to_string()))
        .collect();
    let why = row.reasons.first().cloned().map(|r| view! { <span class="row-why"><Because r /></span> });
    // Nothing is called sure that something stops, or may stop, at this moment: then it is the points alone that are sure.
    let surely = if row.today == Back::Surely { "surely" } else { "points guaranteed from" };
    let when = match (row.sure_from, row.possible_from) {
        (Some(sure), Some(possible)) if possible < sure => {
            format!("{surely} {}, perhaps {}", stamp(sure), stamp(possible))
        }
        (Some(sure), _) => format!("{surely} {}", stamp(sure)),
        (None, Some(possible)) => format!("perhaps {}", stamp(possible)),
        (None, None) if row.reach.window.possible_from.is_some() => "kept, but there is no way back".to_string(),
        (None, None) => String::new(),
    };
    let troubles = row.troubles.len();
    let titles: Vec<&str> = row.troubles.iter().map(|t| of_trouble(*t).title).collect();
    view! {
        <tr>
            <th scope="row" class="name">
                <a href=Route::Environment(row.id.clone()).href()>{row.name.clone()}</a>
                <span class="row-about">{about.join(" · ")}</span>
            </th>
            <td data-label="Today?"><span class="cell-lines">{tag(look(row.today))} {why}</span></td>
            <td data-label="To when" class="col-when">
                <span class="cell-lines">
                    <SmallBand reach=row.reach.clone() backups=row.backups.clone() now />
                    <span class="row-when">{when}</span>
                </span>
            </td>
            <td data-label="Onto what">{onto_view(row.onto)}</td>
            <td data-label="Findings" class="num">
                {if troubles == 0 {
                    view! { <span class="quiet">"none"</span> }.into_any()
                } else {
                    view! { <span class="cell-lines"><span>{troubles}</span><span class="row-about">{titles.join(" · ")}</span></span> }.into_any()
                }}
            </td>
        </tr>
    }
}

fn onto_view(onto: Onto) -> impl IntoView {
    let Onto { names, more, busy, unknown, others } = onto;
    let none = names.is_empty() && others.is_empty() && busy == 0;
    let targets = match (names.len(), more) {
        (0, _) => None,
        (_, 0) => Some(names.join(", ")),
        (_, more) => Some(format!("{} and {} more", names.join(", "), thousands(more))),
    };
    view! {
        <span class="cell-lines">
            {targets}
            {(busy > 0).then(|| view! {
                <span class="row-about">{format!("{} more, occupied or disabled now", thousands(busy))}</span>
            })}
            {(!others.is_empty()).then(|| view! { <span class="row-about">{others.join(" · ")}</span> })}
            {(unknown > 0 && names.is_empty() && busy == 0).then(|| view! {
                <span class="row-about">{format!("{}, if a fact were known", count(unknown, "environment", "environments"))}</span>
            })}
            {(none && unknown == 0).then(|| view! { <span class="quiet">"nothing"</span> })}
        </span>
    }
}
