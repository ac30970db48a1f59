//! What stands for the drawn matrix where nobody sees it: a row for each source that is seen, a cell for each target.

use crate::ui::prelude::document;
use crate::view_model::grid::{Grid, Seen};
use web_sys::Element;

/// The id of a cell, for the grid to say where the keyboard is.
pub fn id(row: usize, column: usize) -> String {
    format!("pair-{row}-{column}")
}

fn part(within: &Element, tag: &str, role: &str, more: &[(&str, &str)]) -> Option<Element> {
    let made = document().create_element(tag).ok()?;
    _ = made.set_attribute("role", role);
    for (name, value) in more {
        _ = made.set_attribute(name, value);
    }
    within.append_child(&made).ok()?;
    Some(made)
}

/// Makes it anew for what is seen now. Rows and columns count from the head, which is the first of each.
pub fn fill(twin: &Element, grid: &Grid, (sources, targets): (&[usize], &[usize]), seen: &Seen) -> Option<()> {
    twin.set_text_content(None);
    let name =
        |of: &[usize], at: usize| of.get(at).and_then(|h| grid.heads.get(*h)).map_or("", |h| &h.name).to_string();
    let head = part(twin, "div", "row", &[("aria-rowindex", "1")])?;
    part(&head, "span", "columnheader", &[("aria-colindex", "1")])?.set_text_content(Some("Source"));
    for column in seen.columns.clone() {
        let index = (column + 2).to_string();
        part(&head, "span", "columnheader", &[("aria-colindex", &index)])?
            .set_text_content(Some(&name(targets, column)));
    }
    for row in seen.rows.clone() {
        let index = (row + 2).to_string();
        let line = part(twin, "div", "row", &[("aria-rowindex", &index)])?;
        part(&line, "span", "rowheader", &[("aria-colindex", "1")])?.set_text_content(Some(&name(sources, row)));
        for column in seen.columns.clone() {
            let (Some(s), Some(t)) = (sources.get(row), targets.get(column)) else { continue };
            let (id, says, index) = (id(row, column), grid.pair_named(*s, *t), (column + 2).to_string());
            let (r, c) = (row.to_string(), column.to_string());
            let more = [("id", &*id), ("aria-colindex", &index), ("aria-label", &says), ("data-r", &r), ("data-c", &c)];
            part(&line, "span", "gridcell", &more)?;
        }
    }
    Some(())
}
