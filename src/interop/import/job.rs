//! The reading of one text, in slices: what it is is found, then each row is parsed alone and handed on. Progress and cancelling
//! rest on it: between two slices the caller may stop.

use super::findings::Findings;
use super::json;
use super::node::Node;
use super::reading::{Around, Reading};
use super::row::File;
use super::scan::Broken;
use super::span::Span;
use super::table::{self, Step, Table};
use super::{Form, Severity, broken, refuse, texts, whole};
use crate::domain::inventory::Inventory;
use crate::domain::limits::Limit;

/// How a reading ended.
#[derive(Default)]
pub struct Outcome {
    pub inventory: Option<Inventory>,
    /// It is a file of this app, which others read.
    pub own: bool,
    /// What the rows said counts for nothing, because the file turned out not to be whole.
    pub spoiled: bool,
}

/// One text being read.
pub struct Job<'t, 'f> {
    name: &'t str,
    text: &'t str,
    /// Given to the reader of the rows once there is one.
    file: Option<&'f mut File>,
    phase: Phase<'t, 'f>,
    /// What is to be said about the text as a whole.
    notes: Findings,
}

enum Phase<'t, 'f> {
    Json(json::ValueSearch<'t>),
    Rows { rows: std::vec::IntoIter<Span>, number: usize, around: Around<'t>, reading: Reading<'f> },
    Search(table::TableSearch<'t>),
    Table { table: Table<'t>, given: usize, reading: Reading<'f> },
    Ended(Outcome),
}

impl<'t, 'f> Job<'t, 'f> {
    pub fn new(name: &'t str, text: &'t str, file: &'f mut File, notes: Findings) -> Self {
        Self { name, text, file: Some(file), phase: Phase::Json(json::ValueSearch::new(text)), notes }
    }

    /// How far it has come, in bytes of the text: up to twice its length, for JSON is walked over before its rows are parsed.
    pub fn at(&self) -> usize {
        match &self.phase {
            Phase::Json(search) => search.at(),
            Phase::Rows { rows, .. } => {
                let next = rows.as_slice().first().map_or(self.text.len(), |span| span.from());
                self.text.len().saturating_add(next)
            }
            Phase::Search(search) => search.at(),
            Phase::Table { table, .. } => self.text.len().saturating_add(table.at()),
            Phase::Ended(_) => self.text.len().saturating_mul(2),
        }
    }

    /// Goes on for some `budget` bytes. `false`: it has ended.
    pub fn step(&mut self, budget: usize) -> bool {
        let phase = std::mem::replace(&mut self.phase, Phase::Ended(Outcome::default()));
        self.phase = match phase {
            Phase::Json(search) => self.json(search, budget),
            Phase::Rows { rows, number, around, reading } => self.rows(rows, number, around, reading, budget),
            Phase::Search(search) => self.search(search, budget),
            Phase::Table { table, given, reading } => self.table(table, given, reading, budget),
            ended @ Phase::Ended(_) => ended,
        };
        !matches!(self.phase, Phase::Ended(_))
    }

    /// How it ended, and what is to be said about the text as a whole.
    pub fn finish(self) -> (Outcome, Findings) {
        match self.phase {
            Phase::Ended(outcome) => (outcome, self.notes),
            _ => (Outcome::default(), self.notes),
        }
    }

    fn json(&mut self, mut search: json::ValueSearch<'t>, budget: usize) -> Phase<'t, 'f> {
        let ended = Phase::Ended(Outcome::default());
        match search.step(budget, &mut self.notes) {
            json::Progress::More => Phase::Json(search),
            // A log is full of ids and addresses; none of its lines is an environment.
            json::Progress::None if texts::is_log(self.text) => {
                refuse::unknown_text(self.text, &mut self.notes);
                ended
            }
            json::Progress::None => Phase::Search(table::TableSearch::new(self.text)),
            json::Progress::Broken => ended,
            json::Progress::Own => Phase::Ended(Outcome { own: true, ..Outcome::default() }),
            json::Progress::Scalar(Node::Null) => {
                refuse::empty_list(self.name, &whole::beside(self.text), &mut self.notes);
                ended
            }
            json::Progress::Scalar(Node::Text(text)) if texts::has_token(&text) => {
                refuse::Refusal::Token.tell(&mut self.notes);
                ended
            }
            json::Progress::Scalar(Node::Text(text)) if text.trim_start().starts_with(['{', '[']) => {
                refuse::Refusal::Twice.tell(&mut self.notes);
                ended
            }
            json::Progress::Scalar(_) => {
                let says = "this JSON is a single value, not a list of environments";
                self.notes.file(Severity::Error, says, refuse::RUN);
                ended
            }
            json::Progress::Found(json::Found { rows, single, head }) => match self.reading("row", Form::Json) {
                Some(reading) => {
                    let (head, failure) = (both(head, self.text), search.failure.take());
                    let around = Around { form: Form::Json, single, lost: false, failure, head };
                    Phase::Rows { rows: rows.into_iter(), number: 0, around, reading }
                }
                None => ended,
            },
        }
    }

    fn rows(
        &mut self,
        mut rows: std::vec::IntoIter<Span>,
        mut number: usize,
        around: Around<'t>,
        mut reading: Reading<'f>,
        budget: usize,
    ) -> Phase<'t, 'f> {
        let mut spent = 0;
        while spent < budget {
            let Some(span) = rows.next() else {
                return Phase::Ended(Outcome { inventory: reading.finish(self.name, &around), ..Outcome::default() });
            };
            number += 1;
            let slice = span.of(self.text);
            spent += slice.len();
            match crate::json::read::<Node<'t>>(slice) {
                Ok(node) => reading.row(number, &node),
                // Such as a number that no computer holds.
                Err(e) => {
                    let (line, column) = e.place().unwrap_or((1, 1));
                    let before: usize = slice.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
                    let at = span.from() + before + column.saturating_sub(1);
                    broken::say(self.text, Broken::At(at), &mut self.notes);
                    return Phase::Ended(Outcome { spoiled: true, ..Outcome::default() });
                }
            }
        }
        Phase::Rows { rows, number, around, reading }
    }

    fn search(&mut self, mut search: table::TableSearch<'t>, budget: usize) -> Phase<'t, 'f> {
        match search.step(budget) {
            None => Phase::Search(search),
            Some(None) => {
                refuse::unknown_text(self.text, &mut self.notes);
                Phase::Ended(Outcome::default())
            }
            Some(Some(table)) => match self.reading("line", table.form) {
                Some(reading) => Phase::Table { table, given: 0, reading },
                None => Phase::Ended(Outcome::default()),
            },
        }
    }

    fn table(
        &mut self,
        mut table: Table<'t>,
        mut given: usize,
        mut reading: Reading<'f>,
        budget: usize,
    ) -> Phase<'t, 'f> {
        let until = table.at().saturating_add(budget);
        while table.at() < until {
            let step = table.next().and_then(|step| {
                if let Step::Row(line, _) = &step {
                    given += 1;
                    Limit::Rows.hold(given).map_err(|over| (*line, over))?;
                }
                Ok(step)
            });
            match step {
                Ok(Step::Row(line, node)) => reading.row(line, &node),
                Ok(Step::Skipped) => {}
                Ok(Step::End) if whole::mixes_deleted(self.text) => {
                    refuse::Refusal::MixesDeleted.tell(&mut self.notes);
                    return Phase::Ended(Outcome { spoiled: true, ..Outcome::default() });
                }
                Ok(Step::End) => {
                    let (form, lost, failure) = (table.form, table.lost(), table.failure());
                    // What is wrong with all lines comes before what is wrong with each.
                    if given == 0 && texts::has_cut_ids(self.text) {
                        refuse::cut_ids(&mut self.notes);
                    }
                    table.finish(&mut self.notes);
                    let head = whole::beside(self.text);
                    if given == 0 {
                        if !self.notes.has_error() {
                            refuse::empty_list(self.name, &head, &mut self.notes);
                        }
                        return Phase::Ended(Outcome::default());
                    }
                    let single = form == Form::List && given == 1;
                    let inventory = reading.finish(self.name, &Around { form, single, lost, failure, head });
                    return Phase::Ended(Outcome { inventory, ..Outcome::default() });
                }
                Err((line, over)) => {
                    self.notes.over(&format!("line {line}"), over);
                    return Phase::Ended(Outcome { spoiled: true, ..Outcome::default() });
                }
            }
        }
        Phase::Table { table, given, reading }
    }

    fn reading(&mut self, unit: &'static str, form: Form) -> Option<Reading<'f>> {
        self.file.take().map(|file| Reading::new(file, unit, form))
    }
}

/// What stands beside a list in its JSON, and what the text says of it before it begins.
fn both<'t>(head: Node<'t>, text: &str) -> Node<'t> {
    match (head, whole::beside(text)) {
        (Node::Map(mut pairs), Node::Map(said)) => {
            pairs.extend(said);
            Node::Map(pairs)
        }
        (_, said) => said,
    }
}
