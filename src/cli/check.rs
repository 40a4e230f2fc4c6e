//! `weighmaster check`: everything that can be wrong without a chain.

use crate::app::load_pipeline;
use crate::config::{Config, ScoringConfig};
use crate::exit::{Failure, code};
use crate::query::{Challenges, Querier};
use crate::signer::Key;
use crate::store::Store;

pub async fn run(config: Config) -> Result<(), Failure> {
    if config.subnets.is_empty() {
        return Err(Failure::new(
            code::CONFIG,
            "no [[subnet]] is configured: add one with its netuid and hotkey",
        ));
    }
    crate::app::install_tls()?;
    println!("ok  config");
    for subnet in &config.subnets {
        let netuid = subnet.netuid;
        let key = Key::load(&subnet.hotkey)?;
        println!("ok  subnet {netuid}: hotkey {}", key.hotkey());
        let challenges = Challenges::load(&subnet.challenges)?;
        println!(
            "ok  subnet {netuid}: {} passages in the corpus",
            challenges.corpus().passages().len()
        );
        Querier::new(subnet, key.request_signer())?;
        println!(
            "ok  subnet {netuid}: synapse {} and address rules",
            subnet.synapse.name
        );
        let scoring = ScoringConfig::load(&subnet.scoring)?;
        let pipeline = load_pipeline(scoring, config.models.clone()).await?;
        let models: Vec<&str> = pipeline.manifests().map(|m| m.name.as_str()).collect();
        println!(
            "ok  subnet {netuid}: models verified and warm: {}",
            models.join(", ")
        );
    }
    let opened = Store::attach(&config.database).await?;
    println!(
        "ok  database migrated{}",
        if opened.server.is_some() {
            " (private server)"
        } else {
            ""
        }
    );
    if let Some(server) = opened.server {
        server.stop().await;
    }
    Ok(())
}
