//! What of a plan is no longer true: facts that changed since it was made, step by step.

use super::super::cloud;
use super::super::deed::Setting;
use super::super::edition::{Edition, EditionId};
use super::super::environment::{Activity, Deletion, Environment, EnvironmentId, Kind, Operation, RuntimeState};
use super::super::history::Changed;
use super::super::instants::later;
use super::super::manual_backup::{self, CanCreate};
use super::super::occupied::Occupied;
use super::super::restore::{self, Check, Confirmation, Weight, confirmation, confirmation_in};
use super::super::retention::Reason;
use super::super::rule::RuleId;
use super::super::said::{EnvironmentName, Said};
use super::super::service::Cloud;
use super::super::tenant::Tenant;
use super::acts::request_of;
use super::parts::{Action, Plan, RestoreAction, Step};
use super::{Purpose, Task};
use crate::domain::moment::Moment;
use chrono::{DateTime, TimeDelta, Utc};

/// Why a step, or the whole plan, is no longer what it was when the plan was made.
#[derive(Clone, Debug, PartialEq)]
pub struct StepProblem {
    /// The id of the step; `None`: the whole plan.
    pub step: Option<String>,
    /// [`Weight::Stop`]: it cannot be done as it stands. [`Weight::Ask`]: a deciding fact is not known any more.
    /// [`Weight::Caution`]: it can be done, and must be read again first.
    pub weight: Weight,
    pub said: Said<Untrue>,
}

/// What is no longer true of a plan. What to do now follows from it.
#[derive(Clone, Debug, PartialEq)]
pub enum Untrue {
    OtherRules {
        made: EditionId,
        chosen: &'static str,
    },
    /// It was made for another cloud than its tenant is in.
    OtherCloud {
        made: Cloud,
        here: Cloud,
    },
    /// It was made before the cloud was told, and names the admin center of the public one.
    BeforeCloud {
        here: Cloud,
    },
    /// When it says that it was made, UTC: that lies ahead.
    MadeAhead(DateTime<Utc>),
    /// What it was called when the plan was made.
    Renamed(String, EnvironmentName),
    NotHere(EnvironmentId),
    Deleted(EnvironmentName, Deletion),
    /// T9: it was going on at the last look.
    PerhapsOccupied(EnvironmentName, Activity),
    /// The service's own word.
    Reported(EnvironmentName, String),
    Occupied(EnvironmentName, Operation),
    IsAlready(EnvironmentName, Kind),
    CannotBeSwitched(EnvironmentName, Kind),
    KindNotKnown(EnvironmentName),
    NoManualBackup(Vec<Reason>),
    AdminModeIsOff,
    /// R3: the name with which the plan confirms.
    TargetRenamed(EnvironmentName, String),
    /// R3: others are called the same.
    SameNames(Confirmation),
    /// M2: where its point is, and where the plan says, UTC.
    OtherPoint {
        label: String,
        is: DateTime<Utc>,
        says: DateTime<Utc>,
    },
    Check(Box<Check>),
}

/// How far apart the clocks of two people may be.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// [`plan_changed`] for a plan that came from elsewhere: what it says of its own risks is not believed, so all of them are told.
pub fn foreign_changed(moment: Moment<'_>, plan: &Plan, done: impl Fn(&str) -> bool) -> Vec<StepProblem> {
    plan_changed(moment, &Plan { cautions: Vec::new(), assumptions: Vec::new(), ..plan.clone() }, done)
}

/// Which steps of `plan` are no longer true at `now` (UTC), in the order of the steps. `done` tells which steps have been
/// ticked: what is done is not judged again, and what the plan itself changed is no surprise.
pub fn plan_changed(moment: Moment<'_>, plan: &Plan, done: impl Fn(&str) -> bool) -> Vec<StepProblem> {
    let open: Vec<&Step> = plan.steps.iter().filter(|s| !done(&s.id)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let ticked = |is: fn(&Action) -> bool| plan.steps.iter().any(|s| is(&s.action) && done(&s.id));
    let Moment { edition, tenant, now } = moment;
    let today = Today {
        edition,
        tenant,
        plan,
        now,
        switched: ticked(|action| matches!(action, Action::Set { setting: Setting::Kind(Kind::Sandbox), .. })),
        overwritten: ticked(|action| matches!(action, Action::Restore(_))),
    };
    let mut list = Problems::default();
    whole(&today, &mut list);
    for step in open {
        list.step = Some(step.id.clone());
        one(&today, step, &mut list);
    }
    list.found
}

/// What a plan is judged with.
struct Today<'a> {
    edition: &'a Edition,
    tenant: &'a Tenant,
    plan: &'a Plan,
    now: DateTime<Utc>,
    /// Its target has been switched to Sandbox.
    switched: bool,
    overwritten: bool,
}

#[derive(Default)]
struct Problems {
    /// The step that is looked at.
    step: Option<String>,
    found: Vec<StepProblem>,
}

impl Problems {
    fn add(&mut self, weight: Weight, rules: &[RuleId], cause: Untrue) {
        let said = Said { cause, rules: rules.to_vec(), asks: Vec::new() };
        let problem = StepProblem { step: self.step.clone(), weight, said };
        if !self.found.contains(&problem) {
            self.found.push(problem);
        }
    }
}

/// The plan as a whole.
fn whole(today: &Today, list: &mut Problems) {
    let Today { edition, tenant, plan, .. } = *today;
    if plan.edition != edition.id() {
        let cause = Untrue::OtherRules { made: plan.edition.clone(), chosen: edition.title };
        list.add(Weight::Caution, &[], cause);
    }
    other_cloud(tenant, plan, list);
    if plan.made > later(today.now, SKEW) {
        list.add(Weight::Caution, &[], Untrue::MadeAhead(plan.made));
    }
    if !today.overwritten {
        renamed(tenant, plan, list);
    }
}

/// An open step, by what it does.
fn one(today: &Today, step: &Step, list: &mut Problems) {
    let get = |id: &EnvironmentId| today.tenant.get(id);
    let Some(ids) = present(today.tenant, step, list) else { return };
    match &step.action {
        Action::Set { environment, setting: Setting::Kind(to) } => {
            if let Some(env) = get(environment) {
                switch(env, to, list);
            }
        }
        Action::CreateManualBackup { environment, .. } => {
            let can = get(environment).map(|env| manual_backup::can_create(today.edition, env));
            if let Some(CanCreate::No(why)) = can {
                let rules: Vec<RuleId> = why.iter().filter_map(Reason::rule).collect();
                list.add(Weight::Caution, &rules, Untrue::NoManualBackup(why));
            }
        }
        Action::Set { environment, setting: Setting::AdministrationMode(false) } => {
            // While it is restored, what it was before says nothing.
            let rests = |env: &&Environment| env.running.is_none() && env.activity.is_none();
            let is = get(environment).filter(rests).and_then(|env| env.state.get());
            if today.overwritten && is == Some(&RuntimeState::Enabled) {
                list.add(Weight::Caution, &[RuleId::R9], Untrue::AdminModeIsOff);
            }
        }
        Action::Restore(action) => restore(today, action, list),
        _ => {}
    }
    occupied(today, step, &ids, list);
}

/// Whether everything that the step names is there and lives; `None` where not, which is said.
fn present<'a>(tenant: &Tenant, step: &'a Step, list: &mut Problems) -> Option<Vec<&'a EnvironmentId>> {
    let ids = step.action.environments();
    let mut all = true;
    for id in &ids {
        let (rules, cause): (&[RuleId], _) = match tenant.get(id) {
            None => (&[RuleId::R3], Untrue::NotHere((*id).clone())),
            Some(env) => match env.deleted {
                Some(when) => (&[RuleId::T9, RuleId::X1], Untrue::Deleted(env.into(), when)),
                None => continue,
            },
        };
        all = false;
        list.add(Weight::Stop, rules, cause);
    }
    all.then_some(ids)
}

/// T9, for a step that changes something. A restore step has its gates among its checks.
fn occupied(today: &Today, step: &Step, ids: &[&EnvironmentId], list: &mut Problems) {
    let changes = matches!(step.action, Action::Set { .. } | Action::CreateManualBackup { .. });
    for env in ids.iter().filter(|_| changes).filter_map(|id| today.tenant.get(id)) {
        // The restore of this very plan is waited for by the step before.
        if let Some(activity) = env.activity.as_ref().filter(|_| env.running.is_none()) {
            let cause = match activity.at(today.now) {
                Occupied::Perhaps(activity) => Untrue::PerhapsOccupied(env.into(), activity),
                Occupied::Reported(raw) => Untrue::Reported(env.into(), raw),
                Occupied::Surely(what) => Untrue::Occupied(env.into(), what),
            };
            list.add(Weight::Caution, &[RuleId::T9], cause);
        }
    }
}

fn switch(env: &Environment, to: &Kind, list: &mut Problems) {
    match env.kind.get() {
        // Before the way there has been gone, the way back has nothing to say.
        Some(kind) if kind == to && *to == Kind::Production => {}
        Some(kind) if kind == to => list.add(Weight::Caution, &[RuleId::K6], Untrue::IsAlready(env.into(), to.clone())),
        Some(Kind::Production | Kind::Sandbox) => {}
        Some(kind) => list.add(Weight::Stop, &[RuleId::R16], Untrue::CannotBeSwitched(env.into(), kind.clone())),
        None => list.add(Weight::Ask, &[RuleId::R16], Untrue::KindNotKnown(env.into())),
    }
}

/// A plan for another cloud signs in at the wrong place.
fn other_cloud(tenant: &Tenant, plan: &Plan, list: &mut Problems) {
    let Some(here) = tenant.get(plan.source()).and_then(|_| cloud::of_tenant(tenant).known()) else { return };
    match plan.cloud {
        Some(made) if made != here => list.add(Weight::Stop, &[], Untrue::OtherCloud { made, here }),
        None if here != Cloud::Public && names_public(plan) => {
            list.add(Weight::Caution, &[], Untrue::BeforeCloud { here });
        }
        _ => {}
    }
}

/// Whether an earlier version of the app sent people to the admin center of the public cloud.
fn names_public(plan: &Plan) -> bool {
    let public = Cloud::Public.admin_center();
    plan.steps.iter().any(|s| matches!(&s.task, Task::Told(told) if Some(told.admin_center.as_str()) == public))
}

/// Names that changed since the plan was made: they stand in its titles, and the target's is typed to confirm (R3).
fn renamed(tenant: &Tenant, plan: &Plan, list: &mut Problems) {
    let mut ids = vec![plan.source()];
    ids.extend(plan.target().filter(|t| *t != plan.source()));
    for env in ids.into_iter().filter_map(|id| tenant.get(id)) {
        let first = env.history.iter().filter(|c| c.at > plan.made).find_map(|c| match &c.what {
            Changed::Name { from, .. } if *from != env.name => Some(from),
            _ => None,
        });
        if let Some(from) = first {
            list.add(Weight::Caution, &[RuleId::R3], Untrue::Renamed(from.clone(), env.into()));
        }
    }
}

/// The restore itself, checked again with everything that is true now.
fn restore(today: &Today, action: &RestoreAction, list: &mut Problems) {
    let tenant = today.tenant;
    if let Some(target) = action.target.as_ref().and_then(|id| tenant.get(id)) {
        if let Some(name) = action.target_name.as_ref().filter(|name| **name != confirmation(target)) {
            let cause = Untrue::TargetRenamed(target.into(), name.clone());
            list.add(Weight::Stop, &[RuleId::R3], cause);
        }
        let wanted = confirmation_in(tenant, target);
        if wanted.id_end.is_some() && wanted.id_end != action.target_id_end {
            list.add(Weight::Caution, &[RuleId::R3], Untrue::SameNames(wanted));
        }
    }
    let backup = action
        .manual_backup
        .as_ref()
        .and_then(|id| tenant.get(&action.source)?.backups.iter().find(|b| b.id == *id))
        .filter(|b| b.point != action.point);
    if let Some(backup) = backup {
        let cause = Untrue::OtherPoint { label: backup.label.clone(), is: backup.point, says: action.point };
        list.add(Weight::Caution, &[RuleId::M2, RuleId::M9], cause);
    }
    let checks = checks(today, action);
    for check in &checks {
        let known = check.weight == Weight::Caution && is_told(today.plan, check, &checks);
        if check.weight <= Weight::Caution && !known {
            list.add(check.weight, &check.said.rules, Untrue::Check(Box::new(check.clone())));
        }
    }
}

/// Once the target has been switched, an ordinary restore is what is left of a restore to Production.
fn checks(today: &Today, action: &RestoreAction) -> Vec<Check> {
    let Today { edition, tenant, plan, now, .. } = *today;
    match (&plan.purpose, request_of(plan, action, None)) {
        (Purpose::RestoreToProduction(_), Some(request)) if today.switched => {
            let mut checks = restore::check(Moment { edition, tenant, now }, &request);
            // The plan itself switched it and said what that does.
            checks.retain(|c| {
                c.weight < Weight::Caution || !matches!(c.rule(), Some(RuleId::T1 | RuleId::R2 | RuleId::K6))
            });
            checks
        }
        (purpose, _) => restore::check_purpose(Moment { edition, tenant, now }, purpose),
    }
}

/// Whether the plan says so itself, by the rule: the instants in its sentence may differ. Where more is said today by the same rule
/// than the plan says, one of them is new, and none is taken for told. That the point may already be gone is said by the step that looks
/// for it; another caution of the same rule is not that one.
fn is_told(plan: &Plan, check: &Check, today: &[Check]) -> bool {
    let looks = |step: &Step| matches!(step.task, Task::SeePoint | Task::SeeBackup);
    let Some(rule) = check.rule() else { return false };
    let told = plan.to_heed().filter(|item| item.rules.first() == Some(&rule)).count();
    let alike = |c: &&Check| c.weight == Weight::Caution && c.is_of(rule) && c.doubts_point() == check.doubts_point();
    let said = today.iter().filter(alike).count();
    told > 0 && said <= told && (!check.doubts_point() || plan.steps.iter().any(looks))
}
