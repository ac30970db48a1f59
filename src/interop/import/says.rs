//! What reading says about rows and files: causes as values, and the one place that makes sentences of them.

use super::Severity;
use super::findings::Findings;
use super::formats::{Quoted, WayOut};
use super::refuse::clean;
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
    /// A cell that should hold a JSON object and holds something else.
    NoObject,
    /// Rows that had to be left out of a list of the tenant.
    LeftOut,
    /// An id that was cut to the width of a window.
    CutId,
    /// A row with the same id as an earlier one, and the same content.
    Twice { unit: &'static str, first: usize, again: usize },
    /// The same id with another content.
    Differs { unit: &'static str, first: usize, again: usize },
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
    /// A key that stands in one object twice, with different values.
    KeyTwice,
    /// Storage of which nothing is used, without a date of the past.
    NeverMeasured,
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

    pub fn severity(&self) -> Severity {
        match self {
            Cause::NotAnEnvironment { .. }
            | Cause::ErrorRow(_)
            | Cause::OpenQuote
            | Cause::StrayQuote { .. }
            | Cause::NoId
            | Cause::WithoutId
            | Cause::CutId
            | Cause::HalfAnOperation { runs: false, .. }
            | Cause::NoPoint
            | Cause::LoosePoint
            | Cause::NeverMeasured => Severity::Error,
            Cause::DateOutside
            | Cause::Between(..)
            | Cause::Future
            | Cause::NoSetting { .. }
            | Cause::NoPeriod
            | Cause::Differs { .. }
            | Cause::DeletedAtSomeTime
            | Cause::CutCell
            | Cause::NoObject
            | Cause::CellOver(_)
            | Cause::DeletedLater { .. }
            | Cause::OnePage
            | Cause::LeftOut
            | Cause::SeveralClouds
            | Cause::HalfAnOperation { runs: true, .. }
            | Cause::KeyTwice
            | Cause::TwoKeys
            | Cause::NoAmount
            | Cause::NoKind
            | Cause::NoGeography
            | Cause::WhoseRules
            | Cause::StagedRule
            | Cause::EndOfNoTrial
            | Cause::UnknownSchedule => Severity::Warning,
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
            | Cause::WhoseBackups => Severity::Note,
        }
    }

    /// What is said, and what to do now.
    fn words(&self) -> (String, &'static str) {
        match self {
            Cause::DateOutside => said(
                "this date is not between the years 2000 and 9998 and was left out",
                "export the list again, or answer the question about it in the app",
            ),
            Cause::Between(from, to) => said(
                format!(
                    "this date has no time, or no time zone: it can be any instant from {} to {}, and only what holds for all of them is sure",
                    from.format("%Y-%m-%d %H:%M"),
                    to.format("%Y-%m-%d %H:%M UTC")
                ),
                "export the list again with times in UTC, or answer the question about it in the app",
            ),
            Cause::Future => said(
                "this instant lies in the future and was left out",
                "check the clock of this computer and export the list again",
            ),
            Cause::NoSetting { days } => said(
                format!(
                    "{days} days is no retention setting: it counts only as what the service offered at that moment"
                ),
                "the setting is one of 7, 14, 21 or 28 days; look it up in the admin center and answer the question in the app",
            ),
            Cause::NoPeriod => said(
                "this period cannot be read and was left out",
                "periods look like `P7D` or `7.00:00:00`; export the list again, or answer the question in the app",
            ),
            Cause::NotAnEnvironment { known: None } => said("this row is no environment and was left out", ""),
            Cause::NotAnEnvironment { known: Some(what) } => {
                said(format!("this row belongs to {what}: it is no environment and was left out"), "")
            }
            Cause::NoId => said(
                "this row has no usable environment id and was left out",
                "export the list again with the id of each environment",
            ),
            Cause::WithoutId => said(
                "this row is an environment without an id, and was left out: an environment is known by its id alone",
                "export the list again with the id of each environment",
            ),
            Cause::CutCell => said(
                "the JSON in this cell is not whole, so what it says of the environment was left out",
                "export the list again as JSON, or with the whole of each cell",
            ),
            Cause::CellOver(over) => said(
                format!("{over}; what the cell says of the environment was left out"),
                "export the list again as JSON",
            ),
            Cause::OpenQuote => said(
                "a quotation mark is opened in this row and never closed: this row and all rows behind it cannot be told apart and were left out",
                "close or double the quotation mark in this row, or export the list again",
            ),
            Cause::StrayQuote { last } => said(
                format!(
                    "a quotation mark is opened in this row and closed by that of another, so that the cell runs on to line {last}: the rows up to there cannot be told apart and were left out"
                ),
                "close or double the quotation mark in this row, or export the list again",
            ),
            Cause::NoObject => said(
                "this cell holds no JSON object, so what it says of the environment was left out",
                "export the list again as JSON, or with the whole of each cell",
            ),
            Cause::LeftOut => said(
                "rows of this list had to be left out, so it is not the whole tenant, and nothing is reported as missing",
                "mend what is said of these rows, or export the list again, and import it once more",
            ),
            Cause::CutId => said(
                "the id of this row is cut, so the row was left out",
                "make the window wider, or ask for JSON (`--json`, `| ConvertTo-Json -Depth 10`)",
            ),
            Cause::Twice { unit, first, again } => {
                said(format!("the same environment stands in {unit}s {first} and {again}; it is kept once"), "")
            }
            Cause::Differs { unit, first, again } => said(
                format!(
                    "{unit}s {first} and {again} have the same id but differ; the first counts, the other was left out"
                ),
                "export the list again",
            ),
            Cause::DeletedAtSomeTime => said(
                "it is deleted, but the file does not say when: at some time between the last sign of its life and this file",
                "look up in the admin center when it was deleted, and answer the question about it in the app",
            ),
            Cause::DeletedLater { says_deleted: true } => said(
                "this time of deletion lies in the future, so when it was deleted is not known",
                "check the clock of this computer, look up in the admin center when it was deleted, and answer the question about it in the app",
            ),
            Cause::DeletedLater { says_deleted: false } => said(
                "this time of deletion lies in the future and was left out: it counts as living",
                "check the clock of this computer, and look in the admin center whether it is deleted",
            ),
            Cause::OnePage => said(
                "this is one page of a longer list; the environments on the other pages are not in it",
                "import the other pages as well; nothing is reported as missing",
            ),
            Cause::OneUser => said(
                "this is the list of one user, who may not see every environment; nothing is reported as missing",
                "",
            ),
            Cause::Query => said("a query may leave environments out; nothing is reported as missing", ""),
            Cause::Filtered => said(
                "the command above this list narrows it to a part of the tenant; nothing is reported as missing",
                "run it without the filter for the whole tenant",
            ),
            Cause::NoDefault => said(
                "no Default environment is in this list, and every tenant has one: it is not the whole tenant, and nothing is reported as missing",
                "for the whole tenant run the command in the role Power Platform administrator, without a filter",
            ),
            Cause::SeveralClouds => said(
                "the addresses in this file belong to several clouds, so the cloud stays unknown",
                "export the list of each tenant into a file of its own",
            ),
            Cause::Unused => said(
                "these columns look as if they mattered, and the app does not read them",
                "look whether they say something that the app asks for, and answer it there",
            ),
            Cause::WhoseOperations { count: 1 } => said(
                "the file does not say to which environment this operation belongs",
                "choose the environment before you keep it",
            ),
            Cause::WhoseOperations { count } => said(
                format!("the file does not say to which environment {count} of its operations belong"),
                "choose the environment before you keep them",
            ),
            Cause::HalfAnOperation { id, began, runs } => {
                said(half_an_operation(*id, *began, *runs), "export the operations again as the service prints them")
            }
            Cause::WhoseCandidates => said(
                "a list of restore candidates names neither its source nor when it was asked for",
                "choose the environment that it was asked for, and when",
            ),
            Cause::WhoseRules => said(
                "this rule set names no environment group, so it cannot be used",
                "export it with its `environmentFilter`, or from the group",
            ),
            Cause::NoRetentionRule => said("this rule set says nothing of the backup retention", ""),
            Cause::StagedRule => said(
                "the rule about backup retention has changes that are not published yet",
                "look up in the admin center which of them are published",
            ),
            Cause::EndOfNoTrial => said(
                "an end is printed for an environment that is no trial: what ends then is not known, so nothing was concluded",
                "look it up in the admin center",
            ),
            Cause::UnknownSchedule => said(
                "something is scheduled for this environment that the app cannot read",
                "look it up in the admin center",
            ),
            Cause::SystemBackup => said("a system backup, not a manual one: left out", ""),
            Cause::NoPoint => said(
                "a manual backup without a restore point that can be read: left out",
                "export the list again with `Get-PowerAppEnvironmentBackups … | ConvertTo-Json -Depth 10`",
            ),
            Cause::LoosePoint => said(
                "a manual backup whose restore point has no time, or no time zone: left out, because only the instant can be restored",
                "export the list again with `Get-PowerAppEnvironmentBackups … | ConvertTo-Json -Depth 10`, or record the backup with the time that the admin center shows",
            ),
            Cause::NoLabel => said("a manual backup without a label: shown by its time", ""),
            Cause::BackupTwice => said("this manual backup is listed twice; the first row counts", ""),
            Cause::KeyTwice => said(
                "this key stands twice in one object, with different values: which one counts is not known, so neither does",
                "export the list again, or answer the question about it in the app",
            ),
            Cause::NoAmount => said(
                "this is no amount of storage and was left out",
                "export the list again with plain numbers, such as `885.04`",
            ),
            Cause::NoKind => said(
                "this is no name of a kind and was left out",
                "look it up in the admin center, and answer the question about the kind in the app",
            ),
            Cause::NoGeography => said(
                "this is only a hint of the region, and no name of a geography: the region is left unknown",
                "look it up in the admin center, and answer the question about the region in the app",
            ),
            Cause::ErrorRow(quoted) => {
                let sentence = quoted.sentence.as_ref().or(quoted.code.as_ref()).map(|s| clean(s));
                let sentence = sentence.map(|s| format!("; it says: “{s}”")).unwrap_or_default();
                said(format!("this row is an error answer and was left out{sentence}"), WayOut::of(quoted).help())
            }
            Cause::TwoKeys => said(
                "`keyManagedBy` says that the customer manages the encryption key, `customerManagedKeys` that no key is linked: which of them holds is not known, so the key is left unknown",
                "look it up in the admin center, and answer the question about the key in the app",
            ),
            Cause::NeverMeasured => said(
                "this storage was never measured (0 used, without a date of the past on which that was so): what is used of it is not known, so the storage cannot be used",
                "export the tenant capacity again later, or type the numbers of the capacity page in the app",
            ),
            Cause::WhoseBackups => said(
                "the file does not say to which environment these manual backups belong",
                "choose the environment before you keep them",
            ),
        }
    }
}

fn said(says: impl Into<String>, help: &'static str) -> (String, &'static str) {
    (says.into(), help)
}

fn half_an_operation(id: bool, began: Began, runs: bool) -> String {
    let missing = match (id, began) {
        (false, Began::Missing) => "an id and a time at which it began",
        (false, Began::Unusable) => "an id and a time at which it began that can be used",
        (false, Began::Known) => "an id",
        (true, Began::Unusable) => "a time at which it began that can be used",
        (true, _) => "a time at which it began",
    };
    let what = if runs { "of it only counts that it runs, or may run still" } else { "left out" };
    format!("an operation without {missing}: {what}")
}
