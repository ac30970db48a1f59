//! What two edits contradict about, for people.

use super::Thing;
use crate::domain::environment::EnvironmentId;
use crate::words::facts;
use crate::words::time::instant_text;
use crate::workspace::Workspace;

impl Thing {
    /// What it is called in `w`, such as “the retention setting of Sales”; lower case, without a stop.
    pub fn says(&self, w: &Workspace) -> String {
        let name = |id: &EnvironmentId| match w.tenant.get(id) {
            Some(env) if !env.name.is_empty() => env.name.clone(),
            _ => id.to_string(),
        };
        let plan = |number: &u32| match w.plan(*number) {
            Some(saved) => format!("the plan “{}”", saved.plan.title()),
            None => "a plan that is not here any more".to_string(),
        };
        match self {
            Thing::Name => "the name of the tenant".to_string(),
            Thing::Cloud => "the cloud of the tenant".to_string(),
            Thing::Capacity => "the storage of the tenant".to_string(),
            Thing::Edition => "the edition of the rules".to_string(),
            Thing::Draft => "the restore that was begun".to_string(),
            Thing::Clock => "the clock of the rehearsal".to_string(),
            Thing::Invented => "how simulated operations go".to_string(),
            Thing::Environment(id) => format!("whether {} is on the list", name(id)),
            Thing::Environments => "which environments are on the list".to_string(),
            Thing::Fact(id, of) => format!("{}: {}", name(id), facts::of(*of).noun),
            Thing::FactOfMany(of) => format!("many environments: {}", facts::of(*of).noun),
            Thing::Life(id) => format!("whether {} is there or deleted", name(id)),
            Thing::Mode(id) => format!("the administration mode of {}", name(id)),
            Thing::Restore(id) => format!("a restore onto {}", name(id)),
            Thing::ActivityEnd(id) => format!("that what was going on with {} has ended", name(id)),
            Thing::RestoreEnd(id) => format!("how the restore onto {} ended", name(id)),
            Thing::Backup(id, backup) => {
                let label = w.tenant.get(id).and_then(|e| e.backups.iter().find(|b| b.id == *backup));
                let label = label.map_or(backup.as_str(), |b| b.label.as_str());
                format!("the manual backup “{label}” of {}", name(id))
            }
            Thing::Earlier(id, at) => format!("what was done to {} at {}", name(id), instant_text(*at)),
            Thing::Plan(number) => plan(number),
            Thing::Tick(number, id) => {
                let saved = w.plan(*number);
                let title = saved.and_then(|p| {
                    let step = p.plan.steps.iter().find(|s| s.id == *id)?;
                    Some(p.plan.step_text(step).title.to_string())
                });
                format!("“{}” of {}", title.as_deref().unwrap_or(id), plan(number))
            }
            Thing::Typed(number, blank) => format!("{} of {}", blank.noun(), plan(number)),
            Thing::Entry(number) => {
                let done = w.log.entries.iter().find(|e| e.number == *number);
                let done = done.and_then(|e| e.events.first()).map(|e| e.says.as_str());
                let undone = w.log.undone.iter().find(|u| u.number == *number).map(|u| u.says.as_str());
                match done.or(undone) {
                    Some(says) => format!("whether this is taken back: “{says}”"),
                    None => "something that is not in the list any more".to_string(),
                }
            }
        }
    }
}
