//! Two editions compared: the user's own environments and pairs whose answer changes.

use crate::domain::compare::{Comparison, MOST_PAIRS, PairChange, WindowChange, compare_slowly};
use crate::domain::edition::{Basis, EDITIONS, Edition, EditionId};
use crate::domain::environment::EnvironmentId;
use crate::domain::retention::Window;
use crate::ui::components::{OutcomeTag, SmallBand};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::slowly::{Slowly, later};
use crate::ui::state::use_app;
use crate::view_model::band::usage_words;
use crate::view_model::words::{count, retention_of, thousands};

/// How many lines of a list are drawn.
const MOST: usize = 100;

/// How many lines are drawn at once.
const AT_ONCE: usize = 20;

#[component]
pub fn Changes() -> impl IntoView {
    let app = use_app();
    // With the newest chosen there is nothing newer to compare: the oldest then.
    let chosen = untrack(move || app.edition());
    let first = if chosen == Edition::newest() { Edition::default_edition() } else { Edition::newest() };
    let other = RwSignal::new(first.id);
    let after = Memo::new(move |_| Edition::find(&EditionId(other.get().to_string())).unwrap_or_else(Edition::newest));
    let rests_on = move || (app.edition(), after.get(), app.judged());
    let comparison = Slowly::new("editions", rests_on, |(before, after, (tenant, now)), mut turn| async move {
        let found = compare_slowly(before, after, &tenant, now, async || turn.goes_on().await).await?;
        Some((after, found))
    });
    // The lists come in parts once, and are there at once when they are made anew.
    let lists = Lists { drawn: StoredValue::new(false), unfolded: RwSignal::new(false) };
    let pick = move |e: leptos::ev::Event| {
        let value = event_target_value(&e);
        if let Some(e) = EDITIONS.iter().find(|e| e.id == value) {
            other.set(e.id);
        }
    };
    view! {
        <section class="card pad">
            <div class="head">
                <h2>"What another edition would change"</h2>
                <label class="actions">
                    <span>"Compare with"</span>
                    <select class="input" on:change=pick prop:value=move || other.get()>
                        {EDITIONS
                            .iter()
                            .map(|e| view! { <option value=e.id selected=move || other.get() == e.id>{e.title}</option> })
                            .collect_view()}
                    </select>
                </label>
            </div>
            {live(move || {
                let after = after.get();
                (after.basis == Basis::ChangeNotes).then(|| view! { <div class="note">{after.origin}</div> })
            })}
            {live(move || {
                if after.get() == app.edition() {
                    return view! { <p class="hint">"This is the chosen edition; choose another one to compare."</p> }.into_any();
                }
                // What was worked out before stays until the next is there, and is of another edition for as long.
                let found = comparison.get();
                let Some((_, c)) = found.as_deref().filter(|(of, _)| *of == after.get()) else {
                    return view! { <p class="hint" role="status">"Comparing …"</p> }.into_any();
                };
                if c.windows.is_empty() && c.changed_pairs() == 0 {
                    return view! { <p>"✓ No answer about your environments changes."</p> }.into_any();
                }
                let made = view! {
                    {windows(c, lists)}
                    {pairs(c, lists)}
                };
                lists.drawn.set_value(true);
                made.into_any()
            })}
        </section>
    }
}

fn name_of(id: &EnvironmentId) -> String {
    use_app().with(|w| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone()))
}

/// What a window is good for, where the other one is good for something else.
fn usage(window: &Window, other: &Window) -> Option<String> {
    (window.usage != other.usage).then(|| format!(" · {}", usage_words(window.usage).unwrap_or("restorable")))
}

fn windows(c: &Comparison, lists: Lists) -> impl IntoView + use<> {
    let app = use_app();
    let worse = c.windows.iter().filter(|w| w.worse).count();
    let total = c.windows.len();
    let (less, more) = (c.windows.iter().filter(|w| w.worse), c.windows.iter().filter(|w| !w.worse));
    let shown = less.chain(more).take(MOST).cloned().collect();
    let now = untrack(|| app.now());
    let line = move |w: WindowChange| {
        let name = name_of(&w.environment);
        let says =
            |one: &Window, other: &Window| format!("{}{}", retention_of(one), usage(one, other).unwrap_or_default());
        let (was, is) = (says(&w.before, &w.after), says(&w.after, &w.before));
        let (tone, word) = if w.worse { ("tag no", "✕ less") } else { ("tag", "✓ not less") };
        view! {
            <tr>
                <th scope="row" class="name">
                    <a href=Route::Environment(w.environment).href()>{name}</a>
                </th>
                <td data-label="Now">
                    <div>
                        {was}
                        <SmallBand reach=w.before now />
                    </div>
                </td>
                <td data-label="Then">
                    <div>
                        {is}
                        <SmallBand reach=w.after now />
                    </div>
                </td>
                <td data-label="So">
                    <span class=tone>{word}</span>
                </td>
            </tr>
        }
    };
    (total > 0).then(|| {
        view! {
            <h3>
                {count(total, "environment", "environments")} " with another window, " {thousands(worse)} " of them with less"
            </h3>
            <p class="hint">"These windows are what is kept. How far back it can be brought is on the page of each environment."</p>
            <table class="cards">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Chosen edition"</th>
                        <th scope="col">"The other"</th>
                        <th scope="col">"So"</th>
                    </tr>
                </thead>
                <tbody>{lists.in_parts(shown, line)}</tbody>
            </table>
            {(total > MOST).then(|| view! { <p class="hint">{MOST} " of them are shown, the losses first."</p> })}
        }
    })
}

/// How the lists of one comparison are drawn.
#[derive(Clone, Copy)]
struct Lists {
    /// They were drawn before.
    drawn: StoredValue<bool>,
    /// The pairs are unfolded.
    unfolded: RwSignal<bool>,
}

impl Lists {
    /// The lines of a list: at first so many in a turn of their own.
    fn in_parts<T, V, F>(self, all: Vec<T>, line: F) -> AnyView
    where
        T: Clone + Send + 'static,
        V: IntoView + 'static,
        F: Fn(T) -> V + Copy + Send + 'static,
    {
        if self.drawn.get_value() {
            return all.into_iter().map(line).collect_view().into_any();
        }
        let part = move |part: &[T]| {
            let part = part.to_vec();
            later(move || part.iter().cloned().map(line).collect_view())
        };
        all.chunks(AT_ONCE).map(part).collect_view().into_any()
    }
}

fn pairs(c: &Comparison, lists: Lists) -> impl IntoView + use<> {
    let total = c.changed_pairs();
    let tallies = c
        .tallies
        .iter()
        .map(|t| {
            view! {
                <li>
                    <OutcomeTag outcome=t.before />
                    <span aria-hidden="true">" → "</span>
                    <span class="visually-hidden">" becomes "</span>
                    <OutcomeTag outcome=t.after />
                    " "
                    {count(t.pairs, "pair", "pairs")}
                </li>
            }
        })
        .collect_view();
    let line = |p: PairChange| {
        let itself = p.source == p.target;
        let (from, to) = (name_of(&p.source), name_of(&p.target));
        let title = if itself { format!("{from} onto itself") } else { format!("{from} → {to}") };
        let link = Route::pair(p.source, p.target).href();
        view! {
            <li class="pair-change">
                <a href=link>{title}</a>
                <span>
                    <OutcomeTag outcome=p.before />
                    <span aria-hidden="true">" → "</span>
                    <span class="visually-hidden">" becomes "</span>
                    <OutcomeTag outcome=p.after />
                </span>
            </li>
        }
    };
    let shown: Vec<PairChange> = c.pairs.iter().take(MOST).cloned().collect();
    let unfolded = lists.unfolded;
    let lines = move || unfolded.get().then(|| shown.iter().cloned().map(line).collect_view());
    let named = c.pairs.len();
    (total > 0).then(|| {
        view! {
            <h3>{count(total, "pair", "pairs")} " with another outcome"</h3>
            <ul class="tallies">{tallies}</ul>
            <details prop:open=move || unfolded.get() on:toggle=move |e| unfolded.set(event_target::<web_sys::HtmlDetailsElement>(&e).open())>
                <summary>"Which pairs"</summary>
                <ul class="pair-lines">{live(lines)}</ul>
                {(total > MOST)
                    .then(|| {
                        let all = if named < MOST_PAIRS { named } else { total };
                        view! { <p class="hint">{MOST} " of " {thousands(all)} " are shown, the losses first."</p> }
                    })}
            </details>
        }
    })
}
