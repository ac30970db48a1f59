//! A request for a restore, and everything that must be checked and said before it starts.

mod cause;
mod checks;
mod confirm;
mod loss;
mod pair;
mod point;
mod purpose;
mod request;
mod since;

pub use checks::{Check, Ends, RestsOn, Weight, refused};
use checks::{Checks, sort};
pub use request::{Point, RestoreRequest, SpecialApp, instant_of, typeable, wanted_name};

use super::characters::{breaks_line, is_invisible};
use super::environment::{Environment, EnvironmentId};
use super::rule::RuleId;
use super::said::Role;
use super::tenant::Tenant;
use crate::domain::moment::Moment;
pub use cause::{
    Cause, Loss, Mending, NewName, OntoNew, PointCause, RestorePoint, RestoreSpan, ThroughSandbox, WayBack, WorsePoint,
};
pub use confirm::{Confirmation, SHORTEST_END, confirmation, confirmation_in, confirms, text as confirmation_text};
pub use loss::way_back;
pub(super) use pair::newest_is_worse_for_point;
pub use point::{SAFE_LEAD, latest_start};
pub use purpose::{Purpose, as_sandbox, check_purpose};
pub(super) use purpose::{check_purpose_tried, new_target, newest_is_worse_for_new, points_at_risk};

/// Checks a request at `now` (UTC): eligibility, gates, the point (R1, R2, M8), ageing (R22), audit logs, name, changes since the
/// point. Stops come first. An empty list of stops and asks means that the restore may be planned.
pub fn check(moment: Moment<'_>, request: &RestoreRequest) -> Vec<Check> {
    let tenant = moment.tenant;
    check_since(moment, tenant, request)
}

/// The same; what changed since the restore point is read from the history in `before`.
fn check_since(moment: Moment<'_>, before: &Tenant, request: &RestoreRequest) -> Vec<Check> {
    let Moment { edition, tenant, now } = moment;
    let mut list = Checks::default();
    if let Some((source, target)) = find_both(tenant, request, &mut list) {
        list.are_of(source, target);
        loss::finance(source, Some(target), &mut list);
        pair::pair(edition, source, target, &mut list);
        pair::gates(moment, source, target, &mut list);
        point::point(edition, source, &request.point, now, &mut list);
        since::changes(before.get(&request.source).unwrap_or(source), &request.point, &mut list);
        loss::overwritten(moment, source, target, &request.point, &mut list);
        loss::audit_logs(source, target, request, &mut list);
        loss::afterwards(edition, source, target, request, &mut list);
        pair::newest(edition, source, target, &request.point, now, &mut list);
    }
    if let Some(name) = &request.new_name {
        new_name(tenant, request, name, &mut list);
    }
    list.sorted()
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
