//! One environment judged: whether it can be brought back today, by which ways, and what is wrong with it.

use super::super::capacity::balance;
use super::super::edition::{BASE_RETENTION_DAYS, Edition, RETENTION_CHOICES};
use super::super::eligibility::{Counts, Matrix, Outcome, left_disabled, matrix};
use super::super::environment::{Environment, EnvironmentId, Key, Kind, Operation, RuntimeState};
use super::super::life::setting_counts;
use super::super::restore::{SAFE_LEAD, SEVEN_DAYS};
use super::super::retention::{self, Reason, Window, window};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::ways::{AllWays, ClassWays};
use super::weights::importance;
use super::{Back, Prospect, Trouble, Ways};
use chrono::{DateTime, Utc};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// The facts that the table of retention looks at.
type RetentionFacts = (Option<Kind>, Option<bool>, Option<bool>, Option<u32>, Option<bool>);

/// Everything that is worked out once for the tenant.
pub(super) struct Judge<'a> {
    edition: &'a Edition,
    pub(super) tenant: &'a Tenant,
    now: DateTime<Utc>,
    planned: &'a BTreeSet<EnvironmentId>,
    pub(super) ways: AllWays,
    /// The pairs under the newest edition, where that is another.
    newest: Option<(&'static Edition, Matrix)>,
    /// By class of equal facts, whether the newest edition leaves no sure target.
    left_alone: RefCell<HashMap<usize, bool>>,
    /// Days under the newest edition, sure and possible, by what they depend on where nothing has changed.
    days: RefCell<HashMap<RetentionFacts, (u32, u32)>>,
    storage: Storage,
}

/// T7 for the whole tenant.
#[derive(Clone, Debug, PartialEq)]
enum Storage {
    Enough,
    /// Why not, a sentence.
    Short(String),
    Unknown(String),
}

/// Whether a trouble is about the tenant and not about single environments.
pub(super) fn is_of_tenant(trouble: Trouble) -> bool {
    matches!(trouble, Trouble::NoStorage | Trouble::UnknownStorage)
}

impl<'a> Judge<'a> {
    pub fn new(
        edition: &'a Edition,
        tenant: &'a Tenant,
        now: DateTime<Utc>,
        planned: &'a BTreeSet<EnvironmentId>,
    ) -> Self {
        let newest = Edition::newest();
        Self {
            edition,
            tenant,
            now,
            planned,
            ways: AllWays::new(edition, tenant),
            newest: (newest != edition).then(|| (newest, matrix(newest, tenant))),
            left_alone: RefCell::default(),
            days: RefCell::default(),
            storage: storage(tenant),
        }
    }

    /// What is wrong with the storage.
    pub fn storage(&self) -> Option<Trouble> {
        match self.storage {
            Storage::Enough => None,
            Storage::Short(_) => Some(Trouble::NoStorage),
            Storage::Unknown(_) => Some(Trouble::UnknownStorage),
        }
    }

    pub fn detail(&self, trouble: Trouble) -> Option<String> {
        match (&self.storage, is_of_tenant(trouble)) {
            (Storage::Short(says) | Storage::Unknown(says), true) => Some(says.clone()),
            _ => None,
        }
    }

    pub fn prospect(&self, place: usize, env: &Environment) -> Prospect {
        let window = window(self.edition, env, self.now);
        let none = ClassWays::default();
        let class = self.ways.of(place).unwrap_or(&none);
        let ways = Ways {
            targets: Counts { eligible: class.eligible, unknown: class.unknown, refused: class.refused },
            free: self.ways.free_targets(place),
            examples: self.ways.examples(place),
            itself: class.itself,
            through_sandbox: class.through_sandbox,
            beside: class.beside,
            closed: self.left_disabled(env),
        };
        let (today, reasons) = self.today(env, &window, &ways);
        let troubles = self.troubles(place, env, &window, &ways, class);
        let (sure_from, possible_from) = reach(&window, &ways, self.now);
        let counts = importance(env.kind.get());
        let environment = env.id.clone();
        Prospect { environment, place, today, reasons, window, sure_from, possible_from, ways, troubles, counts }
    }

    /// Whether it can be brought back today, and why no better.
    fn today(&self, env: &Environment, window: &Window, ways: &Ways) -> (Back, Vec<Reason>) {
        let mut worst = Worst { back: Back::Surely, reasons: Vec::new() };
        // A point.
        match point(env, window, self.now) {
            Back::Surely => {}
            answer => {
                let perhaps = window.possible_from.is_some();
                let mut why = if perhaps { &window.guaranteed_reasons } else { &window.possible_reasons };
                if why.is_empty() {
                    why = &window.retention.reasons;
                }
                let says =
                    why.first().cloned().unwrap_or(Reason { rule: RuleId::R1, says: "No point of it is sure".into() });
                worst.add(answer, says);
            }
        }
        // A way.
        match best(ways) {
            Outcome::Refused => {
                let kind = env.kind.get().map_or_else(|| "this kind".to_string(), Kind::to_string);
                let (rule, says) = if env.dataverse.get() == Some(&false) {
                    (RuleId::K7, "It has no Dataverse database, so it has no backups".to_string())
                } else {
                    (
                        RuleId::T1,
                        format!("No restore of a {kind} environment is known, neither onto itself nor onto another"),
                    )
                };
                worst.add(Back::Not, Reason { rule, says });
            }
            Outcome::Unknown => {
                let says = "Whether any way back is open depends on a fact that is not known".to_string();
                worst.add(Back::NotKnown, Reason { rule: RuleId::T1, says });
            }
            Outcome::Eligible if !is_sure(ways) => {
                let (rule, says) = if ways.targets.eligible > 0 {
                    (RuleId::T9, "Every environment that it could be restored to is occupied at this moment")
                } else {
                    (RuleId::R17, "Only a new environment could be its target, and that has to be created first")
                };
                worst.add(Back::Possibly, Reason { rule, says: says.to_string() });
            }
            Outcome::Eligible => {}
        }
        self.moment(env, ways, &mut worst);
        worst.reasons.sort_by_key(|(back, _)| std::cmp::Reverse(*back));
        (worst.back, worst.reasons.into_iter().map(|(_, reason)| reason).collect())
    }

    /// The gates of the moment: T7, T9, R20.
    fn moment(&self, env: &Environment, ways: &Ways, worst: &mut Worst) {
        match &self.storage {
            Storage::Enough => {}
            Storage::Short(says) => worst.add(Back::Not, Reason { rule: RuleId::T7, says: says.clone() }),
            Storage::Unknown(says) => worst.add(Back::Possibly, Reason { rule: RuleId::T7, says: says.clone() }),
        }
        match env.activity.as_ref().map(|a| &a.what) {
            None => {}
            Some(Operation::Other(raw)) => {
                let says = format!("The service reports “{raw}”; whether that stops a restore is not known");
                worst.add(Back::Possibly, Reason { rule: RuleId::T9, says });
            }
            Some(what) => {
                let says = format!("It is occupied at this moment: {what}");
                worst.add(Back::Not, Reason { rule: RuleId::T9, says });
            }
        }
        if self.left_disabled(env) {
            let says = "A failed restore left it disabled; until that is mended it can be retried only as the target";
            let back = if ways.itself == Outcome::Eligible { Back::Possibly } else { Back::Not };
            worst.add(back, Reason { rule: RuleId::R20, says: says.to_string() });
        }
    }

    fn left_disabled(&self, env: &Environment) -> bool {
        left_disabled(self.edition, env).is_some()
    }

    /// What is wrong with it: at most one trouble of each question.
    fn troubles(
        &self,
        place: usize,
        env: &Environment,
        window: &Window,
        ways: &Ways,
        class: &ClassWays,
    ) -> Vec<Trouble> {
        let mut found = Vec::new();
        let whether = whether(env, window, ways, self.now);
        found.extend(whether);
        if whether == Some(Trouble::DefaultUnpromised) {
            // Whatever else is asked about it would change nothing.
        } else if matches!(whether, None | Some(Trouble::OnlyPossible)) {
            found.extend(onto_what(env, ways, class));
            let how_far = self.how_far(env, window);
            found.extend(how_far);
            // While the days of today are not known, those of the newest edition settle nothing.
            if how_far != Some(Trouble::UnknownRetention) {
                found.extend(self.newest_keeps_less(env, window));
            }
            found.extend(self.newest_refuses(place, ways));
        }
        if self.left_disabled(env) {
            found.push(Trouble::FailedRestore);
        }
        if window.has_asleep() {
            found.push(Trouble::FormerProduction);
        }
        let in_mode = env.state.get() == Some(&RuntimeState::AdminMode);
        if env.activity.is_some() {
            found.push(Trouble::Occupied);
        } else if in_mode && env.running.is_none() && !self.planned.contains(&env.id) {
            found.push(Trouble::AdministrationMode);
        }
        found.sort_by_key(|t| (std::cmp::Reverse(t.weight().points), *t));
        found
    }

    fn how_far(&self, env: &Environment, window: &Window) -> Option<Trouble> {
        let days = &window.retention;
        if !window.asks.is_empty() {
            return Some(Trouble::UnknownRetention);
        }
        let most = RETENTION_CHOICES.last().copied().unwrap_or(BASE_RETENTION_DAYS);
        let counts = setting_counts(self.edition, env);
        // A setting that was raised and still settles (K4) is mended already.
        let raised = env.retention_setting.get().is_some_and(|set| *set > BASE_RETENTION_DAYS);
        let enough = raised || days.guaranteed_days > BASE_RETENTION_DAYS || BASE_RETENTION_DAYS >= most;
        if enough || !counts.any {
            return None;
        }
        if !counts.all {
            return Some(Trouble::UnknownRetention);
        }
        let grouped = matches!(env.group.get(), Some(Some(_)));
        Some(if grouped { Trouble::GroupMayLock } else { Trouble::OnlySevenDays })
    }

    fn newest_keeps_less(&self, env: &Environment, window: &Window) -> Option<Trouble> {
        let (newest, _) = self.newest.as_ref()?;
        let days = || {
            let days = retention::system_retention(newest, env, self.now);
            (days.guaranteed_days, days.possible_days)
        };
        let (sure, possible) = if env.history.is_empty() {
            let facts = (
                env.kind.get().cloned(),
                env.dynamics.get().copied(),
                env.managed.get().copied(),
                env.retention_setting.get().copied(),
                env.dataverse.get().copied(),
            );
            *self.days.borrow_mut().entry(facts).or_insert_with(days)
        } else {
            // A change may still be settling: then it is not the facts alone that decide.
            days()
        };
        let less = sure < window.retention.guaranteed_days || possible < window.retention.possible_days;
        less.then_some(Trouble::NewestKeepsLess)
    }

    fn newest_refuses(&self, place: usize, ways: &Ways) -> Option<Trouble> {
        let (_, newest) = self.newest.as_ref()?;
        if ways.targets.eligible == 0 || ways.itself == Outcome::Eligible {
            return None;
        }
        let alone = || newest.targets_of(place).eligible == 0 && newest.onto_itself(place) != Outcome::Eligible;
        let class = newest.class_of(place)?;
        let lost = *self.left_alone.borrow_mut().entry(class).or_insert_with(alone);
        lost.then_some(Trouble::NewestRefuses)
    }
}

/// The answer so far, with why.
struct Worst {
    back: Back,
    reasons: Vec<(Back, Reason)>,
}

impl Worst {
    fn add(&mut self, back: Back, reason: Reason) {
        self.back = self.back.max(back);
        self.reasons.push((back, reason));
    }
}

fn storage(tenant: &Tenant) -> Storage {
    let Some(balance) = tenant.capacity.get().map(balance) else {
        return Storage::Unknown("The free storage of the tenant is not known; a restore needs 1 GB".into());
    };
    let says = balance.reasons.last().map(|r| r.says.clone()).unwrap_or_default();
    match balance.has_room() {
        Some(true) => Storage::Enough,
        Some(false) => Storage::Short(says),
        None => Storage::Unknown(says),
    }
}

/// Whether there is a point to go back to. A guarantee that does not reach back a day promises nothing to somebody who notices
/// a mishap the next morning, unless the environment itself is as young.
fn point(env: &Environment, window: &Window, now: DateTime<Utc>) -> Back {
    let a_day_ago = now.checked_sub_signed(SAFE_LEAD).unwrap_or(now);
    let young = env.created.get().is_some_and(|at| *at > a_day_ago);
    match (window.guaranteed_from, window.possible_from) {
        (Some(from), _) if from <= a_day_ago || young => Back::Surely,
        (Some(_), _) => Back::Possibly,
        // Facts that would make something sure.
        (None, _) if !window.asks.is_empty() => Back::NotKnown,
        (None, Some(_)) => Back::Possibly,
        (None, None) => Back::Not,
    }
}

/// The best outcome of all ways.
fn best(ways: &Ways) -> Outcome {
    let targets = match ways.targets {
        Counts { eligible: 1.., .. } => Outcome::Eligible,
        Counts { unknown: 1.., .. } => Outcome::Unknown,
        _ => Outcome::Refused,
    };
    [targets, ways.itself, ways.beside].into_iter().chain(ways.through_sandbox).min().unwrap_or(Outcome::Refused)
}

/// Whether a way is open for which nothing has to be made first: onto itself, through Sandbox, or onto a free target.
fn is_sure(ways: &Ways) -> bool {
    ways.free > 0 || ways.itself == Outcome::Eligible || ways.through_sandbox == Some(Outcome::Eligible)
}

/// Can it come back at all?
fn whether(env: &Environment, window: &Window, ways: &Ways, now: DateTime<Utc>) -> Option<Trouble> {
    if env.kind.get() == Some(&Kind::Default) {
        return Some(Trouble::DefaultUnpromised);
    }
    if env.dataverse.get() == Some(&false) {
        return Some(Trouble::NoDataverse);
    }
    match (best(ways), point(env, window, now)) {
        (Outcome::Refused, _) => Some(Trouble::NoWay),
        (_, Back::Not) => Some(Trouble::OnlyPossible),
        (Outcome::Unknown, _) | (_, Back::NotKnown) => Some(Trouble::UnknownWhether),
        // A fact decides how far the guarantee reaches: that is asked below.
        (_, Back::Possibly) if window.guaranteed_from.is_some() && !window.asks.is_empty() => None,
        (_, Back::Possibly) => Some(Trouble::OnlyPossible),
        (Outcome::Eligible, Back::Surely) => None,
    }
}

/// Onto which environment that is there already? That none is known hurts little where it can be restored onto itself.
fn onto_what(env: &Environment, ways: &Ways, class: &ClassWays) -> Option<Trouble> {
    if ways.targets.eligible > 0 {
        return None;
    }
    if ways.itself != Outcome::Refused {
        return (ways.targets.unknown > 0).then_some(Trouble::UnknownElsewhere);
    }
    if ways.targets.unknown > 0 {
        return Some(Trouble::UnknownTarget);
    }
    let has_key = matches!(env.key.get(), Some(Key::Customer(_)));
    Some(if class.based && has_key && !class.key_fits {
        Trouble::KeyWithoutTarget
    } else if class.based && env.managed.get() == Some(&true) && !class.managed_fits {
        Trouble::ManagedWithoutTarget
    } else {
        Trouble::NoTarget
    })
}

/// The oldest instants that a sure way surely reaches, and that any way may reach.
fn reach(window: &Window, ways: &Ways, now: DateTime<Utc>) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let seven = now.checked_sub_signed(SEVEN_DAYS).unwrap_or(now);
    let sure = if ways.free > 0 || ways.itself == Outcome::Eligible {
        window.guaranteed_from
    } else if is_sure(ways) {
        window.guaranteed_from.map(|from| from.max(seven))
    } else {
        None
    };
    let others = ways.targets.eligible > 0 || ways.targets.unknown > 0;
    let possible = if others || ways.itself != Outcome::Refused || ways.beside != Outcome::Refused {
        window.possible_from
    } else if best(ways) != Outcome::Refused {
        window.possible_from.map(|from| from.max(seven))
    } else {
        None
    };
    (sure, possible)
}
