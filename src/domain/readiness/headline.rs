//! The first thing to say of a tenant: which share of it cannot be brought back, on what that rests, and only then the score.

use super::super::outlook::{Back, Obstacle};
use super::{Prospect, Readiness, Tenths};
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
        }
    }
}

/// What lasts comes before what passes, and what is of the tenant before all.
fn rests_on(prospect: &Prospect) -> Rests {
    let on = |(back, obstacle): &(Back, Obstacle)| match obstacle {
        _ if *back != Back::Not => None,
        Obstacle::StorageShort(_) => Some(Rests::Storage),
        Obstacle::NoDataverse => Some(Rests::NoDataverse),
        Obstacle::NoWay(_) => Some(Rests::NoWay),
        Obstacle::LeftDisabled => Some(Rests::LeftDisabled),
        Obstacle::Occupied(_) => Some(Rests::Occupied),
        _ => Some(Rests::NothingKept),
    };
    prospect.obstacles.iter().filter_map(on).min().unwrap_or(Rests::NothingKept)
}

/// "12 of 40 environments cannot be brought back: 9 have no Dataverse database, … ; of 3 it is not known; the score of the whole
/// is 71.2 of 100 points". One sentence, without its full stop.
pub fn headline_says(headline: &Headline) -> String {
    let Headline { all, not, rests, not_known, possibly, score } = headline;
    let score = match score {
        Some(score) => format!("the score is {score} of 100 points"),
        None => "there is no score, for nothing of it counts".to_string(),
    };
    if *all == 0 {
        return "No environment is judged".to_string();
    }
    let of =
        |n: usize| if *all == 1 { "the one environment".to_string() } else { format!("{n} of {all} environments") };
    let lost = match not {
        0 => {
            let whole = match all {
                1 => "the one environment".to_string(),
                n => format!("all {n} environments"),
            };
            match (not_known, possibly) {
                (0, 0) => format!("{whole} can be brought back"),
                (0, unsure) if unsure == all => format!("{whole} can perhaps be brought back, none surely"),
                (0, unsure) => format!("{whole} can be brought back, {unsure} of them not surely"),
                _ => "of no environment it is known that it cannot be brought back".to_string(),
            }
        }
        n => {
            let rests: Vec<String> = rests.iter().map(|(on, n)| rests_says(*on, *n)).collect();
            format!("{} cannot be brought back: {}", of(*n), rests.join(", "))
        }
    };
    let open = match not_known {
        0 => String::new(),
        n => format!("; of {n} it is not known"),
    };
    let says = format!("{lost}{open}; {score}");
    let mut letters = says.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn rests_says(on: Rests, n: usize) -> String {
    let one = n == 1;
    match on {
        Rests::Storage => "the tenant has under 1 GB of free storage".to_string(),
        Rests::NoDataverse if one => "1 has no Dataverse database".to_string(),
        Rests::NoDataverse => format!("{n} have no Dataverse database"),
        Rests::NoWay if one => "1 is of a kind that no restore brings back".to_string(),
        Rests::NoWay => format!("{n} are of a kind that no restore brings back"),
        Rests::NothingKept => format!("of {n} nothing is kept"),
        Rests::LeftDisabled if one => "1 was left disabled by a failed restore".to_string(),
        Rests::LeftDisabled => format!("{n} were left disabled by a failed restore"),
        Rests::Occupied if one => "1 is occupied at this moment".to_string(),
        Rests::Occupied => format!("{n} are occupied at this moment"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(all: usize, rests: &[(Rests, usize)], not_known: usize, possibly: usize, score: u32, expect: &str) {
        let not = rests.iter().map(|(_, n)| n).sum();
        let score = (score > 0).then_some(Tenths(score));
        let headline = Headline { all, not, rests: rests.to_vec(), not_known, possibly, score };
        assert_eq!(headline_says(&headline), expect);
    }

    #[test]
    fn the_share_comes_first_and_the_score_in_the_same_sentence() {
        use Rests::*;
        check(0, &[], 0, 0, 0, "No environment is judged");
        check(1, &[], 0, 0, 1000, "The one environment can be brought back; the score is 100.0 of 100 points");
        check(40, &[], 0, 0, 935, "All 40 environments can be brought back; the score is 93.5 of 100 points");
        check(
            4,
            &[],
            0,
            4,
            760,
            "All 4 environments can perhaps be brought back, none surely; the score is 76.0 of 100 points",
        );
        check(
            40,
            &[],
            3,
            1,
            900,
            "Of no environment it is known that it cannot be brought back; of 3 it is not known; the score is 90.0 of 100 points",
        );
        check(
            40,
            &[(NoDataverse, 8), (NoWay, 3), (Occupied, 1)],
            2,
            0,
            930,
            "12 of 40 environments cannot be brought back: 8 have no Dataverse database, 3 are of a kind that no restore brings \
             back, 1 is occupied at this moment; of 2 it is not known; the score is 93.0 of 100 points",
        );
        check(
            1,
            &[(Storage, 1)],
            0,
            0,
            0,
            "The one environment cannot be brought back: the tenant has under 1 GB of free storage; there is no score, for nothing \
             of it counts",
        );
    }
}
