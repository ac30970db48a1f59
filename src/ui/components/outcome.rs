use crate::domain::eligibility::{AtThisMoment, Outcome};
use crate::domain::retention::Certainty;
use crate::ui::prelude::*;

/// Symbol, word and tone of an outcome.
pub fn outcome_look(outcome: Outcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Eligible => ("✓", "Eligible", "ok"),
        Outcome::Unknown => ("?", "Unknown", "ask"),
        Outcome::Refused => ("✕", "Refused", "no"),
    }
}

/// The same, of a pair that may be eligible at other moments alone.
pub fn outcome_now_look(outcome: Outcome, now: AtThisMoment) -> (&'static str, &'static str, &'static str) {
    match (outcome, now) {
        (Outcome::Eligible, AtThisMoment::Stopped) => ("✕", "Not at this moment", "no"),
        (Outcome::Eligible, AtThisMoment::Doubtful) => ("~", "Eligible, perhaps not now", "ask"),
        _ => outcome_look(outcome),
    }
}

/// Symbol, word and tone of how sure a point is.
pub fn certainty_look(certainty: Certainty) -> (&'static str, &'static str, &'static str) {
    match certainty {
        Certainty::Guaranteed => ("✓", "Guaranteed", "ok"),
        Certainty::Possible => ("?", "Only possible", "ask"),
        Certainty::Dormant => ("–", "Not to be chosen while a Sandbox", "ask"),
        Certainty::Gone => ("✕", "Gone", "no"),
        Certainty::Future => ("✕", "Not yet", "no"),
    }
}

/// A symbol and a word in a tone. The symbol is spoken by the word.
pub fn tag((symbol, word, tone): (&'static str, &'static str, &'static str)) -> impl IntoView {
    view! {
        <span class=format!("tag {tone}")>
            <span aria-hidden="true">{symbol}</span>
            {word}
        </span>
    }
}

/// An outcome by symbol, word and colour.
#[component]
pub fn OutcomeTag(#[prop(into)] outcome: Signal<Outcome>) -> impl IntoView {
    move || tag(outcome_look(outcome.get()))
}

/// How sure a point is, by symbol, word and colour.
#[component]
pub fn CertaintyTag(#[prop(into)] certainty: Signal<Certainty>) -> impl IntoView {
    move || tag(certainty_look(certainty.get()))
}
