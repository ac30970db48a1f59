//! What happened, as data; the words are in `crate::words`.

use super::super::capacity::Balance;
use super::super::environment::{Environment, EnvironmentId, FactKey};
use super::super::life::{Happening, What};
use super::super::merge::{BackupChange, CloudNote, FieldChange, Learned, Value};
use super::super::service::Cloud;
use super::super::tenant::Tenant;
use super::EventSort;
use chrono::{DateTime, Utc};

/// What happened; past tense, for the activity list.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// UTC.
    pub at: DateTime<Utc>,
    pub environment: Option<EnvironmentId>,
    pub what: Happened,
}

/// What happened. Names are those that environments have then.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// To the environment of this name: what it does to the tenant when it is replayed (see [`super::life::evolve`]). All others
    /// change what is *known*.
    Life(String, What),
    Answered {
        name: String,
        fact: FactKey,
        value: Value,
    },
    AnswerForgotten {
        name: String,
        fact: FactKey,
    },
    /// K7: a retention setting was kept for others, and not for environments of these names.
    LeftOut(Vec<String>),
    StorageStated(Balance),
    /// `None`: the answer was taken back.
    CloudAnswered(Option<Cloud>),
    OffTheList(String),
    /// Empty: it has none any more.
    TenantNamed(String),
    SamplePutAway,
    Imported(Imported),
    /// A fact of the environment of this name.
    Changed(String, FieldChange),
    BackupChanged(BackupChange),
    /// The name is that of its environment.
    Learned(Option<String>, Learned),
    StorageChanged(FieldChange),
    CloudTold(CloudNote),
}

/// What became of the environments of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub name: String,
    pub format: String,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub missing: usize,
}

impl Event {
    /// A change of what is known of the tenant.
    pub fn note(at: DateTime<Utc>, what: Happened) -> Self {
        Self { at, environment: None, what }
    }

    /// A change of what is known of an environment, made of its name.
    pub(super) fn about(at: DateTime<Utc>, env: &Environment, what: impl FnOnce(String) -> Happened) -> Self {
        Self { at, environment: Some(env.id.clone()), what: what(env.name.clone()) }
    }

    /// A happening, with the name that its environment has in `tenant`.
    pub fn of(happening: Happening, tenant: &Tenant) -> Self {
        let Happening { at, environment, what } = happening;
        let name = tenant.name_of(&environment);
        Self { at, environment: Some(environment), what: Happened::Life(name, what) }
    }

    /// What it is about, for filters.
    pub fn of_sort(&self) -> EventSort {
        match &self.what {
            Happened::Life(_, what) => what.sort(),
            Happened::Answered { .. }
            | Happened::AnswerForgotten { .. }
            | Happened::LeftOut(_)
            | Happened::CloudAnswered(_) => EventSort::Answer,
            Happened::StorageStated(_) => EventSort::Storage,
            Happened::OffTheList(_) | Happened::TenantNamed(_) => EventSort::List,
            _ => EventSort::Import,
        }
    }

    /// What happened to an environment, where something did.
    pub fn happening(&self) -> Option<Happening> {
        match (&self.environment, &self.what) {
            (Some(environment), Happened::Life(_, what)) => {
                Some(Happening { at: self.at, environment: environment.clone(), what: what.clone() })
            }
            _ => None,
        }
    }
}
