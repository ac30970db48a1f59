//! The answer to the question when an environment was deleted (X1).

use super::Refusal;
use crate::domain::environment::Environment;
pub(super) use crate::domain::merge::deleted::into_history;
use crate::domain::merge::show::instant;
use crate::domain::rule::RuleId;
use crate::words::when_deleted;
use chrono::{DateTime, Utc};

/// Keeps the answer of `now` (UTC).
///
/// # Errors
/// It is not deleted, when it was deleted is known, or it cannot have been then.
pub(super) fn answer(env: &mut Environment, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    let refuse = |says: String, help: String| Err(Refusal { rules: vec![RuleId::X1], says, help });
    let show = |at: DateTime<Utc>| instant(&at);
    let Some(when) = &mut env.deleted else {
        let says = format!("{} is not deleted, as far as the inventory tells", env.name);
        return refuse(says, "record the deletion on its page".to_string());
    };
    if !when.is_span() {
        let says = format!("when {} was deleted is known already", env.name);
        return refuse(says, format!("it was deleted {}", when_deleted(when, "at", show)));
    }
    if !when.answer(at, now) {
        let says = format!("{} cannot have been deleted at {}", env.name, instant(&at));
        let mut told = *when;
        told.forget_answer();
        return refuse(
            says,
            format!("it was deleted {}: give an instant in that time", when_deleted(&told, "at", show)),
        );
    }
    into_history(env);
    Ok(())
}
