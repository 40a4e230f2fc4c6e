//! Odd requests that were sent to the Python SDK's axon, and what it answered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{BOB, Captured, receive};
use serde_json::Value;
use wire::axon::{NonceBook, Policy, Rejection, Verifier};

fn captured(name: &str, case: &Value) -> Captured {
    let path = match name {
        "root_path" => "",
        "openapi_docs" => "docs",
        _ => "Dummy",
    };
    let headers = case["request_headers"].as_object().unwrap();
    Captured {
        path: path.into(),
        headers: headers
            .iter()
            .map(|(k, v)| (k.clone(), v.as_str().unwrap().into()))
            .collect(),
        body: case["request_body"].as_str().unwrap_or_default().into(),
    }
}

/// The recorded axon's clock. The nonces of the stale requests lie as far back as their names say; the
/// rest arrived within milliseconds.
fn clock(name: &str, nonce: u64) -> u64 {
    let behind = match name {
        "stale_15.5s_timeout12_ok" => 15_500_000_000,
        "stale_16.5s_timeout12" => 16_500_000_000,
        "stale_1h_timeout_header_1e6" => 3_600_000_000_000,
        name if name.contains("1day") => 86_400_000_000_000,
        _ => 0,
    };
    nonce + behind + 1_000_000
}

#[test]
fn each_request_gets_the_recorded_status_and_message() {
    let cases = common::json("axon_edge_cases.json");
    let cases = cases.as_object().unwrap();
    assert_eq!(cases.len(), 33);
    let mut bob = Verifier::new(&BOB.parse().unwrap(), Policy::SDK, NonceBook::default());
    for (name, case) in cases {
        let request = captured(name, case);
        let outcome = receive(&mut bob, &request, clock(name, request.nonce()));
        let status = outcome.as_ref().map_or_else(Rejection::status, |()| 200);
        // That one got through the checks of transport; the class then wanted a number.
        let expected = if name == "wrong_type_body" {
            200
        } else {
            case["status"].as_u64().unwrap() as u16
        };
        assert_eq!(status, expected, "{name}: {outcome:?}");
        if let Err(why) = outcome
            && matches!(status, 401 | 403 | 404)
        {
            let body: Value =
                serde_json::from_str(case["response_body"].as_str().unwrap()).unwrap();
            assert_eq!(why.to_string(), body["message"].as_str().unwrap(), "{name}");
        }
    }
}

#[test]
fn the_strict_policy_closes_the_holes() {
    let cases = common::json("axon_edge_cases.json");
    for (name, open_in_sdk) in [
        ("no_signature", true),
        ("empty_signature", true),
        ("stale_1day_version_absent", true),
        ("stale_1day_version_7001000", true),
        ("stale_1h_timeout_header_1e6", true),
        ("timeout_inf_stale1day", true),
        ("first_nonce", false),
    ] {
        let request = captured(name, &cases[name]);
        let mut bob = Verifier::new(&BOB.parse().unwrap(), Policy::STRICT, NonceBook::default());
        let outcome = receive(&mut bob, &request, clock(name, request.nonce()));
        assert_eq!(outcome.is_err(), open_in_sdk, "{name}: {outcome:?}");
    }
}
