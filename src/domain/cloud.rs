//! The cloud of a tenant: told from addresses, answered, or unknown. What it changes in commands is in `interop::commands`.

use super::fact::Origin;
use super::service::Cloud;
use super::tenant::Tenant;
use crate::domain::order::Gather;
use std::collections::BTreeSet;
use std::fmt;

/// What is known of a tenant's cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CloudStanding {
    /// An import told it, or the user.
    Known(Cloud),
    #[default]
    Unknown,
    /// Addresses and files speak of several: then it is not known. In the order of [`Cloud::ALL`].
    Mixed(Vec<Cloud>),
}

impl CloudStanding {
    /// The cloud, where it is known.
    pub fn known(&self) -> Option<Cloud> {
        match self {
            CloudStanding::Known(cloud) => Some(*cloud),
            CloudStanding::Unknown | CloudStanding::Mixed(_) => None,
        }
    }

    /// What all of `told` says.
    pub fn of(told: impl IntoIterator<Item = Cloud>) -> Self {
        let all: BTreeSet<Cloud> = told.into_iter().into_set();
        match (all.first(), all.len()) {
            (None, _) => CloudStanding::Unknown,
            (Some(one), 1) => CloudStanding::Known(*one),
            _ => CloudStanding::Mixed(all.into_iter().collect()),
        }
    }
}

impl fmt::Display for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cloud::Public => "Public",
            Cloud::UsGov => "GCC",
            Cloud::UsGovHigh => "GCC High",
            Cloud::UsGovDod => "DoD",
            Cloud::China => "China (21Vianet)",
        })
    }
}

impl Cloud {
    /// The address of the admin center; `None` where no documentation gives one.
    pub fn admin_center(self) -> Option<&'static str> {
        match self {
            Cloud::Public => Some("https://admin.powerplatform.microsoft.com"),
            Cloud::UsGov => Some("https://gcc.admin.powerplatform.microsoft.us"),
            Cloud::UsGovHigh => Some("https://high.admin.powerplatform.microsoft.us"),
            Cloud::UsGovDod => Some("https://admin.appsplatform.us"),
            Cloud::China => None,
        }
    }
}

/// The cloud that the address of an environment tells, such as `https://contoso.crm4.dynamics.com/`. Addresses of
/// portals, and those of no cloud that is named there, tell nothing.
pub fn of_address(address: &str) -> Option<Cloud> {
    let host = host(address)?;
    let below = |domain: &str| {
        let organization = host.strip_suffix(domain)?.strip_suffix('.')?;
        (!organization.is_empty()).then_some(organization)
    };
    if below("crm.microsoftdynamics.us").is_some() {
        return Some(Cloud::UsGovHigh);
    }
    if below("crm.appsplatform.us").is_some() {
        return Some(Cloud::UsGovDod);
    }
    if below("dynamics.cn").is_some() {
        return Some(Cloud::China);
    }
    // `contoso.crm9`, `contoso.api.crm4`: what is last tells. 9 comes before all the others.
    let (_, region) = below("dynamics.com")?.rsplit_once('.')?;
    let number = region.strip_prefix("crm")?;
    match number {
        "9" => Some(Cloud::UsGov),
        _ if number.chars().all(|c| c.is_ascii_digit()) => Some(Cloud::Public),
        _ => None,
    }
}

/// The host of an address in lower case, with or without a scheme.
fn host(address: &str) -> Option<String> {
    let address = address.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// What is known of the cloud of `tenant`: the user's answer where it counts, else what imports and addresses say alike.
pub fn of_tenant(tenant: &Tenant) -> CloudStanding {
    match tenant.cloud.entry() {
        Some(answer) if answer.origin == Origin::Answer => CloudStanding::Known(answer.value),
        told => CloudStanding::of(told.map(|t| t.value).into_iter().chain(addresses(tenant))),
    }
}

/// What the addresses of the environments of `tenant` tell.
pub fn of_addresses(tenant: &Tenant) -> CloudStanding {
    CloudStanding::of(addresses(tenant))
}

/// The cloud that each address of `tenant` tells.
fn addresses(tenant: &Tenant) -> impl Iterator<Item = Cloud> + '_ {
    tenant.environments.iter().filter_map(|e| of_address(e.url.as_deref()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::environment::Environment;
    use crate::words::cloud::why_unknown;

    #[track_caller]
    fn check(address: &str, expect: Option<Cloud>) {
        assert_eq!(of_address(address), expect, "{address}");
    }

    #[test]
    fn addresses_of_each_cloud() {
        check("https://contoso.crm.dynamics.com/", Some(Cloud::Public));
        check("https://contoso.crm4.dynamics.com", Some(Cloud::Public));
        check("contoso.crm17.dynamics.com", Some(Cloud::Public));
        check("https://contoso.crm9.dynamics.com/", Some(Cloud::UsGov));
        check("https://contoso.api.crm9.dynamics.com/api/data/v9.2", Some(Cloud::UsGov));
        check("HTTPS://CONTOSO.CRM9.DYNAMICS.COM", Some(Cloud::UsGov));
        check("https://contoso.crm.microsoftdynamics.us/", Some(Cloud::UsGovHigh));
        check("https://contoso.crm.appsplatform.us:443/main.aspx?x=1", Some(Cloud::UsGovDod));
        check("https://contoso.crm.dynamics.cn/", Some(Cloud::China));
        check("https://contoso.dynamics.cn./", Some(Cloud::China));
    }

    #[test]
    fn other_addresses_tell_nothing() {
        for address in [
            "",
            " ",
            "https://",
            "https://make.powerapps.com/environments/x",
            "https://contoso.dynamics.com",
            "https://contoso.crmx.dynamics.com",
            "https://crm9.dynamics.com",
            "https://contoso.crm9.dynamics.com.evil.example/",
            "https://evil.example/contoso.crm9.dynamics.com",
            "https://evil.example?x=contoso.crm.dynamics.com",
            "https://crm.microsoftdynamics.us",
            "https://contosocrm.appsplatform.us",
            "https://admin.appsplatform.us",
        ] {
            check(address, None);
        }
        check("https://user@contoso.crm4.dynamics.com", Some(Cloud::Public));
    }

    #[test]
    fn a_tenant_is_in_one_cloud_or_it_is_not_known_in_which() {
        let with = |urls: &[&str]| {
            let env = |(i, url): (usize, &&str)| {
                let mut env = Environment::new(format!("e{i}"));
                env.url = (!url.is_empty()).then(|| url.to_string());
                env
            };
            Tenant { environments: urls.iter().enumerate().map(env).collect(), ..Tenant::default() }
        };
        let (public, gcc) = ("https://a.crm4.dynamics.com", "https://a.crm9.dynamics.com");
        assert_eq!(of_tenant(&with(&["", "https://x.example"])), CloudStanding::Unknown);
        assert_eq!(of_tenant(&with(&[public, "", public])), CloudStanding::Known(Cloud::Public));
        let mixed = of_tenant(&with(&[gcc, public]));
        assert_eq!(mixed, CloudStanding::Mixed(vec![Cloud::Public, Cloud::UsGov]));
        assert_eq!(mixed.known(), None);
        let why = why_unknown(&mixed).map(|why| why.to_string());
        assert!(why.is_some_and(|why| why.contains("(Public and GCC)")));
        // An answer counts, whatever the addresses say.
        let mut answered = with(&[gcc, public]);
        answered.cloud.answer(Cloud::UsGov, Default::default());
        assert_eq!(of_tenant(&answered), CloudStanding::Known(Cloud::UsGov));
    }
}
