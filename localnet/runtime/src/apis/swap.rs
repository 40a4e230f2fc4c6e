//! What a swap between TAO and a subnet's token would give. Here it is one to one, without fee or
//! slippage, as on the chain in a subnet with the stable mechanism.

use crate::{AlphaBalance, NetUid, TaoBalance, subtensor::staking::PRICE};
use codec::{Decode, Encode};
use scale_info::TypeInfo;

#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
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

pub fn price_of(netuid: NetUid) -> SubnetPrice {
    SubnetPrice {
        netuid,
        price: PRICE,
    }
}

/// Either way `amount` rao of the one are `amount` rao of the other.
pub fn simulate(amount: u64) -> SimSwapResult {
    SimSwapResult {
        tao_amount: amount,
        alpha_amount: amount,
        tao_fee: 0,
        alpha_fee: 0,
        tao_slippage: 0,
        alpha_slippage: 0,
    }
}
