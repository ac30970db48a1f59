//! What leads the page of readiness: which share cannot be brought back, on what that rests, what the others need, and the score.

use super::{List, Say, Text, thousands};
use crate::domain::readiness::{Headline, Rests};
use crate::text;

/// "12 of 40 environments cannot be brought back: 9 have no Dataverse database, …; for 3 it is not known; score 71.2 of 100 points, …".
impl Say for Headline {
    fn say(&self, text: &mut Text) {
        if self.all == 0 {
            let unlisted = self.says_unlisted().map(|says| text!("; ", says));
            return text!(self.lead(), unlisted).say(text);
        }
        let why = Some(self.why()).filter(|why| !why.is_empty()).map(|why| text!(": ", why));
        let open = self.for_some().map(|open| text!("; ", open));
        let unlisted = self.says_unlisted().map(|says| text!("; ", says));
        text!(self.lead(), why, open, unlisted, "; ", self.says_score()).say(text);
    }
}

impl Headline {
    /// Of how many it is not known besides, and what a restore needs, clauses; `None`: of none, or the lead says so.
    pub fn for_some(&self) -> Option<String> {
        let open =
            (self.not > 0 && self.not_known > 0).then(|| format!("for {} it is not known", thousands(self.not_known)));
        let said = self.not == 0 && self.not_known == 0;
        let storage = (self.storage_unknown && !said && self.not < self.all)
            .then(|| "every restore needs 1 GB of free storage, which is not known".to_string());
        let all: Vec<String> = [open, storage].into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Who is not counted, a clause; `None`: nobody.
    pub fn says_unlisted(&self) -> Option<String> {
        match self.unlisted {
            0 => None,
            1 => Some("1 is missing from the last list, and not counted".to_string()),
            n => Some(format!("{} are missing from the last list, and not counted", thousands(n))),
        }
    }

    /// What the storage of the tenant does to all figures, a sentence; `None`: nothing.
    pub fn says_storage(&self) -> Option<&'static str> {
        let short = self.rests.iter().any(|(on, _)| *on == Rests::Storage);
        match (short, self.storage_unknown && self.not < self.all) {
            (true, _) => Some("The tenant has under 1 GB of free storage: no restore starts before some is freed."),
            (_, true) => Some("All of it needs 1 GB of free storage, and how much is free is not known."),
            _ => None,
        }
    }

    /// The score, a clause. Beside what cannot be brought back it says why it may be high all the same.
    pub fn says_score(&self) -> String {
        match &self.score {
            Some(score) if self.not > 0 => format!("score {score} of 100 points, in which Production counts most"),
            Some(score) => format!("score {score} of 100 points"),
            None => "no score: nothing on the list counts in it".to_string(),
        }
    }

    /// The share alone, a clause. Whoever shows it says the score in the same breath.
    pub fn lead(&self) -> Text {
        let Headline { all, not, not_known, possibly, .. } = self;
        let whole = match all {
            0 => return text!("no environment is judged"),
            1 => "the one environment".to_string(),
            n => format!("all {} environments", thousands(*n)),
        };
        let (free, only) = match self.storage_unknown {
            true => (" if 1 GB of storage is free, which is not known", ", and all only"),
            false => ("", ""),
        };
        match (not, not_known, possibly) {
            (0, 0, 0) => text!(whole, " can be brought back", free),
            (0, 0, unsure) if unsure == all => text!(whole, " can perhaps be brought back, none surely", only, free),
            (0, 0, unsure) => {
                text!(whole, " can be brought back, ", thousands(*unsure), " of them not surely", only, free)
            }
            (0, ..) if *all == 1 => text!("whether ", whole, " can be brought back is not known"),
            (0, open, _) => {
                text!(
                    "whether ",
                    thousands(*open),
                    " of ",
                    thousands(*all),
                    " environments can be brought back is not known"
                )
            }
            _ if *all == 1 => text!(whole, " cannot be brought back"),
            (not, ..) => text!(thousands(*not), " of ", thousands(*all), " environments cannot be brought back"),
        }
    }

    /// On what it rests that some cannot be brought back; empty where none is.
    pub fn why(&self) -> Text {
        text!(List::joined(self.rests.iter().map(|(on, n)| rests_on(*on, *n)), ", "))
    }
}

fn rests_on(on: Rests, n: usize) -> Text {
    let (one, many) = match on {
        Rests::Storage => return text!("the tenant has under 1 GB of free storage"),
        Rests::NothingKept => ("keeps no backup", "keep no backup"),
        Rests::NoDataverse => ("has no Dataverse database", "have no Dataverse database"),
        Rests::NoWay => ("is of a kind that cannot be restored", "are of a kind that cannot be restored"),
        Rests::LeftDisabled => ("was left disabled by a failed restore", "were left disabled by a failed restore"),
        Rests::Occupied => ("is occupied now", "are occupied now"),
    };
    text!(n.to_string(), " ", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::readiness::Tenths;

    #[track_caller]
    fn check(all: usize, rests: &[(Rests, usize)], not_known: usize, possibly: usize, score: u32, expect: &str) {
        let not = rests.iter().map(|(_, n)| n).sum();
        let score = (score > 0).then_some(Tenths(score));
        let headline = Headline {
            all,
            not,
            rests: rests.to_vec(),
            not_known,
            possibly,
            score,
            storage_unknown: false,
            unlisted: 0,
        };
        assert_eq!(headline.says().capital().to_string(), expect);
    }

    /// What rests on storage that nobody knows is promised nowhere.
    #[test]
    fn while_the_storage_is_not_known_the_share_says_so() {
        let check = |not, not_known, possibly, expect: &str| {
            let rests = if not > 0 { vec![(Rests::NoDataverse, not)] } else { Vec::new() };
            let headline =
                Headline { all: 4, not, rests, not_known, possibly, score: None, storage_unknown: true, unlisted: 0 };
            let said = format!("{}; {:?}", headline.lead(), headline.for_some().unwrap_or_default());
            assert_eq!(said, expect);
        };
        let free = "if 1 GB of storage is free, which is not known";
        check(0, 0, 0, &format!("all 4 environments can be brought back {free}; \"\""));
        check(
            0,
            0,
            1,
            &format!("all 4 environments can be brought back, 1 of them not surely, and all only {free}; \"\""),
        );
        let others = "every restore needs 1 GB of free storage, which is not known";
        check(1, 0, 0, &format!("1 of 4 environments cannot be brought back; {others:?}"));
        let open = format!("for 2 it is not known; {others}");
        check(1, 2, 0, &format!("1 of 4 environments cannot be brought back; {open:?}"));
        check(0, 2, 0, &format!("whether 2 of 4 environments can be brought back is not known; {others:?}"));
        let unlisted = Headline { all: 4, unlisted: 2, ..Headline::default() };
        assert_eq!(unlisted.says_unlisted().as_deref(), Some("2 are missing from the last list, and not counted"));
        check(4, 0, 0, "4 of 4 environments cannot be brought back; \"\"");
    }

    #[test]
    fn the_share_comes_first_and_the_score_in_the_same_sentence() {
        use Rests::*;
        check(0, &[], 0, 0, 0, "No environment is judged");
        check(1, &[], 0, 0, 1000, "The one environment can be brought back; score 100.0 of 100 points");
        check(40, &[], 0, 0, 935, "All 40 environments can be brought back; score 93.5 of 100 points");
        let perhaps = "All 4 environments can perhaps be brought back, none surely; score 76.0 of 100 points";
        check(4, &[], 0, 4, 760, perhaps);
        check(
            40,
            &[],
            3,
            1,
            900,
            "Whether 3 of 40 environments can be brought back is not known; score 90.0 of 100 points",
        );
        check(
            40,
            &[(NoDataverse, 8), (NoWay, 3), (Occupied, 1)],
            2,
            0,
            930,
            "12 of 40 environments cannot be brought back: 8 have no Dataverse database, 3 are of a kind that cannot be restored, 1 is \
             occupied now; for 2 it is not known; score 93.0 of 100 points, in which Production counts most",
        );
        check(
            1,
            &[(Storage, 1)],
            0,
            0,
            0,
            "The one environment cannot be brought back: the tenant has under 1 GB of free storage; no score: nothing on the list \
             counts in it",
        );
    }
}
