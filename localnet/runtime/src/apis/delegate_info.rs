//! Hotkeys on which others stake.

use super::all_netuids;
use crate::{AccountId, AlphaBalance, NetUid, ROOT, Runtime, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use std::collections::BTreeMap;
use substrate_fixed::types::U64F64;

/// Blocks of a day.
const DAY: u16 = 7_200;
/// A thousand TAO, in rao.
const THOUSAND_TAO: u64 = 1_000 * crate::RAO_PER_TAO;

/// A delegate with what it keeps, who stakes on it, and what it earns.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct DelegateInfo {
    delegate_ss58: AccountId,
    take: Compact<u16>,
    nominators: Vec<(AccountId, Vec<Stake>)>,
    owner_ss58: AccountId,
    registrations: Vec<Compact<NetUid>>,
    validator_permits: Vec<Compact<NetUid>>,
    return_per_1000: Compact<u64>,
    total_daily_return: Compact<u64>,
}

/// A subnet and rao of its token.
type Stake = (Compact<NetUid>, Compact<AlphaBalance>);

pub fn all() -> Vec<DelegateInfo> {
    Delegates::<Runtime>::iter_keys()
        .map(|hotkey| {
            let nominators = nominators(&hotkey);
            of(hotkey, nominators)
        })
        .collect()
}

pub fn one(hotkey: AccountId) -> Option<DelegateInfo> {
    Delegates::<Runtime>::contains_key(&hotkey).then(|| {
        let nominators = nominators(&hotkey);
        of(hotkey, nominators)
    })
}

/// The delegates through which a coldkey stakes, without their nominators, once for each subnet.
pub fn of_coldkey(coldkey: &AccountId) -> Vec<(DelegateInfo, Stake)> {
    let mut all = Vec::new();
    for hotkey in Delegates::<Runtime>::iter_keys() {
        let mut netuids: Vec<NetUid> = AlphaV2::<Runtime>::iter_prefix((&hotkey, coldkey))
            .filter_map(|(netuid, share)| (!share.is_zero()).then_some(netuid))
            .collect();
        netuids.sort_unstable();
        for netuid in netuids {
            let stake = Pallet::<Runtime>::stake_of(&hotkey, coldkey, netuid);
            let info = of(hotkey.clone(), Vec::new());
            all.push((info, (Compact(netuid), Compact(stake))));
        }
    }
    all
}

/// Who stakes how much on a hotkey. The chain looks a subnet's pool up at the netuid's place in the
/// list of subnets, so where netuids have gaps it shows less or another pool's worth; so do we.
fn nominators(hotkey: &AccountId) -> Vec<(AccountId, Vec<Stake>)> {
    let netuids = all_netuids();
    let mut shares: Vec<_> = AlphaV2::<Runtime>::iter_prefix((hotkey,)).collect();
    shares.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut nominators: BTreeMap<AccountId, Vec<Stake>> = BTreeMap::new();
    for ((coldkey, netuid), share) in shares {
        let Some(pool) = netuids.get(usize::from(netuid)) else {
            continue;
        };
        if share.is_zero() {
            continue;
        }
        let all = TotalHotkeySharesV2::<Runtime>::get(hotkey, pool);
        let stake = SafeFloat::from(Pallet::<Runtime>::stake_on(hotkey, *pool))
            .mul_div(share, all)
            .map_or(0, u64::from);
        let stakes = nominators.entry(coldkey).or_default();
        stakes.push((Compact(netuid), Compact(stake)));
    }
    nominators.into_iter().collect()
}

fn of(hotkey: AccountId, nominators: Vec<(AccountId, Vec<Stake>)>) -> DelegateInfo {
    let registrations: Vec<NetUid> = IsNetworkMember::<Runtime>::iter_prefix(&hotkey)
        .filter_map(|(netuid, member)| member.then_some(netuid))
        .collect();
    let mut permits = Vec::new();
    let mut daily = U64F64::default();
    for netuid in &registrations {
        let Ok(uid) = Pallet::<Runtime>::uid(*netuid, &hotkey) else {
            continue;
        };
        let at = usize::from(uid);
        if ValidatorPermit::<Runtime>::get(netuid).get(at) == Some(&true) {
            permits.push(Compact(*netuid));
        }
        let earned = Emission::<Runtime>::get(netuid).get(at).copied();
        let epochs = U64F64::from(DAY).checked_div(Tempo::<Runtime>::get(netuid).into());
        let part =
            U64F64::from(earned.unwrap_or_default()).saturating_mul(epochs.unwrap_or_default());
        daily = daily.saturating_add(part);
    }
    let take = Delegates::<Runtime>::get(&hotkey);
    let root = U64F64::from(Pallet::<Runtime>::stake_on(&hotkey, ROOT));
    DelegateInfo {
        take: Compact(take),
        nominators,
        owner_ss58: Owner::<Runtime>::get(&hotkey),
        registrations: registrations.into_iter().map(Compact).collect(),
        validator_permits: permits,
        return_per_1000: Compact(per_thousand(take, root, daily).saturating_to_num()),
        total_daily_return: Compact(daily.saturating_to_num()),
        delegate_ss58: hotkey,
    }
}

/// What a thousand TAO on root would get a day, in rao.
fn per_thousand(take: u16, root: U64F64, daily: U64F64) -> U64F64 {
    let kept = U64F64::from(take)
        .checked_div(u16::MAX.into())
        .unwrap_or_default();
    let thousands = root.checked_div(THOUSAND_TAO.into()).unwrap_or_default();
    daily
        .saturating_mul(U64F64::from(1u8).saturating_sub(kept))
        .checked_div(thousands)
        .unwrap_or_default()
}
