use super::keys::Keys;
use super::tenant::TenantDialog;
use crate::domain::edition::{Basis, EDITIONS, Edition, EditionId};
use crate::platform::clock::{self, BrowserZone};
use crate::ui::components::icon;
use crate::ui::pages::storage::percent;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::ui::theme::Theme;
use crate::workspace::desk::standing::Standing;
use crate::workspace::local_time::{Zone, show_both, show_offset, show_utc, show_utc_beside, to_local};
use leptos::html;

/// Which tenant, which rules, which clock, and whether all is saved: always in sight.
#[component]
pub fn TopBar(keys: Keys) -> impl IntoView {
    let app = use_app();
    let tenant_open = RwSignal::new(false);
    view! {
        <header class="bar">
            <div class="bar-left">
                <a class="brand" aria-label="Restore Desk" href=Route::Start.href()>{icon("logo")} <span>"Restore Desk"</span></a>
                <button type="button" class="chip tenant" data-door="tenant" aria-haspopup="dialog" on:click=move |_| tenant_open.set(true)>
                    <span class="chip-text">{move || app.tenant_name()}</span>
                    {icon("down")}
                </button>
            </div>
            <button type="button" class="find" data-door="find" aria-label="Search environments, plans and rules" aria-haspopup="dialog" aria-keyshortcuts="Control+K" on:click=move |_| keys.find.set(true)>
                {icon("search")} <span>"Search environments, plans and rules"</span>
                {live(move || keys.single().then(|| view! { <kbd aria-hidden="true">"/"</kbd> }))}
            </button>
            <div class="bar-right">
                <Clock />
                <EditionPicker narrow=false />
                <SaveChip />
                <button type="button" class="btn plain only-icon" data-door="help" aria-label="Keys and help" aria-haspopup="dialog" on:click=move |_| keys.help.set(true)>{icon("help")}</button>
            </div>
        </header>
        <TenantDialog open=tenant_open />
    }
}

/// The local clock, and UTC beneath it.
#[component]
pub fn Clock() -> impl IntoView {
    let app = use_app();
    let offset = move || show_offset(BrowserZone.offset_minutes(app.now()));
    let zone = match clock::zone_name() {
        Some(name) => name.replace('_', " "),
        None => "local time".into(),
    };
    let title = move || format!("{} in {zone} ({})", show_utc(app.now()), offset());
    view! {
        <time class="clock num" datetime=move || app.now().to_rfc3339() title=title>
            {move || to_local(app.now(), &BrowserZone).format("%a %-d %b %H:%M").to_string()}
            <span>{move || show_utc_beside(app.now(), &BrowserZone)}</span>
        </time>
    }
}

/// Whether the screen is too narrow for the bar to hold everything.
pub fn is_narrow() -> Signal<bool> {
    fn now() -> bool {
        window().inner_width().ok().and_then(|w| w.as_f64()).is_some_and(|w| w < 900.0)
    }
    let narrow = RwSignal::new(now());
    // The handle is dropped on purpose: the listener lives as long as the page.
    let _ = window_event_listener(leptos::ev::resize, move |_| {
        if narrow.try_get_untracked() == Some(!now()) {
            narrow.try_set(now());
        }
    });
    Signal::derive(move || narrow.get())
}

/// The choice of an edition, in the bar or in the sheet of pages: where it has its place.
#[component]
pub fn EditionPicker(
    /// Whether this is the one for narrow screens.
    narrow: bool,
) -> impl IntoView {
    let is_narrow = is_narrow();
    view! { <Show when=move || is_narrow.get() == narrow><Editions /></Show> }
}

#[component]
fn Editions() -> impl IntoView {
    let app = use_app();
    let chooser = NodeRef::<html::Select>::new();
    let change = move |event| {
        // Where it was refused, what is chosen is what counts.
        if !app.set_edition(EditionId(event_target_value(&event)))
            && let Some(chooser) = chooser.get_untracked()
        {
            chooser.set_value(app.edition_untracked().id);
        }
    };
    view! {
        <label class="chip pick">
            <span class="visually-hidden">"Edition of the rules"</span>
            <select node_ref=chooser on:change=change prop:value=move || app.edition().id>
                {EDITIONS
                    .iter()
                    .map(|e| {
                        let basis = if e.basis == Basis::ChangeNotes { " (change notes only)" } else { "" };
                        view! { <option value=e.id selected=move || app.edition().id == e.id>{format!("{}{basis}", e.title)}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

/// Whether the newest edition is the one in use; the banners say what differs.
pub fn is_newest(edition: &Edition) -> bool {
    edition.id == Edition::newest().id
}

/// How safe what is here is, since when, and how much room it takes; a click leads to where it is said in full.
#[component]
fn SaveChip() -> impl IntoView {
    let app = use_app();
    let state = Memo::new(move |_| app.saving.standing());
    let chip = move || state.with(Standing::chip);
    let trouble = move || state.with(Standing::is_trouble);
    let room = Memo::new(move |_| app.saving.used().map(|used| percent(used.units)));
    let full = move || room.get().filter(|percent| *percent >= TELL_FROM).map(|percent| format!(" · {percent} % full"));
    let title = move || {
        let since = app.saving.since().map(|at| format!(" Since {}.", show_both(at, &BrowserZone))).unwrap_or_default();
        let room = room.get().map(|p| format!(" {p} % of the room of localStorage is used.")).unwrap_or_default();
        format!("{}{since}{room}", state.with(Standing::says))
    };
    // Only trouble is announced: "saved" after every key would drown everything else.
    view! {
        <a class="chip save" class:warn=trouble href=Route::Storage.href() title=title>
            {chip}
            {full}
        </a>
        <span class="visually-hidden" role="status">{move || trouble().then(chip)}</span>
    }
}

/// From so many per cent on the chip tells how full the store is.
const TELL_FROM: u64 = 60;

#[component]
pub fn ThemePicker() -> impl IntoView {
    let app = use_app();
    view! {
        <label class="chip pick theme">
            <span class="visually-hidden">"Colours"</span>
            <span aria-hidden="true">"◐"</span>
            <select on:change=move |e| app.set_theme(Theme::read(&event_target_value(&e))) prop:value=move || app.theme().word()>
                {Theme::ALL
                    .into_iter()
                    .map(|t| view! { <option value=t.word() selected=move || app.theme() == t>{t.title()}</option> })
                    .collect_view()}
            </select>
        </label>
    }
}
