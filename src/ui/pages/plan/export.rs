//! The plan to take away: Markdown, a PowerShell script, paper.

use super::Ticks;
use crate::domain::plan::Plan;
use crate::interop::commands::{Shell, script};
use crate::interop::runbook::markdown;
use crate::platform::{clipboard, files};
use crate::ui::state::use_app;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Export(plan: Plan, number: u32) -> impl IntoView {
    let app = use_app();
    let ticks = expect_context::<Ticks>();
    let plan = StoredValue::new(plan);
    let runbook = move || untrack(|| plan.with_value(|p| markdown(p, |id| ticks.at(id).is_some())));
    let keep = move |name: String, mime: &str, text: &str| {
        let said = if files::download(&name, mime, text) {
            format!("{name} is downloaded")
        } else {
            "The browser does not allow the download".to_string()
        };
        app.toast(said);
    };
    let copy = move |_| {
        let text = runbook();
        spawn_local(async move {
            app.toast(if clipboard::copy(&text).await {
                "The plan is copied as Markdown".into()
            } else {
                "The browser does not allow copying here; download it instead".into()
            });
        });
    };
    let commands = plan.with_value(|p| script(p, Shell::PowerShell));
    let has_script = commands.text.is_some();
    let notes = commands.notes;
    let save_script = move |_| {
        if let Some(text) = plan.with_value(|p| script(p, Shell::PowerShell)).text {
            keep(format!("plan-{number}.ps1"), "text/plain;charset=utf-8", &text);
        }
    };
    view! {
        <span class="actions no-print">
            <button type="button" class="btn small" on:click=copy>"Copy as Markdown"</button>
            <button type="button" class="btn small" on:click=move |_| keep(format!("plan-{number}.md"), "text/markdown;charset=utf-8", &runbook())>
                "Download Markdown"
            </button>
            {has_script.then(|| view! {
                <button type="button" class="btn small" title=notes.join(" ") on:click=save_script>"Download PowerShell"</button>
            })}
            <button type="button" class="btn small" on:click=move |_| drop(window().print())>"Print"</button>
        </span>
    }
}
