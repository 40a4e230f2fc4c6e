//! The calls that our programs make, as pallet `SubtensorModule` names them. Arguments are encoded when a call is
//! signed, by the types of the metadata at that block.

use std::net::{IpAddr, SocketAddr};

use subxt::dynamic::{self, Value};
use subxt::tx::DynamicPayload;

use crate::block::PALLET;
use crate::{Hotkey, MechanismId, Netuid, WeightVector};

/// A call that can be signed.
#[derive(Clone, Debug)]
pub struct Call {
    name: &'static str,
    payload: DynamicPayload<Value>,
}

impl Call {
    fn new(name: &'static str, fields: Vec<(&str, Value)>) -> Self {
        let payload = dynamic::transaction(PALLET, name, Value::named_composite(fields));
        Self { name, payload }
    }

    /// The pallet's name of it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn payload(&self) -> &DynamicPayload<Value> {
        &self.payload
    }
}

/// The call that sets a vector openly: [`set_weights`] for mechanism 0, since safe mode lets only that one through,
/// [`set_mechanism_weights`] above.
pub fn weights(netuid: Netuid, vector: &WeightVector) -> Call {
    match vector.mechanism() {
        MechanismId(0) => set_weights(netuid, vector),
        _ => set_mechanism_weights(netuid, vector),
    }
}

/// `set_weights(netuid, dests, weights, version_key)`, signed by the hotkey.
pub fn set_weights(netuid: Netuid, vector: &WeightVector) -> Call {
    let [dests, weights, version] = columns(vector);
    Call::new(
        "set_weights",
        vec![("netuid", number(netuid.0)), dests, weights, version],
    )
}

/// `set_mechanism_weights(netuid, mecid, dests, weights, version_key)`, signed by the hotkey.
pub fn set_mechanism_weights(netuid: Netuid, vector: &WeightVector) -> Call {
    let [dests, weights, version] = columns(vector);
    let mechanism = ("mecid", number(vector.mechanism().0));
    let netuid = ("netuid", number(netuid.0));
    Call::new(
        "set_mechanism_weights",
        vec![netuid, mechanism, dests, weights, version],
    )
}

/// `burned_register(netuid, hotkey)`, signed by the coldkey that pays.
pub fn burned_register(netuid: Netuid, hotkey: Hotkey) -> Call {
    let hotkey = ("hotkey", Value::from_bytes(hotkey.0));
    Call::new(
        "burned_register",
        vec![("netuid", number(netuid.0)), hotkey],
    )
}

/// `serve_axon(netuid, version, ip, port, ip_type, protocol, placeholder1, placeholder2)`, signed by the hotkey.
/// `version` is the SDK's as one number (10002000 = 10.2.0).
pub fn serve_axon(netuid: Netuid, axon: SocketAddr, version: u32) -> Call {
    /// What the SDK's axons announce.
    const HTTP: u8 = 4;
    let (ip, ip_type) = match axon.ip() {
        IpAddr::V4(ip) => (u128::from(u32::from(ip)), 4u8),
        IpAddr::V6(ip) => (u128::from(ip), 6),
    };
    Call::new(
        "serve_axon",
        vec![
            ("netuid", number(netuid.0)),
            ("version", number(version)),
            ("ip", number(ip)),
            ("port", number(axon.port())),
            ("ip_type", number(ip_type)),
            ("protocol", number(HTTP)),
            ("placeholder1", number(0u8)),
            ("placeholder2", number(0u8)),
        ],
    )
}

fn columns(vector: &WeightVector) -> [(&'static str, Value); 3] {
    let column = |values: Vec<u16>| Value::unnamed_composite(values.into_iter().map(number::<u16>));
    let (dests, weights) = vector.entries().iter().map(|(u, w)| (u.0, *w)).unzip();
    [
        ("dests", column(dests)),
        ("weights", column(weights)),
        ("version_key", number(vector.version_key())),
    ]
}

fn number<N: Into<u128>>(value: N) -> Value {
    Value::u128(value.into())
}
