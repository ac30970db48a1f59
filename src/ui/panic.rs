//! What is shown when the app breaks: the data can be downloaded and the page loaded again.

/// To be called once, first of all.
pub fn install() {}
