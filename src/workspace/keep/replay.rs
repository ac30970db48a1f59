//! Making edits again, in the one order that every tab takes: by stamp, tab and number.
//!
//! What it represents: a workspace's past as far as it can still be contradicted. The same record and the same entries give the
//! same workspace, the same numbers and the same waiting edits in every tab. An edit is made, or it says what was done already, or it
//! waits for a person: none is dropped.

use super::journal::{Act, EditId, JournalEntry, Root, Seen};
use crate::domain::order::Gather;
use crate::domain::rule::RuleId;
use crate::words::Say;
use crate::workspace::Workspace;
use crate::workspace::edit::{Done, Edit, Given, Made, Meeting, NotMade, Numbers, Thing, Touched};
use crate::workspace::keys::RecordId;
use serde::{Deserialize, Serialize};

/// How many edits are kept in mind after they were folded, and how many things they may touch together.
const RECENT: usize = 200;
const RECENT_THINGS: usize = 2_000;

/// How many tabs are kept in mind.
const TABS: usize = 64;

/// An edit that was made, as far as later ones ask for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    #[serde(flatten)]
    pub id: EditId,
    /// What it touched, in the numbers of the state.
    pub touched: Touched,
    /// The numbers that it gave.
    #[serde(default)]
    pub gave: Given,
    /// The edit about which a person decided with it, and whether that was made after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<(EditId, bool)>,
}

/// An edit that is not in the workspace, and about which a person decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    pub entry: JournalEntry,
    pub why: WhyWaits,
}

impl Waiting {
    /// The edit, as its tab made it.
    pub fn made(&self) -> Option<&Made> {
        self.entry.act.made()
    }
}

/// Why an edit waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum WhyWaits {
    /// Another tab set the same to something else, and neither had seen the other.
    Contradicts { things: Vec<Thing>, by: EditId },
    /// It is refused on what other tabs did.
    Refused { rules: Vec<RuleId>, says: String, help: String },
    /// The same, where only words tell why.
    Because(String),
    /// It rests on an edit that waits itself, or cannot be read.
    Needs(EditId),
    /// The workspace that it was made on was deleted.
    Deleted,
    /// Another workspace took the place of the one that it was made on.
    Replaced,
    /// It is so old that nobody remembers whether it was made already.
    Reappeared,
}

impl From<NotMade> for WhyWaits {
    fn from(not: NotMade) -> Self {
        match not {
            NotMade::Refused(r) => {
                WhyWaits::Refused { says: r.says().to_string(), help: r.help().to_string(), rules: r.rules }
            }
            because @ NotMade::Because(_) => WhyWaits::Because(because.reason()),
        }
    }
}

impl WhyWaits {
    /// Why it waits, as a clause.
    pub fn says(&self) -> String {
        match self {
            WhyWaits::Contradicts { .. } => {
                "another tab set the same to something else at about the same time".to_string()
            }
            WhyWaits::Refused { says, .. } | WhyWaits::Because(says) => {
                format!("after what another tab did it is not possible: {says}")
            }
            WhyWaits::Needs(_) => "it rests on a change that waits itself, or that cannot be read".to_string(),
            WhyWaits::Deleted => "the workspace that it was made in was deleted in another tab".to_string(),
            WhyWaits::Replaced => "another workspace took the place of the one that it was made in".to_string(),
            WhyWaits::Reappeared => "it is old, and may have been made already".to_string(),
        }
    }
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Made(Box<Done>),
    /// What it does was done already.
    Nothing,
    Waits,
}

/// The past of a workspace, as far as a later edit may contradict it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    /// All edits that were taken in, those of the record too.
    pub seen: Seen,
    /// Edits that were made, in their order, the latest last.
    pub recent: Vec<Applied>,
    pub waiting: Vec<Waiting>,
    /// See [`super::record::Head::horizon`].
    pub horizon: Option<i64>,
    /// See [`super::record::Head::deleted`].
    pub deleted: Option<u64>,
    /// See [`super::record::Head::root`].
    pub root: Option<Root>,
    /// See [`super::record::Head::back`].
    pub back: Option<u64>,
    /// The latest stamp of all.
    pub latest: i64,
}

impl Replay {
    /// The past that a record brings along.
    pub fn of(record: &super::record::Record) -> Self {
        let head = &record.head;
        let latest = head.folded.latest().max(head.horizon).unwrap_or(0);
        Self {
            seen: head.folded.clone(),
            recent: record.recent.clone(),
            waiting: record.waiting.clone(),
            horizon: head.horizon,
            deleted: head.deleted,
            root: head.root.clone(),
            back: head.back,
            latest,
        }
    }

    /// What a new edit says that it has seen: of every tab that somebody may still contradict.
    pub fn seen_lately(&self) -> Seen {
        let asked = self.recent.iter().map(|a| &a.id.tab).chain(self.waiting.iter().map(|w| &w.entry.id.tab));
        let pairs = asked.filter_map(|tab| self.seen.0.get_key_value(tab));
        Seen(pairs.map(|(tab, upto)| (tab.clone(), upto.clone())).into_map())
    }

    /// Which edits gave the numbers that an edit speaks of, as they are here.
    pub fn names(&self, spoken: Given) -> Vec<(EditId, Given)> {
        let Given { entry, plan } = spoken;
        let gave = |a: &&Applied| {
            let same = |number: Option<u32>, gave: Option<u32>| number.is_some() && number == gave;
            same(entry, a.gave.entry) || same(plan, a.gave.plan)
        };
        self.recent.iter().rev().find(gave).map(|a| (a.id.clone(), a.gave)).into_iter().collect()
    }

    /// Takes in an edit that was made on exactly this state.
    pub fn note(&mut self, entry: &JournalEntry) {
        self.taken(entry);
        let touched = entry.act.made().map_or_else(Touched::nothing, |made| made.edit.touched());
        let settled = match &entry.act {
            Act::Make(_) => None,
            Act::Settle { of, made } => {
                self.waiting.retain(|w| w.entry.id != *of);
                Some((of.clone(), made.is_some()))
            }
        };
        self.recent.push(Applied { id: entry.id.clone(), touched, gave: entry.gave, settled });
    }

    fn taken(&mut self, entry: &JournalEntry) {
        self.seen.take(&entry.id, entry.stamp);
        self.latest = self.latest.max(entry.stamp);
    }

    /// Takes in the next edit in the order. What was taken in already is nothing.
    pub fn push(&mut self, w: &mut Workspace, entry: &JournalEntry) -> Outcome {
        if self.seen.covers(&entry.id) {
            return Outcome::Nothing;
        }
        let known_tab = self.seen.0.contains_key(&entry.id.tab);
        self.taken(entry);
        if !known_tab && self.horizon.is_some_and(|horizon| entry.stamp <= horizon) {
            return self.wait(entry, WhyWaits::Reappeared);
        }
        let stood_on = entry.base.as_ref().map(|id| id.revision);
        if let (Some(stood_on), Some(deleted)) = (stood_on, self.deleted)
            && stood_on < deleted
        {
            return self.wait(entry, WhyWaits::Deleted);
        }
        self.act(w, entry)
    }

    /// Takes in an edit of a workspace that was replaced, where what it was replaced with is not made again: it goes on waiting.
    pub(super) fn leave(&mut self, entry: &JournalEntry) {
        if !self.seen.covers(&entry.id) {
            self.taken(entry);
            self.wait(entry, WhyWaits::Replaced);
        }
    }

    fn act(&mut self, w: &mut Workspace, entry: &JournalEntry) -> Outcome {
        let elsewhere = entry.root != self.root && !entry.blind;
        match entry.act.made().map(|made| &made.edit) {
            // What ended by itself in a workspace that is not here any more.
            Some(Edit::PassTime) if elsewhere => return Outcome::Nothing,
            Some(_) if elsewhere => return self.wait(entry, WhyWaits::Replaced),
            _ => {}
        }
        match &entry.act {
            Act::Make(made) => self.make(w, entry, made, None),
            Act::Settle { of, made } => self.settle(w, entry, of, made.as_deref()),
        }
    }

    /// A replacement took the place of what was here. What was made on it already, in a tab that had it, and waited until now, is made.
    pub(super) fn replaced(&mut self, w: &mut Workspace, root: Root, back: Option<u64>) {
        self.root = Some(root);
        self.back = back;
        let (now, wait) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition::<Vec<_>, _>(|waiting| waiting.why == WhyWaits::Replaced && waiting.entry.root == self.root);
        self.waiting = wait;
        for waiting in now {
            self.act(w, &waiting.entry);
        }
    }

    fn settle(&mut self, w: &mut Workspace, entry: &JournalEntry, of: &EditId, made: Option<&Made>) -> Outcome {
        let waits = self.waiting.iter().position(|waiting| waiting.entry.id == *of);
        // Made after all by another tab, or not waiting here: what it does is done.
        let is_made = self.given(of).is_some();
        let Some(made) = made else {
            if let Some(place) = waits {
                self.waiting.remove(place);
            }
            let touched = Touched::nothing();
            self.recent.push(Applied {
                id: entry.id.clone(),
                touched,
                gave: Given::default(),
                settled: Some((of.clone(), false)),
            });
            return Outcome::Nothing;
        };
        if waits.is_none() && is_made {
            return Outcome::Nothing;
        }
        if let Some(place) = waits {
            // Where it cannot be made, this entry waits instead, which holds all of it.
            self.waiting.remove(place);
        }
        self.make(w, entry, made, Some(of))
    }

    fn make(&mut self, w: &mut Workspace, entry: &JournalEntry, made: &Made, settles: Option<&EditId>) -> Outcome {
        let mut numbers = Numbers::default();
        for (origin, was) in &entry.names {
            match self.given(origin) {
                Some(is) => numbers.learn(*was, is),
                // It was folded so long ago that its numbers are the same everywhere.
                None if self.is_old(origin) => {}
                None => return self.wait(entry, WhyWaits::Needs(origin.clone())),
            }
        }
        let mut made = made.clone();
        made.edit.renumbered(&numbers);
        let touched = made.edit.touched();
        let settled = settles.map(|of| (of.clone(), true));
        for other in self.recent.iter().rev() {
            // An edit that comes late, because it was not there before, has not seen the later ones of its own tab.
            let own_earlier = other.id.tab == entry.id.tab && other.id.n < entry.id.n;
            if own_earlier || entry.seen.covers(&other.id) {
                continue;
            }
            match other.touched.meets(&touched) {
                Meeting::Together => {}
                Meeting::Same => {
                    let gave = other.gave;
                    self.recent.push(Applied { id: entry.id.clone(), touched, gave, settled });
                    return Outcome::Nothing;
                }
                Meeting::Contradict(things) => {
                    let by = other.id.clone();
                    return self.wait(entry, WhyWaits::Contradicts { things, by });
                }
            }
        }
        match made.apply(w) {
            Ok(done) => {
                self.recent.push(Applied { id: entry.id.clone(), touched, gave: done.given(), settled });
                Outcome::Made(Box::new(done))
            }
            Err(not) => self.wait(entry, not.into()),
        }
    }

    fn wait(&mut self, entry: &JournalEntry, why: WhyWaits) -> Outcome {
        if let Some(edit) = entry.act.made().map(|m| &m.edit) {
            // Of what was typed key by key only the last is asked about.
            self.waiting.retain(|other| {
                let earlier = other.entry.id.tab == entry.id.tab && other.entry.stamp < entry.stamp;
                !(earlier && other.made().is_some_and(|m| edit.replaces(&m.edit)))
            });
        }
        self.waiting.push(Waiting { entry: entry.clone(), why });
        Outcome::Waits
    }

    /// The numbers that an edit gave, for one that speaks of them: none where it was not made. `None`: as they were.
    pub fn number_of(&self, id: &EditId) -> Option<Given> {
        match self.given(id) {
            None if self.is_old(id) => None,
            given => Some(given.unwrap_or_default()),
        }
    }

    /// The numbers that an edit gave when a person had it made after all.
    pub fn number_after_all(&self, id: &EditId) -> Option<Given> {
        let is = |a: &&Applied| a.settled.as_ref().is_some_and(|(of, made)| of == id && *made);
        self.recent.iter().rev().find(is).map(|a| a.gave)
    }

    /// Whether an edit was made, but nobody remembers when.
    fn is_old(&self, id: &EditId) -> bool {
        let waits = self.waiting.iter().any(|w| w.entry.id == *id);
        let dropped = self.recent.iter().any(|a| a.settled.as_ref().is_some_and(|(of, made)| of == id && !made));
        self.seen.covers(id) && !waits && !dropped
    }

    /// The numbers that an edit gave here, where it was made lately.
    fn given(&self, id: &EditId) -> Option<Given> {
        let is = |a: &&Applied| a.id == *id || a.settled.as_ref().is_some_and(|(of, made)| of == id && *made);
        self.recent.iter().rev().find(is).map(|a| a.gave)
    }

    /// Leaves as much as a record keeps: `(seen, horizon)` for its head, and the recent edits.
    pub fn trim(&mut self) {
        let mut things = 0usize;
        let keep = self.recent.iter().rev().take(RECENT).take_while(|a| {
            things = things.saturating_add(a.touched.things().count().max(1));
            things <= RECENT_THINGS
        });
        let drop = self.recent.len().saturating_sub(keep.count());
        self.recent.drain(..drop);
        while self.seen.0.len() > TABS {
            let oldest = self.seen.0.iter().min_by_key(|(tab, upto)| (upto.stamp, (*tab).clone()));
            let Some(tab) = oldest.map(|(tab, _)| tab.clone()) else { break };
            if let Some(upto) = self.seen.0.remove(&tab) {
                self.horizon = self.horizon.max(Some(upto.stamp));
            }
        }
    }
}

/// The place of an entry in the order of all edits.
pub fn order(entry: &JournalEntry) -> (i64, &EditId) {
    (entry.stamp, &entry.id)
}

/// Whether an entry was made on a record that `head` does not go back to, though it is later: that record is lost.
pub fn stood_on_lost<'a>(entry: &'a JournalEntry, head: Option<&super::record::Head>) -> Option<&'a RecordId> {
    let base = entry.base.as_ref()?;
    match head {
        Some(head) => (base.revision > head.id.revision).then_some(base),
        None => Some(base),
    }
}
