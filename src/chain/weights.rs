//! The weight row on chain, and the call that would set one.

use subxt::dynamic::{self, Value};
use subxt::tx::DynamicPayload;

use super::snapshot::storage;
use super::{ChainError, Node};
use crate::types::{BlockRef, MechanismId, Netuid, Uid, WeightVector};

/// A row of `Weights` at a block: `(uid, weight)` as the chain stores it.
pub async fn weight_row(
    node: &Node,
    at: BlockRef,
    netuid: Netuid,
    mechanism: MechanismId,
    uid: Uid,
) -> Result<Vec<(Uid, u16)>, ChainError> {
    let block = node.at(at).await?;
    let row: Vec<(u16, u16)> = storage(
        node,
        &block,
        at,
        "Weights",
        (storage_index(netuid, mechanism), uid.0),
    )
    .await?;
    Ok(row
        .into_iter()
        .map(|(uid, weight)| (Uid(uid), weight))
        .collect())
}

/// `mechanism · 4096 + netuid`, the chain's index for per-mechanism items.
fn storage_index(netuid: Netuid, mechanism: MechanismId) -> u16 {
    u16::from(mechanism.0) * 4096 + netuid.0
}

/// `set_weights`, or `set_mechanism_weights` above mechanism 0 (safe mode lets only the former through).
#[derive(Clone, Debug)]
pub struct WeightCall(DynamicPayload<Value>);

impl WeightCall {
    pub fn new(netuid: Netuid, vector: &WeightVector) -> Self {
        let column = |values: Vec<u16>| {
            Value::unnamed_composite(values.into_iter().map(|v| Value::u128(v.into())))
        };
        let (dests, weights) = vector
            .entries()
            .iter()
            .map(|(uid, weight)| (uid.0, *weight))
            .unzip();
        let netuid = ("netuid", Value::u128(netuid.0.into()));
        let dests = ("dests", column(dests));
        let weights = ("weights", column(weights));
        let version = ("version_key", Value::u128(vector.version_key().into()));
        let (name, fields) = match vector.mechanism().0 {
            0 => ("set_weights", vec![netuid, dests, weights, version]),
            m => (
                "set_mechanism_weights",
                vec![
                    netuid,
                    ("mecid", Value::u128(m.into())),
                    dests,
                    weights,
                    version,
                ],
            ),
        };
        Self(dynamic::transaction(
            "SubtensorModule",
            name,
            Value::named_composite(fields),
        ))
    }

    pub(super) fn payload(&self) -> &DynamicPayload<Value> {
        &self.0
    }
}
