//! `weighmaster check`: everything that can be wrong without a chain.

use super::output;
use crate::config::Config;
use crate::service::{Loader, check_database, install_tls};
use crate::types::{Cause, Failure};

pub async fn run(config: Config) -> Result<(), Failure> {
    if config.subnets.is_empty() {
        return Err(Failure::new(
            Cause::Config,
            "no [[subnet]] is configured: add one with its netuid and hotkey",
        ));
    }
    install_tls()?;
    let mut loader = Loader::new(&config);
    output::line("ok  config")?;
    for subnet in &config.subnets {
        let netuid = subnet.netuid;
        let prepared = loader.subnet(subnet).await?;
        let hotkey = prepared.signer.hotkey();
        output::line(format_args!("ok  subnet {netuid}: hotkey {hotkey}"))?;
        output::line(format_args!(
            "ok  subnet {netuid}: {} passages in the corpus",
            prepared.challenges.corpus().passages().len()
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
