//! `localnet up`: a whole world from one file, to try an incentive design and see who earns what.
//!
//! ```text
//! WORLD.toml ─► Scenario ─┬─ plain world ─► node ◄───── extrinsics ─────┐
//!                         └─ cast ─► Stage: after each block, Player ───┘
//!                                              └─ after each epoch, Record ─► table, epochs.csv, plot.svg
//! ```

mod cast;
mod check;
mod csv;
mod error;
mod history;
mod moves;
mod player;
mod plot;
mod policy;
pub mod record;
mod report;
mod stage;
mod table;
mod view;
pub mod world;

use std::sync::Arc;
use std::time::{Duration, Instant};

use localnet_runtime::genesis::Drand;

use crate::cli::UpArgs;
use crate::node::{self, Node, Wish};
use crate::{exec, run};

pub use error::UpError;
use report::Report;
pub use stage::Stage;
pub use world::Scenario;

/// States kept of a world that nobody can ask for them.
const STATES: usize = 64;

/// A long run shows this often that it goes on.
const TELL_AFTER: Duration = Duration::from_secs(10);

/// `localnet up`: returns after the epochs asked for, or after a signal.
pub async fn run(args: UpArgs) -> anyhow::Result<()> {
    exec::quiet_runtime_panics();
    let scenario = Scenario::parse(&run::read_world(&args.world)?)?;
    match args.epochs {
        Some(epochs) => tokio::task::spawn_blocking(move || fast(scenario, epochs, &args)).await?,
        None => live(scenario, args).await,
    }
}

/// The world's node. With `salt` it is a world of its own: always the same genesis, and no drand pulses, which cost
/// two pairings a block and which nobody waits for, since players commit by hash.
pub fn open(
    scenario: &Scenario,
    salt: Option<String>,
) -> Result<(Node, localnet_runtime::genesis::World), UpError> {
    let wish = Wish {
        world: Some(scenario.text.clone()),
        drand: salt.is_some().then_some(Drand::Quicknet),
        salt,
        finality_lag: 2,
        ..Wish::default()
    };
    Ok(node::open(wish)?)
}

/// Runs epochs one after another, as fast as the machine can.
fn fast(scenario: Scenario, epochs: u32, args: &UpArgs) -> anyhow::Result<()> {
    let (node, _) = open(&scenario, Some(format!("up {}", scenario.seed)))?;
    let mut stage = Stage::new(scenario, &node)?;
    let mut report = Report::new(
        &stage,
        args.out.as_deref(),
        args.every,
        Some(u64::from(epochs)),
    )?;
    let mut told = Instant::now();
    while stage.epochs_run() < u64::from(epochs) {
        let records = stage.step(&node)?;
        if told.elapsed() > TELL_AFTER {
            told = Instant::now();
            let block = node.heads().best.number;
            tracing::info!(
                epochs = stage.epochs_run(),
                of = epochs,
                block,
                "still running"
            );
        }
        if !records.is_empty() {
            node.discard_states(STATES);
        }
        report.add(&stage, &records)?;
    }
    report.finish()
}

/// Serves the world and plays in it, until a signal.
async fn live(scenario: Scenario, args: UpArgs) -> anyhow::Result<()> {
    let listener = run::listen(args.rpc_port).await?;
    let opened = tokio::task::spawn_blocking(move || {
        let (node, world) = open(&scenario, None)?;
        let stage = Stage::new(scenario, &node)?;
        anyhow::Ok((Arc::new(node), world, stage))
    });
    let (node, world, stage) = opened.await??;
    let report = Report::new(&stage, args.out.as_deref(), args.every, None)?;
    let playing = tokio::spawn(play(node.clone(), stage, report));
    let served = run::serve(listener, node, &world, args.dev, args.exit_with_parent).await;
    playing.abort();
    served
}

/// Plays on each head that is announced. The plot is written anew with each epoch: a signal may come at any time.
async fn play(node: Arc<Node>, mut stage: Stage, mut report: Report) {
    let mut heads = node.subscribe();
    heads.mark_changed();
    while heads.changed().await.is_ok() {
        let head = heads.borrow_and_update().best;
        let on = node.clone();
        let played = tokio::task::spawn_blocking(move || {
            let done = stage
                .on_head(&on, head)
                .map_err(anyhow::Error::from)
                .and_then(|records| {
                    report.add(&stage, &records)?;
                    if records.is_empty() {
                        Ok(())
                    } else {
                        report.write()
                    }
                });
            (stage, report, done)
        });
        let done;
        (stage, report, done) = match played.await {
            Ok(played) => played,
            Err(error) => {
                tracing::error!(%error, "the players stopped");
                return;
            }
        };
        if let Err(error) = done {
            tracing::error!(%error, block = head.number, "no moves at this head");
        }
    }
}
