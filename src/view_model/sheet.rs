//! Large tables without a screen: what a column is, what stands in a cell, which rows a pool of elements shows, and where a key goes.
//! Adding a column to a table is one [`Column`].

use crate::domain::manual_backup::ManualBackup;
use crate::domain::outlook::Reach;
use chrono::{DateTime, Utc};
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// The height of a row in pixels, where it is one line.
pub const ROW: f64 = 36.0;
/// The same on a narrow screen, where it is two lines and a band.
pub const NARROW_ROW: f64 = 80.0;

/// The moment and the place in which cells speak.
#[derive(Clone, Copy)]
pub struct Here {
    pub now: DateTime<Utc>,
    /// Puts an instant beside *now*: `in 3 days`.
    pub relative: fn(DateTime<Utc>, DateTime<Utc>) -> String,
    /// Puts an instant in words, in local time and UTC.
    pub stamp: fn(DateTime<Utc>) -> String,
}

/// How a cell's words are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Quiet,
    Ask,
    Loss,
}

impl Tone {
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Quiet => "quiet",
            Tone::Ask => "ask",
            Tone::Loss => "no",
        }
    }
}

/// A symbol that stands before the words, and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellMark {
    /// Its name in the set of `index.html`.
    pub icon: &'static str,
    pub says: &'static str,
    pub tone: &'static str,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub mark: Option<CellMark>,
    /// A number before the words.
    pub lead: String,
    pub text: String,
    pub tone: Tone,
    /// After the words, standing back.
    pub beside: String,
    /// After that, in the colour of what is not known.
    pub ask: String,
    /// The same in whole words, for whoever hears it.
    pub ask_says: String,
    /// All of it, for whoever points at it.
    pub title: String,
    /// A band instead of words, on the axis of the head.
    pub band: Option<(Reach, Vec<ManualBackup>)>,
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, ..Self::default() }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        let words = [&self.lead, &self.text, &self.beside, &self.ask];
        self.mark.is_none() && self.band.is_none() && words.iter().all(|words| words.is_empty())
    }

    /// A fact: its words, a question where it is not known and decides, a dash where it does not.
    pub fn fact(words: Option<String>, asked: bool) -> Self {
        match words {
            Some(words) => Self::plain(words),
            None if asked => Self::toned("not known", Tone::Ask),
            None => Self { title: "not known, does not matter here".to_string(), ..Self::toned("–", Tone::Quiet) },
        }
    }
}

/// Whether a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Always,
    /// Until somebody takes it away.
    Usually,
    /// Once somebody asks for it.
    Seldom,
}

/// How two rows stand in the order of a column; `down`: from the end, and what is not known stands last either way.
pub type Compare<R> = fn(&R, &R, bool) -> Ordering;

/// A column of a file: its head, and what stands under it.
pub type Written<R> = (&'static str, fn(&R, &Here) -> String);

/// Everything about one column.
pub struct Column<R: 'static> {
    /// Its word in the address, in the settings and in the style sheet.
    pub key: &'static str,
    pub title: &'static str,
    /// Where there is little room.
    pub short: &'static str,
    /// Its least width in pixels, and its share of what is left, in tenths.
    pub width: (u32, u32),
    pub shown: Shown,
    /// `None`: the table cannot be sorted by it.
    pub compare: Option<Compare<R>>,
    pub cell: fn(&R, &Here) -> Cell,
    /// Its columns in a file.
    pub csv: &'static [Written<R>],
}

/// The column of names; those alike go by their ids.
pub const fn names<R>(
    width: (u32, u32),
    compare: Compare<R>,
    cell: fn(&R, &Here) -> Cell,
    csv: &'static [Written<R>],
) -> Column<R> {
    Column { key: "name", title: "Name", short: "Name", width, shown: Shown::Always, compare: Some(compare), cell, csv }
}

/// What the screen knows of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnHead {
    pub key: &'static str,
    pub title: &'static str,
    pub short: &'static str,
    pub width: (u32, u32),
    pub shown: Shown,
    pub sorts: bool,
}

/// The heads of columns.
pub fn heads<R>(columns: &[Column<R>]) -> Vec<ColumnHead> {
    columns
        .iter()
        .map(|c| ColumnHead {
            key: c.key,
            title: c.title,
            short: c.short,
            width: c.width,
            shown: c.shown,
            sorts: c.compare.is_some(),
        })
        .collect()
}

/// So wide stays a column in which nothing stands: for its short head.
const BLANK: u32 = 60;

/// Gives the room of the columns in which nothing stands in any row to the name and to what else is cut most often. All rows count, not
/// those that a filter leaves: nothing moves while somebody types.
pub fn shared_out<R>(
    columns: &[Column<R>],
    shown: Vec<ColumnHead>,
    rows: &[R],
    here: &Here,
    to: &[&str],
) -> Vec<ColumnHead> {
    let is_blank = |h: &ColumnHead| {
        let column = columns.iter().find(|c| c.key == h.key && c.shown != Shown::Always);
        !rows.is_empty() && column.is_some_and(|c| rows.iter().all(|row| (c.cell)(row, here).is_blank()))
    };
    let blank: Vec<&str> = shown.iter().filter(|h| is_blank(h)).map(|h| h.key).collect();
    let takes = |h: &ColumnHead| to.contains(&h.key) && !blank.contains(&h.key);
    let gives = |h: &&ColumnHead| blank.contains(&h.key);
    let free = |of: fn(&ColumnHead) -> u32| shown.iter().filter(gives).map(of).sum::<u32>();
    let (least, share) = (free(|h| h.width.0.saturating_sub(BLANK)), free(|h| h.width.1));
    let by = u32::try_from(shown.iter().filter(|h| takes(h)).count()).unwrap_or(1).max(1);
    let give = |h: ColumnHead| match (takes(&h), blank.contains(&h.key)) {
        (_, true) => ColumnHead { title: h.short, width: (h.width.0.min(BLANK), 0), ..h },
        (true, _) => ColumnHead { width: (h.width.0 + least / by, h.width.1 + share / by), ..h },
        _ => h,
    };
    shown.iter().copied().map(give).collect()
}

/// The widths of columns as the tracks of a grid, and the least that they need together in pixels.
pub fn tracks(heads: &[ColumnHead]) -> (String, u32) {
    let track = |h: &ColumnHead| match h.width {
        (least, 0) => format!("{least}px"),
        (least, share) => format!("minmax({least}px,{share}fr)"),
    };
    (heads.iter().map(track).collect::<Vec<_>>().join(" "), heads.iter().map(|h| h.width.0).sum())
}

/// Which columns are shown, by what somebody chose: words of columns, those taken away with `-` before them. Words that are not known
/// say nothing.
pub fn chosen(heads: &[ColumnHead], choice: &str) -> Vec<ColumnHead> {
    let has = |word: &str| choice.split(',').any(|w| w == word);
    let keeps = |h: &&ColumnHead| match h.shown {
        Shown::Always => true,
        Shown::Usually => !has(&format!("-{}", h.key)),
        Shown::Seldom => has(h.key),
    };
    heads.iter().filter(keeps).copied().collect()
}

/// The choice after one column was turned on or off.
pub fn choose(heads: &[ColumnHead], choice: &str, key: &str, on: bool) -> String {
    let now: Vec<&str> = chosen(heads, choice).iter().map(|h| h.key).collect();
    let words = heads.iter().filter_map(|h| {
        let shown = if h.key == key { on } else { now.contains(&h.key) };
        match (h.shown, shown) {
            (Shown::Usually, false) => Some(format!("-{}", h.key)),
            (Shown::Seldom, true) => Some(h.key.to_string()),
            _ => None,
        }
    });
    words.collect::<Vec<_>>().join(",")
}

/// The column that a word of an address sorts by, and whether from the end; `usual` where it names none.
pub fn order<R>(columns: &[Column<R>], word: &str, usual: &'static str) -> (&'static str, bool) {
    let (key, down) = word.strip_prefix('-').map_or((word, false), |key| (key, true));
    let column = columns.iter().find(|c| c.key == key && c.compare.is_some());
    column.map_or((usual, false), |c| (c.key, down))
}

/// The word of the order after a column's head was pressed: the column, or the other way round if it is it already.
pub fn pressed(order: (&'static str, bool), column: &str, usual: &str) -> String {
    match order {
        (now, false) if now == column => format!("-{column}"),
        _ if column == usual => String::new(),
        _ => column.to_string(),
    }
}

/// An order as it is, or from the end.
pub fn turned(order: Ordering, down: bool) -> Ordering {
    if down { order.reverse() } else { order }
}

/// The heads of a file of those columns.
pub fn csv_head<R>(columns: &[Column<R>], shown: &[ColumnHead]) -> Vec<&'static str> {
    of(columns, shown).flat_map(|c| c.csv.iter().map(|(head, _)| *head)).collect()
}

/// A row as a line of a file.
pub fn csv_line<R>(columns: &[Column<R>], shown: &[ColumnHead], row: &R, here: &Here) -> Vec<String> {
    of(columns, shown).flat_map(|c| c.csv.iter().map(|(_, cell)| cell(row, here))).collect()
}

/// The cells of a row.
pub fn cells<R>(columns: &[Column<R>], shown: &[ColumnHead], row: &R, here: &Here) -> Vec<Arc<Cell>> {
    of(columns, shown).map(|c| Arc::new((c.cell)(row, here))).collect()
}

fn of<'a, R>(columns: &'a [Column<R>], shown: &'a [ColumnHead]) -> impl Iterator<Item = &'a Column<R>> {
    shown.iter().filter_map(|h| columns.iter().find(|c| c.key == h.key))
}

/// A name in two parts, so that it is cut in the middle: what it is (`Dev`, `Test`, `Prod`) stands at its end, as does a number. Together they
/// are the name. A short one is left whole, so that the browser finds it in the page.
pub fn cut(name: &str) -> (&str, &str) {
    const WHOLE: usize = 18;
    const TAIL: usize = 14;
    let length = name.chars().count();
    let mut words = name.match_indices([' ', '-', '_', '.']).map(|(at, _)| name.split_at(at));
    match words.find(|(head, tail)| !head.is_empty() && tail.chars().count() <= TAIL) {
        _ if length <= WHOLE => (name, ""),
        Some(parts) => parts,
        None => name.char_indices().nth(length - 6).map_or((name, ""), |(at, _)| name.split_at(at)),
    }
}

/// Which rows are shown: those in sight and some around them, never more than the pool has elements.
pub fn window(top: f64, height: f64, row: f64, rows: usize, pool: usize) -> Range<usize> {
    let in_sight = whole(height / row) + 1;
    let around = pool.saturating_sub(in_sight) / 2;
    let first = whole(top / row).saturating_sub(around).min(rows.saturating_sub(pool));
    first..(first + pool).min(rows)
}

/// How many rows can be seen at once in a height, the first and the last of them in part.
pub fn in_view(height: f64, row: f64) -> usize {
    whole(height / row) + 2
}

/// How many elements a pool needs to fill a height.
pub fn pool(height: f64, row: f64) -> usize {
    (whole(height / row) + 6).clamp(20, 160)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels of a page
fn whole(x: f64) -> usize {
    if x.is_finite() && x > 0.0 { x as usize } else { 0 }
}

/// The row that an element of the pool shows: the same row always has the same element.
pub fn in_slot(window: &Range<usize>, pool: usize, slot: usize) -> Option<usize> {
    let pool = pool.max(1);
    let base = window.start - window.start % pool + slot;
    let row = if base < window.start { base + pool } else { base };
    window.contains(&row).then_some(row)
}

/// A cell of the table; row 0 is the head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    pub row: usize,
    pub column: usize,
}

/// Where a key goes from a cell, as in every grid; `None`: it goes nowhere. `page` is how many rows are in sight.
pub fn moved(at: At, key: &str, control: bool, (rows, columns): (usize, usize), page: usize) -> Option<At> {
    let (last_row, last_column) = (rows, columns.saturating_sub(1));
    let At { row, column } = at;
    let (row, column) = match (key, control) {
        ("ArrowDown", false) => (row + 1, column),
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowRight", false) => (row, column + 1),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("Home", false) => (row, 0),
        ("End", false) => (row, last_column),
        ("Home", true) => (rows.min(1), 0),
        ("End", true) => (last_row, last_column),
        ("PageDown", false) => (row + page.max(1), column),
        ("PageUp", false) => (row.saturating_sub(page.max(1)).max(row.min(1)), column),
        _ => return None,
    };
    Some(At { row: row.min(last_row), column: column.min(last_column) })
}

#[cfg(test)]
mod tests;
