//! Several subnets in one service: one hotkey's transactions never collide, and one that can't be served never ends
//! the others.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use common::{Database, Scene, run, twin_subnets};
use testbed::{Child, Error};
use weighmaster::types::{LedgerState, WeightSet};

const PATIENCE: Duration = Duration::from_secs(120);
const MINERS: [(&str, &str); 2] = [("miner-01", "honest"), ("miner-02", "terse")];

fn validator(scene: &Scene, database: &Database, subnets: &[(u16, &str)]) -> Child {
    let config = scene.config_of(subnets, &[scene.ws()]);
    scene.validator("validator", &config, database)
}

/// The ledgers of all subnets, by netuid.
async fn ledgers(database: &Database) -> Vec<(u16, Vec<WeightSet>)> {
    let mut all = Vec::new();
    for subnet in database.store.subnets().await.unwrap() {
        let sets = subnet.ledger().history(100).await.unwrap();
        all.push((subnet.scope().netuid.0, sets));
    }
    all.sort_by_key(|(netuid, _)| *netuid);
    all
}

fn applied(sets: &[WeightSet]) -> usize {
    let applied = |set: &&WeightSet| set.state == LedgerState::Applied;
    sets.iter().filter(applied).count()
}

/// Two subnets whose epochs fire in the same block, one hotkey: its payloads are due at the same moment, over and over.
#[tokio::test(flavor = "multi_thread")]
async fn two_subnets_of_one_hotkey_never_share_a_nonce() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::of(Some(&twin_subnets()), &[1, 2], &MINERS).await;
    let us = "//weighmaster";
    let mut running = validator(&scene, &database, &[(1, us), (2, us)]);
    let started = Instant::now();
    let ledgers = loop {
        let ledgers = ledgers(&database).await;
        if ledgers.len() == 2 && ledgers.iter().all(|(_, sets)| applied(sets) >= 3) {
            break ledgers;
        }
        assert!(
            started.elapsed() < PATIENCE,
            "{ledgers:?}\n{}",
            running.log()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    assert!(running.terminate(Duration::from_secs(8)).await?.success());

    let sets = || ledgers.iter().flat_map(|(_, sets)| sets);
    let lost: Vec<_> = sets().filter(|set| set.state.standing().is_lost).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let nonces: Vec<u64> = sets()
        .filter_map(|s| Some(s.signed.as_ref()?.nonce))
        .collect();
    let distinct: BTreeSet<u64> = nonces.iter().copied().collect();
    assert_eq!(
        distinct.len(),
        nonces.len(),
        "a nonce was used twice: {nonces:?}"
    );
    // The planted positive: they were due together, for one fire block each time.
    let fires = |of: usize| -> BTreeSet<u64> {
        ledgers[of]
            .1
            .iter()
            .map(|set| set.intent.fire_block)
            .collect()
    };
    assert!(fires(0).intersection(&fires(1)).count() >= 2);
    Ok(())
}

/// A hotkey without a seat and a subnet that does not exist are parked with their reasons; the third subnet sets weights.
#[tokio::test(flavor = "multi_thread")]
async fn a_subnet_that_cannot_be_served_does_not_end_the_others() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::of(Some(&twin_subnets()), &[1], &MINERS).await;
    let subnets = [
        (2, "//stranger"),
        (9, "//weighmaster"),
        (1, "//weighmaster"),
    ];
    let mut running = validator(&scene, &database, &subnets);
    running.wait_for("state=\"applied\"", 1, PATIENCE).await?;
    let log = running.log();
    for said in ["not registered in subnet 2", "subnet 9 does not exist"] {
        assert_eq!(log.matches(said).count(), 1, "said once: {said}\n{log}");
    }
    assert!(running.terminate(Duration::from_secs(8)).await?.success());
    let why: Vec<String> = sqlx::query_scalar(
        "select detail->>'why' from events where kind = 'subnet' and reason = 'subnet_parked' order by 1",
    )
    .fetch_all(database.store.pool())
    .await
    .unwrap();
    assert_eq!(why.len(), 2, "{why:?}");
    let joined: i64 = sqlx::query_scalar(
        "select count(*) from events join subnets s on s.id = scope_id where reason = 'subnet_joined' and netuid = 1",
    )
    .fetch_one(database.store.pool())
    .await
    .unwrap();
    assert_eq!(joined, 1);

    // What is parked is tried again: once the stranger has a seat, its subnet is joined.
    let mut running = validator(&scene, &database, &[(2, "//miner-03")]);
    running
        .wait_for("not registered in subnet 2", 0, PATIENCE)
        .await?;
    let late = scene.miner(2, 7, "miner-03", "honest").await;
    running.wait_for("joined", 0, PATIENCE).await?;
    drop(late);
    assert!(running.terminate(Duration::from_secs(8)).await?.success());
    Ok(())
}

/// A chain that is not up yet is waited for, with one line that says so; a stop in the meantime is a clean one.
#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_is_not_up_is_waited_for() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&MINERS[..1]).await;
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let config = scene.config_over("//weighmaster", &[&format!("ws://{closed}")]);
    let mut running = scene.validator("validator", &config, &database);
    running
        .wait_for("waiting for what the subnet needs", 0, PATIENCE)
        .await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let said = running.log();
    assert_eq!(
        said.matches("no chain endpoint answers").count(),
        1,
        "{said}"
    );
    assert!(said.contains(&closed.to_string()), "{said}");

    // A door to the real chain opens where nobody answered.
    let chain = scene.ws().trim_start_matches("ws://").to_owned();
    let listener = tokio::net::TcpListener::bind(closed).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let chain = chain.clone();
            tokio::spawn(async move {
                let mut chain = tokio::net::TcpStream::connect(chain).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut socket, &mut chain).await;
            });
        }
    });
    running.wait_for("state=\"applied\"", 0, PATIENCE).await?;
    assert!(running.terminate(Duration::from_secs(8)).await?.success());
    Ok(())
}

/// Without the key of a subnet nothing starts: that is a mistake in the config, told at once.
#[test]
fn a_key_that_cannot_be_read_ends_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("c.toml");
    let text = "[[subnet]]\nnetuid = 1\n[subnet.hotkey]\nkeyfile = \"/nowhere/hotkey\"\n";
    std::fs::write(&config, text).unwrap();
    let (code, _, stderr) = run(&["--config", config.to_str().unwrap(), "run"], &[]);
    assert_eq!(code, 77, "{stderr}");
    assert!(stderr.contains("/nowhere/hotkey"), "{stderr}");
}
