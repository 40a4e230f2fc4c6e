//! The ways to the chain break: a connection that hangs, a node that goes away and comes back.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::net::SocketAddr;
use std::time::Duration;

use common::{Database, Scene};
use testbed::{Child, Error};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

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
