//! The cloud of the tenant, where commands are shown: what is known of it, asked where it is not, and changed.

use crate::domain::cloud::{self, CloudStanding};
use crate::domain::command::Command;
use crate::domain::fact::Origin;
use crate::domain::service::Cloud;
use crate::ui::prelude::*;
use crate::ui::state::use_app;
use crate::words::cloud::why_unknown;

/// The cloud that the commands of a page are for; `None` inside: not known.
#[derive(Clone, Copy)]
pub struct CommandCloud(pub Signal<Option<Cloud>>);

/// Asks for the cloud, or shows it with the way to change it. For commands of environments that are not in this tenant there is nothing to
/// choose.
#[component]
pub fn CloudLine(
    /// Whether the commands are of this tenant.
    #[prop(into)]
    here: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    let shown = expect_context::<CommandCloud>().0;
    let standing = Memo::new(move |_| app.with(|w| cloud::of_tenant(&w.tenant)));
    let answered =
        Memo::new(move |_| app.with(|w| w.tenant.cloud.entry().is_some_and(|told| told.origin == Origin::Answer)));
    let says = move || match (standing.get(), answered.get()) {
        (CloudStanding::Known(_), true) => "Your answer. Sign-in and hosts in the commands follow it.".to_string(),
        (CloudStanding::Known(_), false) => {
            "Told by the addresses of the environments or by an import. Sign-in and hosts in the commands follow it."
                .to_string()
        }
        (unknown, _) => format!(
            "{} Commands leave sign-in and hosts open, and scripts ask, until you choose it.",
            why_unknown(&unknown).unwrap_or_default().sentence()
        ),
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        let chosen = Cloud::ALL.into_iter().find(|c| c.to_string() == word);
        if let Err(refusal) = app.run(Command::SetCloud(chosen)) {
            app.toast(refusal.with_help().to_string());
        }
    };
    view! {
        <div class="cloud-line" class:known=move || here.get() && standing.with(|s| s.known().is_some())>
            {live(move || if here.get() {
                let known = standing.with(CloudStanding::known);
                let none = if known.is_some() && answered.get() { "Take my answer back" } else { "Not known" };
                view! {
                    <label for="tenant-cloud"><span class="visually-hidden">"Which "</span> "Cloud"<span class="visually-hidden">" is this tenant in?"</span></label>
                    <span class="hint" id="tenant-cloud-says">{says}</span>
                    <select id="tenant-cloud" class="input small" title=says aria-describedby="tenant-cloud-says" on:change=choose>
                        {(known.is_none() || answered.get()).then(|| view! { <option value="" selected=known.is_none()>{none}</option> })}
                        {Cloud::ALL.into_iter().map(|c| view! {
                            <option value=c.to_string() selected=known == Some(c)>{c.to_string()}</option>
                        }).collect_view()}
                    </select>
                }.into_any()
            } else {
                let says = match shown.get() {
                    Some(cloud) => format!("The plan was made for the cloud {cloud}; sign-in and hosts in its commands are of that one."),
                    None => "The plan does not say which cloud it is for, so that its commands leave sign-in and hosts open.".to_string(),
                };
                view! { <p class="hint">{says}</p> }.into_any()
            })}
        </div>
    }
}
