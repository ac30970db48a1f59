//! Golden timelines: what is done and when, and what must then be true. They are data in `tests/timelines`; each runs through
//! the log, as on screen, under every edition that it names.

use crate::timeline::runner;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// At least so many files there are; fewer means that this test looks at the wrong place.
const AT_LEAST: usize = 30;

#[test]
fn timelines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timelines");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut failed = Vec::new();
    let mut runs = 0;
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).unwrap();
        for edition in runner::editions(&text) {
            runs += 1;
            if catch_unwind(AssertUnwindSafe(|| runner::run(&name, &text, edition))).is_err() {
                failed.push(format!("{name} under {}", edition.id));
            }
        }
    }
    println!("{} timelines, {runs} runs", files.len());
    assert!(failed.is_empty(), "{} of {runs} runs failed:\n{}", failed.len(), failed.join("\n"));
    assert!(files.len() >= AT_LEAST, "only {} timelines", files.len());
}
