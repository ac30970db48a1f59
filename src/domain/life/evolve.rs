//! How a happening changes a tenant. Total: whatever is replayed, nothing panics and nothing is judged again.

use super::earlier::note;
use super::happening::{Happening, What};
use super::{NewEnvironment, Running};
use crate::domain::environment::{Activity, Environment, EnvironmentId, Operation, RuntimeState};
use crate::domain::fact::{Fact, Origin};
use crate::domain::history::{Change, Changed};
use crate::domain::order::Order as _;
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};

/// Lets `happening` change `tenant`. One that names an environment that is not there changes nothing.
pub fn evolve(tenant: &mut Tenant, happening: &Happening) {
    let Happening { at, environment, what } = happening;
    let at = *at;
    if let What::Created(new) = what {
        if tenant.get(environment).is_none() {
            tenant.environments.push(created(new, at));
        }
        return;
    }
    // The source of a restore is occupied as long as its target.
    if let What::RestoreStarted(running) = what {
        occupy(tenant, &running.source, at);
    }
    if matches!(what, What::RestoreSucceeded | What::RestoreFailed { .. }) {
        let running = tenant.get(environment).and_then(|t| t.running.clone());
        let dynamics = running.as_ref().and_then(|r| dynamics_at(tenant.get(&r.source)?, r.point));
        if let Some(running) = &running {
            release(tenant, &running.source);
        }
        let Some(target) = tenant.get_mut(environment) else { return };
        target.running = None;
        target.activity = None;
        match what {
            What::RestoreFailed { disabled } => {
                target.failed_restore = Some(at);
                if *disabled {
                    observe(&mut target.state, RuntimeState::Disabled, at);
                }
            }
            _ => {
                // R9, also of a restore of which only an import told.
                observe(&mut target.state, RuntimeState::AdminMode, at);
                target.failed_restore = None;
                if let Some(running) = running {
                    succeed(target, running, dynamics, at);
                }
            }
        }
        return;
    }
    if let Some(env) = tenant.get_mut(environment) {
        change(env, what, at);
    }
}

fn change(env: &mut Environment, what: &What, at: DateTime<Utc>) {
    match what {
        What::BackupAsked(backup) => env.backups.push(backup.clone()),
        What::BackupDeleted { id, .. } => env.backups.retain(|b| b.id != *id),
        What::Set { from, to } => {
            to.changed(from.as_ref()).into_iter().for_each(|changed| remember(env, at, changed));
            to.set(env, at);
        }
        What::RestoreStarted(running) => {
            env.activity = Some(Activity { what: Operation::Restoring, since: Some(at), seen: None });
            env.running = Some(running.clone());
        }
        What::ActivityEnded(_) => env.activity = None,
        What::Deleted => {
            env.deleted = Some(at.into());
            remember(env, at, Changed::Deleted);
        }
        What::Recovered => {
            env.deleted = None;
            // Somewhere in a span: by then it had been deleted.
            let last = env.history.iter_mut().rev().find(|c| c.what == Changed::Deleted);
            if let Some(deleted) = last.filter(|c| c.not_before <= at && at < c.at) {
                deleted.at = at;
            }
            remember(env, at, Changed::Recovered);
        }
        // Handled by `evolve`, which sees the other environment too.
        What::Created(_) | What::RestoreSucceeded | What::RestoreFailed { .. } => {}
        What::BackupCompleted { .. } => {}
        What::Noted(changed) => note(env, changed, at),
    }
}

/// A restore succeeded: R4, and what the overwritten database brought along. `dynamics`: whether it has Dynamics 365 apps.
fn succeed(target: &mut Environment, running: Running, dynamics: Option<bool>, at: DateTime<Utc>) {
    remember(target, at, Changed::Restored { source: running.source, point: running.point });
    if let Some(name) = running.new_name.filter(|name| *name != target.name) {
        remember(target, at, Changed::Name { from: target.name.clone(), to: name.clone() });
        target.name = name;
    }
    let from = target.dynamics.get().copied();
    if from != dynamics {
        target.dynamics = match dynamics {
            Some(to) => {
                remember(target, at, Changed::Dynamics { from, to });
                Fact::known(to, Origin::Recorded, at)
            }
            None => {
                if let Some(from) = from {
                    remember(target, at, Changed::DynamicsUnknown { from });
                }
                Fact::unknown()
            }
        };
    }
}

/// Whether the database of `env` had Dynamics 365 apps at `point` (UTC): what is known today, if nothing is known to have
/// changed since; else nobody knows. A restored database brings its own apps along.
fn dynamics_at(env: &Environment, point: DateTime<Utc>) -> Option<bool> {
    let changed =
        |c: &Change| c.at > point && matches!(c.what, Changed::Dynamics { .. } | Changed::DynamicsUnknown { .. });
    env.dynamics.get().copied().filter(|_| !env.history.iter().any(changed))
}

fn occupy(tenant: &mut Tenant, id: &EnvironmentId, at: DateTime<Utc>) {
    if let Some(env) = tenant.get_mut(id) {
        env.activity = Some(Activity { what: Operation::Restoring, since: Some(at), seen: None });
    }
}

/// Frees the source, unless a restore onto itself still runs.
fn release(tenant: &mut Tenant, id: &EnvironmentId) {
    if let Some(env) = tenant.get_mut(id)
        && env.running.as_ref().is_none_or(|r| r.source == *id)
    {
        env.activity = None;
    }
}

fn created(new: &NewEnvironment, at: DateTime<Utc>) -> Environment {
    fn fact<T: Clone>(value: &Option<T>, at: DateTime<Utc>) -> Fact<T> {
        value.clone().map_or_else(Fact::unknown, |v| Fact::known(v, Origin::Recorded, at))
    }
    let mut env = Environment::new(new.id.as_str());
    env.name = new.name.clone();
    env.kind = fact(&Some(new.kind.clone()), at);
    env.region = fact(&new.region, at);
    env.dataverse = fact(&new.dataverse, at);
    env.dynamics = fact(&new.dynamics, at);
    env.managed = fact(&new.managed, at);
    env.key = fact(&new.key, at);
    env.policies = fact(&new.policies, at);
    env.created = fact(&Some(at), at);
    env.state = fact(&Some(RuntimeState::Enabled), at);
    env.existed_by = Some(at);
    env
}

fn remember(env: &mut Environment, at: DateTime<Utc>, what: Changed) {
    env.history.push(Change::exactly(at, what));
    // A happening that is recorded late lies before others; windows rest on the order.
    env.history.order_by_key(|c| c.at);
}

/// A happening is newer than any answer or import of before, so it is what counts from then on.
fn observe<T>(fact: &mut Fact<T>, value: T, at: DateTime<Utc>) {
    *fact = Fact::known(value, Origin::Recorded, at);
}
