//! What each block does: prices, reveals, emission, epochs.

use super::{accounts::TaoCredit, *};
use crate::{NetUid, ROOT};
use frame_support::traits::Imbalance;
use yuma::emission;

/// Tokens that wait for an epoch, in rao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pending {
    pub server: u64,
    pub validator: u64,
    pub owner: u64,
}

impl<T: Config> Pallet<T> {
    pub(super) fn run_block() {
        Self::decay_burns();
        let subnets: Vec<NetUid> = Self::netuids()
            .into_iter()
            .filter(|id| *id != ROOT)
            .collect();
        let deferred = Self::deferred(&subnets);
        for netuid in subnets.iter().filter(|netuid| !deferred.contains(netuid)) {
            Self::reveal_timelocked(*netuid);
        }
        Self::emit(&subnets);
        let mut room = MaxEpochsPerBlock::<T>::get();
        let due: Vec<(NetUid, Pending)> = subnets
            .into_iter()
            .filter_map(|netuid| {
                if !Self::step_schedule(netuid, room > 0) {
                    return None;
                }
                room = room.saturating_sub(1);
                Some((netuid, Self::drain(netuid)))
            })
            .collect();
        for (netuid, pending) in due {
            Self::pay_out(netuid, pending);
            LastMechansimStepBlock::<T>::insert(netuid, Self::block());
        }
    }

    /// Mints the block's TAO in equal parts into the subnets that have started, and to each its own
    /// tokens, which are split and wait for the epoch.
    fn emit(subnets: &[NetUid]) {
        let block_emission = emission::block_emission(TotalIssuance::<T>::get());
        if BlockEmission::<T>::get() != block_emission {
            BlockEmission::<T>::put(block_emission);
        }
        let started: Vec<NetUid> = subnets.iter().copied().filter(Self::is_emitting).collect();
        let paid: Vec<NetUid> = started
            .iter()
            .copied()
            .filter(|id| SubnetEmissionEnabled::<T>::get(id))
            .collect();
        let part = block_emission
            .checked_div(paid.len() as u64)
            .unwrap_or_default();
        // Issued as a whole, as on the chain; what no subnet takes is gone again.
        let mut left = Self::issue(block_emission);
        for netuid in &paid {
            let (credit, rest) = left.split(part);
            Self::emit_tao(*netuid, credit);
            left = rest;
        }
        for netuid in started {
            Self::emit_tokens(netuid);
        }
    }

    fn is_emitting(netuid: &NetUid) -> bool {
        FirstEmissionBlockNumber::<T>::contains_key(netuid)
            && SubtokenEnabled::<T>::get(netuid)
            && NetworkRegistrationAllowed::<T>::get(netuid)
    }

    fn emit_tao(netuid: NetUid, credit: TaoCredit<T>) {
        let Some(account) = Self::subnet_account(netuid) else {
            return;
        };
        let minted = Self::place(&account, credit);
        SubnetTaoInEmission::<T>::insert(netuid, minted);
        SubnetTAO::<T>::mutate(netuid, |tao| *tao = tao.saturating_add(minted));
        TotalStake::<T>::mutate(|total| *total = total.saturating_add(minted));
    }

    fn emit_tokens(netuid: NetUid) {
        let issuance =
            SubnetAlphaIn::<T>::get(netuid).saturating_add(SubnetAlphaOut::<T>::get(netuid));
        let minted = emission::block_emission(issuance);
        SubnetAlphaOutEmission::<T>::insert(netuid, minted);
        let issuance = issuance.saturating_add(minted);
        let root =
            emission::root_proportion(SubnetTAO::<T>::get(ROOT), issuance, TaoWeight::<T>::get());
        let cut = if OwnerCutEnabled::<T>::get(netuid) {
            SubnetOwnerCut::<T>::get()
        } else {
            0
        };
        let split = emission::split(minted, cut, root);
        PendingOwnerCut::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(split.owner));
        PendingServerEmission::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(split.server));
        PendingValidatorEmission::<T>::mutate(netuid, |sum| {
            *sum = sum.saturating_add(split.validator)
        });
        // Root's part is recycled: the chain sells it only while token prices add up to more than
        // one TAO, and here each is one.
        let out = minted.saturating_sub(split.root);
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_add(out));
    }

    /// Tokens that wait for the next epoch, without the owner's.
    pub fn pending_tokens(netuid: NetUid) -> u64 {
        PendingValidatorEmission::<T>::get(netuid)
            .saturating_add(PendingServerEmission::<T>::get(netuid))
    }

    fn drain(netuid: NetUid) -> Pending {
        let pending = Pending {
            server: PendingServerEmission::<T>::get(netuid),
            validator: PendingValidatorEmission::<T>::get(netuid),
            owner: PendingOwnerCut::<T>::get(netuid),
        };
        PendingServerEmission::<T>::insert(netuid, 0);
        PendingValidatorEmission::<T>::insert(netuid, 0);
        PendingRootAlphaDivs::<T>::insert(netuid, 0);
        PendingOwnerCut::<T>::insert(netuid, 0);
        pending
    }
}
