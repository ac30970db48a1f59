//! The words of a recovery: until when a deleted environment can be brought back, and why. Clauses, about "it".

use super::{Days, Say, Text, ends, when_deleted};
use crate::domain::life::{Doubt, RecoveryCause};
use crate::text;

impl Say for RecoveryCause {
    fn say(&self, text: &mut Text) {
        match self {
            RecoveryCause::Doubt(doubt) => text!(doubt),
            RecoveryCause::AnotherKind => text!("every kind but Production with Dynamics 365 apps has 7 days"),
            RecoveryCause::ProductionWithApps => text!("a Production environment with Dynamics 365 apps has 28 days"),
            RecoveryCause::WithoutApps => text!("without Dynamics 365 apps it has 7 days"),
            RecoveryCause::SettingIgnored(days) => {
                text!("its retention setting of ", Days(*days), " does not lengthen the time for recovery")
            }
        }
        .say(text);
    }
}

impl Say for Doubt {
    fn say(&self, text: &mut Text) {
        match self {
            Doubt::Deletion(when) => {
                let when = when_deleted(when, "at", ends);
                text!("when it was deleted is not known, only that it was ", when)
            }
            Doubt::Kind => text!("its kind is unknown: 7 days are sure, 28 possible"),
            Doubt::Dynamics => text!("whether it had Dynamics 365 apps is unknown: 7 days are sure, 28 possible"),
        }
        .say(text);
    }
}
