//! The sentences of a what-if: names, instants in UTC, lengths, and no promise.

use super::super::characters::one_line;
use super::super::edition::Edition;
use super::super::environment::{Environment, Kind};
use super::super::life::Doing;
use super::super::manual_backup::ManualBackup;
use super::super::restore::{self, Weight};
use super::super::retention::{Certainty, Window};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::super::words::{days_text, from_text, instant_text};
use super::super::words::{instant, sentence};
use super::{Consequence, Fate, Lost, Moment, Touched, later};
use crate::words::Say;
use chrono::{DateTime, TimeDelta, Utc};

/// What to call the moment right after a doing, the `place`th of several (0-based).
pub(super) fn title(doing: &Doing, place: usize) -> String {
    match doing {
        Doing::Switch { .. } if place == 0 => "right after the switch".to_string(),
        Doing::Switch { .. } => "after switching back".to_string(),
        _ => "right after".to_string(),
    }
}

/// The rule by which a doing takes points away.
pub(super) fn cause(doing: &Doing) -> Option<RuleId> {
    match doing {
        Doing::SetRetention { .. } => Some(RuleId::K4),
        Doing::Switch { .. } => Some(RuleId::K6),
        Doing::SetManaged { .. } => Some(RuleId::K12),
        Doing::Delete { .. } | Doing::Recover { .. } => Some(RuleId::X1),
        _ => None,
    }
}

pub(super) fn points(fate: Fate, from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let span =
        format!("{} of restore points, from {} to {}", length(until - from), from_text(from), instant_text(until));
    sentence(&match fate {
        Fate::Lost => format!("{span}, are lost"),
        Fate::AtRisk => format!("{span}, are no longer guaranteed and may be lost"),
        Fate::NotWhileSandbox => format!("{span}, cannot be chosen while it is a Sandbox, and may be lost"),
    })
}

fn named(b: &ManualBackup) -> String {
    format!("the manual backup “{}” ({})", one_line(&b.label, 60), instant(b.point))
}

pub(super) fn backup(fate: Fate, b: &ManualBackup) -> String {
    let what = named(b);
    sentence(&match fate {
        Fate::Lost => format!("{what} is lost"),
        Fate::AtRisk => format!("{what} is no longer guaranteed and may be lost"),
        Fate::NotWhileSandbox => format!("{what} cannot be chosen while it is a Sandbox, and may be lost"),
    })
}

/// M7: what deleting a label leaves.
pub(super) fn label_deleted(b: &ManualBackup, with: &Window) -> String {
    let at = instant(b.point);
    let left = match (with.certainty(b.point), with.leaves(b.point)) {
        (Certainty::Guaranteed, (Some(until), _)) => {
            format!("the same instant, {at}, stays restorable as a system restore point until {}", instant(until))
        }
        (Certainty::Possible, (_, Some(until))) => format!(
            "the same instant, {at}, is possible as a system restore point until {}, but not guaranteed",
            instant(until)
        ),
        (Certainty::Dormant, _) => {
            format!("the same instant, {at}, cannot be chosen as a system restore point either while this is a Sandbox")
        }
        _ => format!(
            "the same instant, {at}, is not in the window of system restore points: nothing else leads back to it"
        ),
    };
    sentence(&format!("the label of {} is deleted for good; {left}", named(b)))
}

/// `21 days`, `6 days 12 hours`, `5 hours`, `20 minutes`. Cut off, never rounded up.
pub(super) fn length(of: TimeDelta) -> String {
    let unit = |n: i64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let (days, hours, minutes) = (of.num_days(), of.num_hours() % 24, of.num_minutes() % 60);
    match (days, hours) {
        (0, 0) => unit(minutes.max(0), "minute"),
        (0, _) => unit(hours, "hour"),
        (_, 0) => unit(days, "day"),
        _ => format!("{} {}", unit(days, "day"), unit(hours, "hour")),
    }
}

/// The whole in sentences: what is lost, counted, and what else follows.
pub(super) fn consequences(
    edition: &Edition,
    tenant: &Tenant,
    before: &Environment,
    touched: &Touched,
    doings: &[(Doing, DateTime<Utc>)],
) -> Vec<Consequence> {
    let mut all: Vec<Consequence> = Vec::new();
    let mut add = |rules: &[RuleId], says: String| {
        let one = Consequence { says: sentence(&says), rules: rules.to_vec() };
        if !all.contains(&one) {
            all.push(one);
        }
    };
    let name = &touched.name;
    for moment in &touched.moments {
        for loss in moment.losses.iter().filter(|l| l.rules.contains(&RuleId::M7)) {
            add(&loss.rules, loss.says.clone());
        }
        let (rules, counted) = counted(moment);
        if !counted.is_empty() {
            add(&rules, format!("{}: {}", moment.title, counted.join("; ")));
        }
    }
    // A recovery promises nothing, and says so: "nothing is lost" would contradict it.
    let recovers = doings.iter().any(|(doing, _)| matches!(doing, Doing::Recover { .. }));
    if !recovers && !touched.moments.iter().any(|m| !m.losses.is_empty()) {
        add(&[], format!("no restore point of {name} is lost"));
    }
    for (doing, at) in doings {
        follows(edition, before, touched, doing, *at, &mut add);
        // What a restore leaves behind has been said nowhere better.
        if let Doing::StartRestore { request, .. } = doing {
            for check in restore::check(edition, tenant, request, *at) {
                if check.weight == Weight::Caution {
                    add(&check.said.rules, check.with_help().to_string());
                }
            }
        }
    }
    all
}

/// The losses of a moment, counted: system points by their length, manual backups by name and date.
fn counted(moment: &Moment) -> (Vec<RuleId>, Vec<String>) {
    let mut said = Vec::new();
    let mut rules: Vec<RuleId> = Vec::new();
    for fate in [Fate::Lost, Fate::NotWhileSandbox, Fate::AtRisk] {
        // A label that is deleted has a sentence of its own.
        let of_fate = || moment.losses.iter().filter(|l| l.fate == fate && !l.rules.contains(&RuleId::M7));
        for loss in of_fate() {
            rules.extend(loss.rules.iter().copied().filter(|r| !rules.contains(r)).collect::<Vec<_>>());
            if matches!(loss.what, Lost::Points { .. }) {
                said.push(loss.says.trim_end_matches('.').to_string());
            }
        }
        let labels: Vec<String> = of_fate()
            .filter_map(|l| match &l.what {
                Lost::Backup { label, point, .. } => Some(format!("“{}” ({})", one_line(label, 60), instant(*point))),
                Lost::Points { .. } => None,
            })
            .collect();
        if !labels.is_empty() {
            let count = match labels.len() {
                1 => "1 manual backup".to_string(),
                n => format!("{n} manual backups"),
            };
            let word = match fate {
                Fate::Lost => "lost",
                Fate::NotWhileSandbox => "not to be chosen while it is a Sandbox, and perhaps lost",
                Fate::AtRisk => "no longer guaranteed",
            };
            said.push(format!("{count} {word}: {}", labels.join(", ")));
        }
    }
    (rules, said)
}

/// What else a doing brings.
fn follows(
    edition: &Edition,
    before: &Environment,
    touched: &Touched,
    doing: &Doing,
    at: DateTime<Utc>,
    add: &mut impl FnMut(&[RuleId], String),
) {
    let name = &touched.name;
    match doing {
        Doing::SetRetention { days, .. } => {
            let settled = later(at, TimeDelta::hours(24));
            add(
                &[RuleId::K4],
                format!(
                    "the change may take until {} to apply: until then only the shorter period is guaranteed",
                    instant_text(settled)
                ),
            );
            let group = before.group.get().cloned().flatten().or_else(|| before.group_id.clone());
            if let Some(group) = group {
                add(
                    &[RuleId::G1],
                    format!(
                        "{name} belongs to the environment group “{}”: a published rule of the group may hold its retention, and then it is changed there",
                        one_line(&group, 60)
                    ),
                );
            }
            let Some(with) = touched.moments.iter().find(|m| m.at == settled).map(|m| &m.with) else { return };
            let full = TimeDelta::days(i64::from(*days));
            if let Some(from) = with.guaranteed_from.filter(|from| settled - *from < full) {
                add(
                    &[RuleId::K5],
                    format!(
                        "nothing that is gone comes back: the window of {name} then grows by one day per day and reaches {} on {}",
                        days_text(*days),
                        instant_text(later(from, full))
                    ),
                );
            }
        }
        Doing::Switch { to: Kind::Sandbox, .. } => {
            add(
                &[RuleId::K6],
                "switch it back as soon as possible: no deadline is documented until which the older backups last"
                    .to_string(),
            );
            add(&[RuleId::R16], format!("the users of {name} are affected while it is a Sandbox"));
        }
        Doing::Switch { .. } => {
            add(
                &[RuleId::K6],
                "what is older than seven days may come back, or may be lost already: nothing promises it".to_string(),
            );
        }
        Doing::Delete { .. } => {
            if let Some(r) = &touched.recovery {
                let until = match r.guaranteed_until.filter(|sure| *sure != r.possible_until) {
                    None => format!("{name} can be recovered until {}", instant_text(r.possible_until)),
                    Some(sure) => format!(
                        "{name} can surely be recovered until {}, and perhaps until {}",
                        instant_text(sure),
                        instant_text(r.possible_until)
                    ),
                };
                add(&[RuleId::X1, RuleId::X2], until);
                for reason in &r.reasons {
                    add(&reason.rules, reason.says().to_string());
                }
            }
            if edition.recovery_needs_capacity {
                add(&[RuleId::X3], "recovering needs free capacity at that time".to_string());
            }
            add(&[RuleId::X1], "after that nothing of it is left, neither the environment nor its backups".to_string());
            add(
                &[RuleId::X1],
                "whether its backups are still there after a recovery is not documented, so none is promised"
                    .to_string(),
            );
        }
        Doing::Recover { .. } => {
            add(
                &[RuleId::X1],
                "what a recovery brings back of its backups is documented nowhere: its older points are possible until their own \
                 period ends, none is guaranteed, and new ones begin with the recovery"
                    .to_string(),
            );
        }
        Doing::SetManaged { managed: false, .. } if touched.moments.iter().any(|m| !m.losses.is_empty()) => {
            add(
                &[RuleId::K12],
                "the shorter retention counts at once, and turning it on again revives nothing".to_string(),
            );
        }
        Doing::SetManaged { managed: true, .. } => {
            let rises = |m: &Moment| m.with.retention.possible_days > m.without.retention.possible_days;
            if let Some(days) =
                touched.moments.iter().filter(|m| rises(m)).map(|m| m.with.retention.possible_days).max()
            {
                add(
                    &[RuleId::K3, RuleId::K12],
                    format!(
                        "its period is then {}: what is gone already does not come back, and the window grows by one day per day",
                        days_text(days)
                    ),
                );
            }
            if before.managed.get() == Some(&false) {
                add(&[RuleId::T4], "from then on it can be restored only to and from Managed Environments".to_string());
            }
        }
        _ => {}
    }
}
