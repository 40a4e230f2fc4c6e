//! Whose fault it is: what is ours moves no score, what is a miner's does.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::{Duration, Instant, SystemTime};

use common::{Database, Scene};
use serde_json::json;
use testbed::{Child, Error};
use weighmaster::types::{Hotkey, MovingAverage};

const PATIENCE: Duration = Duration::from_secs(90);

struct Act {
    database: Database,
    scene: Scene,
    running: Child,
}

impl Act {
    /// A validator over an empty subnet.
    async fn open() -> Self {
        Self::on(Scene::of(None, &[1], &[]).await).await
    }

    async fn on(scene: Scene) -> Self {
        let database = Database::fresh().await;
        let config = scene.config("//weighmaster");
        let running = scene.validator("validator", &config, &database);
        Self {
            database,
            scene,
            running,
        }
    }

    async fn honest(&self, n: u8) -> Child {
        let name = format!("miner-0{n}");
        self.scene.miner(1, n + 1, &name, "honest").await
    }

    fn hotkey(&self, n: u8) -> Hotkey {
        let account = self.scene.stage.chain().account(&format!("miner-0{n}"));
        account.unwrap().ss58.parse().unwrap()
    }

    async fn score(&self, n: u8) -> Option<MovingAverage> {
        let (hotkey, subnets) = (self.hotkey(n), self.database.store.subnets().await.unwrap());
        let table = subnets.first()?.scores().table().await.unwrap();
        let found = table.into_iter().find(|(miner, _)| miner.hotkey == hotkey);
        found.map(|(_, average)| average)
    }

    async fn value(&self, n: u8) -> f64 {
        self.score(n).await.map_or(0.0, |s| s.value)
    }

    /// Waits until a miner's average is what it should be; returns it.
    async fn until(&self, n: u8, what: &str, right: impl Fn(f64) -> bool) -> f64 {
        let started = Instant::now();
        loop {
            let value = self.value(n).await;
            if right(value) {
                return value;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{what}: {value}\n{}",
                self.running.log()
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let pool = sqlx::PgPool::connect(&self.database.url).await.unwrap();
        let count = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        pool.close().await;
        count
    }
}

/// The uplink goes down: everyone is silent, and so are those that are tried. One that is silent alone is so by itself.
#[tokio::test(flavor = "multi_thread")]
async fn miners_that_fall_silent_together_keep_their_scores_and_one_alone_does_not()
-> Result<(), Error> {
    let act = Act::open().await;
    let mut miners = [
        act.honest(1).await,
        act.honest(2).await,
        act.honest(3).await,
    ];
    for n in 1..=3 {
        act.until(n, "an honest miner earns", |v| v > 0.2).await;
    }

    miners[2].kill().await;
    let before = act.value(3).await;
    act.until(3, "one that is gone alone falls", |v| v < 0.6 * before)
        .await;
    assert!(act.value(1).await > 0.2 && act.value(2).await > 0.2);

    miners[0].kill().await;
    miners[1].kill().await;
    act.running.wait_for("no verdicts", 0, PATIENCE).await?;
    let kept = (act.value(1).await, act.value(2).await);
    assert!(kept.0 > 0.2 && kept.1 > 0.2, "{kept:?}");
    act.running.wait_for("no verdict ", 5, PATIENCE).await?;
    assert_eq!((act.value(1).await, act.value(2).await), kept);
    assert_eq!(
        act.running.log().matches("no verdicts").count(),
        1,
        "said once"
    );
    let told = "select count(*) from events where reason = 'all_silent'";
    assert_eq!(act.count(told).await, 1);
    let rounds =
        "select count(*) from rounds where no_verdict = 'all_silent' and judgement_id is null";
    assert!(act.count(rounds).await >= 5, "the exchanges are kept");

    let _back = act.honest(1).await;
    act.running
        .wait_for("rounds are judged again", 0, PATIENCE)
        .await?;
    act.until(2, "the other one is gone by itself now", |v| {
        v < 0.6 * kept.1
    })
    .await;
    Ok(())
}

/// `Axons` of the pallet: twox128 of both names.
const AXONS: &str = "0x658faa385070e074c85bf6b568cf0555b4e0c7b1d5f74994fcd58c28ab601fec";

#[tokio::test(flavor = "multi_thread")]
async fn a_miner_that_takes_its_axon_off_ages_as_one_that_does_not_answer() -> Result<(), Error> {
    let act = Act::open().await;
    let _miners = [act.honest(1).await, act.honest(2).await];
    for n in 1..=2 {
        act.until(n, "an honest miner earns", |v| v > 0.2).await;
    }
    let keys = act
        .scene
        .call("state_getKeysPaged", json!([AXONS, 100]))
        .await;
    let gone = hex::encode(act.hotkey(2).0);
    let key = keys
        .as_array()
        .unwrap()
        .iter()
        .find(|k| k.as_str().unwrap().ends_with(&gone));
    let change = json!([[[key.unwrap(), null]]]);
    act.scene.call("dev_setStorage", change).await;

    let before = act.value(2).await;
    act.until(2, "it ages", |v| v < 0.5 * before).await;
    assert!(act.value(1).await > 0.2);
    let why = "select count(*) from responses where outcome = 'no_axon'";
    assert!(act.count(why).await > 0);
    Ok(())
}

/// The chain's time runs ahead of this host's clock: whoever checks the nonce would refuse every request.
#[tokio::test(flavor = "multi_thread")]
async fn with_a_wrong_clock_nobody_is_asked_and_the_clock_is_named() -> Result<(), Error> {
    let act = Act::open().await;
    let _miner = act.honest(1).await;
    act.until(1, "an honest miner earns", |v| v > 0.2).await;
    a_minute_ahead(&act.scene).await;
    act.running.wait_for("clock_wrong", 0, PATIENCE).await?;
    let log = act.running.log();
    assert!(
        log.contains("behind the chain") && log.contains("timedatectl"),
        "{log}"
    );
    let asked = "select count(*) from rounds where no_verdict is null";
    // What was being asked may still come to its judgement.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (before, kept) = (act.count(asked).await, act.value(1).await);
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!((act.count(asked).await, act.value(1).await), (before, kept));
    assert_eq!(
        act.running.log().matches("no verdicts").count(),
        1,
        "said once"
    );
    Ok(())
}

/// The first round is not asked before the chain's time is known.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong_from_the_start_charges_nobody() -> Result<(), Error> {
    let scene = Scene::of(None, &[1], &[("miner-01", "honest")]).await;
    a_minute_ahead(&scene).await;
    let act = Act::on(scene).await;
    act.running.wait_for("clock_wrong", 0, PATIENCE).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(act.count("select count(*) from rounds").await, 0);
    Ok(())
}

/// Of this host's clock, the chain's is.
async fn a_minute_ahead(scene: &Scene) {
    let ahead = SystemTime::now() + Duration::from_secs(60);
    let ahead = ahead.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let ahead = json!([ahead.as_millis() as u64]);
    scene.call("dev_setTime", ahead).await;
}
