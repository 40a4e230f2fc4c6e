//! What a subnet needs that can be checked and loaded without chain or database, so that a bad file is told first.

use std::sync::Arc;

use crate::config::{ModelsConfig, ScoringConfig, SubnetConfig};
use crate::query::{Challenges, Querier};
use crate::scoring::Pipeline;
use crate::signer::{Keyring, Signer};
use crate::types::{Cause, Failure};

/// One subnet, ready to be joined.
#[derive(Clone)]
pub struct Prepared {
    pub config: SubnetConfig,
    pub scoring: ScoringConfig,
    pub signer: Signer,
    pub challenges: Challenges,
    pub pipeline: Arc<Pipeline>,
}

impl Prepared {
    /// Verifies, loads and warms the models on a thread of their own.
    pub async fn load(
        config: &SubnetConfig,
        models: &ModelsConfig,
        keyring: &mut Keyring,
    ) -> Result<Self, Failure> {
        let signer = keyring.load(&config.hotkey)?;
        let scoring = ScoringConfig::load(&config.scoring)?;
        let challenges = Challenges::load(&config.challenges)?;
        let prepared = Self {
            pipeline: load_pipeline(scoring.clone(), models.clone()).await?,
            config: config.clone(),
            scoring,
            signer,
            challenges,
        };
        // A synapse that can't be sent is told now, not in the first round.
        prepared.querier()?;
        Ok(prepared)
    }

    pub fn querier(&self) -> Result<Querier, Failure> {
        Ok(Querier::new(&self.config, self.signer.request_signer())?)
    }
}

pub async fn load_pipeline(
    scoring: ScoringConfig,
    models: ModelsConfig,
) -> Result<Arc<Pipeline>, Failure> {
    let load = tokio::task::spawn_blocking(move || Pipeline::load(&scoring, &models));
    let loaded = load
        .await
        .map_err(|e| Failure::new(Cause::Bug, format!("loading the models: {e}")))?;
    Ok(Arc::new(loaded?))
}

/// Signatures over TLS need one process-wide provider; a second install of the same is no error.
pub fn install_tls() -> Result<(), Failure> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    match rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(Failure::new(Cause::Bug, "no TLS provider")),
    }
}
