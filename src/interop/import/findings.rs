//! Collecting what is to be said about a file, without saying the same ten thousand times.

use super::work::look;
use super::{Finding, Severity};
use crate::domain::limits::{Limit, Over};
use std::collections::HashMap;

/// How many findings of one sort (same field, same sentence) are listed before the rest is only counted.
const LISTED: usize = 20;

#[derive(Default)]
pub struct Findings {
    list: Vec<Finding>,
    counts: HashMap<(Severity, String, String), usize>,
    /// How many there were in all.
    total: usize,
    /// Whether one is neither listed nor counted among those of its sort.
    dropped: bool,
    /// How many errors are listed: these have a share of their own, so that no crowd of notes keeps them out.
    errors: usize,
}

impl Findings {
    pub fn push(&mut self, finding: Finding) {
        look(finding.place.len() + finding.field.len() + finding.value.len() + finding.says.len());
        self.total += 1;
        let sort = (finding.severity, finding.field.clone(), finding.says.clone());
        let sorts = self.counts.len();
        let count = match self.counts.get_mut(&sort) {
            Some(count) => count,
            // Sorts are bounded as well: each holds its sentence.
            None if sorts < 2 * Limit::Findings.most() => self.counts.entry(sort).or_insert(0),
            None => {
                self.dropped = true;
                return;
            }
        };
        *count += 1;
        if *count > LISTED {
            return;
        }
        let error = finding.severity == Severity::Error;
        let room = if error { self.errors } else { self.list.len() - self.errors } < Limit::Findings.most();
        if room {
            self.errors += usize::from(error);
            self.list.push(finding);
        } else {
            self.dropped = true;
        }
    }

    pub fn add(
        &mut self,
        severity: Severity,
        place: &str,
        field: &str,
        value: &str,
        says: impl Into<String>,
        help: &str,
    ) {
        self.push(Finding {
            severity,
            place: place.to_string(),
            field: shorten(field),
            value: shorten(value),
            says: says.into(),
            help: help.to_string(),
        });
    }

    /// A finding about the whole file.
    pub fn file(&mut self, severity: Severity, says: impl Into<String>, help: &str) {
        self.add(severity, "", "", "", says, help);
    }

    /// Whether something was said that is an error.
    pub fn has_error(&self) -> bool {
        self.errors > 0
    }

    /// Something of which there is too much, so that the file is not read.
    pub fn over(&mut self, place: &str, over: Over) {
        self.add(Severity::Error, place, "", "", over.to_string(), over.help());
    }

    /// Takes over what others collected, behind what is here.
    pub fn append(&mut self, other: Findings) {
        let listed = other.list.len();
        for finding in other.list {
            self.push(finding);
        }
        // What was only counted there goes on being counted.
        for (sort, n) in other.counts.into_iter().filter(|(_, n)| *n > LISTED) {
            *self.counts.entry(sort).or_insert(LISTED) += n - LISTED;
        }
        self.total += other.total.saturating_sub(listed);
        self.dropped |= other.dropped;
    }

    /// All findings, errors first, in the order in which they were made.
    pub fn finish(mut self) -> Vec<Finding> {
        let mut more: Vec<_> = self.counts.into_iter().filter(|(_, n)| *n > LISTED).collect();
        more.sort();
        for ((severity, field, says), n) in more {
            self.list.push(Finding {
                severity,
                place: String::new(),
                field,
                value: String::new(),
                says: format!("and {} more rows like this: {says}", n - LISTED),
                help: String::new(),
            });
        }
        self.list.sort_by_key(|f| f.severity);
        if self.dropped {
            let over = Over { limit: Limit::Findings, found: self.total };
            self.list.push(Finding {
                severity: Severity::Note,
                place: String::new(),
                field: String::new(),
                value: String::new(),
                says: over.to_string(),
                help: over.help().to_string(),
            });
        }
        self.list
    }
}

/// A value in one line of at most 80 characters.
pub fn shorten(value: &str) -> String {
    let clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(81).collect();
    match clean.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", clean.get(..end).unwrap_or_default()),
        None => clean,
    }
}
