use crate::domain::command::Command;
use crate::ui::components::Dialog;
use crate::ui::data::StartOver;
use crate::ui::pages::storage::places::PlaceItems;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::workspace::keys::Slot;

/// The tenant's name, and the way between the user's own tenant, a rehearsal of it and the sample.
#[component]
pub fn TenantDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let starting_over = RwSignal::new(false);
    let switch = move |slot: Slot| {
        open.set(false);
        app.saving.open_slot_soon(slot);
        app.go(Route::Start);
    };
    view! {
        <Dialog open title="Tenant">
            {live(move || match app.saving.slot() {
                Slot::Own => view! { <Rename open /> }.into_any(),
                Slot::Sample => view! { <p>"This is the sample tenant, made up to try things out. Your own tenant is kept apart from it."</p> }.into_any(),
                Slot::Rehearsal => view! { <p>"This is a rehearsal: a copy of your own tenant with a clock that you move. Nothing in it is real, and your own tenant stays as it is."</p> }.into_any(),
            })}
            <ul class="menu">
                <Show when=move || app.saving.slot() == Slot::Own>
                    <li><a class="btn" href=Route::Import.href() on:click=move |_| open.set(false)>"Add or refresh an inventory"</a></li>
                </Show>
                <Show when=move || app.can_rehearse()>
                    <li><button type="button" class="btn" on:click=move |_| { open.set(false); app.about_rehearsal.set(true) }>"Rehearse …"</button></li>
                </Show>
                <li><button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download as a file"</button></li>
                {live(move || match app.saving.slot() {
                    Slot::Rehearsal => view! {
                        <li><button type="button" class="btn" on:click=move |_| switch(Slot::Own)>"Leave it for your own tenant, and keep it"</button></li>
                    }.into_any(),
                    Slot::Sample => view! {
                        <li><button type="button" class="btn" on:click=move |_| switch(Slot::Own)>"Go to your own tenant"</button></li>
                        <li><button type="button" class="btn" on:click=move |_| { open.set(false); app.new_sample() }>"Start the sample over"</button></li>
                    }.into_any(),
                    Slot::Own => view! {
                        <li><button type="button" class="btn" on:click=move |_| switch(Slot::Sample)>"Open the sample tenant"</button></li>
                        <li><button type="button" class="btn" on:click=move |_| { open.set(false); starting_over.set(true) }>"Start over …"</button></li>
                    }.into_any(),
                })}
                <li><a class="btn" href=Route::Storage.href() on:click=move |_| open.set(false)>"What is stored where"</a></li>
            </ul>
            <Others open />
            <p class="actions"><button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button></p>
        </Dialog>
        <StartOver open=starting_over />
    }
}

/// The other tenants that are kept, to be opened, and a new one.
#[component]
fn Others(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let kept = Memo::new(move |_| {
        let mut kept = app.saving.kept();
        kept.retain(|l| l.place.slot() == Slot::Own);
        kept
    });
    let opened = Callback::new(move |()| {
        open.set(false);
        app.go(Route::Start);
    });
    view! {
        <Show when=move || { kept.with(Vec::len) > 1 }>
            <h3>"Your tenants"</h3>
            <ul class="set-aside"><PlaceItems kept opened /></ul>
        </Show>
        <p class="actions">
            <button type="button" class="btn small" on:click=move |_| { open.set(false); app.begin_empty_tenant(); app.go(Route::Start) }>
                "Begin another tenant"
            </button>
        </p>
    }
}

#[component]
fn Rename(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(app.with_untracked(|w| w.tenant.name.clone()));
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match app.run(Command::Rename(typed.get_untracked())) {
            Ok(_) => open.set(false),
            Err(refusal) => app.toast(refusal.with_help().to_string()),
        }
    };
    view! {
        <form class="field" on:submit=rename>
            <label for="tenant-name">"What do you call this tenant?"</label>
            <span class="actions">
                <input id="tenant-name" class="input grow" type="text" autocomplete="organization" placeholder="My tenant"
                    prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) />
                <button type="submit" class="btn">"Rename"</button>
            </span>
        </form>
    }
}
