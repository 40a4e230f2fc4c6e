//! What goes over the wire, judged by the verifier that is held to the SDK's recorded traffic.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use subtensor::key::dev;
use uuid::Uuid;
use wire::AccountId32;
use wire::axon::{NonceBook, Policy, Presented, Rejection, Verifier, check_body, read_fields};

use super::server::{HONEST, Received, Server, completion, ok, request, say};
use super::{DEADLINE, config, outcomes, querier, targets};
use crate::config::{FieldSource, SynapseConfig, SynapseField};
use crate::query::Querier;
use crate::types::{Hotkey, RequestSigner};

/// An honest server and everything that it received.
async fn recorder(ip: &str) -> (Server, Arc<Mutex<Vec<Received>>>) {
    let record = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&record);
    let server = Server::start(ip, move |mut stream| {
        let all = Arc::clone(&all);
        async move {
            let received = request(&mut stream).await.unwrap();
            all.lock().unwrap().push(received);
            say(&mut stream, ok(&completion(HONEST)).as_bytes()).await;
        }
    })
    .await;
    (server, record)
}

/// //Bob's axon as the strictest would check it.
fn verify(
    verifier: &mut Verifier,
    received: &Received,
    hashed: &[&str],
) -> Result<AccountId32, Rejection> {
    let asked = Presented::read(|name| received.header(name), hashed)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let asker = verifier.verify(&asked, now.as_nanos() as u64)?;
    let content_type = received.header("content-type");
    let fields = read_fields(content_type.as_deref(), &received.body)?;
    check_body(&asked, &fields, hashed)?;
    Ok(asker)
}

fn bobs_verifier() -> Verifier {
    let bob = AccountId32(dev::bob().public_key().0);
    Verifier::new(&bob, Policy::STRICT, NonceBook::default())
}

/// Everything but the nonce and the uuid is fixed: who signs here signs with a hash, so that what is signed shows too.
#[tokio::test]
async fn a_request_is_these_bytes() {
    let (server, record) = recorder("127.0.0.2").await;
    let alice = Hotkey(dev::alice().public_key().0);
    let signer = RequestSigner::new(alice, |message| Sha512::digest(message).into());
    let querier = Querier::new(&config(), &[], signer);
    outcomes(&querier, DEADLINE, &targets([server.address])).await;
    let received = record.lock().unwrap().remove(0);

    let header = |name: &str| received.header(name).unwrap();
    let nonce: u64 = header("bt_header_dendrite_nonce").parse().unwrap();
    let uuid: Uuid = header("bt_header_dendrite_uuid").parse().unwrap();
    let port = server.address.port();
    let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    let bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
    let hash = "f524d56b3d99513a3452331c9ed02510ba959d183177f48828307370e58fd8fb";
    let message = format!("{nonce}.{alice}.{bob}.{uuid}.{hash}");
    let signature = hex::encode(Sha512::digest(message));
    let nothing = r#""status_code":null,"status_message":null,"process_time":null"#;
    let body = format!(
        r#"{{"name":"Prompting","timeout":3.0,"total_size":0,"header_size":0,"dendrite":{{{nothing},"ip":null,"port":null,"version":10002000,"nonce":{nonce},"uuid":"{uuid}","hotkey":"{alice}","signature":"0x{signature}"}},"axon":{{{nothing},"ip":"127.0.0.2","port":{port},"version":null,"nonce":null,"uuid":null,"hotkey":"{bob}","signature":null}},"computed_body_hash":"","roles":["system","user"],"messages":["Be brief.","What's \"2+2\"? é你\n"]}}"#
    );
    let lines = [
        "POST /Prompting HTTP/1.1",
        "name: Prompting",
        "timeout: 3.0",
        "bt_header_axon_ip: 127.0.0.2",
        &format!("bt_header_axon_port: {port}"),
        &format!("bt_header_axon_hotkey: {bob}"),
        "bt_header_dendrite_version: 10002000",
        &format!("bt_header_dendrite_nonce: {nonce}"),
        &format!("bt_header_dendrite_uuid: {uuid}"),
        &format!("bt_header_dendrite_hotkey: {alice}"),
        &format!("bt_header_dendrite_signature: 0x{signature}"),
        &format!("computed_body_hash: {hash}"),
        "content-type: application/json",
        "bt_header_input_obj_roles: W10=",
        "bt_header_input_obj_messages: W10=",
        "accept-encoding: identity",
        "accept: */*",
        concat!("user-agent: weighmaster/", env!("CARGO_PKG_VERSION")),
        &format!("host: 127.0.0.2:{port}"),
        &format!("content-length: {}", body.len()),
        "",
        "",
    ];
    assert_eq!(received.head, lines.join("\r\n"));
    assert_eq!(String::from_utf8(received.body).unwrap(), body);
}

#[tokio::test]
async fn an_axon_accepts_every_request_once() {
    let (server, record) = recorder("127.0.0.2").await;
    let querier = querier(&config());
    for _ in 0..3 {
        let got = outcomes(&querier, DEADLINE, &targets(vec![server.address; 5])).await;
        assert!(got.iter().all(|outcome| outcome.answer() == Some(HONEST)));
    }
    let record = record.lock().unwrap();
    assert_eq!(record.len(), 15);
    let mut verifier = bobs_verifier();
    let alice = AccountId32(dev::alice().public_key().0);
    let (mut nonces, mut uuids) = (BTreeSet::new(), BTreeSet::new());
    for received in record.iter() {
        assert!(received.head.starts_with("POST /Prompting HTTP/1.1\r\n"));
        let asker = verify(&mut verifier, received, &["roles", "messages"]);
        assert_eq!(asker, Ok(alice));
        nonces.insert(received.header("bt_header_dendrite_nonce"));
        uuids.insert(received.header("bt_header_dendrite_uuid"));

        let body: Value = serde_json::from_slice(&received.body).unwrap();
        assert_eq!(
            body["messages"],
            json!(["Be brief.", "What's \"2+2\"? é你\n"])
        );
        assert_eq!(body["dendrite"]["hotkey"], alice.to_string());
        let header = |name: &str| received.header(name).unwrap_or_default();
        assert_eq!(header("accept-encoding"), "identity");
        assert_eq!(header("timeout"), "3.0");
        assert_eq!(header("bt_header_input_obj_roles"), "W10=");
        assert!(header("user-agent").starts_with("weighmaster/"));
    }
    assert_eq!((nonces.len(), uuids.len()), (15, 15));

    let again = verify(&mut verifier, &record[0], &["roles", "messages"]);
    assert_eq!(again, Err(Rejection::UsedNonce));
}

#[tokio::test]
async fn a_body_changed_on_the_way_is_refused() {
    let (server, record) = recorder("127.0.0.2").await;
    outcomes(&querier(&config()), DEADLINE, &targets([server.address])).await;
    let mut received = record.lock().unwrap().remove(0);
    received.body = br#"{"roles":["user"],"messages":["easy"]}"#.to_vec();
    let verdict = verify(&mut bobs_verifier(), &received, &["roles", "messages"]);
    assert!(
        matches!(verdict, Err(Rejection::BodyHash { .. })),
        "{verdict:?}"
    );
}

#[tokio::test]
async fn a_subnet_may_define_its_own_synapse() {
    let (server, record) = recorder("127.0.0.2").await;
    let field = |name: &str, from, value| SynapseField {
        name: name.into(),
        from,
        value,
    };
    let mut config = config();
    config.synapse = SynapseConfig {
        name: "Ask".into(),
        fields: vec![
            field("prompt", FieldSource::Prompt, None),
            field(
                "sampling",
                FieldSource::Constant,
                Some(json!({"top_p": 0.9, "n": 1})),
            ),
            field("seed", FieldSource::Constant, Some(json!(7))),
        ],
        hashed: vec!["seed".into(), "prompt".into(), "sampling".into()],
        answer: "completion".into(),
    };
    outcomes(&querier(&config), DEADLINE, &targets([server.address])).await;
    let received = record.lock().unwrap().remove(0);
    assert!(received.head.starts_with("POST /Ask "));
    let hashed = ["seed", "prompt", "sampling"];
    assert!(verify(&mut bobs_verifier(), &received, &hashed).is_ok());
    let body: Value = serde_json::from_slice(&received.body).unwrap();
    assert_eq!(body["prompt"], "What's \"2+2\"? é你\n");
    assert_eq!(body["sampling"], json!({"top_p": 0.9, "n": 1}));
}

/// Which validator asks, where the operator says it; else which program.
#[tokio::test]
async fn a_validator_may_name_itself() {
    let (server, record) = recorder("127.0.0.2").await;
    let mut config = config();
    config.query.user_agent = "validator of example.com".into();
    outcomes(&querier(&config), DEADLINE, &targets([server.address])).await;
    let agent = record.lock().unwrap()[0].header("user-agent");
    assert_eq!(agent.as_deref(), Some("validator of example.com"));
}

#[tokio::test]
async fn an_axon_on_ipv6_is_asked() {
    let (server, record) = recorder("::1").await;
    let got = outcomes(&querier(&config()), DEADLINE, &targets([server.address])).await;
    assert_eq!(got[0].answer(), Some(HONEST));
    let host = record.lock().unwrap()[0].header("host");
    assert_eq!(host, Some(server.address.to_string()));
}

/// This test runs itself a second time with a proxy in the environment that nothing listens at.
#[tokio::test]
async fn a_proxy_of_the_environment_is_not_used() {
    let server = Server::honest("127.0.0.2").await;
    let got = outcomes(&querier(&config()), DEADLINE, &targets([server.address])).await;
    assert_eq!(got[0].answer(), Some(HONEST));
    if std::env::var_os("HTTP_PROXY").is_some() {
        return;
    }
    let name = "query::tests::request::a_proxy_of_the_environment_is_not_used";
    let nowhere = "http://127.0.0.9:1";
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .envs([
            ("HTTP_PROXY", nowhere),
            ("http_proxy", nowhere),
            ("ALL_PROXY", nowhere),
        ])
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(
        again.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
