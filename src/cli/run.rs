//! `weighmaster run`.

use tokio_util::sync::CancellationToken;

use super::logs;
use crate::config::Config;
use crate::service::{self, Options, cancel_on_signals};
use crate::types::{Failure, Progress};

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
    let (progress, _) = Progress::channel();
    let options = Options {
        take_over: args.take_over,
    };
    let built = tokio::select! {
        built = service::build(config, options, progress) => built?,
        () = cancel.cancelled() => return Ok(()),
    };
    built.start().wait(cancel).await
}
