use super::{CopyButton, icon};
use crate::platform::fetch;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

/// One of the two scripts. They stand beside the page as files, so that nobody downloads them who does not look at them.
#[derive(Clone, Copy, PartialEq)]
struct Script {
    title: &'static str,
    /// Where it stands, relative to the page. Some web servers give out no `.ps1`, hence `.txt`.
    path: &'static str,
    /// What it is called on the user's disk.
    file: &'static str,
    needs: &'static str,
    command: &'static str,
    before: Option<&'static str>,
}

const SCRIPTS: [Script; 2] = [
    Script {
        title: "Windows PowerShell",
        path: "collector/restore-desk-collect.ps1.txt",
        file: "restore-desk-collect.ps1",
        needs: "Runs in Windows PowerShell 5.1, not in PowerShell 7: the module of Microsoft works only there. Install the module once: Install-Module Microsoft.PowerApps.Administration.PowerShell -Scope CurrentUser",
        // The second line holds for this window only.
        before: Some(
            "Unblock-File .\\restore-desk-collect.ps1\nSet-ExecutionPolicy -Scope Process -ExecutionPolicy RemoteSigned",
        ),
        command: ".\\restore-desk-collect.ps1 -Path .\\collection.json",
    },
    Script {
        title: "Shell (bash)",
        path: "collector/restore-desk-collect.sh.txt",
        file: "restore-desk-collect.sh",
        needs: "Runs in bash with curl, jq and the Azure CLI. Sign in first: az login. It needs two tokens; where the second is refused for want of consent, the file says so and the rest is in it.",
        before: None,
        command: "bash restore-desk-collect.sh --path collection.json",
    },
];

/// The scripts to download, in a line; everything about them is in [`Collector`].
#[component]
pub fn Scripts() -> impl IntoView {
    view! {
        <p class="actions">
            {SCRIPTS.into_iter().map(|script| view! {
                <a class="btn" href=script.path download=script.file>{icon("load")} {format!("Script for {}", script.title)}</a>
            }).collect_view()}
        </p>
        <p class="hint">"It only reads: environments, their backups, copies under way, deleted ones, groups, free storage. Run it, and drop its file here."</p>
    }
}

/// The collector: one file that tells what the other lists leave out. To be looked at, copied or downloaded.
#[component]
pub fn Collector() -> impl IntoView {
    view! {
        <div class="collector">
            <h2 class="recipe-title">"Collector: one file that knows everything"</h2>
            <p>
                "One of these two scripts asks for environments, deleted environments, storage and the rules of groups, then for manual backups, Dynamics 365 apps, operations and restore candidates of each environment. Drop its file here."
            </p>
            <ul>
                <li>"It only reads, writes one file, and keeps no secret and no person in it."</li>
                <li>"A question takes about a second: 100 environments take about 7 minutes. Ctrl+C stops it; run again with the same file, it goes on where it stopped."</li>
                <li>"What could not be asked is in the file too, with the service's own sentence."</li>
                <li>"For GCC, GCC High, DoD or China add the cloud: -Endpoint usgov, or --endpoint usgov."</li>
            </ul>
            {SCRIPTS.into_iter().map(|script| view! { <OneScript script /> }).collect_view()}
        </div>
    }
}

/// What has come of getting a script.
#[derive(Clone, PartialEq)]
enum Got {
    NotYet,
    Loading,
    Text(String),
    Failed(String),
}

#[component]
fn OneScript(script: Script) -> impl IntoView {
    let got = RwSignal::new(Got::NotYet);
    let get = move || {
        if matches!(got.get_untracked(), Got::Loading | Got::Text(_)) {
            return;
        }
        got.set(Got::Loading);
        spawn_local(async move {
            let came = match fetch::text(script.path).await {
                Ok(text) => Got::Text(text),
                Err(why) => Got::Failed(why),
            };
            // The page may have been left meanwhile.
            got.try_set(came);
        });
    };
    view! {
        <section class="recipe" aria-label=format!("Collector for {}", script.title)>
            <h3 class="recipe-title">{script.title}</h3>
            <p class="hint">{script.needs}</p>
            <p class="actions">
                <a class="btn" href=script.path download=script.file>{format!("Download {}", script.file)}</a>
            </p>
            {script.before.map(|before| view! {
                <p class="hint">"Windows blocks what comes from the internet. In the folder of the download, for this window only:"</p>
                <div class="recipe-line">
                    <pre>{before}</pre>
                    <CopyButton text=before.to_string() what="how to unblock the script" />
                </div>
            })}
            <div class="recipe-line">
                <pre>{script.command}</pre>
                <CopyButton text=script.command.to_string() what=format!("the command for {}", script.title) />
            </div>
            <details class="script" on:toggle=move |_| get()>
                <summary>{format!("Look at {}", script.file)}</summary>
                {live(move || match got.get() {
                    Got::NotYet | Got::Loading => view! {
                        <p class="reading" role="status"><span class="spinner" aria-hidden="true"></span>"Getting the script …"</p>
                    }
                    .into_any(),
                    Got::Text(text) => view! {
                        <p class="actions"><CopyButton text=text.clone() label="Copy the script" what=script.file /></p>
                        <pre class="script-text" tabindex="0" role="region" aria-label=format!("The text of {}", script.file)>{text}</pre>
                    }
                    .into_any(),
                    Got::Failed(why) => view! {
                        <p role="alert">{format!("The script could not be shown: {why}. The download may still work.")}</p>
                        <button type="button" class="btn small" on:click=move |_| get()>"Try again"</button>
                    }
                    .into_any(),
                })}
            </details>
        </section>
    }
}
