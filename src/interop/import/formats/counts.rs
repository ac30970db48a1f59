//! Aggregates such as `{"EnvironmentType":"Sandbox","EnvironmentCount":12}`: a count is no list.

use super::super::node::Node;
use super::{Format, Proof, Reach, Reads};

/// The longest row that is a count: more columns belong to a list of things with a count beside them.
const WIDEST: usize = 6;

fn proof(row: &Node<'_>) -> Option<Proof> {
    let Node::Map(pairs) = row else { return None };
    if pairs.is_empty() || pairs.len() > WIDEST {
        return None;
    }
    let counts = pairs.iter().any(|(key, value)| {
        let lower = key.to_ascii_lowercase();
        (lower.ends_with("count") || lower == "count_") && value.number().is_some()
    });
    let identified = ["EnvironmentName", "EnvironmentId", "DisplayName", "name", "properties"];
    (counts && !identified.iter().any(|k| row.has(k))).then_some(Proof::Typed)
}

pub static FORMAT: Format = Format {
    what: "counts",
    called: |_| "counts",
    recognised_by: "a column that ends in `Count`, and no id",
    proof: |row, _| proof(row),
    reads: Reads::Nothing { list: false },
    reach: Reach::None,
    instead: "run the query without `summarize`, or `pac admin list --json`",
    read_as: "refused: a count is no list of environments",
    how: &[],
    dates: &[],
};
