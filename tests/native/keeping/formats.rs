//! Texts that were written once, kept for ever.
