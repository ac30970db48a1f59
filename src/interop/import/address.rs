//! Addresses of portals, which are no proof of a Dataverse database.

use crate::domain::cloud;

/// The host of an address, with or without its scheme, in lower case.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

/// Whether an address is that of a portal of makers or administrators: it leads to an environment and proves nothing of it.
pub fn is_portal(address: &str) -> bool {
    const PORTALS: &[&str] = &["make.", "admin.", "flow.", "copilotstudio.", "web.powerva."];
    const MARKS: &[&str] =
        &["powerapps", "powerautomate", "powerplatform", "flow.microsoft", "powerva", "copilotstudio"];
    let host = host(address);
    let marked = PORTALS.iter().any(|p| host.starts_with(p)) || MARKS.iter().any(|m| host.contains(m));
    marked && cloud::of_address(address).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals() {
        assert!(is_portal("https://make.powerapps.com/environments/x/home"));
        assert!(is_portal("https://make.gov.powerapps.us/"));
        assert!(is_portal("https://admin.powerplatform.microsoft.com/environments/x"));
        assert!(!is_portal("https://make.crm4.dynamics.com/"));
        assert!(!is_portal("https://harbour.crm4.dynamics.com/"));
    }
}
