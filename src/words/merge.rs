//! The words of a merge: what changes, from what to what, and what was learned from what the service printed.

use super::time::{exact_megabytes_text, gigabytes_text};
use super::{Count, Days, List, Piece, Say, Text, code, digits, ends, thousands, when_deleted};
use crate::domain::capacity::Storage;
use crate::domain::environment::{EnvironmentId, Key, Operation, Policy};
use crate::domain::history::Changed;
use crate::domain::merge::{BackupChange, Field, FieldChange, Learned, ListedFate, Note, Value};
use crate::domain::service::{FinanceLink, Reading};
use crate::domain::tenant::Tenant;
use crate::text;
use chrono::{DateTime, Utc};

impl Say for Field {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            Field::Name => "name",
            Field::Kind => "kind",
            Field::Region => "region",
            Field::Dataverse => "Dataverse",
            Field::Dynamics => "Dynamics 365 apps",
            Field::Managed => "managed",
            Field::Key => "encryption key",
            Field::RetentionSetting => "retention setting",
            Field::Policies => "enterprise policies",
            Field::OldestBackup => "oldest backup",
            Field::Offered => "what the service offers to restore",
            Field::Created => "created",
            Field::State => "state",
            Field::BackgroundOperations => "background operations",
            Field::Group => "environment group",
            Field::DatabaseSize => "database size",
            Field::Address => "address",
            Field::AzureRegion => "Azure region",
            Field::Finance => "finance and operations",
            Field::Endings => "announced by the service",
            Field::GroupId => "id of its group",
            Field::Activity => "going on at the moment",
            Field::Deleted => "deleted",
            Field::ServiceReasons => "what the service says itself",
            Field::DataverseSince => "Dataverse since",
            Field::Storage => "storage",
        });
    }
}

fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// A value in a few words, as a table has it.
impl Say for Value {
    fn say(&self, text: &mut Text) {
        match self {
            Value::Text(of) => text!(of),
            Value::YesNo(is) => text!(yes_no(*is)),
            Value::Kind(kind) => text!(kind.to_string()),
            Value::Region(region) => text!(region),
            Value::Key(Key::Microsoft) => text!("managed by Microsoft"),
            Value::Key(Key::Customer(None)) => text!("customer-managed"),
            Value::Key(Key::Customer(Some(which))) => text!("customer-managed (", which, ")"),
            Value::Policies(none) if none.is_empty() => text!("none"),
            Value::Policies(all) => text!(List::joined(all.iter().map(policy), ", ")),
            Value::Days(days) => text!(Days(*days)),
            Value::At(at) => text!(digits(*at)),
            Value::Group(None) => text!("none"),
            Value::Group(Some(group)) => text!(group),
            Value::Megabytes(mb) => text!(exact_megabytes_text(*mb)),
            Value::Capacity(c) => {
                text!("database ", storage(&c.database), ", log ", storage(&c.log), ", file ", storage(&c.file))
            }
            Value::State(state) => text!(state.to_string()),
            Value::Reading(reading) => text!(offered(reading)),
            Value::Finance(link) => text!(link.as_ref().map_or_else(|| "no link".to_string(), linked)),
            Value::Endings(none) if none.is_empty() => text!("nothing"),
            Value::Endings(all) => {
                text!(List::joined(all.iter().map(|e| text!(e.what, " at ", digits(e.at))), ", "))
            }
            Value::Activity(what) => text!(what.as_ref().map_or("nothing", going_on)),
            Value::Deleted(when) => match when.known() {
                Some(at) => text!(digits(at)),
                None => text!(when_deleted(when, "at", digits), ", when is not known"),
            },
            Value::ListedAgain => text!("no, it is listed again"),
            Value::Operations { allowed, refused } => {
                text!(allowed.to_string(), " operations allowed, ", refused.to_string(), " refused")
            }
        }
        .say(text);
    }
}

fn policy(policy: &Policy) -> String {
    match &policy.id {
        Some(id) => format!("{} ({id})", policy.sort),
        None => policy.sort.clone(),
    }
}

/// What is used and entitled of a sort of storage in one unit (1 GB = 1024 MB, D12); what is little is not nothing. Gigabytes where
/// both are whole amounts of it, else megabytes: a rounded one would hide what decides (T7).
fn storage(s: &Storage) -> String {
    let whole = |mb: f64| {
        let tenths = mb / 1024.0 * 10.0;
        (tenths - tenths.trunc()).abs() <= 1e-9 && (mb == 0.0 || mb.abs() >= 1024.0)
    };
    let said = if whole(s.used_mb) && whole(s.entitled_mb) { gigabytes_text } else { exact_megabytes_text };
    format!("{} of {}", said(s.used_mb), said(s.entitled_mb))
}

fn offered(reading: &Reading) -> Text {
    let asked = match reading.hint {
        Some(hint) => text!(" (asked ", digits(hint), " at the latest, by what the file says)"),
        None => text!(" (asked ", digits(reading.asked), ")"),
    };
    match (reading.offered.from, reading.offered.period_days) {
        (None, _) => text!("nothing yet", asked),
        (Some(from), None) => text!("what was made since ", digits(from), asked),
        (Some(from), Some(days)) => text!("what was made since ", digits(from), ", for ", Days(days), asked),
    }
}

fn linked(link: &FinanceLink) -> String {
    match link.url.as_ref().or(link.id.as_ref()) {
        Some(which) => format!("linked to {which}"),
        None => "linked".to_string(),
    }
}

/// In a word.
fn going_on(what: &Operation) -> &str {
    match what {
        Operation::Restoring => "restoring",
        Operation::Copying => "copying",
        Operation::Switching => "switching",
        Operation::Recovering => "recovering",
        Operation::Other(raw) => raw,
    }
}

/// A change of the environment `name`, as the activity has it.
pub fn changed(name: &str, change: &FieldChange) -> Text {
    let from = change.from.as_ref().map(|from| text!("from ", from, " "));
    text!(Piece::Bare(name.to_string()), ": ", change.field, " changed ", from, "to ", change.to)
}

/// A change of the tenant's storage.
pub fn storage_changed(change: &FieldChange) -> Text {
    let note = change.overruled.map(|at| text!(" (", overruled(at), ")"));
    match &change.from {
        Some(from) => text!("storage changes from ", from, " to ", change.to, note),
        None => text!("storage becomes known: ", change.to),
    }
}

/// What became of the user's answer, given then, that a file overrules.
pub fn overruled(at: DateTime<Utc>) -> Text {
    text!("your answer of ", digits(at), " is older than what this file says and no longer counts")
}

impl Say for Note {
    fn say(&self, text: &mut Text) {
        match self {
            Note::AnswerStands { field, since, answer, file } => {
                let since = since.map(|at| text!(" of ", digits(at)));
                let still = " still counts, although the file says ";
                text!(field, ": your answer", since, " (", answer, ")", still, file)
            }
            Note::DeletionRefuted(at) => {
                text!("deleted: your answer, ", digits(*at), ", does not fit what this file says and no longer counts")
            }
            Note::DeletedAndListed(when) => {
                let span = when.known().is_none() && when.earliest().is_some();
                let when = text!(span.then_some(" "), when_deleted(when, "", digits));
                text!("deleted", when, ": that this file lists it does not say that it lives")
            }
            Note::Installed { first, more: 0 } => text!("installed: ", first),
            Note::Installed { first, more } => text!("installed: ", first, " and ", more.to_string(), " more"),
        }
        .say(text);
    }
}

impl Say for BackupChange {
    fn say(&self, text: &mut Text) {
        let what = match self.what {
            ListedFate::Added => "added: ",
            ListedFate::Changed => "changed: ",
            ListedFate::NoLongerListed => "no longer listed: ",
        };
        let (label, of) = (Piece::Name(self.label.clone()), Piece::Bare(self.environment.clone()));
        text!(what, label, " of ", of, " (", digits(self.point), ")").say(text);
    }
}

/// A change in a few words.
impl Say for Changed {
    fn say(&self, text: &mut Text) {
        match self {
            Changed::Kind { from: Some(from), to } => {
                text!("switched from ", from.to_string(), " to ", to.to_string())
            }
            Changed::Kind { from: None, to } => text!("switched to ", to.to_string()),
            Changed::RetentionSetting { to, .. } => text!("retention set to ", Days(*to)),
            Changed::Dynamics { to, .. } => text!("Dynamics 365 apps: ", yes_no(*to)),
            Changed::DynamicsUnknown { .. } => {
                text!("whether it has Dynamics 365 apps is not known any more, because it was overwritten")
            }
            Changed::Managed { from: Some(_), to: true } => text!("became a Managed Environment"),
            Changed::Managed { from: Some(_), to: false } => text!("Managed Environments turned off"),
            Changed::Managed { from: None, .. } => {
                text!("Managed Environments updated; whether it was managed before is not known")
            }
            Changed::ManagedUnknown { .. } => {
                text!("Managed Environments updated; whether it is managed is not known any more")
            }
            Changed::CustomerKey { to, .. } => text!("customer-managed key: ", yes_no(*to)),
            Changed::Region { to, .. } => text!("moved to ", to),
            Changed::Dataverse { to, .. } => text!("Dataverse: ", yes_no(*to)),
            Changed::Name { to, .. } => text!("renamed to ", to),
            Changed::Restored { .. } | Changed::Overwritten { copied: false, .. } => text!("overwritten by a restore"),
            Changed::Overwritten { copied: true, .. } => text!("overwritten by a copy"),
            Changed::Deleted => text!("deleted"),
            Changed::Recovered => text!("recovered"),
        }
        .say(text);
    }
}

/// A clause that names its environment; `tenant` as it is after the merge.
pub fn learned(learned: &Learned, tenant: &Tenant) -> Text {
    let whose = learned.environment().map(|id| text!(Piece::Bare(tenant.name_of(id)), ": "));
    text!(whose, learned)
}

/// Without whose it is.
impl Say for Learned {
    fn say(&self, text: &mut Text) {
        match self {
            Learned::Operations { count: 1, .. } => text!("one operation of the service is new"),
            Learned::Operations { count, .. } => text!(count.to_string(), " operations of the service are new"),
            Learned::Past { change, .. } => {
                let at = ends(change.at);
                match change.not_before < change.at {
                    true => text!(change.what, " between ", ends(change.not_before), " and ", at),
                    false => text!(change.what, " at ", at),
                }
            }
            Learned::Created { at, .. } => text!("created at ", ends(*at)),
            Learned::Runs { what: Operation::Other(raw), since, .. } => {
                text!("the service reports ", code(raw.as_str()), " ", since_when(*since))
            }
            Learned::Runs { what, since, .. } => text!(what, " ", since_when(*since)),
            Learned::Over { .. } => text!("what ran on it has ended"),
            Learned::FailedRestore { at, .. } => text!("a restore onto it failed at ", ends(*at)),
            Learned::Unused { act, at, .. } => {
                let rest = " does not fit what is known of it; kept as evidence, and nothing follows from it";
                text!(Piece::Name(act.word().to_string()), " of ", ends(*at), rest)
            }
            Learned::Candidates { offered: 0, asked, .. } => text!("the service offered no target at ", ends(*asked)),
            Learned::Candidates { offered, asked, .. } => {
                text!("the service offered ", Count::of(*offered, "target", "targets"), " at ", ends(*asked))
            }
            Learned::UnknownCandidates { unknown, .. } => text!(
                unknown.len().to_string(),
                " of the targets that the service offered ",
                if unknown.len() == 1 { "is" } else { "are" },
                " not known here (",
                ids(unknown),
                "): another tenant's, or the list of environments is old; the others count"
            ),
            Learned::StrangeCandidates { named, known, .. } => {
                text!("the list of restore candidates was left out, for ", strange(*named, *known), ": ", ASK)
            }
            Learned::OlderCandidates { asked, known, .. } => {
                text!("the candidates of ", ends(*asked), " are older than those of ", ends(*known), ", which stay")
            }
            Learned::Group { group, days: Some(days), .. } => {
                text!("the rules of the group ", group, " hold the retention at ", Days(*days))
            }
            Learned::Group { group, days: None, .. } => text!("the rules of the group ", group, " hold no retention"),
            Learned::RetentionOfGroup { days, .. } => text!("the retention is ", Days(*days), ", held by its group"),
            Learned::NotListed { things: 1 } => {
                text!("one thing in the file is about an environment that is not on the list, and was left out")
            }
            Learned::NotListed { things } => text!(
                things.to_string(),
                " things in the file are about environments that are not on the list, and were left out"
            ),
        }
        .say(text);
    }
}

fn since_when(since: Option<DateTime<Utc>>) -> Text {
    since.map_or_else(|| text!("since nobody knows when"), |at| text!("since ", ends(at)))
}

/// How many ids are named before the rest is counted.
const NAMED: usize = 5;

fn ids(all: &[EnvironmentId]) -> String {
    let named: Vec<&str> = all.iter().take(NAMED).map(EnvironmentId::as_str).collect();
    let more = all.len().saturating_sub(named.len());
    let more = if more == 0 { String::new() } else { format!(" and {} more", thousands(more)) };
    format!("{}{more}", named.join(", "))
}

/// Why a list of restore candidates is not taken; `named` candidates, and `known` environments here.
pub fn strange(named: usize, known: usize) -> String {
    let none = match named {
        1 => "the one restore candidate that it names is not".to_string(),
        n => format!("none of the {n} restore candidates that it names is"),
    };
    format!("{none} among the {known} environments that are known here")
}

/// What to do about such a list.
pub const ASK: &str = "is it another tenant's list, or is the inventory here old? import a list of this tenant's environments of today \
                       first, then this file again";
