use super::{Collector, CopyButton};
use crate::interop::import::formats::table;
use crate::ui::prelude::*;

/// Short commands to copy, out of the way until they are wanted.
#[component]
pub fn HowTo() -> impl IntoView {
    view! {
        <details class="how-to card pad">
            <summary data-door="how-to">"How to get an inventory"</summary>
            <p class="hint">"An administrator of the tenant runs one of these. The format is recognised by itself."</p>
            <Collector />
            {table::recipes()
                .into_iter()
                .map(|r| {
                    view! {
                        <div class="recipe">
                            <h2 class="recipe-title">{r.title}</h2>
                            <div class="recipe-line">
                                <pre>{r.command}</pre>
                                <CopyButton text=r.command.to_string() what=r.title />
                            </div>
                            <p class="hint">{r.note}</p>
                        </div>
                    }
                })
                .collect_view()}
        </details>
    }
}
