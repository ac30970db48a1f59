//! Whose file it is, which lists prove that something is missing, and in which cloud the tenant is.

use crate::laws::cases;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use restore_desk::domain::cloud::{self, CloudStanding};
use restore_desk::domain::command::{Command, Refusal, apply};
use restore_desk::domain::edition::Edition;
use restore_desk::domain::environment::{Environment, EnvironmentId, Kind};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::inventory::{BackupList, Inventory, Observation};
use restore_desk::domain::merge::{CloudNote, LineKind, age_hint, merge, missing_since, preview};
use restore_desk::domain::service::{Cloud, Offered};
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::whose::{FileDoubt, Foreign, Whose, doubts, id_in, id_of, judge};
use restore_desk::interop::sample::contoso;
use restore_desk::words::Say;

const A: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const B: &str = "bbbbbbbb-0000-4000-8000-000000000002";

fn day(n: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 4, 1, 8, 0, 0).unwrap() + TimeDelta::days(n)
}

fn seen(id: &str) -> Observation {
    Observation { id: id.into(), name: Some(id.to_uppercase()), kind: Some(Kind::Sandbox), ..Observation::default() }
}

/// A list of the whole tenant with these ids.
fn list(ids: &[&str]) -> Inventory {
    Inventory {
        format: "admin REST list".into(),
        name: "a.json".into(),
        environments: ids.iter().map(|id| seen(id)).collect(),
        complete: true,
        of_tenant: true,
        ..Inventory::default()
    }
}

fn default_of(tenant: &str) -> String {
    format!("Default-{tenant}")
}

/// A list that tells its tenant by its Default environment.
fn of(tenant: &str, ids: &[&str]) -> Inventory {
    let default = default_of(tenant);
    list(&[&[default.as_str()], ids].concat())
}

fn kept(files: &[Inventory]) -> Tenant {
    files.iter().zip(0..).fold(Tenant::default(), |t, (file, n)| merge(&t, file, day(n)))
}

fn run(tenant: &Tenant, command: Command) -> Result<Tenant, Refusal> {
    apply(Edition::default_edition(), tenant, command, day(50)).map(|(after, _)| after)
}

#[test]
fn a_tenant_is_known_by_its_default_environment_or_by_what_the_file_says() {
    let check = |file: &Inventory, expect: Option<&str>| {
        assert_eq!(id_in(file).as_deref(), expect);
        assert_eq!(kept(std::slice::from_ref(file)).id.as_deref(), expect);
    };
    check(&list(&["x"]), None);
    check(&of(A, &["x"]), Some(A));
    check(&list(&[&default_of(A).to_uppercase()]), Some(A));
    check(&Inventory { tenant_id: Some(A.to_uppercase()), ..list(&["x"]) }, Some(A));
    check(&Inventory { tenant_id: Some(A.into()), ..of(A, &["x"]) }, Some(A));
    // The id of zeros is a sentinel, and not everything behind `Default-` is an id.
    check(&Inventory { tenant_id: Some("00000000-0000-0000-0000-000000000000".into()), ..list(&["x"]) }, None);
    for odd in ["Default-1", "Default-", "Default-Default-", "Default", "Default-aaaaaaaa-0000-4000-8000-00000000000g"]
    {
        check(&list(&[odd]), None);
    }
    // An older workspace has no id of its own, but a Default environment.
    let mut older = kept(&[of(A, &["x"])]);
    older.id = None;
    assert_eq!(id_of(&older).as_deref(), Some(A));
}

#[test]
fn a_file_of_another_tenant_is_never_merged() {
    let mut here = kept(&[of(A, &["x", "y"])]);
    here.name = "Contoso".into();
    let theirs = of(B, &["x", "z"]);
    let foreign = Foreign::Another { file: B.into(), here: A.into(), name: "Contoso".into() };
    assert_eq!(judge(&here, &theirs), Whose::Foreign(foreign.clone()));
    let refusal = run(&here, Command::Import(theirs.clone())).unwrap_err();
    assert_eq!(refusal.says().to_string(), foreign.says().to_string());
    assert_eq!(
        refusal.says().to_string(),
        format!("the file is of the tenant {B}, and here is the tenant {A} (“Contoso”): they are never mixed")
    );
    // The preview shows no merge either.
    let seen = preview(&here, &theirs, day(3));
    assert_eq!((seen.whose, seen.lines), (Whose::Foreign(foreign), vec![]));
    assert_eq!(merge(&here, &theirs, day(3)), here);
    // Nor does a list of backups, whatever environments it names.
    let backups = Inventory {
        tenant_id: Some(B.into()),
        backups: vec![BackupList { environment: Some(EnvironmentId::new("q")), backups: Vec::new(), whole: true }],
        ..Inventory::default()
    };
    assert!(run(&here, Command::Import(backups)).unwrap_err().says().to_string().contains(B));
    // Two tenants in one file are told apart by nobody.
    let both = list(&[&default_of(A), &default_of(B)]);
    let refusal = run(&Tenant::default(), Command::Import(both)).unwrap_err();
    assert!(refusal.says().to_string().contains("2 tenants at once"), "{refusal:?}");
    // The sample is put away whole, as ever.
    assert_eq!(run(&contoso(day(0)), Command::Import(theirs)).unwrap().id.as_deref(), Some(B));
}

#[test]
fn without_an_id_it_is_asked_whether_it_is_the_same_tenant() {
    let doubts = |here: &Tenant, file: &Inventory| preview(here, file, day(5)).doubts;
    let here = kept(&[list(&["a", "b", "c"])]);
    assert_eq!(doubts(&here, &list(&["x", "y"])), [FileDoubt::NoneKnown { listed: 2, known: 3 }]);
    assert_eq!(doubts(&here, &list(&["x", "C"])), []);
    assert_eq!(doubts(&kept(&[list(&["a", "b"])]), &list(&["x"])), []);
    assert_eq!(
        doubts(&here, &of(A, &["x"])),
        [FileDoubt::NoneKnown { listed: 2, known: 3 }],
        "only one side tells its id"
    );
    assert_eq!(doubts(&contoso(day(0)), &list(&["x"])), []);
    // It is only asked: the file can be kept.
    assert_eq!(run(&here, Command::Import(list(&["x"]))).unwrap().environments.len(), 4);
}

#[test]
fn most_of_a_tenant_missing_at_once_is_asked_about() {
    let all = ["a", "b", "c", "d", "e"];
    let here = kept(&[of(A, &all)]);
    let check =
        |ids: &[&str], expect: &[FileDoubt]| assert_eq!(preview(&here, &of(A, ids), day(5)).doubts, expect, "{ids:?}");
    check(&all, &[]);
    check(&["a", "b", "c"], &[]);
    check(&["a", "b"], &[]);
    check(&["a"], &[FileDoubt::MostMissing { missing: 4, known: 6 }]);
    check(&[], &[FileDoubt::MostMissing { missing: 5, known: 6 }]);
    // Where few are known, two missing are no sign.
    assert_eq!(preview(&kept(&[of(A, &["a", "b"])]), &of(A, &[]), day(5)).doubts, []);
    let part = Inventory { complete: false, ..of(A, &["a"]) };
    assert_eq!(preview(&here, &part, day(5)).doubts, []);
}

#[test]
fn what_one_user_may_see_proves_neither_absence_nor_life() {
    let deleted = Observation { deleted: Some(day(0).into()), ..seen("gone") };
    let first = Inventory { environments: vec![seen("a"), deleted].into(), ..list(&[]) };
    let here = kept(&[first]);
    let of_user = Inventory { of_tenant: false, ..list(&["gone"]) };
    let after = merge(&here, &of_user, day(2));
    let gone = after.get(&EnvironmentId::new("gone")).unwrap();
    assert_eq!(gone.deleted, Some(day(0).into()));
    assert!(gone.history.is_empty(), "{:?}", gone.history);
    assert_eq!(missing_since(&after), []);
    assert!(!after.imports[1].complete);
    let lines = preview(&here, &of_user, day(2)).lines;
    assert!(lines.iter().all(|l| l.what != LineKind::Missing));
    assert!(lines[0].notes[0].says().to_string().contains("does not say that it lives"), "{lines:?}");
    // A list of the tenant does say so.
    let after = merge(&here, &list(&["a", "gone"]), day(3));
    assert_eq!(after.get(&EnvironmentId::new("gone")).unwrap().deleted, None);
}

fn at(id: &str, url: &str) -> Observation {
    Observation { url: Some(url.into()), ..seen(id) }
}

const PUBLIC: &str = "https://a.crm4.dynamics.com/";
const GCC: &str = "https://a.crm9.dynamics.com/";

#[test]
fn the_cloud_is_told_by_addresses_and_files() {
    let addressed = |url: &str| Inventory { environments: vec![at("a", url), seen("b")].into(), ..list(&[]) };
    let check = |here: &Tenant, file: &Inventory, note: Option<CloudNote>, after: CloudStanding| {
        assert_eq!(preview(here, file, day(5)).cloud, note);
        assert_eq!(cloud::of_tenant(&merge(here, file, day(5))), after);
    };
    let empty = Tenant::default();
    check(&empty, &list(&["a"]), None, CloudStanding::Unknown);
    check(&empty, &addressed(GCC), Some(CloudNote::Told(Cloud::UsGov)), CloudStanding::Known(Cloud::UsGov));
    let stamped = Inventory { cloud: Some(Cloud::China), ..list(&["a"]) };
    check(&empty, &stamped, Some(CloudNote::Told(Cloud::China)), CloudStanding::Known(Cloud::China));
    // Told again it is nothing new; a list without addresses takes nothing away.
    let here = kept(&[addressed(GCC)]);
    check(&here, &addressed(GCC), None, CloudStanding::Known(Cloud::UsGov));
    check(&here, &list(&["a"]), None, CloudStanding::Known(Cloud::UsGov));
    // Corrected where every address says so.
    let changed = CloudNote::Changed { from: Cloud::UsGov, to: Cloud::Public };
    check(&here, &addressed(PUBLIC), Some(changed), CloudStanding::Known(Cloud::Public));
    // Two clouds are none.
    let both = vec![Cloud::Public, Cloud::UsGov];
    let mixed = Inventory { cloud: Some(Cloud::Public), ..list(&["b"]) };
    let contradicted = CloudNote::Contradicted { told: Cloud::Public, addresses: vec![Cloud::UsGov] };
    check(&here, &mixed, Some(contradicted), CloudStanding::Mixed(both.clone()));
    let two = Inventory { environments: vec![at("a", GCC), at("b", PUBLIC)].into(), ..list(&[]) };
    check(&empty, &two, Some(CloudNote::Mixed(both.clone())), CloudStanding::Mixed(both.clone()));
    // A file that names one of them leaves them what they are; one that names a third is against both.
    let named = |cloud| Inventory { cloud: Some(cloud), ..two.clone() };
    check(&empty, &named(Cloud::UsGov), Some(CloudNote::Mixed(both.clone())), CloudStanding::Mixed(both.clone()));
    let note = preview(&empty, &named(Cloud::China), day(5)).cloud;
    assert_eq!(note, Some(CloudNote::Contradicted { told: Cloud::China, addresses: both }));
}

#[test]
fn the_users_word_counts_as_the_cloud() {
    let addressed = |url: &str| Inventory { environments: vec![at("a", url)].into(), ..list(&[]) };
    let answered = run(&Tenant::default(), Command::SetCloud(Some(Cloud::UsGovDod))).unwrap();
    assert_eq!(cloud::of_tenant(&answered), CloudStanding::Known(Cloud::UsGovDod));
    // An import that tells another one for the first time, later than the answer, counts; one that repeats itself does not.
    let here = merge(&answered, &addressed(PUBLIC), day(60));
    assert_eq!(cloud::of_tenant(&here), CloudStanding::Known(Cloud::Public));
    let again = apply(Edition::default_edition(), &here, Command::SetCloud(Some(Cloud::UsGov)), day(61)).unwrap().0;
    let note = preview(&again, &addressed(PUBLIC), day(62)).cloud;
    assert_eq!(note, Some(CloudNote::AnswerStands { answer: Cloud::UsGov, told: Cloud::Public }));
    assert_eq!(cloud::of_tenant(&merge(&again, &addressed(PUBLIC), day(62))), CloudStanding::Known(Cloud::UsGov));
    // Taken back, what was told counts again.
    assert_eq!(cloud::of_tenant(&run(&again, Command::SetCloud(None)).unwrap()), CloudStanding::Known(Cloud::Public));
}

proptest! {
    #![proptest_config(cases(256))]

    /// Whatever two tenants list: a file of the one changes nothing in the other, and what is here stays the same to the letter.
    #[test]
    fn tenants_never_mix(
        mine in prop::collection::vec("[a-f]{1,2}", 1..6),
        theirs in prop::collection::vec("[a-f]{1,2}", 1..6),
        stamped in any::<bool>(),
    ) {
        let ids = |v: &[String]| v.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let (mine, theirs) = (ids(&mine), ids(&theirs));
        let split = |text: &str| list(&text.split_whitespace().collect::<Vec<_>>());
        let here = merge(&Tenant::default(), &Inventory { tenant_id: Some(A.into()), ..split(&mine) }, day(0));
        let mut file = Inventory { tenant_id: Some(B.into()), ..split(&theirs) };
        if !stamped {
            file.tenant_id = None;
            file.environments.push(seen(&default_of(B)));
        }
        prop_assert_eq!(merge(&here, &file, day(1)), here.clone());
        if !file.environments.is_empty() {
            prop_assert!(run(&here, Command::Import(file)).is_err());
        }
    }
}

#[test]
fn a_part_of_the_tenant_says_nothing_of_the_rest() {
    let here = kept(&[list(&["a", "b", "c", "d"])]);
    // What the file lists, whether it is a list of everything and of the tenant; how many it does not speak of, and how many are missing.
    let check = |ids: &[&str], (complete, of_tenant): (bool, bool), expect: (usize, usize)| {
        let seen = preview(&here, &Inventory { complete, of_tenant, ..list(ids) }, day(5));
        let missing = seen.lines.iter().filter(|line| line.what == LineKind::Missing).count();
        assert_eq!((seen.not_spoken_of, missing), expect, "{ids:?} {complete} {of_tenant}");
    };
    check(&["a", "b", "c"], (true, true), (0, 1));
    check(&["a", "b", "c"], (false, true), (1, 0));
    check(&["a", "x"], (true, false), (3, 0));
    check(&["a", "b", "c", "d"], (false, false), (0, 0));
    check(&[], (false, false), (0, 0));
}

#[test]
fn a_list_that_is_older_than_what_is_kept_is_asked_about() {
    let hour = |n: i64| day(10) + TimeDelta::hours(n);
    let asked = |at: Option<i64>, ids: &[&str]| Inventory { asked: at.map(hour), ..list(ids) };
    // When the service was asked for the lists that are kept, and when each was kept; when for the file; whether it is older. Hours.
    let check = |kept: &[(Option<i64>, i64)], file: Option<i64>, expect: Option<i64>| {
        let keep = |here: Tenant, (at, kept): &(Option<i64>, i64)| merge(&here, &asked(*at, &["a"]), hour(*kept));
        let here = kept.iter().fold(Tenant::default(), keep);
        let found = preview(&here, &asked(file, &["a"]), hour(100)).doubts;
        let older = |here| FileDoubt::Older { file: hour(file.unwrap_or_default()), here: hour(here) };
        assert_eq!(found, expect.map(older).into_iter().collect::<Vec<_>>(), "{kept:?} {file:?}");
    };
    check(&[], Some(1), None);
    check(&[(Some(5), 6)], Some(4), Some(5));
    check(&[(Some(5), 6)], Some(5), None);
    check(&[(Some(5), 6)], Some(7), None);
    check(&[(Some(5), 6)], None, None);
    // The newest counts, not the last one that was kept.
    check(&[(Some(5), 6), (Some(2), 8)], Some(3), Some(5));
    // Where the kept one does not say, it may be older than when it was kept.
    check(&[(None, 30)], Some(6), None);
    check(&[(None, 30)], Some(5), Some(30));
    // What lists no environment is no list.
    let here = merge(&Tenant::default(), &asked(Some(5), &["a"]), hour(6));
    assert_eq!(preview(&here, &asked(Some(1), &[]), hour(100)).doubts, []);
}

/// What a person recorded is not taken back by a list of before, nor by one of which nobody knows when it was made.
#[test]
fn a_list_that_would_take_back_what_was_recorded_is_asked_about() {
    let hour = |n: i64| day(10) + TimeDelta::hours(n);
    let file = |asked: Option<i64>, kind: Kind| {
        let mut file = Inventory { asked: asked.map(hour), ..list(&["a", "b"]) };
        file.environments[0].kind = Some(kind);
        file
    };
    let kept = merge(&Tenant::default(), &file(Some(1), Kind::Production), hour(2));
    let edited = |edit: &dyn Fn(&mut Environment)| {
        let mut here = kept.clone();
        edit(here.environments.iter_mut().find(|env| env.id == EnvironmentId::new("a")).unwrap());
        here
    };
    let switched = edited(&|env| env.kind = Fact::known(Kind::Sandbox, Origin::Recorded, hour(5)));
    let deleted = edited(&|env| env.deleted = Some(hour(5).into()));
    let check = |here: &Tenant, asked: Option<i64>, kind: Kind, expect: bool| {
        let doubt = FileDoubt::Undoes { file: asked.map(hour), recorded: hour(5) };
        let found = preview(here, &file(asked, kind), hour(100)).doubts;
        assert_eq!(found, expect.then_some(doubt).into_iter().collect::<Vec<_>>(), "{asked:?}");
    };
    for here in [&switched, &deleted] {
        check(here, Some(1), Kind::Production, true);
        check(here, Some(4), Kind::Production, true);
        check(here, None, Kind::Production, true);
        check(here, Some(5), Kind::Production, false);
    }
    check(&switched, Some(1), Kind::Sandbox, false);
    check(&switched, None, Kind::Sandbox, false);
    check(&kept, None, Kind::Sandbox, false);
    // A deletion that a list told of.
    let mut told = file(Some(3), Kind::Production);
    told.environments[0].deleted = Some(hour(2).into());
    check(&merge(&kept, &told, hour(4)), None, Kind::Production, false);
}

#[test]
fn a_file_without_environments_is_no_strangers() {
    let here = kept(&[list(&["a", "b", "c"])]);
    let found = |ids: &[&str]| doubts(&here, &list(ids), &Whose::Unknown, 0, None);
    assert_eq!(found(&[]), []);
    assert_eq!(found(&["a", "x"]), []);
    assert_eq!(found(&["x"]), [FileDoubt::NoneKnown { listed: 1, known: 3 }]);
}

#[test]
fn a_file_of_another_tenant_can_stand_alone() {
    let another = Foreign::Another { file: "a".into(), here: "b".into(), name: String::new() };
    assert!(another.can_stand_alone());
    assert!(!Foreign::Several(vec!["a".into(), "b".into()]).can_stand_alone());
}

/// How old a file shows itself to be is told once it is more than a day.
#[test]
fn the_age_of_a_file_is_told_after_a_day() {
    let offered = Some(Offered { from: Some(day(-10)), period_days: Some(7) });
    let file = Inventory { environments: vec![Observation { offered, ..seen("a") }].into(), ..list(&[]) };
    let told = |seconds: i64| age_hint(&file, day(-2) + TimeDelta::seconds(seconds));
    assert_eq!((told(-1), told(0), told(1)), (None, None, Some(day(-3))));
}
