//! The whole tenant judged: the score with what moves it, what changed since an import, what would hurt, and every environment.

mod findings;
mod since;
mod table;

use crate::domain::readiness::{Back, CAPS, IMPORTANCE, OTHERS, Readiness, WEIGHTS, headline_says};
use crate::domain::tenant::ImportRecord;
use crate::ui::components::{EmptyState, InstantView};
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, ReadinessQuery, Route};
use crate::ui::state::use_app;
use crate::view_model::readiness::{ANSWERS, Filter, counted, edition_words, look, sum};
use crate::view_model::words::{count, full_stop, thousands};
use std::sync::Arc;

impl From<ReadinessQuery> for Filter {
    fn from(q: ReadinessQuery) -> Self {
        Filter { search: q.search, only: q.only, finding: q.finding }
    }
}

impl From<Filter> for Route {
    fn from(f: Filter) -> Self {
        Route::Readiness(ReadinessQuery { search: f.search, only: f.only, finding: f.finding })
    }
}

/// The assessment of now, for the parts of the page.
type Assessed = Memo<Arc<Readiness>>;

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
            view! { <Report /> }.into_any()
        } else {
            view! {
                <h1>"Readiness"</h1>
                <EmptyState
                    title="No environments yet"
                    says="Once there is an inventory, this page says what could be brought back today, what could not, and what to do about it."
                >
                    <a class="btn pri" href=Route::Start.href()>"Go to the start"</a>
                </EmptyState>
            }.into_any()
        })}
    }
}

#[component]
fn Report() -> impl IntoView {
    let app = use_app();
    let assessed: Assessed = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        Arc::new(app.with(|w| w.readiness(edition, now)))
    });
    // On paper every row is drawn.
    let printing = RwSignal::new(false);
    let print = move |_| {
        printing.set(true);
        request_animation_frame(move || {
            let _ = window().print();
            printing.try_set(false);
        });
    };
    view! {
        <article class="readiness">
            <div class="head">
                <div>
                    <h1>"Readiness" <span class="print-only">" of " {move || app.tenant_name()}</span></h1>
                    <p class="sub">"Could it be brought back today, to when, and onto what?" <Basis /></p>
                </div>
                <p class="actions no-print">
                    <table::Download assessed />
                    <button type="button" class="btn small" on:click=print>"Print the report"</button>
                </p>
            </div>
            <Score assessed />
            <since::Since assessed />
            <findings::Findings assessed />
            <table::Environments assessed printing />
        </article>
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
                Some(ImportRecord { at, name, .. }) => view! { {format!("Last list of environments: {name}, ")} <InstantView at /> }.into_any(),
                None if app.with(|w| w.tenant.sample) => "The tenant is the sample, made up.".into_any(),
                None => "No list of environments was imported: it was recorded by hand.".into_any(),
            })}
        </span>
    }
}

#[component]
fn Score(assessed: Assessed) -> impl IntoView {
    let score = Memo::new(move |_| assessed.with(|r| r.score.map(|s| s.to_string())));
    let says = move || assessed.with(|r| sum(r).unwrap_or_default());
    let share = move || assessed.with(|r| full_stop(&headline_says(&r.headline())));
    let of = move |back: Back| assessed.with(|r| r.count(back));
    let nothing = move || assessed.with(|r| r.findings.iter().all(|f| f.costs.0 == 0));
    let unlisted = move || assessed.with(|r| r.unlisted.len());
    let capped = move || {
        assessed
            .with(|r| r.findings.iter().filter(|f| f.capped).find_map(|f| Some((f.weight().title, f.trouble.cap()?))))
    };
    view! {
        <section class="card pad score" aria-labelledby="score">
            <h2 id="score" class="visually-hidden">"What cannot be brought back, and the score"</h2>
            // The share leads; the score is never said without it.
            <p class="share">{share}</p>
            <div class="score-line">
                <p class="score-number">
                    {live(move || match score.get() {
                        Some(score) => view! { <strong class="num">{score}</strong> " of 100 points" }.into_any(),
                        None => "No score: nothing on the list counts in it".into_any(),
                    })}
                </p>
                <div class="score-moves">
                    <Bar assessed />
                    <p class="num score-sum">{says}</p>
                    <p class="hint">
                        {move || if nothing() {
                            "Nothing is found that would take a point."
                        } else {
                            "Each amount is what a finding below costs now, in the same order. Mending one may bring another to light."
                        }}
                    </p>
                    {live(move || capped().map(|(title, (most, why))| view! {
                        <p class="hint">{format!("“{title}” holds the score at {most} at most: {why}.")}</p>
                    }))}
                </div>
            </div>
            <ul class="answers-line">
                {ANSWERS.into_iter().map(|(back, word)| {
                    let (symbol, _, tone) = look(back);
                    view! {
                        <li><a href=only(word) class="answer-count">
                            <span class=format!("tag {tone}")><span aria-hidden="true">{symbol}</span> {counted(back)}</span>
                            <strong class="num">{move || thousands(of(back))}</strong>
                        </a></li>
                    }
                }).collect_view()}
                {live(move || Some(unlisted()).filter(|n| *n > 0).map(|n| {
                    let missing = EnvironmentsQuery { only: "missing".to_string(), ..EnvironmentsQuery::default() };
                    view! {
                        <li><a href=Route::Environments(missing).href() class="answer-count">
                            <span class="tag"><span aria-hidden="true">"–"</span> "no longer listed, not counted"</span>
                            <strong class="num">{thousands(n)}</strong>
                        </a></li>
                    }
                }))}
            </ul>
            <p class="lost">
                <a href=only("not")>
                    {move || match of(Back::Not) {
                        0 => "What could we not bring back? Nothing of which that is known.".to_string(),
                        n => format!("What could we not bring back? {}", count(n, "environment", "environments")),
                    }}
                </a>
                {live(move || Some(of(Back::NotKnown)).filter(|n| *n > 0).map(|n| view! {
                    " " <a href=only("unknown")>{format!("Of {} it is not known", thousands(n))}</a>
                }))}
            </p>
            <HowCounted />
        </section>
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

#[component]
fn HowCounted() -> impl IntoView {
    let others = format!("Every other environment counts {OTHERS}: it can be made again more easily.");
    view! {
        <details class="how-counted">
            <summary>"How it is counted"</summary>
            <p>
                "The weights are this program's judgement, not the documentation's. Every environment has 100 points; the score is their average, in which some environments count more. "
                "What is not known costs as much as a no: ignorance never looks good, and an answer about an environment never costs anything. Costs are rounded up to a tenth of a point."
            </p>
            <ul>
                {IMPORTANCE.iter().map(|i| {
                    let what = i.kind.map_or("A kind that is not known".to_string(), ToString::to_string);
                    view! { <li>{format!("{what} counts {}: {}.", i.counts, i.why)}</li> }
                }).collect_view()}
                <li>{others}</li>
                {CAPS.iter().map(|(trouble, most, why)| view! {
                    <li>{format!("Beside “{}” the score is at most {most}: {why}.", trouble.weight().title)}</li>
                }).collect_view()}
            </ul>
            <div class="scroll" tabindex="0" role="region" aria-label="Weights">
                <table>
                    <thead><tr><th scope="col">"Finding"</th><th scope="col">"Of 100 points"</th><th scope="col">"Why so many"</th></tr></thead>
                    <tbody>
                        {WEIGHTS.iter().map(|w| view! {
                            <tr><th scope="row">{w.title}</th><td class="num">{w.points}</td><td>{w.why}</td></tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </details>
    }
}
