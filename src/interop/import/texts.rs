//! Texts that are neither JSON nor a table of environments: errors of tools, tables of other commands, logs.

use super::fields;
use super::formats::Quoted;
use super::node::squeeze;
use super::refuse::{RUN, Refusal};

/// How much of a text is looked at. What it is stands at its beginning.
const LINES: usize = 80;

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take(LINES).map(|l| l.get(..2000).unwrap_or(l))
}

/// Where tokens (JWT) stand in a text, whole or cut off: `eyJ` is how each of them begins. Nobody's token is ever shown.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 20;
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '=');
    text.split(move |c| !part(c)).filter(|w| w.len() >= SHORTEST && w.starts_with("eyJ"))
}

/// Whether a token stands in a text.
pub fn has_token(text: &str) -> bool {
    tokens(text).any(|token| token.contains('.'))
}

/// A text in which no token is shown.
pub fn without_tokens(text: &str) -> Option<String> {
    let found: Vec<&str> = if text.contains("eyJ") { tokens(text).collect() } else { Vec::new() };
    (!found.is_empty()).then(|| found.iter().fold(text.to_string(), |text, token| text.replace(token, "(a token)")))
}

/// Whether ids in it were cut to the width of a window.
pub fn has_cut_ids(text: &str) -> bool {
    lines(text).any(|l| l.split_whitespace().any(|w| fields::is_cut_id(w) && w.len() > 12))
}

/// Whether a text is a table, or looks like one, in a line of which an environment is named.
pub fn is_table_of_ids(text: &str) -> bool {
    let cells =
        |line: &str| line.split(['\t', ';', ',', '|']).any(|c| fields::is_environment_id(c.trim().trim_matches('"')));
    lines(text).skip(1).any(|l| l.contains(['\t', ';', ',', '|']) && cells(l))
}

/// Whether a line has the titles of the admin center's table of environments, without a title for the id.
pub fn is_copied(line: &str) -> bool {
    let titles: Vec<String> = line.split(['\t', ';', ',']).map(|t| squeeze(t).to_lowercase()).collect();
    let has = |title: &str| titles.iter().any(|t| t == title);
    (has("environment") || has("environmentname") || has("name")) && has("type") && has("region") && !has("id")
}

/// What to ask a tool for instead of a table that it made for the screen, if the text is one: titles above a line of dashes, or a key and
/// its value in each line.
pub fn shown(text: &str) -> Option<&'static str> {
    const POWERSHELL: &str = "pass the whole objects on: `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`";
    const BACKUPS: &str = "pass the whole objects on: `Get-PowerAppEnvironmentBackups -EnvironmentName <environment id> | ConvertTo-Json -Depth 10`";
    const M365: &str = "ask for JSON: `m365 pp environment list --output json`";
    let all: Vec<&str> = lines(text).map(str::trim).filter(|l| !l.is_empty()).collect();
    let pair = |l: &&str| {
        l.split_once(" : ").is_some_and(|(_, id)| id.starts_with("/providers/Microsoft.BusinessAppPlatform/"))
    };
    if all.iter().any(|l| l.starts_with("# pp environment") || pair(l)) {
        return Some(M365);
    }
    if all
        .iter()
        .any(|l| l.split_once(" : ").is_some_and(|(k, _)| k.trim_end().eq_ignore_ascii_case("backupPointDateTime")))
    {
        return Some(BACKUPS);
    }
    let ruled = |line: &str| line.contains("--") && line.chars().all(|c| matches!(c, '-' | ' ' | '|' | ':' | '+'));
    let titles = all.iter().zip(all.iter().skip(1)).find(|(_, below)| ruled(below)).map(|(titles, _)| titles)?;
    let titles: Vec<String> = titles.split([' ', '|']).filter(|t| !t.is_empty()).map(str::to_lowercase).collect();
    match titles.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["name", "displayname", ..] => Some(M365),
        titles if titles.contains(&"environmentname") => Some(POWERSHELL),
        _ => None,
    }
}

/// Beginnings of lines in which tools say what went wrong.
const BEGINS: &[&str] = &["error:", "fehler:", "erreur:", "errore:", "fatal:", "exception:", "error ", "error("];
/// What stands in such lines.
const MARKS: &[&str] = &[
    "is not recognized as",
    "commandnotfoundexception",
    "command not found",
    "no profiles were found",
    "please run 'az login'",
    "please run \"az login\"",
    "please run `az login`",
    "run connect-azaccount to login",
    "log in to microsoft 365 first",
    "the remote server returned an error",
    "response status code does not indicate success",
    "aadsts",
    "exception calling",
    "unauthorizedaccess",
    "not a valid command",
];

/// The sentence with which a tool refused, if the text is such a refusal.
pub fn error(text: &str) -> Option<Quoted> {
    let all: Vec<&str> = lines(text).collect();
    let (at, line) = all.iter().enumerate().find_map(|(i, line)| {
        let lower = line.trim().to_lowercase();
        // PowerShell: `Get-AdminPowerAppEnvironment : The remote server …`, with the place in the lines below.
        let cmdlet = lower.split_once(" : ").is_some_and(|(head, _)| head.contains('-') && !head.contains(' '));
        let placed = all.get(i + 1..i + 8).is_some_and(|next| {
            next.iter().any(|l| l.trim_start().starts_with("At line:") || l.contains("+ CategoryInfo"))
        });
        let told = BEGINS.iter().any(|b| lower.starts_with(b))
            || MARKS.iter().any(|m| lower.contains(m))
            || (cmdlet && placed);
        told.then_some((i, line.trim()))
    })?;
    // A sentence that was wrapped goes on in the next line.
    let mut sentence = match line.split_once(" : ").filter(|(head, _)| head.contains('-') && !head.contains(' ')) {
        Some((_, rest)) => rest.to_string(),
        None => {
            let lower = line.to_lowercase();
            let lead = BEGINS.iter().find(|b| b.ends_with(':') && lower.starts_with(**b)).map_or(0, |b| b.len());
            line.get(lead..).unwrap_or(line).trim().to_string()
        }
    };
    for next in all.iter().skip(at + 1).take(3) {
        let next = next.trim();
        if next.is_empty() || next.starts_with("At ") || next.starts_with('+') || sentence.ends_with('.') {
            break;
        }
        sentence = format!("{sentence} {next}");
    }
    Some(Quoted { code: None, sentence: Some(sentence).filter(|s| !s.is_empty()) })
}

/// Whether a text is what a cmdlet prints when the service took its request: a code of success, and no error.
pub fn is_taken(text: &str) -> bool {
    let value = |key: &str| {
        lines(text).find_map(|l| {
            l.split_once(" : ").filter(|(k, _)| k.trim().eq_ignore_ascii_case(key)).map(|(_, v)| v.trim())
        })
    };
    let code = value("Code").is_some_and(|code| code.len() == 3 && code.starts_with('2'));
    code && value("Description").is_some() && ["Error", "Errors"].iter().all(|k| value(k).is_none_or(str::is_empty))
}

/// A text of another command, told by words that stand in one line of it.
struct Other {
    words: &'static [&'static str],
    what: &'static str,
    list: bool,
    instead: &'static str,
    /// Only pac prints it, and not as CSV.
    pac: bool,
}

const fn other_list(words: &'static [&'static str], what: &'static str) -> Other {
    Other { words, what, list: true, instead: RUN, pac: false }
}

const OTHERS: &[Other] = &[
    Other {
        words: &["index", "active", "kind", "name", "user"],
        what: "sign-in profiles of pac",
        list: true,
        instead: "run `pac admin list --json` in the profile of an administrator",
        pac: true,
    },
    other_list(&["unique name", "friendly name", "version", "managed"], "solutions"),
    other_list(&["solution", "unique name", "version"], "solutions"),
    other_list(&["uniquename", "version"], "solutions"),
    Other {
        words: &["operation", "status"],
        what: "operations in progress (`pac admin status`)",
        list: true,
        instead: "for their history import the operations of the environment, as the Power Platform API lists them",
        pac: true,
    },
    other_list(&["cloudname", "subscriptionid"], "Azure subscriptions"),
    other_list(&["name", "cloudname", "state", "isdefault"], "Azure subscriptions"),
    other_list(&["name", "resourcegroup", "location", "type"], "other resources"),
    other_list(&["application id", "display name"], "applications or groups of Entra"),
    other_list(&["appid", "displayname"], "applications or groups of Entra"),
    other_list(&["userprincipalname"], "users"),
    other_list(&["copilot", "name"], "agents"),
    other_list(&["bot", "name", "id"], "agents"),
    other_list(&["connection", "name", "api"], "connections"),
    other_list(&["connector", "name"], "connectors"),
    other_list(&["flowname"], "flows"),
    other_list(&["appname"], "apps"),
    other_list(&["group", "id", "name", "members"], "environment groups"),
    other_list(&["environment group"], "environment groups"),
];

/// What a text is by the titles of its table, or that it is a log.
pub fn other(text: &str) -> Option<Refusal<'static>> {
    if is_log(text) {
        return Some(Refusal::Other { what: "log entries", list: true, instead: RUN });
    }
    // A line of titles is no sentence.
    let padded = |line: &str| line.contains("  ") || line.contains(['\t', '|']) || line.contains(" : ");
    let head = lines(text).find(|line| !line.trim().is_empty())?;
    let found = if head.contains(',') && !padded(head) {
        // In CSV the first line alone has titles, each in a cell of its own; pac prints none.
        let cells: Vec<String> = head.split(',').map(|cell| squeeze(cell).to_lowercase()).collect();
        OTHERS.iter().find(|o| !o.pac && in_cells(&cells, o.words))
    } else {
        lines(text).find_map(|line| {
            let lower = line.to_lowercase();
            let titles = padded(line) || line.contains(',');
            OTHERS.iter().find(|o| titles && in_order(&lower, o.words))
        })
    }?;
    Some(Refusal::Other { what: found.what, list: found.list, instead: found.instead })
}

/// Whether each of the words is a title, or all of them together are one.
fn in_cells(cells: &[String], words: &[&str]) -> bool {
    let is = |title: &str| cells.iter().any(|cell| *cell == squeeze(title));
    words.iter().all(|word| is(word)) || is(&words.concat())
}

fn in_order(line: &str, words: &[&str]) -> bool {
    let mut rest = line;
    words.iter().all(|w| match rest.find(w) {
        Some(at) => {
            rest = rest.get(at + w.len()..).unwrap_or_default();
            true
        }
        None => false,
    })
}

/// Whether most lines begin with a time or a level, as those of logs do.
pub fn is_log(text: &str) -> bool {
    let (mut all, mut logged) = (0_usize, 0_usize);
    for line in lines(text).filter(|l| !l.trim().is_empty()) {
        all += 1;
        logged += usize::from(begins_like_a_log(line));
    }
    logged >= 2 && logged * 2 > all
}

fn begins_like_a_log(line: &str) -> bool {
    let start = line.trim_start().trim_start_matches(['[', '(']);
    let lower: String = start.chars().take(24).collect::<String>().to_lowercase();
    const LEVELS: &[&str] = &["info", "warn", "error", "debug", "trace", "verbose"];
    let level = LEVELS.iter().any(|l| {
        lower.strip_prefix(l).is_some_and(|rest| rest.starts_with([' ', ':', ']', '\t']) || rest.starts_with("ing"))
    });
    let digits = |from: usize, to: usize| lower.get(from..to).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let dated = digits(0, 4) && lower.get(4..5) == Some("-") && digits(5, 7);
    let timed = digits(0, 2) && lower.get(2..3) == Some(":") && digits(3, 5);
    level || dated || timed
}

/// How much of a web page is looked at, in bytes.
const PAGE: usize = 20_000;

/// What a web page says of itself.
pub fn page(text: &str) -> Refusal<'static> {
    const SIGN_IN: &[&str] =
        &["sign in", "signin", "log in", "login", "oauth2", "anmelden", "401", "403", "unauthorized"];
    let mut end = text.len().min(PAGE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    let inside = |tag: &str| -> Option<String> {
        let open = lower.find(&format!("<{tag}"))?;
        let from = open + lower.get(open..)?.find('>')? + 1;
        let to = from + lower.get(from..)?.find(&format!("</{tag}"))?;
        Some(plain(text.get(from..to)?)).filter(|t| !t.is_empty())
    };
    let title = inside("title");
    let heading = ["h1", "h2"].into_iter().find_map(inside).filter(|h| Some(h) != title.as_ref());
    let parts: Vec<String> = title.into_iter().chain(heading).collect();
    let says = if parts.is_empty() { plain(text) } else { parts.join(" – ") };
    let says: String = says.chars().take(200).collect();
    // The title tells it best; a page without one is read as a whole.
    let told = says.to_lowercase();
    let sign_in = SIGN_IN.iter().any(|w| told.contains(w)) || SIGN_IN.iter().take(6).any(|w| lower.contains(w));
    Refusal::Page { says, sign_in }
}

/// The text between tags, in one line.
fn plain(html: &str) -> String {
    let mut tag = false;
    let letters = html.chars().map(|c| {
        match c {
            '<' => tag = true,
            '>' => {
                tag = false;
                return ' ';
            }
            _ => {}
        }
        if tag { ' ' } else { c }
    });
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
