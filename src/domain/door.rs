//! The one door through which a tenant comes in that was written elsewhere: a file of this app, the browser's store, an inventory. What no
//! calendar and no list of environments has does not pass: instants outside 2000-01-01 … year 9998, empty ids, ids that are there already (without
//! case). What can be mended is, so that nothing more is promised than before, and what was mended is listed.

use super::edition::is_choice;
use super::environment::ManualBackup;
use super::environment::{Environment, EnvironmentId};
use super::fact::Fact;
use super::history::{Change, Changed};
pub use super::instants::{EARLIEST, is_date};
use super::inventory::{Inventory, Observation};
use super::service::ServiceOperation;
use super::tenant::Tenant;
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// Something that was mended, with what it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// An environment without an id, by its name: left out.
    NoId(String),
    /// An environment that is listed twice: the first counts, with the answers that only the other had.
    Twice(EnvironmentId),
    /// A fact of an environment whose instant is no date: unknown now.
    Fact { environment: EnvironmentId, fact: Dated },
    /// A retention setting that is no choice (K2), in days: unknown now.
    Retention { environment: EnvironmentId, days: u32 },
    /// A manual backup without a point that is a date, without an id, or listed twice: left out.
    Backup { environment: EnvironmentId, backup: String },
    /// A change whose instant is no date: it may have happened at any time.
    Change(EnvironmentId),
    /// The import with this number, whose instant is no date.
    Import(u32),
    /// A plan that needs an instant that is no date, by its title: left out.
    Plan(String),
    /// Something else of the workspace: left out.
    Part(WorkspacePart),
    /// So many entries of the activity that cannot be taken back any more.
    Entries(usize),
}

/// What of an environment has a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    Kind,
    Region,
    Dataverse,
    Dynamics,
    Managed,
    Key,
    Policies,
    RetentionSetting,
    OldestBackup,
    Created,
    State,
    BackgroundOperations,
    Group,
    DatabaseSize,
    /// The first and the last proof that it lived.
    FirstSight,
    LastSign,
    FailedRestore,
    Deleted,
    /// What the service offered to restore, and whom as its targets.
    Offered,
    Candidates,
    Activity,
    RunningRestore,
    Endings,
    Operation,
}

/// A part of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkspacePart {
    Storage,
    Cloud,
    GroupRule,
    /// When it was saved.
    Saved,
    /// A time in the wizard.
    Wizard,
    Clock,
    /// What was known at an earlier import.
    Past,
    /// A second plan under the same number.
    SecondPlan,
}

/// Mends a tenant. `latest` (UTC) is when it was written: what has no date of its own happened then at the latest.
pub fn tenant(tenant: &mut Tenant, latest: DateTime<Utc>) -> Vec<Mended> {
    let mut done = Vec::new();
    one_of_each(tenant, &mut done);
    // It was just read, so that nothing is shared and nothing is copied here.
    for env in tenant.environments.iter_mut() {
        environment(env, latest, &mut done);
    }
    if !tenant.capacity.keep_if(|k| is_date(k.since)) {
        done.push(Mended::Part(WorkspacePart::Storage));
    }
    if !tenant.cloud.keep_if(|k| is_date(k.since)) {
        done.push(Mended::Part(WorkspacePart::Cloud));
    }
    for import in tenant.imports.iter_mut().filter(|i| !is_date(i.at)) {
        import.at = EARLIEST;
        done.push(Mended::Import(import.number));
    }
    if tenant.id.as_ref().is_some_and(|id| id.trim().is_empty()) {
        tenant.id = None;
    }
    let groups = tenant.group_rules.len();
    tenant.group_rules.retain(|g| !g.group.trim().is_empty() && g.retention_days.is_none_or(is_choice));
    if tenant.group_rules.len() < groups {
        done.push(Mended::Part(WorkspacePart::GroupRule));
    }
    done
}

fn is_empty(id: &EnvironmentId) -> bool {
    id.as_str().trim().is_empty()
}

/// Every environment has an id, and each id stands once: the first counts, and learns the answers that only the later one had.
fn one_of_each(tenant: &mut Tenant, done: &mut Vec<Mended>) {
    let mut places: HashMap<EnvironmentId, usize> = HashMap::with_capacity(tenant.environments.len());
    let twice = tenant.environments.iter().any(|e| is_empty(&e.id) || places.insert(e.id.clone(), 0).is_some());
    if !twice {
        return;
    }
    places.clear();
    let mut kept: Vec<Environment> = Vec::with_capacity(tenant.environments.len());
    for env in std::mem::take(&mut tenant.environments) {
        if is_empty(&env.id) {
            done.push(Mended::NoId(env.name));
            continue;
        }
        let at = *places.entry(env.id.clone()).or_insert(kept.len());
        match kept.get_mut(at) {
            None => kept.push(env),
            Some(first) => {
                answers(first, &env);
                done.push(Mended::Twice(env.id));
            }
        }
    }
    tenant.environments = kept.into();
}

/// Calls a macro for every fact of an environment, with its name.
macro_rules! facts {
    ($do:ident) => {
        $do!(
            kind Kind, region Region, dataverse Dataverse, dynamics Dynamics, managed Managed, key Key, policies Policies, retention_setting RetentionSetting, oldest_backup OldestBackup, created Created, state State, background_operations BackgroundOperations, group Group, database_mb DatabaseSize
        )
    };
}

fn answers(first: &mut Environment, later: &Environment) {
    fn take<T: Clone>(first: &mut Fact<T>, later: &Fact<T>) {
        if let (None, Some(answer)) = (first.answered(), later.answered()) {
            first.answer(answer.value.clone(), answer.since);
        }
    }
    macro_rules! each {
        ($($field:ident $name:ident),*) => { $(take(&mut first.$field, &later.$field);)* };
    }
    facts!(each);
}

fn environment(env: &mut Environment, latest: DateTime<Utc>, done: &mut Vec<Mended>) {
    let mut lost = Vec::new();
    facts_without_a_date(env, &mut lost);
    life_without_a_date(env, &mut lost);
    service_without_a_date(env, &mut lost);
    done.extend(lost.into_iter().map(|fact| Mended::Fact { environment: env.id.clone(), fact }));
    let days = env.retention_setting.get().copied().filter(|days| !is_choice(*days));
    if !env.retention_setting.keep_if(|k| is_choice(k.value)) {
        done.push(Mended::Retention { environment: env.id.clone(), days: days.unwrap_or(0) });
    }
    for backup in one_backup_each(&mut env.backups) {
        done.push(Mended::Backup { environment: env.id.clone(), backup });
    }
    for change in &mut env.history {
        if date(change, latest) {
            done.push(Mended::Change(env.id.clone()));
        }
    }
}

fn facts_without_a_date(env: &mut Environment, lost: &mut Vec<Dated>) {
    macro_rules! each {
        ($($field:ident $name:ident),*) => {
            $(if !env.$field.keep_if(|k| is_date(k.since)) { lost.push(Dated::$name); })*
        };
    }
    facts!(each);
    for (fact, name) in [(&mut env.created, Dated::Created), (&mut env.oldest_backup, Dated::OldestBackup)] {
        if !fact.keep_if(|k| is_date(k.value)) {
            lost.push(name);
        }
    }
}

/// Since when and until when it lived.
fn life_without_a_date(env: &mut Environment, lost: &mut Vec<Dated>) {
    for (at, name) in [
        (&mut env.existed_by, Dated::FirstSight),
        (&mut env.lived, Dated::LastSign),
        (&mut env.failed_restore, Dated::FailedRestore),
    ] {
        if at.take_if(|at| !is_date(*at)).is_some() {
            lost.push(name);
        }
    }
    let deleted = env.deleted;
    env.deleted = deleted.and_then(|when| when.keep_if(is_date));
    if env.deleted != deleted {
        lost.push(Dated::Deleted);
    }
}

/// What the service offered, does and announces.
fn service_without_a_date(env: &mut Environment, lost: &mut Vec<Dated>) {
    // A period of more than a year is none of a backup.
    let sound = |r: &super::service::Reading| {
        is_date(r.asked)
            && r.hint.is_none_or(is_date)
            && r.offered.from.is_none_or(is_date)
            && r.offered.period_days.is_none_or(|d| (1..=366).contains(&d))
    };
    if env.reading.take_if(|r| !sound(r)).is_some() {
        lost.push(Dated::Offered);
    }
    if env.candidates.take_if(|list| !is_date(list.asked)).is_some() {
        lost.push(Dated::Candidates);
    }
    if let Some(list) = &mut env.candidates {
        list.offered.retain(|id| !is_empty(id));
    }
    if let Some(activity) = &mut env.activity
        && (activity.since.take_if(|at| !is_date(*at)).is_some() | activity.seen.take_if(|at| !is_date(*at)).is_some())
    {
        lost.push(Dated::Activity);
    }
    // What occupies it stays in `activity`; only how it would end by itself is gone.
    if env.running.take_if(|r| !is_date(r.point) || !r.ends.is_none_or(is_date) || is_empty(&r.source)).is_some() {
        lost.push(Dated::RunningRestore);
    }
    let endings = env.endings.len();
    env.endings.retain(|e| is_date(e.at));
    if env.endings.len() < endings {
        lost.push(Dated::Endings);
    }
    let operations = env.operations.len();
    one_operation_each(&mut env.operations);
    if env.operations.len() < operations {
        lost.push(Dated::Operation);
    }
}

/// Gives a change without a date the widest span that it can have; whether that was needed.
fn date(change: &mut Change, latest: DateTime<Utc>) -> bool {
    let mut odd = false;
    if !is_date(change.at) {
        (change.at, odd) = (latest, true);
    }
    if odd || !is_date(change.not_before) || change.not_before > change.at {
        (change.not_before, odd) = (EARLIEST, true);
    }
    if let Changed::Restored { point, .. } = &mut change.what
        && !is_date(*point)
    {
        (*point, odd) = (EARLIEST, true);
    }
    odd
}

fn one_operation_each(operations: &mut Vec<ServiceOperation>) {
    let mut known = HashSet::new();
    operations.retain(|o| is_date(o.began) && !o.id.trim().is_empty() && known.insert(o.id.to_ascii_lowercase()));
    for operation in operations {
        operation.last.take_if(|at| !is_date(*at));
        operation.environment.take_if(|id| is_empty(id));
        operation.source.take_if(|id| is_empty(id));
    }
}

/// The labels of the backups that were left out.
fn one_backup_each(backups: &mut Vec<ManualBackup>) -> Vec<String> {
    let mut known = HashSet::new();
    let mut gone = Vec::new();
    backups.retain(|b| {
        let sound = is_date(b.point) && !b.id.trim().is_empty() && known.insert(b.id.to_ascii_lowercase());
        if !sound {
            gone.push(b.label.clone());
        }
        sound
    });
    for backup in backups {
        backup.asked.take_if(|at| !is_date(*at));
        // What no calendar has is no expiry: the period of the system holds.
        backup.reported_expiry.take_if(|at| !is_date(*at));
    }
    gone
}

/// Mends what was seen of one environment. `false`: it has no id, or one that is `known` already, and is left out.
pub(super) fn observation(seen: &mut Observation, known: &mut HashSet<String>) -> bool {
    if seen.id.trim().is_empty() || !known.insert(seen.id.trim().to_ascii_lowercase()) {
        return false;
    }
    for at in
        [&mut seen.oldest_backup, &mut seen.created, &mut seen.existed_by, &mut seen.database_since, &mut seen.alive]
    {
        at.take_if(|at| !is_date(*at));
    }
    seen.deleted = seen.deleted.and_then(|when| when.keep_if(is_date));
    seen.offered.take_if(|o| !o.from.is_none_or(is_date));
    seen.retention_setting.take_if(|days| !is_choice(*days));
    if let Some(Some(activity)) = &mut seen.activity {
        activity.since.take_if(|at| !is_date(*at));
        activity.seen.take_if(|at| !is_date(*at));
    }
    if let Some(endings) = &mut seen.endings {
        endings.retain(|e| is_date(e.at));
    }
    true
}

/// Mends everything of an inventory but its environments.
pub(super) fn lists(mended: &mut Inventory) {
    for list in &mut mended.backups {
        one_backup_each(&mut list.backups);
    }
    one_operation_each(&mut mended.operations);
    for one in &mut mended.underway {
        one.activity.since.take_if(|at| !is_date(*at));
        one.activity.seen.take_if(|at| !is_date(*at));
        one.environment.take_if(|id| is_empty(id));
        one.source.take_if(|id| is_empty(id));
    }
    mended.asked.take_if(|at| !is_date(*at));
    for list in &mut mended.candidates {
        list.asked.take_if(|at| !is_date(*at));
        list.offered.retain(|id| !is_empty(id));
    }
}
