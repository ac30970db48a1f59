//! Who may be restored to whom: by class, which is what the rules look at, and by environment. What is chosen opens in the drawer.

mod canvas;
mod chosen;
mod classes;
mod drawing;
mod moment;
mod stamps;
mod twin;

use crate::interop::csv_out;
use crate::ui::components::rule_chip::EditionBasis;
use crate::ui::components::{NoEnvironments, icon};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::route::{Route, TargetsQuery};
use crate::ui::slowly::{Slowly, later};
use crate::ui::state::use_app;
use crate::view_model::grid::{Grid, GridFilter, Span, table};
use crate::view_model::words::{count, inside, thousands};
use canvas::ByEnvironment;
use chosen::Chosen;
use classes::ByClass;
use moment::AtThisMoment;

/// How the address calls the matrix by environment.
const BY_ENVIRONMENT: &str = "environment";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct TargetsShared {
    grid: Memo<Option<Shared<Grid>>>,
    filter: RwSignal<GridFilter>,
    query: Memo<TargetsQuery>,
    /// Set before a pair is opened by the keyboard: the focus goes along.
    enter: StoredValue<bool>,
}

impl TargetsShared {
    /// Opens the drawer at a pair, by the places in the grid.
    fn open(self, source: usize, target: usize, span: Span, enter: bool) {
        let pair = self.grid.with_untracked(|grid| {
            let grid = grid.as_ref()?;
            Some((grid.heads.get(source)?.id.clone(), grid.heads.get(target)?.id.clone()))
        });
        if let Some((source, target)) = pair {
            self.enter.set_value(enter);
            let by = self.query.with_untracked(|q| q.by.clone());
            let span = span.word().to_string();
            use_app().go(Route::Targets(TargetsQuery { source: Some(source), target: Some(target), span, by }));
        }
    }

    /// Opens the drawer at all pairs of one environment.
    fn open_all(self, head: usize, as_source: bool, enter: bool) {
        let Some(id) = self.grid.with_untracked(|g| Some(g.as_ref()?.heads.get(head)?.id.clone())) else { return };
        self.enter.set_value(enter);
        let by = self.query.with_untracked(|q| q.by.clone());
        let (source, target) = if as_source { (Some(id), None) } else { (None, Some(id)) };
        use_app().go(Route::Targets(TargetsQuery { source, target, span: String::new(), by }));
    }
}

#[component]
pub fn TargetsPage() -> impl IntoView {
    let app = use_app();
    // Kept while the page is left: the address may already be that of the next one.
    let query = Memo::new(move |before: Option<&TargetsQuery>| match app.route() {
        Route::Targets(q) => q,
        _ => before.cloned().unwrap_or_default(),
    });
    // Pairs do not depend on the clock.
    let tenant = Memo::new(move |_| app.judged().0);
    let rests_on = move || (app.edition(), tenant.get());
    let judged = Slowly::new("grid", rests_on, |(edition, tenant), mut turn| async move {
        let before = turn.before();
        Grid::slowly(edition, &tenant, before.as_deref(), async || turn.goes_on().await).await
    });
    let grid = Memo::new(move |_| judged.get());
    let known = Memo::new(move |_| grid.with(Option::is_some));
    let page =
        TargetsShared { grid, filter: RwSignal::new(GridFilter::default()), query, enter: StoredValue::new(false) };
    let some = Memo::new(move |_| app.with(|w| w.tenant.living().next().is_some()));
    shows("targets");
    view! {
        <div class="head targets-head">
            <h1>"Targets"</h1>
            {live(move || some.get().then(|| view! { <Switch page /> <Download page /> }))}
            <Show when=move || some.get() && query.with(|q| q.source.is_none() && q.target.is_none())>
                <a class="btn pri tools-first no-print" href=Route::restore().href()>"Plan a restore"</a>
            </Show>
        </div>
        <p class="sub">
            "Who may be restored to whom, by the " {move || inside(app.edition().title)} " "
            {live(move || view! { <EditionBasis edition=app.edition() /> })}
        </p>
        {live(move || {
            if some.get() {
                view! {
                    <Summary page />
                    <Narrow page />
                    {live(move || {
                        if !known.get() {
                            return view! { <p class="hint" role="status">"Working it out …"</p> }.into_any();
                        }
                        let by_environment = Memo::new(move |_| query.with(|q| q.by == BY_ENVIRONMENT));
                        live(move || {
                            if by_environment.get() {
                                let printed = move || view! { <div class="print-only"><ByClass page /></div> };
                                view! { <ByEnvironment page /> {later(printed)} }.into_any()
                            } else {
                                later(move || view! { <ByClass page /> })
                            }
                        })
                    })}
                    <Chosen page />
                }
                    .into_any()
            } else {
                view! {
                    <NoEnvironments says="With an inventory this page judges every pair of your own environments." />
                }
                    .into_any()
            }
        })}
    }
}

/// By class or by environment.
#[component]
fn Switch(page: TargetsShared) -> impl IntoView {
    let app = use_app();
    let button = move |by: &'static str, says: &'static str| {
        let here = move || page.query.with(|q| (q.by == BY_ENVIRONMENT) == (by == BY_ENVIRONMENT));
        let turn = move |_| {
            let query = TargetsQuery { by: by.to_string(), ..page.query.get_untracked() };
            app.go(Route::Targets(query));
        };
        view! {
            <button type="button" class="btn" aria-pressed=move || here().to_string() on:click=turn>
                {says}
            </button>
        }
    };
    view! {
        <div class="seg no-print" role="group" aria-label="Rows and columns">
            {button("", "By class")}
            {button(BY_ENVIRONMENT, "By environment")}
        </div>
    }
}

/// What is shown, as a file: by class or by environment.
#[component]
fn Download(page: TargetsShared) -> impl IntoView {
    let app = use_app();
    let save = move |_| {
        let by_environment = page.query.with_untracked(|q| q.by == BY_ENVIRONMENT);
        let lines = page.grid.with_untracked(|grid| {
            let grid = grid.as_ref()?;
            Some(page.filter.with_untracked(|f| match by_environment {
                true => grid.lines_by_environment(f).map(|lines| csv_out::table(&table::BY_ENVIRONMENT, lines)),
                false => grid.lines_by_class(f).map(|lines| csv_out::table(&table::BY_CLASS, lines)),
            }))
        });
        match lines {
            Some(Ok(text)) => app.hand_out_table("targets", &text),
            Some(Err(pairs)) => app.toast(format!(
                "{} are too many for a table: narrow the sources or the targets down, to {} at most.",
                count(pairs, "pair", "pairs"),
                thousands(table::PAIRS),
            )),
            None => {}
        }
    };
    view! {
        <button type="button" class="btn plain no-print" aria-label="Download as CSV" title="Download what is shown as CSV" on:click=save>
            {icon("load")} <span class="words">"CSV"</span>
        </button>
    }
}

/// The answer in one line, and what stands in the way at this moment.
#[component]
fn Summary(page: TargetsShared) -> impl IntoView {
    let says = move || {
        page.grid.with(|grid| {
            let totals = grid.as_ref()?.totals;
            let all = totals.all();
            let verb = if totals.eligible == 1 { "is" } else { "are" };
            Some((count(all, "pair", "pairs"), thousands(totals.eligible), verb, thousands(totals.unknown)))
        })
    };
    view! {
        <div class="matrix-says">
            {live(move || {
                says()
                    .map(|(all, eligible, verb, unknown)| {
                        view! { <p>"Of " {all} " " <b>{eligible}</b> " " {verb} " eligible, " <b>{unknown}</b> " not known."</p> }
                    })
            })}
            <AtThisMoment />
        </div>
    }
}

/// What narrows the matrix down, and asks for one pair.
#[component]
fn Narrow(page: TargetsShared) -> impl IntoView {
    let TargetsShared { grid, filter, .. } = page;
    let meant = Memo::new(move |_| {
        filter.with(|f| {
            grid.with(|g| {
                let g = g.as_ref()?;
                let (s, t) = (g.meant(&f.sources)?, g.meant(&f.targets)?);
                Some((s, t, g.pair_named(s, t)))
            })
        })
    });
    let asked = move |e: leptos::ev::KeyboardEvent| {
        if e.key() == "Enter"
            && let Some((s, t, _)) = meant.get_untracked()
        {
            page.open(s, t, Span::Pair, true);
        }
    };
    let field = move |label: &'static str, hint: &'static str, as_source: bool| {
        let set = move |e| {
            let typed = event_target_value(&e);
            filter.update(|f| if as_source { f.sources = typed } else { f.targets = typed });
        };
        view! {
            <label>
                <span class="visually-hidden">{label}</span>
                <input type="search" placeholder=hint on:input=set on:keydown=asked />
            </label>
        }
    };
    view! {
        <div class="filters pair-filters no-print">
            {field("Narrow the sources down", "Source: name, kind, region", true)}
            <span aria-hidden="true">{icon("arrow")}</span>
            {field("Narrow the targets down", "Target: name, kind, region", false)}
            {live(move || {
                meant
                    .get()
                    .map(|(s, t, says)| {
                        view! {
                            <button type="button" class="btn small" on:click=move |_| page.open(s, t, Span::Pair, true)>
                                {says}
                            </button>
                        }
                    })
            })}
        </div>
    }
}
