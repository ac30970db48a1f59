//! Light, dark, or as the system says. Stored as plain text beside the workspace.

use leptos::prelude::document;

/// The user's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    pub fn word(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }

    /// Any other word is the system's.
    pub fn read(word: &str) -> Theme {
        Theme::ALL.into_iter().find(|t| t.word() == word).unwrap_or_default()
    }

    /// Puts the choice on the document, where the style sheet looks for it.
    pub fn apply(self) {
        let Some(root) = document().document_element() else { return };
        let _ = match self {
            Theme::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.word()),
        };
    }
}
