//! The band in words: the twin that everybody can read.

use crate::domain::history::Change;
use crate::domain::manual_backup::ManualBackup;
use crate::domain::retention::{Reason, Use, Window};
use crate::domain::rule::RuleId;
use crate::ui::components::InstantView;
use crate::ui::components::rule_chip::ReasonList;
use crate::view_model::band::{Scale, hairlines, marks, next_full_minute, usage_words};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// How far back, surely and possibly, and because of which rules; what changed on the way.
#[component]
pub fn BandFacts(
    #[prop(into)] window: Signal<Window>,
    #[prop(into)] history: Signal<Vec<Change>>,
    #[prop(into)] now: Signal<DateTime<Utc>>,
    /// Listed too where they are given, because the picture has marks for them.
    #[prop(optional, into)]
    backups: Option<Signal<Vec<ManualBackup>>>,
) -> impl IntoView {
    let bounds = move || {
        let w = window.get();
        let row = |title: &'static str,
                   key: &'static str,
                   from: Option<DateTime<Utc>>,
                   none: &'static str,
                   reasons: Vec<Reason>| {
            view! {
                <div class="band-fact">
                    <dt><span class=format!("band-key {key}") aria-hidden="true"></span>{title}</dt>
                    <dd>
                        {match from {
                            Some(at) => view! { <InstantView at=next_full_minute(at) /> }.into_any(),
                            None => none.into_any(),
                        }}
                        <ReasonList reasons />
                    </dd>
                </div>
            }
        };
        let possible_differs = w.possible_from != w.guaranteed_from;
        // What sleeps is explained among the reasons of what is possible.
        let (asleep, possible): (Vec<Reason>, Vec<Reason>) =
            w.possible_reasons.iter().cloned().partition(|r| w.dormant_from.is_some() && r.rule == RuleId::K6);
        if w.is_kept_only() {
            // Neither promised nor in doubt.
            return view! {
                <dl class="band-facts">
                    {usage_note(w.usage)}
                    {row("Kept back to", "dormant", w.possible_from, "nothing is kept", w.guaranteed_reasons.clone())}
                </dl>
            }
            .into_any();
        }
        view! {
            <dl class="band-facts">
                {usage_note(w.usage)}
                {row(
                    "Surely back to",
                    "solid",
                    w.guaranteed_from,
                    "nothing is guaranteed",
                    w.guaranteed_reasons.clone(),
                )}
                {possible_differs
                    .then(|| row("Possibly back to", "maybe", w.possible_from, "nothing is possible", possible))}
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

fn usage_note(usage: Use) -> Option<impl IntoView> {
    let words = usage_words(usage)?;
    Some(view! {
        <div class="band-fact">
            <dt>"Good for"</dt>
            <dd>{words}</dd>
        </div>
    })
}
