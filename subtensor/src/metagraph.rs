//! The neurons of a subnet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::{BlockNumber, Coldkey, Hotkey, MinerId, Uid};

/// 10⁻⁹ TAO (or alpha).
pub type Rao = u64;

/// Rao in a TAO.
pub const RAO_PER_TAO: f64 = 1e9;

/// Where a miner serves, as it published it: not yet checked against the address rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Axon {
    /// IP and port of its HTTP server.
    pub address: SocketAddr,
    /// The protocol version it announced (10002000 = SDK 10.2.0).
    pub version: u32,
}

impl Axon {
    /// From the chain's numbers; `None` when nothing is served (ip 0.0.0.0, port 0 or an unknown ip type).
    pub(crate) fn published(ip: u128, ip_type: u8, port: u16, version: u32) -> Option<Self> {
        let ip = match ip_type {
            4 => IpAddr::V4(Ipv4Addr::from(u32::try_from(ip).ok()?)),
            6 => IpAddr::V6(Ipv6Addr::from(ip)),
            _ => return None,
        };
        let served = !ip.is_unspecified() && port != 0;
        served.then(|| Self {
            address: SocketAddr::new(ip, port),
            version,
        })
    }
}

/// One seat of the subnet and who sits on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Neuron {
    /// Who it is: hotkey and block of registration.
    pub miner: MinerId,
    /// Its seat of the moment.
    pub uid: Uid,
    /// Who owns it.
    pub coldkey: Coldkey,
    /// `None` when nothing is served.
    pub axon: Option<Axon>,
    /// Total stake that counts in consensus, in rao.
    pub stake: Rao,
    /// Whether it set weights within the activity cutoff.
    pub active: bool,
    /// Whether its weights count.
    pub validator_permit: bool,
    /// Block of the last weights set in this mechanism; the block of registration before any.
    pub last_update: BlockNumber,
    /// As the last epoch left it, of 65535; the same for the next three.
    pub incentive: u16,
    /// Its part of the validators' reward.
    pub dividends: u16,
    /// The stake-weighted median of the weights on it.
    pub consensus: u16,
    /// How far its weights agree with consensus.
    pub validator_trust: u16,
    /// Paid by the last epoch, in rao alpha.
    pub emission: Rao,
}

/// The neurons in uid order: `neurons[i].uid == i`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metagraph {
    neurons: Vec<Neuron>,
}

impl Metagraph {
    /// `None` if the uids are not exactly `0..n` in order.
    pub fn new(neurons: Vec<Neuron>) -> Option<Self> {
        let dense = neurons
            .iter()
            .enumerate()
            .all(|(i, n)| usize::from(n.uid.0) == i);
        dense.then_some(Self { neurons })
    }

    /// All of them, by uid.
    pub fn neurons(&self) -> &[Neuron] {
        &self.neurons
    }

    /// The seat of a hotkey, if it has one.
    pub fn by_hotkey(&self, hotkey: &Hotkey) -> Option<&Neuron> {
        self.neurons.iter().find(|n| n.miner.hotkey == *hotkey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axons_that_serve_nothing_are_none() {
        let shown = |ip, port, ip_type| {
            Axon::published(ip, ip_type, port, 1).map(|axon| axon.address.to_string())
        };
        let v4 = u128::from(u32::from_be_bytes([127, 0, 0, 2]));
        assert_eq!(shown(v4, 80, 4), Some("127.0.0.2:80".into()));
        assert_eq!(shown(1, 80, 6), Some("[::1]:80".into()));
        assert_eq!(shown(0, 80, 4), None);
        assert_eq!(shown(v4, 0, 4), None);
        assert_eq!(shown(v4, 80, 9), None);
        assert_eq!(shown(u128::MAX, 80, 4), None);
    }
}
