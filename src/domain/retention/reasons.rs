//! The reasons: why a number of days holds, and why a window begins where it begins.

use super::super::edition::{Edition, Pair, Period, RetentionRow};
use super::super::environment::{FactKey, Kind};
use super::super::rule::RuleId;
use super::table::{Choice, Days, Sort, Status, days_of, days_of_row, is_source};
use super::timeline::{Bound, FactStep, Span, Timeline, Tracks};
use super::{Cause, Moved, Movement, Past, PastWhy, Reason, RowGroup};
use chrono::{DateTime, Utc};

/// A reason, and which of the two bounds it shapes.
pub(super) struct Shaping {
    pub reason: Reason,
    /// Else only the guaranteed one.
    pub both: bool,
}

fn both(rule: RuleId, cause: Cause) -> Shaping {
    Shaping { reason: Reason::of(rule, cause), both: true }
}
fn sure(rule: RuleId, cause: Cause) -> Shaping {
    Shaping { reason: Reason::of(rule, cause), both: false }
}

/// Why the days of a status are what they are; what binds comes first. `moving` gives the changes that are under way.
pub(super) fn explain(
    edition: &Edition,
    status: &Status,
    sort: Sort,
    moving: Option<(&Tracks, DateTime<Utc>)>,
) -> Vec<Shaping> {
    let mut out = Vec::new();
    if status.dataverse.only() == Some(&false) {
        out.push(both(RuleId::K7, Cause::NoDatabase));
        return out;
    }
    if status.deleted.may_be(&true) {
        out.push(sure(RuleId::X1, Cause::Deleted));
    }
    if status.dataverse.may_be(&false) {
        out.push(sure(RuleId::K11, Cause::DatabaseNotKnown));
    }
    let days = days_of(edition, status, sort);
    let moved = moving.map(|(tracks, at)| movements(tracks, at, days)).unwrap_or_default();
    let (kind_moves, fact_moves): (Vec<_>, Vec<_>) = moved.into_iter().partition(|(fact, _)| *fact == FactKey::Kind);
    let kind_moving = !kind_moves.is_empty();
    out.extend(kind_moves.into_iter().map(|(_, moving)| moving));
    if status.kind.is_any() && !kind_moving {
        out.push(both(RuleId::K1, Cause::KindNotKnown(days)));
    }
    if let Some(kind) = status.kind.only() {
        explain_kind(edition, status, kind, sort, fact_moves, &mut out);
    } else {
        out.extend(fact_moves.into_iter().map(|(_, moving)| moving));
        if !status.kind.is_any() {
            for kind in status.kind.values() {
                explain_kind(edition, status, kind, sort, Vec::new(), &mut out);
            }
        }
    }
    out
}

fn explain_kind(
    edition: &Edition,
    status: &Status,
    kind: &Kind,
    sort: Sort,
    fact_moves: Vec<(FactKey, Shaping)>,
    out: &mut Vec<Shaping>,
) {
    let rows: Vec<&RetentionRow> = status.rows(edition, kind).collect();
    let Some(first) = rows.first() else {
        out.push(both(RuleId::K1, Cause::KindNotNamed(kind.clone())));
        return;
    };
    explain_source(edition, kind, first, out);
    let by_setting = rows.iter().any(|r| period(r, sort) == Period::BySetting);
    let of_kind = OfKind { edition, status, rows: &rows, sort, by_setting };
    if of_kind.is_contested() {
        out.push(sure(RuleId::D4, Cause::ManualContested));
    }
    of_kind.explain_unknown(|fact| fact_moves.iter().any(|(moving, _)| *moving == fact), out);
    out.extend(fact_moves.into_iter().filter(|(fact, _)| of_kind.is_moved_by(*fact)).map(|(_, moving)| moving));
    if rows.iter().all(|r| period(r, sort) == period(first, sort)) {
        explain_row(edition, status, &merged(&rows, first), sort, out);
    } else if !out.iter().any(|shaping| shaping.both) {
        // Which row holds is not known, and does not matter.
        out.push(both(RuleId::K1, Cause::Whatever(kind.clone(), days_of(edition, status, sort))));
    }
}

/// Why nothing is promised of a kind that is kept, and cannot be restored from or is not offered.
fn explain_source(edition: &Edition, kind: &Kind, first: &RetentionRow, out: &mut Vec<Shaping>) {
    if edition.not_offered_sources.contains(kind) {
        out.push(sure(RuleId::T1, Cause::NotOffered(kind.clone())));
    } else if is_source(edition, kind) == Pair::No && matches!(first.system, Period::Days(_)) {
        out.push(sure(RuleId::T1, Cause::NoSource(kind.clone())));
        if *kind == Kind::Default {
            out.push(sure(RuleId::X5, Cause::SupportOnly));
        }
    }
}

/// The rows of the table that may hold for a status of one kind.
struct OfKind<'a> {
    edition: &'a Edition,
    status: &'a Status,
    rows: &'a [&'a RetentionRow],
    sort: Sort,
    /// The retention setting counts in one of them.
    by_setting: bool,
}

impl OfKind<'_> {
    /// The days with Dynamics 365 apps and without; `None` where they are the same.
    fn by_apps(&self) -> Option<(Days, Days)> {
        split(self.edition, self.status, self.sort, |s, v| s.dynamics = Choice::one(v))
    }

    /// The days if it is managed, and if not; `None` where they are the same.
    fn by_managed(&self) -> Option<(Days, Days)> {
        split(self.edition, self.status, self.sort, |s, v| s.managed = Choice::one(v))
    }

    /// D4: the page says two things of how long a manual backup is kept, and they differ here.
    fn is_contested(&self) -> bool {
        let setting = self.status.setting_days(self.edition);
        self.sort == Sort::Manual
            && self.by_setting
            && self.edition.manual_setting_contested
            && setting.possible > Some(self.edition.base_days)
    }

    /// What is not known and matters; of a fact that is `moving` that is said instead.
    fn explain_unknown(&self, moving: impl Fn(FactKey) -> bool, out: &mut Vec<Shaping>) {
        let Self { status, rows, by_setting, .. } = *self;
        let unknown = |choice: &Choice<bool>, fact, names: fn(&RetentionRow) -> Option<bool>| {
            choice.is_any() && !moving(fact) && rows.iter().any(|row| names(row).is_some())
        };
        if unknown(&status.dynamics, FactKey::Dynamics, |row| row.dynamics)
            && let Some((with, without)) = self.by_apps()
        {
            out.push(both(RuleId::K1, Cause::AppsNotKnown { with, without }));
        }
        if unknown(&status.managed, FactKey::Managed, |row| row.managed)
            && let Some((managed, unmanaged)) = self.by_managed()
        {
            out.push(both(RuleId::K1, Cause::ManagedNotKnown { managed, unmanaged }));
        }
        if by_setting && status.setting.is_any() && !moving(FactKey::RetentionSetting) {
            out.push(both(RuleId::K2, Cause::SettingNotKnown));
        }
        for odd in status.setting.values().filter(|s| by_setting && !self.edition.choices.contains(s)) {
            out.push(both(RuleId::K2, Cause::OddSetting(*odd)));
        }
    }

    /// Whether a change of this fact changes the days.
    fn is_moved_by(&self, fact: FactKey) -> bool {
        match fact {
            FactKey::Dynamics => self.by_apps().is_some(),
            FactKey::Managed => self.by_managed().is_some(),
            FactKey::RetentionSetting => self.by_setting,
            _ => true,
        }
    }
}

/// The row that stands for several which say the same: it names only what they have in common.
fn merged(rows: &[&RetentionRow], first: &RetentionRow) -> RetentionRow {
    let dynamics = first.dynamics.filter(|d| rows.iter().all(|r| r.dynamics == Some(*d)));
    let managed = first.managed.filter(|m| rows.iter().all(|r| r.managed == Some(*m)));
    RetentionRow { dynamics, managed, ..first.clone() }
}

fn explain_row(edition: &Edition, status: &Status, row: &RetentionRow, sort: Sort, out: &mut Vec<Shaping>) {
    let group = RowGroup { kind: row.kind.clone(), dynamics: row.dynamics, managed: row.managed };
    match period(row, sort) {
        Period::Days(fixed) => {
            out.push(both(RuleId::K1, Cause::Kept(sort, group, fixed)));
            if let Some(stored) = status.setting.only().copied().filter(|stored| *stored != fixed) {
                out.push(both(RuleId::K3, Cause::SettingIgnored { stored, fixed }));
            }
        }
        Period::BySetting => {
            let days = status.setting.only().copied().filter(|days| edition.choices.contains(days));
            out.push(both(RuleId::K1, Cause::KeptBySetting(sort, group, days)));
        }
        Period::Contested(days) => out.push(both(RuleId::D1, Cause::Contested(group, days))),
        Period::NotBackedUp => out.push(both(RuleId::K1, Cause::NotBackedUp(group))),
        Period::NotSupported => {
            let kept = days_of_row(edition, status, row, sort).possible;
            out.push(both(RuleId::M1, Cause::NotSupported(group, kept)));
        }
    }
}

fn period(row: &RetentionRow, sort: Sort) -> Period {
    match sort {
        Sort::System => row.system,
        Sort::Manual => row.manual,
    }
}

/// The days if it is, and if it is not; `None` where they are the same.
fn split(edition: &Edition, status: &Status, sort: Sort, set: impl Fn(&mut Status, bool)) -> Option<(Days, Days)> {
    let with = |v: bool| {
        let mut s = status.clone();
        set(&mut s, v);
        days_of(edition, &s, sort)
    };
    let (yes, no) = (with(true), with(false));
    (yes != no).then_some((yes, no))
}

fn movement<T>(step: &FactStep<T>, what: Moved) -> Movement {
    Movement { not_before: step.not_before, at: step.at, what }
}

fn setting_movement(step: &FactStep<u32>) -> Movement {
    movement(step, Moved::Setting { from: step.from, to: step.to, settles: step.settles })
}

/// The changes that are under way at `at`, where the old or the new value may hold.
fn movements(tracks: &Tracks, at: DateTime<Utc>, days: Days) -> Vec<(FactKey, Shaping)> {
    let at = Some(at);
    let kinds = tracks
        .kind
        .moving(at)
        .map(|s| (FactKey::Kind, kind_rule(s), movement(s, Moved::Kind { from: s.from.clone(), to: s.to.clone() })));
    let apps = tracks.dynamics.moving(at).map(|s| (FactKey::Dynamics, RuleId::K12, movement(s, Moved::Dynamics(s.to))));
    let managed = tracks.managed.moving(at).map(|s| (FactKey::Managed, RuleId::K12, movement(s, Moved::Managed(s.to))));
    let settings = tracks.setting.moving(at).map(|s| (FactKey::RetentionSetting, RuleId::K4, setting_movement(s)));
    let all = kinds.chain(apps).chain(managed).chain(settings);
    all.map(|(fact, rule, movement)| (fact, both(rule, Cause::Moving(movement, days)))).collect()
}

fn kind_rule(step: &FactStep<Kind>) -> RuleId {
    let sandbox = step.to == Kind::Sandbox || step.from == Some(Kind::Sandbox);
    if sandbox { RuleId::K6 } else { RuleId::K1 }
}

/// Why a span that is over still cuts a bound at `floor`.
pub(super) fn explain_past(
    line: &Timeline,
    span: &Span,
    end: DateTime<Utc>,
    (bound, days): (Bound, Option<u32>),
    floor: DateTime<Utc>,
) -> Reason {
    let guaranteed = bound == Bound::Guaranteed;
    let (rule, why) = past_why(line, span, end, guaranteed);
    Reason::of(rule, Cause::Past(Past { until: Some(end), days, guaranteed, nothing_before: floor, why }))
}

fn past_why(line: &Timeline, span: &Span, end: DateTime<Utc>, guaranteed: bool) -> (RuleId, PastWhy) {
    let (status, tracks) = (&span.status, &line.tracks);
    if status.dataverse.only() == Some(&false) {
        return (RuleId::K7, PastWhy::NoDatabase);
    }
    if status.deleted.may_be(&true) && guaranteed {
        return (RuleId::X1, PastWhy::Deleted);
    }
    if status.dataverse.may_be(&false) && guaranteed {
        return (RuleId::K11, PastWhy::DatabaseNotKnown);
    }
    if status.kind.may_be(&Kind::Sandbox) && tracks.kind.steps.iter().any(|s| s.at >= end) {
        return (RuleId::K6, if span.is_sandbox() { PastWhy::Sandbox } else { PastWhy::PerhapsSandbox });
    }
    if let Some(step) = tracks.setting.moving(span.start).next() {
        return (RuleId::K4, PastWhy::Settling(setting_movement(step)));
    }
    let ended = |at: DateTime<Utc>| at == end;
    if tracks.setting.steps.iter().any(|s| ended(s.settles) || ended(s.not_before)) {
        return (RuleId::K5, PastWhy::LowerSetting);
    }
    let flipped = |steps: &[FactStep<bool>]| steps.iter().any(|s| ended(s.at) || ended(s.not_before));
    if flipped(&tracks.dynamics.steps) || flipped(&tracks.managed.steps) {
        return (RuleId::K12, PastWhy::Changed);
    }
    (RuleId::K1, PastWhy::Kind(status.kind.only().cloned()))
}
