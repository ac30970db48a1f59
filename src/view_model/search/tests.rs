use super::*;
use crate::domain::deletion::Deletion;
use crate::domain::fact::{Fact, Origin};
use crate::workspace::local_time::Zone;
use crate::workspace::typed::ways;

struct Berlin;

impl Zone for Berlin {
    fn offset_minutes(&self, _: DateTime<Utc>) -> i32 {
        60
    }
}

fn named(name: &str, kind: Kind) -> Environment {
    let mut env = Environment::new(format!("id-{}", name.to_lowercase().replace(' ', "-")));
    env.name = name.to_string();
    env.kind = Fact::known(kind, Origin::Answer, DateTime::UNIX_EPOCH);
    env
}

/// With one that is deleted.
fn tenant() -> Tenant {
    let mut tenant = Tenant::default();
    let mut gone = named("Old portal", Kind::Sandbox);
    gone.deleted = Some(Deletion::exactly(DateTime::UNIX_EPOCH));
    tenant.environments.push(gone);
    for name in ["Sales", "Sales UAT", "HR Sales copy", "Wholesale", "Finance-Test"] {
        tenant.environments.push(named(name, Kind::Sandbox));
    }
    tenant
}

/// What is found, and what is said of the time: one word for each: `Sales` an environment, `!Restore Sales …` something to do, `@…` a time, `#Start` a page, `K7` a rule.
#[track_caller]
fn check(typed: &str, expect: &[&str]) {
    check_among(&tenant(), typed, expect);
}

#[track_caller]
fn check_among(tenant: &Tenant, typed: &str, expect: &[&str]) {
    let pages =
        [("Start", "home"), ("Way back", "what happened rehome"), ("Rules and retention", "how long are they kept")];
    let says = |hit: Hit| match hit {
        Hit::Environment { name, .. } => name,
        Hit::Do { what, name, at, .. } => format!("!{}", what.says(&name, at.as_ref())),
        Hit::Begin { act, name, .. } => format!("!{name}: {}", act.heading(true)),
        Hit::At(point) => format!("@{}", point.says),
        Hit::Day { says, typed } => format!("{says}: {typed}"),
        Hit::Plan { title, .. } => format!("plan {title}"),
        Hit::Page(i) => format!("#{}", pages[i].0),
        Hit::Rule { id, .. } => id.to_string(),
    };
    let now: DateTime<Utc> = "2026-11-24T02:00:00Z".parse().unwrap();
    let around = Around {
        edition: Edition::newest(),
        plans: &[(3, "Audit logs")],
        pages: &pages,
        read: &|text| ways(text, &Berlin, now),
    };
    let Found { hits, says: of_time } = search(typed, tenant, &around);
    let found: Vec<String> = hits.into_iter().map(says).chain(of_time.map(|says| format!("? {says}"))).collect();
    assert_eq!(found, expect, "{typed:?}");
}

#[test]
fn the_best_stand_first() {
    check("", &[]);
    check("  ", &[]);
    check("sale", &["Sales", "Sales UAT", "HR Sales copy", "Wholesale"]);
    check("SALES u", &["Sales UAT"]);
    check("uat sales", &["Sales UAT"]);
    check("test", &["Finance-Test"]);
    check("id-wholesale", &["Wholesale"]);
    check("start", &["#Start", "R3", "R22"]);
    check("K7", &["K7"]);
    // Also where it can be read as a time.
    check("T4", &["T4", "@Mon 23 Nov 2026 04:00 (03:00 UTC)"]);
    check("audit logs", &["plan Audit logs", "R5", "R6", "R7", "R23"]);
    check("home", &["#Start", "#Way back"]);
    check("way happened", &["#Way back"]);
    check("nothing like it", &[]);
}

#[test]
fn production_is_first_where_its_name_holds_the_words_whole() {
    let mut tenant = tenant();
    tenant.environments.push(named("Contoso Sales", Kind::Production));
    tenant.environments.push(named("Salespoint", Kind::Production));
    tenant.environments.push(named("Sales Dev", Kind::Developer));
    let names =
        |typed: &str| environments(&tenant, typed, 9, |_| true).iter().map(|e| e.name.clone()).collect::<Vec<_>>();
    let rest = ["Salespoint", "Sales Dev", "Sales UAT", "HR Sales copy", "Wholesale"];
    assert_eq!(names("sales"), [&["Sales", "Contoso Sales"][..], &rest[..4]].concat());
    assert_eq!(
        names("sale"),
        ["Salespoint", "Sales", "Sales Dev", "Sales UAT", "Contoso Sales", "HR Sales copy", "Wholesale"]
    );
    assert_eq!(names("sales contoso"), ["Contoso Sales"]);
    let gone = tenant.environments.iter_mut().find(|env| env.name == "Contoso Sales").expect("it");
    gone.deleted = Some(Deletion::exactly(DateTime::UNIX_EPOCH));
    let names: Vec<&str> = environments(&tenant, "sales", 9, |_| true).iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names[4..], ["HR Sales copy", "Contoso Sales"]);
}

#[test]
fn what_can_be_done_is_said_with_its_environment() {
    check("restore uat", &["!Restore Sales UAT …"]);
    check("Back up  fin", &["!Back up Finance-Test …"]);
    check("bring back wholesale", &["!Restore Wholesale …"]);
    check("way back hr", &["!Find the way back for HR Sales copy"]);
    check("onto sales uat", &["!See what Sales UAT may be restored onto"]);
    check("restore nobody", &[]);
    for typed in ["recover old portal", "undelete portal", "undo delete old portal", "restore old portal"] {
        check(typed, &["!Recover Old portal …"]);
    }
    check("recover uat", &["!Restore Sales UAT …"]);
    check("back up old portal", &[]);
}

#[test]
fn whatever_else_can_be_done_is_found_by_what_people_call_it() {
    let kind = "!Sales UAT: Switch it to Production";
    check("switch uat", &[kind]);
    check("convert sales uat", &[kind]);
    check("change the kind of uat", &[kind]);
    check("delete uat", &["!Sales UAT: Delete it"]);
    check("delete old portal", &[]);
    check("con", &["T10", "R3", "R11", "D11"]);
    check("retention wholesale", &["!Wholesale: Change the retention"]);
    check("retention of wholesale", &["!Wholesale: Change the retention"]);
    check("encrypt wholesale", &["!Wholesale: Apply or remove a customer-managed key"]);
    // Both, where it is not known how it is.
    let both =
        |what: &str| [true, false].map(|on| format!("!Wholesale: Turn {what} {}", if on { "on" } else { "off" }));
    check("manage wholesale", &both("Managed Environments").each_ref().map(String::as_str));
    check("admin mode of wholesale", &both("administration mode").each_ref().map(String::as_str));
}

#[test]
fn a_point_is_typed_with_what_is_done() {
    let sales = "!Restore Wholesale to Mon 23 Nov 2026 14:00 (13:00 UTC) …";
    check("restore wholesale to yesterday 14", &[sales]);
    check("Restore Wholesale  yesterday 14:00", &[sales]);
    check("restore wholesale as of 23 nov 13:00 utc", &[sales]);
    check("bring back wholesale to 2026-11-23 14:00", &[sales]);
    // Each way to read it.
    check(
        "restore sales uat to 10/11 14:00",
        &[
            "!Restore Sales UAT to Sun 11 Oct 2026 14:00 (13:00 UTC) …",
            "!Restore Sales UAT to Tue 10 Nov 2026 14:00 (13:00 UTC) …",
            "? “10/11” can be read two ways, day first or month first; choose which you mean",
        ],
    );
    check(
        "way back finance 3 h ago",
        &["!Find the way back for Finance-Test, to before Tue 24 Nov 2026 00:00 (Mon 23 Nov 23:00 UTC)"],
    );
    // A day without a time of day is asked.
    check(
        "restore wholesale to yesterday",
        &[
            "!Restore Wholesale to Mon 23 Nov 2026 00:00 (Sun 22 Nov 23:00 UTC) …",
            "!Restore Wholesale to Mon 23 Nov 2026 03:00 (02:00 UTC) …",
            "!Restore Wholesale to Mon 23 Nov 2026 12:00 (11:00 UTC) …",
            "? the time of day is missing on Mon 23 Nov 2026; add it, or choose one",
        ],
    );
    check("back up wholesale to yesterday 14", &[]);
    check("restore nobody to yesterday 14", &[]);
}

#[test]
fn a_point_is_none_of_an_address_or_of_a_part_of_a_word() {
    let mut tenant = Tenant::default();
    for (at, name) in ["Contoso HR 2024", "HR Test", "Legacy CRM"].into_iter().enumerate() {
        let mut env = named(name, Kind::Sandbox);
        env.id = EnvironmentId::new(format!("c0470500-0000-4000-8000-00000000000{at}"));
        env.url = Some(format!("https://contoso-{at}.crm4.dynamics.com/"));
        tenant.environments.push(env);
    }
    let two = |name: &str| format!("!Restore {name} to Tue 24 Nov 2026 02:00 (01:00 UTC) …");
    let (hr, test, crm) = (two("Contoso HR 2024"), two("HR Test"), two("Legacy CRM"));
    check_among(&tenant, "restore crm to 2", &[&crm]);
    check_among(&tenant, "restore hr to 2", &[&test, &hr]);
    check_among(&tenant, "restore hr 2:00", &[&test, &hr]);
    // What begins its words is its name.
    check_among(&tenant, "restore hr 2024", &["!Restore Contoso HR 2024 …"]);
    check_among(&tenant, "restore contoso-1.crm4", &["!Restore HR Test …"]);
    check_among(&tenant, "restore gacy", &["!Restore Legacy CRM …"]);
}

#[test]
fn a_point_without_an_environment_is_asked_of_all() {
    let yesterday = "@Mon 23 Nov 2026 14:00 (13:00 UTC)";
    for typed in ["yesterday 14", "restore yesterday 14", "way back to yesterday 14:00", "before 23 nov 2pm"] {
        check(typed, &[yesterday]);
    }
    check("before 2:00", &["@Tue 24 Nov 2026 02:00 (01:00 UTC)"]);
    check("tomorrow 14", &[]);
}

#[test]
fn a_time_that_cannot_be_read_is_said_beside_the_environment() {
    let wholesale = "!Restore Wholesale …";
    let no_hour = "? “27” is not a time of day; type it like 14:05 or 2pm";
    check("restore wholesale to yesterday 27", &[wholesale, no_hour]);
    check(
        "restore wholesale to tomorrow 14",
        &[wholesale, "? Wed 25 Nov 2026 14:00 (13:00 UTC) lies in the future; type an earlier time"],
    );
    let unknown = "? “nowhere” cannot be read as a part of a time; type the time alone: 2:00, yesterday 14:00 or 2026-11-15 14:05";
    check("restore wholesale to nowhere", &[wholesale, unknown]);
    check("yesterday 27", &[no_hour]);
    check("restore yesterday 27", &[no_hour]);
}

#[test]
fn of_a_day_that_can_be_two_it_is_asked_which() {
    let two = "? “02/03” can be read two ways, day first or month first; choose which you mean";
    let days = ["Tue 3 Feb 2026: restore wholesale to 2026-02-03 ", "Mon 2 Mar 2026: restore wholesale to 2026-03-02 "];
    check("Restore Wholesale to 02/03", &[days[0], days[1], "!Restore Wholesale …", two]);
    check("02/03", &["Tue 3 Feb 2026: 2026-02-03 ", "Mon 2 Mar 2026: 2026-03-02 ", two]);
    // Then its time of day.
    check(
        "restore wholesale to 2026-03-02 ",
        &[
            "!Restore Wholesale to Mon 2 Mar 2026 00:00 (Sun 1 Mar 23:00 UTC) …",
            "!Restore Wholesale to Mon 2 Mar 2026 03:00 (02:00 UTC) …",
            "!Restore Wholesale to Mon 2 Mar 2026 12:00 (11:00 UTC) …",
            "? the time of day is missing on Mon 2 Mar 2026; add it, or choose one",
        ],
    );
}
