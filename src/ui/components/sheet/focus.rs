//! Where the focus is inside a table of which only a part is drawn.

use super::Sight;
use crate::ui::prelude::*;
use crate::view_model::sheet::At;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

fn row_of(element: &Element) -> Option<(Element, usize)> {
    let row = element.closest("[role=row]").ok().flatten()?;
    let at = row.get_attribute("aria-rowindex")?.parse::<usize>().ok()?;
    Some((row, at.checked_sub(1)?))
}

/// The cell that an element stands in.
pub fn place_of(element: &Element) -> Option<At> {
    let (_, row) = row_of(element)?;
    let mut cell = element.closest("[role=gridcell], [role=rowheader], [role=columnheader]").ok().flatten()?;
    let mut column = 0;
    while let Some(before) = cell.previous_element_sibling() {
        cell = before;
        column += 1;
    }
    Some(At { row, column })
}

/// What takes the focus in a cell: the one thing that can be used in it, or the cell itself.
fn stop_in(cell: &Element) -> Option<HtmlElement> {
    let inner = cell.query_selector("input, button, a").ok().flatten();
    inner.unwrap_or_else(|| cell.clone()).dyn_into().ok()
}

/// Makes an element the one that Tab comes to.
fn only_stop(grid: &Element, stop: &Element) {
    if let Ok(all) = grid.query_selector_all("[tabindex=\"0\"]") {
        for i in 0..all.length() {
            if let Some(element) = all.item(i).and_then(|n| n.dyn_into::<Element>().ok()) {
                let _ = element.set_attribute("tabindex", "-1");
            }
        }
    }
    let _ = stop.set_attribute("tabindex", "0");
}

/// Puts the focus on a cell; `false`: its row is not drawn.
pub fn focus(grid: &Element, at: At) -> bool {
    let row = grid.query_selector(&format!("[aria-rowindex=\"{}\"]:not([hidden])", at.row + 1)).ok().flatten();
    let cell = row.and_then(|row| row.children().item(u32::try_from(at.column).unwrap_or(0)));
    let Some(stop) = cell.and_then(|cell| stop_in(&cell)) else { return false };
    only_stop(grid, &stop);
    let _ = stop.focus();
    true
}

/// Tab always comes to something, so that the keyboard can scroll the table: where what it came to is not there any more, to the
/// head by name; where the head is not shown, to the first row; and where there is none, to the table itself.
pub fn keep_a_stop(grid: &Element) {
    let shown =
        |what: &str| grid.query_selector(what).ok().flatten().filter(|e| e.get_bounding_client_rect().width() > 0.0);
    if shown("[role=row]:not([hidden]) [tabindex=\"0\"]").is_some() {
        let _ = grid.set_attribute("tabindex", "-1");
        return;
    }
    match shown(".sheet-head .sort").or_else(|| shown(".sheet-body [role=row]:not([hidden]) a")) {
        Some(stop) => {
            only_stop(grid, &stop);
            let _ = grid.set_attribute("tabindex", "-1");
        }
        None => only_stop(grid, grid),
    }
}

/// The focus stays in the table when the element that has it is given another row.
pub fn leave_what_goes(grid: &HtmlElement, sight: &Sight) {
    let Some((_, row)) = document().active_element().filter(|e| grid.contains(Some(e))).and_then(|e| row_of(&e)) else {
        return;
    };
    if row.checked_sub(1).is_some_and(|row| !sight.contains(&row)) {
        let _ = grid.focus();
    }
}

/// Scrolls as far as it takes to have a row in sight, below the head.
pub fn scroll_to(scroller: &HtmlElement, row: usize, height: f64) {
    let head =
        scroller.query_selector(".sheet-head").ok().flatten().map_or(0.0, |h| h.get_bounding_client_rect().height());
    let top = super::px(row) * height;
    let (now, room) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()) - head);
    let to = if top < now {
        top
    } else if top + height > now + room {
        top + height - room
    } else {
        return;
    };
    #[allow(clippy::cast_possible_truncation)] // pixels of a page
    scroller.set_scroll_top(to.ceil() as i32);
}

/// Puts the focus where Tab would come to in the table, for what is pressed and goes away with it.
pub fn into_the_table() {
    let stop = document().query_selector(".sheet [tabindex=\"0\"]").ok().flatten();
    if let Some(stop) = stop.and_then(|s| s.dyn_into::<HtmlElement>().ok()) {
        let _ = stop.focus();
    }
}
