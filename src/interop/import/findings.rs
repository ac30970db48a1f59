//! Collecting what is to be said about a file, without saying the same ten thousand times.

use super::texts::without_tokens;
use super::work::look;
use super::{Finding, Severity};
use crate::domain::limits::{Limit, Over};
use crate::domain::order::Order as _;
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
    pub fn push(&mut self, mut finding: Finding) {
        for text in [&mut finding.place, &mut finding.field, &mut finding.value, &mut finding.says] {
            if let Some(without) = without_tokens(text) {
                *text = without;
            }
        }
        look(finding.place.len() + finding.field.len() + finding.value.len() + finding.says.len());
        self.total += 1;
        let sort = self.fingerprint.hash_one((finding.severity, &finding.field, &finding.says));
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
            self.more.entry(sort).or_insert((finding.severity, finding.field, finding.says));
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
            // Before they are shortened, so that no half of a token is left.
            field: shorten(without_tokens(field).as_deref().unwrap_or(field)),
            value: shorten(without_tokens(value).as_deref().unwrap_or(value)),
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
                says: format!("and {} more rows like this: {says}", n - LISTED),
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
