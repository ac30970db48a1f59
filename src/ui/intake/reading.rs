//! Reading what was given, slice by slice, so that the page stays alive and the reading can be stopped.

use super::super::route::Route;
use super::super::state::AppState;
use super::{Given, Intake, LONGEST_NAME, Shared};
use crate::domain::characters::one_line;
use crate::domain::limits::Limit;
use crate::interop::import;
use crate::interop::travel;
use crate::platform::clock::{self, BrowserZone};
use crate::platform::files;
use crate::workspace::envelope::{Envelope, Slowly, Unreadable};
use crate::workspace::local_time::Zone;
use crate::workspace::rescue;
use leptos::task::spawn_local;
use web_sys::File;

impl Intake {
    /// Says how far the reading of an item has come; `false` where somebody stopped it.
    fn goes_on(self, number: u32, at: usize, of: usize) -> bool {
        let percent = u8::try_from(at.saturating_mul(100) / of.max(1)).unwrap_or(100).min(100);
        let there = self.items.try_with_untracked(|items| items.iter().any(|i| i.number == number)) == Some(true);
        if there {
            self.progress.try_maybe_update(|told| {
                let before = *told;
                // A text is searched in more than one way, each from its beginning.
                *told = (number, if told.0 == number { told.1.max(percent) } else { percent });
                (*told != before, ())
            });
        }
        there
    }

    /// Reads the bytes of an item, slice by slice. What was stopped leaves nothing behind.
    async fn read(self, number: u32, name: &str, bytes: &[u8]) {
        let watch = async |at, of| {
            clock::breathe().await;
            self.goes_on(number, at, of)
        };
        let mut place = Some((number, name.to_string()));
        for (what, given) in understand(name, bytes, watch).await.unwrap_or_default() {
            // A rescue file may hold several workspaces: each is an item of its own.
            #[allow(clippy::cast_precision_loss)]
            let next = || self.add(format!("{name}: {what}"), bytes.len() as f64);
            let (number, name) = match place.take() {
                Some((number, name)) if what.is_empty() => (Some(number), name),
                Some((number, name)) => (Some(number), format!("{name}: {what}")),
                None => (next(), String::new()),
            };
            let Some(number) = number else { return };
            self.put(number, given);
            if !name.is_empty() {
                self.answer(number, |item| item.name = one_line(&name, LONGEST_NAME));
            }
        }
    }

    /// Takes files in, one after another; the first says so on screen before it is read, for reading can take long.
    pub fn files(self, app: AppState, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        app.go(Route::Import);
        let waiting: Vec<(Option<u32>, File)> =
            files.into_iter().map(|file| (self.add(file.name(), file.size()), file)).collect();
        spawn_local(async move {
            for (number, file) in waiting {
                let Some(number) = number else { return };
                // Before a byte of it is read: what is too large would take all memory there is.
                if let Err(over) = Limit::File.hold(size(&file)) {
                    self.put(number, Given::Read(Shared::new(import::refused(over))));
                    continue;
                }
                clock::pause(PAINT_MILLIS).await;
                if !self.goes_on(number, 0, 1) {
                    continue;
                }
                match files::bytes(&file).await {
                    Ok(bytes) => self.read(number, &file.name(), &bytes).await,
                    Err(why) => self.put(number, Given::Failed(why)),
                }
            }
        });
    }

    /// Takes a pasted text in.
    pub fn text(self, app: AppState, text: String) {
        app.go(Route::Import);
        // The length of a text on this machine is far below what `f64` holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let Some(number) = self.add(PASTED.into(), text.len() as f64) else { return };
        spawn_local(async move {
            clock::pause(PAINT_MILLIS).await;
            self.read(number, PASTED, text.as_bytes()).await;
        });
    }
}

/// What a pasted text is called.
const PASTED: &str = "pasted text";

/// Long enough for the browser to paint "Reading …" before the reading begins.
const PAINT_MILLIS: i32 = 40;

/// Bytes of a file of this app that are read before it is looked whether the page is to have its turn.
const SLICE: usize = 64 * 1024;

/// Bytes. What a browser says is a whole number that is not negative; above all that is read it does not matter how much.
fn size(file: &File) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = file.size().clamp(0.0, f64::from(u32::MAX)) as u32;
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// What the bytes are, each with what it is called behind the name of the file; `None` where `watch` stopped the reading.
async fn understand(
    name: &str,
    bytes: &[u8],
    mut watch: impl AsyncFnMut(usize, usize) -> bool,
) -> Option<Vec<(&'static str, Given)>> {
    let now = clock::now();
    let mut read = import::read_slowly(name, bytes, now, |at| BrowserZone.offset_minutes(at), &mut watch).await?;
    let workspace = |read: Result<Envelope, Unreadable>| match read {
        Ok(envelope) => Given::Workspace(Shared::new(envelope)),
        Err(why) => Given::BrokenWorkspace(why),
    };
    let given = match read.own_export.take() {
        Some(text) if rescue::is(&text) => {
            return Some(match rescue::read(&text) {
                Ok(all) => all.into_iter().map(|one| (one.from.says(), workspace(Ok(one.envelope)))).collect(),
                Err(why) => vec![("", workspace(Err(why)))],
            });
        }
        None => Given::Read(Shared::new(read)),
        Some(text) if travel::is_plan(&text) => match travel::read_file(&text) {
            Ok(parcel) => Given::Plan(Shared::new(parcel)),
            Err(why) => Given::BrokenPlan(why),
        },
        Some(text) => {
            let mut reading = Slowly::new();
            while !reading.step(&text, SLICE) {
                if !watch(reading.done(), text.len()).await {
                    return None;
                }
            }
            workspace(reading.finish(&text))
        }
    };
    Some(vec![("", given)])
}
