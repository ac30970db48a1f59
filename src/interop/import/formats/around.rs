//! Answers inside something else: recordings of a browser, collections of requests, what a tool wraps around an answer. Each is refused by
//! its name, with how to get at the answer alone: a part of it is never taken for the whole.

use super::super::unused::says_nothing;
use super::others::{list, one};
use super::{Format, Proof};

fn own(yes: bool) -> Option<Proof> {
    yes.then_some(Proof::Own)
}

pub static RECORDING: Format = one(
    "a recording of a browser (HAR)",
    "`log` with `entries`",
    |row, _| own(row.at("log.entries").list().is_some()),
    "it holds your sign-in: give it to nobody; in the browser copy the answer alone (`Copy response`) and save that",
);
pub static REQUESTS: Format = one(
    "a collection of requests",
    "`info` with `item`, or `items` with `brunoConfig`",
    |row, _| {
        let postman = row.get("item").list().is_some() && row.get("info").is_map();
        own(postman || (row.get("items").list().is_some() && row.has("brunoConfig")))
    },
    "run the request and save its answer alone",
);
pub static WRAPPED: Format = one(
    "an answer with something around it",
    "`statusCode` beside `body` or `content`, or `responses`",
    |row, _| {
        let inside = ["body", "content", "RawContent"].iter().any(|k| !row.get(k).is_null());
        own((inside && ["statusCode", "httpStatusCode"].iter().any(|k| row.has(k)))
            || row.get("responses").list().is_some())
    },
    "save each answer alone, from the `{` behind `body` or `content` to its `}`; in PowerShell use `Invoke-RestMethod … | ConvertTo-Json -Depth 10`",
);
/// What a cmdlet prints when the service took its request: `{"Code":202,"Description":"Accepted",…}`.
pub static TAKEN: Format = one(
    "the answer to a request that was taken",
    "`Code` from 200 to 299 beside `Description`, and no error",
    |row, _| {
        let taken = row.get("Code").number().is_some_and(|code| (200.0..300.0).contains(&code));
        own(taken && row.has("Description") && ["error", "errors"].iter().all(|k| says_nothing(row.get(k))))
    },
    TAKEN_HELP,
);
/// What to do with it.
pub const TAKEN_HELP: &str = "it does not say how what was asked for ended: look at the history in the admin center, or import the operations of the environment";
/// Flows copy what the services said into Dataverse, in their own words and at their own time.
pub static KIT: Format = list(
    "records of a governance kit in Dataverse",
    "columns such as `admin_environmentid` and `admin_environmentdeleted`",
    |row, _| {
        let prefixed = |key: &&str| key.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("admin"));
        let named = ["adminenvironmentid", "adminenvironmentname", "adminenvironmentdisplayname", "admindisplayname"];
        own(named.iter().any(|k| row.has(k)) && row.keys().iter().filter(|key| prefixed(key)).count() >= 3)
    },
    "it is a copy that can be old, and its mark of deletion is not that of the service: run `pac admin list --json`, or `Get-AdminPowerAppEnvironment | ConvertTo-Json -Depth 10`",
);
