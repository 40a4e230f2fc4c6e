//! A whole subnet, read at one block.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use subxt::dynamic;
use subxt::ext::frame_decode::storage::{IntoDecodableValues, IntoEncodableValues};
use subxt::ext::scale_decode::DecodeAsType;

use super::node::AtBlock;
use super::{ChainError, Node};
use crate::types::{
    Axon, BlockRef, Coldkey, Hotkey, Hyperparameters, MechanismId, Metagraph, MinerId, Netuid,
    Neuron, Schedule, Subnet, Uid,
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

/// Reads everything about a subnet at one block.
///
/// Sources: runtime API `SubnetInfoRuntimeApi` (`get_metagraph`, or `get_mechagraph` for a mechanism above 0,
/// and `get_next_epoch_start_block`) and the `SubtensorModule` storage items named below.
pub async fn read_subnet(
    node: &Node,
    at: BlockRef,
    netuid: Netuid,
    mechanism: MechanismId,
) -> Result<Subnet, ChainError> {
    let block = node.at(at).await?;
    let reader = Reader { node, block, at };
    let raw = reader
        .metagraph(netuid, mechanism)
        .await?
        .ok_or(ChainError::NoSubnet(netuid))?;
    let trust: Vec<u16> = reader.storage("ValidatorTrust", (netuid.0,)).await?;
    let params = Hyperparameters {
        tempo: reader.storage("Tempo", (netuid.0,)).await?,
        weights_rate_limit: reader.storage("WeightsSetRateLimit", (netuid.0,)).await?,
        min_allowed_weights: reader.storage("MinAllowedWeights", (netuid.0,)).await?,
        weights_version_key: reader.storage("WeightsVersionKey", (netuid.0,)).await?,
        commit_reveal: reader
            .storage("CommitRevealWeightsEnabled", (netuid.0,))
            .await?,
        stake_threshold: reader.storage("StakeThreshold", ()).await?,
        mechanisms: reader.storage("MechanismCountCurrent", (netuid.0,)).await?,
        owner_hotkey: (raw.owner_hotkey != [0; 32]).then_some(Hotkey(raw.owner_hotkey)),
    };
    let next: Option<u64> = reader
        .api("get_next_epoch_start_block", (netuid.0,))
        .await?;
    let schedule = Schedule {
        epoch_index: reader.storage("SubnetEpochIndex", (netuid.0,)).await?,
        last_epoch_block: reader.storage("LastEpochBlock", (netuid.0,)).await?,
        next_epoch: next.ok_or_else(|| reader.unusable("next epoch", "the subnet has no tempo"))?,
    };
    let metagraph = join(raw, &trust)
        .ok_or_else(|| reader.unusable("metagraph", "its columns differ in length"))?;
    Ok(Subnet {
        genesis: node.genesis(),
        at,
        netuid,
        mechanism,
        metagraph,
        params,
        schedule,
    })
}

struct Reader<'a> {
    node: &'a Node,
    block: AtBlock,
    at: BlockRef,
}

impl Reader<'_> {
    async fn metagraph(
        &self,
        netuid: Netuid,
        mechanism: MechanismId,
    ) -> Result<Option<RawMetagraph>, ChainError> {
        match mechanism.0 {
            0 => self.api("get_metagraph", (netuid.0,)).await,
            m => self.api("get_mechagraph", (netuid.0, m)).await,
        }
    }

    async fn api<A, R>(&self, method: &'static str, args: A) -> Result<R, ChainError>
    where
        A: IntoEncodableValues,
        R: DecodeAsType,
    {
        let call = dynamic::runtime_api_call::<A, R>("SubnetInfoRuntimeApi", method, args);
        let apis = self.block.runtime_apis();
        let result = tokio::time::timeout(self.node.timeout(), apis.call(call)).await;
        match result {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(subxt::error::RuntimeApiError::CannotCallApi(e))) => {
                Err(self.node.unavailable(method, e.to_string()))
            }
            Ok(Err(e)) => Err(self.unusable(method, &e.to_string())),
            Err(_) => Err(self.node.unavailable(method, "no answer in time".into())),
        }
    }

    async fn storage<K, V>(&self, item: &'static str, keys: K) -> Result<V, ChainError>
    where
        K: IntoEncodableValues + IntoDecodableValues,
        V: DecodeAsType,
    {
        storage(self.node, &self.block, self.at, item, keys).await
    }

    fn unusable(&self, item: &str, reason: &str) -> ChainError {
        ChainError::Runtime {
            block: self.at.number,
            item: item.into(),
            reason: reason.into(),
        }
    }
}

/// One `SubtensorModule` item at a pinned block; a missing key gives the metadata's default.
pub(super) async fn storage<K, V>(
    node: &Node,
    block: &AtBlock,
    at: BlockRef,
    item: &'static str,
    keys: K,
) -> Result<V, ChainError>
where
    K: IntoEncodableValues + IntoDecodableValues,
    V: DecodeAsType,
{
    let address = dynamic::storage::<K, V>("SubtensorModule", item);
    let unusable = |reason: String| ChainError::Runtime {
        block: at.number,
        item: item.into(),
        reason,
    };
    let value =
        match tokio::time::timeout(node.timeout(), block.storage().fetch(address, keys)).await {
            Err(_) => return Err(node.unavailable(item, "no answer in time".into())),
            Ok(Err(subxt::error::StorageError::CannotFetchValue(e))) => {
                return Err(node.unavailable(item, e.to_string()));
            }
            Ok(Err(e)) => return Err(unusable(e.to_string())),
            Ok(Ok(value)) => value,
        };
    value.decode().map_err(|e| unusable(e.to_string()))
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
        axon: axon(&raw.axons[i]),
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

fn axon(raw: &RawAxon) -> Option<Axon> {
    let ip = match raw.ip_type {
        4 => IpAddr::V4(Ipv4Addr::from(u32::try_from(raw.ip).ok()?)),
        6 => IpAddr::V6(Ipv6Addr::from(raw.ip)),
        _ => return None,
    };
    let served = !ip.is_unspecified() && raw.port != 0;
    served.then(|| Axon {
        address: SocketAddr::new(ip, raw.port),
        version: raw.version,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axons_that_serve_nothing_are_none() {
        let raw = |ip, port, ip_type| {
            axon(&RawAxon {
                version: 1,
                ip,
                port,
                ip_type,
            })
        };
        let v4 = u128::from(u32::from_be_bytes([127, 0, 0, 2]));
        assert_eq!(
            raw(v4, 80, 4).map(|a| a.address.to_string()),
            Some("127.0.0.2:80".into())
        );
        assert_eq!(
            raw(1, 80, 6).map(|a| a.address.to_string()),
            Some("[::1]:80".into())
        );
        assert_eq!(raw(0, 80, 4), None);
        assert_eq!(raw(v4, 0, 4), None);
        assert_eq!(raw(v4, 80, 9), None);
        assert_eq!(raw(u128::MAX, 80, 4), None);
    }
}
