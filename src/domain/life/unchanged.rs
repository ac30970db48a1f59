//! What would change nothing. It breaks no rule, so that its refusal carries none.

use super::super::command::Refusal;
use super::super::environment::Environment;
use super::super::words::days_text;

/// What is so already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Already {
    /// Days.
    Retention(u32),
    AdministrationMode(bool),
    Managed(bool),
    Key,
    Dataverse,
}

impl Already {
    /// The refusal of doing to `env` what is so already.
    pub fn refusal(self, env: &Environment) -> Refusal {
        let name = &env.name;
        let word = |on| if on { "on" } else { "off" };
        let says = match self {
            Already::Retention(days) => format!("the retention of {name} is {} already", days_text(days)),
            Already::AdministrationMode(on) => format!("administration mode of {name} is {} already", word(on)),
            Already::Managed(on) => format!("Managed Environments is {} already for {name}", word(on)),
            Already::Key => format!("{name} has this key already"),
            Already::Dataverse => format!("{name} has Dataverse already"),
        };
        Refusal { rules: Vec::new(), says, help: "nothing is to be done".to_string() }
    }
}
