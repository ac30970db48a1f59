//! The ways that restore nothing: recovering a deleted environment, copying, downloading, and what is left.

use super::super::capacity::{Capacity, Storage, balance};
use super::super::edition::Edition;
use super::super::environment::FactKey;
use super::super::fact::{Fact, Origin};
use super::super::life::{self, Doing, recovery};
use super::super::restore::words::{instant, quoted};
use super::super::retention::Certainty;
use super::super::rule::RuleId;
use super::super::what_if::what_if;
use super::words::line;
use super::{Line, Mishap, Scene, Standing, Way, WayKind};

/// A way of which nothing is said yet.
pub(super) fn closed(kind: WayKind, title: String) -> Way {
    Way {
        kind,
        target: None,
        title,
        does: String::new(),
        standing: Standing::Closed,
        certainty: None,
        purpose: None,
        until: None,
        sure_until: None,
        start_before: None,
        recovered: Vec::new(),
        lost: Vec::new(),
        overwritten: Vec::new(),
        costs: Vec::new(),
        duration: String::new(),
        against: Vec::new(),
        changes: Vec::new(),
        open: Vec::new(),
        questions: Vec::new(),
        heed: Vec::new(),
    }
}

/// X1 to X3.
pub(super) fn recover(scene: &Scene) -> Way {
    let (edition, env, now) = (scene.edition, scene.env, scene.now);
    let name = quoted(env);
    let doing = Doing::Recover { environment: env.id.clone() };
    let mut way = Way {
        does: format!("{name} is recovered in the admin center or with Recover-AdminPowerAppEnvironment."),
        duration: "How long a recovery takes is not documented.".to_string(),
        ..closed(WayKind::Recover, format!("Recover {name}"))
    };
    let Some(left) = recovery(edition, env) else {
        way.against.push(line(
            &format!("{name} is not deleted, as far as the inventory tells"),
            "if it is gone, import the inventory again or record the deletion on its page",
            &[RuleId::X1],
        ));
        return way;
    };
    let refusal = |r: &super::super::command::Refusal| line(&r.says, &r.help, &r.rules);
    // What would be there again; the storage is the only thing that can be changed to make it possible.
    let shown = match what_if(edition, scene.tenant, &doing, now) {
        Ok(shown) => {
            way.standing = Standing::Open;
            shown
        }
        Err(refused) => {
            way.against.push(refusal(&refused));
            let mut world = scene.tenant.clone();
            let room = Storage { entitled_mb: f64::from(u32::MAX), used_mb: 0.0 };
            world.capacity = Fact::known(Capacity { database: room, log: room, file: room }, Origin::Recorded, now);
            let Ok(shown) = what_if(edition, &world, &doing, now) else { return way };
            way.standing = Standing::AfterChanges;
            way.changes.push(line("free 1 GB of database capacity, or buy more", "", &[RuleId::X3, RuleId::R15]));
            shown
        }
    };
    // Where the edition only hints that room is needed (X3), a known lack of it may still have it refused.
    let may_be_refused = way.standing == Standing::Open && room(scene) == Some(false);
    let sure = now <= left.guaranteed_until && !may_be_refused;
    way.certainty = Some(if sure { Certainty::Guaranteed } else { Certainty::Possible });
    way.sure_until = Some(left.guaranteed_until).filter(|_| sure);
    way.until = Some(left.possible_until);
    way.recovered.push(line(
        &format!("{name}, which was deleted at {}", instant(left.deleted)),
        "",
        &[RuleId::X1, RuleId::X2],
    ));
    let says = shown.environments.into_iter().flat_map(|t| t.says);
    way.heed = left.reasons.iter().map(|r| line(&r.says, "", &[r.rule])).collect();
    way.heed.extend(says.map(|c| line(&c.says, "", &c.rules)));
    if left.possible_until > left.guaranteed_until {
        let fact = if env.kind.is_unknown() { FactKey::Kind } else { FactKey::Dynamics };
        way.questions.push((env.id.clone(), fact));
    }
    if edition.recovery_needs_capacity {
        way.costs.push(line("recovering needs 1 GB of free capacity", &unknown_room(scene), &[RuleId::X3]));
    } else {
        let says = "later editions say that recovering needs free capacity: under 1 GB it may be refused";
        way.costs.push(line(says, &unknown_room(scene), &[RuleId::X3]));
    }
    debug_assert!(way.standing != Standing::Open || life::decide(edition, scene.tenant, &doing, now).is_ok());
    way
}

/// Whether the tenant has 1 GB to spare; `None` where nobody can tell.
fn room(scene: &Scene) -> Option<bool> {
    scene.tenant.capacity.get().map(balance).and_then(|b| b.has_room())
}

fn unknown_room(scene: &Scene) -> String {
    match room(scene) {
        None => "how much is free is not known: look in the admin center".to_string(),
        Some(true) => String::new(),
        Some(false) => "less than that is free".to_string(),
    }
}

/// A copy takes the environment as it is. Its rules are on another page, so it is never open by this one.
pub(super) fn copy(scene: &Scene) -> Way {
    let name = quoted(scene.env);
    let mut way = Way {
        does: format!("{name} is copied as it is now to another environment."),
        duration: "How long a copy takes is not part of these rules.".to_string(),
        ..closed(WayKind::Copy, format!("Copy {name}"))
    };
    if let Some(deleted) = scene.env.deleted {
        let says = format!("{name} was deleted at {}", instant(deleted));
        way.against.push(line(&says, "recover it first, while that is possible", &[RuleId::X1]));
        return way;
    }
    if scene.mishap != Mishap::NeedCopy || scene.when.is_some() {
        way.against.push(line(
            &format!("a copy is made of {name} as it is now: what is lost or damaged by now is so in the copy too"),
            "restore an earlier state instead",
            &[],
        ));
        return way;
    }
    if scene.env.dataverse.get() == Some(&false) {
        way.heed.push(line(&format!("{name} has no Dataverse database"), "", &[RuleId::K7]));
    }
    let room = room(scene);
    if room == Some(false) {
        let says = "the tenant has less than 1 GB of free database capacity: copying is blocked";
        way.against.push(line(says, "", &[RuleId::R15]));
        way.changes.push(line("free 1 GB of database capacity, or buy more", "", &[RuleId::R15]));
    }
    way.standing = Standing::Unknown;
    way.open.push(line(
        "the rules of copying are not part of the page that this app rests on: who may be copied to whom, what comes along and \
         what is left out is not known here",
        "look in the admin center, under Environments > Copy, before you rely on it",
        &[],
    ));
    way.recovered.push(line(&format!("nothing of the past: {name} as it is when it is copied"), "", &[]));
    way.overwritten.push(line(
        "what becomes of the environment that it is copied onto is not part of these rules",
        "",
        &[],
    ));
    let help = if room.is_none() { "how much is free is not known: look in the admin center" } else { "" };
    way.costs.push(line("a copy needs 1 GB of free capacity", help, &[RuleId::R15]));
    way
}

/// The two that look at no environment: downloading (R18), and what is left.
pub(super) fn without_environment(edition: &Edition, kind: WayKind, mishap: Mishap) -> Way {
    if kind == WayKind::Download {
        let mut way = closed(kind, "Download a copy of a backup".to_string());
        way.against.push(line(edition.rule(RuleId::R18).sentence, "", &[RuleId::R18]));
        return way;
    }
    let title =
        if mishap == Mishap::Leave { "No backup leaves the service: what is left" } else { "No restore: what is left" };
    Way {
        standing: Standing::LastResort,
        does: match mishap {
            Mishap::Leave => "The data itself is taken out, not a backup of it.".to_string(),
            _ => "Hints, not promises: none of them is part of these rules.".to_string(),
        },
        recovered: left(mishap),
        ..closed(kind, title.to_string())
    }
}

fn left(mishap: Mishap) -> Vec<Line> {
    let support = line(
        "ask Microsoft support whether anything is left; nothing promises that there is",
        "have the id of the environment and the time ready",
        &[],
    );
    let exports = line(
        "what somebody exported earlier, or what another system has of it, can be brought in again by hand",
        "no copy of a backup can be downloaded",
        &[RuleId::R18],
    );
    match mishap {
        Mishap::Leave => vec![
            line("for little data: export it to Excel, table by table", "", &[RuleId::R18]),
            line(
                "for much data: a data migration tool reads it out of Dataverse and writes it elsewhere",
                "",
                &[RuleId::R18],
            ),
        ],
        Mishap::RecordsLost => vec![recycle_bin(), exports, support],
        Mishap::BadImport => vec![
            line(
                "if you have the file of the solution as it was before, importing that may put it right again",
                "",
                &[],
            ),
            exports,
            support,
        ],
        Mishap::NeedCopy => vec![line(
            "create an empty environment and import your solutions and some data: that is a test environment too",
            "creating needs 1 GB of free capacity",
            &[RuleId::R15],
        )],
        Mishap::Deleted | Mishap::Overwritten => vec![exports, support],
    }
}

fn recycle_bin() -> Line {
    line(
        "if the recycle bin for deleted records was turned on before, they may still be in it",
        "look there first: it overwrites nothing; these rules say nothing about it, so it is a hint and no promise",
        &[],
    )
}

/// What to know before any of the ways.
pub(super) fn first(scene: &Scene) -> Vec<Line> {
    let mut list = Vec::new();
    if scene.mishap == Mishap::RecordsLost {
        list.push(recycle_bin());
    }
    let mishap_is_past = matches!(scene.mishap, Mishap::RecordsLost | Mishap::BadImport | Mishap::Overwritten);
    if mishap_is_past {
        // M7: a label says which instant somebody thought worth naming; the instant itself is what counts.
        let before = scene.env.backups.iter().filter(|b| b.point <= scene.point).max_by_key(|b| b.point);
        if let Some(backup) = before {
            let label = super::super::restore::words::one_line(&backup.label, 60);
            list.push(line(
                &format!("the last manual backup before it is “{label}”, of {}", instant(backup.point)),
                "it is no surer than the system backup; choose it in the wizard if that state is the one you want",
                &[RuleId::M2, RuleId::M7],
            ));
        }
    }
    if scene.when.is_some_and(|w| w.earliest > scene.now) {
        list.push(line("the time that was given lies in the future", "correct it", &[RuleId::R1]));
    }
    list
}
