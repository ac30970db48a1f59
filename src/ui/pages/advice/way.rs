//! One way back: how it stands, until when, what it brings and costs, and what to do.

use super::ToldMishap;
use super::making::MakePlan;
use super::ways::{AnsweredHere, Lines, OpenedRest, OpenedWay};
use crate::domain::advice::{AdviceLine, Way, WayKind, WayStanding};
use crate::domain::environment::{EnvironmentId, FactKey};
use crate::domain::rule::RuleId;
use crate::ui::components::outcome::tag;
use crate::ui::components::{Ask, InstantView, Notice, PlanButton, RuleChip, SaysText, Tone, icon};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::view_model::acts::Act;
use crate::view_model::advice::{Due, due, due_words, overwrites, sure_look};
use crate::view_model::cards::Given;
use crate::view_model::words::count;
use crate::words::capital;
use crate::workspace::local_time::span;

#[component]
pub(super) fn WayView(
    way: Way,
    /// From 1.
    rank: usize,
    /// The id of the first, which is open until another is opened.
    best: String,
    /// Why it is the first; empty for the others.
    why: String,
    told: ToldMishap,
) -> impl IntoView {
    let heading = format!("way-{}", dom_id(&way.id()));
    let OpenedWay(opened) = expect_context::<OpenedWay>();
    let id = way.id();
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| opened.with(|o| o.as_ref().map_or(best == id, |o| *o == id)))
    };
    let toggled = move |event: web_sys::Event| {
        let open = event_target::<web_sys::HtmlDetailsElement>(&event).open();
        if open != is_open.get_untracked() {
            opened.set(Some(if open { id.clone() } else { String::new() }));
        }
    };
    let title = way.title().to_string();
    let (over, sure) =
        (overwrites(&way, span(untrack(|| told.app.now()) - way.aim.point).as_deref()), tag(sure_look(&way)));
    let ends = view! { <Deadline way=way.clone() told brief=true /> };
    view! {
        <article class="way" aria-labelledby=heading.clone()>
            <details prop:open=move || is_open.get() on:toggle=toggled>
                <summary>
                    <span class="way-rank">{(way.standing < WayStanding::LastResort).then_some(rank)}</span>
                    <span class="way-title" id=heading.clone()>{title}</span>
                    <span class="way-over" class:way-loss=over.loss><span class="way-label">"Overwrites: "</span>{over.says}</span>
                    <span class="way-sure"><span class="way-label">"How sure: "</span>{sure}</span>
                    <span class="way-ends">{ends}</span>
                    {icon("down")}
                </summary>
                <Body way why told />
            </details>
        </article>
    }
}

/// Ids of elements have no spaces; those of environments may.
pub(super) fn dom_id(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// The latest start, or the end where there is none. In a row: the instant alone, where nothing is wrong with it.
#[component]
fn Deadline(way: Way, told: ToldMishap, #[prop(optional)] brief: bool) -> impl IntoView {
    move || {
        let deadline = due(&way, told.app.now())?;
        let (words, late, at) = due_words(&way, deadline);
        // The head of the column says what it is where it has that name; on a narrow screen there is no head.
        let shown = if brief && late { "! Start at once" } else { words };
        let hidden = brief && matches!(deadline, Due::StartBefore(_));
        Some(view! {
            <span class="way-due" class:way-late=late>
                <span class:way-label=hidden>{shown} " "</span>
                {(!brief || !late).then(|| view! { <InstantView at /> })}
            </span>
        })
    }
}

#[component]
fn Body(way: Way, why: String, told: ToldMishap) -> impl IntoView {
    let deadline = view! { <p class="way-deadline"><Deadline way=way.clone() told /> {way.purpose.is_some().then(|| view! { " " <RuleChip rule=RuleId::R22 /> })}</p> };
    let restores = way.purpose.is_some();
    let ends = ends(&way);
    // What overwrites something says so before the button.
    let (early, late) = match way.kind {
        WayKind::Beside | WayKind::Recover => (actions(&way, told), None),
        _ => (None, actions(&way, told)),
    };
    let (id, does, duration) = (way.id(), way.does(), way.duration());
    let Way { recovered, lost, overwritten, costs, against, changes, open, questions, heed, kind, .. } = way;
    // What the newest rules make of the point stands before the button.
    let (worse, heed): (Vec<AdviceLine>, Vec<AdviceLine>) =
        heed.into_iter().partition(|line| line.worse_point().is_some());
    let rest = [
        (!heed.is_empty()).then(|| count(heed.len(), "thing to know before", "things to know before")),
        duration.is_some().then(|| "how long it takes".to_string()),
        ends.is_some().then(|| "until when it stands".to_string()),
    ];
    let rest = rest.into_iter().flatten().collect::<Vec<_>>().join(", ");
    // A line alone is not worth a fold.
    let does = (!does.is_empty()).then(|| view! { <p><SaysText text=does /></p> });
    let (does, folded) = if rest.is_empty() { (does, None) } else { (None, does) };
    let or_nothing =
        |title: &'static str, lines: Vec<AdviceLine>, says: &'static str| match lines.is_empty() && restores {
            true => view! {
                <div class="way-section"><h3>{title}</h3><ul class="way-lines"><li>{says}</li></ul></div>
            }
            .into_any(),
            false => section(title, lines).into_any(),
        };
    let title = if kind == WayKind::Nothing { "What is left" } else { "Recovered" };
    view! {
        <div class="way-body">
            {(!worse.is_empty()).then(|| view! { <Notice tone=Tone::Warning><Lines lines=worse.clone() /></Notice> })}
            {(!why.is_empty()).then(|| view! { <p class="way-why">{why}</p> })}
            {section("What stops it now", against)}
            {section("What must change first", changes)}
            {section("What is not known", open)}
            {(!questions.is_empty()).then(|| view! { <Questions questions told /> })}
            {early}
            <div class="way-columns">
                {section(title, recovered)}
                {or_nothing("Lost", lost, "Nothing that is in the environment now.")}
                {or_nothing("Overwritten", overwritten, "Nothing.")}
                {section("What it takes", costs)}
            </div>
            {late}
            {deadline}
            {does}
            {(!rest.is_empty()).then(|| view! {
                <Rest id says=rest>
                    {folded}
                    {section("Know this before", heed)}
                    <div class="way-columns">
                        {duration.map(|duration| view! {
                            <div class="way-section">
                                <h3>"How long"</h3>
                                <p>{duration} " " {restores.then(|| view! { <RuleChip rule=RuleId::R7 /> })}</p>
                            </div>
                        })}
                        {ends}
                    </div>
                </Rest>
            })}
        </div>
    }
}

/// What decides nothing is folded; what is lost, what it takes and the latest start stand above it. It stays open while the ways are judged
/// anew.
#[component]
fn Rest(id: String, says: String, children: Children) -> impl IntoView {
    let OpenedRest(opened) = expect_context::<OpenedRest>();
    let open = opened.with_untracked(|all| all.contains(&id));
    let toggled = move |event: web_sys::Event| {
        let open = event_target::<web_sys::HtmlDetailsElement>(&event).open();
        opened.update(|all| if open { _ = all.insert(id.clone()) } else { _ = all.remove(&id) });
    };
    view! {
        <details class="way-rest" open=open on:toggle=toggled>
            <summary>{capital(&says)} {icon("down")}</summary>
            {children()}
        </details>
    }
}

fn section(title: &'static str, lines: Vec<AdviceLine>) -> Option<impl IntoView> {
    (!lines.is_empty()).then(|| view! { <div class="way-section"><h3>{title}</h3><Lines lines /></div> })
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
        <div class="way-section">
        <h3>"Until when"</h3>
        <dl class="pairs">
            {surely.map(|at| view! { <dt>"Surely until"</dt> <dd><InstantView at /></dd> })}
            {perhaps.map(|at| view! { <dt>"Perhaps until"</dt> <dd><InstantView at /></dd> })}
        </dl>
        <p class="hint">"If nothing else changes."</p>
        </div>
    })
}

/// The facts that are asked for, to be answered right there.
#[component]
fn Questions(questions: Vec<(EnvironmentId, FactKey)>, told: ToldMishap) -> impl IntoView {
    let name = move |id: &EnvironmentId| {
        told.app.with_untracked(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
    };
    let answered = expect_context::<AnsweredHere>();
    view! {
        <div class="wizard-ask">
            {questions
                .into_iter()
                .map(|(id, fact)| {
                    let (name, of) = (name(&id), id.clone());
                    let told = Callback::new(move |given: Option<Given>| {
                        if let Some(given) = given {
                            answered.add(of.clone(), fact, given);
                        }
                    });
                    view! { <div class="verdict-ask"><strong>{name}</strong> <Ask environments=vec![id] fact told /></div> }
                })
                .collect_view()}
        </div>
    }
}

fn actions(way: &Way, told: ToldMishap) -> Option<AnyView> {
    let purpose = way.purpose.clone();
    match (way.standing, purpose) {
        (WayStanding::Open, Some(purpose)) => Some(view! { <MakePlan way=way.clone() purpose told /> }.into_any()),
        (WayStanding::AfterChanges | WayStanding::Unknown | WayStanding::AfterChangesUnknown, Some(p)) => Some(
            view! { <p class="actions way-actions"><PlanButton purpose=p label="Open in the wizard" class="btn" /></p> }
                .into_any(),
        ),
        (WayStanding::Closed | WayStanding::LastResort, _) => None,
        (_, None) if way.kind == WayKind::Recover => {
            Some(view! { <p class="actions way-actions"><Recovers told /></p> }.into_any())
        }
        (_, None) => None,
    }
}

/// To the deleted environments; a deletion that the inventory does not know yet is recorded first.
#[component]
fn Recovers(told: ToldMishap) -> impl IntoView {
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
