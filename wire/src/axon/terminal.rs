//! A synapse's own account of who asks whom: the fields beside those that its class declares. The SDK builds what a
//! miner's `forward()` sees from the body alone, so that they stand in it too. They are never hashed.

use super::Presented;
use serde_json::{Map, Value, json};

/// All that the SDK knows of either end; what isn't told is null.
pub(super) fn terminal(told: Value) -> Value {
    let mut all = json!({"status_code": null, "status_message": null, "process_time": null, "ip": null,
        "port": null, "version": null, "nonce": null, "uuid": null, "hotkey": null, "signature": null});
    merge(&mut all, told);
    all
}

/// The asker as it presents itself.
pub(super) fn dendrite(asked: &Presented) -> Value {
    terminal(
        json!({"ip": asked.dendrite_ip, "version": asked.version, "nonce": asked.nonce, "uuid": asked.uuid,
        "hotkey": asked.hotkey, "signature": asked.signature}),
    )
}

/// A whole synapse. A field that the class declares wins over one of the same name here.
pub(super) fn synapse(
    name: &str,
    timeout: f64,
    ends: (Value, Value),
    fields: Map<String, Value>,
) -> Value {
    let (dendrite, axon) = ends;
    let mut whole = json!({"name": name, "timeout": timeout, "total_size": 0, "header_size": 0,
        "dendrite": dendrite, "axon": axon, "computed_body_hash": ""});
    merge(&mut whole, Value::Object(fields));
    whole
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
