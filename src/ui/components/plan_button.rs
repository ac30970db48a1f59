//! From a purpose to its plan, or to the wizard with its choices.

use crate::domain::moment::Moment;
use crate::domain::plan::{Purpose, plan};
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::words::plan::heard;
use crate::workspace::wizard::review::draft_of;

/// Makes the plan of a purpose, keeps it and opens it. `false`: a check stops it.
pub fn make_plan(app: AppState, purpose: &Purpose) -> bool {
    let (edition, now) = (app.edition_untracked(), app.now_untracked());
    let made = app.with_untracked(|w| plan(Moment::new(edition, &w.tenant, now), purpose, heard));
    let Ok(plan) = made else { return false };
    let number = app.add_plan(plan);
    app.toast("The plan is made and kept".into());
    app.go(Route::Plan(number));
    true
}

/// A button that opens the wizard with the choices of a purpose. What was begun there stays among the begun ones.
#[component]
pub fn PlanButton(
    purpose: Purpose,
    #[prop(into)] label: String,
    #[prop(default = "btn")] class: &'static str,
) -> impl IntoView {
    let app = use_app();
    let purpose = StoredValue::new(purpose);
    let open = move |_| {
        app.begin_draft(Some(purpose.with_value(|p| draft_of(p, app.now_untracked(), &BrowserZone))));
        app.go(Route::restore());
    };
    view! { <button type="button" class=class on:click=open>{label}</button> }
}
