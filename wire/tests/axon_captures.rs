//! Requests captured from the Python SDK's dendrite, and what its axon answered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ALICE, BOB, Captured, receive};
use proptest::prelude::*;
use subxt_signer::sr25519::dev;
use wire::axon::{NonceBook, Policy, Presented, Rejection, Verifier, check_body, header};
use wire::signature;

const CAPTURES: [(&str, u16); 13] = [
    ("01_ping_Synapse", 200),
    ("02_Dummy", 200),
    ("03_Prompting", 200),
    ("04_StreamPrompting", 200),
    ("05_Blocked_403", 403),
    ("06_Crash_500", 200), // passes the checks; the handler then crashed
    ("07_Slow_client_timeout", 200), // the client left, not the axon
    ("08_Unknown_404", 404),
    ("09_Coded_418", 200), // the handler chose its status
    ("10_StaleNonce_401", 401),
    ("11_BadSignature_401", 401),
    ("12_NoSignature_ACCEPTED", 200),
    ("13_FutureNonce_1day", 200),
];

fn bob(policy: Policy) -> Verifier {
    Verifier::new(&BOB.parse().unwrap(), policy, NonceBook::default())
}

fn status(outcome: &Result<(), Rejection>) -> u16 {
    outcome.as_ref().map_or_else(Rejection::status, |()| 200)
}

/// The recorded axon's clock: just after the nonce, but for the two requests that are off on purpose.
fn clock(name: &str, request: &Captured) -> u64 {
    match name {
        "10_StaleNonce_401" => 1795343630712022390,
        "13_FutureNonce_1day" => request.nonce() - 86_400_000_000_000,
        _ => request.nonce() + 30_000_000,
    }
}

#[test]
fn each_captured_request_gets_the_recorded_verdict() {
    for (name, expected) in CAPTURES {
        let request = Captured::read(&format!("{name}.request.http"));
        let outcome = receive(&mut bob(Policy::SDK), &request, clock(name, &request));
        assert_eq!(status(&outcome), expected, "{name}: {outcome:?}");
        if let Err(why) = outcome {
            let recorded =
                String::from_utf8(common::vector(&format!("{name}.response.http"))).unwrap();
            let message = recorded
                .split("{\"message\":\"")
                .nth(1)
                .unwrap()
                .trim_end()
                .trim_end_matches("\"}");
            assert_eq!(why.to_string(), message, "{name}");
        }
    }
}

#[test]
fn the_strict_policy_refuses_what_the_sdk_lets_through() {
    for (name, _) in CAPTURES {
        let request = Captured::read(&format!("{name}.request.http"));
        let outcome = receive(&mut bob(Policy::STRICT), &request, clock(name, &request));
        match name {
            "12_NoSignature_ACCEPTED" => assert_eq!(outcome, Err(Rejection::MissingSignature)),
            "13_FutureNonce_1day" => assert!(matches!(outcome, Err(Rejection::FutureNonce { .. }))),
            _ => assert_eq!(
                outcome,
                receive(&mut bob(Policy::SDK), &request, clock(name, &request))
            ),
        }
    }
}

#[test]
fn a_request_is_for_one_axon_and_once() {
    let request = Captured::read("03_Prompting.request.http");
    let now = request.nonce() + 1;
    let mut bob = bob(Policy::STRICT);
    assert_eq!(receive(&mut bob, &request, now), Ok(()));
    assert_eq!(
        receive(&mut bob, &request, now + 1),
        Err(Rejection::UsedNonce)
    );
    let mut other = Verifier::new(
        &ALICE.parse().unwrap(),
        Policy::STRICT,
        NonceBook::default(),
    );
    assert!(matches!(
        receive(&mut other, &request, now),
        Err(Rejection::BadSignature { .. })
    ));
}

#[test]
fn a_bad_signature_uses_up_no_nonce() {
    let mut forged = Captured::read("03_Prompting.request.http");
    let good = forged.clone();
    forged.set(header::DENDRITE_SIGNATURE, &signature::to_header(&[7; 64]));
    let mut bob = bob(Policy::STRICT);
    let now = good.nonce() + 1;
    assert!(matches!(
        receive(&mut bob, &forged, now),
        Err(Rejection::BadSignature { .. })
    ));
    assert_eq!(receive(&mut bob, &good, now), Ok(()));
}

#[test]
fn a_changed_body_is_noticed() {
    let mut request = Captured::read("03_Prompting.request.http");
    request.body = String::from_utf8(request.body)
        .unwrap()
        .replace("terse", "verbose")
        .into_bytes();
    let outcome = receive(&mut bob(Policy::STRICT), &request, request.nonce() + 1);
    assert!(
        matches!(outcome, Err(Rejection::BodyHash { .. })),
        "{outcome:?}"
    );
}

#[test]
fn signatures_over_wrapped_bytes_pass() {
    let mut request = Captured::read("03_Prompting.request.http");
    let asked = Presented::read(|name| request.get(name), &[]).unwrap();
    let message = common::json("worked_examples.json")[1]["signed_message"]
        .as_str()
        .unwrap()
        .to_string();
    let wrapped = dev::alice().sign(format!("<Bytes>{message}</Bytes>").as_bytes());
    request.set(
        header::DENDRITE_SIGNATURE,
        &signature::to_header(&wrapped.0),
    );
    let now = asked.nonce.unwrap() + 1;
    assert_eq!(receive(&mut bob(Policy::STRICT), &request, now), Ok(()));
}

#[test]
fn an_axon_signs_its_refusals_as_recorded() {
    let case = &common::json("worked_examples.json")[3];
    let signed = signature::from_header(case["signature"].as_str().unwrap()).unwrap();
    let message = case["signed_message"].as_str().unwrap();
    assert!(signature::verifies(
        &signed,
        message.as_bytes(),
        &BOB.parse().unwrap()
    ));
    assert!(!signature::verifies(
        &signed,
        message.as_bytes(),
        &ALICE.parse().unwrap()
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Every header that the signature covers: changing one character anywhere is refused.
    #[test]
    fn any_change_of_a_signed_header_is_refused(which in 0usize..5, at in 0usize..200, to in "[0-9a-zA-Z.-]") {
        let names = [header::DENDRITE_NONCE, header::DENDRITE_UUID, header::DENDRITE_HOTKEY,
            header::DENDRITE_SIGNATURE, header::BODY_HASH];
        let mut request = Captured::read("03_Prompting.request.http");
        let mut value = request.get(names[which]).unwrap();
        let at = at % value.len();
        prop_assume!(!value[at..].starts_with(&to));
        // hex digits read the same in either case
        prop_assume!(which != 3 || !value[at..=at].eq_ignore_ascii_case(&to));
        value.replace_range(at..=at, &to);
        let now = request.nonce() + 1;
        request.set(names[which], &value);
        let asked = Presented::read(|name| request.get(name), &[]);
        let verdict = asked.and_then(|asked| bob(Policy::STRICT).verify(&asked, now));
        prop_assert!(verdict.is_err(), "{} = {value}", names[which]);
    }

    #[test]
    fn headers_of_any_kind_never_panic(values in prop::collection::vec(prop::option::of(".{0,40}"), 8)) {
        let names = [header::TIMEOUT, header::DENDRITE_VERSION, header::DENDRITE_NONCE, header::DENDRITE_UUID,
            header::DENDRITE_HOTKEY, header::DENDRITE_SIGNATURE, header::BODY_HASH, header::DENDRITE_IP];
        let get = |name: &str| names.iter().position(|n| *n == name).and_then(|i| values[i].clone());
        if let Ok(asked) = Presented::read(get, &[]) {
            prop_assert!(bob(Policy::STRICT).verify(&asked, 1).is_err());
            prop_assert!(check_body(&asked, &[], &[]).is_err());
        }
    }
}
