use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::count;
use crate::workspace::desk::Listed;
use crate::workspace::keep::places::Brief;
use crate::workspace::keys::{Place, Slot};
use crate::workspace::local_time::show_both;

/// Every tenant, sample and rehearsal that is kept, with the one that is open marked.
#[component]
pub fn Kept() -> impl IntoView {
    let app = use_app();
    let kept = Memo::new(move |_| app.saving.kept());
    view! {
        <section class="card pad">
            <h2>"Tenants"</h2>
            <Show when=move || kept.with(Vec::is_empty)>
                <p>{move || if app.saving.looked_twice() {
                    "Nothing is kept in this browser yet."
                } else {
                    "Looking at the second copy …"
                }}</p>
            </Show>
            <ul class="set-aside"><PlaceItems kept /></ul>
            <p class="actions">
                <button type="button" class="btn" on:click=move |_| { app.begin_empty_tenant(); app.go(Route::Start) }>"Begin another tenant"</button>
            </p>
        </section>
    }
}

/// The items of a list of places.
#[component]
pub fn PlaceItems(
    kept: Memo<Vec<Listed>>,
    /// What else happens when one is opened.
    #[prop(optional, into)]
    opened: Option<Callback<()>>,
) -> impl IntoView {
    let app = use_app();
    view! {
        <For each=move || kept.get() key=|l| (l.place.clone(), l.saved, l.name.clone(), l.environments) let:one>
            {
                let place = StoredValue::new(one.place.clone());
                let here = move || app.saving.place() == place.get_value();
                let opening = move || app.saving.opening().as_ref() == Some(&place.get_value());
                let open = move |_| {
                    if untrack(opening) {
                        return app.saving.give_up_opening();
                    }
                    app.saving.open_soon(place.get_value());
                    if let Some(opened) = opened {
                        opened.run(());
                    }
                };
                view! {
                    <li>
                        <span>{describe(&one)}</span>
                        {live(move || if here() {
                            view! { <span class="tag ok">"✓ Open here"</span> }.into_any()
                        } else {
                            // The same button, so that the focus stays on it.
                            view! {
                                <button type="button" class="btn small" on:click=open>{move || if opening() { "Stop" } else { "Open" }}</button>
                                {live(move || opening().then(|| view! { <span class="hint">"Opening …"</span> }))}
                            }.into_any()
                        })}
                    </li>
                }
            }
        </For>
    }
}

/// A place in a few words.
pub fn describe(one: &Listed) -> String {
    let name = match (&one.place, one.name.as_str()) {
        (Place::Sample, _) => "The sample tenant".to_string(),
        (place, "") if place.slot() == Slot::Rehearsal => "A rehearsal".to_string(),
        (place, name) if place.slot() == Slot::Rehearsal => format!("Rehearsal of {name}"),
        (_, "") => "A tenant without a name".to_string(),
        (_, name) => name.to_string(),
    };
    let what = match &one.brief {
        Brief::Record(_) | Brief::Earlier(_) | Brief::Journal => {
            let saved = one.saved.map(|at| format!(", saved {}", show_both(at, &BrowserZone))).unwrap_or_default();
            format!("{}{saved}", count(one.environments.unwrap_or_default(), "environment", "environments"))
        }
        Brief::Gone => "deleted, with later changes of another tab".to_string(),
        Brief::Unreadable => "cannot be read; it is left as it is, and stands below to download".to_string(),
        Brief::NoAnswer(error) => format!("not known: {}", error.says()),
    };
    let id = one.tenant_id.as_ref().map(|id| format!(" (tenant {id})")).unwrap_or_default();
    format!("{name}{id}: {what}")
}
