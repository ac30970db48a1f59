//! What waits for the second copy, in which order it goes there, and what was confirmed.

use super::NoSecond;
use crate::domain::order::Gather;
use crate::domain::order::Order as _;
use std::collections::BTreeSet;

/// What is to be done in the second copy. `T` is a text as the browser holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job<T> {
    Set(T),
    Remove,
}

/// A job that waits, or is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedJob<T> {
    pub key: String,
    pub job: Job<T>,
    number: i64,
    tries: u32,
    failed: bool,
}

/// Which jobs are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// What is next.
    Next,
    /// Also what failed before.
    Again,
    /// The page may end here: what is to be written, while other jobs may still be under way.
    Writes,
}

/// So many jobs go in one transaction.
const BATCH: usize = 64;

/// So often is a job tried before it counts as failed.
const TRIES: u32 = 3;

/// The jobs of this tab, in order. Every text has a key of its own, so one that has no room does not hold up the next; but
/// nothing is removed before everything that was to be written earlier is confirmed.
#[derive(Clone, Debug)]
pub struct Queue<T> {
    waiting: Vec<QueuedJob<T>>,
    under_way: Vec<String>,
    confirmed: u64,
    first: i64,
    next: i64,
    /// Jobs go alone until one of them was found to be the reason of a failure.
    alone: u32,
    why: Option<NoSecond>,
    /// The keys that the second copy is known to hold.
    known: BTreeSet<String>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            waiting: Vec::new(),
            under_way: Vec::new(),
            confirmed: 0,
            first: 0,
            next: 1,
            alone: 0,
            why: None,
            known: BTreeSet::new(),
        }
    }
}

/// How far the second copy is behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Asked for, and not answered yet.
    pub pending: usize,
    /// Confirmed since the page was loaded.
    pub confirmed: u64,
    /// Refused, and tried again from time to time.
    pub failed: usize,
}

impl<T> Queue<T> {
    pub fn set(&mut self, key: &str, text: T) {
        self.forget(key);
        self.push(key, Job::Set(text));
    }

    pub fn remove(&mut self, key: &str) {
        self.forget(key);
        self.push(key, Job::Remove);
    }

    /// A text that was there before everything that waits.
    pub fn set_first(&mut self, key: &str, text: T) {
        let number = self.first;
        self.first = self.first.saturating_sub(1);
        self.waiting.insert(0, QueuedJob { key: key.into(), job: Job::Set(text), number, tries: 0, failed: false });
    }

    fn push(&mut self, key: &str, job: Job<T>) {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        self.waiting.push(QueuedJob { key: key.into(), job, number, tries: 0, failed: false });
    }

    /// A later job for the same key makes an earlier one that still waits needless.
    fn forget(&mut self, key: &str) {
        self.waiting.retain(|e| e.key != key);
    }

    /// There is no second copy for now: what is to be written is not held twice in memory. It is found again by comparing
    /// keys as soon as there is one; what is to be removed is remembered.
    pub fn drop_writes(&mut self) {
        self.waiting.retain(|e| matches!(e.job, Job::Remove));
    }

    /// The next jobs for one transaction; empty while others are under way.
    pub fn take(&mut self, take: Take) -> Vec<QueuedJob<T>> {
        if take != Take::Writes && !self.under_way.is_empty() {
            return Vec::new();
        }
        if take == Take::Again {
            self.alone = 0;
        }
        let most = if self.alone > 0 && take != Take::Writes { 1 } else { BATCH };
        let mut taken = Vec::new();
        let mut left = Vec::new();
        let mut passed: BTreeSet<String> = BTreeSet::new();
        for entry in std::mem::take(&mut self.waiting) {
            let waits = match entry.job {
                Job::Set(_) => entry.failed && take == Take::Next,
                Job::Remove => take == Take::Writes || !passed.is_empty() || (entry.failed && take == Take::Next),
            };
            if waits || taken.len() >= most || passed.contains(&entry.key) {
                passed.insert(entry.key.clone());
                left.push(entry);
            } else {
                taken.push(entry);
            }
        }
        self.waiting = left;
        self.under_way.extend(taken.iter().map(|e| e.key.clone()));
        taken
    }

    /// A transaction is complete, and was read back: `held` says of each job whether it is as it was asked for. A store that
    /// confirms and does not hold is not believed.
    pub fn read_back(&mut self, jobs: Vec<QueuedJob<T>>, held: &[bool]) {
        let (mut proven, mut unproven) = (Vec::new(), Vec::new());
        for (at, job) in jobs.into_iter().enumerate() {
            if held.get(at) == Some(&true) { proven.push(job) } else { unproven.push(job) }
        }
        if !proven.is_empty() {
            self.done(&proven);
        }
        if !unproven.is_empty() {
            for job in unproven.iter().filter(|job| matches!(job.job, Job::Set(_))) {
                self.known.remove(&job.key);
            }
            self.refused(unproven, NoSecond::NotReadBack);
        }
    }

    /// A transaction is complete.
    fn done(&mut self, jobs: &[QueuedJob<T>]) {
        self.landed(jobs);
        for entry in jobs {
            match entry.job {
                Job::Set(_) => self.known.insert(entry.key.clone()),
                Job::Remove => self.known.remove(&entry.key),
            };
        }
        self.alone = self.alone.saturating_sub(1);
        self.confirmed = self.confirmed.saturating_add(jobs.len() as u64);
    }

    /// A transaction was refused: its jobs are tried one by one, and a job that fails alone has failed.
    pub fn refused(&mut self, jobs: Vec<QueuedJob<T>>, why: NoSecond) {
        let alone = jobs.len() == 1;
        self.alone = if alone { self.alone.saturating_sub(1) } else { u32::try_from(jobs.len()).unwrap_or(u32::MAX) };
        self.back(jobs, |entry| {
            entry.tries = entry.tries.saturating_add(1);
            entry.failed = alone && (why == NoSecond::Full || entry.tries >= TRIES);
        });
        self.why = Some(why);
    }

    /// The connection ended before the answer came.
    pub fn unanswered(&mut self, jobs: Vec<QueuedJob<T>>) {
        self.back(jobs, |_| ());
    }

    fn back(&mut self, mut jobs: Vec<QueuedJob<T>>, mark: impl FnMut(&mut QueuedJob<T>)) {
        self.landed(&jobs);
        // What was decided meanwhile for the same key is newer.
        jobs.retain(|job| !self.waiting.iter().any(|e| e.key == job.key));
        jobs.iter_mut().for_each(mark);
        self.waiting.extend(jobs);
        self.waiting.order_by_key(|e| e.number);
    }

    fn landed(&mut self, jobs: &[QueuedJob<T>]) {
        for job in jobs {
            if let Some(place) = self.under_way.iter().position(|key| *key == job.key) {
                self.under_way.swap_remove(place);
            }
        }
    }

    /// Whether the text under `key` is not confirmed yet.
    pub fn waits_for(&self, key: &str) -> bool {
        self.under_way.iter().any(|k| k == key) || self.waiting.iter().any(|e| e.key == key)
    }

    /// The second copy was opened, and holds these keys.
    pub fn learned(&mut self, keys: impl IntoIterator<Item = String>) {
        self.known = keys.into_iter().into_set();
    }

    /// Whether the second copy is known to hold a text under `key`.
    pub fn knows(&self, key: &str) -> bool {
        self.known.contains(key)
    }

    /// Why something failed; `None`: nothing did.
    pub fn why(&self) -> Option<&NoSecond> {
        self.why.as_ref().filter(|_| self.waiting.iter().any(|e| e.failed))
    }

    pub fn counts(&self) -> Counts {
        let failed = self.waiting.iter().filter(|e| e.failed).count();
        Counts {
            pending: self.waiting.len().saturating_sub(failed).saturating_add(self.under_way.len()),
            confirmed: self.confirmed,
            failed,
        }
    }
}

#[cfg(test)]
mod tests;
