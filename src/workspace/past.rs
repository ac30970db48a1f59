//! What could be brought back at each of the last imports, so that "since 1 October: 3 better, 1 worse" can be said.
//!
//! Kept small, for it is written with every save: the environments stand in one table, and a snapshot is one letter for each.

use super::wizard::review::progress;
use super::{SavedPlan, Workspace};
use crate::domain::command::WorkedOut;
use crate::domain::edition::{Edition, EditionId};
use crate::domain::environment::EnvironmentId;
use crate::domain::moment::Moment;
use crate::domain::order::Gather;
use crate::domain::plan::Purpose;
use crate::domain::readiness::{Back, Readiness, Stood, Tenths, assess_beside};
use crate::domain::tenant::Tenant;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many snapshots are kept.
pub const MOST: usize = 12;

/// Files that are kept together are one import: a snapshot that is younger than this is replaced.
const TOGETHER: TimeDelta = TimeDelta::minutes(2);

/// The snapshots, oldest first, and the environments that they speak of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// Id and name (the last one that was known) of every environment of any snapshot.
    #[serde(default)]
    environments: Arc<Vec<(EnvironmentId, String)>>,
    #[serde(default)]
    pub snapshots: Vec<Snapshot>,
}

/// The tenant as it was judged when an import was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// UTC.
    pub at: DateTime<Utc>,
    /// The rules by which it was judged.
    pub edition: EditionId,
    /// In tenths of a point; `None`: there was nothing to judge.
    #[serde(default)]
    pub score: Option<u32>,
    /// One letter for each environment of the table; those beyond its end were not there.
    answers: String,
    /// In the same way how many whole days back it could be brought for sure, and possibly, as one digit to the base 36 each, and
    /// whether another environment was there to restore it to: `y` or `n`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    days: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    possible_days: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    onto: String,
}

impl Snapshot {
    pub fn score(&self) -> Option<Tenths> {
        self.score.map(Tenths)
    }

    /// How many days lie between it and `now` (UTC); one that has begun counts.
    pub fn days_until(&self, now: DateTime<Utc>) -> u32 {
        u32::try_from((now - self.at).num_days().saturating_add(1)).unwrap_or_default()
    }
}

/// The tenant of an import with the answers that followed it, as it was judged at the time of that import, UTC.
pub struct SeenLast {
    edition: EditionId,
    tenant: Tenant,
    readiness: Readiness,
    at: DateTime<Utc>,
}

const ABSENT: char = '-';

/// More days than a digit holds are kept nowhere for sure, but by an offer of the service (K15).
const DIGITS: u32 = 36;

fn letter(back: Back) -> char {
    match back {
        Back::Surely => 's',
        Back::Possibly => 'p',
        Back::NotKnown => 'u',
        Back::Not => 'n',
    }
}

/// A letter that this build does not know says nothing, as if the environment had not been there.
fn answer(letter: char) -> Option<Back> {
    [Back::Surely, Back::Possibly, Back::NotKnown, Back::Not].into_iter().find(|b| self::letter(*b) == letter)
}

impl Past {
    pub fn is_empty(&self) -> bool {
        self.snapshots.is_empty()
    }

    /// The answers of a snapshot.
    pub fn answers(&self, snapshot: &Snapshot) -> Vec<(EnvironmentId, Stood)> {
        // Snapshots of earlier builds note no more than the answer.
        let mut days = snapshot.days.chars();
        let mut possible_days = snapshot.possible_days.chars();
        let mut onto = snapshot.onto.chars();
        let read = |((id, _), letter): (&(EnvironmentId, String), char)| {
            let read = |digit: Option<char>| digit.and_then(|digit| digit.to_digit(DIGITS));
            let (days, possible_days) = (read(days.next()), read(possible_days.next()));
            let onto = onto.next().and_then(|told| match told {
                'y' => Some(true),
                'n' => Some(false),
                _ => None,
            });
            Some((id.clone(), Stood { back: answer(letter)?, days, possible_days, onto }))
        };
        self.environments.iter().zip(snapshot.answers.chars()).filter_map(read).collect()
    }

    /// What an environment was called when it was last judged.
    pub fn name(&self, id: &EnvironmentId) -> Option<&str> {
        self.environments.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str())
    }

    /// Keeps how `tenant` was judged at `now` (UTC), and forgets what is too old.
    pub fn take(&mut self, edition: EditionId, tenant: &Tenant, readiness: &Readiness, now: DateTime<Utc>) {
        if self.snapshots.last().is_some_and(|last| (now - last.at).abs() < TOGETHER) {
            self.snapshots.pop();
        }
        let mut index: HashMap<EnvironmentId, usize> =
            self.environments.iter().enumerate().map(|(i, (id, _))| (id.clone(), i)).collect();
        let names: HashMap<&EnvironmentId, &str> =
            tenant.environments.iter().map(|e| (&e.id, e.name.as_str())).collect();
        let environments = Arc::make_mut(&mut self.environments);
        let mut letters = vec![[ABSENT; 4]; environments.len()];
        for (id, stood) in readiness.answers(now) {
            let name = names.get(&id).copied().unwrap_or_default().to_string();
            let at = *index.entry(id.clone()).or_insert_with(|| {
                environments.push((id, String::new()));
                letters.push([ABSENT; 4]);
                letters.len() - 1
            });
            if let Some(slot) = letters.get_mut(at) {
                let digit = |days: Option<u32>| days.and_then(|days| char::from_digit(days.min(DIGITS - 1), DIGITS));
                let onto = stood.onto.map(|yes| if yes { 'y' } else { 'n' });
                let noted =
                    [digit(stood.days), digit(stood.possible_days), onto].map(|letter| letter.unwrap_or(ABSENT));
                let [days, possible_days, onto] = noted;
                *slot = [letter(stood.back), days, possible_days, onto];
            }
            if let Some((_, known)) = environments.get_mut(at) {
                *known = name;
            }
        }
        self.snapshots.push(Snapshot {
            at: now,
            edition,
            score: readiness.score.map(|s| s.0),
            answers: letters.iter().map(|[back, ..]| back).collect(),
            days: letters.iter().map(|[_, days, ..]| days).collect(),
            possible_days: letters.iter().map(|[_, _, days, _]| days).collect(),
            onto: letters.iter().map(|[.., onto]| onto).collect(),
        });
        let too_many = self.snapshots.len().saturating_sub(MOST);
        self.snapshots.drain(..too_many);
        self.forget_unused();
    }

    /// Takes in place of the last snapshot how its tenant stood with the answers that followed: they belong to that import, and are no
    /// change that a later one brings.
    pub fn renew(&mut self, seen: SeenLast) {
        let SeenLast { edition, tenant, readiness, at } = seen;
        if self.snapshots.pop().is_some() {
            self.take(edition, &tenant, &readiness, at);
        }
    }

    /// Drops the environments of which no snapshot says anything any more.
    fn forget_unused(&mut self) {
        let mut used = vec![false; self.environments.len()];
        for snapshot in &self.snapshots {
            used.iter_mut().zip(snapshot.answers.chars()).for_each(|(u, l)| *u |= l != ABSENT);
        }
        if used.iter().all(|u| *u) {
            return;
        }
        for snapshot in &mut self.snapshots {
            let all = [&mut snapshot.answers, &mut snapshot.days, &mut snapshot.possible_days, &mut snapshot.onto];
            for letters in all {
                *letters = letters.chars().zip(&used).filter(|(_, used)| **used).map(|(l, _)| l).collect();
            }
        }
        let mut used = used.into_iter();
        Arc::make_mut(&mut self.environments).retain(|_| used.next().unwrap_or(true));
    }
}

impl Workspace {
    /// Judges the tenant at `now` (UTC), with what the plans have under way.
    pub fn readiness(&self, edition: &Edition, now: DateTime<Utc>) -> Readiness {
        assess_beside(Moment::new(edition, &self.tenant, now), &self.planned())
    }

    /// The environments that a plan is at work on: begun and not finished.
    pub fn planned(&self) -> BTreeSet<EnvironmentId> {
        let at_work = |saved: &&SavedPlan| {
            let (done, all) = progress(saved);
            done > 0 && done < all
        };
        let target = |saved: &SavedPlan| match &saved.plan.purpose {
            Purpose::Restore(r) | Purpose::RestoreToProduction(r) => Some(r.target.clone()),
            Purpose::BulkDeletion { .. } => self.log.environment_made_by(saved.number).cloned(),
        };
        self.plans.iter().filter(at_work).filter_map(target).into_set()
    }

    /// The tenant of the last import with the answers that followed it, and when that was kept, before another import is kept at `now`, all
    /// UTC. What was done or happened since is left out, for it is a change that is to be told. `None`: nothing was answered, and the rules
    /// are the same, so that its snapshot says it.
    pub fn seen_last(&self, edition: &Edition, now: DateTime<Utc>) -> Option<(Tenant, DateTime<Utc>)> {
        let last =
            self.past.snapshots.last().filter(|last| (now - last.at).abs() >= TOGETHER && !self.tenant.sample)?;
        let (then, answered) = self.log.once_answered(&self.tenant)?;
        (answered || last.edition != edition.id()).then_some((then, last.at))
    }

    /// How it stood then; it may be worked out already.
    pub(super) fn as_seen_last(
        &self,
        edition: &Edition,
        now: DateTime<Utc>,
        worked_out: Option<&WorkedOut>,
    ) -> Option<SeenLast> {
        let (tenant, at) = self.seen_last(edition, now)?;
        let planned = self.planned();
        let readiness = judged(Moment::new(edition, &tenant, at), &planned, worked_out).into_owned();
        Some(SeenLast { edition: edition.id(), tenant, readiness, at })
    }

    /// Keeps how the tenant stands after an import at `now` (UTC), which may be worked out already. What was known of the sample is no past
    /// of a real tenant.
    pub(super) fn remember_answers(
        &mut self,
        edition: &Edition,
        was_sample: bool,
        now: DateTime<Utc>,
        worked_out: Option<&WorkedOut>,
    ) {
        if was_sample {
            self.past = Past::default();
        }
        let planned = self.planned();
        let readiness = judged(Moment::new(edition, &self.tenant, now), &planned, worked_out);
        self.past.take(edition.id(), &self.tenant, &readiness, now);
    }
}

/// How a tenant is judged, beside what the plans have under way; it may be worked out already.
fn judged<'w>(
    moment: Moment<'_>,
    planned: &BTreeSet<EnvironmentId>,
    worked_out: Option<&'w WorkedOut>,
) -> Cow<'w, Readiness> {
    let Moment { edition, tenant, now } = moment;
    let found = worked_out.and_then(|import| import.judged(edition, tenant, now, planned));
    found.map_or_else(|| Cow::Owned(assess_beside(moment, planned)), Cow::Borrowed)
}
