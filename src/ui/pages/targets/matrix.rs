//! The matrix of the user's own environments: a grid of buttons with one tab stop; arrow keys move, Enter opens the reasons.

use crate::domain::eligibility::Outcome;
use crate::ui::components::outcome::outcome_look;
use crate::ui::prelude::*;
use crate::ui::route::{Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::grid::{Grid, GridFilter, Head, MOST, grid};
use crate::view_model::words::{count, thousands};
use leptos::ev::KeyboardEvent;
use leptos::html;
use wasm_bindgen::JsCast;

#[component]
pub fn OwnMatrix(query: Memo<TargetsQuery>) -> impl IntoView {
    let app = use_app();
    let filter = RwSignal::new(GridFilter::default());
    let grid = Memo::new(move |_| {
        let edition = app.edition();
        app.with(|w| filter.with(|f| grid(edition, &w.tenant, f)))
    });
    let limits = move || {
        grid.with(|g| {
            let cut = |shown: usize, all: usize, what: &str| {
                (shown < all).then(|| format!("{} of {} {what}", thousands(shown), thousands(all)))
            };
            let parts: Vec<String> =
                [cut(g.sources.len(), g.all_sources, "sources"), cut(g.targets.len(), g.all_targets, "targets")]
                    .into_iter()
                    .flatten()
                    .collect();
            (!parts.is_empty()).then(|| {
                format!(
                    "Shown: {}. At most {MOST} rows and columns are drawn: narrow them down to see others.",
                    parts.join(", ")
                )
            })
        })
    };
    view! {
        <section class="card own-matrix">
            <div class="pad">
                <h2>"Your environments"</h2>
                <div class="filters">
                    <label>
                        <span class="visually-hidden">"Narrow the sources down"</span>
                        <input type="search" placeholder="Sources: name, kind, region"
                            on:input=move |e| filter.update(|f| f.sources = event_target_value(&e)) />
                    </label>
                    <label>
                        <span class="visually-hidden">"Narrow the targets down"</span>
                        <input type="search" placeholder="Targets: name, kind, region"
                            on:input=move |e| filter.update(|f| f.targets = event_target_value(&e)) />
                    </label>
                    <label class="check">
                        <input type="checkbox" on:change=move |e| filter.update(|f| f.useful = event_target_checked(&e)) />
                        "Leave out what is refused throughout"
                    </label>
                </div>
                {live(move || limits().map(|l| view! { <p class="hint" role="status">{l}</p> }))}
            </div>
            {live(move || {
                if grid.with(|g| g.sources.is_empty() || g.targets.is_empty()) {
                    view! { <p class="pad hint">"No pair has all that is asked for here."</p> }.into_any()
                } else {
                    view! { <Cells grid query /> }.into_any()
                }
            })}
            <p class="pad hint">
                {move || {
                    grid.with(|g| {
                        format!(
                            "Here: {} eligible, {} unknown, {} refused. ✓ eligible, ? a fact is missing, ✕ refused; the boxed cells are environments onto themselves. Arrow keys move, Enter opens the reasons.",
                            count(g.tally(Outcome::Eligible), "pair", "pairs"),
                            thousands(g.tally(Outcome::Unknown)),
                            thousands(g.tally(Outcome::Refused)),
                        )
                    })
                }}
            </p>
        </section>
    }
}

#[component]
fn Cells(grid: Memo<Grid>, query: Memo<TargetsQuery>) -> impl IntoView {
    let app = use_app();
    let table = NodeRef::<html::Table>::new();
    let cell_of = |target: Option<web_sys::EventTarget>| -> Option<(web_sys::Element, usize, usize)> {
        let button = target?.dyn_into::<web_sys::Element>().ok()?.closest("button[data-r]").ok()??;
        let number = |name: &str| button.get_attribute(name)?.parse().ok();
        let (r, c) = (number("data-r")?, number("data-c")?);
        Some((button, r, c))
    };
    let open = move |e: leptos::ev::MouseEvent| {
        let Some((_, r, c)) = cell_of(e.target()) else { return };
        let pair = grid.with_untracked(|g| Some((g.sources.get(r)?.id.clone(), g.targets.get(c)?.id.clone())));
        if let Some((source, target)) = pair {
            app.go(Route::Targets(TargetsQuery { source: Some(source), target: Some(target) }));
        }
    };
    // One tab stop: whatever has the focus is it.
    let focused = move |e: leptos::ev::FocusEvent| {
        let Some((button, _, _)) = cell_of(e.target()) else { return };
        let Some(table) = table.get_untracked() else { return };
        all_of(&table, "button[tabindex='0']", |stop| _ = stop.set_attribute("tabindex", "-1"));
        _ = button.set_attribute("tabindex", "0");
    };
    // Thousands of tooltips are made only when they are looked at.
    let hovered = move |e: leptos::ev::MouseEvent| {
        if let Some((button, _, _)) = cell_of(e.target())
            && let Some(label) = button.get_attribute("aria-label")
        {
            _ = button.set_attribute("title", &label);
        }
    };
    let keys = move |e: KeyboardEvent| {
        let Some((_, r, c)) = cell_of(e.target()) else { return };
        let (rows, columns) = grid.with_untracked(|g| (g.sources.len(), g.targets.len()));
        let (last_row, last_column) = (rows.saturating_sub(1), columns.saturating_sub(1));
        let all = e.ctrl_key();
        let (r, c) = match e.key().as_str() {
            "ArrowUp" => (r.saturating_sub(1), c),
            "ArrowDown" => ((r + 1).min(last_row), c),
            "ArrowLeft" => (r, c.saturating_sub(1)),
            "ArrowRight" => (r, (c + 1).min(last_column)),
            "PageUp" => (r.saturating_sub(10), c),
            "PageDown" => ((r + 10).min(last_row), c),
            "Home" => (if all { 0 } else { r }, 0),
            "End" => (if all { last_row } else { r }, last_column),
            _ => return,
        };
        e.prevent_default();
        let Some(table) = table.get_untracked() else { return };
        if let Ok(Some(next)) = table.query_selector(&format!("button[data-r='{r}'][data-c='{c}']"))
            && let Ok(next) = next.dyn_into::<web_sys::HtmlElement>()
        {
            _ = next.focus();
        }
    };
    let chosen = move || {
        let q = query.get();
        grid.with(|g| {
            let place = |heads: &[Head], id: &Option<_>| heads.iter().position(|h| Some(&h.id) == id.as_ref());
            (place(&g.sources, &q.source), place(&g.targets, &q.target))
        })
    };
    let area = NodeRef::<html::Div>::new();
    // The pair that is chosen is marked in the drawn cells: drawing thousands of them anew for it would be felt. It may also lie
    // outside what is seen of a wide matrix.
    Effect::new(move |_| {
        let (row, column) = chosen();
        request_animation_frame(move || {
            let (Some(Some(area)), Some(Some(table))) = (area.try_get_untracked(), table.try_get_untracked()) else {
                return;
            };
            all_of(&table, ".here", |old| {
                _ = old.class_list().remove_1("here");
                _ = old.remove_attribute("aria-current");
            });
            let find = |what: String| table.query_selector(&what).ok().flatten();
            if let Some(row) = row.and_then(|r| find(format!("tr[data-row='{r}']"))) {
                _ = row.class_list().add_1("here");
            }
            let (Some(r), Some(c)) = (row, column) else { return };
            let Some(cell) = find(format!("button[data-r='{r}'][data-c='{c}']")) else { return };
            _ = cell.class_list().add_1("here");
            _ = cell.set_attribute("aria-current", "true");
            all_of(&table, "button[tabindex='0']", |stop| _ = stop.set_attribute("tabindex", "-1"));
            _ = cell.set_attribute("tabindex", "0");
            let (seen, here) = (area.get_bounding_client_rect(), cell.get_bounding_client_rect());
            // The heads of the rows stand over the left edge.
            let left = seen.left() + seen.width().min(200.0);
            if here.right() > seen.right() || here.left() < left {
                let middle = (left + seen.right()) / 2.0;
                #[allow(clippy::cast_possible_truncation)] // pixels
                area.set_scroll_left(area.scroll_left() + (here.left() - middle) as i32);
            }
        });
    });
    view! {
        <div node_ref=area class="matrix-scroll" class:tall=move || grid.with(|g| g.sources.len() > 24)>
            <table class="mx own" role="grid" aria-label="Who may be restored to whom" node_ref=table
                on:click=open on:keydown=keys on:focusin=focused on:mouseover=hovered>
                <thead>
                    <tr>
                        <th scope="col" class="corner">"Source ↓ Target →"</th>
                        {live(move || {
                            grid.with(|g| {
                                g.targets
                                    .iter()
                                    .map(|t| view! { <th scope="col" class="upright"><span title=t.title()>{t.name.clone()}</span></th> })
                                    .collect_view()
                            })
                        })}
                    </tr>
                </thead>
                <tbody>
                    {move || grid.with(|g| (0..g.sources.len()).filter_map(|r| row(g, r)).collect_view())}
                </tbody>
            </table>
        </div>
    }
}

/// Does something to every element that a selector finds.
fn all_of(table: &web_sys::Element, selector: &str, mut act: impl FnMut(&web_sys::Element)) {
    let Ok(found) = table.query_selector_all(selector) else { return };
    (0..found.length())
        .filter_map(|i| found.item(i))
        .filter_map(|n| n.dyn_into::<web_sys::Element>().ok())
        .for_each(|e| act(&e));
}

fn row(grid: &Grid, r: usize) -> Option<impl IntoView + use<>> {
    let source = grid.sources.get(r)?;
    let cells = grid
        .targets
        .iter()
        .enumerate()
        .map(|(c, target)| {
            let (symbol, word, tone) = outcome_look(grid.outcome(r, c));
            let itself = source.id == target.id;
            let label = if itself {
                format!("{} onto itself: {word}", source.name)
            } else {
                format!("{} to {}: {word}", source.name, target.name)
            };
            view! {
                <td>
                    <button
                        type="button"
                        class=format!("cell {tone}{}", if itself { " itself" } else { "" })
                        data-r=r.to_string()
                        data-c=c.to_string()
                        tabindex=if (r, c) == (0, 0) { "0" } else { "-1" }
                        aria-label=label
                    >
                        {symbol}
                    </button>
                </td>
            }
        })
        .collect_view();
    let name = source.name.clone();
    Some(view! {
        <tr data-row=r.to_string()>
            <th scope="row" title=source.title()>
                <a href=Route::Environment(source.id.clone()).href()>{name}</a>
                " "
                <span class="hint">{source.kind.clone()}</span>
            </th>
            {cells}
        </tr>
    })
}
