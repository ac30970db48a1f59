use super::pages::{GROUPS, PAGES, PageLink};
use super::top_bar::{Clock, EditionPicker, ThemePicker};
use crate::platform::clock::BrowserZone;
use crate::ui::components::icon;
use crate::ui::prelude::*;
use crate::ui::route::{Page, Route};
use crate::ui::state::use_app;
use crate::view_model::words::thousands;
use crate::workspace::local_time::{relative, show_local};

/// The way to every page: at the left where there is room; a sheet that the bar at the bottom opens where there is not.
#[component]
pub fn Navigation(
    page: Memo<Page>,
    /// Whether the sheet is open; counts on a narrow screen only.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    // Whatever leads to a page shuts the sheet that is over it.
    Effect::new(move |_| {
        page.track();
        open.set(false);
    });
    view! {
        <nav class="side" id="pages" aria-label="Pages" class:open=move || open.get() on:keydown=move |e| shut(&e, open)>
            <div class="side-in">
                {GROUPS
                    .iter()
                    .map(|group| view! {
                        <h2 id=format!("pages-{}", group.to_lowercase())>{*group}</h2>
                        <ul aria-labelledby=format!("pages-{}", group.to_lowercase())>
                            {PAGES.iter().filter(|p| p.group == *group).map(|p| view! { <li>{link(p, page, open)}</li> }).collect_view()}
                            {(*group == "Work").then(|| view! { <Show when=move || app.can_rehearse()><li><Rehearse open /></li></Show> })}
                        </ul>
                    })
                    .collect_view()}
                <SideFoot />
            </div>
        </nav>
    }
}

fn shut(key: &leptos::ev::KeyboardEvent, open: RwSignal<bool>) {
    if key.key() == "Escape" {
        open.set(false);
    }
}

fn link(to: &'static PageLink, page: Memo<Page>, open: RwSignal<bool>) -> AnyView {
    let app = use_app();
    let here = Memo::new(move |_| page.with(to.is));
    let number = Memo::new(move |_| app.with(to.count));
    view! {
        <a href=(to.route)().href() title=to.name aria-current=move || here.get().then_some("page") on:click=move |_| open.set(false)>
            {icon(to.icon)}
            <span>{to.name}</span>
            {live(move || Some(number.get()).filter(|n| *n > 0).map(|n| view! { <span class="n">{thousands(n)}</span> }))}
        </a>
    }
    .into_any()
}

#[component]
fn Rehearse(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    view! {
        <button type="button" aria-haspopup="dialog" title="Rehearsal" on:click=move |_| { open.set(false); app.about_rehearsal.set(true) }>
            {icon("rehearse")} <span>"Rehearsal"</span>
        </button>
    }
}

/// How old the inventory is, and how the page looks.
#[component]
fn SideFoot() -> impl IntoView {
    let app = use_app();
    let import = Memo::new(move |_| {
        app.with(|w| w.tenant.last_list().map(|list| (list.as_of(), list.was_old(), list.as_of() == list.at)))
    });
    view! {
        <div class="side-foot">
            // Where the bar has no room for it.
            <Clock />
            {live(move || import.get().map(|(at, old, kept)| view! {
                <p class:warn=old title=move || show_local(at, &BrowserZone)>
                    {move || format!("Inventory {} {}", if kept { "kept" } else { "asked for" }, relative(at, app.now()))}
                </p>
            }))}
            <p>
                <a href=Route::Import.href()>{move || if import.get().is_some() { "Refresh" } else { "Add an inventory" }}</a>
                " · " <a href=Route::Storage.href()>"What is stored"</a>
            </p>
            <p class="side-picks"><EditionPicker narrow=true /> <ThemePicker /></p>
        </div>
    }
}

/// Five places within reach of a thumb.
#[component]
pub fn TabBar(page: Memo<Page>, open: RwSignal<bool>) -> impl IntoView {
    let shown = ["Start", "Way back", "Environments", "Plans"];
    view! {
        <nav class="tabbar" aria-label="Most used pages" on:keydown=move |e| shut(&e, open)>
            {PAGES.iter().filter(|p| shown.contains(&p.name)).map(|to| {
                let here = Memo::new(move |_| page.with(to.is));
                view! {
                    <a href=(to.route)().href() aria-current=move || here.get().then_some("page") on:click=move |_| open.set(false)>
                        {icon(to.icon)} <span>{to.name}</span>
                    </a>
                }
            }).collect_view()}
            <button type="button" data-door="more" aria-expanded=move || open.get().to_string() aria-controls="pages" on:click=move |_| open.update(|o| *o = !*o)>
                {icon("more")} <span>"More"</span>
            </button>
        </nav>
    }
}
