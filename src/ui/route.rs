//! The addresses of the app: typed hash routes with [`Route::parse`] and [`Route::href`], which undo each other.
//!
//! Hash routes need no rule on the server, whatever folder the app is put in.

use crate::domain::advice::Mishap;
use crate::domain::environment::EnvironmentId;
use crate::domain::rule::RuleId;
use crate::workspace::Goal;
use chrono::{DateTime, SecondsFormat, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Where the user is. `parse(href(r)) == r` for every route whose ids are not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Start,
    /// What happened, and every way back.
    WayBack(WayBackQuery),
    Import,
    /// The facts that nobody knows yet, to be answered.
    Unknown,
    Environments(EnvironmentsQuery),
    Environment(EnvironmentId),
    Targets(TargetsQuery),
    Restore(RestoreQuery),
    Plans,
    Plan(u32),
    /// A plan that the address itself carries, as `interop::travel` writes it.
    Shared(String),
    Activity(ActivityQuery),
    /// Deleted environments, while they can be recovered and after.
    Deleted,
    /// What could be brought back today, and what not.
    Readiness(ReadinessQuery),
    /// What ends next.
    Deadlines,
    /// The rules and the days, with one rule open.
    Reference(Option<RuleId>),
    /// What this browser keeps, and where.
    Storage,
    /// An address that the app does not know, as it stands after the `#`.
    NotFound(String),
}

/// What the environment table is narrowed down to. Plain text: a value that the page does not know filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentsQuery {
    pub search: String,
    pub kind: String,
    pub region: String,
    /// Such as `unknown`.
    pub only: String,
    /// A column's name, with `-` before it for descending.
    pub sort: String,
    /// The id of the environment that stands open beside the table.
    pub open: String,
}

/// The pair that the targets page is opened at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetsQuery {
    pub source: Option<EnvironmentId>,
    pub target: Option<EnvironmentId>,
    /// How much is meant by the pair: `targets` or `classes`, else the two alone.
    pub span: String,
    /// `environment`, else by class.
    pub by: String,
}

/// Where the wizard is opened, and what it is to begin with. All but `step` are entries from other pages: the wizard takes
/// them into its draft and then leaves them out of the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestoreQuery {
    /// 1-based.
    pub step: Option<u8>,
    pub goal: Option<Goal>,
    pub source: Option<EnvironmentId>,
    pub target: Option<EnvironmentId>,
    /// A manual backup of the source, by its id.
    pub backup: Option<String>,
    /// The point to go back to, UTC, in whole seconds.
    pub at: Option<DateTime<Utc>>,
}

/// What happened, to which environment and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayBackQuery {
    pub mishap: Option<Mishap>,
    pub environment: Option<EnvironmentId>,
    /// When it happened, or began at the earliest; UTC, in whole seconds.
    pub from: Option<DateTime<Utc>>,
    /// When it happened at the latest, UTC, in whole seconds; `None` where it is known exactly.
    pub until: Option<DateTime<Utc>>,
}

/// What the activity is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityQuery {
    pub environment: Option<EnvironmentId>,
    /// A sort of event, by its word; one that the page does not know filters nothing.
    pub sort: String,
}

/// What the table of readiness is narrowed down to. Plain text: a value that the page does not know filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadinessQuery {
    pub search: String,
    /// An answer, such as `not`.
    pub only: String,
    /// A finding, such as `no-dataverse`.
    pub finding: String,
    /// A column, with `-` before it for descending.
    pub sort: String,
}

/// How a goal is spelled in an address.
const GOALS: [(Goal, &str); 3] =
    [(Goal::Restore, "restore"), (Goal::ToProduction, "production"), (Goal::Beside, "beside")];

/// What decides which page is mounted: routes that differ only in their query are one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Start,
    WayBack,
    Import,
    Unknown,
    Environments,
    Environment(EnvironmentId),
    Targets,
    Restore,
    Plans,
    Plan(u32),
    Shared(String),
    Activity,
    Deleted,
    Readiness,
    Deadlines,
    Reference,
    Storage,
    NotFound,
}

impl Route {
    /// Reads the location's hash, with or without its `#`. Never fails: an unknown address is [`Route::NotFound`].
    pub fn parse(hash: &str) -> Route {
        let raw = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = raw.split_once('?').unwrap_or((raw, ""));
        let segments: Vec<String> =
            path.strip_prefix('/').unwrap_or(path).split('/').map(decode).filter(|s| !s.is_empty()).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let value = |key: &str| pairs(query).find(|(k, _)| k == key).map(|(_, v)| v).filter(|v| !v.is_empty());
        let text = |key: &str| value(key).unwrap_or_default();
        let unknown = || Route::NotFound(raw.to_string());
        match segments.as_slice() {
            [] => Route::Start,
            ["way-back"] => Route::WayBack(WayBackQuery {
                mishap: value("mishap").and_then(|word| Mishap::parse(&word)),
                environment: value("environment").map(EnvironmentId::new),
                from: value("from").and_then(|t| instant(&t)),
                until: value("until").and_then(|t| instant(&t)),
            }),
            ["import"] => Route::Import,
            ["unknown"] => Route::Unknown,
            ["environments"] => Route::Environments(EnvironmentsQuery {
                search: text("search"),
                kind: text("kind"),
                region: text("region"),
                only: text("only"),
                sort: text("sort"),
                open: text("open"),
            }),
            ["environments", id] => Route::Environment(EnvironmentId::new(*id)),
            ["targets"] => Route::Targets(TargetsQuery {
                source: value("source").map(EnvironmentId::new),
                target: value("target").map(EnvironmentId::new),
                span: text("span"),
                by: text("by"),
            }),
            ["restore"] => Route::Restore(RestoreQuery {
                step: value("step").and_then(|n| n.parse().ok()),
                goal: value("goal").and_then(|g| GOALS.iter().find(|(_, word)| *word == g).map(|(goal, _)| *goal)),
                source: value("source").map(EnvironmentId::new),
                target: value("target").map(EnvironmentId::new),
                backup: value("backup"),
                at: value("at").and_then(|t| instant(&t)),
            }),
            ["plans"] => Route::Plans,
            ["plans", number] => number.parse().map_or_else(|_| unknown(), Route::Plan),
            // Nothing after it: a link that was cut off.
            ["shared"] => Route::Shared(String::new()),
            ["shared", plan] => Route::Shared((*plan).to_string()),
            ["activity"] => Route::Activity(ActivityQuery {
                environment: value("environment").map(EnvironmentId::new),
                sort: text("sort"),
            }),
            ["deleted"] => Route::Deleted,
            ["storage"] => Route::Storage,
            ["readiness"] => Route::Readiness(ReadinessQuery {
                search: text("search"),
                only: text("only"),
                finding: text("finding"),
                sort: text("sort"),
            }),
            ["deadlines"] => Route::Deadlines,
            ["reference"] => match value("rule") {
                None => Route::Reference(None),
                Some(id) => RuleId::parse(&id).map_or_else(unknown, |id| Route::Reference(Some(id))),
            },
            // Two pages of earlier versions, which links still name.
            ["rules" | "retention"] => Route::Reference(None),
            ["rules", id] => RuleId::parse(id).map_or_else(unknown, |id| Route::Reference(Some(id))),
            _ => unknown(),
        }
    }

    /// The address, with its `#`.
    pub fn href(&self) -> String {
        match self {
            Route::Start => "#/".into(),
            Route::WayBack(q) => with_query(
                "#/way-back",
                &[
                    ("mishap", &q.mishap.map(|m| m.word().to_string()).unwrap_or_default()),
                    ("environment", &q.environment.as_ref().map(|i| i.as_str().to_string()).unwrap_or_default()),
                    ("from", &time(q.from)),
                    ("until", &time(q.until)),
                ],
            ),
            Route::Import => "#/import".into(),
            Route::Unknown => "#/unknown".into(),
            Route::Environments(q) => with_query(
                "#/environments",
                &[
                    ("search", &q.search),
                    ("kind", &q.kind),
                    ("region", &q.region),
                    ("only", &q.only),
                    ("sort", &q.sort),
                    ("open", &q.open),
                ],
            ),
            Route::Environment(id) => format!("#/environments/{}", encode(id.as_str())),
            Route::Targets(q) => {
                let id = |id: &Option<EnvironmentId>| id.as_ref().map(|i| i.as_str().to_string()).unwrap_or_default();
                with_query(
                    "#/targets",
                    &[("source", &id(&q.source)), ("target", &id(&q.target)), ("span", &q.span), ("by", &q.by)],
                )
            }
            Route::Restore(q) => {
                let id = |id: &Option<EnvironmentId>| id.as_ref().map(|i| i.as_str().to_string()).unwrap_or_default();
                let goal = q.goal.and_then(|goal| GOALS.iter().find(|(g, _)| *g == goal)).map(|(_, word)| *word);
                with_query(
                    "#/restore",
                    &[
                        ("step", &q.step.map(|n| n.to_string()).unwrap_or_default()),
                        ("goal", &goal.unwrap_or_default().to_string()),
                        ("source", &id(&q.source)),
                        ("target", &id(&q.target)),
                        ("backup", &q.backup.clone().unwrap_or_default()),
                        ("at", &time(q.at)),
                    ],
                )
            }
            Route::Plans => "#/plans".into(),
            Route::Plan(number) => format!("#/plans/{number}"),
            Route::Shared(plan) => format!("#/shared/{}", encode(plan)),
            Route::Activity(q) => {
                let id = q.environment.as_ref().map(|i| i.as_str().to_string()).unwrap_or_default();
                with_query("#/activity", &[("environment", &id), ("sort", &q.sort)])
            }
            Route::Deleted => "#/deleted".into(),
            Route::Readiness(q) => {
                let sorted = [("search", &q.search), ("only", &q.only), ("finding", &q.finding), ("sort", &q.sort)];
                with_query("#/readiness", &sorted)
            }
            Route::Deadlines => "#/deadlines".into(),
            Route::Storage => "#/storage".into(),
            Route::Reference(rule) => {
                with_query("#/reference", &[("rule", &rule.map(|id| id.to_string()).unwrap_or_default())])
            }
            Route::NotFound(raw) => format!("#{raw}"),
        }
    }

    pub fn page(&self) -> Page {
        match self {
            Route::Start => Page::Start,
            Route::WayBack(_) => Page::WayBack,
            Route::Import => Page::Import,
            Route::Unknown => Page::Unknown,
            Route::Environments(_) => Page::Environments,
            Route::Environment(id) => Page::Environment(id.clone()),
            Route::Targets(_) => Page::Targets,
            Route::Restore(_) => Page::Restore,
            Route::Plans => Page::Plans,
            Route::Plan(number) => Page::Plan(*number),
            Route::Shared(plan) => Page::Shared(plan.clone()),
            Route::Activity(_) => Page::Activity,
            Route::Deleted => Page::Deleted,
            Route::Readiness(_) => Page::Readiness,
            Route::Deadlines => Page::Deadlines,
            Route::Reference(_) => Page::Reference,
            Route::Storage => Page::Storage,
            Route::NotFound(_) => Page::NotFound,
        }
    }

    /// All environments, nothing narrowed down.
    pub fn environments() -> Route {
        Route::Environments(EnvironmentsQuery::default())
    }

    /// What happened, nothing told yet, or an environment given.
    pub fn way_back(environment: Option<EnvironmentId>) -> Route {
        Route::WayBack(WayBackQuery { environment, ..WayBackQuery::default() })
    }

    /// The wizard, as it was left.
    pub fn restore() -> Route {
        Route::Restore(RestoreQuery::default())
    }

    /// Everything that happened, or what happened to one environment.
    pub fn activity(environment: Option<EnvironmentId>) -> Route {
        Route::Activity(ActivityQuery { environment, sort: String::new() })
    }

    /// The whole tenant judged, nothing narrowed down.
    pub fn readiness() -> Route {
        Route::Readiness(ReadinessQuery::default())
    }

    /// The matrix, opened at a pair.
    pub fn pair(source: EnvironmentId, target: EnvironmentId) -> Route {
        Route::Targets(TargetsQuery { source: Some(source), target: Some(target), ..TargetsQuery::default() })
    }

    /// The matrix, nothing opened.
    pub fn targets() -> Route {
        Route::Targets(TargetsQuery::default())
    }
}

/// An instant of an address, such as `2026-11-24T02:00:00Z`; anything else is none.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    DateTime::from_timestamp(at.timestamp(), 0)
}

fn time(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
}

fn with_query(path: &str, pairs: &[(&str, &String)]) -> String {
    let query: Vec<String> =
        pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}={}", encode(v))).collect();
    if query.is_empty() { path.to_string() } else { format!("{path}?{}", query.join("&")) }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

/// What stays as it is in a part of an address: letters, digits and `-_.~`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Undoes [`encode`]. A `%` that is followed by no two hexadecimal digits stays as it is.
fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
