//! The end of a subnet: its TAO goes to those who staked, then everything stored of it goes.

use super::*;
use crate::{AccountId, NetUid, ROOT, swap};
use frame_support::{
    ensure,
    traits::{
        fungible::{Balanced, Inspect},
        tokens::{Fortitude, Precision, Preservation},
    },
};
use sp_runtime::DispatchResult;
use std::cmp::Reverse;

/// Forgets a subnet's entry in each of these items.
macro_rules! forget {
    ($netuid:expr => $($item:ident)*) => { $( $item::<T>::remove($netuid); )* };
}
/// Forgets all entries under a first key in each of these items.
macro_rules! forget_under {
    ($key:expr => $($item:ident)*) => {
        $( let _ = $item::<T>::clear_prefix($key, u32::MAX, None); )*
    };
}
/// Forgets a subnet's entries where it is the second key.
macro_rules! forget_second {
    ($netuid:expr => $($item:ident)*) => { $(
        let keys: Vec<AccountId> = $item::<T>::iter_keys()
            .filter_map(|(key, of)| (of == $netuid).then_some(key))
            .collect();
        keys.iter().for_each(|key| $item::<T>::remove(key, $netuid));
    )* };
}

/// What somebody holds of a subnet's token.
struct Holding {
    /// None for the tokens in the pool and those that the protocol bought.
    coldkey: Option<AccountId>,
    tokens: u128,
}

impl<T: Config> Pallet<T> {
    pub(super) fn do_dissolve(netuid: NetUid) -> DispatchResult {
        let exists = netuid != ROOT && NetworksAdded::<T>::get(netuid);
        ensure!(exists, Error::<T>::SubnetNotExists);
        Self::pay_back(netuid);
        T::Statements::forget(netuid);
        Self::forget_network(netuid);
        Self::deposit_event(Event::NetworkRemoved(netuid));
        Ok(())
    }

    /// Shares the pool's TAO among all who hold the token, and destroys the token. What is then left
    /// on the subnet's account is recycled.
    fn pay_back(netuid: NetUid) {
        let mut holdings = Self::holdings(netuid);
        holdings.push(Holding {
            coldkey: None,
            tokens: SubnetAlphaIn::<T>::get(netuid)
                .saturating_add(SubnetProtocolAlpha::<T>::get(netuid))
                .into(),
        });
        let pot = SubnetTAO::<T>::take(netuid);
        TotalStake::<T>::mutate(|total| *total = total.saturating_sub(pot));
        let tokens: Vec<u128> = holdings.iter().map(|holding| holding.tokens).collect();
        for (holding, share) in holdings.into_iter().zip(largest_remainders(pot, &tokens)) {
            // One payment that fails does not keep the others from theirs.
            if let (Some(coldkey), 1..) = (holding.coldkey, share) {
                let _ = Self::pay_from_subnet(netuid, &coldkey, share);
            }
        }
        Self::destroy_stakes(netuid);
        SubnetLocked::<T>::insert(netuid, 0);
        Self::recycle_rest(netuid);
    }

    fn holdings(netuid: NetUid) -> Vec<Holding> {
        AlphaV2::<T>::iter_keys()
            .filter(|(.., of)| *of == netuid)
            .map(|(hotkey, coldkey, _)| Holding {
                tokens: Self::stake_of(&hotkey, &coldkey, netuid).into(),
                coldkey: Some(coldkey),
            })
            .collect()
    }

    fn destroy_stakes(netuid: NetUid) {
        let shares: Vec<_> = AlphaV2::<T>::iter_keys()
            .filter(|(.., of)| *of == netuid)
            .collect();
        shares.into_iter().for_each(AlphaV2::<T>::remove);
        forget_second!(netuid => TotalHotkeyAlpha TotalHotkeySharesV2);
        forget!(netuid => SubnetAlphaIn SubnetAlphaOut SubnetProtocolAlpha);
        swap::Pallet::<T>::forget(netuid);
    }

    fn recycle_rest(netuid: NetUid) {
        let Some(account) = Self::subnet_account(netuid) else {
            return;
        };
        let (polite, open) = (Fortitude::Polite, Preservation::Preserve);
        let rest = T::Currency::reducible_balance(&account, open, polite);
        let (exact, force) = (Precision::Exact, Fortitude::Force);
        // What is withdrawn and dropped is no longer in existence.
        if T::Currency::withdraw(&account, rest, exact, Preservation::Expendable, force).is_ok() {
            TotalIssuance::<T>::mutate(|total| *total = total.saturating_sub(rest));
        }
    }

    /// Forgets what the real chain forgets; it keeps a few settings, which the next subnet under this
    /// netuid inherits.
    fn forget_network(netuid: NetUid) {
        let members: Vec<AccountId> = Keys::<T>::iter_prefix_values(netuid).collect();
        for hotkey in members {
            IsNetworkMember::<T>::remove(hotkey, netuid);
        }
        TotalNetworks::<T>::mutate(|count| *count = count.saturating_sub(1));
        for index in Self::storage_indexes(netuid).collect::<Vec<_>>() {
            forget!(index => LastUpdate Incentive);
            forget_under!(index => WeightCommits TimelockedWeightCommits Bonds Weights);
        }
        forget_under!(netuid => Uids Keys BlockAtRegistration Axons NeuronCertificates Prometheus);
        forget_under!(netuid => AlphaDividendsPerSubnet PendingChildKeys LastHotkeySwapOnNetuid);
        forget_second!(netuid => ChildkeyTake ChildKeys ParentKeys LastHotkeyEmissionOnNetuid);
        forget_second!(netuid => TotalHotkeyAlphaLastEpoch);
        let limits: Vec<_> = TransactionKeyLastBlock::<T>::iter_keys()
            .filter(|(_, of, _)| *of == netuid)
            .collect();
        limits
            .into_iter()
            .for_each(TransactionKeyLastBlock::<T>::remove);
        if SubnetIdentitiesV3::<T>::take(netuid).is_some() {
            Self::deposit_event(Event::SubnetIdentityRemoved(netuid));
        }
        Self::forget_settings(netuid);
    }

    fn forget_settings(netuid: NetUid) {
        forget! { netuid =>
            SubnetOwner SubnetOwnerHotkey SubnetworkN NetworksAdded NetworkRegisteredAt
            NetworkRegistrationAllowed NetworkPowRegistrationAllowed FirstEmissionBlockNumber
            TokenSymbol SubnetMechanism SubtokenEnabled TransferToggle SubnetLocked LargestLocked
            Active Emission Consensus Dividends ValidatorPermit ValidatorTrust StakeWeight
            Tempo LastEpochBlock PendingEpochAt SubnetEpochIndex BlocksSinceLastStep
            LastMechansimStepBlock LastAdjustmentBlock
            Kappa Rho AlphaSigmoidSteepness AlphaValues LiquidAlphaOn Yuma3On
            BondsMovingAverage BondsPenalty BondsResetOn
            MaxAllowedUids MaxAllowedValidators ImmunityPeriod ImmuneOwnerUidsLimit
            ActivityCutoff ActivityCutoffFactorMilli MinAllowedWeights WeightsVersionKey
            WeightsSetRateLimit ServingRateLimit ValidatorPruneLen ScalingLawPower
            CommitRevealWeightsEnabled RevealPeriodEpochs MechanismCountCurrent
            MechanismEmissionSplit
            Burn MinBurn MaxBurn BurnHalfLife BurnIncreaseMult Difficulty MinDifficulty
            MaxDifficulty RegistrationsThisBlock RegistrationsThisInterval
            POWRegistrationsThisInterval BurnRegistrationsThisInterval
            TargetRegistrationsPerInterval MaxRegistrationsPerBlock RAORecycledForRegistration
            PendingValidatorEmission PendingServerEmission PendingRootAlphaDivs PendingOwnerCut
            MinerBurned SubnetAlphaInEmission SubnetAlphaOutEmission SubnetTaoInEmission
            SubnetVolume SubnetMovingPrice SubnetTaoFlow SubnetProtocolFlow SubnetExcessTao
            EMAPriceHalvingBlocks
            SubnetEpochConsensus CollateralLockShare
        }
    }
}

/// Splits `total` in proportion to `parts`; what rounding leaves goes, one each, to the largest
/// remainders.
fn largest_remainders(total: u64, parts: &[u128]) -> Vec<u64> {
    let whole: u128 = parts.iter().sum();
    let product = |part: &u128| u128::from(total).saturating_mul(*part);
    let share = |part: &u128| product(part).checked_div(whole).unwrap_or_default();
    let mut shares: Vec<u64> = parts
        .iter()
        .map(|part| u64::try_from(share(part)).unwrap_or(u64::MAX))
        .collect();
    let left = total.saturating_sub(shares.iter().sum());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |at: &usize| {
        parts
            .get(*at)
            .and_then(|part| product(part).checked_rem(whole))
    };
    order.sort_by_key(|at| Reverse(remainder(at)));
    let extra = if whole == 0 {
        0
    } else {
        usize::try_from(left).unwrap_or_default()
    };
    for at in order.into_iter().take(extra) {
        if let Some(share) = shares.get_mut(at) {
            *share = share.saturating_add(1);
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::largest_remainders;
    use proptest::prelude::*;

    #[test]
    fn rounding_goes_to_the_largest_remainders() {
        assert_eq!(largest_remainders(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(largest_remainders(10, &[2, 3, 5]), [2, 3, 5]);
        assert_eq!(largest_remainders(5, &[1, 2]), [2, 3]);
        assert_eq!(largest_remainders(5, &[0]), [0]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(total: u64, parts in proptest::collection::vec(0u64.., 1..9)) {
            let parts: Vec<u128> = parts.into_iter().map(u128::from).collect();
            prop_assume!(parts.iter().any(|part| *part > 0));
            prop_assert_eq!(largest_remainders(total, &parts).iter().sum::<u64>(), total);
        }
    }
}
