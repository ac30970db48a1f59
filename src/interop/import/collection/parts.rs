//! The parts of a collector's file: its head, and the text of each question, one after another.

use crate::json::{self, Raw, Reader};
use serde::Deserialize;

/// What stands around the questions; everything may be missing.
#[derive(Default)]
pub struct Head {
    pub version: Option<u64>,
    pub tenant: Option<String>,
    pub cloud: Option<String>,
    pub finished: Option<String>,
}

/// The file, taken apart no further than its questions.
pub struct Parts<'a> {
    pub head: Head,
    pub questions: Questions<'a>,
    /// The file breaks off.
    pub cut: bool,
}

/// The texts of the questions, in order.
pub enum Questions<'a> {
    /// The file is JSON as a whole, in whatever form.
    List(std::vec::IntoIter<&'a str>),
    /// One question a line, as the script writes it.
    Lines(std::str::Lines<'a>),
}

impl<'a> Iterator for Questions<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        match self {
            Questions::List(list) => list.next(),
            Questions::Lines(lines) => lines.map(|l| l.trim().trim_end_matches(',')).find(|l| l.starts_with('{')),
        }
    }
}

/// The file as it is written.
#[derive(Deserialize)]
struct Whole<'a> {
    #[serde(borrow, default)]
    version: Option<Raw<'a>>,
    #[serde(borrow, default)]
    tenant: Option<Raw<'a>>,
    #[serde(borrow, default)]
    cloud: Option<Raw<'a>>,
    #[serde(borrow, default)]
    finished: Option<Raw<'a>>,
    #[serde(borrow, default)]
    questions: Vec<Raw<'a>>,
}

/// Takes a file apart by its lines where it is as the script writes it: nothing but its first and last line is looked at here, so
/// that a large file is not walked over in one go.
pub fn by_lines(text: &str) -> Option<Parts<'_>> {
    let (first, rest) = text.trim_start().split_once('\n')?;
    let head = first.trim_end().strip_suffix("\"questions\":[")?;
    let (rest, last) = rest.trim_end().rsplit_once('\n')?;
    let end = last.strip_prefix(']').filter(|_| rest.starts_with("{\"ask\":"))?;
    let end: End = json::read(&format!("{{\"end\":0{end}")).ok()?;
    let head = Head { finished: end.finished.filter(|t| !t.trim().is_empty()), ..head_of(head) };
    Some(Parts { head, questions: Questions::Lines(rest.lines()), cut: false })
}

#[derive(Deserialize)]
struct End {
    #[serde(default)]
    finished: Option<String>,
}

/// Takes a file apart in whatever form it is, also where it breaks off.
pub fn parts(text: &str) -> Parts<'_> {
    if let Ok(whole) = json::read::<Whole<'_>>(text) {
        let head = Head {
            version: number(whole.version),
            tenant: text_of(whole.tenant),
            cloud: text_of(whole.cloud),
            finished: text_of(whole.finished),
        };
        let questions: Vec<&str> = whole.questions.into_iter().map(Raw::get).collect();
        return Parts { head, questions: Questions::List(questions.into_iter()), cut: false };
    }
    // The script writes one question a line, so that what was written before it was stopped can be read all the same.
    let mut lines = text.trim_start().lines();
    let head = head_of(lines.next().unwrap_or_default());
    Parts { head, questions: Questions::Lines(lines), cut: true }
}

/// The head without the list that it leads to: `{"collector":…,"kinds":[…],`.
fn head_of(head: &str) -> Head {
    // It has no closing brace, so each of its values is taken by itself.
    let value = |key: &str| -> Option<Raw<'_>> {
        let rest = head.split_once(&format!("\"{key}\":"))?.1;
        let mut reader = Reader::new(rest);
        let value = Raw::deserialize(&mut reader).ok()?;
        matches!(reader.peek(), None | Some(b',' | b'}')).then_some(value)
    };
    Head {
        version: number(value("version")),
        tenant: text_of(value("tenant")),
        cloud: text_of(value("cloud")),
        finished: None,
    }
}

pub fn text_of(raw: Option<Raw<'_>>) -> Option<String> {
    let text = json::read::<Option<String>>(raw?.get()).ok()??;
    Some(text.trim().to_string()).filter(|t| !t.is_empty())
}

fn number(raw: Option<Raw<'_>>) -> Option<u64> {
    json::read(raw?.get()).ok()
}
