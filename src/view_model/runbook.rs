//! The runbook's rail: its places in order, which is opened at first, and what is said once for all steps.

use crate::domain::plan::{Plan, Task};
use crate::words::Text;

/// A stretch of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RailPart {
    Before,
    Restore,
    After,
}

impl RailPart {
    pub fn title(self) -> &'static str {
        match self {
            RailPart::Before => "Before",
            RailPart::Restore => "The restore",
            RailPart::After => "Afterwards",
        }
    }
}

/// One place of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RailPlace {
    /// Losses to confirm, deadlines, what the plan rests on.
    Losses,
    /// A step, from 0.
    Step(usize),
    /// The checklist, where no step of the plan is about it.
    Checklist,
}

/// All places, in order.
pub fn places(plan: &Plan) -> Vec<RailPlace> {
    let own = (checklist_step(plan).is_none() && !plan.afterwards.is_empty()).then_some(RailPlace::Checklist);
    let steps = (0..plan.steps.len()).map(RailPlace::Step);
    [RailPlace::Losses].into_iter().chain(steps).chain(own).collect()
}

/// The step that works through the checklist; an earlier version of the app told it by its id.
pub fn checklist_step(plan: &Plan) -> Option<usize> {
    Some("checklist").filter(|_| !plan.afterwards.is_empty()).and_then(|id| plan.steps.iter().position(|s| s.id == id))
}

/// The stretch that a place is in. Where nothing restores, everything comes before.
pub fn part(plan: &Plan, place: RailPlace) -> RailPart {
    let restore = plan.restore_step();
    let last = plan.steps.iter().rposition(|s| matches!(s.task, Task::VerifyData | Task::Watch)).max(restore);
    match (place, restore, last) {
        (RailPlace::Checklist, ..) => RailPart::After,
        (RailPlace::Step(at), Some(from), Some(until)) if at >= from => {
            if at <= until {
                RailPart::Restore
            } else {
                RailPart::After
            }
        }
        _ => RailPart::Before,
    }
}

/// Whether every loss is confirmed: nothing starts before.
pub fn confirmed(plan: &Plan, done: impl Fn(&str) -> bool) -> bool {
    plan.cautions.iter().all(|caution| done(&caution.id))
}

/// What is to be done next. What is left open before a restore that was done (a backup of what it overwrote) is no longer the next
/// thing.
pub fn next(plan: &Plan, done: impl Fn(&str) -> bool) -> RailPlace {
    if !confirmed(plan, &done) {
        return RailPlace::Losses;
    }
    let is_done = |at: usize| plan.steps.get(at).is_some_and(|step| done(&step.id));
    let restored = plan.restore_step().filter(|at| is_done(*at)).unwrap_or_default();
    let open = (restored..plan.steps.len()).chain(0..restored).find(|at| !is_done(*at));
    open.map(RailPlace::Step).or_else(|| places(plan).last().copied()).unwrap_or(RailPlace::Losses)
}

/// The place that is opened at first: what is to be done next. A plan that was not begun opens where its deadlines stand, and what it
/// rests on, also where no loss is to be confirmed there.
pub fn opening(plan: &Plan, done: impl Fn(&str) -> bool) -> RailPlace {
    let begun = plan.steps.iter().any(|step| done(&step.id));
    let to_read = !plan.deadlines.is_empty() || !plan.assumptions.is_empty();
    if !begun && to_read { RailPlace::Losses } else { next(plan, done) }
}

/// What is to be done next, in a few words; `None` where all is done.
pub fn next_words(plan: &Plan, done: impl Fn(&str) -> bool) -> Option<String> {
    match next(plan, &done) {
        RailPlace::Losses if !plan.cautions.is_empty() => Some("confirm the losses".to_string()),
        RailPlace::Step(at) => plan
            .steps
            .get(at)
            .filter(|step| !done(&step.id))
            .map(|step| format!("step {}, {}", at + 1, plan.step_name(step))),
        RailPlace::Losses | RailPlace::Checklist => None,
    }
}

/// Who may do most steps, so that it is said once.
pub fn who(plan: &Plan) -> Text {
    let all: Vec<Text> = plan.steps.iter().map(|step| plan.step_text(step).who).collect();
    let often = |who: &Text| all.iter().filter(|other| *other == who).count();
    all.iter().max_by_key(|who| often(who)).cloned().unwrap_or_default()
}

/// A command in pieces: what stands for something that is not known, and what does not.
pub fn pieces<'a>(text: &'a str, holes: &[String]) -> Vec<(&'a str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let first = |rest: &str| holes.iter().filter_map(|h| rest.find(h.as_str()).map(|at| (at, h.len()))).min();
    while let Some((at, length)) = first(rest).filter(|(_, length)| *length > 0) {
        let (before, from) = rest.split_at(at);
        let (hole, after) = from.split_at(length);
        pieces.extend([(before, false), (hole, true)]);
        rest = after;
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn what_is_not_known_is_found_in_a_command() {
        let holes = ["<id>".to_string(), "<host>".to_string()];
        let expect = vec![("# GET ", false), ("<host>", true), ("/", false), ("<id>", true)];
        assert_eq!(pieces("# GET <host>/<id>", &holes), expect);
        assert_eq!(pieces("plain", &holes), vec![("plain", false)]);
        assert_eq!(pieces("", &[String::new()]), vec![]);
    }
}
