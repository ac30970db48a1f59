//! The past year of an environment as small cells, a column a week: which days can be brought back. Beside it the same as a table.

use crate::platform::clock::BrowserZone;
use crate::ui::components::band::hatched;
use crate::ui::prelude::*;
use crate::view_model::calendar::{Day, Fate, Year};
use crate::view_model::words::count;
use crate::workspace::local_time::{Resolved, resolve, show_date};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// The width of a cell with the gap beside it, pixels.
const STEP: u32 = 14;
const CELL: u32 = 12;
/// Where the first row stands, below the months.
const TOP: u32 = 18;

/// When a day begins here, UTC; where the clocks make its midnight happen twice or never, the earlier one.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    match resolve(day.and_time(NaiveTime::MIN), &BrowserZone) {
        Resolved::One(at) | Resolved::Twice(at, _) | Resolved::Never(at, _) => at,
    }
}

fn class(fate: Fate) -> &'static str {
    match fate {
        Fate::Sure => "day-sure",
        Fate::Possible => "day-maybe",
        Fate::Asleep | Fate::Kept => "day-asleep",
        Fate::Gone => "day-gone",
        Fate::Before => "day-before",
    }
}

/// A cell: another shape for each fate. What is gone is a speck, what was not there yet an even smaller one.
fn cell(fate: Fate, x: u32, y: u32, hatch: &str) -> AnyView {
    let inset = match fate {
        Fate::Sure | Fate::Possible => 0,
        Fate::Asleep | Fate::Kept => 1,
        Fate::Gone => 4,
        Fate::Before => 5,
    };
    let size = CELL - 2 * inset;
    let fill = (fate == Fate::Possible).then(|| format!("url(#{hatch})"));
    view! { <rect class=class(fate) x=x + inset y=y + inset width=size height=size rx="1.5" fill=fill /> }.into_any()
}

fn day(day: &Day, hatch: &str) -> impl IntoView + use<> {
    let (x, y) = (day.week * STEP, TOP + day.weekday * STEP);
    let middle = (x + CELL / 2, y + CELL / 2);
    view! {
        <g>
            <title>{day.says()}</title>
            {cell(day.fate, x, y, hatch)}
            {(!day.changes.is_empty()).then(|| view! { <line class="day-change" x1=middle.0 x2=middle.0 y1=y y2=y + CELL /> })}
            {(!day.backups.is_empty()).then(|| view! { <circle class="band-mark" cx=middle.0 cy=middle.1 r="3.5" /> })}
        </g>
    }
}

/// The picture, its key, and behind a button the table.
#[component]
pub fn YearCalendar(year: Memo<Year>) -> impl IntoView {
    let picture = move || {
        let (id, hatch) = hatched();
        year.with(|year| {
            let width = year.weeks() * STEP;
            let months = year
                .months()
                .into_iter()
                .map(|(week, name)| view! { <text class="band-axis" x=week * STEP y="12">{name}</text> });
            view! {
                <svg class="year" width=width height=TOP + 7 * STEP aria-hidden="true" focusable="false">
                    {hatch}
                    {months.collect_view()}
                    {year.days.iter().map(|one| day(one, &id)).collect_view()}
                </svg>
            }
        })
    };
    let key = move || {
        let one = |fate: Fate| {
            let (id, hatch) = hatched();
            let hatch = (fate == Fate::Possible).then_some(hatch);
            view! { <li><svg width=CELL height=CELL>{hatch} {cell(fate, 0, 0, &id)}</svg> {fate.words()}</li> }
        };
        view! {
            <ul class="picture-key" aria-hidden="true">
                {year.with(Year::fates).into_iter().map(one).collect_view()}
                <li><svg width=CELL height=CELL><circle class="band-mark" cx="6" cy="6" r="3.5" /></svg> "manual backup"</li>
                <li><svg width=CELL height=CELL><line class="day-change" x1="6" x2="6" y1="0" y2=CELL /></svg> "change"</li>
            </ul>
        }
    };
    view! {
        <p>{move || year.with(Year::says)}</p>
        <div class="year-scroll" tabindex="0" role="region" aria-label="The past year, day by day">{live(picture)}</div>
        {live(key)}
        <details class="as-table">
            <summary>"As a table"</summary>
            <table>
                <caption class="visually-hidden">"The days of the past year, newest first"</caption>
                <thead><tr><th scope="col">"From"</th><th scope="col">"To"</th><th scope="col">"Days"</th><th scope="col">"Can be brought back"</th></tr></thead>
                <tbody>
                    {move || year.with(Year::runs).into_iter().map(|run| view! {
                        <tr>
                            <th scope="row" class="num">{show_date(run.from)}</th>
                            <td class="num">{show_date(run.until)}</td>
                            <td class="num">{count(run.days, "day", "days")}</td>
                            <td>{run.fate.words()}</td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
            <ul class="band-changes">
                {move || year.with(|year| year.marked().into_iter().map(|day| view! { <li>{day.says()}</li> }).collect_view())}
            </ul>
        </details>
    }
}
