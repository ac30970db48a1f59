//! A file of another tenant, and doubts about whose file it is or who made it (rules.md §10).

use crate::domain::merge::Preview;
use crate::domain::whose::{self, Doubt, Foreign};
use crate::ui::components::ask::counted;
use crate::ui::components::{Dialog, Notice, Tone};
use crate::ui::intake::{Item, NotOpened};
use crate::ui::state::use_app;
use crate::view_model::words::sentence;
use crate::workspace::envelope;
use crate::workspace::remember::NotSaved;
use leptos::prelude::*;

/// Says whose file it is, and offers to open it as a tenant of its own. What is here is set aside for that, after a question.
#[component]
pub fn ForeignFile(number: u32, foreign: Foreign) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let alone = foreign.can_stand_alone();
    // The same tenant may have been here before.
    let of_file = match &foreign {
        Foreign::Another { file, .. } => Some(file.clone()),
        Foreign::Several(_) => None,
    };
    let aside = Memo::new(move |_| {
        let of_file = of_file.as_ref()?;
        let read = app.saving.all_set_aside().into_iter().filter_map(|s| envelope::read(&s.text).ok());
        let mut known = read.map(|e| e.workspace.tenant).filter(|t| whose::id_of(t).as_ref() == Some(of_file));
        known.next().map(|t| if t.name.is_empty() { "without a name".to_string() } else { format!("“{}”", t.name) })
    });
    let here = move || {
        let own = app.saving.own();
        let name = if own.tenant.name.is_empty() {
            "the tenant without a name".into()
        } else {
            format!("“{}”", own.tenant.name)
        };
        format!(
            "What is here now ({name}, {}, {}) is set aside in this browser as it is. You find it on the start page, under “My data”, and \
             can open it again from there.",
            counted(own.tenant.environments.len(), "environment", "environments"),
            counted(own.plans.len(), "plan", "plans"),
        )
    };
    let open = move |_| {
        asking.set(false);
        match app.intake.stand_alone(app, number) {
            Ok(()) => app.toast("The file is open as a tenant of its own.".into()),
            Err(why) => problem.set(Some(not_opened(&why))),
        }
    };
    view! {
        <Notice tone=Tone::Warning>
            <p role="alert"><strong>"Not kept: "</strong> {sentence(&foreign.says())} " What is here stays as it is."</p>
            <p>{sentence(foreign.help())}</p>
            {move || aside.get().map(|name| view! {
                <p>{format!("A tenant with the id of the file is set aside, {name}: you can open it again on the start page, under “My data”, and then add the file.")}</p>
            })}
        </Notice>
        {move || problem.get().map(|says| view! { <Notice tone=Tone::Error><p role="alert">{says}</p></Notice> })}
        {alone.then(|| view! {
            <p class="actions">
                <button type="button" class="btn pri" aria-haspopup="dialog" on:click=move |_| asking.set(true)>"Open it as a tenant of its own …"</button>
            </p>
            <Dialog open=asking title="Open it as a tenant of its own?">
                <p>{here}</p>
                <p>"Then a new tenant begins with what is in this file."</p>
                <p class="actions">
                    <button type="button" class="btn" autofocus on:click=move |_| asking.set(false)>"Leave it as it is"</button>
                    <button type="button" class="btn pri" on:click=open>"Set aside and open"</button>
                </p>
            </Dialog>
        })}
    }
}

/// Why it is not opened, in sentences.
pub fn not_opened(why: &NotOpened) -> String {
    match why {
        NotOpened::Refused(refusal) => format!("{} {}", sentence(&refusal.says), sentence(&refusal.help)),
        NotOpened::NotSaved(NotSaved::ChangedElsewhere) => {
            "What is here is not settled itself: decide first what the notice at the top of \
             the page asks. Nothing was changed."
                .into()
        }
        NotOpened::NotSaved(NotSaved::Store(_)) => {
            "There is no room in this browser to set aside what is here. Download it, or delete what \
             was set aside earlier, on the start page under “My data”. Nothing was changed."
                .into()
        }
    }
}

/// What is to be answered before a file is kept, and what was answered.
#[component]
pub fn Doubts(item: Memo<Option<Item>>, preview: Memo<Option<Preview>>) -> impl IntoView {
    let app = use_app();
    let number = move || item.with_untracked(|i| i.as_ref().map(|i| i.number));
    let answer = move |change: fn(&mut Item)| {
        if let Some(number) = number() {
            app.intake.answer(number, change);
        }
    };
    let asked = Memo::new(move |_| {
        item.with(|i| {
            let i = i.as_ref()?;
            preview.with(|p| p.as_ref()?.doubts.iter().find(|d| i.leaves_open(d)).copied())
        })
    });
    let said = Memo::new(move |_| {
        item.with(|i| match i.as_ref().map(|i| (i.sees_all, i.ours)) {
            Some((Some(false), _)) => {
                Some("Made with a role that may see a part only: what is not in the file does not count as missing.")
            }
            Some((Some(true), _)) => {
                Some("Made with a role that sees the whole tenant: what is not in the file counts as missing.")
            }
            Some((None, true)) => Some("You said that it is of this tenant."),
            _ => None,
        })
    });
    view! {
        {move || asked.get().map(|doubt| view! {
            <Notice tone=Tone::Warning>
                <p>{doubt.says()}</p>
                <p class="actions">
                    {match doubt {
                        Doubt::NoneKnown { .. } => view! {
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.ours = true)>"Yes, it is of this tenant"</button>
                            <span class="hint">"If it is not, discard it."</span>
                        }.into_any(),
                        Doubt::MostMissing { .. } => view! {
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.sees_all = Some(false))>"A role that may see a part only"</button>
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.sees_all = Some(true))>"A Power Platform or Dynamics 365 admin of the whole tenant"</button>
                            <span class="hint">"If you do not know, take the first: nothing then counts as missing."</span>
                        }.into_any(),
                    }}
                </p>
            </Notice>
        })}
        {move || said.get().map(|says| view! {
            <p class="hint" role="status">
                {says} " "
                <button type="button" class="btn link small" on:click=move |_| answer(|i| { i.sees_all = None; i.ours = false })>"Undo this answer"</button>
            </p>
        })}
    }
}
