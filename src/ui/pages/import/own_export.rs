use crate::platform::clock::BrowserZone;
use crate::ui::components::{Dialog, MendedList, Notice, Tone};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::replacing::Why;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::workspace::envelope::Envelope;
use crate::workspace::keys::{Place, Slot};
use crate::workspace::local_time::show_both;
use leptos::task::spawn_local;

/// A workspace that this app exported: it replaces what is there, after a question, and what is there is set aside.
#[component]
pub fn OwnExport(number: u32, envelope: Shared<Envelope>) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let tenant = &envelope.workspace.tenant;
    let rehearsal = envelope.workspace.clock.is_some() && !tenant.sample;
    let says = format!(
        "{}: {}, {}, {}, saved {}.",
        if rehearsal { "A rehearsal, in which nothing is real" } else { "A workspace of Restore Desk" },
        if tenant.name.is_empty() { "a tenant without a name" } else { &tenant.name },
        count(tenant.environments.len(), "environment", "environments"),
        count(envelope.workspace.plans.len(), "plan", "plans"),
        show_both(envelope.saved, &BrowserZone),
    );
    // A rehearsal never takes the place of the real thing.
    let slot = match (tenant.sample, rehearsal) {
        (true, _) => Slot::Sample,
        (false, true) => Slot::Rehearsal,
        (false, false) => Slot::Own,
    };
    let workspace = StoredValue::new(envelope.workspace.clone());
    // A place of its own where it is of another tenant than that which is open.
    let home = Memo::new(move |_| {
        app.workspace.track();
        workspace.with_value(|w| app.saving.home_of(w))
    });
    let there = move || slot == Slot::Own && home.get().is_some() && app.saving.has_own();
    let working = RwSignal::new(false);
    let replacing = move |home: Option<Place>| async move {
        let why = if home.is_some() { Why::OwnExport } else { Why::AnotherTenant };
        if let Some(home) = home {
            app.saving.open_place(home);
        }
        let way = app.make_way(why).await;
        // The page may have been left meanwhile.
        let Some(workspace) = workspace.try_get_value() else { return };
        working.set(false);
        match way.and_then(|()| app.replace_whole(workspace, why)) {
            Ok(()) => {
                app.intake.discard(number);
                app.go(Route::Start);
                match why {
                    Why::OwnExport => app.toast_replaced("The workspace of the file is open.".into()),
                    _ => app.toast("The workspace of the file is open, beside the other tenant.".into()),
                }
            }
            Err(error) => problem.set(Some(format!(
                "Nothing was changed: {}. Download what is here, or make room on the page of what is stored.",
                error.says()
            ))),
        }
    };
    let replace = Callback::new(move |()| {
        asking.set(false);
        if working.get_untracked() {
            return;
        }
        working.set(true);
        spawn_local(replacing(home.get_untracked()));
    });
    let mended = envelope.mended.clone();
    view! {
        <p>{says}</p>
        {(!mended.is_empty()).then(|| view! {
            <Notice tone=Tone::Warning>
                <p>"Some of what the file says is impossible. It is taken as unknown, or left out:"</p>
                <MendedList mended=mended.clone() />
            </Notice>
        })}
        {live(move || problem.get().map(|p| view! { <Notice tone=Tone::Error><p role="alert">{p}</p></Notice> }))}
        <p class="actions">
            <button type="button" class="btn pri" disabled=move || working.get() on:click=move |_| if there() { asking.set(true) } else { replace.run(()) }>
                {move || match (working.get(), there()) {
                    (true, _) => "Setting aside what is here …",
                    (false, true) => "Replace what is here …",
                    (false, false) => "Open it",
                }}
            </button>
        </p>
        <Dialog open=asking title="Replace your workspace?">
            <p>"The environments, answers and plans that are here now are put away, and those of the file take their place."</p>
            <p>"What is here is set aside in this browser. You find it under “What is stored where” until you delete it, and “Undo” brings it back at once."</p>
            <p class="actions">
                <button type="button" class="btn" autofocus on:click=move |_| asking.set(false)>"Leave it as it is"</button>
                <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download what is here"</button>
                <button type="button" class="btn danger" on:click=move |_| replace.run(())>"Replace"</button>
            </p>
        </Dialog>
    }
}
