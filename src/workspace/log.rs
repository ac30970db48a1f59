//! What was done, in order, so that it can be shown, taken back and done again.
//!
//! Every entry keeps how the environments that it touched were before. Taking an entry back puts those images back, newest
//! first, drops the entry and does the later ones again; where one of those is then refused, nothing changes and the reason is
//! told. An import is never done again, so nothing that lies before it can be taken back.
//!
//! What was done is judged by the rules that were chosen when it was recorded, also when it is done again: choosing other rules
//! later makes nothing undone.

mod again;
mod before;
mod end;
mod entry;

pub use entry::{LogEntry, LoggedEvent, Step, Undone};

use crate::domain::command::{self, Cause, Command, Event, Refusal, Stays, TimeOf};
use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::life::{self, What};
use crate::domain::tenant::Tenant;
use before::Before;
use chrono::{DateTime, Utc};
use entry::shortened;
use serde::{Deserialize, Serialize};

/// How many entries keep what is needed to take them back; older ones are only shown.
const DEPTH: usize = 100;

/// How many entries are kept at all.
const LENGTH: usize = 5_000;

/// The log of a workspace, oldest entry first (by the time at which it was done).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Log {
    pub entries: Vec<LogEntry>,
    /// What was taken back and can be done again, the next one last.
    #[serde(default)]
    pub undone: Vec<Undone>,
    #[serde(default)]
    next: u32,
}

/// What is to be carried out, or carried out again.
struct Task {
    command: Command,
    at: DateTime<Utc>,
    recorded: DateTime<Utc>,
    step: Option<Step>,
    /// The number that it has already.
    number: Option<u32>,
}

impl Log {
    /// Carries out `command` as done at `at` (UTC), recorded at `now`. What was recorded before but done later is done again
    /// after it, and what ends by itself until `now` ends.
    ///
    /// # Errors
    /// The refusal of the command, or of a later one that no longer holds. Then tenant and log are as they were.
    pub fn record(
        &mut self,
        edition: &Edition,
        tenant: &Tenant,
        command: Command,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
        step: Option<Step>,
    ) -> Result<(Tenant, Vec<Event>), Refusal> {
        let task = Task { command, at, recorded: now, step, number: None };
        let done = self.insert(edition, tenant, task, now)?;
        self.undone.clear();
        Ok(done)
    }

    /// Puts a task where it belongs in time.
    fn insert(
        &mut self,
        edition: &Edition,
        tenant: &Tenant,
        task: Task,
        now: DateTime<Utc>,
    ) -> Result<(Tenant, Vec<Event>), Refusal> {
        let at = task.at;
        // Two clocks may differ a little: what is recorded last may be the present as well.
        if at > self.entries.last().map_or(now, |e| now.max(e.at)) {
            return Err(Cause::Future(at, TimeOf::Record).by(&[]));
        }
        // What is done last, as nearly everything is, needs no copy of the log: what was pushed is dropped again.
        let is_later =
            |e: &LogEntry| e.at > at || (e.at == at && !e.by_itself && task.number.is_some_and(|n| n < e.number));
        if !self.entries.iter().rev().take_while(|e| e.at >= at).any(is_later) {
            let (length, next) = (self.entries.len(), self.next);
            let mut after = tenant.clone();
            self.settle(edition, &mut after, at, now);
            return match self.carry_out(edition, &mut after, task) {
                Ok(events) => {
                    self.settle(edition, &mut after, now, now);
                    self.trim();
                    Ok((after, events))
                }
                Err(refusal) => {
                    self.entries.truncate(length);
                    self.next = next;
                    Err(refusal)
                }
            };
        }
        let place = self.entries.iter().position(is_later).unwrap_or(self.entries.len());
        let (from, mut log) = self.end(place);
        let mut after = tenant.clone();
        let later = log.roll_back(&mut after, is_later).map_err(|why| Cause::NotBefore(why).by(&[]))?;
        log.settle(edition, &mut after, at, now);
        let events = log.carry_out(edition, &mut after, task)?;
        log.again(edition, &mut after, later).map_err(|r| r.map(|why| Cause::LaterRefused(Box::new(why))))?;
        log.settle(edition, &mut after, now, now);
        self.put_end(from, log);
        self.trim();
        Ok((after, events))
    }

    /// Whether [`Log::pass_time`] would do anything. Cheap, for every tick of a clock.
    pub fn is_due(&self, edition: &Edition, tenant: &Tenant, at: DateTime<Utc>) -> bool {
        life::is_due(edition, tenant, self.settled(), at)
    }

    /// Lets what ends by itself end until `at` (UTC).
    pub fn pass_time(&mut self, edition: &Edition, tenant: &Tenant, at: DateTime<Utc>) -> Option<(Tenant, Vec<Event>)> {
        if !self.is_due(edition, tenant, at) {
            return None;
        }
        let mut after = tenant.clone();
        let events = self.settle(edition, &mut after, at, at);
        self.trim();
        Some((after, events))
    }

    /// What was recorded last, whenever it was done: what is done later, and what ended by itself, stands behind it.
    pub fn newest_command(&self) -> Option<&LogEntry> {
        self.entries.iter().filter(|e| !e.by_itself && !e.import).max_by_key(|e| e.number)
    }

    /// The entry that [`Log::undo`] would take back, or why there is none.
    pub fn undoable(&self) -> Result<&LogEntry, Stays> {
        match self.entries.iter().rev().find(|e| !e.by_itself) {
            None => Err(Stays::NothingDone),
            Some(e) if e.import => Err(Stays::LastIsImport),
            Some(e) if e.before.is_none() => Err(Stays::NotKept),
            Some(e) => Ok(e),
        }
    }

    /// Takes the last command back.
    ///
    /// # Errors
    /// Why not.
    pub fn undo(&mut self, edition: &Edition, tenant: &Tenant) -> Result<Tenant, Stays> {
        let number = self.undoable()?.number;
        self.take_back(edition, tenant, number)
    }

    /// Takes any command back and does the later ones again.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn take_back(&mut self, edition: &Edition, tenant: &Tenant, number: u32) -> Result<Tenant, Stays> {
        let Some(place) = self.entries.iter().position(|e| e.number == number) else {
            return Err(Stays::NotListed);
        };
        if self.entries.get(place).is_some_and(|e| e.import) {
            return Err(Stays::Import);
        }
        let (from, mut log) = self.end(place);
        let mut after = tenant.clone();
        let mut later = log.roll_back_to(&mut after, place.saturating_sub(from))?;
        if later.is_empty() {
            return Err(Stays::NotListed);
        }
        let gone = later.remove(0);
        let Some(command) = gone.command else {
            return Err(Stays::ByItself);
        };
        log.again(edition, &mut after, later).map_err(|r| Stays::Needed(Box::new(r.cause)))?;
        let says = gone.events.first().map(|e| e.says.clone()).unwrap_or_default();
        let LogEntry { at, recorded, number, edition, step, .. } = gone;
        self.put_end(from, log);
        self.undone.push(Undone { at, recorded, number, command, edition, step, says });
        Ok(after)
    }

    /// Takes back everything that was done or ended after `at` (UTC). It cannot be done again.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn take_back_after(&mut self, tenant: &Tenant, at: DateTime<Utc>) -> Result<Tenant, Stays> {
        let place = self.entries.iter().position(|e| e.at > at).unwrap_or(self.entries.len());
        let (from, mut log) = self.end(place);
        let mut after = tenant.clone();
        log.roll_back(&mut after, |e| e.at > at)?;
        self.put_end(from, log);
        self.undone.clear();
        Ok(after)
    }

    /// The environment that a step of the plan with this number created.
    pub fn environment_made_by(&self, plan: u32) -> Option<&EnvironmentId> {
        let steps = self.entries.iter().rev().filter(|e| e.step.as_ref().is_some_and(|s| s.plan == plan));
        steps.flat_map(|e| &e.events).find_map(|event| match event.happening.as_ref().map(|h| &h.what) {
            Some(What::Created(new)) => Some(&new.id),
            _ => None,
        })
    }

    /// The entry that stands for a step of a plan.
    pub fn of_step(&self, plan: u32, id: &str) -> Option<&LogEntry> {
        self.entries.iter().rev().find(|e| e.step.as_ref().is_some_and(|s| s.plan == plan && s.id == id))
    }

    /// Every event, newest first.
    pub fn events(&self) -> impl Iterator<Item = (&LogEntry, &LoggedEvent)> {
        self.entries.iter().rev().flat_map(|entry| entry.events.iter().rev().map(move |event| (entry, event)))
    }

    /// Of `tenant`, how it was once the questions that followed the last import were answered, before anything else was done or happened;
    /// and whether any was answered. `None`: no import is known, or something since cannot be put back.
    pub fn once_answered(&self, tenant: &Tenant) -> Option<(Tenant, bool)> {
        let since = self.entries.get(self.entries.iter().rposition(|e| e.import)?.saturating_add(1)..)?;
        let answers = |e: &&LogEntry| matches!(e.command, Some(Command::Answer { .. } | Command::SetCapacity(_)));
        let answered = since.iter().take_while(answers).count();
        let mut then = tenant.clone();
        for entry in since.get(answered..)?.iter().rev() {
            entry.before.as_ref()?.put_back(&mut then);
        }
        Some((then, answered > 0))
    }

    fn carry_out(&mut self, edition: &Edition, tenant: &mut Tenant, task: Task) -> Result<Vec<Event>, Refusal> {
        let Task { command, at, recorded, step, number } = task;
        let import = command.is_import();
        let kept = (!import).then(|| command.clone());
        let (after, events) = command::apply(edition, tenant, command, at)?;
        let before = if import { None } else { Before::of(tenant, &after) };
        let entry = LogEntry {
            number: 0,
            at,
            recorded,
            command: kept.filter(|_| before.is_some()),
            import,
            events: shortened(&events, at),
            edition: edition.id(),
            step,
            by_itself: false,
            before,
        };
        self.push(entry, number);
        *tenant = after;
        Ok(events)
    }

    /// Until when everything that happens by itself has been recorded: nothing is carried out before what was due by then.
    fn settled(&self) -> Option<DateTime<Utc>> {
        self.entries.last().map(|e| e.at)
    }

    /// Everything that happens by itself until `at`.
    fn settle(
        &mut self,
        edition: &Edition,
        tenant: &mut Tenant,
        at: DateTime<Utc>,
        recorded: DateTime<Utc>,
    ) -> Vec<Event> {
        let mut all = Vec::new();
        // One entry for each instant, so that it does not matter how often the clock is looked at.
        for same in life::due(edition, tenant, self.settled(), at).chunk_by(|a, b| a.at == b.at) {
            let Some(at) = same.first().map(|h| h.at) else { continue };
            let mut after = tenant.clone();
            same.iter().for_each(|h| life::evolve(&mut after, h));
            let events: Vec<Event> = same.iter().map(|h| Event::of(h.clone(), tenant)).collect();
            let before = Before::of(tenant, &after);
            let entry = LogEntry {
                number: 0,
                at,
                recorded,
                command: None,
                import: false,
                events: events.iter().map(LoggedEvent::from).collect(),
                edition: edition.id(),
                step: None,
                by_itself: true,
                before,
            };
            all.extend(events);
            self.push(entry, None);
            *tenant = after;
        }
        all
    }

    fn push(&mut self, mut entry: LogEntry, number: Option<u32>) {
        entry.number = number.unwrap_or_else(|| {
            self.next = self.next.saturating_add(1);
            self.next
        });
        self.entries.push(entry);
    }

    /// Takes all entries back for which `which` holds for them or an earlier one, oldest first.
    fn roll_back(&mut self, tenant: &mut Tenant, which: impl Fn(&LogEntry) -> bool) -> Result<Vec<LogEntry>, Stays> {
        match self.entries.iter().position(which) {
            None => Ok(Vec::new()),
            Some(place) => self.roll_back_to(tenant, place),
        }
    }

    fn roll_back_to(&mut self, tenant: &mut Tenant, place: usize) -> Result<Vec<LogEntry>, Stays> {
        let later = self.entries.split_off(place.min(self.entries.len()));
        for entry in later.iter().rev() {
            match &entry.before {
                Some(before) => before.put_back(tenant),
                None if entry.import => return Err(Stays::BeforeImport),
                None => return Err(Stays::NotKept),
            }
        }
        Ok(later)
    }

    /// Does entries again, as if for the first time, each by the rules of then. What ended by itself does so again.
    fn again(&mut self, edition: &Edition, tenant: &mut Tenant, later: Vec<LogEntry>) -> Result<(), Refusal> {
        for entry in later {
            let LogEntry { number, at, recorded, command, step, .. } = entry;
            let edition = Edition::find(&entry.edition).unwrap_or(edition);
            self.settle(edition, tenant, at, recorded);
            if let Some(command) = command {
                self.carry_out(edition, tenant, Task { command, at, recorded, step, number: Some(number) })?;
            }
        }
        Ok(())
    }

    fn trim(&mut self) {
        let shown_only = self.entries.len().saturating_sub(DEPTH);
        for entry in self.entries.iter_mut().take(shown_only).rev().take_while(|e| !e.is_slim()) {
            entry.slim();
        }
        let too_many = self.entries.len().saturating_sub(LENGTH);
        self.entries.drain(..too_many);
    }
}
