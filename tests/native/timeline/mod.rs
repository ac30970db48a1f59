//! Timelines and scenarios: the small language in which `tests/timelines` and `tests/scenarios` are written, and how it is run.

pub mod expect;
pub mod runner;
pub mod words;
