//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use localnet_runtime::genesis;
use testbed::lifetime::Parent;

use crate::economics::EconomicsArgs;

/// A local Bittensor chain for development and tests.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The four things that it does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs a chain and serves its JSON-RPC on 127.0.0.1; the first line on stdout says where.
    Node(NodeArgs),
    /// Plays another validator of a subnet: sets weights by known quality, with noise, once per epoch.
    Validator(ValidatorArgs),
    /// Brings up a whole world, validators and miners included, and shows who earns what.
    Up(UpArgs),
    /// Prints how much TAO there is when, with the halvings.
    Economics(EconomicsArgs),
}

/// What `localnet node` is told.
#[derive(Debug, Args)]
pub struct NodeArgs {
    /// Port for WebSocket and HTTP; 0 takes any free one.
    #[arg(long, default_value_t = 9944)]
    pub(crate) rpc_port: u16,
    /// Milliseconds between two blocks; the world's own where left out.
    #[arg(long)]
    pub(crate) block_ms: Option<u64>,
    /// Blocks between the best and the finalized block.
    #[arg(long, default_value_t = 2)]
    pub(crate) finality_lag: u32,
    /// Tempo of the world's first subnet; the world's own where left out.
    #[arg(long)]
    pub(crate) tempo: Option<u16>,
    /// Whose pulses open timelocked commits: this node's, which signs every round as it comes due, or quicknet's, which
    /// somebody has to bring. The world's own where left out.
    #[arg(long)]
    pub(crate) drand: Option<Drand>,
    /// World to begin from, a TOML file; the demo world where left out.
    #[arg(long)]
    pub(crate) world: Option<PathBuf>,
    /// Makes the genesis hash; the same salt and world give the same chain. Random where left out.
    #[arg(long)]
    pub(crate) salt: Option<String>,
    /// Folder to keep the chain in; a later run goes on from there. In memory only where left out.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// Registers the dev_* methods, with which any client may bend time, storage and the network.
    #[arg(long)]
    pub(crate) dev: bool,
    /// Keeps the state of every block, not only of the last 4,096.
    #[arg(long)]
    pub(crate) archive: bool,
    /// Lets axons announce 127.0.0.1 and ::1, which the real chain refuses.
    #[arg(long)]
    pub(crate) allow_loopback_axons: bool,
    /// Ends when the process that started this one has ended; with its id, also when that was before we looked.
    #[arg(long, value_name = "PID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) exit_with_parent: Option<Parent>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Drand {
    Node,
    Quicknet,
}

impl From<Drand> for genesis::Drand {
    fn from(drand: Drand) -> Self {
        match drand {
            Drand::Node => Self::Node,
            Drand::Quicknet => Self::Quicknet,
        }
    }
}

/// What `localnet validator` is told.
#[derive(Debug, Args)]
pub struct ValidatorArgs {
    /// The chain's WebSocket address.
    #[arg(long)]
    pub(crate) chain: String,
    #[arg(long, default_value_t = 1)]
    pub(crate) netuid: u16,
    /// Secret URI of the hotkey.
    #[arg(long, env = "LOCALNET_HOTKEY", hide_env_values = true)]
    pub(crate) hotkey: String,
    /// JSON object from a miner's hotkey (ss58) to its true quality, 0 to 1. Read anew for each epoch.
    #[arg(long)]
    pub(crate) truth: PathBuf,
    /// Seed of the noise: the same seed gives the same weights in the same epoch.
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// Standard deviation of the noise, as a share of the quality.
    #[arg(long, default_value_t = 0.05)]
    pub(crate) noise: f64,
    /// Ends when the process that started this one has ended; with its id, also when that was before we looked.
    #[arg(long, value_name = "PID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) exit_with_parent: Option<Parent>,
}

/// What `localnet up` is told.
#[derive(Debug, Args)]
pub struct UpArgs {
    /// World to play, a TOML file; localnet/README.md has every key.
    pub(crate) world: PathBuf,
    /// Runs so many epochs as fast as the machine can, and ends; live at the world's block time where left out.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) epochs: Option<u32>,
    /// Prints the table after each so many epochs, and after the last.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) every: u32,
    /// Folder for epochs.csv and plot.svg.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Port for WebSocket and HTTP of a live world; 0 takes any free one.
    #[arg(long, default_value_t = 9944, conflicts_with = "epochs")]
    pub(crate) rpc_port: u16,
    /// Registers the dev_* methods on a live world.
    #[arg(long, conflicts_with = "epochs")]
    pub(crate) dev: bool,
    /// A live world ends when the process that started it has ended; with its id, also when that was before we looked.
    #[arg(long, value_name = "PID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) exit_with_parent: Option<Parent>,
}
