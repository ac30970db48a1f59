//! What can be done with the environments that are chosen: answer what is not known of them, back them up, take them along as a file.

use super::Fleet;
use super::tools::download;
use super::unknown::OpenQuestion;
use crate::domain::environment::FactKey;
use crate::domain::moment::Moment;
use crate::domain::slowly::STEP;
use crate::platform::clock;
use crate::text;
use crate::ui::components::sheet::into_the_table;
use crate::ui::components::{Dialog, Menu, icon};
use crate::ui::prelude::*;
use crate::ui::slowly::Slowly;
use crate::view_model::acts::{Act, Form};
use crate::view_model::rows::unknown_of;
use crate::view_model::words::{count, thousands};
use crate::words::{Say, facts};
use std::collections::BTreeSet;

#[component]
pub fn Chosen(fleet: Fleet) -> impl IntoView {
    let Fleet { app, rows, picked, asked, .. } = fleet;
    let unknown = Memo::new(move |_| {
        let all: Vec<(FactKey, usize)> = rows.with(|rows| {
            picked.with(|p| {
                let chosen = rows.iter().filter(|r| p.contains(r.id.as_str()));
                unknown_of(chosen).into_iter().map(|(fact, ids)| (fact, ids.len())).collect()
            })
        });
        all
    });
    let ask = move |fact: FactKey| asked.set(Some(OpenQuestion { fact, one: None, among: picked.get_untracked() }));
    let backing = RwSignal::new(false);
    view! {
        <div class="sheet-line chosen" role="group" aria-label="With those that are chosen">
            <b class="num" role="status">{move || format!("{} chosen", thousands(picked.with(BTreeSet::len)))}</b>
            {live(move || (!unknown.with(Vec::is_empty)).then(|| view! {
                <Menu label="Answer a fact" once=true button="Answer a fact …".into_any()>
                    {move || unknown.get().into_iter().map(|(fact, many)| view! {
                        <button type="button" on:click=move |_| ask(fact)>{facts::of(fact).noun} " · " {thousands(many)}</button>
                    }).collect_view()}
                </Menu>
            }))}
            <button type="button" class="btn plain" on:click=move |_| backing.set(true)>
                {move || if app.is_play() { "Back up …" } else { "Record backups …" }}
            </button>
            <button type="button" class="btn plain" on:click=move |_| download(fleet, Some(picked.get_untracked()))>"CSV"</button>
            <button type="button" class="btn plain" on:click=move |_| { into_the_table(); picked.set(BTreeSet::new()) }>{icon("close")} "Choose none"</button>
        </div>
        <BackUp fleet open=backing />
    }
}

/// So many of those that are left out are named before; all of them afterwards.
const NAMED: usize = 5;

/// One label for the backups of all that are chosen; each is judged as if it were asked for alone.
#[component]
fn BackUp(fleet: Fleet, open: RwSignal<bool>) -> impl IntoView {
    let Fleet { app, rows, picked, .. } = fleet;
    let label = RwSignal::new(String::new());
    let problem = RwSignal::new(Vec::<String>::new());
    let title = Signal::derive(move || {
        let many = count(picked.with(BTreeSet::len), "environment", "environments");
        if app.is_play() { format!("Back up {many}") } else { format!("Record backups of {many}") }
    });
    // Those that a rule refuses whatever the label is, before anything is pressed: how many, and the first of them. Once it was pressed
    // they are named with what was refused.
    let asks = move || open.get() && problem.with(Vec::is_empty);
    let rests_on = move || asks().then(|| (app.edition(), app.judged(), picked.get()));
    let left_out = Slowly::new("left out of backups", rests_on, |key, mut turn| async move {
        let (mut all, mut named) = (0_usize, Vec::new());
        let Some((edition, (tenant, now), picked)) = key else { return Some((all, named)) };
        let moment = Moment::new(edition, &tenant, now);
        for (n, env) in tenant.living().filter(|env| picked.contains(env.id.as_str())).enumerate() {
            if n % STEP == 0 && !turn.goes_on().await {
                return None;
            }
            let Some(why) = Act::BackUp.refused(moment, env) else { continue };
            all += 1;
            if named.len() < NAMED {
                named.push(format!("{}: {}", env.name, why.says()));
            }
        }
        Some((all, named))
    });
    let back_up = move |_| {
        let form = Form { label: label.get_untracked(), ..Form::default() };
        let chosen: Vec<_> = rows.with_untracked(|rows| {
            picked.with_untracked(|p| {
                rows.iter().filter(|r| p.contains(r.id.as_str())).map(|r| (r.id.clone(), r.name.clone())).collect()
            })
        });
        let (mut made, mut refused, mut left) = (0, Vec::new(), BTreeSet::new());
        for (id, name) in chosen {
            let done = match Act::BackUp.command(&id, &form, &clock::new_id()) {
                Ok(command) => app.run(command).map_err(|refusal| refusal.with_help().to_string()),
                Err(missing) => return problem.set(vec![format!("Please {missing}.")]),
            };
            match done {
                Ok(_) => made += 1,
                Err(why) => {
                    refused.push(format!("{name}: {why}"));
                    left.insert(id.to_string());
                }
            }
        }
        if made > 0 {
            let begun = text!(count(made, "manual backup", "manual backups"), " begun");
            app.toast(app.recorded(begun).sentence().to_string());
        }
        let all = refused.is_empty();
        problem.set(refused);
        open.set(!all);
        picked.set(left);
        if all {
            request_animation_frame(into_the_table);
        }
    };
    view! {
        <Dialog open title>
            <p class="hint">{move || if app.is_play() {
                "The same label for each. Those that a rule refuses are named, and the others are started."
            } else {
                "Nothing is done in the service: what is recorded here keeps windows and deadlines true. The same label for each."
            }}</p>
            <label class="field">
                <span class="label">"Label"</span>
                <input type="text" autofocus prop:value=move || label.get() on:input=move |e| label.set(event_target_value(&e)) />
            </label>
            {live(move || asks().then(|| left_out.get()).flatten().filter(|found| found.0 > 0).map(|found| {
                let (all, named) = (found.0, &found.1);
                let more = all.saturating_sub(named.len());
                view! {
                    <div class="hint left-out">
                        <p>{count(all, "is left out", "are left out")} ":"</p>
                        <ul>
                            {named.iter().map(|says| view! { <li><span class="r" aria-hidden="true">"✕ "</span> {says.clone()}</li> }).collect_view()}
                            {(more > 0).then(|| view! { <li>{format!("and {} more", thousands(more))}</li> })}
                        </ul>
                    </div>
                }
            }))}
            {live(move || {
                let problem = problem.get();
                (!problem.is_empty()).then(|| view! {
                    <ul class="field-error" role="alert">{problem.into_iter().map(|p| view! { <li>{p}</li> }).collect_view()}</ul>
                })
            })}
            <p class="actions">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn pri" on:click=back_up>{move || if app.is_play() { "Back up" } else { "Record" }}</button>
            </p>
        </Dialog>
    }
}
