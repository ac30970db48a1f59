//! What the search finds: environments, plans, pages, rules, and what can be done.

mod changes;

use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::order::Order as _;
use crate::domain::rule::{CATALOGUE, RuleId};
use crate::domain::tenant::Tenant;
use crate::view_model::acts::Act;
use chrono::{DateTime, Utc};

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    Environment {
        id: EnvironmentId,
        name: String,
        /// Its kind and region, as far as they are known, or that it is deleted.
        note: String,
    },
    Do {
        what: Do,
        id: EnvironmentId,
        name: String,
        /// The point to go back to that was typed with it.
        at: Option<Point>,
    },
    /// Another thing that can be done to it, or recorded as done.
    Begin {
        act: Act,
        id: EnvironmentId,
        name: String,
    },
    /// The environments that can be brought back to a point: it was typed without one.
    At(Point),
    /// A day that a typed date can mean: what to go on typing with.
    Day {
        says: String,
        typed: String,
    },
    Plan {
        number: u32,
        title: String,
    },
    Page(usize),
    Rule {
        id: RuleId,
        sentence: &'static str,
    },
}

/// An instant that was typed (UTC), as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub at: DateTime<Utc>,
    pub says: String,
}

/// What can be begun from the search, with one environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// The restore wizard, with it as the source.
    Restore,
    /// A deleted one is recovered.
    Recover,
    BackUp,
    /// What happened to it, and every way back.
    WayBack,
    /// Whom it may be restored onto.
    Targets,
}

impl Do {
    pub const ALL: [Do; 5] = [Do::Restore, Do::Recover, Do::BackUp, Do::WayBack, Do::Targets];

    /// As a person would say it, with the environment's name and the point that was typed.
    pub fn says(self, name: &str, at: Option<&Point>) -> String {
        match (self, at) {
            (Do::Restore, Some(point)) => format!("Restore {name} to {} …", point.says),
            (Do::WayBack, Some(point)) => format!("Find the way back for {name}, to before {}", point.says),
            (own, _) => own.says_alone(name),
        }
    }

    fn says_alone(self, name: &str) -> String {
        match self {
            Do::Restore => format!("Restore {name} …"),
            Do::Recover => format!("Recover {name} …"),
            Do::BackUp => format!("Back up {name} …"),
            Do::WayBack => format!("Find the way back for {name}"),
            Do::Targets => format!("See what {name} may be restored onto"),
        }
    }

    /// Whether a point can be typed with it.
    fn takes_a_point(self) -> bool {
        matches!(self, Do::Restore | Do::WayBack)
    }

    /// What it can be called when it is typed, in lower case.
    fn verbs(self) -> &'static [&'static str] {
        match self {
            // Who recovers what is still there means a restore.
            Do::Restore => &["restore", "bring back", "recover"],
            Do::Recover => &["recover", "undelete", "undo delete", "undo deletion of", "restore"],
            Do::BackUp => &["back up", "backup"],
            Do::WayBack => &["way back", "what happened to", "undo"],
            Do::Targets => &["targets of", "onto"],
        }
    }

    /// What was typed after one of its names; `None`: it was not meant. A name that is being typed counts from three letters on.
    fn meant(self, typed: &str) -> Option<&str> {
        self.verbs().iter().find_map(|verb| {
            if let Some(rest) = typed.strip_prefix(verb) {
                return (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start());
            }
            (typed.len() >= 3 && verb.starts_with(typed)).then_some("")
        })
    }
}

/// How many of each are shown.
const ENVIRONMENTS: usize = 7;
const DEEDS: usize = 4;
const OTHERS: usize = 4;

/// A way to read a typed time, as it is shown: an instant (UTC), or of a day alone what to go on typing with.
pub type ReadAs = (String, Result<DateTime<Utc>, String>);

/// Reads a typed time: every way to read it, and what is asked, or why it cannot be read.
pub type Read<'a> = dyn Fn(&str) -> (Vec<ReadAs>, Option<String>) + 'a;

/// What was found, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// What is asked of the time that was typed, or why it cannot be read; lower-case start, no final period.
    pub says: Option<String>,
}

/// What is searched besides the environments.
pub struct Around<'a> {
    pub edition: &'a Edition,
    /// Each with its number and its title.
    pub plans: &'a [(u32, &'a str)],
    /// Their names, and other words by which they are found, in lower case.
    pub pages: &'a [(&'a str, &'a str)],
    /// Of a typed point.
    pub read: &'a Read<'a>,
}

/// Finds what was typed; nothing is found for nothing.
pub fn search(typed: &str, tenant: &Tenant, around: &Around<'_>) -> Found {
    let Around { edition, plans, pages, read } = *around;
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if typed.is_empty() {
        return Found::default();
    }
    let mut found = Found::default();
    let mut time = typed.as_str();
    for what in Do::ALL {
        if let Some(rest) = what.meant(&typed) {
            let Found { hits, says } = deeds(what, rest, &typed, tenant, read);
            found.hits.extend(hits);
            found.says = found.says.or(says);
            time = rest;
        }
    }
    let Found { mut hits, mut says } = found;
    hits.extend(changes::find(&typed, tenant));
    hits.truncate(DEEDS.saturating_mul(2));
    let named = environments(tenant, &typed, ENVIRONMENTS, |_| true);
    let alone = if hits.is_empty() { points(time, &typed, read) } else { Found::default() };
    if named.is_empty() && (!alone.hits.is_empty() || is_a_time(time, read)) {
        says = says.or(alone.says);
    }
    hits.extend(named.into_iter().map(|env| Hit::Environment {
        id: env.id.clone(),
        name: env.name.clone(),
        note: note(env),
    }));
    hits.extend(alone.hits.into_iter().take(DEEDS));
    let plans = plans.iter().filter(|(_, title)| holds(&title.to_lowercase(), &typed));
    hits.extend(plans.take(OTHERS).map(|(number, title)| Hit::Plan { number: *number, title: (*title).to_string() }));
    // By its name before by what else it is called, of which a letter or two would find them all.
    let lower: Vec<String> = pages.iter().map(|(name, _)| name.to_lowercase()).collect();
    let named = lower.iter().enumerate().filter(|(_, name)| holds(name, &typed)).map(|(i, _)| i);
    let also = |i: usize| lower.get(i).zip(pages.get(i)).map(|(name, (_, also))| format!("{name} {also}"));
    let called = |i: &usize| typed.len() > 2 && also(*i).is_some_and(|words| holds(&words, &typed));
    let mut found: Vec<usize> = named.collect();
    let others: Vec<usize> = (0..pages.len()).filter(called).filter(|i| !found.contains(i)).collect();
    found.extend(others);
    hits.extend(found.into_iter().take(OTHERS).map(Hit::Page));
    let (exact, by_words) = rules(&typed, edition);
    hits.extend(by_words.into_iter().take(OTHERS));
    // Who types the id of a rule means nothing else, though `t4` can be read as a time.
    if let Some(rule) = exact {
        hits.insert(0, rule);
        says = None;
    }
    Found { hits, says }
}

/// Whether a text that means no time was meant as one: it begins as one.
fn is_a_time(text: &str, read: &Read<'_>) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    first.starts_with(|c: char| c.is_ascii_digit()) || !read(first).0.is_empty()
}

/// What can be done with the environments that `rest` names, the end of `typed`. Where it ends in a point, there is one for each way to
/// read it; where that cannot be read, or a day alone, it is said, and the environments stand without a point.
fn deeds(what: Do, rest: &str, typed: &str, tenant: &Tenant, read: &Read<'_>) -> Found {
    let deleted = what == Do::Recover;
    let fitting = |named: &str| environments(tenant, named, DEEDS, |env| env.deleted.is_some() == deleted).into_iter();
    let hit = |env: &Environment, at| Hit::Do { what, id: env.id.clone(), name: env.name.clone(), at };
    // A name may hold what reads as a time: it counts whole where all that was typed begins words of it.
    let whole: Vec<&Environment> = fitting(rest).collect();
    let is_meant = whole.iter().any(|env| begins(&env.name.to_lowercase(), rest));
    let whole = Found { hits: whole.into_iter().map(|env| hit(env, None)).collect(), says: None };
    if is_meant || !what.takes_a_point() {
        return whole;
    }
    // The longest name that is left when what follows is a point; else the longest that is one.
    let mut unread = None;
    for (named, time) in rest.match_indices(' ').map(|(i, _)| rest.split_at(i)).rev().take(LONGEST_POINT) {
        let named = JOINS.iter().find_map(|join| named.strip_suffix(join)).unwrap_or(named);
        let found: Vec<&Environment> = fitting(named).collect();
        if found.is_empty() {
            continue;
        }
        let Found { hits, says } = points(time.trim_start(), typed, read);
        let mut each = Vec::new();
        for env in &found {
            each.extend(
                hits.iter().filter_map(|h| if let Hit::At(at) = h { Some(hit(env, Some(at.clone()))) } else { None }),
            );
        }
        each.truncate(DEEDS);
        if !each.is_empty() {
            return Found { hits: each, says };
        }
        let without = found.into_iter().map(|env| hit(env, None));
        let readable = !hits.is_empty();
        let own = Found { hits: hits.into_iter().chain(without).collect(), says };
        if readable {
            return own;
        }
        unread.get_or_insert(own);
    }
    if whole.hits.is_empty() { unread.unwrap_or_default() } else { whole }
}

/// No point has more words: each is looked for with a search among all environments.
const LONGEST_POINT: usize = 12;

/// What may stand between an environment and the point.
const JOINS: [&str; 6] = [" back to", " to", " as of", " at", " from", " of"];

/// The points and days that `read` finds in what stands after the name, the end of `typed`.
fn points(text: &str, typed: &str, read: &Read<'_>) -> Found {
    let text = ["to ", "as of ", "at ", "before "].iter().find_map(|join| text.strip_prefix(join)).unwrap_or(text);
    let before = typed.strip_suffix(text).unwrap_or_default();
    let (ways, says) = read(text);
    let hit = |(says, way): ReadAs| match way {
        Ok(at) => Hit::At(Point { at, says }),
        Err(day) => Hit::Day { says, typed: format!("{before}{day}") },
    };
    Found { hits: ways.into_iter().map(hit).collect(), says }
}

/// The rule of that id, and the rules whose sentences have the words.
fn rules(typed: &str, edition: &Edition) -> (Option<Hit>, Vec<Hit>) {
    let is_id = |id: RuleId| id.to_string().eq_ignore_ascii_case(typed);
    let mut found: Vec<(RuleId, &'static str)> =
        CATALOGUE.iter().map(|rule| (rule.id, edition.rule(rule.id).sentence)).collect();
    found.order_by_key(|(id, _)| *id);
    let hit = |(id, sentence): &(RuleId, &'static str)| Hit::Rule { id: *id, sentence };
    // A letter or two would find them all.
    let by_words = |(id, sentence): &&(RuleId, &'static str)| {
        typed.len() > 2 && !is_id(*id) && holds(&sentence.to_lowercase(), typed)
    };
    (found.iter().find(|(id, _)| is_id(*id)).map(hit), found.iter().filter(by_words).map(hit).collect())
}

/// The words of a name in lower case.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-', '_', '(', ')'])
}

/// Whether all that was typed begins words of a name in lower case.
fn begins(name: &str, typed: &str) -> bool {
    typed.split(' ').all(|typed| words(name).any(|word| word.starts_with(typed)))
}

/// Whether all words are in it.
fn holds(text: &str, typed: &str) -> bool {
    typed.split(' ').all(|word| text.contains(word))
}

/// The environments that a text names, the one first that is most likely meant in a hurry: which is called so, then Production of whose
/// name these are whole words; then whose name begins with it, one of whose words does, and which hold it anywhere, in the name, the
/// address or the id. Among like ones Production is first.
fn environments<'t>(
    tenant: &'t Tenant,
    typed: &str,
    most: usize,
    among: impl Fn(&Environment) -> bool,
) -> Vec<&'t Environment> {
    let mut found: Vec<_> = tenant
        .environments
        .iter()
        .filter(|env| among(env))
        .filter_map(|env| {
            let name = env.name.to_lowercase();
            let words = || words(&name);
            let production = env.deleted.is_none() && env.kind.get() == Some(&Kind::Production);
            let rank = if name == typed {
                0_u8
            } else if production && typed.split(' ').all(|typed| words().any(|word| word == typed)) {
                1
            } else if name.starts_with(typed) {
                2
            } else if words().any(|word| word.starts_with(typed)) {
                3
            } else if holds(&name, typed) {
                4
            } else if typed.len() > 3 && elsewhere(env).contains(typed) {
                5
            } else {
                return None;
            };
            Some(((rank, env.deleted.is_some(), !production, name), env))
        })
        .collect();
    found.order_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().take(most).map(|(_, env)| env).collect()
}

fn elsewhere(env: &Environment) -> String {
    format!("{}\n{}", env.id, env.url.as_deref().unwrap_or_default()).to_lowercase()
}

fn note(env: &Environment) -> String {
    let kind = env.kind.get().map(ToString::to_string);
    let region = env.region.get().map(ToString::to_string);
    let deleted = env.deleted.map(|_| "deleted".to_string());
    [kind, region, deleted].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests;
