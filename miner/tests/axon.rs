//! The axon over real sockets, without a chain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Answer, account, prompting, send, signed};
use corpus::{Corpus, Source};
use miner::mind::{Behaviour, Mind};
use miner::server::{Callers, Server};
use serde_json::{Map, Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};
use subtensor::key::{Keypair, dev};
use tokio::net::TcpListener;
use wire::axon::{Signed, header};
use wire::signature;

/// Bob's axon.
async fn axon(behaviour: Behaviour, callers: Callers) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let hotkey = account(&dev::bob());
    let mind = Mind {
        seed: 1,
        corpus: Corpus::load(&Source::Shipped).unwrap().into_passages(),
        ..Mind::new(behaviour, hotkey)
    };
    tokio::spawn(Server::new(addr, dev::bob(), mind, callers).run(listener));
    addr
}

/// A good request, changed, and what the axon says to it.
async fn after(behaviour: Behaviour, path: &str, change: impl Fn(&mut Signed)) -> Answer {
    let addr = axon(behaviour, Callers::default()).await;
    let mut request = signed(
        addr,
        "Prompting",
        &prompting(),
        &dev::alice(),
        Duration::ZERO,
    );
    change(&mut request);
    send(addr, path, &request).await.unwrap()
}

fn set(request: &mut Signed, name: &str, value: &str) {
    request
        .headers
        .iter_mut()
        .find(|(key, _)| key == name)
        .unwrap()
        .1 = value.into();
}

fn without(request: &mut Signed, name: &str) {
    request.headers.retain(|(key, _)| key != name);
}

#[tokio::test]
async fn an_honest_miner_answers_as_the_sdks_axon_words_it() {
    let answer = after(Behaviour::Honest, "Prompting", |_| {}).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    assert!(
        body["completion"].as_str().unwrap().contains("dark"),
        "{body}"
    );
    assert_eq!(body["roles"], json!(["system", "user"]));
    assert_eq!(body["axon"]["status_code"], 200);
    assert_eq!(body["axon"]["hotkey"], account(&dev::bob()).to_string());
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    let recorded = [
        "name",
        "timeout",
        "total_size",
        "header_size",
        "dendrite",
        "axon",
        "computed_body_hash",
        "roles",
        "messages",
        "completion",
    ];
    assert_eq!(keys, recorded);
    assert_eq!(answer.header(header::AXON_STATUS_MESSAGE), "Success");
}

#[tokio::test]
async fn the_ping_is_an_echo() {
    let addr = axon(Behaviour::Silent, Callers::default()).await;
    let answer = send(
        addr,
        "Synapse",
        &signed(addr, "Synapse", &Map::new(), &dev::alice(), Duration::ZERO),
    )
    .await
    .unwrap();
    assert_eq!(
        (answer.status, answer.json()["name"].as_str()),
        (200, Some("Synapse"))
    );
}

#[tokio::test]
async fn what_does_not_verify_is_refused_with_the_sdks_words() {
    type Change = fn(&mut Signed);
    let cases: [(Change, u16, &str); 9] = [
        (
            |r| {
                set(
                    r,
                    header::DENDRITE_SIGNATURE,
                    &signature::to_header(&[3; 64]),
                )
            },
            401,
            "Signature mismatch with",
        ),
        (
            |r| set(r, header::DENDRITE_SIGNATURE, "deadbeef"),
            401,
            "Invalid signature format. Expected hex string.",
        ),
        (
            |r| without(r, header::DENDRITE_SIGNATURE),
            401,
            "Missing Signature",
        ),
        (|r| without(r, header::DENDRITE_NONCE), 401, "Missing Nonce"),
        (
            |r| without(r, header::DENDRITE_HOTKEY),
            401,
            "No SS58 formatted address or public key provided.",
        ),
        (
            |r| without(r, "bt_header_input_obj_roles"),
            500,
            "Internal Server Error #",
        ),
        (
            |r| without(r, header::CONTENT_TYPE),
            500,
            "Internal Server Error #",
        ),
        (
            |r| r.body = br#"{"roles": [], "messages": []}"#.to_vec(),
            500,
            "Internal Server Error #",
        ),
        (|r| r.body.clear(), 500, "Internal Server Error #"),
    ];
    for (i, (change, status, message)) in cases.into_iter().enumerate() {
        let answer = after(Behaviour::Honest, "Prompting", change).await;
        assert_eq!(answer.status, status, "case {i}: {}", answer.body);
        let said = answer.json()["message"].as_str().unwrap().to_string();
        assert!(said.contains(message), "case {i}: {said}");
        if status == 401 {
            assert!(said.starts_with("Not Verified with error: "), "{said}");
        }
    }
    let broken = after(Behaviour::Honest, "Prompting", |r| {
        r.body = b"hello".to_vec()
    })
    .await;
    assert_eq!(
        (broken.status, &broken.json()["detail"][0]["type"]),
        (422, &json!("json_invalid"))
    );
    let unknown = after(Behaviour::Honest, "Unk", |_| {}).await;
    assert_eq!(unknown.status, 404);
    assert_eq!(
        unknown.json()["message"],
        "Synapse name 'Unk' not found. Available synapses ['Synapse', 'Prompting']"
    );
}

#[tokio::test]
async fn a_request_counts_once_and_only_while_fresh() {
    let addr = axon(Behaviour::Honest, Callers::default()).await;
    let request = signed(
        addr,
        "Prompting",
        &prompting(),
        &dev::alice(),
        Duration::ZERO,
    );
    assert_eq!(send(addr, "Prompting", &request).await.unwrap().status, 200);
    let replayed = send(addr, "Prompting", &request).await.unwrap();
    assert_eq!(replayed.status, 401);
    assert!(
        replayed.body.contains("a newer one was last processed"),
        "{}",
        replayed.body
    );
    let old = signed(
        addr,
        "Prompting",
        &prompting(),
        &dev::alice(),
        Duration::from_secs(7),
    );
    let stale = send(addr, "Prompting", &old).await.unwrap();
    assert!(
        stale.body.contains("acceptable delta is 6.00 seconds"),
        "{}",
        stale.body
    );
}

#[tokio::test]
async fn who_is_not_on_the_subnet_is_blacklisted() {
    let allowed = [account(&dev::alice()).0].into();
    let addr = axon(Behaviour::Honest, Arc::new(RwLock::new(Some(allowed)))).await;
    let ask = |key: Keypair| async move {
        send(
            addr,
            "Prompting",
            &signed(addr, "Prompting", &prompting(), &key, Duration::ZERO),
        )
        .await
        .unwrap()
    };
    assert_eq!(ask(dev::alice()).await.status, 200);
    let refused = ask(dev::charlie()).await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        refused.json()["message"],
        "Forbidden. Key is blacklisted: Not registered."
    );
    let message = format!(
        "{}.{}.{}.{}",
        refused.header(header::AXON_NONCE),
        account(&dev::charlie()),
        account(&dev::bob()),
        refused.header(header::AXON_UUID)
    );
    let sealed = signature::from_header(&refused.header(header::AXON_SIGNATURE)).unwrap();
    assert!(signature::verifies(
        &sealed,
        message.as_bytes(),
        &account(&dev::bob())
    ));
}

#[tokio::test]
async fn slow_is_late_and_silent_is_for_ever() {
    let started = Instant::now();
    assert_eq!(
        after(Behaviour::Slow, "Prompting", |_| {}).await.status,
        200
    );
    assert!(started.elapsed() >= Duration::from_millis(1500));
    let silent = after(Behaviour::Silent, "Prompting", |_| {});
    assert!(
        tokio::time::timeout(Duration::from_millis(500), silent)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_flaky_miner_breaks_on_the_wire_too() {
    let addr = axon(Behaviour::Flaky, Callers::default()).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..60 {
        let request = signed(
            addr,
            "Prompting",
            &prompting(),
            &dev::alice(),
            Duration::ZERO,
        );
        let asked = tokio::time::timeout(
            Duration::from_millis(300),
            send(addr, "Prompting", &request),
        )
        .await;
        seen.insert(match asked {
            Err(_) => "late",
            Ok(Err(_)) => "dropped",
            Ok(Ok(answer)) if answer.status == 500 => "error",
            Ok(Ok(answer)) if answer.head.contains("chunked") => "dropped",
            Ok(Ok(answer)) if serde_json::from_str::<Value>(&answer.body).is_err() => "broken",
            Ok(Ok(_)) => "honest",
        });
    }
    assert_eq!(
        seen,
        ["broken", "dropped", "error", "honest", "late"].into()
    );
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let huge = after(Behaviour::Honest, "Prompting", |r| {
        r.body = format!(
            "{{\"roles\":[],\"messages\":[\"{}\"]}}",
            "a".repeat(300_000)
        )
        .into_bytes();
    });
    assert_eq!(huge.await.status, 500);
}
