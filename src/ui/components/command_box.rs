use super::cloud::CommandCloud;
use super::{CopyButton, Prose};
use crate::domain::plan::Action;
use crate::interop::commands::{Printed, Shell, print};
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;

/// Which tool's commands are shown; one choice for the whole plan.
#[derive(Clone, Copy)]
pub struct ChosenShell(pub RwSignal<Shell>);

fn position(shell: Shell) -> usize {
    Shell::ALL.iter().position(|s| *s == shell).unwrap_or(0)
}

/// The first command of another tool than `shell`, with the tool's name.
fn printed_by_another(printed: &[(Shell, Printed)], shell: Shell) -> Option<(&'static str, String)> {
    printed.iter().filter(|(s, _)| *s != shell).find_map(|(s, p)| Some((s.title(), p.text.clone()?)))
}

/// The commands of a step, one tab per tool, with what to know before running them.
#[component]
pub fn CommandBox(
    action: Action,
    /// Unique on the page.
    id: String,
    /// The step that the commands belong to, for labels.
    #[prop(into)]
    of: String,
) -> impl IntoView {
    let chosen = use_context::<ChosenShell>().map_or_else(|| RwSignal::new(Shell::PowerShell), |c| c.0);
    let cloud = use_context::<CommandCloud>().map(|c| c.0);
    let printed_all = Memo::new(move |_| {
        // What is not known is left open.
        let cloud = cloud.and_then(|c| c.get());
        Shell::ALL.map(|shell| (shell, print(&action, shell, cloud)))
    });
    if printed_all.with_untracked(|all| all.iter().all(|(_, p)| p.text.is_none() && p.notes.is_empty())) {
        return ().into_any();
    }
    let tab_id = {
        let id = id.clone();
        move |shell: Shell| format!("{id}-tab-{}", position(shell))
    };
    let panel_id = format!("{id}-panel");
    // Arrow keys move among the tabs, as the pattern for tabs has it.
    let keys = {
        let tab_id = tab_id.clone();
        move |event: leptos::ev::KeyboardEvent| {
            let here = position(chosen.get_untracked());
            let last = Shell::ALL.len() - 1;
            let to = match event.key().as_str() {
                "ArrowRight" => {
                    if here == last {
                        0
                    } else {
                        here + 1
                    }
                }
                "ArrowLeft" => {
                    if here == 0 {
                        last
                    } else {
                        here - 1
                    }
                }
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            let Some(shell) = Shell::ALL.get(to).copied() else { return };
            chosen.set(shell);
            if let Some(tab) = document().get_element_by_id(&tab_id(shell))
                && let Some(tab) = tab.dyn_ref::<web_sys::HtmlElement>()
            {
                let _ = tab.focus();
            }
        }
    };
    let tabs = Shell::ALL
        .into_iter()
        .map(|shell| {
            let on = move || chosen.get() == shell;
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    id=tab_id(shell)
                    aria-controls=panel_id.clone()
                    aria-selected=move || on().to_string()
                    tabindex=move || if on() { "0" } else { "-1" }
                    on:click=move |_| chosen.set(shell)
                >
                    {shell.title()}
                </button>
            }
        })
        .collect_view();
    let what = format!("the command for: {of}");
    let panel = move || {
        let shell = chosen.get();
        let printed_all = printed_all.get();
        let printed = printed_all.iter().find(|(s, _)| *s == shell).map(|(_, p)| p.clone())?;
        let notes = printed.notes;
        Some(view! {
            {match printed.text {
                Some(text) => view! {
                    <div class="command">
                        <pre><code>{text.clone()}</code></pre>
                        <CopyButton text what=what.clone() />
                    </div>
                }
                .into_any(),
                // On paper nobody can choose another tool.
                None => {
                    let other = printed_by_another(&printed_all, shell);
                    view! {
                        <p class="hint">{format!("There is no {} command for this step.", shell.title())}</p>
                        {other.map(|(tool, text)| view! {
                            <div class="print-only"><p class="hint">{tool} ":"</p><pre><code>{text}</code></pre></div>
                        })}
                    }
                    .into_any()
                }
            }}
            {(!notes.is_empty())
                .then(|| view! { <ul class="command-notes">{notes.into_iter().map(|n| view! { <li><Prose text=n /></li> }).collect_view()}</ul> })}
        })
    };
    view! {
        <div class="command-box">
            <div role="tablist" class="tabs" aria-label=format!("Tool for: {of}") on:keydown=keys>{tabs}</div>
            <div role="tabpanel" class="tabpanel" id=panel_id.clone() aria-label="Command">{panel}</div>
        </div>
    }
    .into_any()
}
