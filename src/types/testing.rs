//! A plain neuron and a plain subnet, for tests to change what they are about.

use super::{
    BlockRef, Coldkey, Genesis, Hyperparameters, MechanismId, Metagraph, MinerId, Netuid, Neuron,
    Schedule, Scope, Subnet, Uid,
};

/// No axon, no permit, nothing earned.
pub fn neuron(uid: u16, miner: MinerId) -> Neuron {
    Neuron {
        miner,
        uid: Uid(uid),
        coldkey: Coldkey([200; 32]),
        axon: None,
        stake: 0,
        active: true,
        validator_permit: false,
        last_update: 0,
        incentive: 0,
        dividends: 0,
        consensus: 0,
        validator_trust: 0,
        emission: 0,
    }
}

/// At block 100 of an epoch that fires at 160.
pub fn subnet(neurons: Vec<Neuron>) -> Subnet {
    Subnet {
        scope: Scope {
            genesis: Genesis([1; 32]),
            netuid: Netuid(1),
            mechanism: MechanismId(0),
        },
        at: BlockRef {
            number: 100,
            hash: [1; 32],
        },
        metagraph: Metagraph::new(neurons).unwrap_or_default(),
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
