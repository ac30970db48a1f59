//! Any bytes as an inventory: read without a panic, with bounded work, and what is kept passes the door.

use super::{Came, ensure, same, shape, words};
use chrono::{DateTime, TimeZone, Utc};
use restore_desk::domain::command::{Command, apply};
use restore_desk::domain::door;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::outlook::outlooks;
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::import::{Severity, looked, read, read_in_order};
use restore_desk::words::Say;
use restore_desk::workspace::Workspace;
use restore_desk::workspace::envelope;
use std::collections::{BTreeSet, HashSet};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 11, 24, 6, 30, 0).unwrap()
}

pub fn look(bytes: &[u8]) -> Came {
    let before = looked();
    let got = read("made for a test", bytes, now(), |_| 60);
    let work = looked() - before;
    // A row is held against every format, however short it is.
    let rows = bytes.iter().filter(|b| b"\r\n{".contains(b)).count();
    let most = 100 * bytes.len() as u64 + 5_000 * rows as u64 + 100_000;
    ensure(work < most, || format!("{work} looked at in {} bytes, {rows} rows", bytes.len()))?;
    let is_error = got.findings.iter().any(|f| f.severity == Severity::Error);
    let used = got.inventory.is_some() || got.own_export.is_some();
    ensure(used || is_error, || "nothing was used, and nothing says why".into())?;
    for f in &got.findings {
        ensure(!f.says.is_empty() && f.value.chars().count() <= 81, || format!("{f:?}"))?;
    }
    let turned = read_in_order("made for a test", bytes, now(), |_| 60, bytes.len() % 7, bytes.len().is_multiple_of(2));
    same("the order of the formats counts", &turned, &got)?;
    let format = got.inventory.as_ref().map(|i| i.format.clone()).unwrap_or_default();
    let told: BTreeSet<_> = got.findings.iter().map(|f| (f.severity, words(&f.says))).take(6).collect();
    let mut refused = false;
    if let Some(inventory) = got.inventory {
        let mut ids = HashSet::new();
        let twice = inventory.environments.iter().find(|o| !ids.insert(o.id.to_ascii_lowercase()));
        ensure(twice.is_none(), || format!("{twice:?} is there twice"))?;
        match apply(Edition::default_edition(), &Tenant::default(), Command::Import(inventory), now()) {
            Ok((tenant, _)) => kept(tenant)?,
            Err(refusal) => {
                refused = true;
                ensure(!refusal.says().is_empty(), || "a refusal says nothing".into())?;
            }
        }
    }
    Ok(shape((format, told, refused)))
}

/// What an import made of nothing.
fn kept(tenant: Tenant) -> Result<(), String> {
    let mut again = tenant.clone();
    let mended = door::tenant(&mut again, now());
    ensure(mended.is_empty(), || format!("what was kept is mended: {mended:?}"))?;
    same("the door changes what was kept", &again, &tenant)?;
    let _ = outlooks(Moment::new(Edition::default_edition(), &tenant, now()));
    let w = Workspace { tenant, ..Workspace::default() };
    let text = envelope::write(&w, now())?;
    let back = envelope::read(&text).map_err(|e| format!("what was written cannot be read: {e}"))?;
    same("what was kept is read back differently", &back.workspace, &w)
}
