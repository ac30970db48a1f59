//! How the wizard is opened: by its step, or from another page with something to begin with.

use super::{Wizard, step_route, use_wizard};
use crate::domain::environment::EnvironmentId;
use crate::domain::tenant::Tenant;
use crate::ui::components::{Notice, Tone};
use crate::ui::prelude::*;
use crate::ui::route::{RestoreQuery, Route};
use crate::workspace::wizard::{WizardStep, choices, point};
use crate::workspace::{Draft, Goal};

/// Follows the address: opens the step that it names, as far as it may be reached, and takes in what another page began with.
/// Where that would throw a begun draft away, the query is handed back to ask first.
pub fn watch_address(wizard: Wizard) -> RwSignal<Option<RestoreQuery>> {
    let asked = RwSignal::new(None);
    let app = wizard.app;
    let query = Memo::new(move |_| match app.route() {
        Route::Restore(query) => Some(query),
        _ => None,
    });
    Effect::new(move |_| {
        let Some(query) = query.get() else { return };
        untrack(|| {
            if begins(&query) {
                let draft = app.draft();
                if wizard.desk(|d| d.is_begun()) && !goes_on(&draft, &query) {
                    asked.set(Some(query));
                } else {
                    take_in(wizard, &query);
                }
                return;
            }
            asked.set(None);
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
    asked
}

fn begins(query: &RestoreQuery) -> bool {
    query.goal.is_some() || query.source.is_some() || query.target.is_some() || query.backup.is_some()
}

/// Whether the query only says what the draft says already.
fn goes_on(draft: &Draft, query: &RestoreQuery) -> bool {
    query.goal.is_none_or(|g| g == draft.goal)
        && query.source.as_ref().is_none_or(|s| draft.source.as_ref() == Some(s))
        && query.target.as_ref().is_none_or(|t| draft.target.as_ref() == Some(t))
        && query.backup.as_ref().is_none_or(|b| draft.backup.as_ref() == Some(b))
}

/// Begins with what the query says, and opens the first step that is not complete.
fn take_in(wizard: Wizard, query: &RestoreQuery) {
    let app = wizard.app;
    let nothing_chosen = untrack(|| wizard.desk(|d| !d.is_begun()));
    app.update_draft(|d| {
        if nothing_chosen {
            // What is left of a link that led nowhere.
            (d.source, d.target, d.backup) = (None, None, None);
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

/// Asks before a begun restore is replaced by the one that another page asked for.
#[component]
pub fn StartOver(query: RestoreQuery, asked: RwSignal<Option<RestoreQuery>>) -> impl IntoView {
    let wizard = use_wizard();
    let app = wizard.app;
    let name = move |id: &Option<EnvironmentId>| {
        let of = |id: &EnvironmentId| {
            app.with_untracked(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
        };
        id.as_ref().map(of)
    };
    let old = wizard.memo(|d| (d.source.clone(), d.target.clone()));
    let begun = move || {
        let (source, target) = old.get();
        match (name(&source), name(&target)) {
            (Some(s), Some(t)) => format!("You have begun a restore of {s} to {t}."),
            (Some(s), None) => format!("You have begun a restore of {s}."),
            (None, Some(t)) => format!("You have begun a restore onto {t}."),
            (None, None) => "You have begun another restore.".to_string(),
        }
    };
    let new = match (name(&query.source), name(&query.target)) {
        (Some(s), _) => format!("Start over with {s}"),
        (None, Some(t)) => format!("Start over with {t} as the target"),
        _ => "Start over".to_string(),
    };
    let keep = move |_| {
        asked.set(None);
        app.replace(Route::restore());
    };
    let start = move |_| {
        asked.set(None);
        app.clear_draft();
        take_in(wizard, &query);
    };
    view! {
        <Notice tone=Tone::Warning>
            <p>{begun} " Starting over forgets its choices."</p>
            <p class="actions">
                <button type="button" class="btn pri" on:click=keep>"Go on with it"</button>
                <button type="button" class="btn" on:click=start>{new}</button>
            </p>
        </Notice>
    }
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
