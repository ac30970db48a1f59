//! Finding the JSON in a text that may have other lines before and after it, and in it the list of rows.

use super::broken::{noise, say};
use super::findings::Findings;
use super::formats::Quoted;
use super::lines::Lines;
use super::node::{Node, skipped, squeeze};
use super::object::same_key;
use super::refuse::Refusal;
use super::scan::{Broken, Member, Scan, Value, What};
use super::span::Span;
use super::{OWN_APP, Severity, whole};
use crate::domain::limits::{Limit, Over};
use crate::words::limits;
use std::borrow::Cow;

/// Keys under which lists stand, the first that is one counts.
const LISTS: &[&str] = &["value", "collection", "data", "environments", "items", "objectResult", "results", "backups"];

/// Rows of storage, whatever else stands beside them.
const CAPACITIES: &str = "tenantCapacities";

/// How many places are tried before it is said that there is no JSON.
const TRIES: usize = 12;

/// What a text that is JSON holds.
pub struct Found<'t> {
    pub rows: Vec<Span>,
    /// It is one object, not a list.
    pub single: bool,
    /// What stands beside the list: a map, or [`Node::Null`].
    pub head: Node<'t>,
}

/// What came of a slice of work.
pub enum Progress<'t> {
    More,
    Found(Found<'t>),
    /// A value that is neither a list nor an object.
    Scalar(Node<'t>),
    /// A file of this app.
    Own,
    /// It is JSON, but broken, or too much of it: the finding says where.
    Broken,
    /// There is no JSON in it.
    None,
}

/// The search, in slices.
pub struct ValueSearch<'t> {
    text: &'t str,
    starts: Starts<'t>,
    scan: Option<Scan<'t>>,
    /// Where the value begins that is tried.
    start: usize,
    /// Where the first value begins.
    first: usize,
    /// The rows of the values before, where there is more than one.
    rows: Vec<Span>,
    /// What stands beside the rows of the value before.
    head: Node<'t>,
    /// Whether the values so far are of deleted environments by what stands beside their rows, and whether they differ in that.
    deleted: Option<bool>,
    differ: bool,
    /// The value before, as long as it is the only one.
    alone: Option<Value>,
    /// The pages that are still to come, where the pages of a list stand in a list, and where that ends.
    pages: Option<(std::vec::IntoIter<Span>, usize)>,
    /// Values that were read.
    values: usize,
    /// No place was found: the whole text is tried.
    whole: bool,
    /// What a tool complains of before or after the values.
    pub failure: Option<Quoted>,
}

impl<'t> ValueSearch<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            starts: Starts { lines: Lines::new(text), tried: 0 },
            scan: None,
            start: 0,
            first: 0,
            rows: Vec::new(),
            head: Node::Null,
            deleted: None,
            differ: false,
            alone: None,
            pages: None,
            values: 0,
            whole: false,
            failure: None,
        }
    }

    /// How far it has come, in bytes.
    pub fn at(&self) -> usize {
        self.scan.as_ref().map_or_else(|| self.starts.lines.at(), Scan::at)
    }

    /// Goes on for some `budget` bytes.
    pub fn step(&mut self, budget: usize, findings: &mut Findings) -> Progress<'t> {
        let Some(scan) = &mut self.scan else { return self.seek(budget) };
        match scan.step(budget) {
            None => Progress::More,
            Some(Ok(value)) => {
                let end = scan.at();
                self.ended(value, end, findings)
            }
            // What begins like no JSON at all need not be any. A list of more than is read is one.
            Some(Err(Broken::At(_) | Broken::End)) if self.whole => Progress::None,
            Some(Err(Broken::Over(_, Over { limit: Limit::Text, .. }))) if self.whole => Progress::None,
            Some(Err(broken)) => self.failed(broken, findings),
        }
    }

    /// Looks for the next place at which JSON may begin.
    fn seek(&mut self, budget: usize) -> Progress<'t> {
        match self.starts.next(budget) {
            Seek::More => return Progress::More,
            Seek::At(start) => {
                self.start = start;
                self.first = start;
            }
            // `null`, a list of numbers, a number: JSON, if no inventory.
            Seek::Nothing => {
                self.whole = true;
                self.start = self.text.len() - self.text.trim_start().len();
                self.first = self.start;
            }
        }
        self.scan = Some(Scan::new(self.text, self.start, is_list_key));
        Progress::More
    }

    /// A value has ended: more may follow, as a loop over `ConvertTo-Json` prints them, or lines of noise.
    fn ended(&mut self, value: Value, end: usize, findings: &mut Findings) -> Progress<'t> {
        let rest = self.text.get(end..).unwrap_or_default();
        if self.whole && !rest.trim().is_empty() {
            return Progress::None;
        }
        // Files that were put together each bring their byte-order mark.
        let lead = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        let more = rest.get(lead..).is_some_and(begins);
        if self.values == 0 && self.pages.is_none() && !more && is_of_pages(self.text, &value) {
            let What::List(pages) = value.what else { return Progress::None };
            self.pages = Some((pages.into_iter(), end));
        } else {
            self.values += 1;
            if let Err((at, over)) = self.keep(value, findings) {
                return self.failed(Broken::Over(at, over), findings);
            }
        }
        let next = match &mut self.pages {
            Some((pages, _)) => pages.next().map(Span::from),
            None => more.then_some(end + lead),
        };
        if let Some(start) = next {
            self.start = start;
            self.scan = Some(Scan::new(self.text, start, is_list_key));
            return Progress::More;
        }
        self.failure = noise(self.text, self.first, self.pages.as_ref().map_or(end, |(_, end)| *end), findings);
        match self.alone.take() {
            Some(value) => self.of_one(value, findings),
            // Which rows are of which list is told by nothing in them.
            None if self.differ => {
                Refusal::MixesDeleted.tell(findings);
                Progress::Broken
            }
            None => {
                let rows = std::mem::take(&mut self.rows);
                Progress::Found(Found { rows, single: false, head: std::mem::replace(&mut self.head, Node::Null) })
            }
        }
    }

    /// Keeps what is needed of a value: the first alone as it is, of several only the rows. Several pages of a list are one list.
    fn keep(&mut self, value: Value, findings: &mut Findings) -> Result<(), (usize, Over)> {
        if self.values == 1 {
            self.alone = Some(value);
            return Ok(());
        }
        for value in self.alone.take().into_iter().chain([value]) {
            let mut of_deleted = false;
            let page = match value.what {
                What::List(rows) => Some(rows),
                What::Map(mut members) => {
                    let rows = list_of(self.text, &mut members);
                    if rows.is_some() {
                        self.head = head(self.text, &members, findings);
                        of_deleted = whole::is_of_deleted(&self.head);
                    }
                    rows
                }
                What::Scalar => None,
            };
            self.differ |= self.deleted.replace(of_deleted).is_some_and(|before| before != of_deleted);
            match page {
                Some(rows) => self.rows.extend(rows),
                None => {
                    Limit::Cells.hold(value.values).map_err(|over| (value.span.from(), over))?;
                    self.rows.push(value.span);
                }
            }
        }
        Limit::Rows.hold(self.rows.len()).map_err(|over| (self.start, over))
    }

    fn of_one(&mut self, value: Value, findings: &mut Findings) -> Progress<'t> {
        let text = self.text;
        match value.what {
            What::List(rows) => Progress::Found(Found { rows, single: false, head: Node::Null }),
            What::Scalar => match crate::json::read(value.span.of(text)) {
                Ok(node) => Progress::Scalar(node),
                Err(_) => Progress::None,
            },
            What::Map(mut members) => {
                if is_own(text, &members) {
                    return Progress::Own;
                }
                if let Some(rows) = list_of(text, &mut members) {
                    let head = head(text, &members, findings);
                    return Progress::Found(Found { rows, single: false, head });
                }
                if let Err(over) = Limit::Cells.hold(value.values) {
                    return self.failed(Broken::Over(value.span.from(), over), findings);
                }
                Progress::Found(Found { rows: vec![value.span], single: true, head: Node::Null })
            }
        }
    }

    /// What fails in its first line while another place follows was a line of noise. What fails further on is JSON that is
    /// broken: what stands inside it must not be taken for the whole.
    fn failed(&mut self, broken: Broken, findings: &mut Findings) -> Progress<'t> {
        if let Broken::At(at) = broken
            && self.values == 0
            && !self.text.get(self.start..at).is_some_and(|tried| tried.contains('\n'))
            && self.starts.follow()
        {
            self.scan = None;
            return Progress::More;
        }
        say(self.text, broken, findings);
        Progress::Broken
    }
}

/// The places at which JSON may begin: at an array or object at the start of a line, or at a list of objects inside a line.
struct Starts<'t> {
    lines: Lines<'t>,
    tried: usize,
}

enum Seek {
    More,
    At(usize),
    Nothing,
}

impl<'t> Starts<'t> {
    fn next(&mut self, budget: usize) -> Seek {
        let until = self.lines.at().saturating_add(budget);
        while self.tried < TRIES {
            let from = self.lines.at();
            if from >= until {
                return Seek::More;
            }
            let rest = self.lines.rest();
            let Some((_, line)) = self.lines.next() else { return Seek::Nothing };
            let lead = line.len() - line.trim_start().len();
            let found = if rest.get(lead..).is_some_and(begins) {
                Some(from + lead)
            } else {
                let inner = line.find("[{\"").filter(|i| !line.get(i + 3..).is_some_and(|r| r.starts_with('"')));
                inner.map(|inner| from + inner)
            };
            if let Some(at) = found {
                self.tried += 1;
                return Seek::At(at);
            }
        }
        Seek::Nothing
    }

    /// Whether another place follows.
    fn follow(&self) -> bool {
        let mut ahead = Starts { lines: self.lines, tried: self.tried };
        matches!(ahead.next(usize::MAX), Seek::At(_))
    }
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

/// A key as it is looked up: without case, spaces and underscores. Escapes are opened.
fn key_of<'t>(text: &'t str, member: &Member) -> Cow<'t, str> {
    let raw = member.key.of(text);
    if raw.contains('\\') {
        let quoted = format!("\"{raw}\"");
        return Cow::Owned(squeeze(&crate::json::read::<String>(&quoted).unwrap_or_default()));
    }
    if raw.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'@' | b'#' | b'$')) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(squeeze(raw))
}

fn is_list_key(raw: &[u8]) -> bool {
    let plain = raw.iter().filter(|b| !matches!(b, b' ' | b'_')).map(u8::to_ascii_lowercase);
    LISTS.iter().chain([&CAPACITIES]).any(|known| plain.clone().eq(known.bytes().map(|b| b.to_ascii_lowercase())))
}

fn first<'m>(text: &str, members: &'m [Member], key: &str) -> Option<&'m Member> {
    members.iter().find(|m| same_key(&key_of(text, m), key))
}

fn is_own(text: &str, members: &[Member]) -> bool {
    first(text, members, "app").is_some_and(|m| m.value.of(text).trim_matches('"') == OWN_APP)
}

/// Whether a list holds the pages of another, as a loop that follows `nextLink` puts them together.
fn is_of_pages(text: &str, value: &Value) -> bool {
    let What::List(items) = &value.what else { return false };
    let first_item = items.first().and_then(|item| Scan::new(text, item.from(), is_list_key).step(usize::MAX));
    let Some(Ok(Value { what: What::Map(mut members), .. })) = first_item else { return false };
    let paged = ["value", "collection"].iter().any(|key| first(text, &members, key).is_some());
    paged && list_of(text, &mut members).is_some()
}

/// Takes the list of rows out of an object, where it is one that holds a list.
fn list_of(text: &str, members: &mut Vec<Member>) -> Option<Vec<Span>> {
    let at = |key: &str, members: &[Member]| {
        let found = members.iter().position(|m| same_key(&key_of(text, m), key))?;
        members.get(found).filter(|m| m.rows.is_some()).map(|_| found)
    };
    // `parameters` tell the one rule set that has them, which may have a list of values beside it.
    let identified = ["id", "name", "EnvironmentName", "EnvironmentId", "parameters"];
    let place = at(CAPACITIES, members).or_else(|| {
        if identified.iter().any(|key| first(text, members, key).is_some()) {
            return None;
        }
        LISTS.iter().find_map(|key| at(key, members))
    })?;
    members.remove(place).rows
}

/// What stands beside a list, but for other lists of rows and what no reader looks at.
fn head<'t>(text: &'t str, members: &[Member], findings: &mut Findings) -> Node<'t> {
    let mut beside = Vec::new();
    let mut values = 0;
    for member in members.iter().filter(|m| m.rows.is_none()) {
        let key = key_of(text, member);
        if skipped(&key) {
            continue;
        }
        if let Err(over) = Limit::Cells.hold(values + member.values) {
            findings.add(
                Severity::Warning,
                "",
                &key,
                "",
                format!("left out, because beside the list {over}"),
                limits::help(over),
            );
            continue;
        }
        values += member.values;
        if let Ok(value) = crate::json::read(member.value.of(text)) {
            beside.push((key, value));
        }
    }
    Node::Map(beside.into())
}
