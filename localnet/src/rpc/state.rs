//! `state_*`: storage at any kept block, runtime calls, metadata, versions.

use std::collections::HashSet;

use codec::Decode;
use jsonrpsee::RpcModule;
use jsonrpsee::server::RegisterMethodError;
use jsonrpsee::types::ParamsSequence;
use serde::Serialize;
use serde_json::{Value, json};
use sp_core::H256;
use sp_state_machine::{Backend, IterArgs};
use sp_version::RuntimeVersion;

use super::error::{self, Answer, too_many};
use super::values::{Bytes, Hash};
use crate::chain::State;
use crate::node::Node;

/// Keys in one page, as on a real node.
const MAX_PAGE: usize = 1_000;
/// Keys in one query.
const MAX_KEYS: usize = 10_000;
/// Bytes of values in one query.
const MAX_VALUES: usize = 4 << 20;
/// Bytes of arguments of a runtime call: room for the largest lists that clients send.
const MAX_ARGUMENTS: usize = 512 << 10;

/// Values of some keys at one block, or those that changed with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeSet {
    pub block: H256,
    pub changes: Vec<(Bytes, Option<Bytes>)>,
}

/// Registers the methods of this file.
pub fn register(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    storage(module)?;
    runtime(module)?;
    for (alias, name) in [
        ("state_getStorageAt", "state_getStorage"),
        ("state_getStorageHashAt", "state_getStorageHash"),
        ("state_getStorageSizeAt", "state_getStorageSize"),
        ("state_getKeysPagedAt", "state_getKeysPaged"),
        ("state_callAt", "state_call"),
        ("chain_getRuntimeVersion", "state_getRuntimeVersion"),
    ] {
        module.register_alias(alias, name)?;
    }
    Ok(())
}

fn storage(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_method("state_getStorage", |params, node, _| {
        let (key, at) = key_and_block(params.sequence())?;
        read(node, at, |state| value(state, &key))
    })?;
    module.register_method("state_getStorageHash", |params, node, _| {
        let (key, at) = key_and_block(params.sequence())?;
        read(node, at, |state| {
            state.storage_hash(&key).map_err(error::internal)
        })
    })?;
    module.register_method("state_getStorageSize", |params, node, _| {
        let (key, at) = key_and_block(params.sequence())?;
        read(node, at, |state| {
            Ok(value(state, &key)?.map(|Bytes(value)| value.len() as u64))
        })
    })?;
    module.register_blocking_method(
        "state_getKeysPaged",
        |params, node, _| -> Answer<Vec<Bytes>> {
            let mut params = params.sequence();
            let prefix = params
                .optional_next::<Bytes>()?
                .map(|Bytes(prefix)| prefix)
                .unwrap_or_default();
            let count: usize = params.next()?;
            let after = params.optional_next::<Bytes>()?.map(|Bytes(after)| after);
            let at = params.optional_next::<Hash>()?.map(|hash| hash.0);
            if count > MAX_PAGE {
                return Err(too_many(count, MAX_PAGE));
            }
            read(&node, at, |state| {
                keys(state, &prefix, after.as_deref(), count)
            })
        },
    )?;
    module.register_blocking_method(
        "state_queryStorageAt",
        |params, node, _| -> Answer<Vec<ChangeSet>> {
            let mut params = params.sequence();
            let keys: Vec<Bytes> = params.next()?;
            let at = params
                .optional_next::<Hash>()?
                .map_or(node.heads().best.hash, |hash| hash.0);
            if keys.len() > MAX_KEYS {
                return Err(too_many(keys.len(), MAX_KEYS));
            }
            Ok(vec![read(&node, Some(at), |state| {
                values(state, at, keys)
            })?])
        },
    )?;
    Ok(())
}

fn runtime(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_blocking_method("state_call", |params, node, _| -> Answer<Bytes> {
        let mut params = params.sequence();
        let method: String = params.next()?;
        let Bytes(data) = params.next()?;
        let at = params.optional_next::<Hash>()?.map(|hash| hash.0);
        if data.len() > MAX_ARGUMENTS {
            return Err(too_many(data.len(), MAX_ARGUMENTS));
        }
        node.call(at, &method, &data)
            .map(Bytes)
            .map_err(error::call)
    })?;
    module.register_blocking_method("state_getMetadata", |params, node, _| -> Answer<Bytes> {
        let at = params
            .sequence()
            .optional_next::<Hash>()?
            .map(|hash| hash.0);
        let answer = node
            .call(at, "Metadata_metadata", &[])
            .map_err(error::about_runtime)?;
        Vec::<u8>::decode(&mut &answer[..])
            .map(Bytes)
            .map_err(error::internal)
    })?;
    module.register_blocking_method(
        "state_getRuntimeVersion",
        |params, node, _| -> Answer<Value> {
            let at = params
                .sequence()
                .optional_next::<Hash>()?
                .map(|hash| hash.0);
            runtime_version(&node, at)
        },
    )?;
    Ok(())
}

/// The runtime's version as clients read it.
pub fn runtime_version(node: &Node, at: Option<H256>) -> Answer<Value> {
    let answer = node
        .call(at, "Core_version", &[])
        .map_err(error::about_runtime)?;
    let version = RuntimeVersion::decode(&mut &answer[..]).map_err(error::internal)?;
    let mut json = serde_json::to_value(&version).map_err(error::internal)?;
    if let Some(fields) = json.as_object_mut() {
        // The older name of the same number; clients ask for either.
        fields.insert("stateVersion".to_owned(), json!(version.system_version));
    }
    Ok(json)
}

/// The value of each key, or `None`, in the order of the keys; of a key that comes twice once, as on a real node.
pub fn values(state: &State<'_>, block: H256, keys: Vec<Bytes>) -> Answer<ChangeSet> {
    let mut known = HashSet::new();
    let mut changes = Vec::new();
    let mut size = 0usize;
    for key in keys {
        if known.insert(key.0.clone()) {
            let value = value(state, &key.0)?;
            size = size.saturating_add(value.as_ref().map_or(0, |Bytes(value)| value.len()));
            if size > MAX_VALUES {
                return Err(too_many(size, MAX_VALUES));
            }
            changes.push((key, value));
        }
    }
    Ok(ChangeSet { block, changes })
}

fn key_and_block(mut params: ParamsSequence<'_>) -> Answer<(Vec<u8>, Option<H256>)> {
    let Bytes(key) = params.next()?;
    Ok((key, params.optional_next::<Hash>()?.map(|hash| hash.0)))
}

fn read<T>(node: &Node, at: Option<H256>, read: impl FnOnce(&State<'_>) -> Answer<T>) -> Answer<T> {
    node.with_state(at, read).map_err(error::state)?
}

fn value(state: &State<'_>, key: &[u8]) -> Answer<Option<Bytes>> {
    Ok(state.storage(key).map_err(error::internal)?.map(Bytes))
}

/// At most `count` keys under `prefix`, in order, beginning after `after`.
fn keys(
    state: &State<'_>,
    prefix: &[u8],
    after: Option<&[u8]>,
    count: usize,
) -> Answer<Vec<Bytes>> {
    let mut range = IterArgs::default();
    range.prefix = Some(prefix);
    range.start_at = after;
    range.start_at_exclusive = true;
    let keys = state.keys(range).map_err(error::internal)?;
    keys.take(count)
        .map(|key| key.map(Bytes).map_err(error::internal))
        .collect()
}
