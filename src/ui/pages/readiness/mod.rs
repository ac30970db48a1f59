//! The whole tenant judged: what cannot be brought back, what to mend first, what changed since an import, and every environment; the
//! score explains itself when it is asked.

mod findings;
mod fleet;
mod since;
mod table;

use crate::domain::moment::Moment;
use crate::domain::readiness::{CAPS, IMPORTANCE, OTHERS, Readiness, WEIGHTS, assess_slowly};
use crate::domain::slowly::{stop_unless, unless_stopped};
use crate::domain::tenant::Tenant;
use crate::platform::clock::BrowserZone;
use crate::ui::components::{InstantView, NoEnvironments};
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, ReadinessQuery, Route};
use crate::ui::slowly::{Slowly, later};
use crate::ui::state::{AppState, use_app};
use crate::view_model::readiness::{Filter, Row, Table, edition_words, moved, row, sum};
use crate::view_model::words::count;
use crate::words::readiness::{of_trouble, why_capped, why_it_counts};
use crate::words::{capital, sentence};
use crate::workspace::Workspace;
use crate::workspace::local_time::show_local;
use chrono::{DateTime, Utc};
use std::cell::Cell;
use std::ops::Deref;

impl From<ReadinessQuery> for Filter {
    fn from(q: ReadinessQuery) -> Self {
        Filter { search: q.search, only: q.only, finding: q.finding, sort: q.sort }
    }
}

impl From<Filter> for Route {
    fn from(f: Filter) -> Self {
        Route::Readiness(ReadinessQuery { search: f.search, only: f.only, finding: f.finding, sort: f.sort })
    }
}

/// What the page shows: a tenant, how it was judged, and when (UTC).
pub struct Judged {
    tenant: Tenant,
    now: DateTime<Utc>,
    readiness: Readiness,
    table: Table,
}

/// The tenant as it is judged now.
pub fn judged(app: AppState) -> Slowly<Judged> {
    let planned = Memo::new(move |_| app.with(Workspace::planned));
    let rests_on = move || (app.edition(), app.judged(), planned.get());
    Slowly::new("readiness", rests_on, |(edition, (tenant, now), planned), mut turn| async move {
        let moment = Moment::new(edition, &tenant, now);
        let stopped = Cell::new(false);
        let work = assess_slowly(moment, &planned, async || stop_unless(turn.goes_on().await, &stopped).await);
        let readiness = unless_stopped(&stopped, work).await?;
        let table = Table::slowly(&tenant, &readiness, async || turn.goes_on().await).await?;
        Some(Judged { tenant, now, readiness, table })
    })
}

impl Judged {
    /// The place of the prospect of an environment.
    fn place_of(&self, id: &str) -> Option<usize> {
        self.readiness.prospects.iter().position(|p| p.environment.as_str() == id)
    }

    /// The places of the prospects that a filter keeps, in its order.
    fn arranged(&self, filter: &Filter) -> Vec<usize> {
        self.table.arranged(&self.tenant, &self.readiness, filter)
    }

    /// The row of the prospect at a place.
    fn row(&self, place: usize) -> Option<Row> {
        row(&self.tenant, self.readiness.prospects.get(place)?)
    }
}

impl Deref for Judged {
    type Target = Readiness;
    fn deref(&self) -> &Readiness {
        &self.readiness
    }
}

/// The same, for the parts of the page.
type Assessed = Memo<Shared<Judged>>;

/// The address of the table narrowed down to an answer.
fn only(word: &str) -> String {
    Route::Readiness(ReadinessQuery { only: word.to_string(), ..ReadinessQuery::default() }).href()
}

#[component]
pub fn ReadinessPage() -> impl IntoView {
    let app = use_app();
    let some = Memo::new(move |_| app.with(|w| w.tenant.living().next().is_some()));
    view! {
        {live(move || if some.get() {
            view! { <Worked /> }.into_any()
        } else {
            view! {
                <h1>"Readiness"</h1>
                <NoEnvironments says="Once there is an inventory, this page says what could be brought back today, what could not, and what to do about it." />
            }.into_any()
        })}
    }
}

/// The tenant is judged in steps; what was found before stands until then.
#[component]
fn Worked() -> impl IntoView {
    let judged = judged(use_app());
    let there = Memo::new(move |_| judged.get().is_some());
    live(move || match there.get().then(|| untrack(|| judged.get())).flatten() {
        None => {
            view! { <h1>"Readiness"</h1> <p class="hint" role="status">"Working out what could be brought back …"</p> }
                .into_any()
        }
        Some(first) => {
            let assessed = Memo::new(move |_| judged.get().unwrap_or_else(|| first.clone()));
            view! { <Report assessed /> }.into_any()
        }
    })
}

#[component]
fn Report(assessed: Assessed) -> impl IntoView {
    let app = use_app();
    let counted = RwSignal::new(false);
    let print = |_| {
        let _ = window().print();
    };
    let lead = move || assessed.with(|r| r.headline().lead().capital().to_string());
    view! {
        <article class="readiness">
            <p class="print-only">"Readiness of " {move || app.tenant_name()} ". " <Basis /></p>
            <div class="head">
                <div>
                    <h1>{lead}</h1>
                    <Beside assessed counted />
                </div>
                <p class="actions no-print">
                    <table::Download assessed />
                    <button type="button" class="btn" on:click=print>"Print the report"</button>
                </p>
            </div>
            <fleet::Fleet assessed />
            <HowCounted assessed open=counted />
            <findings::Findings assessed />
            {later(move || view! { <since::Since assessed /> })}
            {later(move || view! { <table::Environments assessed /> })}
        </article>
    }
}

/// What goes with the share: on what it rests, and the score with how it moved.
#[component]
fn Beside(assessed: Assessed, counted: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let why = move || {
        let headline = assessed.with(|r| r.headline());
        let unknown = headline.for_some().map(|open| format!("{} ", sentence(&open)));
        let why = Some(headline.why()).filter(|why| !why.is_empty()).map(|why| format!("{} ", why.sentence()));
        format!("{}{}", why.unwrap_or_default(), unknown.unwrap_or_default())
    };
    // The last import is what stands here now; the one before it is what to compare with.
    let since = move || {
        let then = app.with(|w| {
            let all = &w.past.snapshots;
            all.len().checked_sub(2).and_then(|i| all.get(i)).and_then(|s| Some((s.at, s.score()?)))
        });
        let now = assessed.with(|r| r.score)?;
        let (at, then) = then?;
        (then != now).then(|| format!("; {} than at the import of {}", moved(then, now), show_local(at, &BrowserZone)))
    };
    let unlisted = move || assessed.with(|r| r.unlisted.len());
    view! {
        <p class="sub">
            {why}
            <span class="num">{move || capital(&assessed.with(|r| r.headline().says_score()))}</span> {since}
            <span class="no-print">
                " · "
                <button type="button" class="btn link" aria-expanded=move || counted.get().to_string() aria-controls="how-counted"
                    on:click=move |_| counted.update(|open| *open = !*open)>"How it is counted"</button>
            </span>
            {live(move || Some(unlisted()).filter(|n| *n > 0).map(|n| {
                let missing = EnvironmentsQuery { only: "missing".to_string(), ..EnvironmentsQuery::default() };
                view! { " · " <a href=Route::Environments(missing).href()>{format!("{}, not counted", count(n, "no longer listed", "no longer listed"))}</a> }
            }))}
        </p>
    }
}

/// What the report rests on: the moment, the rules, the age of the data.
#[component]
fn Basis() -> impl IntoView {
    let app = use_app();
    let import = Memo::new(move |_| app.with(|w| w.tenant.last_list().cloned()));
    view! {
        <span class="basis">
            <span class="print-only">"As of " <InstantView at=Signal::derive(move || app.now()) plain=true /> ". "</span>
            {move || format!("{}. ", edition_words(app.edition()))}
            {live(move || match import.get() {
                Some(import) => view! {
                    {format!("Last list of environments: {}, ", import.name)} <InstantView at=import.at />
                    {import.was_old().then(|| view! { ", asked for " <InstantView at=import.as_of() /> " at the latest" })}
                }.into_any(),
                None if app.with(|w| w.tenant.sample) => "The tenant is the sample, made up.".into_any(),
                None => "No list of environments was imported: it was recorded by hand.".into_any(),
            })}
        </span>
    }
}

/// The score and what was taken from it as one bar, calm: no traffic light. The list of findings says the same in words.
#[component]
fn Bar(assessed: Assessed) -> impl IntoView {
    move || {
        let (score, costs) = assessed
            .with(|r| (r.score.unwrap_or_default().0, r.findings.iter().map(|f| f.costs.0).collect::<Vec<_>>()));
        let percent = |tenths: u32| format!("{}.{}%", tenths / 10, tenths % 10);
        let mut at = score;
        let losses = costs
            .into_iter()
            .map(|cost| {
                let x = percent(at);
                at += cost;
                view! { <rect class="score-loss" x=x y="0" width=percent(cost) height="12" /> }
            })
            .collect_view();
        view! {
            <svg class="score-bar" height="12" aria-hidden="true" focusable="false">
                <rect class="score-kept" x="0" y="0" width=percent(score) height="12" />
                {losses}
            </svg>
        }
    }
}

/// The sum that makes the score, and the weights behind it: told when it is asked for, and on paper.
#[component]
fn HowCounted(assessed: Assessed, open: RwSignal<bool>) -> impl IntoView {
    let nothing = move || assessed.with(|r| r.findings.iter().all(|f| f.costs.0 == 0));
    let capped = move || {
        assessed.with(|r| r.findings.iter().filter(|f| f.capped).find_map(|f| Some((f.trouble, f.trouble.cap()?))))
    };
    let others = format!("Every other environment counts {OTHERS}: it can be made again more easily.");
    view! {
        // What holds the score down is told also to those who do not ask.
        {live(move || capped().map(|(trouble, most)| view! {
            <p class="hint">{format!("“{}” holds the score at {most} at most: {}.", of_trouble(trouble).title, why_capped(trouble))}</p>
        }))}
        <section id="how-counted" class="how-counted" class:folded=move || !open.get() aria-labelledby="how-counted-title">
            <h2 id="how-counted-title">"How it is counted"</h2>
            <Bar assessed />
            <p class="num score-sum">{move || assessed.with(|r| sum(r).unwrap_or_default())}</p>
            <p class="hint">
                {move || if nothing() {
                    "Nothing is found that would take a point."
                } else {
                    "Each amount is what a finding below costs now, in the same order. Mending one may bring another to light."
                }}
            </p>
            <p>
                "The weights are this program's judgement, not the documentation's. Every environment has 100 points; the score is their average, in which some environments count more. "
                "What is not known costs as much as a no: ignorance never looks good, and an answer about an environment never costs anything. Costs are rounded up to a tenth of a point."
            </p>
            <ul>
                {IMPORTANCE.iter().map(|i| {
                    let what = i.kind.map_or("A kind that is not known".to_string(), ToString::to_string);
                    view! { <li>{format!("{what} counts {}: {}.", i.counts, why_it_counts(i.kind))}</li> }
                }).collect_view()}
                <li>{others}</li>
                {CAPS.iter().map(|(trouble, most)| view! {
                    <li>{format!("Beside “{}” the score is at most {most}: {}.", of_trouble(*trouble).title, why_capped(*trouble))}</li>
                }).collect_view()}
            </ul>
            <div class="scroll" tabindex="0" role="region" aria-label="Weights">
                <table>
                    <thead><tr><th scope="col">"Finding"</th><th scope="col">"Of 100 points"</th><th scope="col">"Why so many"</th></tr></thead>
                    <tbody>
                        {WEIGHTS.iter().map(|w| view! {
                            <tr><th scope="row">{of_trouble(w.trouble).title}</th><td class="num">{w.points}</td><td>{of_trouble(w.trouble).why}</td></tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
}
