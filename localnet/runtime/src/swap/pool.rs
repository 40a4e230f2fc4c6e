//! Trades between TAO and a subnet's token. Pure.

use super::balancer::{Balancer, divide};
use std::num::NonZeroU64;
use substrate_fixed::types::U64F64;

/// What a pool must hold of what it pays out, in rao.
pub const LEAST_RESERVE: NonZeroU64 = match NonZeroU64::new(1_000_000) {
    Some(rao) => rao,
    None => NonZeroU64::MIN,
};
/// A trade pays in at most so many times what the pool holds of it.
pub const MOST_OF_RESERVE: u64 = 1_000;
/// Prices, in rao per token, that no trade goes beyond.
const LEAST_PRICE: u64 = 1_000;
const MOST_PRICE: u64 = 1_000_000_000_000_000;

/// Which way a trade goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// TAO for tokens.
    Buy,
    /// Tokens for TAO.
    Sell,
}

impl Side {
    /// The price, in rao, that lets every trade through.
    pub fn any_price(self) -> u64 {
        match self {
            Self::Buy => MOST_PRICE,
            Self::Sell => LEAST_PRICE,
        }
    }

    /// Whether a price is at least as good for the trader as the limit.
    fn within(self, price: U64F64, limit: U64F64) -> bool {
        match self {
            Self::Buy => price <= limit,
            Self::Sell => price >= limit,
        }
    }
}

/// What a trade moves, in rao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trade {
    /// Into the pool, without the fee.
    pub paid_in: u64,
    /// Out of the pool, to the trader.
    pub paid_out: u64,
    /// Of what is paid in.
    pub fee: u64,
}

/// Why a pool does not trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// More is paid in than [`MOST_OF_RESERVE`] times what the pool holds of it.
    TooLarge,
    /// The pool holds less than [`LEAST_RESERVE`] of what it would pay out, or would pay out nothing.
    TooLittleLeft,
    /// The price is at the trader's limit, or beyond.
    BeyondLimit,
}

/// A pool of TAO and tokens, in rao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// What it holds of the subnet's token.
    pub tokens: u64,
    /// What it holds of TAO.
    pub tao: u64,
    /// The weights of both in the price.
    pub balancer: Balancer,
    /// Over 65535.
    pub fee_rate: u16,
}

impl Pool {
    /// TAO per token.
    pub fn price(&self) -> U64F64 {
        self.balancer.price(self.tokens, self.tao)
    }

    /// The fee of a trade of `amount`, in rao of what is paid in.
    pub fn fee(&self, amount: u64) -> u64 {
        let rate = divide(self.fee_rate.into(), u16::MAX.into());
        of(amount, rate)
    }

    /// A trade of up to `amount`, fee included, that ends where a token costs `limit`.
    pub fn trade(
        &self,
        side: Side,
        amount: u64,
        limit: U64F64,
        free: bool,
    ) -> Result<Trade, Refusal> {
        let (reserve_in, reserve_out) = self.reserves(side);
        let fee = if free { 0 } else { self.fee(amount) };
        let wanted = amount.saturating_sub(fee);
        if wanted > reserve_in.saturating_mul(MOST_OF_RESERVE) {
            return Err(Refusal::TooLarge);
        }
        if reserve_out < LEAST_RESERVE.get() {
            return Err(Refusal::TooLittleLeft);
        }
        let price = self.price();
        if price == limit || !side.within(price, limit) {
            return Err(Refusal::BeyondLimit);
        }
        let (paid_in, fee) = if side.within(self.price_after(side, wanted), limit) {
            (wanted, fee)
        } else {
            let paid_in = self.until(side, price, limit);
            (paid_in, if free { 0 } else { self.fee_on_top(paid_in) })
        };
        let paid_out = self.paid_out(side, paid_in);
        if paid_in > 0 && paid_out == 0 {
            return Err(Refusal::TooLittleLeft);
        }
        Ok(Trade {
            paid_in,
            paid_out,
            fee,
        })
    }

    /// What the pool holds of what is paid in, and of what is paid out.
    fn reserves(&self, side: Side) -> (u64, u64) {
        match side {
            Side::Buy => (self.tao, self.tokens),
            Side::Sell => (self.tokens, self.tao),
        }
    }

    fn paid_out(&self, side: Side, paid_in: u64) -> u64 {
        let (reserve_in, reserve_out) = self.reserves(side);
        let left = match side {
            Side::Buy => self.balancer.tokens_left(reserve_in, paid_in),
            Side::Sell => self.balancer.tao_left(reserve_in, paid_in),
        };
        of(reserve_out, U64F64::from_num(1).saturating_sub(left))
    }

    fn price_after(&self, side: Side, paid_in: u64) -> U64F64 {
        let paid_out = self.paid_out(side, paid_in);
        let (tokens, tao) = match side {
            Side::Buy => (
                self.tokens.saturating_sub(paid_out),
                self.tao.saturating_add(paid_in),
            ),
            Side::Sell => (
                self.tokens.saturating_add(paid_in),
                self.tao.saturating_sub(paid_out),
            ),
        };
        self.balancer.price(tokens, tao)
    }

    fn until(&self, side: Side, price: U64F64, limit: U64F64) -> u64 {
        match side {
            Side::Buy => self.balancer.tao_until(self.tao, price, limit),
            Side::Sell => self.balancer.tokens_until(self.tokens, price, limit),
        }
    }

    /// The fee that goes with what is paid in without it.
    fn fee_on_top(&self, paid_in: u64) -> u64 {
        let rest = u16::MAX.saturating_sub(self.fee_rate);
        of(paid_in, divide(self.fee_rate.into(), rest.into()))
    }
}

/// A price in rao per token as TAO per token.
pub fn price(rao: u64) -> U64F64 {
    divide(rao.into(), crate::RAO_PER_TAO.into())
}

/// A part of an amount, rounded down.
fn of(amount: u64, part: U64F64) -> u64 {
    U64F64::saturating_from_num(amount)
        .saturating_mul(part)
        .saturating_to_num()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TAO: u64 = crate::RAO_PER_TAO;

    fn pool(tokens: u64, tao: u64, flow: (u64, u64)) -> Pool {
        let balancer = Balancer::default().after_adding((tokens, tao), flow);
        Pool {
            tokens,
            tao,
            balancer: balancer.unwrap_or_default(),
            fee_rate: 33,
        }
    }

    /// A pool after a trade.
    fn after(pool: Pool, side: Side, trade: Trade) -> Pool {
        let (mut tokens, mut tao) = (pool.tokens, pool.tao);
        match side {
            Side::Buy => (tokens, tao) = (tokens - trade.paid_out, tao + trade.paid_in),
            Side::Sell => (tokens, tao) = (tokens + trade.paid_in, tao - trade.paid_out),
        }
        Pool {
            tokens,
            tao,
            ..pool
        }
    }

    fn at_any_price(side: Side) -> U64F64 {
        price(side.any_price())
    }

    // Not far out of balance: there 18 digits round what stays to nothing, on the chain too, and a large trade empties
    // the pool.
    prop_compose! {
        fn pools()(
            tokens in LEAST_RESERVE.get()..1_000_000 * TAO,
            tao in LEAST_RESERVE.get()..1_000_000 * TAO,
            shares in (0..100u64, 0..100u64),
        ) -> Pool {
            pool(tokens, tao, (tokens / 100 * shares.0, tao / 100 * shares.1))
        }
    }

    #[test]
    fn an_even_pool_keeps_the_product() {
        let even = pool(1000 * TAO, 1000 * TAO, (0, 0));
        assert_eq!(even.price(), 1);
        let trade = even
            .trade(Side::Buy, 1000 * TAO, at_any_price(Side::Buy), true)
            .unwrap();
        assert_eq!((trade.paid_in, trade.fee), (1000 * TAO, 0));
        assert_eq!(trade.paid_out, 500 * TAO);
        let fee = even
            .trade(Side::Sell, 65_535, at_any_price(Side::Sell), false)
            .unwrap()
            .fee;
        assert_eq!(fee, 32, "of 65,535 rao 33, less what rounding takes");
    }

    #[test]
    fn a_trade_stops_at_its_limit() {
        let even = pool(1000 * TAO, 1000 * TAO, (0, 0));
        let limit = price(4 * TAO);
        // The price is (tao / tokens), so at 4 there is twice the TAO.
        let trade = even.trade(Side::Buy, 5000 * TAO, limit, true).unwrap();
        assert_eq!((trade.paid_in, trade.paid_out), (1000 * TAO, 500 * TAO));
        let dear = even.trade(Side::Buy, TAO, price(TAO), true);
        assert_eq!(dear, Err(Refusal::BeyondLimit));
        let cheap = even.trade(Side::Sell, TAO, price(2 * TAO), true);
        assert_eq!(cheap, Err(Refusal::BeyondLimit));
        let any = at_any_price(Side::Buy);
        let much = even.trade(Side::Buy, 1_000_001 * TAO, any, true);
        assert_eq!(much, Err(Refusal::TooLarge));
        let thin = pool(LEAST_RESERVE.get() - 1, TAO, (0, 0));
        assert_eq!(
            thin.trade(Side::Buy, TAO, any, true),
            Err(Refusal::TooLittleLeft)
        );
    }

    proptest! {
        #[test]
        fn nobody_wins_by_going_back_and_forth(pool in pools(), amount in 1..1_000 * TAO) {
            for (there, back) in [(Side::Buy, Side::Sell), (Side::Sell, Side::Buy)] {
                let Ok(first) = pool.trade(there, amount, at_any_price(there), true) else {
                    continue;
                };
                let moved = after(pool, there, first);
                let Ok(second) = moved.trade(back, first.paid_out, at_any_price(back), true) else {
                    continue;
                };
                // 18 digits of a power are a part in 10^18 of the reserve.
                let rounding = 2 + pool.tokens.max(pool.tao) / 1_000_000_000_000_000_000;
                prop_assert!(second.paid_out <= amount + rounding, "{} of {amount}", second.paid_out);
            }
        }

        #[test]
        fn trades_move_the_price_their_way_and_stay_within_the_limit(
            pool in pools(), amount in 1..10_000 * TAO, part in 1..100u64,
        ) {
            let old = pool.price();
            let limits = [
                (Side::Buy, old.saturating_mul(U64F64::from_num(100 + part)) / 100),
                (Side::Sell, old.saturating_mul(U64F64::from_num(100 - part)) / 100),
            ];
            for (side, limit) in limits {
                let Ok(trade) = pool.trade(side, amount, limit, false) else {
                    continue;
                };
                prop_assert!(trade.paid_in + trade.fee <= amount);
                let new = after(pool, side, trade).price();
                let slack = old / 1_000_000;
                match side {
                    Side::Buy => prop_assert!(new + slack >= old && new <= limit + slack),
                    Side::Sell => prop_assert!(new <= old + slack && new + slack >= limit),
                }
            }
        }

        #[test]
        fn adding_out_of_proportion_keeps_the_price(
            tokens in TAO..1_000_000 * TAO, tao in TAO..1_000_000 * TAO, flow in (0..1000 * TAO, 0..1000 * TAO),
        ) {
            let before = Balancer::default();
            let after = before.after_adding((tokens, tao), flow);
            prop_assume!(after.is_some());
            let new = after.unwrap().price(tokens + flow.0, tao + flow.1).to_num::<f64>();
            let old = before.price(tokens, tao).to_num::<f64>();
            prop_assert!((new / old - 1.0).abs() < 1e-6, "{old} {new}");
        }
    }
}
