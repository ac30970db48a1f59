//! The one way in which a tenant changes (architecture invariant 5): `apply(tenant, command, now)`.

mod deleted;
mod event;
mod import;

pub use super::life::EventSort;
pub use super::refusal::{
    Cause, ImportPart, Needing, NotTyped, OfEnvironment, OfImport, Refusal, Stays, TimeOf, TypedName, Unknown,
};
pub use event::{Event, Happened, Imported};
pub use import::{JudgedTenant, WorkedOut, WorkingOut};

use super::capacity::{self, Capacity, MOST_MB, balance};
use super::deed::Deed;
use super::edition::{self, Edition};
use super::environment::{Answer, Environment, EnvironmentId, FactKey};
use super::inventory::Inventory;
use super::life;
use super::merge::Value;
use super::rule::RuleId;
use super::service::Cloud;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;

/// What changes a tenant. An import is not written down with the others: it may be as large as the tenant itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Something that is done to an environment, or recorded as done (see [`super::life`]).
    Do(Deed),
    /// Something that was done at `at` (UTC), before the last import: only the history learns of it (see
    /// [`super::life::decide_earlier`]).
    Earlier {
        #[serde(rename = "doing")] // as it has been kept
        deed: Deed,
        at: DateTime<Utc>,
    },
    /// Keep what an import understood (see [`super::merge`]).
    #[serde(skip)]
    Import(Inventory),
    /// The same, worked out beforehand, which only saves time: where the tenant or the time is another one, it is worked out anew.
    #[serde(skip)]
    WorkedOut(Arc<WorkedOut>),
    /// The user's answer to a question, for one or for many environments.
    Answer {
        environments: Vec<EnvironmentId>,
        answer: Answer,
    },
    /// Take answers back.
    ForgetAnswer {
        environments: Vec<EnvironmentId>,
        fact: FactKey,
    },
    /// The user's own statement of the storage.
    SetCapacity(Capacity),
    /// The user's own statement of the cloud; `None` takes it back.
    SetCloud(Option<Cloud>),
    /// Take an environment off the list (one that an import no longer lists).
    Forget {
        environments: Vec<EnvironmentId>,
    },
    Rename(String),
}

impl Command {
    /// Whether it tells what was done in the service, which stays done when it was; anything else holds from when a person says it.
    pub fn is_done(&self) -> bool {
        matches!(self, Command::Do(_) | Command::Earlier { .. })
    }

    /// Whether it keeps what an import understood.
    pub fn is_import(&self) -> bool {
        matches!(self, Command::Import(_) | Command::WorkedOut(_))
    }
}

/// Applies a command at `now` (UTC). The tenant that is given stays as it is; refused commands change nothing.
///
/// # Errors
/// A [`Refusal`]: an environment that is not on the list, a retention setting that is no choice (K2), a creation time that
/// lies in the future or after evidence that the environment existed (K8), storage that is no number, a retention
/// setting for environments without Dataverse alone (K7; among others they are left out, and an event says so), or an import
/// of another tenant or with nothing in it to keep.
pub fn apply(
    edition: &Edition,
    tenant: &Tenant,
    command: Command,
    now: DateTime<Utc>,
) -> Result<(Tenant, Vec<Event>), Refusal> {
    match command {
        Command::Do(deed) => {
            let (after, happenings) = life::perform(edition, tenant, &deed, now)?;
            // A new environment is named only afterwards, a renamed one is still called what it was when it began.
            let events = happenings.into_iter().map(|h| {
                let named = if tenant.get(&h.environment).is_some() { tenant } else { &after };
                Event::of(h, named)
            });
            let events = events.collect();
            Ok((after, events))
        }
        Command::Earlier { deed, at } => {
            let happenings = life::decide_earlier(edition, tenant, &deed, at)?;
            let mut after = tenant.clone();
            happenings.iter().for_each(|h| life::evolve(&mut after, h));
            Ok((after, happenings.into_iter().map(|h| Event::of(h, tenant)).collect()))
        }
        Command::Import(inventory) => import::import(tenant, &inventory, now),
        Command::WorkedOut(import) => import.import(tenant, now),
        Command::Answer { environments, answer } => take_answer(tenant, &environments, &answer, now),
        Command::ForgetAnswer { environments, fact } => take_answer_back(tenant, &environments, fact, now),
        Command::SetCapacity(capacity) => {
            check_capacity(&capacity)?;
            let capacity = capacity.rounded();
            let mut after = tenant.clone();
            after.capacity.answer(capacity, now);
            Ok((after, vec![Event::note(now, Happened::StorageStated(balance(edition, &capacity)))]))
        }
        Command::SetCloud(cloud) => {
            let mut after = tenant.clone();
            match cloud {
                Some(cloud) => after.cloud.answer(cloud, now),
                None => drop(after.cloud.forget_answer()),
            }
            Ok((after, vec![Event::note(now, Happened::CloudAnswered(cloud))]))
        }
        Command::Forget { environments } => take_off_the_list(tenant, &environments, now),
        Command::Rename(name) => {
            let mut after = tenant.clone();
            after.name = name.trim().to_string();
            let named = Happened::TenantNamed(after.name.clone());
            Ok((after, vec![Event::note(now, named)]))
        }
    }
}

fn take_answer(
    tenant: &Tenant,
    environments: &[EnvironmentId],
    answer: &Answer,
    now: DateTime<Utc>,
) -> Result<(Tenant, Vec<Event>), Refusal> {
    check_answer(answer, now)?;
    let (places, left_out) = takers(tenant, places(tenant, environments)?, answer);
    if places.is_empty() && !left_out.is_empty() {
        return Err(Cause::NoDataverse(left_out).by(&[RuleId::K7]));
    }
    let mut after = tenant.clone();
    let mut events = Vec::new();
    for place in places {
        let Some(env) = after.environments.get_mut(place) else { continue };
        if let Answer::Created(at) = answer
            && let Some(seen) = env.existed_by.filter(|seen| seen < at)
        {
            let why = OfEnvironment::ExistedBefore { created: *at, existed: seen };
            return Err(Cause::of(env, why).by(&[RuleId::K8]));
        }
        if let Answer::Deleted(at) = answer {
            deleted::answer(env, *at, now)?;
        }
        let value = record(env, answer, now);
        events.push(Event::about(now, env, |name| Happened::Answered { name, fact: answer.fact(), value }));
    }
    if !left_out.is_empty() {
        events.push(Event::note(now, Happened::LeftOut(left_out)));
    }
    Ok((after, events))
}

fn take_answer_back(
    tenant: &Tenant,
    environments: &[EnvironmentId],
    fact: FactKey,
    now: DateTime<Utc>,
) -> Result<(Tenant, Vec<Event>), Refusal> {
    let mut after = tenant.clone();
    let mut events = Vec::new();
    for place in places(tenant, environments)? {
        let Some(env) = after.environments.get_mut(place) else { continue };
        if forget(env, fact) {
            events.push(Event::about(now, env, |name| Happened::AnswerForgotten { name, fact }));
        }
    }
    Ok((after, events))
}

fn take_off_the_list(
    tenant: &Tenant,
    environments: &[EnvironmentId],
    now: DateTime<Utc>,
) -> Result<(Tenant, Vec<Event>), Refusal> {
    let mut after = tenant.clone();
    let mut events = Vec::new();
    let gone: HashSet<usize> = places(tenant, environments)?.into_iter().collect();
    // Its end could never be recorded, and the source would stay occupied for ever.
    let running = gone.iter().filter_map(|place| tenant.environments.get(*place)).find(|e| e.running.is_some());
    if let Some(env) = running {
        return Err(Cause::of(env, OfEnvironment::RestoreOnto).by(&[RuleId::T9]));
    }
    let mut place = 0..;
    after.environments.retain(|env| {
        let stays = place.next().is_none_or(|place| !gone.contains(&place));
        if !stays {
            events.push(Event::about(now, env, Happened::OffTheList));
        }
        stays
    });
    Ok((after, events))
}

/// Where the named environments are.
fn places(tenant: &Tenant, environments: &[EnvironmentId]) -> Result<Vec<usize>, Refusal> {
    if environments.is_empty() {
        return Err(Cause::NoneChosen.by(&[]));
    }
    let place = |id| tenant.environments.place(id).ok_or_else(|| Cause::NotListed(id.clone()).by(&[]));
    environments.iter().map(place).collect()
}

fn check_answer(answer: &Answer, now: DateTime<Utc>) -> Result<(), Refusal> {
    match answer {
        Answer::RetentionSetting(days) if !edition::is_choice(*days) => {
            Err(Cause::NoRetentionSetting(*days).by(&[RuleId::K2]))
        }
        Answer::Deleted(at) if *at > now => Err(Cause::Future(*at, TimeOf::Deletion).by(&[RuleId::X1])),
        Answer::Created(at) if *at > now => Err(Cause::Future(*at, TimeOf::Creation).by(&[RuleId::K8])),
        _ => Ok(()),
    }
}

fn check_capacity(capacity: &Capacity) -> Result<(), Refusal> {
    let sorts = [
        (capacity::StorageSort::Database, capacity.database),
        (capacity::StorageSort::Log, capacity.log),
        (capacity::StorageSort::File, capacity.file),
    ];
    for (sort, storage) in sorts {
        for (entitled, mb) in [(true, storage.entitled_mb), (false, storage.used_mb)] {
            if !mb.is_finite() || !(0.0..=MOST_MB).contains(&mb) {
                return Err(
                    Cause::Storage { sort, entitled, mb, too_much: mb.is_finite() && mb > MOST_MB }.by(&[RuleId::T7])
                );
            }
        }
    }
    Ok(())
}

/// The places of those that an answer means something for, and the names of the others: a retention setting means nothing where
/// nothing is backed up (K7), and they are named, never passed over in silence.
fn takers(tenant: &Tenant, places: Vec<usize>, answer: &Answer) -> (Vec<usize>, Vec<String>) {
    if !matches!(answer, Answer::RetentionSetting(_)) {
        return (places, Vec::new());
    }
    let without = |place: &usize| {
        let env = tenant.environments.get(*place);
        env.filter(|e| e.dataverse.get() == Some(&false)).map(|e| e.name.clone())
    };
    let left_out = places.iter().filter_map(without).collect();
    (places.into_iter().filter(|place| without(place).is_none()).collect(), left_out)
}

/// Keeps the answer, and gives what it says.
fn record(env: &mut Environment, answer: &Answer, now: DateTime<Utc>) -> Value {
    env.take_answer(answer, now);
    answer.clone().into()
}

/// Takes the answer back; whether there was one.
fn forget(env: &mut Environment, fact: FactKey) -> bool {
    let forgotten = env.forget_answer(fact);
    if fact == FactKey::Deleted {
        deleted::into_history(env);
    }
    forgotten
}
