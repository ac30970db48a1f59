use super::Dialog;
use super::rule_chip::{EditionBasis, OtherEditions};
use crate::domain::rule::RuleId;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;

/// A rule by its id; opens the rule's sentence, edition and source.
#[component]
pub fn RuleChip(rule: RuleId) -> impl IntoView {
    let app = use_app();
    view! {
        <button type="button" class="rid" aria-label=format!("Rule {rule}: what it says")
            on:click=move |_| app.open_rule.set(Some(rule))>{rule.to_string()}</button>
    }
}

/// The one dialog that [`RuleChip`]s open; the shell has it.
#[component]
pub fn RuleDialog() -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(app.open_rule.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && app.open_rule.with_untracked(Option::is_some) {
            app.open_rule.set(None);
        }
    });
    let title = Signal::derive(move || app.open_rule.get().map(|r| format!("Rule {r}")).unwrap_or_default());
    view! {
        <Dialog open title>
            {live(move || {
                let rule = app.open_rule.get()?;
                let edition = app.edition();
                let text = edition.rule(rule);
                // The link's address must not change while it is clicked, so it is made once.
                let all = Route::Rules(Some(rule)).href();
                Some(view! {
                    <p>{text.sentence}</p>
                    <dl class="pairs">
                        <dt>"Edition"</dt>
                        <dd>
                            {edition.title} " " <EditionBasis edition />
                        </dd>
                        <dt>"Section"</dt>
                        <dd>{text.section}</dd>
                    </dl>
                    <OtherEditions rule edition />
                    <p class="actions">
                        <button type="button" class="btn pri" autofocus on:click=move |_| open.set(false)>"Close"</button>
                        <a class="btn" href=all on:click=move |_| open.set(false)>"All rules"</a>
                    </p>
                })
            })}
        </Dialog>
    }
}
