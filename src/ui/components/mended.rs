use super::SaysText;
use crate::domain::door::Mended;
use crate::ui::prelude::*;
use crate::view_model::words::thousands;
use crate::words::Say;

/// How many are listed before the rest is counted.
const LISTED: usize = 10;

/// What was mended of a workspace, a line each.
#[component]
pub fn MendedList(mended: Vec<Mended>) -> impl IntoView {
    let more = mended.len().saturating_sub(LISTED);
    let lines: Vec<_> =
        mended.iter().take(LISTED).map(|what| view! { <li><SaysText text=what.says().sentence() /></li> }).collect();
    view! {
        <ul>
            {lines}
            {(more > 0).then(|| view! { <li>{format!("And {} more like these.", thousands(more))}</li> })}
        </ul>
    }
}
