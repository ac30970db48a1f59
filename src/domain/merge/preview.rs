//! What an import would change, line by line.

use super::super::environment::{EnvironmentId, FactKey};
use super::super::whose::{FileDoubt, Whose};
use super::change::{BackupChange, FieldChange, Note};
use super::cloud::CloudNote;
use super::service::Learned;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// Where each environment of a tenant stands in it.
pub(super) type Index = HashMap<EnvironmentId, usize>;

/// One environment in the preview.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewLine {
    pub id: EnvironmentId,
    pub name: String,
    pub what: LineKind,
    /// The facts that matter and stay unknown after the merge.
    pub unknown: Vec<FactKey>,
    /// What changes nothing but should be known, such as an answer that goes on counting against the file.
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LineKind {
    Added,
    /// What changes.
    Changed(Vec<FieldChange>),
    Unchanged,
    /// Known to the tenant, not in the file. It is kept until the user takes it off the list.
    Missing,
}

/// What a merge would do. Nothing is kept yet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Preview {
    /// In the order of the file; missing environments last.
    pub lines: Vec<PreviewLine>,
    /// How many living environments are not in a file that lists environments and does not prove that those are missing.
    pub not_spoken_of: usize,
    /// Manual backups that would be added, changed or taken off.
    pub backups: Vec<BackupChange>,
    /// What would be learned from what the service printed: operations, candidates, rules of groups.
    pub learned: Vec<Learned>,
    /// Set where the capacity would change.
    pub capacity: Option<FieldChange>,
    /// How old the file shows itself to be (UTC), where that is more than a day: [`super::age_hint`].
    pub asked_at_latest: Option<DateTime<Utc>>,
    /// The sample tenant would be put away whole: real and made-up environments are never mixed.
    pub replaces_sample: bool,
    /// Of which tenant the file is. Of another one: nothing of it is merged.
    pub whose: Whose,
    /// What is to be asked before it is kept.
    pub doubts: Vec<FileDoubt>,
    /// Set where something becomes known of the tenant's cloud, or is not known any more.
    pub cloud: Option<CloudNote>,
}
