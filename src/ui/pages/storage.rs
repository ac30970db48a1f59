//! What is stored where: in plain words, with everything that is kept, and a way to each of it.

mod aside;
pub mod places;

use crate::platform::{persist, storage::Used};
use crate::ui::components::{Exact, Notice, StepButtons, Tone};
use crate::ui::data::StartOver;
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::ui::state::use_app;
use crate::view_model::words::thousands;
use crate::workspace::desk::standing::Standing;
use crate::workspace::keys::Slot;
use aside::SetAside;
use leptos::task::spawn_local;
use places::Kept;

/// What localStorage holds for an address in all browsers that were measured, in UTF-16 units, keys included.
const ROOM: u64 = 5_242_880;

/// How much of localStorage is used, in per cent, rounded up.
pub fn percent(units: u64) -> u64 {
    (units.saturating_mul(100)).div_ceil(ROOM).min(100)
}

#[component]
pub fn StoragePage() -> impl IntoView {
    let app = use_app();
    let starting_over = RwSignal::new(false);
    let something = move || app.with(|w| *w != Default::default());
    let standing = Memo::new(move |_| app.saving.standing());
    view! {
        <h1>"What is stored where"</h1>
        <p class="lead">
            "Everything is in this browser, at this address, and nowhere else: nothing is sent to anybody. Whoever uses this browser profile can read it."
        </p>
        <section class="card pad">
            <h2>"How safe it is"</h2>
            <p>
                <strong>{move || standing.with(Standing::chip)}</strong> ". "
                {move || standing.with(Standing::says)}
                {live(move || app.saving.since().filter(|_| !standing.with(Standing::is_trouble)).map(|at| view! { " Since " <Exact at /> "." }))}
            </p>
            <Room />
            <Persist />
            <p class="hint gap">
                "Some browsers remove what a site keeps: Safari after seven days without a visit, any browser at the end of a private window, and where a policy of your organisation clears data when the browser is closed. Download a file from time to time: it can be opened here again, in any browser."
            </p>
            <p class="actions">
                <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download what is open"</button>
                <Show when=move || app.saving.slot() == Slot::Sample>
                    <button type="button" class="btn" on:click=move |_| app.new_sample()>"Start the sample over"</button>
                </Show>
                <Show when=move || app.saving.slot() == Slot::Own && something()>
                    <button type="button" class="btn" on:click=move |_| starting_over.set(true)>"Start over …"</button>
                </Show>
            </p>
        </section>
        <Unsaved />
        <Kept />
        <SetAside />
        <section class="card pad">
            <h2>"Where exactly"</h2>
            <dl class="pairs">
                <dt>"localStorage"</dt>
                <dd>"The first store. Every change is written there before the screen shows it, under keys that begin with restore-desk/. All tabs of this address share it."</dd>
                <dt>"IndexedDB"</dt>
                <dd>"The second copy, in the database restore-desk. It confirms when a text is on the disk, and has more room. “Saved” is said when it has confirmed."</dd>
                <dt>"sessionStorage"</dt>
                <dd>"Which tenant this tab shows. It ends with the tab."</dd>
                <dt>"The program"</dt>
                <dd>"Where the browser allows it, the page and its program are kept as well, so that they open without a network. Nothing that you entered is in there."</dd>
                <dt>"Files"</dt>
                <dd>"Only what you download. Files that you drop here are read, and not kept themselves."</dd>
            </dl>
        </section>
        <p><a href=Route::Start.href()>"To the start page"</a></p>
        <StartOver open=starting_over />
    }
}

/// How much room is left.
#[component]
fn Room() -> impl IntoView {
    let app = use_app();
    let used = Memo::new(move |_| app.saving.used());
    view! {
        {live(move || match used.get() {
            None => view! { <p>"How much of localStorage is used is not known: it does not answer."</p> }.into_any(),
            Some(Used { units, others }) => {
                let others_words = if others > 0 {
                    format!(" {} of them belong to other pages of this address.", number(others))
                } else {
                    String::new()
                };
                view! {
                    <p>
                        {format!(
                            "{} of about {} characters of localStorage are used ({}). Other pages of this address share them.{others_words}",
                            number(units),
                            number(ROOM),
                            if units * 100 < ROOM { "less than 1 %".to_string() } else { format!("{} %", percent(units)) },
                        )}
                    </p>
                    <meter class="room" min="0" max="100" high="80" value=percent(units).to_string()
                        aria-label="Room of localStorage that is used">{format!("{} %", percent(units))}</meter>
                }.into_any()
            }
        })}
    }
}

fn number(units: u64) -> String {
    thousands(usize::try_from(units).unwrap_or(usize::MAX))
}

/// Whether the browser promised to keep the data where its disk gets full, and a button to ask it.
#[component]
fn Persist() -> impl IntoView {
    /// What is known of the browser's promise.
    #[derive(Clone, Copy, PartialEq)]
    enum Promise {
        Asking,
        /// The browser has no such promise, or not here.
        Unknown,
        NotYet,
        Refused,
        Given,
    }
    let promise = RwSignal::new(Promise::Asking);
    let told = move |answer: Option<bool>, no: Promise| match answer {
        Some(true) => Promise::Given,
        Some(false) => no,
        None => Promise::Unknown,
    };
    spawn_local(async move {
        let answer = persist::persisted().await;
        promise.try_set(told(answer, Promise::NotYet));
    });
    let ask = move |_| {
        promise.set(Promise::Asking);
        spawn_local(async move {
            let answer = persist::persist().await;
            promise.try_set(told(answer, Promise::Refused));
        });
    };
    view! {
        <div role="status">
            {live(move || match promise.get() {
                Promise::Asking => view! { <p class="hint">"Asking the browser …"</p> }.into_any(),
                Promise::Given => view! { <p>"✓ This browser promised not to remove it by itself when its disk gets full."</p> }.into_any(),
                Promise::Unknown => view! {
                    <p>"? This browser does not say whether it removes it when its disk gets full. It may."</p>
                }.into_any(),
                state => view! {
                    <p>"! This browser may remove it when its disk gets full, without asking."</p>
                    {(state == Promise::Refused).then(|| view! {
                        <p class="hint">"It was asked, and did not promise. Browsers decide by how often you come here, or ask you; a bookmark or an installed page may help."</p>
                    })}
                    <p class="actions"><button type="button" class="btn" on:click=ask>"Ask this browser to keep it"</button></p>
                }.into_any(),
            })}
        </div>
    }
}

/// What is in the memory of this tab only.
#[component]
fn Unsaved() -> impl IntoView {
    let app = use_app();
    let unsaved = Memo::new(move |_| {
        app.saving.standing();
        app.saving.place();
        app.saving.steps();
        app.saving.unsaved()
    });
    let replaced = move || unsaved.with(|u| u.iter().any(|one| one.replaced));
    let steps = Memo::new(move |_| app.saving.steps());
    view! {
        <Show when=move || unsaved.with(|u| !u.is_empty())>
            <Notice tone=Tone::Warning>
                <p>"In the memory of this tab only:"</p>
                <ul>
                    {live(move || unsaved.get().into_iter().map(|one| {
                        let place = StoredValue::new(one.place.clone());
                        let name = if one.name.is_empty() { "a tenant without a name".to_string() } else { one.name };
                        let changes = if one.changes == 1 { "one change".to_string() } else { format!("{} changes", one.changes) };
                        view! {
                            <li>
                                {format!("{name}: {changes}{}", if one.replaced { " (replaced)" } else { "" })} " "
                                {(!one.shown && !one.replaced).then(|| view! {
                                    <button type="button" class="btn small" on:click=move |_| app.saving.open_place(place.get_value())>"Open it"</button>
                                })}
                            </li>
                        }
                    }).collect_view())}
                </ul>
                <Show when=replaced>
                    <p>"Something else took the place of what is marked as replaced: undo that to have it back."</p>
                </Show>
            </Notice>
        </Show>
        <Show when=move || steps.with(|steps| *steps != Default::default())>
            <Notice tone=Tone::Info>
                <p>
                    "What was open before can be brought back while this tab is open, and what you undo can be done again until you do something new there."
                    {live(move || match steps.with(|steps| steps.back) {
                        0 | 1 => ().into_any(),
                        back => format!(" You can go back {back} steps.").into_any(),
                    })}
                </p>
                <p class="actions"><StepButtons /></p>
            </Notice>
        </Show>
    }
}
