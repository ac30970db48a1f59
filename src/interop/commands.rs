//! The command lines of a plan's steps, for PowerShell, pac and the Power Platform API. All traps of `interop.md` §2 are handled here.

use crate::domain::plan::Action;

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
}

/// Prints the command of an action for a shell.
pub fn print(_action: &Action, _shell: Shell) -> Printed {
    todo!("restore helper")
}
