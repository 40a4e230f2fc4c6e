//! Whether a silence is ours. Miners that fall silent together, while nobody else of the subnet answers either, say more
//! about our uplink than about any of them; one that falls silent alone says it about itself.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::{IpAddr, SocketAddr};

use futures::future::join_all;
use ipnet::IpNet;
use rand::seq::SliceRandom;
use serde::Serialize;

use super::Querier;
use super::guard::places::neighbourhood;
use crate::types::{MinerId, Outcome, Reason, Response, Target};

/// Addresses that are tried when in doubt.
const PROBES: usize = 8;

/// Remembers who answered when last asked, and compares.
#[derive(Debug, Default)]
pub struct Uplink {
    answered: HashMap<MinerId, bool>,
}

/// Why a silence is held to be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// Miners of the round that fell silent. Those that were silent before are not among them.
    pub miners: usize,
    /// Addresses that answered when last asked and don't now, in the round or when tried after it.
    pub addresses: usize,
    /// Networks (/24, /48) of these addresses.
    pub networks: usize,
    /// Addresses that were tried after the round; none of them answered.
    pub tried: usize,
    /// No new final block comes either.
    pub chain_silent: bool,
}

impl Uplink {
    /// Says why a round's silence is ours, or `None` where it is the miners' own.
    ///
    /// In doubt, which is when half or more of those that could be expected to answer didn't, others of the subnet are
    /// tried. If any answers, we can be heard. If none does, it is ours, unless one single address is all that is gone
    /// while the chain's blocks still come.
    pub async fn silence(
        &self,
        responses: &[Response],
        everyone: &[Target],
        chain_silent: bool,
        querier: &Querier,
    ) -> Option<Silence> {
        let lost = self.lost(responses)?;
        let (gone, others) = everyone
            .iter()
            .partition::<Vec<&Target>, _>(|target| lost.contains(&target.seat.miner));
        let probes = self.probes(others, responses);
        let alive = join_all(probes.iter().map(|target| querier.is_alive(target)));
        if alive.await.contains(&true) {
            return None;
        }
        let expected = probes.iter().copied().filter(|target| self.expects(target));
        let gone = gone.into_iter().chain(expected);
        let addresses: BTreeSet<SocketAddr> = gone.map(|target| target.axon.address).collect();
        let networks: HashSet<IpNet> = addresses.iter().map(|at| network(at.ip())).collect();
        let silence = Silence {
            miners: lost.len(),
            addresses: addresses.len(),
            networks: networks.len(),
            tried: probes.len(),
            chain_silent,
        };
        (chain_silent || silence.addresses > 1).then_some(silence)
    }

    /// What is known from before: whether each was heard when last asked.
    pub fn remembering(last: impl IntoIterator<Item = (MinerId, Outcome)>) -> Self {
        let heard = last
            .into_iter()
            .filter_map(|(miner, outcome)| Some((miner, heard(&outcome)?)));
        Self {
            answered: heard.collect(),
        }
    }

    /// Takes in a round whose outcomes are the miners' own.
    pub fn learn(&mut self, responses: &[Response], everyone: &[Target]) {
        let seated: HashSet<MinerId> = everyone.iter().map(|t| t.seat.miner).collect();
        self.answered.retain(|miner, _| seated.contains(miner));
        for response in responses {
            if let Some(heard) = heard(&response.outcome) {
                self.answered.insert(response.seat.miner, heard);
            }
        }
    }

    /// Who fell silent in this round, if those are enough to doubt.
    fn lost(&self, responses: &[Response]) -> Option<HashSet<MinerId>> {
        let (mut expected, mut lost) = (0, HashSet::new());
        for response in responses {
            let miner = response.seat.miner;
            match heard(&response.outcome) {
                None => {}
                Some(true) => expected += 1,
                // Silent before, or never heard: no witness.
                Some(false) if self.answered.get(&miner) != Some(&true) => {}
                Some(false) => {
                    expected += 1;
                    lost.insert(miner);
                }
            }
        }
        (!lost.is_empty() && 2 * lost.len() >= expected).then_some(lost)
    }

    /// It answered when last asked.
    fn expects(&self, target: &Target) -> bool {
        self.answered.get(&target.seat.miner) == Some(&true)
    }

    /// Whom to try: first those that answered in this round, then those that answered when last asked; by chance, so that
    /// nobody can make sure that its own are tried, and each of another network as far as there are.
    fn probes<'t>(&self, mut others: Vec<&'t Target>, responses: &[Response]) -> Vec<&'t Target> {
        let answered = responses.iter().filter(|r| heard(&r.outcome) == Some(true));
        let now: HashSet<MinerId> = answered.map(|r| r.seat.miner).collect();
        others.shuffle(&mut rand::rng());
        others.sort_by_key(|t| (!now.contains(&t.seat.miner), !self.expects(t)));
        let mut networks = HashSet::new();
        let (first, more): (Vec<&Target>, Vec<&Target>) = others
            .into_iter()
            .partition(|target| networks.insert(network(target.axon.address.ip())));
        first.into_iter().chain(more).take(PROBES).collect()
    }
}

/// Whether a miner was heard at all; `None` where it wasn't asked, or failed by something that is no silence.
fn heard(outcome: &Outcome) -> Option<bool> {
    match outcome.reason() {
        Reason::Timeout | Reason::Unreachable | Reason::OurNetwork => Some(false),
        reason => reason.tells_of_the_miner().then_some(true),
    }
}

/// The network that an address is in.
fn network(ip: IpAddr) -> IpNet {
    neighbourhood(ip)[1]
}

#[cfg(test)]
#[path = "tests/uplink.rs"]
mod tests;
