//! Sorts of events.

use crate::domain::deed::Setting;
use serde::{Deserialize, Serialize};

/// What an event is about, for filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventSort {
    Backup,
    Retention,
    Kind,
    Restore,
    AdministrationMode,
    Managed,
    Key,
    Dataverse,
    /// Created, deleted, recovered.
    Environment,
    Import,
    Answer,
    Storage,
    /// The list itself and its name.
    #[default]
    List,
}

impl EventSort {
    /// Of what is set.
    pub(super) fn of(setting: &Setting) -> Self {
        match setting {
            Setting::Kind(_) => EventSort::Kind,
            Setting::Dataverse => EventSort::Dataverse,
            Setting::Managed(_) => EventSort::Managed,
            Setting::Key(_) => EventSort::Key,
            Setting::Retention(_) => EventSort::Retention,
            Setting::AdministrationMode(_) => EventSort::AdministrationMode,
        }
    }

    pub const ALL: [EventSort; 13] = [
        EventSort::Backup,
        EventSort::Retention,
        EventSort::Kind,
        EventSort::Restore,
        EventSort::AdministrationMode,
        EventSort::Managed,
        EventSort::Key,
        EventSort::Dataverse,
        EventSort::Environment,
        EventSort::Import,
        EventSort::Answer,
        EventSort::Storage,
        EventSort::List,
    ];

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            EventSort::Backup => "Manual backups",
            EventSort::Retention => "Retention",
            EventSort::Kind => "Switches of kind",
            EventSort::Restore => "Restores",
            EventSort::AdministrationMode => "Administration mode",
            EventSort::Managed => "Managed Environments",
            EventSort::Key => "Encryption keys",
            EventSort::Dataverse => "Dataverse",
            EventSort::Environment => "Created, deleted, recovered",
            EventSort::Import => "Imports",
            EventSort::Answer => "Answers",
            EventSort::Storage => "Storage",
            EventSort::List => "The list",
        }
    }
}
