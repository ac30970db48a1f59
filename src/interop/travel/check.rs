//! What a plan that came from elsewhere must be before it is shown: within limits, and agreeing with itself.

use super::{Refused, shape};
use crate::domain::characters::{flat, one_line};
use crate::domain::dates::holds_no_date;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{About, Action, EarlierTexts, End, Plan, Purpose, Remark, RestoreAction, Task};
use crate::domain::restore::{Point, RestorePoint, RestoreRequest, SHORTEST_END};
use serde_json::Value;
use std::collections::BTreeSet;

/// The longest text of a plan, in characters; a plan of the app stays far below.
const LONGEST_TEXT: usize = 20_000;
/// The longest id of a step or an item.
const LONGEST_ID: usize = 80;
/// The most steps, and the most lines of each list.
const MOST: usize = 200;

pub(super) fn contradicts(how: &str) -> Refused {
    Refused::Contradicts(how.to_string())
}

/// Whether a plan could have been made by this app: what its steps do is what it says it is for.
pub(super) fn check(plan: &Plan) -> Result<(), Refused> {
    let lists = [&plan.afterwards, &plan.assumptions, &plan.cautions];
    if plan.steps.len() > MOST || plan.deadlines.len() > MOST || lists.iter().any(|l| l.len() > MOST) {
        return Err(contradicts("it has more steps or remarks than a plan ever has"));
    }
    if plan.steps.is_empty() {
        return Err(contradicts("it has no steps"));
    }
    ids(plan)?;
    if holds_no_date(plan) {
        return Err(contradicts("a time in it is no time of a calendar"));
    }
    plan.steps.iter().try_for_each(|step| action(plan, &step.action))?;
    shape::check(plan)?;
    subject(plan)
}

/// Whom it speaks of is whom it is for.
fn subject(plan: &Plan) -> Result<(), Refused> {
    let About::Subject(subject) = &plan.about else { return Ok(()) };
    let For { source, target, point, .. } = of(plan);
    let same_point = match (point, &subject.point) {
        (Point::System(at), RestorePoint::System(of)) => at == of,
        (Point::Manual(_), RestorePoint::Manual { .. }) => Some(subject.point.at()) == plan.point(),
        _ => false,
    };
    if subject.source.id != *source || subject.target.as_ref().map(|t| &t.id) != target || !same_point {
        return Err(contradicts("it speaks of another environment or point than it is for"));
    }
    Ok(())
}

/// Ids are part of the page, and name what is ticked off: each must be plain, and stand for one thing only.
fn ids(plan: &Plan) -> Result<(), Refused> {
    let mut seen = BTreeSet::new();
    let ticked = plan.steps.iter().map(|s| &s.id).chain(plan.afterwards.iter().map(|i| &i.id));
    for id in ticked {
        let plain =
            id.len() <= LONGEST_ID && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if id.is_empty() || !plain || !seen.insert(id) {
            return Err(contradicts("its steps cannot be told apart"));
        }
    }
    Ok(())
}

/// What a plan is for, whatever its kind.
struct For<'a> {
    source: &'a EnvironmentId,
    target: Option<&'a EnvironmentId>,
    point: &'a Point,
    audit: bool,
}

fn of(plan: &Plan) -> For<'_> {
    match &plan.purpose {
        Purpose::Restore(r) | Purpose::RestoreToProduction(r) => {
            let RestoreRequest { source, target, point, include_audit_logs, .. } = r;
            For { source, target: Some(target), point, audit: *include_audit_logs }
        }
        Purpose::BulkDeletion { source, point, include_audit_logs, .. } => {
            For { source, target: None, point, audit: *include_audit_logs }
        }
    }
}

fn action(plan: &Plan, action: &Action) -> Result<(), Refused> {
    let purpose = of(plan);
    let named = |id: &EnvironmentId| {
        if purpose.source == id || purpose.target == Some(id) {
            Ok(())
        } else {
            Err(contradicts("a step changes or shows an environment that the plan is not about"))
        }
    };
    match action {
        Action::ValidateRestore(r) | Action::Restore(r) => restore(&purpose, r),
        other => other.environments().into_iter().try_for_each(named),
    }
}

fn restore(purpose: &For<'_>, restore: &RestoreAction) -> Result<(), Refused> {
    let point = match purpose.point {
        Point::System(at) => restore.manual_backup.is_none() && restore.point == *at,
        Point::Manual(id) => restore.manual_backup.as_ref() == Some(id),
    };
    if restore.source != *purpose.source || restore.target.as_ref() != purpose.target {
        Err(contradicts("its restore is from or onto another environment than it says"))
    } else if !point {
        Err(contradicts("its restore goes back to another point than it says"))
    } else if !confirmed_by_its_end(restore) {
        Err(contradicts("its restore is confirmed with the end of another id than the target has"))
    } else if restore.include_audit_logs != purpose.audit {
        Err(contradicts("its restore treats audit logs in another way than it says"))
    } else {
        Ok(())
    }
}

/// Whether the end of an id that is asked for is one of the target's (R3).
fn confirmed_by_its_end(restore: &RestoreAction) -> bool {
    let Some(end) = restore.target_id_end.as_deref() else { return true };
    let Some(target) = restore.target.as_ref().map(|t| t.as_str()) else { return false };
    let enough = end.chars().count() >= SHORTEST_END.min(target.chars().count());
    restore.target_name.is_some() && enough && target.ends_with(end)
}

/// Whether a text in a value is longer than any of a plan.
pub(super) fn is_too_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().count() > LONGEST_TEXT,
        Value::Array(list) => list.iter().any(is_too_long),
        Value::Object(fields) => fields.values().any(is_too_long),
        _ => false,
    }
}

/// Puts every sentence on one line, without characters that turn the direction of what follows: what is read is what is there.
/// What is quoted in commands stays as it is: each printer takes or leaves it by its own rules.
pub(super) fn tidy(plan: &mut Plan) {
    let line = |text: &mut String| *text = one_line(text, LONGEST_TEXT);
    let part = |text: &mut String| *text = flat(text);
    line(&mut plan.edition.0);
    if let About::Told(title) = &mut plan.about {
        line(title);
    }
    for step in &mut plan.steps {
        if let Task::Told(EarlierTexts { title, who, admin_center, verify, consequence, caution }) = &mut step.task {
            [title, who, admin_center, verify, consequence].into_iter().chain(caution).for_each(line);
        }
    }
    for item in plan.afterwards.iter_mut().chain(&mut plan.assumptions).chain(&mut plan.cautions) {
        if let Remark::Told(text) = &mut item.cause {
            text.strings().for_each(part);
        }
    }
    for deadline in &mut plan.deadlines {
        if let End::Told(text) = &mut deadline.cause {
            text.strings().for_each(part);
        }
    }
}
