//! The marks of the matrix by environment: a full disc with a tick, an open ring with a question mark, a small cross. Told apart by shape.
//!
//! Each is a pattern of its own: a path of a thousand crosses costs the browser twice as much as the rest of the picture.

use super::drawing::Colours;
use crate::domain::eligibility::Outcome;
use crate::ui::prelude::*;
use std::cell::RefCell;
use std::f64::consts::{PI, TAU};
use wasm_bindgen::JsCast;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

pub const MARKS: [Outcome; 3] = [Outcome::Eligible, Outcome::Unknown, Outcome::Refused];

/// What the marks are drawn for.
#[derive(Clone, PartialEq)]
pub struct Stamps {
    pub colours: Colours,
    /// Of a cell, in pixels of the page.
    pub cell: (f64, f64),
    /// So many pixels of the screen make one of the page.
    pub ratio: f64,
}

/// A pattern for each mark.
type Patterns = Vec<(Outcome, CanvasPattern)>;

thread_local! {
    /// Those of the last frame.
    static LAST: RefCell<Option<(Stamps, Patterns)>> = const { RefCell::new(None) };
}

/// So many cells stand in one tile at most, for it to end on a whole pixel of the screen.
const MOST: u32 = 20;

impl Stamps {
    /// Draws on the cells from a corner of one on (in pixels of the page): `path` makes the path of those that have a mark, from that corner on.
    pub fn draw(self, context: &CanvasRenderingContext2d, corner: (f64, f64), path: impl Fn(Outcome)) {
        LAST.with_borrow_mut(|last| {
            let ratio = self.ratio;
            if last.as_ref().is_none_or(|(drawn_for, _)| *drawn_for != self) {
                let pattern = |mark: Outcome| Some((mark, self.pattern(context, mark)?));
                let patterns = MARKS.into_iter().filter_map(pattern).collect();
                *last = Some((self, patterns));
            }
            // On whole pixels, where a pattern is copied and not blurred.
            let (x, y) = ((corner.0 * ratio).round(), (corner.1 * ratio).round());
            for (mark, pattern) in last.iter().flat_map(|(_, patterns)| patterns) {
                _ = context.set_transform(ratio, 0.0, 0.0, ratio, x, y);
                context.begin_path();
                path(*mark);
                // A pattern is one of the screen's pixels.
                _ = context.set_transform(1.0, 0.0, 0.0, 1.0, x, y);
                context.set_fill_style_canvas_pattern(pattern);
                context.fill();
            }
            _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        });
    }

    fn pattern(&self, context: &CanvasRenderingContext2d, mark: Outcome) -> Option<CanvasPattern> {
        let tile: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        let (across, down) = (self.cells(self.cell.0), self.cells(self.cell.1));
        tile.set_width(self.pixels(across, self.cell.0));
        tile.set_height(self.pixels(down, self.cell.1));
        let on: CanvasRenderingContext2d = tile.get_context("2d").ok()??.dyn_into().ok()?;
        for (row, column) in (0..down).flat_map(|row| (0..across).map(move |column| (row, column))) {
            let (x, y) = ((f64::from(column) + 0.5) * self.cell.0, (f64::from(row) + 0.5) * self.cell.1);
            _ = on.set_transform(self.ratio, 0.0, 0.0, self.ratio, x * self.ratio, y * self.ratio);
            match mark {
                Outcome::Eligible => disc(&on, &self.colours),
                Outcome::Unknown => ring(&on, &self.colours),
                Outcome::Refused => cross(&on, &self.colours),
            }
        }
        context.create_pattern_with_html_canvas_element(&tile, "repeat").ok()?
    }

    /// How many cells a tile takes.
    fn cells(&self, size: f64) -> u32 {
        let ends = |cells: &u32| {
            let end = f64::from(*cells) * size * self.ratio;
            (end - end.round()).abs() < 1e-6
        };
        (1..=MOST).find(ends).unwrap_or(1)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels
    fn pixels(&self, cells: u32, size: f64) -> u32 {
        (f64::from(cells) * size * self.ratio).round() as u32
    }
}

fn disc(context: &CanvasRenderingContext2d, colours: &Colours) {
    context.set_fill_style_str(&colours.yes);
    context.begin_path();
    _ = context.arc(0.0, 0.0, 7.0, 0.0, TAU);
    context.fill();
    context.set_line_width(1.7);
    context.set_stroke_style_str(&colours.ground);
    context.begin_path();
    context.move_to(-3.0, 0.3);
    context.line_to(-0.9, 2.4);
    context.line_to(3.0, -1.8);
    context.stroke();
}

fn ring(context: &CanvasRenderingContext2d, colours: &Colours) {
    context.set_stroke_style_str(&colours.ask);
    context.set_line_width(1.4);
    context.begin_path();
    _ = context.arc(0.0, 0.0, 6.5, 0.0, TAU);
    // The question mark, its hook and its stem in one line, and its dot.
    context.move_to(-1.9, -1.5);
    _ = context.arc(0.0, -1.5, 1.9, PI, 2.6 * PI);
    context.line_to(0.0, 1.5);
    context.move_to(0.0, 2.9);
    context.line_to(0.0, 4.1);
    context.stroke();
}

fn cross(context: &CanvasRenderingContext2d, colours: &Colours) {
    context.set_stroke_style_str(&colours.quiet);
    context.set_line_width(1.2);
    context.begin_path();
    context.move_to(-2.2, -2.2);
    context.line_to(2.2, 2.2);
    context.move_to(2.2, -2.2);
    context.line_to(-2.2, 2.2);
    context.stroke();
}
