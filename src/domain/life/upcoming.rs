//! What happens next, without anybody doing anything: for the clock of a rehearsal and for lists of deadlines.

use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, Kind};
use crate::domain::history::Changed;
use crate::domain::instants::later;
use crate::domain::manual_backup::{self, ManualBackup, Stage};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::retention::{self, Certainty, Doubt, Reason, Recoverable, Window, recovery, setting_counts};
use crate::domain::rule::RuleId;
use crate::domain::said::{EnvironmentName, Said};
use crate::domain::service::Announced;
use chrono::{DateTime, TimeDelta, Utc};

/// Something that will happen at an instant if nothing is done before.
#[derive(Clone, Debug, PartialEq)]
pub struct Upcoming {
    /// UTC. Of something that ends (a point that expires, a time for recovery that runs out) it is the first second at which it
    /// has ended, so that at this instant it can be seen.
    pub at: DateTime<Utc>,
    pub environment: EnvironmentName,
    pub said: Said<Next>,
    pub turn: Turn,
}

impl Upcoming {
    /// Whether something is lost then.
    pub fn is_loss(&self) -> bool {
        self.turn == Turn::Ends
    }
}

/// What will happen to an environment.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// It can no longer be recovered; with a doubt, whatever the answer is.
    RecoveryOver(Option<Doubt>),
    /// Its recovery is sure until then, and only possible from then on.
    RecoveryUnsure,
    /// The restore onto it.
    RestoreEnds,
    /// The restore that failed can be tried again.
    RestoreAgain,
    Announced(Announced),
    /// The manual backup of this label.
    Backup(String, BackupTurn),
    /// Its retention, in days, holds for certain, 24 hours after the change; where it is `lower`, no more is kept from then on.
    RetentionApplied {
        days: u32,
        changed: DateTime<Utc>,
        lower: bool,
    },
    FirstDayOver,
    /// Days.
    WindowFull(u32),
    /// The last of the older points, which were only possible.
    OlderPointsGone,
    /// The last of the points from before its switch to Sandbox.
    AsleepGone,
}

/// What will happen to a manual backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupTurn {
    Completed,
    Ready,
    /// It is done, and nothing promises it while its environment is deleted.
    DoneWhileDeleted,
    Expires,
    /// It may already be gone, and is then.
    GoneAtTheLatest,
    NoLongerGuaranteed,
    /// It cannot be chosen any more while its environment is a Sandbox.
    Sleeps,
}

/// What sort of turn something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Something is lost: a point leaves, a window has shrunk, a time for recovery runs out.
    Ends,
    /// A time of waiting is over: a setting has settled, an operation ends, something may be tried again.
    Over,
    /// Something is there that was not: a backup is ready, a window has grown to its full length.
    Grows,
}

/// No period of any edition is longer, and nothing is under way longer than that.
const LONGEST: TimeDelta = TimeDelta::days(30);

/// Everything that will happen after `now` (UTC), soonest first.
pub fn upcoming(moment: Moment<'_>) -> Vec<Upcoming> {
    let Moment { edition, tenant, now } = moment;
    let mut all: Vec<Upcoming> = tenant.environments.iter().flat_map(|env| of_environment(edition, env, now)).collect();
    // Stable: what happens to an environment at one instant stays in its order.
    all.order_by(|a, b| a.at.cmp(&b.at).then_with(|| a.environment.id.cmp(&b.environment.id)));
    all
}

/// Something to do as soon as possible: what waiting may lose is lost at no documented instant, so that no date is given.
#[derive(Clone, Debug, PartialEq)]
pub struct AtOnce {
    pub environment: EnvironmentName,
    pub said: Said<Urgent>,
}

/// What to do as soon as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgent {
    /// Recover it, or say when it was deleted.
    Recover,
    /// Switch it back to Production, where its points of before the switch sleep.
    SwitchBack,
}

/// What cannot wait at `now` (UTC), in the tenant's order.
pub fn at_once(moment: Moment<'_>) -> Vec<AtOnce> {
    let Moment { edition, tenant, now } = moment;
    let found = tenant.environments.iter().filter_map(|env| urgent(edition, env, now).map(|urgent| (env, urgent)));
    found.map(|(env, urgent)| AtOnce { environment: env.into(), said: Said::of(urgent.rule(), urgent) }).collect()
}

/// What cannot wait at `now` (UTC) of one environment: a former Production environment whose older points sleep (K6), and a deleted one
/// of which nobody knows when it was deleted, once its recovery is no longer sure (X1).
pub fn urgent(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Option<Urgent> {
    if let Some(left) = recovery(edition, env) {
        let fades = left.unknown_deletion().is_some() && left.at(now) == Recoverable::Perhaps;
        return fades.then_some(Urgent::Recover);
    }
    let sandbox = env.deleted.is_none() && env.kind.get() == Some(&Kind::Sandbox);
    let sleeps = sandbox && has_moved(edition, env, now) && retention::window(edition, env, now).has_asleep();
    sleeps.then_some(Urgent::SwitchBack)
}

impl Urgent {
    fn rule(self) -> RuleId {
        match self {
            Urgent::Recover => RuleId::X1,
            Urgent::SwitchBack => RuleId::K6,
        }
    }
}

/// What will happen to one environment after `now` (UTC), soonest first.
pub fn of_environment(edition: &Edition, env: &Environment, now: DateTime<Utc>) -> Vec<Upcoming> {
    let mut found = Collected { env, now, list: Vec::new() };
    if let Some(recovery) = recovery(edition, env) {
        let unsure = recovery.guaranteed_until != Some(recovery.possible_until);
        let doubt = recovery.doubts.first().copied().filter(|_| unsure);
        if let (Some(_), Some(until)) = (doubt, recovery.guaranteed_until) {
            found.ends(until, &[RuleId::X1], Next::RecoveryUnsure);
        }
        found.ends(recovery.possible_until, &[RuleId::X1], Next::RecoveryOver(doubt));
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

struct Collected<'a> {
    env: &'a Environment,
    now: DateTime<Utc>,
    list: Vec<Upcoming>,
}

impl Collected<'_> {
    fn add(&mut self, at: DateTime<Utc>, turn: Turn, rules: &[RuleId], cause: Next) {
        if at > self.now {
            let said = Said { cause, rules: rules.to_vec(), asks: Vec::new() };
            self.list.push(Upcoming { at, environment: self.env.into(), said, turn });
        }
    }
    /// `last` is the last instant at which it still holds (K13).
    fn ends(&mut self, last: DateTime<Utc>, rules: &[RuleId], cause: Next) {
        if last >= self.now {
            self.add(later(last, TimeDelta::seconds(1)), Turn::Ends, rules, cause);
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
fn operations(edition: &Edition, found: &mut Collected) {
    let env = found.env;
    if let Some(ends) = env.running.as_ref().and_then(|r| r.ends) {
        found.add(ends, Turn::Over, &[RuleId::R7], Next::RestoreEnds);
    }
    if let Some(failed) = env.failed_restore.filter(|_| edition.failed_restore_disables_target && env.running.is_none())
    {
        found.add(later(failed, edition.retry_after), Turn::Over, &[RuleId::R20], Next::RestoreAgain);
    }
}

/// X4: what the service has announced.
fn announced(found: &mut Collected) {
    for ending in &found.env.endings {
        found.add(ending.at, Turn::Ends, &[RuleId::X4], Next::Announced(ending.what));
    }
}

/// M3, M4, M8. `over` is when everything of a deleted environment ends, which is said once, and not for every backup.
fn backup(edition: &Edition, backup: &ManualBackup, over: Option<DateTime<Utc>>, found: &mut Collected) {
    let next = |turn| Next::Backup(backup.label.clone(), turn);
    if over.is_none() {
        found.add(
            manual_backup::usable_at(edition, backup),
            Turn::Grows,
            &[RuleId::M3, RuleId::M8],
            next(BackupTurn::Completed),
        );
        found.add(manual_backup::ready_at(edition, backup), Turn::Grows, &[RuleId::M8], next(BackupTurn::Ready));
    } else {
        found.add(
            manual_backup::usable_at(edition, backup),
            Turn::Grows,
            &[RuleId::M3, RuleId::X1],
            next(BackupTurn::DoneWhileDeleted),
        );
    }
    let judged = manual_backup::judge(edition, found.env, backup, found.now);
    let sure = judged.guaranteed_until.filter(|_| judged.certainty == Certainty::Guaranteed);
    let mut ends: Vec<DateTime<Utc>> = [sure, judged.possible_until].into_iter().flatten().collect();
    ends.dedup();
    for last in ends.into_iter().filter(|last| Some(*last) != over) {
        let then = later(last, TimeDelta::seconds(1));
        let turn = match manual_backup::judge(edition, found.env, backup, then).stage {
            // What nothing guarantees up to its end may be gone long before: only that it is gone then is sure.
            Stage::Expired if sure == Some(last) => BackupTurn::Expires,
            Stage::Expired => BackupTurn::GoneAtTheLatest,
            Stage::AtRisk => BackupTurn::NoLongerGuaranteed,
            Stage::Dormant => BackupTurn::Sleeps,
            Stage::Processing | Stage::UsableWithCaution | Stage::Ready => continue,
        };
        found.ends(last, &[RuleId::M4], next(turn));
    }
}

/// K4: the 24 hours of the last change of the setting end. What an earlier one did is then uncertain for longer.
fn settings(edition: &Edition, found: &mut Collected) {
    if !setting_counts(edition, found.env).any {
        return;
    }
    let last = found.env.history.iter().rev().find_map(|c| match &c.what {
        Changed::RetentionSetting { from, to } if from.as_ref() != Some(to) => Some((c.at, *from, *to)),
        _ => None,
    });
    let Some((changed, from, to)) = last else { return };
    let next = Next::RetentionApplied { days: to, changed, lower: from.is_some_and(|from| to < from) };
    // What a lower one no longer keeps is gone for certain then.
    let turn = if matches!(next, Next::RetentionApplied { lower: true, .. }) { Turn::Ends } else { Turn::Over };
    found.add(later(changed, edition.settling), turn, &[RuleId::K4], next);
}

/// K14: nothing is promised until the first day is over.
fn first_day(window: &Window, found: &mut Collected) {
    // Of what was only seen for the first time nothing more is known then than now.
    let matters = found.env.created.get().is_some() || !found.env.backups.is_empty();
    if let Some(over) = window.waits_until().filter(|_| matters) {
        found.add(over, Turn::Over, &[RuleId::K14], Next::FirstDayOver);
    }
}

/// K5, K6, K8: a window whose beginning stands still grows until it has its full length; then nothing older is left either.
fn growth(window: &Window, found: &mut Collected) {
    let days = window.retention.guaranteed_days;
    let Some(from) = window.guaranteed_from else { return };
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
    found.add(full, Turn::Grows, &rules, Next::WindowFull(days));
    // The youngest of the older, uncertain points.
    let youngest = later(from, TimeDelta::seconds(-1));
    if window.certainty(youngest) == Certainty::Possible
        && let Some(last) = window.leaves(youngest).1
    {
        found.ends(last, &rules, Next::OlderPointsGone);
    }
}

/// K6: the points of before the switch sleep in the Sandbox that it became, each until its old period ends.
fn asleep(window: &Window, found: &mut Collected) {
    if !window.has_asleep() {
        return;
    }
    let switched = found.env.history.iter().rev().find_map(|c| match &c.what {
        Changed::Kind { from, to: Kind::Sandbox } if from.as_ref() != Some(&Kind::Sandbox) => Some(c.at),
        _ => None,
    });
    let Some(switched) = switched else { return };
    // What the service offered may last longer than what was made after that (K15).
    let youngest = later(switched, TimeDelta::seconds(-1));
    let offered = found.env.reading.map(|reading| reading.asked.min(youngest));
    if let Some(last) = offered.into_iter().chain([youngest]).filter_map(|at| window.lasts(at)).max() {
        found.ends(last, &[RuleId::K6], Next::AsleepGone);
    }
}
