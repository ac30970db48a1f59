//! Small tenants, and all that is answered about them in one table to read: what can be brought back and onto what, what is wrong, what
//! comes next, what other editions say.
//!
//! After a change that is meant, refresh and read the difference: `UPDATE_GOLDEN=1 cargo test --no-default-features --test native atlas::`

use crate::pair_support::{at, env, known, short};
use crate::readiness::list_of_all;
use crate::retention_golden;
use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::compare::{
    LessKept, WorsePair, compare, newest_is_worse_for_pair, newest_is_worse_for_window,
};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::eligibility::{Counts, Outcome, brings, judge, matrix};
use restore_desk::domain::environment::{
    Activity, Deletion, Environment, EnvironmentId, FactKey, Kind, ManualBackup, Operation, Region, RuntimeState,
};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::life::{at_once, upcoming};
use restore_desk::domain::manual_backup::{judge as judge_backup, manual_retention};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::outlook::{Back, Left, Outlook, OutlookAnswer, outlooks, source};
use restore_desk::domain::readiness::{Detail, assess};
use restore_desk::domain::remedy::mend;
use restore_desk::domain::retention::{Window, hint, window};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::service::{Announced, Candidates, Ending, FinanceLink, Offered, Reading};
use restore_desk::domain::tenant::Tenant;
use std::fmt::{Debug, Write};

/// 29 November 2026; `30d` is thirty days before it, `+2h` two hours after it.
pub fn now() -> DateTime<Utc> {
    at(29, 0)
}

/// `30d`, `5h`, `90m`, `+2d`; several add up: `1d1m`.
#[track_caller]
pub fn when(text: &str) -> DateTime<Utc> {
    let (sign, mut rest) = text.strip_prefix('+').map_or((-1, text), |rest| (1, rest));
    let mut total = TimeDelta::zero();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or_else(|| panic!("{text} has no unit"));
        let n: i64 = rest[..end].parse().unwrap();
        total += match &rest[end..=end] {
            "d" => TimeDelta::days(n),
            "h" => TimeDelta::hours(n),
            "m" => TimeDelta::minutes(n),
            "s" => TimeDelta::seconds(n),
            other => panic!("{other} in {text}"),
        };
        rest = &rest[end + 1..];
    }
    now() + total * sign
}

/// The reverse of [`when`].
pub fn ago(at: DateTime<Utc>) -> String {
    let seconds = (now() - at).num_seconds();
    let (sign, mut left) = if seconds < 0 { ("+", -seconds) } else { ("", seconds) };
    let mut text = String::new();
    for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] {
        if left >= size {
            write!(text, "{}{unit}", left / size).unwrap();
            left %= size;
        }
    }
    if text.is_empty() { "now".into() } else { format!("{sign}{text}") }
}
pub fn maybe(at: Option<DateTime<Utc>>) -> String {
    at.map_or("-".into(), ago)
}

/// The name of a variant, without its values.
pub fn named(value: &impl Debug) -> String {
    format!("{value:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn kind_change(text: &str) -> (Option<Kind>, &str) {
    let (kind, when) = text.split_once(' ').unwrap();
    ((kind != "?").then(|| Kind::read(kind)), when)
}

/// `Sales: Production managed; age 300d, days 28`. Before the `;` as in [`env`], behind it what is no matter of pairs.
#[track_caller]
fn environment(line: &str) -> Environment {
    let (name, spec) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
    let (pair, more) = spec.split_once("; ").unwrap_or((spec, ""));
    let mut e = env(name, pair);
    e.created = known(when("400d"));
    e.last_import = Some(2);
    let change = |when_text: &str, what: Changed| {
        let (from, to) = when_text.split_once("..").unwrap_or((when_text, when_text));
        Change { not_before: when(from), at: when(to), what }
    };
    for part in more.split(", ").filter(|part| !part.is_empty()) {
        let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
        match word {
            "age" => e.created = if rest == "?" { Fact::unknown() } else { known(when(rest)) },
            "mb" => e.database_mb = known(rest.parse().unwrap()),
            "seen" => e.existed_by = Some(when(rest)),
            "days" => e.retention_setting = if rest == "?" { Fact::unknown() } else { known(rest.parse().unwrap()) },
            "oldest" => e.oldest_backup = known(when(rest)),
            "busy" => {
                let (what, since) = rest.split_once(' ').unwrap();
                let what = match what {
                    "Copying" => Operation::Copying,
                    "Switching" => Operation::Switching,
                    "Restoring" => Operation::Restoring,
                    other => Operation::Other(other.into()),
                };
                e.activity = Some(Activity { what, since: (since != "?").then(|| when(since)), seen: None });
            }
            "failed" => e.failed_restore = Some(when(rest)),
            "deleted" => {
                e.deleted = Some(match rest.split_once("..") {
                    Some((from, to)) => Deletion::between((from != "?").then(|| when(from)), when(to)),
                    None => when(rest).into(),
                });
            }
            "unlisted" => e.last_import = Some(1),
            "was" => {
                let (from, since) = kind_change(rest);
                e.history.push(change(since, Changed::Kind { from, to: e.kind.get().unwrap().clone() }));
            }
            "switched" => {
                let (kinds, since) = rest.split_once(' ').unwrap();
                let (from, to) = kinds.split_once('>').unwrap();
                let from = (from != "?").then(|| Kind::read(from));
                e.history.push(change(since, Changed::Kind { from, to: Kind::read(to) }));
            }
            "set" => {
                let (days, since) = rest.split_once(' ').unwrap();
                let (from, to) = days.split_once('>').unwrap();
                let what = Changed::RetentionSetting { from: from.parse().ok(), to: to.parse().unwrap() };
                e.history.push(change(since, what));
            }
            "managed" | "apps" => {
                let (yes, since) = rest.split_once(' ').unwrap();
                let (to, from) = (yes == "yes", Some(yes != "yes"));
                let what = if word == "apps" { Changed::Dynamics { from, to } } else { Changed::Managed { from, to } };
                e.history.push(change(since, what));
            }
            "database" => e.history.push(change(rest, Changed::Dataverse { from: Some(false), to: true })),
            "recovered" => {
                let (from, to) = rest.split_once("..").unwrap();
                e.history.push(change(from, Changed::Deleted));
                e.history.push(change(to, Changed::Recovered));
            }
            "moved" => {
                let (from, since) = rest.split_once(' ').unwrap();
                let to = e.region.get().unwrap().clone();
                e.history.push(change(since, Changed::Region { from: Some(Region::new(from)), to }));
            }
            "read" => {
                let words: Vec<&str> = rest.split(' ').collect();
                let from = (words[0] != "nothing").then(|| when(words[0]));
                let days = words.get(2).map(|d| d.parse().unwrap());
                e.reading =
                    Some(Reading { offered: Offered { from, period_days: days }, asked: when(words[1]), hint: None });
            }
            "ends" => {
                let (what, at) = rest.split_once(' ').unwrap();
                let what = match what {
                    "trial" => Announced::TrialEnds,
                    "disabled" => Announced::Disabled,
                    _ => Announced::Deleted,
                };
                e.endings.push(Ending { what, at: when(at) });
            }
            "admin" => e.state = known(RuntimeState::AdminMode),
            "group" => e.group = known(Some("Sales".into())),
            "finance" => e.finance = Some(FinanceLink { id: Some("fo".into()), url: None }),
            "candidates" => {
                let (names, asked) = rest.split_once(' ').unwrap();
                let offered = names.split('+').filter(|n| *n != "nobody").map(EnvironmentId::new).collect();
                e.candidates = Some(Candidates { asked: when(asked), offered });
            }
            "backup" => {
                let (point, expires) = rest.split_once(" expires ").map_or((rest, None), |(p, x)| (p, Some(when(x))));
                e.backups.push(ManualBackup {
                    id: format!("b{}", e.backups.len()),
                    label: format!("backup {point}"),
                    point: when(point),
                    asked: None,
                    created_by: None,
                    reported_expiry: expires,
                    origin: Origin::Import(1),
                });
            }
            other => panic!("{other} in {line}"),
        }
    }
    e.history.sort_by_key(|c| c.at);
    e
}

fn storage(word: &str) -> Fact<Capacity> {
    let of = |free: f64| Storage { entitled_mb: 10_240.0 + free * 1024.0, used_mb: 10_240.0 };
    let free = match word {
        "?" => return Fact::unknown(),
        "enough" => 1.0,
        "plenty" => 100.0,
        "for two" => 2.0,
        _ => 0.999,
    };
    known(Capacity { database: of(free), log: of(0.0), file: of(0.0) })
}

#[track_caller]
pub fn tenant(room: &str, lines: &[&str]) -> Tenant {
    Tenant {
        environments: lines.iter().map(|line| environment(line)).collect(),
        capacity: storage(room),
        imports: [1, 2].map(|number| list_of_all(number, when("1d"))).into(),
        ..Tenant::default()
    }
}

/// The tenants: what each shows, its storage, its environments.
pub const ATLAS: &[(&str, &str, &[&str])] = &[
    (
        "one of each kind, all known",
        "enough",
        &[
            "Sales: Production d365:yes managed; days 28",
            "Plain: Production d365:no; days 28",
            "Test: Sandbox managed",
            "Train: Sandbox",
            "Dev: Developer",
            "Team: Teams",
            "Home: Default",
            "Try: Trial; ends trial +3d",
            "Odd: Platform",
        ],
    ),
    (
        "little is known",
        "?",
        &[
            "Prod: Production d365:? managed:? key:?; age ?, days ?",
            "Mystery: ? region:? db:? managed:? key:? pol:?; age ?",
            "Seen: Sandbox; age ?, seen 3d",
            "Base: Sandbox db:?",
            "Region: Sandbox region:?",
            "Keyed: Sandbox key:any",
            "Policies: Sandbox pol:?",
            "Apps: Production d365:?; days 7",
            "Half: Production d365:no managed:?; days 28",
            "Home: Default managed:?",
        ],
    ),
    (
        "periods",
        "enough",
        &[
            "Long: Production d365:no managed; days 28",
            "Middle: Production d365:no managed; days 14, group",
            "Short: Production d365:no managed; days 7",
            "Grouped: Production d365:no managed; days 7, group",
            "Odd: Production d365:no managed; days 10",
            "Raised: Production d365:no managed; days 28, set 7>28 23h59m",
            "Settled: Production d365:no managed; days 28, set 7>28 1d",
            "Older: Production d365:no managed; days 28, set 7>28 10d",
            "Lowered: Production d365:no managed; days 7, set 28>7 23h",
            "Low: Production d365:no managed; days 7, set 28>7 5d",
            "Between: Production d365:no managed; days 28, set 7>28 9d..6d",
            "Unmanaged: Production d365:no; days 28, managed no 3d",
            "Managed: Production d365:no managed; days 28, managed yes 3d",
            "Apps: Production d365:yes; days 7, apps yes 3d",
            "Test: Sandbox managed",
            "NoApps: Production d365:no; days 7, apps no 3d",
        ],
    ),
    (
        "young and old",
        "enough",
        &[
            "Hours: Sandbox; age 5h",
            "Day: Sandbox; age 1d, mb 4",
            "AlmostDay: Sandbox; age 23h59m59s",
            "Days: Sandbox; age 3d, mb 30",
            "Week: Sandbox; age 7d, mb 2.5",
            "Unseen: Sandbox; age ?, mb 1000",
            "SeenNow: Sandbox; age ?, seen 5h",
            "SeenDay: Sandbox; age ?, seen 1d",
            "SeenWeek: Sandbox; age ?, seen 7d",
            "SeenLong: Sandbox; age ?, seen 30d",
            "Oldest: Sandbox; age ?, oldest 4d",
            "Reported: Sandbox; oldest 4d",
            "Base: Sandbox; database 2d",
            "Backup: Sandbox; age ?, backup 5h",
        ],
    ),
    (
        "switches",
        "plenty",
        &[
            "Former: Sandbox managed; days 28, was Production 10d",
            "Week: Sandbox managed; days 28, was Production 7d",
            "Long: Sandbox managed; days 28, was Production 28d",
            "Longer: Sandbox managed; days 28, was Production 35d",
            "Sometime: Sandbox managed; days 28, was Production 12d..8d",
            "Back: Production d365:no managed; days 28, switched Production>Sandbox 10d, switched Sandbox>Production 8d",
            "Unknown: Sandbox; was ? 3d",
            "From: Production d365:no managed; days 28, was Sandbox 3d",
            "Apps: Sandbox d365:yes; was Production 10d",
            "Read: Sandbox managed; days 28, was Production 10d, read 20d 9d 28",
            "Target: Sandbox",
        ],
    ),
    (
        "the service's word",
        "enough",
        &[
            "Offered: Production d365:no; days 7, read 22d 1d 28",
            "Old: Production d365:no; days 7, read 22d 10d 28",
            "Unprinted: Production d365:no; days 7, read 20d 5d",
            "Hint: Production d365:?; days 7, read 26d 2d 28",
            "Managed: Production d365:?; days 7, read 12d 2d 14",
            "Early: Sandbox; age 5h, read 3d 2d 28",
            "Shown: Sandbox; age 5h, read 5h 1h 28",
            "Same: Sandbox; age 5h, read 5h 5h 28",
            "FellShort: Production d365:no managed; days 14, set 28>14 2d, read 12d 5d 7",
            "Fell: Production d365:no managed; days 14, set 28>14 2d, read 22d 5d 28",
            "FellFrom: Production d365:no managed; days 14, set ?>14 2d, read 22d 5d 28",
            "RoseFrom: Production d365:no managed; days 28, set ?>28 2d, read 22d 5d 28",
            "Rose: Production d365:no managed; days 28, set 14>28 2d, read 12d 5d 14",
            "Lost: Production d365:no; days 28, managed no 2d, read 22d 5d 28",
            "Gained: Production d365:no managed; days 28, managed yes 2d, read 12d 5d 14",
            "Young: Production d365:no; age 5h, read nothing 4h",
            "Nothing: Sandbox; read nothing 2d",
            "NothingAt: Sandbox; age 3d, read nothing 2d",
            "NothingOf: Sandbox; read nothing 2d 7",
            "Switched: Sandbox; days 7, read 22d 5d 28, was Production 3d",
            "Moved: Sandbox; moved asia 3d",
            "MovedSometime: Sandbox; moved asia 5d..2d",
            "MovedLong: Sandbox; moved asia 30d",
        ],
    ),
    (
        "at this moment",
        "plenty",
        &[
            "Sales: Production d365:no managed; days 28",
            "Copied: Sandbox managed; busy Copying 2h",
            "CopiedLong: Sandbox managed; busy Copying 48h",
            "CopiedLonger: Sandbox managed; busy Copying 48h1s",
            "CopiedSometime: Sandbox managed; busy Copying ?",
            "Moving: Sandbox managed; busy Moving 2h",
            "Failed: Sandbox managed; failed 1d",
            "FailedNow: Sandbox managed; failed 10m",
            "FailedProd: Production d365:no managed; days 28, failed 1d",
            "FailedWhat: ?; failed 1d",
            "Mode: Sandbox managed; admin",
            "Gone: Sandbox managed; unlisted",
            "GoneSales: Production d365:no managed; days 28, unlisted",
            "Busy: Production d365:no managed; days 28, busy Switching 1h",
            "Linked: Production d365:no managed; days 28, finance",
        ],
    ),
    (
        "all targets are occupied, and storage is short",
        "short",
        &[
            "Sales: Production d365:yes",
            "Test: Sandbox; busy Restoring 1h",
            "Train: Sandbox; failed 2d",
            "Empty: Sandbox db:no",
        ],
    ),
    (
        "keys and policies",
        "for two",
        &[
            "K1: Production d365:no key:k1; days 7",
            "K2: Production d365:no key:k2; days 7",
            "Any: Production d365:no key:any; days 7",
            "Ms: Production d365:no; days 7",
            "S1: Sandbox key:K1",
            "S1b: Sandbox key:k1",
            "S1m: Sandbox key:k1 managed",
            "S3: Sandbox key:k3",
            "SAny: Sandbox key:any",
            "SUnknown: Sandbox key:?",
            "Net: Production d365:no pol:net=v1; days 7",
            "NetS: Sandbox pol:net=v1",
            "NetS2: Sandbox pol:net=v2",
            "NetAny: Sandbox pol:net=?",
            "Asia: Production d365:no region:asia; days 7",
            "K9: Production d365:no key:k9 managed:?; days 7",
            "S9: Sandbox key:k9 managed",
            "K1Net: Production d365:no key:k1 pol:net=v1; days 7",
        ],
    ),
    (
        "nothing fits",
        "enough",
        &[
            "Keyed: Production d365:no key:k1; days 7",
            "Managed: Production d365:no managed; days 28",
            "Asia: Production d365:no region:asia; days 7",
            "KeyedAsia: Production d365:no region:asia key:k1; days 7",
            "ManagedAsia: Production d365:no region:asia managed; days 7",
            "Home: Default",
            "Dev: Developer region:africa",
            "Team: Teams db:no",
            "Box: Sandbox",
        ],
    ),
    (
        "lists of candidates",
        "enough",
        &[
            "Sales: Production d365:no managed; days 28, candidates Test+Train 1d",
            "Alone: Production d365:no; days 7, candidates nobody 1d",
            "Test: Sandbox managed",
            "Train: Sandbox",
            "New: Sandbox managed; age 5h",
            "Old: Sandbox managed:?; candidates Test 40d",
            "Dev: Developer managed:?; candidates Train 1d",
            "Home: Default managed:? pol:?; candidates nobody 1d",
            "Home2: Default managed:? pol:?; candidates Dev 1d",
            "Try: Trial; candidates Test 1d",
            "TryLong: Trial; candidates Test 1d, read 20d 5d 28",
            "Home4: Default managed:?; candidates Lost 1d",
            "Lost: Developer managed:?; unlisted",
            "Itself: Sandbox; candidates Itself+Train 1d",
        ],
    ),
    (
        "deleted",
        "plenty",
        &[
            "Box: Sandbox; deleted 3d",
            "Seven: Sandbox; deleted 7d",
            "Over: Sandbox; deleted 7d1s",
            "Apps: Production d365:yes; deleted 20d",
            "Perhaps: Production d365:?; deleted 20d",
            "Which: ? d365:yes; deleted 5d",
            "Turned: Sandbox; deleted 10d..3d, was Production 5d",
            "Sometime: Sandbox; deleted 10d..3d",
            "Never: Sandbox; deleted ?..3d",
            "Long: Production d365:no managed; days 28, deleted 1d, backup 2d",
            "Back: Sandbox; recovered 5d..3d",
            "Living: Sandbox",
        ],
    ),
    (
        "backups and what is announced",
        "?",
        &[
            "Now: Sandbox; backup 5m, backup 10m, backup 12m, backup 15m",
            "Late: Sandbox; backup 6d23h, backup 7d, backup 7d1s",
            "Sales: Production d365:no managed; days 28, backup 20d, set 7>28 23h",
            "Contested: Production d365:no managed; days 28, backup 5d, backup 10d",
            "Dev: Developer; backup 2d expires +5d, backup 9d expires 1d, backup 3d",
            "Former: Sandbox managed; days 28, was Production 3d, backup 5d, backup 2d",
            "Ends: Trial; ends disabled +2d, ends deleted +9d, ends trial 0d",
            "Unknown: Sandbox; age ?, backup 23h",
            "Moved: Sandbox; moved asia 3d, backup 5d, backup 2d",
            "Asked: Sandbox; read nothing 2d 7, backup 3d, backup 1d",
            "Nothing: Sandbox; read nothing 2d, backup 3d, backup 1d",
            "Young: Sandbox; age 5h, backup 4h",
            "Offered: Production d365:no; days 7, read 22d 10d 28, backup 15d, backup 9d",
            "Printed: Sandbox; backup 2d expires +2d, backup 3d expires +9d, backup 4d expires 1d",
        ],
    ),
];

pub fn list(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().collect::<Vec<_>>().join(" ")
}
pub fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.into() } else { text }
}
pub fn rules(all: &[RuleId]) -> String {
    list(all.iter().map(RuleId::to_string))
}
fn letter(outcome: Outcome) -> char {
    match outcome {
        Outcome::Eligible => '+',
        Outcome::Unknown => '?',
        Outcome::Refused => '-',
    }
}
fn counts(c: &Counts) -> String {
    format!("{}/{}/{}", c.eligible, c.unknown, c.refused)
}
fn asks(all: &[FactKey]) -> String {
    list(all.iter().map(named))
}

/// What the newest edition makes worse, each rule with what it fell over.
fn fallen(worse: WorsePair) -> String {
    list(worse.by_rule().iter().map(|(rule, worse)| format!("{rule}:{}", worse.fallen.len())))
}

fn shown(w: &Window) -> String {
    let mut text = format!("kept {}..{}", maybe(w.guaranteed_from), maybe(w.possible_from));
    if let Some(from) = w.dormant_from {
        write!(text, " asleep {}", ago(from)).unwrap();
    }
    for gap in &w.gaps {
        let word = if gap.asleep { "asleep" } else { "gap" };
        let before = if gap.before == DateTime::<Utc>::MAX_UTC { "on".into() } else { ago(gap.before) };
        write!(text, " {word} {}-{before}", ago(gap.from)).unwrap();
    }
    let of = |reasons: &[restore_desk::domain::retention::Reason]| {
        list(reasons.iter().map(|r| format!("{}{}", rules(&r.rules), named(&r.cause))))
    };
    write!(text, " ({}; {:?}", of(&w.guaranteed_reasons), w.usage).unwrap();
    if w.possible_reasons != w.guaranteed_reasons {
        write!(text, "; possible {}", of(&w.possible_reasons)).unwrap();
    }
    text + ")"
}

fn line(tenant: &Tenant, edition: &Edition, o: &Outlook) -> String {
    let moment = Moment::new(edition, tenant, now());
    let env = &tenant.environments[o.place];
    let name = |place: &usize| tenant.environments[*place].name.clone();
    let mut out = named(&o.today);
    if o.ever != o.today {
        write!(out, " (ever {})", named(&o.ever)).unwrap();
    }
    write!(out, ", {}", shown(&o.window)).unwrap();
    if (o.sure_from, o.possible_from) != (o.window.guaranteed_from, o.window.possible_from) {
        write!(out, ", reaches {}..{}", maybe(o.sure_from), maybe(o.possible_from)).unwrap();
    }
    if let Some(bounds) = o.bounds() {
        let of = |b: &restore_desk::domain::outlook::WaysBound| format!("{}{}", rules(&b.reason().rules), named(b));
        write!(out, " cut by {} and {}", of(&bounds.sure), of(&bounds.possible)).unwrap();
    }
    let onto = o.onto();
    if let Some(why) = &onto.none {
        write!(out, "; onto none by {}", named(why)).unwrap();
    }
    let itself = if onto.itself { " itself" } else { "" };
    write!(out, "; onto {}{itself} {}", onto.tally.yes, list(onto.best.iter().map(name))).unwrap();
    for (word, many) in [("perhaps", onto.tally.perhaps), ("not now", onto.tally.not_now)] {
        if many > 0 {
            write!(out, ", {many} {word}").unwrap();
        }
    }
    if let Some(left) = onto.left {
        out += if left == Left::New { ", else new" } else { ", else through Sandbox" };
    }
    let ways = &o.ways;
    let through = ways.through_sandbox.map_or('.', letter);
    write!(out, " [{} {}{through}{}]", counts(&ways.targets), letter(ways.itself), letter(ways.beside)).unwrap();
    let why = |(back, o): &(Back, restore_desk::domain::outlook::Obstacle)| {
        let why = match o {
            restore_desk::domain::outlook::Obstacle::Window(reason) => named(&reason.cause),
            other => named(other),
        };
        format!("{}:{why}:{}", named(back), rules(&o.reason().rules))
    };
    if !o.obstacles.is_empty() {
        write!(out, "; because {}", list(o.obstacles.iter().map(why))).unwrap();
    }
    write!(out, "; source {}", named(&source(moment, env, &o.window))).unwrap();
    if let restore_desk::domain::outlook::Source::Ask(facts) = source(moment, env, &o.window) {
        write!(out, " {}", asks(&facts)).unwrap();
    }
    if matches!(o.answer(), OutlookAnswer::Restorable { onto_itself_only: true, .. }) {
        out += "; onto itself only";
    }
    if let Some(manual) = manual_retention(edition, env, now()) {
        let reasons = list(manual.reasons.iter().map(|r| format!("{}{}", rules(&r.rules), named(&r.cause))));
        let days = format!("{}..{}", manual.guaranteed_days, manual.possible_days);
        if days != format!("{}..{}", o.window.retention.guaranteed_days, o.window.retention.possible_days) {
            write!(out, "; manual {days} ({reasons})").unwrap();
        }
    }
    if let Some(hint) = hint(env) {
        write!(out, "; hint {hint:?}").unwrap();
    }
    out
}

/// Of one edition: each environment, what is wrong, what comes.
fn told(tenant: &Tenant, edition: &Edition) -> Vec<String> {
    let moment = Moment::new(edition, tenant, now());
    let mut out = Vec::new();
    let judged = assess(moment);
    for o in &outlooks(moment) {
        let troubles = judged.prospects.iter().find(|p| p.place == o.place).map(|p| list(p.troubles.iter().map(named)));
        let troubles = troubles.map_or(String::new(), |t| format!("; troubles {}", or(t, "none")));
        out.push(format!("{}: {}{troubles}", o.environment, line(tenant, edition, o)));
        let env = &tenant.environments[o.place];
        if let Some(worse) = newest_is_worse_for_window(edition, env, now()) {
            let less = match &worse.less {
                LessKept::Shorter { days, gone, .. } => {
                    format!("Shorter {days:?}{}", if *gone { ", gone" } else { "" })
                }
                less => named(less),
            };
            out.push(format!("    by the newest edition it keeps less: {less}"));
        }
        for b in &env.backups {
            let judged = judge_backup(edition, env, b, now());
            let why = list(judged.reasons.iter().map(|r| format!("{}{}", rules(&r.rules), named(&r.cause))));
            let until = format!("{}..{}", maybe(judged.guaranteed_until), maybe(judged.possible_until));
            out.push(format!("    {}: {:?} {:?} until {until} ({why})", b.label, judged.stage, judged.certainty));
        }
        for fact in [FactKey::Dataverse, FactKey::Dynamics, FactKey::Managed, FactKey::Key, FactKey::Policies] {
            if env.is_unknown(fact) && !matches!(o.today, Back::Not) {
                let brought = brings(moment, &env.id, fact);
                let text = list(brought.iter().map(|b| format!("{}>{}", counts(&b.before), counts(&b.after))));
                if brought.iter().any(|b| b.before != b.after) {
                    out.push(format!("    an answer to {} brings {text}", named(&fact)));
                }
            }
        }
    }
    for f in &judged.findings {
        let names = list(f.environments.iter().map(|place| tenant.environments[*place].name.clone()));
        let asked = list(
            f.asks
                .iter()
                .map(|(fact, ids)| format!("{}({})", named(fact), list(ids.iter().map(EnvironmentId::to_string)))),
        );
        let detail = f.detail.as_ref().map_or(String::new(), |d| match d {
            Detail::Storage(why) => format!(", {}", named(why)),
            Detail::FirstEnding { name, what, at } => format!(", {name} {what:?} {}", ago(*at)),
            Detail::Unlisted { since, one } => format!(", since {}{}", ago(*since), if *one { ", one" } else { "" }),
        });
        let asked = if asked.is_empty() { asked } else { format!(", asks {asked}") };
        let capped = if f.capped { ", capped" } else { "" };
        out.push(format!("finding {} {}{capped}: {names}{detail}{asked}", named(&f.trouble), f.costs));
    }
    let h = judged.headline();
    let rests = list(h.rests.iter().map(|(on, n)| format!("{} {n}", named(on))));
    let score = h.score.map_or("-".into(), |s| s.to_string());
    out.push(format!(
        "score {score}; of {} not {} ({}), not known {}, possibly {}",
        h.all, h.not, rests, h.not_known, h.possibly
    ));
    for urgent in at_once(moment) {
        out.push(format!("at once: {} {:?}", urgent.environment.name, urgent.said.cause));
    }
    for u in upcoming(moment) {
        let cause = format!("{:?}", u.said.cause);
        let cause = cause.split(" changed").next().unwrap().split("changed:").next().unwrap().to_string();
        let cause = if cause.contains("RecoveryOver") { named(&u.said.cause) } else { cause };
        out.push(format!("then {} {}: {cause} {:?} {}", ago(u.at), u.environment.name, u.turn, rules(&u.said.rules)));
    }
    out
}

/// What several editions say, once where they say the same.
pub fn by_edition(text: &mut String, told: impl Fn(&'static Edition) -> Vec<String>) {
    let all: Vec<(&Edition, Vec<String>)> = EDITIONS.iter().map(|edition| (*edition, told(edition))).collect();
    for (i, (edition, lines)) in all.iter().enumerate() {
        let new: Vec<&String> = lines.iter().filter(|line| i == 0 || !all[i - 1].1.contains(line)).collect();
        let gone = i > 0 && all[i - 1].1.iter().any(|line| !lines.contains(line));
        if new.is_empty() && !gone {
            writeln!(text, "{} (the same as the one before)", edition.id).unwrap();
            continue;
        }
        writeln!(text, "{}{}", edition.id, if i > 0 { " (what differs from the one before)" } else { "" }).unwrap();
        new.iter().for_each(|line| writeln!(text, "  {line}").unwrap());
    }
}

#[test]
fn answers() {
    let mut text = String::new();
    for (title, room, lines) in ATLAS {
        let tenant = tenant(room, lines);
        writeln!(text, "## {title}; storage {room}").unwrap();
        by_edition(&mut text, |edition| told(&tenant, edition));
        writeln!(text).unwrap();
    }
    retention_golden::check("atlas.txt", &text);
}

/// Every pair of a tenant: what is not met, and what would mend it.
#[test]
fn pairs() {
    let mut text = String::new();
    let chosen =
        ["one of each kind, all known", "little is known", "keys and policies", "nothing fits", "lists of candidates"];
    for (title, room, lines) in ATLAS.iter().filter(|(title, ..)| chosen.contains(title)) {
        let tenant = tenant(room, lines);
        writeln!(text, "## {title}").unwrap();
        by_edition(&mut text, |edition| {
            let all = matrix(edition, &tenant);
            let mut out = Vec::new();
            for (s, source) in tenant.environments.iter().enumerate() {
                let mut groups: Vec<(String, Vec<String>)> = Vec::new();
                for (t, target) in tenant.environments.iter().enumerate() {
                    let verdict = all.verdict(s, t);
                    let mended = mend(edition, source, target);
                    let changes = mended.changes.map(|all| list(all.iter().map(|r| named(&r.change))));
                    let changes = changes.map_or(format!("hopeless {}", rules(&mended.hopeless)), |c| or(c, "-"));
                    let worse = newest_is_worse_for_pair(edition, source, target)
                        .map_or(String::new(), |w| format!("; newest {}", fallen(w)));
                    assert_eq!(verdict.outcome(), all.outcome(s, t));
                    let own = judge(edition, source, target);
                    assert_eq!(own.outcome(), all.outcome(s, t), "{} onto {}", source.name, target.name);
                    let said = format!("{} {}; {changes}{worse}", letter(verdict.outcome()), short(&verdict));
                    let name = if s == t { "itself".to_string() } else { target.name.clone() };
                    match groups.iter_mut().find(|(known, _)| *known == said) {
                        Some((_, names)) => names.push(name),
                        None => groups.push((said, vec![name])),
                    }
                }
                let (to, from) = (counts(&all.targets_of(s)), counts(&all.sources_of(s)));
                out.push(format!("{} to {to} from {from}", source.name));
                for (said, names) in groups {
                    out.push(format!("  {} {said} {}", source.name, names.join(" ")));
                }
            }
            out
        });
        for pair in EDITIONS.windows(2) {
            let c = compare(pair[0], pair[1], &tenant, now());
            let tallies =
                list(c.tallies.iter().map(|t| format!("{}>{} {}", letter(t.before), letter(t.after), t.pairs)));
            let first = list(c.pairs.iter().take(5).map(|p| format!("{}>{}", p.source, p.target)));
            let windows =
                list(c.windows.iter().map(|w| format!("{}{}", w.environment, if w.worse { "-" } else { "" })));
            writeln!(text, "{} to {}: {tallies}; first {first}; windows {windows}", pair[0].id, pair[1].id).unwrap();
        }
        writeln!(text).unwrap();
    }
    retention_golden::check("atlas-pairs.txt", &text);
}

/// What each window says is what the window of the same environment says alone.
#[test]
fn windows_need_no_tenant() {
    for (_, room, lines) in ATLAS {
        let tenant = tenant(room, lines);
        for edition in EDITIONS {
            for o in outlooks(Moment::new(edition, &tenant, now())) {
                assert_eq!(*o.window, window(edition, &tenant.environments[o.place], now()));
            }
        }
    }
}
