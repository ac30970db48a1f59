//! The user's data as a whole: download, what was set aside, the sample, starting over.

use super::components::Dialog;
use super::components::ask::counted;
use super::intake::NotOpened;
use super::pages::import::foreign::not_opened;
use super::replacing::Why;
use super::state::use_app;
use crate::platform::clock::BrowserZone;
use crate::platform::files;
use crate::workspace::envelope;
use crate::workspace::keys::Slot;
use crate::workspace::local_time::show_both;
use crate::workspace::remember::SetAside;
use leptos::prelude::*;

/// Where the data are and what can be done with them as a whole.
#[component]
pub fn MyData() -> impl IntoView {
    let app = use_app();
    let something = move || app.with(|w| *w != Default::default());
    let set_aside = Memo::new(move |_| app.saving.all_set_aside());
    let starting_over = RwSignal::new(false);
    view! {
        <Show when=move || something() || set_aside.with(|s| !s.is_empty())>
            <details class="card pad my-data">
                <summary>"My data"</summary>
                <p class="hint">"Everything is in this browser, at this address, and nowhere else. The file of a download can be opened here again, in any browser."</p>
                <p class="actions">
                    <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download my data"</button>
                    <Show when=move || app.saving.slot() == Slot::Sample>
                        <button type="button" class="btn" on:click=move |_| app.new_sample()>"Make the sample anew"</button>
                    </Show>
                    <Show when=move || app.saving.slot() == Slot::Own>
                        <button type="button" class="btn" on:click=move |_| starting_over.set(true)>"Start over …"</button>
                    </Show>
                </p>
                <Show when=move || set_aside.with(|s| !s.is_empty())>
                    <h3>"Set aside"</h3>
                    <ul class="set-aside">
                        <For each=move || set_aside.get() key=|s| (s.key, s.text.len()) let:one><Aside one /></For>
                    </ul>
                </Show>
            </details>
        </Show>
        <StartOver open=starting_over />
    }
}

#[component]
fn Aside(one: SetAside) -> impl IntoView {
    let app = use_app();
    let read = envelope::read(&one.text);
    // A sample or a rehearsal never takes the place of the real thing.
    let whole = read.as_ref().ok().map(|e| &e.workspace).filter(|w| !w.tenant.sample && w.clock.is_none()).cloned();
    let says = match read {
        Ok(e) => format!(
            "{}, {}, saved {}",
            if e.workspace.tenant.name.is_empty() { "A tenant without a name" } else { &e.workspace.tenant.name },
            counted(e.workspace.tenant.environments.len(), "environment", "environments"),
            show_both(e.saved, &BrowserZone)
        ),
        Err(why) => format!("A text of {} characters: {why}", one.text.chars().count()),
    };
    let key = one.key;
    let download = move |_| {
        if !files::download("restore-desk-set-aside.json", "application/json", &one.text) {
            app.toast("The browser refused the download.".into());
        }
    };
    let again = StoredValue::new(whole.clone());
    let open_again = move |_| {
        let Some(workspace) = again.get_value() else { return };
        app.saving.open_slot(Slot::Own);
        match app.replace_whole(workspace, Why::SetAside) {
            Ok(()) => {
                app.saving.delete_aside(key);
                app.toast("It is open again; what was open before is set aside.".into());
            }
            Err(why) => app.toast(not_opened(&NotOpened::NotSaved(why))),
        }
    };
    view! {
        <li>
            <span>{says}</span>
            {whole.is_some().then(|| view! { <button type="button" class="btn small" on:click=open_again>"Open it again"</button> })}
            <button type="button" class="btn small" on:click=download>"Download"</button>
            <button type="button" class="btn small" on:click=move |_| app.saving.delete_aside(key)>"Delete"</button>
        </li>
    }
}

/// Asks before everything is deleted.
#[component]
pub fn StartOver(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let delete = move |_| {
        open.set(false);
        app.start_over();
        app.toast("Everything in this workspace is deleted.".into());
    };
    view! {
        <Dialog open title="Start over?">
            <p>{move || {
                let (environments, plans) = app.with(|w| (w.tenant.environments.len(), w.plans.len()));
                format!(
                    "This deletes {} from this browser: {} with your answers, and {}. It cannot be undone.",
                    app.tenant_name(),
                    counted(environments, "environment", "environments"),
                    counted(plans, "plan", "plans"),
                )
            }}</p>
            <p class="actions">
                <button type="button" class="btn" autofocus on:click=move |_| open.set(false)>"Leave it as it is"</button>
                <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download first"</button>
                <button type="button" class="btn danger" on:click=delete>"Delete everything"</button>
            </p>
        </Dialog>
    }
}
