//! What reading says about rows and files, as values. [`super::says`] makes sentences of them.

use super::Severity;
use super::findings::Findings;
use super::formats::Quoted;
use crate::domain::limits::Over;
use chrono::{DateTime, Utc};

/// Something to say about a row or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A date before 2000 or after 9998.
    DateOutside,
    /// A day without a time, or a time without a zone: from when to when it can be.
    Between(DateTime<Utc>, DateTime<Utc>),
    /// An instant that has not come yet, where only one of the past can be meant.
    Future,
    /// A period in days that is none of the choices of K2.
    NoSetting { days: u32 },
    /// A period that cannot be read.
    NoPeriod,
    /// A row in a list of environments that is none; what it is, where that is known.
    NotAnEnvironment { known: Option<&'static str> },
    /// A row with the id of an environment, which nothing proves to be one.
    Unproven,
    /// A row without the id of an environment.
    NoId,
    /// A row that is plainly an environment, and has no id at all.
    WithoutId,
    /// JSON inside a cell that is not whole.
    CutCell,
    /// JSON inside a cell of which there is too much.
    CellOver(Over),
    /// A quotation mark in a table that is never closed: what stands behind it is one cell.
    OpenQuote,
    /// A quotation mark that is closed by that of another row, in the line `last`.
    StrayQuote { last: usize },
    /// A line of a table that holds an id, and whose columns cannot be told apart.
    LostLine,
    /// A row of a table with more cells than its header has titles.
    MoreCells { cells: usize, titles: usize },
    /// A cell that should hold a JSON object and holds something else.
    NoObject,
    /// Rows that had to be left out of a list of the tenant.
    LeftOut,
    /// An id that was cut to the width of a window.
    CutId,
    /// A row with the same id as an earlier one, and the same content.
    Twice { unit: &'static str, first: usize, again: usize },
    /// The same id with another content; the facts of which the two say different things.
    Differs { unit: &'static str, first: usize, again: usize, facts: Vec<&'static str> },
    /// Deleted, and the file does not say when.
    DeletedAtSomeTime,
    /// A time of deletion that has not come yet, of what is called deleted or is not.
    DeletedLater { says_deleted: bool },
    /// The list has more pages.
    OnePage,
    /// A list of what one user sees.
    OneUser,
    /// A query may leave environments out.
    Query,
    /// A filter in the command that stands above the list.
    Filtered,
    /// No Default environment, which every tenant has.
    NoDefault,
    /// Addresses of several clouds.
    SeveralClouds,
    /// Columns that look important and are not read.
    Unused,
    /// Operations without an environment.
    WhoseOperations { count: usize },
    /// An operation without an id, or without a time at which it began that can be used; `runs`: what runs, or may, is kept (T9).
    HalfAnOperation { id: bool, began: Began, runs: bool },
    /// Restore candidates without their source and date.
    WhoseCandidates,
    /// A rule set that names no group.
    WhoseRules,
    /// A rule set of a group says nothing of backups.
    NoRetentionRule,
    /// A rule of a group has changes that are not published.
    StagedRule,
    /// An end is announced of something that is no trial.
    EndOfNoTrial,
    /// A scheduled operation whose meaning or date is not known.
    UnknownSchedule,
    /// A system backup in a list of manual ones.
    SystemBackup,
    /// A manual backup without a restore point.
    NoPoint,
    /// A manual backup of whose restore point only the day is told, or no time zone.
    LoosePoint,
    /// A manual backup without a label.
    NoLabel,
    /// A manual backup that is listed twice.
    BackupTwice,
    /// Manual backups beside which there are others, so that none of those that are known is gone.
    PartOfBackups,
    /// Manual backups without their environment.
    WhoseBackups,
    /// An amount of storage that is no number, or less than nothing.
    NoAmount,
    /// A kind that is no word.
    NoKind,
    /// A hint of the region that names no geography.
    NoGeography,
    /// A row in a list in which the service says that something went wrong.
    ErrorRow(Quoted),
    /// The encryption key is called the customer's, and the policy that links it is not linked.
    TwoKeys,
    /// Somebody else than Microsoft or the customer manages the encryption key.
    UnknownKeeper,
    /// A key that stands in one object twice, with different values.
    KeyTwice,
    /// Storage of which nothing is used, without a date of the past.
    NeverMeasured,
    /// Two columns for one thing, with different values.
    ColumnsDiffer,
    /// Something did not succeed with the environment, the service says.
    Failed,
    /// A list of something else than environments has more pages.
    OnePageOf(&'static str),
    /// A part of the restore candidates, so that who is not in it may have been offered all the same.
    PageOfCandidates,
    /// Beside the list stands an error of the service or a tool: the list may have ended before its end.
    ErrorBeside(Quoted),
}

/// What an operation says of its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    Known,
    /// A time that cannot be used, such as one in the future; why has been said.
    Unusable,
    Missing,
}

impl Cause {
    /// Adds the finding.
    pub fn tell(&self, findings: &mut Findings, place: &str, field: &str, value: &str) {
        let (says, help) = self.words();
        findings.add(self.severity(), place, field, value, says, help);
    }

    /// Adds the finding for the whole file.
    pub fn of_file(&self, findings: &mut Findings) {
        self.tell(findings, "", "", "");
    }

    /// What neither leaves something out nor is only good to know is a warning.
    pub fn severity(&self) -> Severity {
        match self {
            Cause::NotAnEnvironment { .. }
            | Cause::ErrorRow(_)
            | Cause::OpenQuote
            | Cause::StrayQuote { .. }
            | Cause::LostLine
            | Cause::Unproven
            | Cause::MoreCells { .. }
            | Cause::NoId
            | Cause::WithoutId
            | Cause::CutId
            | Cause::HalfAnOperation { runs: false, .. }
            | Cause::NoPoint
            | Cause::PageOfCandidates
            | Cause::LoosePoint
            | Cause::NeverMeasured => Severity::Error,
            Cause::Twice { .. }
            | Cause::OneUser
            | Cause::Query
            | Cause::Filtered
            | Cause::NoDefault
            | Cause::Unused
            | Cause::WhoseOperations { .. }
            | Cause::WhoseCandidates
            | Cause::NoRetentionRule
            | Cause::SystemBackup
            | Cause::NoLabel
            | Cause::BackupTwice
            | Cause::PartOfBackups
            | Cause::WhoseBackups => Severity::Note,
            _ => Severity::Warning,
        }
    }
}
