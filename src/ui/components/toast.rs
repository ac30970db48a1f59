use super::StepButtons;
use crate::ui::prelude::*;
use crate::ui::shell::focus_heading;
use crate::ui::state::use_app;

/// The place where [`crate::ui::state::AppState::toast`] speaks. It is always there, so that screen readers hear it.
#[component]
pub fn Toasts() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || app.toasts() key=|t| t.number let:toast>
                <div class="toast">
                    <span>{toast.text.clone()}</span>
                    {toast.steps.then(|| view! { <StepButtons small=true /> })}
                    {toast.entry.map(|entry| view! {
                        <button type="button" class="btn plain small undo" aria-label=format!("Undo: {}", toast.text)
                            on:click=move |_| { app.take_back_said(toast.number, entry); focus_heading() }>"Undo"</button>
                    })}
                    <button type="button" class="btn plain small" aria-label="Close this message"
                        on:click=move |_| app.close_toast(toast.number)>"✕"</button>
                </div>
            </For>
        </div>
    }
}
