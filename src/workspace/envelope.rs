//! The versioned envelope in which a workspace is stored and exported:
//! `{"app":"restore-desk","schema":2,"saved":"2026-11-24T06:05:00Z","workspace":{…}}`.
//!
//! What it represents: one workspace with the schema it was written in and the instant (UTC) at which that was.
//! Reading never loses anything: a text of a newer schema or one that cannot be read is told apart, and the caller must keep it.

mod slowly;

pub use slowly::Slowly;

use super::Workspace;
use crate::domain::door::Mended;
use crate::domain::limits::{Limit, Over};
use crate::json;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

/// What [`write()`] writes into `app`.
pub const APP: &str = "restore-desk";

/// The schema that this build writes. Raising it adds one step to `MIGRATIONS`.
pub const SCHEMA: u32 = 2;

/// The step from schema `n` to schema `n + 1` is the `n - 1`th. A step gets the `workspace` value and says what stops it. `None`: what
/// changed is read in both forms wherever it stands, so that nothing has to be turned over.
static MIGRATIONS: &[Option<Migration>] = &[
    // 1 to 2: a plan is data and no longer text (`domain::plan::keep_texts`), also in an edit that waits.
    None,
];

type Migration = fn(Value) -> Result<Value, String>;

/// The schemas that are read as they stand: from the last step on that turns something over.
fn as_they_stand(migrations: &[Option<Migration>]) -> RangeInclusive<u32> {
    let number = |steps: usize| u32::try_from(steps).unwrap_or(u32::MAX).saturating_add(1);
    let turned = migrations.iter().rposition(Option::is_some).map_or(0, |last| last.saturating_add(1));
    number(turned)..=number(migrations.len())
}

#[derive(Serialize)]
struct Out<'a> {
    app: &'static str,
    schema: u32,
    saved: String,
    workspace: &'a Workspace,
}

/// A workspace that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// When it was written, UTC.
    pub saved: DateTime<Utc>,
    /// The schema it was written in.
    pub schema: u32,
    pub workspace: Workspace,
    /// What could not be taken as it was (see [`super::door`]).
    pub mended: Vec<Mended>,
}

/// Why a text is no workspace that this build can read. The text must be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not an envelope of this app.
    NotOurs,
    /// Written by a newer version of the app, with this schema.
    Newer(u32),
    /// More than is read.
    TooMuch(Over),
    /// An envelope of this app that is damaged; what the reader says.
    Damaged(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::NotOurs => f.write_str("the text is not a workspace of Restore Desk"),
            Unreadable::Newer(schema) => write!(
                f,
                "the workspace was written by a newer version of Restore Desk (format {schema}, this one reads up to {SCHEMA})"
            ),
            Unreadable::TooMuch(over) => over.fmt(f),
            Unreadable::Damaged(why) => write!(f, "the workspace is damaged: {why}"),
        }
    }
}

/// The text of a workspace, written at `now` (UTC).
pub fn write(workspace: &Workspace, now: DateTime<Utc>) -> Result<String, String> {
    let saved = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    serde_json::to_string(&Out { app: APP, schema: SCHEMA, saved, workspace }).map_err(|e| e.to_string())
}

/// Reads a text, and migrates it where an older version wrote it.
pub fn read(text: &str) -> Result<Envelope, Unreadable> {
    read_with(text, MIGRATIONS)
}

/// Reads a text of a newer schema as far as this build understands it: to be looked at, never to be written again.
///
/// # Errors
/// What [`read`] says, also where the workspace holds what this build does not know.
pub fn read_newer(text: &str) -> Result<Envelope, Unreadable> {
    match read(text) {
        Err(Unreadable::Newer(schema)) => {
            let parts = Parts::read(text, Some(schema), schema..=schema).map_err(|_| Unreadable::Newer(schema))?;
            let (Some(saved), Body::Now(workspace)) = (parts.saved, parts.body) else {
                return Err(Unreadable::Newer(schema));
            };
            Ok(Envelope { saved, schema, workspace: *workspace, mended: Vec::new() }.through_the_door())
        }
        read => read,
    }
}

fn read_with(text: &str, migrations: &[Option<Migration>]) -> Result<Envelope, Unreadable> {
    as_it_stands(text, migrations).map(Envelope::through_the_door)
}

/// Reads a text without mending anything in it.
fn as_it_stands(text: &str, migrations: &[Option<Migration>]) -> Result<Envelope, Unreadable> {
    Limit::File.hold(text.len()).map_err(Unreadable::TooMuch)?;
    let reads = as_they_stand(migrations);
    let read = |schema| {
        Parts::read(text, schema, reads.clone()).map_err(|e| match text.contains("\"restore-desk\"") {
            true => Unreadable::Damaged(e.to_string()),
            false => Unreadable::NotOurs,
        })
    };
    let mut parts = read(None)?;
    if parts.app.as_deref() != Some(APP) {
        return Err(Unreadable::NotOurs);
    }
    let missing = |what: &str| Unreadable::Damaged(format!("there is no `{what}`"));
    let schema = parts.schema.ok_or_else(|| missing("schema"))?;
    let saved = parts.saved.ok_or_else(|| missing("saved"))?;
    if schema > *reads.end() {
        return Err(Unreadable::Newer(schema));
    }
    if matches!(parts.body, Body::TooEarly) {
        parts = read(Some(schema))?;
    }
    let workspace = match parts.body {
        Body::Now(workspace) => *workspace,
        Body::Older(mut value) => {
            let done =
                schema.checked_sub(1).ok_or_else(|| Unreadable::Damaged("schema 0 does not exist".to_string()))?;
            for step in migrations.iter().skip(usize::try_from(done).unwrap_or(usize::MAX)).flatten() {
                value = step(value).map_err(Unreadable::Damaged)?;
            }
            // Through text, as all that is read: a second way would be a second copy of every reader in the program.
            json::read(&value.to_string()).map_err(|e| Unreadable::Damaged(e.to_string()))?
        }
        Body::Nothing | Body::TooEarly | Body::Skipped => return Err(missing("workspace")),
    };
    Ok(Envelope { saved, schema, workspace, mended: Vec::new() })
}

impl Envelope {
    fn through_the_door(self) -> Self {
        self.through_the_door_with(false)
    }

    /// `sound`: nothing is to be mended in the entries of the log.
    fn through_the_door_with(mut self, sound: bool) -> Self {
        self.mended = super::door::looked_at(&mut self.workspace, &mut self.saved, sound);
        self
    }
}

/// What an envelope holds, read in one walk.
#[derive(Default)]
struct Parts {
    app: Option<String>,
    schema: Option<u32>,
    saved: Option<DateTime<Utc>>,
    body: Body,
}

#[derive(Default)]
enum Body {
    #[default]
    Nothing,
    Now(Box<Workspace>),
    Older(Value),
    /// It stood before the schema, and was walked over.
    TooEarly,
    /// Of a newer schema or another app: walked over.
    Skipped,
}

impl Parts {
    /// `schema`: where it is known already.
    fn read(text: &str, schema: Option<u32>, reads: RangeInclusive<u32>) -> Result<Self, json::Error> {
        let mut reader = json::Reader::new(text);
        let parts = reader.deserialize_map(Reader { schema, reads })?;
        reader.end_of_text()?;
        Ok(parts)
    }
}

struct Reader {
    schema: Option<u32>,
    reads: RangeInclusive<u32>,
}

impl<'de> Visitor<'de> for Reader {
    type Value = Parts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a workspace of Restore Desk")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts, A::Error> {
        let mut parts = Parts::default();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "app" => parts.app = Some(map.next_value()?),
                "schema" => parts.schema = Some(map.next_value()?),
                "saved" => parts.saved = Some(map.next_value()?),
                "workspace" => {
                    let foreign = parts.app.as_deref().is_some_and(|app| app != APP);
                    parts.body = match self.schema.or(parts.schema).filter(|_| !foreign) {
                        Some(schema) if self.reads.contains(&schema) => Body::Now(map.next_value()?),
                        Some(schema) if schema < *self.reads.start() => Body::Older(map.next_value()?),
                        known => {
                            map.next_value::<IgnoredAny>()?;
                            if known.is_some() || foreign { Body::Skipped } else { Body::TooEarly }
                        }
                    };
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(mut value: Value) -> Result<Value, String> {
        let tenant = value.as_object_mut().and_then(|w| w.remove("customer")).ok_or("there is no `customer`")?;
        value["tenant"] = tenant;
        Ok(value)
    }

    fn number_plans(mut value: Value) -> Result<Value, String> {
        value["next_plan"] = 5.into();
        Ok(value)
    }

    #[track_caller]
    fn check(schema: u32, workspace: &str, expect: Result<(&str, u32), Unreadable>) {
        let text = format!(
            r#"{{"app":"restore-desk","schema":{schema},"saved":"2026-01-01T00:00:00Z","workspace":{workspace}}}"#
        );
        let read = read_with(&text, &[Some(rename), Some(number_plans), None]);
        let seen = read.as_ref().map(|e| (e.workspace.tenant.name.as_str(), e.workspace.next_plan));
        assert_eq!(seen.map_err(Clone::clone), expect);
        if let Ok(envelope) = &read {
            assert_eq!(envelope.schema, schema);
        }
    }

    #[test]
    fn each_older_schema_goes_through_the_steps_that_it_lacks() {
        let oldest = r#"{"customer":{"name":"A","environments":[]}}"#;
        let tenant = r#"{"tenant":{"name":"A","environments":[]},"next_plan":1}"#;
        check(1, oldest, Ok(("A", 5)));
        check(2, tenant, Ok(("A", 5)));
        check(3, tenant, Ok(("A", 1)));
        check(4, tenant, Ok(("A", 1)));
        check(5, tenant, Err(Unreadable::Newer(5)));
    }

    #[test]
    fn a_step_that_cannot_go_on_leaves_the_text_alone() {
        check(1, "{}", Err(Unreadable::Damaged("there is no `customer`".into())));
    }

    #[test]
    fn the_table_leads_to_the_schema_that_is_written() {
        assert_eq!(u32::try_from(MIGRATIONS.len()).expect("few") + 1, SCHEMA);
    }
}
