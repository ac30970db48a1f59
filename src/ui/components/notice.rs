use crate::ui::prelude::*;

/// What a notice is about; each has its symbol and its word, not only its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Info,
    Ok,
    /// Something to know before going on.
    Warning,
    Error,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Info => "notice info",
            Tone::Ok => "notice good",
            Tone::Warning => "notice warn",
            Tone::Error => "notice bad",
        }
    }
    fn symbol(self) -> &'static str {
        match self {
            Tone::Info => "i",
            Tone::Ok => "✓",
            Tone::Warning => "!",
            Tone::Error => "✕",
        }
    }
    fn word(self) -> &'static str {
        match self {
            Tone::Info => "Note: ",
            Tone::Ok => "Done: ",
            Tone::Warning => "Caution: ",
            Tone::Error => "Problem: ",
        }
    }
}

/// A block that stands out. Put paragraphs and buttons in it.
#[component]
pub fn Notice(tone: Tone, children: Children) -> impl IntoView {
    view! {
        <div class=tone.class()>
            <span class="notice-mark" aria-hidden="true">{tone.symbol()}</span>
            <div class="notice-body">
                <span class="visually-hidden">{tone.word()}</span>
                {children()}
            </div>
        </div>
    }
}
