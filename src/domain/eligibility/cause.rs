//! Why a rule of a pair stands as it does, as data. About *the source* and *the target*, with values and never with names, so that it
//! holds for every pair with the same facts. The words are in `crate::words`.

use super::super::capacity::Balance;
use super::super::edition::{Edition, KeyMatch, Pair};
use super::super::environment::{Key, Kind, Policy, Region};
use super::super::occupied::Occupied;
use super::super::rule::RuleId;
use super::super::said::{Role, Said};
use super::outcome::Standing;
use super::rules::{Pairing, Ruling, customer_key, differing_policies};
use super::verdict::{Judgement, Verdict};
use chrono::{DateTime, Utc};

/// Two values of a fact and how the rule stands that compares them; `None`: not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared<T> {
    pub standing: Standing,
    /// The target is the source.
    pub itself: bool,
    pub source: Option<T>,
    pub target: Option<T>,
}

/// What a kind may be restored to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindTargets {
    /// To these kinds, at least one.
    To(Vec<Kind>),
    /// Onto itself only.
    Itself,
    /// It is never a source.
    Nothing,
}

/// Why a rule of a pair stands as it does.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// T1. `reach` is that of a known source.
    Kinds(Compared<Kind>, Option<KindTargets>),
    /// T8 of two environments: it asks nothing of them.
    Two,
    /// T8 of one.
    Itself {
        standing: Standing,
        kind: Option<Kind>,
    },
    /// T2.
    Regions(Compared<Region>),
    /// T3.
    Databases(Compared<bool>),
    /// T4.
    Managed(Compared<bool>),
    /// T5; a key without a name is [`Key::Customer`] of `None`.
    Keys(Compared<Key>, KeyMatch),
    /// T6.
    Policies(Compared<Vec<Policy>>, Differing),
    /// T10.
    Listed {
        listing: super::Listing,
        beside: ListStanding,
        itself: bool,
    },
    /// A rule that is not known, settled by what the service offered when it was asked (T10).
    SettledByList(Box<Cause>, DateTime<Utc>),
    /// A rule that is broken, against what the service offered when it was asked (T10).
    DoubtedByList(Box<Cause>, DateTime<Utc>),
    /// T9 of a deleted environment in a matrix; `None`: both are.
    Deleted(Option<Deleted>),
    /// T7; `None`: the storage is not known.
    Storage(Option<Balance>),
    /// T9: what goes on with either, one after the other; empty: nothing is known to. `of_one`: they are one environment.
    Going {
        on: Vec<Going>,
        of_one: bool,
    },
    /// T9, R20: a failed restore left the source disabled.
    LeftDisabled,
    Failed(Failed),
    Caution(Caution),
}

/// The policies of the source that the target surely lacks, and those of which it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differing {
    pub missing: Vec<Policy>,
    pub open: Vec<Policy>,
}

/// Which of a pair is deleted, where not both are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The one that is source and target.
    Itself,
    One(Role),
}

/// How a list of candidates stands to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStanding {
    /// The rules say the same.
    Agrees,
    /// A fact is not known, and this settles it.
    Settles,
    /// The rules say the opposite.
    Contradicts,
}

/// What goes on with one of a pair (T9).
#[derive(Clone, Debug, PartialEq)]
pub struct Going {
    /// `None`: the one that is source and target.
    pub role: Option<Role>,
    pub what: GoingOn,
}

#[derive(Clone, Debug, PartialEq)]
pub enum GoingOn {
    Deleted,
    /// The last import of the whole tenant did not list it.
    Missing,
    Occupied(Occupied),
    /// R20: a failed restore left it disabled, and it is the source.
    LeftDisabled,
}

impl GoingOn {
    /// Whether it surely stops a restore; else nobody knows.
    pub fn stops(&self) -> bool {
        match self {
            GoingOn::Deleted | GoingOn::LeftDisabled => true,
            GoingOn::Missing => false,
            GoingOn::Occupied(occupied) => occupied.stops(),
        }
    }
}

/// R20, of a target that a failed restore left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The edition does not describe what is left behind.
    NotDescribed,
    /// It is disabled. `wait`: until then (UTC) it is not to be retried. `itself`: it is the source too.
    Disabled { wait: Option<DateTime<Utc>>, itself: bool },
}

/// What does not decide but must be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caution {
    /// T1: the page allows the kind as a source, and says that the admin center does not offer it.
    NotOffered(Kind),
    /// D8.
    SandboxToDeveloper,
    /// D2.
    DeveloperTarget,
    /// D3.
    TeamsItself,
    /// D6.
    RegionsMust,
    /// D5.
    ManagedToUnmanaged,
    /// D7.
    AnyKey,
}

/// The verdict of the rules alone, without a list of candidates.
pub(super) fn verdict(p: &Pairing) -> Verdict {
    let mut verdict = Verdict::default();
    for rule in p.rules() {
        let ruling = p.ruling(rule);
        let judgement = Said::of(rule, cause(p, rule, &ruling)).asking(ruling.asks(rule));
        verdict.add(ruling.standing, judgement);
    }
    verdict.cautions = cautions(p, &verdict);
    verdict
}

fn cause(p: &Pairing, rule: RuleId, ruling: &Ruling) -> Cause {
    let (standing, itself) = (ruling.standing, p.itself);
    match rule {
        RuleId::T1 => {
            let reach = p.source.kind.map(|kind| reach(p.edition, kind));
            let (source, target) = (p.source.kind.cloned(), p.target.kind.cloned());
            Cause::Kinds(Compared { standing, itself, source, target }, reach)
        }
        RuleId::T2 => {
            let (source, target) = (p.source.region.cloned(), p.target.region.cloned());
            Cause::Regions(Compared { standing, itself, source, target })
        }
        RuleId::T3 => {
            let (source, target) = (p.source.dataverse, p.target.dataverse);
            Cause::Databases(Compared { standing, itself, source, target })
        }
        RuleId::T4 => Cause::Managed(Compared { standing, itself, source: p.source.managed, target: p.target.managed }),
        RuleId::T5 => {
            let key = |key: Option<&Key>| match customer_key(key) {
                Some(named) => Some(Key::Customer(named.map(str::to_string))),
                None => key.cloned(),
            };
            let (source, target) = (key(p.source.key), key(p.target.key));
            Cause::Keys(Compared { standing, itself, source, target }, p.edition.key_match)
        }
        RuleId::T6 => {
            let list = |of: Option<&std::collections::BTreeSet<Policy>>| of.map(|of| of.iter().cloned().collect());
            let differing = match (p.source.policies, p.target.policies) {
                (Some(source), Some(target)) => {
                    let (missing, open) = differing_policies(source, target);
                    let owned = |of: Vec<&Policy>| of.into_iter().cloned().collect();
                    Differing { missing: owned(missing), open: owned(open) }
                }
                _ => Differing::default(),
            };
            let (source, target) = (list(p.source.policies), list(p.target.policies));
            Cause::Policies(Compared { standing, itself, source, target }, differing)
        }
        _ if itself => Cause::Itself { standing, kind: p.source.kind.cloned() },
        _ => Cause::Two,
    }
}

/// What a source of this kind may be restored to.
pub(super) fn reach(edition: &Edition, source: &Kind) -> KindTargets {
    let cell = |wanted: Pair| move |t: &&Kind| edition.pair(source, t) == wanted;
    let targets: Vec<Kind> = edition.targets.iter().filter(cell(Pair::Yes)).cloned().collect();
    if !targets.is_empty() {
        KindTargets::To(targets)
    } else if edition.targets.iter().any(|t| cell(Pair::ItselfOnly)(&t)) {
        KindTargets::Itself
    } else {
        KindTargets::Nothing
    }
}

fn cautions(p: &Pairing, verdict: &Verdict) -> Vec<Judgement> {
    let mut cautions = Vec::new();
    let mut note = |rule: RuleId, caution| cautions.push(Said::of(rule, Cause::Caution(caution)));
    let broken = |rule| verdict.standing(rule) == Some(Standing::Broken);

    if let Some(source) = p.source.kind
        && p.edition.not_offered_sources.contains(source)
        && !broken(RuleId::T1)
    {
        note(RuleId::T1, Caution::NotOffered(source.clone()));
    }
    match (p.source.kind, p.target.kind) {
        (_, Some(Kind::Developer)) if !broken(RuleId::T1) => note(RuleId::D2, Caution::DeveloperTarget),
        (Some(Kind::Sandbox), Some(Kind::Developer)) => note(RuleId::D8, Caution::SandboxToDeveloper),
        (Some(Kind::Teams), Some(Kind::Teams)) if p.itself => note(RuleId::D3, Caution::TeamsItself),
        _ => {}
    }
    if broken(RuleId::T2) {
        note(RuleId::D6, Caution::RegionsMust);
    }
    if broken(RuleId::T4) && p.source.managed == Some(true) {
        note(RuleId::D5, Caution::ManagedToUnmanaged);
    }
    let two_keys = match (customer_key(p.source.key), customer_key(p.target.key)) {
        (Some(Some(s)), Some(Some(t))) => !s.eq_ignore_ascii_case(t),
        (Some(_), Some(_)) => true,
        _ => false,
    };
    if p.edition.key_match == KeyMatch::Any && !p.itself && two_keys {
        note(RuleId::D7, Caution::AnyKey);
    }
    cautions
}
