//! Recognising the files of this app by their head, without reading what is in them.

/// What `app` says in them.
pub const APP: &str = "restore-desk";

/// A file of this app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// It has a `kind`: a plan, also of a kind that this build does not know.
    Plan,
    Workspace,
}

/// What a text is, where its first words say that it is a file of this app: also where it is cut off or damaged further on, so that
/// it is not told to be a broken inventory. Only what stands before the first nested value is looked at.
pub fn recognise(text: &str) -> Option<Own> {
    let mut rest = text.trim_start().strip_prefix('{')?;
    let mut app = false;
    let mut kind = false;
    // A head has few members, and short ones.
    for _ in 0..16 {
        let Some((key, after)) = word(rest.trim_start()) else { break };
        let Some(after) = after.trim_start().strip_prefix(':').map(str::trim_start) else { break };
        let Some((value, behind)) = scalar(after) else { break };
        app |= key == "app" && value == APP;
        kind |= key == "kind" && !value.is_empty();
        let Some(next) = behind.trim_start().strip_prefix(',') else { break };
        rest = next;
    }
    match (app, kind) {
        (false, _) => None,
        (true, true) => Some(Own::Plan),
        (true, false) => Some(Own::Workspace),
    }
}

/// The longest word of a head, in bytes.
const LONGEST: usize = 1_000;

/// A text without escapes, and what stands behind it.
fn word(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('"')?;
    let end = inner
        .bytes()
        .take(LONGEST)
        .position(|b| matches!(b, b'"' | b'\\'))
        .filter(|e| inner.as_bytes().get(*e) == Some(&b'"'))?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

fn scalar(text: &str) -> Option<(&str, &str)> {
    if text.starts_with('"') {
        return word(text);
    }
    let end = text.bytes().take(LONGEST).position(|b| matches!(b, b',' | b'}' | b' ' | b'\n' | b'\r' | b'\t'))?;
    let value =
        text.get(..end).filter(|v| v.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+')))?;
    Some((value, text.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<Own>) {
        assert_eq!(recognise(text), expect, "{text}");
    }

    #[test]
    fn by_the_head_alone() {
        check(r#"{"app":"restore-desk","schema":1,"saved":"x","workspace":{"kind":"#, Some(Own::Workspace));
        check(r#"{"app":"restore-desk"}"#, Some(Own::Workspace));
        check(r#"{"app":"restore-desk","sche"#, Some(Own::Workspace));
        check("{ \"app\" : \"restore-desk\",\n \"kind\": \"plan\",", Some(Own::Plan));
        check(r#"{"version":1,"play":false,"kind":"plan","app":"restore-desk","plan":{"#, Some(Own::Plan));
        check(r#"{"app":"restore-desk","kind":"","plan":{}}"#, Some(Own::Workspace));
        check(r#"{"workspace":{"app":"restore-desk"}}"#, None);
        check(r#"{"app":"restore-desks","schema":1}"#, None);
        check(r#"{"app":"other","name":"restore-desk"}"#, None);
        check("", None);
        check("[]", None);
        check("{\"app\":\"restore-desk", None);
    }
}
