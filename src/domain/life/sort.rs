//! Sorts of events.

use crate::domain::deed::Setting;
use serde::{Deserialize, Serialize};

/// What an event is about, for filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sort {
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

impl Sort {
    /// Of what is set.
    pub(super) fn of(setting: &Setting) -> Self {
        match setting {
            Setting::Kind(_) => Sort::Kind,
            Setting::Dataverse => Sort::Dataverse,
            Setting::Managed(_) => Sort::Managed,
            Setting::Key(_) => Sort::Key,
            Setting::Retention(_) => Sort::Retention,
            Setting::AdministrationMode(_) => Sort::AdministrationMode,
        }
    }

    pub const ALL: [Sort; 13] = [
        Sort::Backup,
        Sort::Retention,
        Sort::Kind,
        Sort::Restore,
        Sort::AdministrationMode,
        Sort::Managed,
        Sort::Key,
        Sort::Dataverse,
        Sort::Environment,
        Sort::Import,
        Sort::Answer,
        Sort::Storage,
        Sort::List,
    ];

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Sort::Backup => "Manual backups",
            Sort::Retention => "Retention",
            Sort::Kind => "Switches of kind",
            Sort::Restore => "Restores",
            Sort::AdministrationMode => "Administration mode",
            Sort::Managed => "Managed Environments",
            Sort::Key => "Encryption keys",
            Sort::Dataverse => "Dataverse",
            Sort::Environment => "Created, deleted, recovered",
            Sort::Import => "Imports",
            Sort::Answer => "Answers",
            Sort::Storage => "Storage",
            Sort::List => "The list",
        }
    }
}
