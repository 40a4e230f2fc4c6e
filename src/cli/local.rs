//! A service on this machine's own chain, for the commands that show it at work: its config, its start, its folders.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use testbed::Stage;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, Layers};
use crate::host;
use crate::service::{self, Joined, Options, Service};
use crate::types::{Cause, Failure, Progress};

/// The account of the validator under test.
pub const VALIDATOR: &str = "weighmaster";
/// A private server is gone after 6 s at the latest.
const LAST_PATIENCE: Duration = Duration::from_secs(8);

/// A service, its only subnet, and what it tells.
pub type Running = (Service, Joined, broadcast::Receiver<Progress>);

/// Returns once the subnet runs.
pub async fn serve(config: Config, options: Options) -> Result<Running, Failure> {
    let (sender, progress) = Progress::channel();
    let mut service = service::build(config, options, sender).await?.start();
    let joined = service.subnets[0].joined().await;
    match joined {
        Ok(joined) => Ok((service, joined, progress)),
        Err(failure) => {
            end(service).await;
            Err(failure)
        }
    }
}

/// In order: dropping it would only begin to stop the private server.
pub async fn end(service: Service) {
    let now = CancellationToken::new();
    now.cancel();
    let _ = service.wait(now).await;
}

/// config/localnet.toml, with the places of this run.
pub fn config(stage: &Stage, data: &Path, layers: Layers) -> Result<Config, Failure> {
    let home = host::files()?;
    let mut config = Layers {
        file: Some(home.join("config/localnet.toml")),
        ..layers
    }
    .load()?;
    config.chain.endpoints = vec![stage.chain().ws().to_owned()];
    // A chain that was made anew is the demo's chain all the same.
    let genesis = stage.chain().line()["genesis"].as_str();
    config.chain.genesis = genesis.unwrap_or_default().to_owned();
    if config.database.url.is_empty() && config.database.data_dir.as_os_str().is_empty() {
        config.database.data_dir = data.to_path_buf();
    }
    // They go into a file of another folder, and a file's paths begin at its own.
    config.database.data_dir = absolute(&config.database.data_dir)?;
    config.database.bin_dir = absolute(&config.database.bin_dir)?;
    if config.models.dir.is_relative() {
        config.models.dir = home.join(&config.models.dir);
    }
    let us = stage.chain().account(VALIDATOR).map_err(failed)?;
    for subnet in &mut config.subnets {
        subnet.hotkey.keyfile = PathBuf::new();
        subnet.hotkey.suri = us.suri.clone();
    }
    match config.subnets.len() {
        1 => Ok(config),
        n => Err(Failure::new(
            Cause::Config,
            format!("config/localnet.toml: {n} [[subnet]] entries: one is played here"),
        )),
    }
}

/// As it is from any folder, and without `~`. An empty path stays empty.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    if path.as_os_str().is_empty() {
        return Ok(PathBuf::new());
    }
    let path = host::expand(path)?;
    std::path::absolute(&path)
        .map_err(|e| Failure::new(Cause::Config, format!("{}: {e}", path.display())))
}

/// A folder, made where it is missing, as all commands name it from wherever they are called.
pub fn made(data: &Path) -> Result<PathBuf, Failure> {
    let made = std::fs::create_dir_all(data).and_then(|()| data.canonicalize());
    made.map_err(|e| {
        let message = format!("{}: {e}; name another folder with --data", data.display());
        Failure::new(Cause::Transient, message)
    })
}

/// Removes what was kept for this run alone. A server that was still starting needs a moment to go.
pub async fn forget(folder: &Path) {
    let started = Instant::now();
    loop {
        let removed = std::fs::remove_dir_all(folder);
        // Looked at again after a pause: who still ends may have made a part of it anew.
        tokio::time::sleep(Duration::from_millis(200)).await;
        if !folder.exists() {
            return;
        }
        if started.elapsed() > LAST_PATIENCE {
            let why = removed.err().map(|e| format!(": {e}")).unwrap_or_default();
            let folder = folder.display();
            logwriter::say(format_args!("weighmaster: {folder} is left{why}"));
            return;
        }
    }
}

/// A new folder of this run alone.
pub fn temporary_folder() -> Result<PathBuf, Failure> {
    let folder =
        std::env::temp_dir().join(format!("weighmaster-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).map_err(|e| {
        Failure::new(
            Cause::Transient,
            format!("{}: {e}; set TMPDIR", folder.display()),
        )
    })?;
    Ok(folder)
}

/// With the remedy that the settings of these commands have.
pub fn failed(e: testbed::Error) -> Failure {
    use testbed::Error::{File, NoAccount, StartLine};
    match &e {
        NoAccount(_) | StartLine { .. } => {
            Failure::new(Cause::BadData, format!("{e}; try `make demo-clean`"))
        }
        File { .. } => Failure::new(
            Cause::Transient,
            format!("{e}; name another folder with --data"),
        ),
        _ => Failure::new(Cause::Transient, e),
    }
}
