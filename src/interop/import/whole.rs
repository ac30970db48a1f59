//! Whether a list is whole, and what a text says of its list before it begins: the command, and what it lists.

use super::fields;
use super::formats::errors::quote;
use super::formats::{Format, Quoted, Reach};
use super::node::Node;
use super::reading::Around;
use super::row::File;
use super::says::Cause;
use super::states;
use super::work::look;
use crate::domain::environment::Kind;
use crate::domain::inventory::Observation;
use std::borrow::Cow;

/// A list of environments, to be judged.
pub struct Listed<'l, 'a> {
    pub main: &'static Format,
    pub around: &'l Around<'a>,
    pub rows: usize,
    /// There are rows of environments that could not be used.
    pub left_out: bool,
    /// Something went wrong beside it, so that it may have ended before its end.
    pub failed: bool,
    pub seen: &'l [Observation],
    /// The rows come from an address that shows what one user sees.
    pub user_scope: bool,
    pub one_user: bool,
}

/// Whether there are more pages than this one.
pub fn has_more(head: &Node<'_>, rows: usize) -> bool {
    let total = head.first(&["totalRecords", "@odata.count"]).number();
    #[allow(clippy::cast_precision_loss)]
    let short = total.is_some_and(|t| t > rows as f64);
    let next = ["nextLink", "@odata.nextLink", "continuationToken", "skipToken", "$skipToken"];
    let cut = fields::yes_no(head.get("resultTruncated")) == Some(true);
    short || cut || head.first(&next).text().is_some()
}

/// What the service complains of beside the rows that it gave.
pub fn error_beside(head: &Node<'_>) -> Option<Quoted> {
    let told = |key: &&str| match head.get(key) {
        Node::Map(pairs) => !pairs.is_empty(),
        other => other.text().is_some(),
    };
    ["error", "odata.error"].iter().any(told).then(|| quote(head))
}

/// Whether the file lists the whole tenant. Saying so wrongly would report environments as missing; nothing is ever removed.
pub fn complete(file: &mut File, list: &Listed<'_, '_>) -> bool {
    let Listed { main, around, rows, left_out, failed, seen, user_scope, one_user } = list;
    if main.reach == Reach::None || around.single || seen.is_empty() {
        return false;
    }
    if has_more(&around.head, *rows) {
        Cause::OnePage.of_file(&mut file.findings);
        return false;
    }
    if *failed || seen.iter().all(|o| o.deleted.is_some()) {
        return false;
    }
    if let Some(filter) = filter(around.head.get("command").text().unwrap_or_default()) {
        Cause::Filtered.tell(&mut file.findings, "", "", &filter);
        return false;
    }
    if *user_scope {
        Cause::OneUser.of_file(&mut file.findings);
        return false;
    }
    match main.reach {
        Reach::Query => {
            Cause::Query.of_file(&mut file.findings);
            return false;
        }
        Reach::Deleted | Reach::None => return false,
        Reach::Tenant if *one_user => return false,
        Reach::Tenant => {}
    }
    if !seen.iter().any(is_default) {
        Cause::NoDefault.of_file(&mut file.findings);
        return false;
    }
    if *left_out {
        Cause::LeftOut.of_file(&mut file.findings);
    }
    !*left_out
}

/// Whether an environment is the tenant's Default, of which every tenant has one.
fn is_default(seen: &Observation) -> bool {
    seen.deleted.is_none() && (seen.kind == Some(Kind::Default) || fields::after_default(&seen.id).is_some())
}

/// Whether what stands around a list says that it was asked for deleted environments.
pub fn is_of_deleted(head: &Node<'_>) -> bool {
    ["command", "nextLink", "@odata.nextLink", "@odata.context", "url"].iter().any(|k| states::of_deleted(head.get(k)))
}

/// Whether a text holds what two commands printed, of which one lists living environments and the other deleted ones: which of the rows
/// are of which is told by nothing in them.
pub fn mixes_deleted(text: &str) -> bool {
    look(text.len());
    // A command at a prompt or at the beginning of its line; what complains of one lists nothing.
    let typed = |line: &str| {
        let lower = line.to_ascii_lowercase();
        let command = lower.rsplit(['>', '$', '#']).next().unwrap_or_default().trim_start();
        let name = command.split([' ', '|', '\t']).next().unwrap_or_default();
        match name {
            _ if command.contains(" : ") => None,
            "get-adminpowerappsoftdeletedenvironment" => Some(true),
            "get-adminpowerappenvironment" => Some(false),
            _ => None,
        }
    };
    let mut commands = text.lines().filter_map(typed);
    commands.next().is_some_and(|first| commands.any(|next| next != first))
}

/// The commands that list environments, and what narrows each.
const COMMANDS: &[(&str, &[&str])] = &[
    (
        "pac admin list",
        &[
            "--application",
            "-a ",
            "--environment",
            "-env",
            "--name",
            "-n ",
            "--type",
            "-t ",
            "| select-string",
            "| findstr",
            "| grep",
        ],
    ),
    ("pac env list", &["--filter", "-f "]),
    (
        "get-adminpowerappenvironment",
        &[
            "-filter",
            "-environmentname",
            "-default",
            "-createdby",
            "-getprotected",
            "where-object",
            "| where",
            "| ?",
            "-first",
            "-last",
            "\"*",
            "'*",
            " *",
        ],
    ),
    ("/environments?", &["$filter=", "$top=", "filter=", "top="]),
];

/// What narrows a command: the part of it from there on, for showing.
fn filter(command: &str) -> Option<String> {
    let lower = command.to_ascii_lowercase();
    let (start, (name, narrowing)) = COMMANDS.iter().find_map(|c| lower.find(c.0).map(|at| (at, c)))?;
    let rest = lower.get(start + name.len()..)?;
    // With the space at the end a switch such as `-n` is no part of a longer one.
    let padded = format!("{rest} ");
    let at = narrowing.iter().filter_map(|w| padded.find(w)).min()?;
    command.get(start + name.len() + at..).map(|s| s.trim().to_string())
}

/// How many characters before a list are looked through for its command.
const BEFORE: usize = 4000;

/// What the text before and in the head of a list says of it: `command`, the line that was typed, and `listOf`, where the titles
/// tell what an empty list is a list of. A map for [`Around::head`].
pub fn beside(text: &str) -> Node<'static> {
    let end = text.char_indices().nth(BEFORE).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default();
    let lower = head.to_ascii_lowercase();
    let mut pairs = Vec::new();
    let mut put = |key: &'static str, value: String| pairs.push((Cow::Borrowed(key), Node::Text(Cow::Owned(value))));
    let begins = |l: &str| l.trim_start().starts_with(['{', '[']);
    let typed = head.lines().take_while(|l| !begins(l)).find(|l| {
        let l = l.to_ascii_lowercase();
        l.contains("pac admin ")
            || l.contains("pac env ")
            || l.contains("get-adminpowerapp")
            || l.contains("environments?")
            || (l.contains("http") && l.trim_end().ends_with("environments"))
    });
    if let Some(line) = typed {
        put("command", line.trim().to_string());
    }
    let of = |marks: &[&str]| marks.iter().any(|m| lower.contains(m));
    if of(&["point date", "backuppointdatetime", "list-backups", "no backups", "environmentbackups"]) {
        put("listOf", "backups".to_string());
    } else if of(&["environment id", "environmentid", "environmentname", "listing all environments", "pac admin list"])
    {
        put("listOf", "environments".to_string());
    }
    Node::Map(pairs.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(command: &str, expect: Option<&str>) {
        assert_eq!(filter(command).as_deref(), expect, "{command}");
    }

    #[test]
    fn filters() {
        check("PS C:\\> pac admin list --json", None);
        check("PS C:\\> pac admin list", None);
        check("pac admin list --application 1", Some("--application 1"));
        check("$ pac admin list --json --name Harbour", Some("--name Harbour"));
        check("pac admin list -n Harbour", Some("-n Harbour"));
        check("Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10", None);
        check("Get-AdminPowerAppEnvironment -Filter '*test*' | ft", Some("-Filter '*test*' | ft"));
        check("Get-AdminPowerAppEnvironment *test*", Some("*test*"));
        check("Get-AdminPowerAppEnvironment | Where-Object { $_.IsDefault }", Some("| Where-Object { $_.IsDefault }"));
        check("GET https://x/scopes/admin/environments?api-version=2020-10-01&$filter=a", Some("$filter=a"));
    }
}
