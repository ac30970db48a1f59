//! What is missing, as far as that can be known: an edit is one of a row, names what its tab had seen, and stands on a record.

use super::journal::JournalEntry;
use super::record::Head;
use super::replay::{Replay, stood_on_lost};
use super::trouble::Trouble;
use crate::workspace::keys::{RecordId, Tab};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What is missing in a state that stands on `head`, and in which `entries` were made since.
pub(super) fn gaps<'a>(
    head: Option<&Head>,
    replay: &Replay,
    entries: impl Iterator<Item = &'a JournalEntry> + Clone,
) -> Vec<Trouble> {
    let saved = head.map(|head| head.saved);
    let mut found = Vec::new();
    for (tab, upto) in &replay.seen.0 {
        for (first, last) in &upto.missing {
            // The record may lack it itself.
            let folded = head.and_then(|head| head.folded.0.get(tab)).is_some_and(|folded| folded.n >= *last);
            let later = entries.clone().filter(|e| e.id.tab == *tab && e.id.n > *last).map(|e| e.stamp).min();
            let (after, before) = if folded { (None, saved) } else { (saved, later.and_then(instant)) };
            found.push(Trouble::Missing { tab: tab.clone(), first: *first, last: *last, after, before });
        }
    }
    // What others had seen of a tab of which nothing later is there.
    let mut named: BTreeMap<&Tab, (u64, i64)> = BTreeMap::new();
    for entry in entries.clone() {
        for (tab, upto) in &entry.seen.0 {
            let known = replay.seen.0.get(tab);
            let forgotten = known.is_none() && replay.horizon.is_some_and(|horizon| upto.stamp <= horizon);
            if upto.n > known.map_or(0, |known| known.n) && !forgotten {
                let (last, before) = named.entry(tab).or_insert((upto.n, entry.stamp));
                (*last, *before) = (upto.n.max(*last), entry.stamp.min(*before));
            }
        }
    }
    for (tab, (last, before)) in named {
        let first = replay.seen.0.get(tab).map_or(0, |known| known.n).saturating_add(1);
        found.push(Trouble::Missing { tab: tab.clone(), first, last, after: saved, before: instant(before) });
    }
    let mut lost: BTreeMap<&RecordId, i64> = BTreeMap::new();
    for entry in entries {
        if let Some(id) = stood_on_lost(entry, head) {
            let first = lost.entry(id).or_insert(entry.stamp);
            *first = entry.stamp.min(*first);
        }
    }
    found.extend(lost.into_iter().filter_map(|(record, before)| {
        Some(Trouble::Lost { record: record.clone(), after: saved, before: instant(before)? })
    }));
    found
}

fn instant(stamp: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(stamp)
}
