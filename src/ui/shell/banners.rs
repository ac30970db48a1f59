use super::top_bar::is_newest;
use crate::domain::compare::compare;
use crate::domain::edition::{Basis, Edition};
use crate::platform::files;
use crate::ui::components::ask::{capital, counted};
use crate::ui::components::{MendedList, Notice, Tone};
use crate::ui::route::Route;
use crate::ui::saving::SaveState;
use crate::ui::state::use_app;
use crate::workspace::envelope::Unreadable;
use leptos::prelude::*;

/// What must stay in sight whatever the page: trouble with saving, and what to know about the chosen rules.
#[component]
pub fn Banners() -> impl IntoView {
    let app = use_app();
    let state = Memo::new(move |_| match app.saving.state() {
        // These two change with every key typed and show nothing: one value spares the screen the work.
        SaveState::Saving => SaveState::Saved,
        other => other,
    });
    view! {
        <div class="banners">
            {move || match state.get() {
                SaveState::Saved | SaveState::Saving => ().into_any(),
                SaveState::MemoryOnly => view! {
                    <Notice tone=Tone::Warning>
                        <p>"This browser blocks storage for this page. Everything works, but what you do is gone when you close the tab. Download it before you leave."</p>
                        <p class="actions"><Download /></p>
                    </Notice>
                }.into_any(),
                SaveState::Full => view! {
                    <Notice tone=Tone::Error>
                        <p>"Not saved: the browser's storage for this page is full. What was saved last is still there. Download what is here, then make room: delete what was set aside on the start page."</p>
                        <p class="actions"><Download /> <a class="btn" href=Route::Start.href()>"Make room"</a></p>
                    </Notice>
                }.into_any(),
                SaveState::Failed(why) => view! {
                    <Notice tone=Tone::Error>
                        <p>{format!("Not saved: {why}. It is tried again with the next change. Download what is here to be sure.")}</p>
                        <p class="actions"><Download /></p>
                    </Notice>
                }.into_any(),
                SaveState::ChangedElsewhere => view! { <ChangedElsewhere /> }.into_any(),
                SaveState::Unreadable(why) => view! { <CannotRead why /> }.into_any(),
            }}
            <WasMended />
            <AboutTheRules />
        </div>
    }
}

/// What could not be opened as it was stored. What is stored stays so until the next change; it can be downloaded before.
#[component]
fn WasMended() -> impl IntoView {
    let app = use_app();
    let mended = app.saving.mended;
    let download = move |_| {
        if let Some(text) = app.saving.stored_text() {
            files::download("restore-desk-as-it-was.json", "application/json", &text);
        }
    };
    view! {
        {move || (!mended.with(Vec::is_empty)).then(|| view! {
            <div role="status">
                <Notice tone=Tone::Warning>
                    <p>"Some of what this browser remembers cannot be, and was taken as unknown or left out. Nothing more is promised because of it."</p>
                    <MendedList mended=mended.get() />
                    <p class="actions">
                        <button type="button" class="btn small" on:click=download>"Download what is stored"</button>
                        <button type="button" class="btn small" on:click=move |_| mended.set(Vec::new())>"Close"</button>
                    </p>
                </Notice>
            </div>
        })}
    }
}

#[component]
fn Download() -> impl IntoView {
    let app = use_app();
    view! { <button type="button" class="btn" on:click=move |_| app.download_workspace()>"Download what is here"</button> }
}

#[component]
fn ChangedElsewhere() -> impl IntoView {
    let app = use_app();
    let keep = move |_| {
        if app.saving.keep_mine().is_err() {
            app.toast(
                "What the other tab saved could not be set aside, because storage is full. Nothing was changed.".into(),
            );
        }
    };
    view! {
        <Notice tone=Tone::Warning>
            <p>"This workspace was changed in another tab. Saving waits here, so that neither overwrites the other."</p>
            <p class="actions">
                <button type="button" class="btn pri" on:click=move |_| app.saving.reload()>"Take over what the other tab saved"</button>
                <button type="button" class="btn" on:click=keep>"Keep what is here, set the other aside"</button>
                <Download />
            </p>
        </Notice>
    }
}

#[component]
fn CannotRead(why: Unreadable) -> impl IntoView {
    let app = use_app();
    let downloaded = RwSignal::new(false);
    let newer = matches!(why, Unreadable::Newer(_));
    let download = move |_| {
        let Some(text) = app.saving.stored_text() else { return };
        downloaded.set(files::download("restore-desk-unreadable.json", "application/json", &text));
    };
    let start_fresh = move |_| {
        match app.saving.set_aside() {
            Ok(_) => app.saving.write_over(),
            // The user has the text as a file: then, and only then, it may be written over.
            Err(_) if downloaded.get_untracked() => app.saving.write_over(),
            Err(_) => app.toast("There is no room to set it aside. Download it first, then start fresh.".into()),
        }
    };
    view! {
        <Notice tone=Tone::Error>
            <p>
                {format!("What this browser remembers cannot be opened: {why}. It is left as it is, and nothing is saved over it.")}
            </p>
            <p class="actions">
                {newer.then(|| view! {
                    <button type="button" class="btn pri" on:click=move |_| drop(location().reload())>"Load the newest version"</button>
                })}
                <button type="button" class="btn" on:click=download>"Download it"</button>
                <button type="button" class="btn" on:click=start_fresh>"Set it aside and start fresh"</button>
            </p>
        </Notice>
    }
}

/// What the newest edition would take away, once after the edition was changed; and what is not sure about the chosen one.
#[component]
fn AboutTheRules() -> impl IntoView {
    let app = use_app();
    let edition = Memo::new(move |_| app.edition().id);
    let said = RwSignal::new(None::<String>);
    Effect::new(move |before: Option<&'static str>| {
        let now = edition.get();
        if before.is_some_and(|b| b != now) {
            said.set(newest_is_worse(untrack(|| app.edition()), app));
        }
        now
    });
    view! {
        {move || (app.edition().basis == Basis::ChangeNotes).then(|| view! {
            <Notice tone=Tone::Info>
                <p>{format!("{}: {}", app.edition().title, app.edition().origin)}</p>
            </Notice>
        })}
        {move || said.get().map(|says| view! {
            <div role="status">
                <Notice tone=Tone::Warning>
                    <p>{says}</p>
                    <p class="actions">
                        <a class="btn small" href=Route::Retention.href() on:click=move |_| said.set(None)>"Compare the editions"</a>
                        <button type="button" class="btn small" on:click=move |_| said.set(None)>"Close"</button>
                    </p>
                </Notice>
            </div>
        })}
    }
}

/// One sentence, where the newest edition gives the user's own environments less than `chosen`.
fn newest_is_worse(chosen: &Edition, app: crate::ui::state::AppState) -> Option<String> {
    if is_newest(chosen) {
        return None;
    }
    let newest = Edition::newest();
    let now = app.now_untracked();
    let comparison = app.with_untracked(|w| compare(chosen, newest, &w.tenant, now));
    let windows = comparison.windows.iter().filter(|w| w.worse).count();
    let pairs: usize = comparison.tallies.iter().filter(|t| t.after > t.before).map(|t| t.pairs).sum();
    let parts: Vec<String> = [
        (windows, "environment can be brought back less far", "environments can be brought back less far"),
        (pairs, "pair has a worse answer", "pairs have a worse answer"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| counted(n, one, many))
    .collect();
    (!parts.is_empty()).then(|| format!("Under the newest {}, {}.", lower(newest.title), parts.join(" and ")))
}

/// "Rules of …" within a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_else(|| capital(title))
}
