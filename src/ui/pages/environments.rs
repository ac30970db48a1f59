//! The table of all environments: what each is, how far back it can be brought, what ends next, what is not known.

mod cells;
mod unknown;

use crate::platform::clock;
use crate::ui::components::{Choose, EmptyState, Pager};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, Route};
use crate::ui::slowly::Slowly;
use crate::ui::state::use_app;
use crate::view_model::acts::Act;
use crate::view_model::rows::{self, Choice, Column, Filter, ONLY, Row, arrange, kind_choices, region_choices};
use crate::view_model::words::{count, thousands};
use crate::workspace::local_time::relative;
use leptos::task::spawn_local;
use std::sync::Arc;
use unknown::{Asked, UnknownDialog, UnknownNotice};

/// How many of them are drawn in one go.
const PART: usize = 25;

/// The rows, worked out.
pub(super) type Rows = Shared<Vec<Row>>;

/// How many rows are drawn at once; the rest is a page further.
const PAGE: usize = 100;

impl From<EnvironmentsQuery> for Filter {
    fn from(q: EnvironmentsQuery) -> Self {
        Filter { search: q.search, kind: q.kind, region: q.region, only: q.only, sort: q.sort }
    }
}

impl From<Filter> for Route {
    fn from(f: Filter) -> Self {
        Route::Environments(EnvironmentsQuery {
            search: f.search,
            kind: f.kind,
            region: f.region,
            only: f.only,
            sort: f.sort,
        })
    }
}

#[component]
pub fn EnvironmentsPage() -> impl IntoView {
    let app = use_app();
    let some = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    view! {
        <h1>"Environments"</h1>
        {live(move || {
            if some.get() {
                view! { <Table /> }.into_any()
            } else {
                view! {
                    <EmptyState title="No environments yet" says="Add the inventory of your tenant, or look at the sample first.">
                        <a class="btn pri" href=Route::Start.href()>
                            "Go to the start"
                        </a>
                    </EmptyState>
                }
                    .into_any()
            }
        })}
    }
}

#[component]
fn Table() -> impl IntoView {
    let app = use_app();
    let judged = Slowly::new(move |mut turn| {
        let (edition, (tenant, now)) = (app.edition(), app.judged());
        async move { rows::rows_slowly(edition, &tenant, now, async || turn.goes_on().await).await }
    });
    let rows: Memo<Rows> = Memo::new(move |_| judged.get().unwrap_or_default());
    // Kept while the page is left: the address may already be that of the next one.
    let filter = Memo::new(move |before: Option<&Filter>| match app.route() {
        Route::Environments(q) => Filter::from(q),
        _ => before.cloned().unwrap_or_default(),
    });
    let none = Memo::new(move |_| rows.with(|r| r.is_empty()));
    let order = Memo::new(move |_| rows.with(|r| filter.with(|f| arrange(r, f))));
    let page = RwSignal::new(0usize);
    Effect::new(move |before: Option<Filter>| {
        let now = filter.get();
        if before.is_some_and(|b| b != now) {
            page.set(0);
        }
        now
    });
    let change = move |edit: &dyn Fn(&mut Filter)| {
        let mut f = filter.get_untracked();
        edit(&mut f);
        app.replace(f.into());
    };
    let asked = RwSignal::new(None::<Asked>);
    let pages = move || order.with(Vec::len).div_ceil(PAGE).max(1);
    let at = move || page.get().min(pages() - 1);
    let shown = move || {
        let first = at() * PAGE;
        rows.with(|all| {
            order.with(|o| o.iter().skip(first).take(PAGE).filter_map(|i| all.get(*i).cloned()).collect::<Vec<Row>>())
        })
    };
    // A hundred rows at once would take longer than a frame: the first are drawn at once, and those below after it.
    let parts: [RwSignal<Vec<Row>>; PAGE / PART] = std::array::from_fn(|_| RwSignal::new(Vec::new()));
    let last = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let mut rows = shown();
        let mut next = move |part: RwSignal<Vec<Row>>| {
            let rest = rows.split_off(PART.min(rows.len()));
            let new = std::mem::replace(&mut rows, rest);
            if part.try_with_untracked(|old| *old != new) == Some(true) {
                part.try_set(new);
            }
        };
        let mine = last.get_value().wrapping_add(1);
        last.set_value(mine);
        let mut parts = parts.into_iter();
        parts.next().into_iter().for_each(&mut next);
        spawn_local(async move {
            for part in parts {
                clock::breathe().await;
                if last.try_get_value() != Some(mine) {
                    return;
                }
                next(part);
            }
        });
    });
    view! {
        <Summary rows working=Signal::derive(move || judged.working() && !none.get()) />
        <UnknownNotice rows asked />
        <Filters rows filter change=Callback::new(move |edit: Edit| change(&*edit)) />
        {live(move || (judged.working() && none.get()).then(|| view! { <p class="hint" role="status">"Working out how far back each can be brought …"</p> }))}
        {live(move || {
            if none.get() {
                ().into_any()
            } else if order.with(Vec::is_empty) {
                view! {
                    <EmptyState title="Nothing matches" says="No environment has all that is asked for here.">
                        <button
                            type="button"
                            class="btn pri"
                            on:click=move |_| {
                                change(&|f| *f = Filter { sort: std::mem::take(&mut f.sort), ..Filter::default() })
                            }
                        >
                            "Clear the filter"
                        </button>
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! {
                    <div class="card">
                        <table class="env-table">
                            <caption class="visually-hidden">
                                "Environments with how far back each can be brought; a column's head sorts"
                            </caption>
                            <thead>
                                <tr>
                                    {Column::ALL
                                        .into_iter()
                                        .map(|c| {
                                            view! {
                                                <Head column=c filter press=Callback::new(move |c: Column| change(&|f| f.sort = f.pressed(c))) />
                                            }
                                        })
                                        .collect_view()}
                                </tr>
                            </thead>
                            <tbody>
                                {parts
                                    .map(|part| move || {
                                        let now = app.judged().1;
                                        part.get().into_iter().map(|row| cells::row(row, now, asked)).collect_view()
                                    })
                                    .collect_view()}
                            </tbody>
                        </table>
                    </div>
                    <Pager total=Signal::derive(move || order.with(Vec::len)) page size=PAGE table=".env-table" />
                }
                    .into_any()
            }
        })}
        <UnknownDialog asked />
    }
}

/// A change of the filter.
type Edit = Arc<dyn Fn(&mut Filter) + Send + Sync>;

#[component]
fn Summary(rows: Memo<Rows>, working: Signal<bool>) -> impl IntoView {
    let app = use_app();
    let says = move || {
        let (living, deleted, missing) = rows.with(|r| {
            let deleted = r.iter().filter(|r| r.deleted.is_some()).count();
            (r.len() - deleted, deleted, r.iter().filter(|r| r.missing).count())
        });
        let mut parts = vec![count(living, "environment", "environments")];
        if deleted > 0 {
            parts.push(format!("{} deleted", thousands(deleted)));
        }
        if missing > 0 {
            parts.push(format!("{} missing from the last import", thousands(missing)));
        }
        let now = app.now();
        app.with(|w| {
            if let Some(import) = w.tenant.last_list() {
                parts.push(format!("imported {} from {} ({})", relative(import.at, now), import.name, import.format));
            } else if w.tenant.sample {
                parts.push("the sample tenant".to_string());
            }
        });
        if working.get() {
            parts.push("being worked out anew …".to_string());
        }
        parts.join(" · ")
    };
    view! {
        <div class="head">
            <p class="sub">{says}</p>
            <p class="actions">
                <button type="button" class="btn small" on:click=move |_| app.acting.begin(None, Act::Create)>
                    {move || if app.is_play() { "Create an environment…" } else { "Record a new environment…" }}
                </button>
                <button type="button" class="btn small" on:click=move |_| app.acting.begin(None, Act::SetCapacity)>"Storage…"</button>
                <a class="btn small" href=Route::Import.href()>
                    "Add an inventory"
                </a>
            </p>
        </div>
    }
}

#[component]
fn Filters(rows: Memo<Rows>, filter: Memo<Filter>, change: Callback<Edit>) -> impl IntoView {
    let search = move |e: leptos::ev::Event| {
        let text = event_target_value(&e);
        change.run(Arc::new(move |f: &mut Filter| f.search.clone_from(&text)));
    };
    let kinds = Memo::new(move |_| rows.with(|r| kind_choices(r)));
    let regions = Memo::new(move |_| rows.with(|r| region_choices(r)));
    let only = ONLY.iter().map(|(value, words)| (value.to_string(), words.to_string())).collect::<Vec<_>>();
    let with_counts = |choices: Vec<Choice>| {
        choices.into_iter().map(|c| (c.value, format!("{} ({})", c.words, thousands(c.rows)))).collect::<Vec<_>>()
    };
    view! {
        <div class="filters" role="search" aria-label="Narrow the table down">
            <label class="filter-search">
                <span class="visually-hidden">"Search by name, id, address, kind, region or group"</span>
                <input
                    type="search"
                    placeholder="Search name, id, address, group"
                    prop:value=move || filter.with(|f| f.search.clone())
                    on:input=search
                />
            </label>
            <Choose
                label="Kind"
                all="All kinds"
                options=Signal::derive(move || with_counts(kinds.get()))
                value=Signal::derive(move || filter.with(|f| f.kind.clone()))
                pick=Callback::new(move |v: String| change.run(Arc::new(move |f: &mut Filter| f.kind.clone_from(&v))))
            />
            <Choose
                label="Region"
                all="All regions"
                options=Signal::derive(move || with_counts(regions.get()))
                value=Signal::derive(move || filter.with(|f| f.region.clone()))
                pick=Callback::new(move |v: String| change.run(Arc::new(move |f: &mut Filter| f.region.clone_from(&v))))
            />
            <Choose
                label="Only"
                all="All environments"
                options=Signal::derive(move || only.iter().map(|(v, w)| (v.clone(), format!("Only {w}"))).collect::<Vec<_>>())
                value=Signal::derive(move || filter.with(|f| f.only.clone()))
                pick=Callback::new(move |v: String| change.run(Arc::new(move |f: &mut Filter| f.only.clone_from(&v))))
            />
            <SortChoice filter change />
        </div>
    }
}

/// The order as a choice, for narrow screens where the heads of the columns are not shown.
#[component]
fn SortChoice(filter: Memo<Filter>, change: Callback<Edit>) -> impl IntoView {
    let options: Vec<(String, String)> = Column::ALL
        .into_iter()
        .flat_map(|c| {
            let title = if c == Column::Reach { "How far back" } else { c.title() };
            [
                (c.word().to_string(), format!("Sort: {title}")),
                (format!("-{}", c.word()), format!("Sort: {title}, turned round")),
            ]
        })
        .collect();
    view! {
        <span class="filter-sort">
            <Choose
                label="Order"
                all=""
                options=Signal::derive(move || options.clone())
                value=Signal::derive(move || {
                    let (column, down) = filter.with(Filter::order);
                    format!("{}{}", if down { "-" } else { "" }, column.word())
                })
                pick=Callback::new(move |v: String| change.run(Arc::new(move |f: &mut Filter| f.sort.clone_from(&v))))
            />
        </span>
    }
}

#[component]
fn Head(column: Column, filter: Memo<Filter>, press: Callback<Column>) -> impl IntoView {
    let state = move || match filter.with(Filter::order) {
        (c, false) if c == column => Some("ascending"),
        (c, true) if c == column => Some("descending"),
        _ => None,
    };
    view! {
        <th scope="col" class=format!("col-{}", column.word()) aria-sort=state>
            <button type="button" class="sort" on:click=move |_| press.run(column)>
                {column.title()}
                <span aria-hidden="true" class="sort-mark">
                    {move || match state() {
                        Some("ascending") => " ▲",
                        Some(_) => " ▼",
                        None => "",
                    }}
                </span>
            </button>
        </th>
    }
}
