//! Collecting what is to be said about a file, without saying the same ten thousand times.

use super::{Finding, Severity};
use std::collections::HashMap;

/// How many findings of one sort (same field, same sentence) are listed before the rest is only counted.
const LISTED: usize = 20;

#[derive(Default)]
pub struct Findings {
    list: Vec<Finding>,
    counts: HashMap<(Severity, String, String), usize>,
}

impl Findings {
    pub fn push(&mut self, finding: Finding) {
        let sort = (finding.severity, finding.field.clone(), finding.says.clone());
        let count = self.counts.entry(sort).or_insert(0);
        *count += 1;
        if *count <= LISTED {
            self.list.push(finding);
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
            field: field.to_string(),
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
        self.list.iter().any(|f| f.severity == Severity::Error)
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
