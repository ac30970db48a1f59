//! One file per page. A page begins with its `<h1>`, to which the focus moves.

pub mod activity;
pub mod advice;
pub mod deadlines;
pub mod deleted;
pub mod environment;
pub mod environments;
pub mod import;
pub mod not_found;
pub mod plan;
pub mod plans;
pub mod readiness;
pub mod reference;
pub mod restore;
pub mod shared;
pub mod start;
pub mod storage;
pub mod targets;
pub mod unknown;
