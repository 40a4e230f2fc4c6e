//! The real SDK's axon, where `make interop` has put one: what a miner's own code sees of who asks.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use subtensor::key::dev;
use wire::AccountId32;

use super::{DEADLINE, config, outcomes, querier, targets};

#[tokio::test]
async fn a_real_axon_sees_who_asks_and_for_how_long() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".deps/interop/10.5.0/bin/python");
    if !python.exists() {
        println!(
            "skipped: no SDK in {}: `make interop` puts it there",
            python.display()
        );
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let mut axon = Command::new(python)
        .arg(root.join("interop/axon.py"))
        .env("HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(axon.stdout.take().unwrap()).lines();
    let said = lines
        .map_while(Result::ok)
        .find(|line| line.starts_with('{'));
    let said: Value = serde_json::from_str(&said.expect("a line from the axon")).unwrap();
    let port = u16::try_from(said["port"].as_u64().unwrap()).unwrap();

    let asked = targets([([127, 0, 0, 1], port).into()]);
    let (querier, deadline) = (querier(&config()), DEADLINE * 10);
    let mut got = outcomes(&querier, deadline, &asked).await;
    for _ in 0..40 {
        // Its server starts on a thread of its own, after the line.
        if got[0].answer().is_some() {
            break;
        }
        tokio::time::sleep(DEADLINE / 10).await;
        got = outcomes(&querier, deadline, &asked).await;
    }
    let seen = got[0].answer().unwrap_or_else(|| panic!("{got:?}"));
    let seen: Value = serde_json::from_str(seen).unwrap();
    // Its input's end is its own.
    drop(axon.stdin.take());
    axon.wait().unwrap();

    let alice = AccountId32(dev::alice().public_key().0).to_string();
    let bob = AccountId32(dev::bob().public_key().0).to_string();
    assert_eq!(seen["name"], "Prompting");
    assert_eq!(seen["timeout"], json!(30.0));
    assert_eq!(seen["messages"][0], "Be brief.");
    let dendrite = &seen["dendrite"];
    assert_eq!(dendrite["hotkey"], alice);
    assert_eq!(dendrite["version"], json!(10_002_000));
    assert!(
        dendrite["nonce"].is_u64() && dendrite["uuid"].is_string(),
        "{dendrite}"
    );
    assert!(dendrite["signature"].as_str().unwrap().starts_with("0x"));
    let axon = &seen["axon"];
    assert_eq!(axon["hotkey"], bob);
    assert_eq!(
        (&axon["ip"], &axon["port"]),
        (&json!("127.0.0.1"), &json!(port))
    );
}
