//! The chain and everybody else on it, at the demo's pace.

use std::path::Path;

use testbed::Stage;

use super::cast;
use crate::cli::local::failed;
use crate::types::{Cause, Failure};

/// The chain alone.
pub async fn open(data: &Path) -> Result<Stage, Failure> {
    let flags = [
        "--rpc-port",
        "0",
        "--block-ms",
        "250",
        "--finality-lag",
        "2",
        "--tempo",
        "60",
        "--data",
    ];
    let chain = data.join("chain");
    let flags = flags.iter().map(AsRef::as_ref).chain([chain.as_os_str()]);
    let stage = Stage::open(flags, &data.join("logs")).await;
    stage.map_err(failed)
}

/// Everybody else.
pub async fn fill(stage: &mut Stage, data: &Path) -> Result<(), Failure> {
    let miners = cast::miners(stage.chain(), &data.join("answers")).map_err(failed)?;
    stage.enter(miners).await.map_err(failed)?;
    let truth = data.join("truth.json");
    let worth = cast::truth(stage.chain()).map_err(failed)?;
    std::fs::write(&truth, worth.to_string())
        .map_err(|e| Failure::new(Cause::Transient, format!("{}: {e}", truth.display())))?;
    for (name, command) in cast::validators(stage.chain(), &truth).map_err(failed)? {
        stage.enter_quietly(name, command).map_err(failed)?;
    }
    Ok(())
}
