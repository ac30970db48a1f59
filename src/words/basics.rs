//! The words of what all rooms speak of: kinds, regions, policies.

use super::text::{Piece, Say, Text, code};
use crate::domain::characters::one_line;
use crate::domain::environment::{Environment, EnvironmentId, FactKey, Kind, Policy, Region};

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

/// A fact of an environment: what is not known, or what is asked.
pub(super) fn fact(fact: FactKey) -> &'static str {
    match fact {
        FactKey::Kind => "its kind",
        FactKey::Region => "its region",
        FactKey::Dataverse => "whether it has Dataverse",
        FactKey::Dynamics => "whether it has Dynamics 365 apps",
        FactKey::Managed => "whether it is managed",
        FactKey::Key => "its encryption key",
        FactKey::Policies => "its enterprise policies",
        FactKey::RetentionSetting => "its retention setting",
        FactKey::Created => "when it was created",
        FactKey::Deleted => "when it was deleted",
    }
}
