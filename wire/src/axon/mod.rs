//! The SDK's own protocol: `POST http://{ip}:{port}/{SynapseName}`, a JSON body, and headers that say who
//! asks whom and prove it.
//!
//! Only the request is signed. Nothing authenticates a successful answer, so a client must take from it no
//! more than the fields that the synapse declares as outputs.

mod body;
mod nonces;
mod presented;
mod rejection;
mod request;
mod response;
mod terminal;
mod verify;

pub use body::{check_body, read_fields};
pub use nonces::NonceBook;
pub use presented::Presented;
pub use rejection::Rejection;
pub use request::{Request, RequestError, Signed, Target, is_identifier};
pub use response::{Axon, Incident, Reply};
pub use verify::{Policy, Verifier};

/// Header names, as the SDK writes them.
pub mod header {
    /// The synapse's name once more; a real axon goes by the URL.
    pub const NAME: &str = "name";
    /// How long the asker waits, seconds as a Python float: `12.0`.
    pub const TIMEOUT: &str = "timeout";
    /// The asked axon's address, as text without brackets.
    pub const AXON_IP: &str = "bt_header_axon_ip";
    /// The asked axon's port.
    pub const AXON_PORT: &str = "bt_header_axon_port";
    /// The answering axon's SDK version, in signed refusals.
    pub const AXON_VERSION: &str = "bt_header_axon_version";
    /// The answering axon's clock in signed refusals, Unix nanoseconds.
    pub const AXON_NONCE: &str = "bt_header_axon_nonce";
    /// The answering axon's process, in signed refusals.
    pub const AXON_UUID: &str = "bt_header_axon_uuid";
    /// The asked axon's hotkey, ss58.
    pub const AXON_HOTKEY: &str = "bt_header_axon_hotkey";
    /// By the axon's hotkey over `nonce.dendrite.axon.uuid`, in refusals alone.
    pub const AXON_SIGNATURE: &str = "bt_header_axon_signature";
    /// The HTTP status once more, in answers. The SDK's dendrite believes it above the real one.
    pub const AXON_STATUS_CODE: &str = "bt_header_axon_status_code";
    /// `Success`, or what the refusal's body says.
    pub const AXON_STATUS_MESSAGE: &str = "bt_header_axon_status_message";
    /// How long the axon took, seconds as a Python float.
    pub const AXON_PROCESS_TIME: &str = "bt_header_axon_process_time";
    /// The asker's external address.
    pub const DENDRITE_IP: &str = "bt_header_dendrite_ip";
    /// The asker's SDK version: see [`crate::version`].
    pub const DENDRITE_VERSION: &str = "bt_header_dendrite_version";
    /// When the request was signed, Unix nanoseconds.
    pub const DENDRITE_NONCE: &str = "bt_header_dendrite_nonce";
    /// Of the request, or of the dendrite that sends it: nonces grow per (hotkey, uuid).
    pub const DENDRITE_UUID: &str = "bt_header_dendrite_uuid";
    /// The asker's hotkey, ss58.
    pub const DENDRITE_HOTKEY: &str = "bt_header_dendrite_hotkey";
    /// By the asker's hotkey over `nonce.dendrite.axon.uuid.body_hash`: see [`crate::signature`].
    pub const DENDRITE_SIGNATURE: &str = "bt_header_dendrite_signature";
    /// Followed by a field's name; the value is base64 of an empty JSON value of the field's type.
    pub const INPUT_OBJ: &str = "bt_header_input_obj_";
    /// Of the hashed fields, hex: see [`crate::body_hash::body_hash`].
    pub const BODY_HASH: &str = "computed_body_hash";
    /// `application/json`, without which a real axon answers 500.
    pub const CONTENT_TYPE: &str = "content-type";
}

/// The synapse that every axon answers with an echo.
pub const PING: &str = "Synapse";

/// Header names and values.
pub type Headers = Vec<(std::borrow::Cow<'static, str>, String)>;

/// What a dendrite signs. `body_hash` and `uuid` are the header texts, or `None` in words.
fn signed_message(nonce: u64, dendrite: &str, axon: &str, uuid: &str, body_hash: &str) -> String {
    format!("{nonce}.{dendrite}.{axon}.{uuid}.{body_hash}")
}
