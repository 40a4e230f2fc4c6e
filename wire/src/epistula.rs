//! Epistula: an OpenAI-style body under headers that sign its hash, as SN1 and others use it.
//!
//! The axon protocol signs chosen fields, this one the body's bytes.

use crate::{AccountId32, Uuid, py::float_repr, signature};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::time::Duration;

/// Age at which verifiers call a request stale.
const MAX_AGE_MS: u64 = 8_000;
/// Length of the interval that the secret signatures name.
const INTERVAL_MS: f64 = 10_000.0;

/// Header names, as SN1's miners read them.
pub mod header {
    /// The protocol's version: `2`.
    pub const VERSION: &str = "Epistula-Version";
    /// When the request was signed, Unix milliseconds.
    pub const TIMESTAMP: &str = "Epistula-Timestamp";
    /// Fresh for each request, version 4.
    pub const UUID: &str = "Epistula-Uuid";
    /// The asker's hotkey, ss58.
    pub const SIGNED_BY: &str = "Epistula-Signed-By";
    /// The asked miner's hotkey, ss58.
    pub const SIGNED_FOR: &str = "Epistula-Signed-For";
    /// By the asker's hotkey over what [`super::Variant`] says, `0x` and 128 hex digits.
    pub const REQUEST_SIGNATURE: &str = "Epistula-Request-Signature";
    /// Over `{interval - 1}.{for}`, `{interval}.{for}` and `{interval + 1}.{for}`, the interval being the end of the
    /// running ten seconds in milliseconds.
    pub const SECRET_SIGNATURES: [&str; 3] = [
        "Epistula-Secret-Signature-0",
        "Epistula-Secret-Signature-1",
        "Epistula-Secret-Signature-2",
    ];
    /// How long the asker waits, in seconds.
    pub const CLIENT_TIMEOUT: &str = "X-Client-Timeout";
}

/// What exactly is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Variant {
    /// `sha256(body).uuid.timestamp.signed_for`
    #[default]
    V2,
    /// `sha256(body).timestamp.signed_for`, as Apex does since 2026.
    Apex,
}

/// A request to be signed.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What the signature covers.
    pub variant: Variant,
    /// As sent, byte for byte.
    pub body: &'a [u8],
    /// Fresh for each request.
    pub uuid: Uuid,
    /// Unix time in milliseconds.
    pub timestamp: u64,
    /// Who asks.
    pub signed_by: AccountId32,
    /// The miner that is asked: no other one takes the request.
    pub signed_for: AccountId32,
    /// How long the asker waits; told in seconds, and not signed.
    pub client_timeout: Duration,
}

impl Request<'_> {
    /// The headers, four signatures in all.
    pub fn headers(&self, sign: impl Fn(&str) -> [u8; 64]) -> Vec<(&'static str, String)> {
        let signed_for = self.signed_for.to_string();
        let uuid = self.uuid.to_string();
        let message = request_message(self.variant, self.body, &uuid, self.timestamp, &signed_for);
        let seal = |message: &str| signature::to_header(&sign(message));
        let mut headers = vec![
            (header::VERSION, "2".into()),
            (header::TIMESTAMP, self.timestamp.to_string()),
            (header::UUID, uuid),
            (header::SIGNED_BY, self.signed_by.to_string()),
            (header::SIGNED_FOR, signed_for.clone()),
            (header::REQUEST_SIGNATURE, seal(&message)),
            (
                header::CLIENT_TIMEOUT,
                self.client_timeout.as_secs_f64().to_string(),
            ),
        ];
        let secrets = secret_messages(self.timestamp, &signed_for);
        headers.extend(
            header::SECRET_SIGNATURES
                .into_iter()
                .zip(secrets.iter().map(|text| seal(text))),
        );
        headers
    }
}

fn request_message(
    variant: Variant,
    body: &[u8],
    uuid: &str,
    timestamp: u64,
    signed_for: &str,
) -> String {
    let hash = hex::encode(Sha256::digest(body));
    match variant {
        Variant::V2 => format!("{hash}.{uuid}.{timestamp}.{signed_for}"),
        Variant::Apex => format!("{hash}.{timestamp}.{signed_for}"),
    }
}

/// The end of the running ten-second interval and the milliseconds around it, printed as Python's floats.
fn secret_messages(timestamp: u64, signed_for: &str) -> [String; 3] {
    let interval = (timestamp as f64 / INTERVAL_MS).ceil() * INTERVAL_MS;
    [-1.0, 0.0, 1.0].map(|step| format!("{}.{signed_for}", float_repr(interval + step)))
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EpistulaError {
    /// A header that the variant needs isn't there.
    #[error("header {0} is missing")]
    Missing(&'static str),
    /// A header's value isn't of its form, or the version isn't 2; then the value as sent.
    #[error("header {0} can't be read: {1:?}")]
    Malformed(&'static str, String),
    /// Signed longer ago than 8,000 ms; its age in milliseconds.
    #[error("Request is too stale: {0} ms old")]
    Stale(u64),
    /// Signed further ahead of this clock than 8,000 ms; by how many. SN1's own verifier has no such bound.
    #[error("request is {0} ms ahead of this clock")]
    Future(u64),
    /// Signed for another hotkey: the text as sent.
    #[error("request is signed for {0}, not for this hotkey")]
    NotForMe(String),
    /// The asker's hotkey didn't sign this body, uuid, time and receiver.
    #[error("Signature Mismatch")]
    BadSignature,
}

/// Gives back who signed. `get` looks a header up, ignoring case; `now` is the Unix time in milliseconds.
///
/// Remembering uuids against replays within the window is the caller's business, and so is deciding
/// whether to answer this asker.
pub fn verify<'h>(
    variant: Variant,
    get: impl Fn(&str) -> Option<Cow<'h, str>>,
    body: &[u8],
    me: &AccountId32,
    now: u64,
) -> Result<AccountId32, EpistulaError> {
    let text = |name: &'static str| get(name).ok_or(EpistulaError::Missing(name));
    let malformed = |name, value: &str| EpistulaError::Malformed(name, value.into());
    let version = text(header::VERSION)?;
    if version != "2" {
        return Err(malformed(header::VERSION, &version));
    }
    let timestamp = text(header::TIMESTAMP)?;
    let timestamp: u64 = timestamp
        .parse()
        .map_err(|_| malformed(header::TIMESTAMP, &timestamp))?;
    let signed_by = text(header::SIGNED_BY)?;
    let signed_by: AccountId32 = signed_by
        .parse()
        .map_err(|_| malformed(header::SIGNED_BY, &signed_by))?;
    let signed_for = text(header::SIGNED_FOR)?;
    if signed_for.parse() != Ok(*me) {
        return Err(EpistulaError::NotForMe(signed_for.into_owned()));
    }
    let age = now.saturating_sub(timestamp);
    if age > MAX_AGE_MS {
        return Err(EpistulaError::Stale(age));
    }
    let ahead = timestamp.saturating_sub(now);
    if ahead > MAX_AGE_MS {
        return Err(EpistulaError::Future(ahead));
    }
    let uuid = match variant {
        Variant::V2 => text(header::UUID)?,
        Variant::Apex => Cow::Borrowed(""),
    };
    let message = request_message(variant, body, &uuid, timestamp, &signed_for);
    let seal = text(header::REQUEST_SIGNATURE)?;
    let bytes =
        signature::from_header(&seal).ok_or_else(|| malformed(header::REQUEST_SIGNATURE, &seal))?;
    if !signature::verifies(&bytes, message.as_bytes(), &signed_by) {
        return Err(EpistulaError::BadSignature);
    }
    Ok(signed_by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_printed_as_a_float() {
        let expected = [
            "1795344519999.0.X",
            "1795344520000.0.X",
            "1795344520001.0.X",
        ];
        assert_eq!(secret_messages(1795344510937, "X"), expected);
    }
}
