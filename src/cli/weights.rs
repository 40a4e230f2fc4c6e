//! `weighmaster weights history`.

use clap::Subcommand;
use serde::Serialize;

use super::output::{Column, Format, Row, Section};
use super::scoped::Scoped;
use crate::config::Config;
use crate::service::Reader;
use crate::types::{BlockNumber, EpochIndex, Failure, Uid, WeightSet};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The ledger, newest first.
    History {
        /// How many entries.
        #[arg(long, default_value_t = 20)]
        last: u32,
        #[command(flatten)]
        format: Format,
    },
}

#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    scope: Scoped,
    epoch: EpochIndex,
    slot: &'static str,
    state: &'static str,
    planned_at: BlockNumber,
    included: Option<BlockNumber>,
    fire_block: BlockNumber,
    weights: Vec<(Uid, u16)>,
    reason: String,
}

impl Row for Entry {
    const COLUMNS: &[Column<Self>] = &[
        ("epoch", |r| r.epoch.to_string()),
        ("state", |r| r.state.into()),
        ("planned", |r| r.planned_at.to_string()),
        ("included", |r| {
            r.included.map_or("–".into(), |b| b.to_string())
        }),
        ("fires", |r| r.fire_block.to_string()),
        ("entries", |r| r.weights.len().to_string()),
        ("reason", |r| r.reason.clone()),
    ];
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    let Command::History { last, format } = args.command;
    let reader = Reader::open(&config.database).await?;
    let scopes = reader.weight_sets(last).await?;
    reader.close().await;
    let section = |(scope, sets): (_, Vec<WeightSet>)| Section {
        title: Scoped::from(scope).to_string(),
        rows: sets.into_iter().map(entry).collect(),
    };
    format.print(&scopes.into_iter().map(section).collect::<Vec<_>>())
}

fn entry(set: WeightSet) -> Entry {
    let intent = set.intent;
    Entry {
        scope: intent.window.scope.into(),
        epoch: intent.window.epoch,
        slot: intent.window.slot.into(),
        state: set.state.into(),
        planned_at: intent.planned_at,
        included: set.included.map(|b| b.number),
        fire_block: intent.fire_block,
        weights: intent.vector.entries().to_vec(),
        reason: set.reason,
    }
}
