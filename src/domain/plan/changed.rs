//! What of a plan is no longer true: facts that changed since it was made, step by step.

use super::super::characters::one_line;
use super::super::cloud;
use super::super::edition::Edition;
use super::super::environment::{Environment, EnvironmentId, Kind, RuntimeState};
use super::super::history::Changed;
use super::super::instants::later;
use super::super::manual_backup::{self, CanCreate};
use super::super::occupied::Occupied;
use super::super::restore::{self, Check, Weight, confirmation, confirmation_in};
use super::super::retention::Reason;
use super::super::rule::RuleId;
use super::super::service::Cloud;
use super::super::tenant::Tenant;
use super::super::words::{ends, instant, quoted, sentence};
use super::acts::request_of;
use super::{Action, Plan, Purpose, RestoreAction, Step};
use crate::words::{List, Say, was, when_deleted};
use chrono::{DateTime, TimeDelta, Utc};

/// Why a step, or the whole plan, is no longer what it was when the plan was made.
#[derive(Clone, Debug, PartialEq)]
pub struct StepProblem {
    /// The id of the step; `None`: the whole plan.
    pub step: Option<String>,
    /// [`Weight::Stop`]: it cannot be done as it stands. [`Weight::Ask`]: a deciding fact is not known any more.
    /// [`Weight::Caution`]: it can be done, and must be read again first.
    pub weight: Weight,
    pub rules: Vec<RuleId>,
    /// A sentence with names and instants (UTC).
    pub says: String,
    /// What to do now; may be empty.
    pub help: String,
}

/// How far apart the clocks of two people may be.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// [`plan_changed`] for a plan that came from elsewhere: what it says of its own risks is not believed, so all of them are told.
pub fn foreign_changed(
    edition: &Edition,
    tenant: &Tenant,
    plan: &Plan,
    done: impl Fn(&str) -> bool,
    now: DateTime<Utc>,
) -> Vec<StepProblem> {
    plan_changed(edition, tenant, &Plan { cautions: Vec::new(), ..plan.clone() }, done, now)
}

/// Which steps of `plan` are no longer true at `now` (UTC), in the order of the steps. `done` tells which steps have been
/// ticked: what is done is not judged again, and what the plan itself changed is no surprise.
pub fn plan_changed(
    edition: &Edition,
    tenant: &Tenant,
    plan: &Plan,
    done: impl Fn(&str) -> bool,
    now: DateTime<Utc>,
) -> Vec<StepProblem> {
    let mut list = Problems::default();
    let open: Vec<&Step> = plan.steps.iter().filter(|s| !done(&s.id)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    if plan.edition != edition.id() {
        let made = Edition::find(&plan.edition).map_or(plan.edition.0.as_str(), |e| e.title);
        list.add(
            None,
            Weight::Caution,
            &[],
            &format!("the plan was made under other rules ({made}) than are chosen now ({})", edition.title),
            "make the plan again, or choose those rules",
        );
    }
    other_cloud(tenant, plan, &mut list);
    if plan.made > later(now, SKEW) {
        list.add(
            None,
            Weight::Caution,
            &[],
            &format!("the plan says that it was made at {}, which lies ahead", instant(plan.made)),
            "look at the clock of this device; if that is right, ask who made the plan, or make it again",
        );
    }
    let overwritten = plan.steps.iter().any(|s| matches!(s.action, Action::Restore(_)) && done(&s.id));
    if !overwritten {
        renamed(tenant, plan, &mut list);
    }
    for step in open {
        let mut at = |weight, rules: &[RuleId], says: &str, help: &str| {
            list.add(Some(&step.id), weight, rules, says, help);
        };
        let Some(ids) = present(tenant, step, &mut at) else { continue };
        match &step.action {
            Action::SwitchKind { environment, to_sandbox } => {
                if let Some(env) = tenant.get(environment) {
                    switch(env, *to_sandbox, &mut at);
                }
            }
            Action::CreateManualBackup { environment, .. } => {
                if let Some(CanCreate::No(why)) =
                    tenant.get(environment).map(|env| manual_backup::can_create(edition, env))
                {
                    let rules: Vec<RuleId> = why.iter().filter_map(Reason::rule).collect();
                    let says = List::joined(why, "; ").says().to_string();
                    at(Weight::Caution, &rules, &says, "its continuous system backup covers it: note the time instead");
                }
            }
            Action::SetRuntimeState { environment, state: RuntimeState::Enabled }
                if overwritten
                    && tenant.get(environment).is_some_and(|e| e.state.get() == Some(&RuntimeState::Enabled)) =>
            {
                at(Weight::Caution, &[RuleId::R9], "administration mode is off already", "tick the step");
            }
            Action::Restore(action) => restore(edition, tenant, plan, action, &done, now, &mut at),
            _ => {}
        }
        occupied(tenant, step, &ids, now, &mut at);
    }
    list.0
}

#[derive(Default)]
struct Problems(Vec<StepProblem>);

impl Problems {
    fn add(&mut self, step: Option<&str>, weight: Weight, rules: &[RuleId], says: &str, help: &str) {
        let problem = StepProblem {
            step: step.map(str::to_string),
            weight,
            rules: rules.to_vec(),
            says: sentence(says),
            help: sentence(help),
        };
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }
}

type At<'a> = dyn FnMut(Weight, &[RuleId], &str, &str) + 'a;

/// The environments that a step speaks of.
fn named(action: &Action) -> Vec<&EnvironmentId> {
    match action {
        Action::Inspect { environment }
        | Action::ListBackups { environment }
        | Action::CreateManualBackup { environment, .. }
        | Action::SetRetention { environment, .. }
        | Action::SwitchKind { environment, .. }
        | Action::SetManaged { environment, .. }
        | Action::SetRuntimeState { environment, .. } => vec![environment],
        Action::ValidateRestore(r) | Action::Restore(r) => {
            let mut ids = vec![&r.source];
            ids.extend(r.target.as_ref().filter(|t| **t != r.source));
            ids
        }
        Action::SignIn | Action::CreateEnvironment(_) | Action::Manual => Vec::new(),
    }
}

/// Whether everything that the step names is there and lives; `None` where not, which is said.
fn present<'a>(tenant: &Tenant, step: &'a Step, at: &mut At<'_>) -> Option<Vec<&'a EnvironmentId>> {
    let ids = named(&step.action);
    let mut all = true;
    for id in &ids {
        match tenant.get(id) {
            None => {
                all = false;
                let id = one_line(id.as_str(), 80);
                at(
                    Weight::Stop,
                    &[RuleId::R3],
                    &format!("the environment `{id}` is not in this tenant"),
                    "import the inventory that lists it, or make another plan",
                );
            }
            Some(env) => {
                if let Some(when) = env.deleted {
                    all = false;
                    at(
                        Weight::Stop,
                        &[RuleId::T9, RuleId::X1],
                        &format!("{} was deleted {}", quoted(env), when_deleted(&when, "at", ends)),
                        "recover it first, while that is possible, or make another plan",
                    );
                }
            }
        }
    }
    all.then_some(ids)
}

/// T9, for a step that changes something. A restore step has its gates among its checks.
fn occupied(tenant: &Tenant, step: &Step, ids: &[&EnvironmentId], now: DateTime<Utc>, at: &mut At<'_>) {
    let changes = matches!(
        step.action,
        Action::SwitchKind { .. }
            | Action::SetManaged { .. }
            | Action::SetRetention { .. }
            | Action::SetRuntimeState { .. }
            | Action::CreateManualBackup { .. }
    );
    for env in ids.iter().filter(|_| changes).filter_map(|id| tenant.get(id)) {
        // The restore of this very plan is waited for by the step before.
        if let Some(activity) = env.activity.as_ref().filter(|_| env.running.is_none()) {
            let (says, help) = match activity.at(now) {
                Occupied::Perhaps(_) => (
                    format!("{} {}; whether that has ended is not known", quoted(env), was(activity)),
                    "look in the admin center whether it has ended",
                ),
                Occupied::Reported(raw) => (
                    format!("the service reports `{raw}` on {}; whether that is in the way is not known", quoted(env)),
                    "look at its operations in the admin center first",
                ),
                _ => (format!("{} is occupied: {}", quoted(env), activity.what.says()), "wait until that has ended"),
            };
            at(Weight::Caution, &[RuleId::T9], &says, help);
        }
    }
}

fn switch(env: &Environment, to_sandbox: bool, at: &mut At<'_>) {
    let (from, to) = if to_sandbox { (Kind::Production, Kind::Sandbox) } else { (Kind::Sandbox, Kind::Production) };
    match env.kind.get() {
        Some(kind) if *kind == from => {}
        // Before the way there has been gone, the way back has nothing to say.
        Some(kind) if *kind == to && !to_sandbox => {}
        Some(kind) if *kind == to => {
            let says = format!("{} is a {to} environment already", quoted(env));
            at(Weight::Caution, &[RuleId::K6], &says, "tick the step if you switched it, else make the plan again");
        }
        Some(kind) => {
            let says = format!("{} is a {kind} environment now and cannot be switched", quoted(env));
            at(Weight::Stop, &[RuleId::R16], &says, "make the plan again");
        }
        None => {
            let says = format!("the kind of {} is not known any more", quoted(env));
            at(Weight::Ask, &[RuleId::R16], &says, "answer its kind");
        }
    }
}

/// What is against the hosts that a plan names.
enum OtherCloud {
    /// It was made for another cloud than its tenant is in.
    Made { for_: Cloud, here: Cloud },
    /// It was made before the cloud was told, and names the admin center of the public one.
    Before { here: Cloud },
}

impl OtherCloud {
    fn of(tenant: &Tenant, plan: &Plan) -> Option<Self> {
        let here = tenant.get(plan.source()).and_then(|_| cloud::of_tenant(tenant).known())?;
        match plan.cloud {
            Some(for_) => (for_ != here).then_some(Self::Made { for_, here }),
            None => {
                let public = Cloud::Public.admin_center()?;
                let named = plan.steps.iter().any(|s| s.admin_center == public);
                (here != Cloud::Public && named).then_some(Self::Before { here })
            }
        }
    }

    fn says(&self) -> String {
        match self {
            Self::Made { for_, here } => {
                format!("the plan was made for the cloud {for_}, and this tenant is in {here}")
            }
            Self::Before { here } => format!(
                "the plan was made before it was known that this tenant is in {here}, and names the admin center of the public cloud"
            ),
        }
    }
}

/// A plan for another cloud signs in at the wrong place (interop.md §5).
fn other_cloud(tenant: &Tenant, plan: &Plan, list: &mut Problems) {
    let Some(other) = OtherCloud::of(tenant, plan) else { return };
    let weight = match other {
        OtherCloud::Made { .. } => Weight::Stop,
        OtherCloud::Before { .. } => Weight::Caution,
    };
    list.add(None, weight, &[], &other.says(), "make the plan again");
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
            list.add(
                None,
                Weight::Caution,
                &[RuleId::R3],
                &format!("“{}” is called {} now", one_line(from, 80), quoted(env)),
                "read the plan with the new name, or make it again",
            );
        }
    }
}

/// The restore itself, checked again with everything that is true now.
fn restore(
    edition: &Edition,
    tenant: &Tenant,
    plan: &Plan,
    action: &RestoreAction,
    done: &impl Fn(&str) -> bool,
    now: DateTime<Utc>,
    at: &mut At<'_>,
) {
    if let Some(target) = action.target.as_ref().and_then(|id| tenant.get(id))
        && let Some(name) = action.target_name.as_ref().filter(|name| **name != confirmation(target))
    {
        at(
            Weight::Stop,
            &[RuleId::R3],
            &format!(
                "the target is called {} now, and this plan confirms with “{}”",
                quoted(target),
                one_line(name, 80)
            ),
            "make the plan again, so that what is overwritten is confirmed by its name",
        );
    }
    if let Some(wanted) =
        action.target.as_ref().and_then(|id| tenant.get(id)).map(|target| confirmation_in(tenant, target))
        && let Some(why) = wanted.why().filter(|_| wanted.id_end != action.target_id_end)
    {
        at(
            Weight::Caution,
            &[RuleId::R3],
            &why.to_string(),
            "this plan does not ask for that end of the id: compare the id before you overwrite it, or make the plan again",
        );
    }
    if let Some(backup) = action
        .manual_backup
        .as_ref()
        .and_then(|id| tenant.get(&action.source)?.backups.iter().find(|b| b.id == *id))
        .filter(|b| b.point != action.point)
    {
        at(
            Weight::Caution,
            &[RuleId::M2, RuleId::M9],
            &format!(
                "the manual backup “{}” goes back to {} and not to {}, as the plan says",
                one_line(&backup.label, 60),
                instant(backup.point),
                instant(action.point)
            ),
            "make the plan again",
        );
    }
    for check in checks(edition, tenant, plan, action, done, now) {
        let known = check.weight == Weight::Caution && is_told(plan, &check);
        if check.weight <= Weight::Caution && !known {
            at(check.weight, &check.said.rules, &check.says().to_string(), &check.help().to_string());
        }
    }
}

/// Once the target has been switched, an ordinary restore is what is left of a restore to Production.
fn checks(
    edition: &Edition,
    tenant: &Tenant,
    plan: &Plan,
    action: &RestoreAction,
    done: &impl Fn(&str) -> bool,
    now: DateTime<Utc>,
) -> Vec<Check> {
    let switched =
        plan.steps.iter().any(|s| matches!(s.action, Action::SwitchKind { to_sandbox: true, .. }) && done(&s.id));
    match (&plan.purpose, request_of(plan, action, None)) {
        (Purpose::RestoreToProduction(_), Some(request)) if switched => {
            let mut checks = restore::check(edition, tenant, &request, now);
            // The plan itself switched it and said what that does.
            checks.retain(|c| {
                c.weight < Weight::Caution || !matches!(c.rule(), Some(RuleId::T1 | RuleId::R2 | RuleId::K6))
            });
            checks
        }
        (purpose, _) => restore::check_purpose(edition, tenant, purpose, now),
    }
}

/// Whether the plan says so itself, by the rule: the instants in its sentence may differ.
fn is_told(plan: &Plan, check: &Check) -> bool {
    check.rule().is_some_and(|rule| plan.cautions.iter().any(|item| item.rules.contains(&rule)))
}
