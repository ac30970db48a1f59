//! A plan that the address itself carries: looked at, and kept or not. Opening it changes nothing.

use super::plan::offer::PlanOffer;
use crate::interop::travel::{Came, Parcel, Refused, read_link};
use crate::ui::components::ask::capital;
use crate::ui::components::{Notice, Tone};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;

#[component]
pub fn SharedPage(link: String) -> impl IntoView {
    let app = use_app();
    let leave = Callback::new(move |()| app.go(Route::Start));
    match read_link(&link) {
        Ok(parcel) => view! { <Offered parcel leave /> }.into_any(),
        Err(why) => view! { <Broken why /> }.into_any(),
    }
}

#[component]
fn Offered(parcel: Parcel, leave: Callback<()>) -> impl IntoView {
    view! {
        <h1>"A plan from elsewhere"</h1>
        <p class="sub">"The link carries it; nothing was sent anywhere. Nothing is kept before you say so."</p>
        <section class="card pad" aria-label="The plan of the link">
            <PlanOffer parcel kept=Callback::new(|()| ()) refused=leave />
        </section>
    }
}

#[component]
fn Broken(why: Refused) -> impl IntoView {
    view! {
        <h1>"The plan of this link cannot be opened"</h1>
        <BrokenPlan why came=Came::Link />
        <p class="actions"><a class="btn pri" href=Route::Start.href()>"Go to the start"</a> <a class="btn" href=Route::Import.href()>"Add the plan as a file"</a></p>
    }
}

/// Why a file or a link is no plan, and what to do.
#[component]
pub fn BrokenPlan(why: Refused, came: Came) -> impl IntoView {
    view! {
        <Notice tone=Tone::Error>
            <p role="alert">{capital(&why.to_string())} "."</p>
            <p>{capital(why.help(came))} ". Nothing here was changed."</p>
        </Notice>
    }
}
