//! Logs go to stderr; stdout is for results.

use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};
use crate::types::{Cause, Failure};

pub fn start(config: &LogConfig) -> Result<(), Failure> {
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| config.level.clone());
    let filter = EnvFilter::try_new(&level).map_err(|e| {
        Failure::new(
            Cause::Config,
            format!("log.level = {level}: {e}. Try `info` or `weighmaster=debug,warn`"),
        )
    })?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    let started = match config.format {
        LogFormat::Json => builder.json().try_init(),
        LogFormat::Text => builder
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
    };
    started.map_err(|e| Failure::new(Cause::Bug, e))
}
