//! What a block mints, and who gets it.

use substrate_fixed::types::U96F32;

/// Most TAO, or alpha of a subnet, that can ever exist: 21 million, in rao.
pub const MAX_SUPPLY: u64 = 21_000_000_000_000_000;
/// What a block mints before the first halving: one TAO, in rao.
pub const FIRST_BLOCK_EMISSION: u64 = 1_000_000_000;
/// `SubnetOwnerCut` by default, in 1/65535: 18 %.
pub const OWNER_CUT: u16 = 11_796;

/// Rao minted by a block at an issuance in rao: `10⁹ · 2^−⌊log₂ 1/(1 − issuance/21M)⌋`, so halved at 10.5, 15.75,
/// 18.375 … million.
///
/// The chain computes in 32 fractional bits and rounds to nearest as it halves, which moves the last halvings.
pub fn block_emission(issuance: u64) -> u64 {
    if issuance >= MAX_SUPPLY {
        return 0;
    }
    let issued = (u128::from(issuance) << 32) / u128::from(MAX_SUPPLY);
    let mut scarcity = (1u128 << 64) / ((1 << 32) - issued);
    let mut halvings = 0u32;
    while scarcity >= 2 << 32 {
        scarcity = (scarcity >> 1) + (scarcity & 1);
        halvings += 1;
    }
    let share = (1u128 << 32) >> halvings;
    ((share * u128::from(FIRST_BLOCK_EMISSION)) >> 32) as u64
}

/// A subnet's emission of one block, rao; fractions of a rao are dropped in each part, as the chain drops them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// The subnet's owner: its cut of the whole.
    pub owner: u64,
    /// Miners: half of what the owner leaves.
    pub server: u64,
    /// Validators by alpha stake: the other half without root's part.
    pub validator: u64,
    /// Validators by TAO on root.
    pub root: u64,
}

/// Splits a block's emission of a subnet: the owner's cut (in 1/65535), then half to miners and half to validators,
/// of which [`root_proportion`] goes to TAO on root. With the default cut that is 18 %, 41 %, 41 %.
pub fn split(emission: u64, owner_cut: u16, root_proportion: U96F32) -> Split {
    let half = U96F32::from_bits(1 << 31);
    let cut = U96F32::from_bits((u128::from(owner_cut) << 32) / 65_535);
    let emission = U96F32::from(emission);
    let owner = emission.saturating_mul(cut);
    let rest = emission.saturating_sub(owner);
    let root = root_proportion.saturating_mul(rest).saturating_mul(half);
    let server = rest.saturating_mul(half);
    let validator = rest.saturating_sub(server).saturating_sub(root);
    Split {
        owner: owner.saturating_to_num(),
        server: server.saturating_to_num(),
        validator: validator.saturating_to_num(),
        root: root.saturating_to_num(),
    }
}

/// Root's part of a subnet's stake: TAO on root times `TaoWeight / u64::MAX`, over that plus the subnet's alpha
/// issuance; both in rao. Falls as the subnet ages.
pub fn root_proportion(root_tao: u64, alpha_issuance: u64, tao_weight: u64) -> U96F32 {
    let weight = U96F32::from_bits((u128::from(tao_weight) << 32) / u128::from(u64::MAX));
    let root = U96F32::from(root_tao).saturating_mul(weight);
    root.checked_div(root.saturating_add(U96F32::from(alpha_issuance)))
        .unwrap_or_default()
}
