//! The band before and after, side by side, and every point that would be lost, counted, named and dated.

use crate::domain::environment::Environment;
use crate::domain::manual_backup::{ManualBackup, Stage};
use crate::domain::rule::RuleId;
use crate::domain::what_if::{Fate, Lost, PointsLost, SideBySide, Touched, WhatIf};
use crate::ui::components::outcome::tag;
use crate::ui::components::{Band, InstantView, RuleChips, SaysText};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::far::Far;
use crate::view_model::words::count;
use crate::words::{Say, Text};

/// What would follow. `after` are the touched environments as they would be.
#[component]
pub fn WhatIfView(what_if: WhatIf, after: Vec<Environment>) -> impl IntoView {
    let many = what_if.environments.len() > 1;
    let all = what_if
        .environments
        .into_iter()
        .map(|touched| {
            let then = after.iter().find(|e| e.id == touched.environment).cloned();
            view! { <TouchedView touched after=then named=many /> }
        })
        .collect_view();
    // The headings within are of the fourth level, and where it is shown stand others of the second or third before it.
    view! {
        <h3 class="visually-hidden">"What would follow"</h3>
        {all}
    }
}

#[component]
fn TouchedView(touched: Touched, after: Option<Environment>, named: bool) -> impl IntoView {
    let app = use_app();
    let Touched { environment, name, moments, says, .. } = touched;
    let says: Vec<(Text, Vec<RuleId>)> = says.into_iter().map(|c| (c.about(&name).sentence(), c.rules)).collect();
    let before = app.with_untracked(|w| w.tenant.get(&environment).cloned());
    let (before, after) = (StoredValue::new(before), StoredValue::new(after));
    let shown: Vec<SideBySide> = moments.into_iter().filter(SideBySide::differs).collect();
    let same = shown.is_empty();
    view! {
        {named.then(|| view! { <h4>{name}</h4> })}
        <ul class="reasons what-if-says">
            {says
                .into_iter()
                .map(|(text, rules)| view! { <li><SaysText text /> " " <RuleChips rules /></li> })
                .collect_view()}
        </ul>
        {same.then(|| view! { <p class="hint">"What is kept of it stays the same."</p> })}
        {shown
            .into_iter()
            .map(|moment| view! { <MomentView moment before=before.get_value() after=after.get_value() /> })
            .collect_view()}
    }
}

#[component]
fn MomentView(moment: SideBySide, before: Option<Environment>, after: Option<Environment>) -> impl IntoView {
    let SideBySide { at, look, without, with, backups, losses } = moment;
    let kept = |stage: Option<Stage>| stage.is_some_and(|s| s != Stage::Expired);
    let listed = |env: &Option<Environment>, there: Vec<&str>| -> Vec<ManualBackup> {
        let all = env.iter().flat_map(|e| &e.backups);
        all.filter(|b| there.contains(&b.id.as_str())).cloned().collect()
    };
    let old = listed(&before, backups.iter().filter(|b| kept(b.without)).map(|b| b.id.as_str()).collect());
    let new = listed(&after, backups.iter().filter(|b| kept(b.with)).map(|b| b.id.as_str()).collect());
    let history = |env: Option<Environment>| env.map(|e| e.history).unwrap_or_default();
    let (old_history, new_history) = (history(before), history(after));
    view! {
        <section class="what-if-moment">
            <h4>{look.says().capital().to_string()} ": " <InstantView at plain=true /></h4>
            <Losses losses />
            <div class="what-if-pair">
                <div>
                    <p class="what-if-side">"Without it"</p>
                    <Band reach=Signal::stored(without.into()) backups=Signal::stored(old) history=Signal::stored(old_history) now=Signal::stored(at) edge="then" far=Far::Kept />
                </div>
                <div>
                    <p class="what-if-side">"With it"</p>
                    <Band reach=Signal::stored(with.into()) backups=Signal::stored(new) history=Signal::stored(new_history) now=Signal::stored(at) edge="then" far=Far::Kept />
                </div>
            </div>
        </section>
    }
}

fn fate_look(fate: Fate) -> (&'static str, &'static str, &'static str) {
    match fate {
        Fate::Lost => ("✕", "Lost", "no"),
        Fate::NotWhileSandbox => ("–", "Not while a Sandbox", "ask"),
        Fate::AtRisk => ("?", "No longer guaranteed", "ask"),
    }
}

#[component]
fn Losses(losses: Vec<PointsLost>) -> impl IntoView {
    let labels = losses.iter().filter(|l| !matches!(l.what, Lost::Points { .. })).count();
    let counted = [
        (losses.len() - labels, "stretch of restore points", "stretches of restore points"),
        (labels, "manual backup", "manual backups"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| count(n, one, many))
    .collect::<Vec<_>>()
    .join(", ");
    (!losses.is_empty()).then(|| {
        view! {
            <p class="what-if-count"><strong>"Lost or at risk: " {counted}</strong></p>
            <ul class="what-if-losses">
                {losses
                    .into_iter()
                    .map(|loss| {
                        // What deleting a label leaves is a sentence of its own (M7).
                        let says = matches!(loss.what, Lost::Label { .. }).then(|| loss.says().sentence());
                        view! {
                            <li>
                                {tag(fate_look(loss.fate))}
                                <span>
                                    {match loss.what {
                                        Lost::Points { from, until } => {
                                            view! { "Restore points from " <InstantView at=from plain=true /> " to " <InstantView at=until plain=true /> }.into_any()
                                        }
                                        Lost::Backup { label, point } | Lost::Label { label, point, .. } => {
                                            view! { "Manual backup “" {label} "” of " <InstantView at=point plain=true /> }.into_any()
                                        }
                                    }}
                                    {says.map(|s| view! { <br /> <span class="hint"><SaysText text=s /></span> })}
                                </span>
                                <RuleChips rules=loss.rules />
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}
