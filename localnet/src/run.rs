//! Running a node until it is told to stop.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::Context;
use jsonrpsee::server::stop_channel;
use localnet_runtime::genesis::World;
use serde_json::{Map, Value, json};
use sp_core::crypto::Ss58Codec;
use sp_core::{Pair, sr25519};
use testbed::lifetime::{Parent, until_stopped};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

use crate::cli::NodeArgs;
use crate::node::{self, Node, Wish};
use crate::{exec, rpc, server};

/// The largest world file that is read.
const MAX_WORLD: u64 = 16 << 20;

/// What a run needs and can't have.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    /// The world file can't be read, or is larger than 16 MiB: exit status 65.
    #[error("world {}: {why}", .path.display())]
    World {
        /// As given.
        path: PathBuf,
        /// What reading it said, or its size.
        why: String,
    },
    /// The port is taken, or this user may not listen on it: exit status 69.
    #[error("--rpc-port {port}: can't listen on 127.0.0.1: {why}")]
    Port {
        /// As given; never 0, which takes any free one.
        port: u16,
        /// What listening said.
        why: std::io::Error,
    },
}

/// `localnet node`: returns after a signal.
pub async fn node(args: NodeArgs) -> anyhow::Result<()> {
    exec::quiet_runtime_panics();
    let listener = listen(args.rpc_port).await?;
    let wish = Wish {
        world: args.world.as_deref().map(read_world).transpose()?,
        salt: args.salt,
        block_ms: args.block_ms,
        tempo: args.tempo,
        drand: args.drand.map(Into::into),
        allow_loopback_axons: args.allow_loopback_axons,
        finality_lag: args.finality_lag,
        data: args.data,
        archive: args.archive,
    };
    let (node, world) = tokio::task::spawn_blocking(move || node::open(wish)).await??;
    if world.has_players() {
        tracing::warn!("the players of this world take no part: `localnet up` plays them");
    }
    serve(
        listener,
        Arc::new(node),
        &world,
        args.dev,
        args.exit_with_parent,
    )
    .await
}

/// Serves a node and makes its blocks on time, until a signal.
pub(crate) async fn serve(
    listener: TcpListener,
    node: Arc<Node>,
    world: &World,
    dev: bool,
    exit_with_parent: Option<Parent>,
) -> anyhow::Result<()> {
    let methods = rpc::methods(node.clone(), dev)?;
    let address = listener.local_addr()?;
    let (stop, server) = stop_channel();
    let serving = tokio::spawn(server::serve(listener, methods.into(), node.clone(), stop));
    let sealing = tokio::spawn(seal_on_time(node.clone()));

    announce(&start_line(&format!("ws://{address}"), &node, world))?;
    tracing::info!(%address, genesis = ?node.genesis(), block = node.heads().best.number, "chain is up");

    until_stopped(exit_with_parent).await?;
    // A block in the making is finished: sealing holds the lock on the disk.
    sealing.abort();
    let _ = server.stop();
    serving.abort();
    let (closed, done) = oneshot::channel();
    std::thread::spawn(move || {
        node.close();
        closed.send(())
    });
    done.await?;
    Ok(())
}

pub(crate) async fn listen(port: u16) -> Result<TcpListener, Missing> {
    let listener = server::bind(port).await;
    listener.map_err(|why| Missing::Port { port, why })
}

pub(crate) fn read_world(path: &Path) -> Result<String, Missing> {
    let missing = |why: String| Missing::World {
        path: path.to_owned(),
        why,
    };
    let size = std::fs::metadata(path).map_err(|error| missing(error.to_string()))?;
    if size.len() > MAX_WORLD {
        let why = format!("{} bytes, at most {MAX_WORLD}", size.len());
        return Err(missing(why));
    }
    std::fs::read_to_string(path).map_err(|error| missing(error.to_string()))
}

/// On a thread of its own: clients' calls may fill all others.
async fn seal_on_time(node: Arc<Node>) {
    let (tick, mut ticks) = mpsc::channel::<()>(1);
    let sealer = node.clone();
    std::thread::spawn(move || {
        while ticks.blocking_recv().is_some() {
            match catch_unwind(AssertUnwindSafe(|| sealer.seal(Vec::new()))) {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => {
                    tracing::error!(%error, "no block was made; trying again in a block time")
                }
                Err(_) => tracing::error!("sealing failed; trying again in a block time"),
            }
        }
    });
    let mut timer = interval(node.pace.block_time);
    // A machine that was busy or asleep doesn't make up for the blocks it missed.
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    timer.tick().await;
    loop {
        timer.tick().await;
        let paused = node.faults.paused.load(Ordering::Relaxed);
        // While a block is in the making the next one waits.
        if !paused && tick.send(()).await.is_err() {
            tracing::error!("blocks are no longer made");
            return;
        }
    }
}

/// What a starting process tells whoever started it.
pub fn start_line(ws: &str, node: &Node, world: &World) -> Value {
    let accounts: Map<String, Value> = world
        .accounts
        .iter()
        .filter_map(|account| {
            let suri = account.suri();
            let pair = sr25519::Pair::from_string(&suri, None).ok()?;
            let ss58 = pair.public().to_ss58check();
            Some((account.name.clone(), json!({ "suri": suri, "ss58": ss58 })))
        })
        .collect();
    json!({
        "ws": ws,
        "genesis": node.genesis(),
        "netuid": world.subnets.first().map(|subnet| subnet.netuid),
        "block": node.heads().best.number,
        "accounts": accounts,
        "drand": node.drand.as_ref().map(|drand| {
            let beacon = drand.configuration();
            json!({
                "public_key": hex::encode(&beacon.public_key),
                "period": beacon.period,
                "genesis_time": beacon.genesis_time,
            })
        }),
    })
}

fn announce(line: &Value) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")
        .and_then(|()| stdout.flush())
        .context("can't print the start line")
}
