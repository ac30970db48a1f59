//! Reading one row: values with their findings. What cannot be read is named and left unknown; the row is kept.

use super::fields::{self, Instant};
use super::findings::Findings;
use super::node::{Node, open_cut};
use super::{Offset, Severity};
use crate::domain::edition::RETENTION_CHOICES;
use crate::domain::environment::{Activity, Kind, Operation, Region, RuntimeState, ServiceReason};
use chrono::{DateTime, TimeDelta, Utc};
use std::borrow::Cow;

/// What is known while a file is read.
pub struct File {
    pub now: DateTime<Utc>,
    /// East of UTC, for local times in texts.
    pub offset: Offset,
    pub findings: Findings,
    /// Rows in which PowerShell cut something off that would have been read.
    pub cut_rows: usize,
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

    fn note_cut(&mut self) {
        if !self.cut {
            self.cut = true;
            self.file.cut_rows += 1;
        }
    }

    /// An instant in the past.
    pub fn past(&mut self, field: &str, node: &Node<'_>) -> Option<DateTime<Utc>> {
        let at = self.instant(field, node)?;
        // A clock that runs a little ahead is no reason to doubt.
        let latest = self.file.now.checked_add_signed(TimeDelta::minutes(10)).unwrap_or(self.file.now);
        if at > latest {
            let value = node.words().unwrap_or_default();
            self.finding(
                Severity::Warning,
                field,
                &value,
                "this instant lies in the future and was left out",
                "check the clock of this computer and export the list again",
            );
            return None;
        }
        Some(at.min(self.file.now))
    }

    /// An instant.
    pub fn instant(&mut self, field: &str, node: &Node<'_>) -> Option<DateTime<Utc>> {
        // In what PowerShell cut off, dates are printed for people, in nobody knows which time zone.
        let value = match node {
            Node::Map(_) => node.first(&["DateTime", "value"]).words().unwrap_or_default(),
            _ => node.words().unwrap_or_default(),
        };
        match fields::instant(node, true) {
            Instant::Nothing => None,
            Instant::At(at) => Some(at),
            Instant::Ambiguous => {
                self.finding(
                    Severity::Warning,
                    field,
                    &value,
                    "the order of day and month, or the time zone, of this date cannot be known, so it was left out",
                    "export the list again with `ConvertTo-Json -Depth 10`, which prints dates in UTC",
                );
                None
            }
            Instant::Unreadable => {
                self.finding(
                    Severity::Warning,
                    field,
                    &value,
                    "this is no date and was left out",
                    "export the list again, or answer the question about it in the app",
                );
                None
            }
        }
    }

    /// A retention setting in days (K2).
    pub fn retention(&mut self, field: &str, node: &Node<'_>) -> Option<u32> {
        let raw = match node {
            Node::Null | Node::Cut => return None,
            _ => node.words()?,
        };
        match fields::days(&raw) {
            Some(days) if RETENTION_CHOICES.contains(&days) => Some(days),
            Some(_) => {
                self.finding(
                    Severity::Warning,
                    field,
                    &raw,
                    "this is no retention setting and was left out",
                    "the setting is one of 7, 14, 21 or 28 days; look it up in the admin center and answer the question in the app",
                );
                None
            }
            None => {
                self.finding(
                    Severity::Warning,
                    field,
                    &raw,
                    "this period cannot be read and was left out",
                    "periods look like `P7D` or `7.00:00:00`; export the list again, or answer the question in the app",
                );
                None
            }
        }
    }

    /// A kind. `NotSpecified` says nothing.
    pub fn kind(&mut self, field: &str, node: &Node<'_>, is_default: bool) -> Option<Kind> {
        if is_default {
            return Some(Kind::Default);
        }
        let raw = node.text()?;
        if ["notspecified", "none", "unknown", "-"].iter().any(|w| raw.eq_ignore_ascii_case(w)) {
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
        let raw = node.text()?;
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

    /// A yes or no.
    pub fn flag(&mut self, field: &str, node: &Node<'_>) -> Option<bool> {
        match node {
            Node::Null | Node::Cut => None,
            Node::Text(_) if node.text().is_none() => None,
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

    /// What the words of the service about an environment's state say about an operation that occupies it (T9).
    /// `None`: they say nothing.
    pub fn activity(&mut self, words: &[(&str, &Node<'_>)]) -> Option<Option<Activity>> {
        let mut idle = None;
        for (field, node) in words {
            let Some(word) = node.text() else { continue };
            match operation(word) {
                Said::Nothing => {}
                Said::Idle => idle = Some(None),
                Said::Busy(what) => return Some(Some(Activity { what, since: None })),
                Said::Unknown => {
                    let word = word.to_string();
                    self.finding(
                        Severity::Note,
                        field,
                        &word,
                        "this state is not known; nothing was concluded from it",
                        "",
                    );
                }
            }
        }
        idle
    }
}

enum Said {
    Nothing,
    Idle,
    Busy(Operation),
    Unknown,
}

fn operation(word: &str) -> Said {
    let squeezed: String = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match squeezed.as_str() {
        "" | "notspecified" | "none" | "unknown" => Said::Nothing,
        "ready" | "succeeded" | "enabled" | "disabled" | "adminmode" | "administrationmode" | "active"
        | "suspended" => Said::Idle,
        "failed" | "softdeleted" | "deleted" => Said::Nothing,
        "restoring" | "restorepending" | "restoreinprogress" => Said::Busy(Operation::Restoring),
        "copying" | "copypending" | "copyinprogress" => Said::Busy(Operation::Copying),
        "converting" | "switching" | "promoting" => Said::Busy(Operation::Switching),
        "recovering" => Said::Busy(Operation::Recovering),
        // Each of these the service prints itself while it works; they occupy the environment just as well.
        "preparing"
        | "preparinginstance"
        | "creating"
        | "provisioning"
        | "provisioninginstance"
        | "linkeddatabaseprovisioning"
        | "accepted"
        | "updating"
        | "resetting"
        | "deleting"
        | "moving"
        | "migrating"
        | "upgrading"
        | "backingup"
        | "enabling"
        | "disabling"
        | "running"
        | "inprogress" => Said::Busy(Operation::Other(word.to_string())),
        _ => Said::Unknown,
    }
}

/// Whether a state says that the environment is deleted.
pub fn says_deleted(node: &Node<'_>) -> bool {
    node.text().is_some_and(|w| {
        let squeezed: String = w.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        matches!(squeezed.as_str(), "softdeleted" | "deleted")
    })
}

/// A geography. Some sources print a short code; only the unmistakable ones are translated.
pub fn region(node: &Node<'_>) -> Option<Region> {
    let raw = node.text()?;
    if raw == "-" {
        return None;
    }
    let long = match raw.to_ascii_lowercase().as_str() {
        "us" | "nam" => "unitedstates",
        "eu" | "eur" => "europe",
        "uk" | "gbr" => "unitedkingdom",
        _ => raw,
    };
    Some(Region::new(long))
}

/// The state of the runtime, where it is a state at all.
pub fn runtime(node: &Node<'_>) -> Option<RuntimeState> {
    let raw = node.text()?;
    (!raw.eq_ignore_ascii_case("notspecified")).then(|| RuntimeState::from(raw.to_string()))
}

/// The service's own reasons, kept as evidence.
pub fn service_reasons(node: &Node<'_>) -> Vec<ServiceReason> {
    let of = |key: &str, allowed: bool| -> Vec<ServiceReason> {
        let items = node.get(key).list().unwrap_or_default();
        items
            .iter()
            .filter_map(|item| {
                let operation = item.at("type.id").text().or_else(|| item.get("type").text())?.to_string();
                let message = item.at("reason.message").text().or_else(|| item.at("reason.type").text());
                Some(ServiceReason { operation, allowed, message: message.unwrap_or_default().to_string() })
            })
            .collect()
    };
    let mut reasons = of("allowedOperations", true);
    reasons.extend(of("disallowedOperations", false));
    reasons
}

/// Megabytes of the database, from an expanded `capacity`.
pub fn database_mb(node: &Node<'_>) -> Option<f64> {
    let database = node
        .list()?
        .iter()
        .find(|c| c.get("capacityType").text().is_some_and(|t| t.eq_ignore_ascii_case("Database")))?;
    let amount = database.first(&["actualConsumption", "ratedConsumption"]).number()?;
    megabytes(amount, database.first(&["capacityUnit", "capacityUnits"]).text())
}

/// An amount in megabytes of 1024 kilobytes (D12); `None` for a unit that is no storage.
pub fn megabytes(amount: f64, unit: Option<&str>) -> Option<f64> {
    let factor = match unit.unwrap_or("MB").to_ascii_uppercase().as_str() {
        "MB" | "MEGABYTE" | "MEGABYTES" => 1.0,
        "GB" | "GIGABYTE" | "GIGABYTES" => 1024.0,
        "TB" => 1024.0 * 1024.0,
        "KB" => 1.0 / 1024.0,
        "B" | "BYTES" => 1.0 / (1024.0 * 1024.0),
        _ => return None,
    };
    Some(amount * factor).filter(|mb| mb.is_finite() && *mb >= 0.0)
}
