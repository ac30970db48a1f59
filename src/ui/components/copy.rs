use crate::platform::clipboard;
use crate::ui::state::use_app;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Copies `text`, and says so.
#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    /// What is copied, for those who do not see what stands beside the button.
    #[prop(into, default = "Copy".into())]
    label: String,
) -> impl IntoView {
    let app = use_app();
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            if clipboard::copy(&text).await {
                app.toast("Copied".into());
            } else {
                app.toast("The browser does not allow copying here. Select the text and copy it by hand.".into());
            }
        });
    };
    view! {
        <button type="button" class="btn small" on:click=copy>
            {label}
        </button>
    }
}
