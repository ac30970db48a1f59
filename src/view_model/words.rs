//! Words for facts, origins and judgements.

use crate::domain::environment::{Environment, FactKey, Key, Operation, Policy};
use crate::domain::fact::{Known, Origin};
use crate::domain::manual_backup::{Judged, Stage};
use crate::domain::retention::{Retention, Window};
use crate::domain::tenant::Tenant;
use crate::words::capital;
pub use crate::words::thousands;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A value in a file, or that it is not known.
pub fn told(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "not known".to_string(), |value| value.to_string())
}

/// With a capital letter and a full stop.
pub fn sentence(says: &str) -> String {
    let mut out = capital(says.trim());
    if !out.is_empty() && !out.ends_with(['.', '?', '!']) {
        out.push('.');
    }
    out
}

/// With a small first letter, for a title inside a sentence: "rules of 2 April 2024".
pub fn inside(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default() + chars.as_str()
}

/// With a full stop; the first letter stays, for it may begin a name.
pub fn full_stop(says: &str) -> String {
    let says = says.trim();
    if says.is_empty() || says.ends_with(['.', '?', '!']) { says.to_string() } else { format!("{says}.") }
}

/// `3 environments`, `1 environment`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(n)) }
}

/// The first names of `all`: "A, B and 3 more".
pub fn named(names: &[impl AsRef<str>], all: usize) -> String {
    let more = all.saturating_sub(names.len());
    let more = if more > 0 { format!(" and {} more", thousands(more)) } else { String::new() };
    format!("{}{more}", names.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "))
}

pub fn yes_no(value: bool) -> &'static str {
    if value { "Yes" } else { "No" }
}

pub fn key(value: &Key) -> String {
    match value {
        Key::Microsoft => "Microsoft".to_string(),
        Key::Customer(None) => "Customer-managed, which is not known".to_string(),
        Key::Customer(Some(which)) => format!("Customer-managed: {which}"),
    }
}

pub fn policies(value: &BTreeSet<Policy>) -> String {
    if value.is_empty() {
        return "None".to_string();
    }
    let one = |p: &Policy| match (policy_sort(&p.sort), &p.id) {
        (sort, Some(id)) => format!("{sort} ({id})"),
        (sort, None) => sort.to_string(),
    };
    value.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn policy_sort(sort: &str) -> &str {
    match sort {
        "networkinjection" | "vnets" => "virtual network",
        "privateendpoint" => "private endpoint",
        other => other,
    }
}

pub fn operation(what: &Operation) -> String {
    match what {
        Operation::Restoring => "being restored".to_string(),
        Operation::Copying => "being copied".to_string(),
        Operation::Switching => "being switched".to_string(),
        Operation::Recovering => "being recovered".to_string(),
        Operation::Other(raw) => format!("the service reports `{raw}`"),
    }
}

/// `7 days`, `7 days, perhaps 28`, `perhaps 7 days`, `none`.
pub fn retention(r: &Retention) -> String {
    let days = |n: u32| if n == 1 { "1 day".to_string() } else { format!("{n} days") };
    match (r.guaranteed_days, r.possible_days) {
        (0, 0) => "none".to_string(),
        (0, possible) => format!("perhaps {}", days(possible)),
        (sure, possible) if possible > sure => format!("{}, perhaps {possible}", days(sure)),
        (sure, _) => days(sure),
    }
}

/// The retention of an environment by its window: `kept 7 days` where no way of the page restores what is kept, else as
/// [`retention`].
pub fn retention_of(window: &Window) -> String {
    match window.retention.possible_days {
        0 => retention(&window.retention),
        1 if window.is_kept_only() => "kept 1 day".to_string(),
        days if window.is_kept_only() => format!("kept {days} days"),
        _ => retention(&window.retention),
    }
}

/// Symbol, word and tone of a manual backup's stage.
pub fn stage(judged: &Judged) -> (&'static str, &'static str, &'static str) {
    match judged.stage {
        _ if judged.old_region => ("✕", "Of the old region", "no"),
        Stage::Processing => ("…", "Being processed", "ask"),
        Stage::UsableWithCaution => ("!", "Usable with caution", "ask"),
        Stage::Ready => ("✓", "Ready", "ok"),
        Stage::AtRisk => ("?", "May already be gone", "ask"),
        Stage::Dormant => ("–", "Not to be chosen while a Sandbox", "ask"),
        Stage::Expired => ("✕", "Expired", "no"),
    }
}

/// Where a known value comes from, and since when it is known so (UTC): a file tells of when it was asked for, not of when it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub says: String,
    pub since: DateTime<Utc>,
    /// The file was a day old, or older, when it was kept.
    pub was_old: bool,
}

pub fn source<T>(known: &Known<T>, tenant: &Tenant) -> Source {
    let (mut since, mut was_old) = (known.since, false);
    let says = match &known.origin {
        Origin::Import(number) => match tenant.imports.iter().find(|i| i.number == *number) {
            Some(import) => {
                (since, was_old) = (since.min(import.as_of()), import.was_old());
                format!("{} ({})", import.name, import.format)
            }
            None => "an import".to_string(),
        },
        Origin::Answer => "your answer".to_string(),
        Origin::Sample => "sample".to_string(),
        Origin::Recorded => "recorded here".to_string(),
    };
    Source { says, since, was_old }
}

/// One fact of an environment, for a list.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow {
    /// Set where it can be asked for and answered.
    pub key: Option<FactKey>,
    pub label: &'static str,
    /// `None`: unknown.
    pub value: Option<String>,
    pub source: Option<Source>,
    /// There is an answer of the user, which can be taken back.
    pub answered: bool,
    /// What the last import says where the user's answer counts instead, or the other way round.
    pub other: Option<String>,
}

/// The facts of an environment in the order in which they matter. Instants are left out.
pub fn fact_rows(env: &Environment, tenant: &Tenant) -> Vec<FactRow> {
    macro_rules! row {
        ($key:expr, $label:expr, $fact:expr, $words:expr) => {{
            let words = $words;
            let fact = &$fact;
            let entry = fact.entry();
            let other = match (fact.observed(), fact.answered()) {
                (Some(o), Some(a)) if o.value != a.value => Some(if entry == Some(a) {
                    format!("the last import says: {}", words(&o.value))
                } else {
                    format!("you had answered: {}", words(&a.value))
                }),
                _ => None,
            };
            FactRow {
                key: $key,
                label: $label,
                value: entry.map(|k| words(&k.value)),
                source: entry.map(|k| source(k, tenant)),
                answered: fact.answered().is_some(),
                other,
            }
        }};
    }
    let bool_words = |v: &bool| yes_no(*v).to_string();
    vec![
        row!(Some(FactKey::Kind), "Kind", env.kind, |v: &crate::domain::environment::Kind| v.to_string()),
        row!(Some(FactKey::Region), "Region", env.region, |v: &crate::domain::environment::Region| v.to_string()),
        row!(Some(FactKey::Dataverse), "Dataverse", env.dataverse, bool_words),
        row!(Some(FactKey::Dynamics), "Dynamics 365 apps", env.dynamics, bool_words),
        row!(Some(FactKey::Managed), "Managed Environment", env.managed, bool_words),
        row!(Some(FactKey::Key), "Encryption key", env.key, key),
        row!(Some(FactKey::Policies), "Enterprise policies", env.policies, policies),
        row!(Some(FactKey::RetentionSetting), "Retention setting", env.retention_setting, |v: &u32| format!(
            "{v} days"
        )),
        row!(None, "State", env.state, |v: &crate::domain::environment::RuntimeState| v.to_string()),
        row!(None, "Background operations", env.background_operations, |v: &bool| if *v { "On" } else { "Off" }
            .to_string()),
        row!(None, "Environment group", env.group, |v: &Option<String>| v
            .clone()
            .unwrap_or_else(|| "None".to_string())),
        row!(None, "Database used", env.database_mb, |v: &f64| crate::words::time::megabytes_text(*v)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_first_letter() {
        assert_eq!(full_stop("export.json was imported"), "export.json was imported.");
        assert_eq!((full_stop("Done."), full_stop(" ")), ("Done.".into(), String::new()));
    }

    #[test]
    fn an_answer_against_an_import_shows_both() {
        let at = |s| DateTime::from_timestamp(s, 0).unwrap();
        let mut env = Environment::new("e");
        env.managed.observe(Known { value: false, origin: Origin::Import(7), since: at(1) });
        env.managed.answer(true, at(2));
        let row = fact_rows(&env, &Tenant::default()).into_iter().find(|r| r.key == Some(FactKey::Managed)).unwrap();
        assert_eq!(row.value.as_deref(), Some("Yes"));
        assert_eq!(row.other.as_deref(), Some("the last import says: No"));
        assert_eq!(row.source.unwrap().says, "your answer");
    }
}
