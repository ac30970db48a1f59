use super::side::Side;
use super::top_bar::is_newest;
use crate::domain::compare::compare_slowly;
use crate::domain::edition::{Basis, Edition};
use crate::domain::tenant::ImportRecord;
use crate::platform::clock::{self, BrowserZone};
use crate::platform::version;
use crate::ui::components::instant::stamp;
use crate::ui::components::{Dialog, InstantView, MendedList, Notice, Tone};
use crate::ui::prelude::*;
use crate::ui::route::{Page, Route};
use crate::ui::state::use_app;
use crate::view_model::words::{count, sentence};
use crate::workspace::desk::standing::Standing;
use crate::workspace::keep::{Found, Trouble};
use crate::workspace::local_time::{relative, to_local};
use chrono::{DateTime, Utc};
use leptos::task::spawn_local;

/// What must stay in sight whatever the page: trouble with saving, changes that wait, and what to know about the chosen rules.
#[component]
pub fn Banners() -> impl IntoView {
    view! {
        <div class="banners">
            <Opening />
            <HowItIsKept />
            <NotAsItShouldBe />
            <WaitingEdits />
            <WasMended />
            <OldList />
            <AboutTheRules />
            <NewVersion />
        </div>
    }
}

/// One line: what to know, where to go, and a cross where it can be closed. The rest stands in the title.
#[component]
fn OneLine(
    tone: Tone,
    #[prop(into)] title: String,
    #[prop(optional)] close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="one-line" role="status" title=title>
            <Notice tone>
                <p>{children()}</p>
                {close.map(|close| view! {
                    <button type="button" class="btn plain only-icon" aria-label="Close this notice" on:click=move |_| close.run(())>"✕"</button>
                })}
            </Notice>
        </div>
    }
}

/// A newer version waits. It is never loaded by itself.
#[component]
fn NewVersion() -> impl IntoView {
    let newer = RwSignal::new(version::is_newer());
    // The handle is dropped on purpose: the listener lives as long as the page.
    let _ = window_event_listener_untyped(version::NEWER, move |_| {
        newer.try_set(true);
    });
    view! {
        <Show when=move || newer.get()>
            <div role="status">
                <Notice tone=Tone::Info>
                    <p>"A new version of Restore Desk is ready. It comes when the page is loaded again; what is kept here stays."</p>
                    <p class="actions">
                        <button type="button" class="btn small" on:click=move |_| drop(location().reload())>"Load it now"</button>
                        <button type="button" class="btn small" on:click=move |_| newer.set(false)>"Later"</button>
                    </p>
                </Notice>
            </div>
        </Show>
    }
}

/// A large workspace is being read before it is shown.
#[component]
fn Opening() -> impl IntoView {
    let app = use_app();
    let name = move || app.saving.opening().map(|place| app.saving.name_of(&place));
    view! {
        {live(move || name().map(|name| view! {
            <div role="status">
                <Notice tone=Tone::Info>
                    <p><span class="spinner" aria-hidden="true"></span>{format!("Opening {name} …")}</p>
                    <p class="actions"><button type="button" class="btn small" on:click=move |_| app.saving.give_up_opening()>"Stop"</button></p>
                </Notice>
            </div>
        }))}
    }
}

/// What of the keeping a person should know at once.
#[component]
fn HowItIsKept() -> impl IntoView {
    let app = use_app();
    // The trouble only: what changes with every key shows nothing.
    let trouble = Memo::new(move |_| Some(app.saving.standing()).filter(Standing::is_trouble));
    let let_go = RwSignal::new(false);
    view! {
        {live(move || trouble.get().map(|standing| {
            let tone = if matches!(standing, Standing::ReadOnly | Standing::TabOnly(_)) { Tone::Warning } else { Tone::Error };
            let buttons = match standing {
                Standing::Deleted => view! {
                    <button type="button" class="btn pri" on:click=move |_| app.saving.keep_after_deletion()>"Keep what is here"</button>
                    <button type="button" class="btn" on:click=move |_| let_go.set(true)>"Let it go …"</button>
                    <Download />
                }.into_any(),
                Standing::ReadOnly => view! {
                    <button type="button" class="btn pri" on:click=move |_| drop(location().reload())>"Load the newest version"</button>
                    <Download />
                }.into_any(),
                Standing::NotSaved { .. } => view! {
                    <Download />
                    <a class="btn" href=Route::Storage.href()>"Make room"</a>
                }.into_any(),
                _ => view! { <Download /> }.into_any(),
            };
            view! {
                <Notice tone>
                    <p>{standing.says()}</p>
                    <p class="actions">{buttons}</p>
                </Notice>
            }
        }))}
        <Dialog open=let_go title="Let it go?">
            <p>"What is here was deleted in another tab, and is in this tab only. If you let it go, it can be brought back with “Undo” for a while, and not after this tab is closed."</p>
            <p class="actions">
                <button type="button" class="btn" autofocus on:click=move |_| let_go.set(false)>"Leave it as it is"</button>
                <button type="button" class="btn danger" on:click=move |_| {
                    let_go.set(false);
                    app.saving.let_go();
                    app.toast_replaced("It is let go.".into());
                }>"Let it go"</button>
            </p>
        </Dialog>
        <Show when=move || app.saving.came_back.get()>
            <div role="status">
                <Notice tone=Tone::Warning>
                    <p>"What this browser kept of this workspace was cleared away, and not by deleting it here. It was still open in this tab, so it is kept again. To be rid of it, choose “Start over” on the page of what is stored."</p>
                    <p class="actions">
                        <a class="btn small" href=Route::Storage.href()>"What is stored where"</a>
                        <button type="button" class="btn small" on:click=move |_| app.saving.came_back.set(false)>"Close"</button>
                    </p>
                </Notice>
            </div>
        </Show>
    }
}

/// What could not be read of what is kept, or is in no store any more. What is there is left as it is, and stands on the page of what is
/// stored.
#[component]
fn NotAsItShouldBe() -> impl IntoView {
    let app = use_app();
    let closed = RwSignal::new(Vec::<Trouble>::new());
    let open = Memo::new(move |_| {
        let troubles = app.saving.open_troubles();
        closed.with(|closed| if troubles.iter().all(|t| closed.contains(t)) { Vec::new() } else { troubles })
    });
    let unreadable = move || app.saving.found() == Found::Unreadable;
    // Nothing of it is anywhere to be looked at.
    let lost = move || open.with(|open| open.iter().all(Trouble::lacks));
    view! {
        {live(move || (!open.with(Vec::is_empty)).then(|| view! {
            <div role="status">
                <Notice tone=if unreadable() { Tone::Error } else { Tone::Warning }>
                    <p>
                        {if unreadable() {
                            "What this browser remembers of this workspace cannot be opened. It is left as it is, and nothing is saved over it: what you do now is kept beside it."
                        } else if lost() {
                            "Something that was kept of this workspace is in no store any more. What is left of it is shown: look whether it is as you know it."
                        } else {
                            "Not everything that this browser keeps of this workspace could be read. What could be read is shown; nothing of the rest is written over."
                        }}
                    </p>
                    <ul>{open.get().iter().take(SHOWN).map(|t| view! { <li>{sentence(&t.says())}</li> }).collect_view()}</ul>
                    {(open.with(Vec::len) > SHOWN).then(|| view! { <p class="hint">{format!("and {} more", open.with(Vec::len) - SHOWN)}</p> })}
                    <p class="actions">
                        {if lost() {
                            view! { <button type="button" class="btn small" on:click=move |_| app.saving.know_gaps()>"I know, go on with what is left"</button> }.into_any()
                        } else {
                            view! { <a class="btn small" href=Route::Storage.href()>"See and download it"</a> }.into_any()
                        }}
                        <button type="button" class="btn small" on:click=move |_| closed.set(app.saving.troubles())>"Close"</button>
                    </p>
                </Notice>
            </div>
        }))}
    }
}

/// So many troubles are named in the banner.
const SHOWN: usize = 3;

/// Changes of two tabs that contradict each other, side by side.
#[component]
fn WaitingEdits() -> impl IntoView {
    let app = use_app();
    let waiting = Memo::new(move |_| app.saving.waiting());
    // What it is beside changes too, while it waits.
    let sides = Memo::new(move |_| {
        let first = waiting.with(|all| all.iter().take(SHOWN).cloned().collect::<Vec<_>>());
        if first.is_empty() {
            return Vec::new();
        }
        app.with(|w| first.into_iter().map(|one| (Side::of(&one, w), one)).collect::<Vec<_>>())
    });
    view! {
        {live(move || sides.get().into_iter().map(|(says, one)| {
            let id = StoredValue::new(one.entry.id.clone());
            let problem = RwSignal::new(None::<String>);
            let settle = move |make| match app.saving.settle(&id.get_value(), make) {
                Ok(()) => {}
                Err(why) => problem.set(Some(sentence(&why.reason()))),
            };
            view! {
                <div role="status">
                    <Notice tone=Tone::Warning>
                        <p><strong>"A change waits for you: "</strong> {sentence(&one.why.says())}</p>
                        <dl class="pairs">
                            <dt>"About"</dt> <dd>{says.about}</dd>
                            <dt>"The change that waits"</dt> <dd>{says.waits}</dd>
                            {says.made.map(|at| view! { <dt>"Made"</dt> <dd><InstantView at /></dd> })}
                            {says.here.map(|here| view! { <dt>"As it is now"</dt> <dd>{here}</dd> })}
                        </dl>
                        {live(move || problem.get().map(|p| view! { <p role="alert">{p}</p> }))}
                        <p class="actions">
                            <button type="button" class="btn" on:click=move |_| settle(true)>"Use the change that waits"</button>
                            <button type="button" class="btn" on:click=move |_| settle(false)>"Leave it as it is now"</button>
                        </p>
                    </Notice>
                </div>
            }
        }).collect_view())}
        {live(move || (waiting.with(Vec::len) > SHOWN).then(|| view! {
            <p class="hint">{format!("{} more changes wait after these.", waiting.with(Vec::len) - SHOWN)}</p>
        }))}
    }
}

/// What could not be opened as it was stored. What is stored stays so until the next change; it can be downloaded before.
#[component]
fn WasMended() -> impl IntoView {
    let app = use_app();
    let mended = app.saving.mended;
    let download = move |_| {
        if !app.saving.download_original() {
            app.toast("The browser refused the download.".into());
        }
    };
    view! {
        {live(move || (!mended.with(Vec::is_empty)).then(|| view! {
            <div role="status">
                <Notice tone=Tone::Warning>
                    <p>"Some of what this browser remembers cannot be, and was taken as unknown or left out. Nothing more is promised because of it. The text as it was is set aside, under “What is stored where”."</p>
                    <MendedList mended=mended.get() />
                    <p class="actions">
                        <button type="button" class="btn small" on:click=download>"Download it as it was"</button>
                        <button type="button" class="btn small" on:click=move |_| mended.set(Vec::new())>"Close"</button>
                    </p>
                </Notice>
            </div>
        }))}
    }
}

/// The newest list is so old that an answer may no longer hold.
#[component]
fn OldList() -> impl IntoView {
    let app = use_app();
    let closed = RwSignal::new(None::<DateTime<Utc>>);
    let old = Memo::new(move |_| {
        if app.is_play() || matches!(app.route().page(), Page::Import) {
            return None;
        }
        let now = app.now();
        let at = app.with(|w| w.tenant.last_list().filter(|list| list.is_old(now)).map(ImportRecord::as_of));
        at.filter(|at| closed.get() != Some(*at))
    });
    view! {
        {live(move || old.get().map(|at| view! {
            <OneLine tone=Tone::Warning title=format!("It is of {}. What changed since is not known here.", stamp(at))
                close=Callback::new(move |()| closed.set(Some(at)))>
                "The newest list is of " {to_local(at, &BrowserZone).format("%-d %b %Y").to_string()}
                <span class="rather">", " {move || relative(at, app.now())}</span>
                ": an answer may no longer hold. " <a href=Route::Import.href()>"Add a newer one"</a>
            </OneLine>
        }))}
    }
}

#[component]
fn Download() -> impl IntoView {
    let app = use_app();
    view! { <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download what is here"</button> }
}

/// What the newest edition would take away, once after the edition was changed; and what is not sure about the chosen one.
#[component]
fn AboutTheRules() -> impl IntoView {
    let app = use_app();
    let edition = Memo::new(move |_| app.edition().id);
    let said = RwSignal::new(None::<String>);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<&'static str>| {
        let now = edition.get();
        if before.is_some_and(|b| b != now) {
            said.set(None);
            turn.update_value(|n| *n = n.wrapping_add(1));
            let mine = turn.get_value();
            spawn_local(async move {
                let goes_on = async || {
                    clock::breathe().await;
                    turn.try_get_value() == Some(mine)
                };
                let says = newest_is_worse(app.edition_untracked(), app, goes_on).await;
                if turn.try_get_value() == Some(mine) {
                    said.try_set(says);
                }
            });
        }
        now
    });
    view! {
        {live(move || (app.edition().basis == Basis::ChangeNotes).then(|| view! {
            <OneLine tone=Tone::Info title=app.edition().origin>
                {app.edition().title} ": from change notes only, the whole page was not read."
            </OneLine>
        }))}
        {live(move || said.get().map(|says| view! {
            <OneLine tone=Tone::Warning title=says.clone() close=Callback::new(move |()| said.set(None))>
                {says} ". " <a href=Route::Reference(None).href() on:click=move |_| said.set(None)>"Compare"</a>
            </OneLine>
        }))}
    }
}

/// One sentence, where the newest edition gives the user's own environments less than `chosen`.
async fn newest_is_worse(
    chosen: &Edition,
    app: crate::ui::state::AppState,
    goes_on: impl AsyncFnMut() -> bool,
) -> Option<String> {
    if is_newest(chosen) {
        return None;
    }
    let newest = Edition::newest();
    let now = app.now_untracked();
    let tenant = app.with_untracked(|w| w.tenant.clone());
    let comparison = compare_slowly(chosen, newest, &tenant, now, goes_on).await?;
    let windows = comparison.windows.iter().filter(|w| w.worse).count();
    let pairs: usize = comparison.tallies.iter().filter(|t| t.after > t.before).map(|t| t.pairs).sum();
    let parts: Vec<String> = [
        (windows, "environment less far back", "environments less far back"),
        (pairs, "pair worse off", "pairs worse off"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| count(n, one, many))
    .collect();
    (!parts.is_empty()).then(|| format!("Newest rules: {}", parts.join(", ")))
}
