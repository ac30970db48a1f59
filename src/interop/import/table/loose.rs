//! Lines of a table that are read without its titles, and lines that are no rows.

use super::super::Severity;
use super::super::fields::{is_cut_id, is_environment_id};
use super::super::findings::Findings;
use super::super::formats::Quoted;
use super::super::lines::Lines;
use super::super::node::Node;
use super::super::says::Cause;
use super::super::texts;
use super::super::work::look;
use super::{Next, Step, by_content};
use crate::domain::limits::Limit;

/// A table in whose header no known title stands, such as a translated one.
pub struct Loose<'t> {
    pub lines: Lines<'t>,
    pub misfits: Misfits,
}

impl<'t> Loose<'t> {
    pub fn next(&mut self) -> Next<'t> {
        let Some((number, line)) = self.lines.next() else { return Ok(Step::End) };
        let Some(node) = telling(line) else {
            if named(line) {
                self.misfits.line(number, line);
            } else if self.misfits.failure.is_none() {
                self.misfits.failure = texts::error(line);
            }
            return Ok(Step::Skipped);
        };
        Limit::Line.hold(line.len()).map_err(|over| (number, over))?;
        Ok(Step::Row(number, node))
    }
}

/// A line that names an environment, and its address or its kind.
pub fn telling(line: &str) -> Option<Node<'_>> {
    by_content(line, false).filter(|n| n.has("EnvironmentUrl") || n.has("Type"))
}

/// Whether a line holds an id, be it cut off.
pub fn named(line: &str) -> bool {
    look(line.len());
    line.split_whitespace().any(|word| is_environment_id(word) || is_cut_id(word))
}

/// Lines of a table that are no rows.
#[derive(Default)]
pub struct Misfits {
    beside: usize,
    /// One of them holds an id, so that the table does not list all of its own.
    pub named: bool,
    /// What a tool complains of in one of them.
    pub failure: Option<Quoted>,
    findings: Findings,
}

impl Misfits {
    /// Notes a line. One that holds an id is told by itself, for it may be an environment or a backup.
    pub fn line(&mut self, number: usize, line: &str) {
        if named(line) {
            self.named = true;
            let cut = line.split_whitespace().any(is_cut_id);
            let cause = if cut { Cause::CutId } else { Cause::LostLine };
            cause.tell(&mut self.findings, &format!("line {number}"), "", line.trim());
        } else {
            self.beside += 1;
            self.failure = self.failure.take().or_else(|| texts::error(line));
        }
    }

    pub fn finish(self, findings: &mut Findings) {
        findings.append(self.findings);
        if self.beside > 0 {
            let plural = if self.beside == 1 { "line" } else { "lines" };
            findings.file(Severity::Note, format!("{} {plural} beside the table left out", self.beside), "");
        }
    }
}
