//! Reading the recorded traffic.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::PathBuf;
use wire::axon::{Presented, Rejection, Verifier, check_body, read_fields};

pub const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
pub const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

pub fn vector(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn json(name: &str) -> Value {
    serde_json::from_slice(&vector(name)).expect(name)
}

/// A request as it was captured.
#[derive(Clone, Debug)]
pub struct Captured {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Captured {
    pub fn read(name: &str) -> Self {
        let bytes = vector(name);
        let split = bytes
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .expect("blank line");
        let head = std::str::from_utf8(&bytes[..split]).expect("ascii");
        let mut lines = head.split("\r\n");
        let path = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .trim_start_matches('/')
            .to_string();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(k, v)| (k.into(), v.into()))
            .collect();
        Captured {
            path,
            headers,
            body: bytes[split + 4..].to_vec(),
        }
    }

    pub fn get(&self, name: &str) -> Option<String> {
        let mut found = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.clone())
    }

    pub fn set(&mut self, name: &str, value: &str) {
        let entry = self
            .headers
            .iter_mut()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        entry.expect(name).1 = value.into();
    }

    pub fn nonce(&self) -> u64 {
        self.get("bt_header_dendrite_nonce")
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
    }
}

/// The classes of the axon that was recorded: required fields, hashed fields.
pub fn class(synapse: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match synapse {
        "Synapse" | "Blocked" | "Crash" | "Slow" | "Coded" => (&[], &[]),
        "Dummy" => (&["dummy_input"], &[]),
        "Prompting" => (&["roles", "messages"], &["roles", "messages"]),
        "StreamPrompting" => (&["roles", "messages"], &["messages"]),
        _ => return None,
    })
}

/// Everything that an axon checks before it runs the handler, in its order.
pub fn receive(verifier: &mut Verifier, request: &Captured, now: u64) -> Result<(), Rejection> {
    let (required, hashed) = class(&request.path).ok_or_else(|| Rejection::UnknownSynapse {
        name: request.path.clone(),
        available: [
            "Synapse",
            "Dummy",
            "Prompting",
            "StreamPrompting",
            "Blocked",
            "Crash",
            "Slow",
            "Coded",
        ]
        .map(String::from)
        .to_vec(),
    })?;
    let asked = Presented::read(|name| request.get(name), required)?;
    if request.path == "Blocked" {
        return Err(Rejection::Blacklisted("Not a validator".into()));
    }
    verifier.verify(&asked, now)?;
    let fields = read_fields(request.get("content-type").as_deref(), &request.body)?;
    check_body(&asked, &fields, hashed)
}
