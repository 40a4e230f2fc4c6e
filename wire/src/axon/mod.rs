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
    pub const NAME: &str = "name";
    pub const TIMEOUT: &str = "timeout";
    pub const AXON_IP: &str = "bt_header_axon_ip";
    pub const AXON_PORT: &str = "bt_header_axon_port";
    pub const AXON_VERSION: &str = "bt_header_axon_version";
    pub const AXON_NONCE: &str = "bt_header_axon_nonce";
    pub const AXON_UUID: &str = "bt_header_axon_uuid";
    pub const AXON_HOTKEY: &str = "bt_header_axon_hotkey";
    pub const AXON_SIGNATURE: &str = "bt_header_axon_signature";
    pub const AXON_STATUS_CODE: &str = "bt_header_axon_status_code";
    pub const AXON_STATUS_MESSAGE: &str = "bt_header_axon_status_message";
    pub const AXON_PROCESS_TIME: &str = "bt_header_axon_process_time";
    pub const DENDRITE_IP: &str = "bt_header_dendrite_ip";
    pub const DENDRITE_VERSION: &str = "bt_header_dendrite_version";
    pub const DENDRITE_NONCE: &str = "bt_header_dendrite_nonce";
    pub const DENDRITE_UUID: &str = "bt_header_dendrite_uuid";
    pub const DENDRITE_HOTKEY: &str = "bt_header_dendrite_hotkey";
    pub const DENDRITE_SIGNATURE: &str = "bt_header_dendrite_signature";
    /// Followed by a field's name; the value is base64 of an empty JSON value of the field's type.
    pub const INPUT_OBJ: &str = "bt_header_input_obj_";
    pub const BODY_HASH: &str = "computed_body_hash";
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
