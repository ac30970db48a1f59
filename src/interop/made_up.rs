//! The mark of what is taken along out of the sample or a rehearsal: the ids in it may be real ones, the times are not, so it must
//! neither be taken for a plan of the real tenant nor do anything when somebody runs it.

use super::calendar::CalendarEvent;
use super::commands::Shell;

/// What stands on everything.
pub const SAYS: &str = "Sample or rehearsal: nothing in this is real";

/// A script that stops before its first command, or requests that are all comments.
pub fn script(text: &str, shell: Shell) -> String {
    match shell {
        Shell::PowerShell | Shell::Pac => after_mark(
            text,
            &format!("# {SAYS}.\nthrow '{SAYS}. Make the plan in your own tenant. Nothing was done.'\n"),
        ),
        Shell::Rest => format!("# {SAYS}: every request is a comment.\n{}", all_comments(text)),
    }
}

/// What is put in front of a text; its byte-order mark stays the first thing.
pub(super) fn after_mark(text: &str, head: &str) -> String {
    let (mark, rest) = text.strip_prefix('\u{FEFF}').map_or(("", text), |rest| ("\u{FEFF}", rest));
    format!("{mark}{head}{rest}")
}

/// Requests, every line of which is a comment.
pub(super) fn all_comments(text: &str) -> String {
    let harmless = |line: &str| {
        if line.starts_with('#') || line.trim().is_empty() { line.to_string() } else { format!("# {line}") }
    };
    format!("{}\n", text.lines().map(harmless).collect::<Vec<_>>().join("\n"))
}

/// A Markdown runbook, with the mark right under its title.
pub fn markdown(text: &str) -> String {
    under_title(text, &format!("**{SAYS}.**"))
}

/// Markdown with a paragraph right under its title.
pub(super) fn under_title(text: &str, says: &str) -> String {
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{title}\n\n{says}\n{rest}")
}

/// Out of what something made up comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeUp {
    Sample,
    Rehearsal,
}

impl MadeUp {
    /// What stands before a title.
    pub fn word(self) -> &'static str {
        match self {
            MadeUp::Sample => "Sample",
            MadeUp::Rehearsal => "Rehearsal",
        }
    }
}

/// An event of a calendar, out of the sample or a rehearsal.
pub fn event(of: MadeUp, event: CalendarEvent) -> CalendarEvent {
    CalendarEvent {
        uid: format!("made-up-{}", event.uid),
        title: format!("{}: {}", of.word(), event.title),
        says: format!("{SAYS}.\n{}", event.says),
        ..event
    }
}

/// The name of a file.
pub fn file_name(name: &str) -> String {
    format!("rehearsal-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shell: Shell, text: &str, expect: &str) {
        assert_eq!(script(text, shell), expect);
    }

    #[test]
    fn nothing_runs() {
        let stop = "# Sample or rehearsal: nothing in this is real.\nthrow 'Sample or rehearsal: nothing in this is real. Make the plan in \
                    your own tenant. Nothing was done.'\n";
        check(Shell::PowerShell, "\u{FEFF}# Plan\nGet-X\n", &format!("\u{FEFF}{stop}# Plan\nGet-X\n"));
        check(Shell::Pac, "pac x", &format!("{stop}pac x"));
        check(
            Shell::Rest,
            "# Plan\n@token = x\n\n### Step\nPOST https://a\n\n{\"a\": 1}\n",
            "# Sample or rehearsal: nothing in this is real: every request is a comment.\n# Plan\n# @token = x\n\n### Step\n# POST https://a\n\n# \
             {\"a\": 1}\n",
        );
    }

    #[test]
    fn an_event_says_out_of_what_it_comes() {
        for (of, expect) in [(MadeUp::Sample, "Sample: X ends"), (MadeUp::Rehearsal, "Rehearsal: X ends")] {
            let given = CalendarEvent {
                uid: "1@restore-desk".into(),
                at: chrono::DateTime::UNIX_EPOCH,
                title: "X ends".into(),
                says: "X ends.".into(),
                alarms: Vec::new(),
            };
            let marked = event(of, given);
            assert_eq!((marked.title.as_str(), marked.uid.as_str()), (expect, "made-up-1@restore-desk"));
            assert!(marked.says.starts_with(SAYS));
        }
    }

    #[test]
    fn the_mark_stands_under_the_title() {
        assert_eq!(markdown("# T\n\nx"), "# T\n\n**Sample or rehearsal: nothing in this is real.**\n\nx");
        assert_eq!(file_name("plan-1.md"), "rehearsal-plan-1.md");
    }
}
