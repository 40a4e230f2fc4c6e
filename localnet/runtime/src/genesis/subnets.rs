//! A world's subnets, built with the pallet's own functions so that nothing differs from subnets that
//! were registered by calls.

use super::{Keys, Neuron, Subnet, WorldError, rao, settings};
use crate::{AccountId, NetUid, ROOT, Runtime, subtensor::*, swap::LEAST_RESERVE};
use substrate_fixed::types::{I96F32, U64F64};

/// Most mechanisms of a subnet.
const MAX_MECHANISMS: u8 = 16;

/// The network on which TAO itself is staked.
pub fn create_root() {
    NetworksAdded::<Runtime>::insert(ROOT, true);
    TotalNetworks::<Runtime>::put(1);
    MaxAllowedUids::<Runtime>::insert(ROOT, 64);
    MaxAllowedValidators::<Runtime>::insert(ROOT, 64);
    MinAllowedWeights::<Runtime>::insert(ROOT, 0);
    NetworkRegistrationAllowed::<Runtime>::insert(ROOT, true);
    SubtokenEnabled::<Runtime>::insert(ROOT, true);
    Tempo::<Runtime>::insert(ROOT, 100);
    TokenSymbol::<Runtime>::insert(ROOT, "Τ".as_bytes().to_vec());
}

pub fn create(subnet: &Subnet, keys: &Keys) -> Result<(), WorldError> {
    let netuid = subnet.netuid;
    let bad = |why: String| WorldError::BadSubnet { netuid, why };
    if netuid == ROOT {
        return Err(bad(
            "netuid 0 is the root network: give another netuid".into()
        ));
    }
    if NetworksAdded::<Runtime>::get(netuid) {
        return Err(bad(
            "the netuid is defined twice: give each [[subnet]] its own".into(),
        ));
    }
    let owner = keys.get(&subnet.owner)?;
    let owner_hotkey = keys.get(&subnet.owner_hotkey)?;
    check_hotkey(&owner, &owner_hotkey, &subnet.owner_hotkey).map_err(bad)?;
    // Before the first neuron: each mechanism has its own columns.
    if let Some(mechanisms) = subnet.mechanisms {
        if !(1..=MAX_MECHANISMS).contains(&mechanisms) {
            return Err(bad(format!(
                "mechanisms is {mechanisms}: give 1 to {MAX_MECHANISMS}"
            )));
        }
        MechanismCountCurrent::<Runtime>::insert(netuid, mechanisms);
    }
    Pallet::<Runtime>::create_network(netuid, &owner, &owner_hotkey)
        .map_err(|error| bad(format!("{error:?}")))?;
    settings::apply(subnet)?;
    fill_pool(netuid, subnet.pool_tao)?;
    Pallet::<Runtime>::start(netuid);
    subnet
        .neurons
        .iter()
        .try_for_each(|neuron| add_neuron(netuid, neuron, keys))
}

fn add_neuron(netuid: NetUid, neuron: &Neuron, keys: &Keys) -> Result<(), WorldError> {
    let bad = |why: String| WorldError::BadSubnet { netuid, why };
    let hotkey = keys.get(&neuron.hotkey)?;
    let coldkey = keys.get(&neuron.coldkey)?;
    check_hotkey(&coldkey, &hotkey, &neuron.hotkey).map_err(bad)?;
    match Uids::<Runtime>::get(netuid, &hotkey) {
        // The owner's hotkey is there already; naming it again gives it stake.
        Some(0) => {}
        Some(_) => {
            let why = format!(
                "hotkey {:?} is registered twice: name it once",
                neuron.hotkey
            );
            return Err(bad(why));
        }
        None => append(netuid, neuron, &coldkey, &hotkey).map_err(bad)?,
    }
    let stake = rao(
        &format!("stake of neuron {:?}", neuron.hotkey),
        neuron.stake_tao,
    )?;
    stake_at_genesis(netuid, &hotkey, &coldkey, stake);
    Ok(())
}

fn append(
    netuid: NetUid,
    neuron: &Neuron,
    coldkey: &AccountId,
    hotkey: &AccountId,
) -> Result<(), String> {
    if SubnetworkN::<Runtime>::get(netuid) >= MaxAllowedUids::<Runtime>::get(netuid) {
        return Err("more neurons than max_allowed_uids: raise it".into());
    }
    Pallet::<Runtime>::ensure_hotkey(coldkey, hotkey)
        .map_err(|error| format!("hotkey {:?}: {error:?}", neuron.hotkey))?;
    Pallet::<Runtime>::append_neuron(netuid, hotkey);
    Ok(())
}

/// Mints the pool's TAO onto the subnet's account; a subnet without a pool is one to one.
fn fill_pool(netuid: NetUid, tao: Option<f64>) -> Result<(), WorldError> {
    let amount = match tao {
        Some(tao) => rao(&format!("pool_tao of subnet {netuid}"), tao)?,
        None => NetworkMinLockCost::<Runtime>::get(),
    };
    if amount == 0 {
        SubnetMechanism::<Runtime>::insert(netuid, STABLE);
    } else if amount < LEAST_RESERVE.get() {
        return Err(WorldError::BadValue {
            what: format!("pool_tao of subnet {netuid}"),
            value: tao.unwrap_or_default().to_string(),
            remedy: "a pool trades from 0.001 TAO on: give at least that, or 0 for no pool",
        });
    } else if let Some(account) = Pallet::<Runtime>::subnet_account(netuid) {
        let minted = Pallet::<Runtime>::mint(&account, amount);
        Pallet::<Runtime>::fill_pool(netuid, minted, U64F64::from_num(1));
        SubnetMovingPrice::<Runtime>::insert(netuid, I96F32::from_num(1));
    }
    Ok(())
}

/// Tokens that were bought before block 0. Where they are TAO, the TAO is minted into the subnet, which would otherwise
/// owe more than it holds.
fn stake_at_genesis(netuid: NetUid, hotkey: &AccountId, coldkey: &AccountId, stake: u64) {
    let mut stake = stake;
    if SubnetMechanism::<Runtime>::get(netuid) == STABLE
        && let Some(account) = Pallet::<Runtime>::subnet_account(netuid)
    {
        stake = Pallet::<Runtime>::mint(&account, stake);
        SubnetTAO::<Runtime>::mutate(netuid, |tao| *tao = tao.saturating_add(stake));
        TotalStake::<Runtime>::mutate(|total| *total = total.saturating_add(stake));
    }
    SubnetAlphaOut::<Runtime>::mutate(netuid, |sum| *sum = sum.saturating_add(stake));
    SubnetVolume::<Runtime>::mutate(netuid, |sum| *sum = sum.saturating_add(stake.into()));
    Pallet::<Runtime>::credit_stake(hotkey, coldkey, netuid, stake);
}

fn check_hotkey(coldkey: &AccountId, hotkey: &AccountId, name: &str) -> Result<(), String> {
    let known = Owner::<Runtime>::contains_key(hotkey);
    if known && !Pallet::<Runtime>::owns(coldkey, hotkey) {
        return Err(format!(
            "hotkey {name:?} has another coldkey elsewhere: a hotkey has one"
        ));
    }
    Ok(())
}
