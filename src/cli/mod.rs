//! The command line: one file per command.

// First of all: its macros hold for all that follow.
#[macro_use]
mod output;

mod check;
mod config;
mod demo;
mod health;
mod init;
mod judge;
mod local;
mod logs;
mod metagraph;
mod models;
mod run;
mod scoped;
mod score;
mod scores;
mod table;
mod weights;

use std::future::Future;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::{Config, ConfigError, Environment, Layers};
use crate::types::{Cause, Failure};

/// A validator for Bittensor subnets: weighs miners and certifies the weights.
#[derive(Debug, Parser)]
#[command(name = "weighmaster", version, about)]
pub struct Cli {
    /// The config file. Default: config/weighmaster.toml.
    #[arg(
        long,
        short,
        global = true,
        env = "WEIGHMASTER_CONFIG",
        value_name = "FILE"
    )]
    config: Option<PathBuf>,
    /// Override one key of the config: `--set chain.request_timeout_s=5`, `--set chain.endpoints=ws://a,ws://b`,
    /// `--set 'subnet[1].rounds.sample=8'`.
    #[arg(long = "set", global = true, value_name = "KEY=VALUE")]
    overrides: Vec<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The service: joins the configured subnets and never stops.
    Run(run::Args),
    /// The service on embedded defaults: private Postgres, local chain, local miners; opens nothing to the outside.
    Demo(demo::Args),
    /// How well this config judges: a world of miners whose worth is known, played on this machine, and what each earns.
    Judge(judge::Args),
    /// Validates config, scoring, corpus, models and database; with --chain also what the chain would take.
    Check(check::Args),
    /// Whether every subnet is served, by the database alone: 0, or another code with what is wrong. For health checks.
    Health(output::Format),
    /// The neurons of the subnet, as the validator sees them now.
    Metagraph(output::Format),
    /// The moving averages, best first.
    Scores(output::Format),
    /// The ledger of weight sets, newest first.
    Weights(weights::Args),
    /// Scores a file of questions and answers, without chain or database.
    Score(score::Args),
    /// Reward models.
    Models(models::Args),
    /// The layered config.
    Config(config::Args),
}

impl Cli {
    pub fn run(self) -> Result<(), Failure> {
        let layers = self.layers()?;
        match self.command {
            Command::Run(args) => block_on(run::run(load(&layers)?, args)),
            Command::Demo(args) => block_on(demo::run(args, layers)),
            Command::Judge(args) => block_on(judge::run(args, layers)),
            Command::Check(args) => block_on(check::run(load(&layers)?, args)),
            Command::Health(format) => block_on(health::run(load(&layers)?, format)),
            Command::Metagraph(format) => block_on(metagraph::run(load(&layers)?, format)),
            Command::Scores(format) => block_on(scores::run(load(&layers)?, format)),
            Command::Weights(args) => block_on(weights::run(load(&layers)?, args)),
            Command::Score(args) => {
                let config = score::config(layers, self.config.is_some())?;
                block_on(score::run(config, args))
            }
            Command::Models(args) => block_on(models::run(load(&layers)?, args)),
            Command::Config(args) => config::run(args, &layers),
        }
    }

    fn layers(&self) -> Result<Layers, Failure> {
        let overrides = self.overrides.iter().map(|pair| {
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                Failure::new(
                    Cause::Usage,
                    format!("--set {pair}: give KEY=VALUE, for example chain.request_timeout_s=5"),
                )
            })?;
            Ok((key.to_owned(), value.to_owned()))
        });
        let file = self
            .config
            .clone()
            .unwrap_or_else(|| "config/weighmaster.toml".into());
        Ok(Layers {
            file: Some(file),
            environment: Environment::of_process(),
            overrides: overrides.collect::<Result<_, Failure>>()?,
        })
    }
}

fn load(layers: &Layers) -> Result<Config, ConfigError> {
    layers.load()
}

/// Two worker threads: the work is I/O; models run on threads of their own.
fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Failure::new(Cause::Bug, format!("no runtime: {e}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    result
}
