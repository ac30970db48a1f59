//! What a request was checked for, heaviest first.

use super::super::environment::Environment;
use super::super::rule::RuleId;
use super::super::said::{EnvironmentName, Question, Said};
use super::cause::{Cause, Loss, Mending, OntoNew, PointCause, WorsePoint};
use super::purpose::Purpose;
use super::request::SpecialApp;
use crate::domain::order::Order as _;

/// How much a check weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The restore must not start.
    Stop,
    /// A fact is unknown that decides; answer it first.
    Ask,
    /// May be done; must be said.
    Caution,
    /// Good to know.
    Note,
}

/// One thing checked, by one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub weight: Weight,
    pub said: Said<Cause>,
    /// Of whom it is said; `None` where one of them is not in the inventory.
    pub ends: Option<Ends>,
}

/// What has to hold for a restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestsOn {
    /// The rules are those of the chosen edition, and not the newer ones, under which it is worse.
    Edition,
    /// T7: there is enough storage, of which nothing is known.
    Storage,
    /// R15: there is room for the new environment too.
    RoomForBoth,
}

/// The source and the target of a restore. Both are one where it goes onto itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    pub source: EnvironmentName,
    pub target: EnvironmentName,
}

impl Check {
    /// The rule that it rests on.
    pub fn rule(&self) -> Option<RuleId> {
        self.said.rule()
    }

    pub fn is_of(&self, rule: RuleId) -> bool {
        self.said.is_of(rule)
    }

    /// Whether another point would mend it, where the rule alone does not tell: a move of the source to another region breaks T2 for
    /// the points before it, whatever the target.
    pub fn is_of_point(&self) -> bool {
        matches!(self.said.cause, Cause::Since { .. }) || self.doubts_point()
    }

    /// Whether it is the doubt about the point itself, which may already be gone; its rule is the one that decides that.
    pub fn doubts_point(&self) -> bool {
        matches!(self.said.cause, Cause::Point(PointCause::Possible { .. } | PointCause::BackupPossible { .. }))
    }

    /// What the newest rules promise less of the point.
    pub fn worse_point(&self) -> Option<&WorsePoint> {
        match &self.said.cause {
            Cause::WorsePoint(worse) => Some(worse),
            _ => None,
        }
    }

    /// What has to hold for the restore, where it says that: no loss and no risk of doing it, for the dry run comes before anything is
    /// overwritten.
    pub fn rests_on(&self) -> Option<RestsOn> {
        match self.said.cause {
            Cause::Pair(_, Mending::LookUpStorage) => Some(RestsOn::Storage),
            Cause::Beside(OntoNew::NeedsRoomForBoth) => Some(RestsOn::RoomForBoth),
            Cause::WorsePair(..) | Cause::WorsePoint(_) => Some(RestsOn::Edition),
            _ => None,
        }
    }

    /// Whether a plan for `purpose` says it among what it rests on, and not among what is to be confirmed. A restore to Production (R16)
    /// switches the target before the dry run: there it is a risk.
    pub fn is_of_what_it_rests_on(&self, purpose: &Purpose) -> bool {
        self.rests_on().is_some() && !matches!(purpose, Purpose::RestoreToProduction(_))
    }

    /// The app that has a procedure of its own (L1, R19).
    pub fn app(&self) -> Option<SpecialApp> {
        match &self.said.cause {
            Cause::Loss(Loss::Finance(..)) => Some(SpecialApp::Finance),
            Cause::Loss(Loss::App(app)) => Some(*app),
            _ => None,
        }
    }
}

/// Whether any check stops the restore or asks for a fact that decides.
pub fn refused(checks: &[Check]) -> bool {
    checks.iter().any(|c| matches!(c.weight, Weight::Stop | Weight::Ask))
}

/// The heaviest first. What has a procedure of its own (L1) leads its weight: it may make all the rest moot.
pub(super) fn sort(checks: &mut [Check]) {
    checks.order_by_key(|c| (c.weight, !c.is_of(RuleId::L1)));
}

/// The list under construction.
#[derive(Default)]
pub(super) struct Checks {
    list: Vec<Check>,
    ends: Option<Ends>,
}

impl Checks {
    /// Of whom the next ones are.
    pub(super) fn are_of(&mut self, source: &Environment, target: &Environment) {
        self.ends = Some(Ends { source: source.into(), target: target.into() });
    }
    pub(super) fn add(&mut self, weight: Weight, rule: RuleId, cause: Cause, asks: Vec<Question>) {
        let check = Check { weight, said: Said::of(rule, cause).asking(asks), ends: self.ends.clone() };
        if !self.list.contains(&check) {
            self.list.push(check);
        }
    }
    pub(super) fn stop(&mut self, rule: RuleId, cause: impl Into<Cause>) {
        self.add(Weight::Stop, rule, cause.into(), Vec::new());
    }
    pub(super) fn ask(&mut self, rule: RuleId, cause: impl Into<Cause>, asks: Vec<Question>) {
        self.add(Weight::Ask, rule, cause.into(), asks);
    }
    pub(super) fn caution(&mut self, rule: RuleId, cause: impl Into<Cause>) {
        self.add(Weight::Caution, rule, cause.into(), Vec::new());
    }
    pub(super) fn caution_asking(&mut self, rule: RuleId, cause: impl Into<Cause>, asks: Vec<Question>) {
        self.add(Weight::Caution, rule, cause.into(), asks);
    }
    /// A note that rests on several rules.
    pub(super) fn note_of(&mut self, rules: &[RuleId], cause: impl Into<Cause>) {
        let said = Said { cause: cause.into(), rules: rules.to_vec(), asks: Vec::new() };
        self.list.push(Check { weight: Weight::Note, said, ends: self.ends.clone() });
    }
    pub(super) fn note(&mut self, rule: RuleId, cause: impl Into<Cause>) {
        self.add(Weight::Note, rule, cause.into(), Vec::new());
    }
    /// Takes in checks that were made elsewhere.
    pub(super) fn append(&mut self, mut checks: Vec<Check>) {
        self.list.append(&mut checks);
    }
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
    /// The heaviest first; within a weight L1, then in the order in which they were found.
    pub(super) fn sorted(mut self) -> Vec<Check> {
        sort(&mut self.list);
        self.list
    }
}
