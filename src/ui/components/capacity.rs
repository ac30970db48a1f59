use crate::domain::capacity::{Capacity, Storage};
use crate::domain::command::Command;
use crate::domain::rule::RuleId;
use crate::ui::components::RuleChip;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::gigabytes::read;
use crate::view_model::words::sentence;

/// What is typed into the form, in gigabytes: entitled and used, for database, log and file.
const FIELDS: [(&str, &str); 6] = [
    ("database-entitled", "Database, entitled"),
    ("database-used", "Database, used"),
    ("log-entitled", "Log, entitled"),
    ("log-used", "Log, used"),
    ("file-entitled", "File, entitled"),
    ("file-used", "File, used"),
];

/// Asks for the tenant's storage, which simple inventories lack (T7), and takes the answer right there.
#[component]
pub fn CapacityForm() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(<[String; 6]>::default());
    let problem = RwSignal::new(None::<String>);
    let keep = move |_| {
        let numbers = typed.with_untracked(|t| t.each_ref().map(|text| read(text)));
        let [Ok(de), Ok(du), Ok(le), Ok(lu), Ok(fe), Ok(fu)] = numbers else {
            let wrong = FIELDS.iter().zip(numbers).find_map(|(field, n)| Some((field, n.err()?)));
            if let Some(((id, label), why)) = wrong {
                problem.set(Some(format!("“{label}” {}", why.says())));
                focus_on(&format!("capacity-{id}"));
            }
            return;
        };
        let of = |entitled_mb, used_mb| Storage { entitled_mb, used_mb };
        let capacity = Capacity { database: of(de, du), log: of(le, lu), file: of(fe, fu) };
        match app.run(Command::SetCapacity(capacity)) {
            Ok(_) => app.toast("Capacity kept".into()),
            Err(refusal) => problem.set(Some(refusal.with_help().to_string())),
        }
    };
    let field = move |i: usize, (id, label): (&'static str, &'static str)| {
        let dom_id = format!("capacity-{id}");
        view! {
            <div class="field">
                <label for=dom_id.clone()>{label} " (GB)"</label>
                <input
                    type="text"
                    inputmode="decimal"
                    class="input num"
                    id=dom_id
                    autocomplete="off"
                    prop:value=move || typed.with(|t| t.get(i).cloned().unwrap_or_default())
                    on:input=move |e| typed.update(|t| {
                        if let Some(slot) = t.get_mut(i) {
                            *slot = event_target_value(&e);
                        }
                    })
                    on:keydown=move |e| {
                        // Enter in here keeps the capacity; it does not send a form around it.
                        if e.key() == "Enter" {
                            e.prevent_default();
                            keep(());
                        }
                    }
                />
            </div>
        }
    };
    view! {
        <div class="capacity-form" role="group" aria-label="Storage of the tenant">
            <p class="hint">"In the admin center: Billing > Licenses > Capacity add-ons, or Resources > Capacity. 1 GB is 1024 MB. Log and file storage beyond what you are entitled to is taken from the database storage, so all six numbers count. "<RuleChip rule=RuleId::R15 /></p>
            <div class="capacity-fields">{FIELDS.into_iter().enumerate().map(|(i, f)| field(i, f)).collect_view()}</div>
            <p class="actions"><button type="button" class="btn small" on:click=move |_| keep(())>"Keep"</button></p>
            {live(move || problem.get().map(|p| view! { <p class="field-error" role="alert">{sentence(&p)}</p> }))}
        </div>
    }
}
