//! The small grammar: counts, lists, days, amounts. Each is a value with one way of being written.

use super::text::{Say, Text};
use super::time::{days_text, megabytes_text};
use chrono::TimeDelta;

/// `1 environment`, `2,000 environments`.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    pub n: usize,
    pub one: &'static str,
    pub many: &'static str,
}

impl Count {
    pub fn of(n: usize, one: &'static str, many: &'static str) -> Self {
        Self { n, one, many }
    }
}

impl Say for Count {
    fn say(&self, text: &mut Text) {
        text.plain(&thousands(self.n));
        text.plain(" ");
        text.plain(if self.n == 1 { self.one } else { self.many });
    }
}

/// `2,000`.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `1 day`, `7 days`.
#[derive(Clone, Copy, Debug)]
pub struct Days(pub u32);

impl Say for Days {
    fn say(&self, text: &mut Text) {
        text.plain(&days_text(self.0));
    }
}

/// A span of time in round words: `3 days`, `5 hours`, `20 minutes`. Negative spans count as nothing.
#[derive(Clone, Copy, Debug)]
pub struct Span(pub TimeDelta);

impl Say for Span {
    fn say(&self, text: &mut Text) {
        let minutes = self.0.num_minutes().max(0);
        let (n, unit) = match minutes {
            0..60 => (minutes, "minute"),
            60..2880 => (minutes / 60, "hour"),
            _ => (minutes / (24 * 60), "day"),
        };
        text.plain(&format!("{n} {unit}{}", if n == 1 { "" } else { "s" }));
    }
}

/// Megabytes: `512 MB`, `1.5 GB`.
#[derive(Clone, Copy, Debug)]
pub struct Megabytes(pub f64);

impl Say for Megabytes {
    fn say(&self, text: &mut Text) {
        text.plain(&megabytes_text(self.0));
    }
}

/// `a`, `a and b`, `a, b and c`; the same with another word before the last, or with a sign between all.
#[derive(Clone, Debug)]
pub struct List<T> {
    items: Vec<T>,
    between: &'static str,
    last: &'static str,
}

impl<T> List<T> {
    pub fn and(items: impl IntoIterator<Item = T>) -> Self {
        Self { items: items.into_iter().collect(), between: ", ", last: " and " }
    }

    pub fn or(items: impl IntoIterator<Item = T>) -> Self {
        Self { items: items.into_iter().collect(), between: ", ", last: " or " }
    }

    pub fn joined(items: impl IntoIterator<Item = T>, between: &'static str) -> Self {
        Self { items: items.into_iter().collect(), between, last: between }
    }
}

impl<T: Say> Say for List<T> {
    fn say(&self, text: &mut Text) {
        let last = self.items.len().saturating_sub(1);
        for (i, item) in self.items.iter().enumerate() {
            if i > 0 {
                text.plain(if i == last { self.last } else { self.between });
            }
            item.say(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let check = |n, expect: &str| assert_eq!(Count::of(n, "day", "days").says().to_string(), expect);
        check(0, "0 days");
        check(1, "1 day");
        check(999, "999 days");
        check(1_234_567, "1,234,567 days");
    }

    #[test]
    fn lists() {
        let check = |list: List<&str>, expect: &str| assert_eq!(list.says().to_string(), expect);
        check(List::and([]), "");
        check(List::and(["a"]), "a");
        check(List::or(["a", "b"]), "a or b");
        check(List::and(["a", "b", "c"]), "a, b and c");
        check(List::joined(["a", "b", "c"], "; "), "a; b; c");
    }
}
