//! "Take it along": the plan on paper, to read, to run, in a calendar, for a colleague.

use super::{Ticks, Typing};
use crate::domain::plan::Plan;
use crate::interop::calendar::{calendar, plan_events};
use crate::interop::commands::{Shell, any_wrong, script};
use crate::interop::made_up;
use crate::interop::runbook::markdown;
use crate::interop::travel::{self, LONGEST_LINK, Parcel};
use crate::platform::clipboard;
use crate::ui::components::icon;
use crate::ui::components::{CopyButton, Dialog, Menu};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::view_model::words::count;
use crate::workspace::Workspace;
use leptos::task::spawn_local;
use std::time::Duration;

/// Long enough for the dialog to be gone from what is printed.
const CLOSED: Duration = Duration::from_millis(60);

/// What is taken along most is one click away, the rest is in the menu; the dialog has every way out.
#[component]
pub fn TakeAlong(
    plan: Plan,
    number: u32,
    /// What else is in the menu.
    children: ChildrenFn,
) -> impl IntoView {
    let app = use_app();
    let (ticks, typing) = (expect_context::<Ticks>(), expect_context::<Typing>());
    let open = RwSignal::new(false);
    let plan = StoredValue::new(plan);
    let copy_script = move |_| {
        let shell = untrack(|| typing.shell());
        match script_text(app, ticks, typing, plan, number, shell) {
            // The mark at the head is for files.
            Some(text) => {
                let wrong = untrack(|| plan.with_value(|p| typing.typed.with(|t| any_wrong(p, typing.cloud.get(), t))));
                let says = if wrong {
                    "The script is copied, without the ids that are marked wrong."
                } else {
                    "The script is copied."
                };
                copied(app, text.trim_start_matches('\u{FEFF}').to_string(), says);
            }
            None => app.toast("There is no script for this tool.".into()),
        }
    };
    let copy_link = move |_| match link_of(app, plan, number) {
        Ok(link) => copied(app, link, "The link is copied. Whoever has it can read the plan."),
        Err(_) => open.set(true),
    };
    view! {
        <button type="button" class="btn pri" on:click=copy_script>{icon("copy")} "Copy script"</button>
        <Menu label="More for this plan" once=true button=icon("more")>
            <button type="button" on:click=move |_| drop(window().print())>{icon("print")} "Print"</button>
            <button type="button" on:click=move |_| save_dates(app, ticks, plan, number)>{icon("cal")} "Deadlines for a calendar"</button>
            <button type="button" on:click=copy_link>{icon("copy")} "Copy the link to this plan"</button>
            <button type="button" aria-haspopup="dialog" on:click=move |_| request_animation_frame(move || open.set(true))>"Take it along…"</button>
            {children()}
        </Menu>
        <Dialog open title="Take it along">
            <Paper open />
            <ToRead plan number />
            <ToRun plan number />
            <Dates plan number />
            <Colleague plan number />
            <p class="actions"><button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button></p>
        </Dialog>
    }
}

/// Copies a text, and says so.
fn copied(app: AppState, text: String, says: &'static str) {
    spawn_local(async move {
        app.toast(if clipboard::copy(&text).await {
            says.into()
        } else {
            "The browser does not allow copying here; take it along as a file instead.".into()
        });
    });
}

/// The script of a tool, with all that is known, and what has to be said at its head.
fn script_text(
    app: AppState,
    ticks: Ticks,
    typing: Typing,
    plan: StoredValue<Plan>,
    number: u32,
    shell: Shell,
) -> Option<String> {
    let text = plan.with_value(|p| script(p, shell, untrack(|| typing.known(p))).text)?;
    let text = plan.with_value(|p| ticks.warned(p)).script(&text, shell);
    Some(if is_play(app, number) { made_up::script(&text, shell) } else { text })
}

fn save_dates(app: AppState, ticks: Ticks, plan: StoredValue<Plan>, number: u32) {
    let now = app.now_untracked();
    let events = plan.with_value(|p| plan_events(p, untrack(|| ticks.begun(p)).is_some(), now));
    if events.is_empty() {
        return app.toast("No deadline of this plan lies ahead.".into());
    }
    let text = plan.with_value(|p| {
        let warned = ticks.warned(p);
        let events = events.into_iter().map(|event| warned.event(event));
        match is_play(app, number) {
            true => {
                let of = app.made_up();
                let events: Vec<_> = events.map(|event| made_up::event(of, event)).collect();
                calendar(&format!("{}: {}", of.word(), p.title()), &events, now)
            }
            false => calendar(&p.title().to_string(), &events.collect::<Vec<_>>(), now),
        }
    });
    keep(app, number, &format!("plan-{number}.ics"), "text/calendar;charset=utf-8", &text);
}

fn parcel(app: AppState, plan: StoredValue<Plan>, number: u32) -> Parcel {
    let tenant = app.with_untracked(|w| w.tenant.name.clone());
    Parcel { plan: plan.get_value(), tenant, play: is_play(app, number) }
}

/// A link that carries the plan; `Err`: how long it would be.
fn link_of(app: AppState, plan: StoredValue<Plan>, number: u32) -> Result<String, usize> {
    let data = travel::link(&parcel(app, plan, number))?;
    let here = window().location().href().unwrap_or_default();
    let base = here.split('#').next().unwrap_or_default();
    Ok(format!("{base}{}", Route::Shared(data).href()))
}

/// Whether the plan is of the sample or of a rehearsal, here or where it was made: then what is taken along says so, and does
/// nothing.
fn is_play(app: AppState, number: u32) -> bool {
    let came =
        |w: &Workspace| w.plans.iter().any(|p| p.number == number && p.elsewhere.as_ref().is_some_and(|e| e.play));
    untrack(|| app.is_play()) || app.with_untracked(came)
}

fn keep(app: AppState, number: u32, name: &str, mime: &str, text: &str) {
    let play_elsewhere = is_play(app, number) && !untrack(|| app.is_play());
    let name = if play_elsewhere { made_up::file_name(name) } else { app.file_name(name) };
    app.hand_out(&name, mime, text);
}

/// One way out: its button and what it is.
fn way(label: &'static str, says: impl IntoView, act: impl Fn() + 'static) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="btn" on:click=move |_| act()>{label}</button>
            <span class="hint">{says}</span>
        </li>
    }
}

#[component]
fn Paper(open: RwSignal<bool>) -> impl IntoView {
    let typing = expect_context::<Typing>();
    let tool = move || typing.shell().title();
    let print = move || {
        open.set(false);
        set_timeout(|| drop(window().print()), CLOSED);
    };
    view! {
        <h3>"On paper"</h3>
        <ul class="take-ways">
            {way("Print", move || format!("Boxes to tick, lines to sign, local time and UTC. Each step has its {} command: choose another tool first.", tool()), print)}
        </ul>
    }
}

#[component]
fn ToRead(plan: StoredValue<Plan>, number: u32) -> impl IntoView {
    let app = use_app();
    let ticks = expect_context::<Ticks>();
    let typing = expect_context::<Typing>();
    let runbook = move || {
        let text = untrack(|| {
            plan.with_value(|p| ticks.warned(p).markdown(&markdown(p, typing.known(p), |id| ticks.at(id).is_some())))
        });
        if is_play(app, number) { made_up::markdown(&text) } else { text }
    };
    let copy = move || copied(app, runbook(), "The plan is copied as Markdown.");
    let download = move || keep(app, number, &format!("plan-{number}.md"), "text/markdown;charset=utf-8", &runbook());
    view! {
        <h3>"To read"</h3>
        <ul class="take-ways">
            {way("Download Markdown", "Steps, commands of all three tools, and what is ticked off.", download)}
            {way("Copy as Markdown", "The same, for a ticket or a wiki.", copy)}
        </ul>
    }
}

#[component]
fn ToRun(plan: StoredValue<Plan>, number: u32) -> impl IntoView {
    let app = use_app();
    let ticks = expect_context::<Ticks>();
    let typing = expect_context::<Typing>();
    let save = move |shell: Shell, name: String| {
        move || {
            if let Some(text) = script_text(app, ticks, typing, plan, number, shell) {
                keep(app, number, &name, "text/plain;charset=utf-8", &text);
            }
        }
    };
    // What no tool takes safely is left to type, and has to be known before the script is run.
    let open = move || -> Vec<String> {
        let of = |shell: Shell| {
            let open = plan.with_value(|p| script(p, shell, typing.known(p))).open;
            open.into_iter().map(move |n| format!("{}: {n}.", shell.title()))
        };
        Shell::ALL.into_iter().flat_map(of).collect()
    };
    const ASKS: &str = "Looks at each answer and stops at the first error, can begin at any step, waits for what is done by hand, asks before it overwrites.";
    view! {
        <h3>"To run"</h3>
        {live(move || ticks.stops().then(|| view! {
            <p class="plan-caution"><strong>"Not as it stands: "</strong> "some of this plan is no longer true. The scripts stop at their first line, and every request is a comment. Plan again first."</p>
        }))}
        <ul class="take-ways">
            {way("PowerShell script", ASKS, save(Shell::PowerShell, format!("plan-{number}.ps1")))}
            {way("pac script", "The same with pac, in PowerShell.", save(Shell::Pac, format!("plan-{number}-pac.ps1")))}
            {way("REST requests", "An .http file to send one by one, the dry run before the restore.", save(Shell::Rest, format!("plan-{number}.http")))}
        </ul>
        {live(move || {
            let open = open();
            (!open.is_empty()).then(|| view! {
                <details><summary>"What is left for you to type"</summary><ul>{open.into_iter().map(|n| view! { <li>{n}</li> }).collect_view()}</ul></details>
            })
        })}
    }
}

#[component]
fn Dates(plan: StoredValue<Plan>, number: u32) -> impl IntoView {
    let app = use_app();
    let ticks = expect_context::<Ticks>();
    let events = move || plan.with_value(|p| plan_events(p, ticks.begun(p).is_some(), app.now()));
    let save = move || save_dates(app, ticks, plan, number);
    view! {
        <h3>"In a calendar"</h3>
        {live(move || match events().len() {
            0 => view! { <p class="hint">"No deadline of this plan lies ahead."</p> }.into_any(),
            n => view! {
                <ul class="take-ways">
                    {way("Deadlines", format!("{} as .ics, with alarms one day and one hour before.", count(n, "deadline", "deadlines")), save)}
                </ul>
            }
            .into_any(),
        })}
    }
}

#[component]
fn Colleague(plan: StoredValue<Plan>, number: u32) -> impl IntoView {
    let app = use_app();
    let save = move || match travel::file(&parcel(app, plan, number)) {
        Some(text) => keep(app, number, &format!("plan-{number}.json"), "application/json", &text),
        None => app.toast("The plan cannot be written as a file.".into()),
    };
    let link = link_of(app, plan, number);
    let select = |e: leptos::ev::FocusEvent| event_target::<web_sys::HtmlInputElement>(&e).select();
    view! {
        <h3>"For a colleague"</h3>
        <ul class="take-ways">
            {way("Plan as a file", "They add it where inventories are added. Nothing of it is kept before they say so.", save)}
            {match link {
                Ok(link) => view! {
                    <li>
                        <CopyButton text=link.clone() label="Copy the link" />
                        <span class="hint">"The link carries the plan itself, with names and ids: whoever has it can read it. Nothing is sent to a server."</span>
                        <input class="input mono take-link" type="text" readonly aria-label="Link to this plan" prop:value=link
                            on:focus=select />
                    </li>
                }
                .into_any(),
                Err(length) => view! {
                    <li><p class="hint">{format!("Too long for a link: it would have {length} characters, and at most {LONGEST_LINK} are safe. Send the file instead.")}</p></li>
                }
                .into_any(),
            }}
        </ul>
    }
}
