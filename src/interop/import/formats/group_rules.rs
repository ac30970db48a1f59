//! Rule sets of environment groups: whether a rule holds the backup retention of the members (G1).

use super::super::fields;
use super::super::node::Node;
use super::super::reading::{Form, Gathered};
use super::super::row::Row;
use super::super::says::Cause;
use super::{Format, HowTo, Proof, Reach, Reads};
use crate::domain::order::Order as _;
use crate::domain::service::GroupRules;

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let parameters = row.get("parameters").list().is_some_and(|p| p.iter().all(|p| p.has("type") || p.has("value")));
    let rules = row.get("ruleSets").list().is_some();
    let filtered = row.has("environmentFilter");
    if filtered && (row.has("parameters") || rules) {
        return Some(Proof::Own);
    }
    (parameters || rules).then_some(Proof::Typed)
}

pub static FORMAT: Format = Format {
    what: "rule sets of environment groups",
    called: |_| "rule sets of environment groups",
    recognised_by: "`parameters` beside `environmentFilter`, or `ruleSets`",
    proof,
    reads: Reads::Facts(read),
    reach: Reach::None,
    instead: "",
    read_as: "whether a rule of the group holds the retention (G1)",
    how: &[HowTo {
        title: "Rules of an environment group",
        command: "GET https://<tenant host>.tenant.api.powerplatform.com/governance/environmentGroups/<group id>/ruleSets?api-version=2021-10-01-preview",
        note: "The address is the one that public code uses, not documentation. Tells whether the group holds the retention setting.",
    }],
    dates: &[],
};

fn read(gathered: &mut Gathered, r: &mut Row<'_>, row: &Node<'_>) {
    let all = ["parameters", "ruleSets"].iter().flat_map(|k| row.get(k).list().unwrap_or_default());
    let is_staged = |rule: &Node<'_>| fields::yes_no(rule.get("hasStagedChanges")) == Some(true);
    let rule = all.clone().filter(|p| is_lifecycle(p)).find_map(|p| Some((p, period(p)?)));
    let Some((rule, period)) = rule else {
        r.tell("parameters", "", &Cause::NoRetentionRule);
        // G1: a rule that an earlier list told of is not there any more, unless another set of this one has it.
        for group in if all.clone().any(is_staged) { Vec::new() } else { groups(row) } {
            if gathered.group_rules.iter().all(|known| known.group != group) {
                gathered.group_rules.push(GroupRules { group, retention_days: None });
            }
        }
        return;
    };
    let retention_days = r.retention("RetentionPeriod", period);
    if is_staged(rule) {
        r.tell("hasStagedChanges", "", &Cause::StagedRule);
    }
    let groups = groups(row);
    if groups.is_empty() {
        r.tell("environmentFilter", "", &Cause::WhoseRules);
    }
    gathered.group_rules.retain(|known| known.retention_days.is_some() || !groups.contains(&known.group));
    gathered.group_rules.extend(groups.into_iter().map(|group| GroupRules { group, retention_days }));
}

fn is_lifecycle(rule: &Node<'_>) -> bool {
    let named = rule.first(&["type", "id", "name"]).text().unwrap_or_default().to_ascii_lowercase();
    named.contains("lifecycle") || named.contains("retention")
}

/// The value of `RetentionPeriod`: in a list of `{id, value}`, or under its name.
fn period<'n>(rule: &'n Node<'n>) -> Option<&'n Node<'n>> {
    let bears = |n: &Node<'_>| {
        let key = n.first(&["id", "name"]).text().unwrap_or_default().to_ascii_lowercase();
        key.contains("retentionperiod") || key == "retention"
    };
    for key in ["value", "values", "inputs", "parameters"] {
        let inner = rule.get(key);
        let listed = inner.list().and_then(|items| items.iter().find(|i| bears(i))).map(|i| i.get("value"));
        let named = inner.first(&["RetentionPeriod", "backupRetentionPeriod", "RetentionPeriodInDays"]);
        if let Some(found) = listed.or(Some(named)).filter(|n| !n.is_null()) {
            return Some(found);
        }
    }
    (bears(rule)).then(|| rule.get("value")).filter(|n| n.words().is_some())
}

/// The groups that the rule set is for.
fn groups(row: &Node<'_>) -> Vec<String> {
    let filter = row.get("environmentFilter");
    let exclude = filter.get("type").text().is_some_and(|t| t.eq_ignore_ascii_case("exclude"));
    let listed = filter.first(&["values", "value"]).list().unwrap_or_default();
    let of_group = |n: &&Node<'_>| n.get("type").text().is_none_or(|t| t.to_ascii_lowercase().contains("group"));
    let listed = listed.iter().filter(|_| !exclude).filter(of_group).filter_map(|n| fields::id_of(n.get("id")));
    let mut groups: Vec<String> = listed.collect();
    groups.extend(fields::id_of(row.first(&["environmentGroupId", "groupId"])));
    groups.order();
    groups.dedup();
    groups
}
