//! Whether the worker keeps a newer version of the program than the one that runs: `public/boot.js` hears it and says so.

use super::js;

/// What `public/boot.js` calls at the window once a newer version is kept.
pub const NEWER: &str = "restore-desk-newer";

/// Whether one is kept already.
pub fn is_newer() -> bool {
    js::property(&js::global("restoreDesk"), "newer").is_truthy()
}
