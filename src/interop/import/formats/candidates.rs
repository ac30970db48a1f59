//! Restore candidates: who the service offered as a target for one source (T10). The answer names neither its source nor its date.

use super::super::fields;
use super::super::node::Node;
use super::super::reading::{Form, Gathered};
use super::super::row::{File, Row};
use super::super::says::Cause;
use super::{Format, HowTo, Proof, Reach, Reads};
use crate::domain::environment::EnvironmentId;
use crate::domain::service::CandidateList;

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let named = row.has("environmentId") && row.has("displayName");
    (named && row.has("dataverseOrganizationUrl")).then_some(Proof::Own)
}

pub static FORMAT: Format = Format {
    what: "restore candidates",
    called: |_| "restore candidates",
    recognised_by: "`environmentId` and `displayName` beside `dataverseOrganizationUrl`",
    proof,
    reads: Reads::Facts(read),
    reach: Reach::None,
    instead: "",
    read_as: "whom the service offered as targets (T10); no environments",
    how: &[HowTo {
        title: "Restore candidates of one environment",
        command: "GET https://api.powerplatform.com/environmentmanagement/environments/<environment id>/restoreCandidates?api-version=2024-10-01",
        note: "You are asked of which environment they are, and when you asked.",
    }],
    dates: &[],
};

/// The list, whose source and date nothing tells. Who is not in it was not offered (T10): that no `part` of it says.
pub fn finish(file: &mut File, offered: Vec<EnvironmentId>, part: bool) -> Vec<CandidateList> {
    if offered.is_empty() {
        return Vec::new();
    }
    let cause = if part { Cause::PageOfCandidates } else { Cause::WhoseCandidates };
    cause.of_file(&mut file.findings);
    (!part).then_some(CandidateList { source: None, asked: None, offered }).into_iter().collect()
}

fn read(gathered: &mut Gathered, r: &mut Row<'_>, row: &Node<'_>) {
    match row.get("environmentId").text().filter(|id| fields::is_environment_id(id)) {
        Some(id) => {
            let id = EnvironmentId::new(id);
            if gathered.candidate_ids.insert(id.clone()) {
                gathered.candidates.push(id);
            }
        }
        None => {
            gathered.lost = true;
            r.tell("environmentId", row.get("environmentId").text().unwrap_or_default(), &Cause::NoId);
        }
    }
}
