//! The documentation page of 24 June 2025, read whole.

use super::super::environment::Kind;
use super::super::rule::{RuleId, RuleText};
use super::e2024_04_02;
use super::sheet::{Edition, KeyMatch, Pair, PairRow, Period, RetentionRow};

pub static EDITION: Edition = Edition {
    id: "2025-06-24",
    title: "Rules of 24 June 2025",
    dated: "24 June 2025",
    origin: "The whole documentation page of 24 June 2025.",
    retention: RETENTION,
    pairs: PAIRS,
    manual_kinds: &[Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Teams],
    manual_setting_contested: false,
    key_match: KeyMatch::Same,
    policies_must_match: true,
    not_offered_sources: &[Kind::Default],
    texts: TEXTS,
    ..e2024_04_02::EDITION
};

#[rustfmt::skip]
static RETENTION: &[RetentionRow] = &[
    RetentionRow { kind: Kind::Production, dynamics: Some(true), managed: None, system: Period::Days(28), manual: Period::Days(28) },
    RetentionRow { kind: Kind::Production, dynamics: Some(false), managed: Some(false), system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Production, dynamics: Some(false), managed: Some(true), system: Period::BySetting, manual: Period::BySetting },
    RetentionRow { kind: Kind::Sandbox, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Developer, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Teams, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Default, dynamics: None, managed: None, system: Period::Days(7), manual: Period::NotSupported },
    RetentionRow { kind: Kind::Trial, dynamics: None, managed: None, system: Period::NotBackedUp, manual: Period::NotSupported },
    RetentionRow { kind: Kind::TrialSubscription, dynamics: None, managed: None, system: Period::NotBackedUp, manual: Period::NotSupported },
];

#[rustfmt::skip]
static PAIRS: &[PairRow] = &[
    PairRow { source: Kind::Production, cells: &[Pair::No, Pair::Yes, Pair::No, Pair::No, Pair::No] },
    PairRow { source: Kind::Sandbox, cells: &[Pair::No, Pair::Yes, Pair::No, Pair::No, Pair::No] },
    PairRow { source: Kind::Developer, cells: &[Pair::No, Pair::Yes, Pair::Yes, Pair::No, Pair::No] },
    PairRow { source: Kind::Teams, cells: &[Pair::No, Pair::No, Pair::No, Pair::ItselfOnly, Pair::No] },
    PairRow { source: Kind::Default, cells: &[Pair::No, Pair::No, Pair::Yes, Pair::No, Pair::No] },
];

static TEXTS: &[RuleText] = &[
    RuleText {
        id: RuleId::T1,
        sentence: "A Production or Sandbox environment can be restored to a Sandbox, a Developer environment to a Sandbox or a Developer environment, a Teams environment onto itself, a Default environment to a Developer environment.",
        section: "Don't see your environment to restore to?",
    },
    RuleText {
        id: RuleId::T5,
        sentence: "If a customer-managed encryption key is applied to the source, the same key must be applied to the target.",
        section: "Don't see your environment to restore to?",
    },
    RuleText {
        id: RuleId::T6,
        sentence: "Enterprise policies of the source, such as a virtual network, must be linked to the target as well.",
        section: "Don't see your environment to restore to?",
    },
    RuleText {
        id: RuleId::M1,
        sentence: "Manual backups can be created of Production, Sandbox, Developer and Teams environments that have Dataverse.",
        section: "About manual backups",
    },
    RuleText { id: RuleId::D1, sentence: "Trial environments have no system backups.", section: "System backups" },
];
