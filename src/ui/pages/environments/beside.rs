//! What stands beside the table: one environment at a glance, and what can be done with it.

use super::Fleet;
use super::unknown::OpenQuestion;
use crate::domain::compare::newest_is_worse_for_window;
use crate::domain::eligibility::AtThisMoment;
use crate::domain::environment::{Environment, EnvironmentId, FactKey, Kind, Region, RuntimeState};
use crate::domain::manual_backup::{self, Judged, Stage};
use crate::domain::moment::Moment;
use crate::domain::outlook::{Back, Obstacle, Outlook};
use crate::domain::retention::Certainty;
use crate::domain::said::Said;
use crate::ui::components::instant::{offset, stamp};
use crate::ui::components::sheet::band_with_axis;
use crate::ui::components::{
    AskCards, DeletionView, FactsAge, InstantView, Menu, ReasonList, RuleChip, SaysText, icon,
};
use crate::ui::pages::environment::{Against, LifeNow};
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route, TargetsQuery};
use crate::ui::state::use_app;
use crate::view_model::acts::Act;
use crate::view_model::band::day_month_of;
use crate::view_model::beside::{Target, Targets, targets};
use crate::view_model::far::KEPT_ONLY_BACK_TO;
use crate::view_model::rows::{Row, mark_of};
use crate::view_model::words::{count, stage, thousands};
use crate::words::{Say, capital, facts};
use crate::workspace::Goal;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// How many targets of each sort are named.
const MOST: usize = 8;

#[component]
pub fn Beside(row: Memo<Option<Row>>, fleet: Fleet) -> impl IntoView {
    // What is asked stays where it is while its answer moves the rest.
    let id = Memo::new(move |_| row.with(|r| r.as_ref().map(|r| r.id.clone())));
    let deleted = Memo::new(move |_| row.with(|r| r.as_ref().is_some_and(|r| r.deleted.is_some())));
    let app = use_app();
    let env = Memo::new(move |_| {
        let id = id.get()?;
        app.with(|w| w.tenant.get(&id).filter(|env| env.deleted.is_none()).cloned())
    });
    view! {
        {live(move || {
            let closed = env.with(|e| e.as_ref().is_some_and(|e| e.state.get() == Some(&RuntimeState::AdminMode)));
            row.get().map(|row| about(row, closed))
        })}
        {live(move || env.with(Option::is_some).then(|| {
            let env = Signal::derive(move || env.get().unwrap_or_else(|| Environment::new("")));
            view! { <LifeNow env /> }
        }))}
        {live(move || {
            let id = id.get()?;
            Some(if deleted.get() {
                view! { <Deleted row id /> }.into_any()
            } else {
                view! {
                    <Actions id=id.clone() row />
                    <HowFar row />
                    <Onto id=id.clone() row fleet />
                    <Backups id=id.clone() />
                    <Facts id row />
                }
                .into_any()
            })
        })}
    }
}

/// What it is, in a line. `closed`: its administration mode is on.
fn about(row: Row, closed: bool) -> impl IntoView {
    let d365 = row.dynamics == Some(true) && row.kind == Some(Kind::Production);
    let mut parts = vec![
        row.kind.as_ref().map_or("kind not known".to_string(), Kind::to_string)
            + if d365 { ", Dynamics 365" } else { "" },
        row.region.as_ref().map_or("region not known".to_string(), Region::to_string),
    ];
    parts.extend(row.managed.map(|m| if m { "managed" } else { "not managed" }.to_string()));
    parts.extend(row.missing.then(|| "missing from the last import".to_string()));
    parts.extend(closed.then(|| "administration mode is on".to_string()));
    parts.extend(row.busy.clone());
    let rests_on = Signal::stored(vec![row.id]);
    view! { <p class="sub">{parts.join(" · ")} <FactsAge of=rests_on /></p> }
}

#[component]
fn Deleted(row: Memo<Option<Row>>, id: EnvironmentId) -> impl IntoView {
    view! {
        <p>"Deleted: " {live(move || row.with(|r| r.as_ref()?.deleted).map(|when| view! { <DeletionView when /> })) }</p>
        <p class="actions">
            <a class="btn pri" href=Route::way_back(Some(id.clone())).href()>"Every way back"</a>
            <a class="btn" href=Route::Environment(id).href()>"Open its page"</a>
        </p>
    }
}

/// One primary, and a menu for the rest. What can never work is not offered; the reason stands in its place.
#[component]
fn Actions(id: EnvironmentId, row: Memo<Option<Row>>) -> impl IntoView {
    let app = use_app();
    let this = id.clone();
    let against = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            w.tenant.get(&this).map(|e| {
                (Against::of(Moment::new(edition, &w.tenant, now), e), e.kind.get() == Some(&Kind::Production))
            })
        })
    });
    let restore = |source: Option<EnvironmentId>, target: Option<EnvironmentId>, goal: Option<Goal>| {
        Route::Restore(RestoreQuery { goal, source, target, ..RestoreQuery::default() }).href()
    };
    let own = StoredValue::new(id);
    // What is stopped is not what to do first.
    let stopped = Memo::new(move |_| row.with(|r| r.as_ref().and_then(Row::back) == Some(Back::Not)));
    let act = move |act: Act| app.acting.begin(Some(own.get_value()), act);
    view! {
        {live(move || {
            let (against, production) = against.get()?;
            let id = own.get_value();
            let source = against.source.is_none();
            let primary = if source {
                view! { <a class="btn" class:pri=move || !stopped.get() href=restore(Some(id.clone()), None, None)>"Restore …"</a> }.into_any()
            } else {
                view! { <a class="btn pri" href=Route::Environment(id.clone()).href()>"Open its page"</a> }.into_any()
            };
            let (onto, beside) = (against.target.is_none(), against.beside.is_none());
            Some(view! {
                <div class="actions">
                    {primary}
                    <button type="button" class="btn" on:click=move |_| act(Act::BackUp)>
                        {move || if app.is_play() { "Back up now" } else { "Record a backup" }}
                    </button>
                    <Menu label="More" once=true button=icon("more")>
                        {onto.then(|| view! { <a href=restore(None, Some(own.get_value()), None)>"Restore onto it …"</a> })}
                        {beside.then(|| view! { <a href=restore(Some(own.get_value()), None, Some(Goal::Beside))>"Bring back deleted records …"</a> })}
                        {(source && production).then(|| view! {
                            <a href=restore(Some(own.get_value()), None, Some(Goal::ToProduction))>"Restore to Production …"</a>
                        })}
                        <a href=Route::way_back(Some(own.get_value())).href()>"What happened here?"</a>
                        <button type="button" on:click=move |_| act(Act::SetRetention)>"Change retention …"</button>
                        <button type="button" on:click=move |_| app.acting.menu(own.get_value())>
                            {move || if app.is_play() { "All that can be done …" } else { "Record something else …" }}
                        </button>
                        <Show when=move || app.can_rehearse()>
                            <button type="button" on:click=move |_| app.about_rehearsal.set(true)>"Rehearse"</button>
                        </Show>
                    </Menu>
                    {source.then(|| view! { <a href=Route::Environment(own.get_value()).href()>"Open its page"</a> })}
                </div>
                {against.view()}
            })
        })}
    }
}

/// Whether that is what stands above all else, with what to do about it.
fn goes_on(obstacle: &Obstacle) -> bool {
    matches!(obstacle, Obstacle::Occupied(_) | Obstacle::PerhapsOccupied(_) | Obstacle::Reported(_))
}

#[component]
fn HowFar(row: Memo<Option<Row>>) -> impl IntoView {
    let app = use_app();
    let newest = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        let id = row.with(|r| r.as_ref().map(|r| r.id.clone()))?;
        app.with(|w| newest_is_worse_for_window(edition, w.tenant.get(&id)?, now))
    });
    view! {
        <section>
            {live(move || {
                let row = row.get()?;
                let m = mark_of(&row);
                let window = &row.reach.window;
                let (sure, possible) = (window.guaranteed_from, window.possible_from);
                // Where the ways reach less far than what is kept, that is said; what is kept has its own page.
                let cut = row.reach.bounds.as_ref().map(|bounds| vec![bounds.possible.reason()]).unwrap_or_default();
                let page = Route::Environment(row.id.clone()).href();
                let why = row.outlook.as_ref().filter(|o| o.today != Back::Surely).map(Outlook::reasons).unwrap_or_default();
                // What goes on is said above, and nothing is said twice.
                let said: Vec<String> = cut.iter().map(|r| r.says().to_string()).collect();
                let is_new = |r: &Said<Obstacle>| !goes_on(&r.cause) && !said.contains(&r.says().to_string());
                let why: Vec<_> = why.into_iter().filter(is_new).collect();
                let bound = |head: &'static str, at: Option<DateTime<Utc>>| {
                    at.map(|at| view! { <p class="bound"><span class="hint">{head}</span> <InstantView at /></p> })
                };
                Some(view! {
                    <h3 class="verdict-line">
                        <span class=m.tone>{icon(m.icon)}</span> {capital(m.says)}
                        <a href=page>"Why"</a>
                    </h3>
                    {bound("Surely back to", sure)}
                    {bound(
                        if window.is_kept_only() { KEPT_ONLY_BACK_TO } else { "Possibly back to" },
                        possible.filter(|p| sure.is_none_or(|s| *p < s)),
                    )}
                    {possible.is_none().then(|| view! { <p class="bound">"Nothing is kept."</p> })}
                    {band_with_axis(&row.reach.window, &row.backups, app.now())}
                    {(!cut.is_empty()).then(|| view! { <ReasonList reasons=cut /> })}
                    {(!why.is_empty()).then(|| view! { <ReasonList reasons=why /> })}
                })
            })}
            {live(move || newest.get().map(|n| view! { <div class="note"><SaysText text=n.says() /></div> }))}
        </section>
    }
}

/// Onto what: the eligible first, then what a fact would decide, the refused folded by reason.
#[component]
fn Onto(id: EnvironmentId, row: Memo<Option<Row>>, fleet: Fleet) -> impl IntoView {
    let app = use_app();
    let matrix = Route::Targets(TargetsQuery { source: Some(id.clone()), ..TargetsQuery::default() }).href();
    let (of_row, here) = (id.clone(), id);
    let found = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        // Follows the rows: they are of the same tenant.
        fleet.rows.track();
        app.with(|w| targets(Moment::new(edition, &w.tenant, now), &here, MOST))
    });
    let none = Memo::new(move |_| {
        row.with(|r| {
            r.as_ref().and_then(|r| r.outlook.as_ref()?.onto().none).filter(|o| !goes_on(o)).map(|o| o.reason())
        })
    });
    let pair = move |target: &EnvironmentId| {
        Route::Targets(TargetsQuery {
            source: Some(of_row.clone()),
            target: Some(target.clone()),
            ..TargetsQuery::default()
        })
        .href()
    };
    let to_pair = pair.clone();
    let eligible = move |t: &Target| {
        let (tone, mark, end) = match (t.now, t.itself) {
            (AtThisMoment::Stopped, _) => ("no", "no", "not at this moment"),
            (AtThisMoment::Doubtful, _) => ("ask", "unk", "perhaps not now"),
            (AtThisMoment::Open, true) => ("ok", "yes", "overwrites it"),
            (AtThisMoment::Open, false) => ("ok", "yes", "eligible"),
        };
        let name = if t.itself { "itself".to_string() } else { t.name.clone() };
        view! { <li><span class=tone>{icon(mark)}</span> <a href=to_pair(&t.id)>{name}</a> <span class="end">{end}</span></li> }
    };
    let unknown = move |t: &Target| {
        let name = if t.itself { "itself".to_string() } else { t.name.clone() };
        let ask = t.asks.first().cloned().map(|(of, fact)| {
            let question = facts::of(fact).asks_one;
            let asked = of.clone();
            let ask = move |_| {
                let name = app.with_untracked(|w| w.tenant.get(&asked).map_or_else(String::new, |e| e.name.clone()));
                fleet.asked.set(Some(OpenQuestion { fact, one: Some((asked.clone(), name)), among: BTreeSet::new() }));
            };
            view! { <button type="button" class="btn small" aria-haspopup="dialog" title=question on:click=ask>{facts::of(fact).tag} "?"</button> }
        });
        view! { <li><span class="ask">{icon("unk")}</span> <a href=pair(&t.id)>{name}</a> <span class="end">{ask}</span></li> }
    };
    let more = |all: usize, shown: usize, what: &'static str| {
        (all > shown).then(|| view! { <li class="hint">{format!("{} more {what}", thousands(all - shown))}</li> })
    };
    view! {
        <section>
            <h3>"Onto what" <a href=matrix>"In the matrix"</a></h3>
            {live(move || none.get().map(|why| view! { <ReasonList reasons=vec![why] /> }))}
            {live(move || {
                let found: Targets = found.get();
                let (all_eligible, all_unknown) = (found.counts.eligible, found.counts.unknown);
                let refused = found.counts.refused;
                let edition = app.edition();
                view! {
                    <ul class="lines">
                        {found.eligible.iter().map(&eligible).collect_view()}
                        {more(all_eligible, found.eligible.len(), "eligible")}
                        {found.unknown.iter().map(&unknown).collect_view()}
                        {more(all_unknown, found.unknown.len(), "not known")}
                    </ul>
                    {(refused > 0).then(|| view! {
                        <details class="refused">
                            <summary>{thousands(refused)} " refused" {found.refuses_itself.then_some(", itself among them")}</summary>
                            <ul class="reasons">
                                {found.why.into_iter().map(|(rule, many)| view! {
                                    <li><b class="num">{thousands(many)}</b> ": " {edition.rule(rule).sentence} " " <RuleChip rule /></li>
                                }).collect_view()}
                            </ul>
                        </details>
                    })}
                }
            })}
        </section>
    }
}

#[component]
fn Backups(id: EnvironmentId) -> impl IntoView {
    let app = use_app();
    let page = Route::Environment(id.clone()).href();
    let own = StoredValue::new(id);
    let all = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        app.with(|w| {
            let env = w.tenant.get(&own.get_value())?;
            let mut all: Vec<_> = env
                .backups
                .iter()
                .map(|b| (b.id.clone(), b.label.clone(), b.point, manual_backup::judge(edition, env, b, now)))
                .collect();
            all.reverse();
            Some(all)
        })
        .unwrap_or_default()
    });
    view! {
        <section>
            <h3>"Manual backups" {live(move || (all.with(Vec::len) > MOST).then(|| view! { <a href=page.clone()>"All " {all.with(Vec::len)}</a> }))}</h3>
            {live(move || {
                let all = all.get();
                if all.is_empty() {
                    return view! { <p class="hint">"None is known."</p> }.into_any();
                }
                let line = |(backup, label, point, judged): (String, String, DateTime<Utc>, Judged)| {
                    let day = |at: DateTime<Utc>| day_month_of(at, offset(at));
                    let (symbol, word, tone) = stage(&judged);
                    let gone = matches!(judged.stage, Stage::Expired);
                    let ends = if gone { None } else { until(&judged) };
                    let end = match &ends {
                        Some((says, at)) => format!("{} · {says} {}", day(point), day(*at)),
                        None => format!("{} · {}", day(point), word.to_lowercase()),
                    };
                    let title = ends.map_or_else(
                        || format!("{word}: restore point {}", stamp(point)),
                        |(says, at)| format!("{word}: restore point {}, {says} {}", stamp(point), stamp(at)),
                    );
                    let restore = Route::Restore(RestoreQuery { source: Some(own.get_value()), backup: Some(backup), ..RestoreQuery::default() });
                    view! {
                        <li>
                            <span class=tone aria-hidden="true">{symbol}</span> <span class="visually-hidden">{word} ": "</span>
                            {if gone { label.into_any() } else { view! { <a href=restore.href()>{label}</a> }.into_any() }}
                            " " <span class="end" title=title>{end}</span>
                        </li>
                    }
                };
                view! { <ul class="lines">{all.into_iter().take(MOST).map(line).collect_view()}</ul> }.into_any()
            })}
        </section>
    }
}

/// Until when a manual backup is there, the last instant at which it is sure before the last at which it is possible (UTC).
fn until(judged: &Judged) -> Option<(&'static str, DateTime<Utc>)> {
    match (judged.certainty, judged.guaranteed_until, judged.possible_until) {
        (Certainty::Guaranteed, Some(sure), Some(possible)) if sure < possible => Some(("surely until", sure)),
        (Certainty::Guaranteed, Some(sure), _) => Some(("until", sure)),
        (_, _, Some(possible)) => Some(("possibly until", possible)),
        (_, sure, None) => sure.map(|at| ("until", at)),
    }
}

/// What is not known, to be answered right there; everything else is on its page.
#[component]
fn Facts(id: EnvironmentId, row: Memo<Option<Row>>) -> impl IntoView {
    let page = Route::Environment(id.clone()).href();
    let asks = Memo::new(move |_| {
        let unknown: Vec<FactKey> = row.with(|r| r.as_ref().map(|r| r.unknown.clone())).unwrap_or_default();
        unknown.into_iter().map(|fact| (id.clone(), fact)).collect::<Vec<_>>()
    });
    let says = move || match asks.with(Vec::len) {
        0 => "All facts that decide are known.".to_string(),
        n => format!("{} and may decide:", count(n, "fact is not known", "facts are not known")),
    };
    view! {
        <section>
            <h3>"Facts" <a href=page>"All of them"</a></h3>
            <p class="hint">{says}</p>
            <AskCards asks />
        </section>
    }
}
