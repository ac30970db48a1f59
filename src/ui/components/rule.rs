use super::dialog::{is_closed, open_while};
use crate::domain::rule::{RuleId, SectionPlace};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::inside;
use crate::words::rules::called;
use leptos::html;
use wasm_bindgen::JsCast;

/// A rule whose sentence is open beside its mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenRule {
    pub rule: RuleId,
    /// Where it begins, in pixels of the window: from the left, and from the top or, `above` the mark, from the bottom.
    left: f64,
    edge: f64,
    above: bool,
}

/// How wide it is, with a gap to the edge of the window.
const WIDTH: f64 = 368.0;
const GAP: f64 = 4.0;

impl OpenRule {
    fn beside(rule: RuleId, mark: &web_sys::Element) -> Self {
        let size = |side: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
            side.ok().and_then(|side| side.as_f64()).unwrap_or_default()
        };
        let (width, height) = (size(window().inner_width()), size(window().inner_height()));
        let at = mark.get_bounding_client_rect();
        let above = at.top() > height / 2.0;
        let edge = if above { height - at.top() } else { at.bottom() } + GAP;
        Self { rule, left: at.left().min(width - WIDTH).max(GAP), edge, above }
    }
}

/// The small mark of a rule; opens its sentence and source.
#[component]
pub fn RuleChip(rule: RuleId) -> impl IntoView {
    let app = use_app();
    let open = move |event: leptos::ev::MouseEvent| {
        let mark = event.current_target().and_then(|mark| mark.dyn_into::<web_sys::Element>().ok());
        app.open_rule.set(mark.map(|mark| OpenRule::beside(rule, &mark)));
    };
    let says = move || app.edition().rule(rule).sentence;
    view! {
        <button type="button" class="rid" aria-haspopup="dialog" title=says aria-label=move || format!("Rule {rule}: {}", says()) on:click=open>{rule.to_string()}</button>
    }
}

/// The one small dialog that [`RuleChip`]s open; the shell has it. A dialog and no popover: marks stand in dialogs too, and beside those
/// everything else is out of reach.
#[component]
pub fn RuleDialog() -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Dialog>::new();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(app.open_rule.with(Option::is_some)));
    open_while(node, open);
    let close = move || app.open_rule.set(None);
    // On another page it would belong to nothing, and keep everything out of reach.
    when_changed(move || app.route(), close);
    let pixels = |is: bool, at: f64| if is { format!("{at}px") } else { "auto".into() };
    let edge = move |above: bool| app.open_rule.get().map(|o| pixels(o.above == above, o.edge)).unwrap_or_default();
    view! {
        <dialog class="rule-open" node_ref=node
            aria-label=move || app.open_rule.get().map(|o| format!("Rule {}", o.rule)).unwrap_or_default()
            style:left=move || app.open_rule.get().map(|o| pixels(true, o.left)).unwrap_or_default()
            style:top=move || edge(false)
            style:bottom=move || edge(true)
            // Around it is the dialog itself, and within it never.
            on:click=move |e| if e.target() == e.current_target() { close() }
            on:close=move |e| if is_closed(&e) { close() }>
            {live(move || {
                let rule = app.open_rule.get()?.rule;
                let edition = app.edition();
                let text = edition.rule(rule);
                // The link's address must not change while it is clicked, so it is made once.
                let all = Route::Reference(Some(rule)).href();
                Some(view! {
                    <div>
                        <p class="rule-open-head"><strong>{called(rule)}</strong> <span class="mono">{rule.to_string()}</span></p>
                        <p>{text.sentence}</p>
                        <p class="hint"><Source section=text.section /> ". By the " {inside(edition.title)} "."</p>
                        <p class="actions">
                            <a class="btn small" autofocus href=all on:click=move |_| close()>"Open in the reference"</a>
                            <button type="button" class="btn small plain" on:click=move |_| close()>"Close"</button>
                        </p>
                    </div>
                })
            })}
        </dialog>
    }
}

/// Where a section stands, with the way there.
#[component]
pub fn Source(section: &'static str) -> impl IntoView {
    match SectionPlace::of(section) {
        SectionPlace::Page(page) => view! {
            <a href=page target="_blank" rel="noopener noreferrer">"Microsoft’s page"<span class="visually-hidden">" (opens in a new tab)"</span></a>
            {format!(", under “{section}”")}
        }
        .into_any(),
        SectionPlace::Elsewhere => section.into_any(),
    }
}
