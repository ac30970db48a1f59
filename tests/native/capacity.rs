//! Storage: the four documented cases of docs/RULES.md, the 1 GB of T7, and numbers that cannot be right.

use crate::laws::cases;
use proptest::prelude::*;
use restore_desk::domain::capacity::{Balance, Capacity, Storage, balance};
use restore_desk::domain::edition::Edition;
use restore_desk::domain::rule::RuleId;
use restore_desk::words::Say;

/// Gigabytes entitled and used, as the documentation writes them.
fn gb(database: (f64, f64), log: (f64, f64), file: (f64, f64)) -> Capacity {
    let storage = |(entitled, used): (f64, f64)| Storage { entitled_mb: entitled * 1024.0, used_mb: used * 1024.0 };
    Capacity { database: storage(database), log: storage(log), file: storage(file) }
}

/// What is missing after covering and what is free, in gigabytes: database, log, file, free.
#[track_caller]
fn check(capacity: Capacity, over: bool, missing: [f64; 3], free: f64) {
    let b = balance(Edition::default_edition(), &capacity);
    let in_gb = [b.missing_database_mb, b.missing_log_mb, b.missing_file_mb, b.free_database_mb].map(|mb| mb / 1024.0);
    assert_eq!((b.over, in_gb), (over, [missing[0], missing[1], missing[2], free]), "{:#?}", b.reasons);
    assert!(b.sound);
}

#[test]
fn the_documented_cases() {
    check(gb((100., 110.), (10., 5.), (400., 200.)), true, [10., 0., 0.], 0.); // spare file cannot cover database
    check(gb((100., 95.), (10., 20.), (0., 0.)), true, [0., 5., 0.], 0.); // 5 spare for 10 missing
    check(gb((100., 20.), (10., 5.), (200., 290.)), true, [0., 0., 5.], 0.); // 85 spare for 90 missing
    check(gb((100., 80.), (10., 20.), (400., 200.)), false, [0., 0., 0.], 10.); // 20 spare covers 10
}

#[test]
fn the_documented_cases_in_words() {
    let says = |c| {
        balance(Edition::default_edition(), &c)
            .reasons
            .into_iter()
            .map(|r| r.says().capital().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        says(gb((100., 20.), (10., 5.), (200., 290.))),
        [
            "90 GB of file storage is missing, 5 GB of spare log storage covers 5 GB",
            "85 GB of file storage is missing, 80 GB of spare database storage covers 80 GB",
            "The tenant is over its capacity: 5 GB of file storage is missing, and nothing spare covers it; a restore is blocked until it is covered and 1 GB of database capacity is free",
        ]
    );
    assert_eq!(
        says(gb((100., 80.), (10., 20.), (400., 200.))),
        [
            "10 GB of log storage is missing, 20 GB of spare database storage covers it",
            "10 GB of database capacity is free; a restore needs 1 GB",
        ]
    );
}

/// Which storage lacks how much, exactly: no amount is rounded to nothing, to what would be enough, or to the same as another.
#[test]
fn what_lacks_is_named_with_its_amount() {
    let s = |entitled_mb, used_mb| Storage { entitled_mb, used_mb };
    let check = |database, log, file, says: &str| {
        let found = balance(Edition::default_edition(), &Capacity { database, log, file })
            .reasons
            .into_iter()
            .map(|r| r.says().capital().to_string())
            .collect::<Vec<_>>();
        assert_eq!(found.last().map(String::as_str), Some(says), "{found:#?}");
    };
    let (none, full) = (s(0.0, 0.0), s(1024.0, 1024.0));
    check(
        s(5120.0, 4096.0),
        s(1024.0, 1024.1),
        none,
        "Only 1,023.9 MB of database capacity is free, because 0.1 MB of spare database covers what log storage lacks; a restore needs 1 GB, 0.1 MB more",
    );
    check(
        s(5120.0, 4000.0),
        s(1024.0, 1424.5),
        s(1024.0, 1024.002),
        "Only 719.498 MB of database capacity is free, because 400.5 MB of spare database covers what log storage lacks and 0.002 MB covers what file storage lacks; a restore needs 1 GB, 304.502 MB more",
    );
    check(
        full,
        s(1024.0, 1024.5),
        none,
        "The tenant is over its capacity: 0.5 MB of log storage is missing, and nothing spare covers it; a restore is blocked until it is covered and 1 GB of database capacity is free",
    );
    check(
        s(1024.0, 3072.0),
        s(1024.0, 1024.5),
        full,
        "The tenant is over its capacity: 2 GB of database storage and 0.5 MB of log storage are missing, and nothing spare covers them; a restore is blocked until they are covered and 1 GB of database capacity is free",
    );
    check(full, full, full, "Only 0 MB of database capacity is free; a restore needs 1 GB, 1 GB more");
    // Two amounts that would read alike and are not.
    let found = balance(
        Edition::default_edition(),
        &Capacity { database: s(20480.0, 10240.0), log: s(0.0, 10250.0), file: none },
    );
    assert_eq!(
        found.reasons.first().map(|r| r.says().to_string()).as_deref(),
        Some("10,250 MB of log storage is missing, 10,240 MB of spare database storage covers 10,240 MB")
    );
}

#[test]
fn what_covers_what() {
    check(gb((10., 10.), (10., 5.), (1., 6.)), false, [0.; 3], 0.); // spare log covers file
    check(gb((10., 11.), (10., 0.), (10., 0.)), true, [1., 0., 0.], 0.); // nothing covers database
    check(gb((10., 10.), (1., 2.), (10., 0.)), true, [0., 1., 0.], 0.); // spare file covers no log
    check(gb((10., 4.), (1., 3.), (1., 2.)), false, [0.; 3], 3.); // database covers both
    check(gb((0., 0.), (0., 0.), (0., 0.)), false, [0.; 3], 0.);
}

/// The reasons in the order in which they are told, without their amounts.
#[test]
fn what_is_told_of_it() {
    let reasons = |capacity| {
        let found = balance(Edition::default_edition(), &capacity).reasons;
        let name = |r: &restore_desk::domain::capacity::Reason| {
            format!("{:?}", r.cause).chars().take_while(char::is_ascii_alphanumeric).collect::<String>()
        };
        found.iter().map(name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(reasons(gb((100., 110.), (10., 5.), (400., 200.))), "NothingCovers Room");
    assert_eq!(reasons(gb((100., 110.), (10., 5.), (10., 12.))), "NothingCovers Covered Room");
    // Log that is used up, and not more, is asked for nothing.
    assert_eq!(reasons(gb((100., 50.), (10., 10.), (10., 12.))), "Covered Room");
    assert_eq!(reasons(gb((100., 50.), (10., 9.), (10., 12.))), "Covered Covered Room");
    assert_eq!(reasons(gb((100., 100.), (10., 10.), (10., 10.))), "Room");
}

#[track_caller]
fn room(capacity: Capacity, has_room: Option<bool>) {
    assert_eq!(balance(Edition::default_edition(), &capacity).has_room(), has_room);
}

#[test]
fn a_restore_needs_1024_megabytes_of_database() {
    let free = |mb: f64| {
        let none = Storage { entitled_mb: 0.0, used_mb: 0.0 };
        Capacity { database: Storage { entitled_mb: 5000.0 + mb, used_mb: 5000.0 }, log: none, file: none }
    };
    room(free(1024.0), Some(true));
    room(free(1023.5), Some(false));
    room(free(1000.0), Some(false)); // D12
    room(gb((10., 1.), (1., 10.), (0., 0.)), Some(false)); // nothing left after covering
    room(gb((10., 1.), (1., 9.), (0., 0.)), Some(true));
    room(gb((10., 11.), (9., 0.), (9., 0.)), Some(false));
}

/// One gigabyte is one gigabyte: whole thousandths of a megabyte, no floats that lose a little on the way.
#[test]
fn exactly_one_gigabyte_is_enough() {
    let none = (0., 0.);
    room(gb((2.3, 1.3), none, none), Some(true));
    room(gb((5.3, 4.1), (1., 1.1), (1., 1.1)), Some(true)); // 0.1 short of log and of file
    room(gb((5.3, 4.1), (1., 1.1), (1., 1.2)), Some(false));
    for whole in 1..200 {
        for tenth in 0..10 {
            let used = f64::from(whole) + f64::from(tenth) / 10.0;
            room(gb((used + 1.0, used), none, none), Some(true));
            check(gb((used + 1.0, used), none, none), false, [0.; 3], 1.);
        }
    }
    // A thousandth of a megabyte less is less.
    let s = |entitled_mb, used_mb| Storage { entitled_mb, used_mb };
    let of = |database| Capacity { database, log: s(0., 0.), file: s(0., 0.) };
    room(of(s(2379.898 + 1024.0, 2379.898)), Some(true));
    room(of(s(2379.898 + 1024.0, 2379.899)), Some(false));
    assert_eq!(of(s(1024.0004, 0.00051)).rounded(), of(s(1024.0, 0.001)));
}

/// Workspaces of before keep their numbers.
#[test]
fn the_stored_form_stays_numbers_of_megabytes() {
    let stored = r#"{"entitled_mb":2355.2,"used_mb":1331.2}"#;
    let read: Storage = serde_json::from_str(stored).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);
}

#[test]
fn numbers_that_cannot_be_right_are_named() {
    for (bad, shown) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (-1.0, "-1")] {
        let mut c = gb((10., 1.), (1., 0.), (1., 0.));
        c.log.used_mb = bad;
        let wrong = c.check().unwrap_err().says().to_string();
        assert_eq!(wrong, format!("used log storage is `{shown}` MB; give a number from 0 up"));
        room(c, None);
        let Balance { over, sound, reasons, .. } = balance(Edition::default_edition(), &c);
        assert!(!over && !sound);
        assert_eq!(reasons.first().and_then(|r| r.rule()), Some(RuleId::T7));
    }
    assert_eq!(gb((10., 1.), (1., 0.), (1., 0.)).check(), Ok(()));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn laws(n in prop::array::uniform6(prop_oneof![Just(0.0), 0.0..1e6f64, any::<f64>()])) {
        let s = |a: f64, b: f64| Storage { entitled_mb: a, used_mb: b };
        let c = Capacity { database: s(n[0], n[1]), log: s(n[2], n[3]), file: s(n[4], n[5]) };
        let b = balance(Edition::default_edition(), &c);
        prop_assert_eq!(b.sound, c.check().is_ok());
        prop_assert_eq!(b.sound, [c.database, c.log, c.file].iter().all(Storage::is_sound));
        prop_assert!(!b.reasons.is_empty());
        for mb in [b.missing_database_mb, b.missing_log_mb, b.missing_file_mb, b.free_database_mb] {
            prop_assert!(mb >= 0.0);
        }
        prop_assert!(!(b.over && b.free_database_mb > 0.0));
        // To the nearest thousandth.
        prop_assert!(b.free_database_mb <= (n[0] - n[1]).max(0.0) + 0.001 || !b.sound);
        // More database never makes it worse.
        if b.sound && n[0] < 1e9 {
            let more = balance(Edition::default_edition(), &Capacity { database: s(n[0] + 10_240.0, n[1]), ..c });
            prop_assert!(!more.over || b.over);
            prop_assert!(more.has_room() >= b.has_room());
        }
    }
}
