//! The words of what all rooms speak of: kinds, regions, policies.

use super::text::{Piece, Say, Text, code};
use crate::domain::characters::one_line;
use crate::domain::edition::AdminRole;
use crate::domain::environment::{Deletion, Environment, EnvironmentId, Kind, Policy, Region};
use crate::text;
use chrono::{DateTime, Utc};

/// A kind that we do not know is quoted as it came.
impl Say for Kind {
    fn say(&self, text: &mut Text) {
        match self {
            Kind::Other(raw) => text.push(code(raw.as_str())),
            known => text.plain(&known.to_string()),
        }
    }
}

impl Say for Region {
    fn say(&self, text: &mut Text) {
        text.plain(&self.to_string());
    }
}

/// "virtual network (`id`)".
impl Say for Policy {
    fn say(&self, text: &mut Text) {
        match self.sort.to_ascii_lowercase().as_str() {
            "networkinjection" | "vnets" => text.plain("virtual network"),
            "privateendpoint" => text.plain("private endpoint"),
            "identity" => text.plain("identity"),
            other => text.push(code(other)),
        }
        if let Some(id) = self.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
            text.plain(" (");
            text.push(Piece::Code(id.to_string()));
            text.plain(")");
        }
    }
}

/// The longest a name is shown in a sentence, in characters; the rest is cut, so that no import can blow up a sentence.
const SHOWN_NAME: usize = 80;

/// The name of an environment on one line, shortened; its id where the name is empty.
pub fn name(env: &Environment) -> String {
    name_of(&env.name, &env.id)
}

/// The same of a name and an id.
pub(super) fn name_of(name: &str, id: &EnvironmentId) -> String {
    one_line(if name.trim().is_empty() { id.as_str() } else { name }, SHOWN_NAME)
}

/// When, as it ends a sentence: "at …", "between … and …", "at … at the latest". `word` stands before a single instant.
pub fn when_deleted<S: Say>(when: &Deletion, word: &str, show: impl Fn(DateTime<Utc>) -> S) -> Text {
    match (when.known(), when.earliest()) {
        (Some(at), _) => text!(word, " ", show(at)),
        (None, Some(earliest)) => text!("between ", show(earliest), " and ", show(when.latest())),
        (None, None) => text!(word, " ", show(when.latest()), " at the latest"),
    }
}

impl Say for AdminRole {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            AdminRole::PowerPlatform => "Power Platform admin",
            AdminRole::Dynamics365 => "Dynamics 365 admin",
            AdminRole::Global => "Global admin",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    #[test]
    fn when_it_was_deleted() {
        let third = Utc.with_ymd_and_hms(2026, 1, 3, 0, 0, 0).unwrap();
        let ninth = third + TimeDelta::days(6);
        let check = |when: Deletion, word: &str, expect: &str| {
            let day = |at: DateTime<Utc>| at.format("%-d").to_string();
            assert_eq!(when_deleted(&when, word, day).to_string(), expect);
        };
        check(Deletion::exactly(third), "at", "at 3");
        check(Deletion::between(Some(third), ninth), "at", "between 3 and 9");
        check(Deletion::between(None, ninth), "on", "on 9 at the latest");
    }
}
