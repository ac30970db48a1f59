//! Where everything is on the sheet that the matrix by environment is drawn on.

/// Where everything is, in pixels of the page. Columns are at least as wide as rows are high.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layout {
    pub rows: usize,
    pub columns: usize,
    pub row: f64,
    pub column: f64,
    /// The heads of the rows and of the columns.
    pub left: f64,
    pub top: f64,
    /// What is seen.
    pub width: f64,
    pub height: f64,
    pub scrolled: (f64, f64),
}

/// Rows and columns that are seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub rows: std::ops::Range<usize>,
    pub columns: std::ops::Range<usize>,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels
fn place(at: f64, size: f64) -> usize {
    (at / size).max(0.0) as usize
}

#[allow(clippy::cast_precision_loss)] // far fewer than a float counts
fn float(n: usize) -> f64 {
    n as f64
}

/// Of a column, in pixels.
const WIDEST: f64 = 96.0;

impl Layout {
    /// `narrow`: larger cells for fingers, and less room for names.
    pub fn new(rows: usize, columns: usize, (width, height): (f64, f64), scrolled: (f64, f64), narrow: bool) -> Self {
        let (row, left, top) = if narrow { (44.0, 120.0, 140.0) } else { (28.0, 200.0, 152.0) };
        let column = ((width - left) / float(columns.max(1))).clamp(row, WIDEST).floor();
        // What is left over goes to the names: beside the last column it would look like one that is cut. Of a few wide columns much
        // is left over, and it is seen that there are no more.
        let rest = width - left - float(columns) * column;
        let left = if rest > 0.0 && (column < WIDEST || rest < column) { left + rest } else { left };
        Self { rows, columns, row, column, left, top, width, height, scrolled }
    }

    /// How large the whole is.
    pub fn whole(&self) -> (f64, f64) {
        (self.left + float(self.columns) * self.column, self.top + float(self.rows) * self.row)
    }

    pub fn seen(&self) -> Seen {
        let (x, y) = self.scrolled;
        let end = |at: f64, size: f64, all: usize| (place(at, size) + 1).min(all);
        Seen {
            rows: place(y, self.row).min(self.rows)..end(y + self.height - self.top - 1.0, self.row, self.rows),
            columns: place(x, self.column).min(self.columns)
                ..end(x + self.width - self.left - 1.0, self.column, self.columns),
        }
    }

    /// The left upper corner of a cell, as it is seen.
    pub fn corner(&self, row: usize, column: usize) -> (f64, f64) {
        let (x, y) = self.scrolled;
        (self.left + float(column) * self.column - x, self.top + float(row) * self.row - y)
    }

    /// The row and the column at a point that is seen; `None`: the head.
    pub fn at(&self, x: f64, y: f64) -> (Option<usize>, Option<usize>) {
        let row = place(y - self.top + self.scrolled.1, self.row);
        let column = place(x - self.left + self.scrolled.0, self.column);
        (
            Some(row).filter(|row| y >= self.top && *row < self.rows),
            Some(column).filter(|column| x >= self.left && *column < self.columns),
        )
    }

    /// Where to scroll, so that a cell is seen.
    pub fn towards(&self, row: usize, column: usize) -> (f64, f64) {
        let towards = |scrolled: f64, room: f64, from: f64, size: f64| scrolled.clamp(from + size - room, from);
        let (room_x, room_y) = ((self.width - self.left).max(self.column), (self.height - self.top).max(self.row));
        (
            towards(self.scrolled.0, room_x, float(column) * self.column, self.column),
            towards(self.scrolled.1, room_y, float(row) * self.row, self.row),
        )
    }
}

/// A name cut in the middle: what tells it apart stands at its end as often as at its beginning.
pub fn cut(name: &str, most: f64) -> String {
    let most = place(most, 1.0).max(3);
    let all: Vec<char> = name.chars().collect();
    if all.len() <= most {
        return name.to_string();
    }
    let tail = (most - 1) / 2;
    let head: String = all.iter().take(most - 1 - tail).collect();
    let tail: String = all.iter().skip(all.len() - tail).collect();
    format!("{head}…{tail}")
}
