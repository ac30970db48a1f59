//! The command lines of a plan's steps, for PowerShell, pac and the Power Platform API. The traps of each tool are handled here.
//!
//! - PowerShell and REST name the target in the path and the source inside; pac always gets `--source-env`, `--target-env` and
//!   `--environment`, because what is left out means something else there.
//! - Sign-in and hosts are those of the tenant's cloud; where it is not known, they are left open, never taken for the public one.
//! - Dates are formatted from UTC with fixed digits. The *skip audit* switch is set explicitly wherever the tool lets it be.
//! - Ids are printed only where they consist of ASCII letters, digits and hyphens; texts of people only where that shell takes
//!   them safely. What is left is typed by hand: the command is then a comment with a placeholder, so that it cannot be run
//!   by accident, and a note says what to put in.

mod clouds;
mod http;
mod pac;
mod powershell;
pub mod quoting;
mod rest;
mod script;
mod typed;

pub use typed::{Filled, any_wrong, blanks, wrong};

use crate::domain::deed::Setting;
use crate::domain::edition::{self, Edition};
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{Action, Blank, Plan};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    PowerShell,
    Pac,
    Rest,
}

impl Shell {
    pub const ALL: [Shell; 3] = [Shell::PowerShell, Shell::Pac, Shell::Rest];
    pub fn title(self) -> &'static str {
        match self {
            Shell::PowerShell => "PowerShell",
            Shell::Pac => "pac",
            Shell::Rest => "REST",
        }
    }
}

/// A command to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The text to copy; may have several lines. `None` where this tool has no command for the step.
    pub text: Option<String>,
    /// What to know before running it: traps, values that must be typed by hand, what is inferred.
    pub notes: Vec<String>,
    /// Those of the notes that say what has to be typed in before it can be run.
    pub open: Vec<String>,
    /// What stands in the text in place of what is not known.
    pub holes: Vec<String>,
}

/// Prints the command of an action for a shell, with what is known besides: the cloud, and what was typed.
pub fn print(action: &Action, shell: Shell, known: impl Into<Filled>) -> Printed {
    print_for(action, shell, PrintedFor::Copy, &known.into()).0
}

/// What a command is printed for: that decides what becomes of a value that is not known, or that cannot be passed safely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PrintedFor {
    /// To be copied alone: a placeholder, and the command is a comment.
    #[default]
    Copy,
    /// A script: a variable, which the script asks for.
    Script,
    /// A file of requests: a variable of the file for an id, a placeholder for a text; the request is a comment.
    Requests,
}

/// A value that is left to the person who runs the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum OpenValue {
    NewEnvironment,
    Label,
    NewName,
    /// The word for the cloud when PowerShell signs in.
    Endpoint,
    /// The same for pac.
    PacCloud,
    /// The host of the Power Platform API.
    Host,
}

impl OpenValue {
    fn what(self) -> &'static str {
        match self {
            OpenValue::NewEnvironment => "new environment",
            OpenValue::Label => "label",
            OpenValue::NewName => "new name",
            OpenValue::Endpoint => "endpoint of your cloud",
            OpenValue::PacCloud => "name of your cloud",
            OpenValue::Host => "host of the Power Platform API",
        }
    }
    /// Its variable in a script.
    fn variable(self) -> &'static str {
        match self {
            OpenValue::NewEnvironment => "$newId",
            OpenValue::Label => "$label",
            OpenValue::NewName => "$newName",
            OpenValue::Endpoint => "$endpoint",
            OpenValue::PacCloud => "$cloud",
            OpenValue::Host => "$apiHost",
        }
    }
}

/// The same for a form, with what is left to ask for.
fn print_for(action: &Action, shell: Shell, form: PrintedFor, known: &Filled) -> (Printed, Vec<OpenValue>, Vec<Blank>) {
    let mut draft = Draft { form, known: known.clone(), ..Draft::default() };
    let text = match shell {
        Shell::PowerShell => powershell::text(&mut draft, action),
        Shell::Pac => pac::text(&mut draft, action),
        Shell::Rest => rest::text(&mut draft, action),
    };
    match text {
        Ok(text) => draft.text = Some(text),
        Err(refused) => draft = *refused,
    }
    let (asks, wants) = (std::mem::take(&mut draft.asks), std::mem::take(&mut draft.wants));
    (draft.finish(), asks, wants)
}

/// A whole plan as one file for a tool: a script that stops at the first error, waits for what is done by hand and asks before it
/// overwrites (PowerShell and pac, for a file ending in `.ps1`), or the requests to send one by one (REST, for one ending in
/// `.http`). The notes are those of all its commands. The cloud is that of [`Plan::cloud_in`].
pub fn script(plan: &Plan, shell: Shell, known: impl Into<Filled>) -> Printed {
    let known = known.into();
    match shell {
        Shell::PowerShell | Shell::Pac => script::script(plan, shell, &known),
        Shell::Rest => http::file(plan, &known),
    }
}

/// Where a file of commands came from: the plan's title, then when it was made and under which edition. One line each.
fn head(plan: &Plan) -> [String; 2] {
    let title = Edition::find(&plan.edition).map_or("an edition that is not known", |e| e.title);
    [
        quoting::comment(&plan.title().to_string()),
        format!(
            "Restore Desk, plan made {} UTC under the edition {} ({title})",
            plan.made.format("%Y-%m-%d %H:%M:%S"),
            quoting::comment(&plan.edition.0)
        ),
    ]
}

/// The variable of a file of requests for an id that is not known yet, and what stands in it until it is.
const NEW_ID: &str = "{{newEnvironmentId}}";
const PUT_THE_ID: &str = "put-the-id-here";

/// The same for the host, under a name that no host has (RFC 2606).
const API_HOST: &str = "{{apiHost}}";
const PUT_THE_HOST: &str = "put-the-host-here.invalid";

/// The beginning of a note, without its period.
fn clause(why: &str) -> String {
    crate::words::sentence(why).trim_end_matches('.').to_string()
}

/// A command under construction: its text, its notes, and what had to be left open.
#[derive(Default)]
struct Draft {
    text: Option<String>,
    /// Each with whether it says what has to be typed in before it can be run.
    notes: Vec<(String, bool)>,
    holes: Vec<String>,
    form: PrintedFor,
    known: Filled,
    asks: Vec<OpenValue>,
    /// What could be typed for it.
    wants: Vec<Blank>,
}

impl Draft {
    /// No command; an empty note says nothing.
    fn none(note: &str) -> Box<Self> {
        let notes = if note.is_empty() { Vec::new() } else { vec![(note.to_string(), false)] };
        Box::new(Self { notes, ..Self::default() })
    }

    /// An id; `Err`: the placeholder that stands in its place.
    fn id(&mut self, id: Option<&EnvironmentId>, what: &str) -> Result<String, String> {
        match id {
            None => match self.typed(Blank::NewEnvironment) {
                // A script has it at its head, and looks at that environment before it is overwritten.
                Some(_) if self.form == PrintedFor::Script => {
                    self.asks.push(OpenValue::NewEnvironment);
                    Err(OpenValue::NewEnvironment.variable().to_string())
                }
                Some(id) => Ok(id),
                None => Err(self.left(
                    OpenValue::NewEnvironment,
                    "id of the new environment",
                    "the id of the new environment is known only after it has been created",
                )),
            },
            Some(id) => quoting::plain_id(id.as_str()).map(str::to_string).ok_or_else(|| {
                self.hole(
                    &format!("id of {what}"),
                    &format!("the id of {what} is not printed, because it has unusual characters"),
                )
            }),
        }
    }

    /// An id or its placeholder, for tools that take ids without quotation marks.
    fn bare_id(&mut self, id: Option<&EnvironmentId>, what: &str) -> String {
        self.id(id, what).unwrap_or_else(|placeholder| placeholder)
    }

    /// What was typed, where it is valid.
    fn typed(&mut self, blank: Blank) -> Option<String> {
        if !self.wants.contains(&blank) {
            self.wants.push(blank);
        }
        self.known.typed(blank).map(str::to_string)
    }

    /// Leaves a value to the person who runs the command: gives what stands in its place.
    fn left(&mut self, ask: OpenValue, placeholder: &str, why: &str) -> String {
        if !self.asks.contains(&ask) {
            self.asks.push(ask);
        }
        match (self.form, ask) {
            (PrintedFor::Script, _) => {
                self.note(&format!("{}: the script asks for it", clause(why)));
                ask.variable().to_string()
            }
            (PrintedFor::Requests, OpenValue::NewEnvironment) => {
                self.open_note(&format!(
                    "{}: put it in place of {PUT_THE_ID} at the head of the file, then take away the # at the start of each line of \
                     the request, from POST to its last brace",
                    clause(why)
                ));
                self.holes.push(NEW_ID.to_string());
                NEW_ID.to_string()
            }
            // The name that stands in its place leads nowhere, so that the requests need not be comments.
            (PrintedFor::Requests, OpenValue::Host) => {
                self.open_note(&format!("{}: put it in place of {PUT_THE_HOST} at the head of the file", clause(why)));
                API_HOST.to_string()
            }
            // What is typed once need not be put into every command.
            (PrintedFor::Copy, OpenValue::NewEnvironment) => {
                let once = format!(
                    "{}. Type it at the head of the plan, under “{}”, and it stands in every command; or by hand",
                    clause(why),
                    Blank::NewEnvironment.label()
                );
                self.hole(placeholder, &once)
            }
            _ => self.hole(placeholder, why),
        }
    }

    /// Leaves a value to be typed: gives what stands in its place, with its angle brackets.
    fn hole(&mut self, placeholder: &str, why: &str) -> String {
        let shown = format!("<{placeholder}>");
        let lines = if self.form == PrintedFor::Requests { "each line of the request" } else { "each line" };
        self.open_note(&format!(
            "{}: put it in place of {shown}, then take away the # at the start of {lines}",
            clause(why)
        ));
        self.holes.push(shown.clone());
        shown
    }

    fn note(&mut self, note: &str) {
        self.add(note, false);
    }

    /// A note that says what has to be typed in first.
    fn open_note(&mut self, note: &str) {
        self.add(note, true);
    }

    fn add(&mut self, note: &str, open: bool) {
        if !self.notes.iter().any(|(n, _)| n == note) {
            self.notes.push((note.to_string(), open));
        }
    }

    fn finish(self) -> Printed {
        let text = self.text.map(|text| {
            if self.holes.is_empty() {
                text
            } else {
                text.lines().map(|line| format!("# {line}").trim_end().to_string()).collect::<Vec<_>>().join("\n")
            }
        });
        let open = self.notes.iter().filter(|(_, open)| *open).map(|(note, _)| note.clone()).collect();
        let notes = self.notes.into_iter().map(|(note, _)| note).collect();
        Printed { text, notes, open, holes: self.holes }
    }
}

/// Refuses a number of days that is none of K2.
fn known_retention(setting: &Setting) -> Result<(), Box<Draft>> {
    match setting {
        Setting::Retention(days) if !edition::is_choice(*days) => {
            Err(Draft::none("the retention setting is one of 7, 14, 21 or 28 days (K2); this number is not printed"))
        }
        _ => Ok(()),
    }
}

/// Of what is set by hand.
fn no_command(setting: &Setting) -> Box<Draft> {
    Draft::none(match setting {
        Setting::Kind(_) => "no command does this: use the admin center (Environments > the environment > Convert)",
        _ => "no command does this: use the admin center",
    })
}

/// The word by which PowerShell and pac call the state.
fn runtime_state(administration_mode: bool) -> &'static str {
    if administration_mode { "AdminMode" } else { "Enabled" }
}

/// The word by which PowerShell and pac call that an environment is managed, or is not.
fn protection_level(managed: bool) -> &'static str {
    if managed { "Standard" } else { "Basic" }
}

/// What an action without a command says.
fn by_hand(action: &Action) -> &'static str {
    match action {
        Action::CreateEnvironment(_) => {
            "create it in the admin center, where region, managed, key and Dataverse can be chosen and seen"
        }
        _ => "",
    }
}

/// What the command of a restore says of audit logs, for each tool: left out, and included.
pub fn audit_switches() -> [(&'static str, &'static str, &'static str); 3] {
    [
        ("PowerShell", "SkipAuditData = $true", "SkipAuditData = $false"),
        ("pac", "--skip-audit-data", "# no switch: audit logs are copied"),
        ("REST", "\"skipAuditData\": true", "\"skipAuditData\": false"),
    ]
}
