//! Which other environments to restore onto: the best few, and how many more there are.
//!
//! Judging every pair in words would be slow in a tenant of thousands, so pairs are first sorted by their outcome alone and by
//! the smallest mend of each set of equal facts; only the best few are then judged by the checks of their purpose.

use super::super::eligibility::{self, Facts, Outcome};
use super::super::environment::{Environment, EnvironmentId, Kind, RuntimeState};
use super::super::merge::missing_since;
use super::super::remedy;
use super::super::restore::way_back;
use super::super::rule::RuleId;
use super::Cause;
use super::case::Mishap;
use super::restores::onto;
use super::scene::AdviceScene;
use super::sort::line;
use super::ways::{MoreTargets, Way, WayKind, WayStanding};
use crate::domain::order::Order as _;
use std::collections::{HashMap, HashSet};

/// How many are shown.
const SHOWN: usize = 3;

/// How a target would stand, before its point and the moment are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum TargetGroup {
    Eligible,
    AfterChanges,
    Unknown,
    AfterChangesUnknown,
    Refused,
}

impl TargetGroup {
    /// The same where something has to be waited for or changed first.
    fn after_changes(self) -> Self {
        match self {
            Self::Eligible => Self::AfterChanges,
            Self::Unknown => Self::AfterChangesUnknown,
            Self::AfterChanges | Self::AfterChangesUnknown | Self::Refused => self,
        }
    }

    /// The same where something of it is not known.
    fn in_doubt(self) -> Self {
        match self {
            Self::Eligible => Self::Unknown,
            Self::AfterChanges => Self::AfterChangesUnknown,
            Self::Unknown | Self::AfterChangesUnknown | Self::Refused => self,
        }
    }
}

/// What overwriting a target would lose, as far as the facts tell; the smallest first.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
struct TargetLoss {
    /// The last import of the whole tenant did not list it: perhaps it is no longer there.
    missing: bool,
    /// A restore onto it has failed before (R20): the next may fail too.
    failed: bool,
    /// People work in a Production environment.
    production: bool,
    /// Nothing promises that its present state could be brought back afterwards.
    for_good: bool,
    /// It is neither disabled nor in administration mode.
    in_use: bool,
    /// Its database in megabytes; unknown comes last.
    megabytes: f64,
}

/// The ways onto the best few other environments, and how many others there are. One closed way with the reasons where there is
/// none.
pub(super) fn ways(scene: &AdviceScene) -> (Vec<Way>, MoreTargets) {
    // What the service said of a pair (T10) it said of this target alone.
    let listed = scene.env.candidates.is_some();
    let mut groups: HashMap<(Facts<'_>, Option<&EnvironmentId>), TargetGroup> = HashMap::new();
    let mut all: Vec<(TargetGroup, TargetLoss, &Environment)> = Vec::new();
    let missing: HashSet<EnvironmentId> = missing_since(scene.tenant).into_iter().collect();
    for target in scene.tenant.living().filter(|e| e.id != scene.env.id) {
        let pair =
            *groups.entry((Facts::of(target), listed.then_some(&target.id))).or_insert_with(|| group(scene, target));
        let group = if target.activity.is_some() { pair.after_changes() } else { pair };
        let missing = missing.contains(&target.id);
        let group = if missing { group.in_doubt() } else { group };
        all.push((group, TargetLoss { missing, ..loss(scene, target) }, target));
    }
    all.order_by(|(a, la, ea), (b, lb, eb)| {
        let loss = la.partial_cmp(lb).unwrap_or(std::cmp::Ordering::Equal);
        a.cmp(b).then(loss).then_with(|| (ea.name.to_lowercase(), &ea.id).cmp(&(eb.name.to_lowercase(), &eb.id)))
    });
    // A Production environment that would have to be switched is offered only where there is nothing else: people work in it.
    let able =
        |(group, loss, _): &&(TargetGroup, TargetLoss, &Environment)| *group < TargetGroup::Refused && !loss.production;
    let mut chosen: Vec<_> = all.iter().filter(able).take(SHOWN).collect();
    if chosen.is_empty() {
        chosen.extend(all.iter().find(|(group, ..)| *group < TargetGroup::Refused));
    }
    let mut ways: Vec<Way> =
        chosen.into_iter().map(|(_, loss, target)| said(scene, target, loss, onto(scene, target))).collect();
    // What closes one although its pair is good, such as a point that is gone, closes all.
    match ways.iter().position(|w| w.standing != WayStanding::Closed) {
        Some(_) => ways.retain(|w| w.standing != WayStanding::Closed),
        None => {
            ways.truncate(1);
            if ways.is_empty() {
                ways.push(none(scene, all.len()));
            }
            return (ways, MoreTargets::default());
        }
    }
    let mut more = MoreTargets::default();
    for (group, _, target) in &all {
        if !ways.iter().any(|w| w.target.as_ref() == Some(&target.id)) {
            match group {
                TargetGroup::Eligible => more.eligible += 1,
                TargetGroup::AfterChanges => more.after_changes += 1,
                TargetGroup::Unknown => more.unknown += 1,
                TargetGroup::AfterChangesUnknown => more.after_changes_unknown += 1,
                TargetGroup::Refused => more.refused += 1,
            }
        }
    }
    (ways, more)
}

fn group(scene: &AdviceScene, target: &Environment) -> TargetGroup {
    match eligibility::outcome(scene.edition, scene.env, target) {
        Outcome::Eligible => TargetGroup::Eligible,
        Outcome::Unknown => TargetGroup::Unknown,
        Outcome::Refused => {
            let mend = remedy::mend(scene.edition, scene.env, target);
            match mend.changes {
                Some(_) if mend.questions.is_empty() => TargetGroup::AfterChanges,
                Some(_) => TargetGroup::AfterChangesUnknown,
                None => TargetGroup::Refused,
            }
        }
    }
}

fn loss(scene: &AdviceScene, target: &Environment) -> TargetLoss {
    TargetLoss {
        missing: false,
        failed: target.failed_restore.is_some(),
        production: target.kind.get() == Some(&Kind::Production),
        for_good: way_back(scene.edition, target, scene.now).until.is_none(),
        in_use: !matches!(target.state.get(), Some(RuntimeState::AdminMode | RuntimeState::Disabled)),
        megabytes: target.database_mb.get().copied().filter(|mb| mb.is_finite()).unwrap_or(f64::MAX),
    }
}

/// Adds what the choice among the targets rests on.
fn said(scene: &AdviceScene, target: &Environment, loss: &TargetLoss, mut way: Way) -> Way {
    let name = || target.into();
    if way.standing == WayStanding::Closed {
        return way;
    }
    if loss.missing {
        way.standing = way.standing.in_doubt();
        way.open.push(line(Cause::TargetMissing(name()), &[RuleId::T9]));
    }
    if loss.production {
        way.costs.push(line(Cause::PeopleWork(name()), &[RuleId::T1, RuleId::R3]));
    }
    if !loss.in_use {
        way.heed.push(line(Cause::NobodyWorks(name(), target.state.get().cloned()), &[]));
    }
    if scene.mishap != Mishap::NeedCopy {
        let back = Cause::ComesBackIn { source: scene.env.into(), target: name() };
        way.recovered.push(line(back, &[RuleId::R3]));
    }
    way
}

/// None of the others can ever be a target.
fn none(scene: &AdviceScene, others: usize) -> Way {
    let mut against = Vec::new();
    if let Some(deleted) = scene.env.deleted {
        let cause = Cause::DeletedIsNoSource(scene.env.into(), deleted);
        against.push(line(cause, &[RuleId::T9, RuleId::X1]));
    }
    if others == 0 {
        against.push(line(Cause::NoOtherListed, &[RuleId::T1]));
    } else {
        let mut counts: Vec<(usize, RuleId)> = Vec::new();
        for target in scene.tenant.living().filter(|e| e.id != scene.env.id) {
            for rule in eligibility::standings(scene.edition, scene.env, target).broken() {
                match counts.iter_mut().find(|(_, r)| *r == rule) {
                    Some((n, _)) => *n += 1,
                    None => counts.push((1, rule)),
                }
            }
        }
        counts.order_by_key(|(n, rule)| (std::cmp::Reverse(*n), *rule));
        let rules: Vec<RuleId> = counts.iter().map(|(_, rule)| *rule).collect();
        against.push(line(Cause::NoneOfThem(others, counts), &rules));
    }
    Way { against, ..super::rest::closed(WayKind::Another, scene.aim(None)) }
}
