//! The checks of each kind of plan: an ordinary restore, R16 (through Sandbox) and R17 (to a new environment).

use super::super::capacity::too_little_for_new;
use super::super::compare::{self, WorsePair};
use super::super::edition::Edition;
use super::super::eligibility::{self, Judgement};
use super::super::environment::{Environment, EnvironmentId, FactKey, Kind};
use super::super::fact::{Fact, Origin};
use super::super::history::{Change, Changed};
use super::super::instants::{earlier, later};
use super::super::remedy::{self, Needed, NewTarget};
use super::super::retention;
use super::super::rule::RuleId;
use super::super::said::{Question, Role};
use super::super::tenant::Tenant;
use super::checks::{Check, Checks, Weight};
use super::request::{Point, RestoreRequest, SpecialApp, instant_of};
use super::{Cause, Mending, OntoNew, SAFE_LEAD, ThroughSandbox, check_since, loss, pair, point, since};
use crate::domain::moment::Moment;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a plan is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Purpose {
    /// Restore one environment onto another or onto itself.
    Restore(RestoreRequest),
    /// R16: restore a Production environment onto itself (or another onto it) by switching it to Sandbox and back. The request's
    /// target is the Production environment.
    RestoreToProduction(RestoreRequest),
    /// R17: bring back bulk-deleted records without overwriting: restore `source` at `point` (UTC) to a new, empty environment.
    BulkDeletion {
        source: EnvironmentId,
        point: Point,
        include_audit_logs: bool,
        /// R19: they may need to be set up anew beside the new environment.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        special_apps: Vec<SpecialApp>,
    },
}

/// Checks what a plan is wanted for, at `now` (UTC). An empty list of stops and asks means that it can be planned.
pub fn check_purpose(moment: Moment<'_>, purpose: &Purpose) -> Vec<Check> {
    let tenant = moment.tenant;
    check_purpose_tried(moment, tenant, purpose)
}

/// The same in a `tenant` in which something has been tried out at `now`: what changed since the point is told as it was
/// `before`, for what is only tried out is no history.
pub(crate) fn check_purpose_tried(moment: Moment<'_>, before: &Tenant, purpose: &Purpose) -> Vec<Check> {
    match purpose {
        Purpose::Restore(request) => check_since(moment, before, request),
        Purpose::RestoreToProduction(request) => production(moment, before, request),
        Purpose::BulkDeletion { source, point, include_audit_logs, special_apps } => {
            let mut list = bulk(moment, before, source, point, *include_audit_logs);
            loss::special_apps(special_apps, &mut list);
            list.sorted()
        }
    }
}

/// The tenant as it is once the target of a request has been switched from Production to Sandbox at `now` (UTC).
pub fn as_sandbox(tenant: &Tenant, target: &EnvironmentId, now: DateTime<Utc>) -> Tenant {
    let mut tenant = tenant.clone();
    if let Some(env) = tenant.get_mut(target) {
        let from = env.kind.get().cloned();
        env.kind = Fact::known(Kind::Sandbox, Origin::Recorded, now);
        env.history.push(Change::exactly(now, Changed::Kind { from, to: Kind::Sandbox }));
    }
    tenant
}

fn production(moment: Moment<'_>, before: &Tenant, request: &RestoreRequest) -> Vec<Check> {
    let Moment { edition, tenant, now } = moment;
    let Some(target) = tenant.get(&request.target) else { return check_since(moment, before, request) };
    let source = tenant.get(&request.source);
    let mut list = Checks::default();
    list.are_of(source.unwrap_or(target), target);
    if !is_production(target, &mut list) {
        return list.sorted();
    }
    let onto_itself = request.source == request.target;
    let at = source.and_then(|source| instant_of(source, &request.point));
    // The point, where it is the target's own, which the switch may put out of reach.
    let own = at.filter(|_| onto_itself);
    let too_old = own.filter(|at| *at < earlier(now, edition.base_period()));
    // R1 before R16: what is refused already as it is (gone, expired, from before the creation) no switch refuses.
    let gone = if onto_itself { gone_already(edition, target, &request.point, now) } else { Vec::new() };
    let refused = too_old.is_some() || !gone.is_empty();
    // What the switch itself does to the older points is said by K6 and R16, in words of their own.
    let told = |c: &Check| {
        // A point of the past seven days that sleeps all the same stays refused.
        onto_itself && c.is_of(RuleId::R2) && (too_old.is_some() || c.weight != Weight::Stop) || refused && is_gone(c)
    };
    let switched = as_sandbox(tenant, &request.target, now);
    let mut checks: Vec<Check> = check_since(moment.of(&switched), before, request);
    checks.retain(|c| !told(c));
    no_way_to_this_one(&mut checks);
    if !gone.is_empty() {
        list.append(gone);
    } else if let Some(at) = too_old {
        list.stop(RuleId::R16, ThroughSandbox::TooOld { at, from: earlier(now, edition.base_period()) });
    } else if let Some(at) = own
        && let leaves = later(at, edition.base_period())
        && leaves - now < SAFE_LEAD
        && !checks.iter().any(|c| c.is_of(RuleId::R22))
    {
        list.caution(RuleId::R22, ThroughSandbox::Ages { at, leaves });
    }
    if let Some((from, until)) = points_at_risk(edition, target, now) {
        list.caution(RuleId::K6, ThroughSandbox::OlderAtRisk(from, until));
    }
    list.caution(RuleId::R16, ThroughSandbox::NobodyCanWork);
    let mut all = list.sorted();
    all.append(&mut checks);
    super::sort(&mut all);
    all
}

/// R16 is for a Production environment alone; what else is to be said is in the `list`.
fn is_production(target: &Environment, list: &mut Checks) -> bool {
    match target.kind.get() {
        Some(Kind::Production) => return true,
        Some(kind) => list.stop(RuleId::R16, ThroughSandbox::NoProduction(kind.clone())),
        None => {
            let ask = Question { role: Role::Target, fact: FactKey::Kind };
            list.ask(RuleId::R16, ThroughSandbox::KindNotKnown, vec![ask]);
        }
    }
    false
}

/// Where nothing mends the pair an ordinary check names a new Sandbox, which is no way to *this* environment.
fn no_way_to_this_one(checks: &mut [Check]) {
    for check in checks {
        if let Cause::Pair(_, mending @ Mending::Create(_)) = &mut check.said.cause
            && let Mending::Create(new) = std::mem::replace(mending, Mending::Nothing)
        {
            *mending = Mending::CreateElsewhere(new);
        }
    }
}

/// Why a point cannot be restored whatever is switched (R1, M4): the stops of the environment as it is.
fn gone_already(edition: &Edition, target: &Environment, wanted: &Point, now: DateTime<Utc>) -> Vec<Check> {
    let mut as_it_is = Checks::default();
    as_it_is.are_of(target, target);
    point::point(edition, target, wanted, now, &mut as_it_is);
    as_it_is.sorted().into_iter().filter(is_gone).collect()
}

/// Whether a check says that there is no such point (R1, M4).
fn is_gone(check: &Check) -> bool {
    check.weight == Weight::Stop && (check.is_of(RuleId::R1) || check.is_of(RuleId::M4))
}

/// The span of points (UTC) that switching `target` to Sandbox at `now` puts at risk (K6); `None` where none is older than
/// seven days.
pub(crate) fn points_at_risk(
    edition: &Edition,
    target: &Environment,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let until = earlier(now, edition.base_period());
    let from = retention::window(edition, target, now).possible_from?;
    (from < until).then_some((from, until))
}

/// The environment to create for R17, and what it would be like, judged by the source's own facts. `None` where the source can
/// be no source at all.
pub fn new_target(edition: &Edition, source: &Environment) -> Option<(NewTarget, Environment)> {
    let new = remedy::new_target(edition, source)?;
    let mut env = Environment::new("new-environment");
    env.name = "the new environment".to_string();
    let now = DateTime::<Utc>::UNIX_EPOCH;
    env.kind = Fact::known(new.kind.clone(), Origin::Recorded, now);
    env.dataverse = Fact::known(true, Origin::Recorded, now);
    env.region = recorded(new.region.clone().or_else(|| source.region.get().cloned()));
    env.managed = recorded(new.managed.or_else(|| source.managed.get().copied()));
    env.key = recorded(source.key.get().cloned());
    env.policies = recorded(source.policies.get().cloned());
    Some((new, env))
}

/// What to say by rule, and what to do, where the new environment that satisfies the chosen edition and no more would do worse under
/// the newest: it has then what the plan asks for, not what the source has.
pub(crate) fn newest_is_worse_for_new(
    edition: &Edition,
    source: &Environment,
) -> Option<(WorsePair, Option<NewTarget>)> {
    let (new, mut env) = new_target(edition, source)?;
    if let Some(key) = new.key.surely() {
        env.key = recorded(Some(key.applied()));
    }
    if new.policies == Needed::No && !source.policies.is_unknown() {
        env.policies = recorded(Some(Default::default()));
    }
    let worse = compare::newest_is_worse_for_pair(edition, source, &env)?;
    Some((worse, remedy::new_target(Edition::newest(), source)))
}

fn recorded<T>(value: Option<T>) -> Fact<T> {
    match value {
        Some(value) => Fact::known(value, Origin::Recorded, DateTime::<Utc>::UNIX_EPOCH),
        None => Fact::unknown(),
    }
}

fn bulk(moment: Moment<'_>, before: &Tenant, id: &EnvironmentId, wanted: &Point, include_audit_logs: bool) -> Checks {
    let Moment { edition, tenant, now } = moment;
    let mut list = Checks::default();
    let Some(source) = tenant.get(id) else {
        list.stop(RuleId::R1, Cause::NotListed(Role::Source, id.clone()));
        return list;
    };
    let new = new_target(edition, source);
    list.are_of(source, new.as_ref().map_or(source, |(_, new)| new));
    loss::finance(source, None, &mut list);
    match &new {
        Some((_, new)) => {
            pair_with_new(edition, source, new, &mut list);
            pair::gates(moment, source, new, &mut list);
        }
        None => pair_without(edition, source, &mut list),
    }
    if let Some((worse, more)) = newest_is_worse_for_new(edition, source) {
        for (rule, worse) in worse.by_rule() {
            list.caution(rule, Cause::WorsePair(worse, more.clone()));
        }
    }
    pair::newest_of_source(edition, source, wanted, now, &mut list);
    point::point(edition, source, wanted, now, &mut list);
    since::changes(before.get(id).unwrap_or(source), wanted, &mut list);
    room_for_both(edition, tenant, &mut list);
    loss::new_environment(edition, include_audit_logs, wanted, &mut list);
    list
}

/// R15: 1 GB to create and 1 GB to restore. T7 judges the first; where that is met the second may be missing.
fn room_for_both(edition: &Edition, tenant: &Tenant, list: &mut Checks) {
    match tenant.capacity.get().and_then(|capacity| too_little_for_new(edition, capacity)) {
        Some(free) => list.stop(RuleId::R15, OntoNew::RoomForOne(free)),
        None => list.caution(RuleId::R15, OntoNew::NeedsRoomForBoth),
    }
}

fn pair_with_new(edition: &Edition, source: &Environment, new: &Environment, list: &mut Checks) {
    let verdict = eligibility::judge(edition, source, new);
    list.judged(Weight::Stop, &verdict.broken, |_| Mending::AnotherSource);
    for judgement in verdict.unknown.into_iter().map(of_source) {
        // Which key, or which policy, need not be told: the new environment gets the same as the source.
        let same_will_do = judgement.is_of(RuleId::T5) && !source.key.is_unknown()
            || judgement.is_of(RuleId::T6) && !source.policies.is_unknown();
        let (weight, mending) = match same_will_do {
            true => (Weight::Caution, Mending::SameAsSource),
            false => (Weight::Ask, Mending::Answer),
        };
        // One makes it oneself: what is not known of it is not known of the source.
        match (judgement.rule(), judgement.asks.as_slice()) {
            (Some(rule), [ask]) if weight == Weight::Ask => {
                list.ask(rule, OntoNew::SourceNotKnown(ask.fact), vec![*ask]);
            }
            _ => list.judged(weight, [&judgement], |_| mending.clone()),
        }
    }
    list.judged(Weight::Caution, &verdict.cautions, |_| Mending::Nothing);
}

/// With the questions about the source alone: the new environment is not there yet.
fn of_source(mut judgement: Judgement) -> Judgement {
    judgement.asks.retain(|q| q.role == Role::Source);
    judgement
}

/// No environment could be the target: said with the rules that forbid it.
fn pair_without(edition: &Edition, source: &Environment, list: &mut Checks) {
    let verdict = eligibility::judge(edition, source, source);
    let decides = |j: &&Judgement| j.is_of(RuleId::T1) || j.is_of(RuleId::T3);
    list.judged(Weight::Stop, verdict.broken.iter().filter(decides), |_| Mending::NoSource);
    for judgement in verdict.unknown.iter().filter(decides) {
        list.judged(Weight::Ask, [&of_source(judgement.clone())], |_| Mending::Answer);
    }
    if list.is_empty() {
        list.stop(RuleId::R17, OntoNew::NoTarget);
    }
}
