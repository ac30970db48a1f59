//! What waits for the second copy, in which order it goes there, and what was confirmed.

use super::NoSecond;
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
        self.known = keys.into_iter().collect();
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
mod tests {
    use super::*;

    /// A queue is told in letters: `+a` set, `-a` remove, `^a` set first; the batches that it gives are told the same way.
    fn filled(jobs: &str) -> Queue<()> {
        let mut queue = Queue::default();
        for job in jobs.split_whitespace() {
            match job.split_at(1) {
                ("+", key) => queue.set(key, ()),
                ("^", key) => queue.set_first(key, ()),
                (_, key) => queue.remove(key),
            }
        }
        queue
    }

    fn told(batch: &[QueuedJob<()>]) -> String {
        let words: Vec<String> =
            batch.iter().map(|e| format!("{}{}", if e.job == Job::Remove { "-" } else { "+" }, e.key)).collect();
        words.join(" ")
    }

    /// Everything that a queue does while the keys of `full` have no room: each transaction in turn, refused ones in brackets.
    fn run(queue: &mut Queue<()>, full: &[&str]) -> String {
        let mut said = Vec::new();
        for _ in 0..100 {
            let batch = queue.take(Take::Next);
            if batch.is_empty() {
                break;
            }
            if batch.iter().any(|e| e.job != Job::Remove && full.contains(&e.key.as_str())) {
                said.push(format!("[{}]", told(&batch)));
                queue.refused(batch, NoSecond::Full);
            } else {
                said.push(told(&batch));
                queue.done(&batch);
            }
        }
        said.join(" | ")
    }

    #[track_caller]
    fn check(jobs: &str, full: &[&str], expect: &str) {
        assert_eq!(run(&mut filled(jobs), full), expect);
    }

    #[test]
    fn what_waits_goes_together_and_in_order() {
        check("", &[], "");
        check("+a +b -c", &[], "+a +b -c");
        check("+a -a", &[], "-a");
        check("-a +a", &[], "+a");
        check("+b -c ^a", &[], "+a +b -c");
    }

    #[test]
    fn what_has_no_room_holds_up_no_other_text_but_every_removal() {
        check("+a +b -c +d", &["a"], "[+a +b -c +d] | [+a] | +b | +d");
        check("+a +b", &["b"], "[+a +b] | +a | [+b]");
        check("+a", &["a"], "[+a]");
        check("-c +a", &["a"], "[-c +a] | -c | [+a]");
    }

    #[test]
    fn it_is_tried_again_when_asked() {
        let mut queue = filled("+a -c");
        run(&mut queue, &["a"]);
        assert_eq!((queue.counts().failed, queue.why()), (1, Some(&NoSecond::Full)));
        assert_eq!(queue.take(Take::Next), []);
        let again = queue.take(Take::Again);
        assert_eq!(told(&again), "+a -c");
        queue.done(&again);
        assert_eq!(queue.counts(), Counts { pending: 0, confirmed: 2, failed: 0 });
        assert_eq!(queue.why(), None);
        assert!(queue.knows("a") && !queue.knows("c"));
    }

    #[test]
    fn a_removal_makes_a_text_without_room_needless() {
        let mut queue = filled("+a");
        run(&mut queue, &["a"]);
        queue.remove("a");
        assert_eq!(run(&mut queue, &["a"]), "-a");
        assert_eq!(queue.why(), None);
    }

    #[test]
    fn a_strange_refusal_is_tried_three_times() {
        let mut queue = filled("+a");
        for failed in [0, 0, 1] {
            let batch = queue.take(Take::Next);
            queue.refused(batch, NoSecond::Other("disk".into()));
            assert_eq!(queue.counts().failed, failed);
        }
        assert_eq!(queue.take(Take::Next), []);
    }

    #[test]
    fn what_is_confirmed_and_not_held_is_not_believed() {
        let mut queue = filled("+a +b -c");
        let batch = queue.take(Take::Next);
        queue.read_back(batch, &[true, false, true]);
        assert_eq!((queue.knows("a"), queue.knows("b"), queue.counts().pending), (true, false, 1));
        for _ in 0..2 {
            let batch = queue.take(Take::Next);
            assert_eq!(told(&batch), "+b");
            queue.read_back(batch, &[]);
        }
        assert_eq!((queue.why(), queue.counts().failed), (Some(&NoSecond::NotReadBack), 1));
        let again = queue.take(Take::Again);
        queue.read_back(again, &[true]);
        assert_eq!((queue.why(), queue.knows("b"), queue.counts().confirmed), (None, true, 3));
        // What was found to be there is not believed any more where it is gone.
        queue.learned(["d".to_string()]);
        queue.set("d", ());
        let batch = queue.take(Take::Next);
        queue.read_back(batch, &[false]);
        assert!(!queue.knows("d"));
    }

    #[test]
    fn one_transaction_at_a_time_unless_the_page_ends() {
        let mut queue = filled("+a");
        let first = queue.take(Take::Next);
        queue.set("b", ());
        queue.remove("c");
        assert_eq!(queue.take(Take::Next), []);
        let last = queue.take(Take::Writes);
        assert_eq!(told(&last), "+b", "nothing is removed while it is unsure whether +a succeeds");
        queue.unanswered(first);
        queue.done(&last);
        assert_eq!(run(&mut queue, &[]), "+a -c");
    }

    #[test]
    fn what_was_decided_meanwhile_is_newer_than_what_comes_back() {
        let mut queue = filled("+a +b");
        let batch = queue.take(Take::Next);
        queue.remove("a");
        queue.unanswered(batch);
        assert_eq!(run(&mut queue, &[]), "+b -a");
        assert!(!queue.waits_for("a"));
    }

    #[test]
    fn without_a_second_copy_removals_are_remembered_and_texts_are_not_held_twice() {
        let mut queue = filled("+a -b");
        queue.drop_writes();
        queue.set_first("a", ());
        assert_eq!(run(&mut queue, &[]), "+a -b");
    }

    #[test]
    fn many_go_in_several_transactions_and_a_removal_waits_for_all_of_them() {
        let mut queue = Queue::default();
        for i in 0..100 {
            queue.set(&i.to_string(), ());
        }
        queue.remove("old");
        let first = queue.take(Take::Next);
        assert_eq!(first.len(), BATCH);
        queue.done(&first);
        let second = queue.take(Take::Next);
        assert_eq!(second.len(), 100 - BATCH + 1);
        assert_eq!(second.last().map(|e| e.key.as_str()), Some("old"));
    }
}
