use crate::platform::clipboard;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use leptos::task::spawn_local;

/// Copies `text`, and says so.
#[component]
pub fn CopyButton(
    #[prop(into)] text: Signal<String>,
    #[prop(into, default = "Copy".into())] label: String,
    /// What is copied, for those who do not see what stands beside the button.
    #[prop(into, optional)]
    what: String,
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
    let name = (!what.is_empty()).then(|| format!("{label}: {what}"));
    view! {
        <button type="button" class="btn small" aria-label=name on:click=copy>
            {label}
        </button>
    }
}
