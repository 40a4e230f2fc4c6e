//! Logs go to stderr; stdout is for results. A log that nobody reads, or that has no place, holds nothing up.

use crate::config::{LogConfig, LogFormat};
use crate::types::{Cause, Failure};

pub fn start(config: &LogConfig) -> Result<(), Failure> {
    let filter = config
        .filter()
        .map_err(|e| Failure::new(Cause::Config, e))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(logwriter::line)
        .with_target(false);
    let started = match config.format {
        LogFormat::Json => builder.json().try_init(),
        LogFormat::Text => builder
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
    };
    started.map_err(|e| Failure::new(Cause::Bug, e))?;
    logwriter::log_panics();
    Ok(())
}
