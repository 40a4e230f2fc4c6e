//! Rules on a vector of weights, as pure functions.

/// Scales weights so that the largest becomes 65535, in the chain's fixed point and rounding.
///
/// `M` the largest, `Q` = 2³²: above 32768 the factor is cut to ⌊65535·Q/M⌋ first; otherwise the
/// product is divided. All zero stays all zero.
pub fn max_upscale(weights: &[u16]) -> Vec<u16> {
    const ONE: u128 = 1 << 32;
    const TOP: u128 = u16::MAX as u128;
    let largest = weights.iter().copied().max().map_or(0, u128::from);
    if largest == 0 || largest == TOP {
        return weights.to_vec();
    }
    let scaled = |weight: u128| {
        if largest > 32_768 {
            weight * (TOP * ONE / largest)
        } else {
            weight * TOP * ONE / largest
        }
    };
    let round = |value: u128| u16::try_from((value + ONE / 2) / ONE).unwrap_or(u16::MAX);
    weights
        .iter()
        .map(|weight| round(scaled(u128::from(*weight))))
        .collect()
}

/// Whether a vector names only its own setter, which needs no permit and no minimum length.
pub fn is_self_weight(uid: u16, uids: &[u16], values: &[u16]) -> bool {
    values.len() == 1 && uids.first() == Some(&uid)
}

/// Whether a uid is named twice, for which the chain refuses a vector.
pub fn has_duplicates(uids: &[u16]) -> bool {
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair.first() == pair.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn upscale_rounds_as_the_chain() {
        assert_eq!(
            max_upscale(&[40_000, 39_999, 1, 20_000]),
            [65_535, 65_533, 2, 32_767]
        );
        assert_eq!(max_upscale(&[0, 0]), [0, 0]);
        assert_eq!(max_upscale(&[]), Vec::<u16>::new());
    }

    #[test]
    fn a_lone_weight_on_another_is_not_a_self_weight() {
        assert!(is_self_weight(3, &[3], &[0]));
        assert!(!is_self_weight(3, &[4], &[1]));
        assert!(!is_self_weight(3, &[3, 4], &[1, 1]));
    }

    proptest! {
        #[test]
        fn upscale_keeps_order_and_tops_out(weights in proptest::collection::vec(0u16.., 1..64)) {
            let scaled = max_upscale(&weights);
            if weights.iter().any(|weight| *weight > 0) {
                prop_assert_eq!(scaled.iter().copied().max(), Some(u16::MAX));
            }
            for (i, a) in weights.iter().enumerate() {
                for (j, b) in weights.iter().enumerate() {
                    prop_assert!(a > b || scaled[i] <= scaled[j]);
                }
            }
        }

        #[test]
        fn duplicates_are_what_a_set_would_drop(uids in proptest::collection::vec(0u16..16, 0..12)) {
            let set: std::collections::BTreeSet<_> = uids.iter().collect();
            prop_assert_eq!(has_duplicates(&uids), set.len() != uids.len());
        }
    }
}
