//! The world that a row belongs to.

use std::fmt;

use serde::Serialize;

use crate::types::{MechanismId, Netuid, Scope};

/// A scope as rows and titles name it.
#[derive(Clone, Serialize)]
pub struct Scoped {
    genesis: String,
    netuid: Netuid,
    mechanism: MechanismId,
}

impl From<Scope> for Scoped {
    fn from(scope: Scope) -> Self {
        Self {
            genesis: scope.genesis.to_string(),
            netuid: scope.netuid,
            mechanism: scope.mechanism,
        }
    }
}

impl fmt::Display for Scoped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            genesis,
            netuid,
            mechanism,
        } = self;
        write!(
            f,
            "subnet {netuid} mechanism {mechanism} on chain {genesis}"
        )
    }
}
