//! What the search finds: environments, plans, pages, rules, and what can be done.

use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::order::Order as _;
use crate::domain::rule::{CATALOGUE, RuleId};
use crate::domain::tenant::Tenant;
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
    /// The environments that can be brought back to a point: it was typed without one.
    At(Point),
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
    BackUp,
    /// What happened to it, and every way back.
    WayBack,
    /// Whom it may be restored onto.
    Targets,
}

impl Do {
    pub const ALL: [Do; 4] = [Do::Restore, Do::BackUp, Do::WayBack, Do::Targets];

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
            Do::Restore => &["restore", "bring back"],
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

/// Reads a typed time: the instants that it can mean (UTC), each as it is shown; none where it means no time.
pub type Read<'a> = dyn Fn(&str) -> Vec<(DateTime<Utc>, String)> + 'a;

/// What is searched besides the environments.
pub struct Around<'a> {
    pub edition: &'a Edition,
    /// Each with its number and its title.
    pub plans: &'a [(u32, &'a str)],
    /// Their names.
    pub pages: &'a [&'a str],
    /// Of a typed point.
    pub read: &'a Read<'a>,
}

/// Finds what was typed. The best stand first; nothing is found for nothing.
pub fn search(typed: &str, tenant: &Tenant, around: &Around<'_>) -> Vec<Hit> {
    let Around { edition, plans, pages, read } = *around;
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    let mut time = typed.as_str();
    for what in Do::ALL {
        if let Some(rest) = what.meant(&typed) {
            hits.extend(deeds(what, rest, tenant, read));
            time = rest;
        }
    }
    hits.truncate(DEEDS.saturating_mul(2));
    let at = if hits.is_empty() { points(time, read) } else { Vec::new() };
    hits.extend(environments(tenant, &typed, ENVIRONMENTS).into_iter().map(|env| Hit::Environment {
        id: env.id.clone(),
        name: env.name.clone(),
        note: note(env),
    }));
    hits.extend(at.into_iter().take(DEEDS).map(Hit::At));
    let plans = plans.iter().filter(|(_, title)| holds(&title.to_lowercase(), &typed));
    hits.extend(plans.take(OTHERS).map(|(number, title)| Hit::Plan { number: *number, title: (*title).to_string() }));
    let named = pages.iter().enumerate().filter(|(_, page)| holds(&page.to_lowercase(), &typed));
    hits.extend(named.take(OTHERS).map(|(i, _)| Hit::Page(i)));
    hits.extend(rules(&typed, edition).into_iter().take(OTHERS).map(|(id, sentence)| Hit::Rule { id, sentence }));
    hits
}

/// What can be done with the environments that `rest` names. Where it ends in a point, there is one for each way to read it.
fn deeds(what: Do, rest: &str, tenant: &Tenant, read: &Read<'_>) -> Vec<Hit> {
    let living = |named: &str| environments(tenant, named, DEEDS).into_iter().filter(|env| env.deleted.is_none());
    let hit = |env: &Environment, at| Hit::Do { what, id: env.id.clone(), name: env.name.clone(), at };
    // A name may hold what reads as a time: it counts whole where there is one.
    let whole: Vec<Hit> = living(rest).map(|env| hit(env, None)).collect();
    if !whole.is_empty() || !what.takes_a_point() {
        return whole;
    }
    // The longest name that is left when what follows is a point.
    let split =
        rest.match_indices(' ').map(|(i, _)| rest.split_at(i)).rev().take(LONGEST_POINT).find_map(|(named, time)| {
            let named = JOINS.iter().find_map(|join| named.strip_suffix(join)).unwrap_or(named);
            let found: Vec<&Environment> = living(named).collect();
            let points = points(time.trim_start(), read);
            (!found.is_empty() && !points.is_empty()).then_some((found, points))
        });
    let (found, points) = split.unwrap_or_default();
    let each = found.into_iter().flat_map(|env| points.iter().map(move |point| hit(env, Some(point.clone()))));
    each.take(DEEDS).collect()
}

/// No point has more words: each is looked for with a search among all environments.
const LONGEST_POINT: usize = 12;

/// What may stand between an environment and the point.
const JOINS: [&str; 6] = [" back to", " to", " as of", " at", " from", " of"];

/// The points that `read` finds in what stands after the name.
fn points(text: &str, read: &Read<'_>) -> Vec<Point> {
    let text = ["to ", "as of ", "at ", "before "].iter().find_map(|join| text.strip_prefix(join)).unwrap_or(text);
    read(text).into_iter().map(|(at, says)| Point { at, says }).collect()
}

/// A rule by its id, or by the words of its sentence; by its id first.
fn rules(typed: &str, edition: &Edition) -> Vec<(RuleId, &'static str)> {
    let mut found: Vec<(bool, RuleId, &'static str)> = CATALOGUE
        .iter()
        .filter_map(|rule| {
            let sentence = edition.rule(rule.id).sentence;
            let is_id = rule.id.to_string().eq_ignore_ascii_case(typed);
            // A letter or two would find them all.
            let by_words = typed.len() > 2 && holds(&sentence.to_lowercase(), typed);
            (is_id || by_words).then_some((!is_id, rule.id, sentence))
        })
        .collect();
    found.order_by_key(|(by_words, id, _)| (*by_words, *id));
    found.into_iter().map(|(_, id, sentence)| (id, sentence)).collect()
}

/// Whether all words are in it.
fn holds(text: &str, typed: &str) -> bool {
    typed.split(' ').all(|word| text.contains(word))
}

/// The environments that a text names, the one first that is most likely meant in a hurry: which is called so, then Production of whose
/// name these are whole words; then whose name begins with it, one of whose words does, and which hold it anywhere, in the name, the
/// address or the id. Among like ones Production is first.
fn environments<'t>(tenant: &'t Tenant, typed: &str, most: usize) -> Vec<&'t Environment> {
    let mut found: Vec<_> = tenant
        .environments
        .iter()
        .filter_map(|env| {
            let name = env.name.to_lowercase();
            let words = || name.split([' ', '-', '_', '(', ')']);
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
            } else if typed.len() > 3 && holds(&elsewhere(env), typed) {
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
mod tests {
    use super::*;
    use crate::domain::deletion::Deletion;
    use crate::domain::fact::{Fact, Origin};
    use crate::workspace::local_time::Zone;
    use crate::workspace::typed::instants;

    struct Berlin;

    impl Zone for Berlin {
        fn offset_minutes(&self, _: DateTime<Utc>) -> i32 {
            60
        }
    }

    fn named(name: &str, kind: Kind) -> Environment {
        let mut env = Environment::new(format!("id-{}", name.to_lowercase().replace(' ', "-")));
        env.name = name.to_string();
        env.kind = Fact::known(kind, Origin::Answer, DateTime::UNIX_EPOCH);
        env
    }

    fn tenant() -> Tenant {
        let mut tenant = Tenant::default();
        for name in ["Sales", "Sales UAT", "HR Sales copy", "Wholesale", "Finance-Test"] {
            tenant.environments.push(named(name, Kind::Sandbox));
        }
        tenant
    }

    /// What is found, one word for each: `Sales` an environment, `!Restore Sales …` something to do, `@…` a time, `#Start` a page, `K7` a rule.
    #[track_caller]
    fn check(typed: &str, expect: &[&str]) {
        let pages = ["Start", "Way back", "Rules and retention"];
        let says = |hit: Hit| match hit {
            Hit::Environment { name, .. } => name,
            Hit::Do { what, name, at, .. } => format!("!{}", what.says(&name, at.as_ref())),
            Hit::At(point) => format!("@{}", point.says),
            Hit::Plan { title, .. } => format!("plan {title}"),
            Hit::Page(i) => format!("#{}", pages[i]),
            Hit::Rule { id, .. } => id.to_string(),
        };
        let now: DateTime<Utc> = "2026-11-24T02:00:00Z".parse().unwrap();
        let around = Around {
            edition: Edition::newest(),
            plans: &[(3, "Audit logs")],
            pages: &pages,
            read: &|text| instants(text, &Berlin, now),
        };
        let found: Vec<String> = search(typed, &tenant(), &around).into_iter().map(says).collect();
        assert_eq!(found, expect, "{typed:?}");
    }

    #[test]
    fn the_best_stand_first() {
        check("", &[]);
        check("  ", &[]);
        check("sale", &["Sales", "Sales UAT", "HR Sales copy", "Wholesale"]);
        check("SALES u", &["Sales UAT"]);
        check("uat sales", &["Sales UAT"]);
        check("test", &["Finance-Test"]);
        check("id-wholesale", &["Wholesale"]);
        check("start", &["#Start", "R3", "R22"]);
        check("K7", &["K7"]);
        check("audit logs", &["plan Audit logs", "R5", "R6", "R7", "R23"]);
        check("nothing like it", &[]);
    }

    #[test]
    fn production_is_first_where_its_name_holds_the_words_whole() {
        let mut tenant = tenant();
        tenant.environments.push(named("Contoso Sales", Kind::Production));
        tenant.environments.push(named("Salespoint", Kind::Production));
        tenant.environments.push(named("Sales Dev", Kind::Developer));
        let names = |typed: &str| environments(&tenant, typed, 9).iter().map(|e| e.name.clone()).collect::<Vec<_>>();
        let rest = ["Salespoint", "Sales Dev", "Sales UAT", "HR Sales copy", "Wholesale"];
        assert_eq!(names("sales"), [&["Sales", "Contoso Sales"][..], &rest[..4]].concat());
        assert_eq!(
            names("sale"),
            ["Salespoint", "Sales", "Sales Dev", "Sales UAT", "Contoso Sales", "HR Sales copy", "Wholesale"]
        );
        assert_eq!(names("sales contoso"), ["Contoso Sales"]);
        let gone = tenant.environments.iter_mut().find(|env| env.name == "Contoso Sales").expect("it");
        gone.deleted = Some(Deletion::exactly(DateTime::UNIX_EPOCH));
        let names: Vec<&str> = environments(&tenant, "sales", 9).iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names[4..], ["HR Sales copy", "Contoso Sales"]);
    }

    #[test]
    fn what_can_be_done_is_said_with_its_environment() {
        check("restore uat", &["!Restore Sales UAT …"]);
        check("Back up  fin", &["!Back up Finance-Test …"]);
        check("bring back wholesale", &["!Restore Wholesale …"]);
        check("way back hr", &["!Find the way back for HR Sales copy"]);
        check("onto sales uat", &["!See what Sales UAT may be restored onto"]);
        check("restore nobody", &[]);
    }

    #[test]
    fn a_point_is_typed_with_what_is_done() {
        let sales = "!Restore Wholesale to Mon 23 Nov 2026 14:00 (13:00 UTC) …";
        check("restore wholesale to yesterday 14", &[sales]);
        check("Restore Wholesale  yesterday 14:00", &[sales]);
        check("restore wholesale as of 23 nov 13:00 utc", &[sales]);
        check("bring back wholesale to 2026-11-23 14:00", &[sales]);
        // Each way to read it.
        check(
            "restore sales uat to 10/11 14:00",
            &[
                "!Restore Sales UAT to Sun 11 Oct 2026 14:00 (13:00 UTC) …",
                "!Restore Sales UAT to Tue 10 Nov 2026 14:00 (13:00 UTC) …",
            ],
        );
        check(
            "way back finance 3 h ago",
            &["!Find the way back for Finance-Test, to before Tue 24 Nov 2026 00:00 (Mon 23 Nov 23:00 UTC)"],
        );
        // A day without a time of day is asked.
        check(
            "restore wholesale to yesterday",
            &[
                "!Restore Wholesale to Mon 23 Nov 2026 00:00 (Sun 22 Nov 23:00 UTC) …",
                "!Restore Wholesale to Mon 23 Nov 2026 03:00 (02:00 UTC) …",
                "!Restore Wholesale to Mon 23 Nov 2026 12:00 (11:00 UTC) …",
            ],
        );
        // No time, what is to come, and what takes no point.
        for nothing in
            ["restore wholesale to nowhere", "restore wholesale to tomorrow 14", "back up wholesale to yesterday 14"]
        {
            check(nothing, &[]);
        }
        check("restore nobody to yesterday 14", &[]);
    }

    #[test]
    fn a_point_without_an_environment_is_asked_of_all() {
        let yesterday = "@Mon 23 Nov 2026 14:00 (13:00 UTC)";
        for typed in ["yesterday 14", "restore yesterday 14", "way back to yesterday 14:00", "before 23 nov 2pm"] {
            check(typed, &[yesterday]);
        }
        check("before 2:00", &["@Tue 24 Nov 2026 02:00 (01:00 UTC)"]);
        check("tomorrow 14", &[]);
    }
}
