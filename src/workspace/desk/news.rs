//! What other tabs did that is no edit, and that a person should hear.

use crate::workspace::keep::{NoFit, Told};
use crate::workspace::keys::Place;

/// Something that another tab did to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    pub place: Place,
    pub what: TabDid,
}

/// What it did.
#[derive(Clone, Debug, PartialEq)]
pub enum TabDid {
    Told(Told),
    /// It kept something on which an import of this tab does not fit: what was here with it has a place of its own. `None`: it
    /// fits nowhere.
    Housed {
        home: Option<Place>,
        /// What the tenant is called; may be empty.
        name: String,
        why: NoFit,
    },
    /// It was cleared away, though nobody deleted it, and is kept again.
    KeptAgain {
        /// What the tenant is called; may be empty.
        name: String,
    },
}

impl TabDid {
    /// What happened, and what to do, in sentences.
    pub fn says(&self) -> String {
        match self {
            TabDid::Told(Told::Replaced) => {
                "Another workspace took the place of the one that was open here, in another tab or before this page was loaded. \
                 What it did not know of waits, or is set aside under “What is stored where”."
                    .to_string()
            }
            TabDid::Told(Told::WentOver) => {
                "Another tab had changed what yours took the place of. Its version is set aside, under “What is stored where”."
                    .to_string()
            }
            TabDid::Told(Told::Back) => {
                "It is not deleted any more: another tab kept this workspace again. Look at it first.".to_string()
            }
            TabDid::Told(Told::TakenBack) => {
                "It is not deleted any more: another tab took that back. What you did here meanwhile is in it, or waits for you.".to_string()
            }
            TabDid::Housed { home: Some(_), name, why: NoFit::Replaced } => format!(
                "Another tab put another workspace in the place of the one that was open here. What you had, with your file, is kept as \
                 a tenant of its own{}: choose it at the top.",
                if name.is_empty() { String::new() } else { format!(", “{name}”") }
            ),
            TabDid::Housed { home: Some(_), why: NoFit::Refused(why), .. } => format!(
                "Another tab kept something else here in the same moment ({}). Your file is open as a tenant of its own.",
                why.reason()
            ),
            TabDid::KeptAgain { name } => format!(
                "What this browser kept of {} was cleared away, and not by deleting it here. This tab still had it, so it is kept again.",
                if name.is_empty() { "a tenant without a name".to_string() } else { format!("“{name}”") }
            ),
            TabDid::Housed { home: None, why, .. } => format!(
                "Your file could not be kept on what another tab kept in the same moment: {}.",
                match why {
                    NoFit::Refused(why) => why.reason(),
                    NoFit::Replaced => "another workspace took the place of the one that it was read for".to_string(),
                }
            ),
        }
    }
}
