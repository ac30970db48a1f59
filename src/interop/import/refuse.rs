//! What is recognised and refused by name, each with what to run instead.

use super::Severity;
use super::fields;
use super::findings::Findings;
use super::formats::around::TAKEN;
use super::formats::{Format, Quoted, Reads, WayOut};
use super::node::Node;
use super::reading::Form;
use super::texts;
use crate::words::{Count, Say, thousands};
use std::collections::BTreeSet;

/// What to run for a list of environments.
pub const RUN: &str = "run `pac admin list --json`, or `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`";

/// Why nothing of a file could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal<'r> {
    /// An error answer of a service or a tool.
    Error(&'r Quoted),
    /// A list of something else, or one thing that is no list.
    Other {
        what: &'static str,
        list: bool,
        instead: &'static str,
    },
    Counts {
        rows: usize,
        instead: &'static str,
    },
    /// A token, which is never quoted.
    Token,
    NoBackups,
    NoEnvironments,
    /// An empty list that does not say of what.
    Empty,
    CutIds,
    /// A table that PowerShell or another tool made for the screen; what to ask for instead.
    Shown(&'static str),
    /// Environments, so many of the rows, none of which has an id.
    NoIds {
        environments: usize,
        rows: usize,
    },
    /// A web page: what stands in its title or first heading, and whether it asks to sign in.
    Page {
        says: String,
        sign_in: bool,
    },
    /// A table in which environments are named, under titles that are not known.
    Titles,
    /// A table of environments that was copied without their ids.
    Copied,
    /// JSON inside a text of JSON.
    Twice,
    /// Lists of living and of deleted environments in one file.
    MixesDeleted,
    /// What `Export-Clixml` writes.
    Clixml,
    /// Rows of several tenants, by their ids: one is never mixed with another.
    SeveralTenants(Vec<String>),
    /// Rows of a known format, in none of which anything could be used.
    NothingIn {
        what: &'static str,
        help: &'static str,
    },
}

/// The longest sentence that is quoted, in characters.
const QUOTED: usize = 400;

impl Refusal<'_> {
    pub fn tell(&self, findings: &mut Findings) {
        let (value, says, help) = self.words();
        findings.add(Severity::Error, "", "", &value, says, help);
    }

    /// The value, what is said, and what to do now.
    fn words(&self) -> (String, String, &'static str) {
        match self {
            Refusal::Error(quoted) => {
                let says = match &quoted.sentence {
                    Some(sentence) => format!("; it says: “{}”", clean(sentence)),
                    None => ", and it says nothing more".to_string(),
                };
                let says = format!("this is an error answer, not a list of environments{says}");
                (quoted.code.clone().unwrap_or_default(), says, WayOut::of(quoted).help())
            }
            Refusal::Other { what, list: true, instead } => {
                plain(format!("this is a list of {what}, not of environments"), instead)
            }
            Refusal::Other { what, list: false, instead } => {
                plain(format!("this is {what}, not a list of environments"), instead)
            }
            Refusal::Counts { rows, instead } => {
                let rows = Count::of(*rows, "row", "rows").says();
                plain(format!("this is a count ({rows}), not a list of environments"), instead)
            }
            Refusal::Token => {
                plain("this is an access token, not a list of environments", super::formats::others::GIVE_TO_NOBODY)
            }
            Refusal::NoBackups => plain(
                "there are no manual backups in this list: it is empty, and what is known already stays as it is",
                "nothing is to be done, if it is the right environment; system backups are in no such list",
            ),
            Refusal::NoEnvironments => plain(
                "the list is empty: it holds 0 environments, and what is known already stays as it is",
                "sign in as Power Platform admin of this tenant and export the list again",
            ),
            Refusal::Empty => plain(
                "the list is empty and does not say of what: no environments, no manual backups, no operations or no restore candidates; what is known already stays as it is",
                "if it should list environments, sign in as Power Platform admin of this tenant and export the list again",
            ),
            Refusal::CutIds => plain(
                "the ids are cut: the window was too narrow for the table, and an environment without its whole id cannot be used",
                "make the window wider, or ask for JSON: `pac admin list --json`, `| ConvertTo-Json -Depth 10`",
            ),
            Refusal::Shown(instead) => plain(
                "this is a table for the screen, which leaves columns out and cuts values: nothing is read from it",
                instead,
            ),
            Refusal::NoIds { environments, rows } => {
                let these = if environments == rows {
                    "the rows"
                } else {
                    &format!("{} of the {} rows", thousands(*environments), thousands(*rows))
                };
                plain(
                    format!(
                        "{these} of this file are environments, and none has an id: an environment is known by its id alone"
                    ),
                    "export the list again with the id of each environment: `EnvironmentId`, or `EnvironmentName` of PowerShell",
                )
            }
            Refusal::Page { says, sign_in: true } => (
                says.clone(),
                "this is a web page that asks to sign in, not a list of environments".to_string(),
                "sign in again (`pac auth create`, `az login` or `Add-PowerAppsAccount`) and export the list again",
            ),
            Refusal::Page { says, sign_in: false } => {
                (says.clone(), "this is a web page, not a list of environments".to_string(), RUN)
            }
            Refusal::Titles => plain(
                "this table names environments, but the titles of its columns are not known, so nothing of it is read",
                "export it with English titles, such as `EnvironmentId`, `DisplayName`, `EnvironmentType` and `Region`, or run `pac admin list --json`",
            ),
            Refusal::Copied => {
                plain("this is a table of environments without their ids: an environment is known by its id alone", RUN)
            }
            Refusal::Twice => plain(
                "this is JSON inside a text of JSON: it was converted twice",
                "convert it once, as in `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`",
            ),
            Refusal::MixesDeleted => plain(
                "this file holds a list of deleted environments beside another: which of them are deleted is not known, so nothing of it is taken",
                "save each answer as a file of its own",
            ),
            Refusal::Clixml => plain(
                "this is what `Export-Clixml` writes, which only PowerShell reads",
                "convert it: `Import-Clixml <file> | ConvertTo-Json -Depth 10`",
            ),
            Refusal::SeveralTenants(ids) => (
                ids.join(", "),
                format!(
                    "the rows are of {} tenants, and one is never mixed with another: none of them is taken",
                    ids.len()
                ),
                "export the list of each tenant into a file of its own",
            ),
            Refusal::NothingIn { what, help } => {
                plain(format!("these are {what}, and no row of them could be used"), help)
            }
        }
    }
}

/// What quotes nothing.
fn plain(says: impl Into<String>, help: &'static str) -> (String, String, &'static str) {
    (String::new(), says.into(), help)
}

/// A sentence of somebody else in one line, shortened, without the period at its end.
pub fn clean(sentence: &str) -> String {
    let words = sentence.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(QUOTED).collect();
    let cut = if short.len() < line.len() { "…" } else { "" };
    format!("{}{cut}", short.trim_end_matches('.'))
}

/// An error answer, in its own words.
pub fn error(quoted: &Quoted, findings: &mut Findings) {
    Refusal::Error(quoted).tell(findings);
}

/// Rows of something that the app has no use for.
pub fn by_name(format: &Format, rows: usize, findings: &mut Findings) {
    let (what, instead) = (format.what, format.instead);
    match format.reads {
        Reads::Nothing { list: false } if what == "counts" => Refusal::Counts { rows, instead }.tell(findings),
        Reads::Nothing { list } => Refusal::Other { what, list, instead }.tell(findings),
        _ => nothing_of(format).tell(findings),
    }
}

fn nothing_of(format: &Format) -> Refusal<'static> {
    let help = match format.reads {
        Reads::Environments(_) => RUN,
        _ => "mend what is said of its rows, or export it again, and import it once more",
    };
    // Columns alone seldom prove which tool printed them.
    let what = if matches!(format.reads, Reads::Environments(_)) { "environments" } else { format.what };
    Refusal::NothingIn { what, help }
}

pub fn nothing_in(format: &Format, findings: &mut Findings) {
    if !findings.has_error() {
        nothing_of(format).tell(findings);
    }
}

pub fn several_tenants(ids: &BTreeSet<String>, findings: &mut Findings) {
    Refusal::SeveralTenants(ids.iter().cloned().collect()).tell(findings);
}

pub fn cut_ids(findings: &mut Findings) {
    Refusal::CutIds.tell(findings);
}

pub fn no_ids(environments: usize, rows: usize, findings: &mut Findings) {
    Refusal::NoIds { environments, rows }.tell(findings);
}

/// An empty list. Nothing is kept of it, and nothing that is known is touched. What it is a list of is told by what stands beside
/// it, or by the name of the file.
pub fn empty_list(name: &str, head: &Node<'_>, findings: &mut Findings) {
    let context = head.first(&["@odata.context", "nextLink"]).text().unwrap_or_default().to_ascii_lowercase();
    let named = format!("{} {context}", name.to_ascii_lowercase());
    let refusal = match head.get("listOf").text() {
        Some("backups") => Refusal::NoBackups,
        Some("environments") => Refusal::NoEnvironments,
        _ if named.contains("backup") => Refusal::NoBackups,
        _ if named.contains("environments") => Refusal::NoEnvironments,
        _ => Refusal::Empty,
    };
    refusal.tell(findings);
}

/// What the rows that nothing recognises have of ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ids {
    #[default]
    None,
    /// The ids of environments.
    OfEnvironments,
    /// Ids under `id` or `name`, as everything has.
    Plain,
    /// The ids of environments under `name`, beside a kind, and no `type`: a query that left it out.
    UnderName,
    /// The ids of environments, and a `type` that is an object, as those of many other things are.
    TypeIsAnObject,
}

impl Ids {
    /// What a row has.
    pub fn of(row: &Node<'_>) -> Self {
        let has = |k: &&str| row.get(k).text().is_some_and(fields::is_environment_id);
        match (super::formats::IDS.iter().any(&has), ["EnvironmentId", "EnvironmentName"].iter().any(has)) {
            (true, _) if row.get("type").is_map() => Ids::TypeIsAnObject,
            (_, true) => Ids::OfEnvironments,
            (true, _) if has(&"name") && !row.has("type") && super::formats::is_plainly(row) => Ids::UnderName,
            (true, _) => Ids::Plain,
            _ => Ids::None,
        }
    }

    /// Whether it may be the row of an environment.
    pub fn names_environment(self) -> bool {
        matches!(self, Ids::OfEnvironments | Ids::UnderName)
    }

    /// A clause.
    fn says(self) -> &'static str {
        match self {
            Ids::None => "no row has the id of an environment",
            Ids::Plain => "its rows have ids, as everything has, and nothing in them says that they are environments",
            Ids::OfEnvironments => {
                "its rows have the ids of environments, but nothing in them says that they are environments themselves"
            }
            Ids::UnderName => {
                "its rows have ids under `name`, as apps and other resources have too, and no `type` that says that they are environments"
            }
            Ids::TypeIsAnObject => {
                "its rows have ids, but their `type` is an object, where an environment has the name of its kind"
            }
        }
    }
}

/// JSON or CSV that nothing recognises: names what is in it.
pub fn unknown_rows(keys: &[String], ids: Ids, form: Form, findings: &mut Findings) {
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let shown: Vec<&str> = keys.iter().take(8).copied().collect();
    let hint = match nearest(&keys) {
        _ if ids == Ids::UnderName => {
            "let the query project `type` and `id` as well, or leave its `project` out".to_string()
        }
        // Lines that a narrow window broke in two.
        _ if form == Form::Text && ids != Ids::None => {
            "if its lines are broken, make the window wider; or ask for JSON: `pac admin list --json`, `| ConvertTo-Json -Depth 10`".to_string()
        }
        Some((key, meant)) => {
            format!("`{key}` stands where `{meant}` is expected: did you mean that column? otherwise {RUN}")
        }
        None => RUN.to_string(),
    };
    findings.add(
        Severity::Error,
        "",
        "",
        &shown.join(", "),
        format!("this is not an inventory that the app knows: {}", ids.says()),
        &hint,
    );
}

/// A key that is nearly one that identifies an environment.
fn nearest<'k>(keys: &[&'k str]) -> Option<(&'k str, &'static str)> {
    const KNOWN: &[&str] = &["EnvironmentId", "EnvironmentName", "EnvironmentType", "displayName"];
    // A word of its own, which is no slip of the pen.
    const OTHERS: &[&str] = &["environments", "environment", "environmentIds"];
    let own = |k: &&&str| OTHERS.iter().any(|o| o.eq_ignore_ascii_case(k));
    let pairs = keys.iter().filter(|k| !own(k)).flat_map(|k| KNOWN.iter().map(move |m| (*k, *m)));
    pairs.filter(|(k, m)| !k.eq_ignore_ascii_case(m)).find(|(k, m)| distance(&k.to_lowercase(), &m.to_lowercase()) <= 2)
}

/// The edit distance of two short words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(40).enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let swap = row.get(j).copied().unwrap_or(0) + usize::from(x != *y);
            let drop = row.get(j + 1).copied().unwrap_or(0) + 1;
            let insert = next.get(j).copied().unwrap_or(0) + 1;
            next.push(swap.min(drop).min(insert));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// Text that is neither JSON nor a table that is known.
pub fn unknown_text(text: &str, findings: &mut Findings) {
    let start = text.trim_start();
    let lower: String = start.chars().take(400).collect::<String>().to_lowercase();
    let first = start.lines().next().unwrap_or_default().trim();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return texts::page(text).tell(findings);
    }
    if lower.contains("schemas.microsoft.com/powershell") {
        return Refusal::Clixml.tell(findings);
    }
    if lower.starts_with("<?xml") || lower.starts_with('<') {
        return findings.add(Severity::Error, "", "", first, "this is XML, not a list of environments", RUN);
    }
    if let Some(instead) = texts::shown(text) {
        return Refusal::Shown(instead).tell(findings);
    }
    if texts::has_cut_ids(text) {
        return cut_ids(findings);
    }
    if texts::is_taken(text) {
        return by_name(&TAKEN, 1, findings);
    }
    if let Some(quoted) = texts::error(text) {
        return error(&quoted, findings);
    }
    if texts::has_token(first) {
        return Refusal::Token.tell(findings);
    }
    if let Some(what) = texts::other(text) {
        return what.tell(findings);
    }
    if lower.contains("no environments") || lower.contains("listing all environments") {
        return Refusal::NoEnvironments.tell(findings);
    }
    if lower.contains("no backups") || lower.contains("no manual backups") {
        return Refusal::NoBackups.tell(findings);
    }
    if texts::is_table_of_ids(text) {
        return Refusal::Titles.tell(findings);
    }
    if texts::is_copied(first) {
        return Refusal::Copied.tell(findings);
    }
    findings.add(Severity::Error, "", "", first, "this text is not an inventory that the app knows", RUN);
}
