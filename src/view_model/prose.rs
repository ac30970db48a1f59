//! The code in a finding or a note, between backticks. A name that somebody gave stands between “ and ”, and nothing is looked for in it.

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// What stood between two backticks.
    Code(String),
}

/// The pieces of a sentence, in order. Put together again they say the same.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    // What is between “ and ” is a name of somebody's and stays as it is, letter by letter.
    let mut own = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (free, name, after) = named(rest);
        let mut left = free;
        while let Some((before, code, after)) = coded(left) {
            own.push_str(before);
            push_text(&std::mem::take(&mut own), &mut out);
            out.push(Piece::Code(code.to_string()));
            left = after;
        }
        own.push_str(left);
        if !name.is_empty() {
            push_text(&std::mem::take(&mut own), &mut out);
            push_text(name, &mut out);
        }
        rest = after;
    }
    push_text(&own, &mut out);
    out
}

/// Adds text as it is, to the text before it where there is some.
fn push_text(text: &str, out: &mut Vec<Piece>) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(before)) => before.push_str(text),
        _ => out.push(Piece::Text(text.to_string())),
    }
}

/// The text up to the first name in quotation marks, that name with its marks, and what follows. A name may hold closing marks of
/// its own: it ends at the last one before the next opening mark.
fn named(text: &str) -> (&str, &str, &str) {
    let Some((free, _)) = text.split_once('“') else { return (text, "", "") };
    let (_, from) = text.split_at(free.len());
    let inside = from.strip_prefix('“').unwrap_or(from);
    let reach = inside.split('“').next().unwrap_or(inside);
    // Without a closing mark it reaches to where the next name begins.
    let length = match reach.rfind('”') {
        Some(at) => '“'.len_utf8() + at + '”'.len_utf8(),
        None => '“'.len_utf8() + reach.len(),
    };
    let (name, after) = from.split_at(length);
    (free, name, after)
}

/// What stands before, between and after the first two backticks that mark something: the first stands where a word can begin, the
/// other where one can end. Whatever else is a backtick is text.
fn coded(text: &str) -> Option<(&str, &str, &str)> {
    let begins = |at: usize| text.get(..at).is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric() || c == '`'));
    let (open, _) = text.match_indices('`').find(|(at, _)| begins(*at))?;
    let (before, rest) = (text.get(..open)?, text.get(open + 1..)?);
    let ends = |at: usize| {
        rest.get(at + 1..).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '`'))
    };
    let (close, _) = rest.match_indices('`').find(|(at, _)| *at > 0 && ends(*at))?;
    Some((before, rest.get(..close)?, rest.get(close + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        pieces(text)
            .iter()
            .map(|p| match p {
                Piece::Text(t) => t.clone(),
                Piece::Code(c) => format!("<{c}>"),
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(shown(text), expect);
    }

    #[test]
    fn code_stands_between_two_backticks() {
        check("the key `abc` is", "the key <abc> is");
        check("one ` alone", "one ` alone");
        check("`a``b` c`", "<a``b> c`");
        check("`a`b`, (`c`)", "<a`b>, (<c>)");
        check("`2 Jan 2026 09:05 UTC`", "<2 Jan 2026 09:05 UTC>");
    }

    #[test]
    fn names_keep_their_letters() {
        for name in [
            "Sales `EU` prod",
            "`",
            "a`b",
            "`a` `b`",
            "one ` two",
            "three ` back ` ticks `",
            "``` fenced ```",
            "“ `nested` ”",
            "closing ” `x` y",
            "opening “ `x` y",
            "as of 2 Jan 2026 09:05 UTC",
        ] {
            check(&format!("“{name}”"), &format!("“{name}”"));
            check(&format!("Restore “{name}” now"), &format!("Restore “{name}” now"));
            // What the sentence says itself is still found before and behind it.
            check(
                &format!("the key `k` of “{name}” and `l` of “{name}” at 2 Jan 2026 09:05 UTC."),
                &format!("the key <k> of “{name}” and <l> of “{name}” at 2 Jan 2026 09:05 UTC."),
            );
        }
        check("`a` “b` “c` d", "<a> “b` “c` d");
        assert_eq!(pieces("“a `b`” c"), [Piece::Text("“a `b`” c".into())]);
    }
}
