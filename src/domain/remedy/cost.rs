//! What a change costs or puts at risk, and whether it can be undone.

/// What a [`super::Remedy`] costs. Its words say themselves where a change is for good.
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
