//! What the admin API says of the future and the present of an environment: ends, schedules, running operations, and its link to
//! finance and operations.

use super::Severity;
use super::address;
use super::fields;
use super::node::Node;
use super::row::{DateField, Row, TimeSpan};
use super::says::Cause;
use super::states::{self, Said};
use super::unused::says_nothing;
use crate::domain::environment::{Activity, Kind, Operation};
use crate::domain::order::Order as _;
use crate::domain::service::{Announced, Ending, FinanceLink};

/// When a trial ends.
pub const EXPIRES: DateField =
    DateField { name: "expirationTime", keys: &["expirationTime", "expirationDateTime"], under: &["properties"] };
/// When something that is scheduled comes. No public source names the key; each of these is taken.
pub const SCHEDULED: DateField = DateField {
    name: "scheduledLifecycleOperations",
    keys: &[
        "scheduledTime",
        "scheduledDateTime",
        "scheduledStartTime",
        "scheduledOn",
        "executionTime",
        "dueTime",
        "startTime",
        "dateTime",
        "time",
        "date",
    ],
    under: &["properties.scheduledLifecycleOperations.0"],
};
/// When the operation that occupies an environment began.
pub const ONGOING: DateField = DateField {
    name: "ongoingOperation",
    keys: &["createdDateTime", "startTime", "startDateTime", "createdTime", "startedOn"],
    under: &["properties.ongoingOperation"],
};

impl Row<'_> {
    /// What is announced (X4), soonest first; `None` where the row says nothing of it.
    pub fn endings(&mut self, props: &Node<'_>, kind: Option<&Kind>) -> Option<Vec<Ending>> {
        let mut endings = Vec::new();
        let scheduled = props.get("scheduledLifecycleOperations");
        if let Some(TimeSpan { from: at, .. }) = self.instant_of(&[props], &EXPIRES) {
            match kind {
                Some(Kind::Trial | Kind::TrialSubscription) => {
                    endings.push(Ending { what: Announced::TrialEnds, at });
                }
                _ => self.tell(EXPIRES.name, &at.format("%Y-%m-%d").to_string(), &Cause::EndOfNoTrial),
            }
        }
        for item in scheduled.list().unwrap_or_default() {
            let word = item.at("type.id");
            let word = if word.is_null() { item.first(&["type", "operation", "name", "id"]) } else { word };
            let lower = word.text().unwrap_or_default().to_ascii_lowercase();
            let what =
                [("delet", Announced::Deleted), ("disabl", Announced::Disabled), ("expir", Announced::TrialEnds)]
                    .into_iter()
                    .find_map(|(mark, what)| lower.contains(mark).then_some(what));
            match (what, self.instant_of(&[item], &SCHEDULED)) {
                (Some(what), Some(TimeSpan { from: at, .. })) => endings.push(Ending { what, at }),
                _ => self.tell(SCHEDULED.name, word.text().unwrap_or_default(), &Cause::UnknownSchedule),
            }
        }
        endings.order_by_key(|e| (e.at, e.what));
        endings.dedup();
        (!endings.is_empty() || scheduled.list().is_some()).then_some(endings)
    }

    /// The operation behind `ongoingOperation`. `Some(None)`: the row says that nothing runs.
    pub fn ongoing(&mut self, props: &Node<'_>) -> Option<Option<Activity>> {
        if !props.has("ongoingOperation") {
            return None;
        }
        let node = self.child(props, "ongoingOperation").into_owned();
        let inner = ["type.id", "operationType.id"].into_iter().map(|path| node.at(path)).find(|n| !n.is_null());
        let word = match &node {
            Node::Map(_) => inner.unwrap_or(node.first(&["type", "name", "operationType", "id"])).text(),
            other => other.text(),
        };
        let state = node.at("state.id").text().or(node.get("state").text()).unwrap_or_default().to_ascii_lowercase();
        if ["succeeded", "failed", "canceled", "cancelled", "completed"].contains(&state.as_str()) {
            return Some(None);
        }
        let Some(word) = word else { return matches!(node, Node::Null | Node::Map(_)).then_some(None) };
        let what = match word.to_ascii_lowercase().as_str() {
            "restore" => Operation::Restoring,
            "copy" => Operation::Copying,
            "convert" | "modifysku" => Operation::Switching,
            "recover" => Operation::Recovering,
            lower => match states::operation(lower) {
                Said::Busy(
                    what @ (Operation::Restoring | Operation::Copying | Operation::Switching | Operation::Recovering),
                ) => what,
                Said::Nothing | Said::Failed => return Some(None),
                _ => Operation::Other(word.to_string()),
            },
        };
        let since = self.past_of(&[&node], &ONGOING).and_then(TimeSpan::exact);
        Some(Some(Activity { what, since, seen: None }))
    }

    /// The link to finance and operations (L1). An object without an id and an address is none.
    pub fn finance(&mut self, places: &[&Node<'_>]) -> Option<Option<FinanceLink>> {
        let mut told = false;
        for place in places {
            for key in ["linkedAppMetadata", "finOpsMetadata"] {
                if !place.has(key) {
                    continue;
                }
                let node = self.child(place, key).into_owned();
                // Of a list the first thing that tells something; what else stands there is not known to be no link.
                let node = match node {
                    Node::List(items) if items.is_empty() => Node::Null,
                    Node::List(items) => match items.iter().find(|item| item.is_map() && !says_nothing(item)) {
                        Some(told) => told.clone(),
                        None if items.iter().all(says_nothing) => Node::Null,
                        None => Node::List(items),
                    },
                    node => node,
                };
                if node == Node::Cut {
                    continue;
                }
                if !says_nothing(&node) && !node.is_map() {
                    self.is_part(key, &node);
                    continue;
                }
                told = true;
                let Node::Map(pairs) = &node else { continue };
                let ends = |end: &'static str| {
                    pairs
                        .iter()
                        .filter(move |(k, _)| k.to_ascii_lowercase().ends_with(end))
                        .filter_map(|(_, v)| v.text())
                };
                let id = ends("id").find(|t| fields::is_id(t)).map(str::to_string);
                let url = ends("url").chain(ends("uri")).chain(ends("hostname"));
                let url = url.filter(|u| u.contains('.') && !address::is_portal(u)).map(str::to_string).next();
                if id.is_some() || url.is_some() {
                    return Some(Some(FinanceLink { id, url }));
                }
                if pairs.iter().any(|(_, v)| v.text().is_some()) {
                    self.finding(
                        Severity::Note,
                        key,
                        "",
                        "a link to finance and operations that names no id and no address: taken for none",
                        "",
                    );
                }
            }
        }
        told.then_some(None)
    }
}
