use crate::ui::prelude::*;
use crate::ui::route::{Page, Route};
use crate::ui::state::use_app;
use crate::workspace::Workspace;

/// The way to every page; at the left where there is room, above the page where there is not.
#[component]
pub fn Navigation(page: Memo<Page>) -> impl IntoView {
    let app = use_app();
    let link = move |route: Route, label: &'static str, is: fn(&Page) -> bool, count: fn(&Workspace) -> usize| {
        let here = Memo::new(move |_| page.with(is));
        let number = Memo::new(move |_| app.with(count));
        view! {
            <a href=route.href() class:on=move || here.get() aria-current=move || here.get().then_some("page")>
                <span>{label}</span>
                {live(move || Some(number.get()).filter(|n| *n > 0).map(|n| view! { <span class="n">{n}</span> }))}
            </a>
        }
    };
    view! {
        <nav class="side" aria-label="Pages">
            {link(Route::Start, "Start", |p| matches!(p, Page::Start | Page::Import), |_| 0)}
            {link(Route::way_back(None), "Way back", |p| *p == Page::WayBack, |_| 0)}
            {link(
                Route::environments(),
                "Environments",
                |p| matches!(p, Page::Environments | Page::Environment(_) | Page::Unknown),
                |w| w.tenant.living().count(),
            )}
            {link(Route::targets(), "Targets", |p| *p == Page::Targets, |_| 0)}
            {link(Route::Retention, "Retention", |p| *p == Page::Retention, |_| 0)}
            {link(Route::restore(), "Restore", |p| *p == Page::Restore, |_| 0)}
            {link(Route::Plans, "Plans", |p| matches!(p, Page::Plans | Page::Plan(_)), |w| w.plans.len())}
            {link(Route::readiness(), "Readiness", |p| matches!(p, Page::Readiness | Page::Deadlines), |_| 0)}
            {link(Route::Deleted, "Deleted", |p| *p == Page::Deleted, |w| {
                w.tenant.environments.iter().filter(|e| e.deleted.is_some()).count()
            })}
            {link(Route::activity(None), "Activity", |p| *p == Page::Activity, |_| 0)}
            {link(Route::Rules(None), "Rules", |p| *p == Page::Rules, |_| 0)}
        </nav>
    }
}
