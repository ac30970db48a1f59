//! Every environment in one bar, by its answer: one by one, or as lengths where they are many. The numbers below are the same in words,
//! and lead to them.

use super::{Assessed, only};
use crate::ui::components::icon;
use crate::ui::prelude::*;
use crate::view_model::readiness::{ANSWERS, counted, look, stacked};
use crate::view_model::rows::mark;
use crate::view_model::words::thousands;

#[component]
pub fn Fleet(assessed: Assessed) -> impl IntoView {
    let parts = Memo::new(move |_| assessed.with(|r| stacked(&r.tenant, r)));
    view! {
        <section class="fleet" aria-label="All environments by their answer">
            <div class="fleet-bar" aria-hidden="true">
                {move || parts.get().into_iter().map(|(back, n, names)| {
                    let tone = look(back).2;
                    let weight = n.to_string();
                    let one = move |name: String| view! { <span class=format!("fleet-one {tone}") title=name>{icon(mark(Some(back)).icon)}</span> };
                    match names.is_empty() {
                        true => view! { <span class=format!("fleet-one {tone}") style:flex-grow=weight>{icon(mark(Some(back)).icon)}</span> }.into_any(),
                        false => names.into_iter().map(one).collect_view().into_any(),
                    }
                }).collect_view()}
            </div>
            <ul class="fleet-counts">
                {ANSWERS.into_iter().rev().map(|(back, word)| {
                    let of = Memo::new(move |_| assessed.with(|r| r.count(back)));
                    let (mark, _, tone) = look(back);
                    view! {
                        <li>
                            <a href=only(word) class=tone>
                                <span class="print-only" aria-hidden="true">{mark} " "</span>
                                <strong class="num">{move || thousands(of.get())}</strong> " " {counted(back)}
                            </a>
                        </li>
                    }
                }).collect_view()}
            </ul>
        </section>
    }
}
