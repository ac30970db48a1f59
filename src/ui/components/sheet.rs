//! The one large table: a grid of which only the rows in sight are drawn, by a pool of elements that change what they show.
//!
//! It is one tab stop. Arrows, Home, End, Page up and down move inside it, Enter opens the row, Space chooses it; the head is its
//! first row, where Enter sorts. What a column is stands in `view_model::sheet`.

mod cells;
mod choose;
mod focus;

pub use cells::band_with_axis;
pub use choose::Choose;
pub use focus::into_the_table;

use crate::ui::prelude::*;
use crate::view_model::band::Scale;
use crate::view_model::sheet::{
    At, Cell, ColumnHead, NARROW_ROW, ROW, in_slot, moved, pool, tracks, window as rows_in_sight,
};
use chrono::{DateTime, Utc};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::{Kept, html};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// One row as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: String,
    pub name: String,
    /// Its own page.
    pub href: String,
    /// It is over, such as a deleted environment.
    pub dead: bool,
    /// One for each head.
    pub cells: Vec<Arc<Cell>>,
}

/// Gives the row at a place; reactive.
pub type LineAt = Arc<dyn Fn(usize) -> Option<Line> + Send + Sync>;

/// The rows that are chosen, by their ids.
pub type Picked = RwSignal<BTreeSet<String>>;

/// What chooses rows.
#[derive(Clone, Copy)]
pub struct Picks {
    pub picked: Picked,
    /// Chooses all rows that are there, or none.
    pub all: Callback<bool>,
}

thread_local! {
    /// How far each table was scrolled, by its address: *back* comes to where one was.
    static PLACES: RefCell<HashMap<String, f64>> = RefCell::default();
}

/// The table. Who uses it holds the order, what is chosen and what is open.
#[component]
pub fn Sheet(
    label: &'static str,
    heads: Memo<Vec<ColumnHead>>,
    /// How many rows there are.
    rows: Signal<usize>,
    line: LineAt,
    now: Signal<DateTime<Utc>>,
    /// The column that it is sorted by, and whether from the end.
    sort: Signal<(&'static str, bool)>,
    press: Callback<&'static str>,
    /// Without it there is nothing to do with many rows at once, and none is chosen.
    #[prop(optional)]
    picks: Option<Picks>,
    /// The id of the row that is open beside it.
    opened: Signal<Option<String>>,
    /// The place of the row to open, and whether by the keyboard.
    open: Callback<(usize, bool)>,
    /// The address under which it is remembered how far it was scrolled.
    address: Signal<String>,
) -> impl IntoView {
    let (scroller, grid) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let is_narrow = RwSignal::new(window_is_narrow());
    let row_height = Memo::new(move |_| if is_narrow.get() { NARROW_ROW } else { ROW });
    let top = RwSignal::new(0.0_f64);
    let height = RwSignal::new(720.0_f64);
    // On paper every row is drawn.
    let paper = RwSignal::new(false);
    let pooled = Memo::new(move |before: Option<&usize>| {
        pool(height.get(), row_height.get()).max(before.copied().unwrap_or_default())
    });
    let elements = Memo::new(move |_| if paper.get() { rows.get() } else { pooled.get() });
    let sight = Memo::new(move |_| match paper.get() {
        true => 0..rows.get(),
        false => rows_in_sight(top.get(), height.get(), row_height.get(), rows.get(), elements.get()),
    });
    let at = StoredValue::new(At::default());

    let measure = move || {
        is_narrow.set(window_is_narrow());
        if let Some(element) = scroller.try_get_untracked().flatten() {
            height.set(f64::from(element.client_height()).max(200.0));
        }
    };
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    let printed = ["beforeprint", "afterprint"].map(|event| {
        let event = leptos::ev::Custom::<web_sys::Event>::new(event);
        window_event_listener(event, move |e| paper.set(e.type_() == "beforeprint"))
    });
    on_cleanup(move || {
        resized.remove();
        printed.into_iter().for_each(|p| p.remove());
    });
    let scrolled = move |_| {
        let Some(element) = scroller.try_get_untracked().flatten() else { return };
        let to = f64::from(element.scroll_top());
        let after = untrack(|| rows_in_sight(to, height.get(), row_height.get(), rows.get(), elements.get()));
        if let Some(grid) = grid.get_untracked() {
            focus::leave_what_goes(&grid, &after);
        }
        top.set(to);
        PLACES.with_borrow_mut(|places| places.insert(address.get_untracked(), to));
    };
    // Where it was left; another order or filter begins at its top.
    Effect::new(move |before: Option<String>| {
        let address = address.get();
        if scroller.get().is_some() && before.as_ref() != Some(&address) {
            let place = PLACES.with_borrow(|places| places.get(&address).copied());
            request_animation_frame(move || {
                measure();
                if let Some(element) = scroller.try_get_untracked().flatten() {
                    #[allow(clippy::cast_possible_truncation)] // pixels of a page
                    element.set_scroll_top(place.unwrap_or(0.0) as i32);
                }
            });
        }
        address
    });
    Effect::new(move |_| {
        sight.track();
        heads.track();
        is_narrow.track();
        request_animation_frame(move || {
            if let Some(grid) = grid.try_get_untracked().flatten() {
                focus::keep_a_stop(&grid);
            }
        });
    });

    let go = move |to: At| {
        at.set_value(to);
        let Some(element) = scroller.get_untracked() else { return };
        if to.row > 0 {
            let height = row_height.get_untracked();
            focus::scroll_to(&element, to.row - 1, height);
            top.set(f64::from(element.scroll_top()));
        }
        let focus = move || grid.try_get_untracked().flatten().is_some_and(|grid| focus::focus(&grid, to));
        // A row that was not in sight is there once it is drawn.
        if !focus() {
            request_animation_frame(move || {
                focus();
            });
        }
    };
    let pick = move |row: &str| {
        if let Some(Picks { picked, .. }) = picks {
            toggle(picked, row);
        }
    };
    let before = usize::from(picks.is_some());
    let given = line.clone();
    let id_at = move |row: usize| untrack(|| given(row)).map(|line| line.id);
    let id_clicked = id_at.clone();
    let keys = move |e: KeyboardEvent| {
        if e.default_prevented() || e.alt_key() {
            return;
        }
        let target = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let Some(from) = target.as_ref().map(|t| focus::place_of(t).unwrap_or_else(|| at.get_value())) else { return };
        let acts = target.is_some_and(|t| matches!(t.tag_name().as_str(), "INPUT" | "BUTTON"));
        let control = e.ctrl_key() || e.meta_key();
        match (e.key().as_str(), from.row.checked_sub(1)) {
            ("Enter" | " ", _) if acts => return,
            ("Enter", Some(row)) if !control => open.run((row, true)),
            (" ", Some(row)) if picks.is_some() => {
                if let Some(id) = id_at(row) {
                    pick(&id);
                }
            }
            (key, _) => {
                let size = (rows.get_untracked(), heads.with_untracked(Vec::len) + before);
                let page = untrack(|| height.get() / row_height.get());
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rows of a page
                let page = page as usize;
                match moved(from, key, control, size, page.saturating_sub(2)) {
                    Some(to) => go(to),
                    None => return,
                }
            }
        }
        e.prevent_default();
    };
    let clicked = move |e: MouseEvent| {
        let Some(target) = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) else { return };
        let Some(place) = focus::place_of(&target) else { return };
        at.set_value(place);
        let (Some(row), false) = (place.row.checked_sub(1), e.ctrl_key() || e.meta_key() || e.shift_key()) else {
            return;
        };
        if target.closest("input, button").ok().flatten().is_some() {
            return;
        }
        if place.column < before {
            if let Some(id) = id_clicked(row) {
                pick(&id);
            }
            return;
        }
        e.prevent_default();
        open.run((row, e.detail() == 0));
    };
    let pick_head = picks.map(|Picks { picked, all }| {
        let every = move || rows.get() > 0 && picked.with(BTreeSet::len) >= rows.get();
        let some = move || !picked.with(BTreeSet::is_empty) && !every();
        view! {
            <div role="columnheader" class="c-pick" aria-label="Choose">
                <input type="checkbox" tabindex="-1" aria-label="Choose all that are shown" prop:checked=every prop:indeterminate=some
                    on:change=move |e| all.run(event_target_checked(&e)) />
            </div>
        }
    });
    let width = Memo::new(move |_| heads.with(|heads| tracks(heads)));
    let (pick_track, pick_width) = if picks.is_some() { ("40px ", 40) } else { ("", 0) };
    let scale = Signal::derive(move || Scale::common(now.get()));
    let slot = move |slot: usize| {
        let line = line.clone();
        let row = Memo::new(move |_| in_slot(&sight.get(), elements.get(), slot));
        let shown = Memo::new(move |_| row.get().and_then(|row| line(row)));
        element_of_pool(row, shown, Around { heads, picked: picks.map(|p| p.picked), opened, scale, row_height })
    };
    view! {
        <div class="sheet" node_ref=scroller on:scroll=scrolled
            style=("--tracks", move || width.with(|(tracks, _)| format!("{pick_track}{tracks}")))
            style=("--least", move || width.with(|(_, least)| format!("{}px", least + pick_width)))>
            {cells::hatch()}
            <div role="grid" class="sheet-grid" node_ref=grid tabindex="-1" aria-label=label aria-multiselectable=picks.is_some().then_some("true")
                aria-rowcount=move || (rows.get() + 1).to_string()
                aria-colcount=move || heads.with(|h| h.len() + before).to_string()
                on:keydown=keys on:click=clicked>
                <div role="rowgroup" class="sheet-head">
                    <div role="row" aria-rowindex="1" class="sheet-row">
                        {pick_head}
                        {live(move || heads.get().into_iter().map(|h| cells::head(h, sort, press, scale)).collect_view())}
                    </div>
                </div>
                <div role="rowgroup" class="sheet-body" style:height=move || format!("{}px", px(rows.get()) * row_height.get())>
                    <For each=move || 0..elements.get() key=|slot: &usize| *slot children=move |i| slot(i) />
                </div>
            </div>
        </div>
    }
}

#[allow(clippy::cast_precision_loss)] // rows of a table
fn px(rows: usize) -> f64 {
    rows as f64
}

/// What a row needs to know of its table.
#[derive(Clone, Copy)]
struct Around {
    heads: Memo<Vec<ColumnHead>>,
    picked: Option<Picked>,
    opened: Signal<Option<String>>,
    scale: Signal<Scale>,
    row_height: Memo<f64>,
}

/// An element of the pool: it stays, and shows whichever row is given to it.
fn element_of_pool(row: Memo<Option<usize>>, shown: Memo<Option<Line>>, around: Around) -> impl IntoView {
    let Around { heads, picked, opened, scale, row_height } = around;
    let with = move |look: &dyn Fn(&Line) -> bool| shown.with(|s| s.as_ref().is_some_and(look));
    let is_open = move || opened.with(|o| o.as_ref().is_some_and(|open| with(&|line| line.id == *open)));
    let chosen = move |picked: Picked| with(&|line| picked.with(|p| p.contains(&line.id)));
    let pick = picked.map(|picked| {
        let turn = move |_| {
            if let Some(id) = shown.with_untracked(|s| s.as_ref().map(|line| line.id.clone())) {
                toggle(picked, &id);
            }
        };
        view! {
            <div role="gridcell" class="c-pick">
                <input type="checkbox" tabindex="-1" prop:checked=move || chosen(picked) on:change=turn
                    aria-label=move || shown.with(|s| s.as_ref().map(|line| format!("Choose {}", line.name))) />
            </div>
        }
    });
    view! {
        <div role="row" class="sheet-row" class:dead=move || with(&|line| line.dead)
            hidden=move || shown.with(Option::is_none)
            aria-rowindex=move || row.get().map(|row| (row + 2).to_string())
            aria-selected=move || picked.map(|picked| chosen(picked).to_string())
            aria-current=move || is_open().then_some("true")
            style:transform=move || format!("translateY({}px)", px(row.get().unwrap_or_default()) * row_height.get())>
            {pick}
            {live(move || {
                let scale = scale.get();
                heads.with(|heads| {
                    shown.with(|line| {
                        let cells = line.iter().flat_map(|line| {
                            heads.iter().zip(&line.cells).map(move |(head, cell)| one_cell(head, line, cell, scale))
                        });
                        cells.collect_view()
                    })
                })
            })}
        </div>
    }
}

fn toggle(picked: Picked, row: &str) {
    picked.update(|all| {
        if !all.remove(row) {
            all.insert(row.to_string());
        }
    });
}

/// What one cell shows; where it is the same, the cell stays as it is: rows have much in common.
#[derive(PartialEq)]
struct CellShown {
    head: &'static str,
    cell: Arc<Cell>,
    /// The page of its row, where the cell leads there.
    href: Option<String>,
    /// The axis, where the cell is a band.
    scale: Option<Scale>,
}

fn one_cell(head: &ColumnHead, line: &Line, cell: &Arc<Cell>, scale: Scale) -> AnyView {
    let shows = CellShown {
        head: head.key,
        cell: cell.clone(),
        href: (head.key == "name").then(|| line.href.clone()),
        scale: cell.band.is_some().then_some(scale),
    };
    Kept::new(shows, |shown| cells::cell(shown.head, &shown.cell, shown.href.as_deref(), shown.scale)).into_any()
}

/// The range of rows that a pool shows.
type Sight = Range<usize>;
