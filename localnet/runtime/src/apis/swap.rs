//! What tokens cost, and what a swap between TAO and a token would give.

use crate::{
    AlphaBalance, NetUid, RAO_PER_TAO, Runtime, TaoBalance,
    subtensor::Pallet,
    swap::{Side, Trade},
};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use substrate_fixed::types::U64F64;

#[derive(Decode, Encode, Default, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SimSwapResult {
    tao_amount: TaoBalance,
    alpha_amount: AlphaBalance,
    tao_fee: TaoBalance,
    alpha_fee: AlphaBalance,
    tao_slippage: TaoBalance,
    alpha_slippage: AlphaBalance,
}

/// A subnet's price in rao per whole token.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SubnetPrice {
    netuid: NetUid,
    price: u64,
}

/// Rao per whole token.
pub fn price(netuid: NetUid) -> u64 {
    Pallet::<Runtime>::token_price(netuid)
        .saturating_mul(U64F64::from_num(RAO_PER_TAO))
        .saturating_to_num()
}

pub fn price_of(netuid: NetUid) -> SubnetPrice {
    SubnetPrice {
        netuid,
        price: price(netuid),
    }
}

/// All zero where the pool would not trade.
pub fn simulate(side: Side, netuid: NetUid, amount: u64) -> SimSwapResult {
    let Ok(trade) = Pallet::<Runtime>::quote(side, netuid, amount) else {
        return SimSwapResult::default();
    };
    let Trade {
        paid_in,
        paid_out,
        fee,
    } = trade;
    let (price, amount) = (
        Pallet::<Runtime>::token_price(netuid),
        U64F64::saturating_from_num(amount),
    );
    let at_this_price = match side {
        Side::Buy => amount.checked_div(price).unwrap_or_default(),
        Side::Sell => amount.saturating_mul(price),
    };
    let slippage = at_this_price
        .saturating_to_num::<u64>()
        .saturating_sub(paid_out);
    match side {
        Side::Buy => SimSwapResult {
            tao_amount: paid_in,
            alpha_amount: paid_out,
            tao_fee: fee,
            alpha_slippage: slippage,
            ..Default::default()
        },
        Side::Sell => SimSwapResult {
            tao_amount: paid_out,
            alpha_amount: paid_in,
            alpha_fee: fee,
            tao_slippage: slippage,
            ..Default::default()
        },
    }
}
