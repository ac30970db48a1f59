//! The versioned envelope in which a workspace is stored (UI shell helper).
