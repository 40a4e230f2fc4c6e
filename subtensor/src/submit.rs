//! Sending signed bytes to one node.

use std::time::Duration;

use subxt::rpcs::Error as RpcError;
use subxt::rpcs::methods::legacy::TransactionStatus;

use crate::calls::Call;
use crate::pool_errors;
use crate::transactions::{find_in, next_nonce, sign};
use crate::{BlockRef, ChainError, Endpoint, Hotkey, Inclusion, Keypair, Refusal, SignedPayload};

/// Why a transaction did not become final.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The node did not take it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The node took it, and carries it no longer.
    #[error("it left the node's pool: {0}")]
    Left(&'static str),
    /// It may still land.
    #[error("not final within {0:?}")]
    Late(Duration),
    /// The chain could not be asked, or the call could not be signed.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// Gives a payload to a node's pool; `Ok` as well when it lay there already.
pub async fn submit(endpoint: &Endpoint, payload: &SignedPayload) -> Result<(), Refusal> {
    let send = endpoint.rpc().author_submit_extrinsic(&payload.bytes);
    // The inner result is the node's verdict, the outer one says whether there was any.
    let call = async { Ok::<_, RpcError>(send.await) };
    match endpoint.call("submit", call).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) => match refusal(e) {
            None => Ok(()),
            Some(refusal) => Err(refusal),
        },
        Err(e) => Err(Refusal::Unclear(e.to_string())),
    }
}

/// Signs a call with the next nonce, valid in the `period` blocks from the finalized head, sends it to one node and
/// waits at most `patience` until it is final. For programs that keep no ledger: what comes of a transaction after
/// an error is not known.
pub async fn submit_until_final(
    endpoint: &Endpoint,
    pair: &Keypair,
    call: &Call,
    period: u64,
    patience: Duration,
) -> Result<Inclusion, SubmitError> {
    let anchor = endpoint.finalized().await?;
    let nonce = next_nonce(endpoint, Hotkey::from(pair)).await?;
    let payload = sign(endpoint, pair, call, nonce, anchor, period).await?;
    let watching = watch_until_final(endpoint, &payload);
    match tokio::time::timeout(patience, watching).await {
        Ok(landed) => landed,
        Err(_) => Err(SubmitError::Late(patience)),
    }
}

async fn watch_until_final(
    endpoint: &Endpoint,
    payload: &SignedPayload,
) -> Result<Inclusion, SubmitError> {
    let send = endpoint
        .rpc()
        .author_submit_and_watch_extrinsic(&payload.bytes);
    let call = async { Ok::<_, RpcError>(send.await) };
    let mut statuses = match endpoint.call("submit", call).await? {
        Ok(statuses) => statuses,
        Err(e) => {
            let known = Refusal::Unclear("the node has it already".into());
            return Err(refusal(e).unwrap_or(known).into());
        }
    };
    let lost = |reason: &str| SubmitError::Chain(endpoint.unavailable("transaction", reason));
    while let Some(status) = statuses.next().await {
        match status.map_err(|e| lost(&e.to_string()))? {
            TransactionStatus::Finalized(hash) => {
                let number = endpoint.number_of(hash.0).await?;
                let at = BlockRef {
                    number,
                    hash: hash.0,
                };
                let found = find_in(endpoint, payload, at).await?;
                return found.ok_or_else(|| lost("the block it is said to be in doesn't hold it"));
            }
            TransactionStatus::Usurped(_) => {
                return Err(SubmitError::Left("another one took its nonce"));
            }
            TransactionStatus::Dropped => return Err(SubmitError::Left("the pool is full")),
            TransactionStatus::Invalid => return Err(SubmitError::Left("it became invalid")),
            TransactionStatus::FinalityTimeout(_) => {
                return Err(SubmitError::Left("its block did not become final"));
            }
            TransactionStatus::Future
            | TransactionStatus::Ready
            | TransactionStatus::Broadcast(_)
            | TransactionStatus::InBlock(_)
            | TransactionStatus::Retracted(_) => {}
        }
    }
    Err(lost("the node stopped telling of it"))
}

/// What an error of the node means; `None` when it had the transaction already, which is what was wanted.
fn refusal(error: RpcError) -> Option<Refusal> {
    let RpcError::User(e) = error else {
        return Some(Refusal::Unclear(error.to_string()));
    };
    match e.code {
        1013 => None,
        1010 => {
            let reason = e.data.as_ref().map(|data| data.get().trim_matches('"'));
            Some(Refusal::Invalid(pool_errors::named(
                reason.unwrap_or(&e.message),
            )))
        }
        1012 => Some(Refusal::Banned),
        1014 => Some(Refusal::NonceTaken),
        _ => Some(Refusal::Unclear(e.to_string())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use subxt::rpcs::UserError;

    use super::*;

    #[test]
    fn the_nodes_codes_are_told_apart() {
        let error = |code| {
            let data = (code == 1010).then(|| "\"Custom error: 6\"".to_owned());
            RpcError::User(UserError {
                code,
                message: "as the node says".into(),
                data: data.map(|json| serde_json::value::RawValue::from_string(json).unwrap()),
            })
        };
        assert_eq!(refusal(error(1013)), None);
        let invalid = Refusal::Invalid("RateLimitExceeded (Custom error: 6)".into());
        assert_eq!(refusal(error(1010)), Some(invalid));
        assert_eq!(refusal(error(1012)), Some(Refusal::Banned));
        assert_eq!(refusal(error(1014)), Some(Refusal::NonceTaken));
        assert!(matches!(refusal(error(4003)), Some(Refusal::Unclear(_))));
    }
}
