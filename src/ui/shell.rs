//! The frame around every page: top bar, navigation, banners, the page itself.

mod banners;
mod help;
mod keys;
mod navigation;
mod pages;
mod palette;
mod rehearsal;
mod side;
mod tenant;
mod top_bar;

use super::components::{ActDialog, RuleDialog, Toasts};
use super::pages::activity::ActivityPage;
use super::pages::advice::AdvicePage;
use super::pages::deadlines::DeadlinesPage;
use super::pages::deleted::DeletedPage;
use super::pages::environment::EnvironmentPage;
use super::pages::environments::EnvironmentsPage;
use super::pages::import::ImportPage;
use super::pages::not_found::NotFoundPage;
use super::pages::plan::PlanPage;
use super::pages::plans::PlansPage;
use super::pages::readiness::ReadinessPage;
use super::pages::reference::ReferencePage;
use super::pages::restore::RestorePage;
use super::pages::shared::SharedPage;
use super::pages::start::StartPage;
use super::pages::storage::StoragePage;
use super::pages::targets::TargetsPage;
use super::pages::unknown::UnknownPage;
use super::route::Page;
use super::state::{AppState, use_app};
use super::tour::{TourPanel, Touring};
use crate::platform::files;
use crate::ui::prelude::*;
use banners::Banners;
use help::Help;
use keys::Keys;
use navigation::{Navigation, TabBar};
use palette::Palette;
use rehearsal::{AboutRehearsal, RehearsalBar};
use std::cell::Cell;
use top_bar::TopBar;
use wasm_bindgen::JsCast;

#[component]
pub fn Shell() -> impl IntoView {
    let app = use_app();
    let page = Memo::new(move |_| app.route().page());
    let rehearsal = Memo::new(move |_| app.with(|w| w.clock.is_some()));
    let keys = Keys::listen(app);
    catch_the_focus();
    let tour = Touring::provide(app);
    let sheet = RwSignal::new(false);
    let called = Memo::new(move |_| page.with(|page| title(app, page)));
    Effect::new(move |_| {
        let rehearsal = if rehearsal.get() { "Rehearsal: " } else { "" };
        document().set_title(&format!("{rehearsal}{} – Restore Desk", called.get()));
    });
    Effect::new(move |before: Option<Page>| {
        let page = page.get();
        if before.is_some_and(|b| b != page) {
            request_animation_frame(|| {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                focus_heading();
                let next = NEXT.take().and_then(|id| document().get_element_by_id(id));
                if let Some(next) = next.as_ref().and_then(|next| next.dyn_ref::<web_sys::HtmlElement>()) {
                    next.click();
                }
            });
        }
        page
    });
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            // The address is the page's: the link must not change it.
            event.prevent_default();
            focus_heading();
        }>"Skip to the content"</a>
        <div class="top">
            <TopBar keys />
            <RehearsalBar />
        </div>
        <div class="frame">
            <Navigation page open=sheet />
            <main id="main">
                <Banners />
                {live(move || match page.get() {
                    Page::Start => view! { <StartPage /> }.into_any(),
                    Page::WayBack => view! { <AdvicePage /> }.into_any(),
                    Page::Import => view! { <ImportPage /> }.into_any(),
                    Page::Unknown => view! { <UnknownPage /> }.into_any(),
                    Page::Environments => view! { <EnvironmentsPage /> }.into_any(),
                    Page::Environment(id) => view! { <EnvironmentPage id /> }.into_any(),
                    Page::Targets => view! { <TargetsPage /> }.into_any(),
                    Page::Restore => view! { <RestorePage /> }.into_any(),
                    Page::Plans => view! { <PlansPage /> }.into_any(),
                    Page::Plan(number) => view! { <PlanPage number /> }.into_any(),
                    Page::Shared(link) => view! { <SharedPage link /> }.into_any(),
                    Page::Activity => view! { <ActivityPage /> }.into_any(),
                    Page::Deleted => view! { <DeletedPage /> }.into_any(),
                    Page::Readiness => view! { <ReadinessPage /> }.into_any(),
                    Page::Deadlines => view! { <DeadlinesPage /> }.into_any(),
                    Page::Reference => view! { <ReferencePage /> }.into_any(),
                    Page::Storage => view! { <StoragePage /> }.into_any(),
                    Page::NotFound => view! { <NotFoundPage /> }.into_any(),
                })}
                <TourPanel tour />
            </main>
        </div>
        <TabBar page open=sheet />
        <DropAnywhere />
        <Palette open=keys.find />
        <Help open=keys.help keys />
        <ActDialog />
        <AboutRehearsal />
        <RuleDialog />
        <Toasts />
    }
}

thread_local! {
    static NEXT: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Has a button pressed on the page that a link leads to, by its id: the link leads to what the button opens.
pub(super) fn press_next(id: &'static str) {
    NEXT.set(Some(id));
}

/// Moves the focus to the page's heading, so that the keyboard and a screen reader are where the page begins.
pub(crate) fn focus_heading() {
    let Ok(Some(heading)) = document().query_selector("main h1") else { return };
    let _ = heading.set_attribute("tabindex", "-1");
    if let Some(heading) = heading.dyn_ref::<web_sys::HtmlElement>() {
        let _ = heading.focus();
    }
}

/// The same in the next frame, where what had the focus is gone by then.
pub(crate) fn keep_the_focus() {
    request_animation_frame(|| {
        if focus_is_lost() {
            focus_heading();
        }
    });
}

fn title(app: AppState, page: &Page) -> String {
    match page {
        Page::Start => "Start".into(),
        Page::WayBack => "Way back".into(),
        Page::Import => "Add an inventory".into(),
        Page::Unknown => "Unknown facts".into(),
        Page::Environments => "Environments".into(),
        Page::Environment(id) => {
            app.with(|w| w.tenant.get(id).map(|e| e.name.clone())).unwrap_or_else(|| "Environment".into())
        }
        Page::Targets => "Targets".into(),
        Page::Restore => "Restore".into(),
        Page::Plans => "Plans".into(),
        Page::Plan(number) => app
            .with(|w| w.plan(*number).map(|p| p.plan.title().to_string()))
            .unwrap_or_else(|| format!("Plan {number}")),
        Page::Shared(_) => "A plan from elsewhere".into(),
        Page::Activity => "Activity".into(),
        Page::Deleted => "Deleted environments".into(),
        Page::Readiness => "Readiness".into(),
        Page::Deadlines => "Deadlines".into(),
        Page::Reference => "Rules & retention".into(),
        Page::Storage => "What is stored where".into(),
        Page::NotFound => "No such page".into(),
    }
}

/// Files may be dropped anywhere on the page; while they hover, a sheet says so.
#[component]
fn DropAnywhere() -> impl IntoView {
    let app = use_app();
    let hovering = RwSignal::new(false);
    let carries_files = |event: &web_sys::DragEvent| {
        event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    // The handles are dropped on purpose: the listeners live as long as the page.
    let _ = window_event_listener(leptos::ev::dragover, move |event| {
        if carries_files(&event) {
            event.prevent_default();
            if hovering.try_get_untracked() == Some(false) {
                hovering.set(true);
            }
        }
    });
    let _ = window_event_listener(leptos::ev::dragleave, move |event| {
        if event.related_target().is_none() {
            hovering.try_set(false);
        }
    });
    let _ = window_event_listener(leptos::ev::drop, move |event| {
        if carries_files(&event) {
            event.prevent_default();
            hovering.try_set(false);
            let files = files::listed(event.data_transfer().and_then(|data| data.files()));
            app.intake.files(app, files);
        }
    });
    view! {
        <Show when=move || hovering.get()>
            <div class="drop-sheet" aria-hidden="true"><p>"Drop the inventory to read it"</p></div>
        </Show>
    }
}
