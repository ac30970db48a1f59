//! All environments on one axis: whether each can be brought back, how far, onto what, what ends next. A row opens beside the table.

mod beside;
mod bulk;
mod tools;
mod unknown;

use crate::domain::edition::Edition;
use crate::domain::order::Gather;
use crate::domain::tenant::Tenant;
use crate::ui::components::instant::stamp;
use crate::ui::components::{Drawer, Drawn, EmptyState, Line, NoEnvironments, Picked, Picks, Sheet, icon};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, Route};
use crate::ui::slowly::{Slowly, later};
use crate::ui::state::{AppState, use_app};
use crate::view_model::rows::{self, COLUMNS, Filter, Narrowed, Row, in_order};
use crate::view_model::sheet::{ColumnHead, Here, cells, chosen, heads, shared_out};
use crate::view_model::words::{count, thousands};
use crate::workspace::local_time::relative;
use beside::Beside;
use bulk::Chosen;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;
use tools::{Heading, Tabs};
use unknown::{OpenQuestion, UnknownDialog};

/// Where it is remembered which columns are shown.
const COLUMNS_SETTING: &str = "restore-desk/columns/environments";

/// The rows, worked out.
type Rows = Shared<Vec<Row>>;

impl From<EnvironmentsQuery> for Filter {
    fn from(q: EnvironmentsQuery) -> Self {
        Filter { search: q.search, kind: q.kind, region: q.region, only: q.only, sort: q.sort }
    }
}

fn address(f: Filter, open: String) -> Route {
    Route::Environments(EnvironmentsQuery {
        search: f.search,
        kind: f.kind,
        region: f.region,
        only: f.only,
        sort: f.sort,
        open,
    })
}

fn here(now: DateTime<Utc>) -> Here {
    Here { now, relative, stamp }
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct Fleet {
    app: AppState,
    rows: Memo<Rows>,
    filter: Memo<Filter>,
    /// The places of the rows that are shown, in their order.
    order: Memo<Arc<Vec<usize>>>,
    heads: Memo<Vec<ColumnHead>>,
    /// Which columns are shown, as it is remembered.
    columns: RwSignal<String>,
    picked: Picked,
    asked: RwSignal<Option<OpenQuestion>>,
    /// The id of the row beside the table; empty: none.
    open: Memo<String>,
    drawn: Drawn,
}

impl Fleet {
    fn change(self, edit: &dyn Fn(&mut Filter)) {
        let mut f = self.filter.get_untracked();
        edit(&mut f);
        self.app.replace(address(f, self.open.get_untracked()));
    }

    /// Opens the row of an environment; empty: none. Going back closes what was opened, however many rows were looked at.
    fn show(self, id: String) {
        let opens = !id.is_empty() && self.open.with_untracked(String::is_empty);
        let route = address(self.filter.get_untracked(), id);
        if opens { self.app.go(route) } else { self.app.replace(route) }
    }

    /// The place of the open row among those that are shown.
    fn open_at(self) -> Option<usize> {
        self.open.with(|open| {
            self.rows.with(|rows| {
                self.order.with(|order| order.iter().position(|i| rows.get(*i).is_some_and(|r| r.id.as_str() == open)))
            })
        })
    }

    fn id_at(self, place: usize) -> Option<String> {
        self.rows.with(|rows| self.order.with(|order| rows.get(*order.get(place)?).map(|r| r.id.to_string())))
    }
}

#[component]
pub fn EnvironmentsPage() -> impl IntoView {
    let app = use_app();
    let some = Memo::new(move |_| app.with(|w| !w.tenant.environments.is_empty()));
    live(move || {
        if some.get() {
            view! { <Table /> }.into_any()
        } else {
            view! {
                <h1>"Environments"</h1>
                <NoEnvironments />
            }
            .into_any()
        }
    })
}

/// What the rows rest on: the edition, the tenant, and the instant (UTC) at which it is judged.
type RestsOn = (&'static Edition, (Tenant, DateTime<Utc>));

fn judged(rests_on: impl Fn() -> RestsOn + 'static) -> Slowly<Vec<Row>> {
    Slowly::new("rows", rests_on, |(edition, (tenant, now)), mut turn| async move {
        rows::rows_slowly(edition, &tenant, now, async || turn.goes_on().await).await
    })
}

/// Works the rows out ahead, each time that something else is there, so that the table has them when somebody goes to it.
pub fn ahead<T: Send + Sync + 'static>(app: AppState, after: Slowly<T>) {
    judged(move || {
        drop(after.get());
        untrack(|| (app.edition(), app.judged()))
    });
}

#[component]
fn Table() -> impl IntoView {
    let app = use_app();
    let judged = judged(move || (app.edition(), app.judged()));
    let rows: Memo<Rows> = Memo::new(move |_| judged.get().unwrap_or_default());
    // Kept while the page is left: the address may already be that of the next one.
    let query = Memo::new(move |before: Option<&EnvironmentsQuery>| match app.route() {
        Route::Environments(q) => q,
        _ => before.cloned().unwrap_or_default(),
    });
    let filter = Memo::new(move |_| Filter::from(query.get()));
    let sort = Memo::new(move |_| filter.with(|f| f.sort.clone()));
    // All rows in their order: what is typed only narrows them down.
    let sorted = Memo::new(move |_| rows.with(|r| in_order(r, &Filter { sort: sort.get(), ..Filter::default() })));
    let narrowed = Memo::new(move |before: Option<&(Rows, Narrowed)>| {
        let rows = rows.get();
        let steps = before.filter(|(were, _)| *were == rows).map(|(_, steps)| steps.clone()).unwrap_or_default();
        let steps = filter.with(|filter| sorted.with(|sorted| steps.to(&rows, sorted, filter)));
        (rows, steps)
    });
    let order = Memo::new(move |_| narrowed.with(|(_, steps)| steps.kept()));
    let columns = RwSignal::new(app.saving.setting(COLUMNS_SETTING).unwrap_or_default());
    let fleet = Fleet {
        app,
        rows,
        filter,
        order,
        heads: Memo::new(move |_| {
            let shown = chosen(&heads(&COLUMNS), &columns.get());
            let now = here(untrack(|| app.judged()).1);
            rows.with(|rows| shared_out(&COLUMNS, shown, rows, &now, &["name", "onto"]))
        }),
        columns,
        picked: RwSignal::new(BTreeSet::new()),
        asked: RwSignal::new(None),
        open: Memo::new(move |_| query.with(|q| q.open.clone())),
        drawn: Drawn::new(),
    };
    let none = Memo::new(move |_| rows.with(|r| r.is_empty()));
    let unpicked = Memo::new(move |_| fleet.picked.with(BTreeSet::is_empty));
    let working = Signal::derive(move || judged.working());
    view! {
        <div class="sheet-page">
            <Heading fleet />
            {live(move || {
                if unpicked.get() {
                    view! { <Tabs fleet /> }.into_any()
                } else {
                    view! { <Chosen fleet /> }.into_any()
                }
            })}
            {live(move || (working.get() && none.get()).then(|| view! { <p class="hint" role="status">"Working out how far back each can be brought …"</p> }))}
            {live(move || if none.get() { ().into_any() } else { later(move || view! { <Grid fleet /> }) })}
            <Foot fleet working />
        </div>
        <Side fleet />
        <UnknownDialog asked=fleet.asked />
    }
}

#[component]
fn Grid(fleet: Fleet) -> impl IntoView {
    let Fleet { app, rows, filter, order, heads, picked, .. } = fleet;
    let empty = Memo::new(move |_| order.with(|o| o.is_empty()));
    let now = Memo::new(move |_| app.judged().1);
    let line = Arc::new(move |place: usize| {
        let now = here(now.get());
        rows.with(|rows| {
            let row = rows.get(order.with(|o| o.get(place).copied())?)?;
            Some(Line {
                id: row.id.to_string(),
                name: row.name.clone(),
                href: Route::Environment(row.id.clone()).href(),
                dead: row.deleted.is_some(),
                cells: heads.with(|heads| cells(&COLUMNS, heads, row, &now)),
            })
        })
    });
    let all = Callback::new(move |on: bool| {
        let all = rows.with_untracked(|r| {
            order.with_untracked(|o| o.iter().filter_map(|i| r.get(*i)).map(|r| r.id.to_string()).into_set())
        });
        picked.set(if on { all } else { BTreeSet::new() });
    });
    let open = Callback::new(move |(place, enter): (usize, bool)| {
        if let Some(id) = untrack(|| fleet.id_at(place)) {
            fleet.drawn.show(enter);
            fleet.show(id);
        }
    });
    let clear = move |_| fleet.change(&|f| *f = Filter { sort: std::mem::take(&mut f.sort), ..Filter::default() });
    view! {
        <Show when=move || empty.get()>
            <EmptyState title="Nothing matches" says="No environment has all that is asked for here.">
                <button type="button" class="btn pri" on:click=clear>"Clear the filter"</button>
            </EmptyState>
        </Show>
        <div class="sheet-place" hidden=move || empty.get()>
            <Sheet
                label="Environments, with how far back each can be brought"
                heads
                rows=Signal::derive(move || order.with(|o| o.len()))
                line
                now=Signal::derive(move || now.get())
                sort=Signal::derive(move || filter.with(Filter::order))
                press=Callback::new(move |key: &'static str| fleet.change(&|f| f.sort = f.pressed(key)))
                picks=Picks { picked, all }
                opened=Signal::derive(move || Some(fleet.open.get()).filter(|id| !id.is_empty()))
                open
                address=Signal::derive(move || address(filter.get(), String::new()).href())
            />
        </div>
    }
}

/// What stands beside the table, and what the address says of it.
#[component]
fn Side(fleet: Fleet) -> impl IntoView {
    let Fleet { rows, open, drawn, .. } = fleet;
    let row =
        Memo::new(move |_| open.with(|open| rows.with(|rows| rows.iter().find(|r| r.id.as_str() == open).cloned())));
    // A link that opens one, and going back to it.
    Effect::new(move |_| {
        let there = row.with(Option::is_some);
        if there && !untrack(|| drawn.is_open()) {
            drawn.show(false);
        } else if open.with(String::is_empty) && untrack(|| drawn.is_open()) {
            drawn.shut();
        }
    });
    Effect::new(move |before: Option<bool>| {
        let now = drawn.is_open();
        if before == Some(true) && !now {
            fleet.show(String::new());
        }
        now
    });
    let step = move |by: isize| {
        let to = untrack(|| fleet.open_at().and_then(|at| at.checked_add_signed(by)).and_then(|at| fleet.id_at(at)));
        if let Some(id) = to {
            fleet.show(id);
        }
    };
    let tools = move || {
        let button = |name: &'static str, symbol: &'static str, by: isize| {
            let gone = move || {
                fleet.open_at().and_then(|at| at.checked_add_signed(by)).and_then(|at| fleet.id_at(at)).is_none()
            };
            view! {
                <button type="button" class="btn plain only-icon" aria-label=name title=name
                    aria-disabled=move || gone().to_string() on:click=move |_| step(by)>
                    {icon(symbol)}
                </button>
            }
        };
        view! { {button("Previous row", "up", -1)} {button("Next row", "down", 1)} }
    };
    let title = Signal::derive(move || row.with(|r| r.as_ref().map(|r| r.name.clone())).unwrap_or_default());
    view! {
        <Drawer at=drawn title tools>
            <Beside row fleet />
        </Drawer>
    }
}

/// What the table holds, where it is from, and what the band means.
#[component]
fn Foot(fleet: Fleet, working: Signal<bool>) -> impl IntoView {
    let Fleet { app, rows, order, filter, .. } = fleet;
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
                if import.as_of() != import.at {
                    parts.push(format!("asked for {} at the latest", relative(import.as_of(), now)));
                }
            } else if w.tenant.sample {
                parts.push("the sample tenant".to_string());
            }
        });
        if working.get() {
            parts.push("being worked out anew …".to_string());
        }
        parts.join(" · ")
    };
    let shown = move || filter.with(Filter::narrows).then(|| count(order.with(|o| o.len()), "row shown", "rows shown"));
    let key = |class: &'static str, says: &'static str| {
        view! { <span class="sheet-key"><span class=format!("band-key {class}") aria-hidden="true"></span>{says}</span> }
    };
    view! {
        <div class="sheet-foot">
            <span>{says}</span>
            <span role="status">{shown}</span>
            <span class="sheet-keys">
                {key("solid", "guaranteed")} {key("maybe", "possible")} {key("dormant", "kept, not to be chosen as it is")}
                <span class="sheet-key"><span class="band-key dot" aria-hidden="true"></span>"manual backup"</span>
            </span>
        </div>
    }
}
