use crate::platform::clock::BrowserZone;
use crate::ui::components::Dialog;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::{count, sentence, thousands};
use crate::workspace::keep::places::{Aside, AsideSort, AsideUnreadable};
use crate::workspace::keys::Slot;
use crate::workspace::local_time::show_both;
use leptos::task::spawn_local;

/// Everything that stands beside the tenants: set aside, left by an earlier version, or not readable.
#[component]
pub fn SetAside() -> impl IntoView {
    let app = use_app();
    let aside = Memo::new(move |_| app.saving.aside());
    view! {
        <section class="card pad">
            <h2>"Set aside"</h2>
            <Show when=move || aside.with(Vec::is_empty) fallback=move || view! {
                <p class="hint">"Each can be downloaded as it is, opened as a tenant of its own where it can be read, and deleted."</p>
                <ul class="set-aside">
                    <For each=move || aside.get() key=|a| (a.key.clone(), a.units) let:one><Item one /></For>
                </ul>
            }>
                <p>"Nothing is set aside."</p>
            </Show>
        </section>
    }
}

#[component]
fn Item(one: Aside) -> impl IntoView {
    let app = use_app();
    let deleting = RwSignal::new(false);
    let key = StoredValue::new(one.key.clone());
    let readable = one.content.is_ok();
    let says = describe(&one);
    let download = move |_| {
        if !app.saving.download_key(&key.get_value(), "restore-desk-set-aside.json") {
            app.toast("The browser refused the download.".into());
        }
    };
    let working = RwSignal::new(false);
    let back = move |_| match app.saving.of_aside(&key.get_value()) {
        Ok(workspace) => {
            working.set(true);
            spawn_local(async move {
                let done = app.bring_back(workspace).await;
                working.try_set(false);
                match done {
                    Ok(()) => {
                        app.toast_replaced("It is open. The text that was set aside stays where it is.".into());
                        app.go(Route::Start);
                    }
                    Err(error) => app.toast(format!("Nothing was changed: {}.", error.says())),
                }
            });
        }
        Err(why) => app.toast(sentence(&unreadable(&why))),
    };
    let delete = move |_| {
        deleting.set(false);
        match app.saving.delete_aside(&key.get_value()) {
            Ok(()) => app.toast("It is deleted.".into()),
            Err(error) => app.toast(format!("It is not deleted: {}.", error.says())),
        }
    };
    view! {
        <li>
            <span>{says} <code class="small">{one.key.clone()}</code></span>
            {readable.then(|| view! { <button type="button" class="btn small" disabled=move || working.get() on:click=back>"Open it again"</button> })}
            <button type="button" class="btn small" on:click=download>"Download"</button>
            <button type="button" class="btn small" aria-haspopup="dialog" on:click=move |_| deleting.set(true)>"Delete …"</button>
            <Dialog open=deleting title="Delete it?">
                <p>"This text is deleted from this browser, in both stores. It cannot be undone."</p>
                <p class="actions">
                    <button type="button" class="btn" autofocus on:click=move |_| deleting.set(false)>"Leave it as it is"</button>
                    <button type="button" class="btn" on:click=download>"Download first"</button>
                    <button type="button" class="btn danger" on:click=delete>"Delete it"</button>
                </p>
            </Dialog>
        </li>
    }
}

fn describe(one: &Aside) -> String {
    let sort = match one.sort {
        AsideSort::SetAside => "Set aside",
        AsideSort::SetAsideEarlier => "Set aside by an earlier version",
        AsideSort::Earlier(Slot::Own) => "Left by an earlier version",
        AsideSort::Earlier(Slot::Sample) => "The sample of an earlier version",
        AsideSort::Earlier(Slot::Rehearsal) => "The rehearsal of an earlier version",
        AsideSort::Record => "Another state of a tenant",
        AsideSort::Entry => "A change that cannot be read",
    };
    match &one.content {
        Ok(summary) => format!(
            "{sort}: {}, {}, saved {} ",
            if summary.name.is_empty() { "a tenant without a name" } else { &summary.name },
            count(summary.environments, "environment", "environments"),
            show_both(summary.saved, &BrowserZone),
        ),
        Err(why) => format!("{sort}: a text of {} characters, {} ", thousands(one.units), unreadable(why)),
    }
}

/// Why it cannot be opened, as a clause.
fn unreadable(why: &AsideUnreadable) -> String {
    match why {
        AsideUnreadable::Record(why) => why.says(),
        AsideUnreadable::Envelope(why) => why.to_string(),
        AsideUnreadable::NoWorkspace => "which is no workspace".to_string(),
        AsideUnreadable::Store(error) => error.says(),
    }
}
