//! The checks of each kind of plan: an ordinary restore, R16 (through Sandbox) and R17 (to a new environment).

use super::super::capacity::{RESTORE_NEEDS_MB, balance};
use super::super::compare;
use super::super::edition::Edition;
use super::super::eligibility::{self, Role};
use super::super::environment::{Environment, EnvironmentId, Key, Kind};
use super::super::fact::{Fact, Origin};
use super::super::history::{Change, Changed};
use super::super::plan::Purpose;
use super::super::remedy::{self, NewTarget};
use super::super::retention;
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::{from_text, megabytes_text};
use super::words::{earlier, ends, instant, later, one_line, quoted, sentence};
use super::{
    Check, Checks, Point, RestoreRequest, SAFE_LEAD, Weight, check_since, instant_of, loss, pair, point, since,
};
use crate::words::Say;
use chrono::{DateTime, TimeDelta, Utc};

/// R16: only points of the past seven days can be chosen.
pub(crate) const SEVEN_DAYS: TimeDelta = TimeDelta::days(7);

/// Checks what a plan is wanted for, at `now` (UTC). An empty list of stops and asks means that it can be planned.
pub fn check_purpose(edition: &Edition, tenant: &Tenant, purpose: &Purpose, now: DateTime<Utc>) -> Vec<Check> {
    check_purpose_tried(edition, tenant, tenant, purpose, now)
}

/// The same in a `tenant` in which something has been tried out at `now`: what changed since the point is told as it was
/// `before`, for what is only tried out is no history.
pub(crate) fn check_purpose_tried(
    edition: &Edition,
    tenant: &Tenant,
    before: &Tenant,
    purpose: &Purpose,
    now: DateTime<Utc>,
) -> Vec<Check> {
    match purpose {
        Purpose::Restore(request) => check_since(edition, tenant, before, request, now),
        Purpose::RestoreToProduction(request) => production(edition, tenant, before, request, now),
        Purpose::BulkDeletion { source, point, include_audit_logs } => {
            bulk(edition, tenant, before, source, point, *include_audit_logs, now)
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

fn production(
    edition: &Edition,
    tenant: &Tenant,
    before: &Tenant,
    request: &RestoreRequest,
    now: DateTime<Utc>,
) -> Vec<Check> {
    let Some(target) = tenant.get(&request.target) else { return check_since(edition, tenant, before, request, now) };
    let name = quoted(target);
    let mut list = Checks::default();
    match target.kind.get() {
        Some(Kind::Production) => {}
        None => {
            let ask = eligibility::Question { role: Role::Target, fact: super::super::environment::FactKey::Kind };
            list.ask(
                RuleId::R16,
                &format!("whether {name} is a Production environment is not known"),
                Some("its kind".to_string()),
                vec![ask],
            );
            return list.sorted();
        }
        Some(kind) => {
            list.stop(
                RuleId::R16,
                &format!("{name} is no Production environment but {kind}"),
                "plan an ordinary restore: no switch is needed",
            );
            return list.sorted();
        }
    }
    let switched = as_sandbox(tenant, &request.target, now);
    let onto_itself = request.source == request.target;
    let at = tenant.get(&request.source).and_then(|source| instant_of(source, &request.point));
    let too_old = at.is_some_and(|at| onto_itself && at < earlier(now, SEVEN_DAYS));
    // R1 before R16: what is refused already as it is (gone, expired, from before the creation) no switch refuses.
    let gone = if onto_itself { gone_already(edition, target, &request.point, now) } else { Vec::new() };
    // What the switch itself does to the older points is said by K6 and R16, in words of their own.
    let told = |c: &Check| {
        // A point of the past seven days that sleeps all the same stays refused.
        onto_itself && c.rule == RuleId::R2 && (too_old || c.weight != Weight::Stop)
            || (too_old || !gone.is_empty()) && c.weight == Weight::Stop && matches!(c.rule, RuleId::R1 | RuleId::M4)
    };
    let mut checks: Vec<Check> = check_since(edition, &switched, before, request, now);
    checks.retain(|c| !told(c));
    // Where nothing mends the pair an ordinary check names a new Sandbox, which is no way to *this* environment.
    let beside =
        tenant.get(&request.source).and_then(|s| remedy::new_target(edition, s)).map(|new| sentence(&new.says));
    for check in checks.iter_mut().filter(|c| c.weight == Weight::Stop) {
        if let Some(beside) = beside.as_ref().filter(|new| check.help == **new) {
            check.help = format!("Nothing makes this possible for {name}. To bring the data back elsewhere: {beside}");
        }
    }
    if !gone.is_empty() {
        list.append(gone);
    } else if let (true, Some(at)) = (too_old, at) {
        list.stop(
            RuleId::R16,
            &format!(
                "the point {} is older than seven days: once {name} is a Sandbox it cannot be chosen",
                instant(at)
            ),
            &format!(
                "leave {name} Production and restore this point to another environment, a Sandbox; or choose a point from {} on",
                from_text(earlier(now, SEVEN_DAYS))
            ),
        );
    } else if let (true, Some(at)) = (onto_itself, at)
        && later(at, SEVEN_DAYS) - now < SAFE_LEAD
        && !checks.iter().any(|c| c.rule == RuleId::R22)
    {
        list.caution(
            RuleId::R22,
            &format!(
                "the point {} is older than seven days from {} on, and a restore can take more than a day: the latest sensible \
                 start was {}",
                instant(at),
                ends(later(at, SEVEN_DAYS)),
                ends(earlier(later(at, SEVEN_DAYS), SAFE_LEAD))
            ),
            "start at once, or choose a later point",
        );
    }
    older_at_risk(edition, target, now, &mut list);
    list.caution(
        RuleId::R16,
        &format!("while {name} is a Sandbox and in administration mode, its users cannot work in it"),
        "tell them before the switch",
    );
    let mut all = list.sorted();
    all.append(&mut checks);
    super::sort(&mut all);
    all
}

/// Why a point cannot be restored whatever is switched (R1, M4): the stops of the environment as it is.
fn gone_already(edition: &Edition, target: &Environment, wanted: &Point, now: DateTime<Utc>) -> Vec<Check> {
    let mut as_it_is = Checks::default();
    point::point(edition, target, wanted, now, &mut as_it_is);
    let stops = |c: &Check| c.weight == Weight::Stop && matches!(c.rule, RuleId::R1 | RuleId::M4);
    as_it_is.sorted().into_iter().filter(stops).collect()
}

/// K6: the points that the switch puts at risk.
fn older_at_risk(edition: &Edition, target: &Environment, now: DateTime<Utc>, list: &mut Checks) {
    if let Some((from, until)) = points_at_risk(edition, target, now) {
        list.caution(
            RuleId::K6,
            &format!(
                "switching {} to Sandbox puts its backups from {} to {} at risk: they cannot be chosen while it is a Sandbox, and \
                 may be lost unless it is switched back as soon as possible",
                quoted(target),
                from_text(from),
                from_text(until)
            ),
            "if you may need one of them, leave it Production and restore to another environment, a Sandbox",
        );
    }
}

/// The span of points (UTC) that switching `target` to Sandbox at `now` puts at risk (K6); `None` where none is older than
/// seven days.
pub(crate) fn points_at_risk(
    edition: &Edition,
    target: &Environment,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let until = earlier(now, SEVEN_DAYS);
    let from = retention::window(edition, target, now).possible_from?;
    (from < until).then_some((from, until))
}

/// The environment to create for R17, and what it would be like, judged by the source's own facts. `None` where the source can
/// be no source at all.
pub fn new_target(edition: &Edition, source: &Environment) -> Option<(NewTarget, Environment)> {
    let new = remedy::mend(edition, source, source).new_target?;
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
) -> Option<(Vec<(RuleId, String)>, String)> {
    let (new, mut env) = new_target(edition, source)?;
    if let Some(which) = new.key {
        env.key = recorded(Some(Key::Customer(which)));
    }
    if !new.policies && !source.policies.is_unknown() {
        env.policies = recorded(Some(Default::default()));
    }
    let worse = compare::newest_is_worse_by_rule(edition, source, &env);
    if worse.is_empty() {
        return None;
    }
    let more = remedy::new_target(Edition::newest(), source);
    Some((worse, more.map_or(String::new(), |new| format!("to satisfy those rules as well, {}", new.says))))
}

fn recorded<T>(value: Option<T>) -> Fact<T> {
    match value {
        Some(value) => Fact::known(value, Origin::Recorded, DateTime::<Utc>::UNIX_EPOCH),
        None => Fact::unknown(),
    }
}

fn bulk(
    edition: &Edition,
    tenant: &Tenant,
    before: &Tenant,
    id: &EnvironmentId,
    wanted: &Point,
    include_audit_logs: bool,
    now: DateTime<Utc>,
) -> Vec<Check> {
    let mut list = Checks::default();
    let Some(source) = tenant.get(id) else {
        list.stop(
            RuleId::R1,
            &format!("the source `{}` is not in the inventory", one_line(id.as_str(), 80)),
            "choose another source, or import an inventory that lists it",
        );
        return list.sorted();
    };
    loss::finance([source], &mut list);
    match new_target(edition, source) {
        Some((_, new)) => {
            pair_with_new(edition, source, &new, &mut list);
            pair::gates(edition, tenant, source, &new, now, &mut list);
        }
        None => pair_without(edition, source, &mut list),
    }
    if let Some((worse, help)) = newest_is_worse_for_new(edition, source) {
        worse.iter().for_each(|(rule, says)| list.caution(*rule, says, &help));
    }
    pair::newest_of_source(edition, source, wanted, now, &mut list);
    point::point(edition, source, wanted, now, &mut list);
    since::changes(before.get(id).unwrap_or(source), wanted, &mut list);
    room_for_both(tenant, &mut list);
    loss::new_environment(edition, source, include_audit_logs, matches!(wanted, Point::System(_)), &mut list);
    list.sorted()
}

/// R15: 1 GB to create and 1 GB to restore. T7 judges the first; where that is met the second may be missing.
fn room_for_both(tenant: &Tenant, list: &mut Checks) {
    let known = tenant.capacity.get().map(balance).filter(|b| b.has_room() == Some(true));
    match known.map(|b| b.free_database_mb).filter(|free| *free < RESTORE_NEEDS_MB * 2.0) {
        Some(free) => list.stop(
            RuleId::R15,
            &format!(
                "{} of database capacity is free: creating the new environment asks for 1 GB, and restoring to it for 1 GB more",
                megabytes_text(free)
            ),
            "free storage or buy more, import the capacity again, and come back",
        ),
        None => list.caution(
            RuleId::R15,
            "creating the new environment and restoring to it ask for 1 GB of free capacity each",
            "look at the tenant's capacity before you start",
        ),
    }
}

fn pair_with_new(edition: &Edition, source: &Environment, new: &Environment, list: &mut Checks) {
    let verdict = eligibility::judge(edition, source, new);
    for (rule, j) in pair::with_rules(&verdict.broken) {
        list.stop(rule, &pair::said(j, source, new), "choose another source");
    }
    for (rule, j) in pair::with_rules(&verdict.unknown) {
        let asks: Vec<_> = j.asks.iter().copied().filter(|q| q.role == Role::Source).collect();
        let says = pair::said(j, source, new);
        // Which key, or which policy, need not be told: the new environment gets the same as the source.
        let same_will_do = match rule {
            RuleId::T5 => source.key.get().is_some(),
            RuleId::T6 => source.policies.get().is_some(),
            _ => false,
        };
        if same_will_do {
            list.caution_asking(rule, &says, "give the new environment exactly what the source has", asks);
        } else {
            list.ask(rule, &says, pair::question(&asks, source, new), asks);
        }
    }
    for (rule, j) in pair::with_rules(&verdict.cautions) {
        list.caution_asking(rule, &pair::said(j, source, new), "", Vec::new());
    }
}

/// No environment could be the target: said with the rules that forbid it.
fn pair_without(edition: &Edition, source: &Environment, list: &mut Checks) {
    let verdict = eligibility::judge(edition, source, source);
    let of_source = |(rule, _): &(RuleId, _)| matches!(rule, RuleId::T1 | RuleId::T3);
    for (rule, j) in pair::with_rules(&verdict.broken).filter(of_source) {
        list.stop(rule, &j.says().to_string(), "nothing can be restored from this environment; choose another source");
    }
    for (rule, j) in pair::with_rules(&verdict.unknown).filter(of_source) {
        let asks: Vec<_> = j.asks.iter().copied().filter(|q| q.role == Role::Source).collect();
        list.ask(rule, &j.says().to_string(), pair::question(&asks, source, source), asks);
    }
    if list.is_empty() {
        list.stop(
            RuleId::R17,
            &format!("no new environment could be restored to from {}", quoted(source)),
            "choose another source",
        );
    }
}
