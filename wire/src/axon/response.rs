//! What an axon sends back.

use super::{Headers, Presented, Rejection, header, terminal};
use crate::{AccountId32, Uuid, py::float_repr, signature, version::SDK_VERSION};
use serde_json::{Map, Value, json};
use std::net::SocketAddr;
use std::time::Duration;

/// An answering axon.
#[derive(Clone, Copy, Debug)]
pub struct Axon {
    /// Where it is reached, as its answers say.
    pub addr: SocketAddr,
    /// The miner's; it signs refusals.
    pub hotkey: AccountId32,
    /// One per process; part of what the axon signs when it refuses.
    pub uuid: Uuid,
}

/// When a request was refused.
#[derive(Clone, Copy, Debug)]
pub struct Incident {
    /// What an asker is told in place of an internal error's cause.
    pub id: Uuid,
    /// The axon's clock, Unix nanoseconds.
    pub now: u64,
    /// From the request's arrival to this answer.
    pub took: Duration,
}

/// Status, headers and body of an answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status; a header repeats it.
    pub status: u16,
    /// Those of the SDK; the HTTP layer adds its own.
    pub headers: Headers,
    /// JSON, UTF-8.
    pub body: Vec<u8>,
}

impl Axon {
    /// The whole synapse, inputs and outputs, with the terminals as the SDK's axon fills them. Success is
    /// never signed.
    pub fn success(
        &self,
        synapse: &str,
        asked: &Presented,
        fields: Map<String, Value>,
        took: Duration,
    ) -> Reply {
        let process_time = took.as_secs_f64();
        let axon = terminal::terminal(
            json!({"status_code": 200, "status_message": "Success", "process_time": process_time,
            "ip": self.addr.ip().to_string(), "port": self.addr.port(), "hotkey": self.hotkey.to_string()}),
        );
        let ends = (terminal::dendrite(asked), axon);
        let body = terminal::synapse(synapse, asked.timeout, ends, fields);
        let mut headers = status_headers(synapse, asked.timeout, 200, "Success", took);
        headers.extend(self.address_headers());
        headers.extend(dendrite_headers(asked));
        Reply {
            status: 200,
            headers,
            body: body.to_string().into_bytes(),
        }
    }

    /// A refusal. Once the headers were read it is signed by the axon's hotkey, as the SDK's axon does;
    /// `asked` is None before that. The cause of an internal error stays in the axon's own log: the asker
    /// gets the incident's id.
    pub fn refusal(
        &self,
        synapse: &str,
        asked: Option<&Presented>,
        why: &Rejection,
        incident: Incident,
        sign: impl Fn(&[u8]) -> [u8; 64],
    ) -> Reply {
        let Incident { id, now, took } = incident;
        let status = why.status();
        if let Rejection::BadJson(detail) = why {
            let body = json!({"detail": [{"type": "json_invalid", "loc": ["body", 0], "msg": "JSON decode error",
                "input": {}, "ctx": {"error": detail}}]});
            let headers = vec![(header::CONTENT_TYPE.into(), "application/json".into())];
            return Reply {
                status,
                headers,
                body: body.to_string().into_bytes(),
            };
        }
        let message = match status {
            500 => format!("Internal Server Error #{id}"),
            _ => why.to_string(),
        };
        let timeout = asked.map_or(12.0, |asked| asked.timeout);
        let mut headers = status_headers(synapse, timeout, status, &message, took);
        if let Some(asked) = asked {
            let dendrite = asked.hotkey.as_deref().unwrap_or("None");
            let signed = format!("{now}.{dendrite}.{}.{}", self.hotkey, self.uuid);
            headers.extend(self.address_headers());
            headers.extend([
                (header::AXON_VERSION.into(), SDK_VERSION.to_string()),
                (header::AXON_NONCE.into(), now.to_string()),
                (header::AXON_UUID.into(), self.uuid.to_string()),
                (
                    header::AXON_SIGNATURE.into(),
                    signature::to_header(&sign(signed.as_bytes())),
                ),
            ]);
            headers.extend(dendrite_headers(asked));
        }
        Reply {
            status,
            headers,
            body: json!({"message": message}).to_string().into_bytes(),
        }
    }

    fn address_headers(&self) -> Headers {
        vec![
            (header::AXON_IP.into(), self.addr.ip().to_string()),
            (header::AXON_PORT.into(), self.addr.port().to_string()),
            (header::AXON_HOTKEY.into(), self.hotkey.to_string()),
        ]
    }
}

fn status_headers(
    synapse: &str,
    timeout: f64,
    status: u16,
    message: &str,
    took: Duration,
) -> Headers {
    vec![
        (header::CONTENT_TYPE.into(), "application/json".into()),
        (header::NAME.into(), synapse.into()),
        (header::TIMEOUT.into(), float_repr(timeout)),
        (header::AXON_STATUS_CODE.into(), status.to_string()),
        (header::AXON_STATUS_MESSAGE.into(), message.into()),
        (
            header::AXON_PROCESS_TIME.into(),
            float_repr(took.as_secs_f64()),
        ),
    ]
}

fn dendrite_headers(asked: &Presented) -> Headers {
    let echo = [
        (header::DENDRITE_IP, asked.dendrite_ip.clone()),
        (
            header::DENDRITE_VERSION,
            asked.version.map(|v| v.to_string()),
        ),
        (header::DENDRITE_NONCE, asked.nonce.map(|n| n.to_string())),
        (header::DENDRITE_UUID, asked.uuid.clone()),
        (header::DENDRITE_HOTKEY, asked.hotkey.clone()),
        (header::DENDRITE_SIGNATURE, asked.signature.clone()),
        (header::BODY_HASH, asked.body_hash.clone()),
    ];
    echo.into_iter()
        .filter_map(|(name, value)| Some((name.into(), value?)))
        .collect()
}
