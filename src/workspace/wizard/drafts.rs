//! Several restores can be begun at once: one is open in the wizard, the others wait. Nothing is thrown away but by whoever says so.

use super::{WizardDesk, WizardStep};
use crate::domain::environment::EnvironmentId;
use crate::workspace::edit::Edit;
use crate::workspace::local_time::{Zone, to_local};
use crate::workspace::{Draft, Goal, Workspace};
use chrono::{DateTime, Utc};

/// Whether there is something in a draft that would be missed.
pub fn holds_something(draft: &Draft) -> bool {
    draft.source.is_some() || draft.target.is_some() || draft.instant.is_some() || !draft.instant_typed.is_empty()
}

/// All others with the open one before them, where it holds something.
fn with_open(w: &Workspace) -> Vec<Draft> {
    w.draft.iter().filter(|d| holds_something(d)).chain(&w.begun).cloned().collect()
}

/// Opens `draft`, or an empty wizard, and sets what is open aside.
pub fn opened(w: &Workspace, draft: Option<Draft>) -> Edit {
    Edit::Begun { open: draft.map(Box::new), others: with_open(w) }
}

/// Goes on with the one at `place` among the others, and sets what is open aside.
pub fn taken_up(w: &Workspace, place: usize) -> Edit {
    let Some(draft) = w.begun.get(place) else { return unchanged(w) };
    let mut others = w.begun.clone();
    others.remove(place);
    others.splice(0..0, w.draft.iter().filter(|d| holds_something(d)).cloned());
    Edit::Begun { open: Some(Box::new(draft.clone())), others }
}

/// Throws the one at `place` among the others away.
pub fn dropped(w: &Workspace, place: usize) -> Edit {
    let others = w.begun.iter().enumerate().filter(|(n, _)| *n != place).map(|(_, d)| d.clone()).collect();
    Edit::Begun { open: w.draft.clone().map(Box::new), others }
}

/// Brings back one that was thrown away: into the wizard where it was open there and nothing is by now, else among the others.
pub fn brought_back(w: &Workspace, draft: &Draft, was_open: bool) -> Edit {
    let empty = !w.draft.as_ref().is_some_and(holds_something);
    if was_open && empty {
        return Edit::Begun { open: Some(Box::new(draft.clone())), others: w.begun.clone() };
    }
    let others = [draft].into_iter().chain(&w.begun).cloned().collect();
    Edit::Begun { open: w.draft.clone().map(Box::new), others }
}

/// Throws away what was brought back.
pub fn without(w: &Workspace, draft: &Draft) -> Edit {
    let open = w.draft.clone().filter(|open| open != draft).map(Box::new);
    Edit::Begun { open, others: w.begun.iter().filter(|other| *other != draft).cloned().collect() }
}

fn unchanged(w: &Workspace) -> Edit {
    Edit::Begun { open: w.draft.clone().map(Box::new), others: w.begun.clone() }
}

/// Where among the others the first stands of which `same` is true.
pub fn place_of(w: &Workspace, same: impl Fn(&Draft) -> bool) -> Option<usize> {
    w.begun.iter().position(same)
}

/// A begun restore as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Such as `Contoso Sales onto Sales UAT`.
    pub title: String,
    /// Such as `Step 3 of 5: Target`.
    pub step: String,
    /// UTC; a draft of an earlier version does not say.
    pub began: Option<DateTime<Utc>>,
}

/// Every restore that was begun: the one that is open in the wizard first, then the others, each with its place among those.
pub fn all(w: &Workspace) -> Vec<(Option<usize>, Begun)> {
    let open = w.draft.iter().filter(|draft| holds_something(draft)).map(|draft| (None, about(w, draft)));
    open.chain(w.begun.iter().enumerate().map(|(place, draft)| (Some(place), about(w, draft)))).collect()
}

/// What a draft is about, in one line.
pub fn about(w: &Workspace, draft: &Draft) -> Begun {
    let name = |id: &EnvironmentId| w.tenant.get(id).map_or_else(|| id.to_string(), |e| e.name.clone());
    let source = draft.source.as_ref().map(name);
    let target = match (&draft.goal, &draft.target) {
        (Goal::Beside, _) => Some("a new environment".to_string()),
        (_, Some(id)) if draft.source.as_ref() == Some(id) => Some("itself".to_string()),
        (_, target) => target.as_ref().map(name),
    };
    let title = match (source, target) {
        (Some(source), Some(target)) => format!("{source} onto {target}"),
        (Some(source), None) => source,
        (None, Some(target)) if draft.goal != Goal::Beside => format!("Onto {target}"),
        (None, _) => "Nothing chosen yet".to_string(),
    };
    let step = WizardStep::at(draft.step);
    let step = format!("Step {} of {}: {}", step.index() + 1, WizardStep::ALL.len(), step.title(draft.manual));
    Begun { title, step, began: draft.began }
}

impl<Z: Zone> WizardDesk<'_, Z> {
    /// What is chosen in a step, in a word or two; empty where nothing is.
    pub fn chosen(&self, step: WizardStep) -> String {
        let said = match step {
            WizardStep::Source => self.source().map(|s| s.name.clone()),
            WizardStep::Point if self.draft.manual => self.backup().map(|c| format!("“{}”", c.backup.label)),
            WizardStep::Point => {
                self.draft.instant.map(|at| to_local(at, self.zone).format("%-d %b %H:%M").to_string())
            }
            WizardStep::Target if self.draft.goal == Goal::Beside => Some("a new one".to_string()),
            WizardStep::Target => self.target().map(|t| match self.source() {
                Some(source) if source.id == t.id => "itself".to_string(),
                _ => t.name.clone(),
            }),
            WizardStep::Options => self.draft.include_audit_logs.then(|| "with audit logs".to_string()),
            WizardStep::Review => None,
        };
        said.unwrap_or_default()
    }
}
