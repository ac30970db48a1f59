//! What a plan that came from elsewhere must be before it is shown: within limits, and agreeing with itself.

use super::{Refused, shape};
use crate::domain::characters::one_line;
use crate::domain::door::is_date;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::{Action, Item, Plan, Purpose, RestoreAction};
use crate::domain::restore::{Point, RestoreRequest, SHORTEST_END};
use chrono::{DateTime, Utc};
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
    if texts(plan).iter().any(|text| text.chars().count() > LONGEST_TEXT) {
        return Err(contradicts("a text in it is longer than a plan ever has"));
    }
    if instants(plan).iter().any(|at| !is_date(*at)) {
        return Err(contradicts("a time in it is no time of a calendar"));
    }
    plan.steps.iter().try_for_each(|step| action(plan, &step.action))?;
    shape::check(plan)
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

/// Every instant of a plan, UTC.
fn instants(plan: &Plan) -> Vec<DateTime<Utc>> {
    let mut all = vec![plan.made];
    all.extend(plan.deadlines.iter().map(|d| d.at));
    if let Point::System(at) = of(plan).point {
        all.push(*at);
    }
    for step in &plan.steps {
        if let Action::Restore(r) | Action::ValidateRestore(r) = &step.action {
            all.push(r.point);
            all.extend(r.window_from);
        }
    }
    all
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
        Purpose::BulkDeletion { source, point, include_audit_logs } => {
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
        Action::Inspect { environment }
        | Action::ListBackups { environment }
        | Action::CreateManualBackup { environment, .. }
        | Action::SetRetention { environment, .. }
        | Action::SwitchKind { environment, .. }
        | Action::SetManaged { environment, .. }
        | Action::SetRuntimeState { environment, .. } => named(environment),
        Action::ValidateRestore(r) | Action::Restore(r) => restore(&purpose, r),
        Action::SignIn | Action::CreateEnvironment(_) | Action::Manual => Ok(()),
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

/// Every text of a plan.
fn texts(plan: &Plan) -> Vec<&str> {
    let mut all: Vec<&str> = vec![&plan.title, &plan.edition.0, of(plan).source.as_str()];
    all.extend(of(plan).target.map(EnvironmentId::as_str));
    if let Point::Manual(id) = of(plan).point {
        all.push(id);
    }
    if let Purpose::Restore(r) | Purpose::RestoreToProduction(r) = &plan.purpose {
        all.extend(r.new_name.as_deref());
    }
    for step in &plan.steps {
        all.extend([&step.title, &step.who, &step.admin_center, &step.verify, &step.consequence].map(String::as_str));
        all.extend(step.caution.as_deref());
        match &step.action {
            Action::CreateManualBackup { label, .. } => all.push(label),
            Action::CreateEnvironment(new) => {
                all.extend([new.name.as_str(), &new.says]);
                all.extend(new.region.as_deref());
            }
            Action::Restore(r) | Action::ValidateRestore(r) => {
                all.extend(r.target_name.as_deref());
                all.extend(r.new_name.as_deref());
            }
            _ => {}
        }
    }
    for item in plan.afterwards.iter().chain(&plan.assumptions).chain(&plan.cautions) {
        all.push(&item.says);
        all.extend(item.link.as_deref());
    }
    all.extend(plan.deadlines.iter().map(|d| d.says.as_str()));
    all
}

/// Puts every sentence on one line, without characters that turn the direction of what follows: what is read is what is there.
/// What is quoted in commands stays as it is: each printer takes or leaves it by its own rules.
pub(super) fn tidy(plan: &mut Plan) {
    let line = |text: &mut String| *text = one_line(text, LONGEST_TEXT);
    let items = |list: &mut Vec<Item>| list.iter_mut().for_each(|i| line(&mut i.says));
    line(&mut plan.title);
    line(&mut plan.edition.0);
    for step in &mut plan.steps {
        for text in [&mut step.title, &mut step.who, &mut step.admin_center, &mut step.verify, &mut step.consequence] {
            line(text);
        }
        if let Some(caution) = &mut step.caution {
            line(caution);
        }
    }
    items(&mut plan.afterwards);
    items(&mut plan.assumptions);
    items(&mut plan.cautions);
    plan.deadlines.iter_mut().for_each(|d| line(&mut d.says));
}
