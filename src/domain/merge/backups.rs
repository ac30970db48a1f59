//! Merging lists of manual backups and of application packages.

use super::super::fact::Origin;
use super::super::inventory::Inventory;
use super::super::manual_backup::ManualBackup;
use super::super::tenant::Tenant;
use super::absorb::{Import, observe_dynamics};
use super::preview::{Index, LineKind, Preview, PreviewLine};
use super::told::unknown_facts;
use super::{BackupChange, ListedFate, Note};
use crate::domain::order::Order as _;
use chrono::{DateTime, TimeDelta, Utc};

/// Whether Dynamics 365 apps are installed, for the environments that are known.
pub fn merge_applications(
    after: &mut Tenant,
    index: &Index,
    inventory: &Inventory,
    import: &Import,
    preview: &mut Preview,
) {
    for list in &inventory.applications {
        let place = list.environment.as_ref().and_then(|id| index.get(id)).copied();
        let Some(env) = place.and_then(|at| after.environments.get_mut(at)) else { continue };
        // L1: what is linked with finance and operations has apps, whatever a list of packages shows.
        let has_dynamics = list.has_dynamics.filter(|has| *has || env.finance.is_none());
        let changes = has_dynamics.map(|has| observe_dynamics(env, has, import)).unwrap_or_default();
        preview.lines.push(PreviewLine {
            id: env.id.clone(),
            name: env.name.clone(),
            what: if changes.is_empty() { LineKind::Unchanged } else { LineKind::Changed(changes) },
            unknown: unknown_facts(env, import.now),
            notes: list
                .dynamics_apps
                .first()
                .map(|first| Note::Installed { first: first.clone(), more: list.dynamics_apps.len() - 1 })
                .into_iter()
                .collect(),
        });
    }
}

/// Manual backups by id. A backup of an earlier list that the service no longer lists is taken off, and the preview says so: offering it
/// would promise a restore that must fail. A list that is not whole takes nothing off. The same instant may still be a system restore point (M7).
pub fn merge_backups(after: &mut Tenant, index: &Index, inventory: &Inventory, import: &Import, preview: &mut Preview) {
    for list in &inventory.backups {
        let place = list.environment.as_ref().and_then(|id| index.get(id)).copied();
        let Some(env) = place.and_then(|at| after.environments.get_mut(at)) else { continue };
        let change = |what, b: &ManualBackup| BackupChange::new(what, b, &env.name);
        for new in &list.backups {
            let mut new = new.clone();
            new.origin = Origin::Import(import.number);
            match env.backups.iter_mut().find(|b| b.id.eq_ignore_ascii_case(&new.id)) {
                None => {
                    preview.backups.push(change(ListedFate::Added, &new));
                    env.backups.push(new);
                }
                Some(old) => {
                    // Being told the same again keeps what was told first, and what only we know.
                    let merged = ManualBackup {
                        asked: new.asked.or(old.asked),
                        created_by: new.created_by.clone().or_else(|| old.created_by.clone()),
                        reported_expiry: new.reported_expiry.or(old.reported_expiry),
                        origin: old.origin.clone(),
                        // A table to the minute does not unsettle the exact instant that another list gave.
                        point: if same_minute(&old.point, &new.point) { old.point } else { new.point },
                        ..new
                    };
                    if *old != merged {
                        preview.backups.push(change(ListedFate::Changed, &merged));
                        *old = merged;
                    }
                }
            }
        }
        // A backup asked for a moment ago has no status and may not be listed yet (M3).
        let fresh = import.now.checked_sub_signed(TimeDelta::minutes(15));
        let mut gone = Vec::new();
        env.backups.retain(|b| {
            let listed = list.backups.iter().any(|n| n.id.eq_ignore_ascii_case(&b.id));
            let young = fresh.is_some_and(|line| b.point > line || b.asked.is_some_and(|a| a > line));
            let keep = listed || young || !list.whole || !matches!(b.origin, Origin::Import(_));
            if !keep {
                gone.push(change(ListedFate::NoLongerListed, b));
            }
            keep
        });
        preview.backups.append(&mut gone);
        env.backups.order_by(|a, b| a.point.cmp(&b.point).then_with(|| a.id.cmp(&b.id)));
        let oldest = env.backups.iter().map(|b| b.point).min();
        env.existed_by = env.existed_by.into_iter().chain(oldest).min();
    }
}

/// Whether `new` is `old` cut to its minute.
fn same_minute(old: &DateTime<Utc>, new: &DateTime<Utc>) -> bool {
    new.timestamp().rem_euclid(60) == 0
        && new.timestamp_subsec_nanos() == 0
        && old.timestamp().div_euclid(60) == new.timestamp().div_euclid(60)
}
