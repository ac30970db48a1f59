//! Which steps a plan has, in their order, and what each of them does: the plan of a stranger has to be one that this app could
//! have made, step by step, whatever its texts say.

use super::Refused;
use super::check::contradicts;
use crate::domain::deed::Setting;
use crate::domain::environment::{EnvironmentId, Kind};
use crate::domain::plan::{Action, Plan, Purpose, RestoreAction, Step};
use crate::domain::restore::{Point, RestoreRequest, typeable};

/// What a step does.
#[derive(Clone, Copy)]
enum Does {
    SignIn,
    LookAtSource,
    LookAtTarget,
    ListBackups,
    BackUpTarget,
    ToSandbox,
    ToProduction,
    Create,
    Validate,
    Restore,
    LeaveAdminMode,
    /// Nothing by a command: people do it.
    ByHand,
}

/// A step that a plan can have, by its id.
struct KnownStep(&'static str, Does);

/// A place in the order of a plan: the steps of which one stands there.
struct Place {
    one_of: Vec<KnownStep>,
    needed: bool,
}

fn must(id: &'static str, does: Does) -> Place {
    Place { one_of: vec![KnownStep(id, does)], needed: true }
}

fn may(id: &'static str, does: Does) -> Place {
    Place { one_of: vec![KnownStep(id, does)], needed: false }
}

/// The steps of which somebody loses something, so that they are marked and asked about.
const DESTRUCTIVE: [&str; 3] = ["restore", "switch-to-sandbox", "clean-up"];

/// The places of the plans for a purpose, in order; as `domain::plan` puts them together.
fn places(purpose: &Purpose) -> Vec<Place> {
    use Does::*;
    let (point, onto_another) = match purpose {
        Purpose::Restore(r) | Purpose::RestoreToProduction(r) => (&r.point, r.source != r.target),
        Purpose::BulkDeletion { point, .. } => (point, false),
    };
    let mut all = vec![must("sign-in", SignIn), may("refresh-inventory", ByHand), must("look-at-source", LookAtSource)];
    if onto_another {
        all.push(must("look-at-target", LookAtTarget));
    }
    all.push(may("free-capacity", ByHand));
    all.push(match point {
        Point::Manual(_) => must("see-backup", ListBackups),
        Point::System(_) => may("see-point", ByHand),
    });
    let back_up = || Place {
        one_of: vec![KnownStep("back-up-target", BackUpTarget), KnownStep("note-way-back", ByHand)],
        needed: true,
    };
    let restore = || [must("validate", Validate), must("restore", Restore), must("watch", ByHand)];
    match purpose {
        Purpose::Restore(_) => {
            all.push(back_up());
            all.extend(restore());
            all.extend([
                must("verify-data", ByHand),
                must("checklist", ByHand),
                may("who-may-enter", ByHand),
                must("leave-admin-mode", LeaveAdminMode),
            ]);
        }
        Purpose::RestoreToProduction(_) => {
            all.extend([must("note-older-points", ByHand), back_up(), must("switch-to-sandbox", ToSandbox)]);
            all.extend(restore());
            all.extend([
                must("verify-data", ByHand),
                must("switch-to-production", ToProduction),
                must("checklist", ByHand),
                may("who-may-enter", ByHand),
                must("leave-admin-mode", LeaveAdminMode),
                must("check-retention", LookAtTarget),
            ]);
        }
        Purpose::BulkDeletion { .. } => {
            all.extend([
                must("create-environment", Create),
                must("wait-for-environment", ByHand),
                must("verify-environment", ByHand),
            ]);
            all.extend(restore());
            all.extend([
                may("who-may-enter", ByHand),
                must("find-records", ByHand),
                must("carry-over", ByHand),
                must("clean-up", ByHand),
            ]);
        }
    }
    all
}

/// Whether the steps are those of a plan for its purpose, in their order, and each does what its id stands for.
pub(super) fn check(plan: &Plan) -> Result<(), Refused> {
    let places = places(&plan.purpose);
    let mut ahead = places.iter();
    for step in &plan.steps {
        let does = loop {
            let Some(place) = ahead.next() else {
                return Err(contradicts("a step is none that such a plan has at this place"));
            };
            match place.one_of.iter().find(|known| known.0 == step.id) {
                Some(known) => break known.1,
                None if place.needed => {
                    return Err(contradicts("a step is missing, or another one stands in its place"));
                }
                None => {}
            }
        };
        if !fits(plan, does, &step.action) || step.task.id().is_some_and(|id| id != step.id) {
            return Err(contradicts("a step does something else than it says"));
        }
        marked(step)?;
    }
    if ahead.any(|place| place.needed) {
        return Err(contradicts("its last steps are missing"));
    }
    one_restore(plan)
}

/// A step that overwrites is marked as one, and no other is. A restore onto an environment that the plan creates may be: earlier
/// versions of the app marked it.
fn marked(step: &Step) -> Result<(), Refused> {
    if matches!(&step.action, Action::Restore(restore) if restore.target.is_none()) {
        return Ok(());
    }
    match (DESTRUCTIVE.contains(&step.id.as_str()), step.destructive) {
        (true, false) => Err(contradicts("a step that overwrites is not marked as one")),
        (false, true) => Err(contradicts("a step is marked as one that overwrites and is none")),
        _ => Ok(()),
    }
}

fn fits(plan: &Plan, does: Does, action: &Action) -> bool {
    let source = |id: &EnvironmentId| id == plan.source();
    let target = |id: &EnvironmentId| Some(id) == plan.target();
    match (does, action) {
        (Does::SignIn, Action::SignIn)
        | (Does::Create, Action::CreateEnvironment(_))
        | (Does::Validate, Action::ValidateRestore(_))
        | (Does::Restore, Action::Restore(_))
        | (Does::ByHand, Action::Manual) => true,
        (Does::LookAtSource, Action::Inspect { environment })
        | (Does::ListBackups, Action::ListBackups { environment }) => source(environment),
        (Does::LookAtTarget, Action::Inspect { environment })
        | (Does::BackUpTarget, Action::CreateManualBackup { environment, .. })
        | (Does::LeaveAdminMode, Action::Set { environment, setting: Setting::AdministrationMode(false) }) => {
            target(environment)
        }
        (Does::ToSandbox, Action::Set { environment, setting }) => {
            target(environment) && *setting == Setting::Kind(Kind::Sandbox)
        }
        (Does::ToProduction, Action::Set { environment, setting }) => {
            target(environment) && *setting == Setting::Kind(Kind::Production)
        }
        _ => false,
    }
}

/// What is tried is what is carried out afterwards, under the name that the plan is for.
fn one_restore(plan: &Plan) -> Result<(), Refused> {
    let tried = plan.steps.iter().find_map(|s| match &s.action {
        Action::ValidateRestore(r) => Some(r),
        _ => None,
    });
    let done = plan.steps.iter().find_map(|s| match &s.action {
        Action::Restore(r) => Some(r),
        _ => None,
    });
    let (Some(tried), Some(done)) = (tried, done) else { return Err(contradicts("no step of it restores")) };
    if tried.point != done.point {
        return Err(contradicts("it tries to go back to another point than it goes back to"));
    }
    if tried != done {
        return Err(contradicts("it tries another restore than it carries out"));
    }
    if done.target.is_some() != done.target_name.is_some() {
        return Err(contradicts("it is not said by which name the overwriting is confirmed"));
    }
    let wanted = match &plan.purpose {
        Purpose::Restore(request) | Purpose::RestoreToProduction(request) => wanted(request),
        Purpose::BulkDeletion { .. } => None,
    };
    if name_fits(wanted, done) { Ok(()) } else { Err(contradicts("its restore gives another name than it says")) }
}

fn wanted(request: &RestoreRequest) -> Option<&str> {
    request.new_name.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

/// R4: the name that is asked for, or none where that is what the target is called already.
fn name_fits(wanted: Option<&str>, restore: &RestoreAction) -> bool {
    match (&restore.new_name, wanted) {
        (Some(given), wanted) => Some(given.as_str()) == wanted,
        (None, Some(wanted)) => {
            let shown = typeable(wanted);
            // A target whose name shows nothing is confirmed by its id.
            shown.is_empty() || restore.target_name.as_deref() == Some(shown.as_str())
        }
        (None, None) => true,
    }
}
