//! CSV, one record at a time: with `,`, `;` or tabs, quotes, and a `#TYPE` line of `Export-Csv`; and tables of Markdown.

use super::Severity;
use super::fields::is_environment_id;
use super::findings::Findings;
use super::formats::Quoted;
use super::lines::Lines;
use super::node::{Node, squeeze};
use super::says::Cause;
use super::table::{Next, Step};
use super::texts;
use super::work::look;
use crate::domain::limits::{Limit, Over};
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// The records below a header.
pub struct Csv<'t> {
    lines: Lines<'t>,
    separator: char,
    /// Strokes stand at both ends of each line.
    framed: bool,
    keys: Vec<Cow<'t, str>>,
    findings: Findings,
    /// Rows could not be told apart and were left out.
    lost: bool,
    /// What a tool complains of in a line that is no row.
    pub failure: Option<Quoted>,
}

/// Cells, with the line in which they begin.
struct Record<'t> {
    number: usize,
    cells: Vec<Cow<'t, str>>,
    /// The first cell in which the quotation marks do not fit, by its place, and what is wrong there.
    wrong: Option<(usize, Quotes)>,
    /// The line in which it ends.
    last: usize,
}

/// How the quotation marks of a cell fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Fit,
    /// Never closed.
    Open,
    /// Closed in a later line by the mark of another row: in the midst of something, or behind the id of another environment.
    Stray,
}

/// Columns that tell that a table may be an inventory.
const KNOWN: &[&str] = &[
    "environmentid",
    "environmentname",
    "environmentcount",
    "name",
    "id",
    "displayname",
    "label",
    "envid",
    "adminenvironmentid",
    "admindisplayname",
];

/// Those that no other table has.
const CERTAIN: &[&str] = &["environmentid", "environmentname"];

/// How many lines may stand above a header.
const ABOVE: usize = 10;

impl<'t> Csv<'t> {
    /// `None` where there is no header that is known, or nothing below one that may be that of anything.
    pub fn open(text: &'t str) -> Option<Self> {
        let mut lines = skip_lead(text);
        // Spreadsheets have a title and a date above their table now and then.
        for above in 0..=ABOVE {
            if let Some(mut csv) = Self::below(lines) {
                if above > 0 {
                    let plural = if above == 1 { "line" } else { "lines" };
                    let says = format!("{above} {plural} above the titles of the table left out");
                    csv.findings.file(Severity::Note, says, "");
                }
                return Some(csv);
            }
            lines.next()?;
        }
        None
    }

    /// The table whose header is the next line.
    fn below(mut lines: Lines<'t>) -> Option<Self> {
        let header = lines.clone().next().map(|(_, line)| line)?;
        Limit::Line.hold(header.len()).ok()?;
        let separator = separator(&lines, header)?;
        let framed = separator == STROKE && header.trim_start().starts_with(STROKE);
        let mut titles = record(&mut lines, separator).ok()??.cells;
        if framed {
            unframe(&mut titles);
        }
        let keys = without_prefix(titles.into_iter().map(key).collect());
        let has = |known: &[&str]| keys.iter().any(|k| known.contains(&k.to_ascii_lowercase().as_str()));
        if !has(KNOWN) {
            return None;
        }
        // A header alone is an empty list only where it is beyond doubt the header of one.
        let certain = has(CERTAIN);
        let csv = Self { lines, separator, framed, keys, findings: Findings::default(), lost: false, failure: None };
        (certain || !lines.rest().trim().is_empty()).then_some(csv)
    }

    pub fn at(&self) -> usize {
        self.lines.at()
    }

    pub fn next(&mut self) -> Next<'t> {
        loop {
            let record = record(&mut self.lines, self.separator)?;
            let Some(Record { number, mut cells, wrong, last }) = record else { return Ok(Step::End) };
            if self.framed {
                unframe(&mut cells);
            }
            if self.separator == STROKE && cells.iter().all(|cell| is_rule(cell)) {
                continue;
            }
            if let Some((at, quotes)) = wrong {
                let field = self.keys.get(at).map(AsRef::as_ref).unwrap_or_default();
                let value = cells.get(at).map(AsRef::as_ref).unwrap_or_default();
                let cause = if quotes == Quotes::Stray { Cause::StrayQuote { last } } else { Cause::OpenQuote };
                cause.tell(&mut self.findings, &format!("line {number}"), field, value);
                self.lost = true;
                return Ok(Step::Skipped);
            }
            if cells.iter().all(|c| c.is_empty()) {
                continue;
            }
            if cells.len() > self.keys.len() {
                let row = cells.join(self.separator.encode_utf8(&mut [0; 4]));
                let cause = Cause::MoreCells { cells: cells.len(), titles: self.keys.len() };
                cause.tell(&mut self.findings, &format!("line {number}"), "", &row);
                self.lost = true;
                return Ok(Step::Skipped);
            }
            if let Some(keys) = self.titles_again(&cells) {
                self.keys = keys;
                return Ok(Step::Skipped);
            }
            if cells.len() < self.keys.len() && !cells.iter().any(|c| is_environment_id(c)) {
                let line = cells.join(self.separator.encode_utf8(&mut [0; 4]));
                if let Some(quoted) = texts::error(&line) {
                    self.failure.get_or_insert(quoted);
                    return Ok(Step::Skipped);
                }
            }
            if cells.len() < self.keys.len() {
                self.findings.add(
                    Severity::Warning,
                    &format!("line {number}"),
                    "",
                    &cells.join(self.separator.encode_utf8(&mut [0; 4])),
                    format!("this row has {} cells, the header has {}", cells.len(), self.keys.len()),
                    "check whether a name holds the separator without quotes around it",
                );
            }
            look(cells.len());
            let pairs = self.keys.iter().cloned().zip(cells.into_iter().map(Node::Text));
            return Ok(Step::Row(number, Node::Map(pairs.collect())));
        }
    }

    /// The titles of another table that stands below the first, as in files that were put together: its columns may stand in another order.
    fn titles_again(&self, cells: &[Cow<'t, str>]) -> Option<Vec<Cow<'t, str>>> {
        let titled = |cell: &Cow<'_, str>| {
            let title = squeeze(cell);
            CERTAIN.iter().any(|known| title.eq_ignore_ascii_case(known))
        };
        if cells.len() < 2 || !cells.iter().any(titled) || cells.iter().any(|cell| is_environment_id(cell)) {
            return None;
        }
        look(cells.iter().map(|cell| cell.len()).sum());
        Some(without_prefix(cells.iter().cloned().map(key).collect()))
    }

    pub fn lost(&self) -> bool {
        self.lost
    }

    pub fn finish(self, findings: &mut Findings) {
        findings.append(self.findings);
    }
}

/// What stands between the columns of Markdown.
const STROKE: char = '|';

/// What separates the cells below a header that is the next line. A stroke does only where it makes a table: names have strokes too.
fn separator(lines: &Lines<'_>, header: &str) -> Option<char> {
    let mut below = *lines;
    below.next();
    let ruled = below.next().is_some_and(|(_, line)| line.contains(STROKE) && line.split(STROKE).all(is_rule));
    // Two strokes around a title are those of a wiki, whose rows have one.
    let stroked = !header.contains("||") && (ruled || header.trim_start().starts_with(STROKE));
    let all = [',', ';', '\t'].into_iter().chain(stroked.then_some(STROKE));
    all.max_by_key(|s| header.matches(*s).count()).filter(|s| header.contains(*s))
}

/// Whether a cell is part of a line that is drawn between rows.
fn is_rule(cell: &str) -> bool {
    cell.trim().chars().all(|c| matches!(c, '-' | ':' | '=' | '+'))
}

/// Takes off what stands before the first stroke and behind the last.
fn unframe(cells: &mut Vec<Cow<'_, str>>) {
    if cells.first().is_some_and(|cell| cell.is_empty()) {
        cells.remove(0);
    }
    if cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
}

fn key(title: Cow<'_, str>) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '@' | '#' | '$');
    if title.chars().all(plain) { title } else { Cow::Owned(squeeze(&title)) }
}

/// The titles without the name of what they were expanded from, such as `value.` of Power Query, where it stands before each of them.
fn without_prefix(keys: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    let prefix = keys.first().and_then(|key| key.split_once('.')).map(|(first, _)| format!("{first}."));
    match prefix {
        Some(prefix) if keys.iter().all(|key| key.starts_with(&prefix)) => {
            keys.iter().map(|key| Cow::Owned(key.strip_prefix(&prefix).unwrap_or(key).to_string())).collect()
        }
        _ => keys,
    }
}

/// Skips what stands before the header: a `#TYPE` line, a `sep=;` line of Excel, lines of noise of pac.
fn skip_lead(text: &str) -> Lines<'_> {
    let mut lines = Lines::new(text);
    for _ in 0..=20 {
        let mut ahead = lines;
        let Some((_, line)) = ahead.next() else { break };
        let line = line.trim();
        let begins = |word: &str| line.get(..word.len()).is_some_and(|l| l.eq_ignore_ascii_case(word));
        let header = line.contains([',', ';', '\t', STROKE]);
        if header && !begins("#type") && !begins("sep=") && !begins("connected as") {
            break;
        }
        lines = ahead;
    }
    lines
}

/// The next record that is no empty line, with the line in which it begins. Spaces around cells are no part of them.
fn record<'t>(lines: &mut Lines<'t>, separator: char) -> Result<Option<Record<'t>>, (usize, Over)> {
    let skipped = lines.rest().len() - lines.rest().trim_start_matches(['\r', '\n']).len();
    let ends = lines.rest().get(..skipped).unwrap_or_default().matches('\n').count();
    lines.skip(skipped, ends);
    let rest = lines.rest();
    let number = lines.number() + 1;
    if rest.is_empty() {
        return Ok(None);
    }
    let mut cells: Vec<Cow<'t, str>> = Vec::new();
    let mut at = 0;
    let mut wrong = None;
    loop {
        let Cell { value: cell, taken, quotes } = cell(rest.get(at..).unwrap_or_default(), separator);
        at += taken;
        wrong = wrong.or((quotes != Quotes::Fit).then_some((cells.len(), quotes)));
        Limit::Text.hold(cell.len()).map_err(|over| (number, over))?;
        cells.push(cell);
        Limit::Keys.hold(cells.len()).map_err(|over| (number, over))?;
        match rest.get(at..).unwrap_or_default().chars().next() {
            Some(c) if c == separator => at += 1,
            _ => break,
        }
    }
    look(at);
    let ends = rest.get(..at).unwrap_or_default().matches('\n').count();
    lines.skip(at, ends);
    // The end of its last line, so that the next record begins in a line of its own.
    let end = lines.rest();
    match (end.strip_prefix("\r\n"), end.strip_prefix(['\r', '\n'])) {
        (Some(_), _) => lines.skip(2, 1),
        (None, Some(_)) => lines.skip(1, usize::from(end.starts_with('\n'))),
        (None, None) => {}
    }
    Ok(Some(Record { number, cells, wrong, last: number + ends }))
}

struct Cell<'t> {
    value: Cow<'t, str>,
    /// How many bytes it takes, without the separator or the end of the line behind it.
    taken: usize,
    quotes: Quotes,
}

fn cell(text: &str, separator: char) -> Cell<'_> {
    let ends = |c: char| c == separator || matches!(c, '\r' | '\n');
    let Some(inner) = text.strip_prefix('"') else {
        let end = text.find(ends).unwrap_or(text.len());
        return Cell {
            value: Cow::Borrowed(text.get(..end).unwrap_or_default().trim()),
            taken: end,
            quotes: Quotes::Fit,
        };
    };
    // Up to the quotation mark that is not doubled; what stands behind it is taken as it is.
    let mut value: Cow<'_, str> = Cow::Borrowed("");
    let mut at = 0;
    let mut quotes = Quotes::Fit;
    let add = |value: &mut Cow<'_, str>, piece: &str| value.to_mut().push_str(piece);
    loop {
        let rest = inner.get(at..).unwrap_or_default();
        let Some(quote) = rest.find('"') else {
            add(&mut value, rest);
            at = inner.len();
            quotes = Quotes::Open;
            break;
        };
        let doubled = rest.get(quote + 1..).is_some_and(|r| r.starts_with('"'));
        let piece = rest.get(..quote + usize::from(doubled)).unwrap_or_default();
        at += quote + 1 + usize::from(doubled);
        if !doubled && value.is_empty() {
            value = Cow::Borrowed(piece);
            break;
        }
        add(&mut value, piece);
        if !doubled {
            break;
        }
        // More than is read: the caller says so.
        if value.len() > Limit::Text.most() {
            break;
        }
    }
    let tail = inner.get(at..).unwrap_or_default();
    let end = tail.find(ends).unwrap_or(tail.len());
    let tail = tail.get(..end).unwrap_or_default();
    if !tail.is_empty() {
        if !tail.trim().is_empty() && value.contains('\n') {
            quotes = Quotes::Stray;
        }
        value.to_mut().push_str(tail);
    }
    if quotes == Quotes::Fit && swallows(&value, separator) {
        quotes = Quotes::Stray;
    }
    let value = match value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_string()),
    };
    Cell { value, taken: at + 1 + end, quotes }
}

/// Whether a cell that runs over lines holds some of a row, its own or another: the id of an environment in a cell of its own. Whole JSON may hold anything.
fn swallows(cell: &str, separator: char) -> bool {
    if !cell.contains('\n') {
        return false;
    }
    look(cell.len());
    let start = cell.trim_start();
    if start.starts_with(['{', '[']) && crate::json::read::<IgnoredAny>(start).is_ok() {
        return false;
    }
    let is_id = |cell: &str| {
        let cell = cell.trim().trim_matches('"');
        is_environment_id(cell.rsplit('/').next().unwrap_or(cell))
    };
    cell.lines().any(|line| line.contains(separator) && line.split(separator).any(is_id))
}
