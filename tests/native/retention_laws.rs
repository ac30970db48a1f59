//! Laws of the window of restorable time, for any history.
//!
//! The strongest of them compares with *worlds*. A world is one way in which everything that is unknown may have been: a value
//! for each unknown fact, an instant for each change that lies somewhere between two imports, how long a setting took to apply,
//! whether a switch to Sandbox lost the older backups. In one world nothing is uncertain, so following a point through it is
//! simple, and it is done here without the engine and without its tables. Then
//!
//! - what the engine guarantees is alive in every world,
//! - what is alive in any world is not called gone by the engine.

use crate::kind_at::kind_at;
use crate::laws::cases;
use crate::retention_support;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use restore_desk::domain::edition::EDITIONS;
use restore_desk::domain::environment::{Environment, Kind, Region};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::history::{Change, Changed};
use restore_desk::domain::manual_backup::{ManualBackup, judge};
use restore_desk::domain::retention::{
    Cause, Certainty, Moved, NothingYet, Past, PastWhy, Reason, Use, Window, Windows, window,
};
use restore_desk::domain::rule::RuleId;
use restore_desk::words::Say;
use retention_support::{EDITION_SETTINGS, KINDS, World, hour, plot, points};

fn sound(w: &Window) -> Result<(), TestCaseError> {
    if let Some(g) = w.guaranteed_from {
        prop_assert!(g <= w.until);
        prop_assert!(w.possible_from.is_some_and(|p| p <= g), "a guaranteed window implies a possible one");
    }
    prop_assert!(w.possible_from.is_none_or(|p| p <= w.until));
    prop_assert!(w.dormant_from.is_none_or(|d| w.possible_from.is_none_or(|p| d < p)));
    prop_assert!(w.retention.guaranteed_days <= w.retention.possible_days);
    let asks: std::collections::BTreeSet<_> = w.asks.iter().collect();
    prop_assert_eq!(asks.len(), w.asks.len(), "each is asked once: {:?}", w.asks);
    prop_assert!(!w.guaranteed_reasons.is_empty() && !w.possible_reasons.is_empty(), "every bound has a reason");
    prop_assert_eq!(w.usage == Use::Nothing, w.possible_from.is_none() && w.dormant_from.is_none());
    for r in w.guaranteed_reasons.iter().chain(&w.possible_reasons).chain(&w.retention.reasons) {
        let says = r.says().to_string();
        prop_assert!(!says.is_empty() && !says.ends_with('.') && !says.contains("  "), "{says}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(500))]

    /// Environments with few facts each, so that many are alike as far as a window looks at them.
    #[test]
    fn a_window_that_is_shared_is_its_own(
        plots in prop::collection::vec((plot(), any::<bool>(), prop::option::of(0..40i64)), 1..8), edition in 0..3usize,
    ) {
        let now = hour(2200);
        let windows = Windows::new(EDITIONS[edition], now);
        let mut envs: Vec<_> = plots.into_iter().flat_map(|(plot, past, days)| {
            let mut env = plot.environment();
            if !past {
                (env.history, env.deleted) = (Vec::new(), None);
            }
            let mut young = env.clone();
            young.created = days.map_or_else(Fact::unknown, |days| {
                Fact::known(now - TimeDelta::days(days), Origin::Import(0), now)
            });
            let mut old = env.clone();
            old.created = Fact::known(now - TimeDelta::days(700), Origin::Import(0), now);
            [env, young, old]
        }).collect();
        for env in envs.clone() {
            let mut unread = env.clone();
            (unread.reading, unread.oldest_backup) = (None, Fact::unknown());
            let mut bare = Environment { backups: Vec::new(), existed_by: None, ..unread.clone() };
            bare.dataverse = Fact::known(true, Origin::Import(0), now);
            envs.extend([unread, bare]);
        }
        for env in envs {
            prop_assert_eq!(&*windows.of(&env), &window(EDITIONS[edition], &env, now));
        }
    }

    #[test]
    fn no_world_contradicts_a_window(mut plot in plot(), now in 0..2200i64, seed: u64, edition in 0..3usize) {
        let now = plot.hour(now);
        plot.heard_by(now);
        let env = plot.environment();
        let w = window(EDITIONS[edition], &env, hour(now));
        sound(&w)?;
        prop_assume!(!plot.has_two_at_one_instant());
        let world = World::new(&plot, seed);
        for p in points(&plot, now) {
            if plot.reported().any(|o| p < o) {
                prop_assert_ne!(w.certainty(hour(p)), Certainty::Guaranteed, "K10");
                continue;
            }
            let certainty = w.certainty(hour(p));
            let alive = world.alive(edition, false, p, now);
            match certainty {
                Certainty::Guaranteed => prop_assert!(alive, "guaranteed, but gone at hour {p}: {:#?}", w.guaranteed_reasons),
                Certainty::Gone | Certainty::Future => prop_assert!(!alive, "alive, but called gone at hour {p}: {:#?}", w.possible_reasons),
                Certainty::Possible | Certainty::Dormant => {}
            }
            if certainty == Certainty::Dormant {
                prop_assert_eq!(kind_at(&env.history, env.kind.get(), hour(now)), Some(Kind::Sandbox), "only in a Sandbox does anything sleep");
            }
        }
    }

    #[test]
    fn a_region_move_takes_what_lies_before_it_and_nothing_else(plot in plot(), now in 0..2200i64, start in 0..1500i64, width in 0..60i64, edition in 0..3usize) {
        let [now, start, width] = [now, start, width].map(|h| plot.hour(h));
        let with = |from: Option<Region>| {
            let mut env = plot.environment();
            let what = Changed::Region { from, to: Region::new("europe") };
            env.history.push(Change { not_before: hour(start), at: hour(start + width), what });
            window(EDITIONS[edition], &env, hour(now))
        };
        // Both are evidence that it existed, so only the move itself differs.
        let (stayed, moved) = (with(None), with(Some(Region::new("asia"))));
        sound(&moved)?;
        for (reasons, sure) in [(&moved.guaranteed_reasons, true), (&moved.possible_reasons, false)] {
            for reason in reasons {
                if let Cause::MovedRegion { moved, guaranteed } = &reason.cause {
                    prop_assert_eq!(*guaranteed, sure && moved.surely_after != moved.perhaps_after);
                }
            }
        }
        for p in points(&plot, now).into_iter().chain([start - 1, start, start + width - 1, start + width]) {
            let (before, after) = (stayed.certainty(hour(p)), moved.certainty(hour(p)));
            if start > now || p >= start + width || before == Certainty::Future {
                prop_assert_eq!(before, after, "hour {}", p);
            } else if p < start {
                prop_assert_eq!(after, Certainty::Gone, "hour {}", p);
            } else {
                prop_assert_eq!(after, if before == Certainty::Guaranteed { Certainty::Possible } else { before }, "hour {}", p);
            }
            if moved.of_old_region(hour(p)).is_some() {
                prop_assert!(p < start && after == Certainty::Gone);
            }
        }
    }

    #[test]
    fn no_world_contradicts_a_manual_backup(mut plot in plot(), now in 0..2200i64, back in 0..800i64, seed: u64, edition in 0..3usize) {
        let [now, back] = [now, back].map(|h| plot.hour(h));
        plot.heard_by(now);
        let env = plot.environment();
        let p = now - back;
        let backup = manual(hour(p));
        let judged = judge(EDITIONS[edition], &env, &backup, hour(now));
        prop_assume!(!plot.has_two_at_one_instant());
        let world = World::new(&plot, seed);
        if plot.reported().any(|o| p < o) || p < world.created {
            // A manual backup is a witness of existence; a world without the environment is none of ours.
            return Ok(());
        }
        let alive = world.alive(edition, true, p, now);
        match judged.certainty {
            Certainty::Guaranteed => {
                prop_assert!(alive, "{judged:#?}");
                prop_assert!(judged.guaranteed_until.is_some_and(|u| u >= hour(now)));
            }
            Certainty::Gone => prop_assert!(!alive, "{judged:#?}"),
            _ => {}
        }
        prop_assert!(judged.guaranteed_until.is_none_or(|g| judged.possible_until.is_some_and(|p| g <= p)), "{judged:#?}");
    }

    /// Where everything is known, what is called possible, or asleep, is alive in the best of worlds: no bound is left wide open
    /// for a reason that has passed (K6).
    #[test]
    fn what_no_world_keeps_is_gone(mut plot in plot(), now in 0..2200i64, edition in 0..3usize) {
        let now = plot.hour(now);
        plot.make_known(now);
        plot.heard_by(now);
        if plot.created.is_none() {
            // Old, it may reach further back; young, it may have what was not offered yet: no one world is the best.
            plot.reading = plot.reading.filter(|heard| heard.from.is_some());
        }
        prop_assume!(!plot.has_two_at_one_instant());
        let env = plot.environment();
        let w = window(EDITIONS[edition], &env, hour(now));
        let world = World::best(&plot);
        for p in points(&plot, now).into_iter().filter(|p| plot.reported().all(|o| o <= *p)) {
            let alive = world.alive(edition, false, p, now);
            let certainty = w.certainty(hour(p));
            prop_assert_eq!(alive, !matches!(certainty, Certainty::Gone | Certainty::Future), "hour {}: {:?}, {:#?}", p, certainty, w.possible_reasons);
            if certainty == Certainty::Dormant {
                let switched = plot.kind.moves.last().map(|m| m.1);
                prop_assert!(switched.is_some_and(|at| p < at), "asleep, but made in the Sandbox, at hour {}", p);
            }
        }
    }

    /// What is lost first between two windows is one stretch: it begins with the first point that is lost, and ends before one that is not.
    #[test]
    fn the_first_loss_is_one_stretch(mut plot in plot(), now in 0..2200i64, one in 0..3usize, other in 0..3usize) {
        let now = plot.hour(now);
        plot.heard_by(now);
        let env = plot.environment();
        let [one, other] = [one, other].map(|edition| window(EDITIONS[edition], &env, hour(now)));
        let lost = |at: DateTime<Utc>| {
            let can = |w: &Window| matches!(w.certainty(at), Certainty::Guaranteed | Certainty::Possible);
            let sleeps = |w: &Window| w.certainty(at) == Certainty::Dormant;
            can(&one) && !can(&other) || sleeps(&one) && !can(&other) && !sleeps(&other)
        };
        let end = one.until.min(other.until);
        let stretches: Vec<_> = one.beside(&other).into_iter().filter(|b| b.from < end).collect();
        prop_assert!(stretches.windows(2).all(|w| w[0].until == w[1].from && w[0].from < w[0].until));
        let first = stretches.iter().find(|b| lost(b.from)).map(|b| b.from);
        let until = stretches.iter().skip_while(|b| !lost(b.from)).take_while(|b| lost(b.from)).last().map(|b| b.until);
        prop_assert_eq!(one.first_lost(&other), first.zip(until));
        prop_assert_eq!(one.keeps_the_same(&one), true);
        let differs = stretches.iter().any(|b| b.one != b.other) || one.certainty(end) != other.certainty(end);
        prop_assert_eq!(one.keeps_the_same(&other), !differs && one.usage == other.usage && one.until == other.until);
    }

    /// The reasons say where a bound is, what binds first, and each of them is true of the history.
    #[test]
    fn reasons_say_where_the_bounds_are(mut plot in plot(), now in 0..2200i64, edition in 0..3usize) {
        let now = plot.hour(now);
        plot.heard_by(now);
        prop_assume!(!plot.has_two_at_one_instant());
        let env = plot.environment();
        let w = window(EDITIONS[edition], &env, hour(now));
        check_reasons(&env, &w.guaranteed_reasons, w.guaranteed_from, true, hour(now))?;
        let gone = w.gaps.iter().filter(|gap| !gap.asleep);
        for reasons in gone.map(|gap| &gap.reasons).chain([&w.possible_reasons]) {
            let bound = w.possible_from.filter(|_| reasons == &w.possible_reasons);
            check_reasons(&env, reasons, bound, false, hour(now))?;
        }
    }

    /// What is gone never comes back, for the same history.
    #[test]
    fn gone_is_gone(mut plot in plot(), now in 0..2200i64, later in 0..900i64, edition in 0..3usize) {
        let [now, later] = [now, later].map(|h| plot.hour(h));
        // Nothing was reported by the service later than now.
        plot.oldest = plot.oldest.filter(|o| *o <= now);
        // What is recorded as later than now may have happened already, so what was reported just now may be that of a Sandbox.
        if plot.kind.moves.iter().any(|m| m.1 > now) {
            (plot.oldest, plot.reading) = (None, None);
        }
        plot.heard_by(now);
        let env = plot.environment();
        let (before, after) = (window(EDITIONS[edition], &env, hour(now)), window(EDITIONS[edition], &env, hour(now + later)));
        for p in points(&plot, now) {
            let at = hour(p);
            if before.certainty(at) == Certainty::Gone {
                prop_assert_eq!(after.certainty(at), Certainty::Gone, "hour {}", p);
            }
            if after.certainty(at) == Certainty::Guaranteed && env.deleted.is_none() && plot.deleted.is_empty() {
                prop_assert!(matches!(before.certainty(at), Certainty::Guaranteed | Certainty::Possible), "hour {}", p);
            }
        }
    }

    /// `leaves` tells the last instant at which the point is inside, if nothing changes.
    #[test]
    fn leaves_is_the_last_instant(mut plot in plot(), now in 1600..2200i64, back in 0..800i64, edition in 0..3usize) {
        let [now, back] = [now, back].map(|h| plot.hour(h));
        plot.heard_by(now);
        let env = plot.environment();
        let edition = EDITIONS[edition];
        let p = hour(now - back);
        let (guaranteed, possible) = window(edition, &env, hour(now)).leaves(p);
        if let Some(last) = guaranteed {
            // A fall is no longer inside at its own instant, so look on both sides.
            let inside = window(edition, &env, last - TimeDelta::seconds(1)).certainty(p);
            prop_assert!(last < hour(now + 1) || inside == Certainty::Guaranteed, "{inside:?}");
            prop_assert_ne!(window(edition, &env, last + TimeDelta::seconds(1)).certainty(p), Certainty::Guaranteed);
        }
        if let Some(last) = possible {
            prop_assert!(last >= hour(now));
            let after = window(edition, &env, last + TimeDelta::seconds(1)).certainty(p);
            prop_assert!(matches!(after, Certainty::Gone | Certainty::Dormant), "{after:?}");
        }
    }

    /// Knowing more never promises what was called gone, and never loses what was guaranteed.
    #[test]
    fn an_answer_only_narrows(plot in plot(), now in 1500..2200i64, edition in 0..3usize) {
        // Only constant facts: an unknown value of the past is not answered by today's.
        let now = plot.hour(now);
        let mut plot = plot;
        plot.kind.moves.clear();
        plot.dynamics.moves.clear();
        plot.managed.moves.clear();
        plot.setting.moves.clear();
        // A stored number that is none of the four is worse than not knowing (K2).
        if !EDITION_SETTINGS.contains(&plot.setting.first) {
            plot.setting.first = 7;
        }
        plot.dataverse.moves.clear();
        plot.deleted.clear();
        let less = plot.environment();
        for s in [&mut plot.dynamics, &mut plot.managed, &mut plot.dataverse] {
            s.today_known = true;
        }
        plot.kind.today_known = true;
        plot.setting.today_known = true;
        let more = plot.environment();
        let (less, more) = (window(EDITIONS[edition], &less, hour(now)), window(EDITIONS[edition], &more, hour(now)));
        for p in points(&plot, now) {
            match less.certainty(hour(p)) {
                Certainty::Gone => prop_assert_eq!(more.certainty(hour(p)), Certainty::Gone),
                Certainty::Guaranteed => prop_assert_eq!(more.certainty(hour(p)), Certainty::Guaranteed),
                _ => {}
            }
        }
    }

    /// Nothing panics, whatever the numbers.
    #[test]
    fn any_instant_is_judged(
        seconds in prop::array::uniform8(prop_oneof![any::<i64>(), -8_334_601_228_800..8_210_266_876_799i64]),
        days: u32,
        edition in 0..3usize,
        kind in select(KINDS),
    ) {
        let at = seconds.map(|s| {
            DateTime::from_timestamp(s, 999_999_999).unwrap_or(if s < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC })
        });
        let mut e = Environment::new("e");
        e.kind = Fact::known(kind, Origin::Answer, at[0]);
        e.dataverse = Fact::known(true, Origin::Answer, at[0]);
        e.retention_setting = Fact::known(days, Origin::Answer, at[0]);
        e.created = Fact::known(at[1], Origin::Answer, at[0]);
        e.oldest_backup = Fact::known(at[2], Origin::Answer, at[3]);
        e.existed_by = Some(at[3]);
        e.deleted = (days % 2 == 0).then_some(at[4].into());
        e.history = vec![
            Change { not_before: at[5], at: at[6], what: Changed::RetentionSetting { from: None, to: days } },
            Change { not_before: at[6], at: at[5], what: Changed::Kind { from: None, to: Kind::Sandbox } },
            Change { not_before: at[1], at: at[4], what: Changed::Managed { from: Some(true), to: true } },
        ];
        let now = at[7];
        let w = window(EDITIONS[edition], &e, now);
        sound(&w)?;
        for p in at {
            w.leaves(p);
            let mut backup = manual(p);
            backup.asked = Some(at[1]);
            backup.reported_expiry = Some(at[2]);
            judge(EDITIONS[edition], &e, &backup, now);
        }
    }
}

/// The instant that a reason puts a bound at, where it names one.
fn bound_of(cause: &Cause) -> Option<DateTime<Utc>> {
    match cause {
        Cause::BackTo(_, at) | Cause::Created(at) | Cause::ReportedOldest(at) | Cause::ThereBy(at) => Some(*at),
        Cause::Past(past) => Some(past.nothing_before),
        Cause::MovedRegion { moved, guaranteed: true } => Some(moved.surely_after),
        Cause::MovedRegion { moved, guaranteed: false } => Some(moved.perhaps_after),
        Cause::NothingYet(NothingYet::Asked(at)) => Some(*at),
        _ => None,
    }
}

/// That a time that is over cuts because of what the history says of that time.
fn check_past(env: &Environment, past: &Past, now: DateTime<Utc>) -> Result<RuleId, TestCaseError> {
    let until = past.until.expect("nothing is only tried out");
    prop_assert!(until <= now);
    let days = past.days.map_or(TimeDelta::zero(), |days| TimeDelta::days(days.into()));
    prop_assert_eq!(past.nothing_before, until - days);
    let before = until - TimeDelta::nanoseconds(1);
    let kind = kind_at(&env.history, env.kind.get(), before);
    let ends = |is: fn(&Changed) -> Option<TimeDelta>| {
        env.history
            .iter()
            .any(|c| is(&c.what).is_some_and(|settles| c.at + settles == until || c.not_before.min(now) == until))
    };
    let changes = |is: fn(&Changed) -> bool| env.history.iter().any(|c| is(&c.what));
    Ok(match &past.why {
        PastWhy::NoDatabase | PastWhy::DatabaseNotKnown => {
            let known = matches!(past.why, PastWhy::NoDatabase);
            prop_assert!(past.guaranteed || known);
            let changed = changes(|what| matches!(what, Changed::Dataverse { .. }));
            prop_assert!(changed || env.dataverse.get() != Some(&true));
            if known { RuleId::K7 } else { RuleId::K11 }
        }
        PastWhy::Deleted => {
            prop_assert!(past.guaranteed && changes(|what| matches!(what, Changed::Deleted | Changed::Recovered)));
            RuleId::X1
        }
        PastWhy::Sandbox => {
            prop_assert_eq!(kind, Some(Kind::Sandbox));
            RuleId::K6
        }
        PastWhy::PerhapsSandbox => {
            let changed = changes(|what| matches!(what, Changed::Kind { .. }));
            prop_assert!(changed);
            RuleId::K6
        }
        PastWhy::Settling(moving) => {
            let Moved::Setting { settles, .. } = &moving.what else { panic!("{moving:?}") };
            prop_assert!(moving.not_before < until && until <= *settles, "{moving:?}");
            RuleId::K4
        }
        PastWhy::LowerSetting => {
            let ended = ends(|what| matches!(what, Changed::RetentionSetting { .. }).then_some(TimeDelta::hours(24)));
            prop_assert!(ended);
            RuleId::K5
        }
        PastWhy::Changed => {
            let is = |what: &Changed| {
                matches!(what, Changed::Dynamics { .. } | Changed::Managed { .. }).then_some(TimeDelta::zero())
            };
            prop_assert!(ends(is));
            RuleId::K12
        }
        PastWhy::Kind(then) => {
            prop_assert!(then.is_none() || kind.is_none() || *then == kind, "{then:?}, {kind:?}");
            RuleId::K1
        }
    })
}

/// Each reason with an instant cuts no deeper than the one before it, has its rule, and says what was the case.
fn check_reasons(
    env: &Environment,
    reasons: &[Reason],
    bound: Option<DateTime<Utc>>,
    guaranteed: bool,
    now: DateTime<Utc>,
) -> Result<(), TestCaseError> {
    let first = reasons.iter().find(|r| !matches!(r.cause, Cause::Asleep { .. }));
    if let (Some(bound), Some(first)) = (bound, first) {
        match &first.cause {
            Cause::Offered { .. } => {}
            cause => prop_assert_eq!(bound_of(cause), Some(bound), "what binds comes first: {:#?}", reasons),
        }
    }
    let named: Vec<DateTime<Utc>> = reasons.iter().filter_map(|r| bound_of(&r.cause)).collect();
    prop_assert!(named.windows(2).all(|w| w[0] >= w[1]), "{reasons:#?}");
    for reason in reasons {
        let rule = match &reason.cause {
            Cause::Past(past) => {
                prop_assert_eq!(past.guaranteed, guaranteed);
                check_past(env, past, now)?
            }
            Cause::Created(at) => {
                prop_assert_eq!(env.created.get(), Some(at));
                RuleId::K8
            }
            Cause::ThereBy(_) | Cause::NeverProven => {
                prop_assert!(guaranteed && env.created.is_unknown());
                RuleId::K8
            }
            Cause::ReportedOldest(at) => {
                let read = env.reading.and_then(|r| r.offered.from);
                prop_assert!(env.oldest_backup.get() == Some(at) || read == Some(*at));
                RuleId::K10
            }
            Cause::NothingYet(_) => RuleId::K14,
            Cause::Offered { from, .. } => {
                prop_assert_eq!(env.reading.and_then(|r| r.offered.from), Some(*from));
                RuleId::K15
            }
            Cause::SettingNotKnown | Cause::OddSetting(_) => RuleId::K2,
            Cause::SettingIgnored { .. } => RuleId::K3,
            Cause::NoDatabase => RuleId::K7,
            Cause::DatabaseNotKnown => RuleId::K11,
            Cause::AppsNotKnown { with, without } => {
                prop_assert_ne!(with, without);
                RuleId::K1
            }
            Cause::ManagedNotKnown { managed, unmanaged } => {
                prop_assert_ne!(managed, unmanaged);
                RuleId::K1
            }
            Cause::Moving(moving, _) => {
                let settles = match &moving.what {
                    Moved::Setting { settles, .. } => *settles,
                    _ => moving.at,
                };
                prop_assert!(moving.not_before <= now && now < settles, "{moving:?}");
                match &moving.what {
                    Moved::Kind { from, to } => {
                        let sandbox = *to == Kind::Sandbox || *from == Some(Kind::Sandbox);
                        if sandbox { RuleId::K6 } else { RuleId::K1 }
                    }
                    Moved::Dynamics(_) | Moved::Managed(_) => RuleId::K12,
                    Moved::Setting { .. } => RuleId::K4,
                }
            }
            _ => continue,
        };
        prop_assert!(reason.is_of(rule), "{reason:?} is of {rule}");
    }
    Ok(())
}

fn manual(point: DateTime<Utc>) -> ManualBackup {
    ManualBackup {
        id: "b".into(),
        label: "before".into(),
        point,
        asked: None,
        created_by: None,
        reported_expiry: None,
        origin: Origin::Import(1),
    }
}
