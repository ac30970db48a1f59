//! What the table means for each of the user's environments.

use crate::domain::edition::Edition;
use crate::domain::environment::EnvironmentId;
use crate::domain::manual_backup::manual_retention;
use crate::domain::order::Order as _;
use crate::domain::retention::{Retention, Window, window};
use crate::domain::rule::RuleId;
use crate::domain::tenant::Tenant;
use crate::ui::components::{ReasonList, RuleChip};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::periods::{ignored_setting, row_words, rows_for};
use crate::view_model::words::{retention, retention_of, thousands};
use chrono::{DateTime, Utc};

/// How many rows are drawn before one asks for more.
const PAGE: usize = 60;

#[derive(Clone, PartialEq)]
struct Line {
    id: EnvironmentId,
    name: String,
    system: Window,
    manual: Option<Retention>,
    /// The rows of the table that may hold.
    rows: Vec<String>,
    ignored: Option<u32>,
}

fn lines(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Vec<Line> {
    let mut all: Vec<Line> = tenant
        .living()
        .map(|env| Line {
            id: env.id.clone(),
            name: env.name.clone(),
            system: window(edition, env, now),
            manual: manual_retention(edition, env, now),
            rows: rows_for(edition, env).into_iter().map(row_words).collect(),
            ignored: ignored_setting(edition, env),
        })
        .collect();
    all.order_by_key(|l| l.name.to_lowercase());
    all
}

#[component]
pub fn Own() -> impl IntoView {
    let app = use_app();
    let all = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| lines(edition, &w.tenant, now))
    });
    let search = RwSignal::new(String::new());
    let most = RwSignal::new(PAGE);
    let matching = Memo::new(move |_| {
        let words: Vec<String> = search.with(|s| s.split_whitespace().map(str::to_lowercase).collect());
        all.with(|a| {
            a.iter()
                .filter(|l| words.iter().all(|w| l.name.to_lowercase().contains(w.as_str())))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card">
            <div class="pad">
                <div class="head">
                    <h2>"Your environments"</h2>
                    <label>
                        <span class="visually-hidden">"Search your environments"</span>
                        <input
                            type="search"
                            placeholder="Search"
                            on:input=move |e| {
                                search.set(event_target_value(&e));
                                most.set(PAGE);
                            }
                        />
                    </label>
                </div>
            </div>
            <table class="cards" aria-label="Retention of your environments">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"System backups"</th>
                        <th scope="col">"Manual backups"</th>
                        <th scope="col">"By which row, and why"</th>
                    </tr>
                </thead>
                <tbody>{move || matching.get().into_iter().take(most.get()).map(line).collect_view()}</tbody>
            </table>
            <div class="pad">
                {live(move || {
                    let (shown, total) = (most.get(), matching.with(Vec::len));
                    if total == 0 {
                        view! { <p class="hint">"No environment has that name."</p> }.into_any()
                    } else if total > shown {
                        view! {
                            <button type="button" class="btn small" on:click=move |_| most.update(|m| *m += 10 * PAGE)>
                                "Show more (" {thousands(shown)} " of " {thousands(total)} " shown)"
                            </button>
                        }
                            .into_any()
                    } else {
                        ().into_any()
                    }
                })}
            </div>
        </section>
    }
}

fn line(l: Line) -> impl IntoView {
    let row = match l.rows.len() {
        0 => "no row of the table".to_string(),
        _ => l.rows.join(" – or – "),
    };
    let name = l.name.clone();
    view! {
        <tr>
            <th scope="row" class="name">
                <a href=Route::Environment(l.id).href()>{l.name}</a>
            </th>
            <td class="num" data-label="System backups">
                <span>{retention_of(&l.system)}</span>
            </td>
            <td class="num" data-label="Manual backups">
                <span>{l.manual.as_ref().map_or_else(|| "not supported".to_string(), retention)}</span>
            </td>
            <td data-label="By which row">
                <div>
                    <span>{row}</span>
                    {l
                        .ignored
                        .map(|days| {
                            view! {
                                <div>
                                    <span class="tag ask">
                                        <span aria-hidden="true">"!"</span>
                                        {format!("stored setting of {days} days counts for nothing")}
                                    </span>
                                    " "
                                    <RuleChip rule=RuleId::K3 />
                                </div>
                            }
                        })}
                    <details class="why beside">
                        <summary>"Why" <span class="visually-hidden">": " {name}</span></summary>
                        <ReasonList reasons=l.system.retention.reasons />
                    </details>
                </div>
            </td>
        </tr>
    }
}
