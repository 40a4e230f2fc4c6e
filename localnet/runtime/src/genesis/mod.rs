//! From a world to the state of block 0.

mod settings;
mod subnets;
mod world;

pub use world::{Account, Chain, Drand, Neuron, Subnet, World};

use crate::{
    AccountId, AllowLoopbackAxons, RAO_PER_TAO, Runtime, SlotDuration, drand, mev_shield, subtensor,
};
use sp_core::{Pair, sr25519, storage::Storage};
use sp_runtime::BuildStorage;
use sp_state_machine::BasicExternalities;
use std::collections::BTreeMap;

/// Why a world cannot be built; each names the entry and what to do.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// A subnet, a neuron or the sudo key names an account that the world doesn't define.
    #[error("account {0:?} is used but not defined: add an [[account]] with this name")]
    UnknownAccount(String),
    /// Two accounts bear this name.
    #[error("account {0:?} is defined twice: names must be unique")]
    DuplicateAccount(String),
    /// No key follows from the secret URI.
    #[error("account {name:?} has the bad secret URI {suri:?}: {why}")]
    BadSuri {
        /// Of the account.
        name: String,
        /// As the world gives it, or made of the name.
        suri: String,
        /// As the key's parser says it.
        why: String,
    },
    /// An amount that can't be turned into rao, or is beyond the supply.
    #[error("{what} is {value} TAO: give a number between 0 and {MAX_TAO}")]
    BadAmount {
        /// The key, and whose it is.
        what: String,
        /// In TAO.
        value: f64,
    },
    /// Any other value out of its bounds.
    #[error("{what} is {value}: {remedy}")]
    BadValue {
        /// The key, and whose it is.
        what: String,
        /// As the world gives it.
        value: String,
        /// What to give instead.
        remedy: &'static str,
    },
    #[error(
        "balance_tao, extra_issuance_tao, pool_tao and, in subnets without a pool, stake_tao add up to {total} TAO: at most {MAX_TAO} can exist, so lower one of them"
    )]
    /// More TAO than can ever exist.
    OverSupply {
        /// In TAO.
        total: f64,
    },
    /// A subnet that the chain couldn't have.
    #[error("subnet {netuid}: {why}")]
    BadSubnet {
        /// Of the `[[subnet]]`.
        netuid: u16,
        /// The key, its value and the remedy.
        why: String,
    },
    /// A pallet refused its part of the state: a fault of this crate, not of the world.
    #[error("the state could not be built: {0}")]
    Build(String),
}

/// Where the salt is kept, of which the chain's own keys are made.
pub const SALT: &[u8] = b":localnet:salt";

/// Maximum supply of the real chain.
pub const MAX_TAO: u64 = 21_000_000;

/// The state of block 0. Two salts give two genesis hashes, so that the records of one world are
/// never taken for those of another.
pub fn build(world: &World, salt: &str) -> Result<Storage, WorldError> {
    let keys = Keys::of(world)?;
    let mut ext = BasicExternalities::new(accounts(world, &keys)?);
    ext.execute_with(|| {
        check_supply(world)?;
        chain(&world.chain)?;
        if world.chain.drand == Drand::Node {
            let key = drand::stand_in(salt)
                .public_key()
                .map_err(|error| WorldError::Build(format!("drand key: {error}")))?;
            let beacon = drand::BeaconConfiguration::stand_in(&key);
            drand::BeaconConfig::<Runtime>::put(beacon);
        }
        subnets::create_root();
        world
            .subnets
            .iter()
            .try_for_each(|subnet| subnets::create(subnet, &keys))?;
        sp_io::storage::set(SALT, salt.as_bytes());
        let key = mev_shield::public_key(salt.as_bytes());
        mev_shield::NextKey::<Runtime>::set(key.try_into().ok());
        // Clients cache metadata by genesis hash: another runtime must have another one.
        let metadata: Vec<u8> = Runtime::metadata().into();
        sp_io::storage::set(b":localnet:metadata", &sp_core::blake2_256(&metadata));
        Ok(())
    })?;
    Ok(ext.into_storages())
}

/// A world may hold the maximum supply and no more, of TAO and of each subnet's token: beyond it the chain would mint
/// less stake than was asked for, or begin with more than can exist.
fn check_supply(world: &World) -> Result<(), WorldError> {
    // What is no amount at all is refused, with its name, where it is used.
    let rao = |tao: f64| (tao * RAO_PER_TAO as f64).round() as u128;
    let fresh = subtensor::NetworkMinLockCost::<Runtime>::get() as f64 / RAO_PER_TAO as f64;
    let mut total = rao(world.chain.extra_issuance_tao);
    for account in &world.accounts {
        total = total.saturating_add(rao(account.balance_tao));
    }
    for subnet in &world.subnets {
        let pool = rao(subnet.pool_tao.unwrap_or(fresh));
        let stakes = subnet.neurons.iter().map(|neuron| rao(neuron.stake_tao));
        let stakes = stakes.fold(0, u128::saturating_add);
        let tokens = pool.saturating_add(stakes);
        total = total.saturating_add(if pool == 0 { stakes } else { pool });
        if tokens > u128::from(yuma::emission::MAX_SUPPLY) {
            let why = format!(
                "pool_tao and stake_tao add up to {} tokens: at most {MAX_TAO} can exist, so lower one of them",
                tokens as f64 / RAO_PER_TAO as f64
            );
            return Err(WorldError::BadSubnet {
                netuid: subnet.netuid,
                why,
            });
        }
    }
    if total > u128::from(yuma::emission::MAX_SUPPLY) {
        let total = total as f64 / RAO_PER_TAO as f64;
        return Err(WorldError::OverSupply { total });
    }
    Ok(())
}

/// The state with the accounts and their balances alone.
fn accounts(world: &World, keys: &Keys) -> Result<Storage, WorldError> {
    let mut balances = Vec::new();
    for account in &world.accounts {
        let rao = rao(
            &format!("balance of account {:?}", account.name),
            account.balance_tao,
        )?;
        if rao > 0 {
            balances.push((keys.get(&account.name)?, rao));
        }
    }
    let sudo = world
        .chain
        .sudo
        .as_deref()
        .map(|name| {
            keys.get(name).map_err(|_| WorldError::BadValue {
                what: "sudo".into(),
                value: format!("{name:?}"),
                remedy: "no [[account]] has this name: add one",
            })
        })
        .transpose()?;
    crate::RuntimeGenesisConfig {
        balances: pallet_balances::GenesisConfig {
            balances,
            ..Default::default()
        },
        sudo: pallet_sudo::GenesisConfig { key: sudo },
        ..Default::default()
    }
    .build_storage()
    .map_err(WorldError::Build)
}

fn chain(chain: &Chain) -> Result<(), WorldError> {
    if chain.block_ms == 0 {
        let (what, value) = ("block_ms".into(), "0".into());
        return Err(WorldError::BadValue {
            what,
            value,
            remedy: "give at least 1 millisecond",
        });
    }
    SlotDuration::set(&chain.block_ms);
    AllowLoopbackAxons::set(&chain.allow_loopback_axons);
    let existing = rao("extra_issuance_tao", chain.extra_issuance_tao)?;
    let held = crate::Balances::total_issuance();
    subtensor::TotalIssuance::<Runtime>::put(held.saturating_add(existing));
    let threshold = rao("stake_threshold_tao", chain.stake_threshold_tao)?;
    subtensor::StakeThreshold::<Runtime>::put(threshold);
    if let Some(window) = chain.admin_freeze_window {
        subtensor::AdminFreezeWindow::<Runtime>::put(window);
    }
    if let Some(weight) = chain.tao_weight {
        if !(0.0..=1.0).contains(&weight) {
            let (what, value) = ("tao_weight".into(), weight.to_string());
            return Err(WorldError::BadValue {
                what,
                value,
                remedy: "give 0 to 1",
            });
        }
        subtensor::TaoWeight::<Runtime>::put((weight * u64::MAX as f64) as u64);
    }
    Ok(())
}

/// The public keys of a world's accounts by name.
struct Keys(BTreeMap<String, AccountId>);

impl Keys {
    fn of(world: &World) -> Result<Self, WorldError> {
        let mut keys = BTreeMap::new();
        for account in &world.accounts {
            if account.name.is_empty() {
                return Err(WorldError::BadValue {
                    what: "name of an account".into(),
                    value: "\"\"".into(),
                    remedy: "give it a name",
                });
            }
            let (name, suri) = (account.name.clone(), account.suri());
            let pair = sr25519::Pair::from_string(&suri, None).map_err(|error| {
                let why = format!("{error:?}");
                WorldError::BadSuri {
                    name: name.clone(),
                    suri,
                    why,
                }
            })?;
            if keys
                .insert(name.clone(), AccountId::from(pair.public()))
                .is_some()
            {
                return Err(WorldError::DuplicateAccount(name));
            }
        }
        Ok(Self(keys))
    }

    fn get(&self, name: &str) -> Result<AccountId, WorldError> {
        self.0
            .get(name)
            .cloned()
            .ok_or_else(|| WorldError::UnknownAccount(name.into()))
    }
}

/// TAO to rao.
fn rao(what: &str, tao: f64) -> Result<u64, WorldError> {
    let rao = (tao * RAO_PER_TAO as f64).round();
    if (0.0..=(MAX_TAO * RAO_PER_TAO) as f64).contains(&rao) {
        Ok(rao as u64)
    } else {
        Err(WorldError::BadAmount {
            what: what.into(),
            value: tao,
        })
    }
}
