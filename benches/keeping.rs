//! Keeping a tenant of 10,000 environments with 2,000 manual backups and 5,000 events: what one edit costs, what a record costs, and
//! how many UTF-16 units it has.
//!
//! Run it with `cargo bench --no-default-features --bench keeping`.

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::command::Command;
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::life::Deed;
use restore_desk::domain::merge::merge;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::read;
use restore_desk::workspace::Workspace;
use restore_desk::workspace::edit::{Edit, Made};
use restore_desk::workspace::envelope;
use restore_desk::workspace::keep::{Keeper, WholeChange, look, pack, record};
use restore_desk::workspace::keys::{Id, Place, Tab};
use restore_desk::workspace::store::{Store, StoreError};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

const ENVIRONMENTS: usize = 10_000;
const BACKUPS: usize = 2_000;
const EVENTS: usize = 5_000;

#[derive(Default)]
struct Memory(RefCell<BTreeMap<String, String>>);

impl Store for Memory {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().insert(key.into(), value.into());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let text = self.0.borrow().get(from).cloned();
        Ok(text.map(|text| self.set(to, &text)).is_some())
    }
}

fn now() -> DateTime<Utc> {
    DateTime::<Utc>::from_timestamp(1_764_000_000, 0).unwrap()
}

fn id(n: usize) -> String {
    // Spread as real ids are, so that they do not deflate to nothing.
    let mixed = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!(
        "{:08x}-{:04x}-4{:03x}-9{:03x}-{:012x}",
        mixed >> 32,
        mixed >> 16 & 0xffff,
        mixed & 0xfff,
        mixed >> 8 & 0xfff,
        mixed >> 16
    )
}

fn list() -> String {
    let mut out = String::from("{\"value\":[");
    for n in 0..ENVIRONMENTS {
        let (id, comma) = (id(n), if n > 0 { "," } else { "" });
        let sku = ["Production", "Sandbox", "Sandbox", "Developer", "Teams"][n % 5];
        let geo = ["europe", "unitedstates", "asia"][n % 3];
        let level = ["Standard", "Basic"][n % 2];
        let word = ["Sales", "Finance", "Plant", "Research", "Service"][n * 7 % 5];
        write!(
            out,
            r#"{comma}{{"type":"Microsoft.BusinessAppPlatform/scopes/environments","location":"{geo}","name":"{id}","properties":{{"azureRegion":"region{}","displayName":"{word} {n}","createdTime":"2025-0{}-{:02}T09:15:20.12{:05}Z","environmentSku":"{sku}","isDefault":false,"capacity":[{{"capacityType":"Database","actualConsumption":{n}.5,"ratedConsumption":1024.0,"capacityUnit":"MB","updatedOn":"2025-11-01T16:19:10Z"}}],"databaseType":"CommonDataService","linkedEnvironmentMetadata":{{"resourceId":"{id}","friendlyName":"{word} {n}","domainName":"org{n}","instanceUrl":"https://org{n}.crm4.dynamics.example/","instanceState":"Ready","backgroundOperationsState":"Enabled"}},"retentionPeriod":"P7D","states":{{"runtime":{{"id":"Enabled"}}}},"retentionDetails":{{"retentionPeriod":"P7D","backupsAvailableFromDateTime":"2025-11-{:02}T06:30:00.{:07}Z"}},"protectionStatus":{{"keyManagedBy":"Microsoft"}},"governanceConfiguration":{{"protectionLevel":"{level}"}}}}}}"#,
            n % 9,
            n % 9 + 1,
            n % 28 + 1,
            n * 7919 % 100_000,
            n % 16 + 1,
            n * 104_729 % 10_000_000
        )
        .unwrap();
    }
    out.push_str("]}");
    out
}

fn backup(n: usize, at: DateTime<Utc>) -> Command {
    let environment = EnvironmentId::new(id(n * 5 % ENVIRONMENTS));
    let point = Some(at - TimeDelta::minutes(1));
    Command::Do(Deed::CreateManualBackup {
        environment,
        id: format!("b{n}"),
        label: format!("before change {n}"),
        point,
    })
}

/// A workspace as such a tenant has it after some weeks.
fn workspace() -> Workspace {
    let inventory = read("bench.json", list().as_bytes(), now(), |_| 0).inventory.unwrap();
    let mut w = Workspace { tenant: merge(&Tenant::default(), &inventory, now()), ..Workspace::default() };
    w.tenant.name = "A large tenant".into();
    let edition = restore_desk::domain::edition::Edition::default_edition();
    // Made in a small copy, as each command looks at the whole tenant, and put together here.
    for n in 0..BACKUPS {
        let environment = EnvironmentId::new(id(n * 5 % ENVIRONMENTS));
        let Some(place) = w.tenant.environments.iter().position(|e| e.id == environment) else { continue };
        let mut small = Workspace::default();
        small.tenant.environments = vec![w.tenant.environments[place].clone()].into();
        let at = now() + TimeDelta::minutes(n as i64);
        if small.run(edition, backup(n, at), at, at, None).is_ok() {
            w.tenant.environments[place] = small.tenant.environments.remove(0).unwrap();
            for mut entry in small.log.entries {
                entry.number = 1_000_000 + n as u32;
                w.log.entries.push(entry);
            }
        }
    }
    let like = w.log.entries.clone();
    while w.log.entries.len() < EVENTS && !like.is_empty() {
        let more = like.iter().take(EVENTS - w.log.entries.len()).cloned();
        w.log.entries.extend(more);
    }
    w.log.entries.sort_by_key(|e| e.at);
    w
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = black_box(work());
    println!("{what:<60} {:>9.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    made
}

/// How long the longest slice takes, and all of them.
fn in_slices(what: &str, mut step: impl FnMut(usize) -> bool) {
    let (mut longest, mut all, mut steps) = (0.0f64, 0.0f64, 0);
    loop {
        let start = Instant::now();
        let done = step(128 * 1024);
        let took = start.elapsed().as_secs_f64() * 1000.0;
        (longest, all, steps) = (longest.max(took), all + took, steps + 1);
        if done {
            break;
        }
    }
    println!("{what:<60} {all:>9.2} ms in {steps} slices of 128 KiB, the longest {longest:.2} ms");
}

/// What keeping an import of such a tenant costs.
fn import() {
    let inventory =
        timed("reading an inventory", || read("bench.json", list().as_bytes(), now(), |_| 0)).inventory.unwrap();
    let edition = restore_desk::domain::edition::Edition::default_edition();
    let copy = timed("a copy of it", || inventory.clone());
    timed("merging it into nothing", || merge(&Tenant::default(), &inventory, now()));
    let mut w = Workspace::default();
    timed("the command", || w.run(edition, Command::Import(copy), now(), now(), None).unwrap());
    timed("merging it again", || merge(&w.tenant, &inventory, now()));
    timed("readiness", || w.readiness(edition, now()));
}

fn main() {
    // `cargo test --all-targets` runs this too, without the flag: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    import();
    let w = workspace();
    let backups: usize = w.tenant.environments.iter().map(|e| e.backups.len()).sum();
    println!("{} environments, {backups} manual backups, {} entries", w.tenant.environments.len(), w.log.entries.len());
    let later = now() + TimeDelta::days(9);
    let text = timed("the text of the workspace", || record::text(&w, &[], &[], later).unwrap());
    println!("{:<60} {:>9} characters", "", text.chars().count());
    let packed = timed("deflated and packed at once", || pack::Packing::new(text.clone()).finish());
    println!("{:<60} {:>9} UTF-16 units", "", packed.units);
    timed("unpacked", || pack::unpack(&packed.body, packed.bytes).unwrap());

    let store = Memory::default();
    let place = Place::Tenant(Id::new("bench").unwrap());
    let tab = |name: &str| Tab(Id::new(name).unwrap());
    let (mut keeper, mut open, _) = Keeper::open(&store, place.clone(), tab("a"));
    keeper.whole(&mut open, WholeChange::Replace(Box::new(w))).unwrap();
    timed("a whole fold, with reading back and understanding", || keeper.fold(&store, &mut open, later).unwrap());
    let mut folding = timed("  beginning a fold", || keeper.begin_fold(&store, &mut open, later).unwrap());
    in_slices("  packing it, and reading it again", |slice| folding.step(slice));
    timed("  writing, reading back, tidying", || keeper.end_fold(&store, folding).unwrap());
    let text = envelope::write(&open, later).unwrap();
    let mut reading = envelope::Slowly::new();
    in_slices("an export", |slice| reading.step(&text, slice));
    timed("  the end of it", || reading.finish(&text).unwrap());
    let edit = |edit: Edit, open: &Workspace| Made::new(edit, open, later);
    let rename = Edit::Run { command: Command::Rename("Another".into()), at: later, step: None };
    let made = edit(rename, &open);
    // The first one finds a log that was never trimmed; all others find what is usual.
    timed("an edit: a name (applied and journalled), the first one", || keeper.edit(&store, &mut open, made).unwrap());
    let rename = Edit::Run { command: Command::Rename("A third".into()), at: later, step: None };
    let made = edit(rename, &open);
    timed("an edit: a name (applied and journalled)", || keeper.edit(&store, &mut open, made).unwrap());
    let made = edit(Edit::Draft(Some(Box::default())), &open);
    timed("an edit: the wizard (journalled alone)", || keeper.edit(&store, &mut open, made).unwrap());
    let made = edit(Edit::Run { command: backup(9_999, later), at: later, step: None }, &open);
    timed("an edit: a manual backup", || keeper.edit(&store, &mut open, made).unwrap());
    let made = edit(Edit::Run { command: backup(9_998, later), at: later, step: None }, &open);
    timed("an edit: another manual backup", || keeper.edit(&store, &mut open, made).unwrap());
    let edition = restore_desk::domain::edition::Edition::default_edition();
    let early = later - TimeDelta::hours(1);
    timed("a preview of a manual backup", || {
        open.preview(edition, backup(9_997, later), later, later).map(|_| ()).unwrap();
    });
    let made = edit(Edit::Run { command: backup(9_996, early), at: early, step: None }, &open);
    timed("an edit: a manual backup an hour late", || keeper.edit(&store, &mut open, made).unwrap());
    let number = open.log.undoable().unwrap().number;
    let made = edit(Edit::TakeBack { number }, &open);
    timed("an edit: taking the last one back", || keeper.edit(&store, &mut open, made).unwrap());
    timed("a copy of the tenant", || open.tenant.clone());
    let copy = open.tenant.clone();
    timed("comparing it", || copy == open.tenant);
    timed("dropping it", || drop(copy));
    println!("{:<60} {:>9} bytes", "an entry of the log", size_of::<restore_desk::workspace::log::LogEntry>());
    let (mut other, mut seen, _) = timed("opening", || Keeper::open(&store, place.clone(), tab("b")));
    let made = edit(Edit::Draft(None), &open);
    keeper.edit(&store, &mut open, made).unwrap();
    timed("following an edit of another tab", || other.follow(&store, &mut seen));
    timed("looking for news where there are none", || other.follow(&store, &mut seen));
    assert_eq!(look(&store, &place).state.map(|s| s.workspace), Some(open));
}
