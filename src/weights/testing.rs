//! Small subnets for the tests of this module.

use crate::types::{
    BlockNumber, BlockRef, Coldkey, Genesis, Hotkey, Hyperparameters, MechanismId, Metagraph,
    MinerId, Netuid, Neuron, Schedule, Scope, Subnet, Uid,
};

/// `n` neurons without axons or permits, at block 100 of an epoch that fires at 160.
pub fn subnet(n: usize) -> Subnet {
    let neurons = (0..n as u16).map(|uid| Neuron {
        miner: MinerId {
            hotkey: Hotkey([uid as u8 + 1; 32]),
            registered_at: u64::from(uid),
        },
        uid: Uid(uid),
        coldkey: Coldkey([uid as u8 + 100; 32]),
        axon: None,
        stake: 1_000,
        active: true,
        validator_permit: false,
        last_update: 0,
        incentive: 0,
        dividends: 0,
        consensus: 0,
        validator_trust: 0,
        emission: 0,
    });
    Subnet {
        scope: Scope {
            genesis: Genesis([7; 32]),
            netuid: Netuid(1),
            mechanism: MechanismId(0),
        },
        at: BlockRef {
            number: 100,
            hash: [1; 32],
        },
        metagraph: Metagraph::new(neurons.collect()).unwrap_or_default(),
        params: Hyperparameters {
            tempo: 60,
            weights_rate_limit: 20,
            min_allowed_weights: 1,
            weights_version_key: 0,
            commit_reveal: false,
            stake_threshold: 0,
            mechanisms: 1,
            owner_hotkey: None,
        },
        schedule: Schedule {
            epoch_index: 1,
            last_epoch_block: 100,
            next_epoch: 160,
        },
    }
}

/// The same subnet at another block, with the next epoch at `fire`.
pub fn at(mut subnet: Subnet, number: BlockNumber, fire: BlockNumber) -> Subnet {
    subnet.at.number = number;
    subnet.schedule.next_epoch = fire;
    subnet
}
