//! The lines of a text, one at a time, with their numbers.

use super::work::look;

/// Where a walk over lines stands. Small, so that a walk can go back to where it was.
#[derive(Clone, Copy)]
pub struct Lines<'t> {
    text: &'t str,
    at: usize,
    /// The number of the line that was given last, from 1.
    number: usize,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, number: 0 }
    }

    /// How far it has come, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    pub fn number(&self) -> usize {
        self.number
    }

    /// What has not been given yet.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on behind `bytes` more bytes, which hold this many ends of lines.
    pub fn skip(&mut self, bytes: usize, ends: usize) {
        self.at += bytes;
        self.number += ends;
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    /// The next line, without its end.
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let (line, taken) = match rest.find('\n') {
            Some(end) => (rest.get(..end).unwrap_or_default(), end + 1),
            None => (rest, rest.len()),
        };
        look(taken);
        self.at += taken;
        self.number += 1;
        Some((self.number, line.trim_end_matches('\r')))
    }
}
