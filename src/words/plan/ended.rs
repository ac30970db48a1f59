//! The words of what an operation that the service listed is to a plan.

use crate::domain::characters::one_line;
use crate::domain::environment::EnvironmentId;
use crate::domain::plan::Plan;
use crate::domain::plan::ended::OfPlan;
use crate::domain::service::Ended;
use crate::domain::tenant::Tenant;
use crate::text;
use crate::words::basics;
use crate::words::text::{Piece, Text, code, exact};

impl OfPlan {
    /// What it is to the plan, and what to do: a clause.
    pub fn says(&self, plan: &Plan, tenant: &Tenant) -> Text {
        let title = Piece::Name(one_line(&plan.title().to_string(), 120));
        let name =
            |id: &EnvironmentId| tenant.get(id).map_or_else(|| code(id.as_str()), |env| Piece::Name(basics::name(env)));
        let restore = text!("the restore of the plan ", title);
        let onto_target = text!("a restore onto the target of the plan ", title);
        match self {
            OfPlan::Succeeded { at } => text!(restore, " succeeded at ", exact(*at)),
            OfPlan::Failed { at, cancelled } => {
                let how = if *cancelled { " was cancelled at " } else { " failed at " };
                text!(restore, how, exact(*at), ": its step stays open")
            }
            OfPlan::Runs { since } => text!(
                restore,
                " had not ended when the service was asked; it began at ",
                exact(*since),
                ": ask for its operations again"
            ),
            OfPlan::State { word } => text!(
                restore,
                " is in the state ",
                code(one_line(word, 60)),
                ", of which nothing is known: look at the History in the admin center"
            ),
            OfPlan::SourceNotSaid { ended, at } => text!(
                onto_target,
                " ",
                ended_word(ended),
                " at ",
                exact(*at),
                "; it does not name its source, so that it cannot be told whether it is the one of the plan: compare it with the History in the admin center, then tick the step yourself"
            ),
            OfPlan::NoTarget => text!("the plan ", title, " restores onto no environment whose id is known yet"),
            OfPlan::OtherAct { act } => {
                text!("an operation ", Piece::Name(one_line(act.word(), 60)), ", not ", restore)
            }
            OfPlan::TargetNotSaid => text!("a restore that does not say onto which environment"),
            OfPlan::OtherTarget { target } => {
                text!("a restore onto ", name(target), ", not the one of the plan ", title)
            }
            OfPlan::OtherSource { source } => {
                text!(onto_target, ", but from ", name(source), ": somebody restored something else onto it")
            }
            OfPlan::Before { began } => {
                text!(onto_target, " that began at ", exact(*began), ", before the plan was made")
            }
        }
    }
}

fn ended_word(ended: &Ended) -> &'static str {
    match ended {
        Ended::Succeeded => "succeeded",
        Ended::Failed => "failed",
        Ended::Cancelled => "was cancelled",
        Ended::Running => "was still running",
        Ended::Other(_) => "was in a state of which nothing is known",
    }
}
