//! `weighmaster models verify`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Subcommand;
use serde::Serialize;

use super::output::{Column, Format, Row, Section};
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
    Verify {
        #[command(flatten)]
        format: Format,
    },
}

#[derive(Serialize)]
struct Model {
    model: String,
    sha256: String,
    scoring: PathBuf,
    ok: bool,
}

impl Row for Model {
    const COLUMNS: &[Column<Self>] = &[
        ("model", |r| r.model.clone()),
        ("sha256", |r| r.sha256.clone()),
        ("scoring file", |r| r.scoring.display().to_string()),
        ("verified", |r| if r.ok { "ok" } else { "" }.into()),
    ];
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    let Command::Verify { format } = args.command;
    let files: BTreeSet<_> = config.subnets.iter().map(|s| s.scoring.clone()).collect();
    let loader = Loader::new(&config);
    let mut rows = Vec::new();
    for file in files {
        let pipeline = loader.pipeline(ScoringConfig::load(&file)?).await?;
        rows.extend(pipeline.manifests().map(|m| Model {
            model: m.name.clone(),
            sha256: m.sha256.clone(),
            scoring: file.clone(),
            // One that isn't ends the command with its error.
            ok: true,
        }));
    }
    let title = String::new();
    format.print(&[Section { title, rows }])
}
