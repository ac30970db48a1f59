//! Application packages of one environment: whether Dynamics 365 apps are installed (K1).

use super::Severity;
use super::fields;
use super::findings::shorten;
use super::node::Node;
use super::row::File;
use crate::domain::environment::EnvironmentId;
use crate::domain::inventory::ApplicationList;

/// Products that make an environment one with Dynamics 365 apps, as their names go on after `Dynamics 365`.
const PRODUCTS: &[&str] = &[
    "sales",
    "customer service",
    "field service",
    "marketing",
    "customer insights",
    "project operations",
    "project service",
    "finance",
    "supply chain",
    "human resources",
    "commerce",
    "contact center",
    "operations",
    "intelligent order",
];

/// Packages that carry the name but are no such app: surveys, mail, connectors.
const SMALL: &[&str] = &[
    "customer voice",
    "app for outlook",
    "outlook",
    "connector",
    "teams",
    "mobile",
    "company news",
    "office",
    "e-mail",
    "email",
];

enum Weight {
    /// Settles that Dynamics 365 apps are there.
    App,
    /// Bears the name or the publisher, and settles nothing.
    Small,
    Other,
}

/// Reads the rows. Only installed packages count; that a package is merely available says nothing. Absence settles "no" only
/// where the list is `complete` and shows that it lists installed packages at all.
pub fn read(file: &mut File, rows: &[(String, &Node<'_>)], complete: bool) -> ApplicationList {
    let mut apps = Vec::new();
    let mut small = Vec::new();
    let mut installed = 0;
    for (_, row) in rows.iter().filter(|(_, row)| is_installed(row)) {
        installed += 1;
        let name = row.first(&["localizedName", "applicationName", "uniqueName"]).text().unwrap_or_default();
        match weigh(row) {
            Weight::App => apps.push(name.to_string()),
            Weight::Small => small.push(name.to_string()),
            Weight::Other => {}
        }
    }
    let has_dynamics = match (apps.is_empty(), small.is_empty(), installed > 0 && complete) {
        (false, _, _) => Some(true),
        (true, true, true) => Some(false),
        _ => None,
    };
    let (value, says, help) = match has_dynamics {
        Some(true) => (apps.join(", "), format!("Dynamics 365 apps are installed ({} of {installed} installed packages)", apps.len()), ""),
        Some(false) => (String::new(), format!("no Dynamics 365 app is among the {installed} installed packages"), ""),
        None if installed == 0 => (
            String::new(),
            format!("none of the {} packages is installed: the list shows what could be installed, which settles nothing", rows.len()),
            "get the installed ones with `appInstallState=Installed`, or answer the question about Dynamics 365 apps in the app",
        ),
        None if !small.is_empty() => (
            small.join(", "),
            "these installed packages bear the name Dynamics 365 but are not known to be Dynamics 365 apps, so it is left unknown".to_string(),
            "look at Dynamics 365 apps in the admin center and answer the question in the app",
        ),
        None => (
            String::new(),
            "the list is not complete, so it does not settle that there are no Dynamics 365 apps".to_string(),
            "export all pages of it, or answer the question in the app",
        ),
    };
    let severity = if has_dynamics.is_some() { Severity::Note } else { Severity::Warning };
    file.findings.add(severity, "", "state", &shorten(&value), says, help);
    let environment = rows.iter().find_map(|(_, row)| environment(row));
    if environment.is_none() {
        file.findings.file(
            Severity::Note,
            "the file does not say to which environment these packages belong",
            "choose the environment before you keep this",
        );
    }
    ApplicationList { environment, dynamics_apps: apps, has_dynamics }
}

fn environment(row: &Node<'_>) -> Option<EnvironmentId> {
    let plain = row.first(&["environmentId", "environmentName"]).text().filter(|e| fields::is_environment_id(e));
    let long = row.get("id").text().unwrap_or_default();
    let inside = long.split('/').skip_while(|p| !p.eq_ignore_ascii_case("environments")).nth(1);
    plain.or(inside.filter(|e| fields::is_environment_id(e))).map(EnvironmentId::new)
}

fn is_installed(row: &Node<'_>) -> bool {
    let state = row.first(&["state", "installState", "status"]).text().unwrap_or_default().to_ascii_lowercase();
    // A package whose update is waiting or failed is installed all the same.
    state == "installed" || state.starts_with("update") || state.starts_with("upgrade")
}

fn weigh(row: &Node<'_>) -> Weight {
    let names: Vec<String> = ["localizedName", "applicationName"]
        .iter()
        .filter_map(|k| row.get(k).text())
        .map(|n| n.replace('\u{a0}', " ").to_lowercase())
        .collect();
    let named = names.iter().filter_map(|n| n.split_once("dynamics 365").map(|(_, rest)| rest.trim().to_string()));
    let mut bears = false;
    for rest in named {
        bears = true;
        let small = SMALL.iter().any(|s| rest.contains(s));
        if !small && PRODUCTS.iter().any(|p| rest.starts_with(p)) {
            return Weight::App;
        }
    }
    let publisher = row.get("publisherName").text().unwrap_or_default().to_lowercase();
    if bears || publisher.contains("dynamics 365") { Weight::Small } else { Weight::Other }
}
