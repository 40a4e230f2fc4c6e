//! `weighmaster models list` and `verify`.

use std::collections::BTreeSet;

use clap::Subcommand;
use serde_json::json;

use super::{output, table};
use crate::config::{Config, ScoringConfig};
use crate::service::Loader;
use crate::types::Failure;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The models that the configured subnets judge with, verified and loaded.
    Verify,
}

pub async fn run(config: Config, args: Args, json: bool) -> Result<(), Failure> {
    let Command::Verify = args.command;
    let files: BTreeSet<_> = config.subnets.iter().map(|s| s.scoring.clone()).collect();
    let loader = Loader::new(&config);
    let mut rows = Vec::new();
    for file in files {
        let pipeline = loader.pipeline(ScoringConfig::load(&file)?).await?;
        for m in pipeline.manifests() {
            if json {
                let line =
                    json!({ "model": m.name, "sha256": m.sha256, "scoring": file, "ok": true });
                output::line(line)?;
            }
            rows.push(vec![
                m.name.clone(),
                m.sha256.clone(),
                file.display().to_string(),
                "ok".into(),
            ]);
        }
    }
    if !json {
        table::print(&["model", "sha256", "scoring file", "verified"], &rows)?;
    }
    Ok(())
}
