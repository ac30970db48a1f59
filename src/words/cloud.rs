//! The words of the cloud of a tenant.

use super::{List, Say, Text};
use crate::domain::cloud::CloudStanding;
use crate::domain::merge::CloudNote;
use crate::domain::service::Cloud;
use crate::text;

/// Why the cloud is not known; `None` where it is.
pub fn why_unknown(standing: &CloudStanding) -> Option<Text> {
    match standing {
        CloudStanding::Known(_) => None,
        CloudStanding::Unknown => Some(text!("the cloud of this tenant is not known")),
        CloudStanding::Mixed(clouds) => Some(text!(
            "the addresses of this tenant speak of several clouds (",
            List::and(clouds),
            "), so that its cloud is not known"
        )),
    }
}

impl Say for Cloud {
    fn say(&self, text: &mut Text) {
        text.plain(&self.to_string());
    }
}

impl Say for CloudNote {
    fn say(&self, text: &mut Text) {
        let open = ", so that the cloud of this tenant is not known: commands leave it open until you choose it";
        match self {
            CloudNote::Told(cloud) => text!("the cloud becomes known: ", cloud),
            CloudNote::Changed { from, to } => text!("the cloud changes from ", from, " to ", to),
            CloudNote::AnswerStands { answer, told } => {
                text!("your answer ", answer, " still counts as the cloud, although this says ", told)
            }
            CloudNote::Contradicted { told, addresses } => {
                let of = List::and(addresses);
                text!("the cloud was told to be ", told, ", and the addresses speak of ", of, open)
            }
            CloudNote::Mixed(clouds) => {
                text!("the addresses speak of several clouds (", List::and(clouds), ")", open)
            }
        }
        .say(text);
    }
}
