//! The one way in which a workspace's tenant changes: every command goes through the log, and the plans' ticks follow it.

use super::log::{LogEntry, Step};
use super::{SavedPlan, Workspace};
use crate::domain::command::{Command, Event, Refusal, Stays};
use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::order::Gather;
use crate::domain::plan::{self, Action};
use crate::domain::tenant::Tenant;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Workspace {
    /// Carries out `command` as done at `at` (UTC), recorded at `now` (UTC), and ticks the step that it stands for.
    ///
    /// # Errors
    /// The refusal; then nothing has changed.
    pub fn run(
        &mut self,
        edition: &Edition,
        command: Command,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
        step: Option<Step>,
    ) -> Result<Vec<Event>, Refusal> {
        let at = self.not_before_the_last(at, now);
        self.run_exactly(edition, command, at, now, step)
    }

    /// As [`Workspace::run`], but what was done stays done when it was done: made again on a newer state, where something later is
    /// recorded already, a backup has no later restore point. What only tells what is known is told after what cannot be done
    /// again.
    ///
    /// # Errors
    /// The refusal; then nothing has changed.
    pub fn run_exactly(
        &mut self,
        edition: &Edition,
        command: Command,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
        step: Option<Step>,
    ) -> Result<Vec<Event>, Refusal> {
        // And no later than that: of two things that are said of the same, the one that was said later counts.
        let at = if command.is_done() { at } else { self.log.reach(at) };
        let (command, at) = self.before_the_import(command, at, now);
        let import = command.is_import();
        let worked_out = match &command {
            Command::WorkedOut(import) => Some(Arc::clone(import)),
            _ => None,
        };
        let was_sample = self.tenant.sample;
        let seen = if import { self.as_seen_last(edition, now, worked_out.as_deref()) } else { None };
        let events = self.following(|w| {
            let (tenant, events) = w.log.record(edition, &w.tenant, command, at, now, step)?;
            w.tenant = tenant;
            Ok(events)
        })?;
        if let Some(seen) = seen {
            self.past.renew(seen);
        }
        if import {
            self.remember_answers(edition, was_sample, now, worked_out.as_deref());
        }
        Ok(events)
    }

    /// What [`Workspace::run`] would make of the tenant; nothing changes.
    ///
    /// # Errors
    /// The refusal with which it would be answered.
    pub fn preview(
        &self,
        edition: &Edition,
        command: Command,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Tenant, Refusal> {
        let at = self.not_before_the_last(at, now);
        let (command, at) = self.before_the_import(command, at, now);
        self.log.preview(edition, &self.tenant, command, at, now)
    }

    /// Whether something done at `at` (UTC) lies before the last import, which already says how things are.
    pub fn is_before_the_import(&self, at: DateTime<Utc>) -> bool {
        self.tenant.imports.iter().any(|import| at < import.at)
    }

    /// What was done before the last import cannot be put before it, for the import is never done again: it is recorded now,
    /// and only the history learns of it.
    fn before_the_import(&self, command: Command, at: DateTime<Utc>, now: DateTime<Utc>) -> (Command, DateTime<Utc>) {
        match command {
            Command::Do(deed) if self.is_before_the_import(at) => {
                (Command::Earlier { deed, at }, self.not_before_the_last(now, now))
            }
            command => (command, at),
        }
    }

    fn not_before_the_last(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        // Two computers' clocks differ a little: what is done now is never done before what was done last.
        if at == now { self.present(now) } else { at }
    }

    /// When something is done that is done at `now` (UTC): never before what was done last, as clocks differ a little.
    pub fn present(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.log.entries.last().map_or(now, |last| now.max(last.at))
    }

    /// Lets running operations end whose time has come by `at` (UTC), and tells which did.
    pub fn pass_time(&mut self, edition: &Edition, at: DateTime<Utc>) -> Vec<Event> {
        let Some((tenant, events)) = self.log.pass_time(edition, &self.tenant, at) else { return Vec::new() };
        self.tenant = tenant;
        events
    }

    /// Whether [`Workspace::pass_time`] would change anything. Cheap, for every tick of the clock.
    pub fn is_due(&self, edition: &Edition, at: DateTime<Utc>) -> bool {
        self.log.is_due(edition, &self.tenant, at)
    }

    /// Takes the last command back and says what it was.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn undo(&mut self, edition: &Edition) -> Result<String, Stays> {
        let number = self.log.undoable()?.number;
        self.take_back(edition, number)
    }

    /// Takes any command back and says what it was.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn take_back(&mut self, edition: &Edition, number: u32) -> Result<String, Stays> {
        self.following(|w| {
            w.tenant = w.log.take_back(edition, &w.tenant, number)?;
            Ok(w.log.undone.last().map(|u| u.says.clone()).unwrap_or_default())
        })
    }

    /// Does again what was last taken back and says what it is.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn redo(&mut self, edition: &Edition, now: DateTime<Utc>) -> Result<String, Stays> {
        let number = self.log.redoable()?.number;
        self.do_again(edition, number, now)
    }

    /// Does any command again that was taken back, and says what it is.
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub fn do_again(&mut self, edition: &Edition, number: u32, now: DateTime<Utc>) -> Result<String, Stays> {
        let undone = self.log.undone.iter().rev().find(|u| u.number == number);
        if undone.is_some_and(|u| u.at > now) {
            return Err(Stays::NotYet);
        }
        let says = undone.map(|u| u.says.clone()).unwrap_or_default();
        self.following(|w| {
            w.tenant = w.log.do_again(edition, &w.tenant, number, now)?;
            Ok(says)
        })
    }

    /// Takes back everything that was done after `at` (UTC).
    ///
    /// # Errors
    /// Why not; then nothing has changed.
    pub(super) fn take_back_after(&mut self, at: DateTime<Utc>) -> Result<(), Stays> {
        self.following(|w| {
            w.tenant = w.log.take_back_after(&w.tenant, at)?;
            Ok(())
        })
    }

    /// Lets the ticks of plans follow the log: a step whose command is gone is not done any more, and one whose command came
    /// is done at its time.
    fn following<T, E>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let before = self.recorded_steps();
        let done = change(self)?;
        let after = self.recorded_steps();
        for saved in &mut self.plans {
            let number = saved.number;
            for (_, id) in before.keys().filter(|key| key.0 == number && !after.contains_key(*key)) {
                saved.done.remove(id);
                forget_what_rests_on_it(saved, id, &after);
            }
            for ((_, id), at) in after.iter().filter(|(key, at)| key.0 == saved.number && before.get(*key) != Some(*at))
            {
                saved.done.insert(id.clone(), *at);
            }
        }
        Ok(done)
    }

    /// By plan and step, when it was recorded to be done last.
    fn recorded_steps(&self) -> BTreeMap<(u32, String), DateTime<Utc>> {
        let done = |e: &LogEntry| match &e.command {
            Some(Command::Earlier { at, .. }) => *at,
            _ => e.at,
        };
        self.log.entries.iter().filter_map(|e| e.step.as_ref().map(|s| ((s.plan, s.id.clone()), done(e)))).into_map()
    }

    /// The plan whose restore onto `target` was last ticked off: its checklist belongs to that restore.
    pub fn plan_of_restore(&self, target: &EnvironmentId) -> Option<u32> {
        let ticked = |saved: &SavedPlan| {
            let onto_it = |step: &&plan::Step| match &step.action {
                Action::Restore(restore) => match &restore.target {
                    Some(id) => id == target,
                    None => self.log.environment_made_by(saved.number) == Some(target),
                },
                _ => false,
            };
            let step = saved.plan.steps.iter().find(onto_it)?;
            saved.done.get(&step.id).map(|at| (*at, saved.number))
        };
        self.plans.iter().filter_map(ticked).max().map(|(_, number)| number)
    }
}

/// A restore that was taken back has not been watched, nor is anything left to do after it: those ticks go with it. What was
/// recorded for another step stays, for that is still so.
fn forget_what_rests_on_it(saved: &mut SavedPlan, step: &str, recorded: &BTreeMap<(u32, String), DateTime<Utc>>) {
    let steps = &saved.plan.steps;
    let Some(place) = steps.iter().position(|s| s.id == step && matches!(s.action, Action::Restore(_))) else { return };
    let later = steps.iter().skip(place).map(|s| &s.id).chain(saved.plan.afterwards.iter().map(|i| &i.id));
    let gone: Vec<&String> = later.filter(|id| !recorded.contains_key(&(saved.number, (*id).clone()))).collect();
    saved.done.retain(|id, _| !gone.contains(&id));
}
