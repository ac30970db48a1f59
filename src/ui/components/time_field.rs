//! A time that is typed freely, read back while it is typed, with what has to be asked.

use super::ask::capital;
use crate::platform::clock::BrowserZone;
use crate::ui::prelude::*;
use crate::ui::state::{AppState, use_app};
use crate::workspace::local_time::show_both;
use crate::workspace::typed::{
    Choice, Direction, Question, Reading, TypedError, WhyAsked, read, read_back, write_local,
};
use chrono::{DateTime, Utc};

/// What was typed and when, and which of two was meant.
#[derive(Clone, Copy)]
pub struct TypedTime {
    app: AppState,
    text: RwSignal<String>,
    meant: RwSignal<Option<DateTime<Utc>>>,
    /// The text counts from when it was typed, not from when it is looked at: `3 h ago` stays the same instant.
    typed_at: RwSignal<DateTime<Utc>>,
    direction: Direction,
    /// The browser's clock, also in a rehearsal.
    real: bool,
    /// Nothing typed is no mistake.
    may_be_blank: bool,
}

impl TypedTime {
    /// Begins with an instant (UTC), shown in local time. It is for what has happened: nothing in the future is read.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self { may_be_blank: false, ..Self::maybe(Some(at)) }
    }

    /// Begins empty, or with an instant (UTC); while it is empty it asks and does not complain.
    pub fn maybe(at: Option<DateTime<Utc>>) -> Self {
        let app = use_app();
        Self {
            app,
            text: RwSignal::new(at.map(|at| write_local(at, &BrowserZone)).unwrap_or_default()),
            meant: RwSignal::new(at),
            typed_at: RwSignal::new(untrack(|| app.now())),
            direction: Direction::Latest,
            real: false,
            may_be_blank: true,
        }
    }

    /// Takes a text as it was typed at an instant (UTC), and which one was meant.
    pub fn take(self, text: String, meant: Option<DateTime<Utc>>, typed_at: Option<DateTime<Utc>>) {
        self.typed_at.set(typed_at.unwrap_or_else(|| untrack(|| self.app.now())));
        self.text.set(text);
        self.meant.set(meant);
    }

    /// What is typed, which instant was meant and when it was typed (UTC), as [`TypedTime::take`] takes them.
    pub fn held(self) -> (String, Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        (self.text.get_untracked(), self.meant.get_untracked(), Some(self.typed_at.get_untracked()))
    }

    /// Follows what is kept of it (UTC), which may be changed elsewhere. What is no time is kept nowhere, and stays.
    pub fn follow(self, kept: impl Fn() -> Option<DateTime<Utc>> + 'static) {
        Effect::new(move |_| {
            let kept = kept();
            if kept != untrack(|| self.at().ok()) {
                match kept {
                    Some(at) => self.set(at),
                    None => self.typed(String::new()),
                }
            }
        });
    }

    /// What is typed; reactive.
    pub fn text(self) -> String {
        self.text.get()
    }

    /// The same for a clock that is set on, or back.
    pub fn onward(self) -> Self {
        Self { direction: Direction::Onward, ..self }
    }

    /// The same for a plan: what is past is refused.
    pub fn ahead(self) -> Self {
        Self { direction: Direction::Next, ..self }
    }

    /// The same by the browser's clock, also in a rehearsal.
    pub fn by_real_clock(self) -> Self {
        let real = Self { real: true, ..self };
        real.typed_at.set(real.now());
        real
    }

    /// Whether nothing is typed and nothing has to be; reactive.
    pub fn is_blank(self) -> bool {
        self.may_be_blank && self.text.with(|t| t.trim().is_empty())
    }

    /// Types another instant.
    pub fn set(self, at: DateTime<Utc>) {
        self.typed_at.set(self.now());
        self.text.set(write_local(at, &BrowserZone));
        // Which of two is meant is known here.
        self.meant.set(Some(at));
    }

    /// The instant (UTC), or what is wrong with the text; reactive.
    pub fn at(self) -> Result<DateTime<Utc>, String> {
        match self.reading() {
            Ok(Reading::At { at, .. }) => Ok(at),
            Ok(Reading::Asked(question)) => {
                let meant =
                    self.meant.get().filter(|m| is_clocks(&question) && question.choices.contains(&Choice::At(*m)));
                meant.ok_or_else(|| question.says())
            }
            Err(problem) => Err(problem.says(&BrowserZone)),
        }
    }

    fn reading(self) -> Result<Reading, TypedError> {
        let now = self.typed_at.get();
        self.text.with(|t| read(t, &BrowserZone, now, self.direction))
    }

    fn question(self) -> Option<Question> {
        self.reading().ok().and_then(|r| if let Reading::Asked(question) = r { Some(question) } else { None })
    }

    fn now(self) -> DateTime<Utc> {
        if self.real { crate::platform::clock::now() } else { self.app.now_untracked() }
    }

    fn typed(self, text: String) {
        self.typed_at.set(self.now());
        self.text.set(text);
    }

    /// Writes out what counts from now, such as `yesterday 14`: whoever comes back tomorrow would read another day in it.
    pub fn write_out(self) {
        // A field that is removed while it has the focus says that it was changed, and the page is gone by then.
        if self.text.try_get_untracked().is_none() {
            return;
        }
        // It is the same instant, and no clock is asked: what was pressed to leave the field stays where it is.
        if let Ok(Reading::At { at, fixed: false }) = untrack(|| self.reading()) {
            self.text.set(write_local(at, &BrowserZone));
            self.meant.set(Some(at));
        }
    }
}

/// Whether it is asked because of summer time: then the text stays, and which one is meant stands beside it.
fn is_clocks(question: &Question) -> bool {
    matches!(question.why, WhyAsked::Twice | WhyAsked::Never)
}

/// The readings to choose from, as buttons.
#[component]
fn Readings(question: Question, pick: Callback<Choice>) -> impl IntoView {
    view! {
        <div class="actions time-readings" role="group" aria-label="Which one is meant">
            {question.choices.into_iter().map(|choice| view! {
                <button type="button" class="btn small" on:click=move |_| pick.run(choice)>{choice.show(&BrowserZone)}</button>
            }).collect_view()}
        </div>
    }
}

/// What was understood, such as `Fri 27 Nov 2026 14:00 (13:00 UTC), 29 h ago`.
fn understood(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let back = read_back(at, &BrowserZone, now);
    format!("{} ({}), {}", back.local, back.utc, back.away)
}

/// Texts that the field reads, to press: for what has happened, and for what is to be.
const BACK: &[&str] = &["1 h ago", "6 h ago", "24 h ago", "yesterday 14:00", "mon 8:30", "3 days ago", "7 days ago"];
const ONWARD: &[&str] = &["in 1 h", "in 24 h", "tomorrow 9:00", "mon 8:30", "in 7 days"];

/// The field, the instant both ways or what is wrong, what has to be asked, texts to press, and a band of that time where there is one.
#[component]
pub fn TimeField(
    time: TypedTime,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    /// With texts to press: for where a time is looked for.
    #[prop(optional)]
    chips: bool,
    /// The band on which it can be chosen too.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let texts = if time.direction == Direction::Latest { BACK } else { ONWARD };
    let hint_id = format!("{id}-hint");
    let question = Memo::new(move |_| time.question());
    let name = format!("{id}-which");
    let which = StoredValue::new(id.clone());
    let choice = move |n: usize, at: DateTime<Utc>| {
        let own = format!("{}-{n}", which.get_value());
        let name = name.clone();
        view! {
            <div class="radio-line">
                <input type="radio" id=own.clone() name=name prop:checked=move || time.meant.get() == Some(at)
                    on:change=move |_| time.meant.set(Some(at)) />
                <label for=own>{show_both(at, &BrowserZone)}</label>
            </div>
        }
    };
    let pick = Callback::new(move |choice: Choice| {
        match choice {
            Choice::At(at) => time.set(at),
            Choice::Day(_) => time.typed(choice.text(&BrowserZone)),
        }
        focus_soon(which.get_value());
    });
    let example = if time.direction == Direction::Latest {
        "Local time, such as yesterday 14:00, 27 nov 2pm or 3 h ago."
    } else {
        "Local time, such as tomorrow 8, mon 8:30 or in 3 h."
    };
    view! {
        <div class="field time-field">
            <label for=id.clone()>{label}</label>
            <div class="time-line">
            <input
                type="text"
                id=id
                class="input num wizard-time"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || time.text.get()
                on:input=move |e| time.typed(event_target_value(&e))
                on:change=move |_| time.write_out()
                aria-describedby=hint_id.clone()
                aria-invalid=move || (!time.is_blank() && time.at().is_err() && question.get().is_none()).then_some("true")
            />
            <span id=hint_id aria-live="polite">
                {live(move || match time.at() {
                    _ if time.is_blank() => view! { <span class="hint">{example}</span> }.into_any(),
                    Ok(at) => view! { <span class="time-read num">{understood(at, time.typed_at.get())}</span> }.into_any(),
                    // What is asked is no mistake.
                    Err(says) => {
                        let class = if question.get().is_some() { "time-asked" } else { "field-error" };
                        view! { <span class=class>{capital(&says)} "."</span> }.into_any()
                    }
                })}
            </span>
            </div>
            {chips.then(|| view! {
                <div class="time-chips" role="group" aria-label="Times to try">
                    <span class="hint">"Or"</span>
                    {texts.iter().map(|text| view! {
                        <button type="button" class="btn link" on:click=move |_| time.typed((*text).to_string())>{*text}</button>
                    }).collect_view()}
                </div>
            })}
            {live(move || {
                let question = question.get()?;
                if !is_clocks(&question) {
                    return Some(view! { <Readings question pick /> }.into_any());
                }
                let legend = clocks_legend(question.why == WhyAsked::Twice);
                let instant = |c: &Choice| if let Choice::At(at) = c { Some(*at) } else { None };
                let radios = question.choices.iter().filter_map(instant).enumerate();
                Some(view! {
                    <fieldset class="wizard-ask">
                        <legend>{legend}</legend>
                        {radios.map(|(n, at)| choice(n + 1, at)).collect_view()}
                    </fieldset>
                }.into_any())
            })}
        </div>
        {children.map(|band| band())}
    }
}

/// What is asked where the clocks make a local time happen twice, or never.
fn clocks_legend(twice: bool) -> &'static str {
    if twice {
        "The clocks go back, so that this local time happens twice. Which one do you mean?"
    } else {
        "The clocks go forward, so that this local time does not exist. Which one do you mean?"
    }
}
