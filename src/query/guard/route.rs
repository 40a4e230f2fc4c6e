//! What the system's own tables say of the way to an address. Nothing is sent.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// The address from which this host would send there; an error where it knows no way. To itself it sends from the
/// address itself.
pub fn source(to: SocketAddr) -> io::Result<IpAddr> {
    let any: SocketAddr = match to {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    // A datagram socket that is connected is only told where it would send.
    let socket = UdpSocket::bind(any)?;
    // Else a broadcast address of ours would seem to have no way.
    socket.set_broadcast(true)?;
    socket.connect(to)?;
    Ok(socket.local_addr()?.ip())
}

/// Whether it knows a way to the internet at all, by IPv4 or IPv6 as `to` is.
pub fn is_open(to: SocketAddr) -> bool {
    // In the space of public addresses, and nobody's.
    let far: IpAddr = match to {
        SocketAddr::V4(_) => Ipv4Addr::new(192, 0, 2, 1).into(),
        SocketAddr::V6(_) => Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 1).into(),
    };
    source((far, 443).into()).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn to_itself_this_host_sends_from_there() {
        let own = IpAddr::from([127, 0, 0, 1]);
        assert_eq!(source((own, 1).into()).unwrap(), own);
        assert_ne!(
            source(([127, 0, 0, 2], 1).into()).unwrap(),
            IpAddr::from([127, 0, 0, 2])
        );
    }
}
