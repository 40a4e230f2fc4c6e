//! `system_*`, `account_*`, `payment_*` and `rpc_methods`: who this node is, nonces, fees.

use codec::{Decode, Encode};
use jsonrpsee::RpcModule;
use jsonrpsee::server::RegisterMethodError;
use serde_json::{Value, json};
use sp_core::crypto::{AccountId32, Ss58Codec};

use super::error::{self, Answer, invalid_params};
use super::values::{Bytes, Hash};
use crate::node::Node;

/// Registers the methods of this file.
pub fn register(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    module.register_method("system_name", |_, _, _| "weighmaster localnet")?;
    module.register_method("system_version", |_, _, _| env!("CARGO_PKG_VERSION"))?;
    module.register_method("system_chain", |_, _, _| "Bittensor local")?;
    module.register_method("system_chainType", |_, _, _| "Local")?;
    module.register_method("system_nodeRoles", |_, _, _| ["Authority"])?;
    module.register_method("system_peers", |_, _, _| Vec::<Value>::new())?;
    module.register_method("system_properties", |_, _, _| {
        json!({ "isEthereum": false, "ss58Format": 42, "tokenDecimals": 9, "tokenSymbol": "TAO" })
    })?;
    module.register_method(
        "system_health",
        |_, _, _| json!({ "peers": 0, "isSyncing": false, "shouldHavePeers": false }),
    )?;
    module.register_method("system_syncState", |_, node, _| {
        let best = node.heads().best.number;
        json!({ "startingBlock": 0, "currentBlock": best, "highestBlock": best })
    })?;
    module.register_blocking_method("account_nextIndex", |params, node, _| -> Answer<u32> {
        let address: String = params.one()?;
        let account = AccountId32::from_ss58check(&address)
            .map_err(|error| invalid_params(format!("{address:?} is no ss58 address: {error}")))?;
        let answer = node
            .call(None, "AccountNonceApi_account_nonce", &account.encode())
            .map_err(error::call)?;
        let mut nonce = u32::decode(&mut &answer[..]).map_err(error::internal)?;
        // What waits in the pool uses up nonces, up to the first that is free.
        node.with_pool(|pool| {
            while pool.provides(&(&account, nonce).encode()) {
                nonce += 1;
            }
        });
        Ok(nonce)
    })?;
    module.register_alias("system_accountNextIndex", "account_nextIndex")?;
    module.register_blocking_method("system_dryRun", |params, node, _| -> Answer<Bytes> {
        let mut params = params.sequence();
        let Bytes(extrinsic) = params.next()?;
        let at = params.optional_next::<Hash>()?.map(|hash| hash.0);
        node.call(at, "BlockBuilder_apply_extrinsic", &extrinsic)
            .map(Bytes)
            .map_err(error::call)
    })?;
    module.register_blocking_method("payment_queryInfo", |params, node, _| -> Answer<Value> {
        let mut params = params.sequence();
        let Bytes(mut data) = params.next()?;
        let at = params.optional_next::<Hash>()?.map(|hash| hash.0);
        let length = u32::try_from(data.len()).map_err(error::internal)?;
        data.extend(length.encode());
        let answer = node
            .call(at, "TransactionPaymentApi_query_info", &data)
            .map_err(error::call)?;
        type Info = (codec::Compact<u64>, codec::Compact<u64>, u8, u64);
        let (ref_time, proof_size, class, fee) =
            Info::decode(&mut &answer[..]).map_err(error::internal)?;
        let class = match class {
            0 => "normal",
            1 => "operational",
            _ => "mandatory",
        };
        Ok(json!({
            "weight": { "ref_time": ref_time.0, "proof_size": proof_size.0 },
            "class": class,
            "partialFee": fee.to_string(),
        }))
    })?;
    Ok(())
}

/// Lists every method registered so far, aliases among them: one of the SDKs only calls what it finds here.
pub fn register_list(module: &mut RpcModule<Node>) -> Result<(), RegisterMethodError> {
    let mut methods: Vec<&'static str> = module.method_names().chain(["rpc_methods"]).collect();
    methods.sort_unstable();
    module.register_method("rpc_methods", move |_, _, _| json!({ "methods": methods }))?;
    Ok(())
}
