//! The words of a plan: its title, its steps, its lists and its deadlines. Whole sentences, but for its title.

mod changed;
pub mod due;
mod ended;
mod lists;
mod rail;
mod restoring;
mod steps;

pub use steps::StepText;

use super::basics;
use super::text::{Names, Piece, Say, Text, exact};
use crate::domain::edition::Edition;
use crate::domain::plan::{About, Heard, Plan, Purpose, Subject};
use crate::domain::restore::RestorePoint;
use crate::domain::said::EnvironmentName;
use crate::text;

/// What is kept of the words of other rooms ([`crate::domain::plan::plan`]).
pub fn heard(heard: &Heard) -> Text {
    match heard {
        Heard::Check(check) => check.with_help(),
        Heard::Settled(settled, source, target) => settled.says().named(&Names::of(source, target)),
        Heard::WorsePair(worse) => worse.says(),
        Heard::WorsePoint(worse) => worse.says(),
        Heard::WorseWindow(worse) => worse.says(),
    }
    .sentence()
}

impl Plan {
    /// What it is called, with names; no final period.
    pub fn title(&self) -> Text {
        match &self.about {
            About::Told(title) => text!(title),
            About::Subject(subject) => Spoken { plan: self, subject }.title().capital(),
        }
    }

    /// The same as it goes on after a colon.
    pub fn title_inside(&self) -> Text {
        self.spoken().map_or_else(|| self.title(), Spoken::title)
    }

    /// What it says of itself, where this version of the app made it.
    fn spoken(&self) -> Option<Spoken<'_>> {
        match &self.about {
            About::Told(_) => None,
            About::Subject(subject) => Some(Spoken { plan: self, subject }),
        }
    }
}

/// A plan and what it speaks of.
#[derive(Clone, Copy)]
struct Spoken<'a> {
    plan: &'a Plan,
    subject: &'a Subject,
}

impl Spoken<'_> {
    /// The edition that it was made under; `None`: one that is not known here.
    fn edition(self) -> Option<&'static Edition> {
        Edition::find(&self.plan.edition)
    }

    fn source(self) -> Piece {
        name(&self.subject.source)
    }

    fn target(self) -> Piece {
        self.subject.target.as_ref().map_or_else(|| Piece::Plain("the new environment".to_string()), name)
    }

    fn onto_itself(self) -> bool {
        self.subject.target.as_ref().is_some_and(|target| target.id == self.subject.source.id)
    }

    /// Whether it goes through Sandbox and back (R16).
    fn to_production(self) -> bool {
        matches!(self.plan.purpose, Purpose::RestoreToProduction(_))
    }

    fn with_audit_logs(self) -> bool {
        match &self.plan.purpose {
            Purpose::Restore(request) | Purpose::RestoreToProduction(request) => request.include_audit_logs,
            Purpose::BulkDeletion { include_audit_logs, .. } => *include_audit_logs,
        }
    }

    fn is_manual(self) -> bool {
        matches!(self.subject.point, RestorePoint::Manual { .. })
    }

    /// The instant that is restored.
    fn at(self) -> Text {
        exact(self.subject.point.at()).says()
    }

    /// What is restored: an environment as it was, or the manual backup.
    fn restored(self) -> Text {
        match &self.subject.point {
            RestorePoint::System(_) => text!(self.source(), " as it was at ", self.at()),
            manual => {
                let source = basics::name_of(&self.subject.source.name, &self.subject.source.id);
                manual.says().named(&Names::quoted(&source, &source))
            }
        }
    }

    fn title(self) -> Text {
        match &self.plan.purpose {
            Purpose::Restore(_) if self.onto_itself() => text!("restore ", self.restored(), " onto itself"),
            Purpose::Restore(_) => text!("restore ", self.restored(), " onto ", self.target()),
            Purpose::RestoreToProduction(_) => {
                let from = (!self.onto_itself()).then(|| text!(" from ", self.source()));
                text!("restore the Production environment ", self.target(), from, " to ", self.at())
            }
            Purpose::BulkDeletion { .. } => {
                text!("bring deleted records of ", self.source(), " back from ", self.at())
            }
        }
    }
}

/// In quotation marks.
fn name(of: &EnvironmentName) -> Piece {
    Piece::Name(basics::name_of(&of.name, &of.id))
}
