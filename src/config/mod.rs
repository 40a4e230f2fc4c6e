//! Configuration: typed sections, their layers and their rules.
//!
//! Layers, later over earlier: the defaults in these types, the file, `WEIGHMASTER__SECTION__KEY`
//! environment variables (tables only, not `[[subnet]]` entries), flags.

mod layers;
mod scoring;
mod sections;
mod subnet;
mod units;

pub use layers::{ConfigError, Layers};
pub use scoring::{
    CombineError, MaskConfig, MaskRule, ModelConfig, ModelInput, NormaliserConfig, RewardPrompt,
    ScoringConfig,
};
pub use sections::{
    ChainConfig, Config, DatabaseConfig, LogConfig, LogFormat, ModelsConfig, ServiceConfig,
};
pub use subnet::{
    ChallengeConfig, FieldSource, HotkeyConfig, QueryConfig, RoundsConfig, SamplingConfig,
    SubnetConfig, SynapseConfig, SynapseField, WeightsConfig,
};
pub use units::Seconds;

#[cfg(test)]
mod tests;
