//! What stands in the head and in the cells.

use crate::domain::manual_backup::ManualBackup;
use crate::domain::retention::Window;
use crate::ui::components::band::picture::{self, percent, stretch};
use crate::ui::components::instant::{offset, stamp};
use crate::ui::prelude::*;
use crate::view_model::band::{BandPart, Scale, marks, segments, ticks};
use crate::view_model::far::Far;
use crate::view_model::sheet::{Cell, ColumnHead, cut};
use chrono::{DateTime, Utc};

/// The pattern of what is only possible, once for all bands of the page.
pub fn hatch() -> AnyView {
    view! { <svg class="visually-hidden" aria-hidden="true">{picture::hatch("sheet-hatch".to_string())}</svg> }
        .into_any()
}

/// The head of a column, which sorts; that of the band has the axis.
pub fn head(
    head: ColumnHead,
    sort: Signal<(&'static str, bool)>,
    press: Callback<&'static str>,
    scale: Signal<Scale>,
) -> AnyView {
    let turned = move || match sort.get() {
        (key, down) if key == head.key => Some(if down { "descending" } else { "ascending" }),
        _ => None,
    };
    let words =
        view! { <span class="long">{head.title}</span><span class="short" aria-hidden="true">{head.short}</span> };
    // Tab comes here until it was somewhere else in the table.
    let stop = if head.key == "name" { "0" } else { "-1" };
    let inside = if head.sorts {
        view! {
            <button type="button" class="sort" tabindex=stop on:click=move |_| press.run(head.key)>
                {words}
                <span aria-hidden="true">{move || turned().map(|t| if t == "ascending" { " ↑" } else { " ↓" })}</span>
            </button>
        }
        .into_any()
    } else {
        words.into_any()
    };
    let axis = (head.key == "band").then(|| live(move || axis(scale.get())));
    view! {
        <div role="columnheader" class=format!("c-{}", head.key) tabindex=(!head.sorts).then_some("-1") aria-sort=turned title=head.title>
            {inside} {axis}
        </div>
    }
    .into_any()
}

fn axis(scale: Scale) -> impl IntoView {
    let labels: Vec<AnyView> = ticks(scale, offset(scale.until()), 5)
        .into_iter()
        .filter(|t| t.x < 0.9)
        .map(|t| {
            let anchor = if t.x < 0.06 { "start" } else { "middle" };
            view! { <text class="band-axis" x=percent(t.x) y="12" text-anchor=anchor>{t.label}</text> }.into_any()
        })
        .collect();
    view! {
        <svg class="band-svg" height="16" aria-hidden="true" focusable="false">
            {labels} <text class="band-axis now" x="100%" y="12" text-anchor="end">"now"</text>
        </svg>
    }
}

/// One cell under the head `key`; `href` is the page of its row, `scale` the axis of a band.
pub fn cell(key: &str, cell: &Cell, href: Option<&str>, scale: Option<Scale>) -> AnyView {
    if let (Some((reach, backups)), Some(scale)) = (&cell.band, scale) {
        let says = Far::Plain.line(&reach.window, stamp, offset);
        let title = says.clone();
        return view! {
            <div role="gridcell" class="c-band" tabindex="-1" title=title>{in_row(&reach.window, backups, scale, Some(says))}</div>
        }
        .into_any();
    }
    let title = (!cell.title.is_empty()).then(|| cell.title.clone());
    let beside = some(&cell.beside).map(|beside| view! { <small>{format!(" {beside}")}</small> });
    if let Some(href) = href {
        let class = format!("c-{key} {}", cell.tone.class());
        let (before, after) = cut(&cell.text);
        let mark = cell.mark.map(|m| {
            view! {
                <svg class=format!("i {}", m.tone) role="img" aria-label=m.says><use_ href=format!("#i-{}", m.icon) /></svg>
            }
        });
        // One that is not cut is a text alone, which costs the browser half as much. The link has the same attributes either way, so that
        // it keeps what the keyboard wrote into it.
        let whole = after.is_empty();
        let inside = if whole {
            before.to_string().into_any()
        } else {
            view! { <span class="cut">{before.to_string()}</span><span>{after.to_string()}</span> }.into_any()
        };
        let link_class = if whole { "whole" } else { "" };
        let label = (!whole).then(|| cell.text.clone());
        return view! {
            <div role="rowheader" class=class title=title>
                {mark}
                <a class=link_class href=href.to_string() tabindex="-1" aria-label=label>{inside}</a>
                {beside}
            </div>
        }
        .into_any();
    }
    // Most cells are a word or two. A part of them that says nothing would still be laid out.
    let parts = [&cell.lead, &cell.beside, &cell.ask].iter().any(|part| !part.is_empty());
    let class = format!("c-{key} {}{}", cell.tone.class(), if parts { " parts" } else { "" });
    let inside = if parts {
        let lead = some(&cell.lead).map(|lead| view! { <b class="num">{format!("{lead} ")}</b> });
        let ask = some(&cell.ask).map(|ask| {
            let says = cell.ask_says.clone();
            let title = says.clone();
            view! { <span class="ask" role="img" aria-label=says title=title>{format!(" {ask}")}</span> }
        });
        view! { {lead} <span class="word">{cell.text.clone()}</span> {beside} {ask} }.into_any()
    } else {
        cell.text.clone().into_any()
    };
    view! { <div role="gridcell" class=class tabindex="-1" title=title>{inside}</div> }.into_any()
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The band on the axis of the head. What is gone is left empty. `says` is for whoever hears it; not as hidden text, which the browser
/// would measure with each row. Without it the words stand beside the band.
fn in_row(window: &Window, backups: &[ManualBackup], scale: Scale, says: Option<String>) -> impl IntoView + use<> {
    let parts = segments(window, scale).into_iter().filter(|s| s.part != BandPart::Gone);
    view! {
        <svg class="band-svg" height="36" role=says.is_some().then_some("img") aria-hidden=says.is_none().then_some("true") aria-label=says focusable="false">
            {parts.map(|s| stretch(s, 13, 10, "sheet-hatch").into_any()).collect::<Vec<AnyView>>()}
            {marks(backups, scale)
                .into_iter()
                .map(|m| view! { <circle class="band-mark" cx=percent(m.x) cy="18" r="3.6" /> }.into_any())
                .collect::<Vec<AnyView>>()}
        </svg>
    }
}

/// One band with its own axis, for beside the table.
pub fn band_with_axis(window: &Window, backups: &[ManualBackup], now: DateTime<Utc>) -> AnyView {
    let scale = Scale::common(now);
    view! {
        <div class="band-beside" title=Far::Plain.line(window, stamp, offset)>{in_row(window, backups, scale, None)} {axis(scale)}</div>
    }
    .into_any()
}
