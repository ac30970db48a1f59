//! What is worked out of a tenant in steps is what is worked out in one go, and is given up when it is told so.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use restore_desk::domain::compare::{compare, compare_slowly};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::life::{AtOnce, Turn, at_once as urgent, upcoming};
use restore_desk::domain::moment::Moment;
use restore_desk::domain::slowly::{STEP, at_once, parts};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::sample::contoso;
use restore_desk::view_model::rows::{rows, rows_slowly};
use restore_desk::words::Say;
use restore_desk::workspace::deadlines::{Of, deadlines_slowly};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 8, 0, 0).unwrap()
}

/// The sample some times over: more than two steps, and the last one is not full.
fn large() -> Tenant {
    let mut tenant = contoso(now());
    let once = tenant.environments.clone();
    for n in 0..2 * STEP / once.len() + 2 {
        tenant.environments.extend(once.iter().cloned().map(|mut env| {
            env.id = EnvironmentId::new(format!("{n}-{}", env.id.as_str()));
            env.created.keep_if(|_| n % 2 == 0);
            env
        }));
    }
    assert_ne!(tenant.environments.len() % STEP, 0);
    tenant
}

#[test]
fn the_parts_are_the_tenant() {
    let tenant = large();
    let all: Vec<Tenant> = parts(&tenant).collect();
    assert!(all.len() > 2 && all.iter().all(|part| part.environments.len() <= STEP && part.name == tenant.name));
    let together = all.iter().flat_map(|part| part.environments.iter().cloned()).collect();
    assert_eq!(tenant.environments, together);
    assert_eq!(parts(&Tenant::default()).count(), 0);
}

#[test]
fn deadlines_are_those_of_all_at_once() {
    let tenant = large();
    for edition in EDITIONS {
        let expect: Vec<_> = upcoming(Moment::new(edition, &tenant, now()))
            .into_iter()
            .filter(|u| u.turn != Turn::Grows)
            .map(|u| (u.at, u.says().capital().to_string(), Of::Environment(u.environment.id)))
            .collect();
        let found = at_once(deadlines_slowly(&tenant, &[], edition, now(), async || true)).unwrap();
        let found: Vec<_> = found.into_iter().map(|due| (due.at, due.says.to_string(), due.of)).collect();
        assert!(found.len() > STEP && found == expect);
        let apart: Vec<AtOnce> = parts(&tenant).flat_map(|part| urgent(Moment::new(edition, &part, now()))).collect();
        assert_eq!(apart, urgent(Moment::new(edition, &tenant, now())));
    }
}

/// Work that is told to stop at the n-th question gives nothing; it asks as often as there are steps, at least.
#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(expect: &T, mut work: impl FnMut(&mut dyn FnMut() -> bool) -> Option<T>) {
    let mut asked = 0;
    let whole = work(&mut || {
        asked += 1;
        true
    });
    assert_eq!(whole.as_ref(), Some(expect));
    assert!(asked >= large().environments.len() / STEP, "asked {asked} times");
    for stop in [1, 2, asked] {
        let mut n = 0;
        let stopped = work(&mut || {
            n += 1;
            n < stop
        });
        assert_eq!((stopped, n), (None, stop));
    }
}

#[test]
fn it_is_given_up_when_it_is_told_so() {
    let tenant = large();
    let (old, new) = (EDITIONS[0], Edition::newest());
    check(&rows(new, &tenant, now()), |go| at_once(rows_slowly(new, &tenant, now(), async || go())));
    let later = now() + TimeDelta::hours(1);
    check(&compare(old, new, &tenant, later), |go| at_once(compare_slowly(old, new, &tenant, later, async || go())));
    let dated = at_once(deadlines_slowly(&tenant, &[], new, now(), async || true)).unwrap();
    check(&dated, |go| at_once(deadlines_slowly(&tenant, &[], new, now(), async || go())));
}
