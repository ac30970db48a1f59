//! What a page says, as data: an edition and its rows.

use super::super::environment::Kind;
use super::super::rule::RuleText;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Names an edition by its date, such as `2024-04-02`. Stored as text, so that a workspace may name an edition that this
/// build does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EditionId(pub String);

/// How sure an edition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The whole page was read.
    FullPage,
    /// Only published change notes were read; say so wherever the edition is shown.
    ChangeNotes,
}

/// How long a sort of backup is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A fixed number of days.
    Days(u32),
    /// 7, 14, 21 or 28 days by setting; 7 until it is set (K2).
    BySetting,
    /// The page contradicts itself: kept this many days according to the table, not backed up according to the text (D1).
    Contested(u32),
    /// This sort of backup cannot be made.
    NotSupported,
    /// Not backed up at all.
    NotBackedUp,
}

/// One row of the retention table.
#[derive(Clone, Debug)]
pub struct RetentionRow {
    pub kind: Kind,
    /// Whether the row is for environments with Dynamics 365 apps; `None`: for both.
    pub dynamics: Option<bool>,
    /// Whether the row is for Managed Environments; `None`: for both.
    pub managed: Option<bool>,
    pub system: Period,
    pub manual: Period,
}

/// Whether a source kind may be restored to a target kind (T1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    Yes,
    /// Only onto itself (the footnote of the matrix).
    ItselfOnly,
    No,
}

/// One row of the documented matrix of kinds.
#[derive(Clone, Debug)]
pub struct PairRow {
    pub source: Kind,
    /// In the order of [`Edition::targets`].
    pub cells: &'static [Pair],
}

/// An admin role that the page names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdminRole {
    PowerPlatform,
    Dynamics365,
    Global,
}

/// How the keys of source and target must agree (T5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMatch {
    /// Any customer-managed key on the target will do (D7).
    Any,
    Same,
}

/// A dated rule set. See [`super::EDITIONS`]. All of it is borrowed from statics, so that it can be carried along by value.
#[derive(Clone, Copy)]
pub struct Edition {
    /// The date, such as `2024-04-02`.
    pub id: &'static str,
    /// For people: "Rules of 2 April 2024".
    pub title: &'static str,
    /// The day alone: "2 April 2024".
    pub dated: &'static str,
    pub basis: Basis,
    /// Where it comes from, one sentence.
    pub origin: &'static str,
    pub retention: &'static [RetentionRow],
    /// The kinds that head the columns of the documented matrix.
    pub targets: &'static [Kind],
    /// A kind that is no row is never a source; a kind that is no column is never a target.
    pub pairs: &'static [PairRow],
    /// The kinds of which manual backups can be created (M1).
    pub manual_kinds: &'static [Kind],
    /// Whether the manual part above the base period of a [`Period::BySetting`] row is only possible (D4).
    pub manual_setting_contested: bool,
    pub key_match: KeyMatch,
    /// Whether enterprise policies must agree (T6).
    pub policies_must_match: bool,
    /// The source kinds whose restore the page calls allowed and, in the same breath, not offered by the admin center.
    pub not_offered_sources: &'static [Kind],
    /// R7: how long a restore may take, one sentence.
    pub restore_duration: &'static str,
    /// K2: the values that the retention setting takes, in days, ascending.
    pub choices: &'static [u32],
    /// The retention in days until a setting is made, wherever it is fixed at a week, and of the points that may be restored to
    /// Production through Sandbox (K2, K6, R16).
    pub base_days: u32,
    /// K4: how long a changed retention setting may take to apply.
    pub settling: TimeDelta,
    /// K14: how long a new environment may have nothing to restore.
    pub first_day: TimeDelta,
    /// M8: how long a manual backup is certainly being processed, and from when on it is ready without a caution.
    pub processing: TimeDelta,
    pub ready: TimeDelta,
    /// X1: days in which a deleted environment can be recovered, and those of a Production environment with Dynamics 365 apps.
    pub recovery_days: u32,
    pub recovery_days_with_dynamics: u32,
    /// T7, D12: free database megabytes that a restore needs.
    pub restore_needs_mb: f64,
    /// R20: how long to wait before a failed restore is tried again.
    pub retry_after: TimeDelta,
    /// R20: whether a failed restore leaves the target disabled, and retrying it as target is documented.
    pub failed_restore_disables_target: bool,
    /// X3: whether recovering a deleted environment is documented to need capacity.
    pub recovery_needs_capacity: bool,
    /// R21, D13: the admin roles that may restore, and those that may and should not be used for it.
    pub roles: &'static [AdminRole],
    pub roles_to_avoid: &'static [AdminRole],
    /// Texts of rules that differ from the common ones in [`crate::domain::rule`].
    pub texts: &'static [RuleText],
}

impl Default for EditionId {
    fn default() -> Self {
        Edition::default_edition().id()
    }
}
