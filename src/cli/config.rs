//! `weighmaster config show`, `check` and `init`.

use std::path::PathBuf;

use clap::Subcommand;

use super::output;
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
    Show,
    /// Writes the annotated default config.
    Init { file: PathBuf },
}

const ANNOTATED: &str = include_str!("../../config/weighmaster.toml");

pub fn run(args: Args, layers: &Layers, json: bool) -> Result<(), Failure> {
    match args.command {
        Command::Check => {
            let config = layers.load()?;
            for subnet in &config.subnets {
                ScoringConfig::load(&subnet.scoring)?;
            }
            output::line(format_args!("ok: {} subnet(s)", config.subnets.len()))
        }
        Command::Show => {
            let bug = |e: &dyn std::fmt::Display| Failure::new(Cause::Bug, e);
            let loaded = layers.read()?;
            match json {
                false => output::print(loaded.to_toml().map_err(|e| bug(&e))?),
                true => {
                    for row in loaded.rows().map_err(|e| bug(&e))? {
                        output::line(serde_json::to_string(&row).map_err(|e| bug(&e))?)?;
                    }
                    Ok(())
                }
            }
        }
        Command::Init { file } => {
            use std::io::Write;
            let created = std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&file);
            let written = created.and_then(|mut f| f.write_all(ANNOTATED.as_bytes()));
            written.map_err(|e| {
                Failure::new(
                    Cause::Config,
                    format!("{}: {e}; name a new file", file.display()),
                )
            })?;
            output::line(format_args!("wrote {}", file.display()))
        }
    }
}
