use super::tenant::TenantDialog;
use crate::domain::edition::{Basis, EDITIONS, Edition, EditionId};
use crate::platform::clock::{self, BrowserZone};
use crate::ui::pages::storage::percent;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::ui::theme::Theme;
use crate::workspace::desk::standing::Standing;
use crate::workspace::local_time::{Zone, show_both, show_date, show_offset, show_utc, to_local};

/// Which tenant, which rules, which clock, and whether all is saved: always in sight.
#[component]
pub fn TopBar() -> impl IntoView {
    let app = use_app();
    let tenant_open = RwSignal::new(false);
    view! {
        <header class="bar">
            <a class="brand" href=Route::Start.href()>"Restore Desk"</a>
            <button type="button" class="chip" aria-haspopup="dialog" on:click=move |_| tenant_open.set(true)>
                <span class="chip-text">{move || app.tenant_name()}</span>
                <span aria-hidden="true">"▾"</span>
            </button>
            <span class="grow"></span>
            <Clock />
            <EditionPicker />
            <SaveChip />
            <ThemePicker />
        </header>
        <TenantDialog open=tenant_open />
    }
}

/// The local clock and its zone, with UTC at hand.
#[component]
fn Clock() -> impl IntoView {
    let app = use_app();
    let offset = move || show_offset(BrowserZone.offset_minutes(app.now()));
    let zone = match clock::zone_name() {
        Some(name) => name.replace('_', " "),
        None => "local time".into(),
    };
    let utc = move || format!("{} ({zone})", show_utc(app.now()));
    view! {
        <time class="clock num" datetime=move || app.now().to_rfc3339() title=utc>
            <span class="clock-day">{move || show_date(to_local(app.now(), &BrowserZone).date())} " "</span>
            {move || to_local(app.now(), &BrowserZone).format("%H:%M").to_string()}
            " "
            {offset}
        </time>
    }
}

#[component]
fn EditionPicker() -> impl IntoView {
    let app = use_app();
    let change = move |event| app.set_edition(EditionId(event_target_value(&event)));
    view! {
        <label class="chip pick">
            <span class="visually-hidden">"Edition of the rules"</span>
            <select on:change=change prop:value=move || app.edition().id>
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
    let since = move || {
        app.saving.since().map(|at| format!(" {}", to_local(at, &BrowserZone).format("%H:%M"))).filter(|_| !trouble())
    };
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
            <span class="num chip-more">{since}</span>
            {full}
        </a>
        <span class="visually-hidden" role="status">{move || trouble().then(chip)}</span>
    }
}

/// From so many per cent on the chip tells how full the store is.
const TELL_FROM: u64 = 60;

#[component]
fn ThemePicker() -> impl IntoView {
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
