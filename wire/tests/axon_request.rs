//! Requests that we build, against the recorded ones and against our own axon's checks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ALICE, BOB, Captured, receive};
use serde_json::{Map, Value, json};
use std::time::Duration;
use subxt_signer::sr25519::dev;
use wire::axon::{NonceBook, Policy, Request, RequestError, Signed, Target, Verifier};
use wire::{Uuid, version::SDK_VERSION};

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

fn sign(request: &Request<'_>, nonce: u64) -> Result<Signed, RequestError> {
    request.sign(nonce, Uuid::new_v4(), |message| {
        dev::alice().sign(message.as_bytes()).0
    })
}

fn prompting<'a>(fields: &'a Map<String, Value>, hashed: &'a [String]) -> Request<'a> {
    Request {
        target: Target {
            addr: "127.0.0.1:18091".parse().unwrap(),
            hotkey: BOB.parse().unwrap(),
        },
        dendrite: ALICE.parse().unwrap(),
        dendrite_ip: Some("203.0.113.7".parse().unwrap()),
        version: SDK_VERSION,
        timeout: Duration::from_secs(10),
        synapse: "Prompting",
        fields,
        required: hashed,
        hashed,
    }
}

/// Header for header what the SDK's dendrite sent, apart from what is random or counts its own objects.
#[test]
fn the_recorded_request_is_rebuilt() {
    let recorded = Captured::read("03_Prompting.request.http");
    let body: Value = serde_json::from_slice(&recorded.body).unwrap();
    let fields =
        fields(json!({"roles": body["roles"], "messages": body["messages"], "completion": ""}));
    let hashed = names(&["roles", "messages"]);
    let signed = sign(&prompting(&fields, &hashed), recorded.nonce()).unwrap();
    for (name, value) in &signed.headers {
        if !name.ends_with("uuid") && !name.ends_with("signature") {
            assert_eq!(Some(value), recorded.get(name).as_ref(), "{name}");
        }
    }
    let ours: Vec<&str> = signed
        .headers
        .iter()
        .map(|(name, _)| name.as_ref())
        .collect();
    for (name, _) in &recorded.headers {
        let unneeded = [
            "Host",
            "header_size",
            "total_size",
            "Accept",
            "Accept-Encoding",
            "User-Agent",
            "Content-Length",
        ];
        let sent = ours.iter().any(|ours| ours.eq_ignore_ascii_case(name));
        assert!(
            sent || unneeded.contains(&name.as_str()),
            "{name} is not sent"
        );
    }
    assert_eq!(signed.url, "http://127.0.0.1:18091/Prompting");

    // The body too, key for key in its order. What is random is taken from the recording.
    let mut ours: Value = serde_json::from_slice(&signed.body).unwrap();
    for key in ["uuid", "signature"] {
        assert!(ours["dendrite"][key].is_string());
        ours["dendrite"][key] = body["dendrite"][key].clone();
    }
    // The size of a Python object.
    ours["total_size"] = body["total_size"].clone();
    assert_eq!(ours.to_string(), body.to_string());
}

#[test]
fn a_strict_axon_takes_what_we_build() {
    let fields = fields(
        json!({"messages": ["It's \"é\u{200b}\n", ""], "roles": ["user", "system"], "completion": ""}),
    );
    let hashed = names(&["roles", "messages"]);
    let now = 1_800_000_000_000_000_000;
    let signed = sign(&prompting(&fields, &hashed), now).unwrap();
    let mut request = Captured {
        path: "Prompting".into(),
        headers: signed
            .headers
            .iter()
            .map(|(k, v)| (k.to_string(), v.clone()))
            .collect(),
        body: signed.body,
    };
    let mut bob = Verifier::new(&BOB.parse().unwrap(), Policy::STRICT, NonceBook::default());
    assert_eq!(receive(&mut bob, &request, now + 5), Ok(()));
    request.body = b"{\"roles\":[],\"messages\":[]}".to_vec();
    assert_eq!(
        receive(
            &mut Verifier::new(&BOB.parse().unwrap(), Policy::STRICT, NonceBook::default()),
            &request,
            now + 5
        )
        .unwrap_err()
        .status(),
        500
    );
}

#[test]
fn empty_values_by_type_as_the_sdk_sends_them() {
    let fields = fields(json!({"l": [1], "d": {"a": 1}, "s": "x", "i": 7, "f": 0.5, "b": true}));
    let required = names(&["l", "d", "s", "i", "f", "b"]);
    let signed = sign(
        &Request {
            required: &required,
            hashed: &[],
            ..prompting(&fields, &[])
        },
        1,
    )
    .unwrap();
    let sent: Vec<&str> = signed
        .headers
        .iter()
        .filter(|(k, _)| k.contains("input_obj"))
        .map(|(_, v)| v.as_str())
        .collect();
    assert_eq!(sent, ["W10=", "e30=", "IiI=", "MA==", "MC4w", "ZmFsc2U="]);
}

#[test]
fn definitions_that_cannot_be_sent_are_named() {
    let fields = fields(json!({"a b": 1}));
    let bad = names(&["a b"]);
    assert_eq!(
        sign(&prompting(&fields, &bad), 1).unwrap_err(),
        RequestError::BadFieldName("a b".into(), "Prompting".into())
    );
    let absent = names(&["c"]);
    assert_eq!(
        sign(&prompting(&fields, &absent), 1).unwrap_err(),
        RequestError::MissingField("c".into(), "Prompting".into())
    );
    for synapse in ["", "a/b", "x\r\ny: z", "1a"] {
        let request = Request {
            synapse,
            ..prompting(&fields, &[])
        };
        assert_eq!(
            sign(&request, 1).unwrap_err(),
            RequestError::BadSynapseName(synapse.into())
        );
    }
}

#[test]
fn ipv6_targets_have_brackets() {
    let target = Target {
        addr: "[2001:db8::1]:80".parse().unwrap(),
        hotkey: BOB.parse().unwrap(),
    };
    assert_eq!(target.url("Synapse"), "http://[2001:db8::1]:80/Synapse");
}
