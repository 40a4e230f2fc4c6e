//! `chain_*`: blocks, headers, hashes, and the two head subscriptions.

use std::sync::Arc;

use jsonrpsee::PendingSubscriptionSink;
use jsonrpsee::RpcModule;
use jsonrpsee::server::RegisterMethodError;
use localnet_runtime::Header;
use serde::Serialize;
use serde_json::value::to_raw_value;

use super::error::{Answer, too_many};
use super::values::{Bytes, Hash, Number, OneOrMany};
use crate::chain::BlockRef;
use crate::node::{Heads, Node};

/// Numbers that one `chain_getBlockHash` may ask for.
const MAX_NUMBERS: usize = 1_000;

/// Headers sent one by one when a subscriber is behind; further behind, only the newest.
const MAX_CATCH_UP: u32 = 64;

#[derive(Clone, Serialize)]
struct SignedBlock {
    block: Block,
    justifications: Option<()>,
}

#[derive(Clone, Serialize)]
struct Block {
    header: Header,
    extrinsics: Vec<Bytes>,
}

/// Registers the methods of this file.
pub fn register(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    blocks(module)?;
    subscriptions(module)
}

fn blocks(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_method(
        "chain_getHeader",
        |params, node, _| -> Answer<Option<Header>> {
            let hash = params
                .sequence()
                .optional_next::<Hash>()?
                .map_or(node.heads().best.hash, |hash| hash.0);
            Ok(node.header(&hash))
        },
    )?;
    module.register_method(
        "chain_getBlock",
        |params, node, _| -> Answer<Option<SignedBlock>> {
            let hash = params
                .sequence()
                .optional_next::<Hash>()?
                .map_or(node.heads().best.hash, |hash| hash.0);
            Ok(node.with_block(&hash, |block| SignedBlock {
                block: Block {
                    header: block.header.clone(),
                    extrinsics: block.extrinsics.iter().cloned().map(Bytes).collect(),
                },
                justifications: None,
            }))
        },
    )?;
    module.register_method("chain_getBlockHash", |params, node, _| {
        let hash = |number: Number| node.block_at(number.0).map(|block| block.hash);
        Answer::Ok(
            match params.sequence().optional_next::<OneOrMany<Number>>()? {
                None => OneOrMany::One(Some(node.heads().best.hash)),
                Some(OneOrMany::One(number)) => OneOrMany::One(hash(number)),
                Some(OneOrMany::Many(numbers)) if numbers.len() > MAX_NUMBERS => {
                    return Err(too_many(numbers.len(), MAX_NUMBERS));
                }
                Some(OneOrMany::Many(numbers)) => {
                    OneOrMany::Many(numbers.into_iter().map(hash).collect())
                }
            },
        )
    })?;
    module.register_method("chain_getFinalizedHead", |_, node, _| {
        Answer::Ok(node.heads().finalized.hash)
    })?;
    for (alias, name) in [
        ("chain_getHead", "chain_getBlockHash"),
        ("chain_getFinalisedHead", "chain_getFinalizedHead"),
    ] {
        module.register_alias(alias, name)?;
    }
    Ok(())
}

fn subscriptions(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_subscription(
        "chain_subscribeNewHeads",
        "chain_newHead",
        "chain_unsubscribeNewHeads",
        |_, pending, node, _| heads(pending, node, |heads| heads.best),
    )?;
    module.register_subscription(
        "chain_subscribeAllHeads",
        "chain_allHead",
        "chain_unsubscribeAllHeads",
        |_, pending, node, _| heads(pending, node, |heads| heads.best),
    )?;
    module.register_subscription(
        "chain_subscribeFinalizedHeads",
        "chain_finalizedHead",
        "chain_unsubscribeFinalizedHeads",
        |_, pending, node, _| heads(pending, node, |heads| heads.finalized),
    )?;
    for (alias, name) in [
        ("chain_subscribeNewHead", "chain_subscribeNewHeads"),
        ("subscribe_newHead", "chain_subscribeNewHeads"),
        ("chain_unsubscribeNewHead", "chain_unsubscribeNewHeads"),
        ("unsubscribe_newHead", "chain_unsubscribeNewHeads"),
        (
            "chain_subscribeFinalisedHeads",
            "chain_subscribeFinalizedHeads",
        ),
        (
            "chain_unsubscribeFinalisedHeads",
            "chain_unsubscribeFinalizedHeads",
        ),
    ] {
        module.register_alias(alias, name)?;
    }
    Ok(())
}

/// Sends the current head first, then every later one; after a fork, the head that it leads to.
async fn heads(pending: PendingSubscriptionSink, node: Arc<Node>, pick: fn(Heads) -> BlockRef) {
    let mut announced = node.subscribe();
    let Ok(sink) = pending.accept().await else {
        return;
    };
    let mut last = pick(*announced.borrow_and_update());
    let mut due = vec![last];
    loop {
        for block in due {
            // A head that a fork took back before it could be sent is left out.
            let Some(header) = node.with_block(&block.hash, |block| block.header.clone()) else {
                continue;
            };
            let Ok(message) = to_raw_value(&header) else {
                return;
            };
            if sink.send(message).await.is_err() {
                return;
            }
        }
        let now = loop {
            tokio::select! {
                () = sink.closed() => return,
                changed = announced.changed() => if changed.is_err() { return },
            }
            let now = pick(*announced.borrow_and_update());
            if now != last {
                break now;
            }
        };
        let behind = now.number.saturating_sub(last.number);
        due = if (2..=MAX_CATCH_UP).contains(&behind) {
            (last.number + 1..=now.number)
                .filter_map(|number| node.block_at(number))
                .collect()
        } else {
            vec![now]
        };
        last = now;
    }
}
