//! What takes the place of a whole workspace, in its slot. Every other change is an [edit](crate::workspace::edit::Edit).

use super::state::AppState;
use crate::domain::edition::EditionId;
use crate::interop::sample;
use crate::platform::clock;
use crate::workspace::Workspace;
use crate::workspace::remember::NotSaved;
use leptos::prelude::*;

/// Why another workspace takes the place of the one that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The sample is made anew; plans and the wizard go with it.
    NewSample,
    /// A rehearsal begins, with a copy of the user's own tenant.
    RehearsalCopy,
    /// It begins anew, in its own slot or in that of the sample.
    RehearsalAnew,
    /// It is over, and its copy goes.
    RehearsalOver,
    /// A file that this app exported is opened.
    OwnExport,
    /// A file of another tenant is opened as a tenant of its own.
    AnotherTenant,
    /// What was set aside is opened again.
    SetAside,
    /// The user deletes everything that is open.
    StartOver,
}

impl AppState {
    /// Lets another workspace take the place of the one that is open. Of what the user made, nothing goes that they did not ask to
    /// delete: it is set aside first.
    ///
    /// # Errors
    /// Why what is here cannot be set aside; then everything is as it was.
    pub fn replace_whole(self, workspace: Workspace, why: Why) -> Result<(), NotSaved> {
        match why {
            Why::NewSample | Why::RehearsalCopy | Why::RehearsalAnew => {
                self.workspace.set(workspace);
                self.saving.soon();
                Ok(())
            }
            Why::OwnExport => self.saving.replace(workspace).map_err(NotSaved::Store),
            Why::AnotherTenant | Why::SetAside => self.saving.begin_anew(workspace),
            Why::RehearsalOver | Why::StartOver => {
                self.saving.start_over();
                Ok(())
            }
        }
    }

    /// As [`AppState::replace_whole`], for what is made up or deleted on purpose, so that nothing has to be set aside.
    pub(super) fn replace_made_up(self, workspace: Workspace, why: Why) {
        let done = self.replace_whole(workspace, why);
        debug_assert!(done.is_ok(), "{why:?} was refused: {done:?}");
    }

    /// Makes the sample anew; plans and the wizard go with it.
    pub fn new_sample(self) {
        self.replace_made_up(a_sample(EditionId::default()), Why::NewSample);
    }

    /// Deletes the open workspace here and in the store.
    pub fn start_over(self) {
        self.replace_made_up(Workspace::default(), Why::StartOver);
    }
}

/// A new sample, judged by `edition`.
pub(super) fn a_sample(edition: EditionId) -> Workspace {
    Workspace { tenant: sample::contoso(clock::now()), edition, ..Workspace::default() }
}
