//! Doings one by one: what is refused and by which rules, what they change, what follows next, and what would follow.

mod restore_support;

use chrono::{DateTime, TimeDelta, Utc};
use restore_desk::domain::edition::{EDITIONS, Edition};
use restore_desk::domain::environment::{EnvironmentId, Kind};
use restore_desk::domain::life::Doing;
use restore_desk::domain::tenant::Tenant;
use restore_desk::domain::what_if::{Fate, Lost, WhatIf, what_if, what_if_then};
use restore_support::*;

/// `lost 21d at-risk`: the system points worse off at every moment, and the backups by label.
fn losses(what: &WhatIf) -> Vec<String> {
    let mut out = Vec::new();
    for moment in what.environments.iter().flat_map(|t| &t.moments) {
        for loss in &moment.losses {
            let fate = match loss.fate {
                Fate::Lost => "lost",
                Fate::NotWhileSandbox => "asleep",
                Fate::AtRisk => "at risk",
            };
            let what = match &loss.what {
                Lost::Points { from, until } => format!("{}h", (*until - *from).num_hours()),
                Lost::Backup { label, .. } => label.clone(),
            };
            out.push(format!("{}: {what} {fate}", moment.title));
        }
    }
    out
}

#[track_caller]
fn check_what_if(tenant: &Tenant, doings: &[(Doing, DateTime<Utc>)], expect: &[&str]) {
    let what = what_if_then(seed(), tenant, doings).unwrap();
    assert_eq!(losses(&what), expect, "{:#?}", what.environments.iter().map(|t| &t.says).collect::<Vec<_>>());
}

fn switch(to: Kind) -> Doing {
    Doing::Switch { environment: id(PROD), to }
}

#[test]
fn a_switch_to_sandbox_and_back() {
    let t = edit(PROD, |e| {
        e.backups = vec![backup("old", "Old", days_ago(10)), backup("young", "Young", days_ago(5))];
    });
    let back = now() + TimeDelta::days(2);
    check_what_if(
        &t,
        &[(switch(Kind::Sandbox), now()), (switch(Kind::Production), back)],
        &[
            "while it is a Sandbox: 504h asleep",
            "while it is a Sandbox: Old asleep",
            "after switching back: 504h at risk",
            "after switching back: Old at risk",
        ],
    );
}

#[allow(dead_code)]
fn unused(_: &Edition, _: EnvironmentId) {
    let _ = (EDITIONS, what_if);
}
