//! What a line may expect.

use super::runner::World;
use super::words::{Line, moment};
use chrono::{DateTime, Utc};
use restore_desk::domain::life::{recovery, upcoming};
use restore_desk::domain::manual_backup::judge;
use restore_desk::domain::moment::Moment;
use restore_desk::domain::retention::{system_retention, window};
use restore_desk::words::Say;

/// An instant, or `none`.
fn maybe(line: &mut Line, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if line.take("none") { None } else { Some(moment(line, now)) }
}

/// `expect next …`, `expect log …`, or `expect <environment>` and any number of `<what> <value>`.
pub fn expect(world: &World, line: &mut Line) {
    let (edition, now, context) = (world.edition, world.now, line.context.clone());
    if line.take("next") {
        let coming = upcoming(Moment::new(edition, &world.tenant, now));
        if line.take("none") {
            return assert!(coming.is_empty(), "{context}\n  {coming:#?}");
        }
        let at = moment(line, now);
        let part = line.quoted();
        let Some(first) = coming.first() else { line.fail("nothing is coming") };
        let here =
            coming.iter().take_while(|u| u.at == first.at).map(|u| u.says().capital().to_string()).collect::<Vec<_>>();
        assert_eq!(first.at, at, "{context}\n  {here:#?}");
        assert!(part.is_none_or(|part| here.iter().any(|s| s.contains(&part))), "{context}\n  {here:#?}");
        return;
    }
    if line.take("log") {
        let at = moment(line, now);
        let says = line.word();
        let then: Vec<_> = world.log.events().filter(|(_, e)| e.at == at).map(|(_, e)| e.says.clone()).collect();
        let found = then.contains(&says);
        return assert!(found, "{context}\n  at that instant: {then:#?}");
    }
    if line.take("no-log") {
        let part = line.word();
        let found: Vec<_> = world.log.events().filter(|(_, e)| e.says.contains(&part)).collect();
        return assert!(found.is_empty(), "{context}\n  {found:#?}");
    }
    if line.take("absent") {
        let name = line.word();
        return assert!(world.tenant.get(&super::runner::id(&name)).is_none(), "{context}\n  it is there");
    }
    let name = line.word();
    while !line.is_at_end() {
        one(world, &name, line, now);
    }
}

fn one(world: &World, name: &str, line: &mut Line, now: DateTime<Utc>) {
    let (edition, context) = (world.edition, line.context.clone());
    let env = world.get(name, line);
    let w = window(edition, env, now);
    let shown = || format!("{context}\n  {:#?}\n  {:#?}", w.guaranteed_reasons, w.possible_reasons);
    match line.word().as_str() {
        "guaranteed" => assert_eq!(w.guaranteed_from, maybe(line, now), "{}", shown()),
        "possible" => assert_eq!(w.possible_from, maybe(line, now), "{}", shown()),
        "dormant" => assert_eq!(w.dormant_from, maybe(line, now), "{}", shown()),
        "until" => assert_eq!(w.until, moment(line, now), "{}", shown()),
        "use" => assert_eq!(format!("{:?}", w.usage), line.word(), "{}", shown()),
        "because" => {
            let rule = line.word();
            let first = w.guaranteed_reasons.first().and_then(|r| r.rule()).map(|rule| rule.to_string());
            assert_eq!(first, Some(rule), "{}", shown());
        }
        "point" => {
            let at = moment(line, now);
            assert_eq!(format!("{:?}", w.certainty(at)), line.word(), "{}", shown());
        }
        "retention" => {
            let r = system_retention(edition, env, now);
            let days = match (r.guaranteed_days, r.possible_days) {
                (g, p) if g == p => g.to_string(),
                (g, p) => format!("{g}..{p}"),
            };
            assert_eq!(days, line.word(), "{context}\n  {:#?}", r.reasons);
        }
        "kind" => assert_eq!(env.kind.get().map(ToString::to_string), Some(line.word()), "{context}"),
        "name" => assert_eq!(env.name, line.word(), "{context}"),
        "state" => assert_eq!(env.state.get().map_or("?".into(), ToString::to_string), line.word(), "{context}"),
        "dynamics" => {
            let word = env.dynamics.get().map_or("?", |d| if *d { "yes" } else { "no" });
            assert_eq!(word, line.word(), "{context}");
        }
        "busy" => assert!(env.activity.is_some(), "{context}\n  nothing is going on"),
        "idle" => assert!(env.activity.is_none() && env.running.is_none(), "{context}\n  {:?}", env.activity),
        "backups" => assert_eq!(env.backups.len().to_string(), line.word(), "{context}"),
        "backup" => backup(world, name, line, now),
        "recoverable" => {
            let r = recovery(edition, env);
            let sure = maybe(line, now);
            assert_eq!(r.as_ref().and_then(|r| r.guaranteed_until), sure, "{context}\n  {r:?}");
            if let Some(r) = r {
                let possible =
                    if line.take("perhaps") { moment(line, now) } else { r.guaranteed_until.expect("perhaps") };
                assert_eq!(r.possible_until, possible, "{context}\n  {r:?}");
            }
        }
        other => line.fail(&format!("nothing is called {other}")),
    }
}

/// `backup "Label" <Stage> [until …] [perhaps …]`, or `backup "Label" none`.
fn backup(world: &World, name: &str, line: &mut Line, now: DateTime<Utc>) {
    let (env, context) = (world.get(name, line), line.context.clone());
    let label = line.word();
    let found = env.backups.iter().find(|b| b.label == label);
    if line.take("none") {
        return assert!(found.is_none(), "{context}\n  it is there");
    }
    let Some(found) = found else { line.fail("it is not there") };
    let judged = judge(world.edition, env, found, now);
    assert_eq!(format!("{:?}", judged.stage), line.word(), "{context}\n  {:#?}", judged.reasons);
    if line.take("until") {
        assert_eq!(judged.guaranteed_until, maybe(line, now), "{context}\n  {:#?}", judged.reasons);
    }
    if line.take("perhaps") {
        assert_eq!(judged.possible_until, maybe(line, now), "{context}\n  {:#?}", judged.reasons);
    }
}
