use super::{Collector, CopyButton};
use leptos::prelude::*;

/// How one tool prints an inventory.
struct Recipe {
    title: &'static str,
    command: &'static str,
    /// What the result leaves unknown, or what else to know.
    note: &'static str,
}

const RECIPES: [Recipe; 5] = [
    Recipe {
        title: "PowerShell (tells the most)",
        command: "Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10 > environments.json",
        note: "Sign in first with Add-PowerAppsAccount. A smaller depth cuts facts off.",
    },
    Recipe {
        title: "pac",
        command: "pac admin list --json > environments.json",
        note: "Leaves region, managed, key and Dynamics 365 apps unknown; you can answer them here.",
    },
    Recipe {
        title: "Admin REST",
        command: "GET https://api.bap.microsoft.com/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments?api-version=2020-10-01&$expand=properties.capacity,properties.addons",
        note: "Save the whole answer as a file.",
    },
    Recipe {
        title: "Manual backups of one environment",
        command: "Get-PowerAppEnvironmentBackups -EnvironmentName <environment id> | ConvertTo-Json -Depth 10 > backups.json",
        note: "The list does not always say whose backups they are; then you are asked.",
    },
    Recipe {
        title: "Manual backups with pac",
        command: "pac admin list-backups --environment <environment id> > backups.txt",
        note: "Its dates are local times, day first.",
    },
];

/// Short commands to copy, out of the way until they are wanted.
#[component]
pub fn HowTo() -> impl IntoView {
    view! {
        <details class="how-to card pad">
            <summary>"How to get an inventory"</summary>
            <p class="hint">"An administrator of the tenant runs one of these. The format is recognised by itself."</p>
            <Collector />
            {RECIPES
                .iter()
                .map(|r| {
                    view! {
                        <div class="recipe">
                            <h2 class="recipe-title">{r.title}</h2>
                            <div class="recipe-line">
                                <pre>{r.command}</pre>
                                <CopyButton text=r.command.to_string() what=r.title />
                            </div>
                            <p class="hint">{r.note}</p>
                        </div>
                    }
                })
                .collect_view()}
        </details>
    }
}
