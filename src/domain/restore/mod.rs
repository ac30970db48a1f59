//! A request for a restore, and everything that must be checked and said before it starts (rules.md §6).

mod cause;
mod confirm;
mod loss;
mod pair;
mod point;
mod purpose;
mod since;

use super::characters::{breaks_line, is_invisible};
pub use super::deed::{Point, RestoreRequest, SpecialApp};
use super::edition::Edition;
use super::environment::{Environment, EnvironmentId};
use super::rule::RuleId;
use super::said::{EnvironmentName, Question, Role, Said};
use super::tenant::Tenant;
use crate::domain::order::Order as _;
pub use cause::{
    Beside, Bounds, Cause, Loss, Mending, NewName, PointCause, RestorePoint, ThroughSandbox, WayBack, WorsePoint,
};
use chrono::{DateTime, Utc};
pub use confirm::{Confirmation, SHORTEST_END, confirmation, confirmation_in, confirms, text as confirmation_text};
pub use loss::way_back;
pub(super) use pair::{newest_is_worse_for_point, rule_of};
pub use point::{SAFE_LEAD, latest_start};
pub use purpose::{Purpose, as_sandbox, check_purpose};
pub(super) use purpose::{check_purpose_tried, new_target, newest_is_worse_for_new, points_at_risk};

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

/// One thing checked, by one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub weight: Weight,
    pub said: Said<Cause>,
    /// Of whom it is said; `None` where one of them is not in the inventory.
    pub ends: Option<Ends>,
}

/// The source and the target of a restore. Both are one where it goes onto itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    pub source: EnvironmentName,
    pub target: EnvironmentName,
}

impl Check {
    /// The rule that it rests on.
    pub fn rule(&self) -> Option<RuleId> {
        self.said.rule()
    }

    pub fn is_of(&self, rule: RuleId) -> bool {
        self.said.is_of(rule)
    }

    /// Whether another point would mend it, where the rule alone does not tell: a move of the source to another region breaks T2 for
    /// the points before it, whatever the target.
    pub fn is_of_point(&self) -> bool {
        matches!(self.said.cause, Cause::Since { .. }) || self.doubts_point()
    }

    /// Whether it is the doubt about the point itself, which may already be gone; its rule is the one that decides that.
    pub fn doubts_point(&self) -> bool {
        matches!(self.said.cause, Cause::Point(PointCause::Possible { .. } | PointCause::BackupPossible { .. }))
    }

    /// The app that has a procedure of its own (L1, R19).
    pub fn app(&self) -> Option<SpecialApp> {
        match &self.said.cause {
            Cause::Loss(Loss::Finance(..)) => Some(SpecialApp::Finance),
            Cause::Loss(Loss::App(app)) => Some(*app),
            _ => None,
        }
    }
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
    if let Some((source, target)) = find_both(tenant, request, &mut list) {
        list.are_of(source, target);
        loss::finance(source, Some(target), &mut list);
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
    let seen: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| if breaks_line(c) { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keyboards have one apostrophe; names have five.
fn with_one_apostrophe(text: &str) -> String {
    text.replace(['\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'], "'")
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
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
    let mut find = |id: &EnvironmentId, role, rule| {
        let found = tenant.get(id);
        if found.is_none() {
            list.stop(rule, Cause::NotListed(role, id.clone()));
        }
        found
    };
    let source = find(&request.source, Role::Source, RuleId::R1);
    let target = find(&request.target, Role::Target, RuleId::R3);
    source.zip(target)
}

/// The longest new name that is let through without a word, in characters.
const USUAL_NAME: usize = 100;
/// The longest new name that is let through at all, in characters.
const LONGEST_NAME: usize = 256;

fn new_name(tenant: &Tenant, request: &RestoreRequest, raw: &str, list: &mut Checks) {
    let name = raw.trim();
    let length = name.chars().count();
    let wrong = if name.is_empty() {
        Some(NewName::Empty)
    } else if name.chars().any(breaks_line) {
        Some(NewName::BreaksLine)
    } else if length > LONGEST_NAME {
        Some(NewName::TooLong { length, most: LONGEST_NAME })
    } else {
        None
    };
    if let Some(wrong) = wrong {
        return list.stop(RuleId::R4, wrong);
    }
    if length > USUAL_NAME {
        list.caution(RuleId::R4, NewName::Long(length));
    }
    if name.chars().any(is_invisible) {
        list.caution(RuleId::R4, NewName::Invisible);
    }
    if tenant.get(&request.target).is_some_and(|target| target.name.trim() == name) {
        list.note(RuleId::R4, NewName::Already(name.to_string()));
    }
    if let Some(other) = tenant.living().find(|e| e.id != request.target && e.name.trim() == name) {
        list.caution(RuleId::R4, NewName::OfAnother(other.name.clone()));
    }
}

/// The heaviest first. What has a procedure of its own (L1) leads its weight: it may make all the rest moot.
pub(super) fn sort(checks: &mut [Check]) {
    checks.order_by_key(|c| (c.weight, !c.is_of(RuleId::L1)));
}

/// The list under construction.
#[derive(Default)]
pub(super) struct Checks {
    list: Vec<Check>,
    ends: Option<Ends>,
}

impl Checks {
    /// Of whom the next ones are.
    pub(super) fn are_of(&mut self, source: &Environment, target: &Environment) {
        self.ends = Some(Ends { source: source.into(), target: target.into() });
    }
    fn add(&mut self, weight: Weight, rule: RuleId, cause: Cause, asks: Vec<Question>) {
        let check = Check { weight, said: Said::of(rule, cause).asking(asks), ends: self.ends.clone() };
        if !self.list.contains(&check) {
            self.list.push(check);
        }
    }
    pub(super) fn stop(&mut self, rule: RuleId, cause: impl Into<Cause>) {
        self.add(Weight::Stop, rule, cause.into(), Vec::new());
    }
    pub(super) fn ask(&mut self, rule: RuleId, cause: impl Into<Cause>, asks: Vec<Question>) {
        self.add(Weight::Ask, rule, cause.into(), asks);
    }
    pub(super) fn caution(&mut self, rule: RuleId, cause: impl Into<Cause>) {
        self.add(Weight::Caution, rule, cause.into(), Vec::new());
    }
    pub(super) fn caution_asking(&mut self, rule: RuleId, cause: impl Into<Cause>, asks: Vec<Question>) {
        self.add(Weight::Caution, rule, cause.into(), asks);
    }
    pub(super) fn note(&mut self, rule: RuleId, cause: impl Into<Cause>) {
        self.add(Weight::Note, rule, cause.into(), Vec::new());
    }
    /// Takes in checks that were made elsewhere.
    pub(super) fn append(&mut self, mut checks: Vec<Check>) {
        self.list.append(&mut checks);
    }
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
    /// The heaviest first; within a weight L1, then in the order in which they were found.
    pub(super) fn sorted(mut self) -> Vec<Check> {
        sort(&mut self.list);
        self.list
    }
}
