//! A bare HTTP client that signs as a dendrite does.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Map, Value, json};
use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use subtensor::key::{Keypair, dev};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use wire::axon::{Request, Signed, Target};
use wire::{AccountId32, Uuid, version::SDK_VERSION};

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }

    pub fn header(&self, name: &str) -> String {
        let line = self
            .head
            .lines()
            .find_map(|l| l.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("{name} in {}", self.head))
            .to_string()
    }
}

pub fn account(key: &Keypair) -> AccountId32 {
    AccountId32(key.public_key().0)
}

pub fn prompting() -> Map<String, Value> {
    let text = "Passage:\nBees dance in the dark to tell where food is. They sleep at night.\n\nQuestion: Why do bees dance?";
    let value =
        json!({"roles": ["system", "user"], "messages": ["Answer from the passage.", text]});
    value.as_object().unwrap().clone()
}

/// For Bob's axon.
pub fn signed(
    addr: SocketAddr,
    synapse: &str,
    fields: &Map<String, Value>,
    key: &Keypair,
    age: Duration,
) -> Signed {
    signed_for(account(&dev::bob()), addr, synapse, fields, key, age)
}

pub fn signed_for(
    hotkey: AccountId32,
    addr: SocketAddr,
    synapse: &str,
    fields: &Map<String, Value>,
    key: &Keypair,
    age: Duration,
) -> Signed {
    let names: Vec<String> = fields.keys().cloned().collect();
    let request = Request {
        target: Target { addr, hotkey },
        dendrite: account(key),
        dendrite_ip: None,
        version: SDK_VERSION,
        timeout: Duration::from_secs(2),
        synapse,
        fields,
        required: &names,
        hashed: &names,
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() - age;
    request
        .sign(now.as_nanos() as u64, Uuid::new_v4(), |message| {
            key.sign(message.as_bytes()).0
        })
        .unwrap()
}

pub async fn send(addr: SocketAddr, path: &str, signed: &Signed) -> std::io::Result<Answer> {
    let mut text = format!(
        "POST /{path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\nContent-Length: {}\r\n",
        signed.body.len()
    );
    for (name, value) in &signed.headers {
        text += &format!("{name}: {value}\r\n");
    }
    let mut socket = TcpStream::connect(addr).await?;
    socket
        .write_all(&[text.as_bytes(), b"\r\n", &signed.body].concat())
        .await?;
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).await?;
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Ok(Answer {
        status,
        head: head.into(),
        body: body.into(),
    })
}
