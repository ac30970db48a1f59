//! Text tables and `Key : Value` lists, turned into rows of nodes one at a time, so that the same readers serve them. CSV stands
//! beside it ([`super::csv`]).

mod key_values;
mod loose;

use super::csv::Csv;
use super::fields::{LocalDate, is_environment_id, is_guid};
use super::findings::Findings;
use super::formats::Quoted;
use super::lines::Lines;
use super::node::{Node, squeeze};
use super::work::look;
use super::{Form, Severity};
use crate::domain::environment::Kind;
use crate::domain::limits::{Limit, Over};
use key_values::{KeyValues, is_identity, pair};
use loose::{Loose, Misfits, named, telling};
use std::borrow::Cow;

/// A table in a text.
pub struct Table<'t> {
    pub form: Form,
    rows: Rows<'t>,
}

enum Rows<'t> {
    /// Under a header that is known.
    Text(TextTable<'t>),
    /// Without such a header: the lines that name an environment, and its address or its kind.
    Loose(Loose<'t>),
    List(KeyValues<'t>),
    Csv(Csv<'t>),
}

/// What comes next in a table.
pub enum Step<'t> {
    /// A row, with its line.
    Row(usize, Node<'t>),
    /// Nothing yet: a line that is no row.
    Skipped,
    End,
}

/// What comes next, or too much of something in this line.
pub type Next<'t> = Result<Step<'t>, (usize, Over)>;

impl<'t> Table<'t> {
    pub fn next(&mut self) -> Next<'t> {
        match &mut self.rows {
            Rows::Text(text) => text.next(),
            Rows::Loose(loose) => loose.next(),
            Rows::List(list) => list.next(),
            Rows::Csv(csv) => csv.next(),
        }
    }

    /// How far it has come, in bytes.
    pub fn at(&self) -> usize {
        match &self.rows {
            Rows::Text(TextTable { lines, .. })
            | Rows::Loose(Loose { lines, .. })
            | Rows::List(KeyValues { lines, .. }) => lines.at(),
            Rows::Csv(csv) => csv.at(),
        }
    }

    /// Whether rows could not be told apart and were left out.
    pub fn lost(&self) -> bool {
        match &self.rows {
            Rows::Text(TextTable { misfits, .. }) | Rows::Loose(Loose { misfits, .. }) => misfits.named,
            Rows::List(_) => false,
            Rows::Csv(csv) => csv.lost(),
        }
    }

    /// What a tool complains of in lines beside the rows.
    pub fn failure(&mut self) -> Option<Quoted> {
        match &mut self.rows {
            Rows::Text(TextTable { misfits, .. }) | Rows::Loose(Loose { misfits, .. }) => misfits.failure.take(),
            Rows::List(list) => list.failure.take(),
            Rows::Csv(csv) => csv.failure.take(),
        }
    }

    /// What is to be said when the last row was given.
    pub fn finish(self, findings: &mut Findings) {
        match self.rows {
            Rows::Text(TextTable { misfits, .. }) => misfits.finish(findings),
            Rows::Loose(Loose { misfits, .. }) => {
                findings.file(
                    Severity::Note,
                    "the titles of this table are not known, so its lines were read by the ids and addresses in them",
                    "compare the names and kinds with your list",
                );
                misfits.finish(findings);
            }
            Rows::Csv(csv) => csv.finish(findings),
            Rows::List(_) => {}
        }
    }
}

/// Looking for the table in a text, in slices: one walk over its lines decides.
pub struct TableSearch<'t> {
    text: &'t str,
    lines: Lines<'t>,
    /// Before the first line that names an environment.
    loose: Option<Lines<'t>>,
    /// One of them has an address.
    addressed: bool,
    /// Before the first object of a list that names an environment.
    list: Option<Lines<'t>>,
    /// Before the object of a list that is open.
    object: Option<Lines<'t>>,
}

impl<'t> TableSearch<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, lines: Lines::new(text), loose: None, addressed: false, list: None, object: None }
    }

    pub fn at(&self) -> usize {
        self.lines.at()
    }

    /// Goes on for some `budget` bytes. `None`: there is more to come; `Some(None)`: there is no table.
    pub fn step(&mut self, budget: usize) -> Option<Option<Table<'t>>> {
        let until = self.lines.at().saturating_add(budget);
        while self.lines.at() < until {
            let before = self.lines;
            let Some((_, line)) = self.lines.next() else { return Some(self.found()) };
            if line.trim().is_empty() {
                self.object = None;
                continue;
            }
            // What is longer is no header and no row.
            if Limit::Line.hold(line.len()).is_err() {
                continue;
            }
            if is_header(line) {
                return Some(Some(Table { form: Form::Text, rows: Rows::Text(TextTable::new(line, self.lines)) }));
            }
            // Columns between strokes, as those of Markdown, have titles of their own.
            if !self.addressed && !line.trim_start().starts_with('|') {
                let row = telling(line);
                self.addressed = row.as_ref().is_some_and(|row| row.has("EnvironmentUrl"));
                // A line of a table, in which columns stand apart.
                if row.is_some() || (["\t", "  "].iter().any(|gap| line.contains(gap)) && named(line)) {
                    self.loose.get_or_insert(before);
                }
            }
            if self.list.is_none()
                && let Some((key, _)) = pair(line)
            {
                let object = *self.object.get_or_insert(before);
                if is_identity(key) {
                    self.list = Some(object);
                }
            }
        }
        None
    }

    fn found(&self) -> Option<Table<'t>> {
        // Lines of anything may have an id and a word in them.
        if let Some(lines) = self.loose.filter(|_| self.addressed) {
            return Some(Table { form: Form::Text, rows: Rows::Loose(Loose { lines, misfits: Misfits::default() }) });
        }
        if let Some(lines) = self.list {
            return Some(Table { form: Form::List, rows: Rows::List(KeyValues { lines, failure: None }) });
        }
        Csv::open(self.text).map(|csv| Table { form: Form::Csv, rows: Rows::Csv(csv) })
    }
}

/// Column headers of the tables that pac prints, longest first.
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

/// The text table of `pac admin list`, `pac env list` or `pac admin list-backups`.
struct TextTable<'t> {
    lines: Lines<'t>,
    /// Where each column begins, in UTF-16 units (in which .NET pads), and its key.
    columns: Vec<(usize, String)>,
    backups: bool,
    misfits: Misfits,
}

impl<'t> TextTable<'t> {
    fn new(header: &'t str, lines: Lines<'t>) -> Self {
        let columns: Vec<_> = columns(header).into_iter().map(|(at, title)| (at, squeeze(title))).collect();
        let backups = columns.iter().any(|(_, key)| key.eq_ignore_ascii_case("PointDate"));
        Self { lines, columns, backups, misfits: Misfits::default() }
    }

    fn next(&mut self) -> Next<'t> {
        let Some((number, line)) = self.lines.next() else { return Ok(Step::End) };
        if line.trim().chars().all(|c| matches!(c, '-' | ' ' | '=')) {
            return Ok(Step::Skipped);
        }
        Limit::Line.hold(line.len()).map_err(|over| (number, over))?;
        if is_header(line) {
            // Another table stands below the first.
            *self = Self { misfits: std::mem::take(&mut self.misfits), ..Self::new(line, self.lines) };
            return Ok(Step::Skipped);
        }
        // Cells by the positions of the headers; where a long name pushed them aside, by what they look like.
        let keys = self.columns.iter().map(|(_, key)| Cow::Owned(key.clone()));
        let cells = |cells: Vec<&'t str>| {
            Node::Map(keys.zip(cells.into_iter().map(|cell| Node::Text(Cow::Borrowed(cell)))).collect())
        };
        let node = slice(line, &self.columns).map(cells).filter(|node| fits(node, self.backups));
        let node = node.or_else(|| by_content(line, self.backups));
        Ok(match node {
            Some(node) => Step::Row(number, node),
            None => {
                self.misfits.line(number, line);
                Step::Skipped
            }
        })
    }
}

/// A header names an id and at least one other known column, and holds no id itself.
fn is_header(line: &str) -> bool {
    if line.contains('|') {
        return false;
    }
    let titles: Vec<String> = columns(line).iter().map(|(_, t)| squeeze(t).to_ascii_lowercase()).collect();
    let has = |names: &[&str]| titles.iter().any(|t| names.contains(&t.as_str()));
    Limit::Keys.hold(titles.len()).is_ok()
        && ((has(&["environmentid"]) && titles.len() >= 2) || (has(&["id"]) && has(&["label", "pointdate"])))
}

/// The columns of a header line: where each begins, in UTF-16 units, and its title. One more than are read at the most.
fn columns(line: &str) -> Vec<(usize, &str)> {
    look(line.len());
    let mut found = Vec::new();
    let mut at = 0;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            at += c.len_utf16();
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        if found.len() > Limit::Keys.most() {
            break;
        }
        // A known title, else everything up to two spaces.
        let known = HEADERS.iter().find(|h| {
            rest.get(..h.len()).is_some_and(|r| r.eq_ignore_ascii_case(h))
                && rest.get(h.len()..).is_some_and(|r| r.is_empty() || r.starts_with(' ') || r.starts_with('\t'))
        });
        let len = known.map_or_else(|| rest.find("  ").unwrap_or(rest.trim_end().len()), |h| h.len());
        let title = rest.get(..len).unwrap_or(rest);
        found.push((at, title.trim()));
        at += title.encode_utf16().count();
        rest = rest.get(len..).unwrap_or_default();
    }
    found
}

/// The cells of a line under the columns; `None` where a column begins inside a word, which would be cut then.
fn slice<'t>(line: &'t str, columns: &[(usize, String)]) -> Option<Vec<&'t str>> {
    look(line.len() + columns.len());
    // Where each column begins in bytes: all before the second belongs to the first.
    let mut ends = Vec::with_capacity(columns.len());
    let mut next = columns.iter().skip(1).map(|(start, _)| *start).peekable();
    let mut at = 0;
    let mut before = ' ';
    for (byte, c) in line.char_indices() {
        while next.next_if(|start| *start <= at).is_some() {
            if !before.is_whitespace() && !c.is_whitespace() {
                return None;
            }
            ends.push(byte);
        }
        at += c.len_utf16();
        before = c;
    }
    ends.resize(columns.len(), line.len());
    let mut from = 0;
    let cell = |to| {
        let cell = line.get(from..to).unwrap_or_default().trim();
        from = to;
        cell
    };
    Some(ends.into_iter().map(cell).collect())
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

/// Where the id of the environment stands among the words of a line. A name may hold an id as well, such as that of another environment:
/// the one before an address is meant; without an address, the only one, or that behind which a kind and the organization follow.
fn id_among(words: &[&str]) -> Option<usize> {
    let ids: Vec<usize> = words.iter().enumerate().filter(|(_, w)| is_environment_id(w)).map(|(at, _)| at).collect();
    if let Some(address) = words.iter().position(|w| w.starts_with("http")) {
        return ids.into_iter().rfind(|at| *at < address);
    }
    match ids.as_slice() {
        [only] => Some(*only),
        [first, last] if last + 1 == words.len() => {
            let between = words.get(first + 1..*last).unwrap_or_default().join(" ");
            Kind::NAMED.contains(&Kind::read(&between)).then_some(*first)
        }
        _ => None,
    }
}

/// Reads a line without columns: by the ids, addresses and dates in it.
fn by_content(line: &str, backups: bool) -> Option<Node<'_>> {
    look(line.len());
    let words: Vec<&str> = line.split_whitespace().collect();
    let id_at = if backups { words.iter().position(|w| is_guid(w)) } else { id_among(&words) }?;
    let id = *words.get(id_at)?;
    let before = words.get(..id_at)?;
    let after = words.get(id_at + 1..)?;
    let text = |value: String| Node::Text(Cow::Owned(value));
    let key = |key: &'static str| Cow::Borrowed(key);
    if backups {
        // … Id, Label, Expiry (date and time), Point Date (date and time).
        let dates: Vec<usize> = after
            .iter()
            .enumerate()
            .filter(|(i, _)| after.get(*i..=i + 1).is_some_and(|w| LocalDate::parse(&w.join(" ")).is_some()))
            .map(|(i, _)| i)
            .collect();
        let [.., expiry, point] = dates.as_slice() else { return None };
        let stamp = |from: usize, to: usize| text(after.get(from..to).map(|w| w.join(" ")).unwrap_or_default());
        return Some(Node::Map(
            vec![
                (key("Id"), Node::Text(Cow::Borrowed(id))),
                (key("Label"), stamp(0, *expiry)),
                (key("Expiry"), stamp(*expiry, *point)),
                (key("PointDate"), stamp(*point, after.len())),
            ]
            .into(),
        ));
    }
    let name = before.iter().skip_while(|w| **w == "*").copied().collect::<Vec<_>>().join(" ");
    let address = after.iter().find(|w| w.starts_with("http")).copied();
    let organization = after.iter().rev().find(|w| is_guid(w)).copied();
    let kind: Vec<&str> = after.iter().filter(|w| !w.starts_with("http") && !is_guid(w)).copied().collect();
    let framed = address.is_some() && organization.is_some();
    let mut pairs = vec![(key("EnvironmentId"), Node::Text(Cow::Borrowed(id))), (key("Environment"), text(name))];
    pairs.extend(address.map(|a| (key("EnvironmentUrl"), Node::Text(Cow::Borrowed(a)))));
    pairs.extend(organization.map(|o| (key("OrganizationId"), Node::Text(Cow::Borrowed(o)))));
    // A unique name such as `unq…` of `pac env list` is no kind; what stands between an address and an organization is one.
    let kind = kind.join(" ");
    if (framed && !kind.is_empty()) || Kind::NAMED.contains(&Kind::read(&kind)) {
        pairs.push((key("Type"), text(kind)));
    }
    Some(Node::Map(pairs.into()))
}
