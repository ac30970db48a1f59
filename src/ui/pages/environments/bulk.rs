//! What can be done with the environments that are chosen: answer what is not known of them, back them up, take them along as a file.

use super::Fleet;
use super::tools::download;
use super::unknown::OpenQuestion;
use crate::domain::environment::{EnvironmentId, FactKey};
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

/// So many of those that are left out are named.
const NAMED: usize = 5;

const LABEL: &str = "bulk-label";

/// Of which of those that are chosen a backup can be made.
#[derive(Default)]
struct Allowed {
    /// By id, with the name.
    may: Vec<(EnvironmentId, String)>,
    left_out: usize,
    /// The first of those, with the reason.
    named: Vec<String>,
}

/// One label for the backups of all that are chosen; each is judged as if it were asked for alone.
#[component]
fn BackUp(fleet: Fleet, open: RwSignal<bool>) -> impl IntoView {
    let Fleet { app, picked, .. } = fleet;
    let label = RwSignal::new(String::new());
    let problem = RwSignal::new(Vec::<String>::new());
    when_changed(
        move || open.get(),
        move || {
            if open.get_untracked() {
                label.set(String::new());
                problem.set(Vec::new());
            }
        },
    );
    // Those that a rule refuses whatever the label is, before anything is pressed.
    let rests_on = move || open.get().then(|| (app.edition(), app.judged(), picked.get()));
    let judged = Slowly::new("backups of many", rests_on, |key, mut turn| async move {
        let mut found = Allowed::default();
        let Some((edition, (tenant, now), picked)) = key else { return Some(found) };
        let moment = Moment::new(edition, &tenant, now);
        for (n, env) in tenant.living().filter(|env| picked.contains(env.id.as_str())).enumerate() {
            if n % STEP == 0 && !turn.goes_on().await {
                return None;
            }
            match Act::BackUp.refused(moment, env) {
                None => found.may.push((env.id.clone(), env.name.clone())),
                Some(why) => {
                    found.left_out += 1;
                    if found.named.len() < NAMED {
                        found.named.push(format!("{}: {}", env.name, why.says()));
                    }
                }
            }
        }
        Some(found)
    });
    let may = Memo::new(move |_| judged.get().map_or(0, |found| found.may.len()));
    let title = Signal::derive(move || {
        let many = count(may.get(), "environment", "environments");
        if app.is_play() { format!("Back up {many}") } else { format!("Record backups of {many}") }
    });
    let back_up = move |_| {
        let Some(found) = judged.get() else { return };
        let form = Form { label: label.get_untracked(), ..Form::default() };
        let (mut made, mut refused) = (Vec::new(), Vec::new());
        for (id, name) in &found.may {
            let done = match Act::BackUp.command(id, &form, &clock::new_id()) {
                Ok(command) => app.run(command).map_err(|refusal| refusal.with_help().to_string()),
                Err(missing) => {
                    problem.set(vec![format!("Please {missing}.")]);
                    return focus_on(LABEL);
                }
            };
            match done {
                Ok(_) => made.extend(app.with_untracked(|w| w.log.newest_command().map(|e| (e.number, e.at)))),
                Err(why) => refused.push(format!("{name}: {why}")),
            }
        }
        if !made.is_empty() {
            let begun = text!(count(made.len(), "manual backup", "manual backups"), " begun");
            app.toast_all_done(app.recorded(begun).sentence().to_string(), made);
        }
        let all = refused.is_empty();
        problem.set(refused);
        open.set(!all);
        if all {
            picked.set(BTreeSet::new());
            request_animation_frame(into_the_table);
        }
    };
    view! {
        <Dialog open title>
            <p class="hint">{move || if app.is_play() {
                "The same label for each."
            } else {
                "Nothing is done in the service: what is recorded here keeps windows and deadlines true. The same label for each."
            }}</p>
            {live(move || judged.get().filter(|found| found.left_out > 0).map(|found| {
                let more = found.left_out.saturating_sub(found.named.len());
                view! {
                    <div class="hint left-out">
                        <p>{count(found.left_out, "is left out", "are left out")} ":"</p>
                        <ul>
                            {found.named.iter().map(|says| view! { <li><span class="r" aria-hidden="true">"✕ "</span> {says.clone()}</li> }).collect_view()}
                            {(more > 0).then(|| view! { <li>{format!("and {} more", thousands(more))}</li> })}
                        </ul>
                    </div>
                }
            }))}
            <label class="field">
                <span class="label">"Label"</span>
                <input type="text" id=LABEL autofocus prop:value=move || label.get() on:input=move |e| label.set(event_target_value(&e))
                    aria-invalid=move || (!problem.with(Vec::is_empty) && label.with(|l| l.trim().is_empty())).then_some("true") aria-describedby="bulk-problem" />
            </label>
            {live(move || {
                let problem = problem.get();
                (!problem.is_empty()).then(|| view! {
                    <ul class="field-error" role="alert" id="bulk-problem">{problem.into_iter().map(|p| view! { <li>{p}</li> }).collect_view()}</ul>
                })
            })}
            <p class="actions">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn pri" data-enter="" disabled=move || may.get() == 0 on:click=back_up>{move || if app.is_play() { "Back up" } else { "Record" }}</button>
            </p>
        </Dialog>
    }
}
