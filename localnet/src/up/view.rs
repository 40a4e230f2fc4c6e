//! What the chain shows of a subnet to those who play in it.

use codec::Decode;
use localnet_runtime::{
    AccountId, Address, Runtime, RuntimeEvent, System, UncheckedExtrinsic, subtensor,
};
use sp_runtime::DispatchError;
use sp_runtime::generic::Preamble;

use super::policy::OpenRow;
use crate::chain::BlockRef;
use crate::node::{CallError, Node};

/// Index of `SubtensorModule` in the runtime.
const SUBTENSOR: u8 = 7;

type Subtensor = subtensor::Pallet<Runtime>;

/// Reads the state after `head` through the pallets.
pub fn read<R>(node: &Node, head: BlockRef, read: impl FnOnce() -> R) -> Result<R, CallError> {
    node.read(Some(head.hash), read)
}

/// What the chain says of a subnet.
pub struct View {
    pub epoch: u64,
    /// The epoch fires in the next block, to which what is sent now would belong.
    pub firing: bool,
    pub half: bool,
    pub commit_reveal: bool,
    pub reveal_period: u64,
    pub rate_limit: u64,
    pub version_key: u64,
    pub updates: Vec<u64>,
    pub permits: Vec<bool>,
    pub mechanisms: u8,
}

impl View {
    pub fn of(netuid: u16, block: u32) -> Self {
        let schedule = Subtensor::schedule(netuid);
        let block = u64::from(block);
        let next = schedule.epoch_index_with_lookahead(block.saturating_add(1));
        let since = block.saturating_sub(schedule.last_epoch_block);
        Self {
            epoch: schedule.subnet_epoch_index,
            firing: next != schedule.subnet_epoch_index,
            half: since >= u64::from(schedule.tempo / 2),
            commit_reveal: subtensor::CommitRevealWeightsEnabled::<Runtime>::get(netuid),
            reveal_period: subtensor::RevealPeriodEpochs::<Runtime>::get(netuid),
            rate_limit: subtensor::WeightsSetRateLimit::<Runtime>::get(netuid),
            version_key: subtensor::WeightsVersionKey::<Runtime>::get(netuid),
            updates: subtensor::LastUpdate::<Runtime>::get(Subtensor::storage_index(netuid, 0)),
            permits: subtensor::ValidatorPermit::<Runtime>::get(netuid),
            mechanisms: subtensor::MechanismCountCurrent::<Runtime>::get(netuid),
        }
    }

    /// Whether a neuron has its permit and the rate limit is over in the next block.
    pub fn may_weigh(&self, uid: u16, block: u32) -> bool {
        let uid = usize::from(uid);
        let updated = self.updates.get(uid).copied().unwrap_or(0);
        let next = u64::from(block).saturating_add(1);
        let waited = next.saturating_sub(updated) >= self.rate_limit;
        self.permits.get(uid) == Some(&true) && (updated == 0 || waited)
    }
}

/// Rows of all validators but one, as they stand on chain.
pub fn open_rows(netuid: u16, but: u16) -> Vec<OpenRow> {
    let permits = subtensor::ValidatorPermit::<Runtime>::get(netuid);
    let index = Subtensor::storage_index(netuid, 0);
    let permitted = (0..=u16::MAX)
        .zip(permits)
        .filter(|(uid, permit)| *permit && *uid != but);
    permitted
        .map(|(uid, _)| OpenRow {
            stake: Subtensor::stake_on(&subtensor::Keys::<Runtime>::get(netuid, uid), netuid),
            weights: subtensor::Weights::<Runtime>::get(index, uid),
        })
        .filter(|row| !row.weights.is_empty())
        .collect()
}

/// The extrinsics of the last block that failed, by their place in it, with the reason.
pub fn refusals() -> Vec<(usize, String)> {
    let failure = |phase, event| match (phase, event) {
        (
            frame_system::Phase::ApplyExtrinsic(index),
            RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }),
        ) => Some((usize::try_from(index).ok()?, reason(&dispatch_error))),
        _ => None,
    };
    System::read_events_no_consensus()
        .filter_map(|record| failure(record.phase, record.event))
        .collect()
}

/// Why a call failed, in the pallet's word for it where the pallet is ours.
fn reason(error: &DispatchError) -> String {
    if let DispatchError::Module(module) = error
        && module.index == SUBTENSOR
        && let Ok(error) = subtensor::Error::<Runtime>::decode(&mut &module.error[..])
    {
        return format!("{error:?}");
    }
    format!("{error:?}")
}

/// Who signed an extrinsic.
pub fn signer(extrinsic: &[u8]) -> Option<AccountId> {
    match UncheckedExtrinsic::decode(&mut &extrinsic[..])
        .ok()?
        .preamble
    {
        Preamble::Signed(Address::Id(account), ..) => Some(account),
        _ => None,
    }
}
