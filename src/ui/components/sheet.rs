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

use crate::platform::clock;
use crate::ui::prelude::*;
use crate::view_model::band::Scale;
use crate::view_model::sheet::{
    At, Cell, ColumnHead, NARROW_ROW, ROW, in_slot, in_view, moved, pool, tracks, window as rows_in_sight,
};
use chrono::{DateTime, Utc};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::task::spawn_local;
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
    let height = RwSignal::new(guessed_height());
    // On paper every row is drawn.
    let paper = RwSignal::new(false);
    let pooled = Memo::new(move |before: Option<&usize>| {
        pool(height.get(), row_height.get()).max(before.copied().unwrap_or_default())
    });
    let elements = Memo::new(move |_| if paper.get() { rows.get() } else { pooled.get() });
    let of_rows = move |many: usize| match paper.get() {
        true => 0..rows.get(),
        false => rows_in_sight(top.get(), height.get(), row_height.get(), rows.get(), many),
    };
    let sight = Memo::new(move |_| of_rows(elements.get()));
    // What can be seen of them; the others follow once that is painted, where it has become another list.
    let seen = Memo::new(move |_| of_rows(in_view(height.get(), row_height.get())));
    let now_at = Memo::new(move |_| address.get());
    let painted = RwSignal::new(String::new());
    let behind = Memo::new(move |_| painted.with(|painted| now_at.with(|now_at| painted != now_at)));
    let lists = Newest::default();
    Effect::new(move |_| {
        let at = now_at.get();
        let list = lists.begin();
        spawn_local(async move {
            clock::painted().await;
            // Where it is another by now, its own turn says that it is painted.
            if list.is_some_and(Begun::is_newest) {
                painted.try_set(at);
            }
        });
    });
    let slid = RwSignal::new(false);
    let at = StoredValue::new(At::default());

    let measure = move || {
        is_narrow.set(window_is_narrow());
        if let Some(element) = scroller.try_get_untracked().flatten() {
            height.set(f64::from(element.client_height()).max(LEAST));
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
        let slides = element.scroll_left() > 0;
        if slid.get_untracked() != slides {
            slid.set(slides);
        }
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
                    top.set(f64::from(element.scroll_top()));
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
    let (id_clicked, id_ticked) = (id_at.clone(), id_at.clone());
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
    let ticked = move |e: web_sys::Event| {
        let target = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if let Some(row) = target.and_then(|t| focus::place_of(&t)).and_then(|place| place.row.checked_sub(1))
            && let Some(id) = id_ticked(row)
        {
            pick(&id);
        }
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
    let picked = picks.map(|p| p.picked);
    let slot = move |slot: usize| {
        let line = line.clone();
        let shown = Memo::new(move |before: Option<&Option<InRow>>| {
            let before = before.cloned().flatten();
            let place = in_slot(&sight.get(), elements.get(), slot);
            if place.is_some_and(|place| !seen.get().contains(&place)) && behind.get() {
                return before;
            }
            let Some((place, line)) = place.and_then(|place| Some((place, line(place)?))) else {
                return before.map(|before| InRow { place: None, ..before });
            };
            let open = opened.with(|open| open.as_ref() == Some(&line.id));
            let chosen = picked.map(|picked| picked.with(|picked| picked.contains(&line.id)));
            Some(InRow { place: Some(place), line: Arc::new(line), open, chosen })
        });
        live(move || {
            let around = (scale.get(), row_height.get());
            heads.with(|heads| shown.with(|shown| row(shown.as_ref(), heads, around)))
        })
    };
    view! {
        <div class="sheet" class:slid=move || slid.get() node_ref=scroller on:scroll=scrolled
            style=("--tracks", move || width.with(|(tracks, _)| format!("{pick_track}{tracks}")))
            style=("--least", move || width.with(|(_, least)| format!("{}px", least + pick_width)))>
            {cells::hatch()}
            <div role="grid" class="sheet-grid" node_ref=grid tabindex="-1" aria-label=label aria-multiselectable=picks.is_some().then_some("true")
                aria-rowcount=move || (rows.get() + 1).to_string()
                aria-colcount=move || heads.with(|h| h.len() + before).to_string()
                on:keydown=keys on:click=clicked on:change=ticked>
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

/// A table is taken to be at least so high, in pixels.
const LEAST: f64 = 200.0;

/// What stands above a table on most pages, in pixels.
const ABOVE: f64 = 190.0;

/// The height of a table before it is measured: so many rows are made for the first time that it is painted.
fn guessed_height() -> f64 {
    let window = window().inner_height().ok().and_then(|height| height.as_f64());
    window.map_or(LEAST, |height| (height - ABOVE).max(LEAST))
}

#[allow(clippy::cast_precision_loss)] // rows of a table
fn px(rows: usize) -> f64 {
    rows as f64
}

/// What an element of the pool shows: it stays, and shows whichever row is given to it.
#[derive(Clone, PartialEq)]
struct InRow {
    /// `None`: it is not shown now. What it showed stays in it, since the next row has much in common with that.
    place: Option<usize>,
    line: Arc<Line>,
    /// Open beside the table.
    open: bool,
    /// `None`: no row can be chosen.
    chosen: Option<bool>,
}

/// A row as a whole, so that one effect does all that a row needs when it becomes another.
fn row(shown: Option<&InRow>, heads: &[ColumnHead], (scale, height): (Scale, f64)) -> AnyView {
    let Some(InRow { place, line, open, chosen }) = shown else { return ().into_any() };
    let pick = chosen.map(|chosen| {
        view! {
            <div role="gridcell" class="c-pick">
                <input type="checkbox" tabindex="-1" prop:checked=chosen aria-label=format!("Choose {}", line.name) />
            </div>
        }
    });
    let cells = heads.iter().zip(&line.cells).map(|(head, cell)| one_cell(head, line, cell, scale));
    view! {
        <div role="row" class=if line.dead { "sheet-row dead" } else { "sheet-row" } hidden=place.is_none()
            aria-rowindex=place.map(|place| (place + 2).to_string())
            aria-selected=chosen.map(|chosen| chosen.to_string())
            aria-current=open.then_some("true")
            style:transform=format!("translateY({}px)", px(place.unwrap_or_default()) * height)>
            {pick}
            {cells.collect_view()}
        </div>
    }
    .into_any()
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
