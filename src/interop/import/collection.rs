//! The file of the collector: what the services answered, one question a line, each answer as it came (docs/COLLECTION.md).
//!
//! Each answer goes to the reader that would take it as a file of its own; here is only what the question adds: whose answer it is,
//! when it was given, and that an answer stands for nothing but what was asked.

mod join;
mod says;

use super::Severity;
use super::fields;
use super::findings::Findings;
use super::row::File;
use crate::domain::door::is_date;
use crate::domain::environment::EnvironmentId;
use crate::domain::inventory::{BackupList, Inventory};
use crate::domain::service::{CandidateList, Cloud};
use chrono::{DateTime, TimeDelta, Utc};
use join::Joined;
use says::Says;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The version of the format that is written and read.
pub const VERSION: u64 = 1;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Ask {
    Environments,
    /// The same of the Power Platform API, which says more of keys and policies.
    EnvironmentsApi,
    Deleted,
    Capacity,
    Rules,
    Backups,
    Applications,
    Operations,
    Candidates,
    /// What the script keeps for itself: which environments it chose, and the groups whose rules it asks for.
    Kept,
    Other(String),
}

impl Ask {
    fn read(word: &str) -> Self {
        match word {
            "environments" => Ask::Environments,
            "environments-api" => Ask::EnvironmentsApi,
            "deleted" => Ask::Deleted,
            "capacity" => Ask::Capacity,
            "rules" => Ask::Rules,
            "backups" => Ask::Backups,
            "applications" => Ask::Applications,
            "operations" => Ask::Operations,
            "candidates" => Ask::Candidates,
            "chosen" | "groups" => Ask::Kept,
            other => Ask::Other(other.to_string()),
        }
    }

    fn words(&self) -> &str {
        match self {
            Ask::Environments => "environments",
            Ask::EnvironmentsApi => "environments of the Power Platform API",
            Ask::Deleted => "deleted environments",
            Ask::Capacity => "storage of the tenant",
            Ask::Rules => "rules of an environment group",
            Ask::Backups => "manual backups",
            Ask::Applications => "application packages",
            Ask::Operations => "operations",
            Ask::Candidates => "restore candidates",
            Ask::Kept => "environment groups",
            Ask::Other(word) => word,
        }
    }

    /// Whether it is asked about one environment.
    fn of_environment(&self) -> bool {
        matches!(self, Ask::Backups | Ask::Applications | Ask::Operations | Ask::Candidates)
    }
}

/// One question and what came of it.
struct Question<'a> {
    ask: Ask,
    /// The environment or the group that it is about.
    of: Option<String>,
    asked: Option<DateTime<Utc>>,
    outcome: Outcome<'a>,
}

enum Outcome<'a> {
    /// The answer as the service gave it.
    Answered(&'a str),
    /// Why not, in the words of the service or of the script.
    Failed(String),
    /// Not put at all, because the service had refused before.
    Skipped(String),
}

/// The file as it is written; everything may be missing.
#[derive(Default, Deserialize)]
struct Whole<'a> {
    #[serde(borrow, default)]
    version: Option<&'a RawValue>,
    #[serde(borrow, default)]
    tenant: Option<&'a RawValue>,
    #[serde(borrow, default)]
    cloud: Option<&'a RawValue>,
    #[serde(borrow, default)]
    finished: Option<&'a RawValue>,
    #[serde(borrow, default)]
    questions: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default)]
    ask: Option<&'a RawValue>,
    #[serde(borrow, default)]
    of: Option<&'a RawValue>,
    #[serde(borrow, default)]
    asked: Option<&'a RawValue>,
    #[serde(borrow, default)]
    status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    answer: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// Whether a text begins as the collector writes its file, also where it breaks off further on.
pub fn is(text: &str) -> bool {
    const LONGEST: usize = 80;
    let head: String = text.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect();
    head.starts_with("{\"collector\":\"restore-desk\"")
}

/// Reads the file. `None` where nothing in it could be used and that has been said.
pub fn read(file: &mut File, name: &str, text: &str) -> Option<Inventory> {
    let (whole, lines, cut) = parts(text);
    if let Some(version) = number(whole.version).filter(|v| *v > VERSION) {
        Says::Newer(version).say(&mut file.findings);
        return None;
    }
    let latest = file.now.checked_add_signed(TimeDelta::minutes(10)).unwrap_or(file.now);
    let mut unreadable = 0;
    let questions: Vec<Question<'_>> = lines
        .into_iter()
        .filter_map(|line| {
            let read = question(line, latest);
            unreadable += usize::from(read.is_none());
            read
        })
        .collect();
    let newest = newest(questions);
    let answered = newest.iter().filter(|q| matches!(q.outcome, Outcome::Answered(_))).count();
    if cut || unreadable > 0 {
        Says::CutOff { answered, unreadable }.say(&mut file.findings);
    } else if text_of(whole.finished).is_none() {
        Says::Unfinished { answered }.say(&mut file.findings);
    }

    let mut joined = Joined::new(name);
    joined.inventory.tenant_id =
        text_of(whole.tenant).filter(|id| fields::is_guid(id) && !fields::is_nil_guid(id)).map(|id| id.to_lowercase());
    if let Some(word) = text_of(whole.cloud) {
        joined.inventory.cloud = cloud(&word);
        if joined.inventory.cloud.is_none() {
            Says::UnknownCloud(word).say(&mut file.findings);
        }
    }
    // Questions of the tenant first, whatever the order of the file: they name the environments that the others are about.
    let (each, tenant): (Vec<_>, Vec<_>) = newest.iter().partition(|q| q.ask.of_environment());
    for question in tenant.into_iter().chain(each) {
        take(file, name, question, &mut joined);
    }
    joined.finish(&mut file.findings)
}

/// The parts of the file: its head, the text of each question, and whether the file breaks off.
fn parts(text: &str) -> (Whole<'_>, Vec<&str>, bool) {
    if let Ok(mut whole) = serde_json::from_str::<Whole<'_>>(text) {
        let lines = std::mem::take(&mut whole.questions).into_iter().map(RawValue::get).collect();
        return (whole, lines, false);
    }
    // The script writes one question a line, so that what was written before it was stopped can be read all the same.
    let mut lines = text.trim_start().lines();
    let head = lines.next().unwrap_or_default().trim_end();
    let whole = head.strip_suffix("\"questions\":[").and_then(|h| h.strip_suffix(',')).unwrap_or(head);
    let whole = heads(whole);
    let questions = lines.map(|l| l.trim().trim_end_matches(',')).filter(|l| l.starts_with('{')).collect();
    (whole, questions, true)
}

/// The head without the list that it leads to: `{"collector":…,"kinds":[…]`.
fn heads(head: &str) -> Whole<'_> {
    // It has no closing brace, so each of its values is taken by itself.
    let value = |key: &str| -> Option<&RawValue> {
        let rest = head.split_once(&format!("\"{key}\":"))?.1;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        values.next()?.ok()
    };
    Whole { version: value("version"), tenant: value("tenant"), cloud: value("cloud"), ..Whole::default() }
}

fn text_of(raw: Option<&RawValue>) -> Option<String> {
    let text = serde_json::from_str::<Option<String>>(raw?.get()).ok()??;
    Some(text.trim().to_string()).filter(|t| !t.is_empty())
}

fn number(raw: Option<&RawValue>) -> Option<u64> {
    serde_json::from_str(raw?.get()).ok()
}

/// One question. `None` where it is none: cut off, or not of this format.
fn question(text: &str, latest: DateTime<Utc>) -> Option<Question<'_>> {
    let line: Line<'_> = serde_json::from_str(text).ok()?;
    let ask = Ask::read(&text_of(line.ask)?);
    let asked = text_of(line.asked)
        .and_then(|t| DateTime::parse_from_rfc3339(&t).ok())
        .map(|at| at.to_utc())
        .filter(|at| is_date(*at) && *at <= latest);
    let why = text_of(line.error).unwrap_or_else(|| "no reason was written down".to_string());
    let outcome = match (text_of(line.status).as_deref(), line.answer) {
        (Some("skipped"), _) => Outcome::Skipped(why),
        (Some("failed"), _) | (_, None) => Outcome::Failed(why),
        (_, Some(answer)) => Outcome::Answered(answer.get()),
    };
    Some(Question { ask, of: text_of(line.of), asked, outcome })
}

/// What was asked again counts once: the last answer, or the last refusal where there is no answer.
fn newest(questions: Vec<Question<'_>>) -> Vec<Question<'_>> {
    let mut at: HashMap<(Ask, String), usize> = HashMap::new();
    let mut kept: Vec<Question<'_>> = Vec::new();
    for question in questions {
        let key = (question.ask.clone(), question.of.clone().unwrap_or_default().to_lowercase());
        match at.get(&key).and_then(|i| kept.get_mut(*i)) {
            Some(before) => {
                let keeps = matches!(before.outcome, Outcome::Answered(_));
                if !keeps || matches!(question.outcome, Outcome::Answered(_)) {
                    *before = question;
                }
            }
            None => {
                at.insert(key, kept.len());
                kept.push(question);
            }
        }
    }
    kept
}

fn cloud(word: &str) -> Option<Cloud> {
    Some(match word {
        "prod" => Cloud::Public,
        "usgov" => Cloud::UsGov,
        "usgovhigh" => Cloud::UsGovHigh,
        "dod" => Cloud::UsGovDod,
        "china" => Cloud::China,
        _ => return None,
    })
}

/// Takes what came of one question.
fn take(file: &mut File, name: &str, question: &Question<'_>, joined: &mut Joined) {
    let place = match &question.of {
        Some(of) => format!("{} of {}", question.ask.words(), super::findings::shorten(&joined.name_of(of))),
        None => question.ask.words().to_string(),
    };
    let answer = match &question.outcome {
        Outcome::Answered(answer) => *answer,
        Outcome::Failed(why) => return Says::Failed { place, why: why.clone() }.say(&mut file.findings),
        Outcome::Skipped(why) => return Says::Skipped { place, why: why.clone() }.say(&mut file.findings),
    };
    let environment = question.of.as_deref().filter(|id| fields::is_environment_id(id)).map(EnvironmentId::new);
    if question.ask.of_environment() && environment.is_none() {
        return Says::NoEnvironment { place }.say(&mut file.findings);
    }
    let empty = items(answer) == Some(0);
    match &question.ask {
        Ask::Kept => return,
        Ask::Other(word) => return Says::UnknownQuestion(word.clone()).say(&mut file.findings),
        // An empty list says something here: there are none.
        Ask::Backups if empty => {
            joined.inventory.backups.push(BackupList { environment, backups: Vec::new() });
            return;
        }
        Ask::Candidates => {
            match candidates(answer) {
                Some(offered) => joined.inventory.candidates.push(CandidateList {
                    source: environment,
                    asked: question.asked,
                    offered,
                }),
                None => Says::NotRead { place }.say(&mut file.findings),
            }
            return;
        }
        _ if empty => return,
        _ => {}
    }
    match section(file, name, &place, answer, !question.ask.of_environment()) {
        Some(read) => joined.take(&question.ask, environment, question.of.as_deref(), question.asked, read, file),
        None => Says::NotRead { place }.say(&mut file.findings),
    }
}

/// Gives an answer to the reader that would take it as a file of its own. What it says gets the question in front of its place;
/// of questions about one environment only what went wrong.
fn section(file: &mut File, name: &str, place: &str, answer: &str, notes: bool) -> Option<Inventory> {
    // A file inside a file is no answer of a service, and would be read without end.
    if is(answer) || super::own(answer).is_some() {
        return None;
    }
    let mut inner = File { formats: file.formats.clone(), ..File::new(file.now, file.offset) };
    let said = super::read_text(&mut inner, name, answer, Findings::default(), &mut |_, _| true)?;
    for mut finding in said.notes.finish() {
        if notes || finding.severity != Severity::Note {
            finding.place =
                if finding.place.is_empty() { place.to_string() } else { format!("{place}, {}", finding.place) };
            file.findings.push(finding);
        }
    }
    said.inventory
}

/// How many items a list of an answer has; `None` where it is no list that is known.
fn items(answer: &str) -> Option<usize> {
    #[derive(Deserialize)]
    struct Lists {
        #[serde(default, alias = "collection")]
        value: Option<Vec<IgnoredAny>>,
    }
    serde_json::from_str::<Lists>(answer)
        .ok()
        .and_then(|l| l.value)
        .or_else(|| serde_json::from_str::<Vec<IgnoredAny>>(answer).ok())
        .map(|l| l.len())
}

/// Who is offered as a target (T10). The question says whose answer it is, so the rows need no further proof.
fn candidates(answer: &str) -> Option<Vec<EnvironmentId>> {
    #[derive(Deserialize)]
    struct List {
        #[serde(alias = "value")]
        collection: Vec<Row>,
    }
    #[derive(Deserialize)]
    struct Row {
        #[serde(rename = "environmentId")]
        id: String,
    }
    let rows = serde_json::from_str::<List>(answer).ok()?.collection;
    let ids = rows.into_iter().map(|r| r.id).filter(|id| fields::is_environment_id(id));
    Some(ids.map(EnvironmentId::new).collect())
}
