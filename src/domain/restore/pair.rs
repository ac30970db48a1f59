//! The pair and the gates, told with names: every broken rule with its remedy, every unknown one with its question.

use super::super::compare;
use super::super::edition::Edition;
use super::super::eligibility::{self, Judgement, Question, Role};
use super::super::environment::{Environment, Kind};
use super::super::manual_backup;
use super::super::remedy::{self, Mend};
use super::super::retention::{self, Certainty};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::words::{fact, instant, quoted, sentence};
use super::{Checks, Point};
use crate::words::{Names, Say};
use chrono::{DateTime, Utc};

/// T10: the service left it out.
const ASK_AGAIN: &str = "ask the service for the candidates again where something may have changed since, and import the new list; or choose another target";
/// T10: what was offered was allowed then.
const LIST_MAY_BE_OLD: &str = "what was offered was allowed then: where something may have changed since, ask the service for the candidates again and import the new list";
/// T10: the service and the rules say different things.
const TRY_FIRST: &str =
    "try the restore without carrying it out before anything is overwritten, and stop if it is refused";

/// T1 to T6, T8 and T10.
pub(super) fn pair(edition: &Edition, source: &Environment, target: &Environment, list: &mut Checks) {
    let verdict = eligibility::judge(edition, source, target);
    if !verdict.broken.is_empty() {
        let mend = remedy::mend(edition, source, target);
        for (rule, j) in with_rules(&verdict.broken) {
            let mut help = named(&remedies(&mend, rule), source, target);
            if matches!(rule, RuleId::T1 | RuleId::T8) && target.kind.get() == Some(&Kind::Production) {
                help.push_str(" A restore to Production (R16) is a plan of its own.");
            }
            if rule == RuleId::T10 {
                help = ASK_AGAIN.to_string();
            }
            list.stop(rule, &said(j, source, target), &help);
        }
    }
    for (rule, j) in with_rules(&verdict.unknown) {
        // Nobody can answer what the service and the rules say differently: the plan tries it before anything is overwritten.
        if j.asks.is_empty() {
            let help = if rule == RuleId::T10 { TRY_FIRST } else { "" };
            list.caution(rule, &said(j, source, target), help);
            continue;
        }
        list.ask(rule, &said(j, source, target), question(&j.asks, source, target), j.asks.clone());
    }
    for (rule, j) in with_rules(&verdict.cautions) {
        list.caution_asking(rule, &said(j, source, target), "", j.asks.clone());
    }
    if let Some(says) = rests_on_list(edition, source, target) {
        list.note(RuleId::T10, &says, LIST_MAY_BE_OLD);
    }
}

/// T10, as a clause with names: that the pair is eligible by the service's list alone, when it was asked, and what that settles;
/// `None` where it does not rest on it.
pub fn rests_on_list(edition: &Edition, source: &Environment, target: &Environment) -> Option<String> {
    let settled = eligibility::settled(edition, source, target)?;
    let open = question(&settled.questions, source, target).unwrap_or_default();
    Some(crate::words::settled(&settled, &open).named(&Names::of(source, target)).to_string())
}

/// T7 and T9.
pub(super) fn gates(
    edition: &Edition,
    tenant: &Tenant,
    source: &Environment,
    target: &Environment,
    now: DateTime<Utc>,
    list: &mut Checks,
) {
    let verdict = eligibility::gates(edition, tenant, source, target, now);
    let gone = source.deleted.is_some() || target.deleted.is_some();
    let left_disabled = source.id != target.id && eligibility::left_disabled(edition, source).is_some();
    let help = |rule| match rule {
        RuleId::T7 => "free storage or buy more, import the capacity again, and come back",
        _ if left_disabled => {
            "retry the restore onto it, or reset it, delete it or copy onto it; or choose another source"
        }
        _ if gone => "recover it first, while that is possible (X1, X2), or choose another environment",
        _ => "wait until that has ended, or choose another environment",
    };
    for (rule, j) in with_rules(&verdict.broken) {
        list.stop(rule, &said(j, source, target), help(rule));
    }
    for (rule, j) in with_rules(&verdict.unknown) {
        let help = match rule {
            RuleId::T7 => "import or type in the tenant's capacity, or look in the admin center before you start",
            _ => "look in the admin center before you start",
        };
        list.caution_asking(rule, &said(j, source, target), help, j.asks.clone());
    }
    for (rule, j) in with_rules(&verdict.cautions) {
        list.caution_asking(rule, &said(j, source, target), "", j.asks.clone());
    }
}

/// A judgement with names.
pub(super) fn said(judgement: &Judgement, source: &Environment, target: &Environment) -> String {
    judgement.says().named(&Names::of(source, target)).to_string()
}

/// Each with its rule.
pub(super) fn with_rules(judged: &[Judgement]) -> impl Iterator<Item = (RuleId, &Judgement)> {
    judged.iter().filter_map(|j| j.rule().map(|rule| (rule, j)))
}

/// Where the newest edition gives a worse answer than the chosen one (rules.md §2).
pub(super) fn newest(
    edition: &Edition,
    source: &Environment,
    target: &Environment,
    point: &Point,
    now: DateTime<Utc>,
    list: &mut Checks,
) {
    let newest = Edition::newest();
    if newest == edition {
        return;
    }
    for (rule, says) in compare::newest_is_worse_by_rule(edition, source, target) {
        list.caution(rule, &named(&says, source, target), "");
    }
    newest_of_source(edition, source, point, now, list);
}

/// The same for what concerns the source alone: the point and the window.
pub(super) fn newest_of_source(
    edition: &Edition,
    source: &Environment,
    point: &Point,
    now: DateTime<Utc>,
    list: &mut Checks,
) {
    if let Some(says) = newest_is_worse_for_point(edition, source, point, now) {
        list.caution(rule_of(point), &says, "choose a later point if you can");
    }
    if let Some(says) = compare::newest_is_worse_for_window(edition, source, now) {
        list.note(RuleId::K1, &says, "");
    }
}

/// The rule by which a point ends.
pub(crate) fn rule_of(point: &Point) -> RuleId {
    if matches!(point, Point::System(_)) { RuleId::K1 } else { RuleId::M4 }
}

/// What to say where the newest edition promises less of this very point than the chosen one.
pub(crate) fn newest_is_worse_for_point(
    edition: &Edition,
    source: &Environment,
    point: &Point,
    now: DateTime<Utc>,
) -> Option<String> {
    let newest = Edition::newest();
    let (what, before, after) = match point {
        Point::System(at) => {
            let under = |e| retention::window(e, source, now).certainty(*at);
            (format!("the point {}", instant(*at)), under(edition), under(newest))
        }
        Point::Manual(id) => {
            let backup = source.backups.iter().find(|b| b.id == *id)?;
            let under = |e| manual_backup::judge(e, source, backup, now).certainty;
            ("the manual backup".to_string(), under(edition), under(newest))
        }
    };
    let said = match (before, after) {
        (Certainty::Guaranteed | Certainty::Possible, Certainty::Gone | Certainty::Dormant) => "would be gone",
        (Certainty::Guaranteed, Certainty::Possible) => "would not be sure",
        _ => return None,
    };
    Some(format!("under the newest rules ({}) {what} {said}", newest.title))
}

/// Puts names where a judgement speaks of *the source* and *the target*. A pair of one environment keeps the words.
pub(crate) fn named(says: &str, source: &Environment, target: &Environment) -> String {
    if source.id == target.id {
        return says.to_string();
    }
    let mut out = String::with_capacity(says.len() + 32);
    let mut rest = says;
    while let Some(at) = rest.to_ascii_lowercase().find("the ") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let word_starts = !before.ends_with(|c: char| c.is_alphanumeric());
        let swap = [("source", source), ("target", target)].into_iter().find_map(|(word, env)| {
            let after = from.get(4..)?.strip_prefix(word)?;
            (word_starts && !after.starts_with(|c: char| c.is_alphanumeric())).then_some((env, after))
        });
        match swap {
            Some((env, after)) => {
                out.push_str(&quoted(env));
                rest = after;
            }
            None => {
                let (the, after) = from.split_at(4);
                out.push_str(the);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What mends a broken rule, in one or more sentences.
fn remedies(mend: &Mend, rule: RuleId) -> String {
    let changes = mend.changes.as_deref().unwrap_or_default();
    let mut said: Vec<String> = changes
        .iter()
        .filter(|r| r.mends.contains(&rule))
        .map(|r| {
            let cost = sentence(&r.cost.to_string());
            format!("{}. {}", r.does.trim_end_matches('.'), cost.trim_end_matches('.'))
        })
        .collect();
    if said.is_empty() {
        match &mend.new_target {
            Some(new) => said.push(new.says.clone()),
            None => said.push("nothing mends this; choose another source".to_string()),
        }
    }
    said.iter().map(|s| sentence(s)).collect::<Vec<_>>().join(" ")
}

/// What to answer, with the name of the environment that is asked about.
pub(crate) fn question(asks: &[Question], source: &Environment, target: &Environment) -> Option<String> {
    let of = |env: &Environment, role: Role| {
        let facts: Vec<&str> = asks.iter().filter(|a| a.role == role).map(|a| fact(a.fact)).collect();
        (!facts.is_empty()).then(|| format!("of {}: {}", quoted(env), facts.join(", ")))
    };
    let said: Vec<String> = [of(source, Role::Source), of(target, Role::Target)].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}
