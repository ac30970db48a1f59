//! The words of settings: one ladder for each form in which one is said. Whoever speaks of a deed says it from here.

use super::Days;
use super::command::on_off;
use super::text::{Piece, Say, Text};
use crate::domain::deed::Setting;
use crate::domain::environment::{Key, Kind};
use crate::text;

/// Whether something is meant, and what it can be called.
pub type Called<T> = (fn(&T) -> bool, &'static [&'static str]);

/// What setting something to one of two values can be called when it is typed, in lower case; the names of two do not begin alike.
pub const CALLED: [Called<Setting>; 3] = [
    (|of| matches!(of, Setting::Kind(_)), &["switch", "change the kind", "change kind", "convert"]),
    (|of| matches!(of, Setting::Managed(_)), &["manage", "managed", "unmanage"]),
    (|of| matches!(of, Setting::AdministrationMode(_)), &["administration mode", "admin mode"]),
];

/// What to do, imperative; `who` is set so.
pub fn to_do(to: &Setting, who: impl Say) -> Text {
    match to {
        Setting::Kind(to) => text!("switch ", who, from(to), " to ", to.to_string()),
        Setting::Dataverse => text!("add a Dataverse database to ", who),
        Setting::Managed(on) => text!("turn ", on_off(*on), " Managed Environments for ", who),
        // No remedy is one of these.
        Setting::Key(_) | Setting::Retention(_) | Setting::AdministrationMode(_) => {
            text!("change ", object(to), " of ", who)
        }
    }
}

/// In a menu: imperative, without a name.
pub fn title(to: &Setting) -> String {
    match to {
        Setting::Kind(to) => format!("Switch it to {to}"),
        Setting::Dataverse => "Add a Dataverse database".to_string(),
        Setting::Managed(on) => format!("Turn Managed Environments {}", on_off(*on)),
        Setting::Key(_) => "Apply or remove a customer-managed key".to_string(),
        Setting::Retention(_) => "Change the retention".to_string(),
        Setting::AdministrationMode(on) => format!("Turn administration mode {}", on_off(*on)),
    }
}

/// What was done, without a name: "record that …".
pub fn past(to: &Setting) -> String {
    match to {
        Setting::Kind(to) => format!("it was switched to {to}"),
        Setting::Dataverse => "a Dataverse database was added".to_string(),
        Setting::Managed(on) => format!("Managed Environments was turned {}", on_off(*on)),
        Setting::Key(_) => "a customer-managed key was applied or removed".to_string(),
        Setting::Retention(_) => "the retention was changed".to_string(),
        Setting::AdministrationMode(on) => format!("administration mode was turned {}", on_off(*on)),
    }
}

/// What happened: a clause.
pub fn done(env: &Piece, from: Option<&Setting>, to: &Setting) -> Text {
    match to {
        Setting::Kind(to) => text!(env, " was switched ", was(from), "to ", to.to_string()),
        Setting::Dataverse => text!("a Dataverse database was added to ", env),
        Setting::Managed(on) => text!("Managed Environments was turned ", on_off(*on), " for ", env),
        Setting::Key(Key::Customer(_)) => text!("a customer-managed key was applied to ", env),
        Setting::Key(Key::Microsoft) => text!("the customer-managed key of ", env, " was removed"),
        Setting::Retention(days) => text!("the retention of ", env, " was set ", was(from), "to ", Days(*days)),
        Setting::AdministrationMode(on) => text!("administration mode of ", env, " was turned ", on_off(*on)),
    }
}

fn was(from: Option<&Setting>) -> Option<String> {
    match from? {
        Setting::Kind(kind) => Some(format!("from {kind} ")),
        Setting::Retention(days) => Some(format!("from {days} ")),
        _ => None,
    }
}

/// What a step of a plan does: a clause.
pub fn does(to: &Setting, env: Text) -> Text {
    match to {
        Setting::Kind(to) => text!("switches ", env, from(to), " to ", to.to_string()),
        Setting::Managed(on) => text!("turns managed ", on_off(*on), " for ", env),
        Setting::Retention(days) => text!("sets the retention of ", env, " to ", Days(*days)),
        Setting::AdministrationMode(on) => text!("turns administration mode ", on_off(*on), " for ", env),
        // No step is one of these.
        Setting::Dataverse | Setting::Key(_) => text!("changes ", object(to), " of ", env),
    }
}

/// From what a switch goes.
fn from(to: &Kind) -> Option<&'static str> {
    match to {
        Kind::Sandbox => Some(" from Production"),
        Kind::Production => Some(" from Sandbox"),
        _ => None,
    }
}

/// That there is nothing to do.
pub fn already(env: &Piece, is: &Setting) -> Text {
    match is {
        Setting::Kind(kind) => text!(env, " is ", kind.to_string(), " already"),
        Setting::Dataverse => text!(env, " has Dataverse already"),
        Setting::Managed(on) => text!("Managed Environments is ", on_off(*on), " already for ", env),
        Setting::Key(_) => text!(env, " has this key already"),
        Setting::Retention(days) => text!("the retention of ", env, " is ", Days(*days), " already"),
        Setting::AdministrationMode(on) => text!("administration mode of ", env, " is ", on_off(*on), " already"),
    }
}

/// How it was, without a name.
pub fn stood(was: &Setting) -> Text {
    match was {
        Setting::Kind(kind) => text!("the kind was ", kind.to_string()),
        Setting::Dataverse => text!("it had Dataverse"),
        Setting::Managed(on) => text!("Managed Environments was ", on_off(*on)),
        Setting::Key(key) => text!("the customer-managed key was ", on_off(matches!(key, Key::Customer(_)))),
        Setting::Retention(days) => text!("the retention was ", Days(*days)),
        Setting::AdministrationMode(on) => text!("administration mode was ", on_off(*on)),
    }
}

/// What is changed, after "the change of".
pub fn object(of: &Setting) -> &'static str {
    match of {
        Setting::Kind(_) => "the kind",
        Setting::Dataverse => "the database",
        Setting::Managed(_) => "Managed Environments",
        Setting::Key(_) => "the encryption key",
        Setting::Retention(_) => "the retention",
        Setting::AdministrationMode(_) => "the administration mode",
    }
}
