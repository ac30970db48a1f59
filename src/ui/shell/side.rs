//! A change that waits for a person, beside what is there now.

use crate::domain::edition::{Edition, EditionId};
use crate::view_model::words::{fact_rows, inside, sentence};
use crate::words::Say;
use crate::words::time::instant_text;
use crate::workspace::Workspace;
use crate::workspace::edit::{Edit, Made, Thing};
use crate::workspace::keep::{Waiting, WhyWaits};
use chrono::{DateTime, Utc};

/// What is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What both are about.
    pub about: String,
    /// What the change that waits would do, as a sentence.
    pub waits: String,
    /// When it was made, UTC.
    pub made: Option<DateTime<Utc>>,
    /// What is there now, where it can be said in a few words.
    pub here: Option<String>,
}

impl Side {
    /// Sets a change that waits beside `w`, in which it is not.
    pub fn of(waiting: &Waiting, w: &Workspace) -> Side {
        let made = waiting.made();
        let things: Vec<&Thing> = match &waiting.why {
            WhyWaits::Contradicts { things, .. } => things.iter().collect(),
            _ => Vec::new(),
        };
        let about = match things.as_slice() {
            [] => "a change of another tab".to_string(),
            some => some.iter().take(3).map(|thing| thing.says(w)).collect::<Vec<_>>().join("; "),
        };
        Side {
            about: sentence(&about),
            waits: made.map_or_else(|| "A decision that was made in another tab.".to_string(), |made| would(made, w)),
            made: made.map(|made| made.at),
            here: things.first().and_then(|thing| now(thing, w)),
        }
    }
}

/// What an edit would do to `w`.
fn would(made: &Made, w: &Workspace) -> String {
    let plan = |number: &u32| match w.plan(*number) {
        Some(saved) => format!("the plan “{}”", saved.plan.title()),
        None => format!("plan {number}"),
    };
    let says = match &made.edit {
        Edit::Edition(id) => format!("the {} are chosen", inside(&title(id))),
        Edit::Draft(None) | Edit::Begun { open: None, .. } => "the restore wizard is emptied".to_string(),
        Edit::Draft(Some(draft)) | Edit::Begun { open: Some(draft), .. } => {
            let name = |id: &Option<_>| id.as_ref().and_then(|id| w.tenant.get(id)).map(|env| env.name.clone());
            match (name(&draft.source), name(&draft.target)) {
                (Some(source), Some(target)) => format!("a restore of {source} onto {target} is begun in the wizard"),
                (Some(source), None) => format!("a restore of {source} is begun in the wizard"),
                _ => "the restore wizard is as it was left there".to_string(),
            }
        }
        Edit::KeepPlan { plan, .. } => format!("the plan “{}” is kept", plan.title()),
        Edit::RemovePlan { number } => format!("{} is removed", plan(number)),
        Edit::PutBack { plan } => format!("the plan “{}” is there again", plan.plan.title()),
        Edit::Tick { plan: number, done: true, .. } => format!("a step of {} is ticked off", plan(number)),
        Edit::Tick { plan: number, done: false, .. } => format!("a step of {} is open again", plan(number)),
        Edit::Fill { plan: number, blank, .. } => format!("{} of {} is typed", blank.noun(), plan(number)),
        Edit::TakeBack { .. } => "something that was done is taken back".to_string(),
        Edit::Redo { .. } => "something that was taken back is done again".to_string(),
        Edit::MoveClock { to } => format!("the clock is moved to {}", instant_text(*to)),
        Edit::RewindClock { to } => format!("the clock is moved back to {}", instant_text(*to)),
        Edit::StopClock => "the clock stands still".to_string(),
        Edit::Invent(_) => "simulated operations go in another way".to_string(),
        Edit::PassTime => "what ended by itself has ended".to_string(),
        Edit::Run { .. } => {
            // On a copy: what it says is what it would do here.
            let mut copy = w.clone();
            match made.apply(&mut copy) {
                Ok(done) if !done.events.is_empty() => {
                    let says: Vec<String> =
                        done.events.iter().take(3).map(|e| e.says().sentence().to_string()).collect();
                    return says.join(" ");
                }
                Ok(_) => "it would change nothing here any more".to_string(),
                Err(why) => format!("it is not possible here: {}", why.reason()),
            }
        }
    };
    sentence(&says)
}

fn now(thing: &Thing, w: &Workspace) -> Option<String> {
    match thing {
        Thing::Name if w.tenant.name.is_empty() => Some("The tenant has no name.".to_string()),
        Thing::Name => Some(format!("The tenant is called {}.", w.tenant.name)),
        Thing::Edition => Some(sentence(&title(&w.edition))),
        Thing::Fact(id, fact) => {
            let env = w.tenant.get(id)?;
            let row = fact_rows(env, &w.tenant).into_iter().find(|row| row.key == Some(*fact))?;
            Some(row.value.map_or_else(|| "It is unknown.".to_string(), |value| sentence(&value)))
        }
        _ => None,
    }
}

fn title(id: &EditionId) -> String {
    Edition::find(id).map_or_else(|| id.0.clone(), |edition| edition.title.to_string())
}
