//! `localnet`: see [`localnet::cli`].

#![deny(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use clap::Parser;
use localnet::cli::{Cli, Command};
use localnet::{
    economics,
    node::StartError,
    run::{self, Missing},
    up, validator,
};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Threads for runtime calls and disk writes: more would only queue for the cores.
const BLOCKING_THREADS: usize = 16;

fn main() -> ExitCode {
    // First of all: it looks who started us.
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 64 } else { 0 });
        }
    };
    tracing_subscriber::fmt()
        .with_writer(logwriter::line)
        .with_env_filter(filter())
        .init();
    logwriter::log_panics();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .max_blocking_threads(BLOCKING_THREADS)
        .build();
    let outcome = match runtime {
        Ok(runtime) => {
            let outcome = runtime.block_on(async {
                match cli.command {
                    Command::Node(args) => run::node(args).await,
                    Command::Validator(args) => validator::run(args).await,
                    Command::Up(args) => up::run(args).await,
                    Command::Economics(args) => economics::run(&args),
                }
            });
            // A call that still computes doesn't hold up the end.
            runtime.shutdown_background();
            outcome
        }
        Err(error) => Err(error.into()),
    };
    if let Err(error) = &outcome {
        logwriter::say(format_args!("localnet: {error:#}"));
    }
    logwriter::flush();
    outcome.map_or_else(|error| exit_code(&error), |()| ExitCode::SUCCESS)
}

/// RUST_LOG; empty, it is as if not set.
fn filter() -> EnvFilter {
    let builder = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into());
    builder
        .from_env()
        .unwrap_or_else(|_| EnvFilter::new("info"))
}

/// 65 for a data folder or a world that can't be used, 69 for a port that is taken, 77 for a key that is none, 70 for the
/// rest.
fn exit_code(error: &anyhow::Error) -> ExitCode {
    let world = error.is::<up::UpError>() || error.is::<StartError>();
    ExitCode::from(match error.downcast_ref::<Missing>() {
        Some(Missing::World { .. }) => 65,
        Some(Missing::Port { .. }) => 69,
        None if world => 65,
        None if error.is::<validator::BadHotkey>() => 77,
        None => 70,
    })
}
