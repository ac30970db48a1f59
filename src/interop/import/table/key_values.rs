//! Lists as PowerShell prints them.

use super::super::formats::Quoted;
use super::super::lines::Lines;
use super::super::node::Node;
use super::super::texts;
use super::{Next, Step};
use crate::domain::limits::Limit;
use std::borrow::Cow;

/// What PowerShell prints without `ConvertTo-Json`: `Key : Value` lines, objects apart by empty lines.
pub struct KeyValues<'t> {
    pub lines: Lines<'t>,
    /// What a tool complains of beside the objects.
    pub failure: Option<Quoted>,
}

/// `Key : Value`. Spaces at the end belong to a value that goes on in the next line.
pub fn pair(line: &str) -> Option<(&str, &str)> {
    let pair = line.split_once(" : ").or_else(|| line.trim_end().strip_suffix(" :").map(|k| (k, "")));
    pair.filter(|(k, _)| !k.starts_with(' ') && !k.trim().is_empty() && !k.trim().contains(' '))
        .map(|(k, v)| (k.trim(), v.trim_start()))
}

/// Whether an environment is named by it.
pub fn is_identity(key: &str) -> bool {
    key.eq_ignore_ascii_case("EnvironmentName") || key.eq_ignore_ascii_case("EnvironmentId")
}

impl<'t> KeyValues<'t> {
    /// The next object that names an environment.
    pub fn next(&mut self) -> Next<'t> {
        let mut pairs: Vec<(Cow<'t, str>, Cow<'t, str>)> = Vec::new();
        let mut first = 0;
        loop {
            let line = self.lines.next().filter(|(_, line)| !line.trim().is_empty());
            let Some((number, line)) = line else {
                return Ok(if pairs.iter().any(|(key, _)| is_identity(key)) {
                    let value = |(key, value)| (key, Node::Text(value));
                    Step::Row(first, Node::Map(pairs.into_iter().map(value).collect()))
                } else if self.lines.rest().is_empty() {
                    Step::End
                } else {
                    Step::Skipped
                });
            };
            // `Invoke-WebRequest : The remote server returned an error` looks like a key and its value.
            if self.failure.is_none() && pairs.is_empty() {
                self.failure = texts::error(line);
            }
            match pair(line) {
                Some((key, value)) => {
                    if pairs.is_empty() {
                        first = number;
                    }
                    pairs.push((Cow::Borrowed(key), Cow::Borrowed(value)));
                    Limit::Keys
                        .hold(pairs.len())
                        .and_then(|()| Limit::Line.hold(line.len()))
                        .map_err(|o| (number, o))?;
                }
                // A long value goes on, indented, in the next line.
                None if line.starts_with(' ') => {
                    if let Some((_, value)) = pairs.last_mut() {
                        // Lines are broken anywhere, also behind a space, which whoever copies them may lose.
                        if value.ends_with(';') {
                            value.to_mut().push(' ');
                        }
                        value.to_mut().push_str(line.trim_start());
                        Limit::Text.hold(value.len()).map_err(|over| (number, over))?;
                    }
                }
                None => self.failure = self.failure.take().or_else(|| texts::error(line)),
            }
        }
    }
}
