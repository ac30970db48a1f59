//! The retention table applied to facts of which some may be unknown (K1, K2, K3, K7, K11, D1, D4).

use super::super::edition::{Edition, Pair, Period, RetentionRow};
use super::super::environment::{Environment, FactKey, Kind};
use super::super::fact::Fact;
use super::reach::Use;

/// System or manual backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    System,
    Manual,
}

/// The values that a fact may have: known is one of one, unknown is any.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice<T> {
    any: bool,
    /// What is named; hardly ever more than one.
    first: Option<T>,
    more: Vec<T>,
}

impl<T: Clone + PartialEq> Choice<T> {
    pub fn none() -> Self {
        Self { any: false, first: None, more: Vec::new() }
    }
    pub fn one(value: T) -> Self {
        Self { any: false, first: Some(value), more: Vec::new() }
    }
    fn of(fact: &Fact<T>) -> Self {
        let mut choice = Self::none();
        choice.add(fact.get());
        choice
    }
    /// `None`: any value is possible.
    pub fn add(&mut self, value: Option<&T>) {
        match value {
            None => self.any = true,
            Some(v) if self.first.is_none() => self.first = Some(v.clone()),
            Some(v) if !self.values().any(|known| known == v) => self.more.push(v.clone()),
            Some(_) => {}
        }
    }
    pub fn may_be(&self, value: &T) -> bool {
        self.any || self.values().any(|known| known == value)
    }
    /// The value, where only one is possible.
    pub fn only(&self) -> Option<&T> {
        self.first.as_ref().filter(|_| !self.any && self.more.is_empty())
    }
    /// Whether nothing at all limits the values.
    pub fn is_any(&self) -> bool {
        self.any
    }
    /// The values named, which are all of them unless [`Choice::is_any`].
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.more)
    }
}

/// What may be true of an environment at one moment, as far as retention looks at it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Status {
    pub kind: Choice<Kind>,
    pub dynamics: Choice<bool>,
    pub managed: Choice<bool>,
    pub setting: Choice<u32>,
    pub dataverse: Choice<bool>,
    pub deleted: Choice<bool>,
}

impl Status {
    /// The facts as they are today.
    pub fn today(env: &Environment) -> Self {
        Self {
            kind: Choice::of(&env.kind),
            dynamics: Choice::of(&env.dynamics),
            managed: Choice::of(&env.managed),
            setting: Choice::of(&env.retention_setting),
            dataverse: Choice::of(&env.dataverse),
            deleted: Choice::one(env.deleted.is_some()),
        }
    }

    /// The kinds that are possible. An unknown kind may also be one that the documentation does not name; see [`days_of`].
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        let any = if self.kind.is_any() { Kind::NAMED.as_slice() } else { &[] };
        any.iter().chain(self.kind.values().filter(|_| any.is_empty()))
    }

    /// The rows of the table that may hold for `kind`.
    pub fn rows<'e>(&self, edition: &'e Edition, kind: &Kind) -> impl Iterator<Item = &'e RetentionRow> {
        edition.retention.iter().filter(|r| {
            r.kind == *kind
                && r.dynamics.is_none_or(|d| self.dynamics.may_be(&d))
                && r.managed.is_none_or(|m| self.managed.may_be(&m))
        })
    }

    /// The days that the setting may stand for: sure, possible. A stored number that is none of the choices (K2) says nothing
    /// about what is really kept.
    pub fn setting_days(&self, edition: &Edition) -> Days {
        let least = edition.choices.first().copied().unwrap_or(edition.base_days);
        let most = edition.longest_choice();
        let any = Days { guaranteed: Some(least), possible: Some(most) };
        let each = self.setting.values().map(|&s| {
            if edition.choices.contains(&s) {
                Days { guaranteed: Some(s), possible: Some(s) }
            } else {
                Days { guaranteed: Some(least.min(s)), possible: Some(most) }
            }
        });
        each.chain(self.setting.is_any().then_some(any)).reduce(Days::or).unwrap_or(any)
    }
}

/// For how many days backups are kept. `None`: nothing is sure, nothing is possible. `None` is less than any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub guaranteed: Option<u32>,
    pub possible: Option<u32>,
}

impl Days {
    pub(super) const NOTHING: Days = Days { guaranteed: None, possible: None };

    /// One or the other: the worse for what is sure, the better for what is possible.
    pub(super) fn or(self, other: Days) -> Days {
        Days { guaranteed: self.guaranteed.min(other.guaranteed), possible: self.possible.max(other.possible) }
    }
}

/// The days of one row.
pub(super) fn days_of_row(edition: &Edition, status: &Status, row: &RetentionRow, sort: Sort) -> Days {
    let fixed = |n: u32| Days { guaranteed: Some(n), possible: Some(n) };
    let plain = |period: Period| match period {
        Period::Days(n) => fixed(n),
        Period::BySetting => status.setting_days(edition),
        Period::Contested(n) => Days { guaranteed: None, possible: Some(n) },
        Period::NotSupported | Period::NotBackedUp => Days::NOTHING,
    };
    match (sort, row.manual) {
        (Sort::System, _) => plain(row.system),
        // A manual backup is a label on the continuous backup: one of an environment that could have it once, and no longer
        // can, may last as long as the continuous backup does.
        (Sort::Manual, Period::NotSupported) => Days { guaranteed: None, possible: plain(row.system).possible },
        (Sort::Manual, Period::BySetting) if edition.manual_setting_contested => {
            let days = plain(Period::BySetting);
            Days { guaranteed: days.guaranteed.min(Some(edition.base_days)), possible: days.possible }
        }
        (Sort::Manual, period) => plain(period),
    }
}

/// The days for everything that may be true.
pub(super) fn days_of(edition: &Edition, status: &Status, sort: Sort) -> Days {
    let one_kind = |kind: &Kind| {
        let days = status
            .rows(edition, kind)
            .map(|row| days_of_row(edition, status, row, sort))
            .reduce(Days::or)
            .unwrap_or(Days::NOTHING);
        if promises(edition, kind) { days } else { Days { guaranteed: None, possible: days.possible } }
    };
    let mut days = status.kinds().map(one_kind).reduce(Days::or).unwrap_or(Days::NOTHING);
    if status.kind.is_any() {
        days.guaranteed = None;
    }
    if status.dataverse.only() == Some(&false) {
        return Days::NOTHING;
    }
    if status.dataverse.may_be(&false) || status.deleted.may_be(&true) {
        days.guaranteed = None;
    }
    days
}

/// Whether backups of a kind are ever promised: not where it is no source, and not where the page itself says that the
/// admin center does not offer it.
pub(super) fn promises(edition: &Edition, kind: &Kind) -> bool {
    is_source(edition, kind) != Pair::No && !edition.not_offered_sources.contains(kind)
}

/// Whether a kind can be restored to any kind (T1).
pub(super) fn is_source(edition: &Edition, kind: &Kind) -> Pair {
    let row = edition.pairs.iter().find(|row| row.source == *kind);
    let cells = row.into_iter().flat_map(|row| row.cells);
    cells.fold(Pair::No, |best, cell| match (best, *cell) {
        (Pair::Yes, _) | (_, Pair::Yes) => Pair::Yes,
        (Pair::ItselfOnly, _) | (_, Pair::ItselfOnly) => Pair::ItselfOnly,
        (Pair::No, Pair::No) => Pair::No,
    })
}

/// What the backups are good for, where there are any.
pub(super) fn usage(edition: &Edition, status: &Status) -> Use {
    if status.deleted.only() == Some(&true) {
        return Use::KeptOnly;
    }
    match status.kind.only().map(|kind| is_source(edition, kind)) {
        None => Use::Unknown,
        Some(Pair::Yes) => Use::Restorable,
        Some(Pair::ItselfOnly) => Use::OntoItselfOnly,
        Some(Pair::No) => Use::KeptOnly,
    }
}

/// The unknown facts of which some answer would change the days.
pub(super) fn asks(edition: &Edition, status: &Status, sort: Sort) -> Vec<FactKey> {
    let days = days_of(edition, status, sort);
    let differs = |s: Status| days_of(edition, &s, sort) != days;
    let with = |set: &dyn Fn(&mut Status)| {
        let mut s = status.clone();
        set(&mut s);
        differs(s)
    };
    let bools = [true, false];
    let mut asks = Vec::new();
    if status.kind.is_any() && Kind::NAMED.iter().any(|k| with(&|s| s.kind = Choice::one(k.clone()))) {
        asks.push(FactKey::Kind);
    }
    if status.dataverse.is_any() && bools.iter().any(|b| with(&|s| s.dataverse = Choice::one(*b))) {
        asks.push(FactKey::Dataverse);
    }
    if status.dynamics.is_any() && bools.iter().any(|b| with(&|s| s.dynamics = Choice::one(*b))) {
        asks.push(FactKey::Dynamics);
    }
    if status.managed.is_any() && bools.iter().any(|b| with(&|s| s.managed = Choice::one(*b))) {
        asks.push(FactKey::Managed);
    }
    let unclear = status.setting.is_any() || status.setting.values().any(|s| !edition.choices.contains(s));
    if unclear && edition.choices.iter().any(|n| with(&|s| s.setting = Choice::one(*n))) {
        asks.push(FactKey::RetentionSetting);
    }
    asks
}

/// Whether the retention setting counts: for every row of the table that may hold, for any of them.
pub(in crate::domain) struct SettingCounts {
    pub all: bool,
    pub any: bool,
}

/// Whether the retention setting of `env` counts, for what is known of it (K3).
pub(in crate::domain) fn setting_counts(edition: &Edition, env: &Environment) -> SettingCounts {
    let rows = edition.retention.iter().filter(|row| {
        env.kind.get().is_none_or(|k| *k == row.kind)
            && row.dynamics.is_none_or(|d| env.dynamics.get().is_none_or(|known| *known == d))
            && row.managed.is_none_or(|m| env.managed.get().is_none_or(|known| *known == m))
    });
    let by_setting: Vec<bool> = rows.map(|row| row.system == Period::BySetting).collect();
    SettingCounts {
        all: !by_setting.is_empty() && by_setting.iter().all(|yes| *yes),
        any: by_setting.iter().any(|yes| *yes),
    }
}
