//! What each block does: prices, reveals, emission, epochs.

use super::{accounts::TaoCredit, market::Bid, *};
use crate::{
    NetUid, ROOT,
    swap::{self, Side},
};
use frame_support::traits::Imbalance;
use substrate_fixed::types::U96F32;
use yuma::emission;

/// Tokens that wait for an epoch, in rao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pending {
    pub server: u64,
    pub validator: u64,
    pub owner: u64,
}

/// What a block brings a subnet, in rao.
#[derive(Debug, Clone, Copy)]
struct Flow {
    /// Into the pool.
    tao: u64,
    tokens: u64,
    /// TAO that buys tokens.
    excess: u64,
    /// Tokens to be paid out.
    paid: u64,
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
        let started: Vec<NetUid> = subnets.iter().copied().filter(Self::is_emitting).collect();
        Self::emit(&started);
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
        for netuid in started {
            Self::smooth_price(netuid);
            RootProp::<T>::insert(netuid, Self::root_proportion(netuid));
        }
        for netuid in Self::netuids() {
            if LastEpochBlock::<T>::get(netuid) == Self::block() {
                Self::activate_children(netuid);
            }
        }
    }

    /// Mints the block's TAO into the subnets that have started, and to each its own tokens, which are split and wait
    /// for the epoch.
    fn emit(started: &[NetUid]) {
        let block_emission = emission::block_emission(TotalIssuance::<T>::get());
        if BlockEmission::<T>::get() != block_emission {
            BlockEmission::<T>::put(block_emission);
        }
        let flows: Vec<(NetUid, Flow)> = Self::tao_shares(started, block_emission)
            .into_iter()
            .map(|(netuid, share)| (netuid, Self::flow(netuid, share)))
            .collect();
        // Issued as a whole, as on the chain; what no subnet takes is gone again.
        let mut left = Self::issue(block_emission);
        for (netuid, flow) in &flows {
            left = Self::let_in(*netuid, *flow, left);
        }
        for (netuid, flow) in flows {
            Self::emit_tokens(netuid, flow.paid);
        }
    }

    fn is_emitting(netuid: &NetUid) -> bool {
        FirstEmissionBlockNumber::<T>::contains_key(netuid)
            && SubtokenEnabled::<T>::get(netuid)
            && NetworkRegistrationAllowed::<T>::get(netuid)
    }

    /// TAO goes into the pool together with tokens of the same worth; what is too much for root's part of the stake
    /// buys tokens from the pool.
    fn flow(netuid: NetUid, share: U96F32) -> Flow {
        let issuance = Self::token_issuance(netuid);
        let minted = emission::block_emission(issuance);
        let price = U96F32::saturating_from_num(Self::token_price(netuid));
        let most = Self::root_proportion(netuid).saturating_mul(U96F32::from_num(minted));
        let wanted = share.checked_div(price).unwrap_or_default();
        let (tokens, tao) = if wanted > most {
            (most, most.saturating_mul(price))
        } else {
            (wanted, share)
        };
        Flow {
            tao: tao.saturating_to_num(),
            tokens: tokens.saturating_to_num(),
            excess: share.saturating_sub(tao).saturating_to_num(),
            paid: minted,
        }
    }

    /// Takes a subnet's TAO out of what was issued; returns what is left.
    fn let_in(netuid: NetUid, flow: Flow, left: TaoCredit<T>) -> TaoCredit<T> {
        let Some(account) = Self::subnet_account(netuid) else {
            return left;
        };
        let (tao, tokens) = Self::rebalance(netuid, flow);
        SubnetExcessTao::<T>::insert(netuid, 0);
        SubnetTaoInEmission::<T>::insert(netuid, 0);
        let (credit, left) = left.split(flow.excess);
        let excess = Self::place(&account, credit);
        if excess > 0 {
            Self::buy_for_protocol(netuid, excess);
        }
        SubnetAlphaInEmission::<T>::insert(netuid, tokens);
        SubnetAlphaIn::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(tokens));
        let (credit, left) = left.split(tao);
        let tao = Self::place(&account, credit);
        if tao > 0 {
            SubnetTaoInEmission::<T>::insert(netuid, tao);
            SubnetTAO::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(tao));
            TotalStake::<T>::mutate(|total| *total = total.saturating_add(tao));
            Self::record_protocol_flow(netuid, tao);
        }
        left
    }

    /// Shifts the pool's weights so that a flow leaves the price as it is; what may flow, TAO and tokens: nothing where
    /// the pool would be out of balance.
    fn rebalance(netuid: NetUid, flow: Flow) -> (u64, u64) {
        let pool = (SubnetAlphaIn::<T>::get(netuid), SubnetTAO::<T>::get(netuid));
        let balancer = swap::SwapBalancer::<T>::get(netuid);
        match balancer.after_adding(pool, (flow.tokens, flow.tao)) {
            Some(balancer) => {
                swap::SwapBalancer::<T>::insert(netuid, balancer);
                (flow.tao, flow.tokens)
            }
            None => (0, 0),
        }
    }

    /// A pool that does not trade keeps the price, and the subnet's account the TAO.
    fn buy_for_protocol(netuid: NetUid, tao: u64) {
        if let Ok(trade) = Self::trade_tao(netuid, tao, Bid::free(Side::Buy)) {
            SubnetProtocolAlpha::<T>::mutate(netuid, |sum| {
                *sum = sum.saturating_add(trade.paid_out)
            });
            SubnetExcessTao::<T>::insert(netuid, trade.paid_in);
            Self::record_protocol_flow(netuid, trade.paid_in);
        }
    }

    fn record_protocol_flow(netuid: NetUid, tao: u64) {
        let tao = i64::try_from(tao).unwrap_or(i64::MAX);
        SubnetProtocolFlow::<T>::mutate(netuid, |flow| *flow = flow.saturating_add(tao));
    }

    /// Tokens there are, in and outside the pool.
    fn token_issuance(netuid: NetUid) -> u64 {
        SubnetAlphaIn::<T>::get(netuid).saturating_add(SubnetAlphaOut::<T>::get(netuid))
    }

    fn root_proportion(netuid: NetUid) -> U96F32 {
        let root = SubnetTAO::<T>::get(ROOT);
        emission::root_proportion(root, Self::token_issuance(netuid), TaoWeight::<T>::get())
    }

    fn emit_tokens(netuid: NetUid, minted: u64) {
        SubnetAlphaOutEmission::<T>::insert(netuid, minted);
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_add(minted));
        let cut = if OwnerCutEnabled::<T>::get(netuid) {
            SubnetOwnerCut::<T>::get()
        } else {
            0
        };
        let split = emission::split(minted, cut, Self::root_proportion(netuid));
        PendingOwnerCut::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(split.owner));
        PendingServerEmission::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(split.server));
        PendingValidatorEmission::<T>::mutate(netuid, |sum| {
            *sum = sum.saturating_add(split.validator)
        });
        // Root's part is recycled: the real chain does so, too, until token prices add up to more than one TAO.
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_sub(split.root));
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
