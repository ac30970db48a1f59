//! What narrows the table down, and what can be done with it.

use super::unknown::OpenQuestion;
use super::{COLUMNS_SETTING, Fleet, here};
use crate::interop::csv_out;
use crate::ui::components::instant::stamp;
use crate::ui::components::{Choose, Menu, icon};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::view_model::acts::Act;
use crate::view_model::rows::{
    COLUMNS, Choice, Filter, ONLY, Row, kind_choices, only_counts, region_choices, unknown_of,
};
use crate::view_model::sheet::{Shown, choose, csv_head, csv_line, heads};
use crate::view_model::words::thousands;
use crate::words::facts;
use std::collections::BTreeSet;

/// The heading with the field that narrows down, what else does, the columns, the file.
#[component]
pub fn Heading(fleet: Fleet) -> impl IntoView {
    let Fleet { app, filter, columns, .. } = fleet;
    let some = move || filter.with(|f| !f.kind.is_empty() || !f.region.is_empty());
    let all_heads = heads(&COLUMNS);
    let boxes = move || {
        let shown = fleet.heads.with(|heads| heads.iter().map(|h| h.key).collect::<Vec<_>>());
        let all = all_heads.clone();
        all_heads
            .iter()
            .filter(|h| h.shown != Shown::Always)
            .map(|h| {
                let (key, all, on) = (h.key, all.clone(), shown.contains(&h.key));
                let set = move |e: leptos::ev::Event| {
                    let choice = choose(&all, &columns.get_untracked(), key, event_target_checked(&e));
                    fleet.app.saving.set_setting(COLUMNS_SETTING, Some(choice.as_str()).filter(|c| !c.is_empty()));
                    columns.set(choice);
                };
                view! { <label><input type="checkbox" prop:checked=on on:change=set />{h.title}</label> }
            })
            .collect_view()
    };
    view! {
        <div class="sheet-tools">
            <h1>"Environments"</h1>
            <label class="sheet-filter">
                <span class="visually-hidden">"Search by name, id, address, kind, region or group"</span>
                <input
                    type="search"
                    placeholder="Filter"
                    prop:value=move || filter.with(|f| f.search.clone())
                    on:input=move |e| {
                        let text = event_target_value(&e);
                        fleet.change(&|f| f.search.clone_from(&text));
                    }
                />
            </label>
            <Menu label="Kind and region"
                button=view! { {icon("filter")} <span class="words" class:on=some>"Kind, region"</span> }.into_any()>
                <Narrowing fleet />
            </Menu>
            <Menu label="Columns" button=view! { {icon("cols")} <span class="words">"Columns"</span> }.into_any()>
                <fieldset class="columns"><legend class="visually-hidden">"Columns"</legend>{boxes.clone()}</fieldset>
            </Menu>
            <button type="button" class="btn plain" aria-label="Download as CSV" title="Download what is shown as CSV" on:click=move |_| download(fleet, None)>
                {icon("load")} <span class="words">"CSV"</span>
            </button>
            // What is beside the table has a first button of its own.
            <Show when=move || !fleet.drawn.is_open()>
                <a class="btn pri tools-first" href=Route::way_back(None).href()>"Find a way back"</a>
            </Show>
            <Menu label="More" once=true button=icon("more")>
                <button type="button" on:click=move |_| app.acting.begin(None, Act::Create)>
                    {move || if app.is_play() { "Create an environment…" } else { "Record a new environment…" }}
                </button>
                <button type="button" on:click=move |_| app.acting.begin(None, Act::SetCapacity)>"Storage…"</button>
                <a href=Route::Import.href()>"Add an inventory"</a>
                <a href=Route::Unknown.href()>"Facts not known, one by one"</a>
            </Menu>
        </div>
    }
}

#[component]
fn Narrowing(fleet: Fleet) -> impl IntoView {
    let Fleet { rows, filter, .. } = fleet;
    let with_counts = |choices: Vec<Choice>| {
        choices.into_iter().map(|c| (c.value, format!("{} ({})", c.words, thousands(c.rows)))).collect::<Vec<_>>()
    };
    let kinds = Memo::new(move |_| rows.with(|r| kind_choices(r)));
    let regions = Memo::new(move |_| rows.with(|r| region_choices(r)));
    view! {
        <Choose
            label="Kind"
            all="All kinds"
            options=Signal::derive(move || with_counts(kinds.get()))
            value=Signal::derive(move || filter.with(|f| f.kind.clone()))
            pick=Callback::new(move |v: String| fleet.change(&|f| f.kind.clone_from(&v)))
        />
        <Choose
            label="Region"
            all="All regions"
            options=Signal::derive(move || with_counts(regions.get()))
            value=Signal::derive(move || filter.with(|f| f.region.clone()))
            pick=Callback::new(move |v: String| fleet.change(&|f| f.region.clone_from(&v)))
        />
    }
}

/// The sorts of environments with how many there are; and where facts are not known, each to be answered for all.
#[component]
pub fn Tabs(fleet: Fleet) -> impl IntoView {
    let Fleet { rows, filter, .. } = fleet;
    let counts = Memo::new(move |_| rows.with(|r| (r.len(), only_counts(r))));
    let only = Memo::new(move |_| filter.with(|f| f.only.clone()));
    let at = Memo::new(move |_| filter.with(Filter::at));
    let tab = move |word: &'static str, says: &'static str, many: usize| {
        let on = move || {
            only.with(|o| o == word || (word.is_empty() && !ONLY.iter().any(|(w, ..)| o == w)))
                && !(word.is_empty() && at.get().is_some())
        };
        view! {
            <button type="button" aria-pressed=move || on().to_string() on:click=move |_| fleet.change(&|f| f.only = word.to_string())>
                {says} " " <span class="num">{thousands(many)}</span>
            </button>
        }
    };
    let tabs = move || {
        let (all, counts) = counts.get();
        let shown = move |word: &str, many: usize| (many > 0 && word != "restorable") || only.with(|o| o == word);
        let rest = ONLY.iter().zip(counts).filter(|((word, ..), many)| shown(word, *many));
        [tab("", "All", all)]
            .into_iter()
            .chain(rest.map(|((word, says, _), many)| tab(word, says, many)))
            .collect_view()
    };
    let unknown = Memo::new(move |_| match only.with(|o| o == "unknown") {
        true => rows.with(|r| unknown_of(r.iter()).into_iter().map(|(fact, ids)| (fact, ids.len())).collect()),
        false => Vec::new(),
    });
    view! {
        <div class="which" role="group" aria-label="Which">
            {live(move || at.get().map(|at| {
                let many = rows.with(|r| r.iter().filter(|r| r.reaches(at)).count());
                view! { <button type="button" aria-pressed="true">{format!("Back to {}", stamp(at))} " " <span class="num">{thousands(many)}</span></button> }
            }))}
            {live(tabs)}
        </div>
        {live(move || {
            let all = unknown.get();
            (!all.is_empty()).then(|| view! {
                <div class="sheet-line">
                    <span>"Answer for all at once:"</span>
                    {all.into_iter().map(|(fact, many)| view! {
                        <button type="button" class="btn small" aria-haspopup="dialog"
                            on:click=move |_| fleet.asked.set(Some(OpenQuestion { fact, one: None, among: BTreeSet::new() }))>
                            <span class="ask" aria-hidden="true">"? "</span> {facts::of(fact).noun} " · " {thousands(many)}
                        </button>
                    }).collect_view()}
                    <a href=Route::Unknown.href()>"One by one"</a>
                </div>
            })
        })}
    }
}

/// What is shown as a file; `only`: of these.
pub fn download(fleet: Fleet, only: Option<BTreeSet<String>>) {
    let app = fleet.app;
    let here = here(app.now_untracked());
    let text = fleet.rows.with_untracked(|rows| {
        fleet.order.with_untracked(|order| {
            fleet.heads.with_untracked(|heads| {
                let meant = |row: &&Row| only.as_ref().is_none_or(|only| only.contains(row.id.as_str()));
                let lines = order.iter().filter_map(|i| rows.get(*i)).filter(meant);
                csv_out::table(&csv_head(&COLUMNS, heads), lines.map(|row| csv_line(&COLUMNS, heads, row, &here)))
            })
        })
    });
    app.hand_out_table("environments", &text);
}
