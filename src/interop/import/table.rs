//! Text tables, CSV and `Key : Value` lists, turned into rows of nodes, so that the same readers serve them.

use super::Severity;
use super::fields::{LocalDate, is_environment_id, is_guid};
use super::findings::Findings;
use super::node::{Node, squeeze};
use std::borrow::Cow;

/// Rows with the line (1-based) at which each begins.
pub struct Table {
    pub rows: Vec<(usize, Node<'static>)>,
}

fn row(pairs: impl Iterator<Item = (String, String)>) -> Node<'static> {
    Node::Map(pairs.map(|(k, v)| (Cow::Owned(k), Node::Text(Cow::Owned(v)))).collect())
}

/// Column headers of the tables that pac prints, without spaces and in lower case, longest first.
const HEADERS: &[&str] = &[
    "Organization Id",
    "Environment Url",
    "Environment URL",
    "Environment Id",
    "Environment ID",
    "Environment Type",
    "Display Name",
    "Unique Name",
    "Group Name",
    "Domain Name",
    "Point Date",
    "Environment",
    "Version",
    "Active",
    "Expiry",
    "Index",
    "Label",
    "Region",
    "State",
    "Type",
    "Name",
    "Url",
    "URL",
    "Id",
    "ID",
];

/// Reads the text table of `pac admin list`, `pac env list` or `pac admin list-backups`.
pub fn read_text(text: &str, findings: &mut Findings) -> Option<Table> {
    let lines: Vec<&str> = text.lines().map(|l| l.trim_end_matches('\r')).collect();
    let Some(header) = lines.iter().position(|l| is_header(l)) else { return without_header(&lines, findings) };
    let columns = columns(lines.get(header).copied().unwrap_or_default());
    let keys: Vec<String> = columns.iter().map(|(_, title)| squeeze(title)).collect();
    let backups = keys.iter().any(|k| k.eq_ignore_ascii_case("PointDate"));
    let mut rows = Vec::new();
    let mut misfits = 0;
    for (i, line) in lines.iter().enumerate().skip(header + 1) {
        if line.trim().is_empty() || line.trim().chars().all(|c| matches!(c, '-' | ' ' | '=')) {
            continue;
        }
        // Cells by the positions of the headers; where a long name pushed them aside, by what they look like.
        let cells = slice(line, &columns);
        let node = row(keys.iter().cloned().zip(cells));
        let node = if fits(&node, backups) { Some(node) } else { by_content(line, backups) };
        match node {
            Some(node) => rows.push((i + 1, node)),
            None => misfits += 1,
        }
    }
    if misfits > 0 {
        let plural = if misfits == 1 { "line" } else { "lines" };
        findings.add(Severity::Note, "", "", "", format!("{misfits} {plural} beside the table left out"), "");
    }
    Some(Table { rows })
}

/// A table in whose header no known title stands, such as a translated one: lines with an id and an address.
fn without_header(lines: &[&str], findings: &mut Findings) -> Option<Table> {
    let read = |line: &str| by_content(line, false).filter(|n| !n.get("EnvironmentUrl").is_null());
    let rows: Vec<_> = lines.iter().enumerate().filter_map(|(i, line)| read(line).map(|n| (i + 1, n))).collect();
    if rows.is_empty() {
        return None;
    }
    findings.file(
        Severity::Note,
        "the titles of this table are not known, so its lines were read by the ids and addresses in them",
        "compare the names and kinds with your list",
    );
    Some(Table { rows })
}

/// A header names an id and at least one other known column, and holds no id itself.
fn is_header(line: &str) -> bool {
    let titles: Vec<String> = columns(line).iter().map(|(_, t)| squeeze(t).to_ascii_lowercase()).collect();
    let has = |names: &[&str]| titles.iter().any(|t| names.contains(&t.as_str()));
    (has(&["environmentid"]) && titles.len() >= 2) || (has(&["id"]) && has(&["label", "pointdate"]))
}

/// The columns of a header line: where each begins, in UTF-16 units (in which .NET pads), and its title.
fn columns(line: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            at += c.len_utf16();
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        // A known title, else everything up to two spaces.
        let known = HEADERS.iter().find(|h| {
            rest.get(..h.len()).is_some_and(|r| r.eq_ignore_ascii_case(h))
                && rest.get(h.len()..).is_some_and(|r| r.is_empty() || r.starts_with(' ') || r.starts_with('\t'))
        });
        let len = known.map_or_else(|| rest.find("  ").unwrap_or(rest.trim_end().len()), |h| h.len());
        let title = rest.get(..len).unwrap_or(rest);
        found.push((at, title.trim().to_string()));
        at += title.encode_utf16().count();
        rest = rest.get(len..).unwrap_or_default();
    }
    found
}

/// The cells of a line under the columns.
fn slice(line: &str, columns: &[(usize, String)]) -> Vec<String> {
    let mut cells = vec![String::new(); columns.len()];
    let mut at = 0;
    let mut column = 0;
    for c in line.chars() {
        while columns.get(column + 1).is_some_and(|(start, _)| *start <= at) {
            column += 1;
        }
        if let Some(cell) = cells.get_mut(column) {
            cell.push(c);
        }
        at += c.len_utf16();
    }
    cells.iter().map(|c| c.trim().to_string()).collect()
}

/// Whether the cells landed where they belong.
fn fits(node: &Node<'_>, backups: bool) -> bool {
    if backups {
        let date = |k: &str| node.get(k).text().is_none_or(|t| LocalDate::parse(t).is_some() || t.contains('T'));
        return node.get("Id").text().is_some_and(is_guid)
            && node.get("PointDate").text().is_some()
            && date("PointDate")
            && date("Expiry");
    }
    let address = |n: &Node<'_>| n.text().is_none_or(|t| t.starts_with("http") || t == "-");
    let organization = node.get("OrganizationId").text().is_none_or(|t| is_guid(t) || t == "-");
    let kind = node.get("Type").text().is_none_or(|t| !t.contains('/') && !is_guid(t));
    node.get("EnvironmentId").text().is_some_and(is_environment_id)
        && address(node.get("EnvironmentUrl"))
        && organization
        && kind
}

/// Reads a line without columns: by the ids, addresses and dates in it.
fn by_content(line: &str, backups: bool) -> Option<Node<'static>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let id_at = words.iter().position(|w| if backups { is_guid(w) } else { is_environment_id(w) })?;
    let id = words.get(id_at)?.to_string();
    let before = words.get(..id_at)?;
    let after = words.get(id_at + 1..)?;
    if backups {
        // … Id, Label, Expiry (date and time), Point Date (date and time).
        let dates: Vec<usize> = after
            .iter()
            .enumerate()
            .filter(|(i, _)| after.get(*i..=i + 1).is_some_and(|w| LocalDate::parse(&w.join(" ")).is_some()))
            .map(|(i, _)| i)
            .collect();
        let [.., expiry, point] = dates.as_slice() else { return None };
        let stamp = |from: usize, to: usize| after.get(from..to).map(|w| w.join(" ")).unwrap_or_default();
        return Some(row([
            ("Id".to_string(), id),
            ("Label".to_string(), stamp(0, *expiry)),
            ("Expiry".to_string(), stamp(*expiry, *point)),
            ("PointDate".to_string(), stamp(*point, after.len())),
        ]
        .into_iter()));
    }
    let name = before.iter().skip_while(|w| **w == "*").copied().collect::<Vec<_>>().join(" ");
    let address = after.iter().find(|w| w.starts_with("http")).map(|w| w.to_string());
    let organization = after.iter().rev().find(|w| is_guid(w)).map(|w| w.to_string());
    let kind: Vec<&str> = after.iter().filter(|w| !w.starts_with("http") && !is_guid(w)).copied().collect();
    let framed = address.is_some() && organization.is_some();
    let mut pairs = vec![("EnvironmentId".to_string(), id), ("Environment".to_string(), name)];
    pairs.extend(address.map(|a| ("EnvironmentUrl".to_string(), a)));
    pairs.extend(organization.map(|o| ("OrganizationId".to_string(), o)));
    // A unique name such as `unq…` of `pac env list` is no kind; what stands between an address and an organization is one.
    let kind = kind.join(" ");
    if (framed && !kind.is_empty())
        || crate::domain::environment::Kind::NAMED.contains(&crate::domain::environment::Kind::read(&kind))
    {
        pairs.push(("Type".to_string(), kind));
    }
    Some(row(pairs.into_iter()))
}

/// Reads CSV: with `,`, `;` or tabs, quotes, and a `#TYPE` line of `Export-Csv`.
pub fn read_csv(text: &str, findings: &mut Findings) -> Option<Table> {
    let (skipped, body) = skip_lead(text);
    let header = body.lines().next()?;
    let separator =
        [',', ';', '\t'].into_iter().max_by_key(|s| header.matches(*s).count()).filter(|s| header.contains(*s))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(u32::from(separator)).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut records = reader.records();
    let keys: Vec<String> = records.next()?.ok()?.iter().map(squeeze).collect();
    let known = ["environmentid", "environmentname", "environmentcount", "name", "id", "displayname", "label", "envid"];
    if !keys.iter().any(|k| known.contains(&k.to_ascii_lowercase().as_str())) {
        return None;
    }
    let mut rows = Vec::new();
    for record in records {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0)) + skipped;
                if record.iter().all(str::is_empty) {
                    continue;
                }
                if record.len() != keys.len() {
                    findings.add(
                        Severity::Warning,
                        &format!("line {line}"),
                        "",
                        &record.iter().collect::<Vec<_>>().join(&separator.to_string()),
                        format!("this row has {} cells, the header has {}", record.len(), keys.len()),
                        "check whether a name holds the separator without quotes around it",
                    );
                }
                rows.push((line, row(keys.iter().cloned().zip(record.iter().map(str::to_string)))));
            }
            Err(e) => findings.add(
                Severity::Error,
                "",
                "",
                "",
                format!("a row of this CSV file cannot be read: {e}"),
                "export the list again as CSV",
            ),
        }
    }
    // A header alone is an empty list only where it is beyond doubt the header of one.
    let certain = keys.iter().any(|k| ["environmentid", "environmentname"].contains(&k.to_ascii_lowercase().as_str()));
    (certain || !rows.is_empty()).then_some(Table { rows })
}

/// Skips what stands before the header: a `#TYPE` line, a `sep=;` line of Excel, lines of noise of pac.
fn skip_lead(text: &str) -> (usize, &str) {
    let mut rest = text;
    let mut lines = 0;
    while let Some(line) = rest.lines().next() {
        let lower = line.trim().to_ascii_lowercase();
        let header = lower.contains(',') || lower.contains(';') || lower.contains('\t');
        let lead = lower.is_empty()
            || lower.starts_with("#type")
            || lower.starts_with("sep=")
            || !header
            || lower.starts_with("connected as");
        if !lead {
            break;
        }
        lines += 1;
        rest = rest.split_once('\n').map_or("", |(_, r)| r);
        if lines > 20 {
            break;
        }
    }
    (lines, rest)
}

/// Reads what PowerShell prints without `ConvertTo-Json`: `Key : Value` lines, objects apart by empty lines.
pub fn read_list(text: &str) -> Option<Table> {
    let mut rows: Vec<(usize, Vec<(String, String)>)> = Vec::new();
    let mut open = false;
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let pair = line.split_once(" : ").or_else(|| line.trim_end().strip_suffix(" :").map(|k| (k, "")));
        match pair.filter(|(k, _)| !k.starts_with(' ') && !k.trim().is_empty() && !k.trim().contains(' ')) {
            Some((key, value)) => {
                if !open {
                    rows.push((i + 1, Vec::new()));
                    open = true;
                }
                if let Some((_, pairs)) = rows.last_mut() {
                    pairs.push((key.trim().to_string(), value.trim().to_string()));
                }
            }
            // A long value goes on, indented, in the next line.
            None if open && line.starts_with(' ') => {
                if let Some((_, value)) = rows.last_mut().and_then(|(_, pairs)| pairs.last_mut()) {
                    value.push_str(line.trim());
                }
            }
            None => {}
        }
    }
    let known = |k: &str| k.eq_ignore_ascii_case("EnvironmentName") || k.eq_ignore_ascii_case("EnvironmentId");
    rows.retain(|(_, pairs)| pairs.iter().any(|(k, _)| known(k)));
    (!rows.is_empty()).then(|| Table { rows: rows.into_iter().map(|(i, pairs)| (i, row(pairs.into_iter()))).collect() })
}
