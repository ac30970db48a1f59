//! Addresses: which ones belong to a Dataverse database, and what cloud they are in (interop.md §5).

use crate::domain::service::Cloud;

/// Endings of the hosts of Dataverse, and their clouds. The more telling ones stand first: `crm9` before every `crm*`.
const HOSTS: &[(&str, Cloud)] = &[
    (".crm9.dynamics.com", Cloud::UsGov),
    (".crm.microsoftdynamics.us", Cloud::UsGovHigh),
    (".crm.appsplatform.us", Cloud::UsGovDod),
    (".dynamics.cn", Cloud::China),
];

/// The host of an address, with or without its scheme, in lower case.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', ':', '?', '#']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

/// The cloud of a Dataverse address; `None` for every other address, such as one of the maker portal.
pub fn cloud(address: &str) -> Option<Cloud> {
    let host = host(address);
    if let Some((_, cloud)) = HOSTS.iter().find(|(end, _)| host.ends_with(end)) {
        return Some(*cloud);
    }
    let rest = host.strip_suffix(".dynamics.com")?;
    let region = rest.rsplit('.').next().filter(|_| rest.contains('.'))?;
    let number = region.strip_prefix("crm")?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some(Cloud::Public)
}

/// Whether an address is that of a portal of makers or administrators: it leads to an environment and proves nothing of it.
pub fn is_portal(address: &str) -> bool {
    const PORTALS: &[&str] = &["make.", "admin.", "flow.", "copilotstudio.", "web.powerva."];
    const MARKS: &[&str] =
        &["powerapps", "powerautomate", "powerplatform", "flow.microsoft", "powerva", "copilotstudio"];
    let host = host(address);
    let marked = PORTALS.iter().any(|p| host.starts_with(p)) || MARKS.iter().any(|m| host.contains(m));
    marked && cloud(address).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expect: Option<Cloud>) {
        assert_eq!(cloud(address), expect, "{address}");
    }

    #[test]
    fn clouds() {
        check("https://harbour.crm4.dynamics.com/", Some(Cloud::Public));
        check("harbour.crm.dynamics.com", Some(Cloud::Public));
        check("https://harbour.api.crm11.dynamics.com/api/data", Some(Cloud::Public));
        check("https://harbour.crm9.dynamics.com/", Some(Cloud::UsGov));
        check("https://HARBOUR.CRM.MicrosoftDynamics.us", Some(Cloud::UsGovHigh));
        check("https://harbour.crm.appsplatform.us/main.aspx", Some(Cloud::UsGovDod));
        check("https://harbour.crm.dynamics.cn/", Some(Cloud::China));
        check("https://harbour.operations.dynamics.com/", None);
        check("https://make.powerapps.com/environments/x/home", None);
        check("https://crm.dynamics.com.example/", None);
        check("https://crmevil.dynamics.com", None);
    }

    #[test]
    fn portals() {
        assert!(is_portal("https://make.powerapps.com/environments/x/home"));
        assert!(is_portal("https://make.gov.powerapps.us/"));
        assert!(is_portal("https://admin.powerplatform.microsoft.com/environments/x"));
        assert!(!is_portal("https://make.crm4.dynamics.com/"));
        assert!(!is_portal("https://harbour.crm4.dynamics.com/"));
    }
}
