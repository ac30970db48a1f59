//! The words of what the newest edition makes worse. They are whole sentences.

use super::text::{Piece, Say, Text, begins, ends};
use super::{Days, List};
use crate::domain::compare::{LessKept, WorsePair, WorseWindow};
use crate::domain::edition::{Basis, Edition};
use crate::text;

/// "Under the rules of …", what they say, and what to add where their page was not read whole.
fn under(newest: &Edition, what: Text) -> Text {
    let mut title = newest.title.chars();
    let title: String = title.next().map(char::to_lowercase).into_iter().flatten().chain(title).collect();
    let basis = match newest.basis {
        Basis::FullPage => "",
        Basis::ChangeNotes => " That edition is known from published change notes only.",
    };
    text!("Under the ", title, " ", what, ".", basis)
}

fn bare(name: &str) -> Piece {
    Piece::Bare(name.to_string())
}

impl Say for WorsePair {
    fn say(&self, text: &mut Text) {
        let source = bare(&self.source);
        let onto = match &self.target {
            Some(target) => text!("to ", bare(target)),
            None => text!("onto itself"),
        };
        let what = match self.refused {
            true => text!(source, " cannot be restored ", onto),
            false => text!("it is not known whether ", source, " can be restored ", onto),
        };
        let fallen = self.fallen.iter().map(|j| text!(j, j.rule().map(|rule| format!(" ({rule})"))));
        under(self.newest, text!(what, ": ", List::joined(fallen, "; "))).say(text);
    }
}

impl Say for WorseWindow {
    fn say(&self, text: &mut Text) {
        let name = bare(&self.name);
        let what = match self.less {
            LessKept::Hole { from, until } => {
                let points = " may be kept: its points from ";
                text!("less of ", name, points, begins(from), " to ", ends(until), " would be gone")
            }
            LessKept::Nothing => text!("nothing of ", name, " is kept"),
            LessKept::NothingSure => text!("nothing of ", name, " is sure to be kept"),
            LessKept::Before(from) => text!("points of ", name, " before ", begins(from), " would be gone"),
            LessKept::Shorter { days, sure_from, possible_from, gone } => {
                let kept = match days {
                    Some((is, was)) => text!(name, " keeps ", Days(is), ", not ", was.to_string()),
                    None => text!("less of ", name, " can be restored"),
                };
                let unsure = (sure_from != possible_from)
                    .then(|| text!("points before ", begins(sure_from), " would no longer be sure"));
                let gone = gone.then(|| text!("points before ", begins(possible_from), " would be gone"));
                text!(kept, ": ", List::joined([unsure, gone].into_iter().flatten(), ", and "))
            }
        };
        under(self.newest, what).say(text);
    }
}
