//! `weighmaster run`.

use tokio_util::sync::CancellationToken;
use tracing::info;

use super::logs;
use crate::app::{self, Options};
use crate::config::Config;
use crate::supervisor::cancel_on_signals;
use crate::types::Failure;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Set weights although another program did so with this hotkey: make sure that it is stopped.
    #[arg(long)]
    take_over: bool,
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    logs::start(&config.log)?;
    let cancel = CancellationToken::new();
    cancel_on_signals(cancel.clone())?;
    let (progress, _) = app::progress_channel();
    let starting = app::start(
        config,
        Options {
            take_over: args.take_over,
        },
        progress,
        cancel.clone(),
    );
    let service = tokio::select! {
        started = starting => started?,
        () = cancel.cancelled() => return Ok(()),
    };
    info!(subnets = service.subnets.len(), "running");
    service.wait().await
}
