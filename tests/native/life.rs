//! Doings one by one: what is refused and by which rules, what follows next without anybody doing anything, and what would
//! follow if something were done.

use crate::restore_support;
use restore_desk::domain::moment::Moment;

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::command::{Command, Event, EventSort, apply};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{Activity, Answer, Environment, Key, Kind, Operation, RuntimeState};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::life::{Deed, Happening, What, at_once, due, evolve, is_due, perform, recovery, upcoming};
use restore_desk::domain::manual_backup::Stage;
use restore_desk::domain::occupied::Occupied;
use restore_desk::domain::retention::{Certainty, window};
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::what_if::{Consequence, Fate, Lost, MomentName, WhatIf, what_if, what_if_then};
use restore_desk::words::Say;
use restore_support::*;

// ---- refusals ----

#[track_caller]
fn check_refused(edition: &Edition, tenant: &Tenant, deed: Deed, rules: &str, says: &str) {
    let refusal = perform(edition, tenant, &deed, now()).expect_err("it is refused");
    let by: Vec<String> = refusal.rules.iter().map(ToString::to_string).collect();
    assert_eq!(by.join(" "), rules, "{refusal:?}");
    assert!(refusal.says().to_string().contains(says), "{refusal:?}");
    assert!(!refusal.help().is_empty(), "a way out: {refusal:?}");
}

#[track_caller]
fn check_done(edition: &Edition, tenant: &Tenant, deed: Deed) -> Tenant {
    perform(edition, tenant, &deed, now()).unwrap_or_else(|r| panic!("{r:?}")).0
}

fn backup_of(raw: &str, label: &str) -> Deed {
    Deed::CreateManualBackup { environment: id(raw), id: "new".into(), label: label.into(), point: None }
}
fn admin_mode(raw: &str, on: bool) -> Deed {
    Deed::Set { environment: id(raw), setting: Setting::AdministrationMode(on) }
}
fn switch(raw: &str, to: Kind) -> Deed {
    Deed::Set { environment: id(raw), setting: Setting::Kind(to) }
}
fn retention(raw: &str, days: u32) -> Deed {
    Deed::Set { environment: id(raw), setting: Setting::Retention(days) }
}
fn restore(source: &str, target: &str) -> Deed {
    Deed::StartRestore { request: request(source, target, days_ago(1)), ends: None, fails: false }
}
fn ended(target: &str, failed: bool) -> Deed {
    Deed::EndRestore { target: id(target), failed }
}
fn busy(what: Operation) -> Option<Activity> {
    Some(Activity { what, since: None, seen: Some(now()) })
}

#[test]
fn labels() {
    let t = tenant();
    check_refused(seed(), &t, backup_of(PROD, ""), "M2", "the label is empty");
    check_refused(seed(), &t, backup_of(PROD, " \t "), "M2", "the label is empty");
    check_refused(seed(), &t, backup_of(PROD, "a\nb"), "M2", "U+000A");
    check_refused(seed(), &t, backup_of(PROD, "a\u{2028}b"), "M2", "U+2028");
    check_refused(seed(), &t, backup_of(PROD, &"x".repeat(257)), "M2", "257 characters");
    check_done(seed(), &t, backup_of(PROD, &"ü".repeat(256)));
    let then = |point| Deed::CreateManualBackup {
        environment: id(PROD),
        id: "then".into(),
        label: "then".into(),
        point: Some(point),
    };
    check_done(seed(), &t, then(hours_ago(24)));
    check_refused(seed(), &t, then(hours_ago(24) - TimeDelta::seconds(1)), "M2 M9", "");
    let done = check_done(seed(), &t, backup_of(PROD, "  Größe “quoted” 日本 "));
    assert_eq!(done.get(&id(PROD)).unwrap().backups[0].label, "Größe “quoted” 日本");
    check_refused(seed(), &done, backup_of(BOX, "again"), "M2", "is there already");
    // The same id without case is the same backup to everything else: one of the two would be left out.
    let with_id = |raw: &str| Deed::CreateManualBackup {
        environment: id(BOX),
        id: raw.into(),
        label: "again".into(),
        point: None,
    };
    check_refused(seed(), &done, with_id("NEW"), "M2", "is there already");
    check_refused(seed(), &done, with_id(" "), "M2", "has no id");
}

#[test]
fn what_an_import_tells_to_be_going_on() {
    for what in [Operation::Restoring, Operation::Copying, Operation::Switching, Operation::Recovering] {
        let t = edit(BOX, |e| e.activity = busy(what.clone()));
        check_refused(seed(), &t, switch(BOX, Kind::Production), "T9", "occupied");
        check_refused(seed(), &t, Deed::Delete { environment: id(BOX) }, "T9", "occupied");
    }
    // Whatever it was, and however old the look is: its end can be recorded. A restore ends in its own way.
    let of_word = Activity { what: Operation::Other("Edit".into()), since: None, seen: Some(now()) };
    assert_eq!(of_word.at(now()), Occupied::Reported("Edit".into()));
    assert_eq!(busy(Operation::Copying).unwrap().at(now()), Occupied::Surely(Operation::Copying));
    let over = |t: &Tenant| check_done(seed(), t, Deed::EndActivity { environment: id(BOX) });
    let other = |word: &str| Operation::Other(word.into());
    for what in [Operation::Copying, other("Edit"), other("Backup"), other("Rewire")] {
        for since in [hours_ago(1), days_ago(90)] {
            let t = edit(BOX, |e| e.activity = Some(Activity { what: what.clone(), since: Some(since), seen: None }));
            assert!(over(&t).get(&id(BOX)).unwrap().activity.is_none());
            check_done(seed(), &over(&t), switch(BOX, Kind::Production));
        }
    }
    let end = || Deed::EndActivity { environment: id(BOX) };
    // How these ended decides what is kept: nobody says that by recording that they did.
    let words = ["Delete", "deleting", "Update Managed Environment", "DisableManagedEnvironment", "Reset", "moving"];
    for what in [Operation::Switching, Operation::Recovering].into_iter().chain(words.map(other)) {
        for since in [hours_ago(1), days_ago(90)] {
            let t = edit(BOX, |e| e.activity = Some(Activity { what: what.clone(), since: Some(since), seen: None }));
            check_refused(seed(), &t, end(), "T9", "how that ended decides what is kept");
        }
    }
    let said = |what: Operation| {
        let ended = Happening { at: now(), environment: id(BOX), what: What::ActivityEnded(what) };
        Event::of(ended, &tenant()).says().to_string()
    };
    assert!(said(other("Rewire")).ends_with("import the list again to see what it changed"));
    assert!(said(other("Edit")).ends_with("has ended"));
    check_refused(seed(), &tenant(), end(), "", "nothing is known to be going on with Contoso Test");
    let runs = check_done(seed(), &tenant(), restore(PROD, BOX));
    check_refused(seed(), &runs, end(), "T9", "a restore from Contoso Test or onto it is running");
    // A word that only the service knows forbids nothing: whether it does is not known.
    let t = edit(BOX, |e| e.activity = busy(Operation::Other("Hibernating".into())));
    check_done(seed(), &t, switch(BOX, Kind::Production));
}

#[test]
fn a_restore_of_which_only_an_import_told_can_be_ended() {
    let t = edit(BOX, |e| e.activity = busy(Operation::Restoring));
    let done = check_done(newest(), &t, ended(BOX, false));
    let env = done.get(&id(BOX)).unwrap();
    assert_eq!((env.state.get(), env.activity.as_ref()), (Some(&RuntimeState::AdminMode), None), "R9");
    assert!(env.history.is_empty(), "nobody knows of what and to when");
    let failed = check_done(newest(), &t, ended(BOX, true));
    assert_eq!(failed.get(&id(BOX)).unwrap().state.get(), Some(&RuntimeState::Disabled), "R20");
    let t = edit(BOX, |e| e.activity = busy(Operation::Copying));
    check_refused(newest(), &t, ended(BOX, false), "T9", "no restore onto Contoso Test is running");
}

#[test]
fn what_is_unknown_is_asked() {
    let t = edit(BOX, |e| {
        e.kind = Fact::unknown();
        e.dataverse = Fact::unknown();
        e.managed = Fact::unknown();
        e.key = Fact::unknown();
    });
    check_refused(seed(), &t, switch(BOX, Kind::Production), "K6", "unknown");
    check_refused(seed(), &t, backup_of(BOX, "x"), "M1", "unknown");
    check_refused(seed(), &t, retention(BOX, 14), "K3", "unknown");
    // Without a database there is nothing that a period could keep, whatever the kind.
    for to in [PROD, BOX] {
        let t = edit(to, |e| e.dataverse = Fact::known(false, Origin::Import(0), now()));
        check_refused(seed(), &t, retention(to, 14), "K7", "has no Dataverse database, so it has no backups");
    }
    check_refused(seed(), &t, admin_mode(BOX, true), "R25", "unknown");
    check_refused(seed(), &t, Deed::Set { environment: id(BOX), setting: Setting::Dataverse }, "T3", "unknown");
    check_refused(
        seed(),
        &t,
        Deed::Set { environment: id(BOX), setting: Setting::Key(Key::Microsoft) },
        "T5",
        "unknown",
    );
    check_done(seed(), &t, admin_mode(BOX, false));
    check_done(seed(), &t, Deed::Set { environment: id(BOX), setting: Setting::Key(Key::Customer(None)) });
}

#[test]
fn before_it_was_there() {
    let t = edit(BOX, |e| e.created = known(now() + TimeDelta::hours(1)));
    check_refused(seed(), &t, backup_of(BOX, "x"), "K8", "was created at 12 Mar 2026 13:00 UTC");
    let t = edit(BOX, |e| e.deleted = Some((now() + TimeDelta::hours(1)).into()));
    check_refused(seed(), &t, Deed::Recover { environment: id(BOX) }, "X1", "was deleted at 12 Mar 2026 13:00 UTC");
}

#[test]
fn a_new_name_may_be_as_long_as_the_check_of_the_request_lets_it() {
    let mut r = request(PROD, BOX, days_ago(1));
    r.new_name = Some(format!(" {} ", "n".repeat(150)));
    let done = check_done(seed(), &tenant(), Deed::StartRestore { request: r, ends: None, fails: false });
    let done = check_done(seed(), &done, ended(BOX, false));
    assert_eq!(done.get(&id(BOX)).unwrap().name, "n".repeat(150));
}

#[test]
fn a_restore_writes_down_what_it_did() {
    let t = check_done(seed(), &tenant(), restore(PROD, BOX));
    let occupied = |t: &Tenant, raw: &str| t.get(&id(raw)).unwrap().activity.is_some();
    assert!(occupied(&t, PROD) && occupied(&t, BOX) && !occupied(&t, BOX2));
    let t = check_done(seed(), &t, ended(BOX, false));
    assert!(!occupied(&t, PROD) && !occupied(&t, BOX));
    let target = t.get(&id(BOX)).unwrap();
    let what: Vec<&Changed> = target.history.iter().map(|c| &c.what).collect();
    let apps = Changed::Dynamics { from: Some(false), to: true };
    assert_eq!(what, [&Changed::Restored { source: id(PROD), point: days_ago(1) }, &apps]);
    assert!(t.get(&id(PROD)).unwrap().history.is_empty());
}

#[test]
fn a_recovery_leaves_the_deletion_where_it_was() {
    let later = now() + TimeDelta::days(1);
    let gone = check_done(seed(), &tenant(), Deed::Delete { environment: id(BOX) });
    let (back, _) = perform(seed(), &gone, &Deed::Recover { environment: id(BOX) }, later).unwrap();
    let history = &back.get(&id(BOX)).unwrap().history;
    assert_eq!(history[..], [Change::exactly(now(), Changed::Deleted), Change::exactly(later, Changed::Recovered)]);
}

#[test]
fn an_answer_of_before_is_overruled_by_what_is_recorded() {
    let t = edit(PROD, |e| {
        e.dynamics = known(false);
        e.managed.answer(true, hours_ago(1));
    });
    let done = check_done(seed(), &t, Deed::Set { environment: id(PROD), setting: Setting::Managed(false) });
    let managed = &done.get(&id(PROD)).unwrap().managed;
    assert_eq!((managed.get(), managed.answered()), (Some(&false), None));
    assert_eq!(managed.entry().unwrap().origin, Origin::Recorded);
}

#[test]
fn happenings_that_fit_nothing_change_nothing() {
    let t = tenant();
    let at = |raw: &str, what| Happening { at: now(), environment: id(raw), what };
    for happening in [
        at("nowhere", What::Deleted),
        at("nowhere", What::RestoreSucceeded),
        at(PROD, What::BackupDeleted { id: "none".into(), label: "x".into() }),
        at(PROD, What::BackupCompleted { id: "none".into(), label: "x".into() }),
    ] {
        let mut after = t.clone();
        evolve(&mut after, &happening);
        assert_eq!(after, t, "{happening:?}");
    }
}

#[test]
fn events_say_what_happened_with_names_and_sorts() {
    let said = |deed| {
        let (_, events): (Tenant, Vec<Event>) = apply(seed(), &tenant(), Command::Do(deed), now()).unwrap();
        let one = events.into_iter().next().unwrap();
        (one.of_sort(), one.says().capital().to_string())
    };
    let check = |deed, sort, says: &str| assert_eq!(said(deed), (sort, says.to_string()));
    check(backup_of(PROD, "A"), EventSort::Backup, "A manual backup “A” of Contoso Sales was asked for");
    check(switch(PROD, Kind::Sandbox), EventSort::Kind, "Contoso Sales was switched from Production to Sandbox");
    check(admin_mode(BOX, true), EventSort::AdministrationMode, "Administration mode of Contoso Test was turned on");
    check(Deed::Delete { environment: id(BOX) }, EventSort::Environment, "Contoso Test was deleted");
    check(
        restore(PROD, BOX),
        EventSort::Restore,
        "A restore onto Contoso Test began: back to 11 Mar 2026 12:00 UTC without audit logs",
    );
    // What is known and what is called so has sorts of its own.
    let capacity = *tenant().capacity.get().unwrap();
    for (command, sort) in [
        (Command::SetCapacity(capacity), EventSort::Storage),
        (Command::Rename("Contoso".into()), EventSort::List),
        (Command::Forget { environments: vec![id(BOX)] }, EventSort::List),
        (Command::Answer { environments: vec![id(BOX)], answer: Answer::Managed(true) }, EventSort::Answer),
    ] {
        let (_, events) = apply(seed(), &tenant(), command, now()).unwrap();
        assert_eq!(events[0].of_sort(), sort, "{events:?}");
    }
}

// ---- what happens by itself, and what comes next ----

fn labelled(id: &str, label: &str, asked: DateTime<Utc>) -> restore_desk::domain::manual_backup::ManualBackup {
    let mut b = backup(id, label, asked);
    b.asked = Some(asked);
    b.origin = Origin::Recorded;
    b
}

#[test]
fn what_is_due_is_known_without_looking_for_all_of_it() {
    let ends = |hours| {
        let request = request(PROD, BOX, days_ago(1));
        let start = Deed::StartRestore { request, ends: Some(now() + TimeDelta::hours(hours)), fails: false };
        check_done(seed(), &tenant(), start)
    };
    let mine = |e: &mut Environment| e.backups = vec![labelled("a", "Mine", minutes_ago(30))];
    let gone = edit(PROD, |e| {
        mine(e);
        e.deleted = Some(minutes_ago(1).into());
    });
    let imported = edit(PROD, |e| e.backups = vec![backup("b", "Imported", minutes_ago(30))]);
    for (t, expect) in [
        (tenant(), false),
        (edit(PROD, mine), true),
        (imported, false),
        (gone, false),
        (ends(0), true),
        (ends(1), false),
    ] {
        let since = Some(hours_ago(1));
        assert_eq!(is_due(seed(), &t, since, now()), expect);
        assert_eq!(!due(seed(), &t, since, now()).is_empty(), expect);
    }
}

#[test]
fn only_recorded_backups_are_announced_as_done() {
    let t = edit(PROD, |e| {
        e.backups = vec![labelled("a", "Mine", minutes_ago(10)), backup("b", "Imported", minutes_ago(10))];
    });
    let says = |since, until| {
        due(seed(), &t, since, until)
            .iter()
            .map(|h| (h.at, Event::of(h.clone(), &t).says().to_string()))
            .collect::<Vec<_>>()
    };
    let message = (now(), "The Mine backup was successfully created.".to_string());
    assert_eq!(says(Some(minutes_ago(10)), now()), [message]);
    assert_eq!(says(Some(minutes_ago(10)), now() - TimeDelta::seconds(1)), []);
    assert_eq!(says(Some(now()), now() + TimeDelta::days(1)), [], "said once");
    assert_eq!(says(None, now()), [], "nothing was recorded");
}

/// What comes for one environment, as minutes or days from now.
#[track_caller]
fn check_coming(edition: &Edition, tenant: &Tenant, expect: &[(TimeDelta, &str, &str)]) {
    let coming = upcoming(Moment::new(edition, tenant, now()));
    let shown: Vec<(TimeDelta, String, String)> = coming
        .iter()
        .map(|u| {
            (
                u.at - now(),
                u.says().capital().to_string(),
                u.said.rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            )
        })
        .collect();
    assert_eq!(shown.len(), expect.len(), "{shown:#?}");
    for ((at, says, rules), (wanted, part, by)) in shown.iter().zip(expect) {
        assert!(at == wanted && says.contains(part) && rules == by, "{at} {says} {rules}\nis not {wanted} {part} {by}");
    }
}

fn after(days: i64) -> TimeDelta {
    TimeDelta::days(days)
}
fn second_after(days: i64) -> TimeDelta {
    TimeDelta::days(days) + TimeDelta::seconds(1)
}
fn min(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

#[test]
fn nothing_comes_where_nothing_moves() {
    check_coming(seed(), &tenant(), &[]);
}

#[test]
fn a_manual_backup_from_asking_to_expiry() {
    let t = edit(BOX, |e| e.backups = vec![labelled("a", "A", now())]);
    check_coming(
        seed(),
        &t,
        &[
            (min(10), "The A backup was successfully created. It may be used with caution", "M3 M8"),
            (min(15), "The manual backup “A” of Contoso Test is ready", "M8"),
            (second_after(7), "The manual backup “A” of Contoso Test expires", "M4"),
        ],
    );
}

#[test]
fn a_manual_backup_that_is_only_possible_at_the_end() {
    let t = edit(PROD, |e| {
        e.dynamics = known(false);
        e.managed = known(true);
        e.retention_setting = known(28);
        e.backups = vec![backup("a", "A", days_ago(1))];
    });
    check_coming(
        seed(),
        &t,
        &[
            (second_after(6), "“A” of Contoso Sales is no longer guaranteed", "M4"),
            (second_after(27), "“A” of Contoso Sales, which may already be gone, is gone at the latest", "M4"),
        ],
    );
    check_coming(newest(), &t, &[(second_after(27), "“A” of Contoso Sales expires", "M4")]);
}

#[test]
fn a_backup_in_a_sandbox_that_was_production() {
    let t = edit(PROD, |e| e.backups = vec![backup("a", "Old", days_ago(10)), backup("b", "Young", days_ago(5))]);
    let t = check_done(seed(), &t, switch(PROD, Kind::Sandbox));
    check_coming(
        seed(),
        &t,
        &[
            (
                second_after(2),
                "“Young” of Contoso Sales cannot be chosen any more while Contoso Sales is a Sandbox",
                "M4",
            ),
            (second_after(18), "“Old” of Contoso Sales, which may already be gone, is gone at the latest", "M4"),
            (after(28), "from before its switch to Sandbox, which may already be gone, is gone for good", "K6"),
        ],
    );
}

#[test]
fn a_former_production_environment_cannot_wait() {
    let said = |t: &Tenant| {
        at_once(Moment::new(seed(), t, now())).into_iter().map(|a| a.says().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(said(&tenant()), [""; 0]);
    let switched = check_done(seed(), &tenant(), switch(PROD, Kind::Sandbox));
    let found = at_once(Moment::new(seed(), &switched, now()));
    assert_eq!((found.len(), &found[0].environment.id, &found[0].said.rules[..]), (1, &id(PROD), &[RuleId::K6][..]));
    assert!(found[0].says().to_string().contains("switch Contoso Sales back to Production"), "{found:?}");
    // A Sandbox of seven days has nothing that sleeps, and switched back it waits for nobody.
    let back = check_done(seed(), &switched, switch(PROD, Kind::Production));
    assert_eq!(said(&back), [""; 0]);
    assert_eq!(at_once(Moment::new(seed(), &switched, now() + TimeDelta::days(30))).len(), 0, "nothing of it is left");
    let mut deleted = switched;
    deleted.get_mut(&id(PROD)).unwrap().deleted = Some(now().into());
    assert_eq!(said(&deleted), [""; 0]);
}

#[test]
fn operations_end_and_may_be_tried_again() {
    let ends = Deed::StartRestore {
        request: request(PROD, BOX, days_ago(1)),
        ends: Some(now() + TimeDelta::hours(2)),
        fails: true,
    };
    let t = check_done(newest(), &tenant(), ends);
    check_coming(newest(), &t, &[(min(120), "The restore onto Contoso Test ends", "R7")]);
    let failed = edit(BOX, |e| e.failed_restore = Some(minutes_ago(10)));
    check_coming(newest(), &failed, &[(min(20), "The failed restore onto Contoso Test can be tried again", "R20")]);
    check_coming(seed(), &failed, &[]);
}

#[test]
fn a_setting_settles_and_the_window_grows() {
    let managed = edit(PROD, |e| {
        e.dynamics = known(false);
        e.managed = known(true);
    });
    let raised = check_done(seed(), &managed, retention(PROD, 14));
    check_coming(seed(), &raised, &[(after(1), "14 days, holds for certain from now on", "K4")]);
    let lowered = edit(PROD, |e| {
        e.dynamics = known(false);
        e.managed = known(true);
        e.retention_setting = known(28);
    });
    let lowered = check_done(seed(), &lowered, retention(PROD, 7));
    check_coming(seed(), &lowered, &[(after(1), "keeps no more than 7 days from now on", "K4")]);
    // A change without effect is none.
    let fixed = edit(BOX, |e| {
        e.history = vec![Change::exactly(hours_ago(1), Changed::RetentionSetting { from: Some(7), to: 28 })];
    });
    check_coming(seed(), &fixed, &[]);
}

#[test]
fn a_young_environment_grows_into_its_window() {
    let t = edit(BOX, |e| e.created = known(days_ago(3)));
    check_coming(seed(), &t, &[(after(4), "The window of Contoso Test reaches its full 7 days", "K8 K5")]);
}

#[test]
fn evidence_that_grows_is_nothing_that_happens() {
    let t = edit(BOX, |e| {
        e.created = Fact::unknown();
        e.existed_by = Some(days_ago(2));
        e.history = vec![Change::exactly(hours_ago(1), Changed::Managed { from: Some(true), to: false })];
    });
    check_coming(seed(), &t, &[]);
}

#[test]
fn a_target_is_not_taken_off_the_list_while_it_is_restored() {
    let t = check_done(seed(), &tenant(), restore(PROD, BOX));
    let forget = |raw: &str| apply(seed(), &t, Command::Forget { environments: vec![id(raw)] }, now());
    let refusal = forget(BOX).unwrap_err();
    assert_eq!(
        (&refusal.rules, refusal.says().to_string().as_str()),
        (&vec![RuleId::T9], "a restore onto Contoso Test runs")
    );
    let (t, _) = forget(PROD).expect("the source may go");
    let t = check_done(seed(), &t, ended(BOX, false));
    let target = t.get(&id(BOX)).unwrap();
    assert_eq!((target.dynamics.get(), target.activity.as_ref()), (None, None), "nobody knows what apps it brought");
}

#[test]
fn a_deleted_environment_can_be_recovered_for_a_while() {
    let deleted = |f: fn(&mut Environment)| {
        edit(PROD, |e| {
            f(e);
            e.deleted = Some(now().into());
            e.backups = vec![backup("a", "A", days_ago(1))];
        })
    };
    let expires = (second_after(27), "“A” of Contoso Sales, which may already be gone, is gone at the latest", "M4");
    check_coming(seed(), &deleted(|_| ()), &[expires, (second_after(28), "can no longer be recovered", "X1")]);
    // At the end of the time for recovery everything ends, which is said once.
    check_coming(
        seed(),
        &deleted(|e| e.dynamics = known(false)),
        &[
            (second_after(6), "“A” of Contoso Sales, which may already be gone, is gone at the latest", "M4"),
            (second_after(7), "can no longer be recovered", "X1"),
        ],
    );
    check_coming(
        seed(),
        &deleted(|e| e.dynamics = Fact::unknown()),
        &[
            (second_after(7), "The recovery of Contoso Sales is sure until now, and only possible from now on", "X1"),
            expires,
            (second_after(28), "Contoso Sales can no longer be recovered, whatever it was", "X1"),
        ],
    );
}

#[test]
fn recovery_goes_by_the_kind_at_deletion() {
    let mut e = env(PROD, "P", Kind::Sandbox);
    e.dynamics = known(true);
    e.deleted = Some(days_ago(5).into());
    assert_eq!(recovery(seed(), &e).unwrap().possible_until, now() + TimeDelta::days(2));
    // Seen as a Sandbox only after it was deleted: it was switched before, for what is deleted is not switched.
    let kind = Changed::Kind { from: Some(Kind::Production), to: Kind::Sandbox };
    let until = |not_before: i64, at: i64| {
        let mut e = e.clone();
        e.history = vec![Change { not_before: days_ago(not_before), at: days_ago(at), what: kind.clone() }];
        let recovery = recovery(seed(), &e).unwrap();
        [recovery.guaranteed_until.unwrap(), recovery.possible_until].map(|at| (at - now()).num_days())
    };
    assert_eq!(until(9, 1), [2, 2]);
    assert_eq!(until(9, 6), [2, 2]);
    // Seen as Production after it was deleted, and as a Sandbox after that: one of the two is wrong.
    assert_eq!(until(3, 1), [2, 23]);
    assert_eq!(until(1, 1), [2, 23]);
    assert_eq!(recovery(seed(), &env(PROD, "P", Kind::Sandbox)), None);
}

#[test]
fn after_the_time_for_recovery_nothing_is_left() {
    let mut e = env(PROD, "P", Kind::Production);
    e.managed = known(true);
    e.retention_setting = known(28);
    e.deleted = Some(days_ago(7).into());
    let point = days_ago(9);
    let w = window(seed(), &e, now());
    assert_eq!(
        (w.certainty(point), w.leaves(point).1),
        (Certainty::Possible, Some(now())),
        "seven days, whatever the setting"
    );
    let w = window(seed(), &e, now() + TimeDelta::seconds(1));
    assert_eq!((w.certainty(point), w.possible_from, w.until), (Certainty::Gone, None, days_ago(7)));
    assert!(w.possible_reasons[0].says().to_string().contains("could be recovered until 12 Mar 2026 12:00 UTC"));
}

// ---- what would follow ----

/// `right after: 504h at risk`: the losses of every moment.
fn losses(what: &WhatIf) -> Vec<String> {
    let mut out = Vec::new();
    for moment in what.environments.iter().flat_map(|t| &t.moments) {
        for loss in &moment.losses {
            let fate = match loss.fate {
                Fate::Lost => "lost",
                Fate::NotWhileSandbox => "asleep",
                Fate::AtRisk => "at risk",
            };
            let what = match &loss.what {
                Lost::Points { from, until } => format!("{}h", (*until - *from).num_hours()),
                Lost::Backup { label, .. } | Lost::Label { label, .. } => label.clone(),
            };
            let rules: Vec<String> = loss.rules.iter().map(ToString::to_string).collect();
            out.push(format!("{}: {what} {fate} ({})", moment.look.says(), rules.join(" ")));
        }
    }
    out
}

fn said_of(what: &WhatIf) -> Vec<String> {
    let all = what.environments.iter().flat_map(|t| t.says.iter().map(|c| c.about(&t.name)));
    all.map(|text| text.sentence().to_string()).collect()
}

#[track_caller]
fn check_what_if(
    edition: &Edition,
    tenant: &Tenant,
    deeds: &[(Deed, DateTime<Utc>)],
    expect: &[&str],
    says: &[&str],
) -> WhatIf {
    let what = what_if_then(edition, tenant, deeds).unwrap();
    let said = said_of(&what);
    assert_eq!(losses(&what), expect, "{said:#?}");
    for part in says {
        assert!(said.iter().any(|s| s.contains(part)), "`{part}` is not in {said:#?}");
    }
    what
}

/// Production with Dynamics 365 apps, with a manual backup on each side of the seven days.
fn with_backups() -> Tenant {
    edit(PROD, |e| e.backups = vec![backup("old", "Old", days_ago(10)), backup("young", "Young", days_ago(5))])
}

/// The same by setting: managed, without apps.
fn managed(days: u32) -> Tenant {
    let mut t = with_backups();
    let e = t.get_mut(&id(PROD)).unwrap();
    e.dynamics = known(false);
    e.managed = known(true);
    e.retention_setting = known(days);
    t
}

/// K12: with Managed Environments a setting of more than seven days counts.
#[test]
fn a_longer_period_is_told_where_there_is_one() {
    let unmanaged = |days| {
        let mut t = managed(days);
        t.get_mut(&id(PROD)).unwrap().managed = known(false);
        t
    };
    let on = Deed::Set { environment: id(PROD), setting: Setting::Managed(true) };
    let says = |days| said_of(&what_if_then(seed(), &unmanaged(days), &[(on.clone(), now())]).unwrap());
    let longer = |says: &[String]| says.iter().any(|s| s.contains("28 days"));
    assert!(longer(&says(28)), "{:#?}", says(28));
    assert!(!longer(&says(7)), "{:#?}", says(7));
}

/// Days that are all there once they apply have nothing to grow to (K5).
#[test]
fn only_a_longer_retention_grows() {
    for (from, to, grows) in [(28, 14, false), (14, 28, true)] {
        let what = what_if(Moment::new(seed(), &managed(from), now()), &retention(PROD, to)).unwrap();
        let found = what.environments[0].says.iter().any(|s| matches!(s.cause, Consequence::Grows { .. }));
        assert_eq!(found, grows, "from {from} to {to} days");
    }
}

/// The day later is looked at where nothing else is done until then.
#[test]
fn what_comes_next_ends_what_is_looked_at() {
    for (hours, looked) in [(23, false), (24, false), (25, true)] {
        let deeds = [(retention(PROD, 14), now()), (retention(PROD, 21), now() + TimeDelta::hours(hours))];
        let what = what_if_then(seed(), &managed(28), &deeds).unwrap();
        let at = now() + TimeDelta::hours(24);
        let found = what.environments[0].moments.iter().any(|m| m.look == MomentName::DayLater && m.at == at);
        assert_eq!(found, looked, "after {hours} hours");
    }
}

#[test]
fn a_switch_to_sandbox_and_back() {
    let back = now() + TimeDelta::days(2);
    let what = check_what_if(
        seed(),
        &with_backups(),
        &[(switch(PROD, Kind::Sandbox), now()), (switch(PROD, Kind::Production), back)],
        &[
            "right after the switch: 504h asleep (K6)",
            "right after the switch: Old asleep (M4 K6)",
            "after switching back: 504h at risk (K6)",
            "after switching back: Old at risk (M4 K6)",
        ],
        &[
            "21 days of restore points, from 12 Feb 2026 12:00 UTC to 5 Mar 2026 12:00 UTC, cannot be chosen",
            "21 days of restore points, from 14 Feb 2026 12:00 UTC to 7 Mar 2026 12:00 UTC, are no longer guaranteed",
            "1 manual backup no longer guaranteed: “Old” (2 Mar 2026 12:00 UTC)",
            "no deadline is documented",
        ],
    );
    let moments = &what.environments[0].moments;
    assert_eq!(moments.iter().map(|m| m.at).collect::<Vec<_>>(), [now(), back]);
    let stages: Vec<_> = moments[0].backups.iter().map(|b| (b.label.as_str(), b.without, b.with)).collect();
    let (ready, asleep) = (Some(Stage::Ready), Some(Stage::Dormant));
    assert_eq!(stages, [("Old", ready, asleep), ("Young", ready, ready)]);
}

#[test]
fn a_switch_alone_and_a_switch_that_costs_nothing() {
    check_what_if(
        newest(),
        &with_backups(),
        &[(switch(PROD, Kind::Sandbox), now())],
        &[],
        &["No restore point of Contoso Sales is lost", "users of Contoso Sales are affected"],
    );
    check_what_if(
        seed(),
        &tenant(),
        &[(switch(BOX, Kind::Production), now())],
        &[],
        &["No restore point of Contoso Test is lost"],
    );
}

#[test]
fn a_lower_retention() {
    check_what_if(
        newest(),
        &managed(28),
        &[(retention(PROD, 7), now())],
        &[
            "right after: 504h at risk (K4)",
            "right after: Old at risk (M4 K4)",
            "24 hours later: 504h lost (K4 K1)",
            "24 hours later: Old lost (M4 K4)",
        ],
        &["1 manual backup lost: “Old”", "may take until 13 Mar 2026 12:00 UTC to apply"],
    );
    // In the first edition the old one was never guaranteed (D4), so it is only lost.
    check_what_if(
        seed(),
        &managed(28),
        &[(retention(PROD, 7), now())],
        &["right after: 504h at risk (K4)", "24 hours later: 504h lost (K4 K1)", "24 hours later: Old lost (M4 K4)"],
        &[],
    );
}

#[test]
fn a_recovery_promises_nothing_about_what_is_lost() {
    let deleted = edit(BOX, |e| e.deleted = Some(days_ago(1).into()));
    let what = what_if(Moment::new(seed(), &deleted, now()), &Deed::Recover { environment: id(BOX) }).unwrap();
    let says = said_of(&what);
    assert!(says.iter().any(|s| s.contains("none is guaranteed")), "{says:?}");
    assert!(!says.iter().any(|s| s.contains("restore point of Contoso Test is lost")), "{says:?}");
}

#[test]
fn a_higher_retention() {
    check_what_if(
        newest(),
        &managed(7),
        &[(retention(PROD, 28), now())],
        &[],
        &["No restore point of Contoso Sales is lost", "reaches 28 days on 3 Apr 2026 12:00 UTC"],
    );
}

#[test]
fn a_group_may_decide() {
    let mut t = managed(7);
    t.get_mut(&id(PROD)).unwrap().group = known(Some("Sales \n group".into()));
    let says = "belongs to the environment group “Sales   group”: a published rule of the group may hold its retention";
    check_what_if(newest(), &t, &[(retention(PROD, 28), now())], &[], &[says]);
}

#[test]
fn a_deletion() {
    let what = check_what_if(
        seed(),
        &with_backups(),
        &[(Deed::Delete { environment: id(PROD) }, now())],
        &["right after: 672h at risk (X1)", "right after: Old at risk (M4 X1)", "right after: Young at risk (M4 X1)"],
        &[
            "28 days of restore points",
            "2 manual backups no longer guaranteed: “Old” (2 Mar 2026 12:00 UTC), “Young” (7 Mar 2026 12:00 UTC)",
            "Contoso Sales can be recovered until 9 Apr 2026 12:00 UTC",
        ],
    );
    assert_eq!(what.environments[0].recovery.as_ref().unwrap().guaranteed_until.unwrap(), now() + TimeDelta::days(28));
    // Managed with 28 days: the points outlive the environment by nothing.
    check_what_if(
        newest(),
        &managed(28),
        &[(Deed::Delete { environment: id(PROD) }, now())],
        &[
            "right after: 672h at risk (X1)",
            "right after: Old at risk (M4 X1)",
            "right after: Young at risk (M4 X1)",
            "when it can no longer be recovered: 503h lost (X1)",
            "when it can no longer be recovered: Old lost (M4 X1)",
            "when it can no longer be recovered: Young lost (M4 X1)",
        ],
        &["does not lengthen the time for recovery", "Recovering needs free capacity at that time"],
    );
}

#[test]
fn managed_environments_off_and_on() {
    let set = |managed| Deed::Set { environment: id(PROD), setting: Setting::Managed(managed) };
    check_what_if(
        newest(),
        &managed(28),
        &[(set(false), now())],
        &["right after: 504h lost (K12 K1)", "right after: Old lost (M4 K12)"],
        &["turning it on again revives nothing"],
    );
    check_what_if(
        newest(),
        &managed(28),
        &[(set(false), now()), (set(true), now() + TimeDelta::hours(1))],
        &[
            "right after: 504h lost (K12 K1)",
            "right after: Old lost (M4 K12)",
            "right after: 504h lost (K12)",
            "right after: Old lost (M4 K12)",
        ],
        &[],
    );
    check_what_if(newest(), &managed(7), &[(set(false), now())], &[], &["No restore point"]);
}

#[test]
fn deleting_a_label() {
    let delete = |t: &Tenant, which: &str, says: &str| {
        let deed = Deed::DeleteManualBackup { environment: id(PROD), backup: which.into() };
        let label = if which == "old" { "Old" } else { "Young" };
        let line = format!("right after: {label} lost (M5 M7)");
        check_what_if(seed(), t, &[(deed, now())], &[&line], &[says]);
    };
    delete(&with_backups(), "old", "stays restorable as a system restore point until 30 Mar 2026 12:00 UTC");
    let unknown = {
        let mut t = with_backups();
        t.get_mut(&id(PROD)).unwrap().dynamics = Fact::unknown();
        t
    };
    delete(&unknown, "old", "is possible as a system restore point until 30 Mar 2026 12:00 UTC, but not guaranteed");
    delete(&unknown, "young", "stays restorable as a system restore point until 14 Mar 2026 12:00 UTC");
    let asleep = check_done(seed(), &with_backups(), switch(PROD, Kind::Sandbox));
    delete(&asleep, "old", "cannot be chosen as a system restore point either while this is a Sandbox");
    // One that has expired is no loss.
    let expired = edit(PROD, |e| e.backups = vec![backup("old", "Old", days_ago(40))]);
    let deed = Deed::DeleteManualBackup { environment: id(PROD), backup: "old".into() };
    check_what_if(seed(), &expired, &[(deed, now())], &[], &[]);
}

#[test]
fn a_what_if_is_refused_as_the_thing_itself() {
    let refusal = what_if(Moment::new(seed(), &tenant(), now()), &retention(BOX, 14)).unwrap_err();
    assert_eq!(refusal, perform(seed(), &tenant(), &retention(BOX, 14), now()).unwrap_err());
    assert!(what_if_then(seed(), &tenant(), &[]).unwrap().environments.is_empty());
}

#[test]
fn a_restore_loses_what_its_check_says() {
    let what = check_what_if(
        seed(),
        &tenant(),
        &[(restore(PROD, BOX), now())],
        &[],
        &["“Contoso Test” is overwritten whole", "No restore point of Contoso Test is lost"],
    );
    assert_eq!(what.environments.len(), 1);
    assert!(what.environments[0].moments.last().is_some_and(|m| m.losses.is_empty()));
}

/// What is told as lost was there: also where points sleep, or are gone, in the midst of a window.
#[test]
fn nothing_is_told_as_lost_that_was_gone_before() {
    for edition in EDITIONS {
        for hours in [1, 49, 200] {
            let at = now() - TimeDelta::hours(hours);
            let (tenant, _) = perform(edition, &with_backups(), &switch(PROD, Kind::Sandbox), at).unwrap();
            let Ok(told) = what_if(Moment::new(edition, &tenant, now()), &Deed::Delete { environment: id(PROD) })
            else {
                continue;
            };
            for moment in told.environments.iter().flat_map(|t| &t.moments) {
                for back in 0..1200 {
                    let point = moment.at - TimeDelta::hours(back);
                    let lost = moment
                        .losses
                        .iter()
                        .any(|l| matches!(&l.what, Lost::Points { from, until } if *from <= point && point < *until));
                    let was = moment.without.certainty(point);
                    assert!(!lost || was != Certainty::Gone, "{}, {hours} h: {back} h back was {was:?}", edition.id);
                }
            }
        }
    }
}

// ---- what is told of the past ----

/// A recovery inside the time in which it was deleted ends that time; one outside it leaves it.
#[test]
fn a_recovery_ends_the_time_of_its_deletion() {
    let span = Change { not_before: days_ago(8), at: days_ago(2), what: Changed::Deleted };
    for (ago, expect) in [(9, 2), (8, 8), (5, 5), (3, 3), (1, 2)] {
        let mut t = edit(BOX, |e| e.history.push(span.clone()));
        evolve(&mut t, &Happening { at: days_ago(ago), environment: id(BOX), what: What::Recovered });
        let deleted = t.get(&id(BOX)).unwrap().history.iter().find(|c| c.what == Changed::Deleted).unwrap().at;
        assert_eq!(deleted, days_ago(expect), "recovered {ago} days ago");
    }
}

/// Whether the database of then had the apps is known where nothing has changed since; what changed at that very instant counts.
#[test]
fn the_apps_of_then_come_with_a_restore() {
    let point = days_ago(1);
    for (hours, expect) in [(-1, Some(true)), (0, Some(true)), (1, None)] {
        let changed =
            Change::exactly(point + TimeDelta::hours(hours), Changed::Dynamics { from: Some(false), to: true });
        let mut t = edit(PROD, |e| e.history.push(changed.clone()));
        t.get_mut(&id(BOX)).unwrap().dynamics = Fact::unknown();
        let running = check_done(seed(), &t, restore(PROD, BOX));
        let done = check_done(seed(), &running, ended(BOX, false));
        assert_eq!(done.get(&id(BOX)).unwrap().dynamics.get().copied(), expect, "{hours}");
    }
}

/// What goes on with the source of a restore that was recorded here ends with that restore.
#[test]
fn the_source_of_a_restore_is_ended_with_it() {
    let running = check_done(seed(), &tenant(), restore(PROD, BOX));
    let other = edit(DEV, |e| e.activity = busy(Operation::Copying));
    for raw in [PROD, BOX] {
        let end = Deed::EndActivity { environment: id(raw) };
        assert!(perform(seed(), &running, &end, now()).is_err(), "{raw}");
    }
    let mut both = running;
    both.get_mut(&id(DEV)).unwrap().activity = other.get(&id(DEV)).unwrap().activity.clone();
    let done = check_done(seed(), &both, Deed::EndActivity { environment: id(DEV) });
    assert_eq!(done.get(&id(DEV)).unwrap().activity, None);
}
