//! What a person types for a plan, once for all of its commands: kept with the plan, not part of it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that a plan does not know and a person types or chooses. Stored, so a variant keeps its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Blank {
    /// The id of the environment that a step creates.
    NewEnvironment,
    /// The group whose members may enter the target (R27); nothing typed: the commands do not name one.
    SecurityGroup,
    /// The host of the Power Platform API, where it is not certain for the cloud.
    Host,
    /// The tool whose commands are shown.
    Tool,
    /// Who carries the plan out.
    Who,
    /// When the restore is to be begun, as an instant (RFC 3339).
    Start,
}

impl Blank {
    /// What was typed for it without what stands around it: spaces, and of an id the braces with which some tools write it.
    pub fn bare(self, text: &str) -> &str {
        let text = text.trim();
        match self {
            Blank::NewEnvironment | Blank::SecurityGroup => {
                let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
                inside.map_or(text, str::trim)
            }
            _ => text,
        }
    }
}

/// What was typed, also where it is not valid: nothing that was typed is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<Blank, String>);

/// The longest text that is kept, in characters.
const LONGEST: usize = 300;

impl Typed {
    /// As it was typed; empty where nothing was.
    pub fn text(&self, blank: Blank) -> &str {
        self.0.get(&blank).map_or("", String::as_str)
    }

    /// Without what stands around it; `None` where nothing was typed.
    pub fn get(&self, blank: Blank) -> Option<&str> {
        Some(blank.bare(self.text(blank))).filter(|text| !text.is_empty())
    }

    /// Takes what was typed.
    pub fn set(&mut self, blank: Blank, text: &str) {
        if text.is_empty() {
            self.0.remove(&blank);
        } else {
            self.0.insert(blank, text.chars().take(LONGEST).collect());
        }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
