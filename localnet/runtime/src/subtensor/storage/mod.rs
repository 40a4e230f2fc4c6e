//! Storage by subject; the pallet imports every section.

pub mod chain;
pub mod commits;
pub mod emission;
pub mod hyperparameters;
pub mod later;
pub mod neurons;
pub mod registration;
pub mod stake;
pub mod subnet;
