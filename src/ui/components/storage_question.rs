use super::{CapacityForm, RuleChip};
use crate::domain::command::Command;
use crate::domain::outlook::StorageAnswer;
use crate::domain::rule::RuleId;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::words::full_stop;
use crate::words::Say;
use leptos::html;

/// Whether the free storage of the tenant is not known (T7). Reactive.
pub fn storage_is_unknown() -> bool {
    let app = use_app();
    app.with(|w| matches!(StorageAnswer::of(app.edition(), &w.tenant), StorageAnswer::Unknown(_)))
}

/// The question of the tenant that no environment is less sure for: how much storage is free (T7). Where it was open when the page
/// was opened the card stays, and says what was answered.
#[component]
pub fn StorageQuestion() -> impl IntoView {
    let app = use_app();
    let unknown = Memo::new(move |_| storage_is_unknown());
    let shown = Memo::new(move |before: Option<&bool>| before == Some(&true) || unknown.get());
    let says = Memo::new(move |_| {
        app.with(|w| match StorageAnswer::of(app.edition(), &w.tenant) {
            StorageAnswer::Enough => "at least 1 GB is free, enough for a restore".to_string(),
            StorageAnswer::Short(why) | StorageAnswer::Unknown(why) => why.says().capital().to_string(),
        })
    });
    let problem = RwSignal::new(None::<String>);
    let undo_button = NodeRef::<html::Button>::new();
    // The focus stays on the card, where the form was.
    Effect::new(move |before: Option<bool>| {
        let now = unknown.get();
        if before == Some(true) && !now {
            request_animation_frame(move || {
                if let Some(Some(button)) = undo_button.try_get_untracked() {
                    _ = button.focus();
                }
            });
        }
        now
    });
    let undo = move |e: leptos::ev::MouseEvent| {
        if e.detail() > 1 {
            return;
        }
        let entry = app.with_untracked(|w| {
            w.log.entries.iter().rev().find(|e| matches!(e.command, Some(Command::SetCapacity(_)))).map(|e| e.number)
        });
        let undone = match entry {
            Some(entry) => app.take_back(entry).map(|_| ()),
            None => Err("it was imported, not answered here".to_string()),
        };
        problem.set(undone.err().map(|why| format!("It cannot be undone: {why}.")));
    };
    view! {
        <Show when=move || shown.get()>
            <section class="card pad fact-group" aria-label="Storage of the tenant">
                <div class="head">
                    <h2>"Storage of the tenant"</h2>
                    {live(move || match unknown.get() {
                        true => view! { <span class="tag ask">"? one question for the whole tenant"</span> }.into_any(),
                        false => view! { <span class="tag ok">"✓ answered"</span> }.into_any(),
                    })}
                </div>
                <p>
                    "A restore needs 1 GB of free database storage. Until it is known how much is free, every plan asks; what is said of each environment stays as it is. "
                    <RuleChip rule=RuleId::T7 />
                </p>
                {live(move || match unknown.get() {
                    true => view! { <CapacityForm /> }.into_any(),
                    false => view! {
                        <p class="ask-given" role="status">
                            <span aria-hidden="true">"✓ "</span> "Answered: " {full_stop(&says.get())} " "
                            <button type="button" class="btn small plain" node_ref=undo_button on:click=undo
                                aria-label="Undo the answer: storage of the tenant">
                                "Undo"
                            </button>
                        </p>
                    }
                    .into_any(),
                })}
                {live(move || problem.get().map(|p| view! { <p class="field-error" role="alert">{p}</p> }))}
            </section>
        </Show>
    }
}
