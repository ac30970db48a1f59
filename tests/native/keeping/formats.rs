//! Texts that were written once, kept for ever: every later build must open them.
//!
//! `WRITE_STORED=1` writes those that are missing; one that is there is never written again.

use super::faulty::Faulty;
use super::*;
use restore_desk::domain::checksum::checksum;
use restore_desk::workspace::envelope::{self, SCHEMA, Unreadable};
use restore_desk::workspace::keep::look::Newer;
use restore_desk::workspace::keep::places::AsideUnreadable;
use restore_desk::workspace::keep::{Found, Look, NotEdited, NotFolded, look, pack, places, record, seal};
use restore_desk::workspace::keys::{Key, Slot};
use restore_desk::workspace::store::Store;
use std::fs;
use std::path::Path;

/// A text of `tests/data/stored`.
fn stored(name: &str, make: impl Fn() -> String) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stored").join(name);
    if !path.exists() && std::env::var("WRITE_STORED").is_ok() {
        fs::write(&path, make()).unwrap();
    }
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What a user of this build has: environments, a log, a plan with a tick, a draft, something that waits.
fn used() -> (Faulty, Desk) {
    let store = Faulty::default();
    let mut one = Desk::begin(&store, "one");
    let (mut two, _) = Desk::open(&store, "two");
    one.edit(&store, backup(0, "before 9.2", 1), 1);
    one.edit(&store, managed(3, false, 2), 2);
    one.edit(&store, keep_plan("Bring Sales back"), 3);
    let step = some_plan("p").steps.first().map(|s| s.id.clone()).unwrap();
    one.edit(&store, Edit::Tick { plan: 1, id: step, done: true }, 4);
    one.edit(&store, draft("Sales UAT"), 5);
    one.edit(&store, rename("Contoso \u{2028} \u{1F980}", 6), 6);
    two.edit(&store, rename("Other", 7), 7);
    one.keeper.fold(&store, &mut one.w, second(8)).unwrap();
    (store, one)
}

fn record_key() -> Key {
    Key::Record(place(), "3.one".parse().unwrap())
}

#[test]
fn a_record_of_this_build_is_opened_for_ever() {
    let text = stored("record-2.txt", || used().0.all()[&record_key().to_string()].clone());
    let store = Faulty::default();
    store.set(&record_key().to_string(), &text).unwrap();
    let (desk, opened) = Desk::open(&store, "x");
    assert_eq!((opened.found, opened.mended), (Found::There, vec![]));
    let w = &desk.w;
    assert_eq!(w.tenant.name, "Contoso \u{2028} \u{1F980}");
    assert!(desk.has_backup("before 9.2"));
    assert_eq!((w.tenant.environments.len(), w.plans[0].done.len(), w.log.entries.len()), (4, 1, 3));
    assert_eq!(w.draft.as_ref().map(|d| d.new_name.as_str()), Some("Sales UAT"));
    let waiting: Vec<_> = desk.keeper.waiting().iter().filter_map(|w| w.made()).map(|m| m.edit.clone()).collect();
    assert_eq!(waiting, [rename("Other", 7)]);
    let head = desk.keeper.head().unwrap();
    assert_eq!((head.environments, head.name.as_str(), head.saved), (4, "Contoso \u{2028} \u{1F980}", second(8)));
}

#[test]
fn a_journal_of_this_build_is_opened_for_ever() {
    let text = stored("entries-2.txt", || {
        let store = Faulty::default();
        let mut desk = Desk { w: Workspace::default(), ..Desk::open(&store, "one").0 };
        desk.edit(&store, rename("Contoso", 1), 1);
        desk.edit(&store, keep_plan("Bring Sales back"), 2);
        desk.edit(&store, Edit::RemovePlan { number: 1 }, 3);
        desk.edit(&store, draft("Sales UAT"), 4);
        (1..=4).map(|n| store.all()[&Key::Entry(place(), named_tab("one"), n).to_string()].clone() + "\n").collect()
    });
    let store = Faulty::default();
    for (n, line) in (1..).zip(text.lines()) {
        store.set(&Key::Entry(place(), named_tab("one"), n).to_string(), line).unwrap();
    }
    let (desk, opened) = Desk::open(&store, "x");
    assert_eq!((opened.found, desk.keeper.troubles.len(), desk.keeper.waiting().len()), (Found::There, 0, 0));
    assert_eq!((desk.w.tenant.name.as_str(), desk.w.plans.len()), ("Contoso", 0));
    assert_eq!(desk.w.draft.as_ref().map(|d| d.new_name.as_str()), Some("Sales UAT"));
}

#[test]
fn what_the_build_before_records_left_is_opened_for_ever() {
    let text = stored("workspace-1.json", || envelope::write(&used().1.w, second(8)).unwrap());
    let store = Faulty::default();
    store.set(Slot::Own.key(), &text).unwrap();
    let place = Place::of_earlier(Slot::Own, &text).unwrap();
    let Look { found, state, troubles } = look(&store, &place);
    assert_eq!((found, troubles), (Found::There, vec![]));
    let state = state.unwrap();
    assert_eq!((state.workspace.tenant.environments.len(), state.workspace.plans.len()), (4, 1));
    assert_eq!((state.earlier, state.head), (Some(checksum(text.as_bytes())), None));
}

/// A record of the golden text with another schema, form, or inner text.
fn newer(form: u32, schema: u32, change: impl Fn(String) -> String) -> Faulty {
    let store = used().0;
    let key = record_key().to_string();
    let text = store.all()[&key].clone();
    let mut head = record::read_head(&text, &record_key()).unwrap();
    let body = text.split_once('\n').unwrap().1;
    let inner = pack::unpack(body, head.bytes).unwrap();
    (head.record, head.schema) = (form, schema);
    let packed = pack::Packing::new(change(inner)).finish();
    store.map.borrow_mut().insert(key, record::write(&mut head, &packed).unwrap());
    store
}

#[test]
fn a_newer_schema_opens_read_only_where_it_is_understood() {
    let schema = SCHEMA + 1;
    let store = newer(record::FORM, schema, |inner| {
        inner.replace(&format!("\"schema\":{SCHEMA}"), &format!("\"schema\":{schema},\"new\":[1]"))
    });
    let before = store.all();
    let (mut desk, opened) = Desk::open(&store, "x");
    assert_eq!(opened.found, Found::Newer(Newer::Schema(schema)));
    assert_eq!(desk.w.tenant.environments.len(), 4);
    assert_eq!(desk.keeper.head().map(|head| head.id.to_string()).as_deref(), Some("3.one"), "it is the newest one");
    let made = Made::new(rename("N", 9), &desk.w, second(9));
    assert_eq!(desk.keeper.edit(&store, &mut desk.w, made), Err(NotEdited::ReadOnly));
    assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(9)), Err(NotFolded::ReadOnly));
    assert!(desk.keeper.delete(&store, &mut desk.w, second(9)).is_err());
    assert_eq!(store.all(), before);
}

#[test]
fn a_newer_schema_that_is_not_understood_is_left() {
    let schema = SCHEMA + 1;
    let store = newer(record::FORM, schema, |inner| {
        inner
            .replace(&format!("\"schema\":{SCHEMA}"), &format!("\"schema\":{schema}"))
            .replace("\"environments\":", "\"surroundings\":")
    });
    let before = store.all();
    let look = look(&store, &place());
    assert!(matches!(look.found, Found::Newer(_)), "{:?}", look.found);
    let (mut desk, _) = Desk::open(&store, "x");
    assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(9)), Err(NotFolded::ReadOnly));
    assert_eq!(store.all(), before);
    assert!(places::aside(&store).unwrap().iter().any(|a| a.key == record_key().to_string()));
}

#[test]
fn what_stands_beside_the_workspace_and_is_not_understood_makes_the_record_damaged() {
    let store = newer(record::FORM, SCHEMA, |inner| format!("{{\"recent\":7}}\n{}", inner.split_once('\n').unwrap().1));
    let key = record_key();
    let text = store.all()[&key.to_string()].clone();
    let head = record::read_head(&text, &key).unwrap();
    assert!(matches!(record::read(&text, head), Err(record::NotARecord::Content(_))));
}

#[test]
fn a_newer_form_is_left() {
    let store = newer(record::FORM + 1, SCHEMA, |inner| inner);
    let before = store.all();
    let look = look(&store, &place());
    assert_eq!((look.found, look.state), (Found::Newer(Newer::Form(record::FORM + 1)), None));
    let (mut desk, _) = Desk::open(&store, "x");
    assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(9)), Err(NotFolded::ReadOnly));
    assert_eq!(store.all(), before);
}

#[test]
fn a_newer_edit_makes_the_place_read_only() {
    let (store, _) = used();
    let key = Key::Entry(place(), named_tab("two"), 2).to_string();
    let json = r#"{"app":"restore-desk","entry":2,"place":"t-one","t":"two","n":2,"stamp":9,"act":{"sing":"la"}}"#;
    store.set(&key, &seal::seal(json)).unwrap();
    let (mut desk, opened) = Desk::open(&store, "x");
    assert_eq!(opened.found, Found::Newer(Newer::Entry));
    assert_eq!(desk.keeper.fold(&store, &mut desk.w, second(9)), Err(NotFolded::ReadOnly));
}

/// Whatever is torn, cut or moved: no panic, and it is told.
#[test]
fn texts_that_are_not_what_they_should_be() {
    let (store, _) = used();
    let key = record_key();
    let text = store.all()[&key.to_string()].clone();
    let torn = |text: &str| {
        let read = record::read_head(text, &key).and_then(|head| record::read(text, head));
        assert!(read.is_err(), "{}", text.chars().take(80).collect::<String>());
    };
    let letters: Vec<char> = text.chars().collect();
    for cut in (0..letters.len()).step_by(97).chain(letters.len() - 3..letters.len()) {
        torn(&letters[..cut].iter().collect::<String>());
        let mut changed = letters.clone();
        changed[cut] = if changed[cut] == 'a' { 'b' } else { 'a' };
        torn(&changed.iter().collect::<String>());
    }
    for other in
        ["", "\n", "{}", "{}\n", "null", "[1]", r#"{"seal":"00000000"}"#, &seal::seal("{\"app\":\"restore-desk\"}")]
    {
        torn(other);
        assert!(places::open(other).is_err());
    }
    let elsewhere = Key::Record(Place::Sample, "3.one".parse().unwrap());
    assert_eq!(record::read_head(&text, &elsewhere), Err(record::NotARecord::Misplaced));
}

#[test]
fn a_large_text_of_a_newer_schema_is_told_by_all_of_it_and_not_by_its_head() {
    let schema = SCHEMA + 1;
    let key = record_key().to_string();
    let content = |form: u32, schema: u32, put: &str| {
        let store = newer(form, schema, |inner| {
            let inner = inner
                .replace(&format!("\"schema\":{SCHEMA}"), &format!("\"schema\":{schema}"))
                .replace("\"environments\":[", put);
            format!("{inner}{}", " ".repeat(300_000))
        });
        // As a text that stands aside.
        let aside = Key::Aside(Id::new("here").unwrap()).to_string();
        let text = store.map.borrow_mut().remove(&key).unwrap();
        store.map.borrow_mut().insert(aside.clone(), text);
        let found = places::aside(&store).unwrap();
        found.into_iter().find(|a| a.key == aside).unwrap().content
    };
    for schema in [SCHEMA, schema] {
        let told = content(record::FORM, schema, "\"environments\":[").unwrap();
        assert_eq!((told.environments, told.saved), (4, second(8)), "{schema}");
    }
    let refused = AsideUnreadable::Envelope(Unreadable::Newer(schema));
    assert_eq!(content(record::FORM, schema, "\"surroundings\":["), Err(refused));
}

#[test]
fn a_small_text_is_told_by_all_of_it() {
    for (garbage, told) in [(false, true), (true, false)] {
        let store = newer(record::FORM, SCHEMA, |inner| match inner.split_once('\n') {
            Some((beside, _)) if garbage => format!("{beside}\nnothing"),
            _ => inner,
        });
        let text = store.map.take().remove(&record_key().to_string()).unwrap();
        store.map.borrow_mut().insert(Key::Aside(Id::new("here").unwrap()).to_string(), text);
        let found = places::aside(&store).unwrap();
        assert_eq!(found.iter().map(|a| a.content.is_ok()).collect::<Vec<_>>(), [told]);
    }
}
