//! Addresses: what each reads as, and that printing and reading undo each other.

use crate::laws::cases;
use chrono::DateTime;
use proptest::prelude::*;
use restore_desk::domain::advice::Mishap;
use restore_desk::domain::environment::EnvironmentId;
use restore_desk::domain::rule::{CATALOGUE, RuleId};
use restore_desk::ui::route::{
    ActivityQuery, EnvironmentsQuery, ReadinessQuery, RestoreQuery, Route, TargetsQuery, WayBackQuery,
};
use restore_desk::workspace::Goal;

#[track_caller]
fn check(hash: &str, expect: Route) {
    assert_eq!(Route::parse(hash), expect);
}

/// Reads as `expect`, and is also how `expect` is printed.
#[track_caller]
fn check_both(hash: &str, expect: Route) {
    assert_eq!(expect.href(), hash);
    check(hash, expect);
}

#[track_caller]
fn check_unknown(hash: &str) {
    check(hash, Route::NotFound(hash.trim_start_matches('#').to_string()));
}

#[test]
fn the_plain_pages() {
    check_both("#/", Route::Start);
    check_both("#/way-back", Route::way_back(None));
    check_both("#/import", Route::Import);
    check_both("#/unknown", Route::Unknown);
    check_both("#/environments", Route::environments());
    check_both("#/targets", Route::targets());
    check_both("#/restore", Route::restore());
    check_both("#/plans", Route::Plans);
    check_both("#/plans/12", Route::Plan(12));
    check_both("#/shared/1.0a1b2c3d.Zg-_", Route::Shared("1.0a1b2c3d.Zg-_".into()));
    check("#/shared/1.x.y/?a=b", Route::Shared("1.x.y".into()));
    check("#/shared", Route::Shared(String::new()));
    check_both("#/shared/", Route::Shared(String::new()));
    check_unknown("#/shared/a/b");
    check_both("#/deleted", Route::Deleted);
    check_both("#/activity", Route::activity(None));
    check_both("#/activity?environment=a%20b", Route::activity(Some(EnvironmentId::new("a b"))));
    check_both("#/activity?sort=restore", Route::Activity(ActivityQuery { environment: None, sort: "restore".into() }));
    check_both("#/readiness", Route::readiness());
    let query =
        ReadinessQuery { search: "a b".into(), only: "not".into(), finding: "no-target".into(), sort: "-name".into() };
    check_both("#/readiness?search=a%20b&only=not&finding=no-target&sort=-name", Route::Readiness(query));
    check_both("#/deadlines", Route::Deadlines);
    check_both("#/reference", Route::Reference(None));
    check_both("#/reference?rule=K10", Route::Reference(Some(RuleId::K10)));
}

#[test]
fn what_people_type_and_cut_off() {
    check("", Route::Start);
    check("#", Route::Start);
    check("/", Route::Start);
    // Two pages of earlier versions.
    check("#/retention/", Route::Reference(None));
    check("#retention", Route::Reference(None));
    check("#/rules", Route::Reference(None));
    check("#/rules/t4", Route::Reference(Some(RuleId::T4)));
    check("#/reference?rule=t4", Route::Reference(Some(RuleId::T4)));
    check("#/reference?rule=", Route::Reference(None));
    check_unknown("#/reference?rule=Q99");
    check("#/restore?x=1", Route::restore());
    check("#/restore?step=999&goal=none&source=", Route::restore());
}

#[test]
fn what_leads_nowhere_says_so() {
    check_unknown("#/nowhere");
    check_unknown("#/plans/last");
    check_unknown("#/plans/-1");
    check_unknown("#/plans/99999999999");
    check_unknown("#/rules/T99");
    check_unknown("#/environments/a/b");
    check_unknown("#/Environments");
}

#[test]
fn ids_and_queries_are_encoded() {
    check_both("#/environments/Default-7a", Route::Environment(EnvironmentId::new("Default-7a")));
    check_both("#/environments/a%2Fb%3F%23", Route::Environment(EnvironmentId::new("a/b?#")));
    check_both(
        "#/environments?search=M%C3%BCnchen%20%26%20Co&sort=-name",
        Route::Environments(EnvironmentsQuery {
            search: "München & Co".into(),
            sort: "-name".into(),
            ..EnvironmentsQuery::default()
        }),
    );
    check_both(
        "#/targets?source=a&target=b&span=classes&by=environment",
        Route::Targets(TargetsQuery {
            source: Some(EnvironmentId::new("a")),
            target: Some(EnvironmentId::new("b")),
            span: "classes".into(),
            by: "environment".into(),
        }),
    );
    check_both("#/targets?source=a&target=b", Route::pair(EnvironmentId::new("a"), EnvironmentId::new("b")));
}

#[test]
fn what_happened_is_in_the_address() {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    check_both("#/way-back?environment=a", Route::way_back(Some(EnvironmentId::new("a"))));
    check_both(
        "#/way-back?mishap=records&environment=a&from=2026-11-24T01%3A00%3A00Z&until=2026-11-24T02%3A00%3A30Z",
        Route::WayBack(WayBackQuery {
            mishap: Some(Mishap::RecordsLost),
            environment: Some(EnvironmentId::new("a")),
            from: at("2026-11-24T01:00:00Z"),
            until: at("2026-11-24T02:00:30Z"),
        }),
    );
    // Another offset is the same instant; what is no instant and no mishap is left out.
    let from = |from| Route::WayBack(WayBackQuery { from, ..WayBackQuery::default() });
    check("#/way-back?from=2026-11-24T03:00:00%2B02:00", from(at("2026-11-24T01:00:00Z")));
    check("#/way-back?from=2026-11-24T01:00:00.5Z", from(at("2026-11-24T01:00:00Z")));
    check("#/way-back?from=yesterday&mishap=fire", Route::way_back(None));
}

#[test]
fn broken_percent_signs_stay_text() {
    for (hash, search) in [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("100%25", "100%"), ("%+1", "%+1")] {
        check(
            &format!("#/environments?search={hash}"),
            Route::Environments(EnvironmentsQuery { search: search.into(), ..EnvironmentsQuery::default() }),
        );
    }
}

fn id() -> impl Strategy<Value = EnvironmentId> {
    any::<String>().prop_filter("an id is not empty", |s| !s.is_empty()).prop_map(EnvironmentId::new)
}

fn route() -> impl Strategy<Value = Route> {
    let text = any::<String>;
    prop_oneof![
        Just(Route::Start),
        Just(Route::Import),
        Just(Route::Unknown),
        (
            prop::option::of(any::<u8>()),
            prop::option::of(prop::sample::select(vec![Goal::Restore, Goal::ToProduction, Goal::Beside])),
            prop::option::of(id()),
            prop::option::of(id()),
            prop::option::of(text().prop_filter("an id is not empty", |s| !s.is_empty())),
            prop::option::of(0i64..4_000_000_000),
        )
            .prop_map(|(step, goal, source, target, backup, at)| {
                let at = at.and_then(|at| DateTime::from_timestamp(at, 0));
                Route::Restore(RestoreQuery { step, goal, source, target, backup, at })
            }),
        (
            prop::option::of(prop::sample::select(Mishap::ALL.to_vec())),
            prop::option::of(id()),
            prop::option::of(0i64..4_000_000_000),
            prop::option::of(0i64..4_000_000_000),
        )
            .prop_map(|(mishap, environment, from, until)| {
                let at = |seconds: Option<i64>| seconds.and_then(|s| DateTime::from_timestamp(s, 0));
                Route::WayBack(WayBackQuery { mishap, environment, from: at(from), until: at(until) })
            }),
        Just(Route::Plans),
        any::<u32>().prop_map(Route::Plan),
        id().prop_map(Route::Environment),
        (text(), text(), text(), text(), text(), text()).prop_map(|(search, kind, region, only, sort, open)| {
            Route::Environments(EnvironmentsQuery { search, kind, region, only, sort, open })
        }),
        (prop::option::of(id()), prop::option::of(id()), text(), text())
            .prop_map(|(source, target, span, by)| Route::Targets(TargetsQuery { source, target, span, by })),
        prop::option::of(prop::sample::select(CATALOGUE.iter().map(|t| t.id).collect::<Vec<_>>()))
            .prop_map(Route::Reference),
    ]
}

/// The ids as they are spelt: equality of ids ignores case, a round trip must not.
fn spelling(route: &Route) -> String {
    format!("{route:?}")
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn printing_and_reading_undo_each_other(route in route()) {
        let again = Route::parse(&route.href());
        prop_assert_eq!(&again, &route);
        prop_assert_eq!(spelling(&again), spelling(&route));
    }

    #[test]
    fn whatever_is_read_prints_to_the_same_page(hash in any::<String>()) {
        let read = Route::parse(&hash);
        prop_assert_eq!(Route::parse(&read.href()), read);
    }

    #[test]
    fn an_address_is_safe_in_a_link(route in route()) {
        let href = route.href();
        prop_assert!(href.starts_with("#/"));
        prop_assert!(href.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\`".contains(c)), "{}", href);
    }
}
