//! Reading the rescue file that `public/boot.js` makes without the program (docs/RESCUE.md): the texts of a browser's stores, as they
//! were. Whatever can be opened of them is opened; nothing is written.

use super::envelope::{self, Envelope, SCHEMA, Unreadable};
use super::keep::places::places;
use super::keep::{Found, look};
use super::keys::Slot;
use super::store::{Store, StoreError};
use crate::domain::order::Gather;
use crate::json::{self, Raw};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form of the file that is read.
const FORM: u64 = 1;

/// How much of a text is looked at to see what it is, in bytes.
const HEAD: usize = 200;

/// A workspace of a rescue file.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescued {
    pub from: From,
    pub envelope: Envelope,
}

/// Where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// In the browser's stores.
    Kept(Slot),
    /// In the memory of the tab alone.
    Unsaved,
}

impl From {
    /// Which it is, behind the name of the file.
    pub fn says(&self) -> &'static str {
        match self {
            From::Kept(Slot::Own) => "what was kept",
            From::Kept(Slot::Sample) => "the sample",
            From::Kept(Slot::Rehearsal) => "the rehearsal",
            From::Unsaved => "what was not saved",
        }
    }
}

#[derive(Deserialize)]
struct RescueFile<'a> {
    rescue: u64,
    #[serde(default)]
    made: Option<DateTime<Utc>>,
    #[serde(borrow, default)]
    keys: BTreeMap<String, Raw<'a>>,
    #[serde(borrow, default)]
    second: BTreeMap<String, Raw<'a>>,
    #[serde(borrow, default)]
    unsaved: BTreeMap<String, Raw<'a>>,
}

/// Whether a file of this app is a rescue file, by its first words.
pub fn is(text: &str) -> bool {
    text.char_indices().nth(HEAD).map_or(text, |(end, _)| text.get(..end).unwrap_or(text)).contains("\"rescue\":")
}

/// Everything in the file that can be opened; what was not saved comes first.
///
/// # Errors
/// It is damaged or of another form, or nothing of it can be opened.
pub fn read(text: &str) -> Result<Vec<Rescued>, Unreadable> {
    let whole: RescueFile<'_> = json::read(text).map_err(|e| Unreadable::Damaged(e.to_string()))?;
    if whole.rescue != FORM {
        return Err(Unreadable::Newer(u32::try_from(whole.rescue).unwrap_or(u32::MAX)));
    }
    let made = whole.made.unwrap_or_default();
    let unsaved = texts(&whole.unsaved);
    let open = |text: &String| envelope::read(text).ok().map(|envelope| Rescued { from: From::Unsaved, envelope });
    let mut all: Vec<Rescued> = unsaved.values().filter_map(open).collect();
    let first = Texts(texts(&whole.keys));
    let mut mended = first.0.clone();
    mended.extend(texts(&whole.second));
    let second = Texts(mended);
    for found in places(&first).unwrap_or_default() {
        // Where the first copy of a text is torn, the second one counts.
        let look_in = |store: &Texts| {
            let look = look(store, &found.place);
            let whole = look.troubles.is_empty();
            let state = look.state.filter(|_| matches!(look.found, Found::There | Found::Newer(_)))?;
            let saved = state.head.as_ref().map_or(made, |head| head.saved);
            let envelope = Envelope { saved, schema: SCHEMA, workspace: state.workspace, mended: state.mended };
            Some((whole, Rescued { from: From::Kept(found.place.slot()), envelope }))
        };
        let one = look_in(&first);
        let other = if one.as_ref().is_some_and(|(whole, _)| *whole) { None } else { look_in(&second) };
        let best = [other, one].into_iter().flatten().max_by_key(|(whole, _)| *whole);
        all.extend(best.map(|(_, rescued)| rescued));
    }
    all.retain(|rescued| rescued.envelope.workspace != super::Workspace::default());
    if all.is_empty() {
        return Err(Unreadable::Damaged("it holds no workspace that can be opened".to_string()));
    }
    Ok(all)
}

/// The texts that are whole; half a character cannot be held, and is in none that the app wrote.
fn texts(raw: &BTreeMap<String, Raw<'_>>) -> BTreeMap<String, String> {
    let text = |(key, raw): (&String, &Raw<'_>)| Some((key.clone(), json::read(raw.get()).ok()?));
    raw.iter().filter_map(text).into_map()
}

/// A store that is only read.
struct Texts(BTreeMap<String, String>);

impl Store for Texts {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.get(key).cloned())
    }
    fn set(&self, _: &str, _: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }
    fn remove(&self, _: &str) -> Result<(), StoreError> {
        Err(StoreError::Blocked)
    }
    fn keys(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.keys().cloned().collect())
    }
    fn copy(&self, _: &str, _: &str) -> Result<bool, StoreError> {
        Err(StoreError::Blocked)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Workspace;
    use super::*;
    use serde_json::json;

    fn named(name: &str) -> String {
        let mut w = Workspace::default();
        w.tenant.name = name.to_string();
        envelope::write(&w, "2026-11-28T05:00:00Z".parse().unwrap()).unwrap()
    }

    /// The names of what comes out, each with where it was; or the error.
    #[track_caller]
    fn check(file: serde_json::Value, expect: Result<&[(&str, &str)], &str>) {
        let text = file.to_string();
        let got = read(&text);
        let seen = got.as_ref().map(|all| {
            all.iter().map(|r| (r.envelope.workspace.tenant.name.as_str(), r.from.says())).collect::<Vec<_>>()
        });
        match (seen, expect) {
            (Ok(seen), Ok(expect)) => assert_eq!(seen, expect),
            (Err(why), Err(says)) => assert!(why.to_string().contains(says), "{why}"),
            (seen, expect) => panic!("{seen:?} instead of {expect:?}"),
        }
    }

    #[test]
    fn what_was_kept_and_what_was_not() {
        let keys = json!({
            "restore-desk/workspace": named("Fabrikam"), "restore-desk/sample": named("Sample"),
            "restore-desk/theme": "dark", "restore-desk/2/nonsense": "x",
        });
        let file = |keys: &serde_json::Value, second: serde_json::Value, unsaved: serde_json::Value| json!({"app": "restore-desk", "rescue": 1, "made": "2026-11-28T05:30:00Z", "keys": keys, "second": second, "unsaved": unsaved});
        let both = [("Fabrikam", "what was kept"), ("Sample", "the sample")];
        check(file(&keys, json!({}), json!({})), Ok(&both));
        let late = [("Later", "what was not saved"), both[0], both[1]];
        check(file(&keys, json!({}), json!({"workspace": named("Later"), "broken": "{"})), Ok(&late));
        let nothing = "no workspace that can be opened";
        check(file(&json!({"restore-desk/workspace": "torn"}), json!({}), json!({})), Err(nothing));
        check(json!({"app": "restore-desk", "rescue": 1}), Err(nothing));
        check(json!({"app": "restore-desk", "rescue": 2}), Err("newer version"));
        check(json!({"app": "restore-desk", "rescue": "x"}), Err("damaged"));
    }

    #[test]
    fn half_a_character_costs_only_its_own_text() {
        let other = serde_json::to_string(&named("Fabrikam")).unwrap();
        let text = format!(
            r#"{{"app":"restore-desk","rescue":1,"keys":{{"restore-desk/set-aside-1":"\ud83d","restore-desk/workspace":{other}}}}}"#
        );
        assert!(is(&text) && !is(&named("Rescue")));
        assert_eq!(read(&text).map(|all| all.len()), Ok(1));
    }

    #[test]
    fn nothing_is_written_to_what_is_rescued() {
        let texts = Texts([("a".to_string(), "b".to_string())].into());
        let blocked = || Some(StoreError::Blocked);
        assert_eq!(
            (texts.set("a", "c").err(), texts.remove("a").err(), texts.copy("a", "d").err()),
            (blocked(), blocked(), blocked())
        );
        assert_eq!((texts.get("a"), texts.keys()), (Ok(Some("b".to_string())), Ok(vec!["a".to_string()])));
    }
}
