//! The band in words: the twin that everybody can read.

use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::outlook::{Reach, ReachCause};
use crate::domain::retention::Use;
use crate::domain::rule::RuleId;
use crate::domain::said::Said;
use crate::ui::components::InstantView;
use crate::ui::components::rule_chip::ReasonList;
use crate::ui::prelude::*;
use crate::view_model::band::{Scale, hairlines, marks, next_full_minute, usage_words};
use crate::view_model::far::{Far, Hole, holes};
use chrono::{DateTime, Utc};

/// How far back, surely and possibly, and because of which rules; what changed on the way.
#[component]
pub fn BandFacts(
    #[prop(into)] reach: Signal<Reach>,
    #[prop(into)] history: Signal<Vec<Change>>,
    #[prop(into)] now: Signal<DateTime<Utc>>,
    /// Listed too where they are given, because the picture has marks for them.
    #[prop(optional, into)]
    backups: Option<Signal<Vec<ManualBackup>>>,
    /// What the reach speaks of; where there is another one beside it and this is not told, it is what is kept.
    #[prop(default = Far::Plain)]
    far: Far,
    /// The other answer, where the two differ.
    #[prop(into)]
    beside: Signal<Option<Reach>>,
) -> impl IntoView {
    let bounds = move || {
        let reach = reach.get();
        let w = &reach.window;
        let row = |title: &'static str,
                   key: &'static str,
                   from: Option<DateTime<Utc>>,
                   none: &'static str,
                   reasons: Vec<Said<ReachCause>>| {
            view! {
                <div class="band-fact">
                    <dt><span class=format!("band-key {key}") aria-hidden="true"></span>{title}</dt>
                    <dd>
                        {match from {
                            Some(at) => view! { <InstantView at=next_full_minute(at) exactly=at /> }.into_any(),
                            None => none.into_any(),
                        }}
                        <ReasonList reasons />
                    </dd>
                </div>
            }
        };
        if w.is_kept_only() {
            // Neither promised nor in doubt.
            return view! {
                <dl class="band-facts">
                    {usage_note(w.usage)}
                    {row("Kept back to", "dormant", w.possible_from, "nothing is kept", reach.sure_reasons())}
                </dl>
            }
            .into_any();
        }
        let both = |far: Far, reach: &Reach| {
            let w = &reach.window;
            let (asleep, possible) = of_sleep(reach);
            let differs = w.possible_from != w.guaranteed_from;
            let sure = row(far.sure(), "solid", w.guaranteed_from, "nothing is guaranteed", reach.sure_reasons());
            let perhaps =
                differs.then(|| row(far.possible(), "maybe", w.possible_from, "nothing is possible", possible));
            (view! { {sure} {perhaps} }, asleep)
        };
        let (first, second) = match (beside.get(), far) {
            // One answer alone is named only where it is not what can be brought back.
            (None, Far::Restorable) => ((Far::Plain, reach.clone()), None),
            (None, far) => ((far, reach.clone()), None),
            (Some(kept), Far::Restorable) => ((Far::Restorable, reach.clone()), Some((Far::Kept, kept))),
            (Some(restorable), _) => ((Far::Restorable, restorable), Some((Far::Kept, reach.clone()))),
        };
        let (shown, asleep) = both(first.0, &first.1);
        let second = second.map(|(far, reach)| both(far, &reach).0);
        view! {
            <dl class="band-facts">
                {usage_note(w.usage)}
                {shown}
                {second}
                {holes(w).into_iter().map(hole).collect_view()}
                {w
                    .dormant_from
                    .map(|from| {
                        row(
                            "Not to be chosen while this is a Sandbox, from",
                            "dormant",
                            Some(from),
                            "",
                            asleep,
                        )
                    })}
            </dl>
        }
        .into_any()
    };
    let lines = move || {
        let lines = history.with(|h| hairlines(h, Scale::common(now.get())));
        (!lines.is_empty()).then(|| {
            view! {
                <h3>"Changes in these 28 days"</h3>
                <ul class="band-changes">
                    {lines
                        .into_iter()
                        .map(|l| {
                            view! {
                                <li>
                                    <strong>{l.label}</strong>
                                    ": "
                                    {l.not_before.map(|from| view! { "between " <InstantView at=from /> " and " })}
                                    <InstantView at=l.at />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            }
        })
    };
    let labels = move || {
        let marks = backups?.with(|b| marks(b, Scale::common(now.get())));
        (!marks.is_empty()).then(|| {
            view! {
                <h3>"Manual backups in these 28 days"</h3>
                <ul class="band-changes">
                    {marks
                        .into_iter()
                        .map(|m| {
                            view! {
                                <li>
                                    <strong>{m.label}</strong>
                                    ": "
                                    <InstantView at=m.at />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            }
        })
    };
    view! {
        {bounds}
        {lines}
        {labels}
    }
}

/// What sleeps is explained among the reasons of what is possible: those of the sleep, and the others.
fn of_sleep(reach: &Reach) -> (Vec<Said<ReachCause>>, Vec<Said<ReachCause>>) {
    let asleep = reach.window.dormant_from.is_some();
    reach.possible_reasons().into_iter().partition(|r| asleep && r.is_of(RuleId::K6))
}

/// Points in between that are not there.
fn hole(hole: Hole) -> impl IntoView {
    let key = if hole.asleep { "band-key dormant" } else { "band-key gone" };
    let fate = hole.fate();
    view! {
        <div class="band-fact">
            <dt><span class=key aria-hidden="true"></span>"Not in between: " {fate}</dt>
            <dd>
                "From " <InstantView at=hole.from plain=true />
                {match hole.before {
                    Some(before) => view! { " until " <InstantView at=before plain=true /> }.into_any(),
                    None => " on".into_any(),
                }}
                <ReasonList reasons=hole.reasons />
            </dd>
        </div>
    }
}

fn usage_note(usage: Use) -> Option<impl IntoView> {
    let words = usage_words(usage)?;
    Some(view! {
        <div class="band-fact">
            <dt>"Good for"</dt>
            <dd>{words}</dd>
        </div>
    })
}
