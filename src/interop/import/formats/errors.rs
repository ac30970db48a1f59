//! Answers in which a service or a tool says why it did not do it. Its own sentence is quoted, and the way out fits it.

use super::super::node::Node;
use super::sign_in::SignIn;
use super::{Format, Proof, Reach, Reads};

/// A refusal in the words of whoever refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quoted {
    pub code: Option<String>,
    pub sentence: Option<String>,
}

/// What helps against a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WayOut {
    /// T7: too little storage in the tenant.
    Capacity,
    /// T9: something else runs on the environment.
    Busy,
    /// T2: source and target are not in the same region.
    Region,
    NotPermitted,
    /// Nobody is signed in to a tool; the command that does it.
    NotSignedIn(&'static str),
    NoProfile,
    /// It cannot be recovered, because it is not deleted (any more).
    NotDeleted,
    Throttled,
    /// The sign-in is too old.
    Expired,
    /// Entra refused the sign-in, for this reason.
    SignIn(SignIn),
    NotFound,
    /// The command, or the module that has it, is not there.
    NoCommand,
    /// Whatever it was went wrong on the way.
    Unreachable,
    /// The request was not understood.
    Malformed,
    /// Nothing is known that fits.
    Again,
}

/// Words by which a way out is found, the more telling ones first.
const TELLING: &[(WayOut, &[&str])] = &[
    (WayOut::Throttled, &["429", "too many requests", "throttl", "rate limit", "toomanyrequests"]),
    (
        WayOut::NoProfile,
        &["no profiles were found", "no active auth", "no auth profile", "pac auth create", "no profile"],
    ),
    (
        WayOut::NoCommand,
        &[
            "is not recognized as",
            "commandnotfound",
            "command not found",
            "not a valid command",
            "unrecognized command",
        ],
    ),
    (WayOut::NotSignedIn("az login"), &["az login"]),
    (WayOut::NotSignedIn("Connect-AzAccount"), &["connect-azaccount"]),
    (WayOut::NotSignedIn("Add-PowerAppsAccount"), &["add-powerappsaccount"]),
    (WayOut::NotSignedIn("m365 login"), &["m365 login", "log in to microsoft 365"]),
    (
        WayOut::NotDeleted,
        &["not in a deleted state", "not in soft", "not soft", "is not deleted", "notindeletedstate", "not in a soft"],
    ),
    (
        WayOut::Region,
        &[
            "regionmismatch",
            "different region",
            "same region",
            "another region",
            "cross-region",
            "cross region",
            "different geo",
            "same geo",
        ],
    ),
    (WayOut::Capacity, &["capacity", "insufficientstorage", "enough storage", "storage limit", "not enough space"]),
    (
        WayOut::Busy,
        &[
            "operationnotstartable",
            "active lifecycle operation",
            "another operation",
            "in progress",
            "operation is running",
            "already running",
            "conflict",
            "is locked",
            "409",
        ],
    ),
    (
        WayOut::NotPermitted,
        &[
            "forbidden",
            "403",
            "accessdenied",
            "access denied",
            "permission",
            "not authorized",
            "unauthorizedaccess",
            "does not have access",
            "privilege",
            "not allowed",
            "requires admin",
        ],
    ),
    (
        WayOut::Expired,
        &[
            "expired",
            "invalid_grant",
            "invalidauthenticationtoken",
            "lifetime validation failed",
            "sign in again",
            "authorization has been denied",
            "unauthorized",
            "unauthenticated",
            "401",
            "interaction_required",
            "authenticationfailed",
            "authentication failed",
            "authorization header",
            "missingauthorization",
            "invalidtoken",
        ],
    ),
    (WayOut::NotFound, &["not found", "notfound", "404", "does not exist", "could not be found", "no longer exists"]),
    (
        WayOut::Unreachable,
        &["timed out", "timeout", "could not be resolved", "no such host", "503", "502", "504", "unavailable"],
    ),
    (WayOut::Malformed, &["400", "badrequest", "bad request", "invalid", "api-version", "missingapiversion"]),
];

impl WayOut {
    pub fn of(quoted: &Quoted) -> Self {
        let said = format!(
            "{} {}",
            quoted.code.as_deref().unwrap_or_default(),
            quoted.sentence.as_deref().unwrap_or_default()
        )
        .to_lowercase();
        // A number that is known tells it, whatever the words around it are.
        let number = SignIn::by_number(&said);
        let known = number.filter(|why| *why != SignIn::Other);
        if let Some(why) = known.or_else(|| SignIn::by_words(&said)).or(number) {
            return WayOut::SignIn(why);
        }
        let found = TELLING.iter().find(|(_, words)| words.iter().any(|w| has_word(&said, w)));
        found.map_or(WayOut::Again, |(way, _)| *way)
    }

    /// What to do now.
    pub fn help(self) -> &'static str {
        match self {
            WayOut::Capacity => {
                "free storage or buy more: a restore, a copy or a recovery needs 1 GB of the tenant's storage (T7)"
            }
            WayOut::Region => {
                "a restore stays in its region (T2): choose another target, one in the region of the source"
            }
            WayOut::Busy => {
                "something is running on that environment (T9): wait until it has ended, look at its operations, and try again"
            }
            WayOut::NotPermitted => {
                "sign in as a person with the role Power Platform administrator, or register the application for the whole tenant (`New-PowerAppManagementApp`, or `pac admin application register`)"
            }
            WayOut::NotSignedIn("az login") => "sign in first: `az login`, then run the command again",
            WayOut::NotSignedIn("Connect-AzAccount") => {
                "sign in first: `Connect-AzAccount`, then run the command again"
            }
            WayOut::NotSignedIn("m365 login") => "sign in first: `m365 login`, then run the command again",
            WayOut::NotSignedIn(_) => "sign in first: `Add-PowerAppsAccount`, then run the command again",
            WayOut::NoProfile => "sign in first: `pac auth create`, then run the command again",
            WayOut::NotDeleted => {
                "only a deleted environment can be recovered: look whether it lives again, or was deleted too long ago (X1)"
            }
            WayOut::Throttled => "wait a few minutes, then ask again, for fewer environments at a time",
            WayOut::Expired => {
                "the sign-in is too old or missing: sign in again (`pac auth create`, `Add-PowerAppsAccount`, or a new token), then run the command again"
            }
            WayOut::SignIn(why) => why.help(),
            WayOut::NotFound => {
                "look whether the id or address is right and belongs to this tenant and cloud, then run the command again"
            }
            WayOut::NoCommand => {
                "install the tool first (`Install-Module Microsoft.PowerApps.Administration.PowerShell`, or pac), then run the command again"
            }
            WayOut::Unreachable => "try again later; if it keeps failing, look at the state of the service",
            WayOut::Malformed => {
                "look whether the address, its `api-version` and the body are complete, or run `pac admin list --json`"
            }
            WayOut::Again => "run the command again; if it keeps failing, try `pac admin list --json`",
        }
    }
}

/// Whether a word stands in a text; a number must not be part of a longer one.
fn has_word(said: &str, word: &str) -> bool {
    if !word.bytes().all(|b| b.is_ascii_digit()) {
        return said.contains(word);
    }
    said.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w == word)
}

fn words(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Map(_) => node.first(&["value", "message", "Message"]).text().map(str::to_string),
        _ => node.words(),
    }
}

const SENTENCES: &[&str] = &[
    "message",
    "Description",
    "detail",
    "errorMessage",
    "error_description",
    "errordescription",
    "ExceptionMessage",
    "title",
];
const CODES: &[&str] = &["code", "statusCode", "status", "errorCode", "ErrorCode"];

/// What an object that describes an error says.
fn object(node: &Node<'_>) -> Quoted {
    let code = node.first(CODES).words();
    let sentence = words(node.first(SENTENCES)).or_else(|| {
        // `fieldErrors` holds the sentences of a dry run that was refused.
        let Node::Map(fields) = node.get("fieldErrors") else { return None };
        let said = fields.iter().flat_map(|(_, f)| f.get("errorMessages").list().unwrap_or_default());
        let said: Vec<&str> = said.filter_map(Node::text).take(3).collect();
        (!said.is_empty()).then(|| said.join(" "))
    });
    let inner = node.first(&["innererror", "innerError", "error"]);
    if sentence.is_none() && inner.is_map() {
        let below = Quoted { code: inner.first(CODES).words(), sentence: words(inner.first(SENTENCES)) };
        return Quoted { code: code.or(below.code), sentence: below.sentence };
    }
    Quoted { code, sentence }
}

/// The object or text in which a row tells an error, if it does.
pub fn quote(row: &Node<'_>) -> Quoted {
    let error = row.first(&["error", "odata.error", "errorDetail", "Exception"]);
    let beside = object(row);
    match error {
        Node::Map(_) => {
            let said = object(error);
            // `{"Code":403,"Description":"Forbidden","Error":{…}}` of the PowerShell module.
            return Quoted { code: said.code.or(beside.code), sentence: said.sentence.or(beside.sentence) };
        }
        Node::Text(_) => {
            return Quoted {
                code: error.text().map(str::to_string),
                sentence: beside.sentence.or_else(|| error.text().map(str::to_string)),
            };
        }
        _ => {}
    }
    if let Some(first) = row.get("errors").list().and_then(<[_]>::first) {
        return match first {
            Node::Map(_) => object(first),
            _ => Quoted { code: beside.code, sentence: words(first) },
        };
    }
    beside
}

fn proof(row: &Node<'_>) -> Option<Proof> {
    let told = |k: &str| match row.get(k) {
        Node::Map(pairs) => !pairs.is_empty(),
        Node::List(items) => !items.is_empty(),
        other => other.text().is_some(),
    };
    if ["error", "odata.error", "errorDetail"].iter().any(|k| told(k)) {
        return Some(Proof::Typed);
    }
    // An operation, an environment and the like may have an empty list of errors beside them.
    let identified = ["id", "EnvironmentName", "EnvironmentId", "properties", "value"];
    if identified.iter().any(|k| !row.get(k).is_null()) {
        return None;
    }
    if told("errors") {
        return Some(Proof::Typed);
    }
    let sentence = words(row.first(SENTENCES)).is_some();
    let code = row.first(CODES).words().is_some() || told("FullyQualifiedErrorId") || row.has("ErrorRecord");
    (sentence && (code || row.keys().len() == 1)).then_some(Proof::Keys)
}

pub static FORMAT: Format = Format {
    what: "error answers",
    called: |_| "an error answer",
    recognised_by: "`error`, `errors`, `errorDetail`, `odata.error`, or a code beside a sentence",
    proof: |row, _| proof(row),
    reads: Reads::Error(quote),
    reach: Reach::None,
    instead: "",
    read_as: "refused with the service's own sentence and the way out that fits it",
    how: &[],
    dates: &[],
};
