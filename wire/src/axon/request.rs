//! The client's side: one signed request.

use super::{Headers, Presented, header, signed_message, terminal};
use crate::{AccountId32, Py, Uuid, body_hash::body_hash, py::float_repr, signature};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde_json::{Map, Value, json};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// The axon that is asked, as the metagraph names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Where it listens; also told in the headers.
    pub addr: SocketAddr,
    /// Who is to answer. It is part of what is signed, so that no other axon takes the request.
    pub hotkey: AccountId32,
}

impl Target {
    /// `http://{ip}:{port}/{synapse}`, IPv6 addresses in brackets.
    pub fn url(&self, synapse: &str) -> String {
        format!("http://{}/{synapse}", self.addr)
    }
}

/// A synapse to be sent.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Whom to ask.
    pub target: Target,
    /// Who asks.
    pub dendrite: AccountId32,
    /// The asker's external address, if it wants to tell.
    pub dendrite_ip: Option<IpAddr>,
    /// See [`crate::version`].
    pub version: u64,
    /// How long the asker waits; a real axon widens its window for nonces by it.
    pub timeout: Duration,
    /// The synapse's name: the path of the URL.
    pub synapse: &'a str,
    /// The class's own fields. The body holds them, and beside them who asks whom, and for how long.
    pub fields: &'a Map<String, Value>,
    /// The fields that the synapse's class declares without a default: a real axon answers 500 when
    /// their headers are missing.
    pub required: &'a [String],
    /// The class's `required_hash_fields`, in its order.
    pub hashed: &'a [String],
}

/// Why a request can't be built: always a mistake in the synapse's definition.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum RequestError {
    /// The synapse's name isn't an identifier, which it must be as part of a URL.
    #[error("synapse name {0:?} isn't a Python class name: use letters, digits and underscores")]
    BadSynapseName(String),
    /// A field's name isn't an identifier, which it must be as part of a header's name; then the synapse's name.
    #[error(
        "field name {0:?} of synapse {1} isn't a Python identifier: use letters, digits and underscores"
    )]
    BadFieldName(String, String),
    /// A field that is named as required or hashed isn't among the fields; then the synapse's name.
    #[error(
        "field {0:?} of synapse {1} is named as required or hashed but has no value: add it to the fields"
    )]
    MissingField(String, String),
}

/// What goes over the wire, and what identifies it afterwards.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Where to POST it: see [`Target::url`].
    pub url: String,
    /// All that a real axon wants, the content type included.
    pub headers: Headers,
    /// The JSON object of the whole synapse, UTF-8.
    pub body: Vec<u8>,
    /// As given to [`Request::sign`]: Unix time in nanoseconds.
    pub nonce: u64,
    /// As given to [`Request::sign`].
    pub uuid: Uuid,
    /// Of the hashed fields, hex: see [`crate::body_hash::body_hash`].
    pub body_hash: String,
}

impl Request<'_> {
    /// Signs the request with the dendrite's hotkey. `nonce` is the Unix time in nanoseconds.
    ///
    /// The uuid must be fresh: an axon wants nonces to grow per (hotkey, uuid), and concurrent requests
    /// of one asker overtake each other.
    pub fn sign(
        &self,
        nonce: u64,
        uuid: Uuid,
        sign: impl Fn(&str) -> [u8; 64],
    ) -> Result<Signed, RequestError> {
        if !is_identifier(self.synapse) {
            return Err(RequestError::BadSynapseName(self.synapse.into()));
        }
        let body_hash = body_hash(&self.values(self.hashed)?);
        let (dendrite, axon) = (self.dendrite.to_string(), self.target.hotkey.to_string());
        let message = signed_message(nonce, &dendrite, &axon, &uuid.to_string(), &body_hash);
        let signature = signature::to_header(&sign(&message));
        let mut headers: Headers = vec![
            (header::NAME.into(), self.synapse.into()),
            (
                header::TIMEOUT.into(),
                float_repr(self.timeout.as_secs_f64()),
            ),
            (header::AXON_IP.into(), self.target.addr.ip().to_string()),
            (
                header::AXON_PORT.into(),
                self.target.addr.port().to_string(),
            ),
            (header::AXON_HOTKEY.into(), axon.clone()),
            (header::DENDRITE_VERSION.into(), self.version.to_string()),
            (header::DENDRITE_NONCE.into(), nonce.to_string()),
            (header::DENDRITE_UUID.into(), uuid.to_string()),
            (header::DENDRITE_HOTKEY.into(), dendrite.clone()),
            (header::DENDRITE_SIGNATURE.into(), signature.clone()),
            (header::BODY_HASH.into(), body_hash.clone()),
            (header::CONTENT_TYPE.into(), "application/json".into()),
        ];
        if let Some(ip) = self.dendrite_ip {
            headers.push((header::DENDRITE_IP.into(), ip.to_string()));
        }
        for (name, value) in self.required.iter().zip(self.values(self.required)?) {
            headers.push((
                format!("{}{name}", header::INPUT_OBJ).into(),
                BASE64.encode(empty_of(&value)),
            ));
        }
        let asker = Presented {
            timeout: self.timeout.as_secs_f64(),
            dendrite_ip: self.dendrite_ip.map(|ip| ip.to_string()),
            version: Some(self.version),
            nonce: Some(nonce),
            uuid: Some(uuid.to_string()),
            hotkey: Some(dendrite),
            signature: Some(signature),
            body_hash: None,
        };
        Ok(Signed {
            url: self.target.url(self.synapse),
            headers,
            body: self.body(&asker, &axon),
            nonce,
            uuid,
            body_hash,
        })
    }

    fn body(&self, asker: &Presented, axon: &str) -> Vec<u8> {
        let Target { addr, .. } = self.target;
        let axon = json!({"ip": addr.ip().to_string(), "port": addr.port(), "hotkey": axon});
        let ends = (terminal::dendrite(asker), terminal::terminal(axon));
        let whole = terminal::synapse(self.synapse, asker.timeout, ends, self.fields.clone());
        whole.to_string().into_bytes()
    }

    fn values(&self, names: &[String]) -> Result<Vec<Py>, RequestError> {
        let value = |name: &String| {
            if !is_identifier(name) {
                return Err(RequestError::BadFieldName(
                    name.clone(),
                    self.synapse.into(),
                ));
            }
            let value = self.fields.get(name);
            value
                .map(Py::from)
                .ok_or_else(|| RequestError::MissingField(name.clone(), self.synapse.into()))
        };
        names.iter().map(value).collect()
    }
}

/// Whether a name can be that of a synapse or of a field: an ASCII identifier of Python.
pub fn is_identifier(name: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    name.bytes().all(word) && name.as_bytes().first().is_some_and(|b| !b.is_ascii_digit())
}

/// An empty value of the same type, as JSON: what the SDK puts into a required field's header.
fn empty_of(value: &Py) -> &'static str {
    match value {
        Py::None => "null",
        Py::Bool(_) => "false",
        Py::Int(_) => "0",
        Py::Float(_) => "0.0",
        Py::Str(_) => "\"\"",
        Py::List(_) | Py::Tuple(_) => "[]",
        Py::Dict(_) => "{}",
    }
}
