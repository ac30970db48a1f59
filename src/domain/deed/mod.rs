//! What people do, or record as done: the words that everything else is made of. The menu offers deeds, a step of a plan does one, a
//! remedy is made of them, `life` judges them and tells what happened then. None of these lists them again.

/// What a setting was before, out of an `Option<&Setting>`.
macro_rules! before {
    ($from:expr, $what:ident) => {
        match $from {
            Some(Setting::$what(it)) => Some(it.clone()),
            _ => None,
        }
    };
}

mod setting;
pub(super) mod stored;

pub use setting::Setting;

use super::environment::{EnvironmentId, Key, Kind, Policy, Region};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// Something that an administrator does, or records as done, to an environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")] // read and written in `stored`
pub enum Deed {
    /// M1, M2. `point` is the closest available time (M9), UTC, where it is known; else the moment of asking.
    CreateManualBackup {
        environment: EnvironmentId,
        id: String,
        label: String,
        point: Option<DateTime<Utc>>,
    },
    /// M5, M7.
    DeleteManualBackup {
        environment: EnvironmentId,
        backup: String,
    },
    #[serde(skip)]
    Set {
        environment: EnvironmentId,
        setting: Setting,
    },
    /// A restore begins. `ends` (UTC) is when it will end by itself, in a rehearsal; `None` where its end is recorded with
    /// [`Deed::EndRestore`]. `fails` is how a rehearsal makes it fail.
    StartRestore {
        request: RestoreRequest,
        ends: Option<DateTime<Utc>>,
        fails: bool,
    },
    /// The restore that runs onto `target` ended.
    EndRestore {
        target: EnvironmentId,
        failed: bool,
    },
    /// What was going on with it at the last look, other than a restore, has ended (T9).
    EndActivity {
        environment: EnvironmentId,
    },
    Create(NewEnvironment),
    /// X1, X3.
    Delete {
        environment: EnvironmentId,
    },
    /// X1, X2, X3.
    Recover {
        environment: EnvironmentId,
    },
}

impl Deed {
    /// The environment that it is done to: of a restore, the one that is overwritten.
    pub fn environment(&self) -> &EnvironmentId {
        match self {
            Deed::StartRestore { request, .. } => &request.target,
            Deed::EndRestore { target, .. } => target,
            Deed::Create(new) => &new.id,
            Deed::CreateManualBackup { environment, .. }
            | Deed::DeleteManualBackup { environment, .. }
            | Deed::Set { environment, .. }
            | Deed::EndActivity { environment }
            | Deed::Delete { environment }
            | Deed::Recover { environment } => environment,
        }
    }
}

impl<'de> Deserialize<'de> for Deed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        stored::read(from, |environment, setting| Deed::Set { environment, setting }, |own| Deed::deserialize(own))
    }
}

impl Serialize for Deed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Deed::Set { environment, setting } => stored::write(environment, setting, stored::In::Deed, to),
            other => Deed::serialize(other, to),
        }
    }
}

/// A new environment. What is `None` stays unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewEnvironment {
    pub id: EnvironmentId,
    pub name: String,
    pub kind: Kind,
    pub region: Option<Region>,
    pub dataverse: Option<bool>,
    pub dynamics: Option<bool>,
    pub managed: Option<bool>,
    pub key: Option<Key>,
    #[serde(default)]
    pub policies: Option<BTreeSet<Policy>>,
}

/// What to go back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// An instant of the continuous system backup, UTC.
    System(DateTime<Utc>),
    /// A manual backup of the source, by its id.
    Manual(String),
}

/// Apps that have procedures of their own (R19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpecialApp {
    Marketing,
    Finance,
    Omnichannel,
    SynapseLink,
    Portals,
}

/// The restore that somebody wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestoreRequest {
    pub source: EnvironmentId,
    pub target: EnvironmentId,
    pub point: Point,
    /// R5: off by default.
    #[serde(default)]
    pub include_audit_logs: bool,
    /// R4: a new name for the target.
    #[serde(default)]
    pub new_name: Option<String>,
    #[serde(default)]
    pub special_apps: Vec<SpecialApp>,
}
