//! The ways that restore nothing: recovering a deleted environment, copying, downloading, and what is left.

use super::super::capacity::{Capacity, Storage, balance};
use super::super::edition::Edition;
use super::super::environment::{Environment, FactKey, Kind};
use super::super::fact::{Fact, Origin};
use super::super::life::{self, Doing, Recovery, recovery};
use super::super::retention::Certainty;
use super::super::rule::RuleId;
use super::super::what_if::{Touched, what_if};
use super::super::words::{instant, quoted};
use super::words::line;
use super::{Line, Mishap, Scene, Standing, Way, WayKind};
use crate::words::{Say, lacks, when_deleted};

/// A way of which nothing is said yet.
pub(super) fn closed(kind: WayKind, title: String) -> Way {
    Way {
        kind,
        target: None,
        title,
        does: String::new(),
        standing: Standing::Closed,
        certainty: None,
        doubt: None,
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
    let Some(left) = recovery(edition, env) else { return not_deleted(scene, way) };
    let refusal = |r: &super::super::command::Refusal| line(&r.says().to_string(), &r.help().to_string(), &r.rules);
    let mut world = scene.tenant.clone();
    // What would be there again; the storage is the only thing that can be changed to make it possible.
    let shown = match what_if(edition, &world, &doing, now) {
        Ok(shown) => {
            way.standing = Standing::Open;
            shown
        }
        Err(refused) => {
            way.against.push(refusal(&refused));
            let room = Storage { entitled_mb: f64::from(u32::MAX), used_mb: 0.0 };
            world.capacity = Fact::known(Capacity { database: room, log: room, file: room }, Origin::Recorded, now);
            let Ok(shown) = what_if(edition, &world, &doing, now) else { return way };
            way.standing = Standing::AfterChanges;
            way.changes.push(line("free 1 GB of database capacity, or buy more", "", &[RuleId::X3, RuleId::R15]));
            shown
        }
    };
    if let Some(says) = perhaps_over(scene, &left) {
        way.standing = Standing::Unknown;
        way.open.push(line(&says, "find out when exactly, and try to recover it at once", &[RuleId::X1]));
    }
    // X3: an edition that only hints that room is needed may still have it refused for a known lack of it. Where nobody knows how
    // much is free that is a question of the tenant, which makes nothing less sure: the costs say so.
    let may_be_refused = way.standing != Standing::AfterChanges && room(scene) == Some(false);
    let sure_until = left.sure_until(now).filter(|_| !may_be_refused);
    way.certainty = Some(if sure_until.is_some() { Certainty::Guaranteed } else { Certainty::Possible });
    way.sure_until = sure_until;
    way.until = Some(left.possible_until);
    let deleted = when_deleted(&left.deleted, "at", instant).to_string();
    way.recovered.push(line(&format!("{name}, which was deleted {deleted}"), "", &[RuleId::X1, RuleId::X2]));
    // That nothing is lost is no comfort above something that has been deleted.
    let ruled = |t: &Touched| -> Vec<Line> {
        let ruled = t.says.iter().filter(|c| !c.rules.is_empty());
        ruled.map(|c| line(&c.about(&t.name).sentence().to_string(), "", &c.rules)).collect()
    };
    way.heed = left.reasons.iter().map(|r| line(&r.says().to_string(), "", &r.rules)).collect();
    way.heed.extend(shown.environments.iter().flat_map(ruled));
    // Of one that the inventory has as living, the person tells in the case itself when it was deleted.
    // Of a kind that is known today but not of then, the apps are left to ask for.
    let asks = left.doubts.iter().map(|doubt| match doubt.asks() {
        FactKey::Kind if !env.kind.is_unknown() => FactKey::Dynamics,
        fact => fact,
    });
    let asks = asks.filter(|fact| *fact != FactKey::Deleted || !scene.deletion_is_told);
    way.questions.extend(asks.map(|fact| (scene.env.id.clone(), fact)));
    way.costs.push(capacity_cost(scene));
    debug_assert!(way.standing != Standing::Open || life::decide(edition, scene.tenant, &doing, now).is_ok());
    way
}

/// Why its time may be over already: it may have been deleted as long ago as that.
fn perhaps_over(scene: &Scene, left: &Recovery) -> Option<String> {
    let deleted = left.unknown_deletion()?;
    let Some(earliest) = deleted.earliest() else {
        return Some(format!("it was deleted {}: its time may be over already", when_deleted(&deleted, "at", instant)));
    };
    let env = Environment { deleted: Some(earliest.into()), ..scene.env.clone() };
    let first = recovery(scene.edition, &env).filter(|first| scene.now > first.possible_until)?;
    Some(format!(
        "if it was deleted at {} already, it can no longer be recovered since {}",
        instant(earliest),
        instant(first.possible_until)
    ))
}

fn capacity_cost(scene: &Scene) -> Line {
    let says = if scene.edition.recovery_needs_capacity {
        "recovering needs 1 GB of free capacity"
    } else {
        "later editions say that recovering needs free capacity: under 1 GB it may be refused"
    };
    line(says, &unknown_room(scene), &[RuleId::X3])
}

/// Recovery of what the inventory still has as there. An inventory can be behind, so a person who says that it was deleted is
/// believed: then all depends on when.
fn not_deleted(scene: &Scene, mut way: Way) -> Way {
    let name = quoted(scene.env);
    let told = scene.mishap == Mishap::Deleted;
    if scene.env.kind.get() == Some(&Kind::Default) {
        way.against.push(line(
            &format!("{name} is the Default environment: it cannot be deleted"),
            "look whether another environment is meant",
            &[RuleId::X3],
        ));
        return way;
    }
    if !told && !scene.missing {
        way.against.push(line(
            &format!("{name} is not deleted, as far as the inventory tells"),
            "if it is gone, import the inventory again or record the deletion on its page",
            &[RuleId::X1],
        ));
        return way;
    }
    way.standing = Standing::Unknown;
    way.certainty = Some(Certainty::Possible);
    let when =
        if told { "when was it deleted? That is not told yet" } else { "was it deleted, and when? That is not known" };
    way.open.push(line(
        &format!("{when}: an environment can be recovered for 7 days, Production with Dynamics 365 apps for 28"),
        "say when, or look among the deleted environments of the admin center, and record the deletion here; do not wait: the days run",
        &[RuleId::X1],
    ));
    way.recovered.push(line(
        &format!("{name}, if it was deleted no longer ago than that"),
        "",
        &[RuleId::X1, RuleId::X2],
    ));
    way.costs.push(capacity_cost(scene));
    way
}

/// Whether the tenant has 1 GB to spare; `None` where nobody can tell.
fn room(scene: &Scene) -> Option<bool> {
    scene.tenant.capacity.get().map(|capacity| balance(scene.edition, capacity)).and_then(|b| b.has_room())
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
        let says = format!("{name} was deleted {}", when_deleted(&deleted, "at", instant));
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
    if let Some(lacks) = scene.tenant.capacity.get().and_then(|c| lacks(&balance(scene.edition, c), "copying")) {
        way.against.push(line(&lacks.to_string(), "", &[RuleId::R15]));
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
        recovered: left(mishap, vec![support()]),
        ..closed(kind, title.to_string())
    }
}

/// Hints; `support` comes last, where it is not said otherwise.
fn left(mishap: Mishap, support: Vec<Line>) -> Vec<Line> {
    let exports = line(
        "what somebody exported earlier, or what another system has of it, can be brought in again by hand",
        "no copy of a backup can be downloaded",
        &[RuleId::R18],
    );
    let mut left = match mishap {
        Mishap::Leave => vec![
            line("for little data: export it to Excel, table by table", "", &[RuleId::R18]),
            line(
                "for much data: a data migration tool reads it out of Dataverse and writes it elsewhere",
                "",
                &[RuleId::R18],
            ),
        ],
        Mishap::RecordsLost => vec![recycle_bin(), exports],
        Mishap::BadImport => vec![
            line(
                "if you have the file of the solution as it was before, importing that may put it right again",
                "",
                &[],
            ),
            exports,
        ],
        Mishap::NeedCopy => vec![line(
            "create an empty environment and import your solutions and some data: that is a test environment too",
            "creating needs 1 GB of free capacity",
            &[RuleId::R15],
        )],
        Mishap::Deleted | Mishap::Overwritten => vec![exports],
    };
    if !matches!(mishap, Mishap::Leave | Mishap::NeedCopy) {
        left.extend(support);
    }
    left
}

/// X5: where no way of the page brings the Default environment back, support is named first among what is left.
pub(super) fn support_for_default(scene: &Scene, ways: &mut [Way]) {
    let back = |w: &Way| w.purpose.is_some() && w.standing != Standing::Closed;
    if scene.env.kind.get() != Some(&Kind::Default) || scene.mishap == Mishap::NeedCopy || ways.iter().any(back) {
        return;
    }
    for way in ways.iter_mut().filter(|w| w.kind == WayKind::Nothing) {
        let says = "the page has no way back for the Default environment: Microsoft support is what is left, without a promise";
        let help = "open a request with the id of the environment and the time, and do not wait: its backups are kept for days only";
        way.recovered = left(scene.mishap, Vec::new());
        way.recovered.insert(0, line(says, help, &[RuleId::X5]));
    }
}

fn support() -> Line {
    line(
        "ask Microsoft support whether anything is left; nothing promises that there is",
        "have the id of the environment and the time ready",
        &[],
    )
}

fn recycle_bin() -> Line {
    line(
        "if the recycle bin for deleted records was turned on before, they may still be in it",
        "look there first: it overwrites nothing; these rules say nothing about it, so it is a hint and no promise",
        &[],
    )
}

/// That an inventory is behind, or that an environment may be gone of which nobody said so.
fn whether_it_is_there(scene: &Scene) -> Option<Line> {
    let name = quoted(scene.env);
    if scene.deletion_is_told {
        return Some(line(
            &format!(
                "the inventory does not know that {name} was deleted: what follows holds if it was, at the time that was told"
            ),
            "record the deletion, so that its deadline is on the list",
            &[RuleId::X1],
        ));
    }
    let (says, help) = if scene.missing {
        let help = "if it was deleted, recovery comes first, and its days run: look among the deleted environments of the admin center";
        (format!("the last import of the whole tenant did not list {name}: perhaps it was deleted"), help)
    } else if scene.mishap == Mishap::Deleted && scene.env.deleted.is_none() {
        let help = "if it is gone, the inventory is behind: look among the deleted environments of the admin center";
        (format!("the inventory still lists {name} as there"), help)
    } else {
        return None;
    };
    Some(line(&says, help, &[RuleId::X1]))
}

/// What perhaps is no longer there is no sure source.
pub(super) fn perhaps_gone(scene: &Scene, way: &mut Way) {
    if way.purpose.is_some() && way.standing < Standing::LastResort {
        way.standing = Standing::Unknown;
        way.open.push(line(
            &format!(
                "whether {} is still there is not known: the last import of the whole tenant did not list it",
                quoted(scene.env)
            ),
            "look in the admin center whether it is, or import the inventory again",
            &[RuleId::T9],
        ));
    }
}

/// What to know before any of the ways.
pub(super) fn first(scene: &Scene) -> Vec<Line> {
    let mut list = Vec::new();
    list.extend(whether_it_is_there(scene));
    if scene.mishap == Mishap::RecordsLost {
        list.push(recycle_bin());
    }
    let mishap_is_past = matches!(scene.mishap, Mishap::RecordsLost | Mishap::BadImport | Mishap::Overwritten);
    if mishap_is_past {
        // M7: a label says which instant somebody thought worth naming; the instant itself is what counts.
        let before = scene.env.backups.iter().filter(|b| b.point <= scene.point).max_by_key(|b| b.point);
        if let Some(backup) = before {
            let label = super::super::characters::one_line(&backup.label, 60);
            list.push(line(
                &format!("the last manual backup before it is “{label}”, of {}", instant(backup.point)),
                "it is no surer than the system backup; choose it in the wizard if that state is the one you want",
                &[RuleId::M2, RuleId::M7],
            ));
        }
    }
    if scene.when.is_some_and(|w| w.earliest > scene.now) {
        list.push(line("the time that was given lies in the future", "correct it", &[RuleId::R1]));
    } else if let (Some(when), Some(created), Mishap::Deleted, None) =
        (scene.when, scene.env.created.get(), scene.mishap, scene.env.deleted)
        && when.latest < *created
    {
        let says = format!("it was created at {} only, after the time that was given", instant(*created));
        list.push(line(&says, "correct the time, or look whether another environment is meant", &[RuleId::K8]));
    }
    list
}
