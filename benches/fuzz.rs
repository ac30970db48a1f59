//! Looks for inputs that break a reader, the keeping or a command, for so many seconds.
//!
//! `cargo bench --no-default-features --profile fuzz --bench fuzz -- reader 600`; a number after it is the seed. What is found stands under
//! `target/fuzz/`, and is put into `tests/corpus/` with its mend.

#[path = "../tests/native/fuzz/mod.rs"]
mod fuzz;

use fuzz::TARGETS;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let target = words.first().and_then(|name| TARGETS.iter().find(|t| t.name == *name));
    let (Some(target), Some(seconds)) = (target, words.get(1).and_then(|n| n.parse().ok())) else {
        let names: Vec<&str> = TARGETS.iter().map(|t| t.name).collect();
        println!("fuzz <{}> <seconds> [seed]", names.join("|"));
        return ExitCode::SUCCESS;
    };
    let by_time = || std::time::UNIX_EPOCH.elapsed().map_or(1, |d| d.as_secs());
    let seed = words.get(2).and_then(|n| n.parse().ok()).unwrap_or_else(by_time);
    println!("{} for {seconds} s, seed {seed}", target.name);
    // A panic is told below, with its input.
    std::panic::set_hook(Box::new(|_| {}));
    let began = Instant::now();
    let ran = target.run(seed, |_| began.elapsed() < Duration::from_secs(seconds));
    let took = began.elapsed().as_secs_f64();
    let each = ran.tried as f64 / took;
    println!("{} inputs in {took:.0} s, {each:.0} a second; {} led somewhere new", ran.tried, ran.new);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    for (n, (says, input)) in ran.findings.iter().enumerate() {
        let path = folder.join(format!("{}-{seed}-{n}.txt", target.name));
        let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input));
        println!("\n{says}\n  {} {}", path.display(), if kept.is_ok() { "" } else { "could not be written" });
    }
    if ran.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
