//! How settings are kept: under the names that they had when each was a deed, a step and an event of its own. They stay, so that
//! what an earlier version keeps is read, and a tab that still runs one reads what is kept here.

use super::super::environment::{EnvironmentId, Key, Kind, RuntimeState};
use super::Setting;
use crate::json::{self, Reader};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Where a setting stands: a plan names two of them otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    Deed,
    Step,
}

/// A setting that is set, in a deed or a step.
#[derive(Serialize, Deserialize)]
enum StoredSetting {
    Switch { environment: EnvironmentId, to: Kind },
    SwitchKind { environment: EnvironmentId, to_sandbox: bool },
    AddDataverse { environment: EnvironmentId },
    SetManaged { environment: EnvironmentId, managed: bool },
    SetKey { environment: EnvironmentId, key: Key },
    SetRetention { environment: EnvironmentId, days: u32 },
    SetAdministrationMode { environment: EnvironmentId, on: bool },
    SetRuntimeState { environment: EnvironmentId, state: RuntimeState },
}

impl StoredSetting {
    fn of(environment: &EnvironmentId, setting: &Setting, place: In) -> Self {
        let environment = environment.clone();
        match (setting.clone(), place) {
            (Setting::Kind(to), In::Deed) => StoredSetting::Switch { environment, to },
            (Setting::Kind(to), In::Step) => StoredSetting::SwitchKind { environment, to_sandbox: to == Kind::Sandbox },
            (Setting::Dataverse, _) => StoredSetting::AddDataverse { environment },
            (Setting::Managed(managed), _) => StoredSetting::SetManaged { environment, managed },
            (Setting::Key(key), _) => StoredSetting::SetKey { environment, key },
            (Setting::Retention(days), _) => StoredSetting::SetRetention { environment, days },
            (Setting::AdministrationMode(on), In::Deed) => StoredSetting::SetAdministrationMode { environment, on },
            (Setting::AdministrationMode(on), In::Step) => {
                StoredSetting::SetRuntimeState { environment, state: RuntimeState::of_administration_mode(on) }
            }
        }
    }

    /// `None`: a state of an environment that nobody can set.
    fn set(self) -> Option<(EnvironmentId, Setting)> {
        Some(match self {
            StoredSetting::Switch { environment, to } => (environment, Setting::Kind(to)),
            StoredSetting::SwitchKind { environment, to_sandbox } => {
                (environment, Setting::Kind(if to_sandbox { Kind::Sandbox } else { Kind::Production }))
            }
            StoredSetting::AddDataverse { environment } => (environment, Setting::Dataverse),
            StoredSetting::SetManaged { environment, managed } => (environment, Setting::Managed(managed)),
            StoredSetting::SetKey { environment, key } => (environment, Setting::Key(key)),
            StoredSetting::SetRetention { environment, days } => (environment, Setting::Retention(days)),
            StoredSetting::SetAdministrationMode { environment, on } => (environment, Setting::AdministrationMode(on)),
            StoredSetting::SetRuntimeState { environment, state } => {
                (environment, Setting::AdministrationMode(state.administration_mode()?))
            }
        })
    }
}

/// A setting that was set: what happened. What it was before is kept where the history keeps it.
#[derive(Serialize, Deserialize)]
enum StoredEvent {
    Switched { from: Option<Kind>, to: Kind },
    DataverseAdded,
    ManagedSet { from: Option<bool>, to: bool },
    KeySet { from: Option<Key>, to: Key },
    RetentionSet { from: Option<u32>, days: u32 },
    StateSet(RuntimeState),
}

impl StoredEvent {
    fn of(from: Option<&Setting>, to: &Setting) -> Self {
        match to.clone() {
            Setting::Kind(to) => StoredEvent::Switched { from: before!(from, Kind), to },
            Setting::Dataverse => StoredEvent::DataverseAdded,
            Setting::Managed(to) => StoredEvent::ManagedSet { from: before!(from, Managed), to },
            Setting::Key(to) => StoredEvent::KeySet { from: before!(from, Key), to },
            Setting::Retention(days) => StoredEvent::RetentionSet { from: before!(from, Retention), days },
            Setting::AdministrationMode(on) => StoredEvent::StateSet(RuntimeState::of_administration_mode(on)),
        }
    }

    fn set(self) -> Option<(Option<Setting>, Setting)> {
        Some(match self {
            StoredEvent::Switched { from, to } => (from.map(Setting::Kind), Setting::Kind(to)),
            StoredEvent::DataverseAdded => (None, Setting::Dataverse),
            StoredEvent::ManagedSet { from, to } => (from.map(Setting::Managed), Setting::Managed(to)),
            StoredEvent::KeySet { from, to } => (from.map(Setting::Key), Setting::Key(to)),
            StoredEvent::RetentionSet { from, days } => (from.map(Setting::Retention), Setting::Retention(days)),
            StoredEvent::StateSet(state) => (None, Setting::AdministrationMode(state.administration_mode()?)),
        })
    }
}

/// Writes that `environment` is set to `setting`.
///
/// # Errors
/// Those of `to`.
pub(in crate::domain) fn write<S: Serializer>(
    environment: &EnvironmentId,
    setting: &Setting,
    place: In,
    to: S,
) -> Result<S::Ok, S::Error> {
    StoredSetting::of(environment, setting, place).serialize(to)
}

/// Writes that something was set.
///
/// # Errors
/// Those of `to`.
pub(in crate::domain) fn write_event<S: Serializer>(
    from: Option<&Setting>,
    setting: &Setting,
    to: S,
) -> Result<S::Ok, S::Error> {
    StoredEvent::of(from, setting).serialize(to)
}

/// Reads a deed or a step: a setting as it is kept, or anything else as `own` reads it.
///
/// # Errors
/// It is neither.
pub(in crate::domain) fn read<'de, D: Deserializer<'de>, T>(
    from: D,
    set: impl FnOnce(EnvironmentId, Setting) -> T,
    own: impl FnOnce(&mut Reader) -> Result<T, json::Error>,
) -> Result<T, D::Error> {
    let text = text_of(from)?;
    match json::read::<StoredSetting>(&text) {
        Ok(stored) => stored.set().map(|(environment, setting)| set(environment, setting)).ok_or_else(no_state),
        Err(_) => own(&mut Reader::new(&text)).map_err(D::Error::custom),
    }
}

/// Reads what happened, in the same way.
///
/// # Errors
/// It is neither.
pub(in crate::domain) fn read_event<'de, D: Deserializer<'de>, T>(
    from: D,
    set: impl FnOnce(Option<Setting>, Setting) -> T,
    own: impl FnOnce(&mut Reader) -> Result<T, json::Error>,
) -> Result<T, D::Error> {
    let text = text_of(from)?;
    match json::read::<StoredEvent>(&text) {
        Ok(stored) => stored.set().map(|(from, to)| set(from, to)).ok_or_else(no_state),
        Err(_) => own(&mut Reader::new(&text)).map_err(D::Error::custom),
    }
}

/// Through text, as plans are read: a second way would be a second copy of the readers in the program.
fn text_of<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Value::deserialize(from).map(|value| value.to_string())
}

fn no_state<E: Error>() -> E {
    E::custom("a state that nobody can set")
}
