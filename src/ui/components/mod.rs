//! Pieces that more than one page uses.

pub mod ask;
pub mod band;
pub mod command_box;
pub mod copy;
pub mod dialog;
pub mod drop_zone;
pub mod empty;
pub mod facts;
pub mod how_to;
pub mod instant;
pub mod notice;
pub mod outcome;
pub mod rule;
pub mod rule_chip;
pub mod stepper;
pub mod toast;
pub mod unknown;
pub mod verdict;

pub use ask::Ask;
pub use band::{Band, BandFacts, BandPicker, SmallBand};
pub use command_box::CommandBox;
pub use copy::CopyButton;
pub use dialog::Dialog;
pub use drop_zone::DropZone;
pub use empty::EmptyState;
pub use facts::FactsView;
pub use how_to::HowTo;
pub use instant::InstantView;
pub use notice::{Notice, Tone};
pub use outcome::{CertaintyTag, OutcomeTag};
pub use rule::{RuleChip, RuleDialog};
pub use rule_chip::{ReasonList, RuleChips};
pub use stepper::Stepper;
pub use toast::Toasts;
pub use unknown::UnknownFacts;
pub use verdict::{PairLine, VerdictView};
