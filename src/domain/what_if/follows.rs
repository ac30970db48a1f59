//! What follows besides the points that are lost, as data.

use super::super::deed::{Deed, Setting};
use super::super::edition::Edition;
use super::super::environment::{Environment, Kind};
use super::super::instants::later;
use super::super::order::Order as _;
use super::super::restore::{self, Weight};
use super::super::rule::RuleId;
use super::super::said::Said;
use super::super::tenant::Tenant;
use super::answer::{Consequence, Lost, MomentName, SideBySide, Touched};
use crate::domain::moment::Moment;
use chrono::{DateTime, TimeDelta, Utc};

/// What to call the moment right after a doing, the `place`th of several (0-based).
pub(super) fn right_after(deed: &Deed, place: usize) -> MomentName {
    match deed {
        Deed::Set { setting: Setting::Kind(_), .. } if place == 0 => MomentName::RightAfterSwitch,
        Deed::Set { setting: Setting::Kind(_), .. } => MomentName::AfterSwitchingBack,
        _ => MomentName::RightAfter,
    }
}

/// The rule by which a doing takes points away.
pub(super) fn rule_of(deed: &Deed) -> Option<RuleId> {
    match deed {
        Deed::Set { setting, .. } => setting.cuts_by(),
        Deed::Delete { .. } | Deed::Recover { .. } => Some(RuleId::X1),
        _ => None,
    }
}

/// What follows, each once.
struct Consequences(Vec<Said<Consequence>>);

impl Consequences {
    fn add(&mut self, rules: &[RuleId], cause: Consequence) {
        let said = Said { cause, rules: rules.to_vec(), asks: Vec::new() };
        if !self.0.contains(&said) {
            self.0.push(said);
        }
    }
}

/// The whole: what is lost, counted, and what else follows.
pub(super) fn consequences(
    edition: &Edition,
    tenant: &Tenant,
    before: &Environment,
    touched: &Touched,
    deeds: &[(Deed, DateTime<Utc>)],
) -> Vec<Said<Consequence>> {
    let mut found = Consequences(Vec::new());
    for moment in &touched.moments {
        let (labels, others): (Vec<_>, Vec<_>) =
            moment.losses.iter().cloned().partition(|l| matches!(l.what, Lost::Label { .. }));
        for label in labels {
            found.add(&label.rules.clone(), Consequence::LabelDeleted(label));
        }
        if !others.is_empty() {
            let mut rules: Vec<RuleId> = Vec::new();
            let mut worst_first = others.clone();
            worst_first.order_by(|a, b| a.fate.cmp(&b.fate));
            for rule in worst_first.iter().flat_map(|l| &l.rules) {
                if !rules.contains(rule) {
                    rules.push(*rule);
                }
            }
            found.add(&rules, Consequence::Losses(moment.look, worst_first));
        }
    }
    // A recovery promises nothing, and says so: "nothing is lost" would contradict it.
    let recovers = deeds.iter().any(|(deed, _)| matches!(deed, Deed::Recover { .. }));
    if !recovers && !touched.loses() {
        found.add(&[], Consequence::NothingLost);
    }
    for (deed, at) in deeds {
        follows(edition, before, touched, deed, *at, &mut found);
        // What a restore leaves behind has been said nowhere better.
        if let Deed::StartRestore { request, .. } = deed {
            let checks = restore::check(Moment::new(edition, tenant, *at), request);
            for check in checks.into_iter().filter(|check| check.weight == Weight::Caution) {
                found.add(&check.said.rules.clone(), Consequence::Check(Box::new(check)));
            }
        }
    }
    found.0
}

/// What else a doing brings.
fn follows(
    edition: &Edition,
    before: &Environment,
    touched: &Touched,
    deed: &Deed,
    at: DateTime<Utc>,
    found: &mut Consequences,
) {
    match deed {
        Deed::Set { setting: Setting::Retention(days), .. } => of_retention(before, touched, *days, at, found),
        Deed::Set { setting: Setting::Kind(Kind::Sandbox), .. } => {
            found.add(&[RuleId::K6], Consequence::SwitchBackSoon);
            found.add(&[RuleId::R16], Consequence::UsersAffected);
        }
        Deed::Set { setting: Setting::Kind(_), .. } => found.add(&[RuleId::K6], Consequence::OlderMayComeBack),
        Deed::Delete { .. } => {
            if let Some(r) = &touched.recovery {
                let sure = r.guaranteed_until.filter(|sure| *sure != r.possible_until);
                let possible = r.possible_until;
                found.add(&[RuleId::X1, RuleId::X2], Consequence::Recoverable { sure, possible });
                for reason in &r.reasons {
                    found.add(&reason.rules, Consequence::Recovery(reason.cause));
                }
            }
            if edition.recovery_needs_capacity {
                found.add(&[RuleId::X3], Consequence::RecoveryNeedsRoom);
            }
            found.add(&[RuleId::X1], Consequence::NothingIsLeft);
            found.add(&[RuleId::X1], Consequence::BackupsNotPromised);
        }
        Deed::Recover { .. } => found.add(&[RuleId::X1], Consequence::OlderNotPromised),
        Deed::Set { setting: Setting::Managed(false), .. } if touched.loses() => {
            found.add(&[RuleId::K12], Consequence::ShorterAtOnce);
        }
        Deed::Set { setting: Setting::Managed(true), .. } => {
            let period = |m: &SideBySide| m.with.retention.possible_days;
            let rises = touched.moments.iter().filter(|m| period(m) > m.without.retention.possible_days);
            if let Some(days) = rises.map(period).max() {
                found.add(&[RuleId::K3, RuleId::K12], Consequence::LongerPeriod(days));
            }
            if before.managed.get() == Some(&false) {
                found.add(&[RuleId::T4], Consequence::ManagedOnly);
            }
        }
        _ => {}
    }
}

fn of_retention(before: &Environment, touched: &Touched, days: u32, at: DateTime<Utc>, found: &mut Consequences) {
    let settled = later(at, TimeDelta::hours(24));
    found.add(&[RuleId::K4], Consequence::AppliesBy(settled));
    let group = before.group.get().cloned().flatten().or_else(|| before.group_id.clone());
    if let Some(group) = group {
        found.add(&[RuleId::G1], Consequence::InGroup(group));
    }
    let Some(with) = touched.moments.iter().find(|m| m.at == settled).map(|m| &m.with) else { return };
    let full = TimeDelta::days(i64::from(days));
    if let Some(from) = with.guaranteed_from.filter(|from| settled - *from < full) {
        found.add(&[RuleId::K5], Consequence::Grows { days, until: later(from, full) });
    }
}
