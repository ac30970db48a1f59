//! The page after the retention change of 11 May 2026 and the troubleshooting change of September 2026, from published
//! change notes only: the whole page was not read.

use super::super::environment::Kind;
use super::super::rule::{RuleId, RuleText};
use super::e2025_06_24;
use super::sheet::{Basis, Edition, Period, RetentionRow};

pub static EDITION: Edition = Edition {
    id: "2026-09-26",
    title: "Rules of 26 September 2026",
    dated: "26 September 2026",
    basis: Basis::ChangeNotes,
    origin: "Published change notes up to 26 September 2026; the whole page was not read.",
    retention: RETENTION,
    restore_duration: "A restore may take up to 48 hours; open no support ticket before that.",
    failed_restore_disables_target: true,
    recovery_needs_capacity: true,
    texts: TEXTS,
    ..e2025_06_24::EDITION
};

#[rustfmt::skip]
static RETENTION: &[RetentionRow] = &[
    RetentionRow { kind: Kind::Production, dynamics: Some(true), managed: Some(false), system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Production, dynamics: Some(true), managed: Some(true), system: Period::BySetting, manual: Period::BySetting },
    RetentionRow { kind: Kind::Production, dynamics: Some(false), managed: Some(false), system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Production, dynamics: Some(false), managed: Some(true), system: Period::BySetting, manual: Period::BySetting },
    RetentionRow { kind: Kind::Sandbox, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Developer, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Teams, dynamics: None, managed: None, system: Period::Days(7), manual: Period::Days(7) },
    RetentionRow { kind: Kind::Default, dynamics: None, managed: None, system: Period::Days(7), manual: Period::NotSupported },
    RetentionRow { kind: Kind::Trial, dynamics: None, managed: None, system: Period::NotBackedUp, manual: Period::NotSupported },
    RetentionRow { kind: Kind::TrialSubscription, dynamics: None, managed: None, system: Period::NotBackedUp, manual: Period::NotSupported },
];

static TEXTS: &[RuleText] = &[
    RuleText {
        id: RuleId::T1,
        sentence: "A Production or Sandbox environment can be restored to a Sandbox, a Developer environment to a Sandbox or a Developer environment, a Teams environment onto itself, a Default environment to a Developer environment only.",
        section: "Troubleshooting",
    },
    RuleText {
        id: RuleId::T5,
        sentence: "If a customer-managed encryption key is applied to the source, the same key must be applied to the target.",
        section: "Troubleshooting",
    },
    RuleText {
        id: RuleId::T6,
        sentence: "Enterprise policies of the source, such as a virtual network, must be linked to the target as well.",
        section: "Troubleshooting",
    },
    RuleText {
        id: RuleId::M1,
        sentence: "Manual backups can be created of Production, Sandbox, Developer and Teams environments that have Dataverse.",
        section: "About manual backups",
    },
    RuleText {
        id: RuleId::T9,
        sentence: "Neither environment is being restored, copied, switched or recovered, and the target is not deleted; a target left disabled by a failed restore may be retried, only as the target.",
        section: "Troubleshooting",
    },
    RuleText {
        id: RuleId::K1,
        sentence: "Backups are kept for 7 days; for managed Production environments, with or without Dynamics 365 apps, 7, 14, 21 or 28 days by setting.",
        section: "Supported retention period",
    },
    RuleText { id: RuleId::D1, sentence: "Trial environments have no system backups.", section: "System backups" },
    RuleText {
        id: RuleId::R7,
        sentence: "A restore may take up to 48 hours, longer with much data or with audit logs; open no support ticket before that.",
        section: "Troubleshooting",
    },
    RuleText {
        id: RuleId::R20,
        sentence: "A failed restore leaves the target disabled: wait 30 minutes and retry with the same target, or reset it, delete it, or copy onto it.",
        section: "Troubleshooting",
    },
    RuleText {
        id: RuleId::X3,
        sentence: "Recovering a deleted environment needs free capacity.",
        section: "Recover environment",
    },
];
