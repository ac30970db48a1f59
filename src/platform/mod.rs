//! The browser's edges, thin: clock, localStorage, files, downloads, clipboard.
