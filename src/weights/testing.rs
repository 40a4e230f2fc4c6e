//! Small subnets and ledger entries for the tests of this module.

use crate::types::testing::{neuron, subnet as plain};
use crate::types::{
    BlockNumber, BlockRef, Era, Hotkey, Intent, LedgerState, MechanismId, MinerId, Neuron,
    SignedPayload, Subnet, Uid, WeightSet, WeightSetId, WeightVector,
};

/// `n` neurons without axons or permits, at block 100 of an epoch that fires at 160.
pub fn subnet(n: usize) -> Subnet {
    let neurons = (0..n as u16).map(|uid| {
        let miner = MinerId {
            hotkey: Hotkey([uid as u8 + 1; 32]),
            registered_at: u64::from(uid),
        };
        Neuron {
            stake: 1_000,
            ..neuron(uid, miner)
        }
    });
    plain(neurons.collect())
}

/// The same subnet at another block, with the next epoch at `fire`.
pub fn at(mut subnet: Subnet, number: BlockNumber, fire: BlockNumber) -> Subnet {
    subnet.at.number = number;
    subnet.schedule.next_epoch = fire;
    subnet
}

/// An entry with one weight, in any state, signed and in a block as if by chance.
pub fn weight_set(state: LedgerState) -> WeightSet {
    let standing = state.standing();
    let in_block = matches!(
        state,
        LedgerState::InBlock | LedgerState::Finalized | LedgerState::Applied
    );
    let (signed, included) = (standing.may_land || in_block, in_block);
    let entries = vec![(Uid(1), u16::MAX)];
    let vector = WeightVector::new(MechanismId(0), entries, 0, 4, 1);
    let subnet = subnet(4);
    WeightSet {
        id: WeightSetId(1),
        state,
        reason: String::new(),
        intent: Intent {
            window: super::schedule::due_window(&subnet),
            hotkey: Hotkey([1; 32]),
            vector: vector.unwrap_or_else(|e| unreachable!("{e}")),
            seats: vec![(&subnet.metagraph.neurons()[1]).into()],
            fire_block: 160,
            planned_at: 140,
        },
        signed: signed.then(|| payload(1)),
        included: included.then_some(BlockRef {
            number: 5,
            hash: [5; 32],
        }),
    }
}

pub fn payload(nonce: u64) -> SignedPayload {
    SignedPayload {
        bytes: vec![1, 2, 3],
        hash: [7; 32],
        nonce,
        era: Era {
            birth: 140,
            death: 156,
        },
    }
}
