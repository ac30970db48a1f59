//! When an environment was deleted, on screen; where nobody knows that, the question.

use super::ask::Ask;
use super::{InstantView, RuleChips};
use crate::domain::command::Command;
use crate::domain::environment::{Deletion, EnvironmentId, FactKey};
use crate::domain::life::asks_when_deleted;
use crate::domain::rule::RuleId;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::workspace::local_time::relative;
use chrono::{DateTime, Utc};

/// In a few words, for a tag: `Deleted 3 days ago`.
pub fn deleted_words(when: Deletion, now: DateTime<Utc>) -> String {
    match when.known() {
        Some(at) => format!("Deleted {}", relative(at, now)),
        None => "Deleted, when is not known".to_string(),
    }
}

/// When it was deleted.
#[component]
pub fn DeletionView(when: Deletion) -> impl IntoView {
    let latest = when.latest();
    match (when.known(), when.earliest()) {
        (Some(at), _) => view! { <InstantView at /> }.into_any(),
        (None, Some(earliest)) => view! {
            "between " <InstantView at=earliest /> " and " <InstantView at=latest /> "; when is not known"
        }
        .into_any(),
        (None, None) => view! { <InstantView at=latest /> " at the latest; when is not known" }.into_any(),
    }
}

/// Asks when it was deleted, where that is not known and decides. The card stays when it has been answered; an answer of before can be
/// taken back.
#[component]
pub fn WhenDeleted(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let id = StoredValue::new(id);
    // Once it is asked here the card stays.
    let asked = Memo::new(move |before: Option<&bool>| {
        let now = app.now();
        let asks = id.with_value(|id| app.with(|w| w.tenant.get(id).is_some_and(|e| asks_when_deleted(e, now))));
        before == Some(&true) || asks
    });
    let answered = Memo::new(move |_| {
        id.with_value(|id| app.with(|w| w.tenant.get(id).and_then(|e| e.deleted)).and_then(|when| when.answered()))
    });
    let take_back = move |_| {
        let forget = Command::ForgetAnswer { environments: vec![id.get_value()], fact: FactKey::Deleted };
        if let Err(refusal) = app.run(forget) {
            app.toast(refusal.with_help().to_string());
        }
    };
    move || {
        if asked.get() {
            return Some(
                view! {
                    <div class="wizard-ask">
                        <p>
                            "Whether it can be recovered rests on when it was deleted. The admin center may show that. Do not wait for \
                             it: the days run. "
                            <RuleChips rules=vec![RuleId::X1] />
                        </p>
                        <Ask environments=vec![id.get_value()] fact=FactKey::Deleted />
                    </div>
                }
                .into_any(),
            );
        }
        answered.get().map(|word| {
            view! {
                <p class="hint">
                    "When it was deleted is your answer of " <InstantView at=word.since plain=true /> ". "
                    <button type="button" class="btn small" on:click=take_back>"Take it back"</button>
                </p>
            }
            .into_any()
        })
    }
}
