//! Trades between TAO and a subnet's token. Pure.

use super::balancer::{Balancer, divide};
use substrate_fixed::types::U64F64;

/// What a pool must hold of what it pays out, in rao.
pub const LEAST_RESERVE: u64 = 1_000_000;
/// A trade pays in at most so many times what the pool holds of it.
pub const MOST_OF_RESERVE: u64 = 1_000;
/// Prices, in rao per token, that no trade goes beyond.
pub const LEAST_PRICE: u64 = 1_000;
pub const MOST_PRICE: u64 = 1_000_000_000_000_000;

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
    pub paid_out: u64,
    /// Of what is paid in.
    pub fee: u64,
}

/// Why a pool does not trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    TooLarge,
    TooLittleLeft,
    BeyondLimit,
}

/// A pool of TAO and tokens, in rao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    pub tokens: u64,
    pub tao: u64,
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
        if reserve_out < LEAST_RESERVE {
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
