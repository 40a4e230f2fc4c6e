//! What a request says about itself, before any of it is believed.

use super::{Rejection, header};
use std::str::FromStr;

/// The headers of an incoming request.
#[derive(Clone, Debug, PartialEq)]
pub struct Presented {
    /// Seconds; 12 when the header is absent. Any float, `nan` and `inf` included.
    pub timeout: f64,
    /// The asker's external address, as it gives it; a text that nothing checks.
    pub dendrite_ip: Option<String>,
    /// SDK version as [`crate::version`] counts; real axons ask only those of 7.2.0 and newer for a fresh nonce.
    pub version: Option<u64>,
    /// Unix nanoseconds, so it says.
    pub nonce: Option<u64>,
    /// Of the request, or of the dendrite that sends it as in the SDK; nonces grow per (hotkey, uuid).
    pub uuid: Option<String>,
    /// The ss58 text as sent: it is part of the signed message.
    pub hotkey: Option<String>,
    /// `0x` and 128 hex digits over the message that also names this axon; a real axon lets it be absent.
    pub signature: Option<String>,
    /// The hash that was signed, hex; [`super::check_body`] compares it with the body's.
    pub body_hash: Option<String>,
}

impl Presented {
    /// Reads headers through `get`, which must ignore case. `required` are the synapse's fields that have
    /// no default.
    ///
    /// Errors: a number that isn't one, or a required field's header missing (500 at a real axon, before
    /// anything is verified).
    pub fn read(
        get: impl Fn(&str) -> Option<String>,
        required: &[&str],
    ) -> Result<Self, Rejection> {
        for field in required {
            let name = format!("{}{field}", header::INPUT_OBJ);
            if get(&name).is_none() {
                return Err(Rejection::MissingHeader(name));
            }
        }
        let text = |name: &str| get(name).filter(|value| !value.is_empty());
        Ok(Presented {
            timeout: number(&get, header::TIMEOUT)?.unwrap_or(12.0),
            dendrite_ip: text(header::DENDRITE_IP),
            version: number(&get, header::DENDRITE_VERSION)?,
            nonce: number(&get, header::DENDRITE_NONCE)?,
            uuid: text(header::DENDRITE_UUID),
            hotkey: text(header::DENDRITE_HOTKEY),
            signature: text(header::DENDRITE_SIGNATURE),
            body_hash: text(header::BODY_HASH),
        })
    }
}

fn number<T: FromStr>(
    get: impl Fn(&str) -> Option<String>,
    name: &str,
) -> Result<Option<T>, Rejection> {
    let Some(value) = get(name) else {
        return Ok(None);
    };
    match value.trim().parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(Rejection::BadHeader {
            name: name.into(),
            value,
        }),
    }
}
