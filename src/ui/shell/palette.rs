//! Finding anything by typing: environments, what can be done with them, plans, pages and rules.

use super::pages::{MORE, MoreLink, PAGES};
use crate::platform::clock::BrowserZone;
use crate::ui::components::ask::capital;
use crate::ui::components::dialog::{is_closed, open_while};
use crate::ui::components::icon;
use crate::ui::prelude::*;
use crate::ui::route::{EnvironmentsQuery, RestoreQuery, Route, TargetsQuery, WayBackQuery};
use crate::ui::state::{AppState, use_app};
use crate::view_model::acts::Act;
use crate::view_model::rows::only_at;
use crate::view_model::search::{Around, Do, Found, Hit, search};
use crate::view_model::words::thousands;
use crate::workspace::typed::ways;
use leptos::html;
use wasm_bindgen::JsCast;

/// The field and what it finds, in a dialog: arrows choose, Enter opens, Escape closes.
#[component]
pub fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    open_while(node, open);
    view! {
        <dialog class="dialog palette" node_ref=node aria-label="Search" on:close=move |e| if is_closed(&e) { open.set(false) }
            on:click=move |e| {
                // The ground around it is the dialog itself.
                let ground = node.get_untracked().is_some_and(|dialog| e.target().is_some_and(|t| t == *dialog.unchecked_ref::<web_sys::EventTarget>()));
                if ground { open.set(false) }
            }>
            <Show when=move || open.get()><Finding open /></Show>
        </dialog>
    }
}

#[component]
fn Finding(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let found = Memo::new(move |_| {
        let (edition, now) = (app.edition(), app.now());
        let pages = PAGES.iter().map(|p| (p.name, p.also));
        // What leads nowhere now has no words to be found by, and keeps its place.
        let more = MORE.iter().map(|m| if (m.when)(app) { (m.name, m.also) } else { ("", "") });
        let names: Vec<(&str, &str)> = pages.chain(more).collect();
        app.with(|w| {
            let titles: Vec<(u32, String)> = w.plans.iter().map(|p| (p.number, p.plan.title().to_string())).collect();
            let plans: Vec<(u32, &str)> = titles.iter().map(|(number, title)| (*number, title.as_str())).collect();
            let around = Around { edition, plans: &plans, pages: &names, read: &|text| ways(text, &BrowserZone, now) };
            typed.with(|typed| search(typed, &w.tenant, &around))
        })
    });
    let hits = Memo::new(move |_| found.with(|f| f.hits.clone()));
    let at = move || chosen.get().min(hits.with(Vec::len).saturating_sub(1));
    let go = move |hit: Hit| {
        // A day is still to be given its time: it is typed, and the field keeps the focus.
        if let Hit::Day { typed: text, .. } = hit {
            chosen.set(0);
            typed.set(text);
            return focus_soon(FIELD.to_string());
        }
        open.set(false);
        carry_out(app, hit);
    };
    let keys = move |e: leptos::ev::KeyboardEvent| {
        let (now, count) = (untrack(at), hits.with_untracked(Vec::len));
        let to = match e.key().as_str() {
            "ArrowDown" => (now + 1) % count.max(1),
            "ArrowUp" => (now + count.max(1) - 1) % count.max(1),
            "Enter" => {
                e.prevent_default();
                if let Some(hit) = hits.with_untracked(|hits| hits.get(now).cloned()) {
                    go(hit);
                }
                return;
            }
            _ => return,
        };
        e.prevent_default();
        chosen.set(to);
        request_animation_frame(move || {
            if let Some(option) = document().get_element_by_id(&option_id(to)) {
                option.scroll_into_view_with_bool(false);
            }
        });
    };
    view! {
        <div class="palette-field">
            {icon("search")}
            <input type="text" id=FIELD role="combobox" autofocus autocomplete="off" spellcheck="false"
                aria-label="Search for an environment, a plan, a rule, a page, or something to do"
                aria-controls="found" aria-autocomplete="list" aria-expanded=move || (!hits.with(Vec::is_empty)).to_string()
                aria-activedescendant=move || (!hits.with(Vec::is_empty)).then(|| option_id(at()))
                placeholder="Sales, restore Sales to yesterday 14, before 2:00, back up HR, T5 …"
                prop:value=move || typed.get()
                on:input=move |e| { chosen.set(0); typed.set(event_target_value(&e)) }
                on:keydown=keys />
            <button type="button" class="btn small plain" on:click=move |_| open.set(false)>"Close"</button>
        </div>
        <ul class="hits" id="found" role="listbox" aria-label="What was found">
            {live(move || hits.get().into_iter().enumerate().map(|(i, hit)| {
                let (symbol, says, beside) = shown(&hit, app.is_play());
                let hit = StoredValue::new(hit);
                view! {
                    <li role="option" id=option_id(i) class="hit" aria-selected=move || (at() == i).to_string()
                        on:click=move |_| go(hit.get_value()) on:mousemove=move |_| if untrack(at) != i { chosen.set(i) }>
                        {icon(symbol)} <span class="hit-says">{says}</span> <span class="hit-beside">{beside}</span>
                    </li>
                }
            }).collect_view())}
        </ul>
        <p class="hint palette-foot" role="status">
            {move || typed.with(|typed| found.with(|found| foot(typed, found)))}
        </p>
    }
}

const FIELD: &str = "find";

/// What stands below: of a time what is asked or wrong with it, and how many were found.
fn foot(typed: &str, found: &Found) -> String {
    if typed.trim().is_empty() {
        return "Type a name, what you want to do, or a rule.".to_string();
    }
    match (&found.says, found.hits.len()) {
        (Some(says), 0) => format!("Nothing has that name. As a time: {says}."),
        (Some(says), _) => format!("{}.", capital(says)),
        (None, 0) => "Nothing has that name. Environments are found by name, address or id.".to_string(),
        (None, 1) => "1 found. Enter opens it.".to_string(),
        (None, n) => format!("{} found. Arrows choose, Enter opens.", thousands(n)),
    }
}

fn option_id(i: usize) -> String {
    format!("found-{i}")
}

/// Its symbol, its words, and what stands small beside them. `play`: what is begun is done, and not only recorded.
fn shown(hit: &Hit, play: bool) -> (&'static str, String, String) {
    match hit {
        Hit::Environment { name, note, .. } => ("env", name.clone(), note.clone()),
        Hit::Do { what, name, at, .. } => ("arrow", what.says(name, at.as_ref()), String::new()),
        Hit::Begin { act, name, .. } => ("arrow", format!("{name}: {} …", act.heading(play)), String::new()),
        Hit::At(point) => ("clock", format!("What can be brought back to {}", point.says), String::new()),
        Hit::Day { says, .. } => ("clock", format!("{says}, at what time? …"), String::new()),
        Hit::Plan { title, .. } => ("plan", title.clone(), "plan".to_string()),
        Hit::Page(i) => match (PAGES.get(*i), more(*i)) {
            (Some(page), _) => (page.icon, page.name.to_string(), "page".to_string()),
            (_, Some(more)) => (more.icon, more.name.to_string(), String::new()),
            _ => ("right", String::new(), String::new()),
        },
        Hit::Rule { id, sentence } => ("book", (*sentence).to_string(), format!("rule {id}")),
    }
}

/// What is found after the pages.
fn more(i: usize) -> Option<&'static MoreLink> {
    MORE.get(i.checked_sub(PAGES.len())?)
}

fn carry_out(app: AppState, hit: Hit) {
    let to = match hit {
        Hit::Environment { id, .. } => Route::Environment(id),
        Hit::Do { what: Do::Restore, id, at, .. } => {
            Route::Restore(RestoreQuery { source: Some(id), at: at.map(|p| p.at), ..RestoreQuery::default() })
        }
        Hit::Do { what: Do::WayBack, id, at, .. } => {
            let from = at.map(|p| p.at);
            Route::WayBack(WayBackQuery { environment: Some(id), from, ..WayBackQuery::default() })
        }
        Hit::Do { what: Do::Targets, id, .. } => {
            Route::Targets(TargetsQuery { source: Some(id), ..TargetsQuery::default() })
        }
        Hit::Do { what: Do::BackUp, id, .. } => return app.acting.begin(Some(id), Act::BackUp),
        Hit::Do { what: Do::Recover, id, .. } => return app.acting.begin(Some(id), Act::Recover),
        Hit::Begin { act, id, .. } => return app.acting.begin(Some(id), act),
        Hit::At(point) => {
            Route::Environments(EnvironmentsQuery { only: only_at(point.at), ..EnvironmentsQuery::default() })
        }
        Hit::Day { .. } => return,
        Hit::Plan { number, .. } => Route::Plan(number),
        Hit::Page(i) => match (PAGES.get(i), more(i)) {
            (Some(page), _) => (page.route)(),
            (_, Some(more)) => return (more.go)(app),
            _ => return,
        },
        Hit::Rule { id, .. } => Route::Reference(Some(id)),
    };
    app.go(to);
}
