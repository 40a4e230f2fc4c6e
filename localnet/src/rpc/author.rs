//! `author_*`: submitting extrinsics and watching them.

use jsonrpsee::RpcModule;
use jsonrpsee::server::RegisterMethodError;
use serde_json::value::to_raw_value;
use sp_core::H256;
use tokio::sync::mpsc;

use super::error::{self, Answer};
use super::values::Bytes;
use crate::node::Node;
use crate::pool::{Status, Watchers};

/// Registers the methods of this file.
pub fn register(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_blocking_method(
        "author_submitExtrinsic",
        |params, node, _| -> Answer<H256> {
            let Bytes(bytes) = params.one()?;
            node.submit(bytes, None).map_err(error::submit)
        },
    )?;
    module.register_blocking_method(
        "author_pendingExtrinsics",
        |_, node, _| -> Answer<Vec<Bytes>> {
            let ready = node.with_pool(|pool| pool.ready());
            Ok(ready
                .into_iter()
                .map(|candidate| Bytes(candidate.bytes.to_vec()))
                .collect())
        },
    )?;
    module.register_subscription(
        "author_submitAndWatchExtrinsic",
        "author_extrinsicUpdate",
        "author_unwatchExtrinsic",
        |params, pending, node, _| async move {
            let bytes = match params.one::<Bytes>() {
                Ok(Bytes(bytes)) => bytes,
                Err(error) => return pending.reject(error).await,
            };
            // The request's text would be kept for as long as the subscription.
            drop(params);
            let (watcher, mut steps) = mpsc::channel(Watchers::BACKLOG);
            let submitted =
                tokio::task::spawn_blocking(move || node.submit(bytes, Some(watcher))).await;
            match submitted {
                Ok(Ok(_)) => {}
                Ok(Err(refused)) => return pending.reject(error::submit(refused)).await,
                Err(failed) => return pending.reject(error::internal(failed)).await,
            }
            let Ok(sink) = pending.accept().await else {
                return;
            };
            loop {
                let step: Status = tokio::select! {
                    () = sink.closed() => return,
                    step = steps.recv() => match step {
                        Some(step) => step,
                        None => return,
                    },
                };
                let Ok(message) = to_raw_value(&step) else {
                    return;
                };
                if sink.send(message).await.is_err() {
                    return;
                }
            }
        },
    )?;
    Ok(())
}
