//! `weighmaster run`.

use testbed::lifetime::Parent;
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::logs;
use crate::config::Config;
use crate::service::{self, Options, cancel_on_signals_of_service};
use crate::types::{Failure, Progress};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Set weights although another program did so with this hotkey: make sure that it is stopped.
    #[arg(long)]
    take_over: bool,
    /// End when the process that started this one has ended; with its id, also when that was before we looked.
    #[arg(long, value_name = "PID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    exit_with_parent: Option<Parent>,
}

pub async fn run(config: Config, args: Args) -> Result<(), Failure> {
    logs::start(&config.log)?;
    let cancel = CancellationToken::new();
    cancel_on_signals_of_service(cancel.clone())?;
    if let Some(parent) = args.exit_with_parent {
        let cancel = cancel.clone();
        tokio::spawn(async move {
            parent.gone().await;
            info!("stopping: the process that started this one is gone");
            cancel.cancel();
        });
    }
    let (progress, _) = Progress::channel();
    let options = Options {
        take_over: args.take_over,
        ..Options::default()
    };
    let built = tokio::select! {
        built = service::build(config, options, progress) => built?,
        () = cancel.cancelled() => return Ok(()),
    };
    built.start().wait(cancel).await
}
