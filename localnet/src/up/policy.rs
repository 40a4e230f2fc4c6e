//! From what a validator knows to its weights. Pure.

use std::collections::BTreeMap;

use super::cast::{Policy, Validator, hash};
use super::world::{Cast, Role};
use crate::validator::weights::{Vector, weigh};

/// A validator's row of weights as it stands on chain, with its stake.
#[derive(Debug, Clone)]
pub struct OpenRow {
    pub stake: u64,
    pub weights: Vec<(u16, u16)>,
}

/// What a validator can know in an epoch.
pub struct Sight<'a> {
    pub cast: &'a Cast,
    pub seed: u64,
    pub epoch: u64,
    /// Uids as they are now, with the role each plays.
    pub roles: &'a [(u16, Role)],
    /// Rows of the other validators, for a copier.
    pub rows: &'a [OpenRow],
}

/// The weights that a validator sets; empty where it has none to set.
pub fn weights(validator: &Validator, sight: &Sight<'_>) -> Vector {
    let Sight {
        cast,
        seed,
        epoch,
        roles,
        rows,
    } = *sight;
    match validator.policy {
        Policy::Honest => {
            let own = hash(seed, &validator.name, 0, 0);
            weigh(
                &truth(cast, seed, epoch, roles),
                own,
                epoch,
                validator.noise,
            )
        }
        Policy::Copier => exact(mean(rows)),
        Policy::Cabal => {
            let own = roles
                .iter()
                .filter(|(_, role)| cast.belongs(validator, *role));
            exact(own.map(|(uid, _)| (*uid, 1.0)).collect())
        }
        Policy::Absent => Vector::default(),
    }
}

fn exact(shares: BTreeMap<u16, f64>) -> Vector {
    weigh(&shares, 0, 0, 0.0)
}

/// The true quality of each miner, by uid.
fn truth(cast: &Cast, seed: u64, epoch: u64, roles: &[(u16, Role)]) -> BTreeMap<u16, f64> {
    let quality = |(uid, role): &(u16, Role)| match *role {
        Role::Miner(group, index) => {
            let group = cast.groups.get(group)?;
            Some((*uid, group.quality(seed, index, epoch)))
        }
        _ => None,
    };
    roles.iter().filter_map(quality).collect()
}

/// The mean of rows that each add up to one, weighed by stake.
fn mean(rows: &[OpenRow]) -> BTreeMap<u16, f64> {
    let all: f64 = rows.iter().map(|row| row.stake as f64).sum();
    let mut mean = BTreeMap::new();
    for row in rows {
        let sum: f64 = row
            .weights
            .iter()
            .map(|(_, weight)| f64::from(*weight))
            .sum();
        if sum <= 0.0 || all <= 0.0 {
            continue;
        }
        for (uid, weight) in &row.weights {
            *mean.entry(*uid).or_insert(0.0) += f64::from(*weight) / sum * (row.stake as f64 / all);
        }
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copier_weighs_rows_by_stake_and_not_by_their_scale() {
        let rows = [
            OpenRow {
                stake: 3,
                weights: vec![(1, 10), (2, 10)],
            },
            OpenRow {
                stake: 1,
                weights: vec![(2, 65_535)],
            },
        ];
        let mean = mean(&rows);
        assert!((mean[&1] - 0.375).abs() < 1e-12);
        assert!((mean[&2] - 0.625).abs() < 1e-12);
        assert!(super::mean(&[]).is_empty());
    }
}
