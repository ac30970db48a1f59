//! How the matrix by environment is drawn, in the colours of the style sheet.

use super::stamps::Stamps;
use crate::domain::eligibility::Outcome;
use crate::view_model::grid::{Grid, Layout, Seen, cut};
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement};

/// The colours of the style sheet, as they are now.
#[derive(Clone, PartialEq, Eq)]
pub struct Colours {
    pub ground: String,
    pub text: String,
    pub quiet: String,
    pub line: String,
    pub yes: String,
    pub ask: String,
    pub here: String,
}

impl Colours {
    pub fn of(style: &CssStyleDeclaration) -> Self {
        let value = |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_string();
        Self {
            ground: value("--mx-ground"),
            text: value("--mx-text"),
            quiet: value("--mx-quiet"),
            line: value("--mx-line"),
            yes: value("--mx-yes"),
            ask: value("--mx-ask"),
            here: value("--mx-here"),
        }
    }
}

/// What is drawn beside the cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Where the keyboard is, where it has the focus.
    pub active: Option<(usize, usize)>,
    /// What the pointer is over.
    pub over: Option<(usize, usize)>,
    /// What the drawer speaks of.
    pub chosen: Option<(usize, usize)>,
}

/// What is drawn: the sources and targets in their order, of the grid.
pub struct Sheet<'a> {
    pub grid: &'a Grid,
    pub sources: &'a [usize],
    pub targets: &'a [usize],
}

impl Sheet<'_> {
    fn outcome(&self, row: usize, column: usize) -> Outcome {
        match (self.sources.get(row), self.targets.get(column)) {
            (Some(s), Some(t)) => self.grid.outcome(*s, *t),
            _ => Outcome::Refused,
        }
    }

    fn name(&self, of: &[usize], at: usize) -> &str {
        of.get(at).and_then(|head| self.grid.heads.get(*head)).map_or("", |head| &head.name)
    }
}

/// Draws what is seen.
pub fn draw(
    canvas: &HtmlCanvasElement,
    context: &CanvasRenderingContext2d,
    colours: &Colours,
    layout: &Layout,
    sheet: &Sheet,
    marks: Marks,
    ratio: f64,
) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels
    let (wide, high) = ((layout.width * ratio).round() as u32, (layout.height * ratio).round() as u32);
    if canvas.width() != wide || canvas.height() != high {
        canvas.set_width(wide);
        canvas.set_height(high);
    }
    _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.set_fill_style_str(&colours.ground);
    context.fill_rect(0.0, 0.0, layout.width, layout.height);
    let seen = layout.seen();
    let stamps = Stamps { colours: colours.clone(), cell: (layout.column, layout.row), ratio };
    cells(context, stamps, layout, sheet, &seen);
    for (at, colour, thick) in
        [(marks.over, &colours.quiet, 1.0), (marks.chosen, &colours.text, 2.0), (marks.active, &colours.here, 3.0)]
    {
        if let Some((row, column)) = at {
            let (x, y) = layout.corner(row, column);
            context.set_stroke_style_str(colour);
            context.set_line_width(thick);
            context.stroke_rect(x + 2.0, y + 2.0, layout.column - 4.0, layout.row - 4.0);
        }
    }
    heads(context, colours, layout, sheet, &seen, marks, ratio);
}

/// The marks of the legend, where they belong.
fn cells(context: &CanvasRenderingContext2d, stamps: Stamps, layout: &Layout, sheet: &Sheet, seen: &Seen) {
    let corner = layout.corner(seen.rows.start, seen.columns.start);
    let outcome = |row: usize| move |column: usize| (column, sheet.outcome(row, column));
    let rows: Vec<Vec<(usize, Outcome)>> =
        seen.rows.clone().map(|row| seen.columns.clone().map(outcome(row)).collect()).collect();
    stamps.draw(context, corner, |mark| {
        for (row, outcomes) in seen.rows.clone().zip(&rows) {
            // Those side by side are one rectangle.
            for alike in outcomes.chunk_by(|(_, a), (_, b)| a == b) {
                if let Some((column, _)) = alike.first().filter(|(_, outcome)| *outcome == mark) {
                    let (x, y) = layout.corner(row, *column);
                    let (end, _) = layout.corner(row, column + alike.len());
                    context.rect(x - corner.0, y - corner.1, end - x, layout.row);
                }
            }
        }
    });
}

/// The font of the names. It is told to the browser only when it becomes another: of a frame that takes as long as the names.
struct Font<'a> {
    context: &'a CanvasRenderingContext2d,
    strong: Option<bool>,
}

impl<'a> Font<'a> {
    fn new(context: &'a CanvasRenderingContext2d) -> Self {
        Self { context, strong: None }
    }

    fn set(&mut self, strong: bool) {
        if self.strong.replace(strong) != Some(strong) {
            self.context.set_font(if strong { "600 13px system-ui, sans-serif" } else { "13px system-ui, sans-serif" });
        }
    }
}

/// The names of the sources at the left, those of the targets upright above their columns, and over them the class where it begins.
fn heads(
    context: &CanvasRenderingContext2d,
    colours: &Colours,
    layout: &Layout,
    sheet: &Sheet,
    seen: &Seen,
    marks: Marks,
    ratio: f64,
) {
    let at = marks.over.or(marks.active).or(marks.chosen);
    context.set_text_baseline("middle");
    context.set_fill_style_str(&colours.ground);
    context.fill_rect(0.0, layout.top, layout.left, layout.height - layout.top);
    context.set_fill_style_str(&colours.text);
    let mut font = Font::new(context);
    for row in seen.rows.clone() {
        let (_, y) = layout.corner(row, 0);
        font.set(at.is_some_and(|(r, _)| r == row));
        let name = cut(sheet.name(sheet.sources, row), (layout.left - 16.0) / 7.0);
        _ = context.fill_text_with_max_width(&name, 4.0, y + layout.row / 2.0, layout.left - 12.0);
    }
    context.set_fill_style_str(&colours.ground);
    context.fill_rect(0.0, 0.0, layout.width, layout.top);
    context.set_font("12px system-ui, sans-serif");
    context.set_fill_style_str(&colours.quiet);
    classes(context, colours, layout, sheet, seen);
    context.set_fill_style_str(&colours.quiet);
    _ = context.fill_text("source ↓ onto →", 4.0, layout.top - 12.0);
    context.set_fill_style_str(&colours.text);
    let long = layout.top - CLASS - 10.0;
    let mut font = Font::new(context);
    for column in seen.columns.clone() {
        let (x, _) = layout.corner(0, column);
        // One that is half behind the names of the sources has no head.
        let middle = x + layout.column / 2.0;
        if middle < layout.left {
            continue;
        }
        font.set(at.is_some_and(|(_, c)| c == column));
        let name = cut(sheet.name(sheet.targets, column), long / 7.0);
        _ = context.set_transform(0.0, -ratio, ratio, 0.0, ratio * middle, ratio * (layout.top - 6.0));
        _ = context.fill_text_with_max_width(&name, 0.0, 0.0, long);
    }
    _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.set_fill_style_str(&colours.line);
    context.fill_rect(0.0, layout.top - 1.0, layout.width, 1.0);
    context.fill_rect(layout.left - 1.0, 0.0, 1.0, layout.height);
}

/// So high stands the class over the names.
const CLASS: f64 = 22.0;

/// The class above its columns, where there is room for it.
fn classes(context: &CanvasRenderingContext2d, colours: &Colours, layout: &Layout, sheet: &Sheet, seen: &Seen) {
    let class =
        |column: usize| sheet.targets.get(column).and_then(|head| sheet.grid.heads.get(*head)).map(|head| head.class);
    let mut from = seen.columns.start;
    while from < seen.columns.end {
        let here = class(from);
        let mut to = from + 1;
        while to < seen.columns.end && class(to) == here {
            to += 1;
        }
        let (x, end) = (layout.corner(0, from).0.max(layout.left), layout.corner(0, to).0);
        let facts = here.and_then(|class| sheet.grid.classes.get(class)).map(|class| class.facts());
        if let Some(facts) = facts.filter(|_| end - x > 80.0) {
            context.set_fill_style_str(&colours.quiet);
            let room = end - x - 8.0;
            _ = context.fill_text_with_max_width(&cut(&facts, room / 6.2), x + 4.0, 12.0, room);
        }
        context.set_fill_style_str(&colours.line);
        context.fill_rect(layout.corner(0, to).0 - 1.0, 0.0, 1.0, layout.top);
        from = to;
    }
}
