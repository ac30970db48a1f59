//! The steps that several kinds of plans share.

use super::super::deed::Setting;
use super::super::edition::Edition;
use super::super::eligibility::rules_of;
use super::super::environment::Environment;
use super::super::manual_backup::{self, CanCreate, ManualBackup};
use super::super::restore::{Point, RestorePoint, RestoreRequest, confirmation_in, instant_of, wanted_name, way_back};
use super::super::retention::{self, Certainty};
use super::super::rule::RuleId;
use super::super::tenant::Tenant;
use super::parts::{Action, RestoreAction, SaysHeard, Step};
use super::{Subject, Task};
use crate::domain::moment::Moment;
use chrono::{DateTime, Utc};

/// Everything that the steps of a plan speak of.
pub(super) struct PlanScene<'a> {
    pub edition: &'a Edition,
    pub tenant: &'a Tenant,
    pub now: DateTime<Utc>,
    pub source: &'a Environment,
    /// `None`: a new environment that a step creates.
    pub target: Option<&'a Environment>,
    pub point: DateTime<Utc>,
    pub manual: Option<&'a ManualBackup>,
    pub new_name: Option<String>,
    pub include_audit_logs: bool,
    pub says: SaysHeard,
}

impl<'a> PlanScene<'a> {
    pub fn of_request(moment: Moment<'a>, request: &RestoreRequest, says: SaysHeard) -> Option<Self> {
        let tenant = moment.tenant;
        let source = tenant.get(&request.source)?;
        let mut scene = Self::new(moment, source, &request.point, request.include_audit_logs, says)?;
        let target = tenant.get(&request.target)?;
        scene.target = Some(target);
        scene.new_name = wanted_name(request, target).map(str::to_string);
        Some(scene)
    }

    pub fn new(
        moment: Moment<'a>,
        source: &'a Environment,
        point: &Point,
        include_audit_logs: bool,
        says: SaysHeard,
    ) -> Option<Self> {
        let Moment { edition, tenant, now } = moment;
        let manual = match point {
            Point::System(_) => None,
            Point::Manual(id) => source.backups.iter().find(|b| b.id == *id),
        };
        let point = instant_of(source, point)?;
        Some(Self {
            edition,
            tenant,
            now,
            source,
            target: None,
            point,
            manual,
            new_name: None,
            include_audit_logs,
            says,
        })
    }

    pub fn onto_itself(&self) -> bool {
        self.target.is_some_and(|t| t.id == self.source.id)
    }
    pub fn subject(&self) -> Subject {
        Subject {
            source: self.source.into(),
            target: self.target.map(Into::into),
            target_kind: self.target.and_then(|t| t.kind.get()).cloned(),
            point: self.manual.map_or(RestorePoint::System(self.point), RestorePoint::of),
            new_name: self.new_name.clone(),
            failure_disables: self.edition.failed_restore_disables_target,
        }
    }
    pub fn action(&self) -> RestoreAction {
        let confirmed = self.target.map(|t| confirmation_in(self.tenant, t));
        let (target_name, target_id_end) = confirmed.map_or((None, None), |c| (Some(c.name), c.id_end));
        RestoreAction {
            source: self.source.id.clone(),
            target: self.target.map(|t| t.id.clone()),
            target_name,
            target_id_end,
            point: self.point,
            manual_backup: self.manual.map(|b| b.id.clone()),
            new_name: self.new_name.clone(),
            include_audit_logs: self.include_audit_logs,
            window_from: retention::window(self.edition, self.source, self.now).possible_from,
        }
    }
}

pub(super) fn sign_in() -> Step {
    Step::of(Task::SignIn, Action::SignIn, &[RuleId::R21, RuleId::D13])
}

/// T7: where the capacity is not known.
pub(super) fn free_capacity(scene: &PlanScene) -> Option<Step> {
    let rules = [RuleId::T7, RuleId::R15, RuleId::D12];
    scene.tenant.capacity.is_unknown().then(|| Step::of(Task::FreeCapacity, Action::Manual, &rules))
}

/// That the point is there: always for a manual backup, and where the point is not sure.
pub(super) fn see_point(scene: &PlanScene) -> Option<Step> {
    if scene.manual.is_some() {
        let list = Action::ListBackups { environment: scene.source.id.clone() };
        return Some(Step::of(Task::SeeBackup, list, &[RuleId::R1, RuleId::M4]));
    }
    let window = retention::window(scene.edition, scene.source, scene.now);
    (window.certainty(scene.point) != Certainty::Guaranteed)
        .then(|| Step::of(Task::SeePoint, Action::Manual, &[RuleId::R1]))
}

/// A manual backup of what is about to be overwritten, or what covers it instead (M1, R14).
pub(super) fn back_up_target(scene: &PlanScene, target: &Environment) -> Step {
    let way_back = way_back(scene.edition, target, scene.now);
    match manual_backup::can_create(scene.edition, target) {
        CanCreate::Yes => Step::of(
            Task::BackUp(way_back),
            Action::CreateManualBackup { environment: target.id.clone(), label: label(scene.now) },
            &[RuleId::M1, RuleId::M2, RuleId::M3, RuleId::M6, RuleId::M9],
        ),
        CanCreate::No(_) | CanCreate::Unknown(_) => {
            Step::of(Task::NoteWayBack(way_back), Action::Manual, &[RuleId::M1, RuleId::R14])
        }
    }
}

/// The label of the manual backup that a plan makes; plain characters only, so that every tool takes it.
fn label(now: DateTime<Utc>) -> String {
    format!("Before restore, plan of {}", now.format("%Y-%m-%d %H%M UTC"))
}

pub(super) fn validate(scene: &PlanScene) -> Step {
    Step::of(Task::Validate, Action::ValidateRestore(scene.action()), &pair_rules(scene))
}

/// The rules that the pair has to satisfy under the plan's edition.
pub(super) fn pair_rules(scene: &PlanScene) -> Vec<RuleId> {
    // T8 asks nothing of two environments.
    let asked = |rule: &RuleId| *rule != RuleId::T8 || scene.onto_itself();
    let mut rules: Vec<RuleId> = rules_of(scene.edition).filter(asked).collect();
    rules.extend(scene.source.candidates.is_some().then_some(RuleId::T10));
    rules
}

pub(super) fn restore(scene: &PlanScene) -> Step {
    let others = scene.target.map_or(0, |target| confirmation_in(scene.tenant, target).others);
    let task = Task::Restore { others: u32::try_from(others).unwrap_or(u32::MAX) };
    let mut rules = vec![RuleId::R1, RuleId::R3, RuleId::R5];
    rules.extend(scene.new_name.is_some().then_some(RuleId::R4));
    let step = Step::of(task, Action::Restore(scene.action()), &rules);
    // One that is created for it holds nothing yet.
    if scene.target.is_some() { step.destroys() } else { step }
}

pub(super) fn watch() -> Step {
    Step::of(Task::Watch, Action::Manual, &[RuleId::R7, RuleId::R20, RuleId::R26])
}

pub(super) fn verify_data() -> Step {
    Step::of(Task::VerifyData, Action::Manual, &[RuleId::R14])
}

pub(super) fn work_through_checklist() -> Step {
    let rules = [RuleId::R10, RuleId::R11, RuleId::R12, RuleId::R13];
    Step::of(Task::WorkThroughChecklist, Action::Manual, &rules)
}

/// R27: restored onto itself an environment has the users that it had.
pub(super) fn who_may_enter(scene: &PlanScene) -> Option<Step> {
    (!scene.onto_itself()).then(|| Step::of(Task::WhoMayEnter, Action::Manual, &[RuleId::R27]))
}

pub(super) fn leave_admin_mode(target: &Environment) -> Step {
    let off = Action::Set { environment: target.id.clone(), setting: Setting::AdministrationMode(false) };
    Step::of(Task::LeaveAdminMode, off, &[RuleId::R9, RuleId::R25])
}
