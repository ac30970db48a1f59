//! What is chosen in the matrix, in the drawer: its answer with every reason, question and mend, whom to take instead, and the way
//! into the wizard.

use super::TargetsShared;
use crate::domain::eligibility::{AtThisMoment, Outcome, gates, judge};
use crate::domain::environment::EnvironmentId;
use crate::domain::moment::Moment;
use crate::domain::outlook::outlook;
use crate::ui::components::drawer::{Drawer, Drawn};
use crate::ui::components::outcome::{outcome_now_look, tag};
use crate::ui::components::{FactsAge, VerdictView, icon};
use crate::ui::pages::environment::{Direction, PairList};
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::grid::{Selected, Span};
use crate::view_model::words::thousands;

#[component]
pub fn Chosen(page: TargetsShared) -> impl IntoView {
    let app = use_app();
    let TargetsShared { query, grid, enter, .. } = page;
    let at = Drawn::new();
    let asked = Memo::new(move |_| query.with(|q| q.source.is_some() || q.target.is_some()));
    // The address says what is open. It is read again when it changes, so that Back closes what was opened.
    Effect::new(move |_| {
        query.track();
        if !asked.get() {
            at.shut();
            return;
        }
        let entered = enter.try_update_value(std::mem::take).unwrap_or_default();
        at.show(entered);
    });
    Effect::new(move |before: Option<bool>| {
        let open = at.is_open();
        if before == Some(true)
            && !open
            && untrack(|| asked.get())
            && untrack(|| matches!(app.route(), Route::Targets(_)))
        {
            let by = query.with_untracked(|q| q.by.clone());
            app.go(Route::Targets(TargetsQuery { by, ..TargetsQuery::default() }));
        }
        open
    });
    let name = move |id: &EnvironmentId| {
        app.with(|w| w.tenant.get(id).map(|e| e.name.clone()))
            .unwrap_or_else(|| "an environment that is not on the list".into())
    };
    let selected = Memo::new(move |_| {
        let q = query.get();
        let (source, target) = (q.source?, q.target?);
        grid.with(|g| g.as_ref()?.selected(&source, &target, Span::read(&q.span)))
    });
    // The pairs of one cell, for the way back from one of them.
    let group = Memo::new(move |before: Option<&Option<PairGroup>>| {
        let query = query.get();
        let here = selected.with(|s| PairGroup::of(&query, s.as_ref()?));
        here.or_else(|| before?.as_ref().filter(|group| group.holds(&query)).cloned())
    });
    let title = Signal::derive(move || {
        query.with(|q| match (&q.source, &q.target) {
            (Some(source), None) => format!("Who can {} be restored to?", name(source)),
            (None, Some(target)) => format!("What can be restored onto {}?", name(target)),
            (Some(source), Some(target)) => selected
                .with(|s| s.as_ref().map(|s| s.title.clone()))
                .unwrap_or_else(|| format!("{} onto {}", name(source), name(target))),
            (None, None) => String::new(),
        })
    });
    // The list of the pairs is open where somebody comes back to it.
    let listed = RwSignal::new(false);
    let body = move || {
        match query.get() {
        TargetsQuery { source: Some(source), target: Some(target), .. } => {
            view! { <Pair page source target selected group listed /> }.into_any()
        }
        TargetsQuery { source: Some(id), .. } => view! { <p class="quiet"><FactsAge of=Signal::stored(vec![id.clone()]) alone=true /></p> <PairList id direction=Direction::Onto /> }.into_any(),
        TargetsQuery { target: Some(id), .. } => view! { <p class="quiet"><FactsAge of=Signal::stored(vec![id.clone()]) alone=true /></p> <PairList id direction=Direction::From /> }.into_any(),
        _ => ().into_any(),
    }
    };
    view! {
        <Drawer at title>
            {live(body)}
        </Drawer>
    }
}

/// The pairs of a cell that holds several.
#[derive(Clone, PartialEq)]
struct PairGroup {
    query: TargetsQuery,
    pairs: Vec<(EnvironmentId, EnvironmentId)>,
}

impl PairGroup {
    fn of(query: &TargetsQuery, selected: &Selected) -> Option<Self> {
        let pairs = selected.pairs.iter().map(|[source, target]| (source.0.clone(), target.0.clone()));
        (selected.all > 1).then(|| Self { query: query.clone(), pairs: pairs.collect() })
    }

    /// Whether one of its pairs is what `query` names.
    fn holds(&self, query: &TargetsQuery) -> bool {
        let named =
            |(source, target): &(_, _)| query.source.as_ref() == Some(source) && query.target.as_ref() == Some(target);
        query.by == self.query.by && self.pairs.iter().any(named)
    }
}

#[component]
fn Pair(
    page: TargetsShared,
    source: EnvironmentId,
    target: EnvironmentId,
    selected: Memo<Option<Selected>>,
    group: Memo<Option<PairGroup>>,
    listed: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let restore = Route::Restore(RestoreQuery {
        source: Some(source.clone()),
        target: Some(target.clone()),
        ..RestoreQuery::default()
    })
    .href();
    let outcome = {
        let (source, target) = (source.clone(), target.clone());
        Memo::new(move |_| {
            page.grid.with(|g| {
                let g = g.as_ref()?;
                Some(g.outcome(g.find(&source)?, g.find(&target)?))
            })
        })
    };
    let names = {
        let (source, target) = (source.clone(), target.clone());
        Memo::new(move |_| {
            app.with(|w| Some((w.tenant.get(&source)?.name.clone(), w.tenant.get(&target)?.name.clone())))
        })
    };
    // What is stopped is not what to do first.
    let stopped = {
        let (source, target) = (source.clone(), target.clone());
        Memo::new(move |_| {
            let (edition, now) = (app.edition(), app.now());
            app.with(|w| {
                let (source, target) = (w.tenant.get(&source)?, w.tenant.get(&target)?);
                Some(!gates(Moment::new(edition, &w.tenant, now), source, target).broken.is_empty())
            }) == Some(true)
        })
    };
    let (from, onto) = (source.clone(), target.clone());
    // Of several pairs the one that is shown is named. As it opens: what is being answered is not torn away.
    let bare = selected.with_untracked(|s| s.as_ref().is_none_or(|s| s.all < 2));
    let back = move || {
        let group = group.get().filter(|group| page.query.with(|q| *q != group.query))?;
        Some(
            view! { <p class="pair-back"><a href=Route::Targets(group.query).href() on:click=move |_| focus_soon(ALL_PAIRS.to_string())>"← All pairs like this"</a></p> },
        )
    };
    view! {
        {live(back)}
        {live(move || selected.with(|s| s.as_ref().and_then(Selected::says)).map(|says| view! { <p class="quiet">{says}</p> }))}
        {live(move || {
            let possible = outcome.get().is_some_and(|o| o != Outcome::Refused);
            let (source, target) = possible.then(|| names.get()).flatten()?;
            let onto = if source == target { "itself".to_string() } else { target };
            Some(
                view! {
                    <p class="actions">
                        <a class="btn" class:pri=move || !stopped.get() && outcome.get() == Some(Outcome::Eligible) href=restore.clone()>
                            {format!("Restore {source} onto {onto}…")}
                        </a>
                    </p>
                },
            )
        })}
        <VerdictView source target bare moment=true />
        <Instead source=from target=onto />
        {live(move || {
            let chosen = selected.get().filter(|s| s.all > 1)?;
            let more = chosen.all.saturating_sub(chosen.pairs.len());
            Some(
                view! {
                    <section>
                        <details open=listed.get_untracked()
                            on:toggle=move |e| listed.set(event_target::<web_sys::HtmlDetailsElement>(&e).open())>
                            <summary id=ALL_PAIRS>{format!("All {} pairs", thousands(chosen.all))}</summary>
                            <ul class="pair-links">{chosen.pairs.into_iter().map(|pair| link(page, pair)).collect_view()}</ul>
                            {(more > 0).then(|| view! { <p class="hint">"and " {thousands(more)} " more"</p> })}
                        </details>
                    </section>
                },
            )
        })}
    }
}

/// What leads to all pairs of a cell.
const ALL_PAIRS: &str = "all-pairs";

fn link(page: TargetsShared, [source, target]: [(EnvironmentId, String); 2]) -> impl IntoView {
    let by = page.query.with_untracked(|q| q.by.clone());
    let says = format!("{} onto {}", source.1, if source.0 == target.0 { "itself" } else { &target.1 });
    let id = (source.0.clone(), target.0.clone());
    let query = TargetsQuery { source: Some(source.0), target: Some(target.0), span: String::new(), by };
    // How it stands at this moment may differ from pair to pair.
    let app = use_app();
    let stands = untrack(|| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let (s, t) = (w.tenant.get(&id.0)?, w.tenant.get(&id.1)?);
            let now = AtThisMoment::by(edition, &gates(Moment::new(edition, &w.tenant, now), s, t), s.id == t.id);
            Some(tag(outcome_now_look(judge(edition, s, t).outcome(), now)))
        })
    });
    view! { <li><a href=Route::Targets(query).href()>{says}</a> " " {stands}</li> }
}

/// The best other targets that are eligible now, as every screen names them.
#[component]
fn Instead(source: EnvironmentId, target: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let all = Route::Targets(TargetsQuery { source: Some(source.clone()), ..TargetsQuery::default() }).href();
    let here = source.clone();
    let others = Memo::new(move |_| {
        let (edition, (tenant, now)) = (app.edition(), app.judged());
        let found = outlook(Moment::new(edition, &tenant, now), &source)?;
        let named: Vec<(EnvironmentId, String)> = found
            .ways
            .examples
            .iter()
            .filter_map(|place| tenant.environments.get(*place))
            .filter(|env| env.id != target)
            .map(|env| (env.id.clone(), env.name.clone()))
            .collect();
        Some((named, found.ways.targets.eligible))
    });
    live(move || {
        let (named, eligible) = others.get().filter(|(named, _)| !named.is_empty())?;
        let source = here.clone();
        Some(view! {
            <section>
                <h3>"Instead" <a href=all.clone()>{format!("All {}", thousands(eligible))}</a></h3>
                <ul class="pair-links">
                    {named
                        .into_iter()
                        .map(|(id, name)| {
                            view! {
                                <li>
                                    <span class="g">{icon("yes")}</span>
                                    <a href=Route::pair(source.clone(), id).href()>{name}</a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        })
    })
}
