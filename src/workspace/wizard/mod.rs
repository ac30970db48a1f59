//! The restore wizard as a view-model: which steps are complete, what is still wrong and where, what may be reached, and the
//! request that a draft amounts to. No rule is decided here: the answers come from `domain`.

pub mod choices;
pub mod drafts;
pub mod point;
pub mod review;
mod step;

pub use step::{Field, WizardStep};

use super::local_time::Zone;
use super::{Draft, Goal};
use crate::domain::edition::Edition;
use crate::domain::eligibility::Outcome;
use crate::domain::environment::{Environment, Kind};
use crate::domain::moment::Moment;
use crate::domain::plan::{Item, Purpose, plan};
use crate::domain::restore::{self, Check, Point, RestoreRequest, Weight};
use crate::domain::rule::RuleId;
use crate::domain::said::Said;
use crate::domain::tenant::Tenant;
use crate::text;
use crate::words::plan::heard;
use crate::words::{Piece, Say, Text};
use chrono::{DateTime, Utc};

/// What keeps a step from being complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: Field,
    /// What is wrong and what to do; lower-case start, no final period.
    pub says: Text,
    pub rules: Vec<RuleId>,
}

fn problem(field: Field, says: impl Say) -> Problem {
    Problem { field, says: says.says(), rules: Vec::new() }
}

fn of_check(field: Field, check: Check) -> Problem {
    Problem { field, says: check.says(), rules: check.said.rules }
}

fn is_production(env: &Environment) -> bool {
    env.kind.get() == Some(&Kind::Production)
}

/// The step in which what a check complains of can be changed. R16 is about the point only once the target can be switched;
/// before that it is about the target's kind.
fn mended_for(check: &Check, target: Option<&Environment>) -> WizardStep {
    match check.rule() {
        Some(RuleId::R16) if !target.is_none_or(is_production) => WizardStep::Target,
        _ => review::mended_in(check),
    }
}

/// Everything that the view-model looks at; cheap to copy.
#[derive(Clone, Copy)]
pub struct WizardDesk<'a, Z: Zone> {
    pub edition: &'a Edition,
    pub tenant: &'a Tenant,
    pub draft: &'a Draft,
    /// UTC.
    pub now: DateTime<Utc>,
    pub zone: &'a Z,
}

impl<'a, Z: Zone> WizardDesk<'a, Z> {
    /// The chosen source, where it is (still) a living environment of the tenant.
    pub fn source(&self) -> Option<&'a Environment> {
        let id = self.draft.source.as_ref()?;
        self.tenant.get(id).filter(|e| e.deleted.is_none())
    }

    /// The chosen target, where it is (still) a living environment of the tenant.
    pub fn target(&self) -> Option<&'a Environment> {
        let id = self.draft.target.as_ref()?;
        self.tenant.get(id).filter(|e| e.deleted.is_none())
    }

    /// Whether the chosen target is a Production environment, to which only the way through Sandbox leads (R16).
    pub fn needs_switch(&self) -> bool {
        self.target().is_some_and(is_production)
    }

    /// Whether leaving the draft behind would lose a choice. A source or target that the inventory does not have, and a source
    /// that can be none, is no choice.
    pub fn is_begun(&self) -> bool {
        let source = self.source().is_some_and(|s| {
            let state = choices::source_state_for(self.draft.goal, Moment::new(self.edition, self.tenant, self.now), s);
            !matches!(state, choices::SourceState::Cannot(_))
        });
        source || self.target().is_some() || self.draft.instant.is_some() || !self.draft.instant_typed.is_empty()
    }

    /// What keeps `step` from being complete; empty where it is.
    pub fn problems(&self, step: WizardStep) -> Vec<Problem> {
        match step {
            WizardStep::Source => self.source_problems(),
            WizardStep::Point => self.point_problems(),
            WizardStep::Target => self.target_problems(),
            WizardStep::Options => self.option_problems(),
            WizardStep::Review => self.review_problems(),
        }
    }

    /// The first step in which something is missing; the last one where nothing is.
    pub fn first_open(&self) -> WizardStep {
        WizardStep::ALL.into_iter().find(|s| !self.problems(*s).is_empty()).unwrap_or(WizardStep::Review)
    }

    /// The furthest step that may be opened: every step before it is complete and was seen.
    pub fn reach(&self) -> WizardStep {
        self.first_open().min(WizardStep::at(self.draft.furthest.max(self.draft.step)))
    }

    /// What is missing in the steps before `step`: time passes and facts change while the wizard is open.
    pub fn missing_before(&self, step: WizardStep) -> Vec<Problem> {
        WizardStep::ALL.into_iter().filter(|s| *s < step).flat_map(|s| self.problems(s)).collect()
    }

    fn source_problems(&self) -> Vec<Problem> {
        let Some(source) = self.source() else {
            let says = match &self.draft.source {
                None => text!("choose the environment whose backup you need"),
                Some(id) => match self.tenant.get(id) {
                    Some(deleted) => {
                        text!(Piece::Bare(deleted.name.clone()), " is deleted; recover it first, or choose another one")
                    }
                    None => text!(
                        "no environment of the inventory has the id ",
                        Piece::Code(id.to_string()),
                        "; choose another one"
                    ),
                },
            };
            return vec![problem(Field::Source, says)];
        };
        match choices::source_state_for(self.draft.goal, Moment::new(self.edition, self.tenant, self.now), source) {
            choices::SourceState::Cannot(reasons) => {
                let why = reasons.first().map(|r| text!(": ", r.says()));
                vec![Problem {
                    field: Field::Source,
                    says: text!(Piece::Bare(source.name.clone()), " cannot be a source", why, "; choose another one"),
                    rules: reasons.iter().filter_map(Said::rule).collect(),
                }]
            }
            choices::SourceState::Can(_) | choices::SourceState::Ask(_) => Vec::new(),
        }
    }

    fn target_problems(&self) -> Vec<Problem> {
        let Some(source) = self.source() else {
            return vec![problem(Field::Target, "choose the source first")];
        };
        if self.draft.goal == Goal::Beside {
            return self.target_checks().into_iter().map(|check| of_check(Field::Target, check)).collect();
        }
        let Some(target) = self.target() else {
            let says = match &self.draft.target {
                None => text!("choose the environment that is to be overwritten"),
                Some(id) => match self.tenant.get(id) {
                    Some(deleted) => text!(Piece::Bare(deleted.name.clone()), " is deleted; choose another target"),
                    None => text!(
                        "no environment of the inventory has the id ",
                        Piece::Code(id.to_string()),
                        "; choose another target"
                    ),
                },
            };
            return vec![problem(Field::Target, says)];
        };
        let choice = choices::target(self, source, target);
        match choice.outcome {
            // Where only a try tells, the plan tries it first.
            outcome if outcome == Outcome::Eligible || choice.only_a_try_tells() => choice
                .gates
                .iter()
                .map(|gate| Problem {
                    field: Field::Target,
                    says: text!(
                        Piece::Bare(target.name.clone()),
                        " cannot be overwritten at this moment: ",
                        gate.says()
                    ),
                    rules: gate.rules.clone(),
                })
                .collect(),
            Outcome::Refused => vec![Problem {
                field: Field::Target,
                says: text!(Piece::Bare(target.name.clone()), " cannot be the target: ", choice.first_reason()),
                rules: choice.rules(),
            }],
            Outcome::Unknown | Outcome::Eligible => vec![Problem {
                field: Field::Target,
                says: text!(
                    "answer what is unknown about ",
                    Piece::Bare(source.name.clone()),
                    " and ",
                    Piece::Bare(target.name.clone()),
                    " first"
                ),
                rules: choice.rules(),
            }],
        }
    }

    /// What stops the purpose, or must be answered first, and is mended in the choice of the target.
    pub fn target_checks(&self) -> Vec<Check> {
        self.blocking(WizardStep::Target)
    }

    fn blocking(&self, step: WizardStep) -> Vec<Check> {
        self.checks_of(step).into_iter().filter(|c| c.weight <= Weight::Ask).collect()
    }

    /// What the purpose is checked for that is mended in `step`, heaviest first. While the target is missing, or cannot
    /// be switched because it is not known to be Production, the point is checked by itself, as for a new environment; nothing
    /// else is known then.
    pub fn checks_of(&self, step: WizardStep) -> Vec<Check> {
        let alone = || {
            let (source, point) = (self.draft.source.clone()?, self.chosen_point()?);
            Some(Purpose::BulkDeletion { source, point, include_audit_logs: false, special_apps: Vec::new() })
        };
        let fits =
            |p: &Purpose| !matches!(p, Purpose::RestoreToProduction(_)) || self.target().is_none_or(is_production);
        let purpose = match step {
            WizardStep::Point => self.purpose().filter(fits).or_else(alone),
            _ => self.purpose(),
        };
        let checks = purpose.map(|p| restore::check_purpose(Moment::new(self.edition, self.tenant, self.now), &p));
        checks.unwrap_or_default().into_iter().filter(|c| mended_for(c, self.target()) == step).collect()
    }

    fn option_problems(&self) -> Vec<Problem> {
        self.blocking(WizardStep::Options).into_iter().map(|check| of_check(Field::NewName, check)).collect()
    }

    fn review_problems(&self) -> Vec<Problem> {
        let Some(purpose) = self.purpose() else {
            return vec![problem(Field::Checks, "the steps before this one are not complete")];
        };
        let mut problems: Vec<Problem> =
            restore::check_purpose(Moment::new(self.edition, self.tenant, self.now), &purpose)
                .into_iter()
                .filter(|c| c.weight <= Weight::Ask)
                .map(|check| of_check(Field::Checks, check))
                .collect();
        let open = self.losses().iter().filter(|(_, says)| !self.knows_loss(says)).count();
        if open > 0 {
            let which = if open == 1 { "the loss" } else { "each loss" };
            problems.push(problem(Field::Losses, format!("confirm {which} by its box: I know, and have decided")));
        }
        if let Some(request) = self.request()
            && !restore::confirms(self.tenant, &request, &self.draft.confirm_typed)
        {
            let wanted = self.confirmation();
            let name = wanted.as_ref().map_or("the target".to_string(), restore::Confirmation::text);
            let and_end = wanted.as_ref().and_then(|w| w.id_end.as_ref()).map_or("", |_| " and the end of its id");
            let says = if self.draft.confirm_typed.trim().is_empty() {
                text!("type the name of the environment that is overwritten", and_end, ": ", Piece::Bare(name))
            } else {
                let what = text!("what you typed is not the name of the target", and_end);
                text!(what, "; type ", Piece::Bare(name), " exactly, capitals included")
            };
            problems.push(Problem { field: Field::Confirm, says, rules: vec![RuleId::R3] });
        }
        problems
    }

    /// What is lost or risked, as the plan would list it; none while something stops the plan.
    pub fn losses(&self) -> Vec<(Item, Text)> {
        let Some(purpose) = self.purpose() else { return Vec::new() };
        let made = plan(Moment::new(self.edition, self.tenant, self.now), &purpose, heard);
        made.map(|plan| plan.cautions.iter().map(|loss| (loss.clone(), plan.item_text(loss))).collect())
            .unwrap_or_default()
    }

    /// Whether a loss was confirmed.
    pub fn knows_loss(&self, says: &Text) -> bool {
        let says = says.to_string();
        self.draft.losses.contains(&says)
    }

    /// What has to be typed to confirm that the target is overwritten (R3).
    pub fn confirmation(&self) -> Option<restore::Confirmation> {
        self.target().map(|target| restore::confirmation_in(self.tenant, target))
    }

    /// The point that the draft names.
    pub fn chosen_point(&self) -> Option<Point> {
        if self.draft.manual {
            self.draft.backup.clone().map(Point::Manual)
        } else {
            self.draft.instant.map(Point::System)
        }
    }

    /// The request that the draft amounts to; `None` while source, point or target are missing, and for a new environment.
    pub fn request(&self) -> Option<RestoreRequest> {
        if self.draft.goal == Goal::Beside {
            return None;
        }
        let name = self.draft.new_name.trim();
        Some(RestoreRequest {
            source: self.draft.source.clone()?,
            target: self.draft.target.clone()?,
            point: self.chosen_point()?,
            include_audit_logs: self.draft.include_audit_logs,
            new_name: (!name.is_empty()).then(|| name.to_string()),
            special_apps: self.draft.special_apps.clone(),
        })
    }

    /// What a plan is to be made for.
    pub fn purpose(&self) -> Option<Purpose> {
        match self.draft.goal {
            Goal::Restore => self.request().map(Purpose::Restore),
            Goal::ToProduction => self.request().map(Purpose::RestoreToProduction),
            Goal::Beside => Some(Purpose::BulkDeletion {
                source: self.draft.source.clone()?,
                point: self.chosen_point()?,
                include_audit_logs: self.draft.include_audit_logs,
                special_apps: self.draft.special_apps.clone(),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
