//! Work on a whole large tenant that is cut into steps, so that a page on which it is done stays alive.
//!
//! Such work asks between its steps whether it is to go on, and whoever calls it waits there as long as others want their turn. In one go is
//! the same code that nobody stops.

use super::tenant::Tenant;
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

/// The tenant cut into parts that share its environments, [`STEP`] of them each, in their order: for what looks at each environment alone.
pub fn parts(tenant: &Tenant) -> impl Iterator<Item = Tenant> + '_ {
    let alone = Tenant { environments: Default::default(), ..tenant.clone() };
    (0..tenant.environments.len())
        .step_by(STEP)
        .map(move |from| Tenant { environments: tenant.environments.part(from, STEP), ..alone.clone() })
}
