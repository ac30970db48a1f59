//! What the rooms that still write their own sentences take from [`crate::words`], until their words are moved there.

pub use crate::words::time::*;
pub use crate::words::written::*;
