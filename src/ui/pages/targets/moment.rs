//! What stands in the way at this moment, said once for the tenant and not in every cell: free capacity (T7), and environments
//! that are occupied (T9).

use crate::domain::eligibility::{Judgement, Verdict, gates, left_disabled};
use crate::domain::environment::{Environment, EnvironmentId};
use crate::domain::moment::Moment;
use crate::domain::rule::RuleId;
use crate::ui::components::{CapacityForm, RuleChip, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::words::{Names, Say, Text};

/// What the gates say of the tenant and of each environment by itself.
#[derive(Clone, Debug, Default, PartialEq)]
struct Gates {
    capacity: Option<(Judgement, Held)>,
    /// The environments that are occupied or perhaps occupied, with what is said.
    occupied: Vec<(EnvironmentId, Text, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Open,
    Unknown,
    Shut,
}

fn held(verdict: &Verdict, rule: RuleId) -> Option<(Judgement, Held)> {
    let find = |list: &[Judgement], held| list.iter().find(|j| j.is_of(rule)).map(|j| (j.clone(), held));
    find(&verdict.broken, Held::Shut)
        .or_else(|| find(&verdict.unknown, Held::Unknown))
        .or_else(|| find(&verdict.met, Held::Open))
}

/// What is said of an environment by itself.
fn said(judgement: &Judgement, env: &Environment) -> Text {
    judgement.says().named(&Names::bare_of(env, env)).sentence()
}

#[component]
pub fn AtThisMoment() -> impl IntoView {
    let app = use_app();
    let gates = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let mut out = Gates::default();
            for env in w.tenant.living() {
                let verdict = gates(Moment::new(edition, &w.tenant, now), env, env);
                if out.capacity.is_none() {
                    out.capacity = held(&verdict, RuleId::T7);
                }
                if let Some(j) = left_disabled(edition, env) {
                    out.occupied.push((env.id.clone(), said(&j, env), true));
                }
                if let Some((j, held)) = held(&verdict, RuleId::T9).filter(|(_, h)| *h != Held::Open) {
                    out.occupied.push((env.id.clone(), said(&j, env), held == Held::Shut));
                }
            }
            out
        })
    });
    let line = |symbol: &'static str, tone: &'static str, word: &'static str, says: AnyView, rule: RuleId| {
        view! {
            <li class="rule">
                <span class=format!("i {tone}") aria-hidden="true">
                    {symbol}
                </span>
                <div>
                    <span class="visually-hidden">{word}</span>
                    {says}
                </div>
                <RuleChip rule />
            </li>
        }
    };
    view! {
        <section class="card pad">
            <h2>"At this moment, for every pair"</h2>
            <ul class="rules">
                {live(move || {
                    gates
                        .get()
                        .capacity
                        .map(|(j, held)| {
                            let (symbol, tone, word) = match held {
                                Held::Open => ("✓", "g", "Met: "),
                                Held::Unknown => ("?", "a", "Unknown: "),
                                Held::Shut => ("✕", "r", "Stops every restore: "),
                            };
                            let says = view! {
                                <SaysText text=j.says().sentence() />
                                {(held == Held::Unknown)
                                    .then(|| {
                                        view! {
                                            " It does not change the matrix; every plan says so. "
                                            <details>
                                                <summary>"Type in the tenant’s storage"</summary>
                                                <CapacityForm />
                                            </details>
                                        }
                                    })}
                            };
                            line(symbol, tone, word, says.into_any(), RuleId::T7)
                        })
                })}
                {live(move || {
                    let occupied = gates.get().occupied;
                    if occupied.is_empty() {
                        return line("✓", "g", "Met: ", "No environment is known to be restored, copied, switched or recovered.".into_any(), RuleId::T9)
                            .into_any();
                    }
                    occupied
                        .into_iter()
                        .map(|(id, says, shut)| {
                            let (symbol, tone, word) =
                                if shut { ("✕", "r", "Stops a restore: ") } else { ("?", "a", "Unknown: ") };
                            let says = view! { <a href=Route::Environment(id).href()><SaysText text=says /></a> };
                            line(symbol, tone, word, says.into_any(), RuleId::T9)
                        })
                        .collect_view()
                        .into_any()
                })}
            </ul>
        </section>
    }
}
