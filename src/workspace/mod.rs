//! What is remembered: the workspace, its versioned envelope, and the store port. Knows `domain` only.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation
    )
)]

pub mod acting;
pub mod activity;
pub mod clock;
pub mod deadlines;
pub mod desk;
pub mod door;
pub mod edit;
pub mod envelope;
pub mod keep;
pub mod keys;
pub mod local_time;
pub mod log;
pub mod past;
pub mod rescue;
pub mod second;
pub mod store;
pub mod typed;
pub mod way_back;
pub mod wizard;

use crate::domain::edition::EditionId;
use crate::domain::environment::EnvironmentId;
use crate::domain::moment::Moment;
use crate::domain::plan::{Blank, Deadline, Plan, StepProblem, Typed, foreign_changed, plan_changed};
use crate::domain::restore::SpecialApp;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};
use clock::Clock;
use edit::NOWHERE;
use log::Log;
use past::Past;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that the browser remembers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    pub tenant: Tenant,
    #[serde(default)]
    pub edition: EditionId,
    /// Newest first.
    #[serde(default)]
    pub plans: Vec<SavedPlan>,
    /// The wizard as it was left.
    #[serde(default)]
    pub draft: Option<Draft>,
    /// Other restores that were begun in the wizard, the one that was left last first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub begun: Vec<Draft>,
    #[serde(default)]
    pub next_plan: u32,
    /// What was done.
    #[serde(default)]
    pub log: Log,
    /// A clock that is moved by hand; in the sample and in a rehearsal only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// What could be brought back at each of the last imports.
    #[serde(default, skip_serializing_if = "Past::is_empty")]
    pub past: Past,
}

/// A plan with what has been done of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPlan {
    /// Unique in the workspace; part of the plan's address.
    pub number: u32,
    pub plan: Plan,
    /// Ids of steps and of items done, with the instant they were ticked (UTC).
    #[serde(default)]
    pub done: BTreeMap<String, DateTime<Utc>>,
    /// Where it was made, where that was not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
    /// What a person typed and chose for its commands.
    #[serde(default, skip_serializing_if = "Typed::is_empty")]
    pub typed: Typed,
}

impl SavedPlan {
    /// A plan of which nothing has been done.
    pub fn new(number: u32, plan: Plan) -> Self {
        Self { number, plan, done: BTreeMap::new(), elsewhere: None, typed: Typed::default() }
    }

    /// Its deadlines after `now` (UTC) that still count, by what has been ticked.
    pub fn ahead(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Deadline> {
        let restore = self.plan.restore_step().and_then(|at| self.plan.steps.get(at));
        self.plan.ahead(restore.is_some_and(|step| self.done.contains_key(&step.id)), now)
    }

    /// What of it is no longer true at `now` (UTC). A plan from elsewhere is not believed to tell its own risks.
    pub fn problems(&self, moment: Moment<'_>) -> Vec<StepProblem> {
        let done = |id: &str| self.done.contains_key(id);
        match self.elsewhere {
            Some(_) => foreign_changed(moment, &self.plan, done),
            None => plan_changed(moment, &self.plan, done),
        }
    }
}

/// Where a plan was made that came as a file or a link: text of a stranger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// When it was kept here, UTC.
    pub kept: DateTime<Utc>,
    /// What the tenant was called there; may be empty.
    pub tenant: String,
    /// It was made in a sample or a rehearsal: nothing in it is real.
    pub play: bool,
}

impl Workspace {
    /// The plan with a number.
    pub fn plan(&self, number: u32) -> Option<&SavedPlan> {
        self.plans.iter().find(|saved| saved.number == number)
    }

    /// What a plan restores onto what, such as `Sales onto Sales UAT`; its title where one of the two is not on the list.
    pub fn call_plan(&self, plan: &Plan) -> String {
        let name = |id: &EnvironmentId| self.tenant.get(id).map(|env| env.name.clone());
        let onto = match plan.target() {
            Some(id) if id == plan.source() => Some("itself".to_string()),
            Some(id) => name(id),
            None => Some("a new environment".to_string()),
        };
        let pair = name(plan.source()).zip(onto).map(|(source, onto)| format!("{source} onto {onto}"));
        pair.unwrap_or_else(|| plan.title().to_string())
    }

    /// Keeps a plan, and tells its number.
    pub fn keep_plan(&mut self, plan: Plan, elsewhere: Option<Elsewhere>) -> u32 {
        let number = self.next_plan.max(1);
        self.next_plan = number.saturating_add(1);
        self.plans.insert(0, SavedPlan { elsewhere, ..SavedPlan::new(number, plan) });
        number
    }

    /// The plan that `saved` is here, with what was done of it since: the one of its number, else one that is the same to the letter.
    pub fn same_plan(&self, saved: &SavedPlan) -> Option<&SavedPlan> {
        let of_number = self.plan(saved.number).filter(|there| there.plan == saved.plan);
        of_number.or_else(|| self.plan(self.plan_like(&saved.plan)?))
    }

    /// Puts a plan that was removed back where it stood, and tells its number: a new one where another plan has its own, or where nobody
    /// knows its own here; then what the log has of its steps is not found by it. One that is here already stays as it is.
    pub fn put_back(&mut self, saved: SavedPlan) -> u32 {
        let there = self.plan(saved.number);
        let same =
            if saved.number == NOWHERE { self.same_plan(&saved) } else { there.filter(|t| t.plan == saved.plan) };
        if let Some(same) = same {
            return same.number;
        }
        let free = there.is_none() && saved.number != NOWHERE;
        let number = if free { saved.number } else { self.next_plan.max(1) };
        self.next_plan = self.next_plan.max(number.saturating_add(1));
        let place = self.plans.iter().position(|p| p.number < number).unwrap_or(self.plans.len());
        self.plans.insert(place, SavedPlan { number, ..saved });
        number
    }

    /// Ticks a step or an item of a plan off at `now` (UTC), or unticks it. A plan that is not here stays so.
    pub fn tick(&mut self, plan: u32, id: &str, done: bool, now: DateTime<Utc>) {
        let Some(saved) = self.plans.iter_mut().find(|p| p.number == plan) else { return };
        if done {
            saved.done.entry(id.to_string()).or_insert(now);
        } else {
            saved.done.remove(id);
        }
    }

    /// Keeps what was typed for a plan. A plan that is not here stays so.
    pub fn fill(&mut self, plan: u32, blank: Blank, text: &str) {
        if let Some(saved) = self.plans.iter_mut().find(|p| p.number == plan) {
            saved.typed.set(blank, text);
        }
    }

    /// What was typed for a plan. The environment that a step of it has created is known by the log, whatever was typed before.
    pub fn typed_for(&self, plan: u32) -> Typed {
        let saved = self.plan(plan);
        let mut typed = saved.map(|p| p.typed.clone()).unwrap_or_default();
        if let Some(made) = self.log.environment_made_by(plan) {
            typed.set(Blank::NewEnvironment, made.as_str());
        }
        typed
    }

    /// The number of a plan that is the same to the letter, where it is here already.
    pub fn plan_like(&self, plan: &Plan) -> Option<u32> {
        self.plans.iter().find(|saved| saved.plan == *plan).map(|saved| saved.number)
    }
}

/// What the wizard is to make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Goal {
    /// Restore one environment onto another or onto itself.
    #[default]
    Restore,
    /// Restore a Production environment by switching it to Sandbox and back (R16).
    ToProduction,
    /// Bring deleted records back beside the original: restore to a new environment (R17).
    Beside,
}

impl Draft {
    /// Chooses a value. Another one than before is not what was confirmed (R3), so that the confirmation is asked for again.
    pub fn choose<T: PartialEq>(&mut self, field: impl Fn(&mut Draft) -> &mut Option<T>, value: T) {
        if field(self).as_ref() != Some(&value) {
            *field(self) = Some(value);
            self.unconfirm();
        }
    }

    /// What was confirmed is not what would be done: it is asked for again.
    pub fn unconfirm(&mut self) {
        self.confirm_typed.clear();
        self.losses.clear();
    }
}

/// The restore wizard as it was left. Text fields hold what was typed, also where it is not valid yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    #[serde(default)]
    pub goal: Goal,
    pub manual: bool,
    pub source: Option<EnvironmentId>,
    /// The chosen instant of a system restore, UTC.
    pub instant: Option<DateTime<Utc>>,
    /// When `instant` was chosen, UTC: tells a point that has left the window since from one that never was in it.
    #[serde(default)]
    pub chosen_at: Option<DateTime<Utc>>,
    /// The text of the instant as typed.
    #[serde(default)]
    pub instant_typed: String,
    /// Whether `instant_typed` was typed into the UTC field; otherwise it is local time.
    #[serde(default)]
    pub typed_in_utc: bool,
    pub backup: Option<String>,
    pub target: Option<EnvironmentId>,
    #[serde(default)]
    pub include_audit_logs: bool,
    #[serde(default)]
    pub new_name: String,
    #[serde(default)]
    pub special_apps: Vec<SpecialApp>,
    /// What was typed to confirm that the target is overwritten (R3).
    #[serde(default)]
    pub confirm_typed: String,
    /// The losses that were confirmed, each as it was said: another sentence is another loss.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<String>,
    /// What the lists of environments are filtered by.
    #[serde(default)]
    pub source_search: String,
    #[serde(default)]
    pub target_search: String,
    /// 0-based step of the wizard.
    #[serde(default)]
    pub step: u8,
    /// The furthest step that was opened, 0-based: a step that nobody has seen does not count as complete.
    #[serde(default)]
    pub furthest: u8,
    /// When it was begun, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<DateTime<Utc>>,
}
