use super::saving::Opening;
use super::shell::Shell;
use super::state::AppState;
use crate::platform::{clock, rescue};
use crate::ui::prelude::*;
// Leptos has no executor before something is on the page.
use wasm_bindgen_futures::spawn_local;

/// Opens what is kept and shows the app. What is large is read in slices, while the page of `index.html` says so.
pub fn start() {
    let mut opening = Opening::new();
    let Some(mut ahead) = opening.ahead.take() else { return show(opening) };
    rescue::opening(ahead.environments(), 0);
    spawn_local(async move {
        let mut said = 0;
        clock::in_slices(|| {
            let done = ahead.step(SLICE);
            let percent = ahead.percent();
            if percent >= said + SAID_EACH {
                said = percent;
                rescue::opening(ahead.environments(), percent);
            }
            done
        })
        .await;
        clock::pause(0).await;
        opening.read = ahead.finish();
        clock::pause(0).await;
        show(opening);
    });
}

/// Bytes that are read before it is looked whether the page is to have its turn.
const SLICE: usize = 64 * 1024;

/// How far it has come is said anew after so many per cent.
const SAID_EACH: usize = 10;

fn show(opening: Opening) {
    mount_to_body(move || {
        AppState::start(opening);
        view! { <Shell /> }
    });
    rescue::shown();
}
