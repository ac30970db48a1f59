//! The sentences for what reading says about rows and files, each with what to do now: the one place that makes them.

use super::formats::{Quoted, WayOut};
use super::refuse::clean;

pub use super::causes::{Began, Cause};

impl Cause {
    /// What is said, and what to do now.
    pub fn words(&self) -> (String, &'static str) {
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
            Cause::Unproven => said(
                "this row has the id of an environment, but nothing in it that is known says that it is one: it was left out",
                "export the list again with the kinds as the tools print them, in English",
            ),
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
            Cause::LostLine => said(
                "this line holds an id, but what else it says cannot be told apart: it was left out",
                "make the window wider, or ask for JSON (`--json`, `| ConvertTo-Json -Depth 10`)",
            ),
            Cause::MoreCells { cells, titles } => said(
                format!(
                    "this row has {cells} cells, the header has {titles}: which cell belongs to which title is not known, so the row was left out"
                ),
                "put quotation marks around names that hold the separator, or export the list again",
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
            Cause::Differs { unit, first, again, facts } => {
                let same = format!("{unit}s {first} and {again} have the same id but differ");
                let says = match facts.as_slice() {
                    [] => format!("{same}; the first counts, the other was left out"),
                    facts => format!(
                        "{same}; what they contradict each other in counts for nothing ({}), for the rest the first counts",
                        facts.join(", ")
                    ),
                };
                said(says, "export the list again")
            }
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
            Cause::ColumnsDiffer => said(
                "these columns say different things of the same: which of them holds is not known, so neither counts",
                "look it up in the admin center, and answer the question about it in the app",
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
            Cause::ErrorRow(quoted) => said(
                format!("this row is an error answer and was left out{}", sentence(quoted)),
                WayOut::of(quoted).help(),
            ),
            Cause::TwoKeys => said(
                "`keyManagedBy` says that the customer manages the encryption key, `customerManagedKeys` that no key is linked: which of them holds is not known, so the key is left unknown",
                "look it up in the admin center, and answer the question about the key in the app",
            ),
            Cause::UnknownKeeper => said(
                "who manages the encryption key is said in a word that is not known, so the key is left unknown",
                "look it up in the admin center, and answer the question about the key in the app",
            ),
            Cause::NeverMeasured => said(
                "this storage was never measured (0 used, without a date of the past on which that was so): what is used of it is not known, so the storage cannot be used",
                "export the tenant capacity again later, or type the numbers of the capacity page in the app",
            ),
            Cause::Failed => said(
                "the service calls this failed: something that was done with the environment did not succeed",
                "look at its history in the admin center, or at its operations, before you rely on it",
            ),
            Cause::OnePageOf(what) => said(
                format!("this is one page of a longer list; the {what} on the other pages are not in it"),
                "import the other pages as well",
            ),
            Cause::PageOfCandidates => said(
                "this is only a part of the restore candidates: whoever stands on another page would seem refused, so nothing of it is taken",
                "ask for the other pages as well, put all of them into one file, and import that",
            ),
            Cause::ErrorBeside(quoted) => said(
                format!("an error stands beside this list, so it may have ended too early{}", sentence(quoted)),
                WayOut::of(quoted).help(),
            ),
            Cause::PartOfBackups => said(
                "these are not all manual backups of the list: those that are known and not among them are kept",
                "import the whole list to see which of them are gone",
            ),
            Cause::WhoseBackups => said(
                "the file does not say to which environment these manual backups belong",
                "choose the environment before you keep them",
            ),
        }
    }
}

/// What an error says, as the end of a sentence.
fn sentence(quoted: &Quoted) -> String {
    let sentence = quoted.sentence.as_ref().or(quoted.code.as_ref()).map(|s| clean(s));
    sentence.map(|s| format!("; it says: “{s}”")).unwrap_or_default()
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
