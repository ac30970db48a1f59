//! Laws of the life of a tenant, over random sequences of commands, under every edition.

use crate::laws::cases;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::command::{Command, Stays};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Answer, Environment, EnvironmentId, FactKey, Key, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::inventory::{Inventory, Observation};
use restore_desk::domain::life::{Deed, NewEnvironment, evolve, is_due, upcoming};
use restore_desk::domain::manual_backup::judge;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::restore::{Point, RestoreRequest};
use restore_desk::domain::retention::{Certainty, Window, window};
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::what_if::{Fate, Lost, what_if};
use restore_desk::words::Say;
use restore_desk::workspace::log::{Log, LogEntry, LoggedEvent};
use std::collections::HashMap;

/// Hours after 1 March 2026, UTC.
fn hour(h: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 0, 0, 0).unwrap() + TimeDelta::hours(h)
}

fn id(n: usize) -> EnvironmentId {
    EnvironmentId::new(format!("e{n}"))
}

fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Origin::Import(0), hour(-9000))
}

/// Five environments of which most is known; the first ones are Production and Sandboxes, so that much can be done.
fn tenant(unknown: u8) -> Tenant {
    let kinds = [Kind::Production, Kind::Sandbox, Kind::Production, Kind::Sandbox, Kind::Developer, Kind::Default];
    let environments = kinds.into_iter().enumerate().map(|(n, kind)| {
        let mut e = Environment::new(id(n).as_str());
        e.name = format!("E{n}");
        e.kind = known(kind);
        e.region = known(Region::new("europe"));
        e.dataverse = known(n != 3 || unknown & 1 == 0);
        let open = n == 2 && unknown & 2 != 0 || n == 3 && unknown & 32 != 0;
        e.dynamics = if open { Fact::unknown() } else { known(n == 0 && unknown & 4 != 0) };
        e.managed = known(n < 2);
        e.key = known(Key::Microsoft);
        e.policies = known(Default::default());
        e.retention_setting = known(if unknown & 8 == 0 { 7 } else { 28 });
        e.created = if unknown & 16 != 0 && n == 1 { Fact::unknown() } else { known(hour(-24 * 40 * n as i64)) };
        e
    });
    let storage = Storage { entitled_mb: 10_240.0, used_mb: 1_024.0 };
    Tenant {
        name: "Laws".into(),
        environments: environments.collect(),
        capacity: known(Capacity { database: storage, log: storage, file: storage }),
        ..Tenant::default()
    }
}

/// Something to do, with numbers to choose by.
#[derive(Clone, Debug)]
enum Act {
    Do(Deed),
    /// Restore the nth manual backup of an environment.
    RestoreBackup(usize, usize, usize, bool),
    DeleteBackup(usize, usize),
    AnswerDynamics(usize, bool),
    /// A name, the storage, an answer.
    Say(Command),
    /// An inventory that lists one environment, with a fact about it.
    Import(usize, Option<bool>, u32),
    Forget(usize),
    /// So many hours late.
    Late(i64, Box<Act>),
    Undo,
    Redo,
    TakeBack(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let env = || (0usize..6).prop_map(id);
    let restore = (env(), env(), 0i64..900, prop::option::of(0i64..60), any::<bool>(), prop::option::of(0u8..3));
    prop_oneof![
        3 => (env(), any::<u32>(), -3i64..20).prop_map(|(environment, n, off)| Deed::CreateManualBackup {
            environment,
            id: format!("b{n}"),
            label: format!("Label {}", n % 7),
            point: (off < 4).then(|| hour(0) + TimeDelta::hours(off)),
        }),
        3 => (env(), select(vec![7u32, 14, 21, 28, 10])).prop_map(|(environment, days)| Deed::Set { environment, setting: Setting::Retention(days) }),
        4 => (env(), select(vec![Kind::Sandbox, Kind::Production])).prop_map(|(environment, to)| Deed::Set { environment, setting: Setting::Kind(to) }),
        4 => restore.prop_map(|(source, target, back, ends, fails, name)| Deed::StartRestore {
            request: RestoreRequest {
                source,
                target,
                // Resolved when it is done.
                point: Point::System(hour(-back)),
                include_audit_logs: fails,
                new_name: name.map(|n| format!("Name {n}")),
                special_apps: vec![],
            },
            ends: ends.map(hour),
            fails,
        }),
        2 => (env(), any::<bool>()).prop_map(|(target, failed)| Deed::EndRestore { target, failed }),
        1 => (env(), any::<bool>()).prop_map(|(environment, on)| Deed::Set { environment, setting: Setting::AdministrationMode(on) }),
        2 => (env(), any::<bool>()).prop_map(|(environment, managed)| Deed::Set { environment, setting: Setting::Managed(managed) }),
        1 => (env(), select(vec![Key::Microsoft, Key::Customer(None), Key::Customer(Some("k".into()))]))
            .prop_map(|(environment, key)| Deed::Set { environment, setting: Setting::Key(key) }),
        1 => env().prop_map(|environment| Deed::Set { environment, setting: Setting::Dataverse }),
        1 => (4usize..9, select(vec![Kind::Sandbox, Kind::Production, Kind::Developer])).prop_map(|(n, kind)| {
            Deed::Create(NewEnvironment {
                id: id(n),
                name: format!("E{n}"),
                kind,
                region: Some(Region::new("europe")),
                dataverse: Some(n % 2 == 0),
                dynamics: Some(false),
                managed: Some(true),
                key: Some(Key::Microsoft),
                policies: Some(Default::default()),
            })
        }),
        1 => env().prop_map(|environment| Deed::Delete { environment }),
        2 => env().prop_map(|environment| Deed::Recover { environment }),
    ]
}

/// Only what an administrator does, always now.
fn plain() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => deed().prop_map(Act::Do),
        1 => (0usize..6, 0usize..6, 0usize..3, any::<bool>()).prop_map(|(s, t, n, f)| Act::RestoreBackup(s, t, n, f)),
        1 => (0usize..6, 0usize..3).prop_map(|(e, n)| Act::DeleteBackup(e, n)),
    ]
}

fn say() -> impl Strategy<Value = Command> {
    let env = || (0usize..6).prop_map(|n| vec![id(n)]);
    let answer = |environments, answer| Command::Answer { environments, answer };
    prop_oneof![
        "[A-C]{0,2}".prop_map(Command::Rename),
        // Whole megabytes: a last binary place of a fraction may change on its way through text.
        (-1i32..9000, 0i32..9000).prop_map(|(entitled, used)| {
            let (entitled_mb, used_mb) = (f64::from(entitled), f64::from(used));
            let storage = Storage { entitled_mb, used_mb };
            Command::SetCapacity(Capacity { database: storage, log: storage, file: storage })
        }),
        (env(), any::<bool>()).prop_map(move |(e, yes)| answer(e, Answer::Managed(yes))),
        (env(), select(vec![7u32, 14, 28, 9])).prop_map(move |(e, days)| answer(e, Answer::RetentionSetting(days))),
        (env(), select(vec![Kind::Production, Kind::Sandbox])).prop_map(move |(e, kind)| answer(e, Answer::Kind(kind))),
        env().prop_map(|environments| Command::ForgetAnswer { environments, fact: FactKey::Managed }),
    ]
}

/// Everything.
fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        10 => plain(),
        2 => (0i64..200, plain()).prop_map(|(h, act)| Act::Late(h, Box::new(act))),
        1 => (0usize..6, any::<bool>()).prop_map(|(e, d)| Act::AnswerDynamics(e, d)),
        1 => say().prop_map(Act::Say),
        1 => (0usize..8, any::<Option<bool>>(), 0u32..3).prop_map(|(e, managed, n)| Act::Import(e, managed, n)),
        1 => (0usize..6).prop_map(Act::Forget),
        2 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => (0usize..30).prop_map(Act::TakeBack),
    ]
}

/// Minutes from one thing to the next.
fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![2 => Just(0i64), 1 => 1i64..20, 1 => 60i64..3000, 1 => 1440i64..20_000]
}

fn acts(one: impl Strategy<Value = Act>) -> impl Strategy<Value = (u8, Vec<(i64, Act)>)> {
    (any::<u8>(), prop::collection::vec((gap(), one), 1..14))
}

/// A tenant with its log and its clock.
#[derive(Clone)]
struct World {
    edition: &'static Edition,
    tenant: Tenant,
    log: Log,
    now: DateTime<Utc>,
}

/// What came of an act.
#[derive(Debug, PartialEq)]
enum Came {
    Done,
    Refused,
}

impl World {
    fn new(edition: &'static Edition, unknown: u8) -> Self {
        Self { edition, tenant: tenant(unknown), log: Log::default(), now: hour(0) }
    }

    /// The command of an act at `at`: what it says in hours counts from there.
    fn command(&self, act: &Act, at: DateTime<Utc>) -> Option<Command> {
        let shift = |t: DateTime<Utc>| at + (t - hour(0));
        let backup = |e: usize, n: usize| self.tenant.get(&id(e))?.backups.get(n).map(|b| b.id.clone());
        let request = |source, target, point| RestoreRequest {
            source,
            target,
            point,
            include_audit_logs: false,
            new_name: None,
            special_apps: vec![],
        };
        Some(match act {
            Act::Do(Deed::CreateManualBackup { environment, id, label, point }) => {
                Command::Do(Deed::CreateManualBackup {
                    environment: environment.clone(),
                    id: id.clone(),
                    label: label.clone(),
                    point: point.map(shift),
                })
            }
            Act::Do(Deed::StartRestore { request, ends, fails }) => {
                let mut request = request.clone();
                if let Point::System(t) = request.point {
                    request.point = Point::System(shift(t));
                }
                Command::Do(Deed::StartRestore { request, ends: ends.map(shift), fails: *fails })
            }
            Act::Do(deed) => Command::Do(deed.clone()),
            Act::RestoreBackup(s, t, n, fails) => Command::Do(Deed::StartRestore {
                request: request(id(*s), id(*t), Point::Manual(backup(*s, *n)?)),
                ends: Some(at + TimeDelta::hours(3)),
                fails: *fails,
            }),
            Act::DeleteBackup(e, n) => {
                Command::Do(Deed::DeleteManualBackup { environment: id(*e), backup: backup(*e, *n)? })
            }
            Act::AnswerDynamics(e, d) => Command::Answer { environments: vec![id(*e)], answer: Answer::Dynamics(*d) },
            Act::Say(command) => command.clone(),
            Act::Import(e, managed, n) => Command::Import(Inventory {
                format: "admin REST list".into(),
                name: format!("list-{n}.json"),
                environments: vec![Observation {
                    id: id(*e).to_string(),
                    name: Some(format!("Listed {e}")),
                    managed: *managed,
                    ..Observation::default()
                }]
                .into(),
                ..Inventory::default()
            }),
            Act::Forget(e) => Command::Forget { environments: vec![id(*e)] },
            Act::Late(..) | Act::Undo | Act::Redo | Act::TakeBack(_) => return None,
        })
    }

    fn act(&mut self, act: &Act) -> Came {
        let says = |why: Stays| why.says().to_string();
        let taken = match act {
            Act::Undo => self.log.undo(self.edition, &self.tenant).map_err(says),
            Act::Redo => self.log.redo(self.edition, &self.tenant, self.now).map_err(says),
            Act::TakeBack(n) => {
                let number = self.log.entries.get(*n).map_or(0, |e| e.number);
                self.log.take_back(self.edition, &self.tenant, number).map_err(says)
            }
            Act::Late(hours, inner) => {
                let at = self.now - TimeDelta::hours(*hours);
                let Some(command) = self.command(inner, at) else { return Came::Refused };
                self.log
                    .record(self.edition, &self.tenant, command, at, self.now, None)
                    .map(|d| d.0)
                    .map_err(|r| r.says().to_string())
            }
            plain => {
                let Some(command) = self.command(plain, self.now) else { return Came::Refused };
                let done = self.log.record(self.edition, &self.tenant, command, self.now, self.now, None);
                done.map(|d| d.0).map_err(|r| r.says().to_string())
            }
        };
        match taken {
            Ok(tenant) => {
                self.tenant = tenant;
                Came::Done
            }
            Err(why) => {
                assert!(!why.is_empty());
                Came::Refused
            }
        }
    }

    fn pass(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
        let due = self.log.is_due(self.edition, &self.tenant, self.now);
        match self.log.pass_time(self.edition, &self.tenant, self.now) {
            Some((tenant, events)) => {
                assert!(due && !events.is_empty());
                self.tenant = tenant;
            }
            None => assert!(!due),
        }
        assert!(
            !is_due(self.edition, &self.tenant, self.log.entries.last().map(|e| e.at), self.now),
            "passed once, nothing is left"
        );
    }
}

type Told = (DateTime<Utc>, u32, Option<Command>, Vec<LoggedEvent>);

/// What is told of an entry; what ended by itself is written down anew whenever it is done again.
fn told(entries: &[LogEntry]) -> Vec<Told> {
    let one = |e: &LogEntry| (e.at, if e.by_itself { 0 } else { e.number }, e.command.clone(), e.events.clone());
    entries.iter().map(one).collect()
}

fn sound(w: &Window, env: &Environment) -> Result<(), TestCaseError> {
    if let (Some(possible), Some(sure)) = (w.possible_from, w.guaranteed_from) {
        prop_assert!(possible <= sure && sure <= w.until);
    }
    prop_assert!(w.guaranteed_from.is_none() || w.possible_from.is_some(), "guaranteed lies inside possible");
    if let Some(created) = env.created.get() {
        prop_assert!(w.guaranteed_from.is_none_or(|from| from >= *created), "K8");
        prop_assert!(w.possible_from.is_none_or(|from| from >= *created), "K8");
    }
    if env.deleted.is_some() {
        prop_assert_eq!(w.guaranteed_from, None, "X1");
    }
    Ok(())
}

fn each_edition(mut law: impl FnMut(&'static Edition) -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    EDITIONS.iter().try_for_each(|edition| law(edition))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_refusal_changes_nothing_and_no_sequence_panics((unknown, acts) in acts(any_act())) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                let before = world.clone();
                if world.act(act) == Came::Refused {
                    prop_assert!(before.tenant == world.tenant && before.log == world.log, "{act:?}");
                }
                let text = serde_json::to_string(&world.log).unwrap();
                prop_assert!(serde_json::from_str::<Log>(&text).unwrap() == world.log, "as text and back");
                for env in &world.tenant.environments {
                    sound(&window(edition, env, world.now), env)?;
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn entries_are_in_the_order_of_time((unknown, acts) in acts(any_act())) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                world.act(act);
                prop_assert!(world.log.entries.is_sorted_by_key(|e| e.at));
                let mut numbers: Vec<u32> = world.log.entries.iter().map(|e| e.number).collect();
                numbers.sort_unstable();
                numbers.dedup();
                prop_assert_eq!(numbers.len(), world.log.entries.len(), "a number names one entry");
            }
            Ok(())
        })?;
    }

    #[test]
    fn what_is_gone_never_comes_back((unknown, acts) in acts(plain())) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            let mut gone: HashMap<(EnvironmentId, DateTime<Utc>), usize> = HashMap::new();
            let mut unsure = gone.clone();
            for (step, (gap, act)) in acts.iter().enumerate() {
                world.pass(*gap);
                world.act(act);
                for env in &world.tenant.environments {
                    let w = window(edition, env, world.now);
                    for back in 0..140 {
                        let point = hour(-24 * 30 + back * 12);
                        // What is not over yet can still change: a database is added at this very instant.
                        if point >= world.now {
                            continue;
                        }
                        let certainty = w.certainty(point);
                        let key = (env.id.clone(), point);
                        // What nothing promised is never promised later either; only evidence that it existed earlier does.
                        let first_day = |at: &DateTime<Utc>| world.now < *at + TimeDelta::hours(24);
                        if env.created.get().is_none_or(first_day) {
                            // Nor the end of its first day (K14).
                        } else if certainty != Certainty::Guaranteed {
                            unsure.entry(key.clone()).or_insert(step);
                        } else if let Some(when) = unsure.get(&key) {
                            prop_assert!(false, "{}: {point} was not sure after step {when} and is after {step}", env.id);
                        }
                        if certainty == Certainty::Gone {
                            gone.entry(key).or_insert(step);
                        } else if let Some(when) = gone.get(&key) {
                            prop_assert!(false, "{}: {point} was gone after step {when} and is {certainty:?} after {step}", env.id);
                        }
                    }
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn replaying_the_happenings_gives_the_same_tenant((unknown, acts) in acts(plain())) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                world.act(act);
            }
            let mut replayed = tenant(unknown);
            for event in world.log.entries.iter().flat_map(|e| &e.events) {
                evolve(&mut replayed, event.happening.as_ref().expect("only what is done was recorded"));
            }
            prop_assert!(replayed == world.tenant);
            Ok(())
        })?;
    }

    #[test]
    fn undo_then_redo_is_nothing((unknown, acts) in acts(any_act())) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                let before = world.clone();
                let done = world.act(act);
                if done == Came::Refused || matches!(act, Act::Undo | Act::Redo | Act::TakeBack(_)) {
                    continue;
                }
                // An import is never done again, so it cannot be taken back either.
                if matches!(act, Act::Import(..)) {
                    prop_assert!(world.log.undoable().is_err());
                    continue;
                }
                let after = world.clone();
                let newest = world.log.undoable().expect("something was done").number;
                if !matches!(act, Act::Late(..)) {
                    prop_assert_eq!(world.act(&Act::Undo), Came::Done);
                    prop_assert!(world.tenant == before.tenant, "taking back the last gives what was before");
                    prop_assert_eq!(told(&world.log.entries), told(&before.log.entries));
                    prop_assert_eq!(world.act(&Act::Redo), Came::Done);
                    prop_assert!(world.tenant == after.tenant, "{act:?}");
                    prop_assert_eq!(told(&world.log.entries), told(&after.log.entries));
                    prop_assert_eq!(world.log.undoable().unwrap().number, newest);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_entry_taken_back_and_done_again_is_nothing((unknown, acts) in acts(plain()), which in any::<prop::sample::Index>()) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                world.act(act);
            }
            if world.log.entries.is_empty() {
                return Ok(());
            }
            let after = world.clone();
            let place = which.index(world.log.entries.len());
            if world.act(&Act::TakeBack(place)) == Came::Done {
                prop_assert_eq!(world.act(&Act::Redo), Came::Done);
                prop_assert!(world.tenant == after.tenant);
                prop_assert_eq!(told(&world.log.entries), told(&after.log.entries));
            }
            Ok(())
        })?;
    }

    /// Where both are accepted, the order of recording does not matter.
    #[test]
    fn recorded_late_or_in_order_is_the_same((unknown, acts) in acts(plain()), order in any::<u64>()) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            let mut done: Vec<(DateTime<Utc>, Command)> = Vec::new();
            for (gap, act) in &acts {
                // No two at the same instant: their order would be that of recording.
                world.pass(gap + 1);
                let Some(command) = world.command(act, world.now) else { continue };
                if world.act(act) == Came::Done {
                    done.push((world.now, command));
                }
            }
            let end = world.now;
            let mut late = World { now: end, ..World::new(edition, unknown) };
            let mut shuffled = done.clone();
            let mut seed = order;
            for i in (1..shuffled.len()).rev() {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                shuffled.swap(i, (seed >> 33) as usize % (i + 1));
            }
            // What does not fit yet is tried again after the others.
            let mut left = shuffled;
            loop {
                let tried = left.len();
                left.retain(|(at, command)| {
                    match late.log.record(edition, &late.tenant, command.clone(), *at, end, None) {
                        Ok((tenant, _)) => {
                            late.tenant = tenant;
                            false
                        }
                        Err(_) => true,
                    }
                });
                if left.is_empty() || left.len() == tried {
                    break;
                }
            }
            if left.is_empty() {
                let in_place: Vec<_> = world.tenant.environments.iter().map(|e| &e.id).collect();
                late.tenant.environments.sort_by_key(|e| in_place.iter().position(|id| **id == e.id));
                prop_assert!(late.tenant == world.tenant, "{done:#?}");
                let events = |w: &World| w.log.entries.iter().flat_map(|e| e.events.clone()).collect::<Vec<_>>();
                prop_assert_eq!(events(&late), events(&world));
            }
            Ok(())
        })?;
    }

    /// A stage never changes between now and the next thing that is announced.
    #[test]
    fn everything_that_comes_is_announced((unknown, acts) in acts(plain()), minutes in prop::collection::vec(1i64..50_000, 4)) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                world.act(act);
            }
            let coming = upcoming(Moment::new(edition, &world.tenant, world.now));
            prop_assert!(coming.is_sorted_by_key(|u| u.at) && coming.iter().all(|u| u.at > world.now && !u.says().is_empty()));
            for minute in &minutes {
                let then = world.now + TimeDelta::minutes(*minute);
                for env in &world.tenant.environments {
                    let announced = coming.iter().any(|u| u.environment.id == env.id && u.at <= then);
                    for b in &env.backups {
                        let (was, is) = (judge(edition, env, b, world.now).stage, judge(edition, env, b, then).stage);
                        prop_assert!(was == is || announced, "{was:?} becomes {is:?} by {then}");
                    }
                    let ends = env.running.as_ref().and_then(|r| r.ends).is_some_and(|ends| ends <= then);
                    prop_assert!(!ends || announced);
                }
            }
            Ok(())
        })?;
    }

    /// The window of a what-if is the window that really comes, and its losses are exactly what is worse.
    #[test]
    fn a_what_if_tells_the_truth((unknown, acts) in acts(plain()), deed in deed(), back in prop::collection::vec(0i64..1200, 12)) {
        each_edition(|edition| {
            let mut world = World::new(edition, unknown);
            for (gap, act) in &acts {
                world.pass(*gap);
                world.act(act);
            }
            let Some(Command::Do(deed)) = world.command(&Act::Do(deed.clone()), world.now) else { return Ok(()) };
            let told = what_if(Moment::new(edition, &world.tenant, world.now), &deed);
            let mut then = world.clone();
            let done = then.log.record(edition, &world.tenant, Command::Do(deed.clone()), world.now, world.now, None);
            let (told, (after, _)) = match (told, done) {
                (Ok(told), Ok(done)) => (told, done),
                (Err(a), Err(b)) => {
                    prop_assert_eq!(a, b);
                    return Ok(());
                }
                (a, b) => return Err(TestCaseError::fail(format!("{a:?} but {b:?}"))),
            };
            for touched in &told.environments {
                let (old, new) = (world.tenant.get(&touched.environment).unwrap(), after.get(&touched.environment).unwrap());
                prop_assert!(!touched.says.is_empty() && !touched.moments.is_empty());
                for m in &touched.moments {
                    // A restore that ends at once has ended by then in the one, and not in the other.
                    if new.running.is_some() == old.running.is_some() {
                        prop_assert_eq!(&m.with, &window(edition, new, m.at));
                    }
                    prop_assert_eq!(&m.without, &window(edition, old, m.at));
                    for hours in &back {
                        let point = m.at - TimeDelta::hours(*hours);
                        let rank = |c| match c {
                            Certainty::Guaranteed => 3,
                            Certainty::Possible => 2,
                            Certainty::Dormant => 1,
                            Certainty::Gone | Certainty::Future => 0,
                        };
                        let (without, with) = (m.without.certainty(point), m.with.certainty(point));
                        let worse = with != Certainty::Future && rank(with) < rank(without);
                        let told = m.losses.iter().find(|l| {
                            matches!(&l.what, Lost::Points { from, until } if *from <= point && point < *until)
                        });
                        let fate = told.map(|l| l.fate);
                        let expect = worse.then_some(match with {
                            Certainty::Gone | Certainty::Future => Fate::Lost,
                            Certainty::Dormant => Fate::NotWhileSandbox,
                            Certainty::Possible | Certainty::Guaranteed => Fate::AtRisk,
                        });
                        // The last instant of a window is inside it and ends every span.
                        if point != m.without.until && point != m.with.until {
                            prop_assert_eq!(fate, expect, "{} hours back, {:?} to {:?}", hours, without, with);
                        }
                    }
                }
            }
            Ok(())
        })?;
    }
}
