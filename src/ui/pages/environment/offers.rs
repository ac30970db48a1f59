//! Which ways of restoring are offered for an environment, and why the others are not.

use crate::domain::environment::Environment;
use crate::domain::moment::Moment;
use crate::ui::components::{RuleChip, SaysText};
use crate::ui::prelude::*;
use crate::words::Say;
use crate::workspace::Goal;
use crate::workspace::wizard::choices::{SourceState, WhyNot, never_target, source_state_for};

/// What speaks against offering a restore from, beside or onto an environment, whatever the other end is.
#[derive(Clone, PartialEq)]
pub struct Against {
    pub source: Option<WhyNot>,
    pub beside: Option<WhyNot>,
    pub target: Option<WhyNot>,
}

impl Against {
    pub fn of(moment: Moment<'_>, env: &Environment) -> Self {
        let edition = moment.edition;
        let first = |goal| match source_state_for(goal, moment, env) {
            SourceState::Cannot(reasons) => reasons.into_iter().next(),
            SourceState::Can(_) | SourceState::Ask(_) => None,
        };
        Self { source: first(Goal::Restore), beside: first(Goal::Beside), target: never_target(edition, env) }
    }

    pub fn view(self) -> impl IntoView {
        let Against { source, beside, target } = self;
        // Where it can be no source at all, nothing more is to be said about one way of being one.
        let beside = beside.filter(|_| source.is_none());
        [("No restore from it", source), ("No deleted records beside it", beside), ("No restore onto it", target)]
            .into_iter()
            .filter_map(|(what, reason)| reason.map(|r| (what, r)))
            .map(|(what, r)| {
                view! {
                    <p class="hint not-offered">
                        <span aria-hidden="true">"✕ "</span> {what} ": " <SaysText text=r.says().full_stop() /> " " {r.rule().map(|rule| view! { <RuleChip rule /> })}
                    </p>
                }
            })
            .collect_view()
    }
}
