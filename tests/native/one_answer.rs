//! The law of one answer: for one environment the table, its page, the wizard, the targets, the ways back and readiness say the
//! same: can it be brought back, how far back, onto whom. Typed values are compared, never sentences.

use crate::laws::cases;
use crate::pair_support::{any_edition, any_tenant, at, known};
use crate::retention_support::{Plot, hour, plot};
use restore_desk::domain::moment::Moment;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use restore_desk::domain::advice::{Case, Mishap, MishapTime, Way, WayKind, WayStanding, advise};
use restore_desk::domain::capacity::{Capacity, Storage};
use restore_desk::domain::command::Command;
use restore_desk::domain::edition::Edition;
use restore_desk::domain::eligibility::{Counts, Outcome, PairNow, TargetCounts, matrix};
use restore_desk::domain::environment::{Activity, Answer as Given, EnvironmentId, Kind, Operation};
use restore_desk::domain::fact::Fact;
use restore_desk::domain::merge::is_missing;
use restore_desk::domain::outlook::{Back, Obstacle, Outlook, OutlookAnswer, ReachCause, WaysBound, outlook, outlooks};
use restore_desk::domain::readiness::{Readiness, assess};
use restore_desk::domain::retention::{Certainty, window};
use restore_desk::domain::tenant::{ImportRecord, Tenant};
use restore_desk::view_model::sheet::{Here, csv_line, heads};
use restore_desk::view_model::{band, far, readiness, rows};
use restore_desk::workspace::local_time::Zone;
use restore_desk::workspace::wizard::choices::{SourceState, sources, targets};
use restore_desk::workspace::wizard::point::pick_instant;
use restore_desk::workspace::wizard::{WizardDesk, WizardStep};
use restore_desk::workspace::{Draft, Goal, Workspace};

struct Utc0;
impl Zone for Utc0 {
    fn offset_minutes(&self, _: DateTime<Utc>) -> i32 {
        0
    }
}

fn storage(free_gb: Option<f64>) -> Fact<Capacity> {
    let of = |free: f64| Storage { entitled_mb: 10_240.0 + free * 1024.0, used_mb: 10_240.0 };
    free_gb.map_or(Fact::unknown(), |gb| known(Capacity { database: of(gb), log: of(0.0), file: of(0.0) }))
}

/// Something about an environment that is no matter of pairs.
#[derive(Clone, Debug)]
struct More {
    age_days: i64,
    state: u32,
    days: u32,
    dynamics: Option<bool>,
    unlisted: bool,
}

fn more() -> impl Strategy<Value = More> {
    (
        0..60i64,
        0..10u32,
        select(vec![7u32, 14, 28]),
        select(vec![None, Some(true), Some(false)]),
        prop::bool::weighted(0.08),
    )
        .prop_map(|(age_days, state, days, dynamics, unlisted)| More { age_days, state, days, dynamics, unlisted })
}

/// The instant of the worlds that are made of pairs.
fn now() -> DateTime<Utc> {
    at(29, 0)
}

fn world() -> impl Strategy<Value = Tenant> {
    let free = select(vec![None, None, Some(0.5), Some(1.0), Some(50.0)]);
    (any_tenant(), prop::collection::vec(more(), 12), free).prop_map(|(mut tenant, more, free)| {
        tenant.capacity = storage(free);
        for (env, more) in tenant.environments.iter_mut().zip(more) {
            env.created =
                if more.age_days < 50 { known(now() - TimeDelta::days(more.age_days)) } else { Fact::unknown() };
            env.existed_by = (more.age_days % 2 == 0).then(|| now() - TimeDelta::days(more.age_days));
            env.deleted = env.deleted.map(|_| at(20, 0).into());
            env.dynamics = more.dynamics.map_or(Fact::unknown(), known);
            env.retention_setting = known(more.days);
            let busy = |what| Some(Activity { what, since: None, seen: (more.age_days % 3 > 0).then(now) });
            match more.state {
                0 => env.activity = busy(Operation::Copying),
                1 => env.activity = busy(Operation::Other("Moving".into())),
                2 => env.failed_restore = Some(now() - TimeDelta::days(1)),
                _ => {}
            }
            env.last_import = Some(if more.unlisted { 1 } else { 2 });
        }
        let import = |number, complete| ImportRecord {
            number,
            at: now() - TimeDelta::days(1),
            name: "list.json".into(),
            format: "admin REST list".into(),
            environments: 3,
            complete,
            told: Vec::new(),
            asked: None,
        };
        tenant.imports = vec![import(1, true), import(2, true)];
        tenant
    })
}

/// What the other screens say is the very answer: the table, the page of the environment, readiness.
fn check_shown(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let all = outlooks(Moment { edition, tenant, now });
    prop_assert_eq!(all.len(), tenant.living().count());
    let table = rows::rows(edition, tenant, now);
    let judged = assess(Moment { edition, tenant, now });
    for o in &all {
        let env = &tenant.environments[o.place];
        // Its page.
        let own_page = outlook(Moment { edition, tenant, now }, &o.environment);
        prop_assert_eq!(own_page.as_ref(), Some(o));
        // The table.
        let row = &table[o.place];
        prop_assert_eq!((&row.id, row.outlook.as_ref()), (&o.environment, Some(o)));
        let shown = &row.reach.window;
        prop_assert_eq!((shown.guaranteed_from, shown.possible_from), (o.sure_from, o.window.possible_from));
        prop_assert_eq!(row.restorable(), o.ever <= Back::Possibly);
        prop_assert_eq!(row.missing, o.obstacles.iter().any(|(_, why)| matches!(why, Obstacle::Unlisted { .. })));
        // Readiness.
        let prospect = judged.prospects.iter().find(|p| p.place == o.place);
        prop_assert_eq!(prospect.is_none(), is_missing(tenant, env));
        if let Some(p) = prospect {
            prop_assert_eq!((p.today, &p.obstacles, p.reasons.len()), (o.today, &o.obstacles, o.obstacles.len()));
            prop_assert_eq!((p.sure_from, p.possible_from, &p.ways), (o.sure_from, o.possible_from, &o.ways));
            check_readiness_row(tenant, &judged, o, row)?;
        }
        check_itself(o)?;
    }
    let headline = judged.headline();
    prop_assert_eq!(headline.not, headline.rests.iter().map(|(_, n)| n).sum::<usize>());
    prop_assert_eq!(headline.not, judged.prospects.iter().filter(|p| p.today == Back::Not).count());
    // Unknown storage is asked of the tenant, and makes nothing less sure.
    if tenant.capacity.is_unknown() {
        let enough = Tenant { capacity: storage(Some(50.0)), ..tenant.clone() };
        prop_assert_eq!(&outlooks(Moment::new(edition, &enough, now)), &all);
    }
    Ok(())
}

/// The row of readiness says how far back as the row of the table does: its band, the number beside it, and its line of CSV.
fn check_readiness_row(
    tenant: &Tenant,
    judged: &Readiness,
    o: &Outlook,
    table: &rows::Row,
) -> Result<(), TestCaseError> {
    let shown = readiness::rows(tenant, judged).into_iter().find(|r| r.id == o.environment).expect("it is judged");
    prop_assert_eq!(&shown.reach, &table.reach, "{:?}", o);
    prop_assert_eq!((shown.reach.window.guaranteed_from, shown.sure_from), (o.sure_from, o.sure_from));
    let perhaps = shown.reach.window.possible_from.filter(|_| !shown.reach.window.is_kept_only());
    prop_assert_eq!((perhaps, shown.possible_from), (o.possible_from, o.possible_from));
    // Onto what, and onto how many.
    prop_assert_eq!(Some(&shown.onto), table.onto.as_ref());
    prop_assert_eq!(shown.best.first(), table.onto_first.as_ref());
    Ok(())
}

/// An answer agrees with itself.
fn check_itself(o: &Outlook) -> Result<(), TestCaseError> {
    prop_assert!(o.ever <= o.today);
    prop_assert_eq!(o.today == Back::Surely, o.obstacles.is_empty());
    prop_assert_eq!(o.obstacles.iter().map(|(back, _)| *back).max().unwrap_or(Back::Surely), o.today);
    prop_assert!(o.obstacles.is_sorted_by_key(|(back, _)| std::cmp::Reverse(*back)));
    if o.ever == Back::Surely {
        prop_assert!(o.sure_from.is_some() && o.ways.is_sure(), "{:?}", o);
    }
    prop_assert!(o.sure_from.is_none_or(|sure| o.possible_from.is_some_and(|possible| possible <= sure)), "{:?}", o);
    // Where the ways cut what is kept, each bound says why itself; elsewhere the window does.
    let shown = o.reach();
    match o.bounds() {
        Some(why) => {
            prop_assert!(o.possible_from.is_some() && o.sure_from != o.window.guaranteed_from, "{:?}", o);
            prop_assert_eq!(shown.sure_reasons(), vec![why.sure.reason().map(ReachCause::Ways)]);
            prop_assert_eq!(&shown.possible_reasons()[0], &why.possible.reason().map(ReachCause::Ways));
            prop_assert_ne!(why.sure.reason(), why.possible.reason());
            prop_assert!(
                why.sure != WaysBound::NoSureWay(Obstacle::NoSurePoint),
                "no way is sure, and nothing says why: {:?}",
                o
            );
        }
        None if o.possible_from.is_some() => prop_assert_eq!(&shown, &o.window.clone().into()),
        None => prop_assert!(shown.window.guaranteed_from.is_none(), "{:?}", o),
    }
    // The two answers are told apart wherever they differ, and the holes are the points inside that are not there.
    let less = far::less_restorable(o).map(|less| less.window);
    prop_assert_eq!(less.as_ref().is_some_and(|w| w.guaranteed_from == o.window.guaranteed_from), false);
    if less.is_none() && !o.window.is_kept_only() {
        prop_assert_eq!(o.sure_from, o.window.guaranteed_from);
    }
    for window in less.iter().chain([&o.window]) {
        for hole in far::holes(window) {
            let inside = hole.before.map_or(window.until, |before| before - TimeDelta::nanoseconds(1));
            for at in [hole.from, inside] {
                let expect = if hole.asleep { Certainty::Dormant } else { Certainty::Gone };
                prop_assert_eq!(window.certainty(at), expect, "{:?} in {:?}", hole, window);
            }
        }
    }
    match o.answer() {
        OutlookAnswer::Restorable { possible_from, .. } => prop_assert!(possible_from.is_some(), "{:?}", o),
        OutlookAnswer::KeptOnly => {
            prop_assert!(o.window.possible_from.is_some() && o.possible_from.is_none(), "{:?}", o)
        }
        OutlookAnswer::Nothing => prop_assert!(o.possible_from.is_none(), "{:?}", o),
        OutlookAnswer::Unknown(_) => {}
    }
    Ok(())
}

fn desk<'a>(edition: &'a Edition, tenant: &'a Tenant, draft: &'a Draft, now: DateTime<Utc>) -> WizardDesk<'a, Utc0> {
    WizardDesk { edition, tenant, draft, now, zone: &Utc0 }
}

/// The wizard: which sources can be chosen, how far back, and onto whom; and the matrix.
fn check_wizard(edition: &Edition, tenant: &Tenant, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let all = outlooks(Moment { edition, tenant, now });
    let draft = Draft::default();
    let choices = sources(&desk(edition, tenant, &draft, now));
    prop_assert_eq!(choices.len(), all.len());
    let pairs = matrix(edition, tenant);
    for o in &all {
        let choice = choices.iter().find(|c| c.env.id == o.environment).expect("every living one is listed");
        let missing = is_missing(tenant, choice.env);
        match &choice.state {
            SourceState::Can(window) => {
                prop_assert!(o.ever <= Back::Possibly || missing, "{:?}", o);
                prop_assert_eq!(&**window, &*o.window);
            }
            SourceState::Ask(facts) => {
                prop_assert_eq!(o.ever, Back::NotKnown);
                prop_assert!(!facts.is_empty(), "{:?}", o);
            }
            SourceState::Cannot(why) => prop_assert!(o.ever == Back::Not && !why.is_empty(), "{:?} {:?}", o, why),
        }
        // Onto whom, as the wizard lists them and as the matrix has them.
        let draft = Draft { source: Some(o.environment.clone()), goal: Goal::Restore, ..Draft::default() };
        let (mut counts, mut sure, mut tally) = (Counts::default(), 0, TargetCounts::default());
        for t in targets(&desk(edition, tenant, &draft, now)) {
            let place = tenant.environments.iter().position(|e| e.id == t.env.id).unwrap();
            prop_assert_eq!(t.outcome, pairs.outcome(o.place, place));
            if t.itself {
                prop_assert_eq!(t.outcome, o.ways.itself);
                tally.add(PairNow::of(t.outcome, t.at_this_moment()), 1);
                continue;
            }
            if is_missing(tenant, t.env) {
                prop_assert!(!t.sure_now(), "nobody knows whether it is there");
                continue;
            }
            match t.outcome {
                Outcome::Eligible => counts.eligible += 1,
                Outcome::Unknown => counts.unknown += 1,
                Outcome::Refused => counts.refused += 1,
            }
            sure += usize::from(t.sure_now());
            tally.add(PairNow::of(t.outcome, t.at_this_moment()), 1);
        }
        let onto = o.onto();
        if onto.none.is_none() && !missing {
            prop_assert_eq!(tally, onto.tally, "{:?}", o);
        }
        if !missing {
            prop_assert_eq!(counts, o.ways.targets);
            let stopped = |why: &Obstacle| {
                matches!(
                    why,
                    Obstacle::StorageShort(_)
                        | Obstacle::RoomForOne(_)
                        | Obstacle::Occupied(_)
                        | Obstacle::Reported(_)
                        | Obstacle::PerhapsOccupied(_)
                        | Obstacle::LeftDisabled
                )
            };
            let free = if o.obstacles.iter().any(|(_, why)| stopped(why)) { 0 } else { o.ways.free };
            prop_assert_eq!(sure, free, "{:?}", o);
        }
    }
    Ok(())
}

/// Ways that need nothing to be made first.
fn in_place(way: &Way) -> bool {
    matches!(way.kind, WayKind::OntoItself | WayKind::ThroughSandbox | WayKind::Another)
}

/// The ways back to one point, and the wizard's word on it.
fn check_point(
    edition: &Edition,
    tenant: &Tenant,
    o: &Outlook,
    ago: TimeDelta,
    now: DateTime<Utc>,
) -> Result<(), TestCaseError> {
    let case = Case {
        mishap: Mishap::RecordsLost,
        environment: Some(o.environment.clone()),
        when: Some(MishapTime::exactly(now - ago)),
    };
    let advice = advise(Moment { edition, tenant, now }, &case).expect("all is told");
    let point = advice.point.expect("a point is gone back to");
    // The wizard's step for the point.
    let mut draft = Draft { source: Some(o.environment.clone()), ..Draft::default() };
    pick_instant(&mut draft, point, String::new(), now);
    let view = desk(edition, tenant, &draft, now).point_view().expect("it is chosen");
    let certainty = o.window.certainty(point);
    prop_assert_eq!(view.certainty, certainty);
    if matches!(certainty, Certainty::Gone | Certainty::Dormant | Certainty::Future) && o.ever != Back::NotKnown {
        prop_assert!(!desk(edition, tenant, &draft, now).problems(WizardStep::Point).is_empty());
    }
    // The ways back.
    let env = &tenant.environments[o.place];
    let sure_way = advice
        .ways
        .iter()
        .find(|w| in_place(w) && w.standing == WayStanding::Open && w.certainty == Some(Certainty::Guaranteed));
    let stopped = o.obstacles.iter().any(|(_, why)| {
        matches!(
            why,
            Obstacle::StorageShort(_)
                | Obstacle::RoomForOne(_)
                | Obstacle::Occupied(_)
                | Obstacle::Reported(_)
                | Obstacle::PerhapsOccupied(_)
                | Obstacle::LeftDisabled
                | Obstacle::Unlisted { .. }
        )
    });
    let sure = !stopped && o.sure_from.is_some_and(|from| from <= point && point <= o.window.until);
    prop_assert_eq!(
        sure_way.is_some(),
        sure,
        "{} ({:?}), point {}, now {}:\n{:?}\n{:?}",
        env.name,
        env.kind.get(),
        point,
        now,
        o,
        advice
            .ways
            .iter()
            .filter(|w| in_place(w))
            .map(|w| (w.id(), w.standing, w.certainty, w.doubt, &w.against))
            .collect::<Vec<_>>()
    );
    // No way is open to a point that the answer says is gone, and there is one to every point that may be there.
    let restores: Vec<&Way> = advice.ways.iter().filter(|w| w.purpose.is_some()).collect();
    let open = restores.iter().filter(|w| w.changes.is_empty() && w.standing < WayStanding::LastResort);
    for way in open {
        // Of a kind that is not known, or of which nothing is known to be kept, it is asked.
        let asked = way.standing == WayStanding::Unknown && o.ever == Back::NotKnown;
        prop_assert!(o.possible_from.is_some_and(|from| from <= point) || asked, "{:?}\n{:?}", way, o);
    }
    let there = matches!(certainty, Certainty::Guaranteed | Certainty::Possible);
    let passing = o.obstacles.iter().any(|(_, why)| matches!(why, Obstacle::LeftDisabled));
    if there && o.possible_from.is_some_and(|from| from <= point) && !passing {
        prop_assert!(restores.iter().any(|w| w.standing < WayStanding::LastResort), "{:?}\n{:?}", o, restores);
    }
    Ok(())
}

fn ago() -> impl Strategy<Value = TimeDelta> {
    prop_oneof![
        3 => (1i64..40 * 1440).prop_map(TimeDelta::minutes),
        2 => (1i64..30).prop_map(TimeDelta::days),
        1 => (1i64..30, -2i64..3).prop_map(|(d, m)| TimeDelta::days(d) + TimeDelta::minutes(m)),
    ]
}

/// One environment with a history, beside a Sandbox that may take it.
fn of_plot(plot: &Plot, sandbox: bool) -> Tenant {
    let mut env = plot.environment();
    let deleted = plot.deleted.last().is_some_and(|(_, _, deleted)| *deleted);
    env.deleted = deleted.then(|| hour(plot.deleted.last().unwrap().1).into());
    env.region = known("europe".to_string().into());
    let mut tenant = Tenant { environments: vec![env].into(), capacity: storage(None), ..Tenant::default() };
    if sandbox {
        let mut other = crate::pair_support::env("box", "Sandbox");
        other.created = known(hour(-10_000));
        tenant.environments.push(other);
    }
    tenant
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn every_screen_shows_the_one_answer(tenant in world(), edition in any_edition()) {
        check_shown(edition, &tenant, now())?;
        check_wizard(edition, &tenant, now())?;
    }

    #[test]
    fn every_way_back_agrees_with_it(tenant in world(), edition in any_edition(), ago in ago()) {
        for o in outlooks(Moment::new(edition, &tenant, now())) {
            check_point(edition, &tenant, &o, ago, now())?;
        }
    }

    #[test]
    fn whatever_happened_before(plot in plot(), edition in any_edition(), h in 0..1700i64, ago in ago(), sandbox in any::<bool>()) {
        let tenant = of_plot(&plot, sandbox);
        // Nobody asks before the last that is known.
        let told = tenant.environments.iter().flat_map(|e| {
            let changes = e.history.iter().map(|c| c.at);
            changes.chain(e.created.get().copied()).chain(e.oldest_backup.get().copied()).chain(e.existed_by)
        });
        let now = told.max().map_or(hour(h), |last| last.max(hour(h)));
        check_shown(edition, &tenant, now)?;
        check_wizard(edition, &tenant, now)?;
        for o in outlooks(Moment::new(edition, &tenant, now)) {
            check_point(edition, &tenant, &o, ago, now)?;
        }
    }
}

#[test]
fn unknown_storage_is_no_doubt_of_an_environment() {
    let mut tenant = Tenant { capacity: storage(None), ..Tenant::default() };
    let mut env = crate::pair_support::env("box", "Sandbox");
    env.created = known(now() - TimeDelta::days(40));
    tenant.environments.push(env);
    let edition = Edition::default_edition();
    let o = outlook(Moment::new(edition, &tenant, now()), &EnvironmentId::new("box")).unwrap();
    assert_eq!((o.ever, o.today, o.obstacles.len()), (Back::Surely, Back::Surely, 0));
    assert_eq!(o.sure_from, window(edition, &tenant.environments[0], now()).guaranteed_from);
    tenant.capacity = storage(Some(0.5));
    let o = outlook(Moment::new(edition, &tenant, now()), &EnvironmentId::new("box")).unwrap();
    assert_eq!((o.ever, o.today), (Back::Surely, Back::Not), "too little stops every restore, at this moment");
    tenant.environments[0].kind = known(Kind::Trial);
    let o = outlook(Moment::new(edition, &tenant, now()), &EnvironmentId::new("box")).unwrap();
    assert_eq!(o.answer(), OutlookAnswer::KeptOnly);
}

/// What the undo of a card rests on: taking an answer back gives the previous one again, and answers nothing else.
#[test]
fn an_answer_that_is_taken_back_gives_the_previous_one() {
    let edition = Edition::default_edition();
    let mut env = crate::pair_support::env("box", "Sandbox managed:?");
    env.created = known(at(1, 0));
    let mut w =
        Workspace { tenant: Tenant { environments: vec![env].into(), ..Tenant::default() }, ..Workspace::default() };
    let managed = |w: &Workspace| w.tenant.environments[0].managed.answered().map(|k| (k.value, k.since));
    let answer = |w: &mut Workspace, yes: bool, day: u32| {
        let command = Command::Answer { environments: vec![EnvironmentId::new("box")], answer: Given::Managed(yes) };
        w.run(edition, command, at(day, 0), at(day, 0), None).unwrap();
        w.log.entries.last().unwrap().number
    };
    answer(&mut w, false, 2);
    let second = answer(&mut w, true, 3);
    assert_eq!(managed(&w), Some((true, at(3, 0))));
    w.take_back(edition, second).unwrap();
    assert_eq!(managed(&w), Some((false, at(2, 0))), "with the day on which it was given");
    assert!(w.take_back(edition, second).is_err(), "no second click takes anything else back");
}

/// A managed Production environment that keeps 28 days, with what is told of the others beside it: how far back it can be brought,
/// in the table and on readiness, and why no further.
#[track_caller]
fn check_reach(others: &str, reach: &str, why: &str) {
    let edition = Edition::default_edition();
    let mut env = crate::pair_support::env("prod", "Production managed");
    (env.dynamics, env.retention_setting) = (known(true), known(28));
    let mut tenant = Tenant { environments: vec![env].into(), ..Tenant::default() };
    for (i, other) in others.split(';').map(str::trim).filter(|o| !o.is_empty()).enumerate() {
        let busy = other.strip_prefix("busy ");
        let mut env = crate::pair_support::env(&format!("other{i}"), busy.unwrap_or(other));
        env.activity = busy.map(|_| Activity { what: Operation::Copying, since: None, seen: Some(now()) });
        tenant.environments.push(env);
    }
    tenant.environments.iter_mut().for_each(|env| env.created = known(now() - TimeDelta::days(60)));
    let judged = assess(Moment::new(edition, &tenant, now()));
    let (of_table, of_readiness) = (rows::rows(edition, &tenant, now()), readiness::rows(&tenant, &judged));
    for shown in [&of_table[0].reach, &of_readiness[0].reach] {
        assert_eq!(
            (band::reach(&shown.window, now()), band::reach_why(shown).as_deref()),
            (reach.to_string(), Some(why))
        );
    }
    let sure = if reach == "28 days" { "2026-11-01T00:00:00Z" } else { "2026-11-22T00:00:00Z" };
    let here = Here { now: now(), relative: |_, _| String::new(), stamp: |at| at.to_rfc3339() };
    let line = csv_line(&readiness::COLUMNS, &heads(&readiness::COLUMNS), &of_readiness[0], &here);
    assert_eq!(line[6..8], [sure, "2026-11-01T00:00:00Z"]);
}

#[test]
fn each_bound_says_why_itself() {
    let sandbox = "The one way that needs nothing first goes through Sandbox and back, and it reaches the past seven days only. (R16)";
    check_reach(
        "",
        "7, perhaps 28 days",
        &format!(
            "Surely: {sandbox} Perhaps: Points from 1 Nov 2026 00:00 UTC on are surely kept, but those older than seven days need \
             a new environment as their target, and that has to be created first. (R17)"
        ),
    );
    check_reach(
        "busy Sandbox managed",
        "7, perhaps 28 days",
        &format!(
            "Surely: {sandbox} Perhaps: Points from 1 Nov 2026 00:00 UTC on are surely kept, but every environment that those older \
             than seven days could be restored to is occupied at this moment. (T9)"
        ),
    );
    check_reach(
        "Sandbox managed",
        "28 days",
        "System backups of a Production environment with Dynamics 365 apps are kept for 28 days, back to 1 Nov 2026 00:00 UTC. (K1)",
    );
}
