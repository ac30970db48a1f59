//! The frame around every page: top bar, navigation, banners, the page itself.

use super::components::{RuleDialog, Toasts};
use super::pages::environment::EnvironmentPage;
use super::pages::environments::EnvironmentsPage;
use super::pages::import::ImportPage;
use super::pages::not_found::NotFoundPage;
use super::pages::plan::PlanPage;
use super::pages::plans::PlansPage;
use super::pages::restore::RestorePage;
use super::pages::retention::RetentionPage;
use super::pages::rules::RulesPage;
use super::pages::start::StartPage;
use super::pages::targets::TargetsPage;
use super::route::{Page, Route};
use super::saving::SaveState;
use super::state::use_app;
use crate::domain::edition::{Basis, EDITIONS, EditionId};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub fn Shell() -> impl IntoView {
    let app = use_app();
    let page = Memo::new(move |_| app.route().page());
    Effect::new(move |before: Option<Page>| {
        let page = page.get();
        document().set_title(&format!("{} – Restore Desk", title(&page)));
        if before.is_some_and(|b| b != page) {
            request_animation_frame(focus_heading);
        }
        page
    });
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            focus_heading();
        }>"Skip to the content"</a>
        <TopBar />
        <div class="frame">
            <Navigation />
            <main id="main">
                {move || match page.get() {
                    Page::Start => view! { <StartPage /> }.into_any(),
                    Page::Import => view! { <ImportPage /> }.into_any(),
                    Page::Environments => view! { <EnvironmentsPage /> }.into_any(),
                    Page::Environment(id) => view! { <EnvironmentPage id /> }.into_any(),
                    Page::Targets => view! { <TargetsPage /> }.into_any(),
                    Page::Retention => view! { <RetentionPage /> }.into_any(),
                    Page::Restore => view! { <RestorePage /> }.into_any(),
                    Page::Plans => view! { <PlansPage /> }.into_any(),
                    Page::Plan(number) => view! { <PlanPage number /> }.into_any(),
                    Page::Rules => view! { <RulesPage /> }.into_any(),
                    Page::NotFound => view! { <NotFoundPage /> }.into_any(),
                }}
            </main>
        </div>
        <RuleDialog />
        <Toasts />
    }
}

/// Moves the focus to the page's heading, so that the keyboard and a screen reader are where the page begins.
fn focus_heading() {
    let Ok(Some(heading)) = document().query_selector("main h1") else { return };
    let _ = heading.set_attribute("tabindex", "-1");
    if let Some(heading) = heading.dyn_ref::<web_sys::HtmlElement>() {
        let _ = heading.focus();
    }
}

fn title(page: &Page) -> String {
    match page {
        Page::Start => "Start".into(),
        Page::Import => "Add an inventory".into(),
        Page::Environments => "Environments".into(),
        Page::Environment(id) => use_app()
            .with_untracked(|w| w.tenant.get(id).map(|e| e.name.clone()))
            .unwrap_or_else(|| "Environment".into()),
        Page::Targets => "Targets".into(),
        Page::Retention => "Retention".into(),
        Page::Restore => "Restore".into(),
        Page::Plans => "Plans".into(),
        Page::Plan(number) => format!("Plan {number}"),
        Page::Rules => "Rules".into(),
        Page::NotFound => "No such page".into(),
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let app = use_app();
    let tenant = move || {
        app.with(|w| match (w.tenant.name.as_str(), w.tenant.sample) {
            ("", true) => "Contoso (sample)".to_string(),
            ("", false) => "My tenant".into(),
            (name, true) => format!("{name} (sample)"),
            (name, false) => name.into(),
        })
    };
    view! {
        <header class="bar">
            <a class="brand" href=Route::Start.href()>"Restore Desk"</a>
            <span class="chip">{tenant}</span>
            <span class="grow"></span>
            <EditionPicker />
            <SaveChip />
        </header>
    }
}

#[component]
fn EditionPicker() -> impl IntoView {
    let app = use_app();
    view! {
        <label class="chip pick">
            <span class="visually-hidden">"Edition of the rules"</span>
            <select on:change=move |e| app.set_edition(EditionId(event_target_value(&e)))
                prop:value=move || app.edition().id>
                {EDITIONS.iter().map(|e| view! {
                    <option value=e.id selected=move || app.edition().id == e.id>
                        {e.title}
                        {(e.basis == Basis::ChangeNotes).then_some(" (change notes only)")}
                    </option>
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn SaveChip() -> impl IntoView {
    let app = use_app();
    let says = move || match app.saving.state() {
        SaveState::Saved => "✓ Saved",
        SaveState::Saving => "… Saving",
        SaveState::MemoryOnly => "! Not saved: storage is blocked",
        SaveState::Full => "! Not saved: storage is full",
        SaveState::ChangedElsewhere => "! Changed in another tab",
        SaveState::Unreadable(_) => "! Not saved: stored data is unreadable",
        SaveState::Failed(_) => "! Not saved",
    };
    view! { <span class="chip save" role="status">{says}</span> }
}

#[component]
fn Navigation() -> impl IntoView {
    let app = use_app();
    let page = Memo::new(move |_| app.route().page());
    let link = move |route: Route,
                     label: &'static str,
                     on: fn(&Page) -> bool,
                     count: fn(&crate::workspace::Workspace) -> usize| {
        let here = move || page.with(on);
        let number = move || app.with(count);
        view! {
            <a href=route.href() class:on=here aria-current=move || here().then_some("page")>
                <span>{label}</span>
                <span class="n">{move || Some(number()).filter(|n| *n > 0)}</span>
            </a>
        }
    };
    view! {
        <nav class="side" aria-label="Pages">
            {link(Route::Start, "Start", |p| matches!(p, Page::Start | Page::Import), |_| 0)}
            {link(Route::environments(), "Environments", |p| matches!(p, Page::Environments | Page::Environment(_)), |w| w.tenant.living().count())}
            {link(Route::targets(), "Targets", |p| *p == Page::Targets, |_| 0)}
            {link(Route::Retention, "Retention", |p| *p == Page::Retention, |_| 0)}
            {link(Route::restore(), "Restore", |p| *p == Page::Restore, |_| 0)}
            {link(Route::Plans, "Plans", |p| matches!(p, Page::Plans | Page::Plan(_)), |w| w.plans.len())}
            {link(Route::Rules(None), "Rules", |p| *p == Page::Rules, |_| 0)}
        </nav>
    }
}
