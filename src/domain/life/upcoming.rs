//! What happens next, without anybody doing anything: for the clock of a rehearsal and for lists of deadlines.

use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::history::Changed;
use crate::domain::instants::later;
use crate::domain::manual_backup::{self, ManualBackup, Stage};
use crate::domain::order::Order as _;
use crate::domain::retention::{self, Certainty, Reason, Window};
use crate::domain::retention::{Recoverable, recovery, setting_counts};
use crate::domain::rule::RuleId;
use crate::domain::service::Announced;
use crate::domain::tenant::Tenant;
use crate::domain::words::{days_text, instant_text};
use chrono::{DateTime, TimeDelta, Utc};

/// Something that will happen at an instant if nothing is done before.
#[derive(Clone, Debug, PartialEq)]
pub struct Upcoming {
    /// UTC. Of something that ends (a point that expires, a time for recovery that runs out) it is the first second at which it
    /// has ended, so that at this instant it can be seen.
    pub at: DateTime<Utc>,
    pub environment: EnvironmentId,
    /// A sentence for people, with names.
    pub says: String,
    pub rules: Vec<RuleId>,
    pub turn: Turn,
}

/// What sort of turn something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Something is lost: a point leaves, a time for recovery runs out.
    Ends,
    /// A time of waiting is over: a setting has settled, an operation ends, something may be tried again.
    Over,
    /// Something is there that was not: a backup is ready, a window has grown to its full length.
    Grows,
}

/// No period of any edition is longer, and nothing is under way longer than that.
const LONGEST: TimeDelta = TimeDelta::days(30);

/// Everything that will happen after `now` (UTC), soonest first.
pub fn upcoming(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Vec<Upcoming> {
    let mut all: Vec<Upcoming> = tenant.environments.iter().flat_map(|env| of_environment(edition, env, now)).collect();
    all.order_by(|a, b| {
        a.at.cmp(&b.at).then_with(|| a.environment.cmp(&b.environment)).then_with(|| a.says.cmp(&b.says))
    });
    all
}

/// Something to do as soon as possible: what waiting may lose is lost at no documented instant, so that no date is given.
#[derive(Clone, Debug, PartialEq)]
pub struct AtOnce {
    pub environment: EnvironmentId,
    /// A sentence for people, with names.
    pub says: String,
    pub rules: Vec<RuleId>,
}

/// What cannot wait at `now` (UTC): a former Production environment whose older points sleep (K6), and a deleted one of which nobody
/// knows when it was deleted, once its recovery is no longer sure (X1). In the tenant's order.
pub fn at_once(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Vec<AtOnce> {
    let fading = |env: &&Environment| {
        recovery(edition, env)
            .is_some_and(|left| left.unknown_deletion().is_some() && left.at(now) == Recoverable::Perhaps)
    };
    let recover = |env: &Environment| AtOnce {
        environment: env.id.clone(),
        says: format!(
            "Recover {} if you may need it, or say when it was deleted: that is not known, so its time may be over at any moment, \
             or already",
            env.name
        ),
        rules: vec![RuleId::X1],
    };
    let asleep = |env: &&Environment| {
        let sandbox = env.deleted.is_none() && env.kind.get() == Some(&Kind::Sandbox);
        sandbox && has_moved(edition, env, now) && retention::window(edition, env, now).has_asleep()
    };
    let say = |env: &Environment| AtOnce {
        environment: env.id.clone(),
        says: format!(
            "Switch {} back to Production if you may need its points of before the switch that are older than seven days: \
             waiting puts them at risk with every hour, and until when they last is documented nowhere",
            env.name
        ),
        rules: vec![RuleId::K6],
    };
    tenant
        .environments
        .iter()
        .filter_map(|env| match () {
            () if fading(&env) => Some(recover(env)),
            () if asleep(&env) => Some(say(env)),
            () => None,
        })
        .collect()
}

/// What will happen to one environment after `now` (UTC), soonest first.
pub fn of_environment(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Vec<Upcoming> {
    let mut found = Found { env, now, list: Vec::new() };
    if let Some(recovery) = recovery(edition, env) {
        let name = &env.name;
        if recovery.doubts.is_empty() || recovery.guaranteed_until == Some(recovery.possible_until) {
            found.ends(recovery.possible_until, &[RuleId::X1], format!("{name} can no longer be recovered"));
        } else {
            if let Some(until) = recovery.guaranteed_until {
                let says = format!("The recovery of {name} is sure until now, and only possible from now on");
                found.ends(until, &[RuleId::X1], says);
            }
            let unknown = match recovery.unknown_deletion() {
                Some(_) => "whenever it was deleted",
                None => "whatever it was",
            };
            found.ends(recovery.possible_until, &[RuleId::X1], format!("{name} can no longer be recovered, {unknown}"));
        }
        env.backups.iter().for_each(|b| backup(edition, b, Some(recovery.possible_until), &mut found));
    } else {
        operations(edition, &mut found);
        announced(&mut found);
        env.backups.iter().for_each(|b| backup(edition, b, None, &mut found));
        if has_moved(edition, env, now) {
            let window = retention::window(edition, env, now);
            settings(edition, &mut found);
            first_day(&window, &mut found);
            growth(&window, &mut found);
            asleep(&window, &mut found);
        }
    }
    found.list.order_by_key(|u| u.at);
    found.list
}

struct Found<'a> {
    env: &'a Environment,
    now: DateTime<Utc>,
    list: Vec<Upcoming>,
}

impl Found<'_> {
    fn add(&mut self, at: DateTime<Utc>, turn: Turn, rules: &[RuleId], says: String) {
        if at > self.now {
            self.list.push(Upcoming { at, environment: self.env.id.clone(), says, rules: rules.to_vec(), turn });
        }
    }
    /// `last` is the last instant at which it still holds (K13).
    fn ends(&mut self, last: DateTime<Utc>, rules: &[RuleId], says: String) {
        if last >= self.now {
            self.add(later(last, TimeDelta::seconds(1)), Turn::Ends, rules, says);
        }
    }
}

/// Whether anything of its window may be under way: most environments of a large tenant need no second look.
fn has_moved(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> bool {
    let young = |at: DateTime<Utc>| now - at < LONGEST;
    let created = match env.created.get() {
        Some(at) => young(*at),
        // It may be new where nothing of it is older than a day (K14): its backups wait for that.
        None => {
            let points = || env.backups.iter().map(|b| b.point);
            points().next().is_some()
                && env.existed_by.into_iter().chain(points()).all(|at| now - at < edition.first_day)
        }
    };
    created || env.history.iter().any(|c| young(c.at))
}

/// R7, R20.
fn operations(edition: &Edition, found: &mut Found) {
    let (env, name) = (found.env, &found.env.name);
    if let Some(ends) = env.running.as_ref().and_then(|r| r.ends) {
        found.add(ends, Turn::Over, &[RuleId::R7], format!("The restore onto {name} ends"));
    }
    if let Some(failed) = env.failed_restore.filter(|_| edition.failed_restore_disables_target && env.running.is_none())
    {
        let says = format!("The failed restore onto {name} can be tried again");
        found.add(later(failed, edition.retry_after), Turn::Over, &[RuleId::R20], says);
    }
}

/// X4: what the service has announced.
fn announced(found: &mut Found) {
    let (env, name) = (found.env, &found.env.name);
    let unused = "backups and what administrators do are no use of it";
    for ending in &env.endings {
        let says = match ending.what {
            Announced::TrialEnds => {
                format!(
                    "The trial of {name} ends; once it is deleted it can be recovered for 7 days, and then nothing is left"
                )
            }
            Announced::Disabled => format!("{name} is disabled by itself, because nobody uses it: {unused}"),
            Announced::Deleted => format!("{name} is deleted by itself, because nobody uses it: {unused}"),
        };
        found.add(ending.at, Turn::Ends, &[RuleId::X4], says);
    }
}

/// M3, M4, M8. `over` is when everything of a deleted environment ends, which is said once, and not for every backup.
fn backup(edition: &Edition, backup: &ManualBackup, over: Option<DateTime<Utc>>, found: &mut Found) {
    let (label, name) = (&backup.label, &found.env.name);
    let what = format!("The manual backup “{label}” of {name}");
    if over.is_none() {
        found.add(
            manual_backup::usable_at(edition, backup),
            Turn::Grows,
            &[RuleId::M3, RuleId::M8],
            format!("{} It may be used with caution", super::completed(label)),
        );
        found.add(manual_backup::ready_at(edition, backup), Turn::Grows, &[RuleId::M8], format!("{what} is ready"));
    } else {
        let says = format!("{what} is done, and nothing promises it while {name} is deleted");
        found.add(manual_backup::usable_at(edition, backup), Turn::Grows, &[RuleId::M3, RuleId::X1], says);
    }
    let judged = manual_backup::judge(edition, found.env, backup, found.now);
    let sure = judged.guaranteed_until.filter(|_| judged.certainty == Certainty::Guaranteed);
    let mut ends: Vec<DateTime<Utc>> = [sure, judged.possible_until].into_iter().flatten().collect();
    ends.dedup();
    for last in ends.into_iter().filter(|last| Some(*last) != over) {
        let then = later(last, TimeDelta::seconds(1));
        let says = match manual_backup::judge(edition, found.env, backup, then).stage {
            // What nothing guarantees up to its end may be gone long before: only that it is gone then is sure.
            Stage::Expired if sure == Some(last) => format!("{what} expires"),
            Stage::Expired => format!("{what}, which may already be gone, is gone at the latest"),
            Stage::AtRisk => format!("{what} is no longer guaranteed"),
            Stage::Dormant => format!("{what} cannot be chosen any more while {name} is a Sandbox"),
            Stage::Processing | Stage::UsableWithCaution | Stage::Ready => continue,
        };
        found.ends(last, &[RuleId::M4], says);
    }
}

/// K4: the 24 hours of the last change of the setting end. What an earlier one did is then uncertain for longer.
fn settings(edition: &Edition, found: &mut Found) {
    if !setting_counts(edition, found.env).any {
        return;
    }
    let last = found.env.history.iter().rev().find_map(|c| match &c.what {
        Changed::RetentionSetting { from, to } if from.as_ref() != Some(to) => Some((c.at, *from, *to)),
        _ => None,
    });
    let Some((changed, from, to)) = last else { return };
    let (name, days) = (&found.env.name, days_text(to));
    let of = format!("24 hours after the change of {}", instant_text(changed));
    let says = if from.is_some_and(|from| to < from) {
        format!("The lower retention of {name}, {days}, has been applied for certain: {of}")
    } else {
        format!("The retention of {name}, {days}, holds for certain from now on: {of}")
    };
    found.add(later(changed, edition.settling), Turn::Over, &[RuleId::K4], says);
}

/// K14: nothing is promised until the first day is over.
fn first_day(window: &Window, found: &mut Found) {
    // Of what was only seen for the first time nothing more is known then than now.
    let matters = found.env.created.get().is_some() || !found.env.backups.is_empty();
    if let Some(over) = window.waits_until().filter(|_| matters) {
        let says = format!("The first day of {} is over: what it keeps is guaranteed from now on", found.env.name);
        found.add(over, Turn::Over, &[RuleId::K14], says);
    }
}

/// K5, K6, K8: a window whose beginning stands still grows until it has its full length; then nothing older is left either.
fn growth(window: &Window, found: &mut Found) {
    let days = window.retention.guaranteed_days;
    let Some(from) = window.guaranteed_from.filter(|_| days > 0) else { return };
    let full = later(from, TimeDelta::days(i64::from(days)));
    let binds = window.guaranteed_reasons.first().and_then(Reason::rule);
    // Where only our evidence grows, because nobody knows when it was created, nothing happens to it.
    let is_evidence = binds == Some(RuleId::K8) && found.env.created.is_unknown();
    if full <= found.now || is_evidence {
        return;
    }
    let mut rules: Vec<RuleId> = binds.into_iter().collect();
    rules.push(RuleId::K5);
    rules.dedup();
    let says = format!("The window of {} reaches its full {}", found.env.name, days_text(days));
    found.add(full, Turn::Grows, &rules, says);
    // The youngest of the older, uncertain points.
    let youngest = later(from, TimeDelta::seconds(-1));
    if window.certainty(youngest) == Certainty::Possible
        && let Some(last) = window.leaves(youngest).1
    {
        let says = format!("The last of the older points of {}, which were only possible, is gone", found.env.name);
        found.ends(last, &rules, says);
    }
}

/// K6: the points of before the switch sleep in the Sandbox that it became, each until its old period ends.
fn asleep(window: &Window, found: &mut Found) {
    if !window.has_asleep() {
        return;
    }
    let switched = found.env.history.iter().rev().find_map(|c| match &c.what {
        Changed::Kind { from, to: Kind::Sandbox } if from.as_ref() != Some(&Kind::Sandbox) => Some(c.at),
        _ => None,
    });
    let Some(youngest) = switched.map(|at| later(at, TimeDelta::seconds(-1))) else { return };
    if let Some(last) = window.lasts(youngest) {
        let says = format!(
            "The last of the points of {} from before its switch to Sandbox, which may already be gone, is gone for good",
            found.env.name
        );
        found.ends(last, &[RuleId::K6], says);
    }
}
