//! `miner`: parse, listen, enrol, serve until told to stop.

#![deny(clippy::print_stdout, clippy::print_stderr)]

use anyhow::Context;
use clap::Parser;
use corpus::{Corpus, Source};
use miner::cache::Cache;
use miner::cli::Args;
use miner::enrol::Place;
use miner::mind::Mind;
use miner::server;
use miner::server::{Callers, Server, Sources};
use miner::upstream::Upstream;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use testbed::lifetime::until_stopped;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

fn main() -> anyhow::Result<()> {
    // First of all: it looks who started us.
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(logwriter::line)
        .with_ansi(false)
        .init();
    logwriter::log_panics();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let result = runtime.block_on(async {
        tokio::select! {
            stopped = until_stopped(args.exit_with_parent) => stopped.context("waiting for signals"),
            ended = mine(&args) => ended,
        }
    });
    // Connections that hang, as those of a silent miner do, are not waited for.
    runtime.shutdown_background();
    logwriter::flush();
    result
}

/// RUST_LOG; empty, it is as if not set.
fn filter() -> EnvFilter {
    let builder = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into());
    builder
        .from_env()
        .unwrap_or_else(|_| EnvFilter::new("info"))
}

async fn mine(args: &Args) -> anyhow::Result<()> {
    let source = args.corpus.clone().map_or(Source::Shipped, Source::Folder);
    let corpus = Corpus::load(&source).context("--corpus")?.into_passages();
    let hotkey = args.hotkey.account();
    let place = match (&args.coldkey, args.no_chain) {
        (Some(coldkey), false) => Some(Place::new(
            args.chain.clone(),
            args.netuid,
            args.hotkey.clone(),
            coldkey.clone(),
        )),
        _ => None,
    };
    let listener = listen(args, place.as_ref()).await?;
    let axon = listener.local_addr()?;
    if let Some(file) = &args.port_file {
        std::fs::write(file, axon.port().to_string())
            .with_context(|| format!("--port-file {}", file.display()))?;
    }
    let mind = Mind {
        then: args.then,
        of: args.of,
        seed: args.seed,
        corpus,
        answers: args
            .answers
            .as_deref()
            .map_or(Ok(BTreeMap::new()), answers)?,
        ..Mind::new(args.behaviour, hotkey)
    };
    let callers = Callers::default();
    let server = Server::new(axon, args.hotkey.0.clone(), mind, callers.clone());
    let serving = server.with(sources(args)?).run(listener);
    let enrolling = async {
        let uid = match &place {
            Some(place) => Some(place.enrol(axon, &callers).await),
            None => None,
        };
        let up = json!({"hotkey": hotkey.to_string(), "uid": uid, "host": axon.ip().to_string(),
            "port": axon.port(), "behaviour": args.behaviour});
        // Nobody may want to know.
        let _ = writeln!(std::io::stdout(), "{up}");
        match &place {
            Some(place) => place.keep(axon, &callers).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        served = serving => served.with_context(|| format!("serving {} on {axon}", server::PROMPTING)),
        () = enrolling => Ok(()),
    }
}

fn answers(file: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let named = || {
        format!(
            "--answers {}: an object from questions to answers is expected",
            file.display()
        )
    };
    let text = std::fs::read_to_string(file).with_context(named)?;
    serde_json::from_str(&text).with_context(named)
}

fn sources(args: &Args) -> anyhow::Result<Sources> {
    if let Some(folder) = &args.cache {
        std::fs::create_dir_all(folder).with_context(|| format!("--cache {}", folder.display()))?;
    }
    let timeout = Duration::from_secs_f64(args.upstream_timeout_s);
    let (model, key) = (&args.upstream_model, &args.upstream_key);
    let upstream = args
        .upstream
        .as_ref()
        .map(|url| Upstream::new(url, model.clone(), key.clone(), timeout));
    let upstream = upstream.transpose().context("--upstream")?;
    Ok(Sources {
        upstream,
        cache: args.cache.clone().map(Cache),
    })
}

/// The port asked for; else the one on chain, so that a second run need not publish again; else any.
async fn listen(args: &Args, place: Option<&Place>) -> anyhow::Result<TcpListener> {
    if let (0, Some(place)) = (args.port, place)
        && let Some(published) = place.standing().await.axon
        && published.ip() == args.host
        && let Ok(listener) = TcpListener::bind(published).await
    {
        return Ok(listener);
    }
    let asked = SocketAddr::new(args.host, args.port);
    TcpListener::bind(asked)
        .await
        .with_context(|| format!("--host/--port: can't listen on {asked}"))
}
