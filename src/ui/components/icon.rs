use crate::ui::prelude::*;

/// A drawn symbol of the set in `index.html`, beside words that say the same.
pub fn icon(name: &str) -> AnyView {
    view! { <svg class="i" aria-hidden="true"><use_ href=format!("#i-{name}") /></svg> }.into_any()
}
