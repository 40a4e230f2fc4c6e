//! Epistula against a request captured from SN1's client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ALICE, BOB, Captured};
use std::borrow::Cow;
use std::time::Duration;
use subxt_signer::sr25519::dev;
use wire::epistula::{EpistulaError, Request, Variant, header, verify};
use wire::{AccountId32, Uuid, signature};

const SENT: u64 = 1795344510937;

fn check(
    request: &Captured,
    variant: Variant,
    me: &str,
    now: u64,
) -> Result<AccountId32, EpistulaError> {
    verify(
        variant,
        |name| request.get(name).map(Cow::Owned),
        &request.body,
        &me.parse().unwrap(),
        now,
    )
}

#[test]
fn the_captured_request_verifies() {
    let request = Captured::read("20_epistula_sn1.request.http");
    assert_eq!(
        check(&request, Variant::V2, BOB, SENT + 100),
        Ok(ALICE.parse().unwrap())
    );
    assert_eq!(
        check(&request, Variant::V2, BOB, SENT + 8_000),
        Ok(ALICE.parse().unwrap())
    );
    assert_eq!(
        check(&request, Variant::V2, BOB, SENT + 8_001),
        Err(EpistulaError::Stale(8_001))
    );
    assert_eq!(
        check(&request, Variant::V2, BOB, SENT - 9_000),
        Err(EpistulaError::Future(9_000))
    );
    assert_eq!(
        check(&request, Variant::V2, ALICE, SENT),
        Err(EpistulaError::NotForMe(BOB.into()))
    );
    assert_eq!(
        check(&request, Variant::Apex, BOB, SENT),
        Err(EpistulaError::BadSignature)
    );
    let mut changed = request.clone();
    changed.body[10] ^= 1;
    assert_eq!(
        check(&changed, Variant::V2, BOB, SENT),
        Err(EpistulaError::BadSignature)
    );
}

#[test]
fn the_recorded_secret_signatures_cover_what_we_sign() {
    let request = Captured::read("20_epistula_sn1.request.http");
    let worked = common::json("20_epistula_sn1.worked.json");
    let alice = ALICE.parse().unwrap();
    for (i, name) in header::SECRET_SIGNATURES.into_iter().enumerate() {
        let bytes = signature::from_header(&request.get(name).unwrap()).unwrap();
        let message = worked["secret_messages"][i].as_str().unwrap();
        assert!(
            signature::verifies(&bytes, message.as_bytes(), &alice),
            "{name}"
        );
    }
}

#[test]
fn what_we_build_carries_the_recorded_messages() {
    let recorded = Captured::read("20_epistula_sn1.request.http");
    let worked = common::json("20_epistula_sn1.worked.json");
    let request = Request {
        variant: Variant::V2,
        body: &recorded.body,
        uuid: recorded.get(header::UUID).unwrap().parse().unwrap(),
        timestamp: SENT,
        signed_by: ALICE.parse().unwrap(),
        signed_for: BOB.parse().unwrap(),
        client_timeout: Duration::from_secs(20),
    };
    let signed = std::cell::RefCell::new(Vec::new());
    let headers = request.headers(|message| {
        signed.borrow_mut().push(message.to_owned());
        dev::alice().sign(message.as_bytes()).0
    });
    assert_eq!(
        signed.borrow()[0],
        worked["signed_message"].as_str().unwrap()
    );
    assert_eq!(
        serde_json::json!(signed.borrow()[1..]),
        worked["secret_messages"]
    );
    for (name, value) in &headers {
        if !name.contains("Signature") {
            assert_eq!(Some(value), recorded.get(name).as_ref(), "{name}");
        }
    }
    let ours = Captured {
        path: String::new(),
        headers: headers.into_iter().map(|(k, v)| (k.into(), v)).collect(),
        body: recorded.body.clone(),
    };
    assert_eq!(
        check(&ours, Variant::V2, BOB, SENT),
        Ok(ALICE.parse().unwrap())
    );
}

#[test]
fn apex_signs_without_the_uuid() {
    let request = Request {
        variant: Variant::Apex,
        body: b"{}",
        uuid: Uuid::nil(),
        timestamp: SENT,
        signed_by: ALICE.parse().unwrap(),
        signed_for: BOB.parse().unwrap(),
        client_timeout: Duration::from_millis(1500),
    };
    let headers = request.headers(|message| dev::alice().sign(message.as_bytes()).0);
    let sent = Captured {
        path: String::new(),
        headers: headers.into_iter().map(|(k, v)| (k.into(), v)).collect(),
        body: b"{}".to_vec(),
    };
    assert_eq!(
        check(&sent, Variant::Apex, BOB, SENT),
        Ok(ALICE.parse().unwrap())
    );
    assert_eq!(
        check(&sent, Variant::V2, BOB, SENT),
        Err(EpistulaError::BadSignature)
    );
}
