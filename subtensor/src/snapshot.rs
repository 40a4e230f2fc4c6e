//! A whole subnet, read at one block.

use subxt::ext::scale_decode::DecodeAsType;

use crate::block::Block;
use crate::{
    Axon, BlockRef, ChainError, Coldkey, Endpoint, Hotkey, Hyperparameters, MechanismId, Metagraph,
    MinerId, Netuid, Neuron, Schedule, Scope, Subnet, Uid,
};

/// The fields that we need of the runtime's metagraph; it may hold more, wider or newly wrapped ones.
#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct RawMetagraph {
    hotkeys: Vec<[u8; 32]>,
    coldkeys: Vec<[u8; 32]>,
    axons: Vec<RawAxon>,
    active: Vec<bool>,
    validator_permit: Vec<bool>,
    last_update: Vec<u64>,
    emission: Vec<u64>,
    dividends: Vec<u16>,
    incentives: Vec<u16>,
    consensus: Vec<u16>,
    block_at_registration: Vec<u64>,
    total_stake: Vec<u64>,
    owner_hotkey: [u8; 32],
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct RawAxon {
    version: u32,
    ip: u128,
    port: u16,
    ip_type: u8,
}

/// Reads everything about a subnet at one block: the reads go out side by side, so a snapshot costs two round
/// trips however many there are (the runtime's version first, which says how to read).
///
/// Sources: runtime API `SubnetInfoRuntimeApi` (`get_metagraph`, or `get_mechagraph` for a mechanism above 0,
/// and `get_next_epoch_start_block`) and the `SubtensorModule` storage items named below.
pub async fn read_subnet(
    endpoint: &Endpoint,
    at: BlockRef,
    netuid: Netuid,
    mechanism: MechanismId,
) -> Result<Subnet, ChainError> {
    let block = endpoint.at(at).await?;
    let (raw, trust, params, schedule) = tokio::try_join!(
        raw_metagraph(&block, netuid, mechanism),
        block.storage::<_, Vec<u16>>("ValidatorTrust", (netuid.0,)),
        hyperparameters(&block, netuid),
        schedule(&block, netuid),
    )?;
    let raw = raw.ok_or(ChainError::NoSubnet(netuid))?;
    let owner = (raw.owner_hotkey != [0; 32]).then_some(Hotkey(raw.owner_hotkey));
    let metagraph = join(raw, &trust)
        .ok_or_else(|| block.unusable("metagraph", "its columns differ in length"))?;
    Ok(Subnet {
        scope: Scope {
            genesis: endpoint.genesis(),
            netuid,
            mechanism,
        },
        at,
        metagraph,
        params: Hyperparameters {
            owner_hotkey: owner,
            ..params
        },
        schedule: schedule
            .ok_or_else(|| block.unusable("next epoch", "the subnet has no tempo"))?,
    })
}

async fn raw_metagraph(
    block: &Block<'_>,
    netuid: Netuid,
    mechanism: MechanismId,
) -> Result<Option<RawMetagraph>, ChainError> {
    match mechanism.0 {
        0 => block.api("get_metagraph", (netuid.0,)).await,
        m => block.api("get_mechagraph", (netuid.0, m)).await,
    }
}

/// All but the owner, which stands in the metagraph.
async fn hyperparameters(block: &Block<'_>, netuid: Netuid) -> Result<Hyperparameters, ChainError> {
    let key = || (netuid.0,);
    let (tempo, rate_limit, min_weights, version_key, commit_reveal, stake, mechanisms) = tokio::try_join!(
        block.storage("Tempo", key()),
        block.storage("WeightsSetRateLimit", key()),
        block.storage("MinAllowedWeights", key()),
        block.storage("WeightsVersionKey", key()),
        block.storage("CommitRevealWeightsEnabled", key()),
        block.storage("StakeThreshold", ()),
        block.storage("MechanismCountCurrent", key()),
    )?;
    Ok(Hyperparameters {
        tempo,
        weights_rate_limit: rate_limit,
        min_allowed_weights: min_weights,
        weights_version_key: version_key,
        commit_reveal,
        stake_threshold: stake,
        mechanisms,
        owner_hotkey: None,
    })
}

/// `None` for a subnet without a tempo, whose epochs never fire.
async fn schedule(block: &Block<'_>, netuid: Netuid) -> Result<Option<Schedule>, ChainError> {
    let (epoch_index, last_epoch_block, next) = tokio::try_join!(
        block.storage("SubnetEpochIndex", (netuid.0,)),
        block.storage("LastEpochBlock", (netuid.0,)),
        block.api::<_, Option<u64>>("get_next_epoch_start_block", (netuid.0,)),
    )?;
    Ok(next.map(|next_epoch| Schedule {
        epoch_index,
        last_epoch_block,
        next_epoch,
    }))
}

/// Rows from columns; `None` if the columns disagree on how many neurons there are.
fn join(raw: RawMetagraph, trust: &[u16]) -> Option<Metagraph> {
    let n = raw.hotkeys.len();
    let lengths = [
        raw.coldkeys.len(),
        raw.axons.len(),
        raw.active.len(),
        raw.validator_permit.len(),
        raw.last_update.len(),
        raw.emission.len(),
        raw.dividends.len(),
        raw.incentives.len(),
        raw.consensus.len(),
        raw.block_at_registration.len(),
        raw.total_stake.len(),
    ];
    if n > usize::from(u16::MAX) || lengths.iter().any(|l| *l != n) {
        return None;
    }
    let neurons = (0..n).map(|i| Neuron {
        miner: MinerId {
            hotkey: Hotkey(raw.hotkeys[i]),
            registered_at: raw.block_at_registration[i],
        },
        uid: Uid(i as u16),
        coldkey: Coldkey(raw.coldkeys[i]),
        axon: {
            let RawAxon {
                version,
                ip,
                port,
                ip_type,
            } = raw.axons[i];
            Axon::published(ip, ip_type, port, version)
        },
        stake: raw.total_stake[i],
        active: raw.active[i],
        validator_permit: raw.validator_permit[i],
        last_update: raw.last_update[i],
        incentive: raw.incentives[i],
        dividends: raw.dividends[i],
        consensus: raw.consensus[i],
        // Not part of the metagraph; shorter right after a registration.
        validator_trust: trust.get(i).copied().unwrap_or(0),
        emission: raw.emission[i],
    });
    Metagraph::new(neurons.collect())
}
