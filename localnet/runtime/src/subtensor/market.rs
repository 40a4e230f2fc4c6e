//! Trades of TAO and a subnet's token: at the price of the subnet's pool, or one to one where it has none.

use super::*;
use crate::{
    AccountId, NetUid, RAO_PER_TAO, ROOT,
    swap::{self, Balancer, MOST_OF_RESERVE, Pool, Side, Trade},
};
use frame_support::{PalletId, ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult, traits::AccountIdConversion};
use substrate_fixed::types::U64F64;

/// `SubnetMechanism` of a subnet whose token is one to one with TAO.
pub const STABLE: u16 = 0;
/// `SubnetMechanism` of a subnet whose token is priced by a pool.
pub const DYNAMIC: u16 = 1;

/// Where fees go that no author takes.
pub(super) const BURNED: PalletId = PalletId(*b"burntnsr");

/// How far somebody goes in a trade.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bid {
    /// Rao per token at which the trade ends.
    pub limit: u64,
    /// Without a fee.
    pub free: bool,
}

impl Bid {
    /// At any price, for the fee.
    pub fn market(side: Side) -> Self {
        Self::limit(side.any_price())
    }

    pub fn limit(limit: u64) -> Self {
        Self { limit, free: false }
    }

    /// At any price, without a fee.
    pub fn free(side: Side) -> Self {
        Self {
            limit: side.any_price(),
            free: true,
        }
    }
}

impl<T: Config> Pallet<T> {
    /// TAO per token.
    pub fn token_price(netuid: NetUid) -> U64F64 {
        Self::pool(netuid).map_or(U64F64::from_num(1), |pool| pool.price())
    }

    /// The fee of a trade in a subnet, in rao of what is paid in.
    pub fn trading_fee(netuid: NetUid, amount: u64) -> u64 {
        Self::pool(netuid).map_or(0, |pool| pool.fee(amount))
    }

    fn pool(netuid: NetUid) -> Option<Pool> {
        (SubnetMechanism::<T>::get(netuid) == DYNAMIC).then(|| Pool {
            tokens: SubnetAlphaIn::<T>::get(netuid),
            tao: SubnetTAO::<T>::get(netuid),
            balancer: swap::SwapBalancer::<T>::get(netuid),
            fee_rate: swap::FeeRate::<T>::get(netuid),
        })
    }

    /// The pool as it is in a trade: the first one sets the weights to equal ones.
    fn open_pool(netuid: NetUid) -> Option<Pool> {
        let pool = Self::pool(netuid)?;
        Some(match swap::PalSwapInitialized::<T>::get(netuid) {
            true => pool,
            false => Pool {
                balancer: Balancer::default(),
                ..pool
            },
        })
    }

    /// What a trade would move now, at any price.
    pub fn quote(side: Side, netuid: NetUid, amount: u64) -> Result<Trade, DispatchError> {
        let there = NetworksAdded::<T>::get(netuid);
        let amount = if there { amount } else { 0 };
        Self::priced(side, netuid, amount, Bid::market(side))
    }

    fn priced(side: Side, netuid: NetUid, amount: u64, bid: Bid) -> Result<Trade, DispatchError> {
        let Some(pool) = Self::open_pool(netuid) else {
            return Ok(Trade {
                paid_in: amount,
                paid_out: amount,
                fee: 0,
            });
        };
        let limit = swap::price(bid.limit);
        let trade = pool.trade(side, amount, limit, bid.free);
        Ok(trade.map_err(swap::Error::<T>::from)?)
    }

    /// The most that can be paid in, fee included, before a token costs `limit`, in rao.
    pub(super) fn most_within(
        side: Side,
        netuid: NetUid,
        limit: u64,
    ) -> Result<u64, DispatchError> {
        let Some(most) = Self::most_in_trade(side, netuid) else {
            let good = match side {
                Side::Buy => limit >= RAO_PER_TAO,
                Side::Sell => limit <= RAO_PER_TAO,
            };
            return Ok(if good { u64::MAX } else { 0 });
        };
        let trade = Self::priced(side, netuid, most, Bid::limit(limit))?;
        Ok(trade.paid_in.saturating_add(trade.fee))
    }

    /// A trade larger than a pool can take fails before anything else is asked.
    pub(super) fn ensure_tradable(side: Side, netuid: NetUid, amount: u64) -> Result<(), Error<T>> {
        let fits = Self::most_in_trade(side, netuid).is_none_or(|most| amount <= most);
        ensure!(fits, Error::<T>::InsufficientLiquidity);
        Ok(())
    }

    fn most_in_trade(side: Side, netuid: NetUid) -> Option<u64> {
        let pool = Self::pool(netuid).filter(|_| netuid != ROOT)?;
        let reserve = match side {
            Side::Buy => pool.tao,
            Side::Sell => pool.tokens,
        };
        Some(reserve.saturating_mul(MOST_OF_RESERVE))
    }

    /// Tokens of a subnet for TAO that lies on its account.
    pub(super) fn trade_tao(netuid: NetUid, tao: u64, bid: Bid) -> Result<Trade, DispatchError> {
        let trade = Self::priced(Side::Buy, netuid, tao, bid)?;
        Self::open(netuid);
        SubnetAlphaIn::<T>::mutate(netuid, |sum| *sum = sum.saturating_sub(trade.paid_out));
        SubnetAlphaOut::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(trade.paid_out));
        SubnetTAO::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(trade.paid_in));
        TotalStake::<T>::mutate(|sum| *sum = sum.saturating_add(tao));
        SubnetVolume::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(tao.into()));
        Ok(trade)
    }

    /// TAO, still on the subnet's account, for tokens of the subnet.
    pub(super) fn trade_tokens(
        netuid: NetUid,
        tokens: u64,
        bid: Bid,
    ) -> Result<Trade, DispatchError> {
        let trade = Self::priced(Side::Sell, netuid, tokens, bid)?;
        Self::open(netuid);
        SubnetAlphaIn::<T>::mutate(netuid, |sum| *sum = sum.saturating_add(trade.paid_in));
        SubnetAlphaOut::<T>::mutate(netuid, |sum| *sum = sum.saturating_sub(trade.paid_in));
        SubnetTAO::<T>::mutate(netuid, |sum| *sum = sum.saturating_sub(trade.paid_out));
        TotalStake::<T>::mutate(|sum| *sum = sum.saturating_sub(trade.paid_out));
        SubnetVolume::<T>::mutate(netuid, |sum| {
            *sum = sum.saturating_add(trade.paid_out.into())
        });
        Ok(trade)
    }

    fn open(netuid: NetUid) {
        let pooled = SubnetMechanism::<T>::get(netuid) == DYNAMIC;
        if pooled && !swap::PalSwapInitialized::<T>::get(netuid) {
            swap::SwapBalancer::<T>::insert(netuid, Balancer::default());
            swap::PalSwapInitialized::<T>::insert(netuid, true);
        }
    }

    /// Pays TAO of a coldkey into a subnet and credits it with the tokens that this bought; how many.
    pub(super) fn buy(
        hotkey: &AccountId,
        coldkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        bid: Bid,
    ) -> Result<u64, DispatchError> {
        let paid = Self::pay_subnet(netuid, coldkey, amount)?;
        let trade = Self::trade_tao(netuid, paid, bid)?;
        ensure!(trade.paid_out > 0, Error::<T>::AmountTooLow);
        Self::credit_stake(hotkey, coldkey, netuid, trade.paid_out);
        Self::pay_fee(netuid, trade.fee)?;
        Self::record_flow(netuid, trade.paid_in, true);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::block());
        let (coldkey, hotkey) = (coldkey.clone(), hotkey.clone());
        let tokens = trade.paid_out;
        let event = Event::StakeAdded(coldkey, hotkey, paid, tokens, netuid, trade.fee);
        Self::deposit_event(event);
        Ok(tokens)
    }

    /// Sells tokens of a coldkey and pays it their TAO out of the subnet; how much.
    pub(super) fn sell(
        hotkey: &AccountId,
        coldkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        bid: Bid,
    ) -> Result<u64, DispatchError> {
        Self::debit_stake(hotkey, coldkey, netuid, amount);
        let trade = Self::trade_tokens(netuid, amount, bid)?;
        let unsold = amount.saturating_sub(trade.paid_in.saturating_add(trade.fee));
        Self::credit_stake(hotkey, coldkey, netuid, unsold);
        Self::pay_from_subnet(netuid, coldkey, trade.paid_out)?;
        let fee = Self::pay_fee_in_tokens(netuid, trade.fee)?;
        Self::record_flow(netuid, trade.paid_out.saturating_add(fee), false);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::block());
        let (coldkey, hotkey) = (coldkey.clone(), hotkey.clone());
        let (tao, tokens) = (trade.paid_out, trade.paid_in);
        let event = Event::StakeRemoved(coldkey, hotkey, tao, tokens, netuid, trade.fee);
        Self::deposit_event(event);
        Ok(tao)
    }

    /// A fee in TAO, from the subnet's account to the block's author; burned where there is none.
    fn pay_fee(netuid: NetUid, fee: u64) -> DispatchResult {
        match T::Author::get() {
            Some(author) => Self::pay_from_subnet(netuid, &author, fee),
            None => {
                // Too little to open the account with stays where it is.
                let _ = Self::pay_from_subnet(netuid, &BURNED.into_account_truncating(), fee);
                Ok(())
            }
        }
    }

    /// A fee in tokens, sold for the block's author; how much TAO that was. Without an author they belong to nobody.
    fn pay_fee_in_tokens(netuid: NetUid, fee: u64) -> Result<u64, DispatchError> {
        let Some(author) = T::Author::get() else {
            return Ok(0);
        };
        let paid = Self::trade_tokens(netuid, fee, Bid::free(Side::Sell))?.paid_out;
        Self::pay_from_subnet(netuid, &author, paid)?;
        Ok(paid)
    }

    /// Counts TAO that users moved into a subnet, or out of it.
    pub(super) fn record_flow(netuid: NetUid, amount: u64, inward: bool) {
        let amount = i64::try_from(amount).unwrap_or(i64::MAX);
        SubnetTaoFlow::<T>::mutate(netuid, |flow| {
            *flow = if inward {
                flow.saturating_add(amount)
            } else {
                flow.saturating_sub(amount)
            };
        });
    }
}
