//! Opening the wizard with the choices of a purpose.

use super::Dialog;
use crate::domain::plan::Purpose;
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::workspace::wizard::review::draft_of;

/// A button that fills the wizard with a purpose and goes there; asks first where another restore has been begun.
#[component]
pub fn PlanButton(
    purpose: Purpose,
    #[prop(into)] label: String,
    #[prop(default = "btn")] class: &'static str,
) -> impl IntoView {
    let app = use_app();
    let purpose = StoredValue::new(purpose);
    let asks = RwSignal::new(false);
    let begun = move || {
        app.with_untracked(|w| w.draft.as_ref().is_some_and(|d| d.source.is_some() || !d.instant_typed.is_empty()))
    };
    let open = move || {
        let now = app.now_untracked();
        let draft = purpose.with_value(|p| draft_of(p, now, &BrowserZone));
        app.update_draft(|d| *d = draft);
        app.go(Route::restore());
    };
    view! {
        <button type="button" class=class on:click=move |_| if begun() { asks.set(true) } else { open() }>
            {label}
        </button>
        <Dialog open=asks title="Replace what you have begun?">
            <p>"The wizard holds another restore that is not planned yet. Planning this one forgets its choices."</p>
            <p class="actions">
                <button type="button" class="btn" on:click=move |_| { asks.set(false); open(); }>"Replace it"</button>
                <button type="button" class="btn pri" autofocus on:click=move |_| asks.set(false)>"Keep it"</button>
            </p>
        </Dialog>
    }
}
