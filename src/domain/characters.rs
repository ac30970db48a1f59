//! Characters that are not what they look like, in what somebody typed or a file brought.

/// A text on one line: every control character and line separator becomes a space, characters that turn the direction of
/// what follows are left out, the ends are trimmed, and what is longer than `most` characters is cut with an ellipsis.
pub fn one_line(text: &str, most: usize) -> String {
    let flat = flat(text);
    let flat = flat.trim();
    if flat.chars().count() <= most {
        return flat.to_string();
    }
    let mut cut: String = flat.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// The same of a part of a text: its ends stay, and so does its length.
pub fn flat(text: &str) -> String {
    text.chars().filter(|c| !turns_direction(*c)).map(|c| if breaks_line(c) { ' ' } else { c }).collect()
}

/// Whether a character is a control character or ends a line somewhere.
pub fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character overrides or isolates the direction of the text after it, so that what is read is not what is there.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character has no picture of its own, such as a zero-width space.
pub fn is_invisible(c: char) -> bool {
    turns_direction(c)
        || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}')
}
