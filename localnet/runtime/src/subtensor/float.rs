//! The decimal floating point in which the chain counts shares of stake.

use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// `mantissa · 10^exponent`.
#[derive(Encode, Decode, Default, TypeInfo, MaxEncodedLen, Clone, Copy, PartialEq, Eq, Debug)]
pub struct SafeFloat {
    pub mantissa: u128,
    pub exponent: i64,
}
