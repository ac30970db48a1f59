//! The numbers that an edit speaks of, when it is made again where earlier edits of its tab were given other numbers.

use super::{Done, Edit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The numbers that an edit gave when it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Of the entry of the log.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u32>,
    /// Of the plan that was kept, or put back.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<u32>,
}

/// Which number stands now for one that a tab gave. A number that is not in it was there before the tab went its own way, and is
/// the same everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    #[serde(default)]
    pub entries: BTreeMap<u32, u32>,
    #[serde(default)]
    pub plans: BTreeMap<u32, u32>,
}

/// Numbers begin at 1: what this one names is nowhere, so that an edit which needs it is refused rather than made to a stranger
/// that has its number by chance.
pub(in crate::workspace) const NOWHERE: u32 = 0;

impl Done {
    /// The numbers that the edit gave.
    pub fn given(&self) -> Given {
        Given { entry: self.entry, plan: self.plan }
    }
}

impl Numbers {
    /// An edit that once gave `was` was made again and gave `is`: [`Given::default`] where it was not made. Where it need not be
    /// made because another tab did the same, `is` is what that one gave.
    pub fn learn(&mut self, was: Given, is: Given) {
        let known = [(&mut self.entries, was.entry, is.entry), (&mut self.plans, was.plan, is.plan)];
        for (numbers, was, is) in known {
            if let Some(was) = was {
                numbers.insert(was, is.unwrap_or(NOWHERE));
            }
        }
    }
}

/// A number that an edit speaks of.
enum Spoken<'a> {
    Entry(&'a mut u32),
    Plan(&'a mut u32),
}

impl Edit {
    /// The one place that knows where in an edit a number stands.
    fn spoken(&mut self) -> Option<Spoken<'_>> {
        match self {
            Edit::TakeBack { number } | Edit::Redo { number } => Some(Spoken::Entry(number)),
            Edit::Run { step: Some(step), .. } => Some(Spoken::Plan(&mut step.plan)),
            Edit::Tick { plan, .. } | Edit::Fill { plan, .. } => Some(Spoken::Plan(plan)),
            Edit::RemovePlan { number } => Some(Spoken::Plan(number)),
            Edit::PutBack { plan } => Some(Spoken::Plan(&mut plan.number)),
            Edit::Run { step: None, .. }
            | Edit::PassTime
            | Edit::MoveClock { .. }
            | Edit::RewindClock { .. }
            | Edit::StopClock
            | Edit::Invent(_)
            | Edit::Edition(_)
            | Edit::Draft(_)
            | Edit::Begun { .. }
            | Edit::KeepPlan { .. } => None,
        }
    }

    /// The numbers that it speaks of; it is not changed.
    pub fn speaks_of(&mut self) -> Given {
        match self.spoken() {
            Some(Spoken::Entry(number)) => Given { entry: Some(*number), plan: None },
            Some(Spoken::Plan(number)) => Given { entry: None, plan: Some(*number) },
            None => Given::default(),
        }
    }

    /// Lets the edit speak of the numbers that hold now.
    pub fn renumbered(&mut self, numbers: &Numbers) {
        self.speak(numbers, |was| was);
    }

    /// As [`Edit::renumbered`], for an edit that was made in another workspace: a number of which nobody knows what it stands for here is
    /// nowhere.
    pub fn renumbered_elsewhere(&mut self, numbers: &Numbers) {
        self.speak(numbers, |_| NOWHERE);
    }

    fn speak(&mut self, numbers: &Numbers, unknown: impl Fn(u32) -> u32) {
        let (number, now) = match self.spoken() {
            Some(Spoken::Entry(number)) => (number, &numbers.entries),
            Some(Spoken::Plan(number)) => (number, &numbers.plans),
            None => return,
        };
        *number = now.get(number).copied().unwrap_or_else(|| unknown(*number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::workspace::log::Step;
    use chrono::DateTime;

    fn numbers() -> Numbers {
        let mut numbers = Numbers::default();
        numbers.learn(Given { entry: Some(7), plan: None }, Given { entry: Some(9), plan: None });
        numbers.learn(Given { entry: Some(8), plan: None }, Given::default());
        numbers.learn(Given { entry: None, plan: Some(3) }, Given { entry: None, plan: Some(4) });
        numbers
    }

    #[track_caller]
    fn check(mut edit: Edit, expect: Edit) {
        edit.renumbered(&numbers());
        assert_eq!(edit, expect);
    }

    #[test]
    fn an_edit_speaks_of_the_numbers_that_hold_now() {
        let run = |plan| Edit::Run {
            command: Command::Rename("N".into()),
            at: DateTime::UNIX_EPOCH,
            step: Some(Step { plan, id: "a".into() }),
        };
        let tick = |plan| Edit::Tick { plan, id: "a".into(), done: true };
        check(Edit::TakeBack { number: 7 }, Edit::TakeBack { number: 9 });
        check(Edit::TakeBack { number: 8 }, Edit::TakeBack { number: 0 });
        check(Edit::TakeBack { number: 6 }, Edit::TakeBack { number: 6 });
        check(Edit::Redo { number: 7 }, Edit::Redo { number: 9 });
        check(Edit::RemovePlan { number: 3 }, Edit::RemovePlan { number: 4 });
        check(Edit::RemovePlan { number: 7 }, Edit::RemovePlan { number: 7 });
        check(tick(3), tick(4));
        check(tick(4), tick(4));
        check(run(3), run(4));
        check(run(8), run(8));
        check(Edit::PassTime, Edit::PassTime);
    }

    #[test]
    fn an_edit_of_another_workspace_speaks_of_nothing_that_has_its_number_by_chance() {
        for (number, expect) in [(3, 4), (6, 0)] {
            let mut edit = Edit::RemovePlan { number };
            edit.renumbered_elsewhere(&numbers());
            assert_eq!(edit, Edit::RemovePlan { number: expect });
        }
        let mut edit = Edit::Redo { number: 5 };
        assert_eq!(edit.speaks_of(), Given { entry: Some(5), plan: None });
        edit.renumbered_elsewhere(&numbers());
        assert_eq!((edit, Edit::PassTime.speaks_of()), (Edit::Redo { number: 0 }, Given::default()));
    }
}
