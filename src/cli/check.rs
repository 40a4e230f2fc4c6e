//! `weighmaster check`: everything that can be wrong without a chain.

use super::output;
use crate::config::Config;
use crate::service::{Loader, check_database};
use crate::types::Failure;

pub async fn run(config: Config) -> Result<(), Failure> {
    let mut loader = Loader::of_service(&config)?;
    output::line("ok  config")?;
    for subnet in &config.subnets {
        let netuid = subnet.netuid;
        let prepared = loader.subnet(subnet).await?;
        let hotkey = prepared.signer.hotkey();
        output::line(format_args!("ok  subnet {netuid}: hotkey {hotkey}"))?;
        output::line(format_args!(
            "ok  subnet {netuid}: {} passages in the corpus",
            prepared.tasks.corpus().passages().len()
        ))?;
        output::line(format_args!(
            "ok  subnet {netuid}: synapse {} and address rules",
            subnet.synapse.name
        ))?;
        let manifests = prepared.pipeline.manifests();
        let models: Vec<&str> = manifests.map(|m| m.name.as_str()).collect();
        output::line(format_args!(
            "ok  subnet {netuid}: models verified and warm: {}",
            models.join(", ")
        ))?;
    }
    let database = check_database(&config.database).await?;
    output::line(format_args!("ok  {database}"))
}
