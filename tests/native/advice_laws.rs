//! Laws of advice, over random tenants to which things have been done, under every edition.

use crate::laws::cases;
use crate::pair_support;
use restore_desk::domain::moment::Moment;

use chrono::{DateTime, TimeDelta, Utc};
use pair_support::{any_edition, any_tenant, at, known};
use proptest::prelude::*;
use proptest::sample::select;
use restore_desk::domain::advice::{
    Advice, Case, Mishap, MishapTime, Way, WayKind, WayStanding, advise, as_told, point_of,
};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::deed::Setting;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::environment::{EnvironmentId, Kind};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::life::{self, Deed, evolve, perform};
use restore_desk::domain::restore::{Check, Point, RestoreRequest, SAFE_LEAD, Weight, check_purpose};
use restore_desk::domain::retention::Certainty;
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::Tenant;

fn id(n: usize) -> EnvironmentId {
    EnvironmentId::new(format!("e{n}"))
}

/// Something done so many hours after 1 November, and the environments by number.
fn deed() -> impl Strategy<Value = (i64, Deed)> {
    let env = || (0usize..8).prop_map(id);
    let one = prop_oneof![
        3 => (env(), select(vec![Kind::Sandbox, Kind::Production])).prop_map(|(environment, to)| Deed::Set { environment, setting: Setting::Kind(to) }),
        2 => (env(), select(vec![7u32, 14, 21, 28])).prop_map(|(environment, days)| Deed::Set { environment, setting: Setting::Retention(days) }),
        2 => (env(), any::<bool>()).prop_map(|(environment, managed)| Deed::Set { environment, setting: Setting::Managed(managed) }),
        2 => (env(), env(), any::<bool>(), any::<bool>()).prop_map(|(source, target, ends, fails)| Deed::StartRestore {
            request: RestoreRequest {
                source,
                target,
                point: Point::System(at(1, 0)),
                include_audit_logs: false,
                new_name: None,
                special_apps: Vec::new(),
            },
            ends: ends.then(|| at(1, 3)),
            fails,
        }),
        1 => env().prop_map(|environment| Deed::Set { environment, setting: Setting::Dataverse }),
        1 => (env(), any::<bool>()).prop_map(|(environment, on)| Deed::Set { environment, setting: Setting::AdministrationMode(on) }),
        1 => env().prop_map(|environment| Deed::Delete { environment }),
        1 => env().prop_map(|environment| Deed::Recover { environment }),
    ];
    (0i64..24 * 28, one)
}

/// What happened before, and when it is asked.
#[derive(Clone, Debug)]
struct Past {
    tenant: Tenant,
    deeds: Vec<(i64, Deed)>,
    /// Of each environment: Dynamics 365 apps, days since it was created (0: unknown), retention.
    more: Vec<(Option<bool>, i64, Option<u32>)>,
    free_gb: Option<f64>,
    /// Seconds after 29 November.
    now: i64,
}

fn past() -> impl Strategy<Value = Past> {
    let more =
        (select(vec![Some(true), Some(true), Some(false), None]), 0i64..60, select(vec![Some(7u32), Some(28), None]));
    (
        any_tenant(),
        prop::collection::vec(deed(), 0..8),
        prop::collection::vec(more, 12),
        select(vec![Some(10.0), Some(10.0), Some(1.5), Some(0.5), None]),
        prop_oneof![Just(0i64), 0i64..200_000],
    )
        .prop_map(|(tenant, deeds, more, free_gb, now)| Past { tenant, deeds, more, free_gb, now })
}

impl Past {
    fn world(&self, edition: &Edition) -> (Tenant, DateTime<Utc>) {
        let mut tenant = self.tenant.clone();
        let now = at(29, 0) + TimeDelta::seconds(self.now);
        for (env, (dynamics, age, retention)) in tenant.environments.iter_mut().zip(&self.more) {
            env.dynamics = dynamics.map_or(Fact::unknown(), known);
            env.retention_setting = retention.map_or(Fact::unknown(), known);
            env.created = if *age == 0 { Fact::unknown() } else { known(at(29, 0) - TimeDelta::days(*age)) };
            // A deletion on the first of the month is long over.
            env.deleted = env.deleted.map(|_| at(20, 0).into());
        }
        let storage = |free: f64| Storage { entitled_mb: 10_240.0 + free * 1024.0, used_mb: 10_240.0 };
        tenant.capacity = self.free_gb.map_or(Fact::unknown(), |gb| {
            known(Capacity { database: storage(gb), log: storage(0.0), file: storage(0.0) })
        });
        let mut deeds = self.deeds.clone();
        deeds.sort_by_key(|(hours, _)| *hours);
        for (hours, mut deed) in deeds {
            let when = at(1, 0) + TimeDelta::hours(hours);
            if let Deed::StartRestore { request, ends, .. } = &mut deed {
                request.point = Point::System(when - TimeDelta::hours(30));
                *ends = ends.map(|_| when + TimeDelta::hours(4));
            }
            life::due(edition, &tenant, None, when).iter().for_each(|h| evolve(&mut tenant, h));
            if let Ok((after, _)) = perform(edition, &tenant, &deed, when) {
                tenant = after;
            }
        }
        life::due(edition, &tenant, None, now).iter().for_each(|h| evolve(&mut tenant, h));
        (tenant, now)
    }
}

/// Which environment, what, and how many seconds ago; whole days are the interesting ones.
fn asked() -> impl Strategy<Value = (usize, Mishap, i64)> {
    let ago = prop_oneof![
        3 => 0i64..60 * 86_400,
        2 => (0i64..30).prop_map(|days| days * 86_400),
        1 => Just(7 * 86_400 - 60),
        1 => -7_200i64..0,
    ];
    (0usize..6, select(Mishap::ALL.to_vec()), ago)
}

fn case((env, mishap, ago): (usize, Mishap, i64), now: DateTime<Utc>) -> Case {
    Case { mishap, environment: Some(id(env)), when: Some(MishapTime::exactly(now - TimeDelta::seconds(ago))) }
}

fn stops(checks: &[Check]) -> bool {
    checks.iter().any(|c| c.weight == Weight::Stop)
}

fn asks(checks: &[Check]) -> bool {
    checks.iter().any(|c| c.weight == Weight::Ask)
}

/// The way of the same sort and target; one that is no longer listed is closed.
fn again<'a>(advice: &'a Advice, way: &Way) -> Option<&'a Way> {
    advice.ways.iter().find(|w| w.id() == way.id())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_way_is_listed_once_in_order_and_says_why(past in past(), asked in asked(), edition in any_edition()) {
        let (tenant, now) = past.world(edition);
        let Ok(advice) = advise(Moment::new(edition, &tenant, now), &case(asked, now)) else { return Ok(()) };
        let told = as_told(&tenant, &case(asked, now), now);
        let tenant = told.unwrap_or(tenant);
        let deleted = tenant.get(&id(asked.0)).is_some_and(|e| e.deleted.is_some());
        let kinds = WayKind::of(asked.1, deleted);
        for kind in &kinds {
            let n = advice.ways.iter().filter(|w| w.kind == *kind).count();
            prop_assert!(if *kind == WayKind::Another { n >= 1 } else { n == 1 }, "{kind:?}: {n}");
        }
        prop_assert!(advice.ways.iter().all(|w| kinds.contains(&w.kind)));
        // What overwrites nothing and waits for an answer may stand before what overwrites and is open, or open after a change.
        let waits = [WayStanding::Unknown, WayStanding::AfterChangesUnknown];
        let spares = |w: &&Way| w.kind == WayKind::Beside && waits.contains(&w.standing);
        prop_assert!(advice.ways.iter().filter(|w| !spares(w)).is_sorted_by_key(|w| w.standing));
        if matches!(asked.1, Mishap::RecordsLost | Mishap::NeedCopy) && advice.ways.iter().any(|w| spares(&w) && w.changes.is_empty()) {
            prop_assert!(advice.ways[0].target.is_none(), "nothing is overwritten first: {:?}", advice.ways[0]);
        }
        prop_assert_eq!(advice.point, point_of(&tenant, &case(asked, now), now));
        prop_assert!(!advice.says_why_first().is_empty());
        let mut names: Vec<String> = advice.ways.iter().map(Way::id).collect();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), advice.ways.len(), "ids are unique");
        for way in &advice.ways {
            match way.standing {
                WayStanding::Open | WayStanding::LastResort => prop_assert!(way.against.is_empty() && way.changes.is_empty()),
                WayStanding::AfterChanges => prop_assert!(!way.against.is_empty() && !way.changes.is_empty()),
                // Broken counts before unknown.
                WayStanding::Unknown => prop_assert!(!way.open.is_empty() && way.changes.is_empty(), "{way:?}"),
                WayStanding::AfterChangesUnknown => {
                    prop_assert!(!way.open.is_empty() && !way.against.is_empty() && !way.changes.is_empty(), "{way:?}");
                }
                WayStanding::Closed => {
                    prop_assert!(!way.against.is_empty() && way.until.is_none(), "{way:?}");
                    prop_assert!(way.recovered.is_empty() && way.overwritten.is_empty());
                }
            }
            if way.standing < WayStanding::LastResort && way.target.is_some() {
                prop_assert!(!way.overwritten.is_empty() && !way.lost.is_empty(), "a loss is never hidden: {way:?}");
            }
        }
    }

    #[test]
    fn no_way_is_offered_that_the_verdict_refuses(past in past(), asked in asked(), edition in any_edition()) {
        let (tenant, now) = past.world(edition);
        let Ok(advice) = advise(Moment::new(edition, &tenant, now), &case(asked, now)) else { return Ok(()) };
        let tenant = as_told(&tenant, &case(asked, now), now).unwrap_or(tenant);
        for way in &advice.ways {
            let Some(purpose) = &way.purpose else {
                prop_assert!(way.standing != WayStanding::Open || way.kind == WayKind::Recover);
                continue;
            };
            let checks = check_purpose(Moment::new(edition, &tenant, now), purpose);
            prop_assert_eq!(way.standing == WayStanding::Open, !stops(&checks) && !asks(&checks), "{:?}", way);
            match way.standing {
                WayStanding::AfterChanges => prop_assert!(stops(&checks)),
                // A kind that is not known may be answered: the way is closed if no answer opens it.
                WayStanding::Closed => prop_assert!(stops(&checks) || asks(&checks) && way.kind == WayKind::ThroughSandbox),
                _ => {}
            }
            if way.changes.is_empty() && way.standing == WayStanding::Unknown {
                prop_assert!(!stops(&checks) && asks(&checks));
            }
        }
        if let Some(way) = advice.ways.iter().find(|w| w.kind == WayKind::Recover) {
            let deed = Deed::Recover { environment: id(asked.0) };
            prop_assert_eq!(way.standing == WayStanding::Open, life::decide(edition, &tenant, &deed, now).is_ok());
        }
    }

    #[test]
    fn until_is_the_last_instant_at_which_it_holds(past in past(), asked in asked(), edition in any_edition()) {
        let (tenant, now) = past.world(edition);
        let case = case(asked, now);
        let Ok(advice) = advise(Moment::new(edition, &tenant, now), &case) else { return Ok(()) };
        let tenant = as_told(&tenant, &case, now).unwrap_or(tenant);
        for way in &advice.ways {
            if let Some(sure) = way.sure_until {
                prop_assert!(now <= sure && way.until.is_some_and(|until| sure <= until));
                prop_assert_eq!(way.certainty, Some(Certainty::Guaranteed));
            }
            if way.purpose.is_some() {
                prop_assert_eq!(way.start_before, way.sure_until.map(|at| at - SAFE_LEAD));
            }
            let Some(until) = way.until else {
                let kept = way.purpose.is_some() && matches!(way.standing, WayStanding::Open | WayStanding::AfterChanges);
                prop_assert!(!kept, "an open way has an end: {way:?}");
                continue;
            };
            prop_assert!(now <= until);
            let after = until + TimeDelta::seconds(1);
            if let (WayStanding::Open, Some(purpose)) = (way.standing, &way.purpose) {
                prop_assert!(!stops(&check_purpose(Moment::new(edition, &tenant, until), purpose)), "{way:?}");
                prop_assert!(!asks(&check_purpose(Moment::new(edition, &tenant, until), purpose)), "{way:?}");
                prop_assert!(stops(&check_purpose(Moment::new(edition, &tenant, after), purpose)), "{way:?}");
            }
            // Which targets are the best may change with time; the others are always listed.
            if way.kind != WayKind::Another {
                let then = advise(Moment::new(edition, &tenant, until), &case).unwrap();
                prop_assert_eq!(again(&then, way).map(|w| w.standing), Some(way.standing), "{:?}", way);
                let later = advise(Moment::new(edition, &tenant, after), &case).unwrap();
                let w = again(&later, way).unwrap();
                // A point that sleeps from then on may be there again after another change (K6).
                let asleep = w.changes.len() > way.changes.len() && w.changes.iter().any(|c| c.rules.contains(&RuleId::K6));
                prop_assert!(w.standing == WayStanding::Closed || asleep, "{way:?}\nlater {w:?}");
            }
            if let Some(sure) = way.sure_until {
                let then = advise(Moment::new(edition, &tenant, sure), &case).unwrap();
                if let Some(w) = again(&then, way) {
                    prop_assert_eq!(w.certainty, Some(Certainty::Guaranteed));
                }
                let later = advise(Moment::new(edition, &tenant, sure + TimeDelta::seconds(1)), &case).unwrap();
                if let Some(w) = again(&later, way) {
                    prop_assert!(w.certainty != Some(Certainty::Guaranteed), "{w:?}");
                }
            }
        }
    }
}
