//! Pieces that more than one page uses.

pub mod ask;
pub mod copy;
pub mod dialog;
pub mod empty;
pub mod instant;
pub mod notice;
pub mod outcome;
pub mod rule;
pub mod toast;

pub use ask::Ask;
pub use copy::CopyButton;
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use instant::InstantView;
pub use notice::{Notice, Tone};
pub use outcome::OutcomeTag;
pub use rule::{RuleChip, RuleDialog};
pub use toast::Toasts;
