use crate::platform::files;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use leptos::html;

/// The button that chooses files.
pub const CHOOSE_FILES: &str = "choose-files";

/// Takes inventories in: files dropped on it or chosen, or a text that is pasted.
#[component]
pub fn DropZone() -> impl IntoView {
    let app = use_app();
    let chooser = NodeRef::<html::Input>::new();
    let pasted = app.intake.typed;
    let begun = pasted.with_untracked(|text| !text.is_empty());
    let choose = move |_| {
        if let Some(input) = chooser.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        if let Some(input) = chooser.get_untracked() {
            let files = files::listed(input.files());
            // So that the same file can be chosen again after it was mended.
            input.set_value("");
            app.intake.files(app, files);
        }
    };
    let read = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = pasted.get_untracked();
        if text.trim().is_empty() {
            app.toast("There is no text to read yet: paste it into the field first.".into());
            return;
        }
        pasted.set(String::new());
        app.intake.text(app, text);
    };
    view! {
        <div class="drop">
            <p class="drop-says">"Drop the files here, or anywhere on the page"</p>
            <p class="actions">
                // What is read already is to be kept first.
                <button type="button" class="btn" class:pri=move || app.intake.is_empty() id=CHOOSE_FILES on:click=choose>"Choose files"</button>
            </p>
            <input node_ref=chooser data-door="files" type="file" multiple hidden on:change=chosen aria-label="Inventory files" />
            <details class="paste" open=begun>
                <summary>"Paste text instead"</summary>
                <form on:submit=read>
                    <label class="visually-hidden" for="paste-text">"The text that your tool printed"</label>
                    <textarea id="paste-text" data-door="text" spellcheck="false" autocomplete="off" placeholder="The text that your tool printed"
                        prop:value=move || pasted.get() on:input=move |e| pasted.set(event_target_value(&e))></textarea>
                    <p class="actions"><button type="submit" class="btn">"Read the text"</button></p>
                </form>
            </details>
        </div>
    }
}
