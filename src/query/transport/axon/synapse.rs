//! The subnet's own message, as the config defines it: a challenge becomes a signed request, a body becomes
//! an answer.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Map, Value};
use wire::axon::{PING, Request, RequestError, Signed, Target};
use wire::version::SDK_VERSION;
use wire::{AccountId32, Uuid};

use super::answer::AnswerPath;
use crate::config::{FieldSource, SynapseConfig, SynapseField};
use crate::types::{Completion, Hotkey, Message, Prompt, Reason, RequestSigner};

/// The synapse that the config defines.
#[derive(Clone, Debug)]
pub struct Synapse {
    name: String,
    fields: Vec<SynapseField>,
    /// Every request field counts as required. A field with a default needs no header, but takes one.
    required: Vec<String>,
    hashed: Vec<String>,
    answer: AnswerPath,
}

/// One miner's part of a request.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    pub to: Hotkey,
    pub address: SocketAddr,
    pub timeout: Duration,
    /// Unix nanoseconds.
    pub nonce: u64,
    pub uuid: Uuid,
}

impl Synapse {
    pub fn new(config: &SynapseConfig) -> Self {
        Self {
            name: config.name.clone(),
            fields: config.fields.clone(),
            required: config.fields.iter().map(|f| f.name.clone()).collect(),
            hashed: config.hashed.clone(),
            answer: AnswerPath::new(&config.answer),
        }
    }

    /// The echo that every axon answers.
    pub fn ping() -> Self {
        Self {
            name: PING.into(),
            fields: Vec::new(),
            required: Vec::new(),
            hashed: Vec::new(),
            answer: AnswerPath::new("name"),
        }
    }

    /// Where it is posted.
    pub fn path(&self) -> String {
        format!("/{}", self.name)
    }

    /// The body's fields. A constant without a value can't pass the config's checks.
    pub fn fill(&self, prompt: &Prompt) -> Map<String, Value> {
        let all = |text: fn(&Message) -> &String| {
            let texts = prompt.messages.iter().map(text);
            Value::from(texts.cloned().collect::<Vec<_>>())
        };
        let value = |field: &SynapseField| match field.from {
            FieldSource::Roles => all(|m| &m.role),
            FieldSource::Messages => all(|m| &m.content),
            FieldSource::Prompt => {
                let last = prompt.messages.last().map(|m| m.content.clone());
                Value::from(last.unwrap_or_default())
            }
            FieldSource::Constant => field.value.clone().unwrap_or_default(),
        };
        let fields = self.fields.iter();
        fields.map(|f| (f.name.clone(), value(f))).collect()
    }

    /// The errors are mistakes in the definition; the config's checks have excluded them.
    pub fn sign(
        &self,
        fields: &Map<String, Value>,
        to: &Envelope,
        signer: &RequestSigner,
    ) -> Result<Signed, RequestError> {
        self.request(fields, to, signer.hotkey())
            .sign(to.nonce, to.uuid, |message| signer.sign(message))
    }

    pub fn read(&self, body: &[u8]) -> Result<Completion, Reason> {
        self.answer.read(body)
    }

    fn request<'a>(
        &'a self,
        fields: &'a Map<String, Value>,
        to: &Envelope,
        from: Hotkey,
    ) -> Request<'a> {
        Request {
            target: Target {
                addr: to.address,
                hotkey: AccountId32(to.to.0),
            },
            dendrite: AccountId32(from.0),
            dendrite_ip: None,
            version: SDK_VERSION,
            timeout: to.timeout,
            synapse: &self.name,
            fields,
            required: &self.required,
            hashed: &self.hashed,
        }
    }
}

#[cfg(test)]
#[path = "tests/synapse.rs"]
mod tests;
