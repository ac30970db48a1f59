//! What people set of an environment. How each stands in the facts and in the history is said here and nowhere else.

use super::super::answer::Answer;
use super::super::environment::{Environment, Key, Kind, RuntimeState};
use super::super::fact::{Fact, Origin};
use super::super::history::Changed;
use super::super::rule::RuleId;
use chrono::{DateTime, Utc};

/// A setting of an environment, and what it is set to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// K6: Production to Sandbox or back.
    Kind(Kind),
    /// T3: a database is added. It cannot be taken away.
    Dataverse,
    /// T4: whether it is a Managed Environment.
    Managed(bool),
    /// T5.
    Key(Key),
    /// K2, K3, K4. Days.
    Retention(u32),
    /// R9, R25.
    AdministrationMode(bool),
}

impl Setting {
    /// What `env` has of the same; `None`: that is not known.
    pub fn now(&self, env: &Environment) -> Option<Setting> {
        match self {
            Setting::Kind(_) => env.kind.get().cloned().map(Setting::Kind),
            Setting::Dataverse => env.dataverse.get().filter(|has| **has).map(|_| Setting::Dataverse),
            Setting::Managed(_) => env.managed.get().copied().map(Setting::Managed),
            Setting::Key(_) => env.key.get().cloned().map(Setting::Key),
            Setting::Retention(_) => env.retention_setting.get().copied().map(Setting::Retention),
            Setting::AdministrationMode(_) => {
                env.state.get().and_then(RuntimeState::administration_mode).map(Setting::AdministrationMode)
            }
        }
    }

    /// What it would be instead, where there are two.
    pub fn opposite(&self) -> Option<Setting> {
        Some(match self {
            Setting::Kind(Kind::Production) => Setting::Kind(Kind::Sandbox),
            Setting::Kind(Kind::Sandbox) => Setting::Kind(Kind::Production),
            Setting::Managed(on) => Setting::Managed(!on),
            Setting::Key(Key::Microsoft) => Setting::Key(Key::Customer(None)),
            Setting::Key(Key::Customer(_)) => Setting::Key(Key::Microsoft),
            Setting::AdministrationMode(on) => Setting::AdministrationMode(!on),
            Setting::Kind(_) | Setting::Dataverse | Setting::Retention(_) => return None,
        })
    }

    /// The answer that would say the same; `None`: nobody is asked for it.
    pub fn answer(&self) -> Option<Answer> {
        Some(match self {
            Setting::Kind(kind) => Answer::Kind(kind.clone()),
            Setting::Dataverse => Answer::Dataverse(true),
            Setting::Managed(on) => Answer::Managed(*on),
            Setting::Key(key) => Answer::Key(key.clone()),
            Setting::Retention(days) => Answer::RetentionSetting(*days),
            Setting::AdministrationMode(_) => return None,
        })
    }

    /// Makes it so in `env`, as recorded at `at` (UTC): newer than any answer or import of before.
    pub(in crate::domain) fn set(&self, env: &mut Environment, at: DateTime<Utc>) {
        match self {
            Setting::AdministrationMode(on) => {
                env.state = Fact::known(RuntimeState::of_administration_mode(*on), Origin::Recorded, at);
                env.failed_restore = None;
            }
            other => drop(other.answer().map(|answer| env.record(&answer, at))),
        }
    }

    /// What the history learns of it; `None`: it keeps none of it.
    pub fn changed(&self, from: Option<&Setting>) -> Option<Changed> {
        let applied = |key: &Key| matches!(key, Key::Customer(_));
        Some(match self {
            Setting::Kind(to) => Changed::Kind { from: before!(from, Kind), to: to.clone() },
            Setting::Dataverse => Changed::Dataverse { from: Some(false), to: true },
            Setting::Managed(to) => Changed::Managed { from: before!(from, Managed), to: *to },
            Setting::Key(to) => {
                Changed::CustomerKey { from: before!(from, Key).as_ref().map(applied), to: applied(to) }
            }
            Setting::Retention(to) => Changed::RetentionSetting { from: before!(from, Retention), to: *to },
            Setting::AdministrationMode(_) => return None,
        })
    }

    /// What a change of the history set, and what it was before, where that is known; `None`: no setting, or one that the service
    /// alone changes. Which key it was the history does not keep.
    pub fn of_changed(changed: &Changed) -> Option<(Option<Setting>, Setting)> {
        let key = |applied: bool| Setting::Key(if applied { Key::Customer(None) } else { Key::Microsoft });
        Some(match changed {
            Changed::Kind { from, to } => (from.clone().map(Setting::Kind), Setting::Kind(to.clone())),
            Changed::Managed { from, to } => (from.map(Setting::Managed), Setting::Managed(*to)),
            Changed::CustomerKey { from, to } => (from.map(key), key(*to)),
            Changed::RetentionSetting { from, to } => (from.map(Setting::Retention), Setting::Retention(*to)),
            // What nobody sets, or what cannot be taken back.
            Changed::Dynamics { .. }
            | Changed::DynamicsUnknown { .. }
            | Changed::ManagedUnknown { .. }
            | Changed::Region { .. }
            | Changed::Dataverse { .. }
            | Changed::Name { .. }
            | Changed::Overwritten { .. }
            | Changed::Restored { .. }
            | Changed::Deleted
            | Changed::Recovered => return None,
        })
    }

    /// Whether the two set the same thing, perhaps to something else.
    pub fn is_of(&self, other: &Setting) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// As much of it as the history keeps: not which key it is.
    pub fn as_kept(self) -> Setting {
        match self {
            Setting::Key(Key::Customer(_)) => Setting::Key(Key::Customer(None)),
            other => other,
        }
    }

    /// The rule by which it takes points away; `None`: it takes none.
    pub fn cuts_by(&self) -> Option<RuleId> {
        match self {
            Setting::Kind(_) => Some(RuleId::K6),
            Setting::Managed(_) => Some(RuleId::K12),
            Setting::Retention(_) => Some(RuleId::K4),
            Setting::Dataverse | Setting::Key(_) | Setting::AdministrationMode(_) => None,
        }
    }

    /// Whether backups may be kept longer by it at once, where the period of before rested on its opposite (K12).
    pub fn may_lengthen(&self) -> bool {
        *self == Setting::Managed(true)
    }

    /// The rules that speak of setting it.
    pub fn rules(&self) -> &'static [RuleId] {
        match self {
            Setting::Kind(_) => &[RuleId::K6],
            Setting::Dataverse => &[RuleId::T3],
            Setting::Managed(_) => &[RuleId::K12, RuleId::T4],
            Setting::Key(_) => &[RuleId::T5],
            Setting::Retention(_) => &[RuleId::K4, RuleId::K5, RuleId::K9],
            Setting::AdministrationMode(_) => &[RuleId::R25],
        }
    }
}
