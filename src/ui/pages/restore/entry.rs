//! How the wizard is opened: by its step, or from another page with something to begin with.

use super::{Wizard, focus, step_route, use_wizard};
use crate::domain::environment::EnvironmentId;
use crate::domain::tenant::Tenant;
use crate::platform::clock::BrowserZone;
use crate::ui::components::InstantView;
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route};
use crate::workspace::typed::write_local;
use crate::workspace::wizard::{WizardStep, choices, drafts, point};
use crate::workspace::{Draft, Goal};

/// Follows the address: opens the step that it names, as far as it may be reached, and takes in what another page began with.
/// What was begun before stays among the begun ones; where it is the same restore, it goes on.
pub fn watch_address(wizard: Wizard) {
    let app = wizard.app;
    let query = Memo::new(move |_| match app.route() {
        Route::Restore(query) => Some(query),
        _ => None,
    });
    Effect::new(move |_| {
        let Some(query) = query.get() else { return };
        untrack(|| {
            if begins(&query) {
                let same = app.with(|w| drafts::place_of(w, |d| goes_on(d, &query)));
                // What is left of a link that led nowhere is not begun.
                if wizard.desk(|d| d.is_begun()) && !goes_on(&app.draft(), &query) {
                    match same {
                        Some(place) => app.take_up(place),
                        None => app.begin_draft(None),
                    }
                }
                take_in(wizard, &query);
                return;
            }
            let wanted =
                query.step.map_or_else(|| wizard.step.get_untracked(), |n| WizardStep::at(n.saturating_sub(1)));
            let step = wanted.min(wizard.desk(|d| d.reach()));
            if step != wizard.step.get_untracked() {
                app.update_draft(|d| d.step = step.index());
            }
            if query.step != Some(step.index() + 1) {
                app.replace(step_route(step));
            }
        });
    });
}

fn begins(query: &RestoreQuery) -> bool {
    query.at.is_some()
        || query.goal.is_some()
        || query.source.is_some()
        || query.target.is_some()
        || query.backup.is_some()
}

/// Whether the query only says what the draft says already.
fn goes_on(draft: &Draft, query: &RestoreQuery) -> bool {
    query.goal.is_none_or(|g| g == draft.goal)
        && query.source.as_ref().is_none_or(|s| draft.source.as_ref() == Some(s))
        && query.target.as_ref().is_none_or(|t| draft.target.as_ref() == Some(t))
        && query.backup.as_ref().is_none_or(|b| draft.backup.as_ref() == Some(b))
        && query.at.is_none_or(|at| draft.instant == Some(at))
}

/// Begins with what the query says, and opens the first step that is not complete.
fn take_in(wizard: Wizard, query: &RestoreQuery) {
    let app = wizard.app;
    let nothing_chosen = untrack(|| wizard.desk(|d| !d.is_begun()));
    let now = app.now_untracked();
    app.update_draft(|d| {
        if nothing_chosen {
            // What is left of a link that led nowhere.
            (d.source, d.target, d.backup) = (None, None, None);
        }
        if let Some(at) = query.at {
            d.manual = false;
            point::pick_instant(d, at, write_local(at, &BrowserZone), now);
        }
        if let Some(goal) = query.goal {
            d.goal = goal;
        }
        if query.source.is_some() {
            d.source.clone_from(&query.source);
        }
        if query.target.is_some() {
            d.target.clone_from(&query.target);
        }
        if query.backup.is_some() {
            d.manual = true;
            d.backup.clone_from(&query.backup);
        }
    });
    change(wizard, choices::begin_with);
    // What nobody has chosen yet is looked at: the options at the latest.
    let step = wizard.desk(|d| d.first_open()).min(WizardStep::Options);
    app.update_draft(|d| {
        d.step = step.index();
        d.furthest = d.furthest.max(step.index());
    });
    app.replace(step_route(step));
}

/// Chooses another source; what hung on the old one goes.
pub fn choose_source(wizard: Wizard, id: &EnvironmentId) {
    change(wizard, |draft, tenant| choices::choose_source(draft, tenant, id));
}

/// Chooses another goal; the target is chosen anew.
pub fn choose_goal(wizard: Wizard, goal: Goal) {
    change(wizard, |draft, tenant| choices::choose_goal(draft, tenant, goal));
}

/// Leaves the target to be chosen after the point.
pub fn forget_target(wizard: Wizard) {
    change(wizard, |draft, _| choices::forget_target(draft));
}

/// Changes the draft by what the inventory says.
fn change(wizard: Wizard, how: impl FnOnce(&mut Draft, &Tenant)) {
    let mut draft = wizard.app.draft();
    wizard.app.with_untracked(|w| how(&mut draft, &w.tenant));
    wizard.app.update_draft(|d| *d = draft);
}

/// The other restores that were begun: each can be gone on with, or thrown away.
#[component]
pub fn OthersBegun() -> impl IntoView {
    let app = use_wizard().app;
    let others = Memo::new(move |_| app.with(|w| w.begun.iter().map(|d| drafts::about(w, d)).collect::<Vec<_>>()));
    let open = Memo::new(move |_| app.with(|w| w.draft.as_ref().is_some_and(drafts::holds_something)));
    let go_on = move |place: usize| {
        app.take_up(place);
        app.replace(Route::restore());
        focus(super::HEADING);
    };
    let drop = move |place: usize| {
        app.throw_away(Some(place));
        focus(super::HEADING);
    };
    live(move || {
        let others = others.get();
        let count = crate::view_model::words::count(others.len(), "other restore is begun", "other restores are begun");
        (!others.is_empty()).then(|| view! {
            <details class="begun" prop:open=move || !open.get()>
                <summary>{count}</summary>
                <ul class="choices">
                    {others.into_iter().enumerate().map(|(place, begun)| {
                        let name = begun.title.clone();
                        view! {
                            <li class="choice way">
                                <div class="begun-row">
                                    <span class="choice-name">{begun.title}</span>
                                    <span class="choice-about">{begun.step} {begun.began.map(|at| view! { ", begun " <InstantView at /> })}</span>
                                    <span class="grow"></span>
                                    <button type="button" class="btn small" on:click=move |_| go_on(place)>"Go on" <span class="visually-hidden">": " {name.clone()}</span></button>
                                    <button type="button" class="btn small plain" on:click=move |_| drop(place)>"Discard" <span class="visually-hidden">": " {name.clone()}</span></button>
                                </div>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </details>
        })
    })
}

/// The instant that a draft begins with when the source's manual backup is chosen instead.
pub fn use_backup_point(
    draft: &mut Draft,
    at: chrono::DateTime<chrono::Utc>,
    text: String,
    now: chrono::DateTime<chrono::Utc>,
) {
    draft.manual = false;
    point::pick_instant(draft, at, text, now);
}
