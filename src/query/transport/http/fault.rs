//! Whose fault it is that a connection fails: the miner's, or this host's.
//!
//! Some errors can only come from this host. That there is no way to an address may be its word, or that of a router
//! far away, which is the same as no answer: what tells them apart is whether the system's own tables know a way, to
//! there or to anywhere; one address without a way (a broadcast address, a route that is closed) is its publisher's. And a
//! host without IPv6 can't reach who publishes an IPv6 address; if that were no verdict, such a miner would keep its
//! score for ever. So a missing way counts as ours only where this host has had one.

use std::error::Error;
use std::io;
use std::net::{Ipv6Addr, SocketAddr};

use rustix::io::Errno;

use super::metered::TooMuch;
use crate::query::guard::route;
use crate::types::Reason;

/// What this host had when it started.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    v6: bool,
}

impl Ways {
    pub fn found() -> Self {
        Self {
            v6: route::is_open((Ipv6Addr::UNSPECIFIED, 0).into()),
        }
    }

    /// Why there is no connection.
    pub fn of_dial(self, error: &io::Error, to: SocketAddr) -> Reason {
        let had = to.is_ipv4() || self.v6;
        match Errno::from_io_error(error) {
            Some(errno) if is_want(errno) => Reason::OurResources,
            // Only this host says so: no address of its own left, a dead interface, a firewall on the way out.
            Some(Errno::ADDRNOTAVAIL | Errno::NETDOWN | Errno::AFNOSUPPORT | Errno::PERM)
                if had =>
            {
                Reason::OurNetwork
            }
            Some(Errno::NETUNREACH | Errno::HOSTUNREACH | Errno::ACCESS)
                if had && route::source(to).is_err() && !route::is_open(to) =>
            {
                Reason::OurNetwork
            }
            _ => Reason::Unreachable,
        }
    }
}

/// Why a connection that was there gave no answer.
pub fn of_exchange(error: &(dyn Error + 'static)) -> Reason {
    let mut causes = std::iter::successors(Some(error), |error| (*error).source());
    let Some(io) = causes.find_map(|cause| cause.downcast_ref::<io::Error>()) else {
        return Reason::MalformedBrokenHttp;
    };
    match Errno::from_io_error(io) {
        Some(errno) if is_want(errno) => Reason::OurResources,
        _ if io.get_ref().is_some_and(|inner| inner.is::<TooMuch>()) => Reason::TooLarge,
        _ => Reason::MalformedBrokenHttp,
    }
}

/// Descriptors, buffers, memory, ports: this host has none left.
fn is_want(errno: Errno) -> bool {
    matches!(
        errno,
        Errno::MFILE | Errno::NFILE | Errno::NOBUFS | Errno::NOMEM | Errno::NOSPC | Errno::AGAIN
    )
}

#[cfg(test)]
#[path = "../../tests/fault.rs"]
mod tests;
