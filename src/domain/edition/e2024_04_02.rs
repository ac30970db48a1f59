//! The documentation page of 2 April 2024, read whole: the default and the acceptance baseline.

use super::super::environment::Kind;
use super::super::rule::RuleText;
use super::sheet::{AdminRole, Basis, Edition, KeyMatch, Pair, PairRow, Period, RetentionRow};
use chrono::TimeDelta;

pub static EDITION: Edition = Edition {
    id: "2024-04-02",
    title: "Rules of 2 April 2024",
    dated: "2 April 2024",
    basis: Basis::FullPage,
    origin: "The whole documentation page of 2 April 2024.",
    retention: RETENTION,
    targets: TARGETS,
    pairs: PAIRS,
    manual_kinds: &[Kind::Production, Kind::Sandbox],
    manual_setting_contested: true,
    key_match: KeyMatch::Any,
    policies_must_match: false,
    not_offered_sources: &[],
    restore_duration: "Copying and restoring data may take more than a day, with much data or with audit logs.",
    choices: &[7, 14, 21, 28],
    base_days: 7,
    settling: TimeDelta::hours(24),
    first_day: TimeDelta::hours(24),
    processing: TimeDelta::minutes(10),
    ready: TimeDelta::minutes(15),
    recovery_days: 7,
    recovery_days_with_dynamics: 28,
    restore_needs_mb: 1024.0,
    retry_after: TimeDelta::minutes(30),
    failed_restore_disables_target: false,
    recovery_needs_capacity: false,
    roles: &[AdminRole::PowerPlatform, AdminRole::Dynamics365],
    roles_to_avoid: &[AdminRole::Global],
    texts: TEXTS,
};

#[rustfmt::skip]
static RETENTION: &[RetentionRow] = &[
    RetentionRow { kind: Kind::Production, dynamics: Some(true), managed: None, system: Period::Days(28), manual: Period::Days(28) },
    RetentionRow { kind: Kind::Production, dynamics: Some(false), managed: Some(false), system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Production, dynamics: Some(false), managed: Some(true), system: Period::BySetting, manual: Period::BySetting },
    RetentionRow { kind: Kind::Sandbox, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Developer, dynamics: None, managed: None, system: Period::Days(7), manual: Period::NotSupported },
    RetentionRow { kind: Kind::Teams, dynamics: None, managed: None, system: Period::Days(7), manual: Period::NotSupported },
    RetentionRow { kind: Kind::Default, dynamics: None, managed: None, system: Period::Days(7), manual: Period::NotSupported },
    RetentionRow { kind: Kind::Trial, dynamics: None, managed: None, system: Period::Contested(7), manual: Period::NotSupported },
    RetentionRow { kind: Kind::TrialSubscription, dynamics: None, managed: None, system: Period::Contested(7), manual: Period::NotSupported },
];

static TARGETS: &[Kind] = &[Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Teams, Kind::Default];

#[rustfmt::skip]
static PAIRS: &[PairRow] = &[
    PairRow { source: Kind::Production, cells: &[Pair::No, Pair::Yes, Pair::No, Pair::No, Pair::No] },
    PairRow { source: Kind::Sandbox, cells: &[Pair::No, Pair::Yes, Pair::No, Pair::No, Pair::No] },
    PairRow { source: Kind::Developer, cells: &[Pair::No, Pair::Yes, Pair::Yes, Pair::No, Pair::No] },
    PairRow { source: Kind::Teams, cells: &[Pair::No, Pair::No, Pair::No, Pair::ItselfOnly, Pair::No] },
    PairRow { source: Kind::Default, cells: &[Pair::No, Pair::No, Pair::No, Pair::No, Pair::No] },
];

static TEXTS: &[RuleText] = &[];
