//! The facts that can be asked for, in one table: which field of an environment each is. Answering, recording, taking back and what an
//! observation tells follow from it; what is said of each stands in `words::facts`. What else a new one touches stands in
//! `docs/ARCHITECTURE.md`.

use super::answer::{Answer, FactKey};
use super::environment::Environment;
use super::fact::{Fact, Known, Origin};
use super::inventory::Observation;
use chrono::{DateTime, Utc};

/// Each fact that is a field: its key and the field.
macro_rules! facts {
    ($($key:ident: $field:ident,)*) => {
        impl FactKey {
            /// Every fact: the fields, and when a deleted environment was deleted.
            pub const ALL: [FactKey; 10] = [$(FactKey::$key,)* FactKey::Deleted];
        }

        impl Answer {
            /// Which fact it answers.
            pub fn fact(&self) -> FactKey {
                match self {
                    $(Answer::$key(_) => FactKey::$key,)*
                    Answer::Deleted(_) => FactKey::Deleted,
                }
            }
        }

        impl Environment {
            /// Whether nothing tells a fact. When it was deleted is nothing that is known or unknown of one that lives.
            pub fn is_unknown(&self, fact: FactKey) -> bool {
                match fact {
                    $(FactKey::$key => self.$field.is_unknown(),)*
                    FactKey::Deleted => self.deleted.is_some_and(|when| when.known().is_none()),
                }
            }

            /// Keeps an answer, given at `now` (UTC). When it was deleted is kept by [`super::command`], which may refuse it.
            pub(super) fn take_answer(&mut self, answer: &Answer, now: DateTime<Utc>) {
                match answer.clone() {
                    $(Answer::$key(value) => self.$field.answer(value, now),)*
                    Answer::Deleted(_) => {}
                }
            }

            /// Records what an answer says as done at `at` (UTC): newer than any answer or import of before.
            pub(super) fn record(&mut self, answer: &Answer, at: DateTime<Utc>) {
                match answer.clone() {
                    $(Answer::$key(value) => self.$field = Fact::known(value, Origin::Recorded, at),)*
                    Answer::Deleted(_) => {}
                }
            }

            /// Takes an answer back; whether there was one.
            pub(super) fn forget_answer(&mut self, fact: FactKey) -> bool {
                match fact {
                    $(FactKey::$key => self.$field.forget_answer().is_some(),)*
                    FactKey::Deleted => self.deleted.as_mut().is_some_and(|when| when.forget_answer()),
                }
            }

            /// The answer of the user to a fact and when it was given (UTC), whether or not it counts.
            pub fn answer(&self, fact: FactKey) -> Option<(Answer, DateTime<Utc>)> {
                match fact {
                    $(FactKey::$key => self.$field.answered().map(|a| (Answer::$key(a.value.clone()), a.since)),)*
                    FactKey::Deleted => {
                        self.deleted.and_then(|when| when.answered()).map(|word| (Answer::Deleted(word.at), word.since))
                    }
                }
            }

            /// What counts of a fact, who says so and since when (UTC).
            pub(super) fn told(&self, fact: FactKey) -> Option<Known<Answer>> {
                match fact {
                    $(FactKey::$key => self.$field.entry().map(|known| Known {
                        value: Answer::$key(known.value.clone()),
                        origin: known.origin.clone(),
                        since: known.since,
                    }),)*
                    FactKey::Deleted => None,
                }
            }

            /// When a fact was recorded as done here (UTC), where that is what counts of it.
            pub(super) fn recorded(&self, fact: FactKey) -> Option<DateTime<Utc>> {
                self.told(fact).filter(|known| known.origin == Origin::Recorded).map(|known| known.since)
            }

            /// Takes over a fact of another environment.
            pub(super) fn copy_fact(&mut self, fact: FactKey, from: &Environment) {
                match fact {
                    $(FactKey::$key => self.$field = from.$field.clone(),)*
                    FactKey::Deleted => self.deleted = from.deleted,
                }
            }

            /// Whether a later import says something else than the answer, and counts.
            pub fn is_overruled(&self, fact: FactKey) -> bool {
                match fact {
                    $(FactKey::$key => self.$field.answered().is_some_and(|a| self.$field.get() != Some(&a.value)),)*
                    FactKey::Deleted => false,
                }
            }
        }

        impl Observation {
            /// Whether the file tells a fact.
            pub fn tells(&self, fact: FactKey) -> bool {
                match fact {
                    $(FactKey::$key => self.$field.is_some(),)*
                    FactKey::Deleted => self.deleted.is_some(),
                }
            }

            /// Whether the file tells another value of a fact. When it was deleted is compared by nobody.
            pub(super) fn contradicts(&self, value: &Answer) -> bool {
                match value {
                    $(Answer::$key(value) => self.$field.as_ref().is_some_and(|seen| seen != value),)*
                    Answer::Deleted(_) => false,
                }
            }
        }
    };
}

facts! {
    Kind: kind,
    Region: region,
    Dataverse: dataverse,
    Dynamics: dynamics,
    Managed: managed,
    Key: key,
    Policies: policies,
    RetentionSetting: retention_setting,
    Created: created,
}
