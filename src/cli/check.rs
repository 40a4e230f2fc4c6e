//! `weighmaster check`: everything that can be wrong without a chain, and on demand what the chain says.

use super::output;
use crate::config::Config;
use crate::service::score::separation;
use crate::service::{Loader, Outlook, Prepared, check_database, outlooks};
use crate::types::{Cause, Failure};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also connect to the chain, and say of each subnet what would keep us from setting weights. Nothing is signed.
    #[arg(long)]
    chain: bool,
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    let mut loader = Loader::of_service(&config)?;
    output::line("ok  config")?;
    for subnet in &config.subnets {
        let netuid = subnet.netuid;
        let mut subnet = subnet.clone();
        let named = subnet.hotkey.is_named();
        if !named {
            // Any key will do to look at the rest.
            subnet.hotkey.suri = "//Nobody".into();
        }
        let prepared = loader.subnet(&subnet).await?;
        match named {
            true => {
                let hotkey = prepared.signer.hotkey();
                output::line(format_args!("ok  subnet {netuid}: hotkey {hotkey}"))?;
            }
            false => output::line(format_args!(
                "--  subnet {netuid}: no hotkey yet; `run` needs its file in [subnet.hotkey] keyfile"
            ))?,
        }
        output::line(format_args!(
            "ok  subnet {netuid}: asks {}",
            prepared.tasks.outline()
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
        check_scoring(&prepared).await?;
    }
    let database = check_database(&config.database).await?;
    output::line(format_args!("ok  {database}"))?;
    match args.chain {
        true => check_chain(&outlooks(&config).await?),
        false => Ok(()),
    }
}

/// Does the scoring file tell right from wrong? A warning is no failure: it may be meant so.
async fn check_scoring(prepared: &Prepared) -> Result<(), Failure> {
    let netuid = prepared.config.netuid;
    let found = separation(&prepared.pipeline, &prepared.config.challenges).await?;
    for warning in &found.warnings {
        output::line(format_args!("!!  subnet {netuid}: scoring: {warning}"))?;
    }
    let share = found.measures.pairs.share().unwrap_or_default();
    let mark = if found.warnings.is_empty() {
        "ok"
    } else {
        "--"
    };
    output::line(format_args!(
        "{mark}  subnet {netuid}: scoring pays right answers above wrong ones in {share:.2} of {} trial pairs",
        found.measures.pairs.of
    ))
}

/// A line for each subnet, then a failure if somebody has to do something.
fn check_chain(outlooks: &[Outlook]) -> Result<(), Failure> {
    for outlook in outlooks {
        let mark = match (outlook.hotkey, outlook.is_blocked()) {
            (None, _) => "--",
            (_, true) => "no",
            (_, false) => "ok",
        };
        let (netuid, line) = (outlook.subnet.scope.netuid, outlook.line());
        output::line(format_args!("{mark}  subnet {netuid} on chain: {line}"))?;
    }
    match outlooks.iter().filter(|o| o.is_blocked()).count() {
        0 => Ok(()),
        n => {
            let message = format!("{n} of {} subnets would get no weights", outlooks.len());
            Err(Failure::new(Cause::Transient, message))
        }
    }
}
