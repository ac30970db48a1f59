//! What is taken along as a file: its name, and the download.

use super::state::AppState;
use crate::interop::{file_name, made_up};
use crate::platform::clock::{self, BrowserZone};
use crate::platform::files;
use crate::workspace::keys::Slot;
use crate::workspace::local_time::to_local;
use chrono::{DateTime, NaiveDate, Utc};
use leptos::task::spawn_local;

/// The day here of an instant (UTC).
fn today(at: DateTime<Utc>) -> NaiveDate {
    to_local(at, &BrowserZone).date()
}

impl AppState {
    /// The name of a file to download, which says where nothing in it is real. Untracked.
    pub fn file_name(self, name: &str) -> String {
        match self.saving.slot_untracked() {
            Slot::Own => name.to_string(),
            Slot::Sample => format!("sample-{name}"),
            Slot::Rehearsal => made_up::file_name(name),
        }
    }

    /// Offers the whole workspace as a file, which the import page reads again.
    pub fn download_workspace(self) {
        spawn_local(async move {
            // As it is now: what is changed meanwhile is not in the file.
            let Some(file) = self.saving.file().await else {
                return self.toast("It cannot be written as a file.".into());
            };
            self.offer_workspace(file);
        });
    }

    fn offer_workspace(self, file: files::Pieces) {
        let tenant = self.with_untracked(|w| w.tenant.name.clone());
        let name = format!("{}.json", file_name::dated(&["restore-desk", &tenant], today(clock::now())));
        if file.download(&name, "application/json") {
            self.toast(format!("{name} is in your downloads."));
        } else {
            self.toast("The browser refused the download.".into());
        }
    }

    /// Hands out a text as a file, by its whole name, and says so.
    pub fn hand_out(self, name: &str, mime: &str, text: &str) {
        self.toast(if files::download(name, mime, text) {
            format!("{name} is in your downloads.")
        } else {
            "The browser refused the download.".into()
        });
    }

    /// Hands out a table of the tenant: what it lists, as the end of its name that the tenant and the shown day complete.
    pub fn hand_out_table(self, what: &str, csv: &str) {
        let tenant = self.with_untracked(|w| w.tenant.name.clone());
        let name = format!("{}.csv", file_name::dated(&[&tenant, what], today(self.now_untracked())));
        // The mark at its beginning makes Excel read it as what it is.
        self.hand_out(&self.file_name(&name), "text/csv;charset=utf-8", &format!("\u{feff}{csv}"));
    }
}
