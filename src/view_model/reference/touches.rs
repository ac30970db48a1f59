//! Which of the user's own environments a rule touches, and how.
//!
//! An environment is touched where something that is said of it names the rule: a bound of what is kept of it, what happens to it next,
//! what stops it at this moment, or pairs in which it is the source. Nothing is decided here.

use crate::domain::edition::Edition;
use crate::domain::eligibility::{Counts, Matrix, Outcome, Standing, Standings, left_disabled, matrix};
use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::life::of_environment;
use crate::domain::moment::Moment;
use crate::domain::retention::{Reason, window};
use crate::domain::rule::RuleId;
use crate::domain::slowly::{STEP, at_once};
use crate::view_model::periods::ignored_setting;
use crate::words::{Names, Say, Text};
use chrono::{DateTime, Utc};

/// So many environments are named; all are counted.
pub const NAMED: usize = 8;

/// The environments that a rule touches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touches {
    /// The first ones, in the tenant's order.
    pub named: Vec<Touch>,
    pub all: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    pub environment: EnvironmentId,
    pub name: String,
    pub how: How,
}

/// How a rule touches an environment.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// Its stored setting of so many days counts for nothing.
    Ignored(u32),
    /// What is said of it.
    Said(Text),
    /// What happens to it at an instant (UTC).
    Coming(DateTime<Utc>, Text),
    /// Of so many targets, itself among them, the rule stops some, and of some it is not known.
    Targets { stopped: usize, not_known: usize, of: usize },
}

/// In one go; see [`touches_slowly`].
pub fn touches(moment: Moment<'_>, rule: RuleId) -> Touches {
    at_once(touches_slowly(moment, rule, async || true)).unwrap_or_default()
}

/// What a rule touches, in steps; `None`: `goes_on`, which is asked after each, stopped it.
pub async fn touches_slowly(
    moment: Moment<'_>,
    rule: RuleId,
    mut goes_on: impl AsyncFnMut() -> bool,
) -> Option<Touches> {
    let Moment { edition, tenant, now } = moment;
    let pairs = Pairs::slowly(&matrix(edition, tenant), rule, &mut goes_on).await?;
    let mut out = Touches::default();
    for (place, env) in tenant.environments.iter().enumerate() {
        if place % STEP == 0 && !goes_on().await {
            return None;
        }
        let Some(how) = said(edition, env, now, rule).or_else(|| pairs.of(place, env)) else { continue };
        out.all += 1;
        if out.named.len() < NAMED {
            out.named.push(Touch { environment: env.id.clone(), name: env.name.clone(), how });
        }
    }
    Some(out)
}

/// What is said of one environment that names the rule; the most telling.
fn said(edition: &Edition, env: &Environment, now: DateTime<Utc>, rule: RuleId) -> Option<How> {
    let living = env.deleted.is_none();
    if let Some(days) = ignored_setting(edition, env).filter(|_| living && rule == RuleId::K3) {
        return Some(How::Ignored(days));
    }
    let disabled = left_disabled(edition, env).filter(|judged| living && judged.rules.contains(&rule));
    if let Some(judged) = disabled {
        let named = judged.says().named(&Names::bare(&env.name, &env.name, true));
        return Some(How::Said(named.capital()));
    }
    if living {
        let window = window(edition, env, now);
        let of_gaps = window.gaps.iter().flat_map(|gap| &gap.reasons);
        let reasons = window.guaranteed_reasons.iter().chain(&window.possible_reasons).chain(&window.retention.reasons);
        let names = |reason: &&Reason| reason.rules.contains(&rule);
        if let Some(reason) = reasons.chain(of_gaps).find(names) {
            return Some(How::Said(reason.says().capital()));
        }
    }
    let next = of_environment(edition, env, now).into_iter().find(|next| next.said.rules.contains(&rule))?;
    Some(How::Coming(next.at, next.says().sentence()))
}

/// How often a rule is broken, or not known, by class of the source.
struct Pairs {
    /// By place: its class, where it lives.
    class_of: Vec<Option<usize>>,
    /// By class: broken counts as refused, of all its members together.
    counts: Vec<Counts>,
    living: Vec<usize>,
}

impl Pairs {
    async fn slowly(matrix: &Matrix, rule: RuleId, goes_on: &mut impl AsyncFnMut() -> bool) -> Option<Self> {
        // Of a rule that no pair is judged by, nothing is broken.
        let alone = |standings: Standings| match standings.of_judged(rule) {
            Some(Standing::Broken) => Outcome::Refused,
            Some(Standing::Unknown) => Outcome::Unknown,
            Some(Standing::Met) | None => Outcome::Eligible,
        };
        let living = matrix.members().iter().map(Vec::len).collect();
        let class_of = (0..matrix.len()).map(|place| matrix.class_of(place)).collect();
        Some(Self { class_of, counts: matrix.totals_slowly(alone, goes_on).await?.of_source, living })
    }

    fn of(&self, place: usize, env: &Environment) -> Option<How> {
        let class = self.class_of.get(place).copied().flatten().filter(|_| env.deleted.is_none())?;
        let members = *self.living.get(class).filter(|members| **members > 0)?;
        let counts = self.counts.get(class)?;
        let (stopped, not_known, of) = (counts.refused / members, counts.unknown / members, counts.all() / members);
        (stopped + not_known > 0).then_some(How::Targets { stopped, not_known, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::environment::{Key, Kind, Region};
    use crate::domain::fact::{Fact, Origin};
    use crate::domain::tenant::Tenant;
    use chrono::TimeDelta;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn known<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Sample, now())
    }

    fn env(id: &str, kind: Kind, key: Option<Key>) -> Environment {
        let mut env = Environment::new(id);
        env.name = id.to_string();
        env.kind = known(kind);
        env.region = known(Region::new("europe"));
        env.dataverse = known(true);
        env.dynamics = known(false);
        env.managed = known(false);
        env.created = known(now() - TimeDelta::days(400));
        env.key = key.map_or_else(Fact::unknown, known);
        env
    }

    fn own() -> Option<Key> {
        Some(Key::Customer(Some("vault".into())))
    }

    fn of(envs: Vec<Environment>, rule: RuleId) -> Vec<(String, How)> {
        let tenant = Tenant { environments: envs.into_iter().collect(), ..Tenant::default() };
        let found = touches(Moment::new(Edition::default_edition(), &tenant, now()), rule);
        found.named.into_iter().map(|touch| (touch.name, touch.how)).collect()
    }

    #[test]
    fn a_rule_of_pairs_touches_the_sources_that_it_stops() {
        let envs = || {
            vec![
                env("vault", Kind::Sandbox, own()),
                env("test", Kind::Sandbox, own()),
                env("plain", Kind::Sandbox, Some(Key::Microsoft)),
                env("unknown", Kind::Sandbox, None),
            ]
        };
        let one_of = How::Targets { stopped: 1, not_known: 1, of: 4 };
        let perhaps = How::Targets { stopped: 0, not_known: 1, of: 4 };
        assert_eq!(
            of(envs(), RuleId::T5),
            [("vault".into(), one_of.clone()), ("test".into(), one_of), ("unknown".into(), perhaps)]
        );
        assert_eq!(of(envs(), RuleId::T2), []);
    }

    #[test]
    fn a_setting_that_counts_for_nothing_is_named() {
        let mut sandbox = env("s", Kind::Sandbox, own());
        sandbox.retention_setting = known(21);
        assert_eq!(of(vec![sandbox], RuleId::K3), [("s".into(), How::Ignored(21))]);
    }

    #[test]
    fn what_is_said_of_what_is_kept_names_its_rules() {
        let mut without = env("w", Kind::Sandbox, own());
        without.dataverse = known(false);
        let all = of(vec![without, env("s", Kind::Sandbox, own())], RuleId::K7);
        assert!(matches!(all.as_slice(), [(name, How::Said(_))] if name == "w"), "{all:?}");
    }

    #[test]
    fn of_many_a_few_are_named_and_all_are_counted() {
        let envs: Vec<Environment> = (0..40).map(|n| env(&format!("e{n}"), Kind::Production, own())).collect();
        let tenant = Tenant { environments: envs.into_iter().collect(), ..Tenant::default() };
        let found = touches(Moment::new(Edition::default_edition(), &tenant, now()), RuleId::T1);
        assert_eq!((found.named.len(), found.all), (NAMED, 40));
    }

    #[test]
    fn a_rule_about_the_restore_itself_touches_none() {
        assert_eq!(of(vec![env("s", Kind::Sandbox, own())], RuleId::R13), []);
    }
}
