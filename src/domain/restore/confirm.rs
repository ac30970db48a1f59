//! What has to be typed to confirm that an environment is overwritten (R3).

use super::super::environment::Environment;
use super::super::tenant::Tenant;
use super::request::{RestoreRequest, is_blank, typeable, with_one_apostrophe};

/// What confirms overwriting an environment: its name, and the end of its id where others are called the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The name without the spaces at its ends; the id where the name shows nothing.
    pub name: String,
    /// The last characters of the id, as many as tell it from all that are called the same.
    pub id_end: Option<String>,
    /// How many other environments are called the same.
    pub others: usize,
}

impl Confirmation {
    /// What is typed.
    pub fn text(&self) -> String {
        text(&self.name, self.id_end.as_deref())
    }
}

/// What is typed for a name and the end of an id.
pub fn text(name: &str, id_end: Option<&str>) -> String {
    match id_end {
        Some(end) => format!("{name} {end}"),
        None => name.to_string(),
    }
}

/// The fewest characters of an id that are asked for.
pub const SHORTEST_END: usize = 4;

/// What has to be typed to confirm overwriting `target` (R3): its name without the spaces at the ends, or its id where the name
/// shows nothing. A control character in the name, which no field takes, is a space here and in [`confirms`].
pub fn confirmation(target: &Environment) -> String {
    match typeable(&target.name) {
        name if is_blank(&name) => typeable(target.id.as_str()),
        name => name,
    }
}

/// The same where `target` is one of `tenant`: with the end of its id where other living environments are called the same, as
/// names are compared when they are typed.
pub fn confirmation_in(tenant: &Tenant, target: &Environment) -> Confirmation {
    let name = confirmation(target);
    let compared = with_one_apostrophe(&name);
    let twins: Vec<String> = tenant
        .living()
        .filter(|e| e.id != target.id && with_one_apostrophe(&confirmation(e)) == compared)
        .map(|e| e.id.as_str().to_ascii_lowercase())
        .collect();
    let id_end = (!twins.is_empty()).then(|| telling_end(target.id.as_str(), &twins));
    Confirmation { name, id_end, others: twins.len() }
}

/// The shortest end of `id` that none of `others` (in lower case) has, of [`SHORTEST_END`] characters at least; the whole id where
/// it is the end of another one.
fn telling_end(id: &str, others: &[String]) -> String {
    let letters: Vec<char> = id.chars().collect();
    let end = |length: usize| letters.iter().skip(letters.len().saturating_sub(length)).collect::<String>();
    (SHORTEST_END..letters.len())
        .map(end)
        .find(|end| {
            let end = end.to_ascii_lowercase();
            !others.iter().any(|other| other.ends_with(&end))
        })
        .unwrap_or_else(|| id.to_string())
}

/// Whether what was typed confirms overwriting the target (R3): the target's name as it is now, case and all; spaces at the
/// ends, how many there are between two words, invisible characters and the sort of apostrophe aside. A target whose name shows
/// nothing (empty, only spaces or invisible characters) is confirmed by its id, without regard to case. Where others are called
/// the same, the end of its id stands behind, without regard to case. A target that is not in the tenant is confirmed by nothing.
pub fn confirms(tenant: &Tenant, request: &RestoreRequest, typed: &str) -> bool {
    let Some(target) = tenant.get(&request.target) else { return false };
    let typed = typeable(typed);
    if is_blank(&typed) {
        return false;
    }
    let wanted = confirmation_in(tenant, target);
    let named = |typed: &str| match typeable(&target.name) {
        name if is_blank(&name) => wanted.name.eq_ignore_ascii_case(typed),
        name => with_one_apostrophe(&name) == with_one_apostrophe(typed),
    };
    match &wanted.id_end {
        None => named(&typed),
        Some(end) => {
            let split = typed.len().saturating_sub(end.len());
            typed.get(..split).zip(typed.get(split..)).is_some_and(|(name, last)| {
                last.eq_ignore_ascii_case(end) && name.ends_with(' ') && named(name.trim_end())
            })
        }
    }
}
