//! The first thing to say of a tenant: which share of it cannot be brought back, on what that rests, and only then the score.

use super::super::outlook::{Back, Obstacle};
use super::answer::{Prospect, Readiness, Tenths};
use super::weights::Trouble;
use crate::domain::order::Order as _;

/// Why an environment cannot be brought back, for counting; the order is that of the sentence where two are as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rests {
    /// T7: the whole tenant is short of storage.
    Storage,
    /// K7.
    NoDataverse,
    /// T1: no restore of its kind is known.
    NoWay,
    /// Nothing is kept, or nothing any more.
    NothingKept,
    /// R20: a failed restore left it disabled.
    LeftDisabled,
    /// T9: it is occupied at this moment.
    Occupied,
}

/// How many environments cannot be brought back, and the score. The two are never said apart: a score alone may look good where
/// what cannot be brought back counts little in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// How many are judged.
    pub all: usize,
    /// How many cannot be brought back today.
    pub not: usize,
    /// On what that rests, the most first; each of them is counted once.
    pub rests: Vec<(Rests, usize)>,
    /// Of how many a fact is unknown that decides.
    pub not_known: usize,
    /// How many can be brought back, but not surely.
    pub possibly: usize,
    pub score: Option<Tenths>,
    /// How many more the last list of the whole tenant left out: they are not judged.
    pub unlisted: usize,
    /// T7: whether a restore has room is not known, and all that can be brought back needs it.
    pub storage_unknown: bool,
}

impl Readiness {
    /// What leads the page, and whatever is printed of it.
    pub fn headline(&self) -> Headline {
        let mut rests: Vec<(Rests, usize)> = Vec::new();
        for on in self.prospects.iter().filter(|p| p.today == Back::Not).map(rests_on) {
            match rests.iter_mut().find(|(known, _)| *known == on) {
                Some((_, n)) => *n += 1,
                None => rests.push((on, 1)),
            }
        }
        rests.order_by_key(|(on, n)| (std::cmp::Reverse(*n), *on));
        Headline {
            all: self.prospects.len(),
            not: self.count(Back::Not),
            rests,
            not_known: self.count(Back::NotKnown),
            possibly: self.count(Back::Possibly),
            score: self.score,
            unlisted: self.unlisted.len(),
            storage_unknown: self.findings.iter().any(|f| f.trouble == Trouble::UnknownStorage),
        }
    }
}

/// What lasts comes before what passes, and what is of the tenant before all.
fn rests_on(prospect: &Prospect) -> Rests {
    let on = |(back, obstacle): &(Back, Obstacle)| match obstacle {
        _ if *back != Back::Not => None,
        Obstacle::StorageShort(_) | Obstacle::RoomForOne(_) => Some(Rests::Storage),
        Obstacle::NoDataverse => Some(Rests::NoDataverse),
        Obstacle::NoWay(_) => Some(Rests::NoWay),
        Obstacle::LeftDisabled => Some(Rests::LeftDisabled),
        Obstacle::Occupied(_) => Some(Rests::Occupied),
        _ => Some(Rests::NothingKept),
    };
    prospect.obstacles.iter().filter_map(on).min().unwrap_or(Rests::NothingKept)
}
