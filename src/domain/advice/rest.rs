//! The ways that restore nothing: recovering a deleted environment, copying, downloading, and what is left.

use super::super::capacity::{Capacity, Storage, balance};
use super::super::deed::Deed;
use super::super::edition::Edition;
use super::super::environment::{Environment, FactKey, Kind};
use super::super::fact::{Fact, Origin};
use super::super::life::{self, Recovery, recovery};
use super::super::retention::Certainty;
use super::super::rule::RuleId;
use super::super::what_if::{Touched, what_if};
use super::case::Mishap;
use super::scene::AdviceScene;
use super::sort::line;
use super::ways::{Way, WayKind, WayStanding};
use super::{AdviceLine, Aim, Cause};
use crate::domain::moment::Moment;

/// A way of which nothing is said yet.
pub(super) fn closed(kind: WayKind, aim: Aim) -> Way {
    Way {
        kind,
        target: None,
        aim,
        standing: WayStanding::Closed,
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
        takes: None,
        against: Vec::new(),
        changes: Vec::new(),
        open: Vec::new(),
        questions: Vec::new(),
        heed: Vec::new(),
    }
}

/// X1 to X3.
pub(super) fn recover(scene: &AdviceScene) -> Way {
    let (edition, env, now) = (scene.edition, scene.env, scene.now);
    let deed = Deed::Recover { environment: env.id.clone() };
    let mut way = closed(WayKind::Recover, scene.aim(None));
    let Some(left) = recovery(edition, env) else { return not_deleted(scene, way) };
    let mut world = scene.tenant.clone();
    // What would be there again; the storage is the only thing that can be changed to make it possible.
    let shown = match what_if(Moment::new(edition, &world, now), &deed) {
        Ok(shown) => {
            way.standing = WayStanding::Open;
            shown
        }
        Err(refused) => {
            let rules = refused.rules.clone();
            way.against.push(line(Cause::Refused(refused), &rules));
            let room = Storage { entitled_mb: f64::from(u32::MAX), used_mb: 0.0 };
            world.capacity = Fact::known(Capacity { database: room, log: room, file: room }, Origin::Recorded, now);
            let Ok(shown) = what_if(Moment::new(edition, &world, now), &deed) else { return way };
            way.standing = WayStanding::AfterChanges;
            way.changes.push(line(Cause::FreeRoom, &[RuleId::X3, RuleId::R15]));
            shown
        }
    };
    if let Some(cause) = perhaps_over(scene, &left) {
        way.standing = way.standing.in_doubt();
        way.open.push(line(cause, &[RuleId::X1]));
    }
    // X3: an edition that only hints that room is needed may still have it refused for a known lack of it. Where nobody knows how
    // much is free that is a question of the tenant, which makes nothing less sure: the costs say so.
    let may_be_refused = way.changes.is_empty() && room(scene) == Some(false);
    let sure_until = left.sure_until(now).filter(|_| !may_be_refused);
    way.certainty = Some(if sure_until.is_some() { Certainty::Guaranteed } else { Certainty::Possible });
    way.sure_until = sure_until;
    way.until = Some(left.possible_until);
    way.recovered.push(line(Cause::WasDeleted(env.into(), left.deleted), &[RuleId::X1, RuleId::X2]));
    way.heed = left.reasons.iter().map(|r| line(Cause::Recovery(r.clone()), &r.rules)).collect();
    way.heed.extend(shown.environments.iter().flat_map(follows));
    way.questions.extend(asked(scene, &left).map(|fact| (env.id.clone(), fact)));
    way.costs.push(capacity_cost(scene));
    debug_assert!(way.standing != WayStanding::Open || life::decide(edition, scene.tenant, &deed, now).is_ok());
    way
}

/// What follows by a rule: that nothing is lost is no comfort above something that has been deleted.
fn follows(touched: &Touched) -> Vec<AdviceLine> {
    let ruled = touched.says.iter().filter(|c| !c.rules.is_empty());
    ruled.map(|c| line(Cause::Follows(c.clone(), touched.name.clone()), &c.rules)).collect()
}

/// The facts that make a recovery unsure.
fn asked<'a>(scene: &'a AdviceScene, left: &'a Recovery) -> impl Iterator<Item = FactKey> + 'a {
    // Of a kind that is known today but not of then, the apps are left to ask for.
    let asks = left.doubts.iter().map(|doubt| match doubt.asks() {
        FactKey::Kind if !scene.env.kind.is_unknown() => FactKey::Dynamics,
        fact => fact,
    });
    // Of one that the inventory has as living, the person tells in the case itself when it was deleted.
    asks.filter(|fact| *fact != FactKey::Deleted || !scene.deletion_is_told)
}

/// Why its time may be over already: it may have been deleted as long ago as that.
fn perhaps_over(scene: &AdviceScene, left: &Recovery) -> Option<Cause> {
    let deleted = left.unknown_deletion()?;
    let Some(earliest) = deleted.earliest() else { return Some(Cause::PerhapsOver(deleted)) };
    let env = Environment { deleted: Some(earliest.into()), ..scene.env.clone() };
    let first = recovery(scene.edition, &env).filter(|first| scene.now > first.possible_until)?;
    Some(Cause::OverIfDeleted(earliest, first.possible_until))
}

fn capacity_cost(scene: &AdviceScene) -> AdviceLine {
    let cause = Cause::RecoveryNeedsRoom { surely: scene.edition.recovery_needs_capacity, room: room(scene) };
    line(cause, &[RuleId::X3])
}

/// Recovery of what the inventory still has as there. An inventory can be behind, so a person who says that it was deleted is
/// believed: then all depends on when.
fn not_deleted(scene: &AdviceScene, mut way: Way) -> Way {
    let told = scene.mishap == Mishap::Deleted;
    if scene.env.kind.get() == Some(&Kind::Default) {
        way.against.push(line(Cause::IsDefault(scene.env.into()), &[RuleId::X3]));
        return way;
    }
    if !told && !scene.missing {
        way.against.push(line(Cause::IsNotDeleted(scene.env.into()), &[RuleId::X1]));
        return way;
    }
    way.standing = WayStanding::Unknown;
    way.certainty = Some(Certainty::Possible);
    way.open.push(line(Cause::DeletedWhen { told }, &[RuleId::X1]));
    way.recovered.push(line(Cause::IfDeletedLately(scene.env.into()), &[RuleId::X1, RuleId::X2]));
    way.costs.push(capacity_cost(scene));
    way
}

/// Whether the tenant has 1 GB to spare; `None` where nobody can tell.
fn room(scene: &AdviceScene) -> Option<bool> {
    scene.tenant.capacity.get().map(|capacity| balance(scene.edition, capacity)).and_then(|b| b.has_room())
}

/// A copy takes the environment as it is. Its rules are on another page, so it is never open by this one.
pub(super) fn copy(scene: &AdviceScene) -> Way {
    let name = || scene.env.into();
    let mut way = closed(WayKind::Copy, scene.aim(None));
    if let Some(deleted) = scene.env.deleted {
        way.against.push(line(Cause::NothingToCopy(name(), deleted), &[RuleId::X1]));
        return way;
    }
    if scene.mishap != Mishap::NeedCopy || scene.when.is_some() {
        way.against.push(line(Cause::CopyIsOfNow(name()), &[]));
        return way;
    }
    if scene.env.dataverse.get() == Some(&false) {
        way.heed.push(line(Cause::NoDataverse(name()), &[RuleId::K7]));
    }
    let balance = scene.tenant.capacity.get().map(|capacity| balance(scene.edition, capacity));
    let known = room(scene).is_some();
    if let Some(lacks) = balance.filter(|b| b.has_room() == Some(false)) {
        way.against.push(line(Cause::NoRoomToCopy(lacks), &[RuleId::R15]));
        way.changes.push(line(Cause::FreeRoom, &[RuleId::R15]));
    }
    way.standing = WayStanding::Unknown;
    way.open.push(line(Cause::CopyRulesNotKnown, &[]));
    way.recovered.push(line(Cause::CopiedAsItIs(name()), &[]));
    way.overwritten.push(line(Cause::CopiedOnto, &[]));
    way.costs.push(line(Cause::CopyNeedsRoom { known }, &[RuleId::R15]));
    way
}

/// The two that look at no environment: downloading (R18), and what is left.
pub(super) fn without_environment(edition: &Edition, kind: WayKind, aim: Aim) -> Way {
    let mishap = aim.mishap;
    let way = closed(kind, aim);
    match kind {
        WayKind::Download => {
            Way { against: vec![line(Cause::NoDownload(edition.rule(RuleId::R18).sentence), &[RuleId::R18])], ..way }
        }
        _ => Way { standing: WayStanding::LastResort, recovered: left(mishap, Some(Cause::Support)), ..way },
    }
}

/// Hints; `support` comes last, where it is not said otherwise.
fn left(mishap: Mishap, support: Option<Cause>) -> Vec<AdviceLine> {
    let by_r18 = |cause| line(cause, &[RuleId::R18]);
    let mut left = match mishap {
        Mishap::Leave => vec![by_r18(Cause::ExportToExcel), by_r18(Cause::MigrationTool)],
        Mishap::RecordsLost => vec![recycle_bin(), by_r18(Cause::Exports)],
        Mishap::BadImport => vec![line(Cause::FileOfSolution, &[]), by_r18(Cause::Exports)],
        Mishap::NeedCopy => vec![line(Cause::EmptyEnvironment, &[RuleId::R15])],
        Mishap::Deleted | Mishap::Overwritten => vec![by_r18(Cause::Exports)],
    };
    if !matches!(mishap, Mishap::Leave | Mishap::NeedCopy) {
        left.extend(support.map(|cause| line(cause, &[])));
    }
    left
}

/// X5: where no way of the page brings the Default environment back, support is named first among what is left.
pub(super) fn support_for_default(scene: &AdviceScene, ways: &mut [Way]) {
    let back = |w: &Way| w.purpose.is_some() && w.standing != WayStanding::Closed;
    if scene.env.kind.get() != Some(&Kind::Default) || scene.mishap == Mishap::NeedCopy || ways.iter().any(back) {
        return;
    }
    for way in ways.iter_mut().filter(|w| w.kind == WayKind::Nothing) {
        way.recovered = left(scene.mishap, None);
        way.recovered.insert(0, line(Cause::SupportForDefault, &[RuleId::X5]));
    }
}

/// What has no database has no records, and no bin for them.
fn has_records(scene: &AdviceScene) -> bool {
    scene.env.dataverse.get() != Some(&false)
}

/// Takes the bin for records out of what is left where there can be none.
pub(super) fn without_bin(scene: &AdviceScene, ways: &mut [Way]) {
    if !has_records(scene) {
        ways.iter_mut().for_each(|way| way.recovered.retain(|line| line.cause != Cause::RecycleBin));
    }
}

fn recycle_bin() -> AdviceLine {
    line(Cause::RecycleBin, &[])
}

/// That an inventory is behind, or that an environment may be gone of which nobody said so.
fn whether_it_is_there(scene: &AdviceScene) -> Option<AdviceLine> {
    let name = scene.env.into();
    let cause = if scene.deletion_is_told {
        Cause::DeletionIsTold(name)
    } else if scene.missing {
        Cause::PerhapsDeleted(name)
    } else if scene.mishap == Mishap::Deleted && scene.env.deleted.is_none() {
        Cause::StillListed(name)
    } else {
        return None;
    };
    Some(line(cause, &[RuleId::X1]))
}

/// What perhaps is no longer there is no sure source.
pub(super) fn perhaps_gone(scene: &AdviceScene, way: &mut Way) {
    if way.purpose.is_some() && way.standing < WayStanding::LastResort {
        way.standing = way.standing.in_doubt();
        way.open.push(line(Cause::PerhapsGone(scene.env.into()), &[RuleId::T9]));
    }
}

/// What to know before any of the ways.
pub(super) fn first(scene: &AdviceScene) -> Vec<AdviceLine> {
    let mut list = Vec::new();
    list.extend(whether_it_is_there(scene));
    if scene.mishap == Mishap::RecordsLost && has_records(scene) {
        list.push(recycle_bin());
    }
    let mishap_is_past = matches!(scene.mishap, Mishap::RecordsLost | Mishap::BadImport | Mishap::Overwritten);
    if mishap_is_past {
        // M7: a label says which instant somebody thought worth naming; the instant itself is what counts.
        let before = scene.env.backups.iter().filter(|b| b.point <= scene.point).max_by_key(|b| b.point);
        if let Some(backup) = before {
            let cause = Cause::LastBackup { label: backup.label.clone(), at: backup.point };
            list.push(line(cause, &[RuleId::M2, RuleId::M7]));
        }
    }
    if scene.when.is_some_and(|w| w.earliest > scene.now) {
        list.push(line(Cause::InTheFuture, &[RuleId::R1]));
    } else if let (Some(when), Some(created), Mishap::Deleted, None) =
        (scene.when, scene.env.created.get(), scene.mishap, scene.env.deleted)
        && when.latest < *created
    {
        list.push(line(Cause::CreatedOnly(*created), &[RuleId::K8]));
    }
    list
}
