//! What a plan is made of.

use super::super::compare::{WorsePair, WorseWindow};
use super::super::deed::{Setting, stored};
use super::super::edition::EditionId;
use super::super::eligibility::Settled;
use super::super::environment::{Environment, EnvironmentId, Region};
use super::super::remedy::NewTarget;
use super::super::restore::Purpose;
use super::super::restore::{Check, WorsePoint};
use super::super::rule::RuleId;
use super::super::service::Cloud;
use super::super::text::Text;
use super::cause::{About, End, Remark, Subject, Task};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A plan that can be carried out. It holds ids, names and instants of the moment it was made, so that it stays readable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")] // read and written in `earlier`
pub struct Plan {
    pub about: About,
    pub purpose: Purpose,
    /// UTC.
    pub made: DateTime<Utc>,
    pub edition: EditionId,
    /// The cloud of its tenant, where that was known when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<Cloud>,
    pub steps: Vec<Step>,
    /// What is to be done afterwards (R9 to R13, R23, R24 …).
    pub afterwards: Vec<Item>,
    pub deadlines: Vec<Deadline>,
    /// What the plan rests on: the user's answers, unknown facts, inferred facts, the age of the inventory, the edition's basis.
    pub assumptions: Vec<Item>,
    /// Losses and risks, said before the first step.
    pub cautions: Vec<Item>,
}

/// One step, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Stable within the plan, such as `switch-to-sandbox`.
    pub id: String,
    pub task: Task,
    pub action: Action,
    /// It overwrites or cannot be undone: ask before.
    pub destructive: bool,
    pub rules: Vec<RuleId>,
}

impl Step {
    pub(super) fn of(task: Task, action: Action, rules: &[RuleId]) -> Self {
        let id = task.id().unwrap_or_default().to_string();
        Self { id, task, action, destructive: false, rules: rules.to_vec() }
    }

    pub(super) fn destroys(self) -> Self {
        Self { destructive: true, ..self }
    }
}

/// What a step does, for the command lines (`interop::commands`) and later for the tenant itself: a look, a deed as far as it is known
/// before it is done, a restore that is tried, or work by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")] // read and written in `deed::stored`
pub enum Action {
    SignIn,
    /// Look: list the environments, check facts.
    Inspect {
        environment: EnvironmentId,
    },
    ListBackups {
        environment: EnvironmentId,
    },
    CreateManualBackup {
        environment: EnvironmentId,
        label: String,
    },
    /// Of a switch of kind the admin center alone.
    #[serde(skip)]
    Set {
        environment: EnvironmentId,
        setting: Setting,
    },
    /// Dry run (`ValidateOnly`), where the tool has one.
    ValidateRestore(RestoreAction),
    Restore(RestoreAction),
    CreateEnvironment(NewTargetSpec),
    /// Something that people do by hand.
    Manual,
}

impl Action {
    /// The environments that it speaks of: of a restore the source first.
    pub fn environments(&self) -> Vec<&EnvironmentId> {
        match self {
            Action::Inspect { environment }
            | Action::ListBackups { environment }
            | Action::CreateManualBackup { environment, .. }
            | Action::Set { environment, .. } => vec![environment],
            Action::ValidateRestore(r) | Action::Restore(r) => {
                let mut ids = vec![&r.source];
                ids.extend(r.target.as_ref().filter(|t| **t != r.source));
                ids
            }
            Action::SignIn | Action::CreateEnvironment(_) | Action::Manual => Vec::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        stored::read(from, |environment, setting| Action::Set { environment, setting }, |own| Action::deserialize(own))
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Action::Set { environment, setting } => stored::write(environment, setting, stored::In::Step, to),
            other => Action::serialize(other, to),
        }
    }
}

/// The restore of a step, fully resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestoreAction {
    pub source: EnvironmentId,
    /// `None`: the environment that an earlier step creates; its id is not known yet.
    pub target: Option<EnvironmentId>,
    /// What is typed to confirm overwriting the target (R3); `None` for an environment that an earlier step creates.
    #[serde(default)]
    pub target_name: Option<String>,
    /// The end of the target's id, typed behind its name where others were called the same when the plan was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id_end: Option<String>,
    /// UTC; the manual backup's own point for manual backups.
    pub point: DateTime<Utc>,
    pub manual_backup: Option<String>,
    pub new_name: Option<String>,
    pub include_audit_logs: bool,
    /// The oldest instant of the source that could be restored when the plan was made, UTC; `None` where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_from: Option<DateTime<Utc>>,
}

/// What to create.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewTargetSpec {
    /// A name that the program formats.
    pub name: String,
    pub like: Like,
}

/// What a new environment is to be like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Like {
    Target(NewTarget),
    /// As an earlier version of the app wrote it.
    Told {
        says: String,
        region: Option<String>,
    },
}

impl NewTargetSpec {
    /// Its region, where that is known.
    pub fn region(&self) -> Option<&str> {
        match &self.like {
            Like::Target(target) => target.region.as_ref().map(Region::as_str),
            Like::Told { region, .. } => region.as_deref(),
        }
    }
}

/// One line of a list, with the rules it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Stable within the plan, for ticking off.
    pub id: String,
    pub cause: Remark,
    pub rules: Vec<RuleId>,
    /// A page of the documentation, where one exists (R19).
    #[serde(default)]
    pub link: Option<String>,
}

/// Where the pages of the documentation begin.
pub(super) const DOCUMENTATION: &str = "https://learn.microsoft.com/";

impl Item {
    /// Its page, where that really is one of the documentation: a plan may come from elsewhere, and no other address is a link.
    pub fn page(&self) -> Option<&str> {
        let plain = |url: &str| url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`'));
        self.link.as_deref().filter(|url| url.starts_with(DOCUMENTATION) && plain(url))
    }
}

/// When something must have begun or ends, UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    pub at: DateTime<Utc>,
    pub cause: End,
    pub rules: Vec<RuleId>,
}

/// Why no plan can be made.
#[derive(Clone, Debug, PartialEq)]
pub struct NoPlan {
    pub checks: Vec<Check>,
}

/// What another room says at the making of a plan. It is kept as it is said then ([`Remark::Told`]): the stored form does not hang on
/// the causes of every room.
pub enum Heard<'a> {
    Check(&'a Check),
    /// T10, of a source and a target.
    Settled(&'a Settled, &'a Environment, &'a Environment),
    WorsePair(&'a WorsePair),
    WorsePoint(&'a WorsePoint),
    WorseWindow(&'a WorseWindow),
}

/// Says what was heard; `crate::words` has it.
pub type SaysHeard = fn(&Heard) -> Text;

/// What a kind of plan puts together.
pub(super) struct Parts {
    pub(super) subject: Subject,
    pub(super) steps: Vec<Step>,
    pub(super) afterwards: Vec<Item>,
    pub(super) deadlines: Vec<Deadline>,
    pub(super) assumptions: Vec<Item>,
}

/// A list of items under construction; gives every item an id of its own.
#[derive(Default)]
pub(super) struct Items(Vec<Item>);

impl Items {
    pub(super) fn add(&mut self, id: &str, cause: Remark, rules: &[RuleId]) {
        self.link(id, cause, rules, None);
    }
    pub(super) fn link(&mut self, id: &str, cause: Remark, rules: &[RuleId], link: Option<&str>) {
        let taken = |id: &str| self.0.iter().any(|i| i.id == id);
        let mut own = id.to_string();
        let mut n = 2;
        while taken(&own) {
            own = format!("{id}-{n}");
            n += 1;
        }
        self.0.push(Item { id: own, cause, rules: rules.to_vec(), link: link.map(str::to_string) });
    }
    pub(super) fn done(self) -> Vec<Item> {
        self.0
    }
}
