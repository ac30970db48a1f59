//! Ways beside overwriting an environment directly: through Sandbox (R16), and to a new environment (R17).

use super::entry::choose_goal;
use super::pieces::chips;
use super::use_wizard;
use crate::domain::environment::{FactKey, Kind};
use crate::domain::order::Order as _;
use crate::domain::remedy::{self, NewTarget};
use crate::domain::rule::RuleId;
use crate::ui::components::{AskCards, Notice, SaysText, Tone};
use crate::ui::prelude::*;
use crate::words::Say;
use crate::workspace::Goal;
use crate::workspace::wizard::Field;

/// R17: what to create.
#[component]
pub fn NewOne() -> impl IntoView {
    let wizard = use_wizard();
    let new = Memo::new(move |_| wizard.desk(|d| d.source().map(|s| remedy::new_target(d.edition, s))));
    let source = wizard.memo(|d| d.source.clone());
    let asks = Memo::new(move |_| {
        let mut facts: Vec<FactKey> =
            wizard.desk(|d| d.target_checks().iter().flat_map(|c| &c.said.asks).map(|q| q.fact).collect());
        facts.order();
        facts.dedup();
        facts
    });
    view! {
        <div id=Field::Target.dom_id() tabindex="-1">
            <p>
                "Nothing is overwritten. The plan creates an environment, restores to it, and carries the deleted records over. "
                {chips(vec![RuleId::R17])}
            </p>
            {live(move || match new.get() {
                Some(Some(new)) => view! { <Notice tone=Tone::Info><p><SaysText text=new.says().sentence() /></p></Notice> }.into_any(),
                _ => view! { <Notice tone=Tone::Error><p>"This environment cannot be the source of a restore to a new one."</p></Notice> }
                    .into_any(),
            })}
            {live(move || {
                // A card that was answered stays until another source is chosen.
                let id = source.get()?;
                let cards = Memo::new(move |_| asks.with(|a| a.iter().map(|f| (id.clone(), *f)).collect::<Vec<_>>()));
                let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || cards.with(|a| !a.is_empty()));
                Some(view! {
                    <Show when=move || asked.get()>
                        <div class="wizard-ask">
                            <p>"What it must look like depends on facts of the source that are not known yet:"</p>
                            <AskCards asks=cards />
                        </div>
                    </Show>
                })
            })}
        </div>
    }
}

/// The plans that are not an ordinary restore, and what to create where nothing is eligible.
#[component]
pub fn OtherWays() -> impl IntoView {
    let wizard = use_wizard();
    let goal = wizard.memo(|d| d.goal);
    let facts = Memo::new(move |_| {
        wizard.desk(|d| {
            d.source().map(|s| {
                let new: Option<NewTarget> = remedy::new_target(d.edition, s);
                (s.name.clone(), s.kind.get() == Some(&Kind::Production), new)
            })
        })
    });
    let way = move |name: String, says: AnyView, rules: Vec<RuleId>, (verb, to): (&'static str, Goal)| {
        view! {
            <li>
                <strong>{name}</strong>
                <p class="hint">{says} " " {chips(rules)}</p>
                <button type="button" class="btn small" on:click=move |_| choose_goal(wizard, to)>{verb}</button>
            </li>
        }
    };
    view! {
        <section class="other-ways" aria-labelledby="other-ways-title">
            <h3 id="other-ways-title">"Other ways"</h3>
            <ul>
                {live(move || facts.get().filter(|f| f.1 && goal.get() == Goal::Restore).map(|(name, ..)| {
                    way(
                        format!("Bring {name} itself back"),
                        "Switched to Sandbox, restored and switched back: Production is never overwritten directly.".into_any(),
                        vec![RuleId::T8, RuleId::R16],
                        ("Plan a restore to Production", Goal::ToProduction),
                    )
                }))}
                {live(move || (goal.get() == Goal::ToProduction).then(|| {
                    way(
                        "Leave Production as it is".to_string(),
                        "A point older than seven days, or one of several that you may need, is restored to another Sandbox.".into_any(),
                        vec![RuleId::R16, RuleId::K6],
                        ("Plan an ordinary restore", Goal::Restore),
                    )
                }))}
                {live(move || facts.get().map(|(.., new)| {
                    let new = new.map(|n| view! { " " <SaysText text=n.says().sentence() /> });
                    way(
                        "Bulk deletion: restore to a new environment".to_string(),
                        view! { "Nothing is overwritten; deleted records are carried over by hand." {new} }.into_any(),
                        vec![RuleId::R17],
                        ("Plan it beside the original", Goal::Beside),
                    )
                }))}
            </ul>
        </section>
    }
}
