//! Some hundred inputs for each target of [`crate::fuzz`]; `FUZZ=100000` for a long run.

use crate::fuzz::TARGETS;

fn check(name: &str) {
    let target = TARGETS.iter().find(|t| t.name == name).unwrap();
    let count = std::env::var("FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let ran = target.run(9, |tried| tried < count);
    let told = ran.findings.iter().map(|(says, input)| format!("{says}\n{}", String::from_utf8_lossy(input)));
    assert!(ran.findings.is_empty(), "{}", told.collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn the_reader_holds() {
    check("reader");
}

#[test]
fn the_envelope_holds() {
    check("envelope");
}

#[test]
fn links_hold() {
    check("links");
}

#[test]
fn routes_hold() {
    check("routes");
}

#[test]
fn commands_hold() {
    check("commands");
}
