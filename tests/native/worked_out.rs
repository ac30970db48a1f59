//! An import that is worked out beforehand, in slices of any size, does what the import does.

use crate::laws::cases;
use crate::restore_support::{days_ago, now, seed};
use restore_desk::domain::moment::Moment;

use chrono::TimeDelta;
use proptest::prelude::*;
use restore_desk::domain::command::{Command, JudgedTenant, WorkedOut, WorkingOut};
use restore_desk::domain::environment::{EnvironmentId, Kind};
use restore_desk::domain::inventory::{ApplicationList, Inventory, Observation};
use restore_desk::domain::merge::{Merging, carry_out};
use restore_desk::domain::readiness::{Readiness, assess_beside, assess_slowly};
use restore_desk::domain::tenant::Tenant;
use restore_desk::interop::sample::contoso;
use restore_desk::workspace::Workspace;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// A file of so many environments, told about what `what` says.
fn file(ids: &[usize], kind: Kind) -> Inventory {
    let seen = |id: &usize| Observation {
        id: format!("e{id}"),
        name: Some(format!("E{id}")),
        kind: Some(kind.clone()),
        dataverse: Some(true),
        created: Some(days_ago(100)),
        ..Observation::default()
    };
    Inventory {
        format: "admin REST list".into(),
        name: "a.json".into(),
        environments: ids.iter().map(seen).collect(),
        complete: true,
        of_tenant: true,
        ..Inventory::default()
    }
}

fn worked_out(tenant: &Tenant, inventory: &Inventory, budget: usize) -> WorkedOut {
    let mut working = WorkingOut::new(tenant.clone(), inventory.clone(), now());
    while !working.step(budget) {}
    working.finish()
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Sandbox), Just(Kind::Production), Just(Kind::Default)]
}

fn files() -> impl Strategy<Value = Inventory> {
    // Some twice, one without an id: the door leaves them out.
    (proptest::collection::vec(0usize..9, 0..12), kinds(), any::<bool>()).prop_map(|(ids, kind, apps)| {
        let mut inventory = file(&ids, kind);
        if let Some(seen) = inventory.environments.get_mut(3) {
            seen.id = " ".into();
        }
        if apps {
            inventory.applications = vec![ApplicationList {
                environment: Some(EnvironmentId::new("e1")),
                dynamics_apps: vec!["Sales".into()],
                has_dynamics: Some(true),
            }];
        }
        inventory
    })
}

/// The whole assessment, which is interrupted after each slice.
fn assessed(w: &Workspace) -> Readiness {
    let planned = w.planned();
    let mut slices = 0;
    let between = async || {
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
    };
    let mut work = pin!(assess_slowly(Moment::new(seed(), &w.tenant, now()), &planned, between));
    loop {
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => {
                assert!(slices >= 2 + w.tenant.environments.len() / 50, "{slices} slices");
                return done;
            }
            Poll::Pending => slices += 1,
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_merge_is_the_same_however_it_is_cut(first in files(), second in files(), budget in 1usize..5) {
        let before = carry_out(&Tenant::default(), &first, now()).0;
        for tenant in [Tenant::default(), before, contoso(now())] {
            let mut merging = Merging::new(tenant.clone(), second.clone(), now());
            while !merging.step(budget) {}
            prop_assert_eq!(merging.finish(), carry_out(&tenant, &second, now()));
        }
    }

    #[test]
    fn what_was_worked_out_is_what_the_import_does(first in files(), second in files(), budget in 1usize..5) {
        let mut w = Workspace::default();
        let _ = w.run(seed(), Command::Import(first), now() - TimeDelta::hours(5), now() - TimeDelta::hours(5), None);
        let mut import = worked_out(&w.tenant, &second, budget);
        let mut plain = w.clone();
        let expect = plain.run(seed(), Command::Import(second), now(), now(), None);
        let mut without = w.clone();
        let done = without.run(seed(), Command::WorkedOut(Arc::new(import.clone())), now(), now(), None);
        prop_assert_eq!(&done, &expect);
        prop_assert_eq!(&without, &plain);
        if let Some(after) = import.after().cloned() {
            let readiness = assessed(&Workspace { tenant: after.clone(), ..w.clone() });
            import.judge(JudgedTenant { tenant: after, edition: seed().id(), now: now(), planned: w.planned(), readiness });
            let mut judged = w;
            prop_assert_eq!(judged.run(seed(), Command::WorkedOut(Arc::new(import)), now(), now(), None), expect);
            prop_assert_eq!(judged, plain);
        }
    }
}

#[test]
fn on_another_tenant_or_at_another_time_it_is_worked_out_anew() {
    let inventory = file(&[1, 2], Kind::Sandbox);
    let import = || Arc::new(worked_out(&Tenant::default(), &inventory, 1));
    let mut other = Workspace::default();
    other.run(seed(), Command::Rename("Other".into()), now(), now(), None).unwrap();
    let later = now() + TimeDelta::hours(1);
    for (w, at) in [(other, now()), (Workspace::default(), later)] {
        let (mut one, mut two) = (w.clone(), w);
        one.run(seed(), Command::WorkedOut(import()), at, at, None).unwrap();
        two.run(seed(), Command::Import(inventory.clone()), at, at, None).unwrap();
        assert_eq!(one, two);
        assert_eq!(one.tenant.imports[0].at, at);
    }
}

#[test]
fn a_judgement_counts_only_for_what_was_judged() {
    let inventory = file(&[1, 2], Kind::Sandbox);
    let plain = worked_out(&Tenant::default(), &inventory, 9);
    let after = plain.after().cloned().unwrap();
    let judged = |judged: JudgedTenant| {
        let mut import = plain.clone();
        import.judge(judged);
        import.judged(seed(), &after, now(), &Default::default()).is_some()
    };
    let readiness = assess_beside(Moment::new(seed(), &after, now()), &Default::default());
    let fits = JudgedTenant {
        tenant: after.clone(),
        edition: seed().id(),
        now: now(),
        planned: Default::default(),
        readiness,
    };
    assert!(judged(fits.clone()));
    assert!(!judged(JudgedTenant {
        edition: restore_desk::domain::edition::EditionId("other".into()),
        ..fits.clone()
    }));
    assert!(!judged(JudgedTenant { now: now() + TimeDelta::seconds(1), ..fits.clone() }));
    assert!(!judged(JudgedTenant { planned: [EnvironmentId::new("e1")].into(), ..fits.clone() }));
    let mut import = plain.clone();
    import.judge(fits);
    assert!(import.judged(seed(), &Tenant::default(), now(), &Default::default()).is_none(), "another tenant");
}

#[test]
fn what_is_refused_is_refused_beforehand_too() {
    let import = worked_out(&Tenant::default(), &Inventory::default(), 1);
    assert_eq!(import.after(), None);
    let mut w = Workspace::default();
    let refused = w.run(seed(), Command::WorkedOut(Arc::new(import)), now(), now(), None);
    assert_eq!(refused, w.run(seed(), Command::Import(Inventory::default()), now(), now(), None));
    assert!(refused.is_err());
}
