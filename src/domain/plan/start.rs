//! Until when a restore can sensibly begin (R22), as far as the plan's deadlines tell; where they do not, nothing is said.

use super::parts::{Action, Plan, Step};
use super::{About, End};
use crate::domain::deed::Setting;
use crate::domain::environment::{Environment, Kind};
use crate::domain::instants::whole_minute;
use crate::domain::manual_backup::{self, ManualBackup};
use crate::domain::moment::Moment;
use crate::domain::restore::{Point, RestorePoint, WorsePoint, newest_is_worse_for_point};
use crate::domain::retention;
use chrono::{DateTime, Utc};

/// How long there is left to begin, at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToStart {
    /// Until the latest sensible start, UTC.
    Until(DateTime<Utc>),
    /// The latest sensible start (UTC) has passed; the point is still there.
    Late(DateTime<Utc>),
    /// Nothing guarantees the point, so that only now is sensible.
    AtOnce,
    /// The point has left its window.
    Gone,
    /// No deadline tells.
    NotKnown,
}

/// The manual backup that a plan names by its label and its point (UTC), for it has no id of it.
fn backup_of<'s>(source: &'s Environment, label: &str, at: DateTime<Utc>) -> Option<&'s ManualBackup> {
    source.backups.iter().find(|b| b.label == label && b.point == at)
}

impl Plan {
    /// Until when the point is possible after it is no longer guaranteed, UTC, as the moment tells; `None`: nothing follows.
    pub fn possible_until(&self, moment: Moment<'_>) -> Option<DateTime<Utc>> {
        let Moment { edition, tenant, now } = moment;
        let (ends, _) = self.point_ends()?;
        let source = tenant.get(self.source())?;
        let About::Subject(subject) = &self.about else { return None };
        let (sure, possible) = match &subject.point {
            RestorePoint::Manual { label, at } => {
                let judged = manual_backup::judge(edition, source, backup_of(source, label, *at)?, now);
                (judged.guaranteed_until, judged.possible_until)
            }
            RestorePoint::System(at) => retention::window(edition, source, now).leaves(*at),
        };
        // What ends is that guarantee, and not one that a switch on the way makes shorter.
        let same = sure.map_or(ends <= now, |sure| whole_minute(sure) == ends);
        possible.filter(|at| *at > ends && same)
    }

    /// What the newest rules promise less of the point, as the moment tells; `None`: nothing, or it is not known.
    pub fn worse_point(&self, moment: Moment<'_>) -> Option<WorsePoint> {
        let Moment { edition, tenant, now } = moment;
        let source = tenant.get(self.source())?;
        let About::Subject(subject) = &self.about else { return None };
        let point = match &subject.point {
            RestorePoint::Manual { label, at } => Point::Manual(backup_of(source, label, *at)?.id.clone()),
            RestorePoint::System(at) => Point::System(*at),
        };
        newest_is_worse_for_point(edition, source, &point, now)
    }

    /// When the point leaves its window, UTC, and whether it is guaranteed until then.
    pub fn point_ends(&self) -> Option<(DateTime<Utc>, bool)> {
        // The earliest: a Production environment that is switched has the shorter window meanwhile.
        let ends = |d: &&super::Deadline| matches!(d.cause, End::Guaranteed | End::OfSandbox | End::Possible);
        let first = self.deadlines.iter().filter(ends).min_by_key(|d| d.at)?;
        Some((first.at, first.cause != End::Possible))
    }

    /// The latest sensible start, UTC; `None` where nothing tells, or nothing guarantees the point.
    pub fn last_start(&self) -> Option<DateTime<Utc>> {
        self.deadlines.iter().filter(|d| d.cause == End::Start).map(|d| d.at).min()
    }

    /// How long there is left to begin the restore at `now` (UTC).
    pub fn to_start(&self, now: DateTime<Utc>) -> ToStart {
        let ends = self.point_ends().map(|(at, _)| at);
        if ends.is_some_and(|at| at <= now) {
            return ToStart::Gone;
        }
        match self.last_start() {
            Some(at) if at > now => ToStart::Until(at),
            Some(at) => ToStart::Late(at),
            None if self.deadlines.iter().any(|d| d.cause == End::StartAtOnce) => ToStart::AtOnce,
            None => ToStart::NotKnown,
        }
    }

    /// As [`Plan::to_start`], where the point is still possible until `possible` (UTC): then it is not gone. While its source is a Sandbox
    /// for the plan, only what is guaranteed can be chosen (K6).
    pub fn to_start_while(&self, possible: Option<DateTime<Utc>>, now: DateTime<Utc>) -> ToStart {
        let switches = |s: &Step| matches!(&s.action, Action::Set { environment, setting: Setting::Kind(Kind::Sandbox) } if environment == self.source());
        match self.to_start(now) {
            ToStart::Gone if possible.is_some_and(|at| at > now) && !self.steps.iter().any(switches) => ToStart::AtOnce,
            own => own,
        }
    }

    /// The deadlines after `now` (UTC) that still count: once the restore is `begun`, none to begin it.
    pub fn ahead(&self, begun: bool, now: DateTime<Utc>) -> impl Iterator<Item = &super::Deadline> {
        self.deadlines.iter().filter(move |d| d.is_ahead(begun, now))
    }

    /// The step that restores.
    pub fn restore_step(&self) -> Option<usize> {
        self.steps.iter().position(|s| matches!(s.action, Action::Restore(_)))
    }
}

impl super::Deadline {
    /// Whether it comes after `now` (UTC) and still counts; as [`Plan::ahead`].
    pub fn is_ahead(&self, begun: bool, now: DateTime<Utc>) -> bool {
        self.at > now && !(begun && matches!(self.cause, End::Start | End::StartAtOnce))
    }
}
