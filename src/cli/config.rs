//! `weighmaster config show`, `check` and `init`.

use clap::Subcommand;

use super::init;
use super::output::{self, Format};
use crate::config::{Layers, ScoringConfig};
use crate::types::{Cause, Failure};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads all layers and the scoring files, and checks every rule.
    Check,
    /// The config after all layers, with the source of every value; secrets are left out.
    Show {
        #[command(flatten)]
        format: Format,
    },
    /// Writes the annotated default config, and the scoring file beside it.
    Init(init::Args),
}

pub fn run(args: Args, layers: &Layers) -> Result<(), Failure> {
    match args.command {
        Command::Check => {
            let config = layers.load()?;
            for subnet in &config.subnets {
                ScoringConfig::load(&subnet.scoring)?;
            }
            output::line(format_args!("ok: {} subnet(s)", config.subnets.len()))
        }
        Command::Show { format } => {
            let loaded = layers.read()?;
            let rows = loaded.rows().map_err(|e| Failure::new(Cause::Bug, e))?;
            format.print_or(&rows, || {
                loaded.to_toml().map_err(|e| Failure::new(Cause::Bug, e))
            })
        }
        Command::Init(args) => init::run(&args),
    }
}
