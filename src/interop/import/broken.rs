//! Saying what is wrong with a text that holds JSON, and what stands around it.

use super::Severity;
use super::findings::{Findings, shorten};
use super::formats::Quoted;
use super::scan::Broken;
use super::texts;
use super::work::look;

/// Says what stood before and after the JSON, if anything. What a tool complains of there is given back.
pub fn noise(text: &str, start: usize, end: usize, findings: &mut Findings) -> Option<Quoted> {
    let before = text.get(..start).unwrap_or_default().trim();
    let after = text.get(end..).unwrap_or_default().trim();
    for (where_, what) in [("before", before), ("after", after)] {
        if !what.is_empty() {
            look(what.len());
            let lines = what.lines().count();
            let plural = if lines == 1 { "line" } else { "lines" };
            // Another answer, such as the second of two that were pasted one below the other.
            let begins = |l: &str| matches!(l, "[" | "{") || l.starts_with("[{") || l.starts_with("{\"");
            let answer = what.lines().any(|l| begins(l.trim()));
            let (severity, help) = match answer {
                true => (Severity::Warning, "if that is an answer as well, save each as a file of its own"),
                false => (Severity::Note, ""),
            };
            findings.add(
                severity,
                "",
                "",
                &shorten(what),
                format!("{lines} {plural} {where_} the JSON left out"),
                help,
            );
        }
    }
    [before, after].into_iter().find_map(texts::error)
}

/// Line and column of a byte, from 1, the column in characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    look(at);
    let before = text.get(..at).unwrap_or(text);
    let lines = before.matches('\n').count();
    (lines + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1)
}

/// Says where the JSON breaks off, in lines and columns of the whole file.
pub fn say(text: &str, broken: Broken, findings: &mut Findings) {
    match broken {
        Broken::End => {
            let (line, column) = place(text, text.len());
            let column = column - 1;
            let end: String = text.trim_end().chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            findings.add(
                Severity::Error,
                &format!("line {line}, column {column}"),
                "",
                &end,
                format!("the file ends in the middle, at line {line}, column {column}: this JSON is cut off"),
                "export the list again, wait until the command has ended, and copy or save the whole output",
            );
        }
        Broken::Over(at, over) => {
            let (line, column) = place(text, at);
            findings.over(&format!("line {line}, column {column}"), over);
        }
        Broken::At(at) => {
            let (line, column) = place(text, at);
            let near: String =
                text.get(..at).unwrap_or_default().chars().rev().take_while(|c| *c != '\n').take(20).collect();
            let near: String = near
                .chars()
                .rev()
                .chain(text.get(at..).unwrap_or_default().chars().take_while(|c| *c != '\n').take(20))
                .collect();
            findings.add(
                Severity::Error,
                &format!("line {line}, column {column}"),
                "",
                &near,
                format!("this JSON is broken at line {line}, column {column}"),
                "export the list again and do not edit it; `ConvertTo-Json`, `--json` and the REST answer are valid JSON",
            );
        }
    }
}
