//! The weights of a pool: how much of its value is TAO, how much tokens. Pure.
//!
//! A pool of `x` tokens and `y` TAO with weights `a` of tokens and `b` of TAO (`a + b = 1`) keeps `x^a · y^b` in
//! every trade, so that a token costs `(a·y) / (b·x)`. Who adds to a pool out of proportion shifts the weights
//! instead of the price.

use super::power::power;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::U256;
use sp_runtime::{PerThing, Perquintill, Saturating};
use substrate_fixed::types::U64F64;

/// Parts of one in a weight.
const ONE: u64 = Perquintill::ACCURACY;
/// A weight is at least this, and the other so at most one less this.
const LEAST: Perquintill = Perquintill::from_parts(ONE / 100);
/// The weight of TAO; that of tokens is the rest.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Balancer {
    quote: Perquintill,
}

impl Default for Balancer {
    fn default() -> Self {
        Self {
            quote: Perquintill::from_percent(50),
        }
    }
}

impl Balancer {
    fn quote(&self) -> u64 {
        self.quote.deconstruct()
    }

    fn base(&self) -> u64 {
        ONE.saturating_sub(self.quote())
    }

    /// TAO per token in a pool; zero of an empty one.
    pub fn price(&self, tokens: u64, tao: u64) -> U64F64 {
        let weights = divide(self.base().into(), self.quote().into());
        weights.saturating_mul(divide(tao.into(), tokens.into()))
    }

    /// Part of the tokens that stays in the pool when TAO grows from `tao` by `added`.
    pub fn tokens_left(&self, tao: u64, added: u64) -> U64F64 {
        left(tao, added, (self.quote(), self.base()))
    }

    /// Part of the TAO that stays in the pool when tokens grow from `tokens` by `added`.
    pub fn tao_left(&self, tokens: u64, added: u64) -> U64F64 {
        left(tokens, added, (self.base(), self.quote()))
    }

    /// TAO to add until a token costs `limit`.
    pub fn tao_until(&self, tao: u64, price: U64F64, limit: U64F64) -> u64 {
        growth(tao, (limit, price), self.base())
    }

    /// Tokens to add until a token costs `limit`.
    pub fn tokens_until(&self, tokens: u64, price: U64F64, limit: U64F64) -> u64 {
        growth(tokens, (price, limit), self.quote())
    }

    /// The weights with which the price is the same after `added` TAO and tokens as before; none where one would
    /// become too small. Without TAO or without tokens they are equal.
    pub fn after_adding(&self, (tokens, tao): (u64, u64), added: (u64, u64)) -> Option<Self> {
        let new_tokens = u128::from(tokens).saturating_add(added.0.into());
        let new_tao = u128::from(tao).saturating_add(added.1.into());
        let base = part(self.base(), u128::from(tao).saturating_mul(new_tokens));
        let quote = part(self.quote(), u128::from(tokens).saturating_mul(new_tao));
        let both = base.saturating_add(quote);
        let quote = if both == 0 {
            Self::default().quote
        } else {
            Perquintill::from_rational(quote, both)
        };
        let fits = quote >= LEAST && Perquintill::one().saturating_sub(quote) >= LEAST;
        fits.then_some(Self { quote })
    }
}

/// `(reserve / (reserve + added)) ^ exponent`, at most one.
fn left(reserve: u64, added: u64, exponent: (u64, u64)) -> U64F64 {
    let after = reserve.saturating_add(added);
    let parts = power((reserve.into(), after.into()), exponent, ONE).unwrap_or_default();
    divide(parts.into(), ONE.into()).min(U64F64::from_num(1))
}

/// By how much a reserve grows while the price changes by a ratio, to the power of a weight.
fn growth(reserve: u64, (up, down): (U64F64, U64F64), weight: u64) -> u64 {
    let Some(parts) = power((up.to_bits(), down.to_bits()), (weight, ONE), ONE) else {
        return 0;
    };
    let grown = divide(parts.into(), ONE.into()).saturating_sub(U64F64::from_num(1));
    U64F64::saturating_from_num(reserve)
        .saturating_mul(grown)
        .saturating_to_num()
}

/// A weight's part of a value, rounded to the nearest.
fn part(weight: u64, value: u128) -> u128 {
    let product = U256::from(value).saturating_mul(weight.into());
    let rounded = product.saturating_add((ONE / 2).into()) / U256::from(ONE);
    u128::try_from(rounded).unwrap_or(u128::MAX)
}

/// A quotient; zero where there is nothing to divide by.
pub(super) fn divide(of: u128, by: u128) -> U64F64 {
    U64F64::saturating_from_num(of)
        .checked_div(U64F64::saturating_from_num(by))
        .unwrap_or_default()
}
