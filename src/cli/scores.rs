//! `weighmaster scores`.

use serde_json::json;

use super::{output, table};
use crate::config::Config;
use crate::store::Store;
use crate::types::Failure;

pub async fn run(config: Config, json: bool) -> Result<(), Failure> {
    let opened = Store::attach(&config.database).await?;
    for subnet in opened.store.subnets().await? {
        let scope = subnet.scope();
        let ranked = subnet.scores().leaderboard().await?;
        if !json {
            output::line(format_args!(
                "subnet {} mechanism {} on chain {}",
                scope.netuid, scope.mechanism, scope.genesis
            ))?;
        }
        let mut rows = Vec::new();
        for r in ranked {
            if json {
                let line = json!({
                    "genesis": scope.genesis.to_string(), "netuid": scope.netuid, "mechanism": scope.mechanism,
                    "uid": r.uid, "hotkey": r.hotkey, "registered_at": r.registered_at, "score": r.average.value,
                    "observations": r.average.observations, "answered": r.answered,
                });
                output::line(line)?;
            }
            rows.push(vec![
                r.uid.to_string(),
                r.hotkey.to_string(),
                format!("{:.4}", r.average.value),
                r.average.observations.to_string(),
                format!("{:.0}%", r.answered * 100.0),
            ]);
        }
        if !json {
            table::print(&["uid", "hotkey", "score", "judged", "answered"], &rows)?;
        }
    }
    if let Some(server) = opened.server {
        server.stop().await;
    }
    Ok(())
}
