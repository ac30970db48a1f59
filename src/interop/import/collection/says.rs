//! What is to be said about a file of the collector.

use super::super::Severity;
use super::super::findings::Findings;
use super::asked::Instead;
use crate::domain::order::Gather;
use crate::domain::service::Cloud;
use crate::words::time::instant_text;
use crate::words::{List, Say};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A finding, with its values.
pub enum Says {
    /// The version is newer than the one that is known.
    Newer(u64),
    /// The script was stopped while it wrote, or the file was changed by hand.
    CutOff {
        answered: usize,
        unreadable: usize,
    },
    /// The script was stopped.
    Unfinished {
        answered: usize,
    },
    UnknownCloud(String),
    /// The service did not answer; its own sentence.
    Failed {
        place: String,
        why: String,
    },
    /// The question was not put, because the service had refused before.
    Skipped {
        place: String,
        why: String,
    },
    /// A question about an environment that does not say which.
    NoEnvironment {
        place: String,
    },
    UnknownQuestion(String),
    /// The answer is not what such an answer looks like.
    NotRead {
        place: String,
    },
    /// It stands among the deleted, and nothing says since when.
    DeletedWithoutDate {
        name: String,
    },
    /// The answers are of several tenants, by their ids: one is never mixed with another.
    SeveralTenants(BTreeSet<String>),
    /// So many questions say that they were put in the future; the first of them, UTC, and what is taken instead.
    AskedLater {
        at: DateTime<Utc>,
        questions: usize,
        instead: Instead,
    },
    /// So many questions do not say in a form that can be read when they were put; the first.
    AskedUnusable {
        text: String,
        questions: usize,
        instead: Instead,
    },
    /// The cloud of the stamp is not that of the addresses in the answers.
    CloudDiffers {
        stamp: Cloud,
        addresses: BTreeSet<Cloud>,
    },
    /// The tenant of the stamp is not that of the rows, by their ids.
    TenantDiffers {
        stamp: String,
        rows: BTreeSet<String>,
    },
    /// No question was answered with something that can be used.
    Nothing,
}

const AGAIN: &str = "run the script again with this file: it goes on where it stopped";

impl Says {
    fn severity(&self) -> Severity {
        match self {
            Says::Newer(_) | Says::SeveralTenants(_) | Says::TenantDiffers { .. } | Says::Nothing => Severity::Error,
            Says::UnknownQuestion(_) => Severity::Note,
            _ => Severity::Warning,
        }
    }

    fn place(&self) -> &str {
        match self {
            Says::Failed { place, .. }
            | Says::Skipped { place, .. }
            | Says::NoEnvironment { place }
            | Says::NotRead { place } => place,
            Says::DeletedWithoutDate { name } => name,
            _ => "",
        }
    }

    fn value(&self) -> String {
        match self {
            Says::Newer(version) => version.to_string(),
            Says::Failed { why, .. } | Says::Skipped { why, .. } => why.clone(),
            Says::UnknownCloud(word) | Says::UnknownQuestion(word) => word.clone(),
            Says::AskedLater { at, .. } => instant_text(*at),
            Says::AskedUnusable { text, .. } => text.clone(),
            Says::CloudDiffers { addresses, .. } => clouds(addresses),
            Says::TenantDiffers { stamp, rows } => {
                let ids: BTreeSet<&str> = rows.iter().map(String::as_str).chain([stamp.as_str()]).into_set();
                ids.into_iter().collect::<Vec<_>>().join(", ")
            }
            Says::SeveralTenants(ids) => ids.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
            _ => String::new(),
        }
    }

    /// The sentence, and what to do now.
    fn words(&self) -> (String, &'static str) {
        match self {
            Says::Newer(_) => (
                format!("this file was made by a newer script: this page knows version {} of it", super::VERSION),
                "load this page anew, or take the script from this page",
            ),
            Says::CutOff { answered, unreadable: 0 | 1 } => {
                (format!("the file breaks off: {} read", answers(*answered)), AGAIN)
            }
            Says::CutOff { answered, unreadable } => (
                format!("{unreadable} questions in the file cannot be read: {} read", answers(*answered)),
                "run the script again with another file, and do not edit it",
            ),
            Says::Unfinished { answered } => {
                (format!("the script was stopped before its last question: {} read", answers(*answered)), AGAIN)
            }
            Says::UnknownCloud(_) => (
                "this cloud is not known, so which cloud the tenant is in stays unknown".to_string(),
                "the clouds are prod, usgov, usgovhigh, dod and china",
            ),
            Says::Failed { .. } => (
                "could not be asked: what only this answer says stays unknown".to_string(),
                "see to what the service says and run the script again with this file: it asks again what failed",
            ),
            Says::Skipped { .. } => (
                "was not asked, because the service had refused before: what only this answer says stays unknown"
                    .to_string(),
                "see to what the service says and run the script again with this file: it asks again what failed",
            ),
            Says::NoEnvironment { .. } => (
                "this answer does not say which environment it is about, so it was left out".to_string(),
                "run the script again with another file, and do not edit it",
            ),
            Says::UnknownQuestion(_) => {
                ("this page knows no such question, so its answer was left out".to_string(), "")
            }
            Says::NotRead { .. } => (
                "this answer cannot be used".to_string(),
                "run the script again; if it stays so, export this list by itself",
            ),
            Says::DeletedWithoutDate { .. } => (
                "it is deleted, but the file does not say when: at some time between the last sign of its life and the answer".to_string(),
                "look up in the admin center when it was deleted, and answer the question about it in the app",
            ),
            Says::AskedLater { questions, instead, .. } => (
                format!("{} in the future, which nobody can have done: {}", put(*questions), instead.says()),
                "check the clock of this computer and of the one on which the script ran",
            ),
            Says::AskedUnusable { questions, instead, .. } => (
                format!("{} at a time that cannot be read: {}", put(*questions), instead.says()),
                "run the script again, and do not edit the file",
            ),
            Says::CloudDiffers { stamp, addresses } => (
                format!(
                    "the stamp of the file says the cloud {stamp}, and the addresses in it say {}: which of them is right is not known",
                    clouds(addresses)
                ),
                "look up which of them is right and choose it in the app; where the stamp is wrong, run the script again with the cloud of the tenant",
            ),
            Says::TenantDiffers { stamp, rows } => {
                let others = rows.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
                (
                    format!(
                        "the stamp of the file says the tenant {stamp}, and the rows in it say {others}: they are of {} tenants, and one is never mixed with another: nothing of the file is taken",
                        rows.len().saturating_add(1)
                    ),
                    "sign in to one tenant and run the script again, for each tenant with a file of its own",
                )
            }
            Says::SeveralTenants(ids) => (
                format!(
                    "the answers are of {} tenants, and one is never mixed with another: nothing of the file is taken",
                    ids.len()
                ),
                "sign in to one tenant and run the script again, for each tenant with a file of its own",
            ),
            Says::Nothing => (
                "no question in this file has an answer that can be used".to_string(),
                "sign in as Power Platform admin and run the script again",
            ),
        }
    }

    pub fn say(&self, findings: &mut Findings) {
        let (says, help) = self.words();
        findings.add(self.severity(), self.place(), "", &self.value(), says, help);
    }
}

fn answers(n: usize) -> String {
    if n == 1 { "1 answer was".to_string() } else { format!("{n} answers were") }
}

/// How many questions say that they were put …
fn put(questions: usize) -> String {
    match questions {
        1 => "one question says that it was put".to_string(),
        n => format!("{n} questions say that they were put"),
    }
}

fn clouds(all: &BTreeSet<Cloud>) -> String {
    List::and(all).says().to_string()
}
