//! Work on a whole large tenant that is cut into steps, so that a page on which it is done stays alive.
//!
//! Such work asks between its steps whether it is to go on, and whoever calls it waits there as long as others want their turn. In one go is
//! the same code that nobody stops.

use super::tenant::Tenant;
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// So many environments are worked on before others have their turn.
pub const STEP: usize = 50;

/// The outcome of work that never waits.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// Between two steps of work that asks nobody whether it goes on: where it does not, it never comes back, and [`unless_stopped`] lets the
/// work go.
pub async fn stop_unless(goes_on: bool, stopped: &Cell<bool>) {
    if !goes_on {
        stopped.set(true);
        pending::<()>().await;
    }
}

/// The outcome of such work; `None`: it was stopped.
pub async fn unless_stopped<T>(stopped: &Cell<bool>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Pending if stopped.get() => Poll::Ready(None),
        worked => worked.map(Some),
    })
    .await
}

/// The tenant cut into parts that share its environments, [`STEP`] of them each, in their order: for what looks at each environment alone.
pub fn parts(tenant: &Tenant) -> impl Iterator<Item = Tenant> + '_ {
    let alone = Tenant { environments: Default::default(), ..tenant.clone() };
    (0..tenant.environments.len())
        .step_by(STEP)
        .map(move |from| Tenant { environments: tenant.environments.part(from, STEP), ..alone.clone() })
}
