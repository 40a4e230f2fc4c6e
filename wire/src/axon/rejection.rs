//! Why an axon refuses a request, in the words and with the status codes of the SDK's axon.

/// A refusal. `Display` is the text that a real axon puts into `{"message": …}`, except for the internal
/// errors, whose text is for the axon's own log: the asker only gets an incident number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Rejection {
    #[error("Synapse name '{name}' not found. Available synapses [{}]", quoted(.available))]
    UnknownSynapse {
        name: String,
        available: Vec<String>,
    },
    #[error("Forbidden. Key is blacklisted: {0}.")]
    Blacklisted(String),
    #[error("Not Verified with error: No SS58 formatted address or public key provided.")]
    NoHotkey,
    #[error("Not Verified with error: Invalid SS58 address {0}")]
    BadHotkey(String),
    #[error("Not Verified with error: Missing Nonce")]
    MissingNonce,
    #[error(
        "Not Verified with error: Nonce is too old: acceptable delta is {allowed_s:.2} seconds but request was {age_s:.2} seconds old"
    )]
    StaleNonce { allowed_s: f64, age_s: f64 },
    #[error("Not Verified with error: Nonce is too old, a newer one was last processed")]
    UsedNonce,
    #[error(
        "Not Verified with error: Nonce is {ahead_s:.2} seconds in the future: check the clock"
    )]
    FutureNonce { ahead_s: f64 },
    #[error("Not Verified with error: Missing Signature")]
    MissingSignature,
    #[error("Not Verified with error: Invalid signature format. Expected hex string.")]
    BadSignatureFormat,
    #[error("Not Verified with error: Signature mismatch with {message} and {signature}")]
    BadSignature { message: String, signature: String },
    #[error("JSON decode error: {0}")]
    BadJson(String),
    #[error("header {name} can't be read: {value:?}")]
    BadHeader { name: String, value: String },
    #[error("header {0} is missing")]
    MissingHeader(String),
    #[error("body: {0}")]
    BadBody(String),
    #[error("Hash mismatch between header body hash {claimed} and parsed body hash {actual}")]
    BodyHash { claimed: String, actual: String },
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
