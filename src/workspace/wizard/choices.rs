//! Steps 1 and 3: the environments to choose from. Those that cannot be chosen stay visible, with the reason.

use super::{WizardDesk, WizardStep, is_production};
use crate::domain::edition::Edition;
use crate::domain::eligibility::{self, AtThisMoment, Judgement, Outcome, Question, Role, Verdict};
use crate::domain::environment::{Environment, EnvironmentId, FactKey, Kind};
use crate::domain::moment::Moment;
use crate::domain::order::Order as _;
use crate::domain::outlook::{self, Source};
use crate::domain::plan::Purpose;
use crate::domain::remedy::{self, Mend};
use crate::domain::restore::{self, Check, RestoreRequest, Weight};
use crate::domain::retention::{Use, Window, window};
use crate::domain::rule::RuleId;
use crate::domain::said::Said;
use crate::domain::tenant::Tenant;
use crate::text;
use crate::words::{Say, Text};
use crate::workspace::local_time::Zone;
use crate::workspace::{Draft, Goal};

/// Whether an environment can be a source, now.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceState {
    Can(Box<Window>),
    /// Facts that decide are unknown.
    Ask(Vec<FactKey>),
    Cannot(Vec<WhyNot>),
}

/// Why something cannot be chosen: the words of whoever decided it, with the rules.
pub type WhyNot = Said<Text>;

/// Whether an environment can be the source of anything at `now` (UTC): the answer of [`outlook`], with its window. What stops it
/// at this moment only is told beside the targets.
pub fn source_state(moment: Moment<'_>, env: &Environment) -> SourceState {
    let Moment { edition, now, .. } = moment;
    let window = window(edition, env, now);
    match outlook::source(moment, env, &window) {
        Source::Can => SourceState::Can(Box::new(window)),
        Source::Ask(facts) => SourceState::Ask(facts),
        Source::Cannot => {
            let mut own = window.possible_reasons;
            if own.is_empty() {
                own = window.retention.reasons;
            }
            let mut reasons: Vec<WhyNot> = own.into_iter().map(|r| r.map(|cause| cause.says())).collect();
            if window.possible_from.is_some() || window.usage == Use::KeptOnly {
                let says =
                    text!("the backups of ", kind_of(env), " environments are kept, but not restorable this way");
                reasons.insert(0, WhyNot::of(RuleId::T1, says));
            }
            SourceState::Cannot(reasons)
        }
    }
}

/// The same for a goal: what is restored onto itself only can bring nothing back beside the original (R17).
pub fn source_state_for(goal: Goal, moment: Moment<'_>, env: &Environment) -> SourceState {
    let edition = moment.edition;
    match source_state(moment, env) {
        SourceState::Can(window) if goal == Goal::Beside && remedy::new_target(edition, env).is_none() => {
            let says = text!("the backups of ", kind_of(env), " environments cannot be restored to a new environment");
            let mut reasons = vec![WhyNot::of(RuleId::T1, says)];
            if window.usage == Use::OntoItselfOnly {
                reasons.push(WhyNot::of(RuleId::D3, text!("it can be restored onto itself only")));
            }
            SourceState::Cannot(reasons)
        }
        state => state,
    }
}

/// Why nothing can ever be restored onto an environment, by its kind; `None` where something can, also after a switch from
/// Production (R16), or where the kind is not known.
pub fn never_target(edition: &Edition, env: &Environment) -> Option<WhyNot> {
    let kind = env.kind.get().filter(|k| **k != Kind::Production && !edition.targets.contains(k))?;
    Some(WhyNot::of(RuleId::T1, text!("nothing can be restored onto ", kind, " environments")))
}

fn kind_of(env: &Environment) -> Text {
    env.kind.get().map_or_else(|| text!("this kind of"), Say::says)
}

/// An environment in the list of sources.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceChoice<'a> {
    pub env: &'a Environment,
    pub state: SourceState,
    /// Where the target is chosen already: whether this source can go onto it.
    pub onto: Option<Onto>,
}

/// Whether a source can go onto a target that is chosen already.
#[derive(Clone, Debug, PartialEq)]
pub struct Onto {
    pub outcome: Outcome,
    /// The first thing against it, in lower case; `None` where there is none.
    pub why: Option<Text>,
    pub rules: Vec<RuleId>,
}

/// Judges a source against the chosen target. On the way to Production (R16) the target is judged as the Sandbox that it is to
/// become; the point is not known yet.
fn onto<Z: Zone>(desk: &WizardDesk<'_, Z>, source: &Environment) -> Option<Onto> {
    // On the way to Production the target follows the source until another source is chosen.
    let follows = desk.draft.goal == Goal::ToProduction && desk.draft.target == desk.draft.source;
    let target = desk.target().filter(|_| desk.draft.goal != Goal::Beside && !follows)?;
    let verdict = if desk.draft.goal == Goal::ToProduction && is_production(target) {
        let alone = Tenant { environments: vec![target.clone()].into(), ..Tenant::default() };
        let switched = restore::as_sandbox(&alone, &target.id, desk.now);
        let switched = switched.get(&target.id)?;
        let source = if source.id == target.id { switched } else { source };
        eligibility::judge(desk.edition, source, switched)
    } else {
        eligibility::judge(desk.edition, source, target)
    };
    let outcome = verdict.outcome();
    let against = match outcome {
        Outcome::Eligible => &[] as &[Judgement],
        Outcome::Refused => &verdict.broken,
        Outcome::Unknown => &verdict.unknown,
    };
    Some(Onto {
        outcome,
        why: against.first().map(Say::says),
        rules: against.iter().filter_map(Judgement::rule).collect(),
    })
}

/// The living environments that match the search, those that can be a source first, each group by name. Where the target is
/// chosen already, those that can go onto it lead.
pub fn sources<'a, Z: Zone>(desk: &WizardDesk<'a, Z>) -> Vec<SourceChoice<'a>> {
    let mut all: Vec<SourceChoice<'a>> = desk
        .tenant
        .living()
        .filter(|e| matches(e, &desk.draft.source_search))
        .map(|env| {
            let state = source_state_for(desk.draft.goal, Moment::new(desk.edition, desk.tenant, desk.now), env);
            let onto = if matches!(state, SourceState::Cannot(_)) { None } else { onto(desk, env) };
            SourceChoice { env, state, onto }
        })
        .collect();
    all.order_by_cached_key(|c| {
        let group = match (&c.state, c.onto.as_ref().map(|o| o.outcome)) {
            (SourceState::Can(_), None | Some(Outcome::Eligible)) => 0,
            (SourceState::Can(_), Some(Outcome::Unknown)) => 1,
            (SourceState::Ask(_), None | Some(Outcome::Eligible | Outcome::Unknown)) => 2,
            (_, Some(Outcome::Refused)) => 3,
            (SourceState::Cannot(_), _) => 4,
        };
        (group, c.env.name.to_lowercase(), c.env.id.clone())
    });
    all
}

/// Whether an environment is found by a search: every word of it in the name, id, kind or region, without case.
pub fn matches(env: &Environment, search: &str) -> bool {
    let mut hay = format!("{} {}", env.name, env.id).to_lowercase();
    for part in
        [env.kind.get().map(ToString::to_string), env.region.get().map(ToString::to_string)].into_iter().flatten()
    {
        hay.push(' ');
        hay.push_str(&part.to_lowercase());
    }
    search.to_lowercase().split_whitespace().all(|word| hay.contains(word))
}

/// The target that a restore to Production begins with: the source, where it is a Production environment itself.
fn own_target(tenant: &Tenant, source: Option<&EnvironmentId>) -> Option<EnvironmentId> {
    source.filter(|id| tenant.get(id).is_some_and(|e| e.kind.get() == Some(&Kind::Production))).cloned()
}

/// What a restore to Production begins with: a Production environment is restored to from its own backups unless another
/// source is chosen.
pub fn begin_with(draft: &mut Draft, tenant: &Tenant) {
    if draft.goal != Goal::ToProduction {
        return;
    }
    if draft.source.is_none() {
        draft.source.clone_from(&draft.target);
    }
    if draft.target.is_none() {
        draft.target = own_target(tenant, draft.source.as_ref());
    }
}

/// Chooses another source; what hung on the old one goes.
pub fn choose_source(draft: &mut Draft, tenant: &Tenant, id: &EnvironmentId) {
    if draft.source.as_ref() == Some(id) {
        return;
    }
    let alone = draft.goal == Goal::ToProduction && (draft.target.is_none() || draft.target == draft.source);
    draft.source = Some(id.clone());
    draft.backup = None;
    draft.unconfirm();
    if alone {
        draft.target = own_target(tenant, Some(id));
    }
}

/// Chooses another goal. The target is chosen anew, but a Production environment stays the target of a restore to Production,
/// which begins with its own backups where no source is chosen yet.
pub fn choose_goal(draft: &mut Draft, tenant: &Tenant, goal: Goal) {
    if draft.goal == goal {
        return;
    }
    draft.goal = goal;
    draft.unconfirm();
    draft.target = if goal == Goal::ToProduction {
        own_target(tenant, draft.target.as_ref()).or_else(|| own_target(tenant, draft.source.as_ref()))
    } else {
        None
    };
    begin_with(draft, tenant);
}

/// Leaves the target to be chosen after the point, as usual.
pub fn forget_target(draft: &mut Draft) {
    draft.target = None;
    draft.unconfirm();
}

/// An environment in the list of targets, judged against the source.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetChoice<'a> {
    pub env: &'a Environment,
    /// The source itself.
    pub itself: bool,
    pub outcome: Outcome,
    /// For an ordinary restore.
    pub verdict: Verdict,
    /// For a restore to Production: what the plan's own checks say against it.
    pub checks: Vec<Check>,
    /// What stops a restore at this moment (T7, T9), whatever the outcome. An unknown gate is a caution and not among them.
    pub gates: Vec<Judgement>,
    /// What may stop a restore at this moment (T9, R20): a caution, and no reason to call it sure. Unknown storage (T7) is a
    /// question of the tenant and not among them.
    pub doubts: Vec<Judgement>,
}

impl TargetChoice<'_> {
    /// How it stands at this moment, whatever the outcome.
    pub fn at_this_moment(&self) -> AtThisMoment {
        AtThisMoment::of(&self.gates, &self.doubts)
    }

    /// Eligible, and nothing stands in the way at this moment.
    pub fn eligible_now(&self) -> bool {
        self.outcome == Outcome::Eligible && self.at_this_moment() < AtThisMoment::Stopped
    }

    /// The same, and nothing is in doubt.
    pub fn sure_now(&self) -> bool {
        self.outcome == Outcome::Eligible && self.at_this_moment() == AtThisMoment::Open
    }

    /// Unknown, and nothing that anybody could answer would settle it: the service and the rules say different things (T10).
    pub fn only_a_try_tells(&self) -> bool {
        self.outcome == Outcome::Unknown && self.checks.is_empty() && self.verdict.questions().is_empty()
    }

    /// The rules that refuse it, or that are open.
    pub fn rules(&self) -> Vec<RuleId> {
        let judged = match self.outcome {
            Outcome::Refused => &self.verdict.broken,
            _ => &self.verdict.unknown,
        };
        judged.iter().filter_map(Judgement::rule).chain(self.checks.iter().filter_map(Check::rule)).collect()
    }

    /// The rule that refuses it first.
    pub fn first_rule(&self) -> Option<RuleId> {
        self.verdict.broken.first().and_then(Judgement::rule).or_else(|| self.checks.first().and_then(Check::rule))
    }

    /// The first thing against it, in lower case.
    pub fn first_reason(&self) -> Text {
        let judged = self.verdict.broken.first().or(self.verdict.unknown.first());
        match (judged, self.checks.first()) {
            (Some(judged), _) => judged.says(),
            (None, check) => check.map(Check::clause).says(),
        }
    }

    /// That it is eligible by the service's list of candidates, or by the rules and the list alike (T10): when the service was
    /// asked, and what that settles. About *the source* and *the target*.
    pub fn listed(&self) -> Option<&Judgement> {
        self.verdict.met.iter().find(|j| j.is_of(RuleId::T10) && self.outcome == Outcome::Eligible)
    }

    /// The open questions, without repetition, with the environment that each is about.
    pub fn asks(&self, source: &EnvironmentId) -> Vec<(EnvironmentId, FactKey)> {
        let questions =
            self.verdict.unknown.iter().flat_map(|j| &j.asks).chain(self.checks.iter().flat_map(|c| &c.said.asks));
        let mut out: Vec<(EnvironmentId, FactKey)> = Vec::new();
        for Question { role, fact } in questions {
            let id = match role {
                Role::Source => source.clone(),
                Role::Target => self.env.id.clone(),
            };
            if !out.contains(&(id.clone(), *fact)) {
                out.push((id, *fact));
            }
        }
        out
    }
}

/// Judges one target for the goal of the draft, and what stands in the way at this moment.
pub fn target<'a, Z: Zone>(desk: &WizardDesk<'_, Z>, source: &Environment, env: &'a Environment) -> TargetChoice<'a> {
    let mut choice = match desk.draft.goal {
        Goal::ToProduction => production_target(desk, env),
        _ => ordinary_target(desk.edition, source, env),
    };
    let moment = eligibility::gates(Moment::new(desk.edition, desk.tenant, desk.now), source, env);
    choice.doubts = eligibility::doubts(desk.edition, &moment, choice.itself);
    choice.gates = moment.broken;
    choice
}

/// Judges one target of an ordinary restore.
fn ordinary_target<'a>(edition: &Edition, source: &Environment, env: &'a Environment) -> TargetChoice<'a> {
    let verdict = eligibility::judge(edition, source, env);
    TargetChoice {
        env,
        itself: source.id == env.id,
        outcome: verdict.outcome(),
        verdict,
        checks: Vec::new(),
        gates: Vec::new(),
        doubts: Vec::new(),
    }
}

/// Judges one target of a restore to Production (R16), by what the plan itself would be refused for; nothing is known without a
/// point.
fn production_target<'a, Z: Zone>(desk: &WizardDesk<'_, Z>, env: &'a Environment) -> TargetChoice<'a> {
    let mut choice = TargetChoice {
        env,
        itself: desk.draft.source.as_ref() == Some(&env.id),
        outcome: Outcome::Eligible,
        verdict: Verdict::default(),
        checks: Vec::new(),
        gates: Vec::new(),
        doubts: Vec::new(),
    };
    let (Some(source), Some(point)) = (desk.draft.source.clone(), desk.chosen_point()) else { return choice };
    let request = RestoreRequest {
        source,
        target: env.id.clone(),
        point,
        include_audit_logs: desk.draft.include_audit_logs,
        new_name: None,
        special_apps: Vec::new(),
    };
    // The two alone decide, and the check copies the tenant that it is given.
    let pair = desk.tenant.environments.iter().filter(|e| e.id == request.source || e.id == request.target);
    let pair =
        Tenant { environments: pair.cloned().collect(), capacity: desk.tenant.capacity.clone(), ..Tenant::default() };
    choice.checks =
        restore::check_purpose(Moment::new(desk.edition, &pair, desk.now), &Purpose::RestoreToProduction(request))
            .into_iter()
            .filter(|c| c.weight <= Weight::Ask && super::mended_for(c, Some(env)) == WizardStep::Target)
            .collect();
    choice.outcome = match choice.checks.iter().map(|c| c.weight).min() {
        Some(Weight::Stop) => Outcome::Refused,
        Some(_) => Outcome::Unknown,
        None => Outcome::Eligible,
    };
    choice
}

/// The targets that match the search: eligible first, then unknown, then refused, in each those last that are
/// stopped at this moment; the source itself leads its group.
pub fn targets<'a, Z: Zone>(desk: &WizardDesk<'a, Z>) -> Vec<TargetChoice<'a>> {
    let Some(source) = desk.source() else { return Vec::new() };
    let mut all: Vec<TargetChoice<'a>> = desk
        .tenant
        .living()
        .filter(|e| matches(e, &desk.draft.target_search))
        .filter(|e| desk.draft.goal != Goal::ToProduction || e.kind.get().is_none_or(|k| *k == Kind::Production))
        .map(|env| target(desk, source, env))
        .collect();
    all.order_by_cached_key(|c| {
        (c.outcome, !c.gates.is_empty(), !c.itself, c.env.name.to_lowercase(), c.env.id.clone())
    });
    all
}

/// The smallest mend of the pair of source and `env`.
pub fn mend<Z: Zone>(desk: &WizardDesk<'_, Z>, env: &Environment) -> Option<Mend> {
    desk.source().map(|source| remedy::mend(desk.edition, source, env))
}
