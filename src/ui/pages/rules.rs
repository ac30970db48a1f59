//! Every rule by its id: sentence, what differs between editions, and the section of the page it comes from.

use super::documented::Documented;
use crate::domain::rule::{CATALOGUE, RuleId};
use crate::ui::components::rule_chip::{EditionBasis, OtherEditions};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::inside;

/// The groups by the first letter of the ids.
const GROUPS: [(&str, &str); 6] = [
    ("K", "Retention: how long backups are kept"),
    ("M", "Manual backups"),
    ("T", "Who may be restored to whom"),
    ("R", "Restoring, and what happens afterwards"),
    ("X", "Deleted environments"),
    ("D", "Where the page contradicts itself or is silent"),
];

#[component]
pub fn RulesPage() -> impl IntoView {
    let app = use_app();
    let search = RwSignal::new(String::new());
    let wanted = Memo::new(move |before: Option<&Option<RuleId>>| match app.route() {
        Route::Rules(id) => id,
        _ => before.copied().flatten(),
    });
    let found = move |id: RuleId| {
        let edition = app.edition();
        search.with(|s| {
            let words: Vec<String> = s.split_whitespace().map(str::to_lowercase).collect();
            let text = edition.rule(id);
            let all = format!("{id}\n{}\n{}", text.sentence, text.section).to_lowercase();
            words.iter().all(|w| all.contains(w.as_str()))
        })
    };
    // The rule that the address names is brought into view once it is drawn.
    Effect::new(move |_| {
        if let Some(id) = wanted.get() {
            request_animation_frame(move || {
                if let Some(element) = document().get_element_by_id(&anchor(id)) {
                    element.scroll_into_view();
                }
            });
        }
    });
    view! {
        <h1>"Rules"</h1>
        <p class="sub">
            "What the answers rest on, in our own words, by the " {move || inside(app.edition().title)} " "
            {live(move || view! { <EditionBasis edition=app.edition() /> })}
        </p>
        <label class="field rules-search">
            <span class="visually-hidden">"Search the rules"</span>
            <input type="search" placeholder="Search the rules" on:input=move |e| search.set(event_target_value(&e)) />
        </label>
        <nav class="actions jump" aria-label="Groups of rules">
            {GROUPS
                .iter()
                .map(|(letter, title)| {
                    let first = CATALOGUE.iter().map(|t| t.id).find(|id| id.to_string().starts_with(letter));
                    first.map(|id| view! { <a class="chip" href=Route::Rules(Some(id)).href()>{*title}</a> })
                })
                .collect_view()}
        </nav>
        {GROUPS
            .iter()
            .map(|(letter, title)| {
                let ids: Vec<RuleId> =
                    CATALOGUE.iter().map(|t| t.id).filter(|id| id.to_string().starts_with(letter)).collect();
                move || {
                    let ids: Vec<RuleId> = ids.iter().copied().filter(|id| found(*id)).collect();
                    (!ids.is_empty())
                        .then(|| {
                            view! {
                                <section class="card pad">
                                    <h2>{*title}</h2>
                                    <dl class="rule-list">
                                        {ids.into_iter().map(|id| view! { <Rule id wanted /> }).collect_view()}
                                    </dl>
                                </section>
                            }
                        })
                }
            })
            .collect_view()}
        {live(move || {
            (!CATALOGUE.iter().any(|t| found(t.id))).then(|| view! { <p class="hint" role="status">"No rule says that."</p> })
        })}
        <Documented />
    }
}

fn anchor(id: RuleId) -> String {
    format!("rule-{id}")
}

#[component]
fn Rule(id: RuleId, wanted: Memo<Option<RuleId>>) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="rule-entry" class:here=move || wanted.get() == Some(id) id=anchor(id)>
            <dt>
                <a class="rid" href=Route::Rules(Some(id)).href()>
                    {id.to_string()}
                </a>
            </dt>
            <dd>
                {live(move || {
                    let edition = app.edition();
                    let text = edition.rule(id);
                    view! {
                        <p>{text.sentence}</p>
                        <p class="hint">"Section: " {text.section}</p>
                        <OtherEditions rule=id edition quiet=true />
                    }
                })}
            </dd>
        </div>
    }
}
