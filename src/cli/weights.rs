//! `weighmaster weights history`.

use std::cmp::Reverse;

use clap::Subcommand;
use serde::Serialize;

use super::output::{Column, Format, Row, Section};
use super::scoped::Scoped;
use crate::config::Config;
use crate::service::{Reader, Skipped};
use crate::types::{BlockNumber, EpochIndex, Failure, Scope, Slot, Uid, WeightSet};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The ledger and the epochs for which nothing was set, newest first.
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
    planned_at: Option<BlockNumber>,
    included: Option<BlockNumber>,
    fire_block: Option<BlockNumber>,
    weights: Vec<(Uid, u16)>,
    reason: String,
}

impl Row for Entry {
    const COLUMNS: &[Column<Self>] = &[
        ("epoch", |r| r.epoch.to_string()),
        ("state", |r| r.state.into()),
        ("planned", |r| shown(r.planned_at)),
        ("included", |r| shown(r.included)),
        ("fires", |r| shown(r.fire_block)),
        ("entries", |r| r.weights.len().to_string()),
        ("reason", |r| r.reason.clone()),
    ];
}

fn shown(block: Option<BlockNumber>) -> String {
    block.map_or("–".into(), |b| b.to_string())
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    let Command::History { last, format } = args.command;
    let reader = Reader::open(&config.database).await?;
    let scopes = reader.weight_sets(last).await?;
    let skipped = reader.skipped(last).await?;
    reader.close().await;
    let sections = scopes.into_iter().zip(skipped);
    let sections = sections.map(|((scope, sets), skipped)| section(scope, sets, skipped, last));
    format.print(&sections.collect::<Vec<_>>())
}

/// What was set and what was not, newest first.
fn section(scope: Scope, sets: Vec<WeightSet>, skipped: Vec<Skipped>, last: u32) -> Section<Entry> {
    let sets = sets.into_iter().map(entry);
    let skipped = skipped.into_iter().map(|skipped| skip(scope, skipped));
    let mut rows: Vec<Entry> = sets.chain(skipped).collect();
    rows.sort_by_key(|row| Reverse(row.epoch));
    rows.truncate(usize::try_from(last).unwrap_or(usize::MAX));
    Section {
        title: Scoped::from(scope).to_string(),
        rows,
    }
}

/// An epoch for which nothing was set.
fn skip(scope: Scope, skipped: Skipped) -> Entry {
    let reason = match skipped.detail.is_empty() {
        true => skipped.reason.to_string(),
        false => format!("{}: {}", skipped.reason, skipped.detail),
    };
    Entry {
        scope: scope.into(),
        epoch: skipped.epoch,
        slot: Slot::Late.into(),
        state: "skipped",
        planned_at: None,
        included: None,
        fire_block: None,
        weights: Vec::new(),
        reason,
    }
}

fn entry(set: WeightSet) -> Entry {
    let intent = set.intent;
    Entry {
        scope: intent.window.scope.into(),
        epoch: intent.window.epoch,
        slot: intent.window.slot.into(),
        state: set.state.into(),
        planned_at: Some(intent.planned_at),
        included: set.included.map(|b| b.number),
        fire_block: Some(intent.fire_block),
        weights: intent.vector.entries().to_vec(),
        reason: set.reason,
    }
}
