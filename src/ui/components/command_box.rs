use super::{CopyButton, Prose, SaysText};
use crate::domain::plan::Action;
use crate::interop::commands::{Filled, Shell, print};
use crate::ui::prelude::*;
use crate::view_model::runbook::pieces;
use crate::words::Text;

/// What the commands of a whole plan are printed for: one tool, and what is known besides.
#[derive(Clone, Copy)]
pub struct Chosen {
    pub shell: Signal<Shell>,
    pub known: Memo<Filled>,
}

/// Which tool commands are printed for.
#[component]
pub fn ToolChoice(#[prop(into)] shell: Signal<Shell>, choose: Callback<Shell>, label: &'static str) -> impl IntoView {
    let tool = move |tool: Shell| {
        view! {
            <button type="button" aria-pressed=move || (shell.get() == tool).to_string() on:click=move |_| choose.run(tool)>{tool.title()}</button>
        }
    };
    view! { <div class="seg" role="group" aria-label=label>{Shell::ALL.map(tool)}</div> }
}

/// The command of a step for the chosen tool, with what to know before running it; what is done by hand where the tool has none.
#[component]
pub fn CommandBox(
    action: Action,
    /// The step that the command belongs to, for labels.
    #[prop(into)]
    of: String,
    /// Where it is done in the admin center.
    by_hand: Text,
) -> impl IntoView {
    let Chosen { shell, known } = expect_context::<Chosen>();
    let what = format!("the command for: {of}");
    let has_command = !matches!(action, Action::Manual);
    let panel = move || {
        let printed = print(&action, shell.get(), known.get());
        let by_hand = by_hand.clone();
        let notes = (!printed.notes.is_empty())
            .then(|| view! { <ul class="command-notes">{printed.notes.into_iter().map(|n| view! { <li><Prose text=n /></li> }).collect_view()}</ul> });
        match printed.text {
            Some(text) => {
                let holes = printed.holes;
                let shown = pieces(&text, &holes).into_iter().map(|(piece, hole)| {
                    let piece = piece.to_string();
                    if hole { view! { <mark class="slot">{piece}</mark> }.into_any() } else { piece.into_any() }
                });
                let shown = shown.collect_view();
                view! {
                    <div class="command">
                        <pre tabindex="0" role="group" aria-label=what.clone()><code>{shown}</code></pre>
                        <CopyButton text what=what.clone() />
                    </div>
                    {notes}
                    {by_hand_row(by_hand, "Or by hand")}
                }
                .into_any()
            }
            None if has_command => view! { {by_hand_row(by_hand, "In the admin center")} {notes} }.into_any(),
            None => view! { {by_hand_row(by_hand, "Where")} {notes} }.into_any(),
        }
    };
    view! { <div class="command-box">{live(panel)}</div> }
}

fn by_hand_row(by_hand: Text, label: &'static str) -> Option<impl IntoView> {
    (!by_hand.is_empty()).then(|| view! { <dl class="pairs"><dt>{label}</dt> <dd><SaysText text=by_hand /></dd></dl> })
}
