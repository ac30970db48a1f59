//! Following: taking in what other tabs wrote, and what the store knows again.
//!
//! Invariant: nothing that is only in memory is given up. Where the store knows less than this tab, the memory stays as it is.

use super::gaps::gaps;
use super::journal::{EditId, JournalEntry, NotAnEntry};
use super::keeper::{Followed, Gone, Keeper, NoFit, Ousted, Pending, PendingWhole, Told, WholeChange};
use super::look::{self, Base, Survey, Trouble};
use super::record::{Head, Record};
use super::replay::{Replay, order};
use crate::domain::order::Gather;
use crate::domain::order::Order as _;
use crate::workspace::Workspace;
use crate::workspace::edit::Made;
use crate::workspace::keys::Key;
use crate::workspace::store::{Store, StoreError};
use std::collections::BTreeSet;

/// What the workspace is made on.
struct Ground {
    record: Option<Box<Record>>,
    /// Where there is no record.
    workspace: Workspace,
    earlier: Option<String>,
}

impl Keeper {
    /// Takes in what other tabs wrote since. Where nothing did, only the keys are looked at.
    pub fn follow(&mut self, store: &impl Store, w: &mut Workspace) -> Followed {
        let survey = match self.list(store) {
            Ok(survey) => survey,
            Err(error) => {
                self.unsure = true;
                return Followed::NoAnswer(error);
            }
        };
        let listed: BTreeSet<Key> = survey.records.iter().cloned().into_set();
        if self.deleted.as_ref().is_some_and(|gone| listed == gone.looked) {
            // A person decides first; until then what is here is as it was, whatever begins anew there.
            return Followed::Deleted;
        }
        if self.has_other_records(&listed) {
            return self.follow_records(store, w, &survey, listed);
        }
        self.listed = listed;
        let mut troubles = Vec::new();
        let news = self.new_entries(store, &survey, &mut troubles);
        let of_entries = |t: &Trouble| match t {
            Trouble::Entry { .. } | Trouble::Missing { .. } | Trouble::Lost { .. } => true,
            Trouble::NoAnswer { key, .. } | Trouble::Silent { key } => matches!(key, Key::Entry(..)),
            _ => false,
        };
        self.troubles.retain(|t| !of_entries(t));
        self.troubles.extend(troubles);
        if self.reads_newer() {
            return Followed::Newer;
        }
        if news.iter().all(|entry| entry.stamp > self.replay.latest) {
            let done = if news.is_empty() { Followed::Unchanged } else { self.on_top(w, news) };
            self.tell_gaps();
            return done;
        }
        // Some belong before what is here: all of it is made again.
        self.follow_records(store, w, &survey, survey.records.iter().cloned().into_set())
    }

    fn has_other_records(&self, listed: &BTreeSet<Key>) -> bool {
        let head_there = self.head.as_ref().is_none_or(|head| listed.contains(&head.key()));
        self.unsure || self.deleted.is_some() || !listed.is_subset(&self.listed) || head_there == self.alone
    }

    /// Whether following would make all of it again on a record.
    pub(super) fn has_news(&self, store: &impl Store, survey: &Survey) -> bool {
        self.has_other_records(&survey.records.iter().cloned().into_set())
            || !self.new_entries(store, survey, &mut Vec::new()).iter().all(|entry| entry.stamp > self.replay.latest)
    }

    /// Lists the place. A list that leaves out what this tab wrote and can read is no answer.
    pub(super) fn list(&self, store: &impl Store) -> Result<Survey, StoreError> {
        let survey = look::survey(store, &self.place)?;
        let head = self.head.as_ref().map(Head::key).filter(|key| !survey.records.contains(key));
        let own = self.pending.iter().filter_map(|pending| match pending {
            Pending::Entry { entry, kept: true } if entry.id.tab == self.tab && !survey.entries.contains(&entry.id) => {
                Some(Key::Entry(self.place.clone(), entry.id.tab.clone(), entry.id.n))
            }
            _ => None,
        });
        for key in head.into_iter().chain(own) {
            if store.get(&key.to_string())?.is_some() {
                return Err(StoreError::Other("it does not list everything that it holds".to_string()));
            }
        }
        Ok(survey)
    }

    fn new_entries(&self, store: &impl Store, survey: &Survey, troubles: &mut Vec<Trouble>) -> Vec<JournalEntry> {
        let known = self.known();
        let covered = |id: &EditId| self.replay.seen.covers(id) || known.contains(id);
        look::entries(store, &self.place, survey, covered, troubles)
    }

    fn known(&self) -> BTreeSet<EditId> {
        self.entries().map(|entry| entry.id.clone()).into_set()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &JournalEntry> + Clone {
        self.pending.iter().filter_map(|p| match p {
            Pending::Entry { entry, .. } => Some(entry),
            Pending::Whole(_) => None,
        })
    }

    /// Whether something is there that only a newer version reads.
    fn reads_newer(&mut self) -> bool {
        self.newer |= self.troubles.iter().any(|t| matches!(t, Trouble::Entry { why: NotAnEntry::Newer, .. }));
        self.newer
    }

    /// Tells what is missing, after all that is there was taken in.
    fn tell_gaps(&mut self) {
        let found = gaps(self.head.as_ref(), &self.replay, self.entries());
        self.troubles.extend(found);
    }

    /// Makes edits that are later than all that is here.
    fn on_top(&mut self, w: &mut Workspace, news: Vec<JournalEntry>) -> Followed {
        let before = self.waiting_ids();
        self.turns = self.turns.wrapping_add(u64::from(!news.is_empty()));
        for entry in news {
            self.replay.push(w, &entry);
            self.pending.push(Pending::Entry { entry, kept: true });
        }
        self.followed(&before)
    }

    fn waiting_ids(&self) -> BTreeSet<EditId> {
        self.replay.waiting.iter().map(|w| w.entry.id.clone()).into_set()
    }

    fn followed(&self, before: &BTreeSet<EditId>) -> Followed {
        let waiting = self.replay.waiting.iter().filter(|w| !before.contains(&w.entry.id)).count();
        Followed::Followed { waiting }
    }

    fn follow_records(
        &mut self,
        store: &impl Store,
        w: &mut Workspace,
        survey: &Survey,
        listed: BTreeSet<Key>,
    ) -> Followed {
        let mut troubles = Vec::new();
        let Base { record, heads, unanswered, newer, .. } = look::base(store, survey, &mut troubles);
        let own = self.head.as_ref().map(|head| head.id.clone());
        if newer.as_ref().is_some_and(|(id, _)| own.as_ref().is_none_or(|own| id > own)) {
            self.newer = true;
            self.troubles = troubles;
            return Followed::Newer;
        }
        if let Some((id, error)) = unanswered
            && own.as_ref().is_none_or(|own| id >= *own)
        {
            self.unsure = true;
            self.troubles = troubles;
            return Followed::NoAnswer(error);
        }
        if let Some(mut gone) = self.deleted.take() {
            match &record {
                Some(record) if record.head.goes_back_to(&gone.tombstone.id) => {
                    let head = &record.head;
                    if head.back != Some(self.era()) || head.gone {
                        // It was begun anew and deleted again: whoever keeps what is here goes on from the last deletion.
                        if head.gone {
                            gone.tombstone = head.clone();
                        }
                        gone.looked = listed;
                        self.deleted = Some(gone);
                        return Followed::Deleted;
                    }
                    self.go_on_after(&gone.tombstone, head);
                }
                // The mark of it is gone, with all that came after it.
                Some(_) => {}
                None => {
                    self.deleted = Some(gone);
                    return Followed::Deleted;
                }
            }
        }
        let ground = match self.ground(store, survey, record) {
            Ok(ground) => ground,
            Err(error) => {
                self.unsure = true;
                self.troubles = troubles;
                return Followed::NoAnswer(error);
            }
        };
        self.unsure = false;
        self.listed = listed;
        let news = self.new_entries(store, survey, &mut troubles);
        self.troubles = troubles;
        let done = match ground {
            None => {
                // The store knows less than this tab: what is here stays, and is the only copy.
                let first = !std::mem::replace(&mut self.alone, true) && !self.is_empty(w);
                let done = self.on_top(w, news);
                if first { Followed::Vanished } else { done }
            }
            Some(Ground { record: Some(record), .. })
                if record.head.gone
                    && own.as_ref() != Some(&record.head.id)
                    && (own.is_some() || !self.pending.is_empty())
                    && !self.is_empty(w) =>
            {
                let looked = self.listed.clone();
                self.deleted = Some(Box::new(Gone { tombstone: record.head, looked }));
                Followed::Deleted
            }
            Some(ground) => self.rebuild(w, ground, news),
        };
        if let Some(head) = &self.head {
            let beside = heads.iter().filter(|other| look::stands_beside(other, head, &survey.entries));
            self.troubles.extend(beside.map(|other| Trouble::Beside(Box::new(other.clone()))));
        }
        self.tell_gaps();
        if self.reads_newer() { Followed::Newer } else { done }
    }

    /// What the store has to build on; `None`: less than this tab has.
    fn ground(
        &self,
        store: &impl Store,
        survey: &Survey,
        record: Option<Record>,
    ) -> Result<Option<Ground>, StoreError> {
        if let Some(record) = record {
            let is_gone = |own: &Head| self.alone || !survey.records.contains(&own.key());
            let older = self.head.as_ref().is_some_and(|own| {
                record.head.weight() < own.weight() || (is_gone(own) && !record.head.goes_back_to(&own.id))
            });
            let earlier = record.head.earlier.clone();
            let ground = Ground { record: Some(Box::new(record)), workspace: Workspace::default(), earlier };
            return Ok((!older).then_some(ground));
        }
        if self.head.is_some() {
            return Ok(None);
        }
        let empty = Ground { record: None, workspace: Workspace::default(), earlier: None };
        match look::left_by_earlier(store, &self.place, survey)? {
            Some(Ok((envelope, sum))) => {
                Ok(Some(Ground { workspace: envelope.workspace, earlier: Some(sum), ..empty }))
            }
            _ if self.earlier.is_some() => Ok(None),
            _ => Ok(Some(empty)),
        }
    }

    /// Makes everything again on what is newer, in the order of all edits.
    fn rebuild(&mut self, w: &mut Workspace, ground: Ground, news: Vec<JournalEntry>) -> Followed {
        let before = self.waiting_ids();
        let was = self.replay.seen.clone();
        let (mut workspace, mut replay, head) = match ground.record {
            Some(record) => {
                let replay = Replay::of(&record);
                let Record { head, workspace, .. } = *record;
                (workspace, replay, Some(head))
            }
            None => (ground.workspace, Replay::default(), None),
        };
        // Stamps never go back, whatever is there now.
        replay.latest = replay.latest.max(self.replay.latest);
        let same = head.as_ref().map(|h| &h.id) == self.head.as_ref().map(|h| &h.id) && news.is_empty() && !self.alone;
        let was_gone = self.head.as_ref().is_some_and(|head| head.gone);
        self.head = head;
        self.earlier = ground.earlier;
        self.alone = false;
        let mut entries = Vec::new();
        let mut wholes = Vec::new();
        let mut done = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            match pending {
                Pending::Entry { entry, kept } if !replay.seen.covers(&entry.id) => entries.push((entry, kept)),
                Pending::Entry { .. } => {}
                Pending::Whole(whole) if self.holds(&whole) => done.push(whole),
                Pending::Whole(whole) => wholes.push(whole),
            }
        }
        entries.extend(news.into_iter().map(|entry| (entry, true)));
        entries.order_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
        if let Some(last) = wholes.iter().rposition(|whole| matches!(whole.what, WholeChange::Replace(_))) {
            // What this tab replaced itself is made no more.
            wholes.drain(..last);
        }
        let mut rest = entries.as_slice().iter().collect::<Vec<_>>();
        let mut ousted: Option<Ousted> = None;
        wholes.retain_mut(|whole| {
            // What it had not seen is made again after it.
            let (first, later): (Vec<_>, Vec<_>) =
                std::mem::take(&mut rest).into_iter().partition(|(e, _)| whole.seen.covers(&e.id));
            for (entry, _) in first {
                if whole.leaves_waiting(&entry.id) {
                    replay.leave(entry);
                } else {
                    replay.push(&mut workspace, entry);
                }
            }
            rest = later;
            let Err(unfit) = self.make_whole(&mut workspace, &mut replay, whole) else { return true };
            let (import, why) = *unfit;
            let memory = || Ousted { memory: Box::new(w.clone()), imports: Vec::new(), why };
            ousted.get_or_insert_with(memory).imports.push(import);
            false
        });
        self.ousted.extend(ousted);
        rest.into_iter().for_each(|(entry, _)| drop(replay.push(&mut workspace, entry)));
        let old = self.head.as_ref().map(|head| head.before.as_slice()).unwrap_or_default();
        // One that two records hold is done with.
        done.retain(|whole| !whole.written.iter().any(|id| old.contains(id)));
        self.pending = entries.into_iter().map(|(entry, kept)| Pending::Entry { entry, kept }).collect();
        self.pending.extend(done.into_iter().chain(wholes).map(Pending::Whole));
        self.tell_of(&replay, was_gone, *w != Workspace::default());
        let unchanged = same && replay.seen == was && *w == workspace;
        *w = workspace;
        self.replay = replay;
        if unchanged {
            return Followed::Unchanged;
        }
        self.turns = self.turns.wrapping_add(1);
        self.followed(&before)
    }

    /// What was deleted, as of `tombstone`, was brought back as `head`: what was done here meanwhile goes on on that, where all that was deleted
    /// had been seen here. Else it waits.
    fn go_on_after(&mut self, tombstone: &Head, head: &Head) {
        let replaces = |p: &Pending| matches!(p, Pending::Whole(whole) if matches!(whole.what, WholeChange::Replace(_)) && !self.holds(whole));
        if !self.replay.seen.covers_all(&tombstone.folded) || self.pending.iter().any(replaces) {
            return;
        }
        for pending in &mut self.pending {
            match pending {
                Pending::Entry { entry, kept: false } => {
                    (entry.root, entry.base) = (head.root.clone(), Some(head.id.clone()));
                }
                Pending::Whole(whole) if matches!(whole.what, WholeChange::Made(_)) => whole.root = head.root.clone(),
                Pending::Entry { .. } | Pending::Whole(_) => {}
            }
        }
    }

    /// # Errors
    /// It is an import that does not fit here any more.
    fn make_whole(
        &mut self,
        w: &mut Workspace,
        replay: &mut Replay,
        whole: &mut PendingWhole,
    ) -> Result<(), Box<(Made, NoFit)>> {
        match &whole.what {
            // An import on another workspace than the one that was looked at would be a mixture of the two.
            WholeChange::Made(made) if whole.root != replay.root => Err(Box::new(((**made).clone(), NoFit::Replaced))),
            WholeChange::Made(made) => {
                made.apply(w).map(drop).map_err(|not| Box::new(((**made).clone(), NoFit::Refused(not))))
            }
            WholeChange::Replace(other) => {
                w.clone_from(other);
                // What it holds waits no more.
                replay.waiting.retain(|w| !whole.seen.covers(&w.entry.id) || whole.waits.contains(&w.entry.id));
                if let Some(root) = whole.root.clone() {
                    replay.replaced(w, root, whole.back);
                }
                let head = self.head.as_ref().filter(|head| whole.over.as_ref() != Some(&head.id));
                if let Some(head) = head.filter(|head| !head.gone) {
                    // Nobody saw what it replaces now.
                    self.left_out.push(head.key());
                    whole.over = Some(head.id.clone());
                    if head.id.tab != self.tab {
                        self.told.push(Told::WentOver);
                    }
                }
                Ok(())
            }
        }
    }

    /// Notes what a person should hear of what other tabs did. `replay` is what is here now, `self` still holds what was.
    fn tell_of(&mut self, replay: &Replay, was_gone: bool, had: bool) {
        let by_another = replay.root.as_ref().is_some_and(|root| root.tab != self.tab);
        let gone = self.head.as_ref().is_some_and(|head| head.gone);
        // Another tab deleted what was here, and took that back, before or after this one saw it.
        let taken_back = replay.back == Some(self.era()) && replay.deleted != self.replay.deleted;
        let other_head = self.head.as_ref().is_some_and(|head| head.id.tab != self.tab);
        if was_gone && !gone && other_head {
            self.told.push(Told::Back);
        } else if had && by_another && taken_back {
            self.told.push(Told::TakenBack);
        } else if had && by_another && replay.root != self.replay.root && !was_gone {
            self.told.push(Told::Replaced);
        }
    }
}
