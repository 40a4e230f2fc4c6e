//! The ways to the chain break: a connection that hangs, a node that goes away and comes back, and a storm of both at
//! two paces. `make storm` makes the storm long.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

mod common;

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use common::{Database, Scene, Tact};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;
use subtensor::{Endpoints, Settings, weight_row};
use testbed::{Child, Error};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;
use weighmaster::types::{LedgerState, WeightSet};

const PATIENCE: Duration = Duration::from_secs(90);
const APPLIED: &str = "state=\"applied\"";

#[derive(Clone, Copy, PartialEq)]
enum Line {
    Open,
    /// Takes connections and bytes, and answers nothing: what a half-open websocket looks like.
    Hanging,
    /// Ends every connection, and each new one at once.
    Cut,
}

/// A door to the chain that can be jammed.
struct Proxy {
    address: SocketAddr,
    line: watch::Sender<Line>,
}

impl Proxy {
    async fn to(chain: &str) -> Self {
        let chain = chain.trim_start_matches("ws://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (line, state) = watch::channel(Line::Open);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(carry(socket, chain.clone(), state.clone()));
            }
        });
        Self { address, line }
    }

    fn ws(&self) -> String {
        format!("ws://{}", self.address)
    }

    fn set(&self, line: Line) {
        self.line.send_replace(line);
    }
}

async fn carry(mut socket: TcpStream, chain: String, mut line: watch::Receiver<Line>) {
    let Ok(mut chain) = TcpStream::connect(chain).await else {
        return;
    };
    loop {
        let state = *line.borrow_and_update();
        let carried = async {
            match state {
                Line::Open => drop(copy_bidirectional(&mut socket, &mut chain).await),
                Line::Hanging => std::future::pending().await,
                Line::Cut => {}
            }
        };
        tokio::select! {
            () = carried => return,
            changed = line.changed() => if changed.is_err() { return },
        }
    }
}

fn validator(scene: &Scene, database: &Database, endpoints: &[&str]) -> Child {
    let config = scene.config_over("//weighmaster", endpoints);
    scene.validator("validator", &config, database)
}

/// A node that hangs is left for the next one, within the deadlines of a call and a head.
#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_node_is_left_for_the_next() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&[("miner-01", "honest"), ("miner-02", "terse")]).await;
    let proxy = Proxy::to(scene.ws()).await;
    let mut running = validator(&scene, &database, &[&proxy.ws(), scene.ws()]);
    let following = |endpoint: &str| format!("following finalized heads endpoint=\"{endpoint}\"");
    running
        .wait_for(&following(&proxy.ws()), 0, PATIENCE)
        .await?;
    let applied = running.wait_for(APPLIED, 0, PATIENCE).await?;
    assert!(!running.log().contains(&following(scene.ws())));

    proxy.set(Line::Hanging);
    running
        .wait_for(&following(scene.ws()), 0, PATIENCE)
        .await?;
    running.wait_for(APPLIED, applied, PATIENCE).await?;
    assert!(running.terminate(Duration::from_secs(8)).await?.success());
    Ok(())
}

/// The only node goes away for a while: the service waits, and goes on when it is back.
#[tokio::test(flavor = "multi_thread")]
async fn the_only_node_may_come_back() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&[("miner-01", "honest"), ("miner-02", "terse")]).await;
    let proxy = Proxy::to(scene.ws()).await;
    let mut running = validator(&scene, &database, &[&proxy.ws()]);
    running.wait_for(APPLIED, 0, PATIENCE).await?;

    proxy.set(Line::Cut);
    running
        .wait_for("no chain endpoint answers", 0, PATIENCE)
        .await?;
    let applied = running.log().matches(APPLIED).count();
    proxy.set(Line::Open);
    running.wait_for(APPLIED, applied, PATIENCE).await?;
    assert!(running.terminate(Duration::from_secs(8)).await?.success());
    Ok(())
}

/// A chain's pace and the patience that is configured for it.
struct Storm {
    tact: Tact,
    request_timeout_s: f64,
    head_timeout_s: f64,
    /// Of ten epochs that fire in the storm, so many get their weights at least.
    floor: usize,
}

/// Blocks of 250 ms and patience in seconds, as a local chain is configured: 20 and 40 blocks.
const LOCAL: Storm = Storm {
    tact: Tact {
        block_ms: 250,
        tempo: 40,
    },
    request_timeout_s: 5.0,
    head_timeout_s: 10.0,
    floor: 6,
};

/// Patience in blocks as on the real chain, where a block takes 12 s: 20 s and 90 s.
const REAL: Storm = Storm {
    tact: Tact {
        block_ms: 400,
        tempo: 30,
    },
    request_timeout_s: 20.0 / 12.0 * 0.4,
    head_timeout_s: 90.0 / 12.0 * 0.4,
    floor: 8,
};

/// Breaks and mends a line at random: open for 6 to 15 blocks, then broken for 1 to 8.
async fn jam(proxy: watch::Sender<Line>, block_ms: u32, seed: u64) {
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    loop {
        let broken = match rng.random_bool(0.5) {
            true => Line::Hanging,
            false => Line::Cut,
        };
        for (line, blocks) in [(Line::Open, 6..=15), (broken, 1..=8)] {
            proxy.send_replace(line);
            let blocks: u32 = rng.random_range(blocks);
            tokio::time::sleep(Duration::from_millis(u64::from(block_ms * blocks))).await;
        }
    }
}

/// How many epochs the storm lasts.
fn epochs() -> u64 {
    let asked = std::env::var("STORM_EPOCHS").ok();
    asked.map_or(3, |epochs| epochs.parse().unwrap())
}

/// Two ways to the chain, each broken again and again, often both: most epochs get their weights, no window gets two
/// payloads, what counts as applied stands on chain, and no epoch is missing from the record.
async fn weather(storm: Storm) -> Result<(), Error> {
    let database = Database::fresh().await;
    let miners = [("miner-01", "honest"), ("miner-02", "terse")];
    let scene = Scene::at(storm.tact, None, &[1], &miners).await;
    let ways = [Proxy::to(scene.ws()).await, Proxy::to(scene.ws()).await];
    let config = scene.config_over("//weighmaster", &[&ways[0].ws(), &ways[1].ws()]);
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text
        .replace(
            "request_timeout_s = 3.0",
            &format!("request_timeout_s = {}", storm.request_timeout_s),
        )
        .replace(
            "head_timeout_s = 6.0",
            &format!("head_timeout_s = {}", storm.head_timeout_s),
        );
    std::fs::write(&config, text).unwrap();
    let mut running = scene.validator("validator", &config, &database);
    running.wait_for(APPLIED, 0, PATIENCE).await?;

    let block_ms = storm.tact.block_ms;
    let first = newest(&database).await;
    let jams = ways.iter().zip(1..).map(|(way, seed)| {
        AbortOnDropHandle::new(tokio::spawn(jam(way.line.clone(), block_ms, seed)))
    });
    let jams: Vec<_> = jams.collect();
    let epoch = Duration::from_millis(u64::from(block_ms) * u64::from(storm.tact.tempo));
    tokio::time::sleep(epoch * u32::try_from(epochs()).unwrap()).await;
    drop(jams);
    ways.iter().for_each(|way| way.set(Line::Open));
    // One calm epoch, in which all that is open is settled.
    let stormy = running.log().matches(APPLIED).count();
    running.wait_for(APPLIED, stormy, PATIENCE).await?;
    let last = newest(&database).await;
    assert!(running.terminate(Duration::from_secs(8)).await?.success());

    judge(&storm, &scene, &database, first + 1..=last, &running.log()).await;
    Ok(())
}

/// What the ledger and the chain hold of the epochs that fired in a storm.
async fn judge(
    storm: &Storm,
    scene: &Scene,
    database: &Database,
    run: RangeInclusive<u64>,
    log: &str,
) {
    let subnet = &database.store.subnets().await.unwrap()[0];
    let ledger = subnet.ledger().history(1000).await.unwrap();
    let of = |epoch: u64| {
        ledger
            .iter()
            .filter(move |set| set.intent.window.epoch == epoch)
    };
    let applied = |set: &&WeightSet| set.state == LedgerState::Applied;
    let run: Vec<u64> = run.collect();
    let right = run
        .iter()
        .filter(|e| of(**e).any(|set| applied(&set)))
        .count();
    println!(
        "{right} of {} epochs right at blocks of {} ms",
        run.len(),
        storm.tact.block_ms
    );
    for epoch in &run {
        let landed = of(*epoch).filter(|set| set.included.is_some()).count();
        assert!(
            landed <= 1,
            "two payloads of epoch {epoch} landed: {ledger:?}"
        );
    }
    assert!(run.len() as u64 >= epochs(), "{run:?}");
    prove(scene, ledger.iter().filter(applied)).await;
    let recorded: i64 = sqlx::query_scalar(
        "select count(distinct epoch) from chain_epochs where epoch between $1 and $2",
    )
    .bind(run[0] as i64)
    .bind(run[run.len() - 1] as i64)
    .fetch_one(database.store.pool())
    .await
    .unwrap();
    assert_eq!(recorded as usize, run.len(), "an epoch is not recorded");
    assert!(
        10 * right >= storm.floor * run.len(),
        "{right} of {}\n{}",
        run.len(),
        log
    );
}

async fn newest(database: &Database) -> u64 {
    let subnet = &database.store.subnets().await.unwrap()[0];
    subnet.epochs().newest().await.unwrap().unwrap_or_default()
}

/// What the ledger calls applied stood on chain one block before its epoch fired.
async fn prove<'s>(scene: &Scene, applied: impl Iterator<Item = &'s WeightSet>) {
    let patience = Duration::from_secs(30);
    let chain = Endpoints::open(Settings {
        endpoints: vec![scene.ws().into()],
        request_timeout: patience,
        head_timeout: patience,
        genesis: None,
    });
    let node = chain.node().await.unwrap();
    for set in applied {
        let at = node.block_at(set.intent.fire_block - 1).await.unwrap();
        let scope = set.intent.window.scope;
        let subnet = subtensor::read_subnet(&node, at, scope.netuid, scope.mechanism);
        let subnet = subnet.await.unwrap();
        let us = subnet.metagraph.by_hotkey(&set.intent.hotkey).unwrap().uid;
        let row = weight_row(&node, at, scope.netuid, scope.mechanism, us);
        assert_eq!(row.await.unwrap(), set.intent.vector.entries(), "{set:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_at_a_local_chains_pace() -> Result<(), Error> {
    weather(LOCAL).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_at_the_real_chains_ratios() -> Result<(), Error> {
    weather(REAL).await
}
