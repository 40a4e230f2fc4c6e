//! Why an axon refuses a request, in the words and with the status codes of the SDK's axon.

/// A refusal. `Display` is the text that a real axon puts into `{"message": …}`, except for the internal
/// errors, whose text is for the axon's own log: the asker only gets an incident number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Rejection {
    /// The URL's path names no synapse that this axon answers.
    #[error("Synapse name '{name}' not found. Available synapses [{}]", quoted(.available))]
    UnknownSynapse {
        /// The name that was asked for.
        name: String,
        /// The names that would have been answered.
        available: Vec<String>,
    },
    /// The asker is not among those whom the miner answers; the reason, as told to it.
    #[error("Forbidden. Key is blacklisted: {0}.")]
    Blacklisted(String),
    /// No header says who asks.
    #[error("Not Verified with error: No SS58 formatted address or public key provided.")]
    NoHotkey,
    /// The asker's hotkey, as sent, isn't an ss58 address.
    #[error("Not Verified with error: Invalid SS58 address {0}")]
    BadHotkey(String),
    /// Nothing says when the request was signed.
    #[error("Not Verified with error: Missing Nonce")]
    MissingNonce,
    /// The first nonce of a uuid is too long ago.
    #[error(
        "Not Verified with error: Nonce is too old: acceptable delta is {allowed_s:.2} seconds but request was {age_s:.2} seconds old"
    )]
    StaleNonce {
        /// The age from which on it is refused, in seconds: 4 and the request's timeout.
        allowed_s: f64,
        /// Its age by the axon's clock, in seconds.
        age_s: f64,
    },
    /// The nonce is not above the last one of its (hotkey, uuid), or old enough to have been forgotten: a replay,
    /// or requests under one uuid that overtook each other.
    #[error("Not Verified with error: Nonce is too old, a newer one was last processed")]
    UsedNonce,
    /// The nonce is further ahead than [`super::Policy::max_ahead_s`]. The SDK's axon has no such bound.
    #[error(
        "Not Verified with error: Nonce is {ahead_s:.2} seconds in the future: check the clock"
    )]
    FutureNonce {
        /// How far it is ahead of the axon's clock, in seconds.
        ahead_s: f64,
    },
    /// Unsigned, where [`super::Policy::signature_required`] holds.
    #[error("Not Verified with error: Missing Signature")]
    MissingSignature,
    /// The signature isn't `0x` and 128 hex digits.
    #[error("Not Verified with error: Invalid signature format. Expected hex string.")]
    BadSignatureFormat,
    /// The asker's hotkey didn't sign this.
    #[error("Not Verified with error: Signature mismatch with {message} and {signature}")]
    BadSignature {
        /// The text that should have been signed, made of the headers.
        message: String,
        /// The header as sent.
        signature: String,
    },
    /// The body isn't UTF-8 or isn't JSON; what the parser says.
    #[error("JSON decode error: {0}")]
    BadJson(String),
    /// A header should hold a number, or name JSON as the content type, and doesn't.
    #[error("header {name} can't be read: {value:?}")]
    BadHeader {
        /// In the SDK's spelling.
        name: String,
        /// As sent; empty where an absent content type is meant.
        value: String,
    },
    /// A required field of the synapse has no header; the header's name.
    #[error("header {0} is missing")]
    MissingHeader(String),
    /// The body can't be received, isn't an object, or lacks a field; what is wrong with it.
    #[error("body: {0}")]
    BadBody(String),
    /// The body isn't the one that was signed.
    #[error("Hash mismatch between header body hash {claimed} and parsed body hash {actual}")]
    BodyHash {
        /// The hash in the headers, hex; empty where there is none.
        claimed: String,
        /// The hash of the fields that came, hex.
        actual: String,
    },
}

impl Rejection {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        use Rejection::*;
        match self {
            UnknownSynapse { .. } => 404,
            Blacklisted(_) => 403,
            NoHotkey
            | BadHotkey(_)
            | MissingNonce
            | StaleNonce { .. }
            | UsedNonce
            | FutureNonce { .. }
            | MissingSignature
            | BadSignatureFormat
            | BadSignature { .. } => 401,
            BadJson(_) => 422,
            BadHeader { .. } | MissingHeader(_) | BadBody(_) | BodyHash { .. } => 500,
        }
    }
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    quoted.join(", ")
}
