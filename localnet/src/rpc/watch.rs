//! The subscriptions of `state_*`: storage and the runtime's version.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use jsonrpsee::server::RegisterMethodError;
use jsonrpsee::{PendingSubscriptionSink, RpcModule, SubscriptionSink};
use serde::Serialize;
use serde_json::value::to_raw_value;

use super::error::{self, Answer, too_many};
use super::state::{ChangeSet, runtime_version, values};
use super::values::Bytes;
use crate::node::Node;

/// Keys in one subscription.
const MAX_KEYS: usize = 1_000;

/// Registers the subscriptions of this file.
pub fn register(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_subscription(
        "state_subscribeStorage",
        "state_storage",
        "state_unsubscribeStorage",
        |params, pending, node, _| async move {
            let keys = params.sequence().optional_next::<Vec<Bytes>>();
            // The request's text would be kept for as long as the subscription.
            drop(params);
            match keys {
                Ok(Some(keys)) if keys.len() > MAX_KEYS => {
                    pending.reject(too_many(keys.len(), MAX_KEYS)).await;
                }
                Ok(Some(keys)) => storage(pending, node, keys).await,
                Ok(None) => {
                    pending
                        .reject(error::invalid_params(
                            "name the keys to watch, all storage is too much",
                        ))
                        .await;
                }
                Err(error) => pending.reject(error).await,
            }
        },
    )?;
    module.register_subscription(
        "state_subscribeRuntimeVersion",
        "state_runtimeVersion",
        "state_unsubscribeRuntimeVersion",
        |_, pending, node, _| version(pending, node),
    )?;
    for (alias, name) in [
        (
            "chain_subscribeRuntimeVersion",
            "state_subscribeRuntimeVersion",
        ),
        (
            "chain_unsubscribeRuntimeVersion",
            "state_unsubscribeRuntimeVersion",
        ),
    ] {
        module.register_alias(alias, name)?;
    }
    Ok(())
}

/// Sends the values of all keys first, then after each announced block those that changed.
async fn storage(pending: PendingSubscriptionSink, node: Arc<Node>, keys: Vec<Bytes>) {
    let mut announced = node.subscribe();
    let Ok(sink) = pending.accept().await else {
        return;
    };
    // Of what was sent only hashes are kept: a client may watch much.
    let mut known: Option<Vec<u64>> = None;
    loop {
        let block = announced.borrow_and_update().best.hash;
        let (reader, wanted) = (node.clone(), keys.clone());
        let now = tokio::task::spawn_blocking(move || -> Answer<ChangeSet> {
            reader
                .with_state(Some(block), |state| values(state, block, wanted))
                .map_err(error::state)?
        })
        .await;
        match now {
            Ok(Ok(mut now)) => {
                let hashes: Vec<u64> = now.changes.iter().map(|(_, value)| hash(value)).collect();
                // The keys come in the same order each time.
                let is_new = |at: usize| {
                    let known = known.as_ref();
                    known.is_none_or(|known| known.get(at) != hashes.get(at))
                };
                let mut places = 0..;
                now.changes.retain(|_| places.next().is_some_and(is_new));
                let tells = known.is_none() || !now.changes.is_empty();
                known = Some(hashes);
                if tells && !send(&sink, &now).await {
                    return;
                }
            }
            // The block fell to a fork between announcement and reading: the next one comes.
            Ok(Err(_)) => {}
            Err(_) => return,
        }
        if !moved(&sink, &mut announced).await {
            return;
        }
    }
}

fn hash(value: &Option<Bytes>) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.as_ref().map(|Bytes(value)| value).hash(&mut hasher);
    hasher.finish()
}

/// Sends the version first, then again whenever it is another one.
async fn version(pending: PendingSubscriptionSink, node: Arc<Node>) {
    let mut announced = node.subscribe();
    let Ok(sink) = pending.accept().await else {
        return;
    };
    let mut known = None;
    loop {
        let at = announced.borrow_and_update().best.hash;
        if let Ok(version) = runtime_version(&node, Some(at))
            && known.as_ref() != Some(&version)
        {
            if !send(&sink, &version).await {
                return;
            }
            known = Some(version);
        }
        if !moved(&sink, &mut announced).await {
            return;
        }
    }
}

async fn send(sink: &SubscriptionSink, value: &impl Serialize) -> bool {
    match to_raw_value(value) {
        Ok(message) => sink.send(message).await.is_ok(),
        Err(_) => false,
    }
}

/// Waits for the next announcement; `false` when the subscriber has gone.
async fn moved(
    sink: &SubscriptionSink,
    announced: &mut tokio::sync::watch::Receiver<crate::node::Heads>,
) -> bool {
    tokio::select! {
        () = sink.closed() => false,
        changed = announced.changed() => changed.is_ok(),
    }
}
