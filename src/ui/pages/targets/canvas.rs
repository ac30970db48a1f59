//! The matrix by environment, on a canvas: thousands of rows and columns, of which those that are seen are drawn. A grid with one tab
//! stop stands for it where nobody sees it.

use super::drawing::{Colours, Marks, Sheet, draw};
use super::{TargetsShared, twin};
use crate::ui::components::icon;
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::grid::{Grid, Layout, Span};
use crate::view_model::sheet::{At, moved};
use crate::view_model::words::count;
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, MediaQueryList, ResizeObserver};

/// Cells are made for those who do not see the canvas once it rests.
const RESTS: Duration = Duration::from_millis(150);

/// So far the pointer goes before it drags.
const DRAGS: i32 = 4;

/// The order of the rows and of the columns.
type Sides = (Vec<usize>, Vec<usize>);

/// The width and height of the sheet, and those of the canvas, in pixels of the page.
type Sizes = ((f64, f64), (f64, f64));

/// Where the pointer went down, and how far it was scrolled then.
#[derive(Clone, Copy, Default)]
struct Drag {
    from: Option<((i32, i32), (i32, i32))>,
    moved: bool,
}

#[derive(Clone, Copy)]
struct CanvasParts {
    page: TargetsShared,
    sides: Memo<Option<Shared<Sides>>>,
    area: NodeRef<html::Div>,
    sheet: NodeRef<html::Div>,
    canvas: NodeRef<html::Canvas>,
    twin: NodeRef<html::Div>,
    active: RwSignal<(usize, usize)>,
    over: RwSignal<Option<(usize, usize)>>,
    drag: StoredValue<Drag>,
    layout: StoredValue<Layout>,
    /// How large the sheet and the canvas were made last.
    sizes: StoredValue<Option<Sizes>>,
    /// `None`: they may have become others.
    colours: StoredValue<Option<Shared<Colours>>>,
    asked: StoredValue<bool>,
    /// Each scrolling: what waits for it to rest knows whether it did.
    moves: Newest,
}

impl CanvasParts {
    /// What is drawn now, where there is something.
    fn with<T>(self, read: impl FnOnce(&Grid, &Sides) -> T) -> Option<T> {
        // What waited for a frame may come when the page is left.
        self.asked.try_get_value()?;
        let (grid, sides) = (self.page.grid.get_untracked()?, self.sides.get_untracked()?);
        Some(read(&grid, &sides))
    }

    fn pair(self, (row, column): (usize, usize)) -> Option<(usize, usize)> {
        self.with(|_, (sources, targets)| Some((*sources.get(row)?, *targets.get(column)?)))?
    }

    /// Draws before the next frame, once.
    fn redraw(self) {
        if self.asked.try_update_value(|asked| std::mem::replace(asked, true)) == Some(false) {
            request_animation_frame(move || {
                if self.asked.try_set_value(false).is_none() {
                    self.paint();
                }
            });
        }
    }

    fn measure(self) -> Option<Layout> {
        let area = self.area.try_get_untracked()??;
        let size = (f64::from(area.client_width()), f64::from(area.client_height()));
        let scrolled = (f64::from(area.scroll_left()), f64::from(area.scroll_top()));
        let layout = self.with(|_, (s, t)| Layout::new(s.len(), t.len(), size, scrolled, window_is_narrow()))?;
        self.layout.try_set_value(layout);
        Some(layout)
    }

    fn paint(self) -> Option<()> {
        let layout = self.measure()?;
        let (canvas, sheet) = (self.canvas.try_get_untracked()??, self.sheet.try_get_untracked()??);
        let (wide, high) = layout.whole();
        let sizes = ((wide, high), (layout.width, layout.height));
        if self.sizes.try_update_value(|last| last.replace(sizes) != Some(sizes))? {
            for (element, (wide, high)) in [(sheet.as_ref(), sizes.0), (canvas.as_ref(), sizes.1)] {
                let style = web_sys::HtmlElement::style(element);
                for (name, size) in [("width", wide), ("height", high)] {
                    _ = style.set_property(name, &format!("{size}px"));
                }
            }
        }
        _ = self.area.get_untracked().map(|area| mark_more(&area, &layout));
        let context = canvas.get_context("2d").ok()??.dyn_into::<CanvasRenderingContext2d>().ok()?;
        let colours = self.colours(&canvas)?;
        let focused = self.area.get_untracked().is_some_and(|area| area.matches(":focus").unwrap_or(false));
        let chosen = self.chosen();
        self.with(|grid, (sources, targets)| {
            let sheet = Sheet { grid, sources, targets };
            let active = self.active.try_get_untracked().filter(|_| focused);
            let marks = Marks { active, over: self.over.try_get_untracked().flatten(), chosen };
            draw(&canvas, &context, &colours, &layout, &sheet, marks, window().device_pixel_ratio());
        })
    }

    /// Those of the style sheet, asked for once until they may be others.
    fn colours(self, canvas: &web_sys::Element) -> Option<Shared<Colours>> {
        if let Some(colours) = self.colours.try_get_value()? {
            return Some(colours);
        }
        let colours = Shared::new(Colours::of(&window().get_computed_style(canvas).ok()??));
        self.colours.try_set_value(Some(colours.clone()));
        Some(colours)
    }

    /// Where the pair is that the drawer speaks of.
    fn chosen(self) -> Option<(usize, usize)> {
        self.with(|grid, (sources, targets)| {
            let query = self.page.query.get_untracked();
            let (s, t) = (grid.find(query.source.as_ref()?)?, grid.find(query.target.as_ref()?)?);
            Some((sources.iter().position(|h| *h == s)?, targets.iter().position(|h| *h == t)?))
        })?
    }

    /// Makes the cells that stand for what is seen, and says where the keyboard is.
    fn fill(self) -> Option<()> {
        let seen = self.measure()?.seen();
        let (twin, area) = (self.twin.try_get_untracked()??, self.area.try_get_untracked()??);
        self.with(|grid, (sources, targets)| twin::fill(&twin, grid, (sources, targets), &seen))??;
        let (row, column) = self.active.try_get_untracked()?;
        if seen.rows.contains(&row) && seen.columns.contains(&column) {
            _ = area.set_attribute("aria-activedescendant", &twin::id(row, column));
        } else {
            _ = area.remove_attribute("aria-activedescendant");
        }
        Some(())
    }

    /// Draws all in colours that may have become others.
    fn anew(self) {
        self.colours.try_set_value(None);
        self.scrolled();
    }

    fn scrolled(self) {
        self.redraw();
        let Some(last) = self.moves.begin() else { return };
        set_timeout(
            move || {
                if last.is_newest() {
                    self.fill();
                }
            },
            RESTS,
        );
    }

    /// Goes to a cell, and brings it into view.
    fn go(self, row: usize, column: usize) {
        self.active.set(self.clamped(row, column));
        let (row, column) = self.active.get_untracked();
        if let (Some(layout), Some(area)) = (self.measure(), self.area.get_untracked()) {
            let (x, y) = layout.towards(row, column);
            #[allow(clippy::cast_possible_truncation)] // pixels
            let (x, y) = (x.round() as i32, y.round() as i32);
            area.set_scroll_left(x);
            area.set_scroll_top(y);
        }
        self.fill();
        self.redraw();
    }

    fn clamped(self, row: usize, column: usize) -> (usize, usize) {
        let last = |of: &Vec<usize>, at: usize| at.min(of.len().saturating_sub(1));
        self.with(|_, (s, t)| (last(s, row), last(t, column))).unwrap_or_default()
    }

    fn keys(self, e: &KeyboardEvent) {
        let ((r, c), layout) = (self.active.get_untracked(), self.layout.get_value());
        let page = layout.seen().rows.len().saturating_sub(2).max(1);
        let key = e.key();
        if matches!(key.as_str(), "Enter" | " ") {
            e.prevent_default();
            if let Some((s, t)) = self.pair((r, c)) {
                self.page.open(s, t, Span::Pair, true);
            }
            return;
        }
        // Its row 0 is the head, which nobody goes to here.
        let to_an_end = e.ctrl_key() && matches!(key.as_str(), "Home" | "End");
        let here = At { row: r + 1, column: c };
        let Some(to) = moved(here, &key, to_an_end, (layout.rows, layout.columns), page) else { return };
        e.prevent_default();
        self.go(to.row.saturating_sub(1), to.column);
    }

    /// What is at the pointer: a row, a column, or both.
    fn at(self, e: &MouseEvent) -> (Option<usize>, Option<usize>) {
        let Some(area) = self.area.get_untracked() else { return (None, None) };
        let seen = area.get_bounding_client_rect();
        let (x, y) = (f64::from(e.client_x()) - seen.left(), f64::from(e.client_y()) - seen.top());
        self.layout.get_value().at(x, y)
    }

    fn down(self, e: &PointerEvent) {
        let Some(area) = self.area.get_untracked().filter(|_| e.pointer_type() == "mouse" && e.button() == 0) else {
            return;
        };
        let from = ((e.client_x(), e.client_y()), (area.scroll_left(), area.scroll_top()));
        self.drag.set_value(Drag { from: Some(from), moved: false });
    }

    fn moves(self, e: &PointerEvent) {
        let Some(area) = self.area.get_untracked() else { return };
        let mut drag = self.drag.get_value();
        let Some(((x, y), (left, top))) = drag.from.filter(|_| e.buttons() & 1 == 1) else {
            self.drag.set_value(Drag { from: None, ..drag });
            let over = match self.at(e) {
                (Some(row), Some(column)) => Some((row, column)),
                _ => None,
            };
            if self.over.get_untracked() != over {
                self.over.set(over);
                self.redraw();
            }
            return;
        };
        let (dx, dy) = (e.client_x() - x, e.client_y() - y);
        if !drag.moved && (dx.abs() > DRAGS || dy.abs() > DRAGS) {
            drag.moved = true;
            self.drag.set_value(drag);
            // It goes on where the pointer leaves the grid.
            _ = area.set_pointer_capture(e.pointer_id());
        }
        if drag.moved {
            area.set_scroll_left(left - dx);
            area.set_scroll_top(top - dy);
        }
    }

    fn pressed(self, e: &MouseEvent) {
        if self.drag.get_value().moved {
            self.drag.set_value(Drag::default());
            return;
        }
        // A reader of the screen presses a cell that stands for what is drawn.
        let cell = e.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        let number = |name: &str| cell.as_ref().and_then(|c| c.get_attribute(name)).and_then(|n| n.parse().ok());
        let at = match (number("data-r"), number("data-c")) {
            (Some(row), Some(column)) => (Some(row), Some(column)),
            _ => self.at(e),
        };
        match at {
            (Some(row), Some(column)) => {
                self.active.set((row, column));
                self.fill();
                if let Some((s, t)) = self.pair((row, column)) {
                    self.page.open(s, t, Span::Pair, false);
                }
            }
            (Some(row), None) => {
                if let Some(Some(head)) = self.with(|_, (sources, _)| sources.get(row).copied()) {
                    self.page.open_all(head, true, false);
                }
            }
            (None, Some(column)) => {
                if let Some(Some(head)) = self.with(|_, (_, targets)| targets.get(column).copied()) {
                    self.page.open_all(head, false, false);
                }
            }
            (None, None) => {}
        }
    }

    /// Draws anew when the colours or the room change.
    fn watch(self) {
        let drawn = Closure::<dyn FnMut()>::new(move || self.anew());
        let as_function = || drawn.as_ref().unchecked_ref::<js_sys::Function>();
        let media: Vec<MediaQueryList> = ["(prefers-color-scheme: dark)", "(forced-colors: active)"]
            .into_iter()
            .filter_map(|query| window().match_media(query).ok().flatten())
            .collect();
        for list in &media {
            _ = list.add_event_listener_with_callback("change", as_function());
        }
        let room = ResizeObserver::new(as_function()).ok();
        let held = StoredValue::new_local(Some((drawn, media, room)));
        let area = self.area;
        Effect::new(move |_| {
            if let Some(area) = area.get() {
                held.try_with_value(|held| {
                    if let Some((_, _, Some(room))) = held {
                        room.observe(&area);
                    }
                });
            }
        });
        on_cleanup(move || {
            if let Some(Some((drawn, media, room))) = held.try_update_value(Option::take) {
                for list in media {
                    _ = list.remove_event_listener_with_callback("change", drawn.as_ref().unchecked_ref());
                }
                room.iter().for_each(ResizeObserver::disconnect);
            }
        });
    }
}

/// Says for the style sheet towards where there is more than is seen.
fn mark_more(area: &web_sys::Element, layout: &Layout) {
    let ((wide, high), (x, y)) = (layout.whole(), layout.scrolled);
    for (name, more) in [("data-right", x + layout.width < wide - 1.0), ("data-below", y + layout.height < high - 1.0)]
    {
        _ = area.toggle_attribute_with_force(name, more);
    }
}

#[component]
pub fn ByEnvironment(page: TargetsShared) -> impl IntoView {
    let app = use_app();
    let TargetsShared { grid, filter, query, .. } = page;
    let sides = Memo::new(move |_| grid.with(|g| g.as_ref().map(|g| Shared::new(filter.with(|f| g.sides(f))))));
    let it = CanvasParts {
        page,
        sides,
        area: NodeRef::new(),
        sheet: NodeRef::new(),
        canvas: NodeRef::new(),
        twin: NodeRef::new(),
        active: RwSignal::new((0, 0)),
        over: RwSignal::new(None),
        drag: StoredValue::new(Drag::default()),
        layout: StoredValue::new(Layout::default()),
        sizes: StoredValue::new(None),
        colours: StoredValue::new(None),
        asked: StoredValue::new(false),
        moves: Newest::default(),
    };
    it.watch();
    Effect::new(move |_| {
        sides.track();
        query.track();
        app.theme();
        let (row, column) = it.active.get_untracked();
        it.active.set(it.clamped(row, column));
        it.anew();
    });
    let counts = move || sides.with(|s| s.as_ref().map(|s| (s.0.len(), s.1.len())).unwrap_or_default());
    let rows = Memo::new(move |_| counts().0);
    let columns = Memo::new(move |_| counts().1);
    let some = Memo::new(move |_| rows.get() > 0 && columns.get() > 0);
    let says = move || {
        let at = it.over.get().or_else(|| Some(it.active.get()));
        sides.track();
        let pair = at.and_then(|at| it.pair(at));
        pair.and_then(|(s, t)| it.with(|grid, _| grid.pair_named(s, t)))
    };
    view! {
        <p class="hint no-print" role="status">
            {move || format!("{} and {}", count(rows.get(), "source", "sources"), count(columns.get(), "target", "targets"))}
        </p>
        <div class="no-print" class:nothing=move || !some.get()>
            <div class="mx-view" role="grid" tabindex="0" aria-label="Who may be restored onto whom, by environment" node_ref=it.area
                aria-rowcount=move || (rows.get() + 1).to_string() aria-colcount=move || (columns.get() + 1).to_string()
                on:scroll=move |_| it.scrolled() on:keydown=move |e| it.keys(&e) on:click=move |e| it.pressed(&e)
                on:pointerdown=move |e| it.down(&e) on:pointermove=move |e| it.moves(&e)
                on:pointerleave=move |_| { it.over.set(None); it.redraw(); }
                on:focus=move |_| { it.fill(); it.redraw(); } on:blur=move |_| it.redraw()>
                <div class="mx-sheet" aria-hidden="true" node_ref=it.sheet>
                    <canvas node_ref=it.canvas></canvas>
                </div>
                <div class="visually-hidden" role="rowgroup" node_ref=it.twin></div>
            </div>
            <p class="matrix-foot" aria-hidden="true">
                <span>{move || says()}</span>
                <span class="hint">
                    <span class="ok">{icon("yes")}</span> " eligible " <span class="ask">{icon("unk")}</span>
                    " a fact is missing " {icon("ref")} " refused. Drag or scroll; arrow keys move, Enter opens the reasons."
                </span>
            </p>
        </div>
        {live(move || (!some.get()).then(|| view! { <p class="hint">"No pair has all that is asked for here."</p> }))}
    }
}
