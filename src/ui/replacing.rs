//! What takes the place of a whole workspace, in its slot. Every other change is an [edit](crate::workspace::edit::Edit).

use super::acting::reason;
use super::state::AppState;
use crate::domain::command::Stays;
use crate::domain::edition::EditionId;
use crate::interop::sample;
use crate::platform::clock;
use crate::workspace::Workspace;
use crate::workspace::keep::NotDeleted;
use crate::workspace::keys::Slot;
use crate::workspace::store::StoreError;

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
    /// It is over in the sample, which is made anew.
    RehearsalOverInSample,
    /// A file that this app exported is opened.
    OwnExport,
    /// A sample or a rehearsal that was set aside is opened.
    BroughtBack,
    /// A file of another tenant is opened as a tenant of its own, beside the others.
    AnotherTenant,
    /// The user deletes everything that is open.
    StartOver,
}

/// Why nothing took the place of what is open.
#[derive(Clone, Debug, PartialEq)]
pub enum NotReplaced {
    /// Nothing may be written here.
    ReadOnly,
    /// What is open could not be put aside. Everything is as it was.
    NotPutAside(StoreError),
    /// It could not be deleted. Everything is as it was.
    NotDeleted(NotDeleted),
    /// It is deleted, but so many texts could not be removed.
    StillThere(usize),
}

impl NotReplaced {
    /// Why, as a clause.
    pub fn says(&self) -> String {
        match self {
            NotReplaced::ReadOnly => reason(Stays::NewerVersion),
            NotReplaced::NotPutAside(error) => format!("what is here could not be put aside: {}", error.says()),
            NotReplaced::NotDeleted(why) => why.says(),
            NotReplaced::StillThere(texts) => format!("the browser did not remove {texts} texts"),
        }
    }
}

/// What ending a rehearsal is called, to be undone.
const ENDED: &str = "ending the rehearsal";

impl AppState {
    /// Lets another workspace take the place of the one that is open, or opens it beside. Of what the user made, nothing goes without a way
    /// back: what is in its place before can be brought back while the tab lives, and what a file replaces is put aside in the store first
    /// ([`AppState::make_way`]).
    ///
    /// # Errors
    /// Why what is here stays; then everything is as it was.
    pub fn replace_whole(self, workspace: Workspace, why: Why) -> Result<(), NotReplaced> {
        let says = match why {
            Why::NewSample => "starting the sample over",
            Why::RehearsalCopy => "starting the rehearsal",
            Why::RehearsalAnew => "starting the rehearsal over",
            Why::OwnExport => "opening a file",
            Why::BroughtBack => "bringing back what was set aside",
            Why::RehearsalOverInSample => ENDED,
            Why::AnotherTenant => {
                self.saving.begin_tenant(workspace);
                return Ok(());
            }
            Why::RehearsalOver => {
                return self.saving.delete(ENDED).map(drop).map_err(NotReplaced::NotDeleted);
            }
            Why::StartOver => {
                let done = self.saving.delete("deleting everything here").map_err(NotReplaced::NotDeleted)?;
                if !done.left.is_empty() {
                    return Err(NotReplaced::StillThere(done.left.len()));
                }
                return Ok(());
            }
        };
        if self.saving.replace(workspace, says) { Ok(()) } else { Err(NotReplaced::ReadOnly) }
    }

    /// Puts what is open aside in the store, in slices, where it is to be so before something takes its place. Between this and
    /// [`AppState::replace_whole`] nothing may be waited for.
    ///
    /// # Errors
    /// It cannot be put aside; then everything is as it was.
    pub async fn make_way(self, why: Why) -> Result<(), NotReplaced> {
        if matches!(why, Why::OwnExport | Why::BroughtBack) && self.with_untracked(|w| *w != Workspace::default()) {
            self.saving.put_aside().await.map_err(NotReplaced::NotPutAside)?;
        }
        Ok(())
    }

    /// As [`AppState::replace_whole`], for what is made up, so that nothing has to be put aside. `false`: it was not done, and that is said.
    pub(super) fn replace_made_up(self, workspace: Workspace, why: Why) -> bool {
        let done = self.replace_whole(workspace, why);
        if let Err(error) = &done {
            self.toast(format!("It was not done: {}.", error.says()));
        }
        done.is_ok()
    }

    /// Opens a workspace that was set aside: a tenant beside the others, a sample or a rehearsal in its place, where what is there is put
    /// aside first.
    ///
    /// # Errors
    /// Why not; then everything is as it was.
    pub async fn bring_back(self, workspace: Workspace) -> Result<(), NotReplaced> {
        let Some(home) = self.saving.home_of(&workspace).filter(|home| home.slot() != Slot::Own) else {
            return self.replace_whole(workspace, Why::AnotherTenant);
        };
        self.saving.open_place(home);
        self.make_way(Why::BroughtBack).await?;
        self.replace_whole(workspace, Why::BroughtBack)
    }

    /// Begins a tenant in which nothing is, beside the others.
    pub fn begin_empty_tenant(self) {
        self.saving.begin_tenant(Workspace::default());
    }

    /// Makes the sample anew; plans and the wizard go with it.
    pub fn new_sample(self) {
        if self.replace_made_up(a_sample(EditionId::default()), Why::NewSample) {
            self.toast_replaced("The sample is started over.".into());
        }
    }

    /// Deletes the open workspace here and in the store, and says how that went.
    pub fn start_over(self) {
        self.intake.forget_kept();
        match self.replace_whole(Workspace::default(), Why::StartOver) {
            Ok(()) => self.toast_replaced("Everything in this workspace is deleted.".into()),
            Err(NotReplaced::StillThere(texts)) => self.toast_replaced(format!(
                "It is deleted, but the browser did not remove {} of it. They count for nothing and do not come back by themselves.",
                if texts == 1 { "one text".to_string() } else { format!("{texts} texts") }
            )),
            Err(error) => self.toast(format!("Nothing was deleted: {}.", error.says())),
        }
    }
}

/// A new sample, judged by `edition`.
pub(super) fn a_sample(edition: EditionId) -> Workspace {
    Workspace { tenant: sample::contoso(clock::now()), edition, ..Workspace::default() }
}
