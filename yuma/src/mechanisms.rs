//! Several incentive mechanisms in one subnet: each runs its own epoch on its part of the emission.

use crate::Output;
use substrate_fixed::types::U64F64;

/// Each mechanism's emission in rao. `split` is `MechanismEmissionSplit` in 1/65535, none for equal parts;
/// mechanisms it doesn't name get nothing, and what truncation leaves goes to mechanism 0.
pub fn split_emission(emission: u64, count: u8, split: Option<&[u16]>) -> Vec<u64> {
    let count = usize::from(count);
    let part = |share: u16| (u128::from(emission) * u128::from(share) / 65_535) as u64;
    let mut parts: Vec<u64> = match split {
        Some(split) => split.iter().copied().map(part).collect(),
        None => vec![emission.checked_div(count as u64).unwrap_or(0); count],
    };
    parts.resize(count, 0);
    let given = parts
        .iter()
        .fold(0u64, |sum, part| sum.saturating_add(*part));
    if let Some(first) = parts.first_mut() {
        *first = first.saturating_add(emission.saturating_sub(given));
    }
    parts
}

/// What the subnet stores for all its mechanisms together, from each one's output and emission.
///
/// Rao add up; shares are averages by emission, truncated at each mechanism; flags hold if they hold in any. With no
/// emission at all, mechanism 0 speaks for the subnet. `incentive` and `bonds` stay per mechanism in storage: what is
/// here is mechanism 0's share of incentive, and no bonds. Stake adds up over mechanisms, as on the chain.
pub fn merge(outputs: &[(Output, u64)], emission: u64) -> Output {
    let mut merged = Output::default();
    for (mechanism, (output, part)) in outputs.iter().enumerate() {
        let first = U64F64::from(u8::from(mechanism == 0));
        let weight = U64F64::from(*part)
            .checked_div(U64F64::from(emission))
            .unwrap_or(first);
        let scale = |value: u64| U64F64::from(value).saturating_mul(weight);
        let add_share = |sum: &mut u16, share: u16| {
            *sum = U64F64::from(*sum)
                .saturating_add(scale(u64::from(share)))
                .saturating_to_num();
        };
        let add_scaled = |sum: &mut u64, rao: u64| {
            *sum = U64F64::from(*sum)
                .saturating_add(scale(rao))
                .saturating_to_num()
        };
        let add = |sum: &mut u64, rao: u64| *sum = sum.saturating_add(rao);
        let any = |flag: &mut bool, also: bool| *flag |= also;

        each(&mut merged.active, &output.active, any);
        each(&mut merged.validator_permit, &output.validator_permit, any);
        each(&mut merged.stake, &output.stake, add);
        each(&mut merged.stake_weight, &output.stake_weight, add_share);
        each(&mut merged.consensus, &output.consensus, add_share);
        each(
            &mut merged.validator_trust,
            &output.validator_trust,
            add_share,
        );
        each(&mut merged.dividends, &output.dividends, add_share);
        each(&mut merged.emission, &output.emission, add_scaled);
        each(&mut merged.server_emission, &output.server_emission, add);
        each(
            &mut merged.validator_emission,
            &output.validator_emission,
            add,
        );
        if mechanism == 0 {
            each(&mut merged.incentive, &output.incentive, add_share);
        }
    }
    merged.bonds = vec![Vec::new(); merged.active.len()];
    merged
}

fn each<T: Copy + Default>(sums: &mut Vec<T>, values: &[T], add: impl Fn(&mut T, T)) {
    sums.resize(sums.len().max(values.len()), T::default());
    sums.iter_mut()
        .zip(values)
        .for_each(|(sum, value)| add(sum, *value));
}
