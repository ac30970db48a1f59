//! The words of whose file it is: why one is not merged, and what is asked before it is kept.

use super::text::ends;
use super::{List, Piece, Say, Text};
use crate::domain::characters::one_line;
use crate::domain::whose::{FileDoubt, Foreign};
use crate::text;

/// The longest name of a tenant in a sentence, in characters.
const LONGEST_NAME: usize = 80;

/// A clause that names the ids.
impl Say for Foreign {
    fn say(&self, text: &mut Text) {
        match self {
            Foreign::Another { file, here, name } => {
                let name = Some(one_line(name, LONGEST_NAME)).filter(|name| !name.is_empty());
                let called = name.map(|name| text!(" (", Piece::Name(name), ")"));
                text!(
                    "the file is of the tenant ",
                    file,
                    ", and here is the tenant ",
                    here,
                    called,
                    ": they are never mixed"
                )
            }
            Foreign::Several(tenants) => {
                let several = text!("the file lists environments of ", tenants.len().to_string(), " tenants at once (");
                text!(several, List::joined(tenants, ", "), ")")
            }
        }
        .say(text);
    }
}

/// What to do about such a file.
pub fn help(foreign: &Foreign) -> &'static str {
    match foreign {
        Foreign::Another { .. } => "open it as a tenant of its own, or choose the file of this tenant",
        Foreign::Several(_) => "export the list of each tenant by itself",
    }
}

/// Sentences.
impl Say for FileDoubt {
    fn say(&self, text: &mut Text) {
        let out = match *self {
            FileDoubt::NoneKnown { listed, known } => {
                let listed = match listed {
                    1 => "The one environment of the file is not".to_string(),
                    n => format!("None of the {n} environments of the file is"),
                };
                format!(
                    "{listed} among the {known} that are known here, and nothing says whose file it is. Is it of this tenant?"
                )
            }
            FileDoubt::MostMissing { missing, known } => format!(
                "{missing} of the {known} environments that are known here are not in the file. Before you think of deletions: a role \
                 that does not see the whole tenant gives such a file. Who made it?"
            ),
            FileDoubt::Older { file, here } => {
                return text!(
                    "This list looks older than what is known here: by what it says, the service was asked for it at ",
                    ends(file),
                    " at the latest, and for a list that is kept at ",
                    ends(here),
                    ". What it says would stand in place of what is newer."
                )
                .say(text);
            }
            FileDoubt::Undoes { file, recorded } => {
                let when = match file {
                    Some(file) => {
                        text!("by what it says, the service was asked for it at ", ends(file), " at the latest")
                    }
                    None => text!("it does not say when it was made"),
                };
                return text!(
                    "This list says otherwise than what you recorded at ",
                    ends(recorded),
                    ", and may be older than that: ",
                    when,
                    ". It would take back what you recorded."
                )
                .say(text);
            }
        };
        text.plain(&out);
    }
}
