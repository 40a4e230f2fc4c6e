//! The epoch in plain floats on dense rows: what the arithmetic would cost without the chain's number types.
#![allow(clippy::too_many_lines)]

use yuma::{Input, LiquidAlpha};

/// Rows laid out beforehand, so that the floor pays for arithmetic only.
pub struct Floor {
    stakes: Vec<f64>,
    weights: Vec<Vec<f64>>,
    bonds: Vec<Vec<f64>>,
}

impl Floor {
    pub fn new(input: &Input) -> Self {
        let uids = input.neurons.len();
        let spread = |row: &[(u16, u16)]| {
            let mut dense = vec![0.0; uids];
            row.iter()
                .for_each(|(col, val)| dense[usize::from(*col)] = f64::from(*val));
            dense
        };
        let voters = || {
            input
                .neurons
                .iter()
                .filter(|neuron| neuron.validator_permit)
        };
        Floor {
            stakes: voters().map(|neuron| neuron.stake.to_num()).collect(),
            weights: voters().map(|neuron| spread(&neuron.weights)).collect(),
            bonds: voters().map(|neuron| spread(&neuron.bonds)).collect(),
        }
    }

    /// Emission by uid, as miner and as validator, and the new bonds.
    pub fn epoch(&self, input: &Input) -> (Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
        let uids = input.neurons.len();
        let kappa = f64::from(input.params.kappa) / 65_535.0;
        let stakes = normalised(&self.stakes);
        let weights: Vec<Vec<f64>> = self.weights.iter().map(|row| normalised(row)).collect();

        let mut votes = Vec::with_capacity(stakes.len());
        let mut consensus = Vec::with_capacity(uids);
        for col in 0..uids {
            votes.clear();
            votes.extend(
                weights
                    .iter()
                    .zip(&stakes)
                    .map(|(row, stake)| (row[col], *stake)),
            );
            votes.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            let mut above = 0.0;
            let mut agreed = 0.0;
            for (weight, stake) in &votes {
                if above >= kappa {
                    break;
                }
                agreed = *weight;
                above += stake;
            }
            consensus.push(agreed);
        }

        let clipped: Vec<Vec<f64>> = weights
            .iter()
            .map(|row| row.iter().zip(&consensus).map(|(w, c)| w.min(*c)).collect())
            .collect();
        let mut incentive = vec![0.0; uids];
        for (row, stake) in clipped.iter().zip(&stakes) {
            incentive
                .iter_mut()
                .zip(row)
                .for_each(|(rank, weight)| *rank += stake * weight);
        }
        let incentive = normalised(&incentive);

        let rate = 1.0 - input.params.bonds_moving_average as f64 / 1e6;
        let mut bonds = self.bonds.clone();
        if input.params.yuma3 {
            for (row, new) in bonds.iter_mut().zip(&clipped) {
                for ((bond, weight), agreed) in row.iter_mut().zip(new).zip(&consensus) {
                    let old = *bond / 65_535.0;
                    let rate = input
                        .params
                        .liquid_alpha
                        .map_or(rate, |alpha| liquid(alpha, *weight, old, *agreed));
                    *bond = (old * (1.0 - rate) + weight * rate).min(1.0);
                }
            }
        } else {
            normalise_columns(&mut bonds);
            let mut delta = clipped;
            delta
                .iter_mut()
                .zip(&stakes)
                .for_each(|(row, stake)| row.iter_mut().for_each(|weight| *weight *= stake));
            normalise_columns(&mut delta);
            for (row, new) in bonds.iter_mut().zip(&delta) {
                row.iter_mut()
                    .zip(new)
                    .for_each(|(bond, new)| *bond = *bond * (1.0 - rate) + new * rate);
            }
        }
        let mut shares = bonds.clone();
        normalise_columns(&mut shares);
        let earned = |row: &Vec<f64>| {
            row.iter()
                .zip(&incentive)
                .map(|(bond, earned)| bond * earned)
                .sum::<f64>()
        };
        let dividends: Vec<f64> = if input.params.yuma3 {
            shares
                .iter()
                .zip(&stakes)
                .map(|(row, stake)| earned(row) * stake)
                .collect()
        } else {
            shares.iter().map(earned).collect()
        };
        let dividends = normalised(&dividends);
        let half = input.emission as f64 / 2.0;
        let paid = |shares: Vec<f64>| shares.into_iter().map(|share| share * half).collect();
        (paid(incentive), paid(dividends), bonds)
    }
}

fn liquid(alpha: LiquidAlpha, weight: f64, bond: f64, consensus: f64) -> f64 {
    let (low, high) = (
        f64::from(alpha.low) / 65_535.0,
        f64::from(alpha.high) / 65_535.0,
    );
    let distance = if weight >= bond {
        weight - consensus
    } else {
        bond - weight
    }
    .clamp(0.0, 1.0);
    let sigmoid = 1.0 / (1.0 + (-f64::from(alpha.steepness) / 100.0 * (distance - 0.5)).exp());
    (low + sigmoid * (high - low)).clamp(low, high)
}

fn normalised(values: &[f64]) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.iter().map(|value| value / sum).collect()
}

fn normalise_columns(rows: &mut [Vec<f64>]) {
    let mut sums = vec![0.0; rows.first().map_or(0, Vec::len)];
    rows.iter().for_each(|row| {
        sums.iter_mut()
            .zip(row)
            .for_each(|(sum, value)| *sum += value)
    });
    sums.iter_mut()
        .for_each(|sum| *sum = if *sum > 0.0 { 1.0 / *sum } else { 0.0 });
    rows.iter_mut().for_each(|row| {
        row.iter_mut()
            .zip(&sums)
            .for_each(|(value, scale)| *value *= scale)
    });
}
