//! Finding and parsing JSON in a text that may have other lines before and after it.

use super::Severity;
use super::findings::{Findings, shorten};
use super::node::Node;

/// What came of a text that looks like JSON.
pub enum Json<'a> {
    Parsed(Node<'a>),
    /// It is JSON, but broken: the finding says where.
    Broken,
    /// There is no JSON in it.
    None,
}

/// How many places are tried before it is said that there is no JSON.
const TRIES: usize = 12;

/// Parses the JSON in `text`. Lines such as `Connected as …` may stand before it and after it.
pub fn parse<'a>(text: &'a str, findings: &mut Findings) -> Json<'a> {
    let starts = starts(text);
    for (n, start) in starts.iter().copied().enumerate() {
        let Some(rest) = text.get(start..) else { continue };
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Node<'a>>();
        match values.next() {
            Some(Ok(node)) => return more(text, start, node, values, findings),
            // What fails in its first line while another place follows was a line of noise. What fails further on is JSON
            // that is broken: what stands inside it must not be taken for the whole.
            Some(Err(e)) if !e.is_eof() && e.line() == 1 && n + 1 < starts.len() => {}
            Some(Err(e)) => {
                broken(text, start, &e, findings);
                return Json::Broken;
            }
            None => {}
        }
    }
    // `null`, `[]` with nothing around it, a number: JSON, if no inventory.
    serde_json::from_str::<Node<'a>>(text.trim()).map_or(Json::None, Json::Parsed)
}

/// The rest of the text after a first value: more values, as a loop over `ConvertTo-Json` prints them, or lines of noise.
fn more<'a>(
    text: &'a str,
    start: usize,
    first: Node<'a>,
    mut values: serde_json::StreamDeserializer<'a, serde_json::de::StrRead<'a>, Node<'a>>,
    findings: &mut Findings,
) -> Json<'a> {
    let mut all = vec![first];
    loop {
        let end = start + values.byte_offset();
        if !text.get(end..).is_some_and(|rest| begins(rest.trim_start())) {
            noise(text, start, end, findings);
            break;
        }
        match values.next() {
            Some(Ok(node)) => all.push(node),
            Some(Err(e)) => {
                broken(text, start, &e, findings);
                return Json::Broken;
            }
            None => break,
        }
    }
    if all.len() == 1 {
        return all.pop().map_or(Json::None, Json::Parsed);
    }
    Json::Parsed(Node::List(all))
}

/// Where JSON may begin: at an array or object at the start of a line, or at a list of objects inside a line.
fn starts(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let at = offset + lead;
        if text.get(at..).is_some_and(begins) {
            found.push(at);
        } else if let Some(inner) = line.find("[{\"").filter(|i| !line.get(i + 3..).is_some_and(|r| r.starts_with('"')))
        {
            found.push(offset + inner);
        }
        if found.len() >= TRIES {
            break;
        }
        offset += line.len();
    }
    found
}

/// Whether JSON begins here: `[info]` and `[12:01]` are no JSON.
fn begins(text: &str) -> bool {
    let after = |open: char| text.strip_prefix(open).map(|rest| rest.trim_start().chars().next());
    match (after('['), after('{')) {
        (Some(next), _) => matches!(next, None | Some('{' | '[' | ']' | '"')),
        (_, Some(next)) => matches!(next, None | Some('"' | '}')),
        _ => false,
    }
}

/// Says what stood before and after the JSON, if anything.
fn noise(text: &str, start: usize, end: usize, findings: &mut Findings) {
    let before = text.get(..start).unwrap_or_default().trim();
    let after = text.get(end..).unwrap_or_default().trim();
    for (where_, what) in [("before", before), ("after", after)] {
        if !what.is_empty() {
            let lines = what.lines().count();
            let plural = if lines == 1 { "line" } else { "lines" };
            findings.add(
                Severity::Note,
                "",
                "",
                &shorten(what),
                format!("{lines} {plural} {where_} the JSON left out"),
                "",
            );
        }
    }
}

/// Says where the JSON breaks off, in lines and columns of the whole file.
fn broken(text: &str, start: usize, e: &serde_json::Error, findings: &mut Findings) {
    let before = text.get(..start).unwrap_or_default();
    let lines_before = before.matches('\n').count();
    let line = lines_before + e.line();
    let column =
        if e.line() == 1 { before.chars().rev().take_while(|c| *c != '\n').count() + e.column() } else { e.column() };
    let place = format!("line {line}, column {column}");
    if e.is_eof() {
        let end: String = text.trim_end().chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        findings.add(
            Severity::Error,
            &place,
            "",
            &end,
            format!("the file ends in the middle, at line {line}, column {column}: this JSON is cut off"),
            "export the list again, wait until the command has ended, and copy or save the whole output",
        );
    } else if e.to_string().starts_with("recursion limit exceeded") {
        findings.add(
            Severity::Error,
            &place,
            "",
            "",
            format!(
                "this JSON is nested deeper than any inventory is, at line {line}, column {column}: it was not read"
            ),
            "look whether this is the right file; if it is, export the list again",
        );
    } else {
        let near = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let near: String = near.chars().skip(column.saturating_sub(21)).take(40).collect();
        findings.add(
            Severity::Error,
            &place,
            "",
            &near,
            format!("this JSON is broken at line {line}, column {column}"),
            "export the list again and do not edit it; `ConvertTo-Json`, `--json` and the REST answer are valid JSON",
        );
    }
}
