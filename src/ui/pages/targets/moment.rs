//! What stands in the way at this moment, in one line; the environments that it is about are folded.

use crate::domain::eligibility::Standing;
use crate::domain::moment::Moment;
use crate::domain::rule::RuleId;
use crate::ui::components::{CapacityForm, RuleChip, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::Slowly;
use crate::ui::state::use_app;
use crate::view_model::gates::{Busy, Gates};
use crate::view_model::words::{count, thousands};
use crate::words::Say;

#[component]
pub fn AtThisMoment() -> impl IntoView {
    let app = use_app();
    let rests_on = move || (app.edition(), app.judged());
    let found = Slowly::new("gates", rests_on, |(edition, (tenant, now)), mut turn| async move {
        Gates::slowly(Moment::new(edition, &tenant, now), async || turn.goes_on().await).await
    });
    // Compared before it is drawn again: the clock alone changes nothing of it most of the time.
    let moment = Memo::new(move |_| found.get().map(|moment| (*moment).clone()));
    view! { <div class="moment">{live(move || moment.get().map(shown))}</div> }
}

fn mark(stands: Standing) -> impl IntoView {
    let (symbol, tone, word) = match stands {
        Standing::Met => ("✓", "g", "Met: "),
        Standing::Unknown => ("?", "a", "Unknown: "),
        Standing::Broken => ("✕", "r", "Stops a restore: "),
    };
    view! {
        <span class=tone aria-hidden="true">{symbol}</span>
        <span class="visually-hidden">{word}</span>
    }
}

fn shown(moment: Gates) -> impl IntoView {
    let more = moment.more();
    let waits = moment.surely + moment.perhaps > 0;
    let says = match (moment.surely, moment.perhaps) {
        (0, 0) => None,
        (0, n) => {
            Some((Standing::Unknown, format!("{} perhaps occupied", count(n, "environment is", "environments are"))))
        }
        (n, 0) => Some((Standing::Broken, format!("{} occupied", count(n, "environment is", "environments are")))),
        (n, m) => Some((
            Standing::Broken,
            format!("{} occupied, {} perhaps", count(n, "environment is", "environments are"), thousands(m)),
        )),
    };
    view! {
        {moment
            .capacity
            .map(|(judgement, stands)| {
                view! {
                    <div>
                        <p>{mark(stands)} " " <SaysText text=judgement.says().sentence() /> " " <RuleChip rule=RuleId::T7 /></p>
                        {(stands == Standing::Unknown)
                            .then(|| {
                                view! {
                                    <details>
                                        <summary>"Type in the tenant’s storage"</summary>
                                        <CapacityForm />
                                    </details>
                                }
                            })}
                    </div>
                }
            })}
        {match says {
            None => view! { <p>{mark(Standing::Met)} " Nothing is known to be occupied. " <RuleChip rule=RuleId::T9 /></p> }.into_any(),
            Some(_) if moment.occupied.len() == 1 => moment.occupied.into_iter().map(busy).collect_view().into_any(),
            Some((stands, says)) => {
                view! {
                    <details>
                        <summary>{mark(stands)} " " {says}</summary>
                        {moment.occupied.into_iter().map(busy).collect_view()}
                        {(more > 0).then(|| view! { <p class="hint">"and " {thousands(more)} " more"</p> })}
                    </details>
                }
                    .into_any()
            }
        }}
        {waits.then(|| view! { <p class="hint">"The counts and marks below are by the rules alone: what is occupied waits."</p> })}
    }
}

fn busy(busy: Busy) -> impl IntoView {
    let stands = if busy.shut { Standing::Broken } else { Standing::Unknown };
    view! {
        <p>{mark(stands)} " " <a href=Route::Environment(busy.id).href()><SaysText text=busy.says /></a> " " <RuleChip rule=RuleId::T9 /></p>
    }
}
