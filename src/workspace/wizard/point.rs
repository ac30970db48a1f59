//! Step 2: the point to go back to, typed, picked or a manual backup, and how sure it is.

use super::{Field, Problem, WizardDesk, WizardStep, problem};
use crate::domain::manual_backup::{self, Judged, ManualBackup, Stage};
use crate::domain::order::Order as _;
use crate::domain::restore::Check;
use crate::domain::retention::{self, Certainty, Reason, Window};
use crate::domain::rule::RuleId;
use crate::text;
use crate::words::begins;
use crate::words::{Piece, Say, Text};
use crate::workspace::Draft;
use crate::workspace::local_time::Zone;
use crate::workspace::typed::{
    Choice, Direction, InUtc, Question, Reading, TypedError, WhyAsked, read, write_local, write_utc,
};
use chrono::{DateTime, Utc};

/// What the typed text amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing is typed.
    Nothing,
    Read(DateTime<Utc>),
    /// That local time happens twice: ask which.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// That local time does not happen: ask which of the two is meant.
    Never(DateTime<Utc>, DateTime<Utc>),
    /// It can be read in more than one way: ask which is meant.
    Asked(Question),
    Wrong(TypedError),
}

/// Reads the typed text of a draft: as of when its instant was chosen, so that `yesterday` stays the day it was; `now` where there is
/// none yet. UTC.
pub fn typed(draft: &Draft, zone: &impl Zone, now: DateTime<Utc>) -> Typed {
    match read_draft(draft, zone, draft.chosen_at.unwrap_or(now)) {
        None => Typed::Nothing,
        Some(Ok(Reading::At { at, .. })) => Typed::Read(at),
        Some(Ok(Reading::Asked(question))) => match (&question.why, question.choices.as_slice()) {
            (WhyAsked::Twice, [Choice::At(a), Choice::At(b)]) => Typed::Twice(*a, *b),
            (WhyAsked::Never, [Choice::At(a), Choice::At(b)]) => Typed::Never(*a, *b),
            _ => Typed::Asked(question),
        },
        Some(Err(e)) => Typed::Wrong(e),
    }
}

fn read_draft(draft: &Draft, zone: &impl Zone, now: DateTime<Utc>) -> Option<Result<Reading, TypedError>> {
    if draft.instant_typed.trim().is_empty() {
        return None;
    }
    let zone: &dyn Zone = if draft.typed_in_utc { &InUtc } else { zone };
    Some(read(&draft.instant_typed, zone, now, Direction::Latest))
}

/// Writes the chosen instant out where the text says it from today on, such as `yesterday 14`: it would say another one tomorrow.
pub fn write_out(draft: &mut Draft, zone: &impl Zone) {
    let (Some(at), Some(then)) = (draft.instant, draft.chosen_at) else { return };
    let floats = match read_draft(draft, zone, then) {
        Some(Ok(Reading::At { fixed, .. })) => !fixed,
        // An hour that is settled: the text still says which hour, and on which day.
        Some(Ok(Reading::Asked(q))) => q.choices.contains(&Choice::At(at)),
        _ => false,
    };
    if floats {
        draft.instant_typed = if draft.typed_in_utc { write_utc(at) } else { write_local(at, zone) };
    }
}

/// Takes in what was typed. The instant follows the text: it is empty while the text means nothing yet, and stays where the
/// user has already settled an hour that happens twice or never.
pub fn type_instant(draft: &mut Draft, text: String, in_utc: bool, zone: &impl Zone, now: DateTime<Utc>) {
    draft.instant_typed = text;
    draft.typed_in_utc = in_utc;
    // The text is read as of now, whenever the instant before was chosen.
    let chosen_before = draft.chosen_at.take();
    let instant = match typed(draft, zone, now) {
        Typed::Read(at) => Some(at),
        Typed::Twice(a, b) | Typed::Never(a, b) => draft.instant.filter(|at| *at == a || *at == b),
        Typed::Nothing | Typed::Asked(_) | Typed::Wrong(_) => None,
    };
    draft.chosen_at = chosen_before;
    set(draft, instant, now);
}

/// Takes in an instant that was picked on the band or settled by an answer; the text that was typed is replaced by `text`.
pub fn pick_instant(draft: &mut Draft, at: DateTime<Utc>, text: String, now: DateTime<Utc>) {
    draft.instant_typed = text;
    draft.typed_in_utc = false;
    set(draft, Some(at), now);
}

/// Settles a typed local time that happens twice or never; the text stays.
pub fn settle(draft: &mut Draft, at: DateTime<Utc>, now: DateTime<Utc>) {
    set(draft, Some(at), now);
}

fn set(draft: &mut Draft, instant: Option<DateTime<Utc>>, now: DateTime<Utc>) {
    if draft.instant != instant {
        draft.chosen_at = instant.map(|_| now);
        draft.unconfirm();
    }
    draft.instant = instant;
}

/// A system restore point judged at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct PointView {
    pub at: DateTime<Utc>,
    pub certainty: Certainty,
    /// When it stops being guaranteed and possible if nothing changes, UTC.
    pub guaranteed_until: Option<DateTime<Utc>>,
    pub possible_until: Option<DateTime<Utc>>,
    /// It was surer when it was chosen: the wizard was open meanwhile.
    pub was: Option<Certainty>,
    pub window: Window,
}

impl PointView {
    /// The end that comes next: of the guarantee, else of the possibility.
    pub fn ends(&self) -> Option<DateTime<Utc>> {
        match self.certainty {
            Certainty::Guaranteed => self.guaranteed_until.or(self.possible_until),
            Certainty::Possible => self.possible_until,
            Certainty::Gone | Certainty::Dormant | Certainty::Future => None,
        }
    }
}

/// A manual backup for the list.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupChoice<'a> {
    pub backup: &'a ManualBackup,
    pub judged: Judged,
    /// Why it cannot be chosen now.
    pub why_not: Option<(RuleId, Text)>,
}

impl<'a, Z: Zone> WizardDesk<'a, Z> {
    /// The chosen instant of a system restore, judged now and when it was chosen.
    pub fn point_view(&self) -> Option<PointView> {
        let source = self.source()?;
        let at = self.draft.instant?;
        let window = retention::window(self.edition, source, self.now);
        let certainty = window.certainty(at);
        let (guaranteed_until, possible_until) = window.leaves(at);
        let was = self
            .draft
            .chosen_at
            .map(|then| retention::window(self.edition, source, then).certainty(at))
            .filter(|was| *was != certainty && rank(*was) < rank(certainty));
        Some(PointView { at, certainty, guaranteed_until, possible_until, was, window })
    }

    /// The source's manual backups, newest point first. All stay visible.
    pub fn backups(&self) -> Vec<BackupChoice<'a>> {
        let Some(source) = self.source() else { return Vec::new() };
        let mut all: Vec<BackupChoice<'a>> = source
            .backups
            .iter()
            .map(|backup| {
                let judged = manual_backup::judge(self.edition, source, backup, self.now);
                let why_not = why_not(&judged);
                BackupChoice { backup, judged, why_not }
            })
            .collect();
        all.order_by_key(|c| std::cmp::Reverse(c.backup.point));
        all
    }

    /// The chosen manual backup.
    pub fn backup(&self) -> Option<BackupChoice<'a>> {
        let id = self.draft.backup.as_ref()?;
        self.backups().into_iter().find(|c| c.backup.id == *id)
    }

    pub(super) fn point_problems(&self) -> Vec<Problem> {
        if self.source().is_none() {
            return vec![problem(self.point_field(), "choose the source first")];
        }
        let own = if self.draft.manual { self.backup_problems() } else { self.instant_problems() };
        if !own.is_empty() {
            return own;
        }
        // What else the purpose has against the point, such as the seven days of R16.
        let field = self.point_field();
        let of = |c: Check| {
            let says = if c.is_of_point() { c.with_help() } else { c.says() };
            Problem { field, says, rules: c.said.rules }
        };
        self.blocking(WizardStep::Point).into_iter().map(of).collect()
    }

    /// The field in which the point was chosen.
    pub fn point_field(&self) -> Field {
        if self.draft.manual { Field::Backup } else { Field::LocalTime }
    }

    fn instant_problems(&self) -> Vec<Problem> {
        let field = self.point_field();
        let Some(view) = self.point_view() else {
            let says = match typed(self.draft, self.zone, self.now) {
                Typed::Wrong(e) => e.says(self.zone),
                Typed::Asked(question) => question.says(),
                Typed::Twice(..) => WhyAsked::Twice.says(),
                Typed::Never(..) => WhyAsked::Never.says(),
                Typed::Nothing | Typed::Read(_) => "choose a point in time on the band, or type it".to_string(),
            };
            return vec![problem(field, says)];
        };
        if let Some(moved) = view.window.of_old_region(view.at) {
            let from = view.window.possible_from.map(|from| text!(", from ", begins(from), " on"));
            let moved = moved.says().capital();
            let says = text!("that point cannot be restored. ", moved, ". Choose a point after the move", from);
            return vec![Problem { field, says, rules: vec![RuleId::T2, RuleId::R1] }];
        }
        let says = match (view.certainty, view.was) {
            (Certainty::Guaranteed | Certainty::Possible, _) => return Vec::new(),
            (Certainty::Future, _) => "that point lies after the end of what can be restored; choose an earlier one",
            (Certainty::Dormant, _) => {
                "that point cannot be chosen while the source is a Sandbox; choose one of the past seven days, or switch the source \
                 back to Production first, after which the point may be there again"
            }
            (Certainty::Gone, Some(_)) => "that point has left the window since you chose it; choose a later one",
            (Certainty::Gone, None) if view.window.possible_from.is_some_and(|from| view.at >= from) => {
                "that point is gone, although older ones may still be there; choose another one"
            }
            (Certainty::Gone, None) => "that point lies before what can be restored; choose a later one",
        };
        let binding = match view.certainty {
            Certainty::Dormant => Some(RuleId::K6),
            Certainty::Future => None,
            _ => view.window.why(view.at).first().and_then(Reason::rule),
        };
        let rules = binding.into_iter().chain([RuleId::R1]).collect();
        vec![Problem { field, says: text!(says), rules }]
    }

    fn backup_problems(&self) -> Vec<Problem> {
        match (self.backup(), &self.draft.backup) {
            (Some(BackupChoice { why_not: None, .. }), _) => Vec::new(),
            (Some(BackupChoice { why_not: Some((rule, says)), backup, .. }), _) => vec![Problem {
                field: Field::Backup,
                says: text!(Piece::Name(backup.label.clone()), " cannot be restored: ", says),
                rules: vec![rule],
            }],
            (None, Some(_)) => {
                vec![problem(
                    Field::Backup,
                    "the chosen manual backup is no longer in the inventory; choose another one",
                )]
            }
            (None, None) => vec![problem(Field::Backup, "choose a manual backup")],
        }
    }
}

/// From sure to gone.
fn rank(certainty: Certainty) -> u8 {
    match certainty {
        Certainty::Guaranteed => 0,
        Certainty::Possible => 1,
        Certainty::Future => 2,
        Certainty::Dormant => 3,
        Certainty::Gone => 4,
    }
}

fn why_not(judged: &Judged) -> Option<(RuleId, Text)> {
    let (rule, says) = match judged.stage {
        _ if judged.old_region => (RuleId::T2, "it is from before the source moved to another region"),
        Stage::Processing => (RuleId::M8, "it is being processed; wait until it is at least 10, better 15 minutes old"),
        Stage::Dormant => (
            RuleId::K6,
            "it cannot be chosen while the source is a Sandbox; it may be there again after switching back",
        ),
        Stage::Expired => (RuleId::M4, "it has expired"),
        Stage::UsableWithCaution | Stage::Ready | Stage::AtRisk => match judged.certainty {
            Certainty::Gone => (RuleId::R1, "its point is gone"),
            Certainty::Dormant => (RuleId::K6, "it cannot be chosen while the source is a Sandbox"),
            Certainty::Future => (RuleId::R1, "its point lies in the future"),
            Certainty::Guaranteed | Certainty::Possible => return None,
        },
    };
    Some((rule, text!(says)))
}
