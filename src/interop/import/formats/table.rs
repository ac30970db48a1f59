//! The list of formats as a table for `docs/INVENTORIES.md`, and as recipes for the screen.

use super::{FORMATS, Format, HowTo, Reach, Reads};

/// How a person gets an inventory, most telling first.
pub fn recipes() -> Vec<HowTo> {
    FORMATS.iter().flat_map(|f| f.how.iter().copied()).collect()
}

fn whole(format: &Format) -> &'static str {
    match format.reach {
        Reach::Tenant => "yes, if it has all pages, no filter, and names a Default environment",
        Reach::Query => "no: a query may leave some out",
        Reach::Deleted => "no: deleted ones alone",
        Reach::None => "",
    }
}

/// The table in Markdown.
pub fn markdown() -> String {
    let mut out =
        String::from("| rows | recognised by | read as | lists the whole tenant |\n| --- | --- | --- | --- |\n");
    let refused = |f: &&&Format| matches!(f.reads, Reads::Nothing { .. });
    let read = FORMATS.iter().filter(|f| !refused(f));
    for f in read.chain(FORMATS.iter().filter(refused)) {
        out.push_str(&format!("| {} | {} | {} | {} |\n", f.what, f.recognised_by, f.read_as, whole(f)));
    }
    out
}

/// The commands in Markdown, as the screen shows them.
pub fn commands() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut out = String::from("| what | command | to know |\n| --- | --- | --- |\n");
    for how in recipes() {
        out.push_str(&format!("| {} | `{}` | {} |\n", how.title, cell(how.command), cell(how.note)));
    }
    out
}
