//! Resource Graph: rows with a resource type, and the facts as JSON in `properties`.

use super::super::node::Node;
use super::super::reading::Form;
use super::{FileShape, Format, HowTo, Proof, Reach, Reads, flat};

fn proof(row: &Node<'_>, _: Form) -> Option<Proof> {
    let typed = row.get("type").text()?.eq_ignore_ascii_case("microsoft.powerplatform/environments");
    let named = ["name", "id", "EnvironmentId"].iter().any(|k| row.has(k));
    (typed && named).then_some(Proof::Own)
}

fn called(came: FileShape) -> &'static str {
    match came.form {
        Form::Csv => "Resource Graph as CSV",
        _ => "Resource Graph",
    }
}

pub static FORMAT: Format = Format {
    what: "environments of Resource Graph",
    called,
    recognised_by: "the type `microsoft.powerplatform/environments`",
    proof,
    reads: Reads::Environments(flat::read),
    reach: Reach::Query,
    instead: "",
    read_as: "environments; `properties` may be JSON inside a cell",
    how: &[HowTo {
        title: "Resource Graph",
        command: "powerplatformresources | where type == 'microsoft.powerplatform/environments'",
        note: "Run it in the Resource Graph Explorer and download it as CSV. Leaves Dataverse, key and retention unknown.",
    }],
    dates: flat::DATES,
};
