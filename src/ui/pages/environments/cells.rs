//! One row of the table. On a narrow screen the row is a card and each cell shows its head.

use super::unknown::{Asked, UnknownTag};
use crate::domain::environment::{FactKey, Key, Kind};
use crate::ui::components::instant::stamp;
use crate::ui::components::{SmallBand, deleted_words};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::view_model::rows::Row;
use crate::view_model::words::retention_of;
use crate::workspace::local_time::relative;
use chrono::{DateTime, Utc};

/// Yes, or a No that stands back.
fn said(yes: bool) -> AnyView {
    if yes { view! { <span>"Yes"</span> }.into_any() } else { view! { <span class="quiet">"No"</span> }.into_any() }
}

pub fn row(row: Row, now: DateTime<Utc>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let asks = |fact: FactKey| {
        row.unknown.contains(&fact).then(|| view! { <UnknownTag fact id=row.id.clone() name=row.name.clone() asked /> })
    };
    // What matters nothing here is shown as a dash, what matters and is unknown as a question.
    let known = |value: Option<AnyView>, fact: FactKey| {
        match value {
        Some(v) => v,
        None => match asks(fact) {
            Some(tag) => tag.into_any(),
            None => view! { <span class="hint">"–" <span class="visually-hidden">"not known, does not matter here"</span></span> }.into_any(),
        },
    }
    };
    let kind = known(row.kind.as_ref().map(|k| k.to_string().into_any()), FactKey::Kind);
    let dynamics = match row.dynamics {
        Some(true) if row.kind == Some(Kind::Production) => Some(view! { <span>" · D365"</span> }.into_any()),
        None => asks(FactKey::Dynamics).map(|t| view! { " · " {t} }.into_any()),
        _ => None,
    };
    let region = known(row.region.as_ref().map(|r| r.to_string().into_any()), FactKey::Region);
    let managed = known(row.managed.map(said), FactKey::Managed);
    let key = known(
        row.key.as_ref().map(|k| match k {
            Key::Microsoft => said(false),
            Key::Customer(which) => view! { <span title=which.clone()>{said(true)}</span> }.into_any(),
        }),
        FactKey::Key,
    );
    let dataverse = known(row.dataverse.map(said), FactKey::Dataverse);
    let more: Vec<AnyView> = [FactKey::Policies, FactKey::RetentionSetting, FactKey::Created, FactKey::Deleted]
        .into_iter()
        .filter_map(asks)
        .map(|t| t.into_any())
        .collect();
    let marks = [
        row.deleted.map(|when| (deleted_words(when, now), "tag no")),
        row.missing.then(|| ("Missing from the last import".to_string(), "tag ask")),
        row.busy.clone().map(|b| (b, "tag ask")),
    ];
    let dead = row.deleted.is_some();
    let note = row.note().map(|note| view! { <span class="hint">{note}</span> });
    let ends = match (&row.ends, &note) {
        (None, Some(_)) => ().into_any(),
        (Some(e), _) => {
            let (far, when) = (relative(e.at, now), stamp(e.at));
            let at = if e.sure { far } else { format!("gone {far} at the latest") };
            view! {
                <span title=when.clone()>
                    {at} " · “" {e.label.clone()} "”" <span class="visually-hidden">" on " {when.clone()}</span>
                </span>
            }
            .into_any()
        }
        (None, None) => view! { <span class="hint">"no manual backup"</span> }.into_any(),
    };
    view! {
        <tr class:dead=dead>
            <th scope="row" class="name col-name">
                <a href=Route::Environment(row.id.clone()).href()>{row.name.clone()}</a>
                <span class="row-marks">
                    {marks.into_iter().flatten().map(|(words, class)| view! { <span class=class>{words}</span> }).collect_view()}
                </span>
            </th>
            <td class="col-kind" data-label="Kind">
                <span class="cell">{kind} {dynamics}</span>
            </td>
            <td class="col-region" data-label="Region">
                <span class="cell">{region}</span>
            </td>
            <td class="col-managed" data-label="Managed">
                <span class="cell">{managed}</span>
            </td>
            <td class="col-key" data-label="Own key">
                <span class="cell">{key}</span>
            </td>
            <td class="col-dataverse" data-label="Dataverse">
                <span class="cell">{dataverse}</span>
            </td>
            <td class="col-retention num" data-label="Retention">
                <span class="cell">{if dead { "–".to_string() } else { retention_of(&row.window) }} " " {more}</span>
            </td>
            <td class="col-reach" data-label="Back to">
                {if dead {
                    view! { <span class="hint">"deleted"</span> }.into_any()
                } else {
                    view! { <SmallBand window=row.window.clone() backups=row.backups.clone() now /> }.into_any()
                }}
            </td>
            <td class="col-ends num" data-label="Ends next">
                <span class="cell">{(!dead).then_some(ends)} " " {note}</span>
            </td>
        </tr>
    }
}
