//! One way back: how it stands, until when, what it brings and costs, and what to do.

use super::Told;
use super::ways::{Lines, Opened};
use crate::domain::advice::{Line, Standing, Way, WayKind};
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::rule::RuleId;
use crate::ui::components::outcome::tag;
use crate::ui::components::{Ask, InstantView, PlanButton, RuleChip, SaysText};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::view_model::acts::Act;
use crate::view_model::advice::{Due, due, standing_look, surely_look};

#[component]
pub(super) fn WayView(
    way: Way,
    /// The best one: large, unfolded, with the reason why.
    first: bool,
    why: String,
    told: Told,
) -> impl IntoView {
    let heading = format!("way-{}", dom_id(&way.id()));
    if first {
        let title = way.title().to_string();
        let tags = tags(&way);
        return view! {
            <article class="card pad way way-first" aria-labelledby=heading.clone()>
                <h3 id=heading.clone()>{title}</h3>
                <p class="way-tags">{tags}</p>
                <p class="way-why">{why}</p>
                <Body way told />
            </article>
        }
        .into_any();
    }
    let Opened(opened) = expect_context::<Opened>();
    let id = way.id();
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| opened.with(|o| o.contains(&id)))
    };
    let toggled = move |event: web_sys::Event| {
        let open = event_target::<web_sys::HtmlDetailsElement>(&event).open();
        if open != is_open.get_untracked() {
            opened.update(|o| {
                if open {
                    o.insert(id.clone());
                } else {
                    o.remove(&id);
                }
            });
        }
    };
    let closed = way.standing == Standing::Closed;
    let reason = way.against.first().filter(|_| closed).map(|l| view! { <SaysText text=l.says_and_help().0 /> });
    let deadline = (!closed).then(|| view! { <Deadline way=way.clone() told /> });
    let (title, tags) = (way.title().to_string(), tags(&way));
    view! {
        <article class="card way" class:way-closed=closed aria-labelledby=heading.clone()>
            <details prop:open=move || is_open.get() on:toggle=toggled>
                <summary>
                    <span class="way-title" id=heading.clone()>{title}</span>
                    <span class="way-tags">{tags}</span>
                    <span class="way-brief">{reason} {deadline}</span>
                </summary>
                <Body way told brief=true />
            </details>
        </article>
    }
    .into_any()
}

/// Ids of elements have no spaces; those of environments may.
fn dom_id(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn tags(way: &Way) -> impl IntoView + use<> {
    view! {
        {tag(standing_look(way.standing))}
        {surely_look(way).map(|look| view! { " " {tag(look)} })}
    }
}

/// Until when, in one line.
#[component]
fn Deadline(way: Way, told: Told) -> impl IntoView {
    move || {
        let deadline = due(&way, told.app.now())?;
        Some(match deadline {
            Due::StartBefore(at) => view! { <span class="way-due">"Start before " <InstantView at /></span> }.into_any(),
            Due::StartAtOnce(at) => view! {
                <span class="way-due way-late"><strong>"! Start at once:"</strong> " the latest sensible start has passed; it ends " <InstantView at /></span>
            }
            .into_any(),
            Due::Unsure(at) if way.kind == WayKind::Recover => view! {
                <span class="way-due way-late"><strong>"! Recover at once:"</strong> " it may be refused; perhaps until " <InstantView at /></span>
            }
            .into_any(),
            Due::Unsure(at) if way.doubt.is_some() => view! {
                <span class="way-due way-late"><strong>"! Start at once:"</strong> " nothing guarantees that it is offered; perhaps until " <InstantView at /></span>
            }
            .into_any(),
            Due::Unsure(at) => view! {
                <span class="way-due way-late"><strong>"! Start at once:"</strong> " nothing guarantees the point, and it may already be gone; perhaps until " <InstantView at /></span>
            }
            .into_any(),
            Due::Until(at) => view! { <span class="way-due">"Recover before " <InstantView at /></span> }.into_any(),
        })
    }
}

#[component]
fn Body(
    way: Way,
    told: Told,
    /// The deadline stands in the summary already.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let closed = way.standing == Standing::Closed;
    let deadline = (!brief && !closed).then(|| view! { <p class="way-deadline"><Deadline way=way.clone() told /> {way.purpose.is_some().then(|| view! { " " <RuleChip rule=RuleId::R22 /> })}</p> });
    let restores = way.purpose.is_some() && !closed;
    let ends = ends(&way);
    let actions = actions(&way, told);
    let (does, duration) = (way.does(), way.duration());
    let Way { recovered, lost, overwritten, costs, against, changes, open, questions, heed, kind, .. } = way;
    let or_nothing = |title: &'static str, lines: Vec<Line>, says: &'static str| match lines.is_empty() && restores {
        true => view! {
            <div class="way-section"><h4>{title}</h4><ul class="way-lines"><li>{says}</li></ul></div>
        }
        .into_any(),
        false => section(title, lines).into_any(),
    };
    let title = if kind == WayKind::Nothing { "What is left" } else { "Recovered" };
    let against_title = if closed { "Why it is closed" } else { "What stops it now" };
    view! {
        <div class="way-body">
            {(!does.is_empty()).then(|| view! { <p><SaysText text=does /></p> })}
            {deadline}
            {section(against_title, against)}
            {section("What must change first", changes)}
            {section("What is not known", open)}
            {(!questions.is_empty()).then(|| view! { <Questions questions told /> })}
            <div class="way-columns">
                {section(title, recovered)}
                {or_nothing("Lost", lost, "Nothing that is in the environment now.")}
                {or_nothing("Overwritten", overwritten, "Nothing.")}
                {section("What it takes", costs)}
            </div>
            {duration.filter(|_| !closed).map(|duration| view! {
                <h4>"How long"</h4>
                <p>{duration} " " {restores.then(|| view! { <RuleChip rule=RuleId::R7 /> })}</p>
            })}
            {ends}
            {section("Know this before", heed)}
            {actions}
        </div>
    }
}

fn section(title: &'static str, lines: Vec<Line>) -> Option<impl IntoView> {
    (!lines.is_empty()).then(|| view! { <div class="way-section"><h4>{title}</h4><Lines lines /></div> })
}

/// How long it stays as it is.
fn ends(way: &Way) -> Option<impl IntoView + use<>> {
    let until = way.until?;
    let sure = way.sure_until;
    let (surely, perhaps) = match sure {
        Some(sure) if sure == until => (Some(sure), None),
        sure => (sure, Some(until)),
    };
    Some(view! {
        <h4>"Until when"</h4>
        <dl class="pairs">
            {surely.map(|at| view! { <dt>"Surely until"</dt> <dd><InstantView at /></dd> })}
            {perhaps.map(|at| view! { <dt>"Perhaps until"</dt> <dd><InstantView at /></dd> })}
        </dl>
        <p class="hint">"If nothing else changes."</p>
    })
}

/// The facts that are asked for, to be answered right there.
#[component]
fn Questions(questions: Vec<(EnvironmentId, FactKey)>, told: Told) -> impl IntoView {
    let name = move |id: &EnvironmentId| {
        told.app.with_untracked(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
    };
    view! {
        <div class="wizard-ask">
            {questions
                .into_iter()
                .map(|(id, fact)| view! {
                    <div class="verdict-ask"><strong>{name(&id)}</strong> <Ask environments=vec![id] fact /></div>
                })
                .collect_view()}
        </div>
    }
}

fn actions(way: &Way, told: Told) -> Option<impl IntoView + use<>> {
    let purpose = way.purpose.clone();
    let button = match way.standing {
        Standing::Open => purpose.map(|p| view! { <PlanButton purpose=p label="Plan this" class="btn pri" /> }),
        Standing::AfterChanges | Standing::Unknown => {
            purpose.map(|p| view! { <PlanButton purpose=p label="Open in the wizard" class="btn" /> })
        }
        Standing::LastResort | Standing::Closed => None,
    };
    let recovers = way.kind == WayKind::Recover && way.standing != Standing::Closed;
    let recover = recovers.then(|| view! { <Recovers told /> });
    (button.is_some() || recovers).then(|| view! { <p class="actions way-actions">{button} {recover}</p> })
}

/// To the deleted environments; a deletion that the inventory does not know yet is recorded first.
#[component]
fn Recovers(told: Told) -> impl IntoView {
    let app = told.app;
    let id = told.query.with_untracked(|q| q.environment.clone());
    let unknown = id.filter(|id| app.with_untracked(|w| w.tenant.get(id).is_some_and(|e| e.deleted.is_none())));
    match unknown {
        Some(id) => view! {
            <button type="button" class="btn pri" on:click=move |_| app.acting.begin(Some(id.clone()), Act::Delete)>
                "Record the deletion…"
            </button>
        }
        .into_any(),
        None => view! { <a class="btn pri" href=Route::Deleted.href()>"Go to the deleted environments"</a> }.into_any(),
    }
}
