//! Reading one row: values with their findings. What cannot be read is named and left unknown; the row is kept.

use super::cells;
use super::fields::{self, Instant, Zoneless};
use super::findings::Findings;
use super::formats::Format;
use super::node::{Node, open_cut};
use super::says::Cause;
use super::unused::says_nothing;
use super::{Offset, Severity};
use crate::domain::edition::is_choice;
use crate::domain::environment::Kind;
use crate::domain::instants::past;
use crate::domain::service::Offered;
use chrono::{DateTime, Utc};
use std::borrow::Cow;

/// The columns that say whether an environment is managed.
pub const MANAGED: &[&str] = &["IsManaged", "IsManagedEnv", "Managed", "IsManagedEnvironment", "ManagedEnvironment"];

/// What is known while a file is read.
pub struct File {
    pub now: DateTime<Utc>,
    /// East of UTC, for local times in texts.
    pub offset: Offset,
    /// What a time without a zone means in it.
    pub zoneless: Zoneless,
    pub findings: Findings,
    /// Rows in which PowerShell cut something off that would have been read.
    pub cut_rows: usize,
    /// The formats that are tried. Their order decides nothing.
    pub formats: Vec<&'static Format>,
}

impl File {
    /// A file that is read now (UTC).
    pub fn new(now: DateTime<Utc>, offset: Offset) -> Self {
        let (findings, formats) = (Findings::default(), super::formats::FORMATS.to_vec());
        Self { now, offset, zoneless: Zoneless::Utc, findings, cut_rows: 0, formats }
    }
}

/// A field that holds an instant. The readers look it up by this, and the tests put a sentinel into each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateField {
    /// What it is called in findings.
    pub name: &'static str,
    /// The keys under which the known tools print it, the one that counts first.
    pub keys: &'static [&'static str],
    /// Where in a row it can stand: paths such as `properties.retentionDetails`; empty for the row itself.
    pub under: &'static [&'static str],
}

impl DateField {
    /// The value of the field in one of several places: the first that is set. A sentinel in one does not hide the next.
    pub fn find<'p, 'n>(&self, places: &[&'p Node<'n>]) -> Option<&'p Node<'n>> {
        self.found(places, Zoneless::Utc).map(|found| found.node)
    }

    /// As [`DateField::find`], with the key under which it stands. One that tells no instant, such as a date that PowerShell printed for
    /// people, hides none that does.
    fn found<'p, 'n>(&self, places: &[&'p Node<'n>], zoneless: Zoneless) -> Option<DateFound<'p, 'n>> {
        let all = || places.iter().flat_map(|p| self.keys.iter().map(|k| (*k, p.get(k)))).filter(|(_, n)| !n.is_null());
        let read = |(key, node)| DateFound { key, node, says: fields::instant(node, zoneless) };
        // What tells an instant is set.
        let tells = |found: &DateFound<'_, '_>| matches!(found.says, Instant::At(_));
        let first = all().map(read).find(|found| tells(found) || fields::sentinel(found.node).is_none())?;
        if tells(&first) {
            return Some(first);
        }
        all().map(read).find(tells).or(Some(first))
    }

    /// What it is called in findings where it stands under `key`: the whole path where `name` is one, else the key.
    fn called(&self, key: &'static str) -> &'static str {
        if self.name.contains('.') { self.name } else { key }
    }
}

/// A date in a row: under which key it stands, and what it says.
struct DateFound<'p, 'n> {
    key: &'static str,
    node: &'p Node<'n>,
    says: Instant,
}

/// From the earliest instant that a date can mean to the latest, UTC: one and the same where it tells the instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

impl TimeSpan {
    /// The instant, where it is told.
    pub fn exact(self) -> Option<DateTime<Utc>> {
        (self.from == self.to).then_some(self.from)
    }
}

/// One row being read.
pub struct Row<'f> {
    pub file: &'f mut File,
    /// Such as `row 3 (Sales UAT)`.
    pub place: String,
    cut: bool,
}

impl<'f> Row<'f> {
    pub fn new(file: &'f mut File, place: String) -> Self {
        Self { file, place, cut: false }
    }

    pub fn finding(&mut self, severity: Severity, field: &str, value: &str, says: impl Into<String>, help: &str) {
        let place = self.place.clone();
        self.file.findings.add(severity, &place, field, value, says, help);
    }

    /// The value of a key; an object that PowerShell cut off is opened as far as it is there.
    pub fn child<'n>(&mut self, node: &'n Node<'n>, key: &str) -> Cow<'n, Node<'n>> {
        self.open(node.get(key))
    }

    /// As [`Row::child`], of what is an object where it is anything. Something else in its place is said.
    pub fn part<'n>(&mut self, node: &'n Node<'n>, key: &str) -> Cow<'n, Node<'n>> {
        let child = self.child(node, key);
        self.is_part(key, &child);
        child
    }

    /// Says of what should be an object that it is something else.
    pub fn is_part(&mut self, field: &str, node: &Node<'_>) {
        if !matches!(node, Node::Map(_)) && !says_nothing(node) {
            self.tell(field, &node.words().unwrap_or_else(|| "a list".to_string()), &Cause::NoObject);
        }
    }

    pub fn open<'n>(&mut self, node: &'n Node<'n>) -> Cow<'n, Node<'n>> {
        let opened = match node {
            Node::Text(t) => open_cut(t),
            Node::Cut => Some(Node::Cut),
            _ => None,
        };
        match opened {
            Some(node) => {
                self.note_cut();
                Cow::Owned(node)
            }
            None => Cow::Borrowed(node),
        }
    }

    /// The object under a key, also where it is JSON in a cell. A cell that holds something else is said.
    pub fn object<'n>(&mut self, node: &'n Node<'n>, key: &str) -> Cow<'n, Node<'n>> {
        let child = self.child(node, key);
        let Some(text) = child.text().filter(|t| !matches!(*t, "-" | "null")) else { return child };
        let cause = text.starts_with('{').then(|| cells::json(text).err()).flatten();
        self.tell(key, text, &cause.unwrap_or(Cause::NoObject));
        Cow::Owned(Node::Cut)
    }

    /// An amount of storage, which is a number that is not below nothing.
    pub fn amount(&mut self, field: &str, node: &Node<'_>) -> Option<f64> {
        let amount = fields::number(node).filter(|amount| *amount >= 0.0);
        if let (None, Some(value)) = (amount, node.words().filter(|words| words != "-")) {
            self.tell(field, &value, &Cause::NoAmount);
        }
        amount
    }

    fn note_cut(&mut self) {
        if !self.cut {
            self.cut = true;
            self.file.cut_rows += 1;
        }
    }

    /// The instant of a field, in the past, looked for in several places.
    pub fn past_of(&mut self, places: &[&Node<'_>], field: &DateField) -> Option<TimeSpan> {
        let found = field.found(places, self.file.zoneless)?;
        self.past(field.called(found.key), &found)
    }

    /// The instant of a field, which may lie in the future.
    pub fn instant_of(&mut self, places: &[&Node<'_>], field: &DateField) -> Option<TimeSpan> {
        let found = field.found(places, self.file.zoneless)?;
        self.instant(field.called(found.key), &found)
    }

    /// Says something of this row.
    pub fn tell(&mut self, field: &str, value: &str, cause: &Cause) {
        let place = self.place.clone();
        cause.tell(&mut self.file.findings, &place, field, value);
    }

    /// An instant in the past.
    fn past(&mut self, field: &str, found: &DateFound<'_, '_>) -> Option<TimeSpan> {
        let TimeSpan { from, to } = self.instant(field, found)?;
        let now = self.file.now;
        let past = past(from, now).map(|from| TimeSpan { from, to: to.min(now) });
        if past.is_none() {
            self.tell(field, &found.node.words().unwrap_or_default(), &Cause::Future);
        }
        past
    }

    /// An instant.
    fn instant(&mut self, field: &str, found: &DateFound<'_, '_>) -> Option<TimeSpan> {
        // In what PowerShell cut off, dates are printed for people, in nobody knows which time zone.
        let value = || match found.node {
            Node::Map(_) => found.node.first(&["DateTime", "value"]).words().unwrap_or_default(),
            node => node.words().unwrap_or_default(),
        };
        match found.says {
            Instant::Nothing => None,
            Instant::At(at) => Some(TimeSpan { from: at, to: at }),
            Instant::Between(from, to) => {
                self.tell(field, &value(), &Cause::Between(from, to));
                Some(TimeSpan { from, to })
            }
            Instant::Outside => {
                self.tell(field, &value(), &Cause::DateOutside);
                None
            }
            Instant::Ambiguous => {
                self.finding(
                    Severity::Warning,
                    field,
                    &value(),
                    "the order of day and month, or the time zone, of this date cannot be known, so it was left out",
                    "export the list again with `ConvertTo-Json -Depth 10`, which prints dates in UTC",
                );
                None
            }
            Instant::Unreadable => {
                self.finding(
                    Severity::Warning,
                    field,
                    &value(),
                    "this is no date and was left out",
                    "export the list again, or answer the question about it in the app",
                );
                None
            }
        }
    }

    /// A retention setting in days (K2). A period that is none of the choices was printed all the same: `offered` keeps it (K15).
    pub fn retention(&mut self, field: &str, node: &Node<'_>) -> Option<u32> {
        let raw = match node {
            Node::Null | Node::Cut => return None,
            // The object that PowerShell makes of a period.
            Node::Map(_) => node.first(&["TotalDays", "Days"]).words().unwrap_or_else(|| "an object".to_string()),
            Node::List(_) => "a list".to_string(),
            _ => node.words()?,
        };
        match fields::days(&raw) {
            Some(days) if is_choice(days) => Some(days),
            Some(days) => {
                self.tell(field, &raw, &Cause::NoSetting { days });
                None
            }
            None => {
                self.tell(field, &raw, &Cause::NoPeriod);
                None
            }
        }
    }

    /// What the service offers to restore (K14, K15): from when, and the period that it prints beside it.
    pub fn offered(&mut self, from: &Node<'_>, since: Option<DateTime<Utc>>, period: &Node<'_>) -> Option<Offered> {
        let period_days = period.words().and_then(|raw| fields::days(&raw)).filter(|days| *days > 0);
        match (since, period_days) {
            // The year 1 beside no period says something: nothing is offered yet.
            (None, None) => (fields::sentinel(from) == Some(fields::Sentinel::YearOne) && period.is_null())
                .then_some(Offered { from: None, period_days: None }),
            (None, Some(_)) => None,
            (from, period_days) => Some(Offered { from, period_days }),
        }
    }

    /// A kind. `NotSpecified` says nothing.
    pub fn kind(&mut self, field: &str, node: &Node<'_>, is_default: bool) -> Option<Kind> {
        if is_default {
            return Some(Kind::Default);
        }
        let raw = node.words()?;
        let raw = raw.as_str();
        if ["notspecified", "none", "unknown", "-"].iter().any(|w| raw.eq_ignore_ascii_case(w)) {
            return None;
        }
        if !matches!(node, Node::Text(_)) {
            self.tell(field, raw, &Cause::NoKind);
            return None;
        }
        let kind = Kind::read(raw);
        if matches!(kind, Kind::Other(_)) {
            self.finding(
                Severity::Note,
                field,
                raw,
                "the documentation does not name this kind: it is kept and shown, and is never eligible",
                "",
            );
        }
        Some(kind)
    }

    /// Managed or not, from a protection level.
    pub fn protection(&mut self, field: &str, node: &Node<'_>) -> Option<bool> {
        let raw = node.words()?;
        let raw = raw.as_str();
        match raw.to_ascii_lowercase().as_str() {
            "standard" => Some(true),
            "basic" => Some(false),
            "notspecified" | "unknown" | "none" => None,
            _ => {
                self.finding(
                    Severity::Warning,
                    field,
                    raw,
                    "this protection level is not known, so whether the environment is managed is left unknown",
                    "answer the question about Managed Environments in the app",
                );
                None
            }
        }
    }

    /// Managed or not, from a column that says yes or no; whoever made it may have put the protection level there.
    pub fn managed(&mut self, field: &str, node: &Node<'_>) -> Option<bool> {
        let level = node.text().is_some_and(|t| ["standard", "basic"].iter().any(|l| t.eq_ignore_ascii_case(l)));
        if level { self.protection(field, node) } else { self.flag(field, node) }
    }

    /// A yes or no.
    pub fn flag(&mut self, field: &str, node: &Node<'_>) -> Option<bool> {
        match node {
            Node::Null | Node::Cut => None,
            Node::Text(_) if node.text().is_none_or(|t| t == "-") => None,
            _ => {
                let flag = fields::yes_no(node);
                if flag.is_none() {
                    let value = node.words().unwrap_or_default();
                    self.finding(
                        Severity::Warning,
                        field,
                        &value,
                        "this is neither yes nor no and was left out",
                        "answer the question about it in the app",
                    );
                }
                flag
            }
        }
    }
}
