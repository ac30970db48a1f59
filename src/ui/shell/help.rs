//! The keys, how the page looks, and what this program is.

use super::keys::Keys;
use super::top_bar::ThemePicker;
use crate::ui::components::Dialog;
use crate::ui::prelude::*;
use crate::ui::route::Route;

/// The keys that are always heard, and those of a single letter, which can be switched off (WCAG 2.1.4).
const KEYS: [(&str, &str); 8] = [
    ("Ctrl K", "Search"),
    ("/", "Search (single letter)"),
    ("?", "These keys (single letter)"),
    ("Esc", "Close what is open"),
    ("Enter", "Open what is chosen"),
    ("↑ ↓", "Move in a list or a table"),
    ("← →", "Move in the matrix, or along a band of time"),
    ("Tab", "On to the next thing"),
];

/// What the one who built it said of the build, such as a date and a commit.
const BUILD: Option<&str> = option_env!("RESTORE_DESK_BUILD");

#[component]
pub fn Help(open: RwSignal<bool>, keys: Keys) -> impl IntoView {
    view! {
        <Dialog open title="Keys and help">
            <dl class="keys">
                {KEYS.iter().map(|(key, does)| view! { <div><dt>{*does}</dt><dd><kbd>{*key}</kbd></dd></div> }).collect_view()}
            </dl>
            <p>
                <label class="check">
                    <input type="checkbox" prop:checked=move || keys.single() on:change=move |e| keys.set_single(event_target_checked(&e)) />
                    "Hear keys of a single letter"
                </label>
            </p>
            <p><ThemePicker /></p>
            <h3>"About"</h3>
            <p>
                "Restore Desk " {env!("CARGO_PKG_VERSION")} {BUILD.filter(|b| !b.is_empty()).map(|b| format!(" ({b})"))} ". Not a Microsoft product. It knows the rules of Microsoft’s documentation; only the service itself decides."
            </p>
            <p>
                <a href=Route::Reference(None).href() on:click=move |_| open.set(false)>"Rules & retention"</a> " · "
                <a href=Route::Storage.href() on:click=move |_| open.set(false)>"What is stored where"</a> " · "
                <a href="LICENSE.txt" target="_blank" rel="noopener">"Licence"</a> " · "
                <a href="CHANGELOG.txt" target="_blank" rel="noopener">"Changes"</a> " · "
                <a href="NOTICES.txt" target="_blank" rel="noopener">"Notices of third parties"</a>
            </p>
            <p class="actions"><button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button></p>
        </Dialog>
    }
}
