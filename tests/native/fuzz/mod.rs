//! Texts that nobody wrote: a kept corpus, changed by chance, goes through everything that reads what comes from outside.
//!
//! Each target takes any bytes and says what is wrong, or what became of them. What became of them is a fingerprint: an input that
//! leads somewhere new is changed further. A run follows from its seed alone. `benches/fuzz.rs` runs for a time, and `fuzzed` some hundred inputs; `docs/BUILDING.md` says how. An input with a finding is put into the corpus as it is, with the mend.

mod commands;
mod envelope;
mod links;
mod mutate;
mod reader;
mod routes;

use mutate::{Chance, mutate};
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is wrong, or the fingerprint of what became of an input.
pub type Came = Result<u64, String>;

pub struct Target {
    pub name: &'static str,
    /// Folders below `tests/` that hold its corpus.
    folders: &'static [&'static str],
    pub look: fn(&[u8]) -> Came,
}

pub const TARGETS: [Target; 5] = [
    Target { name: "reader", folders: &["corpus/reader", "samples", "no-inventory"], look: reader::look },
    Target { name: "envelope", folders: &["corpus/envelope", "data/stored"], look: envelope::look },
    Target { name: "links", folders: &["corpus/links"], look: links::look },
    Target { name: "routes", folders: &["corpus/routes"], look: routes::look },
    Target { name: "commands", folders: &["corpus/commands"], look: commands::look },
];

/// No input may take longer, in seconds.
const LONGEST: u64 = 3;

/// How many inputs that led somewhere new are kept beside the corpus.
const KEPT: usize = 4_000;

/// What a run found.
#[derive(Debug, Default)]
pub struct Ran {
    pub tried: u64,
    /// How many inputs led somewhere new.
    pub new: usize,
    /// Each with the first input that led to it.
    pub findings: BTreeMap<String, Vec<u8>>,
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

impl Target {
    pub fn corpus(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<PathBuf> = self
            .folders
            .iter()
            .flat_map(|folder| std::fs::read_dir(tests().join(folder)).unwrap().map(|f| f.unwrap().path()))
            .filter(|p| p.is_file() && p.extension().is_none_or(|e| e != "golden"))
            .collect();
        files.sort();
        files.into_iter().map(|p| (p.display().to_string(), std::fs::read(&p).unwrap())).collect()
    }

    /// Looks at one input: also a panic and what takes too long is wrong.
    pub fn holds(&self, input: &[u8]) -> Came {
        let began = Instant::now();
        let came = catch_unwind(AssertUnwindSafe(|| (self.look)(input))).unwrap_or_else(|panic| {
            let says = panic.downcast_ref::<String>().cloned();
            let says = says.or_else(|| panic.downcast_ref::<&str>().map(|s| s.to_string())).unwrap_or_default();
            Err(format!("panic: {says}"))
        });
        if began.elapsed() > Duration::from_secs(LONGEST) { Err("it takes too long".to_string()) } else { came }
    }

    /// The corpus as it is, then changes of it, for as long as `goes_on` says of how many were tried.
    pub fn run(&self, seed: u64, goes_on: impl Fn(u64) -> bool) -> Ran {
        let mut pool: Vec<Vec<u8>> = self.corpus().into_iter().map(|(_, text)| text).collect();
        let (mut seen, mut ran, mut chance) = (HashSet::new(), Ran::default(), Chance::new(seed));
        let mut whole = pool.clone().into_iter();
        loop {
            let (input, given) = match whole.next() {
                Some(text) => (text, true),
                None if goes_on(ran.tried) => {
                    let (one, other) = (chance.below(pool.len()), chance.below(pool.len()));
                    (mutate(&mut chance, &pool[one], &pool[other]), false)
                }
                None => return ran,
            };
            ran.tried += u64::from(!given);
            match self.holds(&input) {
                Ok(shape) => {
                    if seen.insert(shape) && !given {
                        ran.new += 1;
                        if pool.len() < KEPT {
                            pool.push(input);
                        } else {
                            let at = chance.below(pool.len());
                            pool[at] = input;
                        }
                    }
                }
                Err(says) => {
                    // One of each sort: the values in it differ.
                    let sort = sort(&says);
                    if ran.findings.len() < 40 && !ran.findings.keys().any(|k| self::sort(k) == sort) {
                        ran.findings.insert(says, input);
                    }
                }
            }
        }
    }
}

/// A sentence without its values.
fn sort(says: &str) -> String {
    says.chars().filter(|c| !c.is_ascii_digit()).take(60).collect()
}

/// The fingerprint of things.
pub fn shape(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// The words of a sentence that are the same whatever its values are.
pub fn words(says: &str) -> String {
    says.split(' ')
        .filter(|w| w.bytes().all(|b| b.is_ascii_lowercase() || b",:".contains(&b)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// That two things are the same.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, a: &T, b: &T) -> Result<(), String> {
    if a == b {
        return Ok(());
    }
    // What differs stands where the two texts part.
    let (a, b) = (format!("{a:?}"), format!("{b:?}"));
    let from = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(0, |((at, _), _)| at);
    let near = |text: &str| {
        text.chars()
            .skip(text.get(..from).map_or(0, |t| t.chars().count()).saturating_sub(60))
            .take(200)
            .collect::<String>()
    };
    Err(format!("{what}: … {} … and … {} …", near(&a), near(&b)))
}

pub fn ensure(yes: bool, says: impl FnOnce() -> String) -> Result<(), String> {
    if yes { Ok(()) } else { Err(says()) }
}
