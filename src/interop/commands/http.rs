//! A plan as one file of requests, for a file ending in `.http`, which editors send one by one. Nothing in it runs by itself: a
//! person sends each request, the dry run (`ValidateOnly=true`) before the restore. What is done by hand stands as a comment.

use super::clouds::audience;
use super::quoting::{comment, long_comment};
use super::script::{asks_first, by_hand, overwrites};
use super::{Filled, OpenValue, PUT_THE_HOST, PUT_THE_ID, Printed, PrintedFor, Shell, head, print_for};
use crate::domain::plan::{Action, Plan};
use crate::interop::spelled::{Spelled, steps};
use std::fmt::Write;

/// What the file says before its first request. The token is a variable of the file, so that it is put in once, and nothing of the
/// plan can name it: texts with double braces are left to type.
fn token(known: &Filled) -> String {
    format!(
        "# Put a bearer token for {} in place of the words below; keep it out of what you share.\n\
         @token = put-the-token-here\n",
        audience(known)
    )
}

/// The host, where it is not known or not certain, is a variable of the file as well.
const HOST: &str = "# Put the host of the Power Platform API in your cloud in place of the name below, without https://; ask whoever runs your \
                    cloud where you are not sure. As it stands the name leads nowhere.\n\
                    @apiHost = ";

/// The id that a later step finds out is a variable of the file as well. Until it is put in, its requests are comments.
const NEW_ENVIRONMENT: &str = "# Put the id of the new environment in place of the words below once it has been created; check that it is not the source.\n\
                               @newEnvironmentId = ";

/// Every line of people's texts is a comment that begins with a word of this file's, so that none is read as a setting of the
/// tool that sends it (`# @…`), or as the beginning of another request (`###`).
pub(super) fn file(plan: &Plan, known: &Filled) -> Printed {
    let [title, made] = head(plan);
    let mut text = format!("# Plan: {}\n# {made}\n{}", tame(&title), token(known));
    let asked = |ask: OpenValue| {
        plan.steps.iter().any(|s| print_for(&s.action, Shell::Rest, PrintedFor::Requests, known).1.contains(&ask))
    };
    if asked(OpenValue::Host) {
        let _ = writeln!(text, "{HOST}{PUT_THE_HOST}");
    }
    if asked(OpenValue::NewEnvironment) {
        let _ = writeln!(text, "{NEW_ENVIRONMENT}{PUT_THE_ID}");
    }
    let (mut notes, mut open): (Vec<String>, Vec<String>) = Default::default();
    for caution in plan.to_heed() {
        remark(&mut text, "Caution", &plan.item_text(caution).to_string());
    }
    let all = plan.steps.len();
    for (i, step) in steps(plan).iter().enumerate() {
        let _ = write!(text, "\n### Step {} of {all}: {}\n", i + 1, tame(&comment(&step.title)));
        let of_step = one(step, known, &mut text);
        for (all, own) in [(&mut notes, of_step.notes), (&mut open, of_step.open)] {
            for note in own {
                if !all.contains(&note) {
                    all.push(note);
                }
            }
        }
    }
    Printed { text: Some(text), notes, open, holes: Vec::new() }
}

fn one(step: &Spelled, known: &Filled, text: &mut String) -> Printed {
    let (printed, _, _) = print_for(step.action, Shell::Rest, PrintedFor::Requests, known);
    if let Some(caution) = &step.caution {
        remark(text, "Caution", caution);
    }
    for note in &printed.notes {
        remark(text, "Note", note);
    }
    match &printed.text {
        Some(request) => {
            if let Action::Restore(restore) = step.action {
                remark(text, "Before you send it", &overwrites(restore, Shell::Rest));
                remark(text, "Before you send it", "the dry run of the step before has been accepted");
            }
            // Asks for a confirmation where the tool knows the word, and is a comment where it does not. It stays one when the marks
            // of a request that is left open are taken away.
            if asks_first(step) {
                text.push_str("# @note\n");
            }
            let mark = if request.starts_with('#') { "# " } else { "" };
            let (first, rest) = request.split_once('\n').unwrap_or((request, ""));
            let _ = writeln!(text, "{first}\n{mark}{AUTHORIZATION}");
            if !rest.is_empty() {
                let _ = writeln!(text, "{rest}");
            }
        }
        None => {
            remark(text, "By hand", &step.title);
            for (label, what) in by_hand(step) {
                remark(text, label, what);
            }
        }
    }
    printed
}

const AUTHORIZATION: &str = "Authorization: Bearer {{token}}";

fn remark(text: &mut String, label: &str, what: &str) {
    let _ = writeln!(text, "# {label}: {}", tame(&long_comment(what)));
}

/// A text in a comment: tools fill in variables (`{{…}}`) wherever they stand.
fn tame(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c == '{' && out.ends_with('{') {
            out.push(' ');
        }
        out.push(c);
    }
    out
}
