//! How a way that restores stands, and until when: always by the checks of its purpose.

use super::super::capacity::{Capacity, Storage};
use super::super::deed::{Deed, Setting};
use super::super::eligibility::{self, Role};
use super::super::environment::{EnvironmentId, FactKey, Kind};
use super::super::fact::{Fact, Origin};
use super::super::instants::later;
use super::super::life;
use super::super::merge;
use super::super::plan::Purpose;
use super::super::remedy::{self, MendingChange, Remedy};
use super::super::restore::{Check, Ends, Point, Weight, as_sandbox, check_purpose_tried};
use super::super::retention::{self, Certainty};
use super::super::rule::RuleId;
use super::super::said::Said;
use super::super::tenant::Tenant;
use super::sort::{line, line_of};
use super::ways::{WayDoubt, WayStanding};
use super::{AdviceLine, Cause, Room};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};

/// A purpose judged.
pub(super) struct JudgedPurpose {
    pub standing: WayStanding,
    /// Everything that neither stops it nor asks; after the changes, where there are any.
    pub checks: Vec<Check>,
    pub against: Vec<AdviceLine>,
    pub changes: Vec<AdviceLine>,
    pub open: Vec<AdviceLine>,
    pub questions: Vec<(EnvironmentId, FactKey)>,
    pub certainty: Certainty,
    pub doubt: Option<WayDoubt>,
    /// UTC.
    pub sure_until: Option<DateTime<Utc>>,
    /// UTC.
    pub until: Option<DateTime<Utc>>,
}

fn stops(checks: &[Check]) -> bool {
    checks.iter().any(|c| c.weight == Weight::Stop)
}

fn asks(checks: &[Check]) -> bool {
    checks.iter().any(is_open)
}

/// Whether a check leaves it open whether the way can be gone: a fact is missing, or the service and the rules say different things
/// (T10), which only a try can tell.
fn is_open(check: &Check) -> bool {
    check.weight == Weight::Ask || check.weight == Weight::Caution && check.is_of(RuleId::T10)
}

/// Source and target of a purpose; a new environment is no target.
fn ends(purpose: &Purpose) -> (&EnvironmentId, Option<&EnvironmentId>) {
    match purpose {
        Purpose::Restore(r) | Purpose::RestoreToProduction(r) => (&r.source, Some(&r.target)),
        Purpose::BulkDeletion { source, .. } => (source, None),
    }
}

pub(super) fn judge(moment: Moment<'_>, purpose: &Purpose) -> JudgedPurpose {
    let tenant = moment.tenant;
    let before = checks_of(moment, tenant, purpose);
    let against: Vec<AdviceLine> = before.iter().filter(|c| c.weight == Weight::Stop).map(line_of).collect();
    let mended = if stops(&before) { changed(moment, purpose, &before) } else { None };
    let (changes, checks, world) = match mended {
        Some((changes, world, after)) => (changes, after, Some(world)),
        None => (Vec::new(), before, None),
    };
    let standing = if stops(&checks) {
        WayStanding::Closed
    } else if asks(&checks) && !changes.is_empty() {
        WayStanding::AfterChangesUnknown
    } else if asks(&checks) {
        WayStanding::Unknown
    } else if changes.is_empty() {
        WayStanding::Open
    } else {
        WayStanding::AfterChanges
    };
    let mut held = held(moment.of(world.as_ref().unwrap_or(tenant)), purpose);
    let doubt = doubt(moment, world.as_ref().unwrap_or(tenant), purpose, held.certainty);
    if doubt.is_some() {
        held = Held { certainty: Certainty::Possible, sure_until: None, ..held };
    }
    let until = match (&world, standing) {
        (_, WayStanding::Closed) => None,
        // The change may be made at the last moment only, so the point must still be there without it.
        (Some(_), _) => earliest(held.until, self::held(moment, purpose).until),
        (None, _) => held.until,
    };
    let sure_until =
        held.sure_until.filter(|_| standing != WayStanding::Closed).map(|at| until.map_or(at, |u| at.min(u)));
    // That one of them is no longer listed is said apart (`rest::perhaps_gone`), unless something else is going on as well.
    let (source, target) = ends(purpose);
    let of_both = || [Some(source), target].into_iter().flatten().filter_map(|id| tenant.get(id));
    let unlisted = of_both().any(|e| merge::is_missing(tenant, e)) && of_both().all(|e| e.activity.is_none());
    JudgedPurpose {
        standing,
        against,
        changes,
        open: checks.iter().filter(|c| is_open(c)).map(line_of).collect(),
        questions: questions(purpose, &checks),
        certainty: held.certainty,
        doubt,
        checks: checks
            .into_iter()
            .filter(|c| c.weight != Weight::Stop && !(unlisted && c.is_of(RuleId::T9)) && !is_open(c))
            .collect(),
        sure_until,
        until,
    }
}

/// What makes a way no more than possible although nothing says that its point may be gone.
fn doubt(moment: Moment<'_>, world: &Tenant, purpose: &Purpose, certainty: Certainty) -> Option<WayDoubt> {
    let Moment { edition, tenant, .. } = moment;
    let (source, target) = ends(purpose);
    let env = tenant.get(source)?;
    let held = matches!(certainty, Certainty::Guaranteed | Certainty::Possible);
    if held && env.kind.get().is_some_and(|kind| edition.not_offered_sources.contains(kind)) {
        return Some(WayDoubt::NotOffered);
    }
    // R20 says that it may be retried as a target, and nothing about its own backup as the source.
    let left_disabled = eligibility::left_disabled(edition, env).is_some();
    if certainty != Certainty::Guaranteed {
        return None;
    }
    if left_disabled && target == Some(source) {
        return Some(WayDoubt::AfterFailure);
    }
    let onto = world.get(target.unwrap_or(source))?;
    // What is no longer listed is asked: see `rest::perhaps_gone`.
    if merge::is_missing(world, env) || merge::is_missing(world, onto) {
        return None;
    }
    let gates = eligibility::gates(moment.of(world), world.get(source)?, onto);
    // A new environment has no past.
    let itself = target.is_none_or(|t| t == source);
    let doubts = eligibility::doubts(edition, &gates, itself);
    (!doubts.is_empty() && (target.is_some() || !left_disabled)).then_some(WayDoubt::AtThisMoment)
}

/// The checks of a purpose in a tenant in which something may have been tried out, and as it was `before`. Those of R16 stop at the question where the kind is not known; then what they say if it is
/// Production is said too, for no other answer opens the way.
fn checks_of(moment: Moment<'_>, before: &Tenant, purpose: &Purpose) -> Vec<Check> {
    let Moment { tenant, now, .. } = moment;
    let mut checks = check_purpose_tried(moment, before, purpose);
    if let Purpose::RestoreToProduction(request) = purpose
        && tenant.get(&request.target).is_some_and(|e| e.kind.is_unknown())
    {
        let mut world = tenant.clone();
        if let Some(env) = world.get_mut(&request.target) {
            env.kind = Fact::known(Kind::Production, Origin::Answer, now);
        }
        checks.extend(check_purpose_tried(moment.of(&world), before, purpose));
        checks.order_by_key(|c| c.weight);
    }
    checks
}

/// The facts that the checks ask for, each once, those that decide first.
fn questions(purpose: &Purpose, checks: &[Check]) -> Vec<(EnvironmentId, FactKey)> {
    let (source, target) = ends(purpose);
    let mut found: Vec<(EnvironmentId, FactKey)> = Vec::new();
    for question in checks.iter().flat_map(|c| &c.said.asks) {
        let id = match question.role {
            Role::Source => Some(source),
            Role::Target => target,
        };
        if let Some(id) = id
            && !found.iter().any(|(i, fact)| i == id && *fact == question.fact)
        {
            found.push((id.clone(), question.fact));
        }
    }
    found
}

/// What must change first, the tenant in which it has, and its checks; `None` where something stands in the way that nobody can
/// change. The changes are tried out, not believed.
fn changed(moment: Moment<'_>, purpose: &Purpose, before: &[Check]) -> Option<(Vec<AdviceLine>, Tenant, Vec<Check>)> {
    let Moment { edition, tenant, now } = moment;
    let (source, target) = ends(purpose);
    let mut world = tenant.clone();
    let mut changes = Vec::new();
    free(&mut world, purpose, before, now, &mut changes);
    wait(&mut world, purpose, before, &mut changes)?;
    // K6: what sleeps in a Sandbox that was Production may be there again once it is switched back.
    if held(moment.of(&world), purpose).certainty == Certainty::Dormant {
        let switched = Cause::SwitchBack(world.get(source)?.into());
        let switch = Deed::Set { environment: source.clone(), setting: Setting::Kind(Kind::Production) };
        world = life::perform(edition, &world, &switch, now).ok()?.0;
        changes.push(line(switched, &[RuleId::K6, RuleId::D9]));
    }
    if let (Purpose::Restore(_), Some(target)) = (purpose, target.filter(|t| *t != source)) {
        let (s, t) = (world.get(source)?, world.get(target)?);
        for remedy in remedy::mend(edition, s, t).changes? {
            let (s, t) = (world.get(source)?, world.get(target)?);
            let mut rules = remedy.mends.clone();
            if let MendingChange::Set(Setting::Kind(_), _) = remedy.change {
                rules.push(RuleId::K6);
            }
            let ends = Ends { source: s.into(), target: t.into() };
            changes.push(line(Cause::Change(remedy.clone(), ends), &rules));
            world = with(moment.of(&world), &remedy, source, target)?;
        }
    }
    let mut after = checks_of(moment.of(&world), tenant, purpose);
    after.iter_mut().for_each(|check| not_history(check, now));
    (!changes.is_empty() && !stops(&after)).then_some((changes, world, after))
}

fn stopped_by(before: &[Check], rule: RuleId) -> Option<&Check> {
    before.iter().find(|c| c.weight == Weight::Stop && c.is_of(rule))
}

/// T7, R15: room where it lacks.
fn free(world: &mut Tenant, purpose: &Purpose, before: &[Check], now: DateTime<Utc>, changes: &mut Vec<AdviceLine>) {
    let Some(check) = stopped_by(before, RuleId::T7).or_else(|| stopped_by(before, RuleId::R15)) else { return };
    let room = Storage { entitled_mb: f64::from(u32::MAX), used_mb: 0.0 };
    let room = Capacity { database: room, log: room, file: room };
    world.capacity = Fact::known(room, Origin::Recorded, now);
    let how_much = match purpose {
        Purpose::BulkDeletion { .. } => Room::ToCreateAndRestore,
        _ => Room::ToRestore,
    };
    changes.push(line(Cause::FreeRoomFor(check.clone(), how_much), &[RuleId::T7, RuleId::R15]));
}

/// T9: what goes on ends; `None` where that is no help.
fn wait(world: &mut Tenant, purpose: &Purpose, before: &[Check], changes: &mut Vec<AdviceLine>) -> Option<()> {
    let Some(check) = stopped_by(before, RuleId::T9) else { return Some(()) };
    let (source, target) = ends(purpose);
    for id in [Some(source), target].into_iter().flatten() {
        let env = world.get_mut(id)?;
        if env.deleted.is_some() {
            return None;
        }
        env.activity = None;
        env.running = None;
    }
    changes.push(line(Cause::WaitFor(check.clone()), &[RuleId::T9]));
    Some(())
}

/// What is only tried out at `now` did not happen then.
fn not_history(check: &mut Check, now: DateTime<Utc>) {
    if let Some(Said { cause: retention::Cause::Past(past), .. }) = check.said.cause.reason_mut()
        && past.until == Some(now)
    {
        past.until = None;
    }
}

/// The tenant once a remedy has been carried out, so that what it does to the backups is counted too (K6, K12).
fn with(moment: Moment<'_>, remedy: &Remedy, source: &EnvironmentId, target: &EnvironmentId) -> Option<Tenant> {
    let Moment { edition, tenant, now } = moment;
    let of = |role: &Role| if *role == Role::Source { source } else { target }.clone();
    let deed = match &remedy.change {
        MendingChange::Set(setting, role) => Deed::Set { environment: of(role), setting: setting.clone() },
        MendingChange::ApplyKey(key) => Deed::Set { environment: target.clone(), setting: Setting::Key(key.applied()) },
        MendingChange::LinkPolicies => {
            let mut world = tenant.clone();
            let (mut s, mut t) = (tenant.get(source)?.clone(), tenant.get(target)?.clone());
            remedy::apply(&remedy.change, &mut s, &mut t);
            *world.get_mut(target)? = t;
            return Some(world);
        }
    };
    life::perform(edition, tenant, &deed, now).ok().map(|(world, _)| world)
}

/// How surely the source's backup holds the point, and the last instants (UTC) at which it does.
struct Held {
    certainty: Certainty,
    sure_until: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
}

fn held(moment: Moment<'_>, purpose: &Purpose) -> Held {
    let Moment { edition, tenant, now } = moment;
    let none = Held { certainty: Certainty::Gone, sure_until: None, until: None };
    let (source, _) = ends(purpose);
    let point = match purpose {
        Purpose::Restore(r) | Purpose::RestoreToProduction(r) => &r.point,
        Purpose::BulkDeletion { point, .. } => point,
    };
    let (Some(env), Point::System(at)) = (tenant.get(source), point) else { return none };
    let window = retention::window(edition, env, now);
    let (sure, last) = window.leaves(*at);
    let Purpose::RestoreToProduction(request) = purpose else {
        return Held { certainty: window.certainty(*at), sure_until: sure, until: last };
    };
    // R16: the switch comes first, so the point is that of a Sandbox, of the past seven days.
    let switched = as_sandbox(tenant, &request.target, now);
    let Some(env) = switched.get(source) else { return none };
    let window = retention::window(edition, env, now);
    let (sure_then, last_then) = window.leaves(*at);
    let seven = Some(later(*at, edition.base_period()));
    let both = |a, b| earliest(earliest(a, b), seven).filter(|_| a.is_some() && b.is_some());
    Held { certainty: window.certainty(*at), sure_until: both(sure, sure_then), until: both(last, last_then) }
}

fn earliest(a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    [a, b].into_iter().flatten().min()
}
