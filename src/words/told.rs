//! The words of what the rules say where there is no inventory.

use super::{List, Piece, Say, Text, ends};
use crate::domain::advice::{AdviceLine, Way, WayStanding};
use crate::domain::told::{Answered, Assumed, NAME, Stands};
use crate::text;

/// One way that is not closed, in a few lines.
#[derive(Clone, Debug, PartialEq)]
pub struct WayLine<'a> {
    pub way: &'a Way,
    /// Imperative.
    pub title: Text,
    /// What must change first, and what is not known.
    pub first: Vec<Text>,
    pub not_known: Vec<Text>,
    /// What is lost or overwritten by it; empty: nothing.
    pub losses: Vec<Text>,
}

impl Say for Assumed {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            Assumed::Dataverse => "it has a Dataverse database",
            Assumed::Unchanged => {
                "it is older than what is kept, and its kind, apps and settings did not change meanwhile"
            }
            Assumed::NotOccupied => "nothing is going on with it now",
            Assumed::NoKey => "it has no encryption key and no enterprise policies of its own",
            Assumed::Room => "the tenant has 2 GB of free database storage",
        });
    }
}

impl Answered {
    /// The answer, a clause.
    pub fn headline(&self) -> Text {
        let until = |word: &str, at| text!(word, ", until ", ends(at));
        match (self.stands, self.sure_until, self.possible_until) {
            (Stands::Surely, Some(at), Some(last)) if at < last => {
                text!(until("Surely", at), ", perhaps until ", ends(last))
            }
            (Stands::Surely, Some(at), _) => until("Surely", at),
            (Stands::Surely, None, _) => text!("Surely"),
            (Stands::OntoNew, Some(at), _) => text!("Onto a new environment, kept until ", ends(at)),
            (Stands::OntoNew, None, _) => text!("Onto a new environment"),
            (Stands::Perhaps, _, Some(at)) => until("Perhaps", at),
            (Stands::Perhaps, ..) => text!("Perhaps"),
            (Stands::NoWay, ..) => text!("Kept, but there is no way back"),
            (Stands::Gone, ..) => text!("Not any more"),
        }
    }

    /// Onto what, a clause.
    pub fn says_onto(&self) -> Text {
        let kinds = self.onto.iter().map(|kind| text!("a ", kind.to_string()));
        let all: Vec<Text> = self.itself.then(|| text!("itself")).into_iter().chain(kinds).collect();
        let alike = (!self.onto.is_empty()).then_some(", in the same region, and managed only if it is managed");
        match all.is_empty() {
            true => text!("onto nothing that the page names"),
            false => text!("onto ", List::joined(all, " or "), alike),
        }
    }

    /// The ways that are not closed, best first.
    pub fn ways(&self) -> Vec<WayLine<'_>> {
        let lines = |lines: &[AdviceLine]| lines.iter().map(said).collect();
        let open = self.advice.ways.iter().filter(|way| way.standing < WayStanding::LastResort);
        open.map(|way| WayLine {
            way,
            title: plain(way.title()),
            first: lines(&way.changes),
            not_known: lines(&way.open),
            losses: lines(&way.lost),
        })
        .collect()
    }

    /// What is left where no way is open.
    pub fn left(&self) -> Vec<Text> {
        let last = self.advice.ways.iter().filter(|way| way.standing == WayStanding::LastResort);
        last.flat_map(|way| way.recovered.iter().map(said)).collect()
    }
}

fn said(line: &AdviceLine) -> Text {
    plain(line.says_and_help().0)
}

/// The made-up name stands without marks.
fn plain(text: Text) -> Text {
    let mut out = Text::default();
    for piece in text.pieces() {
        out.push(match piece {
            Piece::Name(name) if name == NAME => Piece::Plain(name.clone()),
            piece => piece.clone(),
        });
    }
    out.capital()
}
