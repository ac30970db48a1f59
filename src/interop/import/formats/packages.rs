//! Application packages of one environment: whether Dynamics 365 apps are installed (K1).

use super::super::Severity;
use super::super::fields;
use super::super::findings::shorten;
use super::super::node::Node;
use super::super::reading::Form;
use super::super::row::File;
use super::{Format, HowTo, Proof, Reach, Reads};
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

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let marks = ["publisherName", "applicationId", "applicationName", "catalogVisibility"];
    let named = !row.get("uniqueName").is_null() && !row.has("EnvironmentId");
    (named && marks.iter().any(|k| !row.get(k).is_null())).then_some(Proof::Own)
}

pub static FORMAT: Format = Format {
    what: "application packages",
    called: |_| "application packages",
    recognised_by: "`uniqueName` beside a publisher",
    proof,
    reads: Reads::Facts(|gathered, _, row| gathered.packages.add(row)),
    reach: Reach::None,
    instead: "",
    read_as: "whether Dynamics 365 apps are installed",
    how: &[HowTo {
        title: "Dynamics 365 apps of one environment",
        command: "GET https://api.powerplatform.com/appmanagement/environments/<environment id>/applicationPackages?appInstallState=Installed&api-version=2022-03-01-preview",
        note: "Tells whether Dynamics 365 apps are installed. You are asked of which environment it is.",
    }],
    dates: &[],
};

/// What the rows of a list said so far. Only installed packages count; that a package is merely available says nothing.
#[derive(Default)]
pub struct Packages {
    pub rows: usize,
    installed: usize,
    apps: Vec<String>,
    small: Vec<String>,
    environment: Option<EnvironmentId>,
}

impl Packages {
    fn add(&mut self, row: &Node<'_>) {
        self.rows += 1;
        if self.environment.is_none() {
            self.environment = environment(row);
        }
        if !is_installed(row) {
            return;
        }
        self.installed += 1;
        let name = row.first(&["localizedName", "applicationName", "uniqueName"]).text().unwrap_or_default();
        match weigh(row) {
            Weight::App => self.apps.push(name.to_string()),
            Weight::Small => self.small.push(name.to_string()),
            Weight::Other => {}
        }
    }
}

/// What the list says. Absence settles "no" only where it is `complete` and shows that it lists installed packages at all.
pub fn finish(file: &mut File, packages: Packages, complete: bool) -> ApplicationList {
    let Packages { rows, installed, apps, small, environment } = packages;
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
            format!("none of the {rows} packages is installed: the list shows what could be installed, which settles nothing"),
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
