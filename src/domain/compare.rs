//! Two editions side by side, for one tenant: the pairs and environments whose answer changes.

use super::edition::Edition;
use super::eligibility::{self, Judgement, Matrix, Outcome, Swing, judge, matrix};
use super::environment::{Environment, EnvironmentId};
use super::retention::{Alike, Use, Window, window};
use super::rule::RuleId;
use super::slowly::{STEP, at_once};
use super::tenant::Tenant;
use crate::domain::order::Order as _;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A pair whose outcome changes. Source and target are the same where it is about restoring onto itself.
#[derive(Clone, Debug, PartialEq)]
pub struct PairChange {
    pub source: EnvironmentId,
    pub target: EnvironmentId,
    pub before: Outcome,
    pub after: Outcome,
}

impl PairChange {
    /// Whether `after` is a worse outcome.
    pub fn worse(&self) -> bool {
        self.after > self.before
    }
}

/// How many pairs change from one outcome to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub before: Outcome,
    pub after: Outcome,
    pub pairs: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WindowChange {
    pub environment: EnvironmentId,
    pub before: Arc<Window>,
    pub after: Arc<Window>,
    /// Whether `after` promises less, or promises the same and leaves less possible.
    pub worse: bool,
}

/// Only what differs.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Comparison {
    /// Pairs whose outcome changes, the greatest losses first, then in the tenant's order: at most [`MOST_PAIRS`] of them, `tallies` counts all.
    pub pairs: Vec<PairChange>,
    /// Every change of outcome that occurs, with the number of its pairs, the greatest losses first.
    pub tallies: Vec<Tally>,
    /// The living environments whose window changes, in the tenant's order.
    pub windows: Vec<WindowChange>,
}

/// How many changed pairs are named. In a large tenant one new rule can change millions; a list of those helps nobody.
pub const MOST_PAIRS: usize = 1000;

impl Comparison {
    /// How many pairs change, named or not.
    pub fn changed_pairs(&self) -> usize {
        self.tallies.iter().map(|t| t.pairs).sum()
    }
}

/// What changes for `tenant` at `now` (UTC) when `after` is used instead of `before`. Deleted environments are left out.
pub fn compare(before: &Edition, after: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Comparison {
    at_once(compare_slowly(before, after, tenant, now, async || true)).unwrap_or_default()
}

/// The same in steps; `None`: `goes_on`, which is asked after each, stopped it.
pub async fn compare_slowly(
    before: &Edition,
    after: &Edition,
    tenant: &Tenant,
    now: DateTime<Utc>,
    mut goes_on: impl AsyncFnMut() -> bool,
) -> Option<Comparison> {
    let old = matrix(before, tenant);
    let new = old.by(after);
    let mut changes = PairChanges::of(tenant, &old, &new);
    for (n, (class, changed)) in old.changes(&new).enumerate() {
        if n % CLASSES == 0 && !goes_on().await {
            return None;
        }
        changes.add(class, changed);
    }
    let (pairs, tallies) = changes.told();
    let (mut windows, alike) = (Vec::new(), Alike::new(&[before, after], now));
    for (n, env) in tenant.living().enumerate() {
        if n % STEP == 0 && !goes_on().await {
            return None;
        }
        let change = alike.of(env, || window_change(before, after, env, now));
        windows.extend(change.map(|(before, after, worse)| {
            let environment = env.id.clone();
            WindowChange { environment, before, after, worse }
        }));
    }
    Some(Comparison { pairs, tallies, windows })
}

/// The places of the environments of one class in the tenant.
type Members = Vec<usize>;

/// So many classes are compared with all others before somebody else has a turn.
const CLASSES: usize = 64;

/// How many there are, and the first of them, each by its two places.
type Counted = (Tally, Vec<(usize, usize)>);

/// What is found of the pairs.
struct PairChanges<'a> {
    tenant: &'a Tenant,
    /// A class is made of facts, not of rules: both have the same classes, and their pairs the same order.
    old: &'a Matrix,
    new: &'a Matrix,
    /// The living members of each class.
    classes: Vec<Members>,
    /// The greatest losses first, equal changes together.
    found: BTreeMap<(i32, Outcome), Counted>,
}

impl<'a> PairChanges<'a> {
    fn of(tenant: &'a Tenant, old: &'a Matrix, new: &'a Matrix) -> Self {
        Self { tenant, classes: old.members(), old, new, found: BTreeMap::new() }
    }

    /// All pairs whose source is of that class, of which it is known which classes stand in another way, or where that goes by pairs.
    fn add(&mut self, class: usize, changed: Option<Vec<Swing>>) {
        let classes = std::mem::take(&mut self.classes);
        let none = Vec::new();
        let members = |class: usize| classes.get(class).unwrap_or(&none);
        let sources = members(class);
        if let Some(changed) = changed {
            for (target, was, is) in changed {
                self.put(was, is, Group::Others(sources, members(target)));
            }
        } else if let Some(source) = sources.first() {
            let (was, is) = (self.old.pairs_of(class), self.new.pairs_of(class));
            for (was, is) in was.into_iter().zip(is).filter(|(was, _)| !was.itself) {
                let meant = |target: &usize| target != source && self.old.said(*source, *target) == was.said;
                let targets = members(was.target).iter().copied().filter(meant).collect();
                self.put(was.standings.outcome(), is.standings.outcome(), Group::Listed(*source, targets));
            }
        }
        if let Some(one) = sources.first() {
            self.put(self.old.onto_itself(*one), self.new.onto_itself(*one), Group::Selves(sources));
        }
        self.classes = classes;
    }

    fn put(&mut self, before: Outcome, after: Outcome, group: Group<'_>) {
        let many = group.len();
        if before == after || many == 0 {
            return;
        }
        let none = || (Tally { before, after, pairs: 0 }, Vec::new());
        let (tally, named) = self.found.entry((before as i32 - after as i32, before)).or_insert_with(none);
        tally.pairs += many;
        named.extend(group.pairs().take(MOST_PAIRS - named.len()));
    }

    fn told(mut self) -> (Vec<PairChange>, Vec<Tally>) {
        self.found.values_mut().for_each(|(_, named)| named.order());
        let id = |i: usize| self.tenant.environments.get(i).map(|env| env.id.clone());
        let pairs = self.found.values().flat_map(|(t, named)| named.iter().map(|pair| (t.before, t.after, *pair)));
        let named = pairs
            .filter_map(|(before, after, (s, t))| Some(PairChange { source: id(s)?, target: id(t)?, before, after }))
            .take(MOST_PAIRS)
            .collect();
        (named, self.found.values().map(|(tally, _)| *tally).collect())
    }
}

/// Pairs that have equal facts.
enum Group<'a> {
    /// Each source with each target, not with itself.
    Others(&'a Members, &'a Members),
    /// One source with those targets of a class of which its list of candidates says the same.
    Listed(usize, Members),
    /// Each onto itself.
    Selves(&'a Members),
}

impl Group<'_> {
    fn len(&self) -> usize {
        match self {
            Group::Others(sources, targets) if std::ptr::eq(*sources, *targets) => {
                sources.len() * sources.len().saturating_sub(1)
            }
            Group::Others(sources, targets) => sources.len() * targets.len(),
            Group::Listed(_, targets) => targets.len(),
            Group::Selves(members) => members.len(),
        }
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = (usize, usize)> + '_> {
        match self {
            Group::Others(sources, targets) => {
                Box::new(sources.iter().flat_map(|s| targets.iter().filter(move |t| *t != s).map(move |t| (*s, *t))))
            }
            Group::Listed(source, targets) => Box::new(targets.iter().map(move |t| (*source, *t))),
            Group::Selves(members) => Box::new(members.iter().map(|m| (*m, *m))),
        }
    }
}

/// The windows before and after, where they differ, and whether the second is worse.
fn window_change(
    before: &Edition,
    after: &Edition,
    env: &Environment,
    now: DateTime<Utc>,
) -> Option<(Arc<Window>, Arc<Window>, bool)> {
    let (before, after) = (window(before, env, now), window(after, env, now));
    let worse = is_worse(&before, &after);
    (!before.keeps_the_same(&after)).then(|| (Arc::new(before), Arc::new(after), worse))
}

/// Whether `after` promises less, or promises the same and leaves less possible.
fn is_worse(before: &Window, after: &Window) -> bool {
    // Later is worse, never is worst.
    let later = |b: Option<DateTime<Utc>>, a: Option<DateTime<Utc>>| match (b, a) {
        (Some(b), Some(a)) => a.cmp(&b),
        (b, a) => b.is_some().cmp(&a.is_some()),
    };
    let useful = |w: &Window| matches!(w.usage, Use::Restorable | Use::OntoItselfOnly | Use::Unknown);
    later(before.guaranteed_from, after.guaranteed_from)
        .then(later(before.possible_from, after.possible_from))
        .then(useful(before).cmp(&useful(after)))
        .then(before.first_lost(after).is_some().cmp(&after.first_lost(before).is_some()))
        .is_gt()
}

/// The newest edition where it is another than the chosen one.
pub(super) fn newer_than(chosen: &Edition) -> Option<&'static Edition> {
    Some(Edition::newest()).filter(|newest| *newest != chosen)
}

/// What the newest edition makes worse for a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct WorsePair {
    pub newest: &'static Edition,
    /// Refused, or else not known.
    pub refused: bool,
    /// The names.
    pub source: String,
    /// `None`: onto itself.
    pub target: Option<String>,
    /// Every rule that stands worse, as it stands under the newest edition.
    pub fallen: Vec<Judgement>,
}

impl WorsePair {
    /// One for each rule that stands worse.
    pub fn by_rule(self) -> Vec<(RuleId, WorsePair)> {
        let one = |judgement: &Judgement| {
            Some((judgement.rule()?, WorsePair { fallen: vec![judgement.clone()], ..self.clone() }))
        };
        self.fallen.iter().filter_map(one).collect()
    }
}

/// What to say beside a verdict where the newest edition gives a worse outcome than `chosen`; `None` where it does not.
pub fn newest_is_worse_for_pair(chosen: &Edition, source: &Environment, target: &Environment) -> Option<WorsePair> {
    let newest = newer_than(chosen)?;
    if eligibility::outcome(newest, source, target) <= eligibility::outcome(chosen, source, target) {
        return None;
    }
    // By the chosen one the pair is better as a whole, so that none of these was as bad.
    let after = judge(newest, source, target);
    let refused = after.outcome() == Outcome::Refused;
    let fallen = if refused { after.broken } else { after.unknown };
    let onto = (source.id != target.id).then(|| target.name.clone());
    Some(WorsePair { newest, refused, source: source.name.clone(), target: onto, fallen })
}

/// What the newest edition makes worse of how far back an environment can be restored.
#[derive(Clone, Debug, PartialEq)]
pub struct WorseWindow {
    pub newest: &'static Edition,
    /// The environment's name.
    pub name: String,
    pub less: LessKept,
}

/// What is kept no longer under another edition. Instants in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessKept {
    /// Nothing but the points of this span.
    Hole {
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    },
    Nothing,
    NothingSure,
    /// All before this, where nothing was sure before.
    Before(DateTime<Utc>),
    Shorter {
        /// The days that are guaranteed then and now, where they are fewer.
        days: Option<(u32, u32)>,
        sure_from: DateTime<Utc>,
        possible_from: DateTime<Utc>,
        /// Whether points are gone that are kept now, and not only less sure.
        gone: bool,
    },
}

/// The same for how far back an environment can be restored, at `now` (UTC).
pub fn newest_is_worse_for_window(chosen: &Edition, env: &Environment, now: DateTime<Utc>) -> Option<WorseWindow> {
    let newest = newer_than(chosen)?;
    let (before, after) = (window(chosen, env, now), window(newest, env, now));
    if !is_worse(&before, &after) {
        return None;
    }
    let bounds = |w: &Window| (w.guaranteed_from, w.possible_from);
    let hole = before.first_lost(&after).filter(|_| bounds(&before) == bounds(&after));
    let less = match (after.guaranteed_from, after.possible_from) {
        _ if let Some((from, until)) = hole => LessKept::Hole { from, until },
        (_, None) => LessKept::Nothing,
        (None, Some(_)) if before.guaranteed_from.is_some() => LessKept::NothingSure,
        (None, Some(from)) => LessKept::Before(from),
        (Some(sure_from), Some(possible_from)) => {
            let (was, is) = (before.retention.guaranteed_days, after.retention.guaranteed_days);
            let gone = sure_from == possible_from || before.possible_from.is_some_and(|from| from < possible_from);
            LessKept::Shorter { days: (is < was).then_some((is, was)), sure_from, possible_from, gone }
        }
    };
    Some(WorseWindow { newest, name: env.name.clone(), less })
}
