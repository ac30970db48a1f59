//! What a change costs or puts at risk, and whether it can be undone.

use std::fmt;

/// What a [`super::Remedy`] costs. The sentence is made from it, and says itself where a change is for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// A switch to Sandbox (K6). `itself`: the environment is to be restored onto itself.
    Sandbox { itself: bool },
    /// A Dataverse database: nothing but that it stays.
    Dataverse,
    /// Managed Environments turned on; `of_source`: of the source, whose restore point is older than that.
    Managed { of_source: bool },
    /// Managed Environments turned off; `shortens`: a longer retention may rest on them (K12).
    Unmanaged { of_source: bool, shortens: bool },
    /// A customer-managed key.
    Key,
    /// Enterprise policies.
    Policies,
}

impl Cost {
    /// Whether the change can be undone.
    pub fn reversible(self) -> bool {
        match self {
            Cost::Dataverse => false,
            Cost::Sandbox { .. } | Cost::Managed { .. } | Cost::Unmanaged { .. } | Cost::Key | Cost::Policies => true,
        }
    }
}

const OF_SOURCE: &str =
    "; the restore point is older than this change, and whether the status then or now counts is not documented";

/// A clause without a full stop.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_source = |of: &bool| if *of { OF_SOURCE } else { "" };
        match self {
            Cost::Sandbox { itself } => {
                let itself = if *itself { "only a point of the past seven days can then be restored; " } else { "" };
                write!(
                    f,
                    "its users are affected, and its retention falls to 7 days at once: {itself}older backups cannot be chosen while \
                     it is a Sandbox and may be lost unless it is switched back as soon as possible"
                )
            }
            Cost::Dataverse => f.write_str("it cannot be undone"),
            Cost::Managed { of_source: of } => write!(
                f,
                "everybody who uses it needs a licence that includes Managed Environments{}",
                of_source(of)
            ),
            Cost::Unmanaged { of_source: of, shortens } => {
                let shortens = match shortens {
                    true => {
                        ", and a retention period above 7 days that rests on being managed falls to 7 days at once: older backups are lost"
                    }
                    false => "",
                };
                write!(f, "it loses what Managed Environments bring{shortens}{}", of_source(of))
            }
            Cost::Key => f.write_str("it needs the key, its enterprise policy and the people who look after them"),
            Cost::Policies => f.write_str(
                "it needs the people who look after the policies; the target follows them from then on and gives up another policy of \
                 the same sort",
            ),
        }
    }
}
