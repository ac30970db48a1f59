//! What has to be typed or chosen for an act, with what the rules say about it.

use crate::domain::edition::all_choices;
use crate::domain::environment::{Environment, EnvironmentId, Kind};
use crate::domain::order::Order as _;
use crate::ui::components::{InstantView, RuleChip, TimeField, TypedTime};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::acts::{Act, Form, NewForm, STORAGE, backup_of};

#[component]
pub fn Fields(act: Act, env: Option<Environment>, form: RwSignal<Form>) -> impl IntoView {
    let app = use_app();
    let rules = act.rules();
    let fields = match &act {
        Act::BackUp => view! { <Label form /> }.into_any(),
        Act::DeleteBackup(_) => env
            .as_ref()
            .and_then(|e| backup_of(&act, e))
            .map(|b| view! { <p>"“" {b.label.clone()} "”, restore point " <InstantView at=b.point /></p> })
            .into_any(),
        Act::SetRetention => {
            let now = env.as_ref().and_then(|e| e.retention_setting.get().copied());
            view! { <Days form now /> }.into_any()
        }
        Act::SetKey => view! { <WhichKey form /> }.into_any(),
        Act::Restore => view! { <WhatRestore form /> }.into_any(),
        Act::Create => view! { <NewFields form /> }.into_any(),
        Act::SetCapacity => view! { <StorageFields form /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        {fields}
        <details class="act-rules">
            <summary>"What the rules say"</summary>
            <ul class="reasons">
                {live(move || rules.iter().map(|rule| view! {
                    <li>{app.edition().rule(*rule).sentence} " " <RuleChip rule=*rule /></li>
                }).collect_view())}
            </ul>
        </details>
    }
}

#[component]
fn Label(form: RwSignal<Form>) -> impl IntoView {
    let app = use_app();
    let other = RwSignal::new(false);
    let time = TypedTime::new(app.now_untracked());
    Effect::new(move |_| {
        let point = other.get().then(|| time.at());
        form.update(|f| f.point = point);
    });
    view! {
        <div class="field">
            <label for="act-label">"Label"</label>
            <input id="act-label" class="input grow" type="text" autocomplete="off" maxlength="100"
                prop:value=move || form.with(|f| f.label.clone())
                on:input=move |e| form.update(|f| f.label = event_target_value(&e))
                aria-describedby="act-label-hint" />
            <span class="hint" id="act-label-hint">"Typed once: neither the label nor the restore point can be changed later."</span>
        </div>
        <label class="check">
            <input type="checkbox" prop:checked=move || other.get() on:change=move |e| other.set(event_target_checked(&e)) />
            "The list of backups shows another restore point than the time of asking"
        </label>
        <Show when=move || other.get()>
            <TimeField time id="act-point" label="Restore point, local time" />
        </Show>
    }
}

#[component]
fn Days(form: RwSignal<Form>, now: Option<u32>) -> impl IntoView {
    view! {
        <fieldset class="act-choice">
            <legend>"How many days are backups kept?"</legend>
            {all_choices().map(|days| {
                let id = format!("act-days-{days}");
                view! {
                    <div class="radio-line">
                        <input type="radio" id=id.clone() name="act-days" prop:checked=move || form.with(|f| f.days == Some(days))
                            on:change=move |_| form.update(|f| f.days = Some(days)) />
                        <label for=id>{format!("{days} days")} {(now == Some(days)).then_some(" (as it is set now)")}</label>
                    </div>
                }
            }).collect_view()}
        </fieldset>
    }
}

/// A restore that somebody began: whose backup, of when, and with audit logs or not.
#[component]
fn WhatRestore(form: RwSignal<Form>) -> impl IntoView {
    let app = use_app();
    let time = TypedTime::new(app.now_untracked());
    Effect::new(move |_| {
        let point = time.at();
        form.update(|f| f.point = Some(point));
    });
    let sources = app.with_untracked(|w| {
        let mut all: Vec<(String, String)> = w.tenant.living().map(|e| (e.name.clone(), e.id.to_string())).collect();
        all.order_by_key(|(name, _)| name.to_lowercase());
        all
    });
    view! {
        <div class="field">
            <label for="act-source">"Whose backup was restored?"</label>
            <select id="act-source" class="input" on:change=move |e| {
                let id = event_target_value(&e);
                form.update(|f| f.source = (!id.is_empty()).then(|| EnvironmentId::new(id)));
            }>
                <option value="">"Choose …"</option>
                {sources.into_iter().map(|(name, id)| view! { <option value=id>{name}</option> }).collect_view()}
            </select>
        </div>
        <TimeField time id="act-restore-point" label="Restore point that it went back to, local time" />
        <label class="check">
            <input type="checkbox" prop:checked=move || form.with(|f| f.audit_logs)
                on:change=move |e| form.update(|f| f.audit_logs = event_target_checked(&e)) />
            "Audit logs were copied too"
        </label>
    }
}

#[component]
fn WhichKey(form: RwSignal<Form>) -> impl IntoView {
    let radio = move |id: &'static str, applied: bool, label: &'static str| {
        view! {
            <div class="radio-line">
                <input type="radio" id=id name="act-key" prop:checked=move || form.with(|f| f.customer_key == applied)
                    on:change=move |_| form.update(|f| f.customer_key = applied) />
                <label for=id>{label}</label>
            </div>
        }
    };
    view! {
        <fieldset class="act-choice">
            <legend>"Which key encrypts it then?"</legend>
            {radio("act-key-own", true, "A customer-managed key")}
            {radio("act-key-microsoft", false, "Microsoft's key: the customer-managed key is removed")}
        </fieldset>
        <Show when=move || form.with(|f| f.customer_key)>
            <div class="field">
                <label for="act-key-name">"Name or id of the key (optional)"</label>
                <input id="act-key-name" class="input grow" type="text" autocomplete="off"
                    prop:value=move || form.with(|f| f.key.clone())
                    on:input=move |e| form.update(|f| f.key = event_target_value(&e)) />
            </div>
        </Show>
    }
}

#[component]
fn StorageFields(form: RwSignal<Form>) -> impl IntoView {
    view! {
        <div class="act-new">
            {STORAGE.into_iter().enumerate().map(|(i, label)| {
                let id = format!("act-storage-{i}");
                view! {
                    <div class="field">
                        <label for=id.clone()>{label} " (GB)"</label>
                        <input id=id class="input num" type="text" inputmode="decimal" autocomplete="off"
                            prop:value=move || form.with(|f| f.storage.get(i).cloned().unwrap_or_default())
                            on:input=move |e| form.update(|f| if let Some(slot) = f.storage.get_mut(i) { *slot = event_target_value(&e); }) />
                    </div>
                }
            }).collect_view()}
        </div>
        <p class="hint">"In the admin center: Billing > Licenses > Capacity add-ons, or Resources > Capacity. 1 GB is 1024 MB."</p>
    }
}

/// How a new environment's three unknown facts are read and written.
type ReadFact = fn(&NewForm) -> Option<bool>;
type WriteFact = fn(&mut NewForm, Option<bool>);

const NEW_FACTS: [(&str, &str, ReadFact, WriteFact); 3] = [
    ("act-new-dataverse", "Dataverse database", |n| n.dataverse, |n, v| n.dataverse = v),
    ("act-new-dynamics", "Dynamics 365 apps", |n| n.dynamics, |n, v| n.dynamics = v),
    ("act-new-managed", "Managed Environment", |n| n.managed, |n, v| n.managed = v),
];

#[component]
fn NewFields(form: RwSignal<Form>) -> impl IntoView {
    let app = use_app();
    let text = move |id: &'static str, label: String, read: fn(&NewForm) -> &str, write: fn(&mut NewForm, String)| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input id=id class="input" type="text" autocomplete="off"
                    prop:value=move || form.with(|f| read(&f.new).to_string())
                    on:input=move |e| form.update(|f| write(&mut f.new, event_target_value(&e))) />
            </div>
        }
    };
    let regions = app.with_untracked(|w| w.tenant.regions());
    let id_label =
        if untrack(|| app.is_play()) { "Id (made up where it is left empty)" } else { "Id, as the service shows it" };
    view! {
        <div class="act-new">
            {text("act-new-name", "Name".into(), |n| &n.name, |n, v| n.name = v)}
            {text("act-new-id", id_label.into(), |n| &n.id, |n, v| n.id = v)}
            <div class="field">
                <label for="act-new-kind">"Kind"</label>
                <select id="act-new-kind" class="input" on:change=move |e| form.update(|f| f.new.kind = event_target_value(&e))>
                    <option value="">"Choose …"</option>
                    {Kind::NAMED.into_iter().map(|kind| {
                        let word = kind.to_string();
                        view! { <option value=word.clone()>{word.clone()}</option> }
                    }).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="act-new-region">"Region"</label>
                <input id="act-new-region" class="input" type="text" autocomplete="off" list="act-regions" placeholder="such as europe"
                    prop:value=move || form.with(|f| f.new.region.clone())
                    on:input=move |e| form.update(|f| f.new.region = event_target_value(&e)) />
                <datalist id="act-regions">
                    {regions.into_iter().map(|r| view! { <option value=r.as_str().to_string()>{r.to_string()}</option> }).collect_view()}
                </datalist>
            </div>
            {NEW_FACTS.into_iter().map(|(id, label, read, write)| view! {
                <div class="field">
                    <label for=id>{label}</label>
                    <select id=id class="input" on:change=move |e| {
                        let value = match event_target_value(&e).as_str() {
                            "yes" => Some(true),
                            "no" => Some(false),
                            _ => None,
                        };
                        form.update(|f| write(&mut f.new, value));
                    }>
                        {[("", "Not known", None), ("yes", "Yes", Some(true)), ("no", "No", Some(false))].into_iter().map(|(v, words, value)| view! {
                            <option value=v selected=move || form.with(|f| read(&f.new) == value)>{words}</option>
                        }).collect_view()}
                    </select>
                </div>
            }).collect_view()}
        </div>
    }
}
