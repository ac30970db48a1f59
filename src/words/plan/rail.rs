//! The short names of a plan: of its steps in the rail, and of what is typed for it.

use crate::domain::plan::{Blank, Plan, PlanFacts, Step, Task};
use crate::domain::said::Role;

impl Plan {
    /// What a step is called in a few words; that of an earlier version of the app by its whole title.
    pub fn step_name(&self, step: &Step) -> String {
        let name = match &step.task {
            Task::Told(_) => return self.step_text(step).title.to_string(),
            Task::SignIn => "Sign in",
            Task::ImportAgain(_) => "Import again",
            Task::Look(PlanFacts { role: Role::Source, .. }) => "Look at the source",
            Task::Look(PlanFacts { role: Role::Target, .. }) => "Look at the target",
            Task::FreeCapacity => "See the free storage",
            Task::SeeBackup => "See the manual backup",
            Task::SeePoint => "See the point",
            Task::RiskOlderPoints(_) => "Decide on older backups",
            Task::BackUp(_) => "Back up the target",
            Task::NoteWayBack(_) => "Note the time",
            Task::SwitchToSandbox => "Switch to Sandbox",
            Task::CreateEnvironment => "Create the environment",
            Task::WaitForEnvironment => "Wait for it",
            Task::VerifyEnvironment => "Check the environment",
            Task::Validate => "Try without doing it",
            Task::Restore { .. } => "Restore",
            Task::Watch => "Watch it finish",
            Task::VerifyData => "Look at the data",
            Task::SwitchBack => "Switch back to Production",
            Task::WorkThroughChecklist => "Checklist",
            Task::WhoMayEnter => "Decide who may enter",
            Task::LeaveAdminMode => "Open it to users",
            Task::CheckRetention => "Check the retention",
            Task::FindRecords => "Find the records",
            Task::CarryOver => "Carry them over",
            Task::CleanUp => "Clean up",
        };
        name.to_string()
    }
}

impl Blank {
    /// What it is called, inside of a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Blank::NewEnvironment => "the id of the new environment",
            Blank::SecurityGroup => "the id of the security group",
            Blank::Host => "the host of the Power Platform API",
            Blank::Tool => "the tool",
            Blank::Who => "who carries out the steps",
            Blank::Start => "when it starts",
        }
    }

    /// The label of its field.
    pub fn label(self) -> &'static str {
        match self {
            Blank::NewEnvironment => "New environment id",
            Blank::SecurityGroup => "Security group id",
            Blank::Host => "API host",
            Blank::Tool => "Tool",
            Blank::Who => "Carried out by",
            Blank::Start => "Start of the restore",
        }
    }

    /// What an empty field means.
    pub fn empty(self) -> &'static str {
        match self {
            Blank::NewEnvironment => "known once it has been created",
            Blank::SecurityGroup => "not in the inventory; empty = none",
            Blank::Host => "not certain for your cloud",
            Blank::Tool => "",
            Blank::Who => "your name",
            Blank::Start => "",
        }
    }

    /// Whether commands can run without it.
    pub fn is_optional(self) -> bool {
        matches!(self, Blank::SecurityGroup | Blank::Who | Blank::Start)
    }
}
