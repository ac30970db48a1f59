//! From a purpose to its plan, or to the wizard with its choices.

use crate::domain::moment::Moment;
use crate::domain::plan::{Purpose, plan};
use crate::platform::clock::BrowserZone;
use crate::ui::acting::MadePlan;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::{AppState, use_app};
use crate::words::plan::heard;
use crate::workspace::wizard::review::draft_of;

/// Makes the plan of a purpose, keeps it and opens it; the losses that were confirmed, as they were said, are confirmed in it. `false`: a
/// check stops it, or nothing can be kept.
pub fn make_plan(app: AppState, purpose: &Purpose, losses: &[String]) -> bool {
    let (edition, now) = (app.edition_untracked(), app.now_untracked());
    let made = app.with_untracked(|w| plan(Moment::new(edition, &w.tenant, now), purpose, heard));
    let Ok(plan) = made else { return false };
    let confirmed = plan.cautions.iter().filter(|loss| losses.contains(&plan.item_text(loss).to_string()));
    let confirmed: Vec<String> = confirmed.map(|loss| loss.id.clone()).collect();
    let (back, made) = (untrack(|| app.route()), plan.made);
    let draft = matches!(back, Route::Restore(_)).then(|| app.with_untracked(|w| w.draft.clone())).flatten();
    let Some(number) = app.add_plan(plan) else { return false };
    confirmed.iter().for_each(|id| _ = app.tick(number, id, true));
    app.go(Route::Plan(number));
    app.toast_made("The plan is made and kept".into(), MadePlan { number, made, draft, back });
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
