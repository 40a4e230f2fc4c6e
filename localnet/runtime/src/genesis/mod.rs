//! From a world to the state of block 0.

mod world;

pub use world::{Account, Chain, Neuron, Subnet, World};

use crate::{AccountId, RAO_PER_TAO, Runtime, SlotDuration};
use sp_core::{Pair, sr25519, storage::Storage};
use sp_runtime::BuildStorage;
use std::collections::BTreeMap;

/// Why a world cannot be built; each names the entry and what to do.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    #[error("account {0:?} is used but not defined: add an [[account]] with this name")]
    UnknownAccount(String),
    #[error("account {0:?} is defined twice: names must be unique")]
    DuplicateAccount(String),
    #[error("account {name:?} has the bad secret URI {suri:?}: {why}")]
    BadSuri { name: String, suri: String, why: String },
    #[error("{what} is {value} TAO: give a number between 0 and {MAX_TAO}")]
    BadAmount { what: String, value: f64 },
    #[error("{what} is {value}: {remedy}")]
    BadValue { what: String, value: String, remedy: &'static str },
    #[error("subnet {netuid}: {why}")]
    BadSubnet { netuid: u16, why: String },
    #[error("the state could not be built: {0}")]
    Build(String),
}

/// Maximum supply of the real chain.
pub const MAX_TAO: u64 = 21_000_000;

/// The state of block 0. Two salts give two genesis hashes, so that the records of one world are
/// never taken for those of another.
pub fn build(world: &World, salt: &str) -> Result<Storage, WorldError> {
    let keys = keys(world)?;
    let mut balances = Vec::new();
    for account in &world.accounts {
        let rao = rao(&format!("balance of account {:?}", account.name), account.balance_tao)?;
        if rao > 0 {
            balances.push((lookup(&keys, &account.name)?, rao));
        }
    }
    let sudo = world.chain.sudo.as_deref().map(|name| lookup(&keys, name)).transpose()?;
    let mut storage = crate::RuntimeGenesisConfig {
        balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
        sudo: pallet_sudo::GenesisConfig { key: sudo },
        ..Default::default()
    }
    .build_storage()
    .map_err(WorldError::Build)?;
    let mut ext = sp_state_machine::BasicExternalities::new(std::mem::take(&mut storage));
    ext.execute_with(|| {
        SlotDuration::set(&world.chain.block_ms);
        crate::AllowLoopbackAxons::set(&world.chain.allow_loopback_axons);
        let metadata = Runtime::metadata_at_version(15).map(|m| sp_core::blake2_256(&m));
        // Clients cache metadata by genesis hash: another runtime must have another one.
        sp_io::storage::set(b":localnet:metadata", metadata.as_ref().map_or(&[], |h| h));
        sp_io::storage::set(b":localnet:salt", salt.as_bytes());
    });
    Ok(ext.into_storages())
}

fn keys(world: &World) -> Result<BTreeMap<&str, AccountId>, WorldError> {
    let mut keys = BTreeMap::new();
    for account in &world.accounts {
        let suri = account.suri();
        let pair = sr25519::Pair::from_string(&suri, None).map_err(|e| WorldError::BadSuri {
            name: account.name.clone(),
            suri,
            why: format!("{e:?}"),
        })?;
        if keys.insert(account.name.as_str(), AccountId::from(pair.public())).is_some() {
            return Err(WorldError::DuplicateAccount(account.name.clone()));
        }
    }
    Ok(keys)
}

fn lookup(keys: &BTreeMap<&str, AccountId>, name: &str) -> Result<AccountId, WorldError> {
    keys.get(name).cloned().ok_or_else(|| WorldError::UnknownAccount(name.into()))
}

fn rao(what: &str, tao: f64) -> Result<u64, WorldError> {
    let rao = (tao * RAO_PER_TAO as f64).round();
    if (0.0..=(MAX_TAO * RAO_PER_TAO) as f64).contains(&rao) {
        Ok(rao as u64)
    } else {
        Err(WorldError::BadAmount { what: what.into(), value: tao })
    }
}
