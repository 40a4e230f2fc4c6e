//! Which addresses may be connected to. A miner publishes whatever address it likes; without rules it
//! could have the validator post signed requests into the operator's own network.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use super::cidr::{Cidr, CidrError};

/// Not globally reachable, by IANA's IPv4 special-purpose registry.
const CLOSED_V4: &[Cidr] = &[
    Cidr::v4(0, 0, 0, 0, 8),        // this network
    Cidr::v4(10, 0, 0, 0, 8),       // private
    Cidr::v4(100, 64, 0, 0, 10),    // carrier-grade NAT, and some clouds' metadata
    Cidr::v4(127, 0, 0, 0, 8),      // loopback
    Cidr::v4(168, 63, 129, 16, 32), // a public address by its number, but Azure's host answers on it
    Cidr::v4(169, 254, 0, 0, 16),   // link-local, and 169.254.169.254: cloud metadata
    Cidr::v4(172, 16, 0, 0, 12),    // private
    Cidr::v4(192, 0, 0, 0, 24),     // protocol assignments
    Cidr::v4(192, 0, 2, 0, 24),     // documentation
    Cidr::v4(192, 88, 99, 0, 24),   // 6to4 relays
    Cidr::v4(192, 168, 0, 0, 16),   // private
    Cidr::v4(198, 18, 0, 0, 15),    // benchmarks
    Cidr::v4(198, 51, 100, 0, 24),  // documentation
    Cidr::v4(203, 0, 113, 0, 24),   // documentation
    Cidr::v4(224, 0, 0, 0, 4),      // multicast
    Cidr::v4(240, 0, 0, 0, 4),      // reserved, and broadcast
];

/// The only IPv6 space in which global unicast addresses are given out…
const GLOBAL_V6: Cidr = Cidr::v6(0x2000, 0, 3);

/// …and what is set apart in it.
const CLOSED_V6: &[Cidr] = &[
    Cidr::v6(0x2001, 0, 23),     // protocol assignments, Teredo, ORCHID
    Cidr::v6(0x2001, 0xdb8, 32), // documentation
    Cidr::v6(0x2002, 0, 16),     // 6to4: carries an IPv4 address to a relay
    Cidr::v6(0x3fff, 0, 20),     // documentation
];

/// RFC 6052: a gateway turns the last 32 bits into an IPv4 address.
const NAT64: Cidr = Cidr::v6(0x64, 0xff9b, 96);

/// The public internet, plus what the operator allows.
#[derive(Clone, Debug, Default)]
pub struct AddressRules {
    allowed: Vec<Cidr>,
}

impl AddressRules {
    /// `allowed` ranges may be asked whatever they are. The error comes with the text that caused it.
    pub fn new(allowed: &[String]) -> Result<Self, (String, CidrError)> {
        let parse = |text: &String| text.parse().map_err(|fault| (text.clone(), fault));
        Ok(Self {
            allowed: allowed.iter().map(parse).collect::<Result<_, _>>()?,
        })
    }

    /// The address to connect to, or `None` if it is forbidden. An IPv4 address in IPv6 clothes comes back
    /// as what it is, without zone or flow label: exactly what was judged is what is dialled.
    pub fn admit(&self, address: SocketAddr) -> Option<SocketAddr> {
        let ip = address.ip().to_canonical();
        let open = self.allowed.iter().any(|range| range.contains(ip)) || is_public(ip);
        (open && address.port() != 0).then(|| SocketAddr::new(ip, address.port()))
    }
}

fn is_public(ip: IpAddr) -> bool {
    let closed = |ranges: &[Cidr]| ranges.iter().any(|range| range.contains(ip));
    match ip {
        IpAddr::V4(_) => !closed(CLOSED_V4),
        IpAddr::V6(v6) if NAT64.contains(ip) => is_public(last_v4(v6)),
        IpAddr::V6(_) => GLOBAL_V6.contains(ip) && !closed(CLOSED_V6),
    }
}

fn last_v4(ip: Ipv6Addr) -> IpAddr {
    let [.., a, b, c, d] = ip.octets();
    IpAddr::from([a, b, c, d])
}

#[cfg(test)]
#[path = "../tests/address.rs"]
mod tests;
