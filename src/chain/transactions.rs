//! Sign once, and find the same bytes again in finalized blocks.

use subxt::config::DefaultExtrinsicParamsBuilder;
use subxt::config::substrate::H256;
use subxt::error::DispatchError;
use subxt::events::Phase;
use subxt::utils::AccountId32;

use super::{ChainError, Key, Node, WeightCall};
use crate::types::{BlockNumber, BlockRef, Era, Hotkey, SignedPayload};

/// The next free nonce, pending transactions counted.
pub async fn next_nonce(node: &Node, hotkey: Hotkey) -> Result<u64, ChainError> {
    node.call(
        "account nonce",
        node.rpc().system_account_next_index(&AccountId32(hotkey.0)),
    )
    .await
}

/// Signs a call so that it is valid in `anchor.number ≤ block < anchor.number + period`.
///
/// `period` is a power of two between 4 and 4096, so that the era starts at the anchor exactly.
pub async fn sign(
    node: &Node,
    key: &Key,
    call: &WeightCall,
    nonce: u64,
    anchor: BlockRef,
    period: u64,
) -> Result<SignedPayload, ChainError> {
    if !period.is_power_of_two() || !(4..=4096).contains(&period) {
        return Err(ChainError::Unsignable(format!("an era of {period} blocks")));
    }
    let block = node.at(anchor).await?;
    let params = DefaultExtrinsicParamsBuilder::new()
        .nonce(nonce)
        .mortal_from_unchecked(period, anchor.number, H256(anchor.hash))
        .build();
    let unsignable = |e: subxt::error::ExtrinsicError| ChainError::Unsignable(e.to_string());
    let signed = block
        .transactions()
        .create_signable_offline(call.payload(), params)
        .and_then(|mut partial| partial.sign(key.pair()))
        .map_err(unsignable)?;
    Ok(SignedPayload {
        hash: signed.hash().0,
        bytes: signed.into_encoded(),
        nonce,
        era: Era {
            birth: anchor.number,
            death: anchor.number + period,
        },
    })
}

/// Where a payload landed, and what the call did there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    pub block: BlockRef,
    /// `Err` holds the chain's name of the error (`SettingWeightsTooFast`, …).
    pub dispatched: Result<(), String>,
}

/// Looks for a payload in the blocks `from..=to` of the best chain.
pub async fn find(
    node: &Node,
    payload: &SignedPayload,
    from: BlockNumber,
    to: BlockNumber,
) -> Result<Option<Inclusion>, ChainError> {
    for number in from..=to {
        let hash = node.known_hash(number).await?;
        let at = BlockRef { number, hash };
        let details = node
            .call("block", node.rpc().chain_get_block(Some(H256(hash))))
            .await?;
        let details = details
            .ok_or_else(|| node.unavailable("block", "the node does not know the block".into()))?;
        if let Some(index) = details
            .block
            .extrinsics
            .iter()
            .position(|e| e.0 == payload.bytes)
        {
            let block = node.at(at).await?;
            let dispatched = outcome(node, &block, index as u32).await?;
            return Ok(Some(Inclusion {
                block: at,
                dispatched,
            }));
        }
    }
    Ok(None)
}

async fn outcome(
    node: &Node,
    block: &super::AtBlock,
    index: u32,
) -> Result<Result<(), String>, ChainError> {
    let events = node.call("events", block.events().fetch()).await?;
    for event in events.iter() {
        let event = event.map_err(|e| node.unavailable("events", e.to_string()))?;
        if event.phase() != Phase::ApplyExtrinsic(index) || event.pallet_name() != "System" {
            continue;
        }
        match event.event_name() {
            "ExtrinsicSuccess" => return Ok(Ok(())),
            "ExtrinsicFailed" => return Ok(Err(error_name(event.field_bytes(), block))),
            _ => {}
        }
    }
    Err(node.unavailable("events", format!("no outcome for extrinsic {index}")))
}

fn error_name(bytes: &[u8], block: &super::AtBlock) -> String {
    match DispatchError::decode_from(bytes, block.metadata()) {
        Ok(DispatchError::Module(module)) => module.details().map_or_else(
            |_| module.to_string(),
            |details| details.variant.name.clone(),
        ),
        Ok(other) => other.to_string(),
        Err(e) => format!("undecodable dispatch error: {e}"),
    }
}
