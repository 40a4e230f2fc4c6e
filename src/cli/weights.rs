//! `weighmaster weights history`.

use clap::Subcommand;
use serde_json::json;

use super::{output, table};
use crate::config::Config;
use crate::exit::Failure;
use crate::store::Store;
use crate::types::WeightSet;

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
        let sets = subnet.latest(last).await?;
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
        set.window.epoch.to_string(),
        set.state.as_str().into(),
        set.planned_at.to_string(),
        set.included.map_or("–".into(), |b| b.number.to_string()),
        set.fire_block.to_string(),
        set.vector.entries().len().to_string(),
        set.reason.clone(),
    ]
}

fn line(set: &WeightSet) -> serde_json::Value {
    json!({
        "genesis": set.window.scope.genesis.to_string(), "netuid": set.window.scope.netuid,
        "mechanism": set.window.scope.mechanism, "epoch": set.window.epoch, "slot": set.window.slot.as_str(),
        "state": set.state.as_str(), "reason": set.reason, "planned_at": set.planned_at, "fire_block": set.fire_block,
        "included": set.included.map(|b| b.number), "weights": set.vector.entries(),
    })
}
