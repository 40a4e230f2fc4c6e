use crate::fixed::{ZERO, normalise, ratio, sum};
use substrate_fixed::types::I32F32;

/// Rao by uid.
pub(crate) struct Payout {
    pub server: Vec<u64>,
    pub validator: Vec<u64>,
    pub combined: Vec<u64>,
}

/// Splits the emission by incentive and dividends; if there are none, by active stake, else by stake.
pub(crate) fn payout(
    emission: u64,
    incentive: &[I32F32],
    dividends: &[I32F32],
    active_stake: &[I32F32],
    stake: &[I32F32],
) -> Payout {
    let rao = |shares: &[I32F32]| {
        shares
            .iter()
            .map(|share| portion(emission, *share))
            .collect::<Vec<u64>>()
    };
    let mut combined: Vec<I32F32> = incentive
        .iter()
        .zip(dividends)
        .map(|(i, d)| i.saturating_add(*d))
        .collect();
    let total = sum(combined.iter().copied());
    if total == ZERO {
        let by = if sum(active_stake.iter().copied()) == ZERO {
            stake
        } else {
            active_stake
        };
        return Payout {
            server: rao(incentive),
            validator: rao(by),
            combined: rao(by),
        };
    }
    let of_total = |shares: &[I32F32]| {
        shares
            .iter()
            .map(|share| ratio(*share, total))
            .collect::<Vec<I32F32>>()
    };
    normalise(&mut combined);
    Payout {
        server: rao(&of_total(incentive)),
        validator: rao(&of_total(dividends)),
        combined: rao(&combined),
    }
}

/// `⌊share · emission⌋`, in the 96 integer bits that the chain multiplies in.
fn portion(emission: u64, share: I32F32) -> u64 {
    let rao = (i128::from(share.to_bits()) * i128::from(emission)) >> 32;
    u64::try_from(rao).unwrap_or(if rao < 0 { 0 } else { u64::MAX })
}
