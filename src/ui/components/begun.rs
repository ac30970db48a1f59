//! The restores that were begun in the wizard and have no plan yet.

use super::InstantView;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::workspace::wizard::drafts::{self, Begun};

/// All of them, the one that is open in the wizard first; reactive.
pub fn begun() -> Memo<Vec<(Option<usize>, Begun)>> {
    let app = use_app();
    Memo::new(move |_| app.with(drafts::all))
}

/// One of them in a list: it goes on where it was left.
pub fn begun_row((place, begun): (Option<usize>, Begun)) -> impl IntoView {
    let app = use_app();
    let take_up = move |_| {
        if let Some(place) = place {
            app.take_up(place);
        }
    };
    view! {
        <li>
            <div>
                <a href=Route::restore().href() on:click=take_up><b>{begun.title}</b></a>
                <small>"begun, without a plan yet · " {begun.step} {begun.began.map(|at| view! { ", " <InstantView at /> })}</small>
            </div>
        </li>
    }
}
