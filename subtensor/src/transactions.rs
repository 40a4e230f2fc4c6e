//! Sign once, and find the same bytes again in finalized blocks.

use subxt::config::DefaultExtrinsicParamsBuilder;
use subxt::config::substrate::H256;
use subxt::error::{DispatchError, ExtrinsicError};
use subxt::events::Phase;
use subxt::utils::AccountId32;

use crate::block::{AtBlock, Block};
use crate::calls::Call;
use crate::{BlockNumber, BlockRef, ChainError, Endpoint, Era, Hotkey, Keypair, SignedPayload};

/// The next free nonce, pending transactions counted.
pub async fn next_nonce(endpoint: &Endpoint, account: Hotkey) -> Result<u64, ChainError> {
    let account = AccountId32(account.0);
    let ask = endpoint.rpc().system_account_next_index(&account);
    endpoint.call("account nonce", ask).await
}

/// Signs a call so that it is valid in `anchor.number ≤ block < anchor.number + period`.
///
/// `period` is a power of two between 4 and 4096, so that the era starts at the anchor exactly.
pub async fn sign(
    endpoint: &Endpoint,
    pair: &Keypair,
    call: &Call,
    nonce: u64,
    anchor: BlockRef,
    period: u64,
) -> Result<SignedPayload, ChainError> {
    if !period.is_power_of_two() || !(4..=4096).contains(&period) {
        return Err(ChainError::Unsignable(format!("an era of {period} blocks")));
    }
    let block = endpoint.at(anchor).await?;
    let params = DefaultExtrinsicParamsBuilder::new()
        .nonce(nonce)
        .mortal_from_unchecked(period, anchor.number, H256(anchor.hash))
        .build();
    let unsignable = |e: ExtrinsicError| ChainError::Unsignable(e.to_string());
    let signed = block
        .client()
        .transactions()
        .create_signable_offline(call.payload(), params)
        .and_then(|mut partial| partial.sign(pair))
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
    /// The block that holds it.
    pub block: BlockRef,
    /// `Err` holds the chain's name of the error (`SettingWeightsTooFast`, …).
    pub dispatched: Result<(), String>,
}

/// Looks for a payload in the blocks `from..=to` of the best chain.
pub async fn find(
    endpoint: &Endpoint,
    payload: &SignedPayload,
    from: BlockNumber,
    to: BlockNumber,
) -> Result<Option<Inclusion>, ChainError> {
    for number in from..=to {
        let at = endpoint.block_at(number).await?;
        if let Some(inclusion) = find_in(endpoint, payload, at).await? {
            return Ok(Some(inclusion));
        }
    }
    Ok(None)
}

/// The same for one block.
pub(crate) async fn find_in(
    endpoint: &Endpoint,
    payload: &SignedPayload,
    at: BlockRef,
) -> Result<Option<Inclusion>, ChainError> {
    let ask = endpoint.rpc().chain_get_block(Some(H256(at.hash)));
    let details = endpoint.call("block", ask).await?;
    let details =
        details.ok_or_else(|| endpoint.unavailable("block", "the node does not know the block"))?;
    let mut extrinsics = details.block.extrinsics.iter();
    let Some(index) = extrinsics.position(|extrinsic| extrinsic.0 == payload.bytes) else {
        return Ok(None);
    };
    let block = endpoint.at(at).await?;
    let dispatched = outcome(endpoint, &block, index as u32).await?;
    Ok(Some(Inclusion {
        block: at,
        dispatched,
    }))
}

/// What became of the extrinsic at `index` of a block, from the block's events.
async fn outcome(
    endpoint: &Endpoint,
    block: &Block<'_>,
    index: u32,
) -> Result<Result<(), String>, ChainError> {
    let client = block.client();
    let events = endpoint.call("events", client.events().fetch()).await?;
    for event in events.iter() {
        let event = event.map_err(|e| endpoint.unavailable("events", &e.to_string()))?;
        if event.phase() != Phase::ApplyExtrinsic(index) || event.pallet_name() != "System" {
            continue;
        }
        match event.event_name() {
            "ExtrinsicSuccess" => return Ok(Ok(())),
            "ExtrinsicFailed" => return Ok(Err(error_name(event.field_bytes(), client))),
            _ => {}
        }
    }
    Err(endpoint.unavailable("events", &format!("no outcome for extrinsic {index}")))
}

fn error_name(bytes: &[u8], block: &AtBlock) -> String {
    match DispatchError::decode_from(bytes, block.metadata()) {
        Ok(DispatchError::Module(module)) => module.details().map_or_else(
            |_| module.to_string(),
            |details| details.variant.name.clone(),
        ),
        Ok(other) => other.to_string(),
        Err(e) => format!("undecodable dispatch error: {e}"),
    }
}
