//! What the chain holds of the configured subnets, and what would keep us from setting weights there. Nothing is signed.

use subtensor::{Endpoint, read_subnet};

use super::app::endpoints;
use super::prepare::install_tls;
use crate::config::{Config, SubnetConfig};
use crate::signer::Keyring;
use crate::types::{Failure, Hotkey, MechanismId, Netuid, Neuron, Reason, Subnet};
use crate::weights::{explain, obstacle};

/// A configured subnet at the finalized head.
pub struct Outlook {
    pub subnet: Subnet,
    /// Who we are, where the hotkey can be read.
    pub hotkey: Option<Hotkey>,
}

/// The configured subnets at the finalized head.
pub async fn outlooks(config: &Config) -> Result<Vec<Outlook>, Failure> {
    install_tls()?;
    let endpoints = endpoints(&config.chain, config.chain.named());
    let node = endpoints.node().await?;
    let mut keyring = Keyring::default();
    let mut outlooks = Vec::new();
    for subnet in &config.subnets {
        outlooks.push(Outlook {
            subnet: read(&node, subnet).await?,
            hotkey: keyring.load(&subnet.hotkey).ok().map(|key| key.hotkey()),
        });
    }
    Ok(outlooks)
}

async fn read(node: &Endpoint, config: &SubnetConfig) -> Result<Subnet, Failure> {
    let at = node.finalized().await?;
    let (netuid, mechanism) = (Netuid(config.netuid), MechanismId(config.mechanism));
    Ok(read_subnet(node, at, netuid, mechanism).await?)
}

impl Outlook {
    /// Our neuron.
    pub fn us(&self) -> Option<&Neuron> {
        self.subnet.metagraph.by_hotkey(&self.hotkey?)
    }

    /// What would keep the chain from taking our weights now. Not told without a hotkey.
    pub fn obstacle(&self) -> Option<Reason> {
        self.hotkey?;
        obstacle(&self.subnet, self.us())
    }

    /// Whether the chain would refuse our weights. No obstacle goes by waiting within this epoch. Not so without a hotkey.
    pub fn is_blocked(&self) -> bool {
        self.obstacle().is_some()
    }

    /// One line about us: who, with what, and what stands in the way.
    pub fn line(&self) -> String {
        let Some(hotkey) = self.hotkey else {
            return "our hotkey can't be read here: whether weights could be set is not known"
                .into();
        };
        let who = match self.us() {
            Some(us) => format!("we are uid {} ({hotkey})", us.uid),
            None => format!("we ({hotkey}) have no seat"),
        };
        let Some(reason) = self.obstacle() else {
            let fires = self.subnet.schedule.next_epoch;
            return format!(
                "{who}: the chain would take our weights; the next epoch fires at #{fires}"
            );
        };
        let entry = reason.entry();
        let numbers = match explain(reason, &self.subnet, self.us()) {
            numbers if numbers.is_empty() => numbers,
            numbers => format!(" ({numbers})"),
        };
        format!(
            "{who}: no weights: {reason}: {}{numbers} {}",
            entry.meaning, entry.remedy
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::types::testing::{neuron, subnet};
    use crate::types::{Metagraph, MinerId};

    #[test]
    fn what_stands_in_the_way_is_told_with_its_numbers() {
        let miner = MinerId {
            hotkey: Hotkey([1; 32]),
            registered_at: 5,
        };
        let mut us = neuron(0, miner);
        us.stake = 5_000_000_000;
        let mut outlook = Outlook {
            subnet: subnet(vec![us.clone()]),
            hotkey: Some(miner.hotkey),
        };
        assert!(outlook.line().contains("no_validator_permit"));
        assert!(outlook.is_blocked());

        us.validator_permit = true;
        outlook.subnet = subnet(vec![us]);
        assert!(outlook.line().contains("the chain would take our weights"));
        assert!(!outlook.is_blocked());

        outlook.subnet.params.stake_threshold = 7_000_000_000;
        let line = outlook.line();
        assert!(
            line.contains("stake_too_low") && line.contains("2.00 TAO are missing"),
            "{line}"
        );
        assert!(outlook.is_blocked());

        outlook.subnet.params.commit_reveal = true;
        assert!(outlook.line().contains("commit_reveal_unsupported"));

        outlook.subnet.metagraph = Metagraph::new(Vec::new()).unwrap();
        assert!(
            outlook
                .line()
                .contains("have no seat: no weights: not_registered")
        );
        outlook.hotkey = None;
        assert!(!outlook.is_blocked() && outlook.line().contains("can't be read"));
    }
}
