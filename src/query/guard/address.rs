//! Which addresses may be connected to. A miner publishes whatever address it likes; without rules it
//! could have the validator post signed requests into the operator's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{Ipv4Net, Ipv6Net};

use super::route;
use crate::config::{AddressRange, PortRange, QueryConfig};
use crate::types::Reason;

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

/// The first two groups; the rest is zero.
const fn v6(a: u16, b: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), prefix)
}

/// Not globally reachable, by IANA's IPv4 special-purpose registry.
const CLOSED_V4: &[Ipv4Net] = &[
    v4(0, 0, 0, 0, 8),        // this network
    v4(10, 0, 0, 0, 8),       // private
    v4(100, 64, 0, 0, 10),    // carrier-grade NAT, and some clouds' metadata
    v4(127, 0, 0, 0, 8),      // loopback
    v4(168, 63, 129, 16, 32), // a public address by its number, but Azure's host answers on it
    v4(169, 254, 0, 0, 16),   // link-local, and 169.254.169.254: cloud metadata
    v4(172, 16, 0, 0, 12),    // private
    v4(192, 0, 0, 0, 24),     // protocol assignments
    v4(192, 0, 2, 0, 24),     // documentation
    v4(192, 88, 99, 0, 24),   // 6to4 relays
    v4(192, 168, 0, 0, 16),   // private
    v4(198, 18, 0, 0, 15),    // benchmarks
    v4(198, 51, 100, 0, 24),  // documentation
    v4(203, 0, 113, 0, 24),   // documentation
    v4(224, 0, 0, 0, 4),      // multicast
    v4(240, 0, 0, 0, 4),      // reserved, and broadcast
];

/// The only IPv6 space in which global unicast addresses are given out…
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 3);

/// …and what is set apart in it.
const CLOSED_V6: &[Ipv6Net] = &[
    v6(0x2001, 0, 23),     // protocol assignments, Teredo, ORCHID
    v6(0x2001, 0xdb8, 32), // documentation
    v6(0x2002, 0, 16),     // 6to4: carries an IPv4 address to a relay
    v6(0x3fff, 0, 20),     // documentation
];

/// RFC 6052: a gateway turns the last 32 bits into an IPv4 address.
const NAT64: Ipv6Net = v6(0x64, 0xff9b, 96);

/// The public internet without ourselves, and what the operator makes of it.
#[derive(Clone, Debug)]
pub struct AddressRules {
    allowed: Vec<AddressRange>,
    closed: Vec<AddressRange>,
    ports: Vec<PortRange>,
    /// What this service is itself a client of.
    servers: Vec<SocketAddr>,
}

impl AddressRules {
    pub fn new(config: &QueryConfig, servers: &[SocketAddr]) -> Self {
        Self {
            allowed: config.allow_addresses.clone(),
            closed: config.close_addresses.clone(),
            ports: config.open_ports.clone(),
            servers: servers.to_vec(),
        }
    }

    /// The address to connect to, or why it is forbidden. An IPv4 address in IPv6 clothes comes back as what it is,
    /// without zone or flow label: exactly what was judged is what is dialled.
    pub fn admit(&self, address: SocketAddr) -> Result<SocketAddr, Reason> {
        let (ip, port) = (address.ip().to_canonical(), address.port());
        let to = SocketAddr::new(ip, port);
        let holds = |ranges: &[AddressRange]| ranges.iter().any(|range| range.contains(ip));
        if !self.ports.iter().any(|range| range.contains(port)) {
            return Err(Reason::ForbiddenPort);
        }
        if self.servers.contains(&to) {
            return Err(Reason::ForbiddenOwnAddress);
        }
        if holds(&self.closed) {
            return Err(Reason::ForbiddenAddress);
        }
        if holds(&self.allowed) {
            return Ok(to);
        }
        match route::source(to) {
            Ok(source) if source == ip => Err(Reason::ForbiddenOwnAddress),
            _ if is_public(ip) => Ok(to),
            _ => Err(Reason::ForbiddenAddress),
        }
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => !CLOSED_V4.iter().any(|range| range.contains(&v4)),
        IpAddr::V6(v6) if NAT64.contains(&v6) => is_public(last_v4(v6)),
        IpAddr::V6(v6) => {
            GLOBAL_V6.contains(&v6) && !CLOSED_V6.iter().any(|range| range.contains(&v6))
        }
    }
}

fn last_v4(ip: Ipv6Addr) -> IpAddr {
    let [.., a, b, c, d] = ip.octets();
    IpAddr::from([a, b, c, d])
}

#[cfg(test)]
#[path = "../tests/address.rs"]
mod tests;
