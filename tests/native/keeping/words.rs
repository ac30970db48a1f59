//! Everything that is said of how something is kept, as one list to read: `tests/golden/words-of-keeping.txt`.
//!
//! `UPDATE_GOLDEN=1 cargo test --no-default-features --test native keeping::words` refreshes it after a change that is meant.

use super::faulty::Faulty;
use super::*;
use crate::retention_golden::check;
use restore_desk::domain::command::Stays;
use restore_desk::domain::limits::Limit;
use restore_desk::workspace::desk::standing::Standing;
use restore_desk::workspace::desk::{TabDid, Way};
use restore_desk::workspace::edit::{NotMade, Thing};
use restore_desk::workspace::envelope::Unreadable;
use restore_desk::workspace::keep::journal::NotAnEntry;
use restore_desk::workspace::keep::record::NotARecord;
use restore_desk::workspace::keep::{EditId, NoFit, NotDeleted, NotFolded, NotKept, Told, Trouble, WhyWaits};
use restore_desk::workspace::keys::{Key, Slot};
use restore_desk::workspace::rescue::From;
use restore_desk::workspace::second::NoSecond;
use restore_desk::workspace::store::StoreError;
use restore_desk::workspace::typed::{InUtc, TypedError, WhyAsked as Asked};
use restore_desk::workspace::wizard::{Field, WizardStep};
use std::fmt::{Debug, Write};

/// A heading, and what is said of each; a value that is given with it keeps two apart.
fn list<T: Debug>(text: &mut String, of: &str, all: &[T], says: impl Fn(&T) -> String) {
    let _ = writeln!(text, "# {of}");
    for one in all {
        let name = format!("{one:?}");
        let name = name.split([' ', '(', '{']).next().unwrap_or_default();
        let _ = writeln!(text, "{name}: {}", says(one));
    }
    text.push('\n');
}

fn full() -> StoreError {
    StoreError::Full
}

fn unreadable() -> [Unreadable; 4] {
    let over = Limit::Rows.hold(Limit::Rows.most() + 1).unwrap_err();
    [
        Unreadable::NotOurs,
        Unreadable::Newer(7),
        Unreadable::TooMuch(over),
        Unreadable::Damaged("expected `,` at line 1 column 2".into()),
    ]
}

fn troubles() -> Vec<Trouble> {
    let store = Faulty::default();
    let head = Desk::begin(&store, "a").keeper.head().unwrap().clone();
    let record = Key::Record(place(), head.id.clone());
    let entry = Key::Entry(place(), named_tab("a"), 3);
    let missing = |first, last, after, before| Trouble::Missing { tab: named_tab("a"), first, last, after, before };
    let (one, two) = (second(60), second(120));
    let slot = Slot::Own;
    vec![
        Trouble::NoAnswer { key: record.clone(), error: full() },
        Trouble::Silent { key: record.clone() },
        Trouble::Record { key: record, why: NotARecord::Torn },
        Trouble::Entry { key: entry, why: NotAnEntry::Newer },
        missing(2, 2, None, None),
        missing(2, 2, Some(one), None),
        missing(2, 4, None, Some(two)),
        missing(2, 4, Some(one), Some(two)),
        Trouble::Lost { record: head.id.clone(), after: Some(one), before: two },
        Trouble::Lost { record: head.id.clone(), after: None, before: two },
        Trouble::Beside(Box::new(head)),
        Trouble::Earlier { slot, why: Unreadable::NotOurs },
    ]
}

fn keeping(text: &mut String) {
    let other = || StoreError::Other("disk error".into());
    list(text, "StoreError", &[StoreError::Blocked, full(), other()], StoreError::says);
    let not_a_record = [NotARecord::Torn, NotARecord::Misplaced, NotARecord::NewerForm(9)];
    let contents = unreadable().map(NotARecord::Content);
    list(text, "NotARecord", &not_a_record, NotARecord::says);
    list(text, "NotARecord, of what is in it", &contents, NotARecord::says);
    let entries = [NotAnEntry::Torn, NotAnEntry::Newer, NotAnEntry::Misplaced];
    list(text, "NotAnEntry", &entries, |why| why.says().to_string());
    list(text, "Trouble", &troubles(), |trouble| {
        let second = if trouble.torn().is_some() { "[a second copy may help] " } else { "" };
        let gap = trouble.gap().map(|gap| format!("[{gap}] ")).unwrap_or_default();
        assert_eq!(trouble.lacks(), !gap.is_empty(), "{trouble:?}");
        format!("{second}{gap}{}", trouble.says())
    });
    let not_kept = [NotKept::Store(full()), NotKept::NotReadBack, NotKept::Unwritable("no".into()), NotKept::Deleted];
    list(text, "NotKept", &not_kept, NotKept::says);
    let not_folded = [
        NotFolded::NoAnswer(full()),
        NotFolded::Store(full()),
        NotFolded::NotReadBack,
        NotFolded::NotUnderstood(NotARecord::Torn),
        NotFolded::Unwritable("no".into()),
        NotFolded::Overtaken,
        NotFolded::Deleted,
        NotFolded::ReadOnly,
        NotFolded::Nothing,
        NotFolded::NotSetAside(full()),
    ];
    list(text, "NotFolded", &not_folded, NotFolded::says);
    let not_deleted = [
        NotDeleted::NoAnswer(full()),
        NotDeleted::Changed,
        NotDeleted::Store(full()),
        NotDeleted::NotReadBack,
        NotDeleted::ReadOnly,
    ];
    list(text, "NotDeleted", &not_deleted, NotDeleted::says);
    let by = EditId { tab: named_tab("a"), n: 1 };
    let why = [
        WhyWaits::Contradicts { things: vec![Thing::Name], by: by.clone() },
        WhyWaits::Refused { rules: vec![], says: "the target is gone".into(), help: "choose another one".into() },
        WhyWaits::Because("the plan is gone".into()),
        WhyWaits::Needs(by),
        WhyWaits::Deleted,
        WhyWaits::Replaced,
        WhyWaits::Reappeared,
    ];
    list(text, "Why", &why, WhyWaits::says);
}

fn standing(text: &mut String) {
    let why = || NoSecond::Missing;
    let all = [
        Standing::Saved { only_second: 0, lacks: false },
        Standing::Saved { only_second: 1, lacks: false },
        Standing::Saved { only_second: 2, lacks: true },
        Standing::Saving { memory_only: false },
        Standing::Saving { memory_only: true },
        Standing::OneCopy { why: why(), lacks: false },
        Standing::OneCopy { why: why(), lacks: true },
        Standing::TabOnly(why()),
        Standing::NotSaved { changes: 1, why: full().says() },
        Standing::NotSaved { changes: 2, why: full().says() },
        Standing::NoAnswer(StoreError::Blocked),
        Standing::Deleted,
        Standing::ReadOnly,
    ];
    list(text, "Standing", &all, |s| {
        let trouble = if s.is_trouble() { "trouble" } else { "calm" };
        let ends = match (s.ends_with_the_tab(), s.asks_at_leaving()) {
            (true, _) => ", ends with the tab",
            (false, true) => ", asked at leaving",
            (false, false) => "",
        };
        format!("{} [{trouble}{ends}] {}", s.chip(), s.says())
    });
    let second = [
        NoSecond::Missing,
        NoSecond::Blocked,
        NoSecond::Full,
        NoSecond::NoAnswer { millis: 4001 },
        NoSecond::NotReadBack,
        NoSecond::Other("disk error".into()),
    ];
    list(text, "NoSecond", &second, NoSecond::sentence);
    let refused = || NoFit::Refused(NotMade::Because(Stays::NewerVersion));
    let housed = |home: Option<Place>, name: &str, why| TabDid::Housed { home, name: name.into(), why };
    let news = [
        TabDid::Told(Told::Replaced),
        TabDid::Told(Told::WentOver),
        TabDid::Told(Told::Back),
        TabDid::Told(Told::TakenBack),
        housed(Some(place()), "", NoFit::Replaced),
        housed(Some(place()), "Contoso", NoFit::Replaced),
        housed(Some(place()), "Contoso", refused()),
        housed(None, "Contoso", refused()),
        housed(None, "Contoso", NoFit::Replaced),
        TabDid::KeptAgain { name: String::new() },
        TabDid::KeptAgain { name: "Contoso".into() },
    ];
    list(text, "News", &news, TabDid::says);
}

fn things(text: &mut String) {
    use restore_desk::domain::answer::FactKey;
    let store = Faulty::default();
    let mut desk = Desk::begin(&store, "a");
    desk.w.tenant.environments[3].name = String::new();
    desk.edit(&store, backup(0, "b0", 1), 1);
    desk.edit(&store, keep_plan("Bring E0 back"), 2);
    let plan = desk.w.plans[0].number;
    let [step, later] = [0, 1].map(|n| desk.w.plans[0].plan.steps[n].id.clone());
    desk.edit(&store, rename("Once", 3), 3);
    desk.edit(&store, rename("Twice", 4), 4);
    let number = desk.w.log.entries[2].number;
    desk.edit(&store, Edit::TakeBack { number }, 5);
    let [backed, renamed] = [0, 1].map(|n| desk.w.log.entries[n].number);
    let undone = desk.w.log.undone[0].number;
    let all = [
        Thing::Name,
        Thing::Cloud,
        Thing::Capacity,
        Thing::Edition,
        Thing::Draft,
        Thing::Clock,
        Thing::Invented,
        Thing::Environment(env(0)),
        Thing::Environment(env(3)),
        Thing::Environment(env(9)),
        Thing::Environments,
        Thing::Fact(env(0), FactKey::Kind),
        Thing::FactOfMany(FactKey::Kind),
        Thing::Life(env(0)),
        Thing::Mode(env(0)),
        Thing::Restore(env(0)),
        Thing::RestoreEnd(env(0)),
        Thing::ActivityEnd(env(0)),
        Thing::Backup(env(0), "b0".into()),
        Thing::Backup(env(0), "b9".into()),
        Thing::Backup(env(9), "b0".into()),
        Thing::Earlier(env(0), second(60)),
        Thing::Plan(plan),
        Thing::Plan(99),
        Thing::Tick(plan, step),
        Thing::Tick(plan, later),
        Thing::Tick(plan, "none".into()),
        Thing::Tick(99, "none".into()),
        Thing::Entry(backed),
        Thing::Entry(renamed),
        Thing::Entry(undone),
        Thing::Entry(99),
    ];
    list(text, "Thing", &all, |thing| thing.says(&desk.w));
}

fn the_rest(text: &mut String) {
    list(text, "Way", &[Way::Undo, Way::Redo], |way| format!("{} / {}", way.word(), way.done()));
    list(text, "Unreadable", &unreadable(), ToString::to_string);
    let rescued = [From::Kept(Slot::Own), From::Kept(Slot::Sample), From::Kept(Slot::Rehearsal), From::Unsaved];
    list(text, "Rescued", &rescued, |from| from.says().to_string());
    let part = || "3/4".to_string();
    let day = second(0).date_naive();
    let typed = [
        TypedError::Empty,
        TypedError::NoDay,
        TypedError::NoYear(part()),
        TypedError::BadDate(part()),
        TypedError::BadTime(part()),
        TypedError::Unknown(part()),
        TypedError::Surplus(part()),
        TypedError::YearOrTime(2026),
        TypedError::OffsetOrEnd("+2".into()),
        TypedError::Zone(part()),
        TypedError::AwayAndTime,
        TypedError::Weekday(part(), day),
        TypedError::Unequal(part()),
        TypedError::TooFar,
        TypedError::Future(second(0)),
        TypedError::Past(second(0)),
    ];
    list(text, "TypedError", &typed, |why| why.says(&InUtc));
    let asked = [
        Asked::Twice,
        Asked::Never,
        Asked::DayOrMonth(part()),
        Asked::TimeOrDay(part()),
        Asked::DayOrHour(part()),
        Asked::WhichWeek(chrono::Weekday::Fri),
        Asked::Midnight,
        Asked::WhichToday,
        Asked::NoTime(day),
    ];
    list(text, "Typed two ways", &asked, Asked::says);
    list(text, "WizardStep", &WizardStep::ALL, |step| format!("{} / {}", step.title(false), step.title(true)));
    let fields = [
        Field::Source,
        Field::LocalTime,
        Field::Backup,
        Field::Target,
        Field::AuditLogs,
        Field::NewName,
        Field::SpecialApps,
        Field::Checks,
        Field::Confirm,
    ];
    list(text, "Field", &fields, |field| format!("#{} of {:?}", field.dom_id(), field.step()));
}

#[test]
fn everything_that_is_said_of_keeping() {
    let mut text = String::new();
    for part in [keeping, standing, things, the_rest] {
        part(&mut text);
    }
    check("words-of-keeping.txt", &text);
}
