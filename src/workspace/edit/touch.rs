//! What an edit sets, so that two edits of two tabs that did not see each other are told apart: those that can both be kept, those
//! that are the same, and those of which a person must choose one.
//!
//! The smallest things are named. What is *done* to an environment needs few of them: the log puts it where it belongs in time,
//! whatever the order in which it arrives, and the rules refuse what is then not possible. Two manual backups of one
//! environment, a restore onto it and a switch of it, are kept both. Only what says of the same thing that it is another is
//! contradiction: two settings of the retention, an answer and a switch, two ends of one restore.

use super::Edit;
use crate::domain::command::Command;
use crate::domain::deed::Deed;
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::order::Order as _;
use crate::domain::plan::Blank;
use chrono::{DateTime, Utc};
use fnv::FnvHasher;
use serde::{Deserialize, Serialize};
use std::hash::Hasher;

/// Something that an edit sets. Those that name an entry or a plan speak in the numbers of the state: an edit of another tab is
/// [renumbered](Edit::renumbered) first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Thing {
    /// Of the tenant.
    #[serde(rename = "n")]
    Name,
    #[serde(rename = "c")]
    Cloud,
    #[serde(rename = "s")]
    Capacity,
    #[serde(rename = "ed")]
    Edition,
    /// The wizard, whole: its fields rest on each other.
    #[serde(rename = "d")]
    Draft,
    /// What the clock of a sample or a rehearsal shows.
    #[serde(rename = "cl")]
    Clock,
    /// How simulated operations go.
    #[serde(rename = "i")]
    Invented,
    /// An environment with everything that is known of it: whether it is on the list.
    #[serde(rename = "e")]
    Environment(EnvironmentId),
    /// More environments than are named.
    #[serde(rename = "es")]
    Environments,
    /// A fact of an environment, answered or brought about.
    #[serde(rename = "f")]
    Fact(EnvironmentId, FactKey),
    /// The same fact of more environments than are named.
    #[serde(rename = "fs")]
    FactOfMany(FactKey),
    /// Whether it is there: created, deleted, recovered.
    #[serde(rename = "l")]
    Life(EnvironmentId),
    /// Its administration mode.
    #[serde(rename = "a")]
    Mode(EnvironmentId),
    /// The restore onto it that begins.
    #[serde(rename = "r")]
    Restore(EnvironmentId),
    /// How the restore onto it ended.
    #[serde(rename = "re")]
    RestoreEnd(EnvironmentId),
    /// That what was going on with it has ended.
    #[serde(rename = "ae")]
    ActivityEnd(EnvironmentId),
    /// One manual backup, by its id.
    #[serde(rename = "b")]
    Backup(EnvironmentId, String),
    /// What was done to it at an instant (UTC) before the last import.
    #[serde(rename = "h")]
    Earlier(EnvironmentId, DateTime<Utc>),
    /// A plan with its ticks.
    #[serde(rename = "p")]
    Plan(u32),
    /// One step or item of a plan.
    #[serde(rename = "t")]
    Tick(u32, String),
    /// What is typed for a plan.
    #[serde(rename = "y")]
    Typed(u32, Blank),
    /// An entry of the log: whether it is taken back.
    #[serde(rename = "u")]
    Entry(u32),
}

/// To what a thing is set, as a checksum. Equal content never contradicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(u64);

/// Everything that two edits are told apart by, without the edits: small enough to be kept after they were folded away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touched {
    /// By thing.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    sets: Vec<(Thing, Content)>,
    /// The edit as a whole, without its time.
    #[serde(rename = "w")]
    whole: Content,
    /// When the command was done, UTC.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    at: Option<DateTime<Utc>>,
    /// Everything that was done after this instant (UTC) is taken back.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    back_to: Option<DateTime<Utc>>,
}

/// How two edits stand to each other that did not see each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// Both can be made, in any order.
    Together,
    /// They say the same: the later one need not be made, and where it is refused there is nothing to ask.
    Same,
    /// They set these things to something else; a person chooses.
    Contradict(Vec<Thing>),
}

/// More environments than this in one edit are not named one by one.
const MANY: usize = 200;

impl Edit {
    /// The smallest things that the edit sets, and to what. Empty: it contradicts nothing.
    pub fn touched(&self) -> Touched {
        let mut sets = self.sets();
        sets.order_by(|(a, _), (b, _)| a.cmp(b));
        sets.dedup_by(|(a, _), (b, _)| a == b);
        let (whole, at, back_to) = match self {
            Edit::Run { command, at, step } => (Content::of(&(command, step)), Some(*at), None),
            Edit::RewindClock { to } => (Content::of(self), None, Some(*to)),
            edit => (Content::of(edit), None, None),
        };
        Touched { sets, whole, at, back_to }
    }

    fn sets(&self) -> Vec<(Thing, Content)> {
        match self {
            // Both plans are kept, and time passes for everybody.
            Edit::PassTime | Edit::KeepPlan { .. } => Vec::new(),
            Edit::Run { command, step, .. } => {
                let mut sets = of_command(command);
                if let Some(step) = step {
                    sets.push((Thing::Tick(step.plan, step.id.clone()), Content::of(&true)));
                }
                sets
            }
            Edit::TakeBack { number } => one(Thing::Entry(*number), &false),
            Edit::Redo { number } => one(Thing::Entry(*number), &true),
            Edit::MoveClock { to } => one(Thing::Clock, to),
            // It takes more back than it names.
            Edit::RewindClock { .. } => one(Thing::Clock, self),
            // Where it stands still is told by whoever moves it.
            Edit::StopClock => one(Thing::Clock, &()),
            Edit::Invent(invented) => one(Thing::Invented, invented),
            Edit::Edition(id) => one(Thing::Edition, id),
            Edit::Draft(draft) => one(Thing::Draft, draft),
            Edit::Begun { open, others } => one(Thing::Draft, &(open, others)),
            Edit::Tick { plan, id, done } => one(Thing::Tick(*plan, id.clone()), done),
            Edit::Fill { plan, blank, text } => one(Thing::Typed(*plan, *blank), text),
            Edit::RemovePlan { number } => one(Thing::Plan(*number), &GONE),
            Edit::PutBack { plan } => one(Thing::Plan(plan.number), plan),
        }
    }
}

/// What is taken off a list.
const GONE: &str = "gone";

fn one(thing: Thing, content: &impl Serialize) -> Vec<(Thing, Content)> {
    vec![(thing, Content::of(content))]
}

fn of_command(command: &Command) -> Vec<(Thing, Content)> {
    match command {
        Command::Do(deed) => of_doing(deed),
        // The history holds many things; only at one instant can it not hold two.
        Command::Earlier { deed, at } => one(Thing::Earlier(deed.environment().clone(), *at), deed),
        // What was observed and what was answered stand side by side, so that an import contradicts no answer.
        Command::Import(_) | Command::WorkedOut(_) => Vec::new(),
        Command::Answer { environments, answer } => {
            each(environments, answer, Thing::FactOfMany(answer.fact()), |id| Thing::Fact(id, answer.fact()))
        }
        Command::ForgetAnswer { environments, fact } => {
            // Otherwise than any answer.
            each(environments, &GONE, Thing::FactOfMany(*fact), |id| Thing::Fact(id, *fact))
        }
        Command::SetCapacity(capacity) => one(Thing::Capacity, capacity),
        Command::SetCloud(cloud) => one(Thing::Cloud, cloud),
        Command::Forget { environments } => each(environments, &GONE, Thing::Environments, Thing::Environment),
        Command::Rename(name) => one(Thing::Name, &name.trim()),
    }
}

fn each(
    environments: &[EnvironmentId],
    content: &impl Serialize,
    many: Thing,
    thing: impl Fn(EnvironmentId) -> Thing,
) -> Vec<(Thing, Content)> {
    if environments.len() > MANY {
        return one(many, content);
    }
    let content = Content::of(content);
    environments.iter().map(|id| (thing(id.clone()), content)).collect()
}

/// What changes a fact is set to the answer that would say the same.
fn of_doing(deed: &Deed) -> Vec<(Thing, Content)> {
    let id = deed.environment().clone();
    match deed {
        Deed::CreateManualBackup { id: backup, .. } => one(Thing::Backup(id, backup.clone()), deed),
        Deed::DeleteManualBackup { backup, .. } => one(Thing::Backup(id, backup.clone()), &GONE),
        Deed::Set { setting, .. } => match setting.answer() {
            Some(answer) => one(Thing::Fact(id, answer.fact()), &answer),
            None => one(Thing::Mode(id), deed),
        },
        Deed::StartRestore { .. } => one(Thing::Restore(id), deed),
        Deed::EndRestore { failed, .. } => one(Thing::RestoreEnd(id), failed),
        Deed::EndActivity { .. } => one(Thing::ActivityEnd(id), deed),
        Deed::Create(_) | Deed::Delete { .. } | Deed::Recover { .. } => one(Thing::Life(id), deed),
    }
}

impl Thing {
    /// The environment that it is of.
    pub fn environment(&self) -> Option<&EnvironmentId> {
        match self {
            Thing::Environment(id)
            | Thing::Fact(id, _)
            | Thing::Life(id)
            | Thing::Mode(id)
            | Thing::Restore(id)
            | Thing::RestoreEnd(id)
            | Thing::ActivityEnd(id)
            | Thing::Backup(id, _)
            | Thing::Earlier(id, _) => Some(id),
            _ => None,
        }
    }

    /// Whether `part` is this or a part of it.
    fn holds(&self, part: &Thing) -> bool {
        match (self, part) {
            (Thing::Environment(id), part) => part.environment() == Some(id),
            (Thing::Environments, Thing::Environments | Thing::FactOfMany(_)) => true,
            (Thing::Environments, part) => part.environment().is_some(),
            (Thing::FactOfMany(fact), Thing::Fact(_, of)) => fact == of,
            (Thing::Plan(number), Thing::Tick(plan, _) | Thing::Typed(plan, _)) => number == plan,
            (whole, part) => whole == part,
        }
    }

    /// Whether it has parts, so that order does not tell where they stand.
    fn is_whole(&self) -> bool {
        matches!(self, Thing::Environment(_) | Thing::Environments | Thing::FactOfMany(_) | Thing::Plan(_))
    }
}

impl Touched {
    /// Of what is no edit.
    pub fn nothing() -> Self {
        Self { sets: Vec::new(), whole: Content(0), at: None, back_to: None }
    }

    /// The things, sorted.
    pub fn things(&self) -> impl Iterator<Item = &Thing> {
        self.sets.iter().map(|(thing, _)| thing)
    }

    /// How it stands to another edit, of another tab, of which neither saw the other. The order does not matter.
    pub fn meets(&self, other: &Touched) -> Meeting {
        let takes_back = |one: &Touched, other: &Touched| match (one.back_to, other.at) {
            (Some(to), Some(at)) => at > to,
            _ => false,
        };
        if !self.sets.is_empty() && self.whole == other.whole && self.sets == other.sets {
            return Meeting::Same;
        }
        let mut things = self.differs(other);
        things.extend(other.differs(self));
        if takes_back(self, other) || takes_back(other, self) {
            things.push(Thing::Clock);
        }
        things.order();
        things.dedup();
        if things.is_empty() { Meeting::Together } else { Meeting::Contradict(things) }
    }

    /// What this one sets to something else than `other`, which may set only a part of it.
    fn differs(&self, other: &Touched) -> Vec<Thing> {
        let mut things = Vec::new();
        for (thing, content) in &self.sets {
            let at_place =
                other.sets.binary_search_by(|(t, _)| t.cmp(thing)).ok().and_then(|place| other.sets.get(place));
            let same = at_place.filter(|(_, c)| c != content).into_iter();
            let parts = other.sets.iter().filter(|(t, c)| thing.is_whole() && thing.holds(t) && c != content);
            things.extend(same.chain(parts).map(|(t, _)| t.clone()));
        }
        things
    }
}

impl Content {
    /// FNV-1a over the text: it only tells whether two are the same, and guards against nobody.
    fn of(value: &(impl Serialize + ?Sized)) -> Self {
        // What cannot be written, an import, sets nothing.
        let text = serde_json::to_vec(value).unwrap_or_default();
        let mut sum = FnvHasher::default();
        sum.write(&text);
        Self(sum.finish())
    }
}
