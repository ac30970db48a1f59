//! What single words and objects of the services mean: states, geographies, reasons, sizes.

use super::Severity;
use super::fields::{self, Instant};
use super::node::Node;
use super::row::DateField;
use super::row::{Row, TimeSpan};
use super::says::Cause;
use crate::domain::environment::{Activity, Deletion, Operation, Region, RuntimeState, ServiceReason};
use crate::domain::instants::past;
use crate::domain::inventory::Observation;
use chrono::{DateTime, SecondsFormat, Utc};

impl Row<'_> {
    /// What the words of the service about an environment's state say about an operation that occupies it (T9).
    /// `None`: they say nothing.
    pub fn activity(&mut self, words: &[(&str, &Node<'_>)]) -> Option<Option<Activity>> {
        let mut idle = None;
        // Beside a word that is not known, or one that was cut off, another that sounds idle proves nothing.
        let mut unsure = false;
        for (field, node) in words {
            unsure |= **node == Node::Cut;
            let Some(word) = node.text() else { continue };
            match operation(word) {
                Said::Nothing => {}
                Said::Failed => self.tell(field, word, &Cause::Failed),
                Said::Idle => idle = Some(None),
                Said::Busy(what) => return Some(Some(Activity { what, since: None, seen: None })),
                Said::Unknown => {
                    unsure = true;
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
        idle.filter(|_| !unsure)
    }
}

/// What a word of a state says.
pub enum Said {
    Nothing,
    Idle,
    Busy(Operation),
    /// Nothing runs for that, and nothing is well either.
    Failed,
    Unknown,
}

pub fn operation(word: &str) -> Said {
    let squeezed: String = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match squeezed.as_str() {
        "" | "notspecified" | "none" | "unknown" => Said::Nothing,
        "ready" | "succeeded" | "enabled" | "disabled" | "adminmode" | "administrationmode" | "active"
        | "suspended" => Said::Idle,
        "failed" => Said::Failed,
        "softdeleted" | "deleted" => Said::Nothing,
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

/// Whether a path, an address, a type or a command is of a list of deleted environments: the one that the cmdlet's rows name, or the one
/// that is asked for them.
pub fn of_deleted(node: &Node<'_>) -> bool {
    const LISTS: [&str; 3] = ["deletedenvironments", "softdeletedenvironments", "adminpowerappsoftdeletedenvironment"];
    let is = |part: &[u8]| LISTS.iter().any(|list| part.eq_ignore_ascii_case(list.as_bytes()));
    node.text().is_some_and(|t| t.as_bytes().split(|b| !b.is_ascii_alphanumeric()).any(is))
}

impl Row<'_> {
    /// Whether and when an environment was deleted, for every format. A time in the past says both. What is called deleted without one
    /// was deleted at some time between the last proof of its life and now; that is said. A time in the future says nothing, which is
    /// said as well. A row under an address of deleted environments ([`of_deleted`]) is called deleted by that. `seen`: what the row
    /// says otherwise.
    pub fn deletion(
        &mut self,
        places: &[&Node<'_>],
        field: &DateField,
        says_deleted: bool,
        seen: &Observation,
    ) -> Option<Deletion> {
        let now = self.file.now;
        let listed = |place: &&Node<'_>| of_deleted(place.get("id")) || of_deleted(place.get("type"));
        let says_deleted = says_deleted || places.iter().any(listed);
        let told = self.instant_of(places, field);
        // A date that cannot be read is one all the same: nothing living has been given one.
        let says_deleted = says_deleted || (told.is_none() && field.find(places).is_some_and(is_some_date));
        match told.map(|when| past(when.from, now).map(|from| (from, when)).ok_or(when.from)) {
            Some(Ok((at, when))) if when.exact().is_some() => return Some(at.into()),
            Some(Ok((from, when))) => {
                let alive = last_life(seen, now).filter(|at| *at <= when.to);
                return Some(Deletion::between(alive.max(Some(from)), when.to.min(now)));
            }
            Some(Err(at)) => {
                let value = at.to_rfc3339_opts(SecondsFormat::Secs, true);
                self.tell(field.name, &value, &Cause::DeletedLater { says_deleted });
            }
            None if says_deleted => self.tell(field.name, "", &Cause::DeletedAtSomeTime),
            None => {}
        }
        says_deleted.then(|| at_some_time(seen, now))
    }
}

/// Whether it is a date, be it in a form that tells no instant: `29.05.2026`, or a number of days or milliseconds.
fn is_some_date(node: &Node<'_>) -> bool {
    let counted = || fields::number(node).is_some_and(|n| n > 0.0);
    fields::instant(node, fields::Zoneless::Local) == Instant::Ambiguous || counted()
}

/// When what is called deleted at `called` (UTC) can have been deleted.
pub fn at_some_time(seen: &Observation, called: DateTime<Utc>) -> Deletion {
    Deletion::between(last_life(seen, called), called)
}

/// The last proof that it lived, of what a row that was read at `called` (UTC) says.
fn last_life(seen: &Observation, called: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let offered = seen.offered.and_then(|offered| offered.from).filter(|from| *from <= called);
    [seen.alive, seen.created, seen.database_since, seen.oldest_backup, offered].into_iter().flatten().max()
}

/// When it was created, and since when and until when it surely was there, by what happened to it `later`. A date that is not told to
/// the instant proves that it existed at the latest that it can mean, and that it still lived at the earliest.
pub fn lived(seen: &mut Observation, created: Option<TimeSpan>, later: &[Option<TimeSpan>]) {
    seen.created = created.and_then(TimeSpan::exact);
    let later = || later.iter().flatten();
    seen.existed_by = later().chain(&created).map(|told| told.to).min();
    let begun = created.filter(|told| told.exact().is_none());
    seen.alive = later().chain(&begun).map(|told| told.from).max();
}

/// Whether one of the templates that it was made from is of a Dynamics 365 app (`D365_…`). The sample apps of Dataverse are none.
pub fn dynamics_template(places: &[&Node<'_>]) -> bool {
    const SAMPLES: &str = "D365_CDSSampleApp";
    let named =
        |t: &str| t.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("D365_")) && !t.eq_ignore_ascii_case(SAMPLES);
    let bears = |n: &Node<'_>| n.text().is_some_and(named);
    places.iter().flat_map(|p| [p.get("templates"), p.get("template")]).any(|n| match n {
        Node::List(items) => items.iter().any(|i| bears(i) || bears(i.first(&["id", "name"]))),
        Node::Map(_) => bears(n.first(&["id", "name"])),
        other => bears(other),
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

/// Whether a region is that of a data center, such as `westeurope`, which only lies in a geography.
pub fn is_data_center(region: &Region) -> bool {
    const PARTS: [&str; 5] = ["east", "west", "north", "south", "central"];
    !region.is_named() && PARTS.iter().any(|part| region.as_str().contains(part))
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
pub fn database_mb(r: &mut Row<'_>, node: &Node<'_>) -> Option<f64> {
    let now = r.file.now;
    let database = node
        .list()?
        .iter()
        .find(|c| c.get("capacityType").text().is_some_and(|t| t.eq_ignore_ascii_case("Database")))?;
    for key in ["actualConsumption", "ratedConsumption"] {
        r.amount(&format!("capacity.{key}"), database.get(key));
    }
    let of = |key: &str, own: &str| match measured(database, key, &[own, "updatedOn"], now) {
        Measured::At(amount) => Some(Some(amount)),
        Measured::Never => Some(None),
        Measured::Unsaid => None,
    };
    let amount = of("actualConsumption", "actualUpdatedOn").or_else(|| of("ratedConsumption", "ratedUpdatedOn"))??;
    megabytes(amount, database.first(&["capacityUnit", "capacityUnits"]).text())
}

/// An amount of storage as a service prints it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measured {
    Unsaid,
    /// Nothing, and no date of the past says when: that is not nothing used.
    Never,
    /// In the unit that stands beside it.
    At(f64),
}

/// The amount under `key`, measured at the first of `dates` that is there. A service that has not measured yet prints nothing used, so
/// that counts only as of a date that is not after `now` (UTC); an amount proves by itself that it was measured.
pub fn measured(place: &Node<'_>, key: &str, dates: &[&str], now: DateTime<Utc>) -> Measured {
    let date = || fields::instant(place.first(dates), fields::Zoneless::Utc);
    let dated = || matches!(date(), Instant::At(at) | Instant::Between(at, _) if at <= now);
    match fields::number(place.get(key)) {
        None => Measured::Unsaid,
        Some(0.0) if !dated() => Measured::Never,
        Some(amount) => Measured::At(amount),
    }
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
