//! What the tools call each cloud, and the hosts of the Power Platform API.
//!
//! The words of sign-in and of pac are those of the tools' own help. The hosts of other clouds than the public one stand in public
//! code, not in documentation; where such code does not agree, there is no host here, and it is left to be typed.

use super::{Draft, Filled, OpenValue};
use crate::domain::plan::Blank;
use crate::domain::service::Cloud;

/// The word of `Add-PowerAppsAccount -Endpoint`.
fn endpoint(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => "prod",
        Cloud::UsGov => "usgov",
        Cloud::UsGovHigh => "usgovhigh",
        Cloud::UsGovDod => "dod",
        Cloud::China => "china",
    }
}

/// The word of `pac auth create --cloud`.
fn word_of_pac(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Public => "Public",
        Cloud::UsGov => "UsGov",
        Cloud::UsGovHigh => "UsGovHigh",
        Cloud::UsGovDod => "UsGovDod",
        Cloud::China => "China",
    }
}

/// The host of the Power Platform API, which is the audience of its tokens as well.
fn api_host(cloud: Cloud) -> Option<&'static str> {
    match cloud {
        Cloud::Public => Some("api.powerplatform.com"),
        Cloud::UsGov => Some("api.gov.powerplatform.microsoft.us"),
        // One Microsoft repository gives two hosts for it.
        Cloud::UsGovHigh => None,
        Cloud::UsGovDod => Some("api.appsplatform.us"),
        Cloud::China => Some("api.powerplatform.partner.microsoftonline.cn"),
    }
}

/// What most of the code says where it does not agree.
const OF_GCC_HIGH: &str = "api.high.powerplatform.microsoft.us";

/// The words of one tool for all clouds, as they are asked for.
pub(super) fn choices(ask: OpenValue) -> Vec<&'static str> {
    let word = match ask {
        OpenValue::Endpoint => endpoint,
        OpenValue::PacCloud => word_of_pac,
        OpenValue::Host | OpenValue::NewEnvironment | OpenValue::Label | OpenValue::NewName => return Vec::new(),
    };
    Cloud::ALL.into_iter().map(word).collect()
}

/// What each word stands for, as one clause.
pub(super) fn meanings(ask: OpenValue) -> String {
    let named = choices(ask).into_iter().zip(Cloud::ALL).map(|(word, cloud)| format!("{word} is {cloud}"));
    named.collect::<Vec<_>>().join(", ")
}

const NOT_KNOWN: &str = "the cloud of this tenant is not known";

/// The word for signing in, or what stands in its place.
pub(super) fn sign_in_word(draft: &mut Draft, ask: OpenValue) -> String {
    let word = match ask {
        OpenValue::PacCloud => word_of_pac,
        _ => endpoint,
    };
    match draft.known.cloud() {
        Some(cloud) => {
            draft.note(&format!("signs in to the cloud of this tenant: {cloud}"));
            word(cloud).to_string()
        }
        None => {
            let words = choices(ask);
            let placeholder = match words.split_last() {
                Some((last, [])) => (*last).to_string(),
                Some((last, before)) => format!("{} or {last}", before.join(", ")),
                None => String::new(),
            };
            draft.left(ask, &placeholder, &format!("{NOT_KNOWN} ({})", meanings(ask)))
        }
    }
}

/// The host of the Power Platform API, or what stands in its place.
pub(super) fn host(draft: &mut Draft) -> String {
    match draft.known.cloud().map(|cloud| (cloud, api_host(cloud))) {
        Some((Cloud::Public, Some(host))) => host.to_string(),
        Some((cloud, Some(host))) => {
            draft.note(&format!(
                "that {host} is the host of the cloud {cloud} is taken from public code; no page of the documentation says so"
            ));
            host.to_string()
        }
        Some((cloud, None)) => match draft.typed(Blank::Host) {
            Some(host) => host,
            None => draft.left(
            OpenValue::Host,
            &format!("host of the Power Platform API in {cloud}"),
            &format!(
                "which host the Power Platform API has in {cloud} is not certain (public code does not agree; most of it says \
                 {OF_GCC_HIGH})"
            ),
        )},
        None => draft.left(
            OpenValue::Host,
            "host of the Power Platform API in your cloud",
            &format!("{NOT_KNOWN}, and each cloud has a host of its own for the Power Platform API"),
        ),
    }
}

/// Where a token is for, in words.
pub(super) fn audience(known: &Filled) -> String {
    let cloud = known.cloud();
    match cloud.and_then(|cloud| api_host(cloud).or_else(|| known.typed(Blank::Host))) {
        Some(host) => format!("https://{host}"),
        None => "the Power Platform API of your cloud (https:// and its host)".to_string(),
    }
}
