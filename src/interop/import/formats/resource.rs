//! The type of resource that a row names, such as `Microsoft.PowerPlatform/environments`; its case says nothing.

use super::super::node::Node;
use super::super::object::same_key;

pub struct ResourceType<'n>(pub &'n str);

/// The type of a row, under whichever key it names one; an empty text where it names none.
pub fn kind<'n>(row: &'n Node<'_>) -> ResourceType<'n> {
    let kind = ["type", "@odata.type", "resourceType"].iter().find_map(|k| row.get(k).text());
    ResourceType(kind.unwrap_or_default())
}

impl ResourceType<'_> {
    pub fn starts_with(&self, beginning: &str) -> bool {
        self.0.get(..beginning.len()).is_some_and(|begins| same_key(begins, beginning))
    }

    pub fn ends_with(&self, end: &str) -> bool {
        let from = self.0.len().checked_sub(end.len());
        from.and_then(|from| self.0.get(from..)).is_some_and(|ends| same_key(ends, end))
    }

    pub fn contains(&self, part: &str) -> bool {
        let first = part.as_bytes().first().copied().unwrap_or_default();
        let mut begins = self.0.bytes().enumerate().filter(|(_, byte)| byte.eq_ignore_ascii_case(&first));
        begins.any(|(from, _)| self.0.get(from..from + part.len()).is_some_and(|here| same_key(here, part)))
    }
}
