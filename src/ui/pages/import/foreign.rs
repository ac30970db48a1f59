//! A file of another tenant, and doubts about whose file it is or who made it.

use crate::domain::merge::Preview;
use crate::domain::whose::{FileDoubt, Foreign};
use crate::ui::components::{Notice, SaysText, Tone};
use crate::ui::intake::{Item, Shared};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::words::sentence;
use crate::words::{self, Say};
use crate::workspace::desk::Listed;
use crate::workspace::keys::Slot;
use leptos::task::spawn_local;

/// Says whose file it is, and offers to open that tenant, or to begin it, beside the one that is here.
#[component]
pub fn ForeignFile(number: u32, foreign: Foreign) -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<String>);
    let alone = foreign.can_stand_alone();
    let of_file = match &foreign {
        Foreign::Another { file, .. } => Some(file.clone()),
        Foreign::Several(_) => None,
    };
    // The same tenant may be kept here already.
    let known = Memo::new(move |_| {
        let of_file = of_file.as_ref()?;
        let same = |l: &Listed| l.tenant_id.as_ref().is_some_and(|id| id.eq_ignore_ascii_case(of_file));
        app.saving.kept().into_iter().find(|l| l.place.slot() == Slot::Own && same(l)).map(|l| (l.place, l.name))
    });
    let begin = move |_| {
        spawn_local(async move {
            match app.intake.stand_alone(app, number).await {
                Ok(()) => app.toast("The file is open as a tenant of its own. The other one is kept as it is.".into()),
                Err(why) => drop(problem.try_set(Some(why.with_help().to_string()))),
            }
        });
    };
    view! {
        <Notice tone=Tone::Warning>
            <p role="alert"><strong>"Not kept: "</strong> {foreign.says().sentence().to_string()} " What is here stays as it is."</p>
            <p>{sentence(words::whose::help(&foreign))}</p>
        </Notice>
        {live(move || problem.get().map(|says| view! { <Notice tone=Tone::Error><p role="alert">{says}</p></Notice> }))}
        {live(move || match known.get() {
            Some((place, name)) => {
                let place = StoredValue::new(place);
                let name = if name.is_empty() { "without a name".to_string() } else { format!("“{name}”") };
                view! {
                    <p>{format!("The tenant of the file is kept in this browser too, {name}.")}</p>
                    <p class="actions">
                        <button type="button" class="btn pri" on:click=move |_| app.saving.open_soon(place.get_value())>"Open that tenant"</button>
                        <span class="hint">"Then the file can be kept there. What is open now stays as it is."</span>
                    </p>
                }.into_any()
            }
            None if alone => view! {
                <p class="actions">
                    <button type="button" class="btn pri" on:click=begin>"Open it as a tenant of its own"</button>
                    <span class="hint">"What is open now stays as it is; you find both under the name of the tenant at the top."</span>
                </p>
            }.into_any(),
            None => ().into_any(),
        })}
    }
}

/// What is to be answered before a file is kept, and what was answered.
#[component]
pub fn Doubts(item: Memo<Option<Item>>, preview: Memo<Option<Shared<Preview>>>) -> impl IntoView {
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
            _ if i.as_ref().is_some_and(|i| i.older) => Some("What it says is to stand in place of what is newer."),
            _ => None,
        })
    });
    view! {
        {live(move || asked.get().map(|doubt| view! {
            <Notice tone=Tone::Warning>
                <p><SaysText text=doubt.says() /></p>
                <p class="actions">
                    {match doubt {
                        FileDoubt::NoneKnown { .. } => view! {
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.ours = true)>"Yes, it is of this tenant"</button>
                            <span class="hint">"If it is not, discard it."</span>
                        }.into_any(),
                        FileDoubt::Older { .. } | FileDoubt::Undoes { .. } => view! {
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.older = true)>"Let it stand all the same"</button>
                            <span class="hint">"If you are not sure, discard it: then what is newer stays."</span>
                        }.into_any(),
                        FileDoubt::MostMissing { .. } => view! {
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.sees_all = Some(false))>"A role that may see a part only"</button>
                            <button type="button" class="btn" on:click=move |_| answer(|i| i.sees_all = Some(true))>"A Power Platform or Dynamics 365 admin of the whole tenant"</button>
                            <span class="hint">"If you do not know, take the first: then nothing counts as missing."</span>
                        }.into_any(),
                    }}
                </p>
            </Notice>
        }))}
        {live(move || said.get().map(|says| view! {
            <p class="hint" role="status">
                {says} " "
                <button type="button" class="btn link small" on:click=move |_| answer(|i| { i.sees_all = None; i.ours = false; i.older = false })>"Undo this answer"</button>
            </p>
        }))}
    }
}
