//! Keeping what was given, worked out in slices, and saying how it went.

use super::super::replacing::Why;
use super::super::state::AppState;
use super::staging::ROWS;
use super::{Given, Intake, Keeping, in_order};
use crate::domain::command::{Command, Event, JudgedTenant, Refusal, WorkedOut, WorkingOut};
use crate::domain::edition::Edition;
use crate::domain::inventory::Inventory;
use crate::domain::moment::Moment;
use crate::domain::readiness::assess_slowly;
use crate::platform::clock;
use crate::words::Say;
use crate::workspace::Workspace;
use crate::workspace::desk::Replaced;
use crate::workspace::keys::{Place, Slot};
use chrono::{DateTime, Utc};
use leptos::task::spawn_local;
use std::sync::Arc;

impl Intake {
    /// Waits until what was done is stored, then says what it was.
    fn tell_when_kept(self, app: AppState, says: Vec<String>) {
        self.kept.set(Keeping::Writing);
        app.saving.forget_moved_away();
        spawn_local(self.kept_or_not(app, says, app.saving.place_untracked()));
    }

    async fn kept_or_not(self, app: AppState, says: Vec<String>, place: Place) {
        // What was done, keeping it, and saying so are shown each in a turn of its own.
        clock::pause(0).await;
        let done = app.saving.keep_now(&place).await;
        clock::pause(0).await;
        self.kept.try_set(match done {
            Ok(()) => Keeping::Kept { says, place },
            Err(why) => Keeping::InMemory { says, why, place },
        });
    }

    /// Opens a file of another tenant as a tenant of its own, beside the others.
    ///
    /// # Errors
    /// Why it cannot be opened; then everything is as it was.
    pub async fn stand_alone(self, app: AppState, number: u32) -> Result<(), Refusal> {
        if self.kept.get_untracked() == Keeping::Writing {
            return Ok(());
        }
        let item = self.items.with_untracked(|items| items.iter().find(|i| i.number == number).cloned());
        let Some(inventory) = item.and_then(|i| i.settled()) else { return Ok(()) };
        let now = clock::now();
        self.kept.set(Keeping::Writing);
        let edition = app.edition_untracked();
        let mut fresh = Workspace { edition: app.with_untracked(|w| w.edition.clone()), ..Workspace::default() };
        let import = worked_out(&fresh, inventory, now, now).await;
        let done = fresh.run(edition, Command::WorkedOut(Arc::new(import)), now, now, None);
        let events = done.inspect_err(|_| drop(self.kept.try_set(Keeping::Nothing)))?;
        // In a place of its own nothing stands against it.
        app.replace_made_up(fresh, Why::AnotherTenant);
        self.discard(number);
        self.tell_when_kept(app, of_tenant(events));
        Ok(())
    }

    /// Keeps everything that can be kept, in the user's own workspace. What is refused stays, with the reason.
    pub fn keep(self, app: AppState) {
        if self.kept.get_untracked() == Keeping::Writing {
            return;
        }
        app.saving.open_slot(Slot::Own);
        app.saving.forget_moved_away();
        let place = app.saving.place_untracked();
        self.kept.set(Keeping::Writing);
        spawn_local(async move {
            let there: Vec<u32> = self.items.with_untracked(|items| items.iter().map(|i| i.number).collect());
            let says = self.keep_each(app, &place).await;
            if says.is_empty() {
                self.kept.try_set(Keeping::Nothing);
                return;
            }
            // What could not be read at all has been seen; only what can still be settled stays, and what came meanwhile.
            self.items.try_update(|items| {
                items.retain(|i| {
                    let can_be_settled =
                        i.inventory().is_some() || matches!(i.what, Given::Workspace(_) | Given::Plan(_));
                    can_be_settled || !there.contains(&i.number)
                });
            });
            self.kept_or_not(app, says, place).await;
        });
    }

    /// Keeps one after another what can be kept, and tells what that did.
    async fn keep_each(self, app: AppState, place: &Place) -> Vec<String> {
        let numbers: Vec<u32> = self.items.with_untracked(|items| in_order(items).map(|i| i.number).collect());
        let (mut says, mut before) = (Vec::new(), None);
        for number in numbers {
            // It may have been discarded meanwhile.
            let item = self.items.try_with_untracked(|items| items.iter().find(|i| i.number == number).cloned());
            let Some(inventory) = item.flatten().and_then(|i| i.settled()) else { continue };
            match import(app, inventory, place, &mut before).await {
                Ok(events) => {
                    says.extend(of_tenant(events));
                    self.items.try_update(|items| items.retain(|i| i.number != number));
                }
                Err(refusal) => self.answer(number, |item| item.refused = Some(refusal)),
            }
        }
        // One step takes back all that was kept at once.
        if let Some(before) = before {
            app.saving.remember_adding(before);
        }
        says
    }
}

/// The first of what happened to the tenant, and not to single environments.
fn of_tenant(events: Vec<Event>) -> Vec<String> {
    events.into_iter().filter(|e| e.environment.is_none()).map(|e| e.says().capital().to_string()).take(3).collect()
}

/// Works out in slices what an import would do to the tenant of `w` at `at` (UTC), and how what comes of it is judged at `now` (UTC).
async fn worked_out(w: &Workspace, inventory: Inventory, at: DateTime<Utc>, now: DateTime<Utc>) -> WorkedOut {
    let mut working = WorkingOut::new(w.tenant.clone(), inventory, at);
    clock::in_slices(|| working.step(ROWS)).await;
    let mut import = working.finish();
    clock::breathe().await;
    if let Some(after) = import.after() {
        let edition = Edition::find(&w.edition).unwrap_or_else(Edition::default_edition);
        let planned = w.planned();
        // What it is compared with, too.
        let before = w.seen_last(edition, now);
        for (tenant, now) in [Some((after.clone(), now)), before].into_iter().flatten() {
            let readiness = assess_slowly(Moment::new(edition, &tenant, now), &planned, clock::breathe).await;
            import.judge(JudgedTenant { tenant, edition: edition.id(), now, planned: planned.clone(), readiness });
        }
    }
    import
}

/// Keeps an import in `place`, worked out beforehand in slices. Where the tenant was changed meanwhile it is worked out again, and at last in
/// one go. Whoever went on to another place stays there. `before`: what was there before the first of them.
async fn import(
    app: AppState,
    inventory: Inventory,
    place: &Place,
    before: &mut Option<Replaced>,
) -> Result<Vec<Event>, Refusal> {
    let (mut went, mut wants, mut done, mut here) = (None, None, None, None);
    for _ in 0..TRIES {
        let real = clock::now();
        let w = app.saving.workspace_of(place);
        let at = w.present(w.now(real));
        let import = worked_out(&w, inventory.clone(), at, w.now(real)).await;
        went = Some(app.saving.place_untracked()).filter(|shown| shown != place).or(went);
        wants = app.saving.opening_untracked().or(wants);
        app.saving.open_place(place.clone());
        if app.with_untracked(|now| now.tenant == w.tenant && now.present(now.now(real)) == at) {
            here = app.saving.before_adding();
            done = Some(app.run_in(Command::WorkedOut(Arc::new(import)), at, None, real));
            break;
        }
    }
    let done = done.unwrap_or_else(|| {
        here = app.saving.before_adding();
        app.run(Command::Import(inventory))
    });
    if done.is_ok() && before.is_none() {
        *before = here;
    }
    if let Some(went) = went {
        app.saving.open_place(went);
    }
    if let Some(wants) = wants {
        app.saving.open_soon(wants);
    }
    done
}

/// How often an import is worked out beforehand.
const TRIES: usize = 3;
