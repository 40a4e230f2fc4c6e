//! `dev_*`: making time pass, changing the past, and breaking things on purpose. Registered only with `--dev`.

use std::sync::atomic::Ordering;
use std::time::Duration;

use codec::Encode;
use jsonrpsee::RpcModule;
use jsonrpsee::server::RegisterMethodError;
use jsonrpsee::types::Params;
use localnet_runtime::UpgradeLevel;
use serde_json::{Value, json};

use super::error::{self, Answer, internal, invalid_params};
use super::values::Bytes;
use crate::author::MAX_TIME_MS;
use crate::chain::BlockRef;
use crate::node::{Node, PlannedAnswer, SealError};

/// Blocks in one fast-forward: more are asked for in several calls.
const MAX_FAST_FORWARD: u32 = 100_000;
/// Longest delay that a test may put before an answer.
const MAX_DELAY_MS: u64 = 600_000;

/// Registers the methods of this file.
pub fn register(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    time(module)?;
    history(module)?;
    faults(module)
}

fn time(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_blocking_method("dev_seal", |_, node, _| -> Answer<Value> {
        ensure_calm(&node)?;
        node.seal(Vec::new()).map(block).map_err(internal)
    })?;
    module.register_blocking_method("dev_fastForward", |params, node, _| -> Answer<Value> {
        let count: u32 = params.one()?;
        if count > MAX_FAST_FORWARD {
            return Err(invalid_params(format!(
                "{count} blocks: at most {MAX_FAST_FORWARD} in one call"
            )));
        }
        node.fast_forward(count).map(block).map_err(internal)
    })?;
    module.register_method("dev_setTime", |params, node, _| -> Answer<bool> {
        let time: u64 = params.one()?;
        if time > MAX_TIME_MS {
            return Err(invalid_params(format!(
                "{time}: give Unix milliseconds up to {MAX_TIME_MS}, for a chain never goes back"
            )));
        }
        node.clock.set(time);
        Ok(true)
    })?;
    // Sealing on the timer stops and goes on; dev_seal works all the while.
    module.register_method("dev_pause", |params, node, _| -> Answer<bool> {
        let paused: bool = params.one()?;
        node.faults.paused.store(paused, Ordering::Relaxed);
        Ok(paused)
    })?;
    Ok(())
}

/// Who waited for a fast-forward to end would keep a thread from others.
fn ensure_calm(node: &Node) -> Answer<()> {
    if node.is_forwarding() {
        return Err(internal(SealError::Forwarding));
    }
    Ok(())
}

fn history(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_blocking_method("dev_setStorage", |params, node, _| -> Answer<Value> {
        let pairs: Vec<(Bytes, Option<Bytes>)> = params.one()?;
        let overrides = pairs
            .into_iter()
            .map(|(Bytes(key), value)| (key, value.map(|Bytes(value)| value)))
            .collect();
        ensure_calm(&node)?;
        node.seal(overrides).map(block).map_err(internal)
    })?;
    module.register_blocking_method("dev_retract", |params, node, _| -> Answer<Value> {
        ensure_calm(&node)?;
        node.retract(params.one()?)
            .map(block)
            .map_err(invalid_params)
    })?;
    // Clients see another runtime from the sealed block on; `upgrade` in the runtime says what changes.
    module.register_blocking_method("dev_upgrade", |_, node, _| -> Answer<Value> {
        ensure_calm(&node)?;
        let level = node
            .read(None, UpgradeLevel::get)
            .map_err(error::call)?
            .saturating_add(1);
        let raised = (UpgradeLevel::key().to_vec(), Some(level.encode()));
        node.seal(vec![raised]).map(block).map_err(internal)
    })?;
    module.register_method("dev_discardState", |params, node, _| -> Answer<bool> {
        node.discard_states(params.one()?);
        Ok(true)
    })?;
    Ok(())
}

fn faults(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_method("dev_dropSockets", |_, node, _| {
        node.faults.drop_sockets.send_modify(|count| *count += 1);
        true
    })?;
    module.register_method("dev_halfOpen", |_, node, _| {
        node.faults.half_open.send_modify(|count| *count += 1);
        true
    })?;
    module.register_blocking_method("dev_stallHeads", |params, node, _| -> Answer<bool> {
        let stalled: bool = params.one()?;
        node.faults.stall_heads.store(stalled, Ordering::Relaxed);
        if !stalled {
            node.announce();
        }
        Ok(stalled)
    })?;
    module.register_method("dev_delay", |params, node, _| -> Answer<bool> {
        let delay_ms: u64 = params.one()?;
        if delay_ms > MAX_DELAY_MS {
            return Err(invalid_params(format!(
                "{delay_ms} ms: at most {MAX_DELAY_MS}"
            )));
        }
        node.faults.set_delay(Duration::from_millis(delay_ms));
        Ok(delay_ms > 0)
    })?;
    module.register_method("dev_answer", |params, node, _| plan_answer(&params, node))?;
    module.register_method("dev_httpStatus", |params, node, _| -> Answer<bool> {
        let mut params = params.sequence();
        let (status, times): (u16, u32) = (params.next()?, params.next()?);
        if !(400..600).contains(&status) {
            return Err(invalid_params(format!(
                "{status} is no status of an HTTP error"
            )));
        }
        node.faults.set_http(status, times);
        Ok(times > 0)
    })?;
    Ok(())
}

fn plan_answer(params: &Params<'_>, node: &Node) -> Answer<bool> {
    let mut params = params.sequence();
    let (method, code, times): (String, i32, u32) =
        (params.next()?, params.next()?, params.next()?);
    let message = params
        .optional_next()?
        .unwrap_or_else(|| "planned error".to_owned());
    if method.starts_with("dev_") {
        return Err(invalid_params(format!("{method} must stay callable")));
    }
    node.faults.plan(
        method,
        PlannedAnswer {
            code,
            message,
            times,
        },
    );
    Ok(times > 0)
}

fn block(block: BlockRef) -> Value {
    json!({ "number": block.number, "hash": block.hash })
}
