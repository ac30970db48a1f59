use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::workspace::desk::Way;

/// The next step back and the next one forward, each with what it undoes or does again.
#[component]
pub fn StepButtons(#[prop(optional)] small: bool) -> impl IntoView {
    let app = use_app();
    let class = if small { "btn small" } else { "btn" };
    let button = move |way: Way| {
        let says = Memo::new(move |_| app.saving.steps().says(way, &app.saving.place()));
        live(move || {
            says.get()
                .map(|says| view! { <button type="button" class=class disabled=move || app.saving.stepping.get() on:click=move |_| app.step(way)>{says}</button> })
        })
    };
    view! { {button(Way::Undo)} {button(Way::Redo)} }
}
