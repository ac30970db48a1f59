//! Advice: scenarios as data in `tests/scenarios`. The laws are in `tests/advice_laws.rs`.

use crate::timeline::{runner, words};
use restore_desk::domain::moment::Moment;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use restore_desk::domain::advice::{
    Advice, AdviceLine as Told, Case, Cause, Mishap, MishapTime, Missing, Way, WayDoubt, WayKind, WayStanding, advise,
};
use restore_desk::domain::edition::Edition;
use restore_desk::domain::environment::{
    Activity, Deletion, Environment, EnvironmentId, FactKey, Operation, RuntimeState,
};
use restore_desk::domain::fact::{Fact, Origin};
use restore_desk::domain::retention::Certainty;
use restore_desk::domain::rule::RuleId;
use restore_desk::domain::tenant::ImportRecord;
use restore_desk::workspace::way_back::{environments, last_restore_onto};
use runner::World;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use words::{Line, moment};

/// At least so many scenarios there are.
const AT_LEAST: usize = 44;

fn text(at: DateTime<Utc>) -> String {
    at.format(if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

fn ids(rules: impl IntoIterator<Item = RuleId>) -> String {
    let mut rules: Vec<RuleId> = rules.into_iter().collect();
    rules.sort_unstable();
    rules.dedup();
    rules.iter().map(|r| format!(" {r}")).collect()
}

fn rules(lines: &[Told]) -> String {
    ids(lines.iter().flat_map(|l| l.rules.iter().copied()))
}

fn fact(fact: FactKey) -> String {
    format!("{fact:?}").to_lowercase()
}

/// A way in one line, as the scenarios write it.
fn way(world: &World, way: &Way) -> String {
    let name = |id: &EnvironmentId| world.tenant.get(id).map_or("?".into(), |e| e.name.clone());
    let mut out = way.kind.word().to_string();
    if let (Some(target), "another") = (&way.target, way.kind.word()) {
        out += &format!(" {}", name(target));
    }
    out += match way.standing {
        WayStanding::Open => " open",
        WayStanding::AfterChanges => " after changes",
        WayStanding::Unknown => " unknown",
        WayStanding::AfterChangesUnknown => " refused until changes, then unknown",
        WayStanding::LastResort => " left",
        WayStanding::Closed => " closed",
    };
    if !way.against.is_empty() {
        out += &format!(" against{}", rules(&way.against));
    }
    if !way.changes.is_empty() {
        out += &format!(" change{}", rules(&way.changes));
    }
    if way.standing == WayStanding::Closed {
        return out.trim_end().to_string();
    }
    if !way.open.is_empty() {
        out += &format!(" open{}", rules(&way.open));
    }
    for (id, asked) in &way.questions {
        out += &format!(" ask {} {}", name(id), fact(*asked));
    }
    out += match way.certainty {
        Some(Certainty::Guaranteed) => " sure",
        Some(Certainty::Possible) => " possible",
        Some(_) => " neither",
        None => "",
    };
    out += match way.doubt {
        Some(WayDoubt::NotOffered) => " not-offered",
        Some(WayDoubt::AfterFailure) => " after-failure",
        Some(WayDoubt::AtThisMoment) => " at-this-moment",
        None => "",
    };
    out += match way.worse_point() {
        Some(worse) if worse.gone => " newest-gone",
        Some(_) => " newest-unsure",
        None => "",
    };
    if way.purpose.is_some() && way.start_before.is_none() {
        out += " at-once";
    }
    for (word, at) in [("start", way.start_before), ("sure-until", way.sure_until), ("until", way.until)] {
        if let Some(at) = at {
            out += &format!(" {word} {}", text(at));
        }
    }
    for (word, lines) in [("lost", &way.lost), ("overwritten", &way.overwritten), ("costs", &way.costs)] {
        if !lines.is_empty() {
            out += &format!(" {word}{}", rules(lines));
        }
    }
    out
}

fn told(world: &World, advice: &Advice) -> Vec<String> {
    let mut lines: Vec<String> = advice.point.map(|p| format!("point {}", text(p))).into_iter().collect();
    lines.extend(advice.ways.iter().map(|w| way(world, w)));
    let m = advice.more;
    if m != Default::default() {
        lines.push(format!(
            "more eligible {} after-changes {} unknown {} refused {}",
            m.eligible, m.after_changes, m.unknown, m.refused
        ));
    }
    lines.push(format!("why {}", advice.says_why_first()));
    lines
}

/// `advise <mishap> [<environment>] [from <instant> [until <instant>]]`.
fn case(line: &mut Line, now: DateTime<Utc>) -> Case {
    let mishap = Mishap::parse(&line.word()).unwrap_or_else(|| line.fail("no such mishap"));
    let environment = (mishap != Mishap::Leave && !line.is_at_end()).then(|| runner::id(&line.word()));
    let when = line.take("from").then(|| {
        let earliest = moment(line, now);
        let latest = if line.take("until") { moment(line, now) } else { earliest };
        MishapTime { earliest, latest }
    });
    line.end();
    Case { mishap, environment, when }
}

/// The last import of the whole tenant listed all but `name`, which an earlier one had.
fn unlisted(world: &mut World, name: &str) {
    let now = world.now;
    let import = |number| ImportRecord {
        number,
        at: now,
        name: "list.json".into(),
        format: "list".into(),
        environments: 1,
        complete: true,
        told: Vec::new(),
        asked: None,
    };
    world.tenant.imports = vec![import(1), import(2)];
    for env in world.tenant.environments.iter_mut() {
        env.last_import = Some(if env.name == name { 1 } else { 2 });
    }
}

/// A scenario: the line that asks, and what stands indented below it.
struct Block {
    /// Index of the first and of the line after the last of what is expected.
    from: usize,
    until: usize,
    /// What is answered, by edition.
    answers: Vec<(&'static Edition, Vec<String>)>,
}

/// What one block expects under an edition: lines under `under <ids>`, or all where there is none.
fn expected(lines: &[&str], edition: &Edition) -> Vec<String> {
    let mut mine = true;
    let mut out = Vec::new();
    for line in lines.iter().map(|l| l.trim()) {
        match line.strip_prefix("under ") {
            Some(ids) => mine = ids.split_whitespace().any(|id| id == edition.id),
            None if mine => out.push(line.to_string()),
            None => {}
        }
    }
    out
}

/// Groups of editions with equal answers, as they are written down.
fn written(answers: &[(&'static Edition, Vec<String>)]) -> Vec<String> {
    let mut groups: Vec<(Vec<&str>, &Vec<String>)> = Vec::new();
    for (edition, lines) in answers {
        match groups.iter_mut().find(|(_, l)| *l == lines) {
            Some((ids, _)) => ids.push(edition.id),
            None => groups.push((vec![edition.id], lines)),
        }
    }
    let one = groups.len() == 1;
    let block = |(ids, lines): &(Vec<&str>, &Vec<String>)| {
        let head = (!one).then(|| format!("  under {}", ids.join(" ")));
        head.into_iter().chain(lines.iter().map(|l| format!("  {l}"))).collect::<Vec<_>>()
    };
    groups.iter().flat_map(block).collect()
}

fn run(file: &Path) -> (usize, Vec<String>) {
    let text = std::fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut wrong = Vec::new();
    for edition in runner::editions(&text) {
        let mut world = World::new(edition);
        let mut number = 0;
        let mut nth = 0;
        while let Some(raw) = lines.get(number) {
            number += 1;
            let context = format!("{name}:{number} under {}: {}", edition.id, raw.trim());
            // A blank line and a heading begin a tenant of its own.
            if raw.starts_with("## ") {
                world = World::new(edition);
            }
            if let Some(name) = raw.strip_prefix("unlisted ") {
                unlisted(&mut world, name);
                continue;
            }
            let mut asked = Line::read(raw, context.clone());
            let asks = asked.take("at") && {
                world.now = moment(&mut asked, world.now);
                asked.take("advise")
            };
            if !asks {
                if !raw.starts_with('#') {
                    world.line(raw, context);
                }
                continue;
            }
            let case = case(&mut asked, world.now);
            // What happens by itself has happened, as on screen.
            if let Some((tenant, _)) = world.log.pass_time(edition, &world.tenant, world.now) {
                world.tenant = tenant;
            }
            let answer = match advise(Moment::new(edition, &world.tenant, world.now), &case) {
                Ok(advice) => told(&world, &advice),
                Err(Missing::When) => vec!["missing when".into()],
                Err(Missing::Environment) => vec!["missing environment".into()],
                Err(Missing::NotListed(_)) => vec!["not listed".into()],
            };
            let from = number;
            while lines.get(number).is_some_and(|l| l.starts_with("  ")) {
                number += 1;
            }
            let expect = expected(&lines[from..number], edition);
            if expect != answer {
                wrong.push(format!(
                    "{context}\n  expected:\n    {}\n  but:\n    {}",
                    expect.join("\n    "),
                    answer.join("\n    ")
                ));
            }
            if blocks.len() <= nth {
                blocks.push(Block { from, until: number, answers: Vec::new() });
            }
            blocks[nth].answers.push((edition, answer));
            nth += 1;
        }
    }
    if std::env::var("UPDATE_GOLDEN").is_ok() && !wrong.is_empty() {
        let mut out: Vec<String> = Vec::new();
        let mut next = 0;
        for block in &blocks {
            out.extend(lines[next..block.from].iter().map(|l| l.to_string()));
            out.extend(written(&block.answers));
            next = block.until;
        }
        out.extend(lines[next..].iter().map(|l| l.to_string()));
        std::fs::write(file, out.join("\n") + "\n").unwrap();
        wrong.clear();
    }
    (blocks.len(), wrong)
}

#[test]
fn scenarios() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let (mut all, mut wrong) = (0, Vec::new());
    for file in &files {
        let (count, bad) = run(file);
        all += count;
        wrong.extend(bad);
    }
    println!("{all} scenarios");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(all >= AT_LEAST, "only {all} scenarios");
}

/// Everything that a way says.
fn spoken(way: &Way) -> String {
    let lists =
        [&way.recovered, &way.lost, &way.overwritten, &way.costs, &way.against, &way.changes, &way.open, &way.heed];
    let lines = lists.into_iter().flatten().map(|line| {
        let (says, help) = line.says_and_help();
        format!("{says} {help}\n")
    });
    format!("{}\n{}\n", way.title(), way.does()) + &lines.collect::<String>()
}

/// A world in which each of `lines` has been done.
fn world(lines: &[&str]) -> World {
    let mut world = World::new(Edition::default_edition());
    lines.iter().for_each(|line| world.line(line, line.to_string()));
    world
}

#[test]
fn the_beginning_of_a_recorded_restore_is_found() {
    #[track_caller]
    fn check(lines: &[&str], onto: &str, expect: Option<&str>) {
        let all = [&["environment Sales Production dynamics=yes", "environment Box Sandbox"], lines].concat();
        let found = last_restore_onto(&world(&all).log, &runner::id(onto));
        assert_eq!(found.map(text), expect.map(String::from));
    }
    check(&[], "Box", None);
    let (first, second) = (
        "at 2026-03-09 06:00 restore Sales onto Box to -1d ends +2h",
        "at 2026-03-10 06:00 restore Sales onto Box to -1d",
    );
    check(&[first], "Box", Some("2026-03-09 06:00"));
    check(&[first], "Sales", None);
    // Ended by itself; the beginning is what counts.
    check(&[first, "at 2026-03-09 09:00 expect Box idle"], "Box", Some("2026-03-09 06:00"));
    check(&[first, "at 2026-03-09 09:00 expect Box idle", second], "Box", Some("2026-03-10 06:00"));
    check(&[first, "at 2026-03-09 07:00 undo"], "Box", None);
}

/// What is tried out before it is advised has not happened.
#[test]
fn what_is_tried_out_is_not_told_as_history() {
    #[track_caller]
    fn check(lines: &[&str], source: &str, now: &str, says: &str) {
        let world = world(lines);
        let now: DateTime<Utc> = format!("{now}:00Z").parse().unwrap();
        let when = Some(MishapTime::exactly(now - TimeDelta::days(12)));
        let case = Case { mishap: Mishap::RecordsLost, environment: Some(runner::id(source)), when };
        let advice = advise(Moment::new(world.edition, &world.tenant, now), &case).unwrap();
        let first = &advice.ways[0];
        assert_eq!(first.standing, WayStanding::AfterChanges);
        let told = spoken(first);
        assert!(told.contains(says), "{told}");
        for at in [now.format("%-d %b %Y %H:%M"), now.format("%d %b %Y %H:%M")] {
            assert!(!told.contains(&format!("ntil {at}")) && !told.contains(&format!("at {at}")), "{at}: {told}");
        }
    }
    let old = ["environment Legacy Production dynamics=yes", "at 2026-03-08 09:00 switch Legacy Sandbox"];
    check(&old, "Legacy", "2026-03-10T09:30", "ntil it is switched it is a Sandbox");
}

/// A comfort about points has no place above what has been deleted, and no record is spoken of where none was lost.
#[test]
fn words_that_fit_the_mishap() {
    #[track_caller]
    fn check(lines: &[&str], mishap: Mishap, never: &str) {
        let world = world(lines);
        let now = "2026-03-10T09:30:00Z".parse().unwrap();
        let when = Some(MishapTime::exactly("2026-03-10T02:00:00Z".parse().unwrap()));
        let case = Case { mishap, environment: Some(runner::id("Box")), when };
        let advice = advise(Moment::new(world.edition, &world.tenant, now), &case).unwrap();
        let told: String = advice.ways.iter().map(spoken).collect();
        assert!(!told.contains(never), "{told}");
    }
    let one = ["environment Box Sandbox"];
    check(&one, Mishap::Deleted, "o restore point of");
    check(&["environment Box Sandbox", "at 2026-03-10 03:00 delete Box"], Mishap::Deleted, "o restore point of");
    check(&one, Mishap::BadImport, "deleted records come back");
    check(&one, Mishap::Overwritten, "deleted records come back");
}

#[test]
fn environments_to_choose_from() {
    let world = world(&[
        "environment beta Sandbox",
        "environment Alpha Production",
        "environment Gone Sandbox",
        "environment Test Sandbox region=asia",
        "at 2026-03-09 06:00 delete Gone",
    ]);
    let names =
        |mishap, search| environments(&world.tenant, mishap, search).iter().map(|e| e.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(Mishap::RecordsLost, ""), ["Alpha", "beta", "Test", "Gone"]);
    assert_eq!(names(Mishap::Deleted, ""), ["Gone", "Alpha", "beta", "Test"]);
    assert_eq!(names(Mishap::RecordsLost, "sandbox ASIA"), ["Test"]);
    assert_eq!(names(Mishap::RecordsLost, "nothing"), [] as [&str; 0]);
}

/// What is advised in this world, where it is 9:30 on 10 March 2026, and what happened so many minutes before.
#[track_caller]
fn advised(world: &World, mishap: Mishap, minutes_ago: Option<i64>) -> Advice {
    let now: DateTime<Utc> = "2026-03-10T09:30:00Z".parse().unwrap();
    let when = minutes_ago.map(|minutes| MishapTime::exactly(now - TimeDelta::minutes(minutes)));
    let case = Case { mishap, environment: Some(runner::id("Box")), when };
    advise(Moment::new(world.edition, &world.tenant, now), &case).unwrap()
}

fn find(advice: &Advice, kind: WayKind) -> &Way {
    advice.ways.iter().find(|way| way.kind == kind).unwrap()
}

#[test]
fn what_is_to_be_known_before_any_way() {
    #[track_caller]
    fn check(mishap: Mishap, minutes_ago: i64, expect: &[Cause]) {
        let mut world = world(&["environment Box Sandbox"]);
        let created = "2026-03-10T08:00:00Z".parse().unwrap();
        world.tenant.environments[0].created = Fact::known(created, Origin::Recorded, created);
        let first = advised(&world, mishap, Some(minutes_ago)).first.into_iter().map(|line| line.cause);
        let odd = first.filter(|cause| matches!(cause, Cause::InTheFuture | Cause::CreatedOnly(_)));
        assert_eq!(odd.collect::<Vec<_>>(), expect);
    }
    check(Mishap::BadImport, 1, &[]);
    check(Mishap::BadImport, 0, &[]);
    check(Mishap::BadImport, -1, &[Cause::InTheFuture]);
    check(Mishap::BadImport, 120, &[]);
    check(Mishap::Deleted, 90, &[]);
    check(Mishap::Deleted, 91, &[Cause::CreatedOnly("2026-03-10T08:00:00Z".parse().unwrap())]);
}

#[test]
fn what_is_still_listed_is_told_where_it_was_deleted() {
    let still = |world: &World, mishap, minutes| {
        let first = advised(world, mishap, minutes).first;
        first.iter().any(|line| matches!(line.cause, Cause::StillListed(_)))
    };
    let living = world(&["environment Box Sandbox"]);
    assert!(still(&living, Mishap::Deleted, None));
    assert!(!still(&living, Mishap::BadImport, Some(60)));
    let gone = world(&["environment Box Sandbox", "at 2026-03-10 09:00 delete Box"]);
    assert!(!still(&gone, Mishap::Deleted, None));
}

/// Support is what is left where something went wrong, and what comes back is told where something is to come back.
#[test]
fn what_is_left_and_what_comes_back() {
    let world = world(&["environment Box Sandbox", "environment Spare Sandbox"]);
    for (mishap, minutes) in [(Mishap::RecordsLost, Some(60)), (Mishap::BadImport, Some(60)), (Mishap::NeedCopy, None)]
    {
        let advice = advised(&world, mishap, minutes);
        let wrong = mishap != Mishap::NeedCopy;
        let says = |kind, is: fn(&Cause) -> bool| find(&advice, kind).recovered.iter().any(|line| is(&line.cause));
        assert_eq!(says(WayKind::Nothing, |cause| matches!(cause, Cause::Support)), wrong, "{mishap:?}");
        assert_eq!(says(WayKind::Another, |cause| matches!(cause, Cause::ComesBackIn { .. })), wrong, "{mishap:?}");
    }
}

#[test]
fn a_copy_of_what_has_no_database_is_told_so() {
    for (dataverse, told) in [("yes", false), ("no", true), ("?", false)] {
        let world = world(&[&format!("environment Box Sandbox dataverse={dataverse}")]);
        let advice = advised(&world, Mishap::NeedCopy, None);
        let heed = &find(&advice, WayKind::Copy).heed;
        assert_eq!(heed.iter().any(|line| matches!(line.cause, Cause::NoDataverse(_))), told, "{dataverse}");
    }
}

#[test]
fn a_target_on_which_nobody_works_is_named_so() {
    for (state, told) in [(RuntimeState::Enabled, false), (RuntimeState::AdminMode, true)] {
        let mut world = world(&["environment Box Sandbox", "environment Spare Sandbox"]);
        world.tenant.environments[1].state = Fact::known(state, Origin::Recorded, world.now);
        let advice = advised(&world, Mishap::RecordsLost, Some(60));
        let heed = &find(&advice, WayKind::Another).heed;
        assert_eq!(heed.iter().any(|line| matches!(line.cause, Cause::NobodyWorks(..))), told);
    }
}

/// Each check stands where it is looked for: what is overwritten, lost, brought back and needed is no mere warning.
#[test]
fn checks_stand_in_their_places() {
    let world = world(&["environment Box Sandbox dynamics=yes", "environment Spare Sandbox"]);
    let advice = advised(&world, Mishap::RecordsLost, Some(60));
    let checks = |lines: &[Told]| {
        let of = |line: &Told| match &line.cause {
            Cause::Check(check) => check.rule(),
            _ => None,
        };
        lines.iter().filter_map(of).collect::<BTreeSet<RuleId>>()
    };
    use RuleId::*;
    let itself = find(&advice, WayKind::OntoItself);
    assert!(checks(&itself.recovered).contains(&R6) && checks(&itself.lost).contains(&R24));
    let another = find(&advice, WayKind::Another);
    assert!(checks(&another.recovered).contains(&R5) && checks(&another.overwritten).contains(&R3));
    for way in [itself, another] {
        let sorted = [R3, R5, R6, R7, R8, R9, R10, R15, R16, R17, R23, R24, R25, K6];
        assert!(sorted.iter().all(|rule| !checks(&way.heed).contains(rule)), "{:?}", checks(&way.heed));
    }
}

/// K13: the last instant at which it surely can be recovered is one of them.
#[test]
fn a_recovery_is_perhaps_over_after_its_last_instant() {
    let now: DateTime<Utc> = "2026-03-10T09:30:00Z".parse().unwrap();
    for (seconds, over) in [(0, false), (1, true)] {
        let mut world = world(&["environment Box Sandbox"]);
        let days = i64::from(world.edition.recovery_days);
        let earliest = now - TimeDelta::days(days) - TimeDelta::seconds(seconds);
        world.tenant.environments[0].deleted = Some(Deletion::between(Some(earliest), now - TimeDelta::days(1)));
        let advice = advised(&world, Mishap::Deleted, None);
        let open = &find(&advice, WayKind::Recover).open;
        assert_eq!(open.iter().any(|line| matches!(line.cause, Cause::OverIfDeleted(..))), over, "{open:?}");
    }
}

/// A new environment has no past: only the source's own moment can be in doubt, and not for having been left disabled.
#[test]
fn what_is_in_doubt_of_a_way_beside() {
    let doubt = |change: fn(&mut Environment)| {
        let mut world = world(&["environment Box Sandbox"]);
        world.edition = Edition::newest();
        change(&mut world.tenant.environments[0]);
        let advice = advised(&world, Mishap::RecordsLost, Some(60));
        find(&advice, WayKind::Beside).doubt
    };
    assert_eq!(doubt(|_| {}), None);
    let seen = |env: &mut Environment| {
        let seen = Some("2026-03-10T09:00:00Z".parse().unwrap());
        env.activity = Some(Activity { what: Operation::Other("Reset".into()), since: None, seen });
    };
    assert_eq!(doubt(seen), Some(WayDoubt::AtThisMoment));
    let disabled = |env: &mut Environment| env.failed_restore = Some("2026-03-10T09:00:00Z".parse().unwrap());
    assert_eq!(doubt(disabled), None);
}
