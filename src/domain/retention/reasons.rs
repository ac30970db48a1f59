//! The sentences: why a number of days holds, and why a window begins where it begins.

use super::super::edition::{BASE_RETENTION_DAYS, Edition, Pair, Period, RETENTION_CHOICES, RetentionRow};
use super::super::environment::Kind;
use super::super::rule::RuleId;
use super::super::words::{days_text, from_text, instant_text};
use super::Reason;
use super::table::{Choice, Days, Sort, Status, days_of, days_of_row, is_source};
use super::timeline::{Bound, Span, Step, Timeline, Tracks};
use chrono::{DateTime, Utc};

/// A reason, and which of the two bounds it shapes.
pub(super) struct Told {
    pub reason: Reason,
    pub guaranteed: bool,
    pub possible: bool,
}

fn both(rule: RuleId, says: String) -> Told {
    Told { reason: Reason { rule, says }, guaranteed: true, possible: true }
}
fn sure(rule: RuleId, says: String) -> Told {
    Told { reason: Reason { rule, says }, guaranteed: true, possible: false }
}

/// Why the days of a status are what they are; what binds comes first. `moving` gives the changes that are under way.
pub(super) fn explain(
    edition: &Edition,
    status: &Status,
    sort: Sort,
    moving: Option<(&Tracks, DateTime<Utc>)>,
) -> Vec<Told> {
    let mut out = Vec::new();
    if status.dataverse.only() == Some(&false) {
        out.push(both(RuleId::K7, "It has no Dataverse database, so nothing is backed up".into()));
        return out;
    }
    if status.deleted.may_be(&true) {
        out.push(sure(RuleId::X1, "It is deleted: it has to be recovered first, and nothing of it is promised".into()));
    }
    if status.dataverse.may_be(&false) {
        out.push(sure(
            RuleId::K11,
            "Whether it has a Dataverse database is not known, and without one nothing is backed up".into(),
        ));
    }
    let days = range(days_of(edition, status, sort));
    let moved = moving.map(|(tracks, at)| movements(tracks, at, &days)).unwrap_or_default();
    let (kind_moves, fact_moves): (Vec<_>, Vec<_>) = moved.into_iter().partition(|(what, _)| *what == What::Kind);
    let kind_moving = !kind_moves.is_empty();
    out.extend(kind_moves.into_iter().map(|(_, told)| told));
    if status.kind.is_any() && !kind_moving {
        out.push(both(RuleId::K1, format!("Its kind is not known, so {days}")));
    }
    if let Some(kind) = status.kind.only() {
        explain_kind(edition, status, kind, sort, fact_moves, &mut out);
    } else {
        out.extend(fact_moves.into_iter().map(|(_, told)| told));
        if !status.kind.is_any() {
            for kind in status.kind.values() {
                explain_kind(edition, status, kind, sort, Vec::new(), &mut out);
            }
        }
    }
    out
}

fn explain_kind(
    edition: &Edition,
    status: &Status,
    kind: &Kind,
    sort: Sort,
    fact_moves: Vec<(What, Told)>,
    out: &mut Vec<Told>,
) {
    let rows = status.rows(edition, kind);
    let Some(first) = rows.first() else {
        out.push(both(
            RuleId::K1,
            format!("The documentation names no environments of the kind `{kind}`, so no backups can be counted on"),
        ));
        return;
    };
    if edition.not_offered_sources.contains(kind) {
        let says = format!(
            "The page allows restoring a {kind} environment and says itself that the admin center does not offer it, so nothing is promised"
        );
        out.push(sure(RuleId::T1, says));
    } else if is_source(edition, kind) == Pair::No && matches!(first.system, Period::Days(_)) {
        let says = format!(
            "Backups of a {kind} environment are kept, but cannot be restored this way, so nothing is promised"
        );
        out.push(sure(RuleId::T1, says));
        if *kind == Kind::Default {
            let says = "The page has no way back for the Default environment: Microsoft support is what is left, without a promise";
            out.push(sure(RuleId::X5, says.into()));
        }
    }
    let by_setting = rows.iter().any(|r| period(r, sort) == Period::BySetting);
    let setting = status.setting_days();
    if sort == Sort::Manual
        && by_setting
        && edition.manual_setting_contested
        && setting.possible > Some(BASE_RETENTION_DAYS)
    {
        let says = "Manual backups of a managed Production environment are kept for 7 days in one place of the page and for as \
                    long as the setting says in another, so only 7 days are guaranteed";
        out.push(sure(RuleId::D4, says.into()));
    }
    let moving = |what: What| fact_moves.iter().any(|(w, _)| *w == what);
    let unknown = |choice: &Choice<bool>, what: What| choice.is_any() && !moving(what);
    if rows.len() > 1 && unknown(&status.dynamics, What::Dynamics) && rows.iter().any(|r| r.dynamics.is_some()) {
        let split = split(edition, status, sort, |s, v| s.dynamics = Choice::one(v));
        if let Some((yes, no)) = split {
            let says = format!("Whether it has Dynamics 365 apps is not known: with them {yes}, without them {no}");
            out.push(both(RuleId::K1, says));
        }
    }
    if rows.len() > 1 && unknown(&status.managed, What::Managed) && rows.iter().any(|r| r.managed.is_some()) {
        let split = split(edition, status, sort, |s, v| s.managed = Choice::one(v));
        if let Some((yes, no)) = split {
            out.push(both(RuleId::K1, format!("Whether it is managed is not known: if it is, {yes}, if not, {no}")));
        }
    }
    if by_setting && status.setting.is_any() && !moving(What::Setting) {
        out.push(both(RuleId::K2, "Its retention setting is not known: it may be 7, 14, 21 or 28 days".into()));
    }
    for odd in status.setting.values().iter().filter(|s| by_setting && !RETENTION_CHOICES.contains(s)) {
        let says = format!(
            "Its stored retention setting is {}, which is none of 7, 14, 21 and 28, so what really holds is not known",
            days_text(*odd)
        );
        out.push(both(RuleId::K2, says));
    }
    let relevant = |what: &What| match what {
        What::Kind => true,
        What::Dynamics => split(edition, status, sort, |s, v| s.dynamics = Choice::one(v)).is_some(),
        What::Managed => split(edition, status, sort, |s, v| s.managed = Choice::one(v)).is_some(),
        What::Setting => by_setting,
    };
    out.extend(fact_moves.into_iter().filter(|(what, _)| relevant(what)).map(|(_, told)| told));
    if rows.iter().all(|r| period(r, sort) == period(first, sort)) {
        explain_row(edition, status, &merged(&rows, first), sort, out);
    } else if !out.iter().any(|t| t.guaranteed && t.possible) {
        // Which row holds is not known, and does not matter.
        let days = range(days_of(edition, status, sort));
        out.push(both(RuleId::K1, format!("Whatever is not known of this {kind} environment, {days}")));
    }
}

/// The row that stands for several which say the same: it names only what they have in common.
fn merged(rows: &[&RetentionRow], first: &RetentionRow) -> RetentionRow {
    let dynamics = first.dynamics.filter(|d| rows.iter().all(|r| r.dynamics == Some(*d)));
    let managed = first.managed.filter(|m| rows.iter().all(|r| r.managed == Some(*m)));
    RetentionRow { dynamics, managed, ..first.clone() }
}

fn explain_row(edition: &Edition, status: &Status, row: &RetentionRow, sort: Sort, out: &mut Vec<Told>) {
    let backups = match sort {
        Sort::System => "System backups",
        Sort::Manual => "Manual backups",
    };
    let what = label(row);
    match period(row, sort) {
        Period::Days(n) => {
            out.push(both(RuleId::K1, format!("{backups} of {what} are kept for {}", days_text(n))));
            if let Some(stored) = status.setting.only().filter(|s| **s != n) {
                let says = format!(
                    "Its stored retention setting of {} has no effect: the fixed {} hold",
                    days_text(*stored),
                    days_text(n)
                );
                out.push(both(RuleId::K3, says));
            }
        }
        Period::BySetting => {
            let days = match status.setting.only().filter(|s| RETENTION_CHOICES.contains(s)) {
                Some(s) => format!(": {}", days_text(*s)),
                None => String::new(),
            };
            out.push(both(
                RuleId::K1,
                format!("{backups} of {what} are kept for as long as the retention setting says{days}"),
            ));
        }
        Period::Contested(n) => {
            let says = format!(
                "The table says that backups of {what} are kept for {}, the text says that there are none: nothing is guaranteed and {} are possible",
                days_text(n),
                days_text(n)
            );
            out.push(both(RuleId::D1, says));
        }
        Period::NotBackedUp => out.push(both(RuleId::K1, format!("{} not backed up", are(&what)))),
        Period::NotSupported => {
            let kept = days_of_row(edition, status, row, sort).possible;
            let as_long =
                kept.map(|n| format!(": one that exists may last as long as the system backup, {}", days_text(n)));
            let says = format!("Manual backups of {what} are not supported{}", as_long.unwrap_or_default());
            out.push(both(RuleId::M1, says));
        }
    }
}

fn period(row: &RetentionRow, sort: Sort) -> Period {
    match sort {
        Sort::System => row.system,
        Sort::Manual => row.manual,
    }
}

fn are(what: &str) -> String {
    let mut chars = what.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{} is", chars.as_str())
}

/// The environments of a row, with an article: "a managed Production environment without Dynamics 365 apps".
pub(super) fn label(row: &RetentionRow) -> String {
    let apps = match row.dynamics {
        Some(true) => " with Dynamics 365 apps",
        Some(false) => " without Dynamics 365 apps",
        None => "",
    };
    match row.managed {
        Some(true) => format!("a managed {} environment{apps}", row.kind),
        Some(false) => format!("an unmanaged {} environment{apps}", row.kind),
        None => format!("a {} environment{apps}", row.kind),
    }
}

/// "7 days are kept", "7 days are guaranteed and 28 days possible".
fn range(days: Days) -> String {
    match (days.guaranteed, days.possible) {
        (Some(g), Some(p)) if g == p => format!("{} are kept", days_text(g)),
        (Some(g), Some(p)) => format!("{} are guaranteed and {} possible", days_text(g), days_text(p)),
        (_, Some(p)) => format!("nothing is guaranteed and {} are possible", days_text(p)),
        (_, None) => "nothing is kept".into(),
    }
}

fn split(edition: &Edition, status: &Status, sort: Sort, set: impl Fn(&mut Status, bool)) -> Option<(String, String)> {
    let with = |v: bool| {
        let mut s = status.clone();
        set(&mut s, v);
        days_of(edition, &s, sort)
    };
    let (yes, no) = (with(true), with(false));
    (yes != no).then(|| (range(yes), range(no)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Kind,
    Dynamics,
    Managed,
    Setting,
}

/// When a change happened, in words.
fn when<T>(step: &Step<T>) -> String {
    if step.not_before == step.at {
        format!("on {}", instant_text(step.at))
    } else {
        format!("some time between {} and {}", instant_text(step.not_before), instant_text(step.at))
    }
}

/// The changes that are under way at `at`, where the old or the new value may hold.
fn movements(tracks: &Tracks, at: DateTime<Utc>, days: &str) -> Vec<(What, Told)> {
    let mut out = Vec::new();
    for s in tracks.kind.moving(Some(at)) {
        let from = s.from.as_ref().map(|k| format!(" from {k}")).unwrap_or_default();
        let says = format!("Its kind changed{from} to {} {}, so {days}", s.to, when(s));
        out.push((What::Kind, both(kind_rule(s), says)));
    }
    for s in tracks.dynamics.moving(Some(at)) {
        let verb = if s.to { "enabled" } else { "removed" };
        let says = format!("Dynamics 365 apps were {verb} {}, so {days}", when(s));
        out.push((What::Dynamics, both(RuleId::K12, says)));
    }
    for s in tracks.managed.moving(Some(at)) {
        let says = format!("It was made {} {}, so {days}", managed_word(s.to), when(s));
        out.push((What::Managed, both(RuleId::K12, says)));
    }
    for s in tracks.setting.moving(Some(at)) {
        let says = format!("{}; until then {days}", setting_says(s));
        out.push((What::Setting, both(RuleId::K4, says)));
    }
    out
}

fn managed_word(managed: bool) -> &'static str {
    if managed { "a Managed Environment" } else { "an environment that is not managed" }
}

fn kind_rule(step: &Step<Kind>) -> RuleId {
    let sandbox = step.to == Kind::Sandbox || step.from == Some(Kind::Sandbox);
    if sandbox { RuleId::K6 } else { RuleId::K1 }
}

fn setting_says(step: &Step<u32>) -> String {
    let from = step.from.map(|d| format!(" from {}", days_text(d))).unwrap_or_default();
    format!(
        "The retention setting was changed{from} to {} {} and may take until {} to apply",
        days_text(step.to),
        when(step),
        instant_text(step.settles)
    )
}

/// Why a span that is over still cuts a bound at `floor`.
pub(super) fn explain_past(
    line: &Timeline,
    span: &Span,
    end: DateTime<Utc>,
    (bound, days): (Bound, Option<u32>),
    floor: DateTime<Utc>,
) -> Reason {
    let so = format!(
        "nothing before {} is {}",
        from_text(floor),
        match bound {
            Bound::Guaranteed => "guaranteed",
            Bound::Lasting | Bound::Possible => "left",
        }
    );
    let until = instant_text(end);
    let reason = |rule, says| Reason { rule, says };
    let status = &span.status;
    if status.dataverse.only() == Some(&false) {
        return reason(RuleId::K7, format!("Until {until} it had no Dataverse database, so {so}"));
    }
    if status.deleted.may_be(&true) && bound == Bound::Guaranteed {
        let says =
            format!("It was deleted until {until}, and what that did to its older backups is not documented, so {so}");
        return reason(RuleId::X1, says);
    }
    if status.dataverse.may_be(&false) && bound == Bound::Guaranteed {
        return reason(
            RuleId::K11,
            format!("Whether it had a Dataverse database before {until} is not known, so {so}"),
        );
    }
    let kept = match (days, bound) {
        (Some(n), Bound::Guaranteed) => format!("no more than {} were guaranteed", days_text(n)),
        (Some(n), _) => format!("no more than {} were kept", days_text(n)),
        (None, Bound::Guaranteed) => "nothing was guaranteed".to_string(),
        (None, _) => "nothing was kept".to_string(),
    };
    if status.kind.may_be(&Kind::Sandbox) && line.tracks.kind.steps.iter().any(|s| s.at >= end || s.settles >= end) {
        let says = if span.is_sandbox() {
            format!(
                "Until {until} it was a Sandbox, where 7 days hold at once, and switching back guarantees nothing older, so {so}"
            )
        } else {
            format!("Until {until} it may have been a Sandbox, where 7 days hold at once, so {so}")
        };
        return reason(RuleId::K6, says);
    }
    if let Some(step) = line.tracks.setting.moving(span.start).next() {
        return reason(RuleId::K4, format!("{}, and until then {kept}, so {so}", setting_says(step)));
    }
    let ended = |at: DateTime<Utc>| at == end;
    if line.tracks.setting.steps.iter().any(|s| ended(s.settles) || ended(s.not_before)) {
        return reason(
            RuleId::K5,
            format!("Until {until} {kept}, and raising the retention brings nothing back, so {so}"),
        );
    }
    let flipped = |steps: &[Step<bool>]| steps.iter().any(|s| ended(s.at) || ended(s.not_before));
    if flipped(&line.tracks.dynamics.steps) || flipped(&line.tracks.managed.steps) {
        return reason(RuleId::K12, format!("Until {until} {kept}, and what changed then revives nothing, so {so}"));
    }
    let was = status.kind.only().map(|k| format!("it was a {k} environment and ")).unwrap_or_default();
    reason(RuleId::K1, format!("Until {until} {was}{kept}, so {so}"))
}
