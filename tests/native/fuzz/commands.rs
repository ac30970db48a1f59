//! Any text as things that are done to a small tenant, a line each: `late 30 backup 4 b1` is a manual backup of environment 4, told
//! half an hour late. A word that is no verb stands for one, and one that is no number for one, so that every text is a story.
//!
//! Each edit: refused it changes nothing; written down and read back it is the same and does the same; taken back the tenant is as it was, and
//! done again as it came to be.

use super::{Came, ensure, same, shape, words};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::command::Command;
use restore_desk::domain::deed::Setting;
use restore_desk::domain::door;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Answer, Environment, EnvironmentId, FactKey, Key, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::life::{Deed, NewEnvironment};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::outlook::outlooks;
use restore_desk::domain::plan::Purpose;
use restore_desk::domain::plan::plan;
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::service::Cloud;
use restore_desk::words::Say;
use restore_desk::words::plan::heard;
use restore_desk::workspace::activity::{Filter, rows};
use restore_desk::workspace::clock::{Clock, Invented};
use restore_desk::workspace::deadlines::deadlines;
use restore_desk::workspace::edit::{Edit, Made};
use restore_desk::workspace::keep::journal::{self, Act, EditId, JournalEntry, Seen};
use restore_desk::workspace::keys::{Id, Place, Tab};
use restore_desk::workspace::log::Step;
use restore_desk::workspace::{Draft, SavedPlan, Workspace, envelope};

/// Minutes after 1 March 2026, UTC; no further than a calendar goes.
fn minute(m: i64) -> DateTime<Utc> {
    let m = m.clamp(-13_600_000, 4_190_000_000);
    Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap() + TimeDelta::minutes(m)
}

/// So many minutes from an instant.
fn from(at: DateTime<Utc>, m: i64) -> DateTime<Utc> {
    let base = minute(0);
    let all = (at - base).num_minutes().saturating_add(m);
    minute(all) + TimeDelta::seconds((at - base).num_seconds() % 60)
}

fn id(n: i64) -> EnvironmentId {
    EnvironmentId::new(format!("e{}", n.rem_euclid(9)))
}

/// Six environments of which most is known; `unknown` has a bit for what is not.
fn base(unknown: i64, clock: bool) -> Workspace {
    fn is<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Import(0), minute(-900_000))
    }
    let open = |bit: i64| unknown >> bit & 1 == 1;
    let kinds = [Kind::Production, Kind::Sandbox, Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Default];
    let environments = (0..).zip(kinds).map(|(n, kind)| {
        let mut e = Environment::new(id(n).as_str());
        e.name = format!("E{n}");
        e.kind = if open(6) && n == 4 { Fact::unknown() } else { is(kind) };
        e.region = is(Region::new("europe"));
        e.dataverse = is(n != 3 || !open(0));
        e.dynamics = if open(1) && n == 2 { Fact::unknown() } else { is(n == 0) };
        e.managed = is(n < 4);
        e.key = if open(5) { Fact::unknown() } else { is(Key::Microsoft) };
        e.policies = is(Default::default());
        e.retention_setting = is(if open(2) { 28 } else { 7 });
        e.created = if open(3) && n == 1 { Fact::unknown() } else { is(minute(-60 * 24 * 40 * n - 60)) };
        e
    });
    let mut w = Workspace::default();
    w.tenant.name = "Stories".into();
    w.tenant.environments = environments.collect();
    w.clock = clock.then(|| Clock::at(minute(0)));
    w
}

/// The words of a line, read as what is needed.
struct Line<'a>(std::str::SplitWhitespace<'a>);

impl Line<'_> {
    fn word(&mut self) -> String {
        self.0.next().unwrap_or_default().chars().take(200).collect()
    }

    fn number(&mut self) -> i64 {
        let word = self.word();
        let whole = word.parse::<i128>().map(|n| n.clamp(i64::MIN.into(), i64::MAX.into()) as i64);
        whole.unwrap_or_else(|_| word.bytes().map(i64::from).sum())
    }

    fn yes(&mut self) -> bool {
        self.number() & 1 == 1
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.number().rem_euclid(of.len() as i64) as usize].clone()
    }

    fn env(&mut self) -> EnvironmentId {
        id(self.number())
    }

    fn kind(&mut self) -> Kind {
        self.one(&[Kind::Sandbox, Kind::Production, Kind::Developer, Kind::Default, Kind::Trial])
    }

    fn key(&mut self) -> Key {
        self.one(&[Key::Microsoft, Key::Customer(None), Key::Customer(Some("k".into()))])
    }

    fn maybe(&mut self) -> Option<bool> {
        self.one(&[Some(true), Some(false), None])
    }

    fn days(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }
}

const VERBS: [&str; 34] = [
    "backup",
    "unback",
    "retention",
    "switch",
    "restore",
    "end",
    "admin",
    "managed",
    "key",
    "dataverse",
    "create",
    "delete",
    "recover",
    "answer",
    "unanswer",
    "storage",
    "cloud",
    "forget",
    "rename",
    "import",
    "back",
    "redo",
    "keep",
    "tick",
    "remove",
    "draft",
    "edition",
    "pass",
    "move",
    "rewind",
    "stop",
    "invent",
    "wait",
    "late",
];

/// A story that is told.
struct Story {
    w: Workspace,
    /// Minutes, by the real clock.
    m: i64,
    n: u64,
    told: Vec<String>,
    /// The plan that was removed last.
    removed: Option<Box<SavedPlan>>,
}

pub fn look(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let mut head = Line(lines.next().unwrap_or_default().split_whitespace());
    let mut story = Story { w: base(head.number(), head.yes()), m: 0, n: 0, told: Vec::new(), removed: None };
    story.w.edition = head.one(EDITIONS).id();
    for line in lines.filter(|l| !l.trim().is_empty()).take(40) {
        story.m += 7;
        let mut words = Line(line.split_whitespace());
        if let Some(edit) = story.edit(&mut words, 0) {
            story.make(edit).map_err(|e| format!("{e}\n(at “{}”)", line.chars().take(200).collect::<String>()))?;
        }
    }
    story.end()?;
    story.told.sort();
    story.told.dedup();
    Ok(shape(story.told))
}

impl Story {
    fn real(&self) -> DateTime<Utc> {
        minute(self.m)
    }

    fn edit(&mut self, line: &mut Line, late: i64) -> Option<Edit> {
        let verb = line.word();
        let place = VERBS.iter().position(|v| *v == verb);
        let place = place.unwrap_or_else(|| verb.bytes().map(usize::from).sum::<usize>() % VERBS.len());
        let (w, now) = (&self.w, self.w.now(self.real()));
        let at = if late == 0 { w.present(now) } else { from(now, late.saturating_neg()) };
        let deed = |deed: Deed| Some(Edit::Run { command: Command::Do(deed), at, step: None });
        let command = |command: Command| Some(Edit::Run { command, at, step: None });
        let plan_number = |back: i64| {
            let last = w.plans.iter().map(|p| p.number).max().unwrap_or(0);
            last.saturating_sub(u32::try_from(back.rem_euclid(4)).unwrap_or(0))
        };
        match VERBS[place] {
            "backup" => {
                let (environment, id) = (line.env(), line.word());
                let off = line.number();
                let point = (off != 0).then(|| from(at, off));
                deed(Deed::CreateManualBackup { environment, label: id.clone(), id, point })
            }
            "unback" => {
                let (environment, n) = (line.env(), line.number());
                let backups = &w.tenant.get(&environment)?.backups;
                let backup = backups.get(n.rem_euclid(backups.len().max(1) as i64) as usize)?.id.clone();
                deed(Deed::DeleteManualBackup { environment, backup })
            }
            "retention" => deed(Deed::Set { environment: line.env(), setting: Setting::Retention(line.days()) }),
            "switch" => deed(Deed::Set { environment: line.env(), setting: Setting::Kind(line.kind()) }),
            "restore" => {
                let (source, target, back, ends) = (line.env(), line.env(), line.number(), line.number());
                let manual = w.tenant.get(&source).and_then(|e| e.backups.last()).map(|b| b.id.clone());
                let point = match manual {
                    Some(id) if back < 0 => Point::Manual(id),
                    _ => Point::System(from(at, back.saturating_neg())),
                };
                let (fails, named) = (line.yes(), line.word());
                let new_name = (!named.is_empty()).then_some(named);
                let request =
                    RestoreRequest { source, target, point, include_audit_logs: fails, new_name, special_apps: vec![] };
                deed(Deed::StartRestore { request, ends: (ends != 0).then(|| from(at, ends)), fails })
            }
            "end" => deed(Deed::EndRestore { target: line.env(), failed: line.yes() }),
            "admin" => deed(Deed::Set { environment: line.env(), setting: Setting::AdministrationMode(line.yes()) }),
            "managed" => deed(Deed::Set { environment: line.env(), setting: Setting::Managed(line.yes()) }),
            "key" => deed(Deed::Set { environment: line.env(), setting: Setting::Key(line.key()) }),
            "dataverse" => deed(Deed::Set { environment: line.env(), setting: Setting::Dataverse }),
            "create" => deed(Deed::Create(NewEnvironment {
                id: line.env(),
                kind: line.kind(),
                dataverse: line.maybe(),
                dynamics: line.maybe(),
                managed: line.maybe(),
                key: Some(line.key()),
                name: line.word(),
                region: Some(Region::new("europe")),
                policies: None,
            })),
            "delete" => deed(Deed::Delete { environment: line.env() }),
            "recover" => deed(Deed::Recover { environment: line.env() }),
            "answer" => {
                let (environments, what, value) =
                    (vec![line.env(), line.env()], line.number().rem_euclid(8), line.number());
                let yes = value & 1 == 1;
                let answer = match what {
                    0 => Answer::Kind(line.kind()),
                    1 => Answer::Dataverse(yes),
                    2 => Answer::Dynamics(yes),
                    3 => Answer::Managed(yes),
                    4 => Answer::Key(line.key()),
                    5 => Answer::RetentionSetting(u32::try_from(value).unwrap_or(0)),
                    6 => Answer::Created(from(at, value)),
                    _ => Answer::Deleted(from(at, value)),
                };
                command(Command::Answer { environments, answer })
            }
            "unanswer" => {
                let facts =
                    [FactKey::Kind, FactKey::Dynamics, FactKey::Managed, FactKey::RetentionSetting, FactKey::Deleted];
                command(Command::ForgetAnswer { environments: vec![line.env()], fact: line.one(&facts) })
            }
            "storage" => {
                // Fractions that a text can hold exactly: a last binary place may change on its way.
                let amount = |n: i64| n as f64 / 8.0;
                let storage = Storage { entitled_mb: amount(line.number()), used_mb: amount(line.number()) };
                command(Command::SetCapacity(Capacity { database: storage, log: storage, file: storage }))
            }
            "cloud" => command(Command::SetCloud(line.one(&[None, Some(Cloud::UsGov), Some(Cloud::Public)]))),
            "forget" => command(Command::Forget { environments: vec![line.env()] }),
            "rename" => command(Command::Rename(line.word())),
            "import" => {
                let mut seen = Vec::new();
                for _ in 0..1 + line.number().rem_euclid(2) {
                    let (n, back) = (line.number(), line.number());
                    let created = (back > 0).then(|| from(now, -back));
                    let name = Some(format!("Listed {n}"));
                    seen.push(Observation {
                        id: id(n).to_string(),
                        name,
                        managed: line.maybe(),
                        created,
                        ..Observation::default()
                    });
                }
                seen.dedup_by(|a, b| a.id == b.id);
                let (format, name) = ("admin REST list".to_string(), "list.json".to_string());
                command(Command::Import(Inventory { format, name, environments: seen.into(), ..Inventory::default() }))
            }
            "back" => {
                let last = w.log.entries.iter().map(|e| e.number).max().unwrap_or(0);
                Some(Edit::TakeBack {
                    number: last.saturating_sub(u32::try_from(line.number().rem_euclid(12)).unwrap_or(0)),
                })
            }
            "redo" => Some(Edit::Redo { number: w.log.redoable().ok()?.number }),
            "keep" => {
                let (source, target, back) = (line.env(), line.env(), line.number());
                let point = Point::System(from(now, back.saturating_abs().saturating_neg()));
                let purpose = if line.yes() {
                    Purpose::BulkDeletion { source, point, include_audit_logs: false, special_apps: vec![] }
                } else {
                    Purpose::Restore(RestoreRequest {
                        source,
                        target,
                        point,
                        include_audit_logs: false,
                        new_name: None,
                        special_apps: vec![],
                    })
                };
                let edition = Edition::find(&w.edition).unwrap_or_else(Edition::default_edition);
                let plan = plan(Moment::new(edition, &w.tenant, now), &purpose, heard).ok()?;
                Some(Edit::KeepPlan { plan: Box::new(plan), elsewhere: None })
            }
            "tick" => {
                let plan = plan_number(line.number());
                let steps = w.plans.iter().find(|p| p.number == plan).map(|p| &p.plan.steps);
                let n = line.number();
                let step = steps.and_then(|s| s.get(n.rem_euclid(s.len().max(1) as i64) as usize));
                let id = step.map_or_else(|| "a".to_string(), |s| s.id.clone());
                if line.yes() {
                    let command = Command::Rename(line.word());
                    return Some(Edit::Run { command, at, step: Some(Step { plan, id }) });
                }
                Some(Edit::Tick { plan, id, done: line.yes() })
            }
            // Where there is no such plan, the one that was removed last is put back.
            "remove" => match w.plan(plan_number(line.number())) {
                Some(saved) => {
                    let number = saved.number;
                    self.removed = Some(Box::new(saved.clone()));
                    Some(Edit::RemovePlan { number })
                }
                None => self.removed.clone().map(|plan| Edit::PutBack { plan }),
            },
            "draft" => {
                let (step, new_name) = (line.number() as u8, line.word());
                Some(Edit::Draft(Some(Box::new(Draft {
                    step,
                    new_name,
                    source: Some(line.env()),
                    ..Draft::default()
                }))))
            }
            "edition" => Some(Edit::Edition(line.one(EDITIONS).id())),
            "pass" => Some(Edit::PassTime),
            "move" => Some(Edit::MoveClock { to: from(now, line.number()) }),
            "rewind" => Some(Edit::RewindClock { to: from(now, line.number().saturating_neg()) }),
            "stop" => Some(Edit::StopClock),
            "invent" => Some(Edit::Invent(Invented { restore_minutes: line.days(), restores_fail: line.yes() })),
            "wait" => {
                self.m = self.m.saturating_add(line.number().clamp(0, 2_000_000));
                None
            }
            _ if late == 0 => {
                let late = line.number();
                self.edit(line, late)
            }
            _ => None,
        }
    }

    fn make(&mut self, edit: Edit) -> Result<(), String> {
        let before = self.w.clone();
        let made = Made::new(edit, &self.w, self.real());
        let kind = format!("{:?}", made.edit).chars().filter(|c| c.is_alphabetic()).take(24).collect::<String>();
        let done = match made.apply(&mut self.w) {
            Err(why) => {
                self.told.push(format!("{kind} {}", words(&why.reason())));
                return same("a refused edit changed something", &self.w, &before);
            }
            Ok(done) => done,
        };
        self.n += 1;
        self.told.push(format!("{kind} {}", words(&done.says)));
        self.told.extend(done.events.iter().map(|e| format!("{:?}", e.of_sort())));
        let read = if made.edit.is_whole() { made.clone() } else { self.journalled(&made)? };
        let mut twice = before.clone();
        same("made again it does something else", &read.apply(&mut twice), &Ok(done.clone()))?;
        same("made again it gives something else", &twice, &self.w)?;
        if let (Edit::Run { .. }, Some(number)) = (&made.edit, done.entry) {
            self.taken_back(before, &made, number)?;
        }
        Ok(())
    }

    /// The edit as its journal entry has it.
    fn journalled(&self, made: &Made) -> Result<Made, String> {
        let place = Place::Sample;
        let id = EditId { tab: Tab(Id::new("one").unwrap()), n: self.n };
        let act = Act::Make(Box::new(made.clone()));
        let stamp = made.at.timestamp_millis();
        let entry = JournalEntry {
            id,
            stamp,
            base: None,
            root: None,
            blind: false,
            seen: Seen::default(),
            act,
            names: vec![],
            gave: Default::default(),
        };
        let text = journal::write(&place, &entry)?;
        let read =
            journal::read(&text, &place, &entry.id).map_err(|e| format!("an entry cannot be read: {e:?} {text}"))?;
        same("an entry is read differently", &read, &entry)?;
        read.act.made().cloned().ok_or_else(|| "it makes nothing".to_string())
    }

    fn taken_back(&self, mut before: Workspace, made: &Made, number: u32) -> Result<(), String> {
        let edition = Edition::find(&made.edition).unwrap_or_else(Edition::default_edition);
        before.pass_time(edition, made.now);
        let mut back = self.w.clone();
        if back.take_back(edition, number).is_err() {
            return Ok(());
        }
        same("taken back it is not as it was", &back.tenant, &before.tenant)?;
        back.do_again(edition, number, made.now).map_err(|e| format!("it cannot be done again: {}", e.says()))?;
        same("done again it is something else", &back.tenant, &self.w.tenant)
    }

    fn end(&self) -> Result<(), String> {
        let (w, now) = (&self.w, self.w.now(self.real()));
        let edition = Edition::find(&w.edition).unwrap_or_else(Edition::default_edition);
        let _ = outlooks(Moment::new(edition, &w.tenant, now));
        let _ = (deadlines(w, edition, now), rows(&w.log, &Filter::default(), 100));
        for plan in &w.plans {
            let _ = plan.problems(Moment::new(edition, &w.tenant, now));
        }
        let mut again = w.tenant.clone();
        let mended = door::tenant(&mut again, now);
        ensure(mended.is_empty(), || format!("what was made does not pass the door: {mended:?}"))?;
        let read = envelope::read(&envelope::write(w, now)?).map_err(|e| e.to_string())?;
        same("what was made is read back differently", &read.workspace, w)?;
        ensure(read.mended.is_empty(), || format!("what was made is mended: {:?}", read.mended))
    }
}
