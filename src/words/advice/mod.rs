//! The words of advice: each way back, what it says, and why the first is the first.

mod lines;

use super::text::{Piece, Text, exact};
use super::{List, basics};
use crate::domain::advice::{Advice, AdviceLine, Aim, Cause, Difference, Mishap, Way, WayDoubt, WayKind, WayStanding};
use crate::domain::retention::Certainty;
use crate::domain::said::EnvironmentName;
use crate::text;

fn name(of: &EnvironmentName) -> Piece {
    Piece::Name(basics::name_of(&of.name, &of.id))
}

impl Way {
    /// Imperative, with names; no final period.
    pub fn title(&self) -> Text {
        let name = self.aim.name();
        let mishap = self.aim.mishap;
        let carry = " and carry the records over";
        match (self.kind, &self.aim.onto) {
            (WayKind::OntoItself, _) => text!("Restore ", name, " onto itself"),
            (WayKind::ThroughSandbox, _) => text!("Switch ", name, " to Sandbox, restore it, switch it back"),
            (WayKind::Beside, _) => {
                let then = match mishap {
                    Mishap::NeedCopy => "",
                    Mishap::RecordsLost => carry,
                    _ => " beside it",
                };
                text!("Restore ", name, " to a new environment", then)
            }
            (WayKind::Another, Some(onto)) => {
                let then = (mishap == Mishap::RecordsLost).then_some(carry);
                text!("Restore ", name, " onto ", self::name(onto), then)
            }
            (WayKind::Another, None) => text!("Restore ", name, " onto another environment"),
            (WayKind::Recover, _) => text!("Recover ", name),
            (WayKind::Copy, _) => text!("Copy ", name),
            (WayKind::Download, _) => text!("Download a copy of a backup"),
            (WayKind::Nothing, _) if mishap == Mishap::Leave => {
                text!("No backup leaves the service: what is left")
            }
            (WayKind::Nothing, _) => text!("No restore: what is left"),
        }
    }

    /// What is done, in one sentence; empty where nothing can be.
    pub fn does(&self) -> Text {
        let name = self.aim.name();
        let at = exact(self.aim.point);
        match (self.kind, &self.aim.onto) {
            (WayKind::OntoItself, _) => text!(name, " is overwritten by its own state of ", at, "."),
            (WayKind::ThroughSandbox, _) => text!(
                "Production is never overwritten directly: ",
                name,
                " becomes a Sandbox, is restored to ",
                at,
                ", and becomes Production again as soon as possible."
            ),
            (WayKind::Beside, _) => {
                text!("A new, empty environment is created and gets the state of ", at, "; ", name, " stays as it is.")
            }
            (WayKind::Another, Some(onto)) => {
                let onto = self::name(onto);
                text!(onto, " is overwritten by the state of ", name, " of ", at, "; ", name, " stays as it is.")
            }
            (WayKind::Another, None) | (WayKind::Download, _) => text!(),
            (WayKind::Recover, _) => {
                text!(name, " is recovered in the admin center or with Recover-AdminPowerAppEnvironment.")
            }
            (WayKind::Copy, _) => text!(name, " is copied as it is now to another environment."),
            (WayKind::Nothing, _) if self.aim.mishap == Mishap::Leave => {
                text!("The data itself is taken out, not a backup of it.")
            }
            (WayKind::Nothing, _) => text!("Hints, not promises: none of them is part of these rules."),
        }
    }

    /// How long it may take, a sentence; `None` where it is no matter of time.
    pub fn duration(&self) -> Option<&'static str> {
        match self.kind {
            WayKind::Recover => Some("How long a recovery takes is not documented."),
            WayKind::Copy => Some("How long a copy takes is not part of these rules."),
            _ => self.takes,
        }
    }
}

impl Aim {
    fn name(&self) -> Piece {
        self.environment.as_ref().map_or_else(|| Piece::Plain(String::new()), name)
    }
}

impl Advice {
    /// Why the first is the first, in sentences.
    pub fn says_why_first(&self) -> Text {
        let Some(first) = self.ways.first() else { return text!() };
        if first.standing == WayStanding::LastResort {
            return match first.aim.mishap {
                Mishap::Leave => text!("No backup can be downloaded or moved, so what is left comes first."),
                _ => text!("Every other way is closed, so what is left comes first."),
            };
        }
        let standing = match (first.kind, first.standing) {
            (WayKind::Recover, WayStanding::Unknown) => "depends on when it was deleted",
            (_, standing) => standing_words(standing),
        };
        // What stops a way, or is not known of it, is no reason to come first.
        let because = match first.standing {
            WayStanding::Unknown | WayStanding::AfterChangesUnknown => {
                text!("It comes first because it ", fits(first), "; it ", standing, certainty_words(first), ".")
            }
            _ => text!("It comes first because it ", standing, certainty_words(first), ", and it ", fits(first), "."),
        };
        let second = self.ways.iter().skip(1).find(|w| w.kind != WayKind::Nothing);
        let difference = self.why_first.second.zip(second).map(|(by, second)| difference(by, first, second));
        let beside = self.why_first.look_beside.then_some(
            " A new environment would overwrite nothing; look at what must change for it before you overwrite anything.",
        );
        text!(because, difference, beside)
    }
}

fn difference(by: Difference, first: &Way, second: &Way) -> Text {
    match by {
        Difference::NoOther => text!(" No other way exists."),
        Difference::AnswerFirst => {
            let answers: Vec<Text> = first.open.iter().filter_map(answer).collect();
            let which = match answers.is_empty() {
                true => text!(" what is not known"),
                false => text!(", ", List::joined(answers, "; ")),
            };
            let open = " The next is open now, but it overwrites something. Answer first";
            text!(open, which, "; then nothing has to be overwritten.")
        }
        Difference::Standing => text!(" The next ", standing_words(second.standing), "."),
        Difference::LessSure => text!(" The next is less sure."),
        Difference::Late => text!(" The latest sensible start of the next has passed."),
        Difference::Fit => text!(" The next ", fits(second), "."),
        Difference::LosesMore => {
            text!(" The next overwrites a target that loses more, or just as much, as far as the facts tell.")
        }
    }
}

/// What to answer, where a line is a question.
fn answer(line: &AdviceLine) -> Option<Text> {
    match &line.cause {
        Cause::Check(check) => check.answer(),
        _ => None,
    }
}

/// What makes a way fit the mishap: a clause that goes after "it".
fn fits(way: &Way) -> &'static str {
    use WayKind::*;
    match (way.aim.mishap, way.kind) {
        (_, Recover) => "brings back the environment itself",
        (Mishap::RecordsLost, Beside) => "overwrites nothing, so that nothing made since is lost",
        (Mishap::RecordsLost, OntoItself) => "brings everything back at once, although what was made since is lost",
        (Mishap::RecordsLost, ThroughSandbox) => {
            "brings everything back at once, although what was made since is lost and nobody can work meanwhile"
        }
        (Mishap::NeedCopy, Beside) => "overwrites nothing",
        (Mishap::NeedCopy, Another) => "is described by the rules, unlike a copy",
        (_, OntoItself) => "brings the environment back whole, in its own place",
        (_, ThroughSandbox) => {
            "brings the environment back whole, in its own place, although nobody can work meanwhile"
        }
        (_, Beside) => "overwrites nothing, although what is needed is carried over by hand",
        (_, Another) => "leaves the environment as it is, although it overwrites another one",
        (_, Copy) => "keeps the present state",
        (_, Download) => "takes a backup away",
        (_, Nothing) => "is what is left",
    }
}

fn standing_words(standing: WayStanding) -> &'static str {
    match standing {
        WayStanding::Open => "is open now",
        WayStanding::AfterChanges => "is open after changes that can be made",
        WayStanding::Unknown => "rests on facts that are not known yet",
        WayStanding::AfterChangesUnknown => {
            "is refused until changes are made, and rests on facts that are not known then"
        }
        WayStanding::LastResort => "is what is left",
        WayStanding::Closed => "does not exist",
    }
}

fn certainty_words(way: &Way) -> &'static str {
    match way.doubt {
        Some(WayDoubt::NotOffered) => return ", the admin center may not offer it",
        Some(WayDoubt::AtThisMoment) => return ", something may stop it at this moment",
        Some(WayDoubt::AfterFailure) => return ", it may not be offered after the failed restore",
        None => {}
    }
    match (way.kind, way.certainty) {
        (WayKind::Recover, Some(Certainty::Guaranteed)) => ", it is sure",
        (WayKind::Recover, Some(Certainty::Possible)) => ", it may be refused",
        (_, Some(Certainty::Guaranteed)) if way.worse_point().is_some() => ", its point is sure by the chosen rules",
        (_, Some(Certainty::Guaranteed)) => ", its point is sure",
        (_, Some(Certainty::Possible)) => ", its point may already be gone",
        _ => "",
    }
}
