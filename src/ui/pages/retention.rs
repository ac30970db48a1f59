//! How long backups are kept: the table of the chosen edition and the others beside it, what they mean for the user's own
//! environments, and whose answers change from one edition to another.

mod changes;
mod own;
mod tables;

use crate::domain::edition::Basis;
use crate::ui::components::{Notice, Tone};
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::view_model::words::inside;
use changes::Changes;
use own::Own;
use tables::Tables;

#[component]
pub fn RetentionPage() -> impl IntoView {
    let app = use_app();
    let some = Memo::new(move |_| app.with(|w| w.tenant.living().next().is_some()));
    view! {
        <h1>"Retention"</h1>
        <p class="sub">"How long backups are kept, by the " {move || inside(app.edition().title)}</p>
        {live(move || {
            let edition = app.edition();
            (edition.basis == Basis::ChangeNotes)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>{edition.origin}</p>
                        </Notice>
                    }
                })
        })}
        <Tables />
        {live(move || {
            some.get()
                .then(|| {
                    view! {
                        <Own />
                        <Changes />
                    }
                })
        })}
    }
}
