//! What is recognised and refused by name, each with what to run instead.

use super::Severity;
use super::findings::Findings;
use super::node::Node;

/// What to run for a list of environments.
pub const RUN: &str = "run `pac admin list --json`, or `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`";

/// An error answer of a service or of PowerShell: quotes its code and message.
pub fn error_body(node: &Node<'_>, findings: &mut Findings) -> bool {
    let error = node.first(&["error", "odata.error"]);
    let (code, message) = match error {
        Node::Map(_) => (error.first(&["code", "status"]).words(), text_of(error.first(&["message", "innererror"]))),
        Node::Text(_) => (error.text().map(str::to_string), text_of(node.first(&["error_description", "message"]))),
        // `{"statusCode":401,"message":"…"}`, problem details, `{"Code":403,"Description":"Forbidden",…}`.
        _ if node.get("value").is_null() && node.get("properties").is_null() && node.get("id").is_null() => {
            let code = node.first(&["statusCode", "status", "Code", "errorCode"]).words();
            let message = text_of(node.first(&["message", "title", "detail", "Description"]));
            if message.is_none() || (code.is_none() && node.keys().len() > 1) {
                return false;
            }
            (code, message)
        }
        _ => return false,
    };
    let code = code.unwrap_or_else(|| "no code".to_string());
    let message = message.unwrap_or_else(|| "no message".to_string());
    let lower = format!("{code} {message}").to_lowercase();
    let denied =
        ["unauth", "forbidden", "401", "403", "token", "permission", "accessdenied"].iter().any(|w| lower.contains(w));
    let help = if denied {
        "sign in again as Power Platform admin (`pac auth create` or `Add-PowerAppsAccount`), then export the list again"
    } else {
        "run the command again; if it keeps failing, try `pac admin list --json`"
    };
    findings.add(
        Severity::Error,
        "",
        "error",
        &format!("{code}: {message}"),
        "this is an error answer, not a list of environments",
        help,
    );
    true
}

fn text_of(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Map(_) => node.first(&["value", "message"]).text().map(str::to_string),
        _ => node.text().map(str::to_string),
    }
}

/// Counts such as `{"EnvironmentType":"Sandbox","EnvironmentCount":12}`.
pub fn is_count(row: &Node<'_>) -> bool {
    let keys = row.keys();
    // Asked first: with few keys there is little to look at.
    if keys.len() > 6 {
        return false;
    }
    let counts = keys.iter().any(|k| {
        let lower = k.to_ascii_lowercase();
        (lower.ends_with("count") || lower == "count_") && row.get(k).number().is_some()
    });
    let identified = ["EnvironmentName", "DisplayName", "name"].iter().any(|k| row.has(k));
    counts && !identified && !row.has("properties")
}

pub fn counts(rows: usize, findings: &mut Findings) {
    findings.add(
        Severity::Error,
        "",
        "",
        "",
        format!(
            "this is a count ({}), not a list of environments",
            if rows == 1 { "1 row".to_string() } else { format!("{rows} rows") }
        ),
        "run the query without `summarize`, or `pac admin list --json`",
    );
}

/// An empty list. Nothing is kept of it, and nothing that is known is touched.
pub fn empty_list(findings: &mut Findings) {
    findings.file(
        Severity::Error,
        "the list is empty: it holds 0 environments, and what is known already stays as it is",
        "sign in as Power Platform admin of this tenant and export the list again",
    );
}

/// What a list of something else is called, by its rows.
pub fn other_list(row: &Node<'_>) -> Option<&'static str> {
    let kind = row.get("type").text().unwrap_or_default().to_ascii_lowercase();
    let has = |k: &str| row.has(k);
    let what = match () {
        () if has("AppName")
            || kind.ends_with("/apps")
            || kind.contains("canvasapp")
            || kind.contains("modeldrivenapp") =>
        {
            "apps"
        }
        () if has("FlowName")
            || kind.ends_with("/flows")
            || kind.contains("cloudflow")
            || kind.contains("agentflow") =>
        {
            "flows"
        }
        () if has("ConnectionName") || kind.ends_with("/connections") => "connections",
        () if has("ConnectorName") || kind.ends_with("/apis") => "connectors",
        () if has("PolicyName") || kind.contains("policies") => "policies",
        () if has("RoleAssignmentId") || has("RoleType") || kind.contains("roleassignments") => "role assignments",
        () if kind.ends_with("/locations") || has("canProvisionDatabase") => "locations",
        () if has("solutionid") || has("SolutionUniqueName") => "solutions",
        () if kind.contains("copilotstudio") || kind.contains("agents") => "agents",
        () if has("userPrincipalName") && !has("properties") => "users",
        () if kind.starts_with("microsoft.") && !kind.ends_with("environments") => "other resources",
        () if has("childrenGroupIds") || has("parentGroupId") => "environment groups",
        () => return None,
    };
    Some(what)
}

pub fn wrong_list(what: &str, findings: &mut Findings) {
    findings.file(Severity::Error, format!("this is a list of {what}, not of environments"), RUN);
}

/// JSON or CSV that nothing recognises: names what is in it.
pub fn unknown_rows(keys: &[&str], findings: &mut Findings) {
    let shown: Vec<&str> = keys.iter().take(8).copied().collect();
    let hint = match nearest(keys) {
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
        "this is not an inventory that the app knows: no row has the id of an environment",
        &hint,
    );
}

/// A key that is nearly one that identifies an environment.
fn nearest<'k>(keys: &[&'k str]) -> Option<(&'k str, &'static str)> {
    const KNOWN: &[&str] = &["EnvironmentId", "EnvironmentName", "EnvironmentType", "displayName"];
    let pairs = keys.iter().flat_map(|k| KNOWN.iter().map(move |m| (*k, *m)));
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
        let signin =
            ["sign in", "signin", "login", "oauth2", "anmelden"].iter().any(|w| text.to_lowercase().contains(w));
        let says = if signin {
            "this is a web page, probably a sign-in page, not a list of environments"
        } else {
            "this is a web page, not a list of environments"
        };
        return findings.add(Severity::Error, "", "", first, says, RUN);
    }
    if lower.starts_with("<?xml") || lower.starts_with('<') {
        return findings.add(Severity::Error, "", "", first, "this is XML, not a list of environments", RUN);
    }
    let error = text.lines().find(|l| {
        let l = l.trim().to_lowercase();
        l.starts_with("error:")
            || l.starts_with("fehler:")
            || l.contains("is not recognized as")
            || l.contains("commandnotfoundexception")
    });
    if let Some(line) = error {
        return findings.add(
            Severity::Error,
            "",
            "",
            line.trim(),
            "this is an error message of the tool, not a list of environments",
            "sign in (`pac auth create` or `Add-PowerAppsAccount`) as Power Platform admin and run the command again",
        );
    }
    if lower.contains("no environments") || lower.contains("listing all environments") {
        return empty_list(findings);
    }
    findings.add(Severity::Error, "", "", first, "this text is not an inventory that the app knows", RUN);
}
