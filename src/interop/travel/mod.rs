//! A plan that travels to a colleague: as a file, and as a link that carries it in its fragment, which no server ever sees.
//!
//! Both hold the same JSON: `{"app":"restore-desk","kind":"plan","version":2,"tenant":"Contoso","play":false,"plan":{…}}`. The link
//! deflates it and writes `<version>.<checksum>.<base64url>`; the checksum is that of the text after it, so that a link that lost or
//! changed a character on the way is refused. It proves nothing about who made the link: what arrives is text of a stranger. It is
//! read within limits, its texts are put on one line each, and it has to agree with itself (`check`), and to have the steps that
//! such a plan has, each doing what it stands for (`shape`).

mod check;
mod code;
mod shape;

use super::own::{self, Own};
use crate::domain::characters::one_line;
use crate::domain::limits::{Limit, Over};
use crate::domain::plan::{Plan, keep_texts};
use crate::json::{self, Raw};
use crate::words::limits;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

pub use crate::domain::checksum::checksum;

/// The longest text of a link, in characters. Mail and chat programs cut what is much longer.
pub const LONGEST_LINK: usize = Limit::Link.most();

/// The longest JSON of a plan that is read, in bytes: some ten times that of the longest plan that the app makes.
pub const LONGEST_JSON: usize = Limit::Plan.most();

/// The version of the form that this build writes; it reads the one before as well, in which a plan is text.
const VERSION: u32 = 2;
const APP: &str = own::APP;
const KIND: &str = "plan";

/// The longest name of a tenant that is kept, in characters.
const LONGEST_NAME: usize = 80;

/// A plan and where it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    pub plan: Plan,
    /// What the tenant was called there; may be empty.
    pub tenant: String,
    /// It was made in the sample or in a rehearsal: nothing in it is real.
    pub play: bool,
}

#[derive(Serialize)]
struct Out<'a> {
    app: &'static str,
    kind: &'static str,
    version: u32,
    tenant: &'a str,
    play: bool,
    plan: &'a Plan,
}

/// Why a text is no plan that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The link is too long, it unpacks to too much, or the file is too large.
    TooMuch(Over),
    /// Something is missing or was changed on the way.
    Damaged,
    /// Not a plan of this app.
    NotAPlan,
    /// Written by a newer version of the app, in this version of the form.
    Newer(u32),
    /// It has parts that this build does not know.
    Unknown,
    /// It does not agree with itself; what exactly, as a clause.
    Contradicts(String),
}

/// How a plan came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Link,
    File,
}

impl Refused {
    /// What to do now.
    pub fn help(&self, came: Came) -> &'static str {
        match (self, came) {
            (Refused::TooMuch(over), _) => limits::help(*over),
            (Refused::Damaged, Came::Link) => "copy the whole link once more, or ask for the plan as a file",
            (Refused::Damaged, Came::File) => "save the whole file once more, unchanged, or ask for the plan again",
            (Refused::NotAPlan, _) => "look at where it came from, and ask for the plan again",
            (Refused::Newer(_) | Refused::Unknown, _) => {
                "load this page anew to get the newest version, or ask for the plan as Markdown"
            }
            (Refused::Contradicts(_), _) => {
                "do not carry it out: ask the person who sent it, by another way, whether they did"
            }
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::TooMuch(over) => over.fmt(f),
            Refused::Damaged => f.write_str("it is damaged: a part of it is missing or was changed on the way"),
            Refused::NotAPlan => f.write_str("this is not a plan of Restore Desk"),
            Refused::Newer(version) => write!(
                f,
                "it was made by a newer version of Restore Desk (form {version}, this one reads up to {VERSION})"
            ),
            Refused::Unknown => f.write_str(
                "it has parts that this version of Restore Desk does not know: it comes from a newer version, or is damaged",
            ),
            Refused::Contradicts(how) => write!(f, "the plan does not agree with itself: {how}"),
        }
    }
}

/// The plan as the text of a file ending in `.json`, which the import page recognises.
pub fn file(parcel: &Parcel) -> Option<String> {
    serde_json::to_string_pretty(&out(parcel)).ok()
}

/// The plan as the text of a link: ASCII letters, digits and `-_.` only. `Err`: how many characters it would have, more than
/// [`LONGEST_LINK`].
pub fn link(parcel: &Parcel) -> Result<String, usize> {
    let json = serde_json::to_vec(&out(parcel)).map_err(|_| usize::MAX)?;
    let text = code::pack(&json);
    let link = format!("{VERSION}.{}.{text}", checksum(text.as_bytes()));
    if json.len() > LONGEST_JSON || link.len() > LONGEST_LINK { Err(link.len()) } else { Ok(link) }
}

fn out(parcel: &Parcel) -> Out<'_> {
    Out { app: APP, kind: KIND, version: VERSION, tenant: &parcel.tenant, play: parcel.play, plan: &parcel.plan }
}

/// Reads the text of a link.
pub fn read_link(link: &str) -> Result<Parcel, Refused> {
    Limit::Link.hold(link.len()).map_err(Refused::TooMuch)?;
    let mut parts = link.splitn(3, '.');
    let (Some(version), Some(sum), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Refused::Damaged);
    };
    match version.parse::<u32>() {
        Ok(newer) if newer > VERSION => return Err(Refused::Newer(newer)),
        // As it is written, and not `01` or `+1`.
        Ok(known @ 1..) if version == known.to_string() => {}
        _ => return Err(Refused::Damaged),
    }
    if sum != checksum(text.as_bytes()) {
        return Err(Refused::Damaged);
    }
    let json = code::unpack(text, LONGEST_JSON)?;
    let json = String::from_utf8(json).map_err(|_| Refused::Damaged)?;
    read_file(&json)
}

/// Whether the head of a text says that it is a plan of this app, readable or not: also one of another kind than this build writes,
/// and one that is cut off or damaged further on.
pub fn is_plan(text: &str) -> bool {
    own::recognise(text) == Some(Own::Plan)
}

/// Reads the text of a file.
pub fn read_file(text: &str) -> Result<Parcel, Refused> {
    Limit::Plan.hold(text.len()).map_err(Refused::TooMuch)?;
    let Ok(all) = json::read::<BTreeMap<String, Raw<'_>>>(text) else { return Err(Refused::Damaged) };
    if read::<String>(&all, "app").as_deref() != Some(APP) || read::<String>(&all, "kind").as_deref() != Some(KIND) {
        return Err(Refused::NotAPlan);
    }
    match read::<u32>(&all, "version") {
        Some(1..=VERSION) => {}
        Some(newer) if newer > VERSION => return Err(Refused::Newer(newer)),
        _ => return Err(Refused::Damaged),
    }
    if all.keys().any(|key| !["app", "kind", "version", "tenant", "play", "plan"].contains(&key.as_str())) {
        return Err(Refused::Unknown);
    }
    let (Some(tenant), Some(play), Some(given)) = (read::<String>(&all, "tenant"), read(&all, "play"), all.get("plan"))
    else {
        return Err(Refused::Damaged);
    };
    let mut plan: Plan = json::read(given.get()).map_err(|_| Refused::Unknown)?;
    // What is read and written again has to hold everything that was given: nothing is dropped unseen.
    let again = serde_json::to_string(&plan).map_err(|_| Refused::Unknown)?;
    let again: Value = json::read(&again).map_err(|_| Refused::Unknown)?;
    // The reader of JSON stops at a depth of 128.
    let mut given: Value = json::read(given.get()).map_err(|_| Refused::Damaged)?;
    keep_texts(&mut given);
    if !covers(&again, &given) {
        return Err(Refused::Unknown);
    }
    if check::is_too_long(&given) {
        return Err(check::contradicts("a text in it is longer than a plan ever has"));
    }
    check::check(&plan)?;
    check::tidy(&mut plan);
    Ok(Parcel { plan, tenant: one_line(&tenant, LONGEST_NAME), play })
}

/// The value of a key, where it is one of this type.
fn read<T: DeserializeOwned>(all: &BTreeMap<String, Raw<'_>>, key: &str) -> Option<T> {
    json::read(all.get(key)?.get()).ok()
}

/// Whether `whole` holds everything that `part` does.
fn covers(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, value)| value.is_null() || whole.get(key).is_some_and(|w| covers(w, value)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(w, p)| covers(w, p))
        }
        (whole, part) => whole == part,
    }
}
