//! Scores → the vector that would be sent. Pure.

use std::collections::BTreeMap;

use crate::config::WeightsConfig;
use crate::types::{
    MinerId, MovingAverage, ScoreTable, Seat, Subnet, Uid, VectorError, WeightVector,
};

/// A vector and who it pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    pub vector: WeightVector,
    /// One per entry, in the same order: who holds the seat.
    pub seats: Vec<Seat>,
}

/// Why there is nothing to send.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum NoVector {
    /// An empty or all-zero score table never becomes a uniform vector: that would pay everybody.
    #[error("no seated miner has a score above zero yet")]
    NoScores,
    #[error(transparent)]
    Rule(#[from] VectorError),
}

/// `weight ∝ score^power` over the miners that still hold their seat, the best at 65535.
///
/// Scores belong to (hotkey, registration block); a seat that changed hands since gets nothing. Weights that round
/// to zero are dropped, unless the subnet's minimum length needs them as fillers.
pub fn build(
    subnet: &Subnet,
    scores: &ScoreTable,
    config: &WeightsConfig,
) -> Result<Planned, NoVector> {
    let seats: Vec<(Uid, MinerId, f64)> = subnet
        .metagraph
        .neurons()
        .iter()
        .map(|n| {
            let score = scores
                .get(&n.miner)
                .filter(|s| s.observations >= config.min_observations);
            (n.uid, n.miner, score.map_or(0.0, |s| counted(s, config)))
        })
        .collect();
    let best = seats.iter().map(|s| s.2).fold(0.0, f64::max);
    if best <= 0.0 {
        return Err(NoVector::NoScores);
    }
    let weight = |score: f64| ((score.max(0.0) / best).powf(config.power) * 65535.0).round() as u16;
    let mut chosen: BTreeMap<Uid, u16> = seats
        .iter()
        .map(|s| (s.0, weight(s.2)))
        .filter(|(_, weight)| *weight > 0)
        .collect();
    let wanted = usize::from(subnet.params.min_allowed_weights).min(seats.len());
    for (uid, ..) in &seats {
        if chosen.len() >= wanted {
            break;
        }
        chosen.entry(*uid).or_insert(0);
    }
    let seats = seats
        .into_iter()
        .filter(|s| chosen.contains_key(&s.0))
        .map(|(uid, miner, _)| Seat { uid, miner })
        .collect();
    let vector = WeightVector::new(
        subnet.scope.mechanism,
        chosen.into_iter().collect(),
        subnet.params.weights_version_key,
        subnet.metagraph.neurons().len(),
        subnet.params.min_allowed_weights,
    )?;
    Ok(Planned { vector, seats })
}

/// What of a score counts: of a newcomer's only a share.
fn counted(score: &MovingAverage, config: &WeightsConfig) -> f64 {
    let (seen, more) = (
        score.observations as f64,
        config.newcomer_observations as f64,
    );
    score.value
        * if more > 0.0 {
            seen / (seen + more)
        } else {
            1.0
        }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::weights::testing::subnet;

    fn scores(subnet: &Subnet, values: &[f64]) -> ScoreTable {
        let miners = subnet.metagraph.neurons().iter().map(|n| n.miner);
        miners
            .zip(values)
            .map(|(m, v)| {
                (
                    m,
                    MovingAverage {
                        value: *v,
                        observations: 9,
                        ..MovingAverage::default()
                    },
                )
            })
            .collect()
    }

    #[test]
    fn the_best_gets_65535_and_zeros_are_dropped() {
        let subnet = subnet(4);
        let config = WeightsConfig {
            power: 1.0,
            ..Default::default()
        };
        let planned = build(&subnet, &scores(&subnet, &[0.0, 0.25, 0.5, 0.0]), &config).unwrap();
        assert_eq!(planned.vector.entries(), [(Uid(1), 32768), (Uid(2), 65535)]);
        assert_eq!(planned.seats.len(), 2);
    }

    #[test]
    fn a_replaced_hotkey_inherits_nothing() {
        let subnet = subnet(3);
        let mut table = scores(&subnet, &[0.0, 0.9, 0.5]);
        let (old, average) = table
            .iter()
            .find(|(_, s)| s.value == 0.9)
            .map(|(m, s)| (*m, *s))
            .unwrap();
        table.remove(&old);
        table.insert(
            MinerId {
                registered_at: old.registered_at + 1,
                ..old
            },
            average,
        );
        let planned = build(&subnet, &table, &WeightsConfig::default()).unwrap();
        assert_eq!(planned.vector.entries(), [(Uid(2), 65535)]);
    }

    #[test]
    fn a_newcomer_comes_up_by_and_by() {
        let subnet = subnet(3);
        let mut table = scores(&subnet, &[0.0, 0.6, 0.6]);
        table.values_mut().last().unwrap().observations = 1;
        let shares = |newcomer_observations| {
            let config = WeightsConfig {
                power: 1.0,
                newcomer_observations,
                ..Default::default()
            };
            let planned = build(&subnet, &table, &config).unwrap();
            planned
                .vector
                .entries()
                .iter()
                .map(|e| e.1)
                .collect::<Vec<_>>()
        };
        assert_eq!(shares(0), [65535, 65535]);
        // 9/12 of the one, 1/4 of the other.
        assert_eq!(shares(3), [65535, 21845]);
    }

    #[test]
    fn an_empty_table_pays_nobody() {
        let subnet = subnet(3);
        assert_eq!(
            build(&subnet, &ScoreTable::new(), &WeightsConfig::default()),
            Err(NoVector::NoScores)
        );
        let zeros = scores(&subnet, &[0.0; 3]);
        assert_eq!(
            build(&subnet, &zeros, &WeightsConfig::default()),
            Err(NoVector::NoScores)
        );
    }

    #[test]
    fn the_minimum_length_is_filled_with_zeros() {
        let mut subnet = subnet(6);
        subnet.params.min_allowed_weights = 4;
        let planned = build(
            &subnet,
            &scores(&subnet, &[0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
            &WeightsConfig::default(),
        )
        .unwrap();
        assert_eq!(
            planned.vector.entries(),
            [(Uid(0), 0), (Uid(1), 0), (Uid(2), 0), (Uid(5), 65535)]
        );
        subnet.params.min_allowed_weights = 1024;
        let planned = build(
            &subnet,
            &scores(&subnet, &[1.0; 6]),
            &WeightsConfig::default(),
        )
        .unwrap();
        assert_eq!(
            planned.vector.entries().len(),
            6,
            "the chain wants min(MinAllowedWeights, n)"
        );
    }

    proptest! {
        #[test]
        fn order_is_kept_and_the_chain_takes_it(values in prop::collection::vec(0.0f64..=1.0, 1..64), power in 0.1f64..8.0) {
            let subnet = subnet(values.len());
            let config = WeightsConfig { power, ..Default::default() };
            match build(&subnet, &scores(&subnet, &values), &config) {
                Err(e) => prop_assert!(e == NoVector::NoScores && values.iter().all(|v| *v == 0.0)),
                Ok(planned) => {
                    let entries = planned.vector.entries();
                    prop_assert_eq!(entries.iter().map(|e| e.1).max(), Some(65535));
                    for a in entries {
                        for b in entries {
                            if values[usize::from(a.0.0)] > values[usize::from(b.0.0)] {
                                prop_assert!(a.1 >= b.1);
                            }
                        }
                    }
                }
            }
        }
    }
}
