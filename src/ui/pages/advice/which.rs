//! Question 2: the environment, from a list that is searched.

use super::super::restore::pieces::{More, SearchField, about};
use super::ToldMishap;
use crate::domain::advice::Mishap;
use crate::domain::environment::EnvironmentId;
use crate::domain::merge::is_missing;
use crate::ui::components::{FactsAge, Notice, Tone, deleted_words};
use crate::ui::prelude::*;
use crate::ui::route::Route;
use crate::workspace::way_back::environments;

/// How many are shown at first.
const FEW: usize = 8;

/// A row of the list, ready to be drawn.
#[derive(Clone, PartialEq)]
struct Row {
    id: EnvironmentId,
    name: String,
    about: String,
}

/// The one that is chosen, with what it is.
#[component]
pub(super) fn WhichAnswer(told: ToldMishap) -> impl IntoView {
    move || {
        let id = told.query.with(|q| q.environment.clone())?;
        told.app.with(|w| w.tenant.get(&id).map(|e| (e.name.clone(), about(e)))).map(|(name, about)| {
            let rests_on = Signal::stored(vec![id]);
            view! { {name} " " <span class="hint">{about} <FactsAge of=rests_on /></span> }
        })
    }
}

#[component]
pub(super) fn WhichBody(told: ToldMishap) -> impl IntoView {
    let app = told.app;
    let search = RwSignal::new(String::new());
    let shown = RwSignal::new(FEW);
    let mishap = Memo::new(move |_| told.query.with(|q| q.mishap).unwrap_or(Mishap::RecordsLost));
    let rows = Memo::new(move |_| {
        let now = app.now();
        app.with(|w| {
            search.with(|search| {
                environments(&w.tenant, mishap.get(), search)
                    .into_iter()
                    .map(|e| Row {
                        id: e.id.clone(),
                        name: e.name.clone(),
                        about: match e.deleted {
                            Some(when) => format!("{} · {}", about(e), deleted_words(when, now).to_lowercase()),
                            None if is_missing(&w.tenant, e) => format!("{} · not in the last import", about(e)),
                            None => about(e),
                        },
                    })
                    .collect::<Vec<_>>()
            })
        })
    });
    let unlisted = Memo::new(move |_| {
        let id = told.query.with(|q| q.environment.clone())?;
        app.with(|w| w.tenant.get(&id).is_none()).then(|| id.to_string())
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let visible = move || rows.with(|r| r.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let choose = Callback::new(move |id: EnvironmentId| {
        told.change(|q| q.environment = Some(id));
        told.go_on();
    });
    view! {
        {live(move || unlisted.get().map(|id| view! {
            <Notice tone=Tone::Warning>
                <p>"No environment of this inventory has the id " <span class="mono">{id}</span> ". Choose another one, or import an inventory that lists it."</p>
            </Notice>
        }))}
        <SearchField
            id="which-search"
            label="Find an environment"
            value=search
            on_input=Callback::new(move |text| {
                shown.set(FEW);
                search.set(text);
            })
        />
        <ul class="choices">
            <For each=visible key=|row| (row.id.clone(), row.about.clone()) let:row>
                <One row choose told />
            </For>
        </ul>
        {live(move || (count.get() == 0).then(|| view! { <p class="hint" role="status">"No environment matches the search."</p> }))}
        {live(move || (count.get() == 0 && mishap.get() == Mishap::Deleted).then(|| view! {
            <p>"One that is deleted is left out of most lists. "
            <a href=Route::Deleted.href()>"How long it can be recovered, and how"</a></p>
        }))}
        <More shown all=count />
    }
}

#[component]
fn One(row: Row, choose: Callback<EnvironmentId>, told: ToldMishap) -> impl IntoView {
    let Row { id, name, about } = row;
    let dom_id = format!("which-{id}");
    let of = id.clone();
    let on = Memo::new(move |_| told.query.with(|q| q.environment.as_ref() == Some(&of)));
    // Choosing puts the list away, so arrow keys must not choose: each is a button of its own.
    view! {
        <li class="choice way" class:on=move || on.get()>
            <button type="button" class="which-one" id=dom_id on:click=move |_| choose.run(id.clone())>
                <span class="choice-name">{name}</span>
                <span class="choice-about">{about}</span>
            </button>
        </li>
    }
}
