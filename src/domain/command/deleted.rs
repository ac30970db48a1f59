//! The answer to the question when an environment was deleted (X1).

use super::{Cause, OfEnvironment, Refusal};
use crate::domain::environment::Environment;
pub(super) use crate::domain::merge::deleted::into_history;
use crate::domain::rule::RuleId;
use chrono::{DateTime, Utc};

/// Keeps the answer of `now` (UTC).
///
/// # Errors
/// It is not deleted, when it was deleted is known, or it cannot have been then.
pub(super) fn answer(env: &mut Environment, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    let refuse = |env: &Environment, why| Err(Cause::of(env, why).by(&[RuleId::X1]));
    let Some(mut when) = env.deleted else { return refuse(env, OfEnvironment::NotKnownAsDeleted) };
    if !when.is_span() {
        return refuse(env, OfEnvironment::DeletionKnown(when));
    }
    if !when.answer(at, now) {
        when.forget_answer();
        return refuse(env, OfEnvironment::NotDeletedAt { at, deleted: when });
    }
    env.deleted = Some(when);
    into_history(env);
    Ok(())
}
