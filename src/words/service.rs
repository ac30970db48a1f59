//! The words of what the service announces.

use super::{Say, Text};
use crate::domain::service::Announced;

impl Say for Announced {
    fn say(&self, text: &mut Text) {
        text.plain(match self {
            Announced::TrialEnds => "the trial ends",
            Announced::Disabled => "it is disabled by itself",
            Announced::Deleted => "it is deleted by itself",
        });
    }
}
