//! The words of what mends a pair: changes, what they cost, and the environment to create instead. About *the source* and *the target*.

use super::List;
use super::deed;
use super::text::{Names, Piece, Say, Text, code};
use crate::domain::remedy::{Cost, KeyToApply, LeastChange, MendingChange, Needed, NewTarget, Remedy};
use crate::domain::said::Role;
use crate::text;

const SOURCE: Role = Role::Source;
const TARGET: Role = Role::Target;

/// What to do, imperative.
impl Say for Remedy {
    fn say(&self, text: &mut Text) {
        match &self.change {
            MendingChange::Set(setting, _) if self.cost == (Cost::Sandbox { itself: true }) => {
                deed::to_do(setting, Piece::Itself)
            }
            MendingChange::Set(setting, role) => deed::to_do(setting, role),
            MendingChange::ApplyKey(KeyToApply::Named(id)) => {
                text!("apply ", SOURCE, "'s customer-managed key ", code(id.as_str()), " to ", TARGET)
            }
            MendingChange::ApplyKey(key) => text!("apply ", key, " to ", TARGET),
            MendingChange::LinkPolicies => text!("link ", SOURCE, "'s enterprise policies to ", TARGET),
        }
        .say(text);
    }
}

/// What would open one of several that are all refused, a sentence.
impl LeastChange {
    pub fn says(&self, names: &Names) -> Text {
        let changes = List::joined(self.changes.iter().map(|change| change.says().named(names)), " and ");
        let then = (!self.surely).then_some("; then it depends on what is not known");
        let costs = List::joined(self.changes.iter().map(|change| change.cost.says().named(names)), "; ");
        let would = text!("this would: ", changes, then).sentence();
        text!("no other environment as things are, and no answer alone changes that. ", would, " Mind: ", costs)
            .sentence()
    }
}

impl Say for KeyToApply {
    fn say(&self, text: &mut Text) {
        match self {
            KeyToApply::Named(id) => text!("the customer-managed key ", code(id.as_str())),
            KeyToApply::OfSource => text!(SOURCE, "'s customer-managed key"),
            KeyToApply::Any => text!("a customer-managed key"),
        }
        .say(text);
    }
}

impl Say for Cost {
    fn say(&self, text: &mut Text) {
        let of_source = |of: bool| {
            let older = "; the restore point is older than this change, and whether the status then or now counts is not documented";
            of.then_some(older)
        };
        match *self {
            Cost::Sandbox { itself } => text!(
                "its users are affected, and its retention falls to 7 days at once: ",
                itself.then_some("only a point of the past seven days can then be restored; "),
                "older backups cannot be chosen while it is a Sandbox and may be lost unless it is switched back as soon as possible"
            ),
            Cost::Dataverse => text!("it cannot be undone"),
            Cost::Managed { of_source: of } => text!(
                "everybody who uses it needs a licence that includes Managed Environments",
                of_source(of)
            ),
            Cost::Unmanaged { of_source: of, shortens } => text!(
                "it loses what Managed Environments bring",
                shortens.then_some(
                    ", and a retention period above 7 days that rests on being managed falls to 7 days at once: older backups are lost"
                ),
                of_source(of)
            ),
            Cost::Key => text!("it needs the key, its enterprise policy and the people who look after them"),
            Cost::Policies => text!(
                "it needs the people who look after the policies; ",
                TARGET,
                " follows them from then on and gives up another policy of the same sort"
            ),
        }
        .say(text);
    }
}

/// What to create, imperative.
impl Say for NewTarget {
    fn say(&self, text: &mut Text) {
        let managed = match self.managed {
            Some(true) => " that is managed",
            Some(false) => " that is not managed",
            None => "",
        };
        text!("create a ", self.kind, " environment", managed, ", with Dataverse, in ").say(text);
        match &self.region {
            Some(region) => region.say(text),
            None => text!(SOURCE, "'s region, which is not known yet").say(text),
        }
        if self.managed.is_none() {
            text!("; managed if ", SOURCE, " is, which is not known yet").say(text);
        }
        match &self.key {
            Needed::No => {}
            Needed::Yes(key) => text!("; apply ", key, " to it").say(text),
            Needed::IfSourceHas(key) => {
                let which = if *key == KeyToApply::OfSource { "the same key" } else { "one" };
                let asked = " has a customer-managed key, which is not known yet, apply ";
                text!("; if ", SOURCE, asked, which, " to it").say(text);
            }
        }
        let link = |rest: &str| text!("; link ", SOURCE, "'s enterprise policies to it", rest);
        match self.policies {
            Needed::No => {}
            Needed::Yes(()) => link("").say(text),
            Needed::IfSourceHas(()) => link(", if it has any, which is not known yet").say(text),
        }
        if !self.kind_known {
            text!("; this helps only if ", SOURCE, "'s kind, which is not known yet, can be restored to a Sandbox")
                .say(text);
        }
        if self.not_offered {
            text.plain("; the page adds that the admin center does not offer such a restore");
        }
    }
}
