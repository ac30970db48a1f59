//! One environment judged: what is wrong with it. Whether it can be brought back is the answer of its outlook.

use super::super::edition::Edition;
use super::super::eligibility::Outcome;
use super::super::environment::{Environment, EnvironmentId, Key, Kind, RuntimeState};
use super::super::manual_backup::not_expired;
use super::super::occupied::Occupied;
use super::super::outlook::importance;
use super::super::outlook::{AllWays, ClassWays, Overview, StorageAnswer, point};
use super::super::retention::{self, Alike, Window, setting_counts};
use super::super::tenant::Tenant;
use super::answer::{Detail, Prospect};
use super::{Back, Trouble, Ways};
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Everything that is worked out once for the tenant.
pub(super) struct Judge<'a> {
    edition: &'a Edition,
    pub(super) overview: &'a Overview<'a>,
    pub(super) tenant: &'a Tenant,
    now: DateTime<Utc>,
    planned: &'a BTreeSet<EnvironmentId>,
    pub(super) ways: &'a AllWays,
    /// The ways under the newest edition, where that is another.
    newest: Option<(&'static Edition, AllWays)>,
    /// Days under the newest edition, sure and possible.
    days: Alike<(u32, u32)>,
}

/// Whether a trouble is about the tenant and not about single environments.
pub(super) fn is_of_tenant(trouble: Trouble) -> bool {
    matches!(trouble, Trouble::NoStorage | Trouble::UnknownStorage)
}

impl<'a> Judge<'a> {
    /// In steps: `between` is waited for after each.
    pub async fn slowly(
        edition: &'a Edition,
        overview: &'a Overview<'a>,
        now: DateTime<Utc>,
        planned: &'a BTreeSet<EnvironmentId>,
        between: &mut impl AsyncFnMut(),
    ) -> Self {
        let tenant = &*overview.tenant;
        let newest = match Edition::newest() {
            newest if newest == edition => None,
            newest => {
                let matrix = overview.ways.matrix.by(newest);
                Some((newest, AllWays::slowly(matrix, tenant, overview.ways.ranking(), between).await))
            }
        };
        let days = Alike::new(&[Edition::newest()], now);
        Self { edition, overview, tenant, now, planned, ways: &overview.ways, newest, days }
    }

    /// What is wrong with the storage.
    pub fn storage(&self) -> Option<Trouble> {
        match self.overview.storage {
            StorageAnswer::Enough => None,
            StorageAnswer::Short(_) => Some(Trouble::NoStorage),
            StorageAnswer::Unknown(_) => Some(Trouble::UnknownStorage),
        }
    }

    pub fn detail(&self, trouble: Trouble) -> Option<Detail> {
        match (&self.overview.storage, is_of_tenant(trouble)) {
            (StorageAnswer::Short(why) | StorageAnswer::Unknown(why), true) => Some(Detail::Storage(why.clone())),
            _ => None,
        }
    }

    /// X4: the first of those that end by themselves.
    pub fn first_ending(&self, trouble: Trouble, hit: &[&Prospect]) -> Option<Detail> {
        let hit = if trouble == Trouble::EndsByItself { hit } else { &[] };
        let envs = hit.iter().filter_map(|p| self.tenant.environments.get(p.place));
        let mut coming =
            envs.flat_map(|env| env.endings.iter().filter(|e| e.at > self.now).map(move |e| (e.at, env, e.what)));
        let first = coming.next()?;
        let (at, env, what) = coming.fold(first, |a, b| if (b.0, &b.1.id) < (a.0, &a.1.id) { b } else { a });
        Some(Detail::FirstEnding { name: env.name.clone(), what, at })
    }

    pub fn prospect(&self, place: usize, env: &Environment) -> Prospect {
        let outlook = self.overview.of(place, env);
        let none = ClassWays::default();
        let class = self.ways.of(place).unwrap_or(&none);
        let troubles = self.troubles(place, env, &outlook.window, &outlook.ways, class);
        Prospect {
            reasons: outlook.reasons(),
            reach: outlook.reach(),
            onto: outlook.onto(),
            backups: not_expired(self.edition, env, self.now),
            environment: outlook.environment,
            place,
            today: outlook.today,
            obstacles: outlook.obstacles,
            sure_from: outlook.sure_from,
            possible_from: outlook.possible_from,
            ways: outlook.ways,
            troubles,
            counts: importance(env.kind.get()),
        }
    }

    /// What is wrong with it: at most one trouble of each question.
    fn troubles(
        &self,
        place: usize,
        env: &Environment,
        window: &Window,
        ways: &Ways,
        class: &ClassWays,
    ) -> Vec<Trouble> {
        let mut found = Vec::new();
        let whether = whether(env, window, ways, self.now);
        found.extend(whether);
        if whether == Some(Trouble::DefaultUnpromised) {
            // Whatever else is asked about it would change nothing.
        } else if matches!(whether, None | Some(Trouble::OnlyPossible)) {
            found.extend(onto_what(env, ways, class));
            let how_far = self.how_far(env, window);
            found.extend(how_far);
            // While the days of today are not known, those of the newest edition settle nothing.
            if how_far != Some(Trouble::UnknownRetention) {
                found.extend(self.newest_keeps_less(env, window));
            }
            found.extend(self.newest_refuses(place, ways));
        }
        if ways.closed {
            found.push(Trouble::FailedRestore);
        }
        if window.has_asleep() {
            found.push(Trouble::FormerProduction);
        }
        if env.endings.iter().any(|ending| ending.at > self.now) {
            found.push(Trouble::EndsByItself);
        }
        let in_mode = env.state.get() == Some(&RuntimeState::AdminMode);
        // Whether what was going on at the last look goes on still is a doubt of the answer, not a trouble of the environment.
        let occupied = env.occupied(self.now).filter(|o| !matches!(o, Occupied::Perhaps(_)));
        if occupied.is_some() {
            found.push(Trouble::Occupied);
        } else if in_mode && env.running.is_none() && !self.planned.contains(&env.id) {
            found.push(Trouble::AdministrationMode);
        }
        found.order_by_key(|t| (std::cmp::Reverse(t.weight().points), *t));
        found
    }

    fn how_far(&self, env: &Environment, window: &Window) -> Option<Trouble> {
        let days = &window.retention;
        if !window.asks.is_empty() {
            return Some(Trouble::UnknownRetention);
        }
        let base = self.edition.base_days;
        let counts = setting_counts(self.edition, env);
        // A setting that was raised and still settles (K4) is mended already.
        let raised = env.retention_setting.get().is_some_and(|set| *set > base);
        let enough = raised || days.guaranteed_days > base || base >= self.edition.longest_choice();
        if enough || !counts.any {
            return None;
        }
        if !counts.all {
            return Some(Trouble::UnknownRetention);
        }
        let grouped = matches!(env.group.get(), Some(Some(_))) || env.group_id.is_some();
        Some(if grouped { Trouble::GroupMayLock } else { Trouble::OnlySevenDays })
    }

    fn newest_keeps_less(&self, env: &Environment, window: &Window) -> Option<Trouble> {
        let (newest, _) = self.newest.as_ref()?;
        let (sure, possible) = self.days.of(env, || {
            let days = retention::system_retention(newest, env, self.now);
            (days.guaranteed_days, days.possible_days)
        });
        let less = sure < window.retention.guaranteed_days || possible < window.retention.possible_days;
        less.then_some(Trouble::NewestKeepsLess)
    }

    fn newest_refuses(&self, place: usize, ways: &Ways) -> Option<Trouble> {
        let (_, newest) = self.newest.as_ref()?;
        if ways.targets.eligible == 0 || ways.itself == Outcome::Eligible {
            return None;
        }
        let ways = newest.of(place)?;
        let lost = ways.eligible == 0 && ways.itself != Outcome::Eligible;
        lost.then_some(Trouble::NewestRefuses)
    }
}

/// Can it come back at all?
fn whether(env: &Environment, window: &Window, ways: &Ways, now: DateTime<Utc>) -> Option<Trouble> {
    if env.kind.get() == Some(&Kind::Default) {
        return Some(Trouble::DefaultUnpromised);
    }
    if env.dataverse.get() == Some(&false) {
        return Some(Trouble::NoDataverse);
    }
    match (ways.best(), point(env, window, now)) {
        (Outcome::Refused, _) => Some(Trouble::NoWay),
        (_, Back::Not) => Some(Trouble::OnlyPossible),
        (Outcome::Unknown, _) | (_, Back::NotKnown) => Some(Trouble::UnknownWhether),
        // A fact decides how far the guarantee reaches: that is asked below.
        (_, Back::Possibly) if window.guaranteed_from.is_some() && !window.asks.is_empty() => None,
        (_, Back::Possibly) => Some(Trouble::OnlyPossible),
        (Outcome::Eligible, Back::Surely) => None,
    }
}

/// Onto which environment that is there already? That none is known hurts little where it can be restored onto itself.
fn onto_what(env: &Environment, ways: &Ways, class: &ClassWays) -> Option<Trouble> {
    if ways.targets.eligible > 0 {
        return None;
    }
    if ways.itself != Outcome::Refused {
        return (ways.targets.unknown > 0).then_some(Trouble::UnknownElsewhere);
    }
    if ways.targets.unknown > 0 {
        return Some(Trouble::UnknownTarget);
    }
    let has_key = matches!(env.key.get(), Some(Key::Customer(_)));
    Some(if class.based > 0 && has_key && class.key_fits == 0 {
        Trouble::KeyWithoutTarget
    } else if class.based > 0 && env.managed.get() == Some(&true) && class.managed_fits == 0 {
        Trouble::ManagedWithoutTarget
    } else {
        Trouble::NoTarget
    })
}
