use super::*;
use crate::domain::edition::Edition;
use crate::domain::environment::{Environment, EnvironmentId, Kind, Region};
use crate::domain::fact::{Fact, Origin};
use crate::domain::history::{Change, Changed};
use crate::domain::moment::Moment;
use crate::domain::outlook::outlook;
use crate::domain::retention::{Certainty, Gap, window as window_of};
use crate::domain::tenant::Tenant;
use crate::words::time::instant_text;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn now() -> DateTime<Utc> {
    at("2026-05-05T05:40:00Z")
}

/// A window from these days before now, with gaps (from, before, asleep).
fn window(possible: i64, sure: Option<i64>, gaps: &[(&str, &str, bool)]) -> Window {
    let back = |d: i64| now() - Duration::days(d);
    let mut w = window_of(Edition::default_edition(), &Environment::new("e"), now());
    w.possible_from = Some(back(possible));
    w.guaranteed_from = sure.map(back);
    w.gaps = gaps
        .iter()
        .map(|(from, before, asleep)| Gap {
            from: at(from),
            before: if before.is_empty() { DateTime::<Utc>::MAX_UTC } else { at(before) },
            asleep: *asleep,
            reasons: Vec::new(),
        })
        .collect();
    w
}

#[track_caller]
fn check(w: &Window, offset: i32, expect: Option<&str>) {
    assert_eq!(holes_text(w, |_| offset).as_deref(), expect);
}

#[test]
fn a_hole_is_said_in_days() {
    let gone = |from, before| window(28, Some(9), &[(from, before, false)]);
    check(&gone("2026-04-16T10:00:00Z", "2026-04-26T05:40:00Z"), 0, Some("not 16 to 26 Apr: gone"));
    // What is not there ends before the instant that is there again.
    check(&gone("2026-04-16T00:00:00Z", "2026-04-26T00:00:00Z"), 0, Some("not 16 to 25 Apr: gone"));
    check(&gone("2026-04-16T23:00:00Z", "2026-04-26T00:00:00Z"), 120, Some("not 17 to 26 Apr: gone"));
    check(&gone("2026-04-08T00:00:00Z", "2026-04-08T06:30:00Z"), 0, Some("not 8 Apr 00:00 to 06:30: gone"));
    let sleeps = "not 10 to 12 Apr: not to be chosen while this is a Sandbox";
    check(&window(28, None, &[("2026-04-10T00:00:00Z", "2026-04-12T01:00:00Z", true)]), 0, Some(sleeps));
    check(&window(28, None, &[("2026-04-16T00:00:00Z", "", false)]), 0, Some("not from 16 Apr on: gone"));
    // It ends where what is sure begins, and what lies outside is no hole.
    check(&gone("2026-04-16T00:00:00Z", ""), 0, Some("not 16 to 26 Apr: gone"));
    check(&window(5, Some(5), &[("2026-04-16T00:00:00Z", "2026-04-26T00:00:00Z", false)]), 0, None);
    check(&window(28, Some(28), &[]), 0, None);
    let two = [
        ("2026-04-09T00:00:00Z", "2026-04-10T00:00:01Z", false),
        ("2026-04-12T00:00:00Z", "2026-04-14T00:00:01Z", false),
    ];
    check(&window(28, None, &two), 0, Some("not 9 to 10 Apr: gone; not 12 to 14 Apr: gone"));
}

#[test]
fn a_line_names_what_it_speaks_of() {
    let line = |far: Far, w: &Window| far.line(w, instant_text, |_| 0);
    let w = window(28, Some(9), &[("2026-04-16T10:00:00Z", "2026-04-26T05:40:00Z", false)]);
    assert_eq!(
        line(Far::Kept, &w),
        "Kept, surely back to 26 Apr 2026 05:40 UTC, possibly back to 7 Apr 2026 05:40 UTC; not 16 to 26 Apr: gone"
    );
    assert_eq!(line(Far::Restorable, &window(7, Some(7), &[])), "Restorable, surely back to 28 Apr 2026 05:40 UTC");
    assert_eq!(line(Far::Plain, &window(7, None, &[])), "Nothing is sure; possibly back to 28 Apr 2026 05:40 UTC");
    assert_eq!(
        line(Far::Kept, &window(7, None, &[])),
        "Nothing is surely kept; possibly back to 28 Apr 2026 05:40 UTC"
    );
}

/// A Production environment, managed, kept for 28 days, that was a Sandbox from 16 April to 3 May.
fn switched() -> Tenant {
    fn known<T>(value: T) -> Fact<T> {
        Fact::known(value, Origin::Recorded, at("2026-03-01T00:00:00Z"))
    }
    let mut env = Environment::new("one");
    env.kind = known(Kind::Production);
    env.dataverse = known(true);
    env.managed = known(true);
    env.dynamics = known(false);
    env.region = known(Region::new("europe"));
    env.created = known(at("2025-01-01T00:00:00Z"));
    env.retention_setting = known(28);
    let kind = |when, from, to| Change::exactly(at(when), Changed::Kind { from: Some(from), to });
    env.history = vec![
        kind("2026-04-16T05:40:00Z", Kind::Production, Kind::Sandbox),
        kind("2026-05-03T05:40:00Z", Kind::Sandbox, Kind::Production),
    ];
    Tenant { environments: vec![env].into(), ..Tenant::default() }
}

#[test]
fn kept_and_restorable_are_told_apart_where_they_differ() {
    let tenant = switched();
    let found = outlook(Moment::new(Edition::default_edition(), &tenant, now()), &EnvironmentId::new("one")).unwrap();
    let less = less_restorable(&found).expect("the way through Sandbox reaches seven days").window;
    assert_eq!((less.guaranteed_from, less.possible_from), (found.sure_from, found.window.possible_from));
    assert!(less.guaranteed_from > found.window.guaranteed_from);
    // The hole is the same in both, and is told wherever a point is gone.
    let text = holes_text(&found.window, |_| 0).expect("what was made in the Sandbox is gone");
    assert_eq!(holes_text(&less, |_| 0).as_deref(), Some(text.as_str()));
    assert!(text.starts_with("not 16 to 26 Apr: gone"), "{text}");
    assert_eq!(found.window.certainty(at("2026-04-20T00:00:00Z")), Certainty::Gone);
    // With another environment as a target that is free, they reach alike.
    let mut two = tenant;
    let mut other = two.environments[0].clone();
    (other.id, other.name) = (EnvironmentId::new("two"), "Two".into());
    other.kind = Fact::known(Kind::Sandbox, Origin::Recorded, now());
    other.key = Fact::known(crate::domain::environment::Key::Microsoft, Origin::Recorded, now());
    two.environments[0].key = other.key.clone();
    two.environments.push(other);
    let found = outlook(Moment::new(Edition::default_edition(), &two, now()), &EnvironmentId::new("one")).unwrap();
    assert_eq!(less_restorable(&found), None);
}
