//! A request for a restore, and everything that must be checked and said before it starts (rules.md §6).

mod confirm;
mod loss;
mod pair;
mod point;
mod purpose;
mod since;
pub mod words;

use super::edition::Edition;
use super::eligibility::Question;
use super::environment::{Environment, EnvironmentId};
use super::rule::RuleId;
use super::tenant::Tenant;
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
pub use confirm::{Confirmation, SHORTEST_END, confirmation, confirmation_in, confirms, text as confirmation_text};
pub(super) use loss::{way_back, way_back_until};
pub use pair::rests_on_list;
pub(super) use pair::{named, newest_is_worse_for_point, rule_of};
pub use point::SAFE_LEAD;
pub(super) use point::{describe, ready_at, usable_at};
pub(super) use purpose::{SEVEN_DAYS, check_purpose_tried, new_target, newest_is_worse_for_new, points_at_risk};
pub use purpose::{as_sandbox, check_purpose};
use serde::{Deserialize, Serialize};

/// What to go back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// An instant of the continuous system backup, UTC.
    System(DateTime<Utc>),
    /// A manual backup of the source, by its id.
    Manual(String),
}

/// Apps that have procedures of their own (R19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpecialApp {
    Marketing,
    Finance,
    Omnichannel,
    SynapseLink,
    Portals,
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestoreRequest {
    pub source: EnvironmentId,
    pub target: EnvironmentId,
    pub point: Point,
    /// R5: off by default.
    #[serde(default)]
    pub include_audit_logs: bool,
    /// R4: a new name for the target.
    #[serde(default)]
    pub new_name: Option<String>,
    #[serde(default)]
    pub special_apps: Vec<SpecialApp>,
}

/// How much a check weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The restore must not start.
    Stop,
    /// A fact is unknown that decides; answer it first.
    Ask,
    /// May be done; must be said.
    Caution,
    /// Good to know.
    Note,
}

/// One thing checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub weight: Weight,
    pub rule: RuleId,
    /// For people, with the environments' names and instants in UTC.
    pub says: String,
    /// What to do now.
    pub help: String,
    pub asks: Vec<Question>,
    /// Whether another point would mend it, where the rule alone does not tell: a move of the source to another region breaks
    /// T2 for the points before it, whatever the target.
    pub of_point: bool,
    /// What to answer, in words as they go on after “answer”; `help` says it too.
    pub answer: Option<String>,
    /// The app that has a procedure of its own (L1, R19).
    pub app: Option<SpecialApp>,
    /// It is the doubt about the point itself, which may already be gone; its rule is the one that decides that.
    pub doubts_point: bool,
}

/// Checks a request at `now` (UTC): eligibility, gates, the point (R1, R2, M8), ageing (R22), audit logs, name, changes since the
/// point. Stops come first. An empty list of stops and asks means that the restore may be planned.
pub fn check(edition: &Edition, tenant: &Tenant, request: &RestoreRequest, now: DateTime<Utc>) -> Vec<Check> {
    check_since(edition, tenant, tenant, request, now)
}

/// The same; what changed since the restore point is read from the history in `before`.
fn check_since(
    edition: &Edition,
    tenant: &Tenant,
    before: &Tenant,
    request: &RestoreRequest,
    now: DateTime<Utc>,
) -> Vec<Check> {
    let mut list = Checks::default();
    let ends = find_both(tenant, request, &mut list);
    if let Some((source, target)) = ends {
        let other = (source.id != target.id).then_some(target);
        loss::finance([source].into_iter().chain(other), &mut list);
        pair::pair(edition, source, target, &mut list);
        pair::gates(edition, tenant, source, target, now, &mut list);
        point::point(edition, source, &request.point, now, &mut list);
        since::changes(before.get(&request.source).unwrap_or(source), &request.point, &mut list);
        loss::overwritten(edition, tenant, source, target, &request.point, now, &mut list);
        loss::audit_logs(source, target, request, &mut list);
        loss::afterwards(edition, source, target, request, &mut list);
        pair::newest(edition, source, target, &request.point, now, &mut list);
    }
    if let Some(name) = &request.new_name {
        new_name(tenant, request, name, &mut list);
    }
    list.sorted()
}

/// A text as it can be read off the screen and typed: characters without a picture are left out, and every run of white space is
/// one space, as a browser shows it.
pub fn typeable(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !words::is_invisible(*c))
        .map(|c| if words::breaks_line(c) { ' ' } else { c })
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keyboards have one apostrophe; names have five.
fn with_one_apostrophe(text: &str) -> String {
    text.replace(['\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'], "'")
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || words::is_invisible(c))
}

/// The new name of `target` as it will be given (R4): trimmed; `None` where none is wanted, or it is called so already.
pub fn wanted_name<'r>(request: &'r RestoreRequest, target: &Environment) -> Option<&'r str> {
    let wanted = request.new_name.as_deref().map(str::trim);
    wanted.filter(|name| !name.is_empty() && *name != target.name.trim())
}

/// The instant (UTC) that a request goes back to; `None` for a manual backup that the source does not have.
pub fn instant_of(source: &Environment, point: &Point) -> Option<DateTime<Utc>> {
    match point {
        Point::System(at) => Some(*at),
        Point::Manual(id) => source.backups.iter().find(|b| b.id == *id).map(|b| b.point),
    }
}

/// Whether any check stops the restore or asks for a fact that decides.
pub fn refused(checks: &[Check]) -> bool {
    checks.iter().any(|c| matches!(c.weight, Weight::Stop | Weight::Ask))
}

fn find_both<'a>(
    tenant: &'a Tenant,
    request: &RestoreRequest,
    list: &mut Checks,
) -> Option<(&'a Environment, &'a Environment)> {
    let mut find = |id: &EnvironmentId, role: &str, rule| {
        let found = tenant.get(id);
        if found.is_none() {
            let id = words::one_line(id.as_str(), 80);
            list.stop(
                rule,
                &format!("the {role} `{id}` is not in the inventory"),
                &format!("choose another {role}, or import an inventory that lists it"),
            );
        }
        found
    };
    let source = find(&request.source, "source", RuleId::R1);
    let target = find(&request.target, "target", RuleId::R3);
    source.zip(target)
}

/// The longest new name that is let through without a word, in characters.
const USUAL_NAME: usize = 100;
/// The longest new name that is let through at all, in characters.
const LONGEST_NAME: usize = 256;

fn new_name(tenant: &Tenant, request: &RestoreRequest, raw: &str, list: &mut Checks) {
    let name = raw.trim();
    let length = name.chars().count();
    if name.is_empty() {
        list.stop(RuleId::R4, "the new name is empty", "type a name, or choose to keep the target's name");
    } else if name.chars().any(words::breaks_line) {
        list.stop(
            RuleId::R4,
            "the new name has a line break or another control character in it",
            "type the name again, on one line",
        );
    } else if length > LONGEST_NAME {
        list.stop(
            RuleId::R4,
            &format!("the new name has {length} characters"),
            &format!("use at most {LONGEST_NAME} characters"),
        );
    } else {
        if length > USUAL_NAME {
            list.caution(
                RuleId::R4,
                &format!("the new name has {length} characters; how many are allowed is not documented"),
                "use a shorter name where you can",
            );
        }
        if name.chars().any(words::is_invisible) {
            list.caution(
                RuleId::R4,
                "the new name has invisible characters in it, so it may not read as it is",
                "type it again rather than paste it",
            );
        }
        if tenant.get(&request.target).is_some_and(|target| target.name.trim() == name) {
            list.note(
                RuleId::R4,
                &format!("the target is called “{}” already, so it is not renamed", words::one_line(name, 80)),
                "",
            );
        }
        if let Some(other) = tenant.living().find(|e| e.id != request.target && e.name.trim() == name) {
            list.caution(
                RuleId::R4,
                &format!("another environment is called {} already", words::quoted(other)),
                "choose a name of its own, so that nobody mistakes one for the other",
            );
        }
    }
}

/// The heaviest first. What has a procedure of its own (L1) leads its weight: it may make all the rest moot.
pub(super) fn sort(checks: &mut [Check]) {
    checks.order_by_key(|c| (c.weight, c.rule != RuleId::L1));
}

/// The list under construction.
#[derive(Default)]
pub(super) struct Checks(Vec<Check>);

impl Checks {
    fn push(&mut self, weight: Weight, rule: RuleId, says: &str, help: &str, asks: Vec<Question>) {
        let (says, help) = (words::sentence(says), words::sentences([help]));
        self.add(Check {
            weight,
            rule,
            says,
            help,
            asks,
            of_point: false,
            answer: None,
            app: None,
            doubts_point: false,
        });
    }
    fn add(&mut self, check: Check) {
        if !self.0.contains(&check) {
            self.0.push(check);
        }
    }
    /// What was put in since there were `before` is about the point.
    pub(super) fn of_point_from(&mut self, before: usize) {
        self.0.iter_mut().skip(before).for_each(|c| c.of_point = true);
    }
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
    pub(super) fn stop(&mut self, rule: RuleId, says: &str, help: &str) {
        self.push(Weight::Stop, rule, says, help, Vec::new());
    }
    /// `answer` goes on after “answer”; `None`: there is nothing to say beside the question.
    pub(super) fn ask(&mut self, rule: RuleId, says: &str, answer: Option<String>, asks: Vec<Question>) {
        let help = answer.as_ref().map(|what| words::sentence(&format!("answer {what}"))).unwrap_or_default();
        let (weight, says) = (Weight::Ask, words::sentence(says));
        self.add(Check { weight, rule, says, help, asks, of_point: false, answer, app: None, doubts_point: false });
    }
    pub(super) fn caution(&mut self, rule: RuleId, says: &str, help: &str) {
        self.push(Weight::Caution, rule, says, help, Vec::new());
    }
    /// R19, L1: read the page of the app first.
    pub(super) fn caution_of_app(&mut self, rule: RuleId, says: &str, app: SpecialApp) {
        let help = words::sentence(&format!("read {} first", app.link()));
        let (weight, says) = (Weight::Caution, words::sentence(says));
        self.add(Check {
            weight,
            rule,
            says,
            help,
            asks: Vec::new(),
            of_point: false,
            answer: None,
            app: Some(app),
            doubts_point: false,
        });
    }
    pub(super) fn caution_asking(&mut self, rule: RuleId, says: &str, help: &str, asks: Vec<Question>) {
        self.push(Weight::Caution, rule, says, help, asks);
    }
    /// The point may already be gone; `rule` is the one that decides it.
    pub(super) fn point_at_risk(&mut self, rule: RuleId, says: &str, help: &str, asks: Vec<Question>) {
        let (weight, says, help) = (Weight::Caution, words::sentence(says), words::sentences([help]));
        self.add(Check { weight, rule, says, help, asks, of_point: true, answer: None, app: None, doubts_point: true });
    }
    pub(super) fn note(&mut self, rule: RuleId, says: &str, help: &str) {
        self.push(Weight::Note, rule, says, help, Vec::new());
    }
    /// Takes in checks that were made elsewhere.
    pub(super) fn append(&mut self, mut checks: Vec<Check>) {
        self.0.append(&mut checks);
    }
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The heaviest first; within a weight L1, then in the order in which they were found.
    pub(super) fn sorted(mut self) -> Vec<Check> {
        sort(&mut self.0);
        self.0
    }
}
