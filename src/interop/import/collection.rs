//! The file of the collector: what the services answered, one question a line, each answer as it came (docs/COLLECTION.md).
//!
//! Each answer goes to the reader that would take it as a file of its own; here is only what the question adds: whose answer it is,
//! when it was given, and that an answer stands for nothing but what was asked.

mod asked;
mod join;
mod parts;
mod says;

use super::Severity;
use super::fields;
use super::findings::Findings;
use super::node::Node;
use super::row::File;
use super::whole;
use crate::domain::environment::EnvironmentId;
use crate::domain::instants::latest;
use crate::domain::inventory::{BackupList, Inventory};
use crate::domain::service::{CandidateList, Cloud};
use crate::json::{self, Raw};
use asked::Asked;
use chrono::{DateTime, Utc};
use join::Joined;
use parts::{Parts, text_of};
use says::Says;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::HashMap;

/// The version of the format that is written and read.
pub const VERSION: u64 = 1;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum CallKind {
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

impl CallKind {
    fn read(word: &str) -> Self {
        match word {
            "environments" => CallKind::Environments,
            "environments-api" => CallKind::EnvironmentsApi,
            "deleted" => CallKind::Deleted,
            "capacity" => CallKind::Capacity,
            "rules" => CallKind::Rules,
            "backups" => CallKind::Backups,
            "applications" => CallKind::Applications,
            "operations" => CallKind::Operations,
            "candidates" => CallKind::Candidates,
            "chosen" | "groups" => CallKind::Kept,
            other => CallKind::Other(other.to_string()),
        }
    }

    fn words(&self) -> &str {
        match self {
            CallKind::Environments => "environments",
            CallKind::EnvironmentsApi => "environments of the Power Platform API",
            CallKind::Deleted => "deleted environments",
            CallKind::Capacity => "storage of the tenant",
            CallKind::Rules => "rules of an environment group",
            CallKind::Backups => "manual backups",
            CallKind::Applications => "application packages",
            CallKind::Operations => "operations",
            CallKind::Candidates => "restore candidates",
            CallKind::Kept => "environment groups",
            CallKind::Other(word) => word,
        }
    }

    /// Whether it is asked about one environment.
    fn of_environment(&self) -> bool {
        matches!(self, CallKind::Backups | CallKind::Applications | CallKind::Operations | CallKind::Candidates)
    }
}

/// One question and what came of it.
struct Question<'a> {
    ask: CallKind,
    /// The environment or the group that it is about.
    of: Option<String>,
    asked: Asked,
    outcome: AskOutcome<'a>,
}

enum AskOutcome<'a> {
    /// The answer as the service gave it.
    Answered(&'a str),
    /// Why not, in the words of the service or of the script.
    Failed(String),
    /// Not put at all, because the service had refused before.
    Skipped(String),
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default)]
    ask: Option<Raw<'a>>,
    #[serde(borrow, default)]
    of: Option<Raw<'a>>,
    #[serde(borrow, default)]
    asked: Option<Raw<'a>>,
    #[serde(borrow, default)]
    status: Option<Raw<'a>>,
    #[serde(borrow, default)]
    answer: Option<Raw<'a>>,
    #[serde(borrow, default)]
    error: Option<Raw<'a>>,
}

/// Whether a text begins as the collector writes its file, also where it breaks off further on.
pub fn is(text: &str) -> bool {
    const LONGEST: usize = 80;
    let head: String = text.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect();
    head.starts_with("{\"collector\":\"restore-desk\"")
}

/// Reads the file. `None` where `watch` stopped it; the inventory is `None` where nothing in it could be used and that has been said.
pub async fn read<W: AsyncFnMut(usize, usize) -> bool>(
    file: &mut File,
    name: &str,
    text: &str,
    watch: &mut W,
) -> Option<Option<Inventory>> {
    let latest = latest(file.now);
    let mut course = Course { at: 0, of: text.len().saturating_mul(2), watch };
    let mut walked = Walked::default();
    let in_lines = parts::by_lines(text);
    let mut taken = match in_lines {
        Some(parts) => Some(questions(parts, latest, &mut course, &mut walked).await?),
        None => None,
    };
    // In another form than the script's, or with a line that is none: the whole of it at once.
    if taken.as_ref().is_none_or(|_| walked.unreadable > 0) {
        course.at = 0;
        walked = Walked::default();
        taken = Some(questions(parts::parts(text), latest, &mut course, &mut walked).await?);
    }
    let (head, cut) = taken?;
    let Walked { newest, unreadable } = walked;
    if let Some(version) = head.version.filter(|v| *v > VERSION) {
        Says::Newer(version).say(&mut file.findings);
        return Some(None);
    }
    let newest = newest.kept;
    let answered = newest.iter().filter(|q| matches!(q.outcome, AskOutcome::Answered(_))).count();
    if cut || unreadable > 0 {
        Says::CutOff { answered, unreadable }.say(&mut file.findings);
    } else if head.finished.is_none() {
        Says::Unfinished { answered }.say(&mut file.findings);
    }

    let mut joined = Joined::new(name);
    let tenant = head.tenant.filter(|id| fields::is_guid(id) && !fields::is_nil_guid(id)).map(|id| id.to_lowercase());
    let stamped = head.cloud.as_deref().and_then(cloud);
    joined.stamp(tenant, stamped);
    if let Some(word) = head.cloud.filter(|_| stamped.is_none()) {
        Says::UnknownCloud(word).say(&mut file.findings);
    }
    // Questions of the tenant first, whatever the order of the file: they name the environments that the others are about.
    let (each, tenant): (Vec<_>, Vec<_>) = newest.iter().partition(|q| q.ask.of_environment());
    for question in tenant.into_iter().chain(each) {
        take(file, name, question, &mut joined, &mut course).await?;
    }
    asked::say(newest.iter().map(|q| (&q.ask, &q.asked)), &mut file.findings);
    Some(joined.finish(&mut file.findings))
}

/// How far the reading has come, in bytes of twice the text: it is taken apart, and then its answers are read.
struct Course<'w, W> {
    at: usize,
    of: usize,
    watch: &'w mut W,
}

impl<W: AsyncFnMut(usize, usize) -> bool> Course<'_, W> {
    /// `None` where it is to stop.
    async fn on(&mut self, bytes: usize) -> Option<()> {
        self.at = self.at.saturating_add(bytes);
        (self.watch)(self.at.min(self.of), self.of).await.then_some(())
    }
}

/// What was asked, as far as the file has been walked through.
#[derive(Default)]
struct Walked<'a> {
    newest: Newest<'a>,
    /// How many lines are no question.
    unreadable: usize,
}

async fn questions<'a, W: AsyncFnMut(usize, usize) -> bool>(
    parts: Parts<'a>,
    latest: DateTime<Utc>,
    course: &mut Course<'_, W>,
    walked: &mut Walked<'a>,
) -> Option<(parts::Head, bool)> {
    for text in parts.questions {
        match question(text, latest) {
            Some(question) => walked.newest.put(question),
            None => walked.unreadable += 1,
        }
        course.on(text.len()).await?;
    }
    Some((parts.head, parts.cut))
}

/// One question. `None` where it is none: cut off, or not of this format.
fn question(text: &str, latest: DateTime<Utc>) -> Option<Question<'_>> {
    let line: Line<'_> = json::read(text).ok()?;
    let ask = CallKind::read(&text_of(line.ask)?);
    let asked = Asked::read(text_of(line.asked), latest);
    let why = text_of(line.error).unwrap_or_else(|| "no reason was written down".to_string());
    let outcome = match (text_of(line.status).as_deref(), line.answer) {
        (Some("skipped"), _) => AskOutcome::Skipped(why),
        (Some("failed"), _) | (_, None) => AskOutcome::Failed(why),
        (_, Some(answer)) => AskOutcome::Answered(answer.get()),
    };
    Some(Question { ask, of: text_of(line.of), asked, outcome })
}

/// What was asked again counts once: the last answer, or the last refusal where there is no answer.
#[derive(Default)]
struct Newest<'a> {
    kept: Vec<Question<'a>>,
    at: HashMap<(CallKind, String), usize>,
}

impl<'a> Newest<'a> {
    fn put(&mut self, question: Question<'a>) {
        let key = (question.ask.clone(), question.of.clone().unwrap_or_default().to_lowercase());
        match self.at.get(&key).and_then(|i| self.kept.get_mut(*i)) {
            Some(before) => {
                let keeps = matches!(before.outcome, AskOutcome::Answered(_));
                if !keeps || matches!(question.outcome, AskOutcome::Answered(_)) {
                    *before = question;
                }
            }
            None => {
                self.at.insert(key, self.kept.len());
                self.kept.push(question);
            }
        }
    }
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

/// Takes what came of one question. `None` where it was stopped.
async fn take<W: AsyncFnMut(usize, usize) -> bool>(
    file: &mut File,
    name: &str,
    question: &Question<'_>,
    joined: &mut Joined,
    course: &mut Course<'_, W>,
) -> Option<()> {
    let place = match &question.of {
        Some(of) => format!("{} of {}", question.ask.words(), super::findings::shorten(&joined.name_of(of))),
        None => question.ask.words().to_string(),
    };
    let answer = match &question.outcome {
        AskOutcome::Answered(answer) => *answer,
        AskOutcome::Failed(why) => return told(Says::Failed { place, why: why.clone() }, file),
        AskOutcome::Skipped(why) => return told(Says::Skipped { place, why: why.clone() }, file),
    };
    let environment = question.of.as_deref().filter(|id| fields::is_environment_id(id)).map(EnvironmentId::new);
    if question.ask.of_environment() && environment.is_none() {
        return told(Says::NoEnvironment { place }, file);
    }
    let empty = items(answer) == Some(0);
    match &question.ask {
        CallKind::Kept => return Some(()),
        CallKind::Other(word) => return told(Says::UnknownQuestion(word.clone()), file),
        // An empty list says something here: there are none.
        CallKind::Backups if empty => {
            let whole = json::read::<Node<'_>>(answer).is_ok_and(|answer| !is_part(&answer, 0));
            joined.inventory.backups.push(BackupList { environment, backups: Vec::new(), whole });
            return Some(());
        }
        CallKind::Candidates => {
            match candidates(answer) {
                Some(offered) => joined.inventory.candidates.push(CandidateList {
                    source: environment,
                    asked: question.asked.at(),
                    offered,
                }),
                None => Says::NotRead { place }.say(&mut file.findings),
            }
            return Some(());
        }
        _ if empty => return Some(()),
        _ => {}
    }
    let before = course.at;
    match section(file, name, &place, answer, !question.ask.of_environment(), course).await? {
        Some(read) => joined.take(&question.ask, environment, question.of.as_deref(), question.asked.at(), read, file),
        None => Says::NotRead { place }.say(&mut file.findings),
    }
    course.at = before;
    course.on(answer.len()).await
}

/// Gives an answer to the reader that would take it as a file of its own. What it says gets the question in front of its place;
/// of questions about one environment only what went wrong. `None` where it was stopped.
async fn section<W: AsyncFnMut(usize, usize) -> bool>(
    file: &mut File,
    name: &str,
    place: &str,
    answer: &str,
    notes: bool,
    course: &mut Course<'_, W>,
) -> Option<Option<Inventory>> {
    // A file inside a file is no answer of a service, and would be read without end.
    if is(answer) || super::own(answer).is_some() {
        return Some(None);
    }
    let (before, of) = (course.at, course.of);
    let watch = &mut *course.watch;
    let mut on = async |at: usize, _| watch(before.saturating_add(at / 2).min(of), of).await;
    let mut inner = File { formats: file.formats.clone(), ..File::new(file.now, file.offset) };
    let said = super::read_rows(&mut inner, name, answer, Findings::default(), &mut on).await?;
    for mut finding in said.notes.finish() {
        if notes || finding.severity != Severity::Note {
            finding.place =
                if finding.place.is_empty() { place.to_string() } else { format!("{place}, {}", finding.place) };
            file.findings.push(finding);
        }
    }
    Some(said.inventory)
}

/// Says it, and goes on.
fn told(says: Says, file: &mut File) -> Option<()> {
    says.say(&mut file.findings);
    Some(())
}

/// How many items a list of an answer has; `None` where it is no list that is known.
fn items(answer: &str) -> Option<usize> {
    #[derive(Deserialize)]
    struct Lists {
        #[serde(default, alias = "collection")]
        value: Option<Vec<IgnoredAny>>,
    }
    json::read::<Lists>(answer)
        .ok()
        .and_then(|l| l.value)
        .or_else(|| json::read::<Vec<IgnoredAny>>(answer).ok())
        .map(|l| l.len())
}

/// Whether a list of so many rows goes on elsewhere, or something went wrong beside it.
fn is_part(answer: &Node<'_>, rows: usize) -> bool {
    whole::has_more(answer, rows) || whole::error_beside(answer).is_some()
}

/// Who is offered as a target (T10). The question says whose answer it is, so the rows need no further proof. A part of a list refuses
/// nobody, and neither does one of whose rows an id cannot be read.
fn candidates(answer: &str) -> Option<Vec<EnvironmentId>> {
    let answer = json::read::<Node<'_>>(answer).ok()?;
    let rows = answer.first(&["collection", "value"]).list()?;
    let id = |row: &Node<'_>| {
        row.get("environmentId").text().filter(|id| fields::is_environment_id(id)).map(EnvironmentId::new)
    };
    let ids: Option<Vec<EnvironmentId>> = rows.iter().map(id).collect();
    ids.filter(|_| !is_part(&answer, rows.len()))
}
