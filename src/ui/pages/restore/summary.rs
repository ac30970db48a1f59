//! What has been chosen so far, in one line above the wizard.

use super::use_wizard;
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::workspace::Goal;
use crate::workspace::local_time::show_both;

#[component]
pub fn ChosenSoFar() -> impl IntoView {
    let wizard = use_wizard();
    let app = wizard.app;
    let says = Memo::new(move |_| {
        wizard.desk(|d| {
            let source = d.source()?;
            let point = if d.draft.manual {
                d.backup().map(|c| format!("“{}”", c.backup.label))
            } else {
                d.draft.instant.map(|at| show_both(at, &BrowserZone))
            };
            let target = match d.draft.goal {
                Goal::Beside => Some("a new environment".to_string()),
                _ => d.target().map(|t| if t.id == source.id { "itself".to_string() } else { t.name.clone() }),
            };
            let mut out = source.name.clone();
            if let Some(point) = point {
                out.push_str(&format!(" · {point}"));
            }
            if let Some(target) = target {
                out.push_str(&format!(" → {target}"));
            }
            Some(out)
        })
    });
    view! {
        <p class="sub wizard-so-far">
            {move || says.get().unwrap_or_else(|| "Every answer is kept: you can leave and come back.".to_string())}
            {live(move || says.with(Option::is_some).then(|| view! {
                " "
                <button type="button" class="btn link" on:click=move |_| {
                    app.clear_draft();
                    app.go(crate::ui::route::Route::restore());
                    app.toast("The wizard is empty again".into());
                }>"Start over"</button>
            }))}
        </p>
    }
}
