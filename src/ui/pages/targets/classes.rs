//! The matrix by class: a block per region, ticks first. Each block is a grid with one tab stop; a class opens into its environments.

use super::TargetsShared;
use crate::domain::eligibility::Outcome;
use crate::domain::environment::Region;
use crate::domain::outlook::is_free;
use crate::ui::components::icon;
use crate::ui::intake::Shared;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::grid::{Block, Class, Grid, GridCell, Span};
use crate::view_model::words::{count, thousands};
use leptos::ev::KeyboardEvent;
use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// So many cells are drawn at once; the blocks after them are opened by hand.
const CELLS: usize = 1_500;

/// So many environments of a class are drawn below it.
const MEMBERS: usize = 50;

#[component]
pub fn ByClass(page: TargetsShared) -> impl IntoView {
    let TargetsShared { grid, filter, query, .. } = page;
    // What only the drawer says does not draw the matrix anew.
    let by = move || query.with_untracked(|q| q.by.clone());
    let all = NodeRef::<html::Div>::new();
    let mark = move || {
        let chosen = query.with(|q| {
            grid.with(|g| {
                let g = g.as_ref()?;
                let (s, t) = (g.find(q.source.as_ref()?)?, g.find(q.target.as_ref()?)?);
                Some((g.heads.get(s)?.class, g.heads.get(t)?.class, s))
            })
        });
        filter.track();
        request_animation_frame(move || {
            if let Some(Some(all)) = all.try_get_untracked() {
                mark_chosen(&all, chosen);
            }
        });
    };
    Effect::new(move |_| mark());
    view! {
        <div node_ref=all class="matrix-blocks">
            {live(move || {
                let Some(g) = grid.get() else { return ().into_any() };
                let blocks = filter.with(|f| g.blocks(f));
                let (never_sources, never_targets) = blocks
                    .iter()
                    .fold((0, 0), |(s, t), block| (s + block.never_sources, t + block.never_targets));
                let between = g.between();
                let mut drawn = 0;
                let regions = blocks.len();
                let shown: Vec<(Block, bool)> = blocks
                    .into_iter()
                    .filter(|b| !b.sources.is_empty() && !b.targets.is_empty())
                    .map(|block| {
                        drawn += block.sources.len() * block.targets.len();
                        let first = drawn == block.sources.len() * block.targets.len();
                        (block, first || drawn <= CELLS)
                    })
                    .collect();
                let none = shown.is_empty();
                let narrowed = filter.with(|f| !f.sources.trim().is_empty() || !f.targets.trim().is_empty());
                view! {
                    {none.then(|| view! { <p class="hint">{if narrowed { "No pair has all that is asked for here." } else { "No environment can be restored to another here: each is refused." }}</p> })}
                    {shown.into_iter().map(|(block, open)| view! { <BlockView page grid=g.clone() block open /> }).collect_view()}
                    <p class="matrix-foot">
                        {(regions > 1)
                            .then(|| {
                                let said = between.eligible + between.unknown;
                                let says = if said == 0 {
                                    "Between regions: none.".to_string()
                                } else {
                                    format!("Between regions: {}, by what the service listed; by environment shows them.", thousands(said))
                                };
                                view! { <span>{says}</span> }
                            })}
                        {(never_sources + never_targets > 0 || filter.with(|f| f.never))
                            .then(|| {
                                let on = filter.with(|f| f.never);
                                let says = if on {
                                    "All classes are shown.".to_string()
                                } else {
                                    format!("Without a target here: {}. Without a source here: {}.", thousands(never_sources), thousands(never_targets))
                                };
                                view! {
                                    <span>
                                        {says} " "
                                        <button type="button" class="link no-print" on:click=move |_| filter.update(|f| f.never = !on)>
                                            {if on { "Leave out what is refused throughout" } else { "Show" }}
                                        </button>
                                    </span>
                                }
                            })}
                    </p>
                }
                    .into_any()
            })}
        </div>
        {by().is_empty().then(|| view! { <p class="hint no-print">"✓ eligible, ? a fact is missing, × refused; the number says how many targets. Arrow keys move, Enter opens the reasons."</p> })}
    }
}

/// Marks the cells that the drawer speaks of.
fn mark_chosen(all: &Element, chosen: Option<(usize, usize, usize)>) {
    each(all, "[aria-current]", |old| _ = old.remove_attribute("aria-current"));
    let Some((source, target, head)) = chosen else { return };
    for row in [format!("[data-s='{source}']"), format!("[data-m='{head}']")] {
        each(all, &format!("button{row}[data-t='{target}']"), |cell| _ = cell.set_attribute("aria-current", "true"));
    }
}

/// Does something to every element that a selector finds.
fn each(within: &Element, selector: &str, mut act: impl FnMut(&Element)) {
    let Ok(found) = within.query_selector_all(selector) else { return };
    (0..found.length())
        .filter_map(|i| found.item(i))
        .filter_map(|n| n.dyn_into::<Element>().ok())
        .for_each(|e| act(&e));
}

fn region_name(region: Option<&Region>) -> String {
    region.map_or_else(|| "Region not known".to_string(), ToString::to_string)
}

#[component]
fn BlockView(page: TargetsShared, grid: Shared<Grid>, block: Block, open: bool) -> impl IntoView {
    let open = RwSignal::new(open);
    let name = region_name(block.region.as_ref());
    let more = [
        (block.more_sources > 0).then(|| count(block.more_sources, "class of sources", "classes of sources")),
        (block.more_targets > 0).then(|| count(block.more_targets, "class of targets", "classes of targets")),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let environments = thousands(block.environments);
    let block = StoredValue::new((grid, block));
    live(move || {
        if open.get() {
            let (grid, block) = block.get_value();
            let more = more.join(" and ");
            view! {
                <Table page grid block name=name.clone() />
                {(!more.is_empty())
                    .then(|| view! { <p class="hint">{more} " more: narrow them down, or see them by environment."</p> })}
            }
            .into_any()
        } else {
            view! {
                <p class="matrix-shut">
                    <b>{name.clone()}</b> " " {environments.clone()} " "
                    <button type="button" class="link" on:click=move |_| open.set(true)>"Show"</button>
                </p>
            }
            .into_any()
        }
    })
}

#[component]
fn Table(page: TargetsShared, grid: Shared<Grid>, block: Block, name: String) -> impl IntoView {
    let app = use_app();
    let table = NodeRef::<html::Table>::new();
    let within = grid.clone();
    let pressed = move |e: leptos::ev::MouseEvent| {
        let Some(button) = cell_of(e.target()) else { return };
        let number = |name: &str| button.get_attribute(name).and_then(|text| text.parse::<usize>().ok());
        // A click of the keyboard counts none.
        let enter = e.detail() == 0;
        let Some(target) = number("data-t") else { return };
        let (sources, span) = match (number("data-s"), number("data-m")) {
            (Some(class), _) => (within.members(class, ""), Span::Classes),
            (_, Some(head)) => (vec![head], Span::Targets),
            _ => return,
        };
        let one = within.classes.get(target).is_some_and(|class| class.members.len() == 1) && sources.len() == 1;
        let free = |head: usize| {
            let id = within.heads.get(head).map(|head| &head.id);
            app.with_untracked(|w| id.and_then(|id| w.tenant.get(id)).is_some_and(is_free))
        };
        if let Some((s, t)) = within.example(&sources, target, free) {
            page.open(s, t, if one { Span::Pair } else { span }, enter);
        }
    };
    // One tab stop: whatever has the focus is it.
    let focused = move |e: leptos::ev::FocusEvent| {
        let (Some(cell), Some(table)) = (stop_of(e.target()), table.get_untracked()) else { return };
        each(&table, "[data-stop][tabindex='0']", |stop| _ = stop.set_attribute("tabindex", "-1"));
        _ = cell.set_attribute("tabindex", "0");
    };
    let columns: Vec<usize> = block.targets.clone();
    let rows = block.sources.iter().enumerate().map(|(n, source)| {
        view! { <Row page grid=grid.clone() source=*source columns=columns.clone() first=n == 0 /> }
    });
    let rows = rows.collect_view();
    let label = format!("{name}: who may be restored onto whom");
    view! {
        <div class="matrix-wide">
            <table class="mxt" role="grid" aria-label=label node_ref=table
                on:click=pressed on:keydown=move |e| if let Some(table) = table.get_untracked() { keys(&e, &table) } on:focusin=focused>
                <thead>
                    <tr>
                        <th scope="col" class="mx-c">
                            <b>{name}</b> " " <i>{thousands(block.environments)}</i>
                            <span>"source ↓ onto →"</span>
                        </th>
                        {columns.iter().filter_map(|t| grid.classes.get(*t).map(|class| column(&grid, *t, class))).collect_view()}
                    </tr>
                </thead>
                {rows}
            </table>
        </div>
    }
}

fn column(grid: &Grid, place: usize, class: &Class) -> impl IntoView + use<> {
    let many = class.members.len();
    let name = if many == 1 { grid.title(place) } else { count(many, "environment", "environments") };
    view! {
        <th scope="col" title=format!("{}: {name}", class.facts())>
            <b>{class.kind.clone()}</b>
            {traits(class)}
        </th>
    }
}

fn traits(class: &Class) -> impl IntoView + use<> {
    class.traits.iter().map(|t| view! { <span class:a=t.open>{t.says.clone()}</span> }).collect_view()
}

#[component]
fn Row(page: TargetsShared, grid: Shared<Grid>, source: usize, columns: Vec<usize>, first: bool) -> impl IntoView {
    let open = RwSignal::new(false);
    let class = grid.classes.get(source).cloned();
    class.map(|class| {
        let many = class.members.len();
        let name = if many == 1 { grid.title(source) } else { thousands(many) };
        let title = grid.title(source);
        let cells: Vec<AnyView> =
            columns.iter().map(|t| cell(&grid, &title, *t, &grid.cell(source, *t), ("data-s", source))).collect();
        let within = StoredValue::new((grid, columns));
        view! {
            <tbody>
                <tr class="mx-r">
                    <th scope="row">
                        <button type="button" class="mx-h" data-stop="" tabindex=if first { "0" } else { "-1" }
                            aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
                            {live(move || icon(if open.get() { "down" } else { "right" }))}
                            <span>
                                <span><b>{class.kind.clone()}</b> " " <i>{name}</i></span>
                                <small>{traits(&class)}</small>
                            </span>
                        </button>
                    </th>
                    {cells}
                </tr>
                {live(move || {
                    open.get().then(|| within.with_value(|(grid, columns)| members(page, grid, source, columns)))
                })}
            </tbody>
        }
    })
}

/// The environments of a class that is open.
fn members(page: TargetsShared, grid: &Shared<Grid>, class: usize, columns: &[usize]) -> impl IntoView + use<> {
    let all = page.filter.with_untracked(|f| grid.members(class, &f.sources));
    let more = all.len().saturating_sub(MEMBERS);
    let row = |member: usize| {
        let head = grid.heads.get(member)?;
        let cells: Vec<AnyView> =
            columns.iter().map(|t| cell(grid, &head.name, *t, &grid.cell_of(member, *t), ("data-m", member))).collect();
        Some(view! {
            <tr class="mx-x">
                <th scope="row">
                    <a href=Route::Environment(head.id.clone()).href() data-stop="" tabindex="-1">{head.name.clone()}</a>
                </th>
                {cells}
            </tr>
        })
    };
    view! {
        {all.into_iter().take(MEMBERS).filter_map(row).collect_view()}
        {(more > 0)
            .then(|| {
                view! {
                    <tr class="mx-x">
                        <th scope="row" class="hint">"and " {thousands(more)} " more, by environment"</th>
                    </tr>
                }
            })}
    }
}

fn cell(grid: &Grid, source: &str, target: usize, cell: &GridCell, row: (&'static str, usize)) -> AnyView {
    let column = grid.title(target);
    let label = grid.named(source, &column, cell);
    let says = grid.says(cell, target);
    let (class, symbol) = match cell.outcome() {
        Outcome::Eligible => ("mx y", Some("yes")),
        Outcome::Unknown => ("mx q", Some("unk")),
        Outcome::Refused => ("mx n", None),
    };
    // What can be restored onto itself is not hidden behind what is not known of the others.
    let itself = cell.but_itself() == Some(Outcome::Eligible);
    let (s, m) = if row.0 == "data-s" { (Some(row.1), None) } else { (None, Some(row.1)) };
    view! {
        <td data-label=column class:refused=symbol.is_none()>
            <button type="button" class=class data-stop="" tabindex="-1" aria-label=label
                data-s=s.map(|n| n.to_string()) data-m=m.map(|n| n.to_string()) data-t=target.to_string()>
                {symbol.map(icon)}
                {symbol.map(|_| view! { <span>{says}</span> })}
                {itself.then(|| view! { <span class="mx-itself">{icon("yes")} "itself"</span> })}
            </button>
        </td>
    }
    .into_any()
}

fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// The cell that an event is about.
fn cell_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    closest(target, "button[data-t]")
}

/// What can have the focus in a grid: a cell, or the head of a row.
fn stop_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    closest(target, "[data-stop]")
}

fn list(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let mut found = Vec::new();
    each(within, selector, |e| found.extend(e.clone().dyn_into::<HtmlElement>()));
    found
}

/// The arrow keys, as in every grid. What a narrow screen leaves out is passed over.
fn keys(e: &KeyboardEvent, table: &Element) {
    let Some(here) = stop_of(e.target()) else { return };
    let Some(row) = here.closest("tr").ok().flatten() else { return };
    let rows: Vec<Vec<HtmlElement>> = list(table, "tbody tr").iter().map(|row| list(row, "[data-stop]")).collect();
    let rows: Vec<Vec<HtmlElement>> = rows.into_iter().filter(|stops| !stops.is_empty()).collect();
    let is_row =
        |stops: &Vec<HtmlElement>| stops.first().and_then(|s| s.closest("tr").ok().flatten()).as_ref() == Some(&row);
    let Some(r) = rows.iter().position(is_row) else { return };
    let Some(stops) = rows.get(r) else { return };
    let Some(c) = stops.iter().position(|s| *AsRef::<Element>::as_ref(s) == here) else { return };
    let (last_row, last) = (rows.len().saturating_sub(1), stops.len().saturating_sub(1));
    let in_row = |places: &mut dyn Iterator<Item = usize>| {
        places.filter_map(|c| stops.get(c)).find(|s| s.offset_parent().is_some()).cloned()
    };
    // The same column; where it is not shown, the head of the row.
    let in_column = |r: usize| {
        let stops = rows.get(r)?;
        stops.get(c).filter(|s| s.offset_parent().is_some()).or(stops.first()).cloned()
    };
    let next = match e.key().as_str() {
        "ArrowUp" => in_column(r.saturating_sub(1)),
        "ArrowDown" => in_column((r + 1).min(last_row)),
        "PageUp" => in_column(r.saturating_sub(10)),
        "PageDown" => in_column((r + 10).min(last_row)),
        "ArrowLeft" => in_row(&mut (0..c).rev()),
        "ArrowRight" => in_row(&mut (c + 1..=last)),
        "Home" if e.ctrl_key() => rows.first().and_then(|stops| stops.first()).cloned(),
        "End" if e.ctrl_key() => rows.last().and_then(|stops| stops.last()).cloned(),
        "Home" => in_row(&mut (0..=c)),
        "End" => in_row(&mut (c..=last).rev()),
        _ => return,
    };
    e.prevent_default();
    if let Some(next) = next {
        _ = next.focus();
    }
}
