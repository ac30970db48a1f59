//! The command that a step of a plan stands for: ticking the step records it, so that the tenant is what the plan made it.

use super::super::command::Command;
use super::super::deed::{Deed, NewEnvironment};
use super::super::edition::Edition;
use super::super::environment::{EnvironmentId, Operation};
use super::super::remedy::{self, Needed};
use super::super::restore::{Cause, Loss, Point, RestoreRequest};
use super::super::tenant::Tenant;
use super::super::what_if::{Consequence, WhatIf};
use super::Purpose;
use super::ended::WATCH;
use super::parts::{Action, Plan, RestoreAction, Step};
use chrono::{DateTime, Utc};

/// The step that deletes the environment that the plan created.
const CLEAN_UP: &str = "clean-up";

/// What a step does not say itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// A new id for a manual backup that the step makes.
    pub new_id: String,
    /// The id of the environment that the plan creates: typed by the user for the step that creates it, known for those after.
    pub new_environment: Option<EnvironmentId>,
    /// When a restore that begins will end by itself, UTC, and whether it will then have failed; in a rehearsal.
    pub ends: Option<DateTime<Utc>>,
    pub fails: bool,
}

/// What somebody does in the service for a deed, where a tool has a command for it.
pub fn action_of(deed: &Deed) -> Option<Action> {
    match deed {
        Deed::CreateManualBackup { environment, label, .. } => {
            Some(Action::CreateManualBackup { environment: environment.clone(), label: label.clone() })
        }
        Deed::Set { environment, setting } => {
            Some(Action::Set { environment: environment.clone(), setting: setting.clone() })
        }
        _ => None,
    }
}

/// The command that `step` of `plan` stands for. `None`: it only looks, it is done by hand, what it would do is so already, or
/// [`needs_new_environment`] says what is missing.
pub fn command_for(edition: &Edition, tenant: &Tenant, plan: &Plan, step: &Step, given: &Given) -> Option<Command> {
    let deed = match &step.action {
        Action::CreateManualBackup { environment, label } => Deed::CreateManualBackup {
            environment: environment.clone(),
            id: given.new_id.clone(),
            label: label.clone(),
            point: None,
        },
        Action::Set { environment, setting } => {
            Deed::Set { environment: environment.clone(), setting: setting.clone() }
        }
        Action::Restore(restore) => Deed::StartRestore {
            request: request_of(plan, restore, given.new_environment.as_ref())?,
            ends: given.ends,
            fails: given.fails,
        },
        Action::CreateEnvironment(spec) => {
            let source = tenant.get(plan.source())?;
            let new = remedy::new_target(edition, source)?;
            Deed::Create(NewEnvironment {
                id: given.new_environment.clone()?,
                name: spec.name.clone(),
                kind: new.kind,
                region: new.region,
                dataverse: Some(true),
                // The step says to create it without.
                dynamics: Some(false),
                managed: new.managed,
                key: new.key.surely().map(|key| key.applied()),
                policies: source.policies.get().filter(|_| new.policies == Needed::Yes(())).cloned(),
            })
        }
        Action::Manual if step.id == WATCH => {
            let target = plan.target().or(given.new_environment.as_ref())?;
            Deed::EndRestore { target: target.clone(), failed: false }
        }
        Action::Manual if step.id == CLEAN_UP && plan.target().is_none() => {
            Deed::Delete { environment: given.new_environment.clone()? }
        }
        Action::SignIn
        | Action::Inspect { .. }
        | Action::ListBackups { .. }
        | Action::ValidateRestore(_)
        | Action::Manual => return None,
    };
    (!is_so(tenant, &deed)).then_some(Command::Do(deed))
}

/// Whether `step` creates an environment, so that its id has to be typed before it can be recorded.
pub fn needs_new_environment(step: &Step) -> bool {
    matches!(step.action, Action::CreateEnvironment(_))
}

impl Plan {
    /// The environment whose backup is restored.
    pub fn source(&self) -> &EnvironmentId {
        match &self.purpose {
            Purpose::Restore(request) | Purpose::RestoreToProduction(request) => &request.source,
            Purpose::BulkDeletion { source, .. } => source,
        }
    }

    /// Leaves out of what a step brings the losses of what the target held before: one that the plan creates holds nothing.
    pub fn without_losses_of_new(&self, shown: &mut WhatIf) {
        if self.target().is_some() {
            return;
        }
        let of_before = |cause: &Consequence| match cause {
            Consequence::Check(check) => {
                matches!(check.said.cause, Cause::Loss(Loss::Overwritten(_) | Loss::OwnAuditLogs | Loss::FlowsDeleted))
            }
            _ => false,
        };
        shown.environments.iter_mut().for_each(|env| env.says.retain(|said| !of_before(&said.cause)));
    }

    /// The environment that is overwritten; `None`: one that the plan creates.
    pub fn target(&self) -> Option<&EnvironmentId> {
        match &self.purpose {
            Purpose::Restore(request) | Purpose::RestoreToProduction(request) => Some(&request.target),
            Purpose::BulkDeletion { .. } => None,
        }
    }
}

/// The request of a restore step; `None` where its target is an environment that is not known yet.
pub(super) fn request_of(
    plan: &Plan,
    restore: &RestoreAction,
    new_environment: Option<&EnvironmentId>,
) -> Option<RestoreRequest> {
    let special_apps = match &plan.purpose {
        Purpose::Restore(request) | Purpose::RestoreToProduction(request) => request.special_apps.clone(),
        Purpose::BulkDeletion { special_apps, .. } => special_apps.clone(),
    };
    Some(RestoreRequest {
        source: restore.source.clone(),
        target: restore.target.as_ref().or(new_environment)?.clone(),
        point: match &restore.manual_backup {
            Some(id) => Point::Manual(id.clone()),
            None => Point::System(restore.point),
        },
        include_audit_logs: restore.include_audit_logs,
        new_name: restore.new_name.clone(),
        special_apps,
    })
}

/// Whether the tenant is already what the doing would make it: then ticking the step has nothing to record.
fn is_so(tenant: &Tenant, deed: &Deed) -> bool {
    let get = |id: &EnvironmentId| tenant.get(id);
    match deed {
        Deed::Set { environment, setting } => {
            get(environment).is_some_and(|env| setting.now(env).as_ref() == Some(setting))
        }
        // The restore has ended by itself, or was never recorded.
        Deed::EndRestore { target, .. } => get(target)
            .is_none_or(|e| e.running.is_none() && e.activity.as_ref().is_none_or(|a| a.what != Operation::Restoring)),
        Deed::Delete { environment } => get(environment).is_none_or(|env| env.deleted.is_some()),
        _ => false,
    }
}
