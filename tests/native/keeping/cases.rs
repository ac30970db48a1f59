//! The scenes, one by one.
