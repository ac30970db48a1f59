//! The words of the steps of a plan.

use super::Spoken;
use super::restoring::clean_up;
use crate::domain::characters::one_line;
use crate::domain::edition::Edition;
use crate::domain::environment::FactKey;
use crate::domain::order::Order as _;
use crate::domain::plan::{Action, FactFrom, FactValue, KnownFact, Like, Plan, PlanFacts, Purpose, Step, Task};
use crate::domain::remedy::NewTarget;
use crate::domain::restore::WayBack;
use crate::domain::said::Role;
use crate::domain::service::Cloud;
use crate::text;
use crate::words::text::{Piece, Say, Text, begins, day};
use crate::words::{List, Span, facts};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// What is said of a step: whole sentences, but for the title and where it is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepText {
    /// Imperative, with names.
    pub title: Text,
    /// Who can do it: the role (K9, R21, D13); empty: whoever may do most steps.
    pub who: Text,
    /// Where in the admin center; may be empty.
    pub admin_center: Text,
    /// How to see that it worked; may be empty.
    pub verify: Text,
    /// What it changes.
    pub consequence: Text,
    pub caution: Option<Text>,
}

const STOP: &str = "stop: nothing has been changed yet.";

impl Plan {
    /// What one of its steps says.
    pub fn step_text(&self, step: &Step) -> StepText {
        if let Task::Told(told) = &step.task {
            let text = |told: &String| text!(told);
            return StepText {
                title: text(&told.title),
                who: text(&told.who),
                admin_center: text(&told.admin_center),
                verify: text(&told.verify),
                consequence: text(&told.consequence),
                caution: told.caution.as_ref().map(text),
            };
        }
        let says = self.spoken().map_or_else(|| self::step(text!(step.id)), |spoken| spoken.step(step));
        if says.who.is_empty() { StepText { who: self.admins(), ..says } } else { says }
    }

    /// Who may do most steps (R21, D13), by the edition under which it was made.
    fn admins(&self) -> Text {
        let edition = Edition::find(&self.edition).unwrap_or(Edition::default_edition());
        let avoid = (!edition.roles_to_avoid.is_empty())
            .then(|| text!("; prefer these over ", List::and(edition.roles_to_avoid)));
        text!(List::or(edition.roles), avoid)
    }
}

/// With its title; most change nothing. Who does it is an administrator, where nobody else is named.
pub(super) fn step(title: Text) -> StepText {
    StepText { title, consequence: text!("Changes nothing."), ..StepText::default() }
}

impl Spoken<'_> {
    fn step(self, of: &Step) -> StepText {
        match &of.task {
            Task::Told(_) => StepText::default(),
            Task::SignIn => sign_in(self.plan.cloud),
            Task::ImportAgain(imported) => self.import_again(*imported),
            Task::Look(look) => self.look(look),
            Task::FreeCapacity => self.free_capacity(),
            Task::SeeBackup => self.see_backup(),
            Task::SeePoint => self.see_point(),
            Task::RiskOlderPoints(span) => self.risk_older_points(*span),
            Task::BackUp(way_back) => self.back_up(way_back),
            Task::NoteWayBack(way_back) => self.note_way_back(way_back),
            Task::SwitchToSandbox => self.to_sandbox(),
            Task::CreateEnvironment => self.create(&of.action),
            Task::WaitForEnvironment => wait_for_environment(),
            Task::VerifyEnvironment => self.verify_environment(),
            Task::Validate => self.validate(),
            Task::Restore { others } => self.restore(*others, &of.action),
            Task::Watch => self.watch(),
            Task::VerifyData => self.verify_data(),
            Task::SwitchBack => self.to_production_again(),
            Task::WorkThroughChecklist => self.work_through_checklist(),
            Task::WhoMayEnter => self.who_may_enter(),
            Task::LeaveAdminMode => self.leave_admin_mode(),
            Task::CheckRetention => self.check_retention(),
            Task::FindRecords => self.find_records(),
            Task::CarryOver => self.carry_over(),
            Task::CleanUp => clean_up(),
        }
    }

    fn import_again(self, imported: Option<DateTime<Utc>>) -> StepText {
        let old = match imported {
            Some(at) => text!("is at least ", Span(self.plan.made - at), " old"),
            None => text!("was not imported"),
        };
        StepText {
            who: text!("Anyone who can list the environments."),
            verify: text!("No fact that this plan rests on has changed; if one has, make the plan again."),
            caution: Some(text!("What this plan knows ", old, ".")),
            ..step(text!("Import the inventory again"))
        }
    }

    fn look(self, look: &PlanFacts) -> StepText {
        let (name, role) = match look.role {
            Role::Source => (self.source(), "the source "),
            Role::Target => (self.target(), "the target "),
        };
        let role = (!self.onto_itself()).then_some(role);
        StepText {
            admin_center: text!("Environments > ", name),
            verify: text!(
                known_facts(look).sentence(),
                " If one of them differs, make the plan again. No operation is running on ",
                name,
                "."
            ),
            ..step(text!("Look at ", role, name))
        }
    }

    fn free_capacity(self) -> StepText {
        let needs = match self.plan.purpose {
            Purpose::BulkDeletion { .. } => "1 GB to create and 1 GB to restore",
            _ => "1 GB",
        };
        StepText {
            admin_center: text!("Licensing > Capacity add-ons (or Resources > Capacity)"),
            verify: text!("At least ", needs, " of database capacity is free."),
            consequence: text!("Freeing storage deletes what you choose to delete; buying it costs money."),
            caution: Some(text!("The tenant's capacity is not known here. Over capacity the restore is blocked.")),
            ..step(text!("See that ", needs, " of capacity is free"))
        }
    }

    fn see_backup(self) -> StepText {
        StepText {
            admin_center: text!(self.backups_of(self.source()), " > Manual"),
            verify: text!("The list has ", self.restored(), "."),
            caution: Some(text!("If it is not there, ", STOP)),
            ..step(text!("See that the manual backup is there"))
        }
    }

    fn see_point(self) -> StepText {
        StepText {
            admin_center: text!(self.backups_of(self.source()), " > System"),
            verify: text!("The admin center offers ", self.at(), "."),
            caution: Some(text!("This point may already be gone. If it is not offered, ", STOP)),
            ..step(text!("See that ", self.source(), " still offers ", self.at()))
        }
    }

    pub(super) fn backups_of(self, name: Piece) -> Text {
        text!("Environments > ", name, " > Backup & Restore > Restore or manage")
    }

    fn risk_older_points(self, span: Option<(DateTime<Utc>, DateTime<Utc>)>) -> StepText {
        let name = self.target();
        let risk = match span {
            Some((from, until)) => text!(
                "At risk: the backups of ",
                name,
                " from ",
                begins(from),
                " to ",
                begins(until),
                ". They cannot be chosen while it is a Sandbox, are never guaranteed from the switch on, and may be lost. If you may need one of them, stop here and restore to another environment, a Sandbox."
            ),
            None => text!(name, " has no backups older than seven days, so the switch puts none at risk."),
        };
        StepText {
            who: text!("Whoever answers for the data."),
            admin_center: self.backups_of(self.target()),
            verify: text!("It is decided and noted that none of the older points is needed."),
            caution: Some(risk),
            ..step(text!("Decide whether the older backups of ", name, " can be risked"))
        }
    }

    fn back_up(self, way_back: &WayBack) -> StepText {
        let name = self.target();
        StepText {
            admin_center: text!("Environments > ", name, " > Backup & Restore > Create manual backup"),
            verify: text!(
                "The message says: The … backup was successfully created. That takes up to 10 minutes; there is no status before. Then see in the list that its restore point lies before the restore."
            ),
            consequence: text!(
                "Adds a label to the backups of ",
                name,
                "; it costs no storage. ",
                way_back.says().sentence()
            ),
            caution: Some(text!(
                "Optional, but wait for it: the restore point is the closest available time and may lie some minutes after the moment of asking."
            )),
            ..step(text!("Make a manual backup of ", name, " before it is overwritten (optional)"))
        }
    }

    fn note_way_back(self, way_back: &WayBack) -> StepText {
        let name = self.target();
        StepText {
            who: text!("Whoever carries out the plan."),
            verify: text!(
                "The time is noted: the last moment before it is the one to go back to, as long as the backups hold it."
            ),
            caution: Some(text!(
                "A manual backup of ",
                name,
                " is not supported here, or it is not known whether it is. ",
                way_back.says().sentence()
            )),
            ..step(text!("Note the time at which the restore of ", name, " begins"))
        }
    }

    fn to_sandbox(self) -> StepText {
        let name = self.target();
        StepText {
            admin_center: text!("Environments > ", name, " > Convert to sandbox"),
            verify: text!("The list of environments shows ", name, " as Sandbox."),
            consequence: text!(
                "From now on seven days of backups can be chosen; older ones are at risk until it is switched back, and after. Users are affected."
            ),
            caution: Some(text!("Do not wait after this step: go on at once, and switch back as soon as possible.")),
            ..step(text!("Switch ", name, " from Production to Sandbox"))
        }
    }

    fn to_production_again(self) -> StepText {
        let name = self.target();
        StepText {
            admin_center: text!("Environments > ", name, " > Convert to production"),
            verify: text!("The list of environments shows ", name, " as Production."),
            consequence: text!(
                "The retention of Production holds again. Backups older than seven days are possible then, not sure."
            ),
            caution: Some(text!(
                "As soon as possible: no deadline is documented, and every hour puts the older backups at risk."
            )),
            ..step(text!("Switch ", name, " back to Production, as soon as possible"))
        }
    }

    fn create(self, action: &Action) -> StepText {
        StepText {
            admin_center: text!(
                "Environments > New, with a Dataverse database, without Dynamics 365 apps and without sample data"
            ),
            verify: text!("The list of environments shows it."),
            consequence: text!("Uses at least 1 GB of capacity. Nothing that exists is touched."),
            caution: new_target(action).map(|new| self.to_create(new)),
            ..step(text!("Create a new, empty ", new_target(action).map(kind), "environment"))
        }
    }

    fn verify_environment(self) -> StepText {
        let new = self.plan.steps.iter().find_map(|step| new_target(&step.action));
        let mend = "If one of them differs, mend it before you go on.";
        StepText {
            admin_center: text!("Environments > the new environment"),
            verify: text!(
                "It is a ",
                new.map(kind),
                "environment with Dataverse, in the region of ",
                self.source(),
                "; managed, key and policies are as said."
            ),
            caution: Some(text!(new.map(|new| text!(self.to_create(new), " ")), mend)),
            ..step(text!("Check that the new environment can be restored to"))
        }
    }

    fn to_create(self, new: &NewTarget) -> Text {
        new.says().sentence()
    }

    fn check_retention(self) -> StepText {
        StepText {
            admin_center: self.backups_of(self.target()),
            verify: text!("The retention period is what it was, and the oldest point on offer is noted."),
            caution: Some(text!("If the setting has fallen back to 7 days, set it again.")),
            ..step(text!("Check the retention of ", self.target()))
        }
    }
}

fn sign_in(cloud: Option<Cloud>) -> StepText {
    let center = cloud.and_then(Cloud::admin_center);
    StepText {
        admin_center: text!(center.unwrap_or("The Power Platform admin center of your cloud")),
        verify: text!("The list of environments shows those that this plan names."),
        caution: Some(text!("Another admin role may lack rights for one of the steps: try it before you begin.")),
        ..step(text!("Sign in as an administrator"))
    }
}

fn wait_for_environment() -> StepText {
    StepText {
        admin_center: text!("Environments: the state of the new environment"),
        verify: text!("Its state is Ready, and its id is noted: the commands of the next steps need it."),
        ..step(text!("Wait until the new environment is ready, and note its id"))
    }
}

fn new_target(action: &Action) -> Option<&NewTarget> {
    match action {
        Action::CreateEnvironment(new) => match &new.like {
            Like::Target(target) => Some(target),
            Like::Told { .. } => None,
        },
        _ => None,
    }
}

fn kind(new: &NewTarget) -> Text {
    text!(new.kind.to_string(), " ")
}

/// The facts of an environment, each with those of the same origin; its origin is said once.
fn known_facts(look: &PlanFacts) -> Text {
    let mut groups: Vec<(FactFrom, Vec<String>)> = Vec::new();
    for known in &look.facts {
        match groups.iter_mut().find(|(of, _)| *of == known.from) {
            Some((_, clauses)) => clauses.push(clause(known)),
            None => groups.push((known.from, vec![clause(known)])),
        }
    }
    groups.order_by_key(|(from, _)| *from);
    let day_of = |on: NaiveDate| day(on.and_time(NaiveTime::MIN).and_utc());
    let group = |(from, clauses): (FactFrom, Vec<String>)| {
        let facts = List::joined(clauses, ", ");
        match from {
            FactFrom::Sample => text!(facts, " (of the sample tenant)"),
            FactFrom::Import => text!(facts, look.imported.map(|at| text!(" (as of ", day(at), ")"))),
            FactFrom::Recorded(on) => text!(facts, " (recorded ", day_of(on), ")"),
            FactFrom::Answer(on) => text!(facts, " (your answer of ", day_of(on), ")"),
            FactFrom::Unknown => text!("not known when this plan was made: ", facts),
        }
    };
    List::joined(groups.into_iter().map(group), "; ").says()
}

/// The longest a fact of an import is shown here, in characters.
const SHOWN_FACT: usize = 60;

fn clause(known: &KnownFact) -> String {
    let what = match known.fact {
        FactKey::Key => "customer-managed key",
        fact => facts::of(fact).noun,
    };
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_string();
    let value = match &known.value {
        None => return what.to_string(),
        Some(FactValue::Kind(kind)) => one_line(&kind.to_string(), SHOWN_FACT),
        Some(FactValue::Region(region)) => one_line(&region.to_string(), SHOWN_FACT),
        Some(
            FactValue::Dataverse(yes)
            | FactValue::Dynamics(yes)
            | FactValue::Managed(yes)
            | FactValue::CustomerKey(yes),
        ) => yes_no(*yes),
        Some(FactValue::Policies(0)) => "none".to_string(),
        Some(FactValue::Policies(n)) => n.to_string(),
        Some(FactValue::RetentionSetting(days)) => days.to_string(),
        Some(FactValue::Created(at)) => day(*at).to_string(),
    };
    format!("{what} {value}")
}
