//! From true qualities to a weight vector, with seeded noise. Pure.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A weight vector as the chain takes it: uids ascending, the largest weight 65535, zeros left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vector {
    pub uids: Vec<u16>,
    pub weights: Vec<u16>,
}

/// Weighs each uid by its quality, times 1 plus a normal deviate with standard deviation `noise`.
///
/// The same `(seed, epoch)` gives the same deviate to a uid, whoever else is there.
pub fn weigh(qualities: &BTreeMap<u16, f64>, seed: u64, epoch: u64, noise: f64) -> Vector {
    let noisy: Vec<(u16, f64)> = qualities
        .iter()
        .map(|(uid, quality)| {
            let quality = if quality.is_finite() {
                quality.clamp(0.0, 1.0)
            } else {
                0.0
            };
            (
                *uid,
                (quality * (1.0 + noise * deviate(seed, epoch, *uid))).max(0.0),
            )
        })
        .collect();
    let largest = noisy.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    if largest <= 0.0 {
        return Vector::default();
    }
    noisy
        .into_iter()
        .map(|(uid, weight)| (uid, (weight / largest * f64::from(u16::MAX)).round() as u16))
        .filter(|(_, weight)| *weight > 0)
        .fold(Vector::default(), |mut vector, (uid, weight)| {
            vector.uids.push(uid);
            vector.weights.push(weight);
            vector
        })
}

/// A standard normal deviate (Box and Muller), within ±4 so that no single one turns the order around.
fn deviate(seed: u64, epoch: u64, uid: u16) -> f64 {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&epoch.to_le_bytes());
    key[16..18].copy_from_slice(&uid.to_le_bytes());
    let mut rng = ChaCha8Rng::from_seed(key);
    let (radius, angle): (f64, f64) = (rng.random(), rng.random());
    let deviate = (-2.0 * (1.0 - radius).ln()).sqrt() * (std::f64::consts::TAU * angle).cos();
    deviate.clamp(-4.0, 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn qualities(values: &[f64]) -> BTreeMap<u16, f64> {
        values
            .iter()
            .enumerate()
            .map(|(uid, quality)| (uid as u16, *quality))
            .collect()
    }

    #[test]
    fn without_noise_the_weights_are_the_qualities() {
        let vector = weigh(&qualities(&[0.0, 0.5, 1.0, 0.25]), 1, 1, 0.0);
        assert_eq!(
            vector,
            Vector {
                uids: vec![1, 2, 3],
                weights: vec![32768, 65535, 16384]
            }
        );
    }

    #[test]
    fn noise_differs_by_epoch_and_repeats_by_seed() {
        let truth = qualities(&[0.2, 0.9, 0.5]);
        assert_eq!(weigh(&truth, 7, 3, 0.05), weigh(&truth, 7, 3, 0.05));
        assert_ne!(weigh(&truth, 7, 3, 0.05), weigh(&truth, 7, 4, 0.05));
        assert_ne!(weigh(&truth, 7, 3, 0.05), weigh(&truth, 8, 3, 0.05));
    }

    #[test]
    fn nothing_good_gives_no_vector() {
        assert_eq!(
            weigh(&qualities(&[0.0, -1.0, f64::NAN]), 1, 1, 0.05),
            Vector::default()
        );
    }

    proptest! {
        #[test]
        fn a_vector_the_chain_takes(values in prop::collection::vec(-1.0f64..2.0, 0..64), noise in 0.0f64..2.0, epoch: u64) {
            let vector = weigh(&qualities(&values), 1, epoch, noise);
            prop_assert_eq!(vector.uids.len(), vector.weights.len());
            prop_assert!(vector.uids.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(vector.weights.iter().all(|weight| *weight > 0));
            prop_assert!(vector.weights.is_empty() || vector.weights.contains(&u16::MAX));
        }
    }
}
