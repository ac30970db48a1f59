//! A local time that is typed, with the question that summer time may ask.

use super::ask::capital;
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::workspace::local_time::{Resolved, show_both};
use crate::workspace::wizard::typed::{read_local, write_local};
use chrono::{DateTime, Utc};

/// What was typed, and which of two was meant.
#[derive(Clone, Copy)]
pub struct TypedTime {
    text: RwSignal<String>,
    meant: RwSignal<Option<DateTime<Utc>>>,
    /// Nothing typed is no mistake.
    may_be_blank: bool,
}

impl TypedTime {
    /// Begins with an instant (UTC), shown in local time.
    pub fn new(at: DateTime<Utc>) -> Self {
        let text = RwSignal::new(write_local(at, &BrowserZone));
        Self { text, meant: RwSignal::new(None), may_be_blank: false }
    }

    /// Begins empty, or with an instant (UTC); while it is empty it asks and does not complain.
    pub fn maybe(at: Option<DateTime<Utc>>) -> Self {
        let text = RwSignal::new(at.map(|at| write_local(at, &BrowserZone)).unwrap_or_default());
        Self { text, meant: RwSignal::new(at), may_be_blank: true }
    }

    /// Whether nothing is typed and nothing has to be; reactive.
    pub fn is_blank(self) -> bool {
        self.may_be_blank && self.text.with(|t| t.trim().is_empty())
    }

    /// Types another instant.
    pub fn set(self, at: DateTime<Utc>) {
        self.text.set(write_local(at, &BrowserZone));
        // Which of two is meant is known here.
        self.meant.set(Some(at));
    }

    /// The instant (UTC), or what is wrong with the text; reactive.
    pub fn at(self) -> Result<DateTime<Utc>, String> {
        match self.text.with(|t| read_local(t, &BrowserZone)) {
            Ok(Resolved::One(at)) => Ok(at),
            Ok(Resolved::Twice(a, b) | Resolved::Never(a, b)) => self
                .meant
                .get()
                .filter(|m| *m == a || *m == b)
                .ok_or_else(|| "choose which of the two times you mean".to_string()),
            Err(problem) => Err(problem.says()),
        }
    }

    fn two(self) -> Option<(bool, DateTime<Utc>, DateTime<Utc>)> {
        match self.text.with(|t| read_local(t, &BrowserZone)) {
            Ok(Resolved::Twice(a, b)) => Some((true, a, b)),
            Ok(Resolved::Never(a, b)) => Some((false, a, b)),
            _ => None,
        }
    }
}

/// The field, the instant both ways or what is wrong, and the question of summer time.
#[component]
pub fn TimeField(
    time: TypedTime,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let two = Memo::new(move |_| time.two());
    let name = format!("{id}-which");
    let which = id.clone();
    let choice = move |n: u8, at: DateTime<Utc>| {
        let own = format!("{which}-{n}");
        let name = name.clone();
        view! {
            <div class="radio-line">
                <input type="radio" id=own.clone() name=name prop:checked=move || time.meant.get() == Some(at)
                    on:change=move |_| time.meant.set(Some(at)) />
                <label for=own>{show_both(at, &BrowserZone)}</label>
            </div>
        }
    };
    view! {
        <div class="field time-field">
            <label for=id.clone()>{label}</label>
            <input
                type="text"
                id=id
                class="input num wizard-time"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || time.text.get()
                on:input=move |e| time.text.set(event_target_value(&e))
                aria-describedby=hint_id.clone()
                aria-invalid=move || (!time.is_blank() && time.at().is_err()).then_some("true")
            />
            <span id=hint_id aria-live="polite">
                {live(move || match time.at() {
                    _ if time.is_blank() => view! { <span class="hint">"Local time, such as 2026-11-15 14:05."</span> }.into_any(),
                    Ok(at) => view! { <span class="hint num">{show_both(at, &BrowserZone)}</span> }.into_any(),
                    Err(says) => view! { <span class="field-error">{capital(&says)} "."</span> }.into_any(),
                })}
            </span>
            {live(move || {
                two.get().map(|(twice, a, b)| {
                    let legend = if twice {
                        "The clocks go back, so that this local time happens twice. Which one do you mean?"
                    } else {
                        "The clocks go forward, so that this local time does not exist. Which one do you mean?"
                    };
                    view! {
                        <fieldset class="wizard-ask">
                            <legend>{legend}</legend>
                            {choice(1, a)}
                            {choice(2, b)}
                        </fieldset>
                    }
                })
            })}
        </div>
    }
}
