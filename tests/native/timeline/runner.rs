//! Reads and runs a timeline. The format is described in `tests/timelines/README.md`.

use super::expect;
use super::words::{Line, between, instant, moment};
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::command::Command;
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition, EditionId};
use restore_desk::domain::environment::{Answer, Deletion, Environment, EnvironmentId, Key, Kind, Policy, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::life::{Deed, NewEnvironment};
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::tenant::Tenant;
use restore_desk::words::Say;
use restore_desk::workspace::log::Log;
use std::collections::{BTreeMap, BTreeSet};

/// Where a timeline stands.
pub struct World {
    pub edition: &'static Edition,
    pub tenant: Tenant,
    pub log: Log,
    /// The instant of the last line.
    pub now: DateTime<Utc>,
    /// Numbers of entries that a line names with `#name`.
    tags: BTreeMap<String, u32>,
    made: u32,
}

/// The editions that a timeline asks for: one, several, or `all`.
pub fn editions(text: &str) -> Vec<&'static Edition> {
    let asked = text.lines().find_map(|l| l.strip_prefix("edition ")).unwrap_or("all");
    if asked.trim() == "all" {
        return EDITIONS.to_vec();
    }
    asked
        .split_whitespace()
        .map(|id| Edition::find(&EditionId(id.into())).unwrap_or_else(|| panic!("no edition {id}")))
        .collect()
}

/// Runs all lines under one edition. Panics with the line that does not hold.
#[allow(dead_code)] // Scenarios run line by line.
pub fn run(file: &str, text: &str, edition: &'static Edition) {
    let mut world = World::new(edition);
    for (number, raw) in text.lines().enumerate() {
        world.line(raw, format!("{file}:{} under {}: {}", number + 1, edition.id, raw.trim()));
    }
}

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 1, 1, 0, 0, 0).unwrap()
}

/// So many gigabytes of free database.
fn capacity(free: f64) -> Capacity {
    let storage = |free: f64| Storage { entitled_mb: 10_240.0 + free * 1024.0, used_mb: 10_240.0 };
    Capacity { database: storage(free), log: storage(0.0), file: storage(0.0) }
}

pub fn id(name: &str) -> EnvironmentId {
    EnvironmentId::new(name.to_lowercase())
}

/// The properties of a declaration or a creation, `key=value`.
fn properties(line: &mut Line) -> BTreeMap<String, String> {
    std::iter::from_fn(|| line.property()).collect()
}

fn yes(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        "?" => None,
        other => panic!("`{other}` is not yes, no or ?"),
    }
}

fn key(value: &str) -> Option<Key> {
    match value {
        "?" => None,
        "none" => Some(Key::Microsoft),
        "customer" => Some(Key::Customer(None)),
        which => Some(Key::Customer(Some(which.into()))),
    }
}

impl World {
    /// An empty tenant with room enough, before the first line.
    pub fn new(edition: &'static Edition) -> Self {
        let start = start();
        let mut world = Self {
            edition,
            tenant: Tenant { name: "Timeline".into(), ..Tenant::default() },
            log: Log::default(),
            now: start,
            tags: BTreeMap::new(),
            made: 0,
        };
        world.tenant.capacity = Fact::known(capacity(10.0), Origin::Import(0), start);
        world
    }

    /// One line of a file; `context` says which.
    pub fn line(&mut self, raw: &str, context: String) {
        let mut line = Line::read(raw, context);
        match line.word_or_end().as_deref() {
            None | Some("edition") => return,
            Some("environment") => self.declare(&mut line),
            Some("capacity") => {
                let gb = line.word();
                self.tenant.capacity = match gb.as_str() {
                    "?" => Fact::unknown(),
                    gb => Fact::known(capacity(gb.parse().unwrap()), Origin::Import(0), start()),
                };
            }
            Some("at") => {
                self.now = moment(&mut line, self.now);
                self.step(&mut line);
            }
            Some("every") => self.every(&mut line),
            Some(other) => line.fail(&format!("`{other}` is no beginning of a line")),
        }
        line.end();
    }

    pub fn get(&self, name: &str, line: &Line) -> &Environment {
        self.tenant.get(&id(name)).unwrap_or_else(|| line.fail(&format!("no environment {name}")))
    }

    /// An environment that is there from the beginning, of which everything is known unless the line says `?`.
    fn declare(&mut self, line: &mut Line) {
        let (name, kind) = (line.word(), line.word());
        let props = properties(line);
        let prop = |k: &str, default: &str| props.get(k).cloned().unwrap_or(default.to_string());
        let long_ago = Utc.with_ymd_and_hms(2020, 1, 1, 0, 0, 0).unwrap();
        fn fact<T>(value: Option<T>, at: DateTime<Utc>) -> Fact<T> {
            value.map_or(Fact::unknown(), |v| Fact::known(v, Origin::Import(0), at))
        }
        let fact_bool = |v: String| fact(yes(&v), long_ago);
        let mut env = Environment::new(id(&name).as_str());
        env.name = name;
        env.kind = fact((kind != "?").then(|| Kind::read(&kind)), long_ago);
        let region = prop("region", "europe");
        env.region = fact((region != "?").then(|| Region::new(&region)), long_ago);
        env.dataverse = fact_bool(prop("dataverse", "yes"));
        env.dynamics = fact_bool(prop("dynamics", "no"));
        env.managed = fact_bool(prop("managed", "no"));
        env.key = fact(key(&prop("key", "none")), long_ago);
        env.policies = match prop("policies", "none").as_str() {
            "?" => Fact::unknown(),
            "none" => fact(Some(Default::default()), long_ago),
            sort => fact(Some(BTreeSet::from([Policy { sort: sort.into(), id: Some("p".into()) }])), long_ago),
        };
        env.database_mb = fact(props.get("mb").map(|mb| mb.parse().unwrap()), long_ago);
        env.retention_setting = match prop("retention", "7").as_str() {
            "?" => Fact::unknown(),
            days => fact(Some(days.parse().unwrap()), long_ago),
        };
        env.created = match prop("created", "2020-01-01 00:00").as_str() {
            "?" => Fact::unknown(),
            at => fact(Some(instant(at)), long_ago),
        };
        env.deleted = props.get("deleted").map(|span| {
            let (from, until) = span.split_once("..").unwrap_or((span, span));
            Deletion::between((from != "?").then(|| instant(from)), instant(until))
        });
        self.tenant.environments.push(env);
    }

    /// What stands behind the instant.
    fn step(&mut self, line: &mut Line) {
        let mut line_again = line.clone();
        match line_again.word().as_str() {
            "expect" => {
                line.word();
                // What happens by itself has happened, as on screen.
                if let Some((tenant, _)) = self.log.pass_time(self.edition, &self.tenant, self.now) {
                    self.tenant = tenant;
                }
                expect::expect(self, line);
            }
            "refused" => {
                line.word();
                self.refused(line);
            }
            "undo" => {
                line.word();
                self.tenant =
                    self.log.undo(self.edition, &self.tenant).unwrap_or_else(|why| line.fail(&why.says().to_string()));
            }
            "redo" => {
                line.word();
                self.tenant = self
                    .log
                    .redo(self.edition, &self.tenant, self.now)
                    .unwrap_or_else(|why| line.fail(&why.says().to_string()));
            }
            "take-back" => {
                line.word();
                let number = self.tag(line);
                self.tenant = self
                    .log
                    .take_back(self.edition, &self.tenant, number)
                    .unwrap_or_else(|why| line.fail(&why.says().to_string()));
            }
            _ => {
                let (command, at, tag) = self.command(line);
                match self.log.record(self.edition, &self.tenant, command, at, self.now, None) {
                    Ok((tenant, _)) => {
                        self.tenant = tenant;
                        if let Some(tag) = tag {
                            let newest = self.log.entries.iter().filter(|e| !e.by_itself).map(|e| e.number).max();
                            self.tags.insert(tag, newest.unwrap());
                        }
                    }
                    Err(refusal) => line.fail(&format!("refused: {refusal:?}")),
                }
            }
        }
    }

    fn tag(&self, line: &mut Line) -> u32 {
        let tag = line.word();
        *self.tags.get(&tag).unwrap_or_else(|| line.fail(&format!("no entry was named {tag}")))
    }

    /// `refused <command> by K2 K3`, `refused undo saying "…"`: nothing may change.
    fn refused(&mut self, line: &mut Line) {
        let before = (self.tenant.clone(), self.log.clone());
        let mut peek = line.clone();
        let (rules, says) = match peek.word().as_str() {
            word @ ("undo" | "redo" | "take-back") => {
                line.word();
                let answer = match word {
                    "undo" => self.log.undo(self.edition, &self.tenant),
                    "redo" => self.log.redo(self.edition, &self.tenant, self.now),
                    _ => {
                        let number = self.tag(line);
                        self.log.take_back(self.edition, &self.tenant, number)
                    }
                };
                match answer {
                    Ok(_) => line.fail("it was not refused"),
                    Err(why) => (Vec::new(), why.says().to_string()),
                }
            }
            _ => {
                let (command, at, _) = self.command(line);
                match self.log.record(self.edition, &self.tenant, command, at, self.now, None) {
                    Ok(_) => line.fail("it was not refused"),
                    Err(refusal) => {
                        assert!(!refusal.help().is_empty(), "{}: a refusal without a way out", line.context);
                        (refusal.rules.iter().map(ToString::to_string).collect(), refusal.says().to_string())
                    }
                }
            }
        };
        assert!(before == (self.tenant.clone(), self.log.clone()), "{}: a refusal changed something", line.context);
        if line.take("by") {
            let mut expected: Vec<String> = Vec::new();
            while let Some(rule) = line.rule() {
                expected.push(rule);
            }
            assert_eq!(rules, expected, "{}: {says}", line.context);
        }
        if line.take("saying") {
            let part = line.word();
            assert!(says.contains(&part), "{}: it says: {says}", line.context);
        }
    }

    /// `every 1d from … until … <step> then +1h <step> …`. `{n}` counts from 1.
    fn every(&mut self, line: &mut Line) {
        let step = between(&line.word());
        assert!(line.take("from"), "{}: from", line.context);
        let from = moment(line, self.now);
        assert!(line.take("until"), "{}: until", line.context);
        let until = moment(line, from);
        let steps = line.split("then");
        let (mut at, mut n) = (from, 1);
        while at <= until {
            for (place, one) in steps.iter().enumerate() {
                let mut one = one.clone();
                one.replace("{n}", &n.to_string());
                self.now = if place == 0 { at } else { moment(&mut one, at) };
                self.step(&mut one);
                one.end();
            }
            at += step;
            n += 1;
        }
        line.skip();
    }

    /// A command, when it was done, and what the line calls it.
    fn command(&mut self, line: &mut Line) -> (Command, DateTime<Utc>, Option<String>) {
        let tag = line.tag();
        let mut at = self.now;
        if line.take("done") {
            at = moment(line, self.now);
        }
        let word = line.word();
        let deed = match word.as_str() {
            "capacity" => {
                let gb: f64 = line.word().parse().unwrap();
                return (Command::SetCapacity(capacity(gb)), at, tag);
            }
            "answer" => {
                let environments = vec![id(&line.word())];
                let (fact, value) = line.property().unwrap_or_else(|| line.fail("an answer is fact=value"));
                let answer = match fact.as_str() {
                    "kind" => Answer::Kind(Kind::read(&value)),
                    "dynamics" => Answer::Dynamics(yes(&value).unwrap()),
                    "managed" => Answer::Managed(yes(&value).unwrap()),
                    "created" => Answer::Created(instant(&value)),
                    "deleted" => Answer::Deleted(instant(&value)),
                    other => line.fail(&format!("no answer {other}")),
                };
                return (Command::Answer { environments, answer }, at, tag);
            }
            "backup" => {
                let (environment, label) = (id(&line.word()), line.word());
                self.made += 1;
                let point = line.take("point").then(|| moment(line, at));
                Deed::CreateManualBackup { environment, id: format!("b{}", self.made), label, point }
            }
            "delete-backup" => {
                let (name, label) = (line.word(), line.word());
                let env = self.get(&name, line);
                let backup = env.backups.iter().find(|b| b.label == label).map_or("none".into(), |b| b.id.clone());
                Deed::DeleteManualBackup { environment: id(&name), backup }
            }
            "retention" => {
                Deed::Set { environment: id(&line.word()), setting: Setting::Retention(line.word().parse().unwrap()) }
            }
            "switch" => Deed::Set { environment: id(&line.word()), setting: Setting::Kind(Kind::read(&line.word())) },
            "managed" => Deed::Set { environment: id(&line.word()), setting: Setting::Managed(line.on()) },
            "key" => Deed::Set { environment: id(&line.word()), setting: Setting::Key(key(&line.word()).unwrap()) },
            "dataverse" => Deed::Set { environment: id(&line.word()), setting: Setting::Dataverse },
            "admin-mode" => {
                Deed::Set { environment: id(&line.word()), setting: Setting::AdministrationMode(line.on()) }
            }
            "delete" => Deed::Delete { environment: id(&line.word()) },
            "recover" => Deed::Recover { environment: id(&line.word()) },
            "create" => {
                let (name, kind) = (line.word(), Kind::read(&line.word()));
                let props = properties(line);
                let prop = |k: &str, default: &str| props.get(k).cloned().unwrap_or(default.to_string());
                Deed::Create(NewEnvironment {
                    id: id(&name),
                    name,
                    kind,
                    region: Some(Region::new(&prop("region", "europe"))),
                    dataverse: yes(&prop("dataverse", "yes")),
                    dynamics: yes(&prop("dynamics", "no")),
                    managed: yes(&prop("managed", "no")),
                    key: key(&prop("key", "none")),
                    policies: Some(Default::default()),
                })
            }
            "restore" => self.restore(line, at),
            "restored" => Deed::EndRestore { target: id(&line.word()), failed: false },
            "failed" => Deed::EndRestore { target: id(&line.word()), failed: true },
            other => line.fail(&format!("no command {other}")),
        };
        (Command::Do(deed), at, tag)
    }

    /// `restore Source onto Target to <instant or "label"> [as "Name"] [audit] [ends +2h [fails]]`
    fn restore(&self, line: &mut Line, at: DateTime<Utc>) -> Deed {
        let source = line.word();
        assert!(line.take("onto"), "{}: onto", line.context);
        let target = line.word();
        assert!(line.take("to"), "{}: to", line.context);
        let point = match line.quoted() {
            Some(label) => {
                let env = self.get(&source, line);
                let found = env.backups.iter().find(|b| b.label == label);
                Point::Manual(found.map_or("none".into(), |b| b.id.clone()))
            }
            None => Point::System(moment(line, at)),
        };
        let new_name = line.take("as").then(|| line.word());
        let include_audit_logs = line.take("audit");
        let ends = line.take("ends").then(|| moment(line, at));
        let fails = line.take("fails");
        let request = RestoreRequest {
            source: id(&source),
            target: id(&target),
            point,
            include_audit_logs,
            new_name,
            special_apps: Vec::new(),
        };
        Deed::StartRestore { request, ends, fails }
    }
}
