//! `weighmaster weights history`.

use clap::Subcommand;
use serde_json::json;

use super::{output, table};
use crate::config::Config;
use crate::store::Store;
use crate::types::{Failure, WeightSet};

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
    },
}

pub async fn run(config: Config, args: Args, json: bool) -> Result<(), Failure> {
    let Command::History { last } = args.command;
    let opened = Store::attach(&config.database).await?;
    for subnet in opened.store.subnets().await? {
        let scope = subnet.scope();
        let sets = subnet.ledger().history(last).await?;
        if json {
            for set in &sets {
                output::line(line(set))?;
            }
        } else {
            output::line(format_args!(
                "subnet {} mechanism {} on chain {}",
                scope.netuid, scope.mechanism, scope.genesis
            ))?;
            let header = [
                "epoch", "state", "planned", "included", "fires", "entries", "reason",
            ];
            table::print(&header, &sets.iter().map(row).collect::<Vec<_>>())?;
        }
    }
    if let Some(server) = opened.server {
        server.stop().await;
    }
    Ok(())
}

fn row(set: &WeightSet) -> Vec<String> {
    vec![
        set.intent.window.epoch.to_string(),
        set.state.to_string(),
        set.intent.planned_at.to_string(),
        set.included.map_or("–".into(), |b| b.number.to_string()),
        set.intent.fire_block.to_string(),
        set.intent.vector.entries().len().to_string(),
        set.reason.clone(),
    ]
}

fn line(set: &WeightSet) -> serde_json::Value {
    json!({
        "genesis": set.intent.window.scope.genesis.to_string(), "netuid": set.intent.window.scope.netuid,
        "mechanism": set.intent.window.scope.mechanism, "epoch": set.intent.window.epoch, "slot": set.intent.window.slot.to_string(),
        "state": set.state.to_string(), "reason": set.reason, "planned_at": set.intent.planned_at, "fire_block": set.intent.fire_block,
        "included": set.included.map(|b| b.number), "weights": set.intent.vector.entries(),
    })
}
