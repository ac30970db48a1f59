//! The manual backups of an environment: stage, how sure, until when, and why.

use crate::domain::environment::Environment;
use crate::domain::fact::Origin;
use crate::domain::manual_backup::{CanCreate, Judged, ManualBackup, Stage, can_create, judge};
use crate::domain::order::Order as _;
use crate::domain::rule::RuleId;
use crate::ui::components::outcome::tag;
use crate::ui::components::{Because, InstantView, ReasonList, RuleChip};
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route};
use crate::ui::state::use_app;
use crate::view_model::acts::Act;
use crate::view_model::words::stage;
use crate::words::facts;
use crate::words::life::completed;

#[component]
pub fn Backups(env: Signal<Environment>) -> impl IntoView {
    let app = use_app();
    // Newest first, as the list of the admin center.
    let judged = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        env.with(|e| {
            let mut all: Vec<(ManualBackup, Judged)> =
                e.backups.iter().map(|b| (b.clone(), judge(edition, e, b, now))).collect();
            all.order_by_key(|(b, _)| std::cmp::Reverse(b.point));
            all
        })
    });
    let creatable = Memo::new(move |_| {
        let edition = app.edition();
        env.with(|e| can_create(edition, e))
    });
    let some = Memo::new(move |_| judged.with(|j| !j.is_empty()));
    let row = move |(b, j): (ManualBackup, Judged)| {
        let route = Route::Restore(RestoreQuery {
            source: Some(env.with_untracked(|e| e.id.clone())),
            backup: Some(b.id.clone()),
            ..RestoreQuery::default()
        });
        let offered = !matches!(j.stage, Stage::Expired | Stage::Processing | Stage::Dormant);
        let label = b.label.clone();
        let backup = b.id.clone();
        // The documented message (M3), for what was recorded here and is done by now.
        let message =
            (b.origin == Origin::Recorded && !matches!(j.stage, Stage::Processing | Stage::Expired)).then(|| match app
                .is_play()
            {
                true => completed(&b.label),
                false => format!("Should be done by now. The admin center then says: {}", completed(&b.label)),
            });
        let (sure, possible) = (j.guaranteed_until, j.possible_until);
        // What makes it uncertain is said at once.
        let doubt = j.reasons.first().filter(|_| j.stage == Stage::AtRisk).cloned();
        view! {
            <tr>
                <th scope="row" class="name">
                    {b.label}
                    {b.created_by.map(|by| view! { <div class="hint">"by " {by}</div> })}
                </th>
                <td data-label="Restore point">
                    <InstantView at=b.point />
                </td>
                <td data-label="Stage">
                    <div>
                        {tag(stage(&j))}
                        {doubt.map(|r| view! { <p class="hint"><Because r /></p> })}
                        {message.map(|m| view! { <p class="hint">{m}</p> })}
                        <details class="why">
                            <summary>
                                "Why" <span class="visually-hidden">": " {label.clone()}</span>
                            </summary>
                            <ReasonList reasons=j.reasons />
                        </details>
                    </div>
                </td>
                <td data-label="Sure until">
                    {match sure {
                        Some(at) => view! { <InstantView at /> }.into_any(),
                        None => "not guaranteed".into_any(),
                    }}
                </td>
                <td data-label="Possible until">
                    {match possible {
                        Some(at) if Some(at) != sure => view! { <InstantView at /> }.into_any(),
                        Some(_) => "no later".into_any(),
                        None => "gone".into_any(),
                    }}
                    {b
                        .reported_expiry
                        .map(|at| view! { <div class="hint">"the service says: " <InstantView at plain=true /></div> })}
                </td>
                <td>
                    {offered
                        .then(|| {
                            view! {
                                <a class="btn small" href=route.href()>
                                    "Restore…"
                                    <span class="visually-hidden">" from " {label.clone()}</span>
                                </a>
                                " "
                            }
                        })}
                    <button
                        type="button"
                        class="btn small"
                        on:click=move |_| {
                            let act = Act::DeleteBackup(backup.clone());
                            app.acting.begin(Some(env.with_untracked(|e| e.id.clone())), act)
                        }
                    >
                        "Delete…"
                        <span class="visually-hidden">" " {label}</span>
                    </button>
                </td>
            </tr>
        }
    };
    view! {
        <section class="card">
            <div class="pad">
                <div class="head">
                    <h2>"Manual backups"</h2>
                    <button
                        type="button"
                        class="btn small"
                        on:click=move |_| app.acting.begin(Some(env.with_untracked(|e| e.id.clone())), Act::BackUp)
                    >
                        {move || if app.is_play() { "Create a manual backup…" } else { "Record a manual backup…" }}
                    </button>
                </div>
                {live(move || match creatable.get() {
                    CanCreate::Yes if some.get() => None,
                    CanCreate::Yes => {
                        Some(
                            view! {
                                <p class="hint">
                                    "None is known. Manual backups can be made of it, or a list of them added. "
                                    <RuleChip rule=RuleId::M1 />
                                </p>
                            }
                                .into_any(),
                        )
                    }
                    CanCreate::No(reasons) => {
                        Some(
                            view! {
                                <p>"No manual backup can be made of it:"</p>
                                <ReasonList reasons />
                            }
                                .into_any(),
                        )
                    }
                    CanCreate::Unknown(facts) => {
                        let facts = facts.into_iter().map(|fact| facts::of(fact).noun).collect::<Vec<_>>().join(", ");
                        Some(
                            view! {
                                <p class="hint">
                                    "Whether manual backups can be made of it is not known, because this is not known: " {facts}
                                    ". " <RuleChip rule=RuleId::M1 />
                                </p>
                            }
                                .into_any(),
                        )
                    }
                })}
            </div>
            {live(move || {
                some.get()
                    .then(|| {
                        view! {
                            <table class="cards">
                                <thead>
                                    <tr>
                                        <th scope="col">"Label"</th>
                                        <th scope="col">"Restore point"</th>
                                        <th scope="col">"Stage"</th>
                                        <th scope="col">"Sure until"</th>
                                        <th scope="col">"Possible until"</th>
                                        <th scope="col">
                                            <span class="visually-hidden">"Restore"</span>
                                        </th>
                                    </tr>
                                </thead>
                                <tbody>{move || judged.get().into_iter().map(row).collect_view()}</tbody>
                            </table>
                        }
                    })
            })}
        </section>
    }
}
