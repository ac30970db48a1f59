//! How much an environment counts, by its kind.

use super::super::environment::Kind;

/// How much environments of a kind count beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Importance {
    /// `None`: the kind is not known.
    pub kind: Option<&'static Kind>,
    pub counts: u32,
}

/// Kinds that are not listed count [`OTHERS`].
pub static IMPORTANCE: &[Importance] = &[
    Importance { kind: Some(&Kind::Production), counts: 5 },
    Importance { kind: None, counts: 5 },
    Importance { kind: Some(&Kind::Teams), counts: 2 },
    Importance { kind: Some(&Kind::Default), counts: 0 },
];

/// How much an environment of any other kind counts: it can be made again more easily.
pub const OTHERS: u32 = 1;

/// How much an environment of this kind counts.
pub fn importance(kind: Option<&Kind>) -> u32 {
    IMPORTANCE.iter().find(|i| i.kind == kind).map_or(OTHERS, |i| i.counts)
}
