//! Which chain it is, what it did while nobody looked, and weights that it does not take.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{Database, Scene, run, twin_subnets};
use serde_json::Value;
use testbed::{Child, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(90);
const APPLIED: &str = "state=\"applied\"";
const MINERS: [(&str, &str); 2] = [("miner-01", "honest"), ("miner-02", "terse")];

async fn end(mut running: Child) -> Result<(), Error> {
    let status = running.terminate(Duration::from_secs(8)).await?;
    assert!(status.success(), "{status}\n{}", running.log());
    Ok(())
}

async fn count(database: &Database, sql: &'static str) -> i64 {
    let counted = sqlx::query_scalar(sql).fetch_one(database.store.pool());
    counted.await.unwrap()
}

/// The database knows the chain: a node of another one is passed over though it stands first, and where there is no
/// other the right one is waited for. The other chain has the same subnet and the same hotkey with a seat.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_of_another_chain_is_passed_over_and_ends_nothing() -> Result<(), Error> {
    let database = Database::fresh().await;
    let ours = Scene::open(&MINERS).await;
    let other = Scene::of(Some(&twin_subnets()), &[1], &[]).await;
    let start = |name: &str, endpoints: &[&str]| {
        let config = ours.config_over("//weighmaster", endpoints);
        ours.validator(name, &config, &database)
    };
    let running = start("first", &[ours.ws()]);
    running.wait_for("joined", 0, PATIENCE).await?;
    end(running).await?;

    let running = start("both", &[other.ws(), ours.ws()]);
    running.wait_for(APPLIED, 0, PATIENCE).await?;
    let log = running.log();
    let said = log.lines().filter(|l| l.contains("is passed over"));
    let said: Vec<&str> = said.collect();
    assert!(said.len() == 1 && said[0].contains(other.ws()), "{log}");
    end(running).await?;

    let running = start("wrong", &[other.ws()]);
    running.wait_for("is passed over", 0, PATIENCE).await?;
    running.wait_for("waiting for what", 0, PATIENCE).await?;
    tokio::time::sleep(Duration::from_secs(8)).await;
    let log = running.log();
    let waits = log.matches("waiting for what").count();
    assert!(waits == 1 && !log.contains("joined"), "{log}");
    end(running).await?;
    assert_eq!(count(&database, "select count(*) from networks").await, 1);

    // Who means the other chain says so.
    let genesis = other.stage.chain().line()["genesis"].as_str().unwrap();
    let config = ours.config_over("//weighmaster", &[other.ws()]);
    let text = std::fs::read_to_string(&config).unwrap();
    let named = text.replace("[chain]\n", &format!("[chain]\ngenesis = \"{genesis}\"\n"));
    std::fs::write(&config, named).unwrap();
    let running = ours.validator("named", &config, &database);
    running.wait_for("joined", 0, PATIENCE).await?;
    end(running).await
}

/// Epochs that fired while the service was away are read from the chain, each from its own block, and shown as
/// skipped.
#[tokio::test(flavor = "multi_thread")]
async fn an_absence_leaves_no_hole_in_the_epochs() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&MINERS).await;
    let config = scene.config("//weighmaster");
    let running = scene.validator("before", &config, &database);
    running.wait_for(APPLIED, 0, PATIENCE).await?;
    end(running).await?;
    let before = count(&database, "select max(epoch) from chain_epochs").await;
    // Epochs of four seconds: two at least.
    tokio::time::sleep(Duration::from_secs(10)).await;
    let running = scene.validator("after", &config, &database);
    running.wait_for(APPLIED, 0, PATIENCE).await?;
    end(running).await?;

    let epochs: Vec<(i64, i64)> =
        sqlx::query_as("select epoch, min(block) from chain_epochs group by epoch order by epoch")
            .fetch_all(database.store.pool())
            .await
            .unwrap();
    let (first, last) = (epochs[0].0, epochs[epochs.len() - 1].0);
    assert!(last >= before + 3, "{before} {epochs:?}");
    let dense: Vec<i64> = (first..=last).collect();
    let recorded: Vec<i64> = epochs.iter().map(|e| e.0).collect();
    assert_eq!(recorded, dense);
    // Each from its own block: 40 blocks apart, as they fired.
    let apart: Vec<i64> = epochs.windows(2).map(|e| e[1].1 - e[0].1).collect();
    assert!(apart.iter().all(|blocks| *blocks == 40), "{epochs:?}");

    let command = [
        "--config",
        config.to_str().unwrap(),
        "weights",
        "history",
        "--json=array",
    ];
    let envs = [("DATABASE_URL", database.url.as_str())];
    let (status, stdout, stderr) = run(&command, &envs);
    assert_eq!(status, 0, "{stderr}");
    let rows: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    let missed = rows.iter().find(|row| row["epoch"] == before + 2);
    let missed = missed.unwrap_or_else(|| panic!("{stdout}"));
    assert_eq!(
        (&missed["state"], &missed["reason"]),
        (&"skipped".into(), &"service_away".into())
    );
    assert!(rows.iter().any(|row| row["state"] == "applied"), "{stdout}");
    Ok(())
}

/// States that the node has given up are not read: that is said once, and the record goes on after them.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_node_can_show_any_more_is_left_out_and_said_once() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&MINERS).await;
    let config = scene.config("//weighmaster");
    let running = scene.validator("before", &config, &database);
    running.wait_for(APPLIED, 0, PATIENCE).await?;
    end(running).await?;
    let before = count(&database, "select max(epoch) from chain_epochs").await;
    tokio::time::sleep(Duration::from_secs(12)).await;
    let discarded = ask(scene.ws(), "dev_discardState", "[5]").await;
    assert!(discarded.contains("\"result\":true"), "{discarded}");
    let running = scene.validator("after", &config, &database);
    let said = "reason=\"epoch_unreadable\"";
    running.wait_for(said, 0, PATIENCE).await?;
    running.wait_for(APPLIED, 0, PATIENCE).await?;
    assert_eq!(running.log().matches(said).count(), 1);
    end(running).await?;

    // Not tried again: what was left out is behind what is recorded.
    let running = scene.validator("again", &config, &database);
    running.wait_for(APPLIED, 0, PATIENCE).await?;
    let log = running.log();
    let first = format!("first={}", before + 1);
    assert!(!log.contains(&first), "{log}");
    end(running).await?;
    let told = "select count(*) from events where reason = 'epoch_unreadable'";
    assert_eq!(count(&database, told).await, 1);
    assert!(count(&database, "select max(epoch) from chain_epochs").await > before + 2);
    Ok(())
}

/// One call of the node's, over plain HTTP.
async fn ask(ws: &str, method: &str, params: &str) -> String {
    let address = ws.trim_start_matches("ws://").trim_end_matches('/');
    let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
    let head = format!(
        "POST / HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all((head + &body).as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer
}

/// A hotkey that may set no weights: each epoch says why once, and the row's age raises an alarm ever more seldom.
#[tokio::test(flavor = "multi_thread")]
async fn weights_that_can_not_be_set_are_told_and_raise_an_alarm() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&MINERS).await;
    let config = scene.config("//miner-02");
    let running = scene.validator("validator", &config, &database);
    running
        .wait_for("reason=\"weights_old\"", 0, PATIENCE)
        .await?;
    tokio::time::sleep(Duration::from_secs(6)).await;
    let log = running.log();
    assert!(log.matches("reason=\"weights_old\"").count() <= 2, "{log}");
    end(running).await?;
    let alarms = count(
        &database,
        "select count(*) from events where reason = 'weights_old'",
    )
    .await;
    assert!((1..=2).contains(&alarms), "{alarms}");

    let twice =
        "select count(*) from (select from events where kind = 'weights' and detail ? 'epoch'
                 group by detail->'epoch', reason having count(*) > 1) twice";
    assert_eq!(count(&database, twice).await, 0);
    let command = [
        "--config",
        config.to_str().unwrap(),
        "weights",
        "history",
        "--json=array",
    ];
    let (_, stdout, _) = run(&command, &[("DATABASE_URL", database.url.as_str())]);
    let rows: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    let skipped = rows.iter().filter(|row| row["state"] == "skipped");
    assert!(skipped.count() >= 3, "{stdout}");
    let reason = rows[0]["reason"].as_str().unwrap();
    assert!(reason.contains("TAO"), "in numbers: {reason}");
    Ok(())
}
