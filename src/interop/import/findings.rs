//! Collecting what is to be said about a file, without saying the same ten thousand times.

use super::texts::without_tokens;
use super::work::look;
use super::{Finding, Severity};
use crate::domain::limits::{Limit, Over};
use crate::domain::order::Order as _;
use crate::words::{limits, thousands};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// How many findings of one sort (same field, same sentence) are listed before the rest is only counted.
const LISTED: usize = 20;

#[derive(Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// How many of each sort there were, by its fingerprint: ten thousand sorts must not hold ten thousand sentences.
    counts: HashMap<u64, usize>,
    /// The sorts of which there were more than are listed.
    more: HashMap<u64, (Severity, String, String)>,
    fingerprint: RandomState,
    /// How many there were in all.
    total: usize,
    /// Whether one is neither listed nor counted among those of its sort.
    dropped: bool,
    /// How many errors are listed: these have a share of their own, so that no crowd of notes keeps them out.
    errors: usize,
}

impl Findings {
    pub fn push(&mut self, finding: Finding) {
        let Finding { severity, place, field, value, says, help } = finding;
        self.take(severity, field, says, || (place, value, help));
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
        // Tokens go before the rest is shortened, so that no half of one is left.
        let short = |text: &str| shorten(without_tokens(text).as_deref().unwrap_or(text));
        self.take(severity, short(field), says.into(), || (place.to_string(), short(value), help.to_string()));
    }

    /// Counts a finding, and makes the `rest` of it (place, value and help) where it is listed: ten thousand of one sort must not take ten
    /// thousand times their making.
    fn take(
        &mut self,
        severity: Severity,
        mut field: String,
        mut says: String,
        rest: impl FnOnce() -> (String, String, String),
    ) {
        let clean = |text: &mut String| {
            if let Some(without) = without_tokens(text) {
                *text = without;
            }
        };
        clean(&mut field);
        clean(&mut says);
        look(field.len() + says.len());
        self.total += 1;
        let sort = self.fingerprint.hash_one((severity, &field, &says));
        let sorts = self.counts.len();
        let count = match self.counts.get_mut(&sort) {
            Some(count) => count,
            // Sorts are bounded as well.
            None if sorts < 2 * Limit::Findings.most() => self.counts.entry(sort).or_insert(0),
            None => {
                self.dropped = true;
                return;
            }
        };
        *count += 1;
        if *count > LISTED {
            self.more.entry(sort).or_insert((severity, field, says));
            return;
        }
        let error = severity == Severity::Error;
        let room = if error { self.errors } else { self.list.len() - self.errors } < Limit::Findings.most();
        if !room {
            self.dropped = true;
            return;
        }
        let (mut place, mut value, help) = rest();
        clean(&mut place);
        clean(&mut value);
        look(place.len() + value.len());
        self.errors += usize::from(error);
        self.list.push(Finding { severity, place, field, value, says, help });
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
        self.add(Severity::Error, place, "", "", over.to_string(), limits::help(over));
    }

    /// Takes over what others collected, behind what is here.
    pub fn append(&mut self, other: Findings) {
        let listed = other.list.len();
        for finding in other.list {
            self.push(finding);
        }
        // What was only counted there goes on being counted.
        for (sort, what) in other.more {
            let n = other.counts.get(&sort).copied().unwrap_or(LISTED);
            let here = self.fingerprint.hash_one((what.0, &what.1, &what.2));
            *self.counts.entry(here).or_insert(LISTED) += n.saturating_sub(LISTED);
            self.more.entry(here).or_insert(what);
        }
        self.total += other.total.saturating_sub(listed);
        self.dropped |= other.dropped;
    }

    /// All findings, errors first, in the order in which they were made.
    pub fn finish(mut self) -> Vec<Finding> {
        let counts = self.counts;
        let counted = |(sort, what)| (what, counts.get(&sort).copied().unwrap_or(LISTED));
        let mut more: Vec<((Severity, String, String), usize)> = self.more.into_iter().map(counted).collect();
        more.order();
        for ((severity, field, says), n) in more {
            self.list.push(Finding {
                severity,
                place: String::new(),
                field,
                value: String::new(),
                says: format!("and {} more rows like this: {says}", thousands(n - LISTED)),
                help: String::new(),
            });
        }
        self.list.order_by_key(|f| f.severity);
        if self.dropped {
            let over = Over { limit: Limit::Findings, found: self.total };
            self.list.push(Finding {
                severity: Severity::Note,
                place: String::new(),
                field: String::new(),
                value: String::new(),
                says: over.to_string(),
                help: limits::help(over).to_string(),
            });
        }
        self.list
    }
}

/// The most characters of a value in one line.
const LINE: usize = 80;

/// A value in one line of at most 80 characters.
pub fn shorten(value: &str) -> String {
    if value.len() <= LINE && !value.contains(char::is_control) {
        return value.to_string();
    }
    let clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LINE + 1).collect();
    match clean.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", clean.get(..end).unwrap_or_default()),
        None => clean,
    }
}
